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

use crate::chain::{self, Head};
use crate::error::Error;
use crate::event::{DocumentSeal, Event, JournalCreated, Stamp};
use crate::folder::{Folder, Locked, unfinished, unreadable, unwritable};
use crate::guard::check_conflict_copies;
use crate::line::{JOURNAL, Line};
use crate::pack::{self, Document, PACK, Records, STAGING};
use crate::reading::read;
use crate::recovery::Recovery;
use crate::seal::Seal;
use crate::state::State;

/// The lock file. It is never deleted: the lock is the system's, and the file only its name.
pub const LOCK: &str = "journal.lock";
/// The folder of what was issued.
pub const DOCUMENTS: &str = "documents";
/// How many events a batch has at most; more are committed in several.
pub const BATCH_MAX: usize = 256;

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

/// A journal that is ours to write until it is dropped.
#[derive(Debug)]
pub struct Journal<F: Folder> {
    pub(crate) folder: F,
    pub(crate) opening: Opening,
    pub(crate) state: State,
    pub(crate) head: Head,
    pub(crate) recovery: Recovery,
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

    pub(crate) fn check_clock(&self) -> Result<(), Error> {
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
    pub fn commit(mut self, batch: Batch) -> Result<Journal<F>, Error> {
        check_batch(&self.state, &batch);
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
            // A rule that refuses the first batch leaves no journal behind.
            let before = self.state.clone();
            self.take([vec![created.clone().into()], batch.events.clone()].concat())?;
            self.state = before;
            self = self.commit_checked(vec![created.into()], &[])?;
        }
        let mut events = batch.events;
        if let Some(name) = events[0].batch() {
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

    /// Puts a document that is gone back in its place, made again or brought from a copy. One that is there stays.
    ///
    /// # Errors
    /// `DocumentMustBeAsIssued` where the bytes are not those that were sealed, `DocumentMustNotBeReplaced`,
    /// `RunMustBeFinished`.
    pub fn restore(&mut self, sealed: &DocumentSeal, bytes: &[u8]) -> Result<(), Error> {
        let DocumentSeal { name, sha256 } = sealed;
        if Seal::of(bytes) != *sha256 {
            let (document, sha256) = (name.clone(), *sha256);
            return Err(Error::DocumentMustBeAsIssued { document, is_missing: false, sha256 });
        }
        if self.folder.length(name).map_err(|error| unreadable(name, &error))?.is_some() {
            return Err(Error::DocumentMustNotBeReplaced { document: name.clone() });
        }
        self.put(name, bytes).map_err(|error| unfinished(name, &error))
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
    pub(crate) fn take(&mut self, events: Vec<Event>) -> Result<(Vec<u8>, Head), Error> {
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
    pub(crate) fn write(&mut self, lines: &[u8], documents: &[Document]) -> Result<(), Error> {
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

    pub(crate) fn append(&self, lines: &[u8], is_new: bool) -> io::Result<()> {
        self.folder.append(JOURNAL, lines)?;
        self.folder.sync(JOURNAL)?;
        if is_new { self.folder.sync_folder("") } else { Ok(()) }
    }

    /// Cuts a file back; one that is not there is short enough.
    pub(crate) fn cut(&self, name: &str, length: u64) -> io::Result<()> {
        match self.folder.length(name)? {
            Some(now) if now > length => {
                self.folder.truncate(name, length)?;
                self.folder.sync(name)
            }
            _ => Ok(()),
        }
    }

    /// Step 4 of the protocol: stages a document whole, then gives it its name.
    pub(crate) fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
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
}

/// What only we can get wrong.
fn check_batch(state: &State, batch: &Batch) {
    let events = &batch.events;
    assert!((1..=BATCH_MAX).contains(&events.len()), "a batch has 1 to {BATCH_MAX} events");
    let name = events[0].batch();
    assert!(events.iter().all(|event| event.batch() == name), "all events are of one batch");
    assert!(name.is_none_or(|name| !state.knows_batch(name)), "a batch has a name of its own");
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
    let mut named: Vec<_> = events.iter().flat_map(|event| event.documents().into_owned()).collect();
    given.sort_by(|a, b| a.name.cmp(&b.name));
    named.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(given == named, "every document is sealed in an event, and every one that is sealed is given");
    assert!(given.windows(2).all(|pair| pair[0].name != pair[1].name), "a document has a name of its own");
    let start = format!("{DOCUMENTS}/");
    let is_inside = |name: &str| name.starts_with(&start) && !name.contains("..");
    assert!(given.iter().all(|document| is_inside(&document.name)), "documents lie in {start}");
}
