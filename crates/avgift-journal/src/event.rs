//! Event: what happened, one a line: what was issued, credited, sent, paid, reminded of, exported, recovered.
//! Rule:    amounts are whole öre, times RFC 3339 with offset, numbers text; the whole invoice and the stored inputs of its
//!          fee stand inside as the JSON they were given as, so that every document can be made again and compared.
//! Not here: what an event does to receivables (see `state`); how a line is sealed (see `line`).

use std::borrow::Cow;
use std::fmt;

use avgift::{NaiveDate, Sek};
use avgift_invoice::{InvoiceNumber, OcrReference};
use chrono::{DateTime, FixedOffset};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::seal::{ChargeKey, Seal};

/// Who, when and with what: the end of every line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// Who did it.
    pub by: String,
    /// When, with the offset of the place.
    #[serde(with = "time")]
    pub at: DateTime<FixedOffset>,
    /// The program and its version.
    pub tool: String,
}

/// JSON as it was given, byte for byte, on one line.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Raw(Box<RawValue>);

impl Raw {
    /// A value as JSON without spaces.
    ///
    /// # Errors
    /// Where the value has no form in JSON.
    pub fn of(value: &impl Serialize) -> serde_json::Result<Raw> {
        serde_json::value::to_raw_value(value).map(Raw)
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// The value that the text holds.
    ///
    /// # Errors
    /// Where the text is another value's.
    pub fn read<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_str(self.0.get())
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.get())
    }
}

impl PartialEq for Raw {
    fn eq(&self, other: &Raw) -> bool {
        self.0.get() == other.0.get()
    }
}

impl Eq for Raw {}

/// A document that belongs to an event: its place in the folder and its bytes' seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentSeal {
    /// The path from the network's folder: `documents/2027/20270001.pdf`.
    pub name: String,
    /// The SHA-256 of its bytes.
    pub sha256: Seal,
}

/// A part of a payment that goes to an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    /// The series of the invoice.
    pub series: String,
    /// Its number.
    #[serde(with = "number")]
    pub invoice: InvoiceNumber,
    /// How much; below nothing where a payment is taken back.
    #[serde(rename = "ore", with = "ore")]
    pub amount: Sek,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Its name.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: Seal,
    /// How many of its payments come in batches after this one: a run that is interrupted between two is not done.
    #[serde(default, skip_serializing_if = "is_none_left")]
    pub to_follow: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_none_left(count: &u32) -> bool {
    *count == 0
}

/// The first line: whose journal it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalCreated {
    /// The version of the format: 1.
    pub format: u32,
    /// The name of the network.
    pub org: String,
    /// The organisation number of its host on that day.
    pub orgnr: String,
}

/// An invoice got its number and was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceIssued {
    /// The batch it was issued in.
    pub batch: String,
    /// The series, one a host and kind of charge.
    pub series: String,
    /// Its number.
    #[serde(with = "number")]
    pub number: InvoiceNumber,
    /// What is charged: a key a line.
    pub keys: Vec<ChargeKey>,
    /// What its charges were cut from, where they are parts or instalments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub divided: Option<Divided>,
    /// The fee year.
    pub year: u16,
    /// Who pays: the payer's id.
    pub payer: String,
    /// The day of issue.
    pub date: NaiveDate,
    /// The day it is due.
    pub due: NaiveDate,
    /// The OCR reference.
    #[serde(with = "ocr")]
    pub ocr: OcrReference,
    /// What is to be paid.
    #[serde(rename = "total_ore", with = "ore")]
    pub total: Sek,
    /// Without VAT.
    #[serde(rename = "net_ore", with = "ore")]
    pub net: Sek,
    /// VAT.
    #[serde(rename = "vat_ore", with = "ore")]
    pub vat: Sek,
    /// The category of VAT: `O`, `E` or `S`.
    #[serde(rename = "vat")]
    pub vat_category: String,
    /// Its documents.
    pub documents: Vec<DocumentSeal>,
    /// What the fee was computed from, as it was given.
    pub inputs: Raw,
    /// The whole invoice, as it was given.
    pub invoice: Raw,
}

/// What the charges of an invoice were cut from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Divided {
    /// The key of the division: what was cut in one way goes together, and what was cut in two would be charged twice.
    pub division: ChargeKey,
    /// The whole charges, one for each of the keys.
    pub of: Vec<ChargeKey>,
}

