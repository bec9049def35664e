//! Payment: what a bank file says of one payment, and the file as a whole.
//! Rule:    an amount is never negative; the kind says which way the money went. What the payer wrote stays as written: an
//!          OCR reference is one that passes its check digit, and anything else is a text.
//! Units:   öre. Not here: which invoice a payment pays (see `matching`).

use std::sync::Arc;

use avgift::{NaiveDate, Origin, Refusal, Sek};
use avgift_invoice::OcrReference;
use serde::Serialize;

use crate::account::{Account, Scheme};
use crate::key::{BankKey, Keyless};
use crate::outcome::Reason;

/// Which kind of file it was, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum BankFormat {
    /// An account statement, camt.053.
    #[serde(rename = "camt.053")]
    Camt053 {
        /// The version: 2 of camt.053.001.02.
        version: u8,
    },
    /// A notification of credits and debits, camt.054.
    #[serde(rename = "camt.054")]
    Camt054 {
        /// The version: 8 of camt.054.001.08.
        version: u8,
    },
    /// The plain CSV.
    Csv,
}

/// A bank file that was read without a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BankFile {
    /// The name it goes by.
    pub file: Arc<str>,
    /// The SHA-256 of its bytes, in hexadecimal: a file that was imported before is known by it.
    pub sha256: String,
    /// Its kind.
    pub format: BankFormat,
    /// The bank's own name of the message; a copy that is ordered anew may have another.
    pub message_id: Option<String>,
    /// When the bank made it, as written.
    pub created: Option<String>,
    /// Whether the bank says that it is a copy or a duplicate.
    pub is_copy: bool,
    /// The payments, in the order of the file.
    pub payments: Vec<BankPayment>,
    /// Entries that are not booked, and so no payments yet.
    pub passed_over: Vec<PassedOver>,
    /// What a person should know of the file; nothing that stops it.
    pub warnings: Vec<Refusal>,
}

impl BankFile {
    /// The payments that came in; a deduction or a reversal is none of them.
    pub fn credits(&self) -> impl Iterator<Item = &BankPayment> {
        self.payments.iter().filter(|payment| payment.kind == PaymentKind::Credit)
    }
}

/// What a reader finds in a file, before its payments have their keys.
pub(crate) struct Message {
    pub(crate) format: BankFormat,
    pub(crate) id: Option<String>,
    pub(crate) created: Option<String>,
    pub(crate) is_copy: bool,
    pub(crate) payments: Vec<Keyless>,
    pub(crate) passed_over: Vec<PassedOver>,
    pub(crate) warnings: Vec<Refusal>,
}

impl Message {
    /// Payments, and nothing that names their message.
    pub(crate) fn new(format: BankFormat, payments: Vec<Keyless>) -> Message {
        Message {
            format,
            id: None,
            created: None,
            is_copy: false,
            payments,
            passed_over: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// An entry that is not booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassedOver {
    /// Its status, PDNG or INFO.
    pub status: String,
    /// Where it stands.
    pub origin: Origin,
}

/// Which way the money went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentKind {
    /// A payment to us.
    Credit,
    /// A payment to us that the bank takes back.
    Reversal,
    /// A payment of ours.
    Debit,
    /// A payment of ours that came back.
    DebitReversal,
}

impl PaymentKind {
    /// The word of the kind in a key.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            PaymentKind::Credit => "credit",
            PaymentKind::Reversal => "reversal",
            PaymentKind::Debit => "debit",
            PaymentKind::DebitReversal => "debit-reversal",
        }
    }
}

/// How much the bank told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// One payment.
    Payment,
    /// A sum that may hold several payments, of which the file tells nothing more.
    LumpSum,
    /// A person entered it.
    ByHand,
}

/// What a payer gave as reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Given {
    /// A reference in the field for it that passes its check digit.
    Ocr(OcrReference),
    /// Something else in the field for references.
    Other(String),
    /// The number of an invoice, in the field for it.
    InvoiceNumber(String),
}

/// A reference, and how much is meant for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// What was given.
    pub given: Given,
    /// The amount, where the file tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Sek>,
}

/// A credit note that the payer took off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreditTaken {
    /// Its number or reference, where the file tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// How much was taken off, where the file tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Sek>,
}

