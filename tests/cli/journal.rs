//! The refusals of a journal that no folder of a network shows: another holds it, the disk gives up. They are caused through the
//! library, on a folder in memory.

use avgift::{NaiveDate, Refusal, Sek};
use avgift_invoice::{InvoiceNumber, OcrMode, OcrReference};
use avgift_journal::{
    Batch, ChargeKey, Death, Document, DocumentSeal, Error, InvoiceIssued, Journal, Opening, Raw, Reading,
    Seal, Simulated, Stamp, document_name,
};

/// Each code with the refusal that the library gives.
pub(crate) fn causes() -> Vec<(&'static str, Refusal)> {
    let code = |error: Error| (error.code(), error.refusal());
    folders().into_iter().map(code).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn opening(time: &str) -> Opening {
    Opening {
        stamp: Stamp {
            by: "asa.ek".to_owned(),
            at: format!("2027-01-15T{time}+01:00").parse().unwrap(),
            tool: "avgift 0.1.0".to_owned(),
        },
        machine: "ekonomi-1".to_owned(),
        org: "Exempelnätverket".to_owned(),
        orgnr: "802400-0013".to_owned(),
    }
}

fn number(text: &str) -> InvoiceNumber {
    text.parse().unwrap()
}

/// An invoice over 1 000 kr for a charge, with one document.
fn invoice(batch: &str, number: InvoiceNumber, charge: &str) -> Batch {
    let name = document_name(2027, "F", number, ".xml");
    let document = Document { name, bytes: b"<Invoice/>".to_vec() };
    let total = Sek::from_ore(100_000);
    let issued = InvoiceIssued {
        batch: batch.to_owned(),
        series: "F".to_owned(),
        number,
        keys: vec![ChargeKey::of(&["membership-fee", "2027", charge, "1"])],
        divided: None,
        year: 2027,
        payer: "ale".to_owned(),
        date: day("2027-01-15"),
        due: day("2027-02-14"),
        ocr: OcrReference::of(number, OcrMode::CheckAndLength),
        total,
        net: total,
        vat: Sek::ZERO,
        vat_category: "O".to_owned(),
        documents: vec![DocumentSeal { name: document.name.clone(), sha256: Seal::of(&document.bytes) }],
        inputs: Raw::of(&"inputs").unwrap(),
        invoice: Raw::of(&"invoice").unwrap(),
    };
    Batch { events: vec![issued.into()], documents: vec![document] }
}

fn first() -> InvoiceNumber {
    number("20270001")
}

fn next() -> InvoiceNumber {
    number("20270002")
}

fn open(folder: &Simulated) -> Journal<Simulated> {
    Journal::open(folder.clone(), opening("10:00:00")).unwrap()
}

fn refused(folder: &Simulated) -> Error {
    Journal::open(folder.clone(), opening("10:00:00")).map(drop).unwrap_err()
}

/// A folder in which invoice 20270001 was issued at nine o'clock.
fn issued() -> Simulated {
    let folder = Simulated::new();
    let journal = Journal::open(folder.clone(), opening("09:00:00")).unwrap();
    journal.commit(invoice("2027-1", first(), "1440")).unwrap();
    folder
}

fn folders() -> Vec<Error> {
    let held = issued();
    held.lock_by(Some("bo.al on ekonomi-2, since 2027-01-15T09:59:30+01:00"));

    let taken = issued();
    let journal = open(&taken);
    taken.put("documents/2027/F-20270002.xml", b"a draft");
    let replaced = journal.commit(invoice("2027-2", next(), "1480")).map(drop).unwrap_err();

    let moved = issued();
    let planned = Reading::of(&moved).unwrap().head.seal;
    let moved = open(&moved).commit(invoice("2027-2", next(), "1480")).unwrap();

    let unreadable = issued();
    unreadable.die_at(unreadable.changes(), Death::Done);
    let _ = Journal::open(unreadable.clone(), opening("10:00:00"));

    let protected = issued();
    protected.read_only(true);

    let full = issued();
    let journal = open(&full);
    full.room(Some(100));
    let no_room = journal.commit(invoice("2027-2", next(), "1480")).map(drop).unwrap_err();

    let unfinished = issued();
    let journal = open(&unfinished);
    unfinished.die_at(unfinished.changes() + 2, Death::After(10));
    let undone = journal.commit(invoice("2027-2", next(), "1480")).map(drop).unwrap_err();

    vec![
        refused(&held),
        replaced,
        moved.expect_head(planned).unwrap_err(),
        Reading::of(&unreadable).map(drop).unwrap_err(),
        refused(&protected),
        no_room,
        undone,
    ]
}
