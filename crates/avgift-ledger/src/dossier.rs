//! Dossier: all that the journal has of one document: what was recorded, its fees, credits over it, payments of it, what is
//! open, and every other line about it.
//! Errors:  InvoiceMustBeFound, NumberMustBeOfOneSeries, StoredDocumentMustBeReadable, and those of reading the journal.

use avgift::{Language, NaiveDate, Sek};
use avgift_journal::{Folder, Issued, Kind, Line, read_each};

use crate::entry::Entry;
use crate::error::Error;
use crate::stored::{Ledger, StoredCredit, StoredInvoice};

/// A part of a payment that goes to the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// What the bank knows the payment by.
    pub bank_key: String,
    /// The day of its voucher.
    pub booked: NaiveDate,
    /// How much of it.
    pub amount: Sek,
}

/// All that the journal has of one document.
#[derive(Debug)]
pub struct Dossier {
    /// The series.
    pub series: String,
    /// The number, and what became of it.
    pub issued: Issued,
    /// The line that issued it.
    pub line: Line,
    /// The whole invoice with its fees; none where it is a credit note.
    pub invoice: Option<StoredInvoice>,
    /// The whole credit note; none where it is an invoice.
    pub credit_note: Option<StoredCredit>,
    /// The credit notes over it, the oldest first.
    pub credits: Vec<StoredCredit>,
    /// The payments of it, by the day of their vouchers.
    pub payments: Vec<Paid>,
    /// Other lines about it: sent, reminded of.
    pub others: Vec<Entry>,
}

impl<F: Folder> Ledger<'_, F> {
    /// All that the journal has of a document that a user names.
    ///
    /// # Errors
    /// Those named at the top of this file.
    pub fn dossier(&self, text: &str, language: Language) -> Result<Dossier, Error> {
        let (series, issued) = self.find(text)?;
        self.dossier_of(series, issued, language)
    }

    /// All that the journal has of a document.
    ///
    /// # Errors
    /// As [`Ledger::dossier`].
    pub fn dossier_of(&self, series: &str, issued: &Issued, language: Language) -> Result<Dossier, Error> {
        let number = format!("{series}-{}", issued.number);
        let (mut line, mut others) = (None, Vec::new());
        let offered = |entry: &Entry| entry.number.as_ref() == Some(&number);
        read_each(self.folder(), |each: &Line, _| -> Result<(), Error> {
            if each.event.numbered() == Some((series, issued.number)) {
                line = Some(each.clone());
            } else {
                others.extend(Some(Entry::of(each, language)).filter(offered));
            }
            Ok(())
        })?;
        let near = Vec::new();
        let line = line.ok_or_else(|| Error::InvoiceMustBeFound { text: number.clone(), near })?;
        let (invoice, credit_note) = match &line.event {
            avgift_journal::Event::InvoiceIssued(event) => {
                (Some(StoredInvoice::of(event, &line.stamp)?), None)
            }
            avgift_journal::Event::CreditIssued(event) => (None, Some(StoredCredit::of(event, &line.stamp)?)),
            _ => (None, None),
        };
        let credits = match issued.kind {
            Kind::Invoice => self.credits(series, issued.number)?,
            _ => Vec::new(),
        };
        let mut payments: Vec<Paid> = Vec::new();
        for (bank_key, payment) in self.state().payments() {
            let ours = payment.to.allocations.iter();
            let ours = ours.filter(|part| part.series == series && part.invoice == issued.number);
            let paid = |part: &avgift_journal::Allocation| Paid {
                bank_key: bank_key.to_owned(),
                booked: payment.booked,
                amount: part.amount,
            };
            payments.extend(ours.map(paid));
        }
        payments.sort_by_key(|paid| paid.booked);
        Ok(Dossier {
            series: series.to_owned(),
            issued: issued.clone(),
            line,
            invoice,
            credit_note,
            credits,
            payments,
            others,
        })
    }

    /// The line of a number, counted from 1.
    ///
    /// # Errors
    /// Those of reading the journal.
    pub fn line_number(&self, seq: u64) -> Result<Option<Line>, Error> {
        let mut found = None;
        read_each(self.folder(), |line: &Line, _| -> Result<(), Error> {
            if line.seq == seq {
                found = Some(line.clone());
            }
            Ok(())
        })?;
        Ok(found)
    }
}
