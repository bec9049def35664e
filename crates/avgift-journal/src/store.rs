//! Store: the write protocol: the lock, the batch in the pack, the lines in the journal, the documents in their places.
//! Rule:    1. the lock is taken, the journal read and held to its rules, an interrupted run finished; then
//!          2. a batch and its documents go into the pack, in one write, and are synced: from here on it is decided;
//!          3. its lines go to the end of the journal, in one write that ends in `batch.committed`, and are synced;
//!          4. each document is staged whole, then renamed into its place, from where nothing is ever replaced.
//!          A run killed before 2 is done left nothing; one killed after it is finished by the next, to the same bytes.
//! Errors:  JournalMustBeFree, JournalMustHaveNoConflictCopy, JournalMustKnowItsDocuments, ClockMustNotRunBackwards,
//!          HeadMustNotHaveMoved, DocumentMustNotBeReplaced, DiskMustHaveRoom, JournalMustBeReadable,
//!          JournalMustBeWritable, RunMustBeFinished, and those of the chain and of the state.
//! Not here: what an event comes to (see `state`), the time, who it is: both are arguments.

use std::collections::BTreeSet;
use std::io;

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::chain::{self, Ending, Head, Placed, Settled};
use crate::error::Error;
use crate::event::{BatchAborted, DocumentSeal, Event, JournalCreated, Recovered, Stamp};
use crate::folder::{Folder, Locked, read_whole, reason};
use crate::line::{JOURNAL, Line};
use crate::pack::{self, Document, PACK, Packed, Record, Records, STAGING};
use crate::seal::Seal;
use crate::state::State;

/// The lock file. It is never deleted: the lock is the system's, and the file only its name.
pub const LOCK: &str = "journal.lock";
/// The folder of what was issued.
pub const DOCUMENTS: &str = "documents";
/// How many events a batch has at most; more are committed in several.
pub const BATCH_MAX: usize = 256;
/// How long the pack is kept at least. Systems write what they were given within half a minute.
const KEPT: TimeDelta = TimeDelta::minutes(10);

/// The place of a document: `documents/2027/F-20270001.pdf`.
///
/// A reminder and other letters have a word after the number: `document_name(2027, "F", number, "-reminder-1.pdf")`.
#[must_use]
pub fn document_name(year: i32, series: &str, number: avgift_invoice::InvoiceNumber, end: &str) -> String {
    format!("{DOCUMENTS}/{year}/{series}-{number}{end}")
}

/// Who opens a journal to write.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Who, when and with what; on every line that is written.
    pub stamp: Stamp,
    /// The name of the machine, for the lock file.
    pub machine: String,
    /// The network, for the first line of a new journal.
    pub org: String,
    /// The organisation number of its host, for the first line of a new journal.
    pub orgnr: String,
}

impl Opening {
    fn holder(&self) -> String {
        format!("{} on {}, since {}", self.stamp.by, self.machine, self.stamp.at.to_rfc3339())
    }
}

/// What is committed at once: events of one batch, or one event without a batch, and their documents.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// The events, at most [`BATCH_MAX`].
    pub events: Vec<Event>,
    /// Their documents, as sealed in the events.
    pub documents: Vec<Document>,
}

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
            messages.push(format!("{} documents of an earlier run were put in their places", self.documents));
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

/// A journal that is read: nothing is locked, and nothing is changed.
#[derive(Debug)]
pub struct Reading {
    /// What its events come to.
    pub state: State,
    /// How far it goes.
    pub head: Head,
    /// Whether an interrupted run is to be finished by whoever writes next.
    pub is_interrupted: bool,
}

impl Reading {
    /// Reads a journal; an empty one where there is none.
    ///
    /// # Errors
    /// `JournalMustHaveNoConflictCopy`, `JournalMustBeReadable`, and those of the chain and of the state.
    pub fn of(folder: &impl Folder) -> Result<Reading, Error> {
        check_conflict_copies(folder)?;
        let (state, ending) = read(folder)?;
        let is_decided = covers(folder, &ending)?;
        match ending.fault {
            Some(fault) if !is_decided => Err(fault),
            _ => {
                let is_interrupted = is_decided || ending.head.length < ending.length;
                Ok(Reading { state, head: ending.head, is_interrupted })
            }
        }
    }
}

