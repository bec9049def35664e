//! History: the documents and payments of a journal, whole, in the order in which they were recorded.
//! Rule:    everything here stands in the journal and nothing in the settings, so that what is made of it years later is the
//!          same. A document is its seller's, as it stands on the document.
//! Errors:  StoredDocumentMustBeReadable, and those of the journal.
//! Not here: what it comes to on accounts (see `placing`), and in registers (see `registers`).

use std::collections::BTreeMap;

use avgift::{NaiveDate, Sek};
use avgift_invoice::{Buyer, Content, CreditNote, Document, Invoice, InvoiceNumber, OrganisationNumber};
use avgift_journal::{
    Distribution, DocumentSeal, Event, ExportSie, Folder, Head, Line, PaymentRegistered, Seal, Stamp,
    read_each,
};

use crate::error::Error;
use crate::stored::{read_credit_note, read_invoice};

/// A series and a number of it.
pub(crate) type Numbered = (String, InvoiceNumber);

/// The whole document.
#[derive(Debug, Clone)]
pub enum Whole {
    /// An invoice.
    Invoice(Box<Invoice>),
    /// A credit note over the invoice of this series and number.
    Credit(Box<CreditNote>, Numbered),
}

/// A document that was issued.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The line of the journal.
    pub seq: u64,
    /// Its series.
    pub series: String,
    /// Its number.
    pub number: InvoiceNumber,
    /// The document.
    pub whole: Whole,
    /// Its files.
    pub files: Vec<DocumentSeal>,
}

impl Recorded {
    /// The document.
    #[must_use]
    pub fn document(&self) -> Document<'_> {
        match &self.whole {
            Whole::Invoice(invoice) => (&**invoice).into(),
            Whole::Credit(credit_note, _) => (&**credit_note).into(),
        }
    }

    /// What stands on it.
    #[must_use]
    pub fn content(&self) -> &Content {
        match &self.whole {
            Whole::Invoice(invoice) => &invoice.content,
            Whole::Credit(credit_note, _) => &credit_note.content,
        }
    }

    /// Who issued it.
    #[must_use]
    pub fn host(&self) -> OrganisationNumber {
        self.content().seller.organisation_number
    }

    /// Who is to pay it.
    #[must_use]
    pub fn buyer(&self) -> &Buyer {
        &self.content().buyer
    }

    /// The day of issue.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.document().issue_date()
    }

    /// The invoice that it is or takes back.
    #[must_use]
    pub fn invoice(&self) -> Numbered {
        match &self.whole {
            Whole::Invoice(_) => (self.series.clone(), self.number),
            Whole::Credit(_, credited) => credited.clone(),
        }
    }

    /// What it adds to what is owed: below nothing for a credit note.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn claim(&self) -> Result<Sek, Error> {
        let due = self.content().totals.amount_due;
        Ok(match &self.whole {
            Whole::Invoice(_) => due,
            Whole::Credit(..) => Sek::ZERO.minus(due)?,
        })
    }
}

/// Where a payment went from a line of the journal on.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The line.
    pub seq: u64,
    /// From which day: the bank's for the first, that of the decision for the others.
    pub date: NaiveDate,
    /// Where it goes.
    pub to: Distribution,
    /// Why it went elsewhere; none for the first.
    pub reason: Option<String>,
}

/// A payment, and where it went from time to time.
#[derive(Debug, Clone)]
pub struct Received {
    /// The payment, as it was registered.
    pub event: PaymentRegistered,
    /// Where it went, the first from the bank; never empty.
    pub stages: Vec<Stage>,
}

impl Received {
    /// Where it goes now.
    #[must_use]
    pub fn now(&self) -> &Distribution {
        self.stages.last().map_or(&self.event.to, |stage| &stage.to)
    }
}

/// An export that was recorded.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Its line.
    pub seq: u64,
    /// What was recorded.
    pub event: ExportSie,
    /// By whom, when and by which program.
    pub stamp: Stamp,
}

