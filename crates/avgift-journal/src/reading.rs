//! Reading: the journal and what its events come to, without a lock and without a change.
//! Errors:  JournalMustHaveNoConflictCopy, JournalMustBeReadable, and those of the chain and of the state.

use crate::chain::{self, Ending, Head, Settled};
use crate::error::Error;
use crate::event::Event;
use crate::folder::{Folder, unreadable};
use crate::guard::check_conflict_copies;
use crate::line::{JOURNAL, Line};
use crate::pack::{PACK, Records};
use crate::recovery::is_undone;
use crate::seal::Seal;
use crate::state::State;

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
        Reading::ended(folder, state, ending)
    }

    fn ended(folder: &impl Folder, state: State, ending: Ending) -> Result<Reading, Error> {
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

/// Reads a journal and gives every line that counts to `each`, in order, with its seal; then what they come to.
///
/// # Errors
/// As [`Reading::of`], and what `each` refuses.
pub fn read_each<E: From<Error>>(
    folder: &impl Folder,
    mut each: impl FnMut(&Line, Seal) -> Result<(), E>,
) -> Result<Reading, E> {
    check_conflict_copies(folder)?;
    let mut state = State::new();
    let mut refused = None;
    let ending = chain::read(folder, |settled| {
        take(&mut state, &settled)?;
        if let (Settled::Counts(placed), None) = (&settled, &refused) {
            refused = each(&placed.line, placed.seal).err();
        }
        Ok(())
    })?;
    if let Some(refused) = refused {
        return Err(refused);
    }
    Ok(Reading::ended(folder, state, ending)?)
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

/// The journal and what its events come to.
pub(crate) fn read(folder: &impl Folder) -> Result<(State, Ending), Error> {
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
                    origin: Some(Box::new(origin)),
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
