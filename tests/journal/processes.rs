//! Real processes on a real disk: two and eight at once, and one that is aborted at every call that changes a file.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use avgift_journal::{Disk, Folder, Journal, Locked, Reading, verify};

use crate::made::{batch_of, issue_in, key, opening};

const FOLDER: &str = "AVGIFT_JOURNAL_TEST_FOLDER";
const DIES_AT: &str = "AVGIFT_JOURNAL_TEST_DIES_AT";
/// How many invoices each process issues.
const EACH: usize = 10;

/// This very test, in a process of its own: it finds a folder in its environment, and is one of many or the one that dies.
fn process(test: &str, folder: &Path, dies_at: Option<usize>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([test, "--exact", "--test-threads=1"]).env(FOLDER, folder);
    command.env(DIES_AT, dies_at.map(|at| at.to_string()).unwrap_or_default());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn one_of_many(folder: &str) {
    let mut issued = 0;
    while issued < EACH {
        let journal = match Journal::open(Disk::new(folder), opening("09:00:00")) {
            Ok(journal) => journal,
            Err(error) if error.is_busy() => {
                std::thread::yield_now();
                continue;
            }
            Err(error) => panic!("{}", error.refusal()),
        };
        let next = (0..).find(|place| journal.state().charged(key(*place)).is_none()).unwrap();
        let name = journal.state().next_batch(2027);
        journal.commit(batch_of(&name, [next])).unwrap();
        issued += 1;
    }
}

#[test]
fn many_processes_at_once_issue_every_number_once() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return one_of_many(&folder);
    }
    let test = "processes::many_processes_at_once_issue_every_number_once";
    for processes in [2, 8] {
        let scratch = tempfile::tempdir().unwrap();
        let children: Vec<Child> = (0..processes).map(|_| process(test, scratch.path(), None)).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
        let disk = Disk::new(scratch.path());
        let (verified, state) = verify(&disk, None).unwrap();
        assert_eq!(state.issued("F").len(), processes * EACH);
        assert_eq!(verified.documents as usize, 2 * processes * EACH);
    }
}

fn one_that_dies(folder: &str) {
    let dies_at = std::env::var(DIES_AT).unwrap().parse().unwrap();
    let folder = Dying { disk: Disk::new(folder), calls: Cell::new(0), dies_at };
    issue_in(folder, opening("09:00:00"), 3, 2).unwrap();
}

#[test]
fn a_process_aborted_at_any_call_is_recovered_by_the_next() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return one_that_dies(&folder);
    }
    let test = "processes::a_process_aborted_at_any_call_is_recovered_by_the_next";
    let undisturbed = tempfile::tempdir().unwrap();
    issue_in(Disk::new(undisturbed.path()), opening("09:00:00"), 3, 2).unwrap();
    let mut died = 0;
    for dies_at in 0.. {
        let scratch = tempfile::tempdir().unwrap();
        if process(test, scratch.path(), Some(dies_at)).wait().unwrap().success() {
            break;
        }
        died += 1;
        let disk = Disk::new(scratch.path());
        Reading::of(&disk).unwrap();
        issue_in(disk.clone(), opening("09:00:00"), 3, 2).unwrap();
        assert_eq!(files(scratch.path()), files(undisturbed.path()), "aborted at {dies_at}");
        verify(&disk, None).unwrap();
    }
    assert!(died > 30, "{died}");
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_to_write_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let scratch = tempfile::tempdir().unwrap();
    issue_in(Disk::new(scratch.path()), opening("09:00:00"), 2, 2).unwrap();
    let allow = |mode| fs::set_permissions(scratch.path(), fs::Permissions::from_mode(mode)).unwrap();
    fs::remove_file(scratch.path().join("journal.lock")).unwrap();
    allow(0o555);
    let result = Journal::open(Disk::new(scratch.path()), opening("10:00:00")).map(drop);
    allow(0o755);
    // Who may do everything is not hindered.
    if let Err(error) = result {
        assert_eq!(error.code(), "journal-must-be-writable");
    }
}

/// Every file below a folder but the pack.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(dir) = folders.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(
                    path.strip_prefix(folder).unwrap().display().to_string(),
                    fs::read(&path).unwrap(),
                );
            }
        }
    }
    found
}

/// A disk whose process is aborted before a call that changes a file.
#[derive(Debug)]
struct Dying {
    disk: Disk,
    calls: Cell<usize>,
    dies_at: usize,
}

impl Dying {
    fn disk(&self) -> &Disk {
        if self.calls.replace(self.calls.get() + 1) == self.dies_at {
            std::process::abort();
        }
        &self.disk
    }
}

impl Folder for Dying {
    type Lock = File;

    fn lock(&self, name: &str, holder: &str) -> io::Result<Locked<File>> {
        self.disk().lock(name, holder)
    }

    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        self.disk.length(name)
    }

    fn read_at(&self, name: &str, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.disk.read_at(name, at, buffer)
    }

    fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.names(folder)
    }

    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.disk().append(name, &bytes[..bytes.len() / 2])?;
        self.disk().append(name, &bytes[bytes.len() / 2..])
    }

    fn sync(&self, name: &str) -> io::Result<()> {
        self.disk().sync(name)
    }

    fn truncate(&self, name: &str, length: u64) -> io::Result<()> {
        self.disk().truncate(name, length)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.disk().write(name, &bytes[..bytes.len() / 2])?;
        self.disk().write(name, bytes)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.disk().rename(from, to)
    }

    fn make_folder(&self, folder: &str) -> io::Result<()> {
        self.disk().make_folder(folder)
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        self.disk().sync_folder(folder)
    }
}
