//! A journal that was cut at every byte of its last two records.

use avgift_journal::{Death, Journal, Note, Power, Reading, Simulated, verify};

use crate::made::{issue, number, one, opening, payment};

/// At which byte each line ends, its LF counted.
fn ends(journal: &[u8]) -> Vec<usize> {
    journal.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect()
}

/// Without its pack: the system has long written everything, or the folder was copied without it.
fn without_pack(folder: &Simulated) -> Simulated {
    let folder = folder.after(Power::On);
    folder.take(".staging/pack");
    folder
}

/// A payment and a note, each a record by itself: what was torn is kept in a file that the journal names.
#[test]
fn a_torn_record_is_set_aside_with_its_bytes_kept() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 2).unwrap();
    let journal = Journal::open(folder.clone(), opening("09:30:00")).unwrap();
    let journal = journal.commit(one(payment("b1", 0, 100, 0))).unwrap();
    let journal = journal.commit(one(Note { text: "Årsmötet är den 12 juni".to_owned() })).unwrap();
    drop(journal);
    let folder = without_pack(&folder);
    let whole = folder.files()["journal.jsonl"].clone();
    let ends = ends(&whole);
    assert_eq!(ends.len(), 6);
    for cut in ends[3]..whole.len() {
        let torn = folder.after(Power::On);
        torn.put("journal.jsonl", &whole[..cut]);
        let start = *ends.iter().rev().find(|end| **end <= cut).unwrap();
        let reading = Reading::of(&torn).unwrap();
        assert_eq!((reading.head.length, reading.is_interrupted), (start as u64, start < cut));
        let journal = Journal::open(torn.clone(), opening("10:00:00")).unwrap();
        assert_eq!(journal.state().payment("b1").is_some(), start > ends[3], "{cut}");
        let files = torn.files();
        assert!(files["journal.jsonl"].starts_with(&whole[..start]));
        if start < cut {
            assert_eq!(files["journal.torn-20270115T100000"], whole[start..cut]);
            let last = String::from_utf8(files["journal.jsonl"][start..].to_vec()).unwrap();
            assert!(
                last.contains("\"type\":\"recovered\",\"file\":\"journal.torn-20270115T100000\""),
                "{last}"
            );
            assert_eq!(journal.recovery().set_aside, ["journal.torn-20270115T100000"]);
        } else {
            assert_eq!(files["journal.jsonl"].len(), start);
        }
        drop(journal);
        verify(&torn, None).unwrap();
    }
}

/// A batch whose end is torn, and no pack: documents in their places tell that it was issued, and without them that it
/// was not: its numbers are burnt then, and the series goes on after them.
#[test]
fn a_torn_batch_is_refused_where_it_was_issued_and_burnt_where_not() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 2).unwrap();
    let folder = without_pack(&folder);
    let whole = folder.files()["journal.jsonl"].clone();
    let ends = ends(&whole);
    for cut in ends[1]..whole.len() {
        let torn = folder.after(Power::On);
        torn.put("journal.jsonl", &whole[..cut]);
        let before = torn.files()["journal.jsonl"].clone();
        let error = Journal::open(torn.clone(), opening("10:00:00")).unwrap_err();
        assert_eq!(error.code(), "journal-must-know-its-documents", "{cut}");
        assert_eq!(torn.files()["journal.jsonl"], before);
        for name in torn.files().into_keys().filter(|name| name.starts_with("documents/")) {
            torn.take(&name);
        }
        let journal = Journal::open(torn.clone(), opening("10:00:00")).unwrap();
        assert_eq!(journal.recovery().aborted.as_deref(), Some("2027-1"), "{cut}");
        let burnt = if cut < ends[2] { 1 } else { 2 };
        assert_eq!(journal.state().next_number("F", number(0)).unwrap(), number(burnt), "{cut}");
        assert_eq!(journal.state().next_batch(2027), "2027-2");
        let messages = journal.recovery().messages().join("\n");
        assert!(messages.contains("batch 2027-1 has no end"), "{messages}");
        drop(journal);
        verify(&torn, None).unwrap();
    }
}

/// With its pack every cut is made good, to the same bytes.
#[test]
fn a_torn_batch_is_finished_from_the_pack() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 2).unwrap();
    let whole = folder.files();
    let ends = ends(&whole["journal.jsonl"]);
    for cut in ends[0]..whole["journal.jsonl"].len() {
        let torn = folder.after(Power::On);
        torn.put("journal.jsonl", &whole["journal.jsonl"][..cut]);
        assert!(Reading::of(&torn).unwrap().is_interrupted);
        let journal = Journal::open(torn.clone(), opening("09:00:00")).unwrap();
        assert_eq!(journal.recovery().finished, Some((2, 4)));
        drop(journal);
        assert_eq!(torn.files(), whole, "{cut}");
    }
}

/// Whole lines without their end, a torn one after them, and no pack: the recovery is killed at every call of its own.
#[test]
fn a_recovery_without_a_pack_that_dies_at_any_call_is_recovered_by_the_next() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 2).unwrap();
    let folder = without_pack(&folder);
    for name in folder.files().into_keys().filter(|name| name.starts_with("documents/")) {
        folder.take(&name);
    }
    let whole = folder.files()["journal.jsonl"].clone();
    let ends = ends(&whole);
    let torn = &whole[ends[2]..ends[2] + 100];
    folder.put("journal.jsonl", &whole[..ends[2] + 100]);
    let left = folder.after(Power::On);
    let undisturbed = left.after(Power::On);
    Journal::open(undisturbed.clone(), opening("10:00:00")).unwrap();
    let mut tried = 0;
    for change in 0..undisturbed.changes() {
        for death in [Death::Before, Death::After(1), Death::After(120), Death::Done] {
            let dying = left.after(Power::On);
            dying.die_at(change, death);
            assert!(Journal::open(dying.clone(), opening("10:00:00")).is_err() || death == Death::Done);
            let powers =
                [Power::On, Power::Lost, Power::Zeros, Power::NamesLost, Power::Torn(50), Power::Hole(50)];
            for power in powers {
                let how = format!("died at {change}, {death:?}, {power:?}");
                let next = dying.after(power);
                let journal = Journal::open(next.clone(), opening("10:00:01"))
                    .unwrap_or_else(|error| panic!("{how}: {}", error.refusal()));
                assert_eq!(journal.state().issued("F").len(), 2, "{how}");
                assert_eq!(journal.state().next_batch(2027), "2027-2", "{how}");
                drop(journal);
                let files = next.files();
                assert!(files["journal.jsonl"].starts_with(&whole[..ends[2]]), "{how}");
                let mut kept = files.iter().filter(|(name, _)| name.starts_with("journal.torn-"));
                assert!(kept.any(|(_, bytes)| bytes == torn), "{how}");
                let journal = String::from_utf8(files["journal.jsonl"].clone()).unwrap();
                assert_eq!(journal.matches("\"type\":\"batch.aborted\"").count(), 1, "{how}");
                for name in files.keys().filter(|name| name.starts_with("journal.torn-")) {
                    assert_eq!(journal.matches(&format!("\"file\":\"{name}\"")).count(), 1, "{how}");
                }
                verify(&next, None).unwrap();
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}
