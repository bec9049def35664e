//! Reminder (påminnelse): the letter to who has not paid an invoice in full: what is open, and what lateness costs.
//! Rule:    interest and fee stand here only where the network charges them; the sum is what is asked for that day.
//! Units:   whole öre; percent a year, exact. Not here: how interest is counted (see `avgift-ledger`).

use avgift::{FeeYear, NaiveDate, Ratio, Sek};
use serde::Serialize;

use crate::party::{Buyer, Seller};
use crate::payment::{BankgiroNumber, InvoiceNumber, OcrReference};
use crate::text::Text;

/// Days over which the same amount was open at the same rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InterestSpan {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How many days, the first and the last among them.
    pub days: u32,
    /// What was open on each.
    pub open: Sek,
    /// The rate in percent a year: the reference rate and the margin.
    pub percent: Ratio,
}

/// Interest on late payment (dröjsmålsränta).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LateInterest {
    /// What it is counted over, the earliest first.
    pub spans: Vec<InterestSpan>,
    /// The sum of all of it, rounded once to whole öre.
    pub amount: Sek,
}

/// What a letter asks for besides the invoice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LateCharges {
    /// Interest to the day of the letter, where it is charged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest: Option<LateInterest>,
    /// What of the interest was paid before.
    pub interest_paid: Sek,
    /// What is added to the reference rate, in percentage points, where interest is charged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Ratio>,
    /// The fee, once an invoice, less what was paid of it.
    pub fee: Sek,
    /// Where the fee was agreed on, where one is charged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee_agreed: Option<Text>,
}

impl LateCharges {
    /// The interest that is asked for: what is counted less what was paid, and never below nothing.
    #[must_use]
    pub fn interest_due(&self) -> Sek {
        let counted = self.interest.as_ref().map_or(Sek::ZERO, |interest| interest.amount);
        counted.minus(self.interest_paid).unwrap_or_default().max(Sek::ZERO)
    }
}

/// A reminder of one invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reminder {
    /// Which reminder of the invoice it is: 1 for the first.
    pub ordinal: u32,
    /// The day of the letter.
    pub date: NaiveDate,
    /// The number of the invoice.
    pub invoice: InvoiceNumber,
    /// The day it was issued.
    pub invoice_date: NaiveDate,
    /// The day it was due.
    pub due_date: NaiveDate,
    /// The fee year.
    pub fee_year: FeeYear,
    /// The OCR reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ocr_reference: Option<OcrReference>,
    /// Where to pay.
    pub bankgiro: BankgiroNumber,
    /// Who invoiced.
    pub seller: Seller,
    /// Who is to pay.
    pub buyer: Buyer,
    /// What the invoice was.
    pub invoiced: Sek,
    /// What credit notes took back of it.
    pub credited: Sek,
    /// What was paid of it.
    pub paid: Sek,
    /// What is open.
    pub open: Sek,
    /// What lateness costs.
    pub charges: LateCharges,
    /// What is to be paid.
    pub amount_due: Sek,
}
