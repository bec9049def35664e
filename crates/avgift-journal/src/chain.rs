//! Chain: the journal read in one pass, line by line: each in sequence, each sealed by the next, each batch summed up.
//! Memory:  one line, one block of the file and the lines of one batch, however long the journal is.
//! Errors:  those of a line, LineMustBeInSequence, LineMustBeAsSealed, BatchMustSumUp, JournalMustBeReadable.
//! Not here: what an event comes to (see `state`), what to do about the end of an interrupted run (see `store`).

use std::collections::VecDeque;

use avgift::{Origin, Sek};
use avgift_invoice::InvoiceNumber;

use crate::error::Error;
use crate::event::{BatchCommitted, Event};
use crate::folder::{Folder, reason};
use crate::line::{JOURNAL, Line, place};
use crate::seal::Seal;

/// How far a journal goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// The number of its last line; 0 before the first.
    pub seq: u64,
    /// The seal of that line.
    pub seal: Seal,
    /// Its length in bytes.
    pub length: u64,
}

/// A line with its place in the file.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) line: Line,
    pub(crate) offset: u64,
    pub(crate) seal: Seal,
}

impl Placed {
    pub(crate) fn origin(&self) -> Origin {
        place(&[], self.line.seq, 0)
    }
}

/// A line that is settled.
pub(crate) enum Settled<'a> {
    Counts(&'a Placed),
    Burnt(&'a Placed),
}

/// What stands at the end of a journal.
#[derive(Debug)]
pub(crate) struct Ending {
    /// The last line that counts.
    pub(crate) head: Head,
    /// The last whole line.
    pub(crate) whole: Head,
    /// The whole lines after the last that counts: a batch without its end.
    pub(crate) open: Vec<Placed>,
    /// The length of the file.
    pub(crate) length: u64,
    /// What is wrong, where something is; then no more was read.
    pub(crate) fault: Option<Error>,
}

/// Longer than any line: an invoice of all 290 municipalities has some 200 kB.
const LONGEST_LINE: usize = 32 << 20;
const BLOCK: usize = 1 << 18;

/// Reads a journal to its end or its first fault. What `take` refuses is a fault too.
pub(crate) fn read<F: Folder>(
    folder: &F,
    mut take: impl FnMut(Settled<'_>) -> Result<(), Error>,
) -> Result<Ending, Error> {
    let unreadable = |error: &std::io::Error| Error::JournalMustBeReadable {
        file: JOURNAL.to_owned(),
        reason: reason(error),
    };
    let length = folder.length(JOURNAL).map_err(|error| unreadable(&error))?.unwrap_or(0);
    let mut lines = Lines { folder, buffer: VecDeque::new(), read: 0, length };
    let mut ending =
        Ending { head: Head::default(), whole: Head::default(), open: Vec::new(), length, fault: None };
    loop {
        let bytes = match lines.next().map_err(|error| unreadable(&error))? {
            Next::Line(bytes) => bytes,
            Next::End => return Ok(ending),
            Next::TooLong => {
                let origin = place(&[], ending.whole.seq + 1, 0);
                let found = "it has no end".to_owned();
                ending.fault = Some(Error::LineMustBeWellFormed { origin, found });
                return Ok(ending);
            }
        };
        if let Err(fault) = step(&mut ending, &bytes, &mut take) {
            ending.fault = Some(fault);
            return Ok(ending);
        }
    }
}

/// Takes one line.
fn step(
    ending: &mut Ending,
    bytes: &[u8],
    take: &mut impl FnMut(Settled<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let number = ending.whole.seq + 1;
    let line = Line::read(bytes, number)?;
    if line.seq != number {
        return Err(Error::LineMustBeInSequence { origin: place(bytes, number, 7), found: line.seq });
    }
    if line.prev != ending.whole.seal {
        let Some(before) = number.checked_sub(1).filter(|before| *before > 0) else {
            let found = "the first line has no line before it, and names one".to_owned();
            return Err(Error::LineMustBeWellFormed { origin: place(bytes, number, 17), found });
        };
        let (sealed, found) = (line.prev, ending.whole.seal);
        return Err(Error::LineMustBeAsSealed { origin: Box::new(place(&[], before, 0)), sealed, found });
    }
    if (number == 1) != matches!(line.event, Event::JournalCreated(_)) {
        let found = "`journal.created` is the first line, and no other".to_owned();
        return Err(Error::LineMustBeWellFormed { origin: place(bytes, number, 0), found });
    }
    let placed = Placed { line, offset: ending.whole.length, seal: Seal::of(bytes) };
    let whole = Head { seq: number, seal: placed.seal, length: ending.whole.length + bytes.len() as u64 + 1 };
    settle(ending, placed, take)?;
    ending.whole = whole;
    if ending.open.is_empty() {
        ending.head = whole;
    }
    Ok(())
}

/// Whether a line counts, by itself or with its batch.
fn settle(
    ending: &mut Ending,
    placed: Placed,
    take: &mut impl FnMut(Settled<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let open = &mut ending.open;
    let batch = open.first().and_then(|first| first.line.event.batch()).map(str::to_owned);
    let wrong = |said: String, found: &str| {
        let (origin, batch) = (Some(Box::new(placed.origin())), batch.clone().unwrap_or_default());
        Err(Error::BatchMustSumUp { origin, batch, said, found: found.to_owned() })
    };
    match (&placed.line.event, &batch) {
        (Event::BatchCommitted(committed), _) => {
            let summed = sum_up(&committed.batch, open.iter().map(|placed| &placed.line.event))?;
            if batch.as_deref() != Some(&committed.batch) || summed != *committed {
                return wrong(in_words(committed), &in_words(&summed));
            }
            for placed in open.drain(..).chain([placed]) {
                take(Settled::Counts(&placed))?;
            }
        }
        (Event::BatchAborted(aborted), _) => {
            if batch.as_deref() != Some(&aborted.batch) || aborted.count as usize != open.len() {
                return wrong(
                    format!("{} lines of `{}`", aborted.count, aborted.batch),
                    "another number of lines",
                );
            }
            for placed in open.drain(..) {
                take(Settled::Burnt(&placed))?;
            }
            take(Settled::Counts(&placed))?;
        }
        (event, None) => match event.batch() {
            Some(_) => open.push(placed),
            None => take(Settled::Counts(&placed))?,
        },
        (event, Some(batch)) if event.batch() == Some(batch) => open.push(placed),
        (event, Some(_)) => {
            let said = format!("`{}`", event.batch().unwrap_or_else(|| event.kind()));
            return wrong(said, "that the batch has not ended");
        }
    }
    Ok(())
}

/// The end of a batch.
pub(crate) fn sum_up<'a>(
    batch: &str,
    events: impl IntoIterator<Item = &'a Event>,
) -> Result<BatchCommitted, avgift::Error> {
    let mut numbers: Vec<InvoiceNumber> = Vec::new();
    let (mut count, mut sum) = (0, Sek::ZERO);
    for event in events {
        count += 1;
        sum = sum.plus(event.amount())?;
        numbers.extend(event.numbered().map(|(_, number)| number));
    }
    let (first, last) = (numbers.first().copied(), numbers.last().copied());
    Ok(BatchCommitted { batch: batch.to_owned(), count, sum, first, last })
}

fn in_words(committed: &BatchCommitted) -> String {
    let number =
        |number: Option<InvoiceNumber>| number.map_or("none".to_owned(), |number| number.to_string());
    let BatchCommitted { batch, count, sum, first, last } = committed;
    let (lines, ore) = (if *count == 1 { "line" } else { "lines" }, sum.ore());
    format!("{count} {lines} of `{batch}`, {ore} öre, numbers {} to {}", number(*first), number(*last))
}

/// The lines of a file, a block at a time.
struct Lines<'a, F> {
    folder: &'a F,
    buffer: VecDeque<u8>,
    read: u64,
    /// No further than the file was when it was opened: another may be writing.
    length: u64,
}

enum Next {
    Line(Vec<u8>),
    /// What is left has no LF.
    End,
    TooLong,
}

impl<F: Folder> Lines<'_, F> {
    fn next(&mut self) -> std::io::Result<Next> {
        let mut searched = 0;
        loop {
            let found = self.buffer.iter().skip(searched).position(|byte| *byte == b'\n');
            if let Some(at) = found {
                let line = self.buffer.drain(..searched + at).collect();
                self.buffer.pop_front();
                return Ok(Next::Line(line));
            }
            searched = self.buffer.len();
            if searched > LONGEST_LINE {
                return Ok(Next::TooLong);
            }
            let more = usize::try_from(self.length - self.read).unwrap_or(BLOCK).min(BLOCK);
            let mut block = vec![0; more];
            let read = if more == 0 { 0 } else { self.folder.read_at(JOURNAL, self.read, &mut block)? };
            if read == 0 {
                return Ok(Next::End);
            }
            self.read += read as u64;
            self.buffer.extend(&block[..read]);
        }
    }
}
