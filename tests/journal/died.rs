//! An issuing run that dies at every call that changes a file, with every outcome of what was not synced; then the recovery
//! that dies at every call of its own. Nothing is lost, nothing is there twice, and in the end every file is as if
//! nothing had happened.

use std::collections::{BTreeMap, BTreeSet};

use avgift_journal::{Death, Power, Seal, Simulated, verify};

use crate::made::{issue_in, opening};

/// Three invoices in two batches, each with two documents.
fn run(folder: &Simulated) -> Result<usize, avgift_journal::Error> {
    issue_in(folder.clone(), opening("09:00:00"), 3, 2).map(|(new, _)| new)
}

/// What must be the same: all but what is staged.
fn kept(folder: &Simulated) -> BTreeMap<String, Vec<u8>> {
    folder.files().into_iter().filter(|(name, _)| !name.starts_with(".staging/")).collect()
}

fn undisturbed(start: &Simulated) -> Simulated {
    let folder = start.after(Power::On);
    assert!(run(&folder).unwrap() > 0);
    folder
}

/// A new folder, and one in which the first invoice was issued an hour before.
fn starts() -> [Simulated; 2] {
    let earlier = Simulated::new();
    issue_in(earlier.clone(), opening("08:00:00"), 1, 2).unwrap();
    [Simulated::new(), earlier.after(Power::On)]
}

/// Folders that were tried: what the next run does depends on its files alone.
#[derive(Default)]
struct Tried(BTreeSet<Seal>);

impl Tried {
    /// Every way to die at a call, and every outcome of what was not synced, that leaves a folder not tried before.
    fn outcomes(&mut self, start: &Simulated, change: usize, bytes: &[usize]) -> Vec<(String, Simulated)> {
        let mut deaths = vec![Death::Before, Death::Done];
        deaths.extend(bytes.iter().map(|bytes| Death::After(*bytes)));
        let mut found = Vec::new();
        for death in deaths {
            let folder = start.after(Power::On);
            folder.die_at(change, death);
            let _ = run(&folder);
            if !folder.is_dead() {
                continue;
            }
            let mut powers = vec![Power::On, Power::Lost, Power::Zeros, Power::NamesLost];
            powers.extend(bytes.iter().flat_map(|bytes| [Power::Torn(*bytes), Power::Hole(*bytes)]));
            let unsynced = folder.unsynced();
            powers.extend((0..unsynced).flat_map(|place| [Power::Kept(place), Power::LostAlone(place)]));
            for power in powers {
                let left = folder.after(power);
                if self.0.insert(seal(&left.files())) {
                    found.push((format!("died at {change}, {death:?}, {power:?}"), left));
                }
            }
        }
        found
    }
}

/// One seal for all files of a folder.
fn seal(files: &BTreeMap<String, Vec<u8>>) -> Seal {
    let mut all = Vec::new();
    for (name, bytes) in files {
        all.extend_from_slice(format!("{name}\n{}\n", bytes.len()).as_bytes());
        all.extend_from_slice(bytes);
    }
    Seal::of(&all)
}

/// Runs again until it is through, and holds the folder to the undisturbed one.
fn check(how: &str, folder: &Simulated, expected: &BTreeMap<String, Vec<u8>>) {
    run(folder).unwrap_or_else(|error| panic!("{how}: {}", error.refusal()));
    let mut files = kept(folder);
    // What was torn in a way that no write leaves is kept, and told; all else is as if nothing had happened.
    let torn = files.keys().any(|name| name.starts_with("journal.torn-"));
    if torn {
        let journal = String::from_utf8(files.remove("journal.jsonl").unwrap()).unwrap();
        let lines = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| !line.contains("\"type\":\"recovered\""));
            lines.map(|line| line[line.find("\"type\"").unwrap()..].to_owned()).collect()
        };
        let ours = String::from_utf8(expected["journal.jsonl"].clone()).unwrap();
        assert_eq!(lines(&journal), lines(&ours), "{how}");
        assert!(journal.contains("\"type\":\"recovered\""), "{how}");
        files.retain(|name, _| !name.starts_with("journal.torn-"));
        let mut expected = expected.clone();
        expected.remove("journal.jsonl");
        assert_eq!(files, expected, "{how}");
    } else {
        assert!(files == *expected, "{how}: another folder: {:?}", files.keys());
    }
    verify(folder, None).unwrap_or_else(|errors| panic!("{how}: {}", errors[0].refusal()));
    let before = folder.files();
    assert_eq!(run(folder).unwrap(), 0, "{how}: nothing is new");
    assert_eq!(folder.files(), before, "{how}: and nothing changes");
}

/// How many bytes of a write were done: one, some, a line and a bit, all but one.
const BYTES: [usize; 6] = [1, 100, 700, 1500, 2500, 100_000];

#[test]
fn a_run_that_dies_at_any_call_leaves_nothing_lost_and_nothing_twice() {
    for start in starts() {
        let undisturbed = undisturbed(&start);
        let expected = kept(&undisturbed);
        let mut tried = Tried::default();
        for change in 0..undisturbed.changes() {
            for (how, folder) in tried.outcomes(&start, change, &BYTES) {
                check(&how, &folder, &expected);
            }
        }
        println!("{} calls, {} outcomes", undisturbed.changes(), tried.0.len());
        assert!(tried.0.len() > undisturbed.changes());
    }
}

#[test]
fn a_recovery_that_dies_at_any_call_is_recovered_by_the_next() {
    let start = Simulated::new();
    let undisturbed = undisturbed(&start);
    let expected = kept(&undisturbed);
    let (mut first, mut second) = (Tried::default(), Tried::default());
    for change in 0..undisturbed.changes() {
        for (how, left) in first.outcomes(&start, change, &[100, 1500]) {
            let recovery = left.after(Power::On);
            run(&recovery).unwrap();
            for change in 0..recovery.changes() {
                for (again, folder) in second.outcomes(&left, change, &[100]) {
                    check(&format!("{how}; then {again}"), &folder, &expected);
                }
            }
        }
    }
    println!("{} outcomes, and {} of their recoveries", first.0.len(), second.0.len());
}
