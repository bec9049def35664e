//! Issuing: what a plan has new gets its numbers and is recorded, in batches.
//! Rule:    numbers are given in the order of the plan. A batch holds its documents and is recorded as a whole; the whole
//!          invoice and its fees stand in its line, so that every document can be made again and compared.
//! Errors:  those of the journal, and what `render` refuses: nothing of that batch was issued then.

use avgift::{Explanation, Refusal, Sek};
use avgift_invoice::{Document, Invoice, VatCategory};
use avgift_journal::{
    BATCH_MAX, Batch, Document as Written, DocumentSeal, Folder, InvoiceIssued, Journal, Raw, Seal,
    document_name,
};
use serde::Serialize;

use crate::error::Error;
use crate::plan::{Fresh, Plan};
use crate::refused;

/// A document that is to be written, and what is told beside it.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// The document, with its number.
    pub document: Document<'a>,
    /// Why its fees are what they are.
    pub explanations: Vec<Explanation>,
    /// Its file name without an ending: `GR-20240001`.
    pub name: String,
}

/// The files of a document: the ending of each, `.pdf`, and its bytes.
pub type Rendered = Vec<(&'static str, Vec<u8>)>;

/// Why a plan was not carried out to its end.
#[derive(Debug)]
pub struct Stopped {
    /// How many invoices of earlier batches were issued and stay so; the same command issues the rest.
    pub issued: usize,
    /// Why.
    pub refusals: Vec<Refusal>,
}

/// Numbers, renders and records what a plan has new. `render` gives the files of each sheet, in the order of the sheets.
///
/// # Errors
/// `HeadMustNotHaveMoved` where the journal went on since the plan was made, and the others named at the top of this file.
pub fn issue<F: Folder>(
    mut journal: Journal<F>,
    plan: &Plan,
    mut render: impl FnMut(&[Sheet<'_>]) -> Result<Vec<Rendered>, Vec<Refusal>>,
) -> Result<Journal<F>, Stopped> {
    let mut issued = 0;
    let mut batches = plan.new.chunks(BATCH_MAX);
    let all = || {
        journal.expect_head(plan.head).map_err(refused)?;
        for fresh in batches.by_ref() {
            journal = issue_batch(journal, plan, fresh, &mut render)?;
            issued += fresh.len();
        }
        Ok(journal)
    };
    all().map_err(|refusals| Stopped { issued, refusals })
}
/// One batch: written as a whole or not at all.
fn issue_batch<F: Folder>(
    journal: Journal<F>,
    plan: &Plan,
    fresh: &[Fresh],
    render: &mut impl FnMut(&[Sheet<'_>]) -> Result<Vec<Rendered>, Vec<Refusal>>,
) -> Result<Journal<F>, Vec<Refusal>> {
    let numbered: Vec<Invoice> =
        fresh.iter().map(|fresh| fresh.draft.clone().numbered(fresh.number)).collect();
    let sheets: Vec<Sheet<'_>> =
        fresh.iter().zip(&numbered).map(|(fresh, invoice)| sheet(fresh, invoice, &plan.series)).collect();
    let rendered = render(&sheets)?;
    let name = journal.state().next_batch(plan.year.get());
    let mut batch = Batch::default();
    for ((fresh, invoice), files) in fresh.iter().zip(&numbered).zip(rendered) {
        let documents = written(plan.year.get(), &plan.series, invoice.into(), files);
        let event = event(&name, &plan.series, fresh, invoice, sealed(&documents)).map_err(refused)?;
        batch.events.push(event.into());
        batch.documents.extend(documents);
    }
    journal.commit(batch).map_err(refused)
}

fn sheet<'a>(fresh: &Fresh, invoice: &'a Invoice, series: &str) -> Sheet<'a> {
    let content = &invoice.content;
    let explain = |fee| content.explanation(fee, content.buyer.language);
    let explanations = fresh.assessments.iter().map(explain).collect();
    Sheet { document: invoice.into(), explanations, name: format!("{series}-{}", fresh.number) }
}

/// The files of a document, each with its place in the network's folder.
pub(crate) fn written(year: i32, series: &str, document: Document<'_>, files: Rendered) -> Vec<Written> {
    let avgift_invoice::DocumentId::Issued(number) = document.id() else { return Vec::new() };
    let named = |(ending, bytes): (&str, Vec<u8>)| Written {
        name: document_name(year, series, number, ending),
        bytes,
    };
    files.into_iter().map(named).collect()
}

/// What the journal seals of them.
pub(crate) fn sealed(documents: &[Written]) -> Vec<DocumentSeal> {
    let seal =
        |document: &Written| DocumentSeal { name: document.name.clone(), sha256: Seal::of(&document.bytes) };
    documents.iter().map(seal).collect()
}

fn event(
    batch: &str,
    series: &str,
    fresh: &Fresh,
    invoice: &Invoice,
    documents: Vec<DocumentSeal>,
) -> Result<InvoiceIssued, Error> {
    let totals = &invoice.content.totals;
    let ocr = invoice.payment.ocr_reference.expect("an invoice that has its number has its reference");
    Ok(InvoiceIssued {
        batch: batch.to_owned(),
        series: series.to_owned(),
        number: fresh.number,
        keys: fresh.keys.clone(),
        divided: fresh.divided.clone(),
        // A fee year has four digits.
        year: u16::try_from(invoice.content.fee_year.get()).unwrap_or_default(),
        payer: fresh.payer.to_string(),
        date: invoice.issue_date,
        due: invoice.due_date,
        ocr,
        total: totals.amount_due,
        net: totals.without_vat,
        vat: totals.vat,
        vat_category: category(invoice.content.vat_breakdown.category),
        documents,
        inputs: raw(&fresh.assessments)?,
        invoice: raw(invoice)?,
    })
}

pub(crate) fn category(category: VatCategory) -> String {
    category.code().to_owned()
}

/// A value as it is stored. Only an amount too large to be written as a ratio of kronor can fail.
pub(crate) fn raw(value: &impl Serialize) -> Result<Raw, Error> {
    Raw::of(value).map_err(|_| avgift::Error::AmountMustNotOverflow.into())
}

/// What is claimed, with its sign taken away: the journal counts a credit note above nothing.
pub(crate) fn magnitude(amount: Sek) -> Sek {
    Sek::from_ore(amount.ore().saturating_abs())
}
