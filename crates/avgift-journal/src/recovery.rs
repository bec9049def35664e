//! Recovery: what an interrupted run left is finished before anything else, or told.
//! Rule:    a record of the pack that the journal does not hold is decided, and is written to the journal as it would have
//!          been; documents that are not in their places are put there. Whole lines without an end, and no pack, were
//!          never issued: `batch.aborted` burns their numbers. A torn line is kept in `journal.torn-<time>`, then cut.
//! Only what leaves other bytes than an undisturbed run is recorded, as `recovered`; all of it is told by [`Recovery`].
//! Errors:  JournalMustKnowItsDocuments, those of the chain, of the state and of writing.

use std::io;

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::chain::{Ending, Head, Placed};
use crate::error::Error;
use crate::event::{BatchAborted, Event, Recovered};
use crate::folder::{Folder, read_whole, unfinished, unreadable, unwritable};
use crate::guard::check_known_documents;
use crate::line::{JOURNAL, Line};
use crate::pack::{self, PACK, Packed, Record, Records, STAGING};
use crate::seal::Seal;
use crate::store::Journal;

/// How long the pack is kept at least. Systems write what they were given within half a minute.
const KEPT: TimeDelta = TimeDelta::minutes(10);

/// What was done about an interrupted run, before anything else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recovery {
    /// The lines of a batch that was decided and not finished, and now is: the first and the last.
    pub finished: Option<(u64, u64)>,
    /// How many documents were put in their places.
    pub documents: usize,
    /// The batch whose lines had no end: its numbers are burnt.
    pub aborted: Option<String>,
    /// The files that keep what was cut away.
    pub set_aside: Vec<String>,
    /// Whether a run left something staged that was never decided; nothing had been issued by it.
    pub dropped: bool,
    /// Documents in their places that are neither what was issued nor a torn piece of it; they were left alone.
    pub faults: Vec<Error>,
}

impl Recovery {
    /// Whether there was nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Recovery::default()
    }

    /// What happened, a sentence each.
    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        let mut messages = Vec::new();
        if self.dropped {
            messages.push(
                "an earlier run was interrupted before anything was issued; nothing is left of it".to_owned(),
            );
        }
        if let Some((first, last)) = self.finished {
            messages.push(format!(
                "an earlier run was interrupted after it was decided; its lines {first} to {last} are now recorded"
            ));
        }
        if self.documents > 0 {
            messages.push(format!("documents of an earlier run that were put in place: {}", self.documents));
        }
        if let Some(batch) = &self.aborted {
            messages.push(format!(
                "batch {batch} has no end: it was never issued, and its numbers are burnt; issue anew"
            ));
        }
        for file in &self.set_aside {
            messages.push(format!(
                "the torn end of the journal is kept in {file}; issue anew what it was to record"
            ));
        }
        messages
    }
}

impl<F: Folder> Journal<F> {
    /// Finishes what an interrupted run left.
    pub(crate) fn recover(&mut self, mut ending: Ending) -> Result<(), Error> {
        self.finish_pack(&mut ending)?;
        if let Some(fault) = ending.fault {
            return Err(fault);
        }
        check_known_documents(&self.folder, &self.state)?;
        self.end_journal(&ending)?;
        self.account_for_set_aside()?;
        self.let_go_of_pack()
    }

    /// Holds the journal to the pack: finishes the record that was decided, and sees that the documents are in place.
    fn finish_pack(&mut self, ending: &mut Ending) -> Result<(), Error> {
        let unread = |error: io::Error| unreadable(PACK, &error);
        let mut at = 0;
        loop {
            let mut records = Records::of(&self.folder).map_err(unread)?;
            records.skip_to(at);
            let Some(record) = records.next().map_err(unread)? else {
                let end = records.end();
                if end.whole < end.length {
                    self.cut(PACK, end.whole).map_err(|error| unwritable(PACK, &error))?;
                    self.recovery.dropped = true;
                }
                return Ok(());
            };
            at = records.end().whole;
            if is_undone(&record, ending) {
                self.finish_record(&record, ending)?;
            } else if let (false, Some(fault)) = (self.holds(&record)?, &ending.fault) {
                return Err(fault.clone());
            } else if !self.holds(&record)? {
                let document = record.header.documents.first().map_or(PACK, |packed| &packed.name).to_owned();
                return Err(Error::JournalMustKnowItsDocuments {
                    document,
                    newest: self.state.newest_number(),
                });
            }
            for (packed, place) in record.documents() {
                self.see_to(packed, place)?;
            }
        }
    }

