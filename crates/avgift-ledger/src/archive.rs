//! Archive: what the journal has of one fee year: its documents, the bank files and vouchers that belong to it, its fees.
//! Rule:    a document is of its invoice's year; a bank file of every year that a payment in it paid, and a file of vouchers
//!          of every year that one of its lines is about. What a file holds of other years stays in it: it is sealed whole.
//! Errors:  StoredDocumentMustBeReadable, and those of reading the journal.

use std::collections::{BTreeMap, BTreeSet};

use avgift::{Assessment, FeeYear};
use avgift_invoice::InvoiceNumber;
use avgift_journal::{Event, Folder, Line, Seal, State, read_each};

use crate::error::Error;
use crate::stored::StoredInvoice;

/// What the journal has of a fee year.
#[derive(Debug, Clone, Default)]
pub struct YearOfRecords {
    /// Its files, each with its place in the network's folder and its seal: documents, letters, bank files, vouchers.
    pub files: BTreeMap<String, Seal>,
    /// The fees that were issued for it, each with the document that it stands on, in the order of the journal.
    pub fees: Vec<(String, Assessment)>,
}

impl YearOfRecords {
    /// Reads the journal, whose events come to `state`.
    ///
    /// # Errors
    /// Those named at the top of this file.
    pub fn of(folder: &impl Folder, state: &State, year: FeeYear) -> Result<YearOfRecords, Error> {
        let mut records = YearOfRecords::default();
        let is_of_year = |series: &str, number: InvoiceNumber| {
            state.find(series, number).is_some_and(|issued| i32::from(issued.year) == year.get())
        };
        // The lines about the year, by which a file of vouchers is found.
        let mut about = BTreeSet::new();
        read_each(folder, |line: &Line, _| -> Result<(), Error> {
            let is_ours = match &line.event {
                Event::InvoiceIssued(event) => {
                    let is_ours = i32::from(event.year) == year.get();
                    if is_ours {
                        let stored = StoredInvoice::of(event, &line.stamp)?;
                        let number = format!("{}-{}", event.series, event.number);
                        records.fees.extend(stored.assessments.into_iter().map(|fee| (number.clone(), fee)));
                    }
                    is_ours
                }
                Event::CreditIssued(event) => is_of_year(&event.series, event.number),
                Event::ReminderSent(event) => is_of_year(&event.series, event.invoice),
                Event::PaymentRegistered(event) => {
                    let ours = event.to.allocations.iter().any(|part| is_of_year(&part.series, part.invoice));
                    if ours {
                        records.files.insert(event.source.file.clone(), event.source.sha256);
                    }
                    ours
                }
                Event::ExportSie(event) => {
                    if about.range(event.from_seq..=event.to_seq).next().is_some() {
                        records.files.insert(event.file.clone(), event.sha256);
                    }
                    false
                }
                _ => false,
            };
            if is_ours {
                about.insert(line.seq);
                let documents = line.event.documents();
                records.files.extend(documents.iter().map(|sealed| (sealed.name.clone(), sealed.sha256)));
            }
            Ok(())
        })?;
        Ok(records)
    }
}