/// A payment as the bank tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BankPayment {
    /// By what it is known again.
    pub bank_key: BankKey,
    /// The account of ours; a CSV need not name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Account>,
    /// The day it was booked: the day of the voucher.
    pub booked: NaiveDate,
    /// The day from which it bears interest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_date: Option<NaiveDate>,
    /// The amount, never negative.
    pub amount: Sek,
    /// Which way it went.
    pub kind: PaymentKind,
    /// How much the bank told of it.
    pub detail: Detail,
    /// The references, in the order of the file.
    pub references: Vec<Reference>,
    /// Credit notes that the payer took off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credits_taken: Vec<CreditTaken>,
    /// What the payer wrote in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<String>,
    /// The payer's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payer_name: Option<String>,
    /// The payer's account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payer_account: Option<Account>,
    /// The bank's own reference; of a reversal often that of the payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank_reference: Option<String>,
    /// Where it stands; by hand it stands nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// A payment that a person enters by hand.
///
/// ```
/// use avgift_camt::{BankPayment, Given, ManualEntry};
/// let entry = ManualEntry::new("2027-02-14".parse()?, "19 938 kr".parse()?).reference("100263").payer("Håbo kommun");
/// let payment = BankPayment::from(entry);
/// assert_eq!(payment.references[0].given, Given::Ocr("100263".parse()?));
/// assert_eq!(payment.bank_key.to_string(), "by-hand|2027-02-14|19938.00|Håbo kommun|100263|1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManualEntry {
    /// The day it was booked.
    pub booked: NaiveDate,
    /// The amount; a negative one is a payment of ours.
    pub amount: Sek,
    /// What the payer gave as reference.
    pub reference: Option<String>,
    /// The payer's name.
    pub payer: Option<String>,
    /// What the payer wrote in words.
    pub text: Option<String>,
    /// Which it is among entries that are otherwise the same: 1 unless the person says that there are several.
    pub ordinal: u32,
}

impl ManualEntry {
    /// An amount on a day, and nothing more.
    #[must_use]
    pub fn new(booked: NaiveDate, amount: Sek) -> ManualEntry {
        ManualEntry { booked, amount, reference: None, payer: None, text: None, ordinal: 1 }
    }

    /// With a reference.
    #[must_use]
    pub fn reference(self, reference: impl Into<String>) -> ManualEntry {
        ManualEntry { reference: Some(reference.into()), ..self }
    }

    /// With the payer's name.
    #[must_use]
    pub fn payer(self, payer: impl Into<String>) -> ManualEntry {
        ManualEntry { payer: Some(payer.into()), ..self }
    }

    /// With a text.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> ManualEntry {
        ManualEntry { text: Some(text.into()), ..self }
    }

    /// The second, third … of entries that are otherwise the same.
    #[must_use]
    pub fn ordinal(self, ordinal: u32) -> ManualEntry {
        ManualEntry { ordinal, ..self }
    }
}

impl From<ManualEntry> for BankPayment {
    fn from(entry: ManualEntry) -> BankPayment {
        let ManualEntry { booked, amount, reference, payer, text, ordinal } = entry;
        let mut payment = BankPayment::of_row(booked, amount, reference.as_deref(), payer, text);
        payment.detail = Detail::ByHand;
        payment.bank_key = BankKey::by_hand(&payment, ordinal);
        payment
    }
}

/// A payment as a journal remembers it: what the bank said of it, without the amounts beside its references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// By what it is known again.
    pub bank_key: String,
    /// The day it was booked.
    pub booked: NaiveDate,
    /// The day from which it bears interest.
    pub value_date: NaiveDate,
    /// The amount; below nothing where the bank took a payment back.
    pub amount: Sek,
    /// Why it was for a person, where it was.
    pub reason: Option<Reason>,
    /// The references, as written.
    pub references: Vec<String>,
    /// What the payer wrote in words.
    pub text: Vec<String>,
    /// The payer's name.
    pub payer_name: Option<String>,
    /// The number of the payer's account.
    pub payer_account: Option<String>,
    /// The bank's own reference.
    pub bank_reference: Option<String>,
}