    /// Whether the journal has the lines of a record.
    fn holds(&self, record: &Record) -> Result<bool, Error> {
        let header = &record.header;
        let end = header.head().length.saturating_add(header.lines);
        if end > self.head.length {
            return Ok(false);
        }
        let mut bytes = vec![0; usize::try_from(header.lines).unwrap_or(0)];
        let read = self.folder.read_at(JOURNAL, header.head().length, &mut bytes);
        let read = read.map_err(|error| unreadable(JOURNAL, &error))?;
        Ok(read == bytes.len() && Seal::of(&bytes) == header.sha256)
    }

    /// Writes the lines that were decided, or what is missing of them.
    fn finish_record(&mut self, record: &Record, ending: &mut Ending) -> Result<(), Error> {
        let lines = record.lines(&self.folder).map_err(|error| unreadable(PACK, &error))?;
        if record.header.head() != self.head {
            self.burn(&ending.open)?;
            self.head = ending.whole;
        }
        let tail = read_from(&self.folder, self.head.length).map_err(|error| unreadable(JOURNAL, &error))?;
        let mut missing = &lines[..];
        if let Some(rest) = lines.strip_prefix(&tail[..]) {
            missing = rest;
        } else {
            self.set_aside(self.head.length)?;
        }
        self.append(missing, true).map_err(|error| unfinished(JOURNAL, &error))?;
        let first = self.head.seq + 1;
        let mut whole = self.head;
        for bytes in lines.split_inclusive(|byte| *byte == b'\n') {
            let bytes = &bytes[..bytes.len() - 1];
            let line = Line::read(bytes, whole.seq + 1)?;
            self.state.apply(&line.event, &line.stamp, whole.length, None)?;
            whole = Head {
                seq: whole.seq + 1,
                seal: Seal::of(bytes),
                length: whole.length + bytes.len() as u64 + 1,
            };
        }
        self.head = whole;
        self.recovery.finished = Some((first, whole.seq));
        *ending = Ending { head: whole, whole, open: Vec::new(), length: whole.length, fault: None };
        Ok(())
    }

    /// Sees that a document of the pack is in its place.
    fn see_to(&mut self, packed: &Packed, place: u64) -> Result<(), Error> {
        let name = &packed.name;
        let there = read_whole(&self.folder, name).map_err(|error| unreadable(name, &error))?;
        let sealed = |bytes: &Vec<u8>| Seal::of(bytes) == packed.sha256;
        if there.as_ref().is_some_and(sealed) {
            return Ok(());
        }
        let bytes = pack::read_exactly(&self.folder, place, packed.bytes);
        let bytes = bytes.map_err(|error| unreadable(PACK, &error))?;
        if there.is_some_and(|there| !is_torn_piece(&there, &bytes)) {
            let (document, sha256) = (name.clone(), packed.sha256);
            self.recovery.faults.push(Error::DocumentMustBeAsIssued { document, is_missing: false, sha256 });
            return Ok(());
        }
        self.put(name, &bytes).map_err(|error| unfinished(name, &error))?;
        self.recovery.documents += 1;
        Ok(())
    }

    /// Ends a batch that has no end, and cuts a torn line off.
    fn end_journal(&mut self, ending: &Ending) -> Result<(), Error> {
        if ending.whole.length < ending.length {
            self.set_aside(ending.whole.length)?;
        }
        let Some(first) = ending.open.first() else { return Ok(()) };
        let batch = first.line.event.batch().unwrap_or_default().to_owned();
        let numbers = ending.open.iter().filter_map(|placed| Some(placed.line.event.numbered()?.1));
        let numbers: Vec<_> = numbers.collect();
        self.burn(&ending.open)?;
        let aborted = BatchAborted {
            batch: batch.clone(),
            count: u32::try_from(ending.open.len()).unwrap_or(u32::MAX),
            first: numbers.first().copied(),
            last: numbers.last().copied(),
            reason: "the run was interrupted: never issued, never sent".to_owned(),
        };
        self.head = ending.whole;
        self.record(aborted.into())?;
        self.recovery.aborted = Some(batch);
        Ok(())
    }

    fn burn(&mut self, lines: &[Placed]) -> Result<(), Error> {
        lines.iter().try_for_each(|placed| self.state.burn(&placed.line.event, placed.offset, None))
    }

    /// Records one event of the recovery's own.
    fn record(&mut self, event: Event) -> Result<(), Error> {
        self.check_clock()?;
        let (lines, head) = self.take(vec![event])?;
        self.write(&lines, &[])?;
        self.head = head;
        Ok(())
    }

