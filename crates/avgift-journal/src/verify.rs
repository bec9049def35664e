//! Verify: all that can be checked without the fee's own rule, in one pass.
//! Checked: every line and seal, sequence, batches, series, dates, charges, credits, payments (see `chain` and `state`);
//!          every document against its seal; documents that the journal does not know; a printed head.
//! The last line is sealed by nothing but what was printed of it: that is what the printed head is for.

use crate::chain::{self, Head, Settled};
use crate::error::Error;
use crate::folder::{Folder, unreadable};
use crate::guard::{check_conflict_copies, check_known_documents};
use crate::reading::take;
use crate::seal::{Seal, Sealing};
use crate::state::State;

/// What was found to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How far the journal goes.
    pub head: Head,
    /// How many documents are as they were issued.
    pub documents: u64,
    /// The line that has the printed head, where one was given.
    pub head_at: Option<u64>,
    /// How many bytes stand after the last line that counts: an interrupted run, which the next one finishes.
    pub unfinished: u64,
}

/// Checks a journal and its documents; `printed` is the head as it was printed, 16 digits or more.
///
/// # Errors
/// The first fault of the journal; where it has none, every document that is not as it was issued, every one that it does
/// not know, and a printed head that it never had.
pub fn verify(folder: &impl Folder, printed: Option<&str>) -> Result<(Verified, State), Vec<Error>> {
    check_conflict_copies(folder).map_err(|error| vec![error])?;
    let printed = printed.map(|printed| printed.trim().to_lowercase());
    let mut state = State::new();
    let mut faults = Vec::new();
    let (mut documents, mut head_at) = (0, None);
    let mut check = |settled: Settled<'_>| {
        take(&mut state, &settled)?;
        let (Settled::Counts(placed) | Settled::Burnt(placed)) = &settled;
        if let Some(printed) = &printed
            && printed.len() >= 16
            && placed.seal.to_string().starts_with(printed)
        {
            head_at = Some(placed.line.seq);
        }
        if matches!(settled, Settled::Counts(_)) {
            for sealed in placed.line.event.documents().iter() {
                let found = seal_of(folder, &sealed.name)?;
                if found == Some(sealed.sha256) {
                    documents += 1;
                } else {
                    let (document, is_missing) = (sealed.name.clone(), found.is_none());
                    faults.push(Error::DocumentMustBeAsIssued {
                        document,
                        is_missing,
                        sha256: sealed.sha256,
                    });
                }
            }
        }
        Ok(())
    };
    let ending = chain::read(folder, &mut check).map_err(|error| vec![error])?;
    if let Some(fault) = ending.fault {
        return Err(vec![fault]);
    }
    faults.extend(check_known_documents(folder, &state).err());
    if let (Some(head), None) = (printed, head_at) {
        faults.push(Error::HeadMustBeInJournal { head, newest: ending.head.seal });
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let unfinished = ending.length - ending.head.length;
    Ok((Verified { head: ending.head, documents, head_at, unfinished }, state))
}

/// The seal of a file, read a block at a time; nothing where there is none.
fn seal_of(folder: &impl Folder, name: &str) -> Result<Option<Seal>, Error> {
    let read = || {
        let Some(length) = folder.length(name)? else { return Ok(None) };
        let (mut sealing, mut at, mut block) = (Sealing::default(), 0, vec![0; 1 << 16]);
        while at < length {
            match folder.read_at(name, at, &mut block)? {
                0 => break,
                read => {
                    sealing.add(&block[..read]);
                    at += read as u64;
                }
            }
        }
        std::io::Result::Ok(Some(sealing.seal()))
    };
    read().map_err(|error| unreadable(name, &error))
}
