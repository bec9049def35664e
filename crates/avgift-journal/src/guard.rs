//! Guard: what must not lie in the folder with the journal: another journal, and documents that it does not know.
//! Errors:  JournalMustHaveNoConflictCopy, JournalMustKnowItsDocuments, JournalMustBeReadable.

use std::io;

use crate::error::Error;
use crate::folder::{Folder, unreadable};
use crate::line::JOURNAL;
use crate::state::{Kind, State};
use crate::store::DOCUMENTS;

/// Another journal beside ours is what a service that keeps folders alike leaves when two machines wrote at once.
pub(crate) fn check_conflict_copies(folder: &impl Folder) -> Result<(), Error> {
    let names = folder.names("").map_err(|error| unreadable("", &error))?;
    let is_copy = |name: &&String| {
        let lower = name.to_lowercase();
        let is_journal = lower.ends_with(".jsonl") || lower.starts_with("journal.jsonl.");
        name.as_str() != JOURNAL && lower.starts_with("journal") && is_journal
    };
    let Some(copy) = names.iter().find(is_copy) else { return Ok(()) };
    let parts_at = parts_at(folder, copy).map_err(|error| unreadable(copy, &error))?;
    Err(Error::JournalMustHaveNoConflictCopy { copy: copy.clone(), parts_at })
}

/// The first line that two journals do not have alike; none where one is the beginning of the other.
fn parts_at(folder: &impl Folder, copy: &str) -> io::Result<Option<u64>> {
    let (mut at, mut line) = (0, 1);
    loop {
        let [mut ours, mut theirs] = [vec![0; 1 << 16], vec![0; 1 << 16]];
        let read = match folder.length(JOURNAL)? {
            Some(_) => folder.read_at(JOURNAL, at, &mut ours)?,
            None => 0,
        };
        let length = read.min(folder.read_at(copy, at, &mut theirs)?);
        let same = ours[..length].iter().zip(&theirs[..length]).take_while(|(a, b)| a == b).count();
        line += ours[..same].iter().filter(|byte| **byte == b'\n').count() as u64;
        if same < length {
            return Ok(Some(line));
        }
        if length == 0 || length < ours.len() {
            return Ok(None);
        }
        at += length as u64;
    }
}

/// A document whose number the journal does not know was issued by a newer journal than this one.
pub(crate) fn check_known_documents(folder: &impl Folder, state: &State) -> Result<(), Error> {
    let names = |dir: &str| folder.names(dir).map_err(|error| unreadable(dir, &error));
    for year in names(DOCUMENTS)? {
        let dir = format!("{DOCUMENTS}/{year}");
        if year.is_empty() || !year.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        for name in names(&dir)? {
            let is_known = || {
                let (series, rest) = name.split_once('-')?;
                let length = rest.bytes().take_while(u8::is_ascii_digit).count();
                let number = rest[..length].parse().ok()?;
                let is_label = !series.is_empty() && series.bytes().all(|byte| byte.is_ascii_alphanumeric());
                let known = state.find(series, number).is_some_and(|found| found.kind != Kind::Burnt);
                is_label.then_some(known)
            };
            // What has no number is none of ours.
            if is_known() == Some(false) {
                let (document, newest) = (format!("{dir}/{name}"), state.newest_number());
                return Err(Error::JournalMustKnowItsDocuments { document, newest });
            }
        }
    }
    Ok(())
}
