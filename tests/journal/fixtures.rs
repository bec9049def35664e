//! fixtures/journals: a sound journal and what happens to one, each as it lies on a disk. `AVGIFT_BLESS=1` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use avgift_journal::{Batch, Error, Event, ExportSie, Journal, Kind, Reading, Seal, Simulated};

use crate::made::{credit, invoice, number, one, opening, opening_on, payment};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/journals")
}

/// A year in eight lines: two invoices, an export, a payment of one, a credit note over the other.
fn sound() -> Vec<u8> {
    let folder = Simulated::new();
    let bare = |(mut event, _): (Event, Vec<_>)| {
        match &mut event {
            Event::InvoiceIssued(event) => event.documents.clear(),
            Event::CreditIssued(event) => event.documents.clear(),
            _ => {}
        }
        event
    };
    let events = vec![bare(invoice("2027-1", 0)), bare(invoice("2027-1", 1))];
    let journal = Journal::open(folder.clone(), opening("09:00:00")).unwrap();
    let journal = journal.commit(Batch { events, documents: Vec::new() }).unwrap();
    let export = ExportSie {
        file: "fakturor-2027-1.si".to_owned(),
        sha256: Seal::of(b"vouchers"),
        from_seq: 2,
        to_seq: 3,
        orgnr: None,
        year_end: None,
    };
    journal.commit(one(export)).unwrap();
    let journal = Journal::open(folder.clone(), opening_on("2027-02-20", "10:15:00")).unwrap();
    let journal = journal.commit(one(payment("account|ref-1", 1, 1_234_600, 0))).unwrap();
    let events = vec![bare(credit("2027-2", 2, 0, 1_234_500))];
    journal.commit(Batch { events, documents: Vec::new() }).unwrap();
    folder.files()["journal.jsonl"].clone()
}

/// What is made of it, by name.
fn journals() -> Vec<(&'static str, Vec<u8>)> {
    let sound = sound();
    let text = String::from_utf8(sound.clone()).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let edited = text.replacen("\"total_ore\":1234600", "\"total_ore\":1134600", 1);
    vec![
        ("sound", sound.clone()),
        ("edited", edited.into_bytes()),
        ("crlf", text.replace('\n', "\r\n").into_bytes()),
        ("torn", [&text, &lines[1][..150]].concat().into_bytes()),
        ("uncommitted", lines[..3].concat().into_bytes()),
    ]
}

fn read(name: &str) -> Result<Reading, Error> {
    let folder = Simulated::new();
    folder.put("journal.jsonl", &fs::read(root().join(name).join("journal.jsonl")).unwrap());
    Reading::of(&folder)
}

#[test]
fn the_journals_are_what_we_write() {
    for (name, bytes) in journals() {
        let path = root().join(name).join("journal.jsonl");
        if std::env::var_os("AVGIFT_BLESS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &bytes).unwrap();
        }
        assert!(fs::read(&path).unwrap() == bytes, "{}: run with AVGIFT_BLESS=1", path.display());
    }
}

#[test]
fn a_sound_journal_comes_to_what_was_done() {
    let reading = read("sound").unwrap();
    let issued = reading.state.issued("F");
    assert_eq!(issued.len(), 3);
    assert_eq!(issued[2].kind, Kind::Credit(number(0)));
    assert!(issued.iter().all(|issued| issued.open().ore() == 0));
    assert_eq!((reading.head.seq, reading.state.exported_to("802400-0013")), (8, 3));
    let import = reading.state.imported(Seal::of(b"bank file")).unwrap();
    assert_eq!((import.file.as_str(), import.to_follow), ("camt054.xml", 0));
    assert!(!reading.is_interrupted);
}

#[test]
fn each_fault_is_told_at_its_place() {
    let told = |name: &str| {
        let refusal = read(name).unwrap_err().refusal();
        format!("{} at {}", refusal.code, refusal.places[0].origin)
    };
    assert_eq!(told("edited"), "line-must-be-as-sealed at journal.jsonl:3:1");
    assert!(told("crlf").starts_with("line-must-end-in-line-feed at journal.jsonl:1:"), "{}", told("crlf"));
}

#[test]
fn an_interrupted_journal_is_read_as_far_as_it_counts() {
    for (name, seq, numbers) in [("torn", 8, 3), ("uncommitted", 1, 0)] {
        let reading = read(name).unwrap();
        assert_eq!((reading.head.seq, reading.state.issued("F").len()), (seq, numbers), "{name}");
        assert!(reading.is_interrupted, "{name}");
    }
}

/// A line, what was done to it, and where that is told: the column is the first that differs.
#[test]
fn a_line_is_read_only_as_it_would_be_written() {
    let sound = String::from_utf8(sound()).unwrap();
    let line = sound.lines().next().unwrap().to_owned();
    let cases = [
        ("\"seq\":1", "\"seq\": 1", "8", "is not a line number"),
        ("\"seq\":1", "\"seq\":01", "8", "must stand here"),
        ("\"prev\"", "\"Prev\"", "9", "must stand here"),
        ("journal.created", "journal.made", "92", "is no kind of event"),
        ("\"format\":1,", "\"format\":1,\"format\":1,", "", "duplicate field"),
        ("\"format\":1,", "\"colour\":1,\"format\":1,", "", "unknown field"),
        ("\"format\":1,", "", "", "missing field"),
        ("\"by\":\"asa.ek\",", "\"by\":\"asa.ek\",\"by\":\"asa.ek\",", "", "unknown field `by`"),
        ("nätverket", "n\\u00e4tverket", "", "must stand here"),
        ("\"tool\"", " \"tool\"", "", "must stand here"),
        ("0.1.0\"}", "0.1.0\"} ", "", "must stand here"),
        ("\"format\":1", "\"format\":1.0", "", "invalid type"),
        ("+01:00", "+01:00:00", "", ""),
    ];
    for (from, to, column, found) in cases {
        let changed = line.replacen(from, to, 1);
        assert_ne!(changed, line);
        let error = avgift_journal::Line::read(changed.as_bytes(), 1).unwrap_err();
        let text = error.to_string();
        assert!(text.contains(found) && error.code() == "line-must-be-well-formed", "{to}: {text}");
        let at = error.refusal().places[0].origin.to_string();
        assert!(column.is_empty() || at == format!("journal.jsonl:1:{column}"), "{to}: {at}: {text}");
    }
    let newer = line.replacen("\"format\":1", "\"format\":2", 1);
    assert_eq!(avgift_journal::Line::read(newer.as_bytes(), 1).unwrap_err().code(), "format-must-be-known");
    let mut latin = line.clone().into_bytes();
    let at = line.find('ä').unwrap();
    latin.splice(at..at + 2, [0xe4]);
    let error = avgift_journal::Line::read(&latin, 1).unwrap_err();
    assert_eq!(error.code(), "line-must-be-utf8");
    assert_eq!(avgift_journal::Line::read(line.as_bytes(), 1).unwrap().text(), line);
}
