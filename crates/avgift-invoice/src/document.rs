//! Document: what an invoice and a credit note have in common, and either of them by one name.

use std::fmt;

use avgift::{FeeYear, NaiveDate, as_written, present};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::credit_note::CreditNote;
use crate::invoice::Invoice;
use crate::line::Line;
use crate::part::Cut;
use crate::party::{Buyer, Seller};
use crate::payment::InvoiceNumber;
use crate::reading::{self, Code};
use crate::text::Text;
use crate::totals::{PayableRounding, Totals, VatBreakdown};
use crate::wording;

/// The identifier of a document (BT-1): a running number, or a draft's name, `UTKAST-2024-ale`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentId {
    /// A draft's name: it takes no number from the series.
    Draft(Text),
    /// The running number.
    Issued(InvoiceNumber),
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocumentId::Draft(name) => name.fmt(f),
            DocumentId::Issued(number) => number.fmt(f),
        }
    }
}

impl Serialize for DocumentId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DocumentId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DocumentId, D::Error> {
        let text = String::deserialize(deserializer)?;
        let id = match text.starts_with(wording::DRAFT) {
            true => Text::new(&text).map(DocumentId::Draft),
            false => text.parse().map(DocumentId::Issued),
        };
        id.map_err(D::Error::custom)
    }
}

/// What a document or a line is for: from a day to a day (BG-14, BG-26).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoicePeriod {
    /// The first day (BT-73, BT-134).
    #[serde(deserialize_with = "as_written")]
    pub start: NaiveDate,
    /// The last day (BT-74, BT-135).
    #[serde(deserialize_with = "as_written")]
    pub end: NaiveDate,
}

impl InvoicePeriod {
    /// The whole of a fee year.
    #[must_use]
    pub fn of_year(year: FeeYear) -> InvoicePeriod {
        InvoicePeriod { start: year.first_day(), end: year.last_day() }
    }

    /// Whether another period lies within this one.
    #[must_use]
    pub fn contains(self, other: InvoicePeriod) -> bool {
        self.start <= other.start && other.start <= other.end && other.end <= self.end
    }
}

/// What an invoice and the credit note over it have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Content {
    /// The fee year.
    pub fee_year: FeeYear,
    /// What of each fee it charges; none where it is the whole.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub cut: Option<Cut>,
    /// The currency of all amounts (BT-5): always SEK.
    #[serde(deserialize_with = "reading::currency")]
    pub currency_code: Code,
    /// The fee year as a period (BG-14).
    pub period: InvoicePeriod,
    /// Who invoices (BG-4).
    pub seller: Seller,
    /// Who pays (BG-7), with its references (BT-10, BT-13).
    pub buyer: Buyer,
    /// Whether the amount due is rounded.
    pub payable_rounding: PayableRounding,
    /// The sums (BG-22).
    pub totals: Totals,
    /// The VAT (BG-23).
    pub vat_breakdown: VatBreakdown,
    /// The lines, one a member, or one a member and part, by municipality code (BG-25).
    pub lines: Vec<Line>,
}

/// An invoice or a credit note.
#[derive(Debug, Clone, Copy)]
pub enum Document<'a> {
    /// An invoice.
    Invoice(&'a Invoice),
    /// A credit note.
    CreditNote(&'a CreditNote),
}

impl<'a> Document<'a> {
    /// The identifier (BT-1).
    #[must_use]
    pub fn id(self) -> DocumentId {
        match self {
            Document::Invoice(invoice) => invoice.id.clone(),
            Document::CreditNote(credit_note) => DocumentId::Issued(credit_note.number),
        }
    }

    /// The day of issue (BT-2).
    #[must_use]
    pub const fn issue_date(self) -> NaiveDate {
        match self {
            Document::Invoice(invoice) => invoice.issue_date,
            Document::CreditNote(credit_note) => credit_note.issue_date,
        }
    }

    /// The type (BT-3), by its code in UNTDID 1001.
    #[must_use]
    pub const fn type_code(self) -> &'static str {
        match self {
            Document::Invoice(invoice) => invoice.type_code,
            Document::CreditNote(credit_note) => credit_note.type_code,
        }
    }

    /// The note (BT-22).
    #[must_use]
    pub const fn note(self) -> &'a Text {
        match self {
            Document::Invoice(invoice) => &invoice.note,
            Document::CreditNote(credit_note) => &credit_note.note,
        }
    }

    /// What both have in common.
    #[must_use]
    pub const fn content(self) -> &'a Content {
        match self {
            Document::Invoice(invoice) => &invoice.content,
            Document::CreditNote(credit_note) => &credit_note.content,
        }
    }
}

impl<'a> From<&'a Invoice> for Document<'a> {
    fn from(invoice: &'a Invoice) -> Document<'a> {
        Document::Invoice(invoice)
    }
}

impl<'a> From<&'a CreditNote> for Document<'a> {
    fn from(credit_note: &'a CreditNote) -> Document<'a> {
        Document::CreditNote(credit_note)
    }
}