/// A credit note got its number and was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditIssued {
    /// The batch it was issued in.
    pub batch: String,
    /// The series.
    pub series: String,
    /// Its number.
    #[serde(with = "number")]
    pub number: InvoiceNumber,
    /// The number of the invoice.
    #[serde(with = "number")]
    pub credits: InvoiceNumber,
    /// The series of the invoice, where credit notes have one of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits_series: Option<String>,
    /// Why.
    pub reason: String,
    /// The day of issue.
    pub date: NaiveDate,
    /// What is taken back; above nothing.
    #[serde(rename = "total_ore", with = "ore")]
    pub total: Sek,
    /// Without VAT.
    #[serde(rename = "net_ore", with = "ore")]
    pub net: Sek,
    /// VAT.
    #[serde(rename = "vat_ore", with = "ore")]
    pub vat: Sek,
    /// The category of VAT.
    #[serde(rename = "vat")]
    pub vat_category: String,
    /// Its documents.
    pub documents: Vec<DocumentSeal>,
    /// The whole credit note, as it was given.
    pub credit_note: Raw,
}

impl CreditIssued {
    /// The series of the invoice that it takes back.
    #[must_use]
    pub fn credits_series(&self) -> &str {
        self.credits_series.as_ref().unwrap_or(&self.series)
    }
}

/// The lines of a batch before this one count: the point from which they are issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchCommitted {
    /// Which batch.
    pub batch: String,
    /// How many lines it has before this one.
    pub count: u32,
    /// Their sum: invoices and payments as they are, credits negative.
    #[serde(rename = "sum_ore", with = "ore")]
    pub sum: Sek,
    /// The first number, where it issued any.
    #[serde(with = "optional_number", default, skip_serializing_if = "Option::is_none")]
    pub first: Option<InvoiceNumber>,
    /// The last number.
    #[serde(with = "optional_number", default, skip_serializing_if = "Option::is_none")]
    pub last: Option<InvoiceNumber>,
}

/// The lines of a batch before this one never counted: their numbers are burnt, and nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchAborted {
    /// Which batch.
    pub batch: String,
    /// How many lines it has before this one.
    pub count: u32,
    /// The first number, where it held any.
    #[serde(with = "optional_number", default, skip_serializing_if = "Option::is_none")]
    pub first: Option<InvoiceNumber>,
    /// The last number.
    #[serde(with = "optional_number", default, skip_serializing_if = "Option::is_none")]
    pub last: Option<InvoiceNumber>,
    /// Why.
    pub reason: String,
}

/// A document was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentSent {
    /// The batch, where several were sent at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// The series.
    pub series: String,
    /// The number.
    #[serde(with = "number")]
    pub number: InvoiceNumber,
    /// By what way: `peppol`, `email`, `post`.
    pub channel: String,
    /// The receipt or address, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
}

/// Why a part of a payment pays no invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rest {
    /// A person has to decide: it stands on a list, and on no account yet.
    ForAPerson,
    /// The payer paid too much: it is owed back until it is repaid or meets another invoice.
    Overpayment,
    /// It belongs to no invoice that is known.
    Unmatched,
    /// It has nothing to do with the fees.
    NotOurs,
    /// It was paid back.
    Refunded,
}

/// What is left of a payment, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestOf {
    /// Where it stands.
    pub to: Rest,
    /// Whose it is: the payer's id, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<String>,
    /// Why it is for a person, by the word of the matching: `overpaid`, `text-only`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Where a payment goes. Its parts sum to the payment; of one that the bank took back they are below nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distribution {
    /// What it pays.
    pub allocations: Vec<Allocation>,
    /// The öre that it is off, within what the network tolerates; below nothing where too little was paid.
    #[serde(rename = "rounding_ore", with = "ore", default, skip_serializing_if = "is_nothing")]
    pub rounding: Sek,
    /// Interest on late payment (dröjsmålsränta).
    #[serde(rename = "interest_ore", with = "ore", default, skip_serializing_if = "is_nothing")]
    pub interest: Sek,
    /// The fee for a reminder.
    #[serde(rename = "reminder_fee_ore", with = "ore", default, skip_serializing_if = "is_nothing")]
    pub reminder_fee: Sek,
    /// What is left of it.
    #[serde(rename = "unallocated_ore", with = "ore")]
    pub unallocated: Sek,
    /// Where that stands; unmatched where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<RestOf>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_nothing(amount: &Sek) -> bool {
    *amount == Sek::ZERO
}