impl From<Remembered> for BankPayment {
    fn from(remembered: Remembered) -> BankPayment {
        let Remembered { bank_key, booked, value_date, amount, reason, references, text, .. } = remembered;
        // A number that was no OCR reference when it came in is none now.
        let given = |text: &String| match reason {
            Some(Reason::TextOnly) => Given::InvoiceNumber(text.clone()),
            _ => Given::read(text),
        };
        let mut payment = BankPayment::of_row(booked, amount, None, remembered.payer_name, None);
        payment.bank_key = BankKey::remembered(bank_key);
        payment.value_date = Some(value_date);
        payment.kind = match reason {
            _ if amount < Sek::ZERO => PaymentKind::Reversal,
            Some(Reason::OwnPaymentReturned) => PaymentKind::DebitReversal,
            _ => PaymentKind::Credit,
        };
        if reason == Some(Reason::LumpSum) {
            payment.detail = Detail::LumpSum;
        }
        if reason == Some(Reason::CreditNoteTaken) {
            payment.credits_taken = vec![CreditTaken { number: None, amount: None }];
        }
        payment.references =
            references.iter().map(|text| Reference { given: given(text), amount: None }).collect();
        payment.text = text;
        payment.payer_account =
            remembered.payer_account.as_deref().map(|number| Account::new(Scheme::Number, number));
        payment.bank_reference = remembered.bank_reference;
        payment
    }
}

impl BankPayment {
    /// The amount with its sign: below nothing where money left us.
    #[must_use]
    pub fn signed(&self) -> Sek {
        match self.kind {
            PaymentKind::Credit | PaymentKind::DebitReversal => self.amount,
            PaymentKind::Reversal | PaymentKind::Debit => Sek::from_ore(self.amount.ore().saturating_neg()),
        }
    }

    /// A payment of a row, without a key yet; a negative amount is a payment of ours.
    pub(crate) fn of_row(
        booked: NaiveDate,
        amount: Sek,
        reference: Option<&str>,
        payer_name: Option<String>,
        text: Option<String>,
    ) -> BankPayment {
        BankPayment {
            bank_key: BankKey::default(),
            account: None,
            booked,
            value_date: None,
            amount: Sek::from_ore(amount.ore().saturating_abs()),
            kind: if amount < Sek::ZERO { PaymentKind::Debit } else { PaymentKind::Credit },
            detail: Detail::Payment,
            references: reference
                .map(|text| Reference { given: Given::read(text), amount: None })
                .into_iter()
                .collect(),
            credits_taken: Vec::new(),
            text: text.into_iter().collect(),
            payer_name,
            payer_account: None,
            bank_reference: None,
            origin: None,
        }
    }
}

impl Given {
    /// An OCR reference where the text is one, else the text.
    pub(crate) fn read(text: &str) -> Given {
        text.parse().map_or_else(|_| Given::Other(text.to_owned()), Given::Ocr)
    }

    /// As it was written.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Given::Ocr(reference) => reference.to_string(),
            Given::Other(text) | Given::InvoiceNumber(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remembered(amount: i64, reason: Option<Reason>) -> BankPayment {
        let day = "2027-02-14".parse().unwrap();
        BankPayment::from(Remembered {
            bank_key: "9912346|B1".to_owned(),
            booked: day,
            value_date: day,
            amount: Sek::from_ore(amount),
            reason,
            references: vec!["100263".to_owned()],
            text: vec!["Tack".to_owned()],
            payer_name: Some("Håbo kommun".to_owned()),
            payer_account: Some("555-5555".to_owned()),
            bank_reference: Some("B1".to_owned()),
        })
    }

    #[test]
    fn a_payment_that_is_remembered_is_what_it_was() {
        let payment = remembered(100, Some(Reason::Overpaid));
        assert_eq!(payment.references[0].given, Given::Ocr("100263".parse().unwrap()));
        assert_eq!((payment.kind, payment.detail), (PaymentKind::Credit, Detail::Payment));
        assert_eq!(payment.payer_account, Some(Account::new(Scheme::Number, "5555555")));
        assert_eq!((payment.bank_key.as_str(), payment.signed()), ("9912346|B1", Sek::from_ore(100)));
        let reversal = remembered(-100, Some(Reason::Reversal));
        assert_eq!(
            (reversal.kind, reversal.amount.ore(), reversal.signed().ore()),
            (PaymentKind::Reversal, 100, -100)
        );
        assert_eq!(remembered(100, Some(Reason::OwnPaymentReturned)).kind, PaymentKind::DebitReversal);
        assert_eq!(remembered(100, Some(Reason::LumpSum)).detail, Detail::LumpSum);
        assert_eq!(remembered(100, Some(Reason::CreditNoteTaken)).credits_taken.len(), 1);
    }

    /// 1007 in the field for invoice numbers may pass for an OCR reference by chance.
    #[test]
    fn a_number_that_was_no_reference_is_none_when_it_is_remembered() {
        let payment = remembered(100, Some(Reason::TextOnly));
        assert_eq!(payment.references[0].given, Given::InvoiceNumber("100263".to_owned()));
    }
}
