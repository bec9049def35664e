//! Invoice register (fakturajournal): every document in the order of its series, and what became of each invoice.

use std::collections::BTreeMap;

use avgift::{NaiveDate, Sek};
use serde::Serialize;

use super::{Extent, MovementKind, movements, named};
use crate::error::Error;
use crate::history::{History, Whole};

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvoiceRow {
    /// The organisation number of the host.
    pub host: String,
    /// The series.
    pub series: String,
    /// The number.
    pub number: String,
    /// `invoice` or `credit-note`.
    pub kind: MovementKind,
    /// The day of issue.
    pub date: NaiveDate,
    /// The day it is due; a credit note has none.
    pub due: Option<NaiveDate>,
    /// The payer's short name.
    pub payer: String,
    /// Its registered name.
    pub name: String,
    /// Its organisation number.
    pub organisation_number: String,
    /// The fee year.
    pub fee_year: i32,
    /// Without VAT; below nothing on a credit note, and so are the next three.
    pub net: Sek,
    /// VAT.
    pub vat: Sek,
    /// Rounding to whole kronor.
    pub rounding: Sek,
    /// The amount due.
    pub total: Sek,
    /// The invoice that a credit note takes back.
    pub credits: Option<String>,
    /// The credit notes over an invoice, up to the end of the period.
    pub credited_by: Vec<String>,
    /// What they took back.
    pub credited: Sek,
    /// What payments paid of it.
    pub paid: Sek,
    /// What is open of an invoice; below nothing where it was credited after it was paid.
    pub open: Sek,
    /// The OCR reference.
    pub ocr: Option<String>,
    /// Its files, each with its SHA-256.
    pub documents: Vec<String>,
    /// The line of the journal.
    pub line: u64,
}

/// The documents of a period by host, series and number; what was credited and paid as it was at its end.
///
/// # Errors
/// `AmountMustNotOverflow`.
pub fn invoices(history: &History, extent: &Extent) -> Result<Vec<InvoiceRow>, Error> {
    let (mut credited, mut paid): (BTreeMap<u64, Sek>, BTreeMap<u64, Sek>) = Default::default();
    let mut credited_by: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for moved in movements(history, extent)? {
        let sums = match moved.kind {
            MovementKind::CreditNote => {
                credited_by.entry(moved.invoice.seq).or_default().push(moved.reference);
                &mut credited
            }
            MovementKind::Payment | MovementKind::Moved => &mut paid,
            MovementKind::Opening | MovementKind::Invoice => continue,
        };
        let sum = sums.entry(moved.invoice.seq).or_default();
        *sum = sum.minus(moved.amount)?;
    }
    let mut rows = Vec::new();
    for document in &history.documents {
        if !(extent.holds(document.host()) && extent.period.contains(document.date())) {
            continue;
        }
        let (content, buyer) = (document.content(), document.buyer());
        let is_invoice = matches!(document.whole, Whole::Invoice(_));
        let signed = |amount: Sek| if is_invoice { Ok(amount) } else { Sek::ZERO.minus(amount) };
        let of = |sums: &BTreeMap<u64, Sek>| sums.get(&document.seq).copied().unwrap_or_default();
        let (credited, paid, total) = (of(&credited), of(&paid), document.claim()?);
        let (kind, due, ocr, credits) = match &document.whole {
            Whole::Invoice(invoice) => {
                let ocr = invoice.payment.ocr_reference.map(|ocr| ocr.to_string());
                (MovementKind::Invoice, Some(invoice.due_date), ocr, None)
            }
            Whole::Credit(_, credited) => (MovementKind::CreditNote, None, None, Some(named(credited))),
        };
        let file = |file: &avgift_journal::DocumentSeal| format!("{} {}", file.name, file.sha256);
        rows.push(InvoiceRow {
            host: document.host().to_string(),
            series: document.series.clone(),
            number: document.number.to_string(),
            kind,
            date: document.date(),
            due,
            payer: buyer.payer.to_string(),
            name: buyer.name.to_string(),
            organisation_number: buyer.organisation_number.to_string(),
            fee_year: content.fee_year.get(),
            net: signed(content.totals.without_vat)?,
            vat: signed(content.totals.vat)?,
            rounding: signed(content.totals.rounding.unwrap_or_default())?,
            total,
            credits,
            credited_by: credited_by.remove(&document.seq).unwrap_or_default(),
            credited,
            paid,
            open: if is_invoice { total.minus(credited)?.minus(paid)? } else { Sek::ZERO },
            ocr,
            documents: document.files.iter().map(file).collect(),
            line: document.seq,
        });
    }
    // The numbers of a series rise with the lines.
    rows.sort_by(|a, b| (&a.host, &a.series, a.line).cmp(&(&b.host, &b.series, b.line)));
    Ok(rows)
}