/// What a journal tells of documents and payments.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// What was issued.
    pub documents: Vec<Recorded>,
    /// What was paid.
    pub payments: Vec<Received>,
    /// What was exported to ledgers.
    pub exports: Vec<Exported>,
    /// How far the journal goes.
    pub head: Head,
    /// Whether an interrupted run is to be finished by whoever writes next.
    pub is_interrupted: bool,
    seals: BTreeMap<u64, Seal>,
    invoices: BTreeMap<Numbered, usize>,
}

impl History {
    /// Reads a journal; an empty one where there is none.
    ///
    /// # Errors
    /// Those named at the top of this file.
    pub fn of(folder: &impl Folder) -> Result<History, Error> {
        let mut history = History::default();
        let mut payments: BTreeMap<String, usize> = BTreeMap::new();
        let reading = read_each(folder, |line: &Line, seal| -> Result<(), Error> {
            history.seals.insert(line.seq, seal);
            match &line.event {
                Event::PaymentRegistered(event) => {
                    payments.insert(event.bank_key.clone(), history.payments.len());
                    let stage =
                        Stage { seq: line.seq, date: event.booked(), to: event.to.clone(), reason: None };
                    history.payments.push(Received { event: event.clone(), stages: vec![stage] });
                }
                Event::PaymentReallocated(event) => {
                    if let Some(place) = payments.get(&event.bank_key) {
                        let (date, to, reason) = (event.date, event.to.clone(), Some(event.reason.clone()));
                        history.payments[*place].stages.push(Stage { seq: line.seq, date, to, reason });
                    }
                }
                _ => history.issued(line)?,
            }
            Ok(())
        })?;
        (history.head, history.is_interrupted) = (reading.head, reading.is_interrupted);
        Ok(history)
    }

    fn issued(&mut self, line: &Line) -> Result<(), Error> {
        let seq = line.seq;
        match &line.event {
            Event::InvoiceIssued(event) => {
                let whole = Whole::Invoice(Box::new(read_invoice(event)?));
                let (series, number) = (event.series.clone(), event.number);
                self.invoices.insert((series.clone(), number), self.documents.len());
                self.documents.push(Recorded { seq, series, number, whole, files: event.documents.clone() });
            }
            Event::CreditIssued(event) => {
                let credited = (event.credits_series().to_owned(), event.credits);
                let whole = Whole::Credit(Box::new(read_credit_note(event)?), credited);
                let (series, number) = (event.series.clone(), event.number);
                self.documents.push(Recorded { seq, series, number, whole, files: event.documents.clone() });
            }
            Event::ExportSie(event) => {
                self.exports.push(Exported { seq, event: event.clone(), stamp: line.stamp.clone() });
            }
            _ => {}
        }
        Ok(())
    }

    /// An invoice.
    #[must_use]
    pub fn invoice(&self, series: &str, number: InvoiceNumber) -> Option<&Recorded> {
        self.invoices.get(&(series.to_owned(), number)).and_then(|place| self.documents.get(*place))
    }

    /// The seal of a line.
    #[must_use]
    pub fn seal(&self, seq: u64) -> Option<Seal> {
        self.seals.get(&seq).copied()
    }

    /// The name that a payer had on its newest document.
    #[must_use]
    pub fn name_of(&self, payer: &str) -> Option<&str> {
        let newest = self.documents.iter().rev().find(|document| document.buyer().payer.as_str() == payer);
        newest.map(|document| document.buyer().name.as_str())
    }

    /// The hosts that issued something, in the order of their first document.
    #[must_use]
    pub fn hosts(&self) -> Vec<OrganisationNumber> {
        let mut hosts = Vec::new();
        for document in &self.documents {
            if !hosts.contains(&document.host()) {
                hosts.push(document.host());
            }
        }
        hosts
    }
}
