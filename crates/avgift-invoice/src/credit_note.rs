//! Credit note (kreditfaktura): takes a whole invoice back.
//! Rule:    an issued invoice is never changed or deleted; it is credited, with a clear reference to it (ML 17 kap.
//!          22 §). The amounts are those of the invoice, positive and never rounded anew: the type tells the sign.
//! Errors:  CreditedInvoiceMustBeIssued, CreditNoteMustHaveItsOwnNumber, CreditNoteMustNotPrecedeInvoice.

use avgift::{NaiveDate, Sek};
use serde::Serialize;

use crate::document::Content;
use crate::error::Error;
use crate::invoice::Invoice;
use crate::payment::InvoiceNumber;
use crate::text::Text;
use crate::wording;

/// The invoice that a credit note takes back (BG-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PrecedingInvoice {
    /// Its number (BT-25).
    pub number: InvoiceNumber,
    /// The day of its issue (BT-26).
    pub issue_date: NaiveDate,
}

/// A credit note over a whole invoice. It has no due date: there is nothing to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CreditNote {
    /// The number, of the same series as the invoices (BT-1).
    pub number: InvoiceNumber,
    /// The day of issue (BT-2).
    pub issue_date: NaiveDate,
    /// The type (BT-3): always 381, credit note.
    pub type_code: &'static str,
    /// Which invoice it takes back, and why (BT-22).
    pub note: Text,
    /// The invoice that it takes back (BG-3).
    pub preceding_invoice: PrecedingInvoice,
    /// The content of the invoice, as it stands there.
    #[serde(flatten)]
    pub content: Content,
}

impl CreditNote {
    /// The credit note over the whole of an issued invoice.
    ///
    /// # Errors
    /// `CreditedInvoiceMustBeIssued`, `CreditNoteMustHaveItsOwnNumber`, `CreditNoteMustNotPrecedeInvoice`.
    pub fn of(
        invoice: &Invoice,
        number: InvoiceNumber,
        issue_date: NaiveDate,
        reason: &Text,
    ) -> Result<CreditNote, Error> {
        let Some(credited) = invoice.number() else {
            return Err(Error::CreditedInvoiceMustBeIssued { id: invoice.id.to_string() });
        };
        if credited == number {
            return Err(Error::CreditNoteMustHaveItsOwnNumber { number });
        }
        if issue_date < invoice.issue_date {
            return Err(Error::CreditNoteMustNotPrecedeInvoice { issue_date, invoiced: invoice.issue_date });
        }
        let language = invoice.content.buyer.language;
        Ok(CreditNote {
            number,
            issue_date,
            type_code: "381",
            note: Text::composed(wording::credit_note(credited, invoice.issue_date, reason, language)),
            preceding_invoice: PrecedingInvoice { number: credited, issue_date: invoice.issue_date },
            content: invoice.content.clone(),
        })
    }

    /// What it claims of the payer: the amount due, taken back.
    #[must_use]
    pub const fn claim(&self) -> Sek {
        Sek::from_ore(-self.content.totals.amount_due.ore())
    }
}