/// What the bank says of a payment, for a person to know it by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankSays {
    /// Who paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<String>,
    /// From which account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer_account: Option<String>,
    /// The references that the payer gave, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// What the payer wrote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<String>,
    /// The bank's own reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank_reference: Option<String>,
}

/// A payment came in, was taken back by the bank, or is on a list for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRegistered {
    /// The batch, where several were posted at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// What the bank knows it by: never posted twice.
    pub bank_key: String,
    /// How much; below nothing where the bank took a payment back.
    #[serde(rename = "amount_ore", with = "ore")]
    pub amount: Sek,
    /// The day it counts from, for interest.
    pub value_date: NaiveDate,
    /// The day that the bank booked it, where that is another: the day of the voucher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booked: Option<NaiveDate>,
    /// What the bank says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<BankSays>,
    /// Where it goes.
    #[serde(flatten)]
    pub to: Distribution,
    /// Where it was read.
    pub source: SourceFile,
    /// The file that it was read from, as it came from the bank: with the first payment of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<DocumentSeal>,
}

impl PaymentRegistered {
    /// The day of its voucher.
    #[must_use]
    pub fn booked(&self) -> NaiveDate {
        self.booked.unwrap_or(self.value_date)
    }
}

/// A payment goes elsewhere from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentReallocated {
    /// Which payment.
    pub bank_key: String,
    /// From which day.
    pub date: NaiveDate,
    /// All that it pays now.
    #[serde(flatten)]
    pub to: Distribution,
    /// Why.
    pub reason: String,
}

/// A reminder was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReminderSent {
    /// The batch, where several were sent at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// The series.
    pub series: String,
    /// The number of the invoice.
    #[serde(with = "number")]
    pub invoice: InvoiceNumber,
    /// The day of the letter.
    pub date: NaiveDate,
    /// What was open that day.
    #[serde(rename = "open_ore", with = "ore")]
    pub open: Sek,
    /// The fee asked for.
    #[serde(rename = "fee_ore", with = "ore")]
    pub fee: Sek,
    /// The interest asked for.
    #[serde(rename = "interest_ore", with = "ore")]
    pub interest: Sek,
    /// The letter.
    pub documents: Vec<DocumentSeal>,
}

/// Vouchers were exported for the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportSie {
    /// The file; kept with the journal where its path begins with `documents/`.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: Seal,
    /// The first line whose event it holds.
    pub from_seq: u64,
    /// The last.
    pub to_seq: u64,
    /// The organisation number of the host whose books it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orgnr: Option<String>,
    /// The last day of the financial year that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_end: Option<NaiveDate>,
}

impl ExportSie {
    /// The file as a document that is kept with the journal; none where it was written elsewhere.
    #[must_use]
    pub fn document(&self) -> Option<DocumentSeal> {
        let name = self.file.clone();
        name.starts_with("documents/").then_some(DocumentSeal { name, sha256: self.sha256 })
    }
}

/// What an interruption left was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovered {
    /// The file that keeps the bytes: `journal.torn-20270115T090000`.
    pub file: String,
    /// How many.
    pub bytes: u64,
    /// Their SHA-256.
    pub sha256: Seal,
    /// What was done, in words.
    pub reason: String,
}

/// Something to remember.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The text; no persons in it.
    pub text: String,
}

/// Makes [`Event`] of its kinds: the name of each on a line, and reading and writing by that name.
macro_rules! events {
    ($($variant:ident $name:literal $says:literal)*) => {
        /// What a line says.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Event {
            $(#[doc = $says] $variant($variant),)*
        }

        /// The names of all kinds, as `type` on a line.
        pub const KINDS: &[&str] = &[$($name),*];

        impl Event {
            /// The name of its kind, as `type` on the line.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self {
                    $(Event::$variant(_) => $name,)*
                }
            }

            /// The data as a JSON object.
            pub(crate) fn to_json(&self) -> serde_json::Result<String> {
                match self {
                    $(Event::$variant(data) => serde_json::to_string(data),)*
                }
            }

            /// The event of a kind from its data; nothing where no kind has that name.
            pub(crate) fn from_json(kind: &str, data: &str) -> Option<serde_json::Result<Event>> {
                match kind {
                    $($name => Some(serde_json::from_str(data).map(Event::$variant)),)*
                    _ => None,
                }
            }
        }

        $(impl From<$variant> for Event {
            fn from(event: $variant) -> Event {
                Event::$variant(event)
            }
        })*
    };
}

