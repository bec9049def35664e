//! What can befall a journal between two runs: torn ends, flipped bytes, changed line ends, copies, older copies, a clock set
//! back, a disk that is full or read-only, somebody else at work. Each is found and told; nothing is lost.

use std::collections::BTreeMap;

use avgift_journal::{Disk, Error, Journal, Reading, Simulated, verify};

use crate::made::{credit, issue, issue_in, number, one, opening, opening_on, payment};

const JOURNAL: &str = "journal.jsonl";

/// Five invoices in two batches.
fn issued() -> Simulated {
    let folder = Simulated::new();
    assert_eq!(issue_in(folder.clone(), opening("09:00:00"), 5, 3).unwrap().0, 5);
    folder
}

fn changed(files: &BTreeMap<String, Vec<u8>>, change: impl FnOnce(&mut Vec<u8>)) -> Simulated {
    let mut files = files.clone();
    change(files.get_mut(JOURNAL).unwrap());
    Simulated::of(&files)
}

fn told(folder: &Simulated) -> String {
    let errors = verify(folder, None).unwrap_err();
    errors.iter().map(|error| error.refusal().to_string()).collect()
}

/// One byte anywhere but in the last line is found by the line after it; in the last line, by the printed head.
#[test]
fn a_flipped_byte_anywhere_is_found() {
    let folder = issued();
    let files = folder.files();
    let head = Reading::of(&folder).unwrap().head.seal.to_string();
    assert!(verify(&folder, Some(&head[..16])).is_ok());
    for place in 0..files[JOURNAL].len() {
        for bit in [1, 0x20] {
            let folder = changed(&files, |bytes| bytes[place] ^= bit);
            assert!(verify(&folder, Some(&head[..16])).is_err(), "byte {place}");
        }
    }
}

/// Torn at every byte of the last two lines: the next run keeps what is cut away, says so, and the series goes on unbroken.
#[test]
fn a_torn_end_is_kept_and_cut() {
    let folder = issued();
    let files = folder.files();
    let text = String::from_utf8(files[JOURNAL].clone()).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let last_two: usize = lines[lines.len() - 2..].iter().map(|line| line.len()).sum();
    for length in text.len() - last_two + 1..text.len() {
        let torn = changed(&files, |bytes| bytes.truncate(length));
        // The documents of the cut batch would be unknown to the journal: it is told, or the pack brings the lines back.
        match Journal::open(torn.clone(), opening("10:00:00")) {
            Ok(journal) => {
                assert!(!journal.recovery().is_empty(), "{length}");
                journal.finish().unwrap();
                verify(&torn, None).unwrap_or_else(|errors| panic!("{length}: {}", errors[0].refusal()));
            }
            Err(error) => {
                assert!(matches!(error, Error::JournalMustKnowItsDocuments { .. }), "{length}: {error}");
            }
        }
        let kept = torn.files();
        let before = &text.as_bytes()[..length];
        let common = kept[JOURNAL].iter().zip(before).take_while(|(now, then)| now == then).count();
        let rest = &before[common..];
        let aside = kept.iter().filter(|(name, _)| name.starts_with("journal.torn-"));
        let is_kept = rest.is_empty() || aside.into_iter().any(|(_, bytes)| bytes.ends_with(rest));
        assert!(is_kept, "{length}: no byte is lost");
    }
}

/// git's autocrlf changes every line, and is told as what it is.
#[test]
fn changed_line_ends_are_told_as_such() {
    let files = issued().files();
    let crlf = String::from_utf8(files[JOURNAL].clone()).unwrap().replace('\n', "\r\n");
    let told = told(&changed(&files, |bytes| *bytes = crlf.into_bytes()));
    assert!(
        told.contains("error[line-must-end-in-line-feed]") && told.contains("journal.jsonl:1:"),
        "{told}"
    );
}