/// Whether the pack holds what was to follow the last line that counts.
fn covers(folder: &impl Folder, ending: &Ending) -> Result<bool, Error> {
    let mut records = Records::of(folder).map_err(|error| unreadable(PACK, &error))?;
    while let Some(record) = records.next().map_err(|error| unreadable(PACK, &error))? {
        if is_undone(&record, ending) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the journal ends where a record begins, or within it: an interrupted write leaves no more than it was to write.
/// The record of a batch's abortion begins after the lines of that batch, which do not count.
fn is_undone(record: &Record, ending: &Ending) -> bool {
    let base = record.header.head();
    let is_end = base == ending.head || base == ending.whole;
    is_end && ending.length.saturating_sub(base.length) <= record.header.lines
}

/// A line of the journal, read again from where it begins.
///
/// # Errors
/// `JournalMustBeReadable`, and those of a line.
pub fn line_at(folder: &impl Folder, offset: u64, seq: u64) -> Result<Line, Error> {
    let mut bytes = Vec::new();
    loop {
        let mut block = vec![0; 1 << 14];
        let read = folder
            .read_at(JOURNAL, offset + bytes.len() as u64, &mut block)
            .map_err(|error| unreadable(JOURNAL, &error))?;
        if let Some(end) = block[..read].iter().position(|byte| *byte == b'\n') {
            bytes.extend_from_slice(&block[..end]);
            return Line::read(&bytes, seq);
        }
        bytes.extend_from_slice(&block[..read]);
        if read == 0 {
            return Line::read(&bytes, seq);
        }
    }
}

/// A journal that is ours to write until it is dropped.
#[derive(Debug)]
pub struct Journal<F: Folder> {
    folder: F,
    opening: Opening,
    state: State,
    head: Head,
    recovery: Recovery,
    /// Folders whose names are not synced yet.
    unsynced: BTreeSet<String>,
    _lock: F::Lock,
}

impl<F: Folder> Journal<F> {
    /// Takes the lock, reads the journal, holds it to its rules, and finishes an interrupted run. Where there is no journal
    /// yet, the first commit makes it.
    ///
    /// # Errors
    /// All but `HeadMustNotHaveMoved` and `DocumentMustNotBeReplaced`, see the top of this file.
    pub fn open(folder: F, opening: Opening) -> Result<Journal<F>, Error> {
        let lock = match folder.lock(LOCK, &opening.holder()).map_err(|error| unwritable(LOCK, &error))? {
            Locked::Ours(lock) => lock,
            Locked::Theirs(holder) => return Err(Error::JournalMustBeFree { holder }),
        };
        check_conflict_copies(&folder)?;
        let (state, ending) = read(&folder)?;
        let mut journal = Journal {
            folder,
            opening,
            state,
            head: ending.head,
            recovery: Recovery::default(),
            unsynced: BTreeSet::new(),
            _lock: lock,
        };
        journal.recover(ending)?;
        journal.check_clock()?;
        Ok(journal)
    }

    /// What its events come to.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// How far it goes.
    #[must_use]
    pub const fn head(&self) -> Head {
        self.head
    }

    /// What was done about an interrupted run.
    #[must_use]
    pub const fn recovery(&self) -> &Recovery {
        &self.recovery
    }

    /// The folder, to read documents and lines from.
    #[must_use]
    pub const fn folder(&self) -> &F {
        &self.folder
    }

    /// Holds the journal to the seal that a plan was made on.
    ///
    /// # Errors
    /// `HeadMustNotHaveMoved`.
    pub fn expect_head(&self, planned: Seal) -> Result<(), Error> {
        if self.head.seal == planned {
            Ok(())
        } else {
            Err(Error::HeadMustNotHaveMoved { planned, found: self.head.seal })
        }
    }

    fn check_clock(&self) -> Result<(), Error> {
        let at = self.opening.stamp.at;
        match self.state.newest_at() {
            Some(newest) if at.timestamp() < newest.timestamp() => {
                Err(Error::ClockMustNotRunBackwards { at, newest })
            }
            _ => Ok(()),
        }
    }

    /// Records a batch and puts its documents in their places. After an error the journal must be opened again.
    ///
    /// # Errors
    /// `ClockMustNotRunBackwards`, `DocumentMustNotBeReplaced`, `DiskMustHaveRoom`, `JournalMustBeWritable`, those of the
    /// state: nothing was issued. `RunMustBeFinished`: it is decided, and the next opening finishes it.
    ///
    /// # Panics
    /// Where a batch is empty or longer than [`BATCH_MAX`], has events of several batches, or documents that its events do
    /// not seal.
    #[allow(
        clippy::panic_in_result_fn,
        reason = "a batch of the wrong form is a fault of the program, and is not recorded"
    )]
    pub fn commit(mut self, batch: Batch) -> Result<Journal<F>, Error> {
        check_batch(&batch);
        self.check_clock()?;
        for document in &batch.documents {
            let length =
                self.folder.length(&document.name).map_err(|error| unreadable(&document.name, &error))?;
            if length.is_some() {
                return Err(Error::DocumentMustNotBeReplaced { document: document.name.clone() });
            }
        }
        if self.head == Head::default() {
            let Opening { org, orgnr, .. } = &self.opening;
            let created = JournalCreated { format: 1, org: org.clone(), orgnr: orgnr.clone() };
            self = self.commit_checked(vec![created.into()], &[])?;
        }
        let mut events = batch.events;
        if let Some(name) = events[0].batch() {
            assert!(!self.state.knows_batch(name), "a batch has a name of its own");
            let committed = chain::sum_up(name, &events)?;
            events.push(committed.into());
        }
        self.commit_checked(events, &batch.documents)
    }

    fn commit_checked(mut self, events: Vec<Event>, documents: &[Document]) -> Result<Journal<F>, Error> {
        let (lines, head) = self.take(events)?;
        self.write(&lines, documents)?;
        self.head = head;
        for document in documents {
            self.put(&document.name, &document.bytes).map_err(|error| unfinished(&document.name, &error))?;
        }
        Ok(self)
    }

    /// Makes the names of the new documents durable. A journal that is dropped without it is as safe: the pack is kept.
    ///
    /// # Errors
    /// `RunMustBeFinished`.
    pub fn finish(mut self) -> Result<Head, Error> {
        for folder in std::mem::take(&mut self.unsynced) {
            self.folder.sync_folder(&folder).map_err(|error| unfinished(&folder, &error))?;
        }
        Ok(self.head)
    }

    /// Takes events into the state; their lines, and the head after them.
    fn take(&mut self, events: Vec<Event>) -> Result<(Vec<u8>, Head), Error> {
        let (mut lines, mut head) = (Vec::new(), self.head);
        for event in events {
            let stamp = self.opening.stamp.clone();
            self.state.apply(&event, &stamp, head.length, None)?;
            let text = Line { seq: head.seq + 1, prev: head.seal, event, stamp }.text();
            // What could not be read back would close the journal for good.
            Line::read(text.as_bytes(), head.seq + 1)?;
            head = Head {
                seq: head.seq + 1,
                seal: Seal::of(text.as_bytes()),
                length: head.length + text.len() as u64 + 1,
            };
            lines.extend_from_slice(text.as_bytes());
            lines.push(b'\n');
        }
        Ok((lines, head))
    }

    /// Steps 2 and 3 of the protocol. What fails is taken back.
    fn write(&mut self, lines: &[u8], documents: &[Document]) -> Result<(), Error> {
        let length = self.folder.length(JOURNAL).map_err(|error| unreadable(JOURNAL, &error))?.unwrap_or(0);
        if length != self.head.length {
            let reason = "somebody changed it while it was open".to_owned();
            return Err(Error::JournalMustBeWritable { file: JOURNAL.to_owned(), reason });
        }
        let record = pack::record(self.head, self.opening.stamp.at, lines, documents)
            .map_err(|error| unwritable(PACK, &io::Error::other(error)))?;
        let before = self.folder.length(PACK).map_err(|error| unreadable(PACK, &error))?;
        let staged = self.stage(&record, before.is_none());
        if let Err(error) = staged {
            // A record that is not whole is worth nothing, so it is well if it cannot be taken away either. One that is
            // whole and could not be synced must go: it would be finished later.
            let taken = self.cut(PACK, before.unwrap_or(0));
            return Err(if taken.is_ok() || self.is_torn() {
                unwritable(PACK, &error)
            } else {
                unfinished(PACK, &error)
            });
        }
        if let Err(error) = self.append(lines, self.head.length == 0) {
            let taken =
                self.cut(JOURNAL, self.head.length).and_then(|()| self.cut(PACK, before.unwrap_or(0)));
            return Err(match taken {
                Ok(()) => unwritable(JOURNAL, &error),
                Err(_) => unfinished(JOURNAL, &error),
            });
        }
        Ok(())
    }

    fn stage(&self, record: &[u8], is_new: bool) -> io::Result<()> {
        if is_new {
            self.folder.make_folder(STAGING)?;
            self.folder.append(PACK, b"")?;
            self.folder.sync_folder(STAGING)?;
            self.folder.sync_folder("")?;
        }
        self.folder.append(PACK, record)?;
        self.folder.sync(PACK)
    }

    /// Whether the pack ends in a record that is not whole.
    fn is_torn(&self) -> bool {
        let torn = || {
            let mut records = Records::of(&self.folder)?;
            while records.next()?.is_some() {}
            io::Result::Ok(records.end().whole < records.end().length)
        };
        torn().unwrap_or(false)
    }

    fn append(&self, lines: &[u8], is_new: bool) -> io::Result<()> {
        self.folder.append(JOURNAL, lines)?;
        self.folder.sync(JOURNAL)?;
        if is_new { self.folder.sync_folder("") } else { Ok(()) }
    }

    /// Cuts a file back; one that is not there is short enough.
    fn cut(&self, name: &str, length: u64) -> io::Result<()> {
        match self.folder.length(name)? {
            Some(now) if now > length => {
                self.folder.truncate(name, length)?;
                self.folder.sync(name)
            }
            _ => Ok(()),
        }
    }

    /// Step 4 of the protocol: stages a document whole, then gives it its name.
    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        for (at, _) in name.match_indices('/') {
            let folder = &name[..at];
            if self.unsynced.insert(folder.to_owned()) {
                self.folder.make_folder(folder)?;
                self.unsynced.insert(folder.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned());
            }
        }
        let staged = format!("{STAGING}/{}", name.rsplit('/').next().unwrap_or(name));
        self.folder.write(&staged, bytes)?;
        self.folder.rename(&staged, name)
    }

    /// Finishes what an interrupted run left.
    fn recover(&mut self, mut ending: Ending) -> Result<(), Error> {
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

/// What only we can get wrong.
fn check_batch(batch: &Batch) {
    let events = &batch.events;
    assert!((1..=BATCH_MAX).contains(&events.len()), "a batch has 1 to {BATCH_MAX} events");
    let name = events[0].batch();
    assert!(events.iter().all(|event| event.batch() == name), "all events are of one batch");
    assert!(name.is_some() || events.len() == 1, "several events are a batch");
    let ours = |event: &Event| {
        !matches!(event, Event::JournalCreated(_) | Event::BatchCommitted(_) | Event::BatchAborted(_))
    };
    assert!(events.iter().all(ours), "the journal begins itself and ends its batches itself");
    let mut series = events.iter().filter_map(|event| event.numbered()).map(|(series, _)| series);
    if let Some(first) = series.next() {
        assert!(series.all(|series| series == first), "a batch gives out numbers of one series");
        let is_label = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_alphanumeric());
        assert!(is_label, "the label of a series is letters and digits");
    }
    let sealed =
        |document: &Document| DocumentSeal { name: document.name.clone(), sha256: Seal::of(&document.bytes) };
    let mut given: Vec<_> = batch.documents.iter().map(sealed).collect();
    let mut named: Vec<_> = events.iter().flat_map(Event::documents).cloned().collect();
    given.sort_by(|a, b| a.name.cmp(&b.name));
    named.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(given == named, "every document is sealed in an event, and every one that is sealed is given");
    assert!(given.windows(2).all(|pair| pair[0].name != pair[1].name), "a document has a name of its own");
    let start = format!("{DOCUMENTS}/");
    assert!(given.iter().all(|document| document.name.starts_with(&start)), "documents lie in {start}");
}

