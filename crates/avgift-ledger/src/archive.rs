//! Archive: what the journal has of one fee year: its documents, the bank files and vouchers that belong to it, its fees.
//! Rule:    a document is of its invoice's year; a bank file of every year that a payment in it paid, and a file of vouchers
//!          of every year that one of its vouchers is about: by the lines that it covers, and its financial year. What a
//!          file holds of other years stays in it: it is sealed whole.
//! Errors:  StoredDocumentMustBeReadable, and those of reading the journal.

use std::collections::{BTreeMap, BTreeSet};

use avgift::{Assessment, FeeYear, NaiveDate};
use avgift_invoice::{Content, InvoiceNumber};
use avgift_journal::{Event, ExportSie, Folder, Line, Seal, State, read_each};

use crate::error::Error;
use crate::stored::StoredInvoice;

/// What the journal has of a fee year.
#[derive(Debug, Clone, Default)]
pub struct YearOfRecords {
    /// Its files, each with its place in the network's folder and its seal: documents, letters, bank files, vouchers.
    pub files: BTreeMap<String, Seal>,
    /// The fees that were issued for it, each with the document that it stands on, in the order of the journal.
    pub fees: Vec<RecordedFee>,
}

/// A fee that was issued.
#[derive(Debug, Clone)]
pub struct RecordedFee {
    /// The document that it stands on; of a fee in parts or instalments, all of them.
    pub documents: Vec<String>,
    /// The fee.
    pub fee: Assessment,
    /// The contents of the documents, where each charges a part or an instalment.
    pub cuts: Vec<Content>,
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
        // A bank file is kept with the first of its payments, whatever year that one is of.
        let (mut kept, mut read): (BTreeMap<Seal, String>, BTreeSet<Seal>) =
            (BTreeMap::new(), BTreeSet::new());
        // The lines about the year, each with the day of its voucher, by which a file of vouchers is found.
        let mut about: BTreeMap<u64, NaiveDate> = BTreeMap::new();
        let mut exports: Vec<ExportSie> = Vec::new();
        read_each(folder, |line: &Line, _| -> Result<(), Error> {
            let is_ours = match &line.event {
                Event::InvoiceIssued(event) => {
                    let is_ours = i32::from(event.year) == year.get();
                    if is_ours {
                        let stored = StoredInvoice::of(event, &line.stamp)?;
                        let number = format!("{}-{}", event.series, event.number);
                        records.note(&number, stored);
                    }
                    is_ours
                }
                Event::CreditIssued(event) => is_of_year(&event.series, event.number),
                Event::ReminderSent(event) => is_of_year(&event.series, event.invoice),
                Event::PaymentRegistered(event) => {
                    kept.extend(event.documents.iter().map(|sealed| (sealed.sha256, sealed.name.clone())));
                    let ours = event.to.allocations.iter().any(|part| is_of_year(&part.series, part.invoice));
                    if ours {
                        about.insert(line.seq, event.booked());
                        read.insert(event.source.sha256);
                    }
                    false
                }
                Event::ExportSie(event) => {
                    exports.push(event.clone());
                    false
                }
                _ => false,
            };
            if is_ours {
                let day = match &line.event {
                    Event::InvoiceIssued(event) => event.date,
                    Event::CreditIssued(event) => event.date,
                    Event::ReminderSent(event) => event.date,
                    _ => line.stamp.at.date_naive(),
                };
                about.insert(line.seq, day);
                let documents = line.event.documents();
                records.files.extend(documents.iter().map(|sealed| (sealed.name.clone(), sealed.sha256)));
            }
            Ok(())
        })?;
        let files = read.into_iter().filter_map(|sha256| Some((kept.remove(&sha256)?, sha256)));
        records.files.extend(files);
        let ours = exports.iter().filter(|export| {
            let (from, to) = (export.from_seq, export.to_seq);
            from <= to && about.range(from..=to).any(|(_, day)| is_of_its_year(export, &exports, *day))
        });
        records.files.extend(ours.map(|export| (export.file.clone(), export.sha256)));
        Ok(records)
    }

    /// Notes the fees of an invoice; one that is cut goes with the other documents of the same fee.
    fn note(&mut self, number: &str, stored: StoredInvoice) {
        let cut = stored.invoice.content.cut.is_some().then_some(stored.invoice.content);
        for fee in stored.assessments {
            let is_same =
                |noted: &&mut RecordedFee| cut.is_some() && !noted.cuts.is_empty() && noted.fee == fee;
            match self.fees.iter_mut().find(is_same) {
                Some(noted) => {
                    noted.documents.push(number.to_owned());
                    noted.cuts.extend(cut.clone());
                }
                None => {
                    let (documents, cuts) = (vec![number.to_owned()], cut.clone().into_iter().collect());
                    self.fees.push(RecordedFee { documents, fee, cuts });
                }
            }
        }
    }
}

/// Whether a day lies in the financial year of an export: after the end of the year before it, as far as one was exported.
fn is_of_its_year(export: &ExportSie, exports: &[ExportSie], day: NaiveDate) -> bool {
    let Some(end) = export.year_end else { return true };
    let ends = exports.iter().filter(|other| other.orgnr == export.orgnr).filter_map(|other| other.year_end);
    let before = ends.filter(|other| *other < end).max();
    day <= end && before.is_none_or(|before| day > before)
}
