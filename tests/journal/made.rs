//! Made-up issuing runs: their invoices, documents, payments; and the folders they leave.

use std::collections::BTreeMap;

use avgift::Sek;
use avgift_invoice::{InvoiceNumber, OcrMode, OcrReference};
use avgift_journal::{
    Allocation, BATCH_MAX, Batch, ChargeKey, CreditIssued, Distribution, Document, DocumentSeal, Error,
    Event, Folder, Head, InvoiceIssued, Journal, Opening, PaymentRegistered, Raw, Seal, SourceFile, Stamp,
    document_name,
};
use chrono::NaiveDate;

/// An opening at a time of 15 January 2027.
pub(crate) fn opening(time: &str) -> Opening {
    opening_on("2027-01-15", time)
}

pub(crate) fn opening_on(day: &str, time: &str) -> Opening {
    Opening {
        stamp: Stamp {
            by: "asa.ek".to_owned(),
            at: format!("{day}T{time}+01:00").parse().unwrap(),
            tool: "avgift 0.1.0".to_owned(),
        },
        machine: "ekonomi-1".to_owned(),
        org: "Exempelnätverket".to_owned(),
        orgnr: "802400-0013".to_owned(),
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The number of the invoice at a place in the series, from 0.
pub(crate) fn number(place: usize) -> InvoiceNumber {
    (20_270_001 + place).to_string().parse().unwrap()
}

pub(crate) fn sealed(documents: &[Document]) -> Vec<DocumentSeal> {
    let seal =
        |document: &Document| DocumentSeal { name: document.name.clone(), sha256: Seal::of(&document.bytes) };
    documents.iter().map(seal).collect()
}

/// Two documents of a number.
fn documents(number: InvoiceNumber) -> Vec<Document> {
    let document = |end, text: &str| Document {
        name: document_name(2027, "F", number, end),
        bytes: format!("{text} {number} å").into_bytes(),
    };
    vec![document(".pdf", "PDF"), document(".xml", "<Invoice/>")]
}

/// What the charge at a place is.
pub(crate) fn key(place: usize) -> ChargeKey {
    ChargeKey::of(&["membership-fee", "2027", &format!("{place:04}"), "1"])
}

/// The invoice at a place, in a batch.
pub(crate) fn invoice(batch: &str, place: usize) -> (Event, Vec<Document>) {
    let number = number(place);
    let documents = documents(number);
    let total = Sek::from_ore(1_234_500 + i64::try_from(place).unwrap() * 100);
    let issued = InvoiceIssued {
        batch: batch.to_owned(),
        series: "F".to_owned(),
        number,
        keys: vec![key(place)],
        divided: None,
        year: 2027,
        payer: format!("ort-{place}"),
        date: day("2027-01-15"),
        due: day("2027-02-14"),
        ocr: OcrReference::of(number, OcrMode::CheckAndLength),
        total,
        net: total,
        vat: Sek::ZERO,
        vat_category: "O".to_owned(),
        documents: sealed(&documents),
        inputs: Raw::of(&BTreeMap::from([("inhabitants", 8230 + place)])).unwrap(),
        invoice: Raw::of(&BTreeMap::from([("id", number.to_string()), ("name", "Åsö \"ort\"".to_owned())]))
            .unwrap(),
    };
    (issued.into(), documents)
}

/// A credit note over the invoice at a place.
pub(crate) fn credit(batch: &str, place: usize, credits: usize, ore: i64) -> (Event, Vec<Document>) {
    let number = number(place);
    let documents = documents(number);
    let total = Sek::from_ore(ore);
    let issued = CreditIssued {
        batch: batch.to_owned(),
        series: "F".to_owned(),
        number,
        credits: self::number(credits),
        credits_series: None,
        reason: "Fel befolkningstal".to_owned(),
        date: day("2027-01-20"),
        total,
        net: total,
        vat: Sek::ZERO,
        vat_category: "O".to_owned(),
        documents: sealed(&documents),
        credit_note: Raw::of(&"kreditfaktura").unwrap(),
    };
    (issued.into(), documents)
}

/// So much to the invoice at a place, and the rest.
pub(crate) fn to(place: usize, ore: i64, unallocated: i64) -> Distribution {
    let allocation =
        Allocation { series: "F".to_owned(), invoice: number(place), amount: Sek::from_ore(ore) };
    Distribution {
        allocations: vec![allocation],
        unallocated: Sek::from_ore(unallocated),
        ..Distribution::default()
    }
}

/// A payment of the invoice at a place.
pub(crate) fn payment(bank_key: &str, place: usize, ore: i64, unallocated: i64) -> PaymentRegistered {
    PaymentRegistered {
        batch: None,
        bank_key: bank_key.to_owned(),
        amount: Sek::from_ore(ore + unallocated),
        value_date: day("2027-02-14"),
        booked: None,
        bank: None,
        to: to(place, ore, unallocated),
        source: SourceFile { file: "camt054.xml".to_owned(), sha256: Seal::of(b"bank file"), to_follow: 0 },
        documents: Vec::new(),
    }
}

pub(crate) fn one(event: impl Into<Event>) -> Batch {
    Batch { events: vec![event.into()], documents: Vec::new() }
}

/// The batch of the invoices at some places.
pub(crate) fn batch_of(name: &str, places: impl IntoIterator<Item = usize>) -> Batch {
    let mut batch = Batch::default();
    for place in places {
        let (event, documents) = invoice(name, place);
        batch.events.push(event);
        batch.documents.extend(documents);
    }
    batch
}

/// Issues the charges at places below `count` that were not charged yet, so many a batch: what `avgift issue` does.
pub(crate) fn issue_in<F: Folder>(
    folder: F,
    opening: Opening,
    count: usize,
    batch: usize,
) -> Result<(usize, Head), Error> {
    let mut journal = Journal::open(folder, opening)?;
    let new: Vec<usize> = (0..count).filter(|place| journal.state().charged(key(*place)).is_none()).collect();
    for places in new.chunks(batch) {
        let name = journal.state().next_batch(2027);
        journal = journal.commit(batch_of(&name, places.iter().copied()))?;
    }
    Ok((new.len(), journal.finish()?))
}

pub(crate) fn issue<F: Folder>(folder: F, opening: Opening, count: usize) -> Result<(usize, Head), Error> {
    issue_in(folder, opening, count, BATCH_MAX)
}
