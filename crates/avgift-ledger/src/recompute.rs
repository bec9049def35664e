//! Recompute: every amount that was issued, anew from what was stored with it.
//! Rule:    a fee replays from the operands of its steps; a line of an invoice is its fee, all parts of a federation's, what is cut
//!          from it, or of a supplement less the preliminary one; a document adds up from its
//!          lines; a credit note is the difference that taking the same back makes again; and what the journal recorded of
//!          each is what stands on it.
//! Errors:  IssuedFeeMustBeComputedAgain, LineMustBeTheFee, RecordMustAgreeWithDocument, StoredDocumentMustBeReadable, and
//!          those of the journal. Each points at the place in its line, so that the first difference is found by eye.
//! Not here: seals, series and documents on the disk, which the journal verifies.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use avgift::{Assessment, MunicipalityCode, Refusal, Sek};
use avgift_invoice::{CreditNote, Document, Invoice, InvoiceNumber, Text};
use avgift_journal::{Divided, Event, Folder, Line, read_each};

use crate::charges::Charges;
use crate::error::Error;
use crate::issuing::magnitude;
use crate::proof::place_of;
use crate::stored::{StoredCredit, StoredInvoice};

/// What was computed anew and came out the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recomputed {
    /// Fees.
    pub fees: u64,
    /// Invoices.
    pub invoices: u64,
    /// Credit notes.
    pub credit_notes: u64,
}

/// Computes every amount of a journal anew; invoices that were credited are kept in memory, and no others.
///
/// # Errors
/// Every difference, the first of each document; or what keeps the journal from being read.
pub fn recompute(folder: &impl Folder) -> Result<Recomputed, Vec<Refusal>> {
    let mut recomputed = Recomputed::default();
    let mut faults = Vec::new();
    let credited = credited(folder).map_err(|error| vec![error.refusal()])?;
    let mut invoices: BTreeMap<(String, InvoiceNumber), (Invoice, Vec<CreditNote>)> = BTreeMap::new();
    let mut preliminary = Preliminary::new();
    let each = |line: &Line, _| -> Result<(), Error> {
        match &line.event {
            Event::InvoiceIssued(event) => {
                match StoredInvoice::of(event, &line.stamp)
                    .and_then(|stored| check_invoice(&stored, &preliminary).map(|()| stored))
                {
                    Ok(stored) => {
                        if stored.assessments.iter().any(Assessment::is_preliminary) {
                            let fee = |fee: &Assessment| (fee.code(), fee.fee());
                            let fees = stored.assessments.iter().map(fee).collect();
                            preliminary.insert((event.series.clone(), event.number), fees);
                        }
                        recomputed.invoices += 1;
                        recomputed.fees += stored.assessments.len() as u64;
                        let key = (event.series.clone(), event.number);
                        if credited.contains(&key) {
                            invoices.insert(key, (stored.invoice, Vec::new()));
                        }
                    }
                    Err(error) => faults.push(at_its_place(&error, line)),
                }
            }
            Event::CreditIssued(event) => {
                let key = (event.credits_series().to_owned(), event.credits);
                // Where the invoice itself has a fault, that was told.
                let Some((invoice, earlier)) = invoices.get_mut(&key) else { return Ok(()) };
                let checked = StoredCredit::of(event, &line.stamp)
                    .and_then(|stored| check_credit(&stored, invoice, earlier).map(|()| stored));
                match checked {
                    Ok(stored) => {
                        recomputed.credit_notes += 1;
                        earlier.push(stored.credit_note);
                    }
                    Err(error) => faults.push(at_its_place(&error, line)),
                }
            }
            _ => {}
        }
        Ok(())
    };
    read_each(folder, each).map_err(|error| vec![error.refusal()])?;
    if faults.is_empty() { Ok(recomputed) } else { Err(faults) }
}

/// The refusal, with the place in its line of what does not fit.
fn at_its_place(error: &Error, line: &Line) -> Refusal {
    let key = match (error, &line.event) {
        (Error::IssuedFeeMustBeComputedAgain { member, .. }, _) => format!("\"name\":\"{member}\""),
        (Error::RecordMustAgreeWithDocument { key, .. }, _) => format!("\"{key}\":"),
        (_, Event::CreditIssued(_)) => "\"credit_note\":".to_owned(),
        _ => "\"invoice\":".to_owned(),
    };
    error.refusal().at(&place_of(line, &key), "here")
}

/// The invoices that have credit notes.
fn credited(folder: &impl Folder) -> Result<BTreeSet<(String, InvoiceNumber)>, Error> {
    let mut credited = BTreeSet::new();
    read_each(folder, |line: &Line, _| -> Result<(), Error> {
        if let Event::CreditIssued(event) = &line.event {
            credited.insert((event.credits_series().to_owned(), event.credits));
        }
        Ok(())
    })?;
    Ok(credited)
}

/// The fees of preliminary invoices, which supplements take off.
type Preliminary = BTreeMap<(String, InvoiceNumber), BTreeMap<MunicipalityCode, Sek>>;

