//! What a disk, a clock, a colleague or a copying service does to a run; and how often it asks the disk to be sure.

use avgift_journal::{Error, Journal, Power, Reading, Simulated, verify};

use crate::made::{batch_of, day, invoice, issue, issue_in, number, one, opening, opening_on, payment};

/// § 4.4: at most 2·⌈n/256⌉ + 8, in a new folder and in one that has a journal.
#[test]
fn a_run_asks_the_disk_to_be_sure_twice_a_batch_and_eight_times_more() {
    for count in [1, 255, 256, 257, 1_000] {
        let folder = Simulated::new();
        assert_eq!(issue(folder.clone(), opening("09:00:00"), count).unwrap().0, count);
        let allowed = |count: usize| 2 * count.div_ceil(256) + 8;
        assert!(folder.syncs() <= allowed(count), "{count}: {}", folder.syncs());
        let before = folder.syncs();
        assert_eq!(issue(folder.clone(), opening("10:00:00"), 2 * count).unwrap().0, count);
        assert!(folder.syncs() - before <= allowed(count), "{count} more: {}", folder.syncs() - before);
        verify(&folder, None).unwrap();
    }
}

/// Full at every byte that the run writes: told, nothing half issued; with room again, the run is as if undisturbed.
#[test]
fn a_full_disk_is_told_and_leaves_nothing_half_issued() {
    let undisturbed = Simulated::new();
    issue_in(undisturbed.clone(), opening("09:00:00"), 3, 2).unwrap();
    let mut failed = 0;
    for room in (0..).step_by(3) {
        let folder = Simulated::new();
        folder.room(Some(room));
        let error = match issue_in(folder.clone(), opening("09:00:00"), 3, 2) {
            Ok(_) => break,
            Err(error) => error,
        };
        failed += 1;
        assert!(
            matches!(error, Error::DiskMustHaveRoom { .. } | Error::RunMustBeFinished { .. }),
            "{room}: {error}"
        );
        let reading = Reading::of(&folder).unwrap();
        // What was recorded before stays; the batch that failed has left no line.
        assert_eq!(reading.head.length, folder.files().get("journal.jsonl").map_or(0, Vec::len) as u64);
        folder.room(None);
        issue_in(folder.clone(), opening("09:00:00"), 3, 2).unwrap();
        assert_eq!(folder.files(), undisturbed.files(), "{room}");
    }
    assert!(failed > 1_000, "{failed}");
}

#[test]
fn a_read_only_folder_is_told_and_can_be_read() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 2).unwrap();
    folder.read_only(true);
    let error = issue(folder.clone(), opening("10:00:00"), 3).unwrap_err();
    assert_eq!(error.code(), "journal-must-be-writable");
    assert_eq!(Reading::of(&folder).unwrap().state.issued("F").len(), 2);
    verify(&folder, None).unwrap();
}

#[test]
fn a_journal_that_another_holds_says_who_that_is() {
    let folder = Simulated::new();
    let journal = Journal::open(folder.clone(), opening("09:00:00")).unwrap();
    let error = Journal::open(folder.clone(), opening("09:00:01")).unwrap_err();
    assert!(error.is_busy());
    assert!(error.to_string().contains("asa.ek on ekonomi-1, since 2027-01-15T09:00:00+01:00"), "{error}");
    drop(journal);
    Journal::open(folder, opening("09:00:02")).unwrap();
}

#[test]
fn a_conflict_copy_stops_everything_and_the_fork_is_named() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 2).unwrap();
    let common = folder.files()["journal.jsonl"].clone();
    let other = Simulated::of(&folder.files());
    issue(folder.clone(), opening("10:00:00"), 3).unwrap();
    issue(other.clone(), opening("10:00:01"), 4).unwrap();
    let names =
        ["journal (1).jsonl", "journal-2.jsonl", "journal-DESKTOP-ABC12.jsonl", "Journal (Åsas dator).jsonl"];
    for name in names.into_iter().chain(["journal.sync-conflict-20270115.jsonl", "journal.jsonl.orig"]) {
        for (copy, fork) in [(&other.files()["journal.jsonl"], Some(5)), (&common, None)] {
            folder.put(name, copy);
            for error in [
                issue(folder.clone(), opening("11:00:00"), 5).unwrap_err(),
                Reading::of(&folder).unwrap_err(),
                verify(&folder, None).unwrap_err().remove(0),
            ] {
                assert_eq!(
                    error,
                    Error::JournalMustHaveNoConflictCopy { copy: name.to_owned(), parts_at: fork }
                );
            }
            folder.take(name);
        }
    }
    assert_eq!(issue(folder, opening("11:00:00"), 5).unwrap().0, 2);
}

/// The journal of yesterday is put back, or gone: the documents of today are not known to it.
#[test]
fn an_older_copy_of_the_journal_is_found_out() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 2).unwrap();
    let older = folder.files()["journal.jsonl"].clone();
    let (_, head) = issue(folder.clone(), opening("10:00:00"), 3).unwrap();
    for keep_pack in [true, false] {
        for copy in [Some(&older), None] {
            let restored = folder.after(Power::On);
            match copy {
                Some(copy) => restored.put("journal.jsonl", copy),
                None => restored.take("journal.jsonl"),
            }
            if !keep_pack {
                restored.take(".staging/pack");
            }
            if copy.is_some() && keep_pack {
                // The pack still holds what the copy lacks, and brings it back.
                assert_eq!(issue(restored.clone(), opening("11:00:00"), 3).unwrap(), (0, head));
                continue;
            }
            let before = restored.files();
            if let Err(error) = issue(restored.clone(), opening("11:00:00"), 3) {
                assert_eq!(error.code(), "journal-must-know-its-documents");
                let changed = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
                    files.iter().filter(|(name, _)| *name != "journal.lock").count()
                };
                assert_eq!(changed(&restored.files()), changed(&before));
            } else {
                assert!(keep_pack, "the pack alone can bring a journal back");
            }
        }
    }
    // Where no document tells, the printed head does.
    let restored = folder.after(Power::On);
    restored.put("journal.jsonl", &older);
    let errors = verify(&restored, Some(&head.seal.short())).unwrap_err();
    let codes: Vec<_> = errors.iter().map(Error::code).collect();
    assert_eq!(codes, ["journal-must-know-its-documents", "head-must-be-in-journal"]);
}