/// An amount that somebody changed in an editor is named as the first difference, with its line.
#[test]
fn an_edited_line_is_named() {
    let files = issued().files();
    let edited = String::from_utf8(files[JOURNAL].clone()).unwrap().replacen("1234500", "1234400", 1);
    let told = told(&changed(&files, |bytes| *bytes = edited.into_bytes()));
    assert!(told.contains("error[line-must-be-as-sealed]") && told.contains("journal.jsonl:2:"), "{told}");
}

#[test]
fn a_conflict_copy_stops_everything() {
    for copy in ["journal-DESKTOP-7.jsonl", "journal (1).jsonl", "journal.conflict.jsonl"] {
        let folder = issued();
        let files = folder.files();
        folder.put(copy, &files[JOURNAL]);
        let error = Journal::open(folder.clone(), opening("10:00:00")).map(drop).unwrap_err();
        assert_eq!(error.code(), "journal-must-have-no-conflict-copy", "{copy}");
        assert!(Reading::of(&folder).is_err(), "{copy}");
    }
}

/// An older copy of the journal beside newer documents: numbers would be given twice.
#[test]
fn an_older_copy_is_found_by_its_documents() {
    let folder = Simulated::new();
    issue_in(folder.clone(), opening("09:00:00"), 2, 2).unwrap();
    let older = folder.files()[JOURNAL].clone();
    issue_in(folder.clone(), opening("10:00:00"), 4, 2).unwrap();
    let restored = changed(&folder.files(), |bytes| *bytes = older);
    // What a finished run left staged does not bring it back.
    for (name, _) in restored.files().into_iter().filter(|(name, _)| name.starts_with(".staging/")) {
        restored.take(&name);
    }
    let error = Journal::open(restored, opening("11:00:00")).map(drop).unwrap_err();
    assert_eq!(error.code(), "journal-must-know-its-documents");
    let gone = Simulated::of(&folder.files());
    gone.take(JOURNAL);
    for (name, _) in gone.files().into_iter().filter(|(name, _)| name.starts_with(".staging/")) {
        gone.take(&name);
    }
    assert!(Journal::open(gone, opening("11:00:00")).is_err());
}

#[test]
fn a_clock_that_was_set_back_is_refused() {
    let error = Journal::open(issued(), opening("08:59:59")).map(drop).unwrap_err();
    assert_eq!(error.code(), "clock-must-not-run-backwards");
}

/// All but what is staged and who held the lock.
fn kept(folder: &Simulated) -> BTreeMap<String, Vec<u8>> {
    let stays = |name: &str| !name.starts_with(".staging/") && name != "journal.lock";
    folder.files().into_iter().filter(|(name, _)| stays(name)).collect()
}

/// A second run finds every charge issued: nothing is new, and not a byte changes.
#[test]
fn a_second_run_changes_nothing() {
    let folder = issued();
    let before = kept(&folder);
    assert_eq!(issue(folder.clone(), opening("10:00:00"), 5).unwrap().0, 0);
    assert!(kept(&folder) == before);
}

/// However little room there is, a run issues all of a batch or nothing, and with room again it ends as if undisturbed.
#[test]
fn a_full_disk_loses_nothing() {
    let expected = issued();
    let size: usize = expected.files().values().map(Vec::len).sum();
    for room in (0..2 * size).step_by(97) {
        let folder = Simulated::new();
        folder.room(Some(room));
        let first = issue_in(folder.clone(), opening("09:00:00"), 5, 3);
        folder.room(None);
        if let Err(error) = first {
            let codes = ["disk-must-have-room", "run-must-be-finished", "journal-must-be-writable"];
            assert!(codes.contains(&error.code()), "{room}: {error}");
        }
        issue_in(folder.clone(), opening("09:00:00"), 5, 3).unwrap();
        assert!(kept(&folder) == kept(&expected), "{room}");
    }
}

