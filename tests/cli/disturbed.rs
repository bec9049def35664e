//! Recording under disturbance, through the real binary: whoever comes second, no room, no right to write, a clock set back.

use std::fs;
use std::process::{Command, Stdio};

use crate::recorded::{AT, Recorded};

const ISSUE: &str = "issue --year 2024 --no-pdf --yes --by ekonomi --at 2024-02-01T09:00:00+01:00";

/// 75 tells a script to try again.
#[test]
fn whoever_comes_second_is_told_who_holds_the_journal() {
    let recorded = Recorded::new();
    let holder = if cfg!(windows) { "journal.lock.txt" } else { "journal.lock" };
    fs::write(recorded.file("journal.lock"), "").unwrap();
    fs::write(recorded.file(holder), "bo.al on ekonomi-2, since 2024-02-01T08:59:30+01:00\n").unwrap();
    let file = fs::File::options().write(true).open(recorded.file("journal.lock")).unwrap();
    file.lock().unwrap();
    recorded.says(75, ISSUE, "locked.stderr");
    drop(file);
    assert_eq!(recorded.run(ISSUE).code, 0);
}

/// Eight at once: one issues, and the others wait their turn, plan anew or find nothing new. Each number is given once.
#[test]
fn eight_at_once_give_each_number_once() {
    let alone = Recorded::issued();
    let recorded = Recorded::new();
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avgift"));
        command.args(ISSUE.split(' ')).arg("--network").arg(recorded.path());
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let running: Vec<_> = (0..8).map(|_| start()).collect();
    let mut issued = 0;
    for child in running {
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        match output.status.code() {
            Some(0) if err.contains("36 issued") => issued += 1,
            Some(0) => assert!(err.contains("0 new, 36 unchanged"), "{err}"),
            Some(75) => assert!(err.starts_with("error[journal-must-be-free]"), "{err}"),
            Some(1) => assert!(err.starts_with("error[head-must-not-have-moved]"), "{err}"),
            other => panic!("{other:?}: {err}"),
        }
    }
    assert_eq!(issued, 1);
    assert_eq!(recorded.journal(), alone.journal());
    assert_eq!(recorded.run("verify").code, 0);
}

#[test]
fn a_clock_set_back_is_refused() {
    let recorded = Recorded::issued();
    let command = "credit 20240002 --reason Fel --no-pdf --yes --date 2024-02-01 --by ekonomi --at 2024-01-31T09:00:00+01:00";
    recorded.says(1, command, "clock-set-back.stderr");
    recorded.says(1, "repair --by ekonomi --at 2024-01-31T09:00:00+01:00", "clock-set-back-repair.stderr");
}

/// Where nothing can be written nothing is issued, and reading goes on.
#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let recorded = Recorded::issued();
    let journal = recorded.journal();
    // Rights do not hold a superuser; a folder in the place of the lock holds anybody.
    fs::remove_file(recorded.file("journal.lock")).unwrap();
    fs::create_dir(recorded.file("journal.lock")).unwrap();
    let ran = recorded.run(&format!("credit 20240002 --reason Fel --no-pdf --yes {AT}"));
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.starts_with("error[journal-must-be-writable]: `journal.lock` cannot be written"),
        "{}",
        ran.err
    );
    assert_eq!(recorded.journal(), journal);
    assert_eq!(recorded.run("verify").code, 0);
}

/// A limit on the length of files stands for a full disk: the write fails part of the way.
#[cfg(unix)]
#[test]
fn no_room_issues_nothing_and_leaves_nothing() {
    let recorded = Recorded::new();
    let binary = env!("CARGO_BIN_EXE_avgift");
    let network = recorded.path().to_str().unwrap();
    // Blocks of 512 bytes in most shells, of 1 024 in some; the run writes ten times as much.
    let script = format!("trap '' XFSZ; ulimit -f 100; exec {binary} {ISSUE} --network {network}");
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.starts_with("error[journal-must-be-writable]: `.staging/pack` cannot be written"), "{err}");
    assert!(!recorded.file("documents").exists());
    let ran = recorded.run(ISSUE);
    assert!(ran.code == 0 && ran.err.contains("36 issued"), "{}", ran.err);
    assert_eq!(recorded.journal(), Recorded::issued().journal());
}

/// A service that copies folders between machines knows no lock; whoever records is told, and whoever reads is not.
#[test]
fn a_folder_that_a_service_copies_is_warned_of() {
    let recorded = Recorded::new();
    let folder = recorded.file("OneDrive - Kommunen/avgift");
    crate::world::copy(&recorded.file("statistics"), &folder.join("statistics"));
    for file in ["network.toml", "members.csv", "payers.csv"] {
        fs::copy(recorded.file(file), folder.join(file)).unwrap();
    }
    let ran = crate::world::on(&folder, ISSUE);
    assert!(ran.code == 0 && ran.err.contains("36 issued"), "{}", ran.err);
    assert!(ran.err.starts_with("warning[folder-should-lie-on-one-machine]"), "{}", ran.err);
    assert!(ran.err.contains("in a folder that OneDrive copies between machines"), "{}", ran.err);
    assert_eq!(crate::world::on(&folder, "journal list").err, "");
    assert!(!recorded.run(ISSUE).err.contains("warning"));
}