#[test]
fn a_clock_that_was_set_back_is_refused() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 1).unwrap();
    let before = folder.files();
    let error = issue(folder.clone(), opening("08:59:59"), 2).unwrap_err();
    assert_eq!(error.code(), "clock-must-not-run-backwards");
    let mut after = folder.files();
    after.insert("journal.lock".to_owned(), before["journal.lock"].clone());
    assert_eq!(after, before);
    // The same second is no step back.
    assert_eq!(issue(folder, opening("09:00:00"), 2).unwrap().0, 1);
}

#[test]
fn a_plan_on_an_older_head_is_refused() {
    let folder = Simulated::new();
    let planned = Reading::of(&folder).unwrap().head;
    issue(folder.clone(), opening("09:00:00"), 1).unwrap();
    let journal = Journal::open(folder, opening("09:30:00")).unwrap();
    assert_eq!(journal.expect_head(planned.seal).unwrap_err().code(), "head-must-not-have-moved");
    journal.expect_head(journal.head().seal).unwrap();
}

#[test]
fn a_document_is_never_replaced() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 1).unwrap();
    folder.put("documents/2027/F-20270002.txt", b"");
    let error = issue(folder.clone(), opening("10:00:00"), 2).unwrap_err();
    assert_eq!(error.code(), "journal-must-know-its-documents");
    folder.take("documents/2027/F-20270002.txt");
    // Put there after the journal was opened.
    let journal = Journal::open(folder.clone(), opening("10:00:00")).unwrap();
    folder.put("documents/2027/F-20270002.pdf", b"a draft");
    let error = journal.commit(batch_of("2027-2", [1])).unwrap_err();
    assert_eq!(error.code(), "document-must-not-be-replaced");
    assert_eq!(folder.files()["documents/2027/F-20270002.pdf"], b"a draft");
}

/// The pack is let go of once the system has long written the documents, and not before.
#[test]
fn the_pack_stays_ten_minutes() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 3).unwrap();
    let pack = |folder: &Simulated| folder.files()[".staging/pack"].len();
    issue(folder.clone(), opening("09:09:59"), 3).unwrap();
    assert!(pack(&folder) > 0);
    // A document that a loss of power took is put back from it.
    for torn in [&b""[..], b"PDF 2", b"\0\0\0\0\0"] {
        folder.put("documents/2027/F-20270001.pdf", torn);
        let journal = Journal::open(folder.clone(), opening("09:09:59")).unwrap();
        assert_eq!(journal.recovery().documents, 1);
    }
    // One that somebody changed is left alone, and told.
    let sound = folder.files()["documents/2027/F-20270001.pdf"].clone();
    folder.put("documents/2027/F-20270001.pdf", b"changed");
    let journal = Journal::open(folder.clone(), opening("10:00:00")).unwrap();
    assert_eq!(journal.recovery().faults[0].code(), "document-must-be-as-issued");
    drop(journal);
    assert!(pack(&folder) > 0);
    folder.put("documents/2027/F-20270001.pdf", &sound);
    issue(folder.clone(), opening("10:00:00"), 3).unwrap();
    assert_eq!(pack(&folder), 0);
    verify(&folder, None).unwrap();
}

#[test]
fn a_second_run_has_nothing_new_and_changes_no_byte() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 3).unwrap();
    let before = folder.files();
    assert_eq!(issue(folder.clone(), opening("09:00:00"), 3).unwrap().0, 0);
    assert_eq!(folder.files(), before);
}

#[test]
fn what_is_open_is_told_for_any_day() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 2).unwrap();
    let journal = Journal::open(folder, opening_on("2027-02-15", "09:00:00")).unwrap();
    let journal = journal.commit(one(payment("b1", 0, 1_000_000, 0))).unwrap();
    let open = |date: &str| -> Vec<i64> {
        journal.state().open(day(date)).iter().map(|item| item.open.ore()).collect()
    };
    assert_eq!(open("2027-01-14"), Vec::<i64>::new());
    assert_eq!(open("2027-02-13"), [1_234_500, 1_234_600]);
    assert_eq!(open("2027-02-14"), [234_500, 1_234_600]);
    let offset = journal.state().find("F", number(1)).unwrap().offset;
    let line = avgift_journal::line_at(journal.folder(), offset, 3).unwrap();
    assert_eq!(line.event, invoice("2027-1", 1).0);
}

#[test]
fn a_document_that_is_gone_is_put_back_as_it_was_issued_and_not_otherwise() {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 1).unwrap();
    let (event, documents) = invoice("2027-1", 0);
    let (sealed, document) = (&event.documents()[0], &documents[0]);
    let mut journal = Journal::open(folder.clone(), opening("10:00:00")).unwrap();
    let there = journal.restore(sealed, &document.bytes).unwrap_err();
    assert_eq!(there.code(), "document-must-not-be-replaced");
    folder.take(&document.name);
    assert_eq!(journal.restore(sealed, b"another").unwrap_err().code(), "document-must-be-as-issued");
    journal.restore(sealed, &document.bytes).unwrap();
    journal.finish().unwrap();
    verify(&folder, None).unwrap();
}