#[test]
fn a_folder_that_is_read_only_is_left_as_it_is() {
    let folder = issued();
    let before = folder.files();
    folder.read_only(true);
    let error = issue(folder.clone(), opening("10:00:00"), 7).unwrap_err();
    assert_eq!(error.code(), "journal-must-be-writable");
    assert!(folder.files() == before);
    assert!(verify(&folder, None).is_ok(), "it can still be read");
}

#[test]
fn who_holds_the_lock_is_named() {
    let folder = issued();
    folder.lock_by(Some("bo.ek, ekonomi-2, 2027-01-15T09:59:00+01:00"));
    let error = Journal::open(folder, opening("10:00:00")).map(drop).unwrap_err();
    assert!(error.is_busy());
    assert!(error.to_string().contains("bo.ek, ekonomi-2"), "{error}");
}

/// Two batches of two, 256 and 257 invoices: never more syncs than twice the batches and eight.
#[test]
fn a_run_syncs_seldom() {
    for count in [1, 2, 255, 256, 257, 600] {
        let folder = Simulated::new();
        issue(folder.clone(), opening("09:00:00"), count).unwrap();
        let most = 2 * count.div_ceil(256) + 8;
        assert!(folder.syncs() <= most, "{count} invoices: {} syncs, at most {most}", folder.syncs());
    }
}

/// Issued, credited in part, paid in part: what is open is the difference, and more than that is refused.
#[test]
fn what_is_open_is_issued_less_credited_less_paid() {
    let folder = issued();
    let mut journal = Journal::open(folder.clone(), opening_on("2027-02-20", "09:00:00")).unwrap();
    let name = journal.state().next_batch(2027);
    let (event, documents) = credit(&name, 5, 0, 100_000);
    journal = journal.commit(avgift_journal::Batch { events: vec![event], documents }).unwrap();
    journal = journal.commit(one(payment("camt054:1", 0, 1_000_000, 0))).unwrap();
    let open = journal.state().find("F", number(0)).unwrap().open();
    assert_eq!(open.ore(), 1_234_500 - 100_000 - 1_000_000);
    journal.finish().unwrap();
    let again = |event| {
        let journal = Journal::open(folder.clone(), opening_on("2027-02-20", "10:00:00")).unwrap();
        journal.commit(one(event)).map(drop).unwrap_err().code()
    };
    assert_eq!(again(payment("camt054:1", 0, 1, 0)), "payment-must-be-registered-once");
    assert_eq!(again(payment("camt054:2", 0, 134_501, 0)), "allocation-must-not-exceed-open");
    assert!(verify(&folder, None).is_ok());
}

/// On the real disk, eight writers at once: one of them at a time, and every charge once.
#[test]
fn eight_at_once_charge_everybody_once() {
    let dir = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    match issue_in(Disk::new(dir.path()), opening("09:00:00"), 20, 3) {
                        Ok(_) => break,
                        Err(error) => assert!(error.is_busy(), "{error}"),
                    }
                    std::thread::yield_now();
                }
            });
        }
    });
    let (_, state) =
        verify(&Disk::new(dir.path()), None).unwrap_or_else(|errors| panic!("{}", errors[0].refusal()));
    assert_eq!(state.issued("F").len(), 20);
}

/// What the documentation says of a person without this program, done.
#[cfg(unix)]
#[test]
fn sed_and_sha256sum_check_a_link() {
    let dir = tempfile::tempdir().unwrap();
    issue(Disk::new(dir.path()), opening("09:00:00"), 3).unwrap();
    let said = |command: &str| {
        let run =
            std::process::Command::new("sh").args(["-c", command]).current_dir(dir.path()).output().unwrap();
        String::from_utf8(run.stdout).unwrap().split_whitespace().next().unwrap_or_default().to_owned()
    };
    for line in 1..4 {
        let sum = said(&format!("sed -n {line}p journal.jsonl | tr -d '\\n' | sha256sum"));
        let seal = said(&format!("sed -n {}p journal.jsonl | cut -d '\"' -f 6", line + 1));
        assert_eq!((sum.len(), &sum), (64, &seal), "line {line}");
    }
}
