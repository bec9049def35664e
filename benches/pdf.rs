//! PDFs of 290 invoices: the first of a process, one after another, and on all cores; with what memory.
#![allow(missing_docs, reason = "a bench has no readers of its documentation")]

use avgift::{Explanation, FeeYear, Language, PopulationMode};
use avgift_benches::fixture;
use avgift_invoice::{Invoice, InvoiceNumber, Letterhead};
use avgift_network::Network;
use avgift_pdf::{Attachment, Job, Typesetter};
use avgift_peppol::to_ubl;
use divan::Bencher;

fn main() {
    divan::main();
}

struct Document {
    invoice: Invoice,
    explanations: Vec<Explanation>,
    xml: String,
}

impl Document {
    fn job(&self) -> Job<'_> {
        let attachment =
            Attachment { name: "faktura.xml", mime_type: "application/xml", bytes: self.xml.as_bytes() };
        Job { document: (&self.invoice).into(), explanations: &self.explanations, attachment }
    }
}

/// 290 different invoices: those of the fixture, numbered on and on.
fn documents() -> Vec<Document> {
    let network = Network::read(&fixture()).expect("the fixture has no fault");
    let mut number: InvoiceNumber = "20240001".parse().expect("digits");
    let mut documents = Vec::new();
    for year in [2023, 2024, 2025, 2026].into_iter().cycle() {
        let year = FeeYear::new(year).expect("a year");
        let fees = network.assess(year, PopulationMode::Published).expect("the fixture has no fault");
        let drafts = network.draft(&fees, year.first_day()).expect("the fixture has no fault");
        for draft in drafts {
            let Some(invoice) = draft.invoice else { continue };
            let invoice = invoice.numbered(number);
            number = number.next().expect("there are more numbers");
            let mine = fees.assessments.iter().filter(|fee| *fee.payer() == draft.payer);
            let explanations = mine.map(|fee| fee.explanation(Language::Swedish)).collect();
            let xml = to_ubl(&invoice).expect("the fixture has no fault");
            documents.push(Document { invoice, explanations, xml });
            if documents.len() == 290 {
                return documents;
            }
        }
    }
    documents
}

fn typesetter() -> Typesetter {
    Typesetter::new(&Letterhead::default()).expect("nothing was set that could be wrong")
}

/// Fonts and library read, and one document: what a process does before its first PDF is there.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn first_pdf(bencher: Bencher<'_, '_>) {
    let documents = documents();
    bencher.bench_local(|| typesetter().typeset(&documents[0].job()).map_or(0, |pdf| pdf.len()));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn pdf_and_xml_of_290_invoices_one_after_another(bencher: Bencher<'_, '_>) {
    let (documents, typesetter) = (documents(), typesetter());
    bencher.counter(divan::counter::ItemsCount::new(documents.len())).bench_local(|| {
        let pdf = |document: &Document| typesetter.typeset(&document.job()).map_or(0, |pdf| pdf.len());
        let xml = |document: &Document| to_ubl(&document.invoice).map_or(0, |xml| xml.len());
        documents.iter().map(|document| pdf(document) + xml(document)).sum::<usize>()
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn pdf_of_290_invoices_on_all_cores(bencher: Bencher<'_, '_>) {
    let (documents, typesetter) = (documents(), typesetter());
    bencher.counter(divan::counter::ItemsCount::new(documents.len())).bench_local(|| {
        let jobs: Vec<Job<'_>> = documents.iter().map(Document::job).collect();
        jobs.chunks(32).flat_map(|some| typesetter.typeset_all(some)).filter(Result::is_ok).count()
    });
}
