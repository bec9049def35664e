//! Conflict: two journals in one folder, as a service that keeps folders alike leaves them when two machines wrote at once.
//! Told:    the line at which they part, what each issued after it, and what of that was sent. Which one holds is for a person:
//!          the one whose documents were sent.
//! Errors:  those of reading a journal, for either.

use std::collections::BTreeSet;
use std::io;

use avgift::Sek;
use avgift_journal::{Event, Folder, JOURNAL, Line, Locked, Seal, read_each};

use crate::error::Error;

/// A number that one of the two gave after they parted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// `GR-20240036`.
    pub number: String,
    /// To whom; of a credit note, the invoice that it takes back.
    pub to: String,
    /// How much; credits below nothing.
    pub amount: Sek,
    /// Whether it is recorded as sent.
    pub is_sent: bool,
}

/// What one of the two holds after they parted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Branch {
    /// The name of its file.
    pub file: String,
    /// Its lines after the parting.
    pub lines: u64,
    /// The numbers that it gave.
    pub given: Vec<Given>,
    /// Payments that it registered.
    pub payments: u64,
}

/// Two journals that part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parted {
    /// The first line that they do not have alike; where one is the beginning of the other, the line after its end.
    pub at: u64,
    /// What `journal.jsonl` holds.
    pub ours: Branch,
    /// What the copy holds.
    pub theirs: Branch,
    /// The numbers that both gave.
    pub twice: Vec<String>,
}

/// Holds `journal.jsonl` to a copy of it that lies beside it.
///
/// # Errors
/// Those of reading either.
pub fn parted(folder: &impl Folder, copy: &str) -> Result<Parted, Error> {
    let (ours, theirs) = (seals(folder, JOURNAL)?, seals(folder, copy)?);
    let alike = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count() as u64;
    let (ours, theirs) = (branch(folder, JOURNAL, alike)?, branch(folder, copy, alike)?);
    let numbers: BTreeSet<&str> = ours.given.iter().map(|given| &*given.number).collect();
    let twice = theirs.given.iter().map(|given| &*given.number).filter(|number| numbers.contains(number));
    let twice = twice.map(str::to_owned).collect();
    Ok(Parted { at: alike + 1, ours, theirs, twice })
}

/// The seals of the lines that count.
fn seals(folder: &impl Folder, file: &str) -> Result<Vec<(u64, Seal)>, Error> {
    let mut seals = Vec::new();
    read_each(&Alone { folder, file }, |line: &Line, seal| -> Result<(), Error> {
        seals.push((line.seq, seal));
        Ok(())
    })?;
    Ok(seals)
}

fn branch(folder: &impl Folder, file: &str, alike: u64) -> Result<Branch, Error> {
    let mut branch = Branch { file: file.to_owned(), ..Branch::default() };
    let mut counted = 0;
    read_each(&Alone { folder, file }, |line: &Line, _| -> Result<(), Error> {
        counted += 1;
        if counted <= alike {
            return Ok(());
        }
        branch.lines += 1;
        let (to, number) = match &line.event {
            Event::InvoiceIssued(event) => {
                (event.payer.clone(), format!("{}-{}", event.series, event.number))
            }
            Event::CreditIssued(event) => (
                format!("{}-{}", event.credits_series(), event.credits),
                format!("{}-{}", event.series, event.number),
            ),
            Event::DocumentSent(event) => {
                let sent = format!("{}-{}", event.series, event.number);
                let found = branch.given.iter_mut().find(|given| given.number == sent);
                found.into_iter().for_each(|given| given.is_sent = true);
                return Ok(());
            }
            Event::PaymentRegistered(_) => {
                branch.payments += 1;
                return Ok(());
            }
            _ => return Ok(()),
        };
        branch.given.push(Given { number, to, amount: line.event.amount(), is_sent: false });
        Ok(())
    })?;
    Ok(branch)
}

/// One journal of a folder, as if nothing lay beside it. It is read and never written.
#[derive(Debug)]
struct Alone<'a, F> {
    folder: &'a F,
    file: &'a str,
}

fn read_only<T>() -> io::Result<T> {
    Err(io::ErrorKind::ReadOnlyFilesystem.into())
}

impl<F: Folder> Folder for Alone<'_, F> {
    type Lock = F::Lock;

    fn lock(&self, _: &str, _: &str) -> io::Result<Locked<F::Lock>> {
        read_only()
    }

    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        if name == JOURNAL { self.folder.length(self.file) } else { Ok(None) }
    }

    fn read_at(&self, name: &str, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        if name == JOURNAL { self.folder.read_at(self.file, at, buffer) } else { Ok(0) }
    }

    fn names(&self, _: &str) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }

    fn append(&self, _: &str, _: &[u8]) -> io::Result<()> {
        read_only()
    }

    fn sync(&self, _: &str) -> io::Result<()> {
        read_only()
    }

    fn truncate(&self, _: &str, _: u64) -> io::Result<()> {
        read_only()
    }

    fn write(&self, _: &str, _: &[u8]) -> io::Result<()> {
        read_only()
    }

    fn rename(&self, _: &str, _: &str) -> io::Result<()> {
        read_only()
    }

    fn make_folder(&self, _: &str) -> io::Result<()> {
        read_only()
    }

    fn sync_folder(&self, _: &str) -> io::Result<()> {
        read_only()
    }
}