/// Holds an invoice to its fees and to what was recorded of it; a supplement to the preliminary invoice before it too.
fn check_invoice(stored: &StoredInvoice, preliminary: &Preliminary) -> Result<(), Error> {
    let StoredInvoice { event, invoice, assessments, .. } = stored;
    let of_record = Record(format!("{}-{}", event.series, event.number));
    for assessment in assessments {
        let replayed = assessment.replay().map_err(|error| error.to_string());
        let found = replayed.as_ref().map_or_else(Clone::clone, Sek::to_string);
        if replayed != Ok(assessment.fee()) {
            return Err(Error::IssuedFeeMustBeComputedAgain {
                document: of_record.0,
                member: assessment.name().to_owned(),
                recorded: assessment.fee().to_string(),
                found,
            });
        }
    }
    let (content, totals) = (&invoice.content, &invoice.content.totals);
    check_lines(&of_record, stored, preliminary)?;
    Document::from(invoice).check_sums()?;
    let charges = Charges::of(invoice);
    let shown = |keys: Vec<avgift_journal::ChargeKey>| {
        keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    of_record.hold(
        "its number",
        r#""number":"#,
        event.number,
        invoice.number().map_or_else(String::new, |number| number.to_string()),
    )?;
    of_record.hold("its charges", "keys", shown(event.keys.clone()), shown(charges.keys))?;
    let told = |divided: &Option<Divided>| {
        divided
            .as_ref()
            .map_or_else(String::new, |cut| format!("{} of {}", cut.division, shown(cut.of.clone())))
    };
    of_record.hold("what it is cut from", "divided", told(&event.divided), told(&charges.divided))?;
    of_record.hold("its fee year", "year", event.year, content.fee_year)?;
    of_record.hold("its payer", "payer", &event.payer, &content.buyer.payer)?;
    of_record.hold("its date", "date", event.date, invoice.issue_date)?;
    of_record.hold("its due date", "due", event.due, invoice.due_date)?;
    let ocr = invoice.payment.ocr_reference.map_or_else(String::new, |ocr| ocr.to_string());
    of_record.hold("its OCR reference", "ocr", event.ocr, ocr)?;
    of_record.hold("its total", "total_ore", event.total, totals.amount_due)?;
    of_record.hold("its net amount", "net_ore", event.net, totals.without_vat)?;
    of_record.hold("its VAT", "vat_ore", event.vat, totals.vat)?;
    of_record.hold("its category of VAT", "vat", &event.vat_category, content.vat_breakdown.category.code())
}

/// Holds each line to its fee, or to what is cut from it; every fee stands on one line at least, and of a whole fee on one.
fn check_lines(of_record: &Record, stored: &StoredInvoice, preliminary: &Preliminary) -> Result<(), Error> {
    let StoredInvoice { event, invoice, assessments, .. } = stored;
    let content = &invoice.content;
    let members: Vec<MunicipalityCode> =
        content.lines.iter().flat_map(avgift_invoice::Line::members).collect();
    let charged = match &content.cut {
        None => members.len(),
        Some(_) => members.iter().collect::<BTreeSet<_>>().len(),
    };
    of_record.hold("its lines", "inputs", assessments.len(), charged)?;
    let mut rest = assessments.iter();
    for line in &content.lines {
        let mut fees = Vec::new();
        for member in line.members() {
            let fee = match &content.cut {
                None => rest.next(),
                Some(_) => assessments.iter().find(|fee| fee.code() == member),
            };
            let code = fee.map_or_else(String::new, |fee| fee.code().to_string());
            of_record.hold("the member of a line", "invoice", code, member)?;
            fees.extend(fee);
        }
        let of_fee = |fee: &&Assessment| match &content.cut {
            None => Ok(fee.fee()),
            Some(cut) => cut.amount(line.part.as_ref().map(Text::as_str), fee),
        };
        let fee = Sek::sum(fees.iter().map(of_fee).collect::<Result<Vec<_>, avgift::Error>>()?)?;
        let billed = invoice.billed_before(line);
        if let Some(preceding) = invoice.supplements {
            let before = preliminary.get(&(event.series.clone(), preceding.number));
            let before = before.and_then(|fees| fees.get(&line.municipality)).map(Sek::to_string);
            let before = before.unwrap_or_else(|| "no preliminary fee".to_owned());
            of_record.hold("what was invoiced before", "supplements", billed, before)?;
        }
        let fee = fee.minus(billed)?;
        if line.net_amount != fee {
            let (document, net) = (of_record.0.clone(), line.net_amount);
            return Err(Error::LineMustBeTheFee { document, line: line.id, net, fee });
        }
    }
    Ok(())
}

/// Holds a credit note to its invoice and to what was recorded of it.
fn check_credit(stored: &StoredCredit, invoice: &Invoice, earlier: &[CreditNote]) -> Result<(), Error> {
    let StoredCredit { event, credit_note, .. } = stored;
    credit_note.check_against(invoice, &earlier.iter().collect::<Vec<_>>())?;
    let (content, totals) = (&credit_note.content, &credit_note.content.totals);
    let of_record = Record(format!("{}-{}", event.series, event.number));
    of_record.hold("its number", "number", event.number, credit_note.number)?;
    of_record.hold("its invoice", "credits", event.credits, credit_note.preceding_invoice.number)?;
    of_record.hold("its date", "date", event.date, credit_note.issue_date)?;
    of_record.hold("its total", "total_ore", event.total, magnitude(credit_note.claim()))?;
    of_record.hold("its net amount", "net_ore", event.net, totals.without_vat)?;
    of_record.hold("its VAT", "vat_ore", event.vat, totals.vat)?;
    of_record.hold("its category of VAT", "vat", &event.vat_category, content.vat_breakdown.category.code())
}

/// A number whose record and document are held together.
struct Record(String);

impl Record {
    /// Holds a field of the record, which stands in the line under `key`, to the document.
    fn hold(
        &self,
        field: &'static str,
        key: &'static str,
        recorded: impl Display,
        found: impl Display,
    ) -> Result<(), Error> {
        let (recorded, found) = (recorded.to_string(), found.to_string());
        if recorded == found {
            return Ok(());
        }
        Err(Error::RecordMustAgreeWithDocument { document: self.0.clone(), field, key, recorded, found })
    }
}
