//! Stored: a number of the journal, and the whole document behind it.
//! Read:    the line of the journal, and in it the invoice or credit note and what its fees were computed from.
//! Errors:  InvoiceMustBeFound, NumberMustBeOfOneSeries, StoredDocumentMustBeReadable, and those of the journal.

use avgift::Assessment;
use avgift_invoice::{CreditNote, Invoice, InvoiceNumber};
use avgift_journal::{
    CreditIssued, Event, Folder, InvoiceIssued, Issued, Kind, Line, Raw, Stamp, State, line_at,
};
use serde::de::DeserializeOwned;

use crate::error::Error;

/// An invoice as it was issued.
#[derive(Debug, Clone)]
pub struct StoredInvoice {
    /// What the journal recorded of it.
    pub event: InvoiceIssued,
    /// Who issued it, and when.
    pub stamp: Stamp,
    /// The invoice.
    pub invoice: Invoice,
    /// Its fees, a line each.
    pub assessments: Vec<Assessment>,
}

/// A credit note as it was issued.
#[derive(Debug, Clone)]
pub struct StoredCredit {
    /// What the journal recorded of it.
    pub event: CreditIssued,
    /// Who issued it, and when.
    pub stamp: Stamp,
    /// The credit note.
    pub credit_note: CreditNote,
}

impl StoredInvoice {
    /// The invoice of an event.
    ///
    /// # Errors
    /// `StoredDocumentMustBeReadable`.
    pub fn of(event: &InvoiceIssued, stamp: &Stamp) -> Result<StoredInvoice, Error> {
        let invoice = stored(&event.invoice, &event.series, event.number)?;
        let assessments = stored(&event.inputs, &event.series, event.number)?;
        Ok(StoredInvoice { event: event.clone(), stamp: stamp.clone(), invoice, assessments })
    }
}

impl StoredCredit {
    /// The credit note of an event.
    ///
    /// # Errors
    /// `StoredDocumentMustBeReadable`.
    pub fn of(event: &CreditIssued, stamp: &Stamp) -> Result<StoredCredit, Error> {
        let credit_note = stored(&event.credit_note, &event.series, event.number)?;
        Ok(StoredCredit { event: event.clone(), stamp: stamp.clone(), credit_note })
    }
}

/// The invoice of an event, without its fees.
pub(crate) fn read_invoice(event: &InvoiceIssued) -> Result<Invoice, Error> {
    stored(&event.invoice, &event.series, event.number)
}

/// The credit note of an event.
pub(crate) fn read_credit_note(event: &CreditIssued) -> Result<CreditNote, Error> {
    stored(&event.credit_note, &event.series, event.number)
}

fn stored<T: DeserializeOwned>(raw: &Raw, series: &str, number: InvoiceNumber) -> Result<T, Error> {
    raw.read().map_err(|error| Error::StoredDocumentMustBeReadable {
        document: format!("{series}-{number}"),
        reason: error.to_string(),
    })
}

/// A journal to look things up in: its folder and what its events come to.
#[derive(Debug)]
pub struct Ledger<'a, F> {
    folder: &'a F,
    state: &'a State,
}

impl<'a, F: Folder> Ledger<'a, F> {
    /// A journal that was read.
    #[must_use]
    pub const fn new(folder: &'a F, state: &'a State) -> Ledger<'a, F> {
        Ledger { folder, state }
    }

    /// What its events come to.
    #[must_use]
    pub const fn state(&self) -> &'a State {
        self.state
    }

    /// The folder that it stands in.
    #[must_use]
    pub const fn folder(&self) -> &'a F {
        self.folder
    }

    /// The document that a user names: `GR-20240001`, or `20240001` where one series alone has it.
    ///
    /// # Errors
    /// `InvoiceMustBeFound`, `NumberMustBeOfOneSeries`.
    pub fn find(&self, text: &str) -> Result<(&'a str, &'a Issued), Error> {
        let (label, digits) =
            text.rsplit_once('-').map_or((None, text), |(label, number)| (Some(label), number));
        let number = digits.parse::<InvoiceNumber>().ok();
        let of_series = |series: &'a str| Some((series, self.state.find(series, number?)?));
        let mut found: Vec<(&'a str, &'a Issued)> = self.state.series().filter_map(of_series).collect();
        found.retain(|(series, issued)| {
            issued.kind != Kind::Burnt && label.is_none_or(|label| label.eq_ignore_ascii_case(series))
        });
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Error::InvoiceMustBeFound { text: text.to_owned(), near: self.near(number) }),
            several => Err(Error::NumberMustBeOfOneSeries {
                text: text.to_owned(),
                found: several.iter().map(|(series, issued)| format!("{series}-{}", issued.number)).collect(),
            }),
        }
    }

    /// The same number in other series, or the newest of each.
    fn near(&self, number: Option<InvoiceNumber>) -> Vec<String> {
        let near = |series: &str| {
            let issued = number.and_then(|number| self.state.find(series, number));
            let issued = issued.or_else(|| self.state.issued(series).last())?;
            Some(format!("{series}-{}", issued.number))
        };
        self.state.series().filter_map(near).collect()
    }

    /// The line that issued a number.
    ///
    /// # Errors
    /// Those of reading a line of the journal.
    pub fn line(&self, issued: &Issued) -> Result<Line, Error> {
        Ok(line_at(self.folder, issued.offset, 0)?)
    }

    /// The whole invoice of a number.
    ///
    /// # Errors
    /// `InvoiceMustBeFound` where it is a credit note, `StoredDocumentMustBeReadable`, and those of reading a line.
    pub fn invoice(&self, series: &str, issued: &Issued) -> Result<StoredInvoice, Error> {
        let Line { event, stamp, .. } = self.line(issued)?;
        match event {
            Event::InvoiceIssued(event) => StoredInvoice::of(&event, &stamp),
            _ => Err(Error::InvoiceMustBeFound {
                text: format!("{series}-{}", issued.number),
                near: match issued.kind {
                    Kind::Credit(credited) => vec![credited.to_string()],
                    _ => Vec::new(),
                },
            }),
        }
    }

    /// The credit notes over an invoice, the oldest first.
    ///
    /// # Errors
    /// `StoredDocumentMustBeReadable`, and those of reading a line.
    pub fn credits(&self, series: &str, number: InvoiceNumber) -> Result<Vec<StoredCredit>, Error> {
        let mut credits = Vec::new();
        for label in self.state.series() {
            for issued in self.state.issued(label).iter().filter(|issued| issued.kind == Kind::Credit(number))
            {
                let Line { event, stamp, .. } = self.line(issued)?;
                if let Event::CreditIssued(event) = event
                    && event.credits_series() == series
                {
                    credits.push(StoredCredit::of(&event, &stamp)?);
                }
            }
        }
        credits.sort_by_key(|credit| (credit.event.date, credit.stamp.at, credit.event.number));
        Ok(credits)
    }
}