events! {
    JournalCreated "journal.created" "The first line."
    InvoiceIssued "invoice.issued" "An invoice was issued."
    CreditIssued "credit.issued" "A credit note was issued."
    BatchCommitted "batch.committed" "The batch counts."
    BatchAborted "batch.aborted" "The batch never counted."
    DocumentSent "document.sent" "A document was sent."
    PaymentRegistered "payment.registered" "A payment was posted."
    PaymentReallocated "payment.reallocated" "A payment goes elsewhere."
    ReminderSent "reminder.sent" "A reminder was sent."
    ExportSie "export.sie" "Vouchers were exported."
    Recovered "recovered" "What an interruption left was set aside."
    Note "note" "Something to remember."
}

impl Event {
    /// The batch that the event belongs to. One without a batch counts as soon as its line stands whole.
    #[must_use]
    pub fn batch(&self) -> Option<&str> {
        match self {
            Event::InvoiceIssued(event) => Some(&event.batch),
            Event::CreditIssued(event) => Some(&event.batch),
            Event::DocumentSent(event) => event.batch.as_deref(),
            Event::PaymentRegistered(event) => event.batch.as_deref(),
            Event::ReminderSent(event) => event.batch.as_deref(),
            _ => None,
        }
    }

    /// The series and number that it gives out.
    #[must_use]
    pub fn numbered(&self) -> Option<(&str, InvoiceNumber)> {
        match self {
            Event::InvoiceIssued(event) => Some((&event.series, event.number)),
            Event::CreditIssued(event) => Some((&event.series, event.number)),
            _ => None,
        }
    }

    /// What it adds to the sum of its batch.
    #[must_use]
    pub fn amount(&self) -> Sek {
        match self {
            Event::InvoiceIssued(event) => event.total,
            Event::CreditIssued(event) => Sek::from_ore(event.total.ore().saturating_neg()),
            Event::PaymentRegistered(event) => event.amount,
            _ => Sek::ZERO,
        }
    }

    /// Its documents.
    #[must_use]
    pub fn documents(&self) -> Cow<'_, [DocumentSeal]> {
        match self {
            Event::InvoiceIssued(event) => Cow::Borrowed(&event.documents),
            Event::CreditIssued(event) => Cow::Borrowed(&event.documents),
            Event::PaymentRegistered(event) => Cow::Borrowed(&event.documents),
            Event::ReminderSent(event) => Cow::Borrowed(&event.documents),
            Event::ExportSie(event) => Cow::Owned(event.document().into_iter().collect()),
            _ => Cow::Borrowed(&[]),
        }
    }

    /// The texts that were given as JSON.
    pub(crate) fn raws(&self) -> impl Iterator<Item = &Raw> {
        let raws: [Option<&Raw>; 2] = match self {
            Event::InvoiceIssued(event) => [Some(&event.inputs), Some(&event.invoice)],
            Event::CreditIssued(event) => [Some(&event.credit_note), None],
            _ => [None, None],
        };
        raws.into_iter().flatten()
    }
}

/// An amount as a whole number of öre.
mod ore {
    use super::{Deserialize, Sek};
    use serde::{Deserializer, Serializer};

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(amount: &Sek, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(amount.ore())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Sek, D::Error> {
        i64::deserialize(deserializer).map(Sek::from_ore)
    }
}

/// A time as RFC 3339, in seconds, with the offset.
mod time {
    use super::{DateTime, Deserialize, FixedOffset};
    use chrono::SecondsFormat;
    use serde::{Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(
        at: &DateTime<FixedOffset>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&at.to_rfc3339_opts(SecondsFormat::Secs, false))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<DateTime<FixedOffset>, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text).map_err(de::Error::custom)
    }
}

/// Values that are digits with a meaning in their zeros: text.
macro_rules! as_text {
    ($module:ident $type:ty) => {
        mod $module {
            use serde::{Deserialize, Deserializer, Serializer, de};

            #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
            pub(super) fn serialize<S: Serializer>(value: &$type, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(value)
            }

            pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

as_text!(number avgift_invoice::InvoiceNumber);
as_text!(ocr avgift_invoice::OcrReference);

mod optional_number {
    use super::InvoiceNumber;
    use serde::{Deserializer, Serializer};

    #[allow(clippy::ref_option, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(
        value: &Option<InvoiceNumber>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(number) => serializer.collect_str(number),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<InvoiceNumber>, D::Error> {
        super::number::deserialize(deserializer).map(Some)
    }
}
