//! The refusals of a journal, caused through its library on a folder in memory.

use avgift::{NaiveDate, Refusal, Sek};
use avgift_invoice::{InvoiceNumber, OcrMode, OcrReference};
use avgift_journal::{
    Allocation, Batch, ChargeKey, CreditIssued, Death, Distribution, Document, DocumentSeal, Error, Event,
    InvoiceIssued, Journal, Note, Opening, PaymentReallocated, PaymentRegistered, Raw, Reading, Seal,
    Simulated, SourceFile, Stamp, document_name, verify,
};

/// Each code with the refusal that the library gives.
pub(crate) fn causes() -> Vec<(&'static str, Refusal)> {
    let code = |error: Error| (error.code(), error.refusal());
    lines().into_iter().chain(rules()).chain(folders()).map(code).collect()
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

fn one(event: impl Into<Event>) -> Batch {
    Batch { events: vec![event.into()], documents: Vec::new() }
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

fn commit(batch: Batch) -> Error {
    open(&issued()).commit(batch).map(drop).unwrap_err()
}

/// What was done to a journal's text, and what reading it then says.
fn changed(change: impl FnOnce(String) -> Vec<u8>) -> Error {
    let folder = issued();
    let text = String::from_utf8(folder.files()["journal.jsonl"].clone()).unwrap();
    folder.take(".staging/pack");
    folder.put("journal.jsonl", &change(text));
    Reading::of(&folder).map(drop).unwrap_err()
}

fn lines() -> Vec<Error> {
    let latin = |text: String| {
        text.chars().filter_map(|letter| u8::try_from(u32::from(letter)).ok()).collect::<Vec<u8>>()
    };
    let without_line_two = |text: String| {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        [lines[0], lines[2]].concat().into_bytes()
    };
    let replaced = |from: &'static str, to: &'static str| {
        move |text: String| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1).into_bytes()
        }
    };
    vec![
        changed(|text| text.replace('\n', "\r\n").into_bytes()),
        changed(latin),
        changed(replaced("\"due\":\"2027-02-14\"", "\"due\": \"2027-02-14\"")),
        changed(without_line_two),
        changed(replaced("\"total_ore\":100000", "\"total_ore\":900000")),
        changed(replaced("\"format\":1", "\"format\":2")),
        changed(uncounted),
    ]
}

/// Whoever changes the sum of a batch in its last line, which nothing seals yet.
fn uncounted(text: String) -> Vec<u8> {
    text.replacen("\"sum_ore\":100000", "\"sum_ore\":200000", 1).into_bytes()
}

fn rules() -> Vec<Error> {
    let credit = |ore: i64, credits: &str| {
        let total = Sek::from_ore(ore);
        let credit = CreditIssued {
            batch: "2027-2".to_owned(),
            series: "F".to_owned(),
            number: next(),
            credits: number(credits),
            credits_series: None,
            reason: "Fel befolkningstal".to_owned(),
            date: day("2027-01-15"),
            total,
            net: total,
            vat: Sek::ZERO,
            vat_category: "O".to_owned(),
            documents: Vec::new(),
            credit_note: Raw::of(&"credit note").unwrap(),
        };
        commit(one(credit))
    };
    let payment = |ore: i64, unallocated: i64| PaymentRegistered {
        batch: None,
        bank_key: "5050-1055|REF 1".to_owned(),
        amount: Sek::from_ore(50_000),
        value_date: day("2027-02-14"),
        booked: None,
        bank: None,
        to: Distribution {
            allocations: vec![Allocation {
                series: "F".to_owned(),
                invoice: first(),
                amount: Sek::from_ore(ore),
            }],
            unallocated: Sek::from_ore(unallocated),
            ..Distribution::default()
        },
        source: SourceFile { file: "camt054.xml".to_owned(), sha256: Seal::of(b"bank file"), to_follow: 0 },
        documents: Vec::new(),
    };
    let mut early = invoice("2027-2", next(), "1480");
    if let Event::InvoiceIssued(event) = &mut early.events[0] {
        event.date = day("2027-01-14");
    }
    let reallocated = PaymentReallocated {
        bank_key: "5050-1055|REF 2".to_owned(),
        date: day("2027-02-15"),
        to: Distribution::default(),
        reason: "Fel OCR".to_owned(),
    };
    let paid_once = open(&issued()).commit(one(payment(50_000, 0))).unwrap();
    vec![
        commit(invoice("2027-2", number("20270003"), "1480")),
        commit(invoice("2027-2", next(), "1440")),
        commit(early),
        credit(100_000, "20270007"),
        credit(100_001, "20270001"),
        commit(one(reallocated)),
        paid_once.commit(one(payment(50_000, 0))).map(drop).unwrap_err(),
        commit(one(payment(49_999, 0))),
        commit(one(payment(100_001, -50_001))),
    ]
}

fn folders() -> Vec<Error> {
    let held = issued();
    held.lock_by(Some("bo.al on ekonomi-2, since 2027-01-15T09:59:30+01:00"));

    let copied = issued();
    let other = Simulated::of(&copied.files());
    open(&copied).commit(one(Note { text: "Här".to_owned() })).unwrap();
    open(&other).commit(one(Note { text: "Där".to_owned() })).unwrap();
    copied.put("journal-EKONOMI-2.jsonl", &other.files()["journal.jsonl"]);

    let older = issued();
    older.put("documents/2027/F-20270002.xml", b"<Invoice/>");

    let changed = issued();
    changed.put("documents/2027/F-20270001.xml", b"<Invoice>1</Invoice>");

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
        Journal::open(issued(), opening("08:59:00")).map(drop).unwrap_err(),
        refused(&held),
        refused(&copied),
        refused(&older),
        verify(&changed, None).unwrap_err().remove(0),
        replaced,
        verify(&issued(), Some("c5b3b369d9b99151")).unwrap_err().remove(0),
        moved.expect_head(planned).unwrap_err(),
        Reading::of(&unreadable).map(drop).unwrap_err(),
        refused(&protected),
        no_room,
        undone,
    ]
}