/// Whether what is there is what a loss of power leaves of a document: it ends too early, or has zeros for what was not
/// written.
fn is_torn_piece(there: &[u8], whole: &[u8]) -> bool {
    there.len() <= whole.len() && there.iter().zip(whole).all(|(there, whole)| there == whole || *there == 0)
}

/// The journal and what its events come to.
fn read(folder: &impl Folder) -> Result<(State, Ending), Error> {
    let mut state = State::new();
    let ending = chain::read(folder, |settled| take(&mut state, &settled))?;
    Ok((state, ending))
}

/// Takes a settled line into a state.
pub(crate) fn take(state: &mut State, settled: &Settled<'_>) -> Result<(), Error> {
    match settled {
        Settled::Counts(placed) => {
            let (origin, line) = (placed.origin(), &placed.line);
            if let Event::BatchCommitted(event) = &line.event
                && state.knows_batch(&event.batch)
            {
                let (said, found) = ("another batch".to_owned(), "one of that name before".to_owned());
                return Err(Error::BatchMustSumUp {
                    origin: Some(origin),
                    batch: event.batch.clone(),
                    said,
                    found,
                });
            }
            state.apply(&line.event, &line.stamp, placed.offset, Some(&origin))
        }
        Settled::Burnt(placed) => state.burn(&placed.line.event, placed.offset, Some(&placed.origin())),
    }
}

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
                let known = state.find(series, number).is_some_and(|found| found.kind != crate::Kind::Burnt);
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

pub(crate) fn unreadable(file: &str, error: &io::Error) -> Error {
    let file = if file.is_empty() { "the network's folder" } else { file }.to_owned();
    Error::JournalMustBeReadable { file, reason: reason(error) }
}

fn unwritable(file: &str, error: &io::Error) -> Error {
    let file = file.to_owned();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskMustHaveRoom { file },
        _ => Error::JournalMustBeWritable { file, reason: reason(error) },
    }
}

fn unfinished(file: &str, error: &io::Error) -> Error {
    Error::RunMustBeFinished { file: file.to_owned(), reason: reason(error) }
}
