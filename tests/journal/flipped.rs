//! One byte changed, anywhere.

use avgift_journal::{Error, Journal, Note, Power, Simulated, verify};

use crate::made::{issue, one, opening, payment};

/// Every byte of a small journal, in its lowest, its letter case and its highest bit: found, at the line or at the one
/// after it; in the last line by the printed head.
#[test]
fn a_flipped_byte_is_found_wherever_it_is() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 2).unwrap();
    let journal = Journal::open(folder.clone(), opening("09:30:00")).unwrap();
    let journal = journal.commit(one(payment("b1", 0, 100, 0))).unwrap();
    let journal = journal.commit(one(Note { text: "Årsmöte".to_owned() })).unwrap();
    let head = journal.head().seal.short();
    drop(journal);
    folder.take(".staging/pack");
    verify(&folder, Some(&head)).unwrap();
    let whole = folder.files()["journal.jsonl"].clone();
    let mut line = 1;
    let lines = whole.iter().filter(|byte| **byte == b'\n').count() as u32;
    for at in 0..whole.len() {
        for bit in [0x01, 0x20, 0x80] {
            let mut flipped = whole.clone();
            flipped[at] ^= bit;
            folder.put("journal.jsonl", &flipped);
            let errors = verify(&folder, Some(&head)).unwrap_err();
            let named = errors[0].refusal().places.first().map(|place| place.origin.line);
            // A changed `prev` reads as a change of the line before; a changed end of a line joins it to the next.
            assert!(
                named.is_none_or(|named| named == line || named + 1 == line),
                "byte {at} of line {line}: {}",
                errors[0].refusal()
            );
            assert!(named.is_some() || line >= lines - 1, "byte {at} of line {line}: {}", errors[0]);
        }
        line += u32::from(whole[at] == b'\n');
    }
}

#[test]
fn a_changed_document_is_found() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 2).unwrap();
    let documents = folder.files().into_iter().filter(|(name, _)| name.starts_with("documents/"));
    for (name, bytes) in documents {
        let is = |folder: &Simulated, missing: bool| {
            let errors = verify(folder, None).unwrap_err();
            assert_eq!(errors.len(), 1);
            assert!(
                matches!(&errors[0], Error::DocumentMustBeAsIssued { document, is_missing, .. }
                    if *document == name && *is_missing == missing),
                "{}",
                errors[0]
            );
        };
        for at in 0..bytes.len() {
            let changed = folder.after(Power::On);
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            changed.put(&name, &flipped);
            is(&changed, false);
        }
        let without = folder.after(Power::On);
        without.take(&name);
        is(&without, true);
    }
}