    /// Keeps the journal's bytes from a place on in a file of their own, and cuts them off.
    fn set_aside(&mut self, from: u64) -> Result<(), Error> {
        let unwritten = |error: io::Error| unwritable(JOURNAL, &error);
        let whole = read_from(&self.folder, from).map_err(|error| unreadable(JOURNAL, &error))?;
        let is_kept = |file: &String| {
            Ok(!self.state.knows_set_aside(file) && read_whole(&self.folder, file)?.as_ref() == Some(&whole))
        };
        let files = set_aside_files(&self.folder).map_err(|error| unreadable(JOURNAL, &error))?;
        let kept: Vec<bool> = files.iter().map(is_kept).collect::<io::Result<_>>().map_err(unwritten)?;
        if !kept.contains(&true) {
            let time = self.opening.stamp.at.format("%Y%m%dT%H%M%S");
            let mut names = (1..).map(|ordinal: u32| match ordinal {
                1 => format!("journal.torn-{time}"),
                _ => format!("journal.torn-{time}-{ordinal}"),
            });
            let name = names.find(|name| !files.contains(name)).unwrap_or_default();
            let staged = format!("{STAGING}/torn");
            self.folder.make_folder(STAGING).map_err(unwritten)?;
            self.folder.write(&staged, &whole).map_err(unwritten)?;
            self.folder.sync(&staged).map_err(unwritten)?;
            self.folder.rename(&staged, &name).map_err(unwritten)?;
        }
        self.folder.sync_folder("").map_err(unwritten)?;
        self.cut(JOURNAL, from).map_err(unwritten)
    }

    /// Records every file of bytes set aside that the journal does not name yet.
    fn account_for_set_aside(&mut self) -> Result<(), Error> {
        for file in set_aside_files(&self.folder).map_err(|error| unreadable("", &error))? {
            if self.state.knows_set_aside(&file) || self.head == Head::default() {
                continue;
            }
            let bytes = read_whole(&self.folder, &file).map_err(|error| unreadable(&file, &error))?;
            let bytes = bytes.unwrap_or_default();
            let recovered = Recovered {
                file: file.clone(),
                bytes: bytes.len() as u64,
                sha256: Seal::of(&bytes),
                reason: "a torn end was set aside".to_owned(),
            };
            self.record(recovered.into())?;
            self.recovery.set_aside.push(file);
        }
        Ok(())
    }

    /// Empties the pack, once all of it has long been written by the system.
    fn let_go_of_pack(&mut self) -> Result<(), Error> {
        let unread = |error: io::Error| unreadable(PACK, &error);
        if !self.recovery.faults.is_empty() || self.recovery.documents > 0 {
            return Ok(());
        }
        let mut newest: Option<DateTime<FixedOffset>> = None;
        let mut records = Records::of(&self.folder).map_err(unread)?;
        while let Some(record) = records.next().map_err(unread)? {
            newest = newest.max(Some(record.header.at));
        }
        match newest {
            Some(newest) if self.opening.stamp.at - newest >= KEPT => {
                self.folder.truncate(PACK, 0).map_err(|error| unwritable(PACK, &error))
            }
            _ => Ok(()),
        }
    }
}

/// Whether the journal ends where a record begins, or within it: an interrupted write leaves no more than it was to write.
/// The record of a batch's abortion begins after the lines of that batch, which do not count.
pub(crate) fn is_undone(record: &Record, ending: &Ending) -> bool {
    let base = record.header.head();
    let is_end = base == ending.head || base == ending.whole;
    is_end && ending.length.saturating_sub(base.length) <= record.header.lines
}

/// Whether what is there is what a loss of power leaves of a document: it ends too early, or has zeros for what was not
/// written.
fn is_torn_piece(there: &[u8], whole: &[u8]) -> bool {
    there.len() <= whole.len() && there.iter().zip(whole).all(|(there, whole)| there == whole || *there == 0)
}

/// The files of bytes that were set aside.
fn set_aside_files(folder: &impl Folder) -> io::Result<Vec<String>> {
    let mut files = folder.names("")?;
    files.retain(|name| name.starts_with("journal.torn-"));
    Ok(files)
}

/// The journal's bytes from a place on.
fn read_from(folder: &impl Folder, from: u64) -> io::Result<Vec<u8>> {
    let length = folder.length(JOURNAL)?.unwrap_or(0).saturating_sub(from);
    if length == 0 {
        return Ok(Vec::new());
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    let read = folder.read_at(JOURNAL, from, &mut bytes)?;
    bytes.truncate(read);
    Ok(bytes)
}
