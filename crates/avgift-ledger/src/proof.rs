//! Proof: everything that can be proved of a journal, in one go, each fault with its place and the first one first.
//! Checked: what the journal proves of itself (seals, series, batches, documents, a printed head), then every amount anew.
//! Errors:  those of `avgift_journal::verify` and of `recompute`. Where the chain itself breaks, no more is told: what comes
//!          after it has no ground.

use std::collections::BTreeMap;

use avgift::{Origin, Refusal};
use avgift_journal::{
    DocumentSeal, Error as JournalError, Folder, JOURNAL, Line, Seal, State, Verified, read_each, verify,
};

use crate::error::Error;
use crate::recompute::{Recomputed, recompute};

/// What was found to hold.
#[derive(Debug)]
pub struct Proof {
    /// What the journal proves of itself.
    pub verified: Verified,
    /// What was computed anew and came out the same.
    pub recomputed: Recomputed,
    /// What the events come to.
    pub state: State,
}

/// Proves a journal; `printed` is its head as it was printed, 16 digits or more.
///
/// # Errors
/// Every difference, in the order of the journal's lines.
pub fn prove(folder: &impl Folder, printed: Option<&str>) -> Result<Proof, Vec<Refusal>> {
    let verified = match verify_placed(folder, printed) {
        Err(faults) if faults.iter().any(|fault| is_of_the_chain(fault.code)) => return Err(faults),
        verified => verified,
    };
    match (verified, recompute(folder)) {
        (Ok((verified, state)), Ok(recomputed)) => Ok(Proof { verified, recomputed, state }),
        (verified, recomputed) => {
            let mut faults = verified.err().unwrap_or_default();
            faults.extend(recomputed.err().unwrap_or_default());
            // What has no line of its own stands last. The sort is stable.
            faults.sort_by_key(|fault| fault.places.first().map_or(u32::MAX, |place| place.origin.line));
            Err(faults)
        }
    }
}

/// The journal's own checks; a document is told with the line that seals it.
///
/// # Errors
/// Those of `avgift_journal::verify`.
pub fn verify_placed(folder: &impl Folder, printed: Option<&str>) -> Result<(Verified, State), Vec<Refusal>> {
    verify(folder, printed).map_err(|faults| placed(folder, &faults))
}

/// The refusals of faults that `avgift_journal::verify` found, in their order; a document has the place where it is sealed.
pub fn placed(folder: &impl Folder, faults: &[JournalError]) -> Vec<Refusal> {
    let name = |fault: &JournalError| match fault {
        JournalError::DocumentMustBeAsIssued { document, .. } => Some(document.clone()),
        _ => None,
    };
    let mut places: BTreeMap<String, Option<Origin>> =
        faults.iter().filter_map(name).map(|name| (name, None)).collect();
    if !places.is_empty() {
        // A journal that cannot be read again a moment later leaves the documents without their places.
        let _ = find_seals(folder, &mut places);
    }
    let placed = |fault: &JournalError| {
        let origin = name(fault).and_then(|name| places.get(&name)?.clone());
        fault.refusal().at(origin.as_ref(), "sealed here")
    };
    faults.iter().map(placed).collect()
}

/// Where each of these documents is sealed.
fn find_seals(folder: &impl Folder, places: &mut BTreeMap<String, Option<Origin>>) -> Result<(), Error> {
    read_each(folder, |line: &Line, _| -> Result<(), Error> {
        for sealed in line.event.documents().iter() {
            if let Some(place) = places.get_mut(&sealed.name) {
                *place = Some(place_of(line, &format!("\"{}\"", sealed.name)));
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// The place of a text in its line; the line's beginning where it does not stand there.
pub(crate) fn place_of(line: &Line, pointed: &str) -> Origin {
    let text = line.text();
    let found = text.find(pointed);
    let length = found.map_or(1, |_| count(pointed));
    let column = count(&text[..found.unwrap_or(0)]).saturating_add(1);
    Origin::new(JOURNAL, u32::try_from(line.seq).unwrap_or(u32::MAX), column, length)
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// A document that the same program made again, and that came out otherwise than it was sealed.
pub fn seal_must_agree(line: &Line, sealed: &DocumentSeal, found: Seal) -> Refusal {
    let document =
        line.event.numbered().map_or_else(String::new, |(series, number)| format!("{series}-{number}"));
    let (recorded, found) = (sealed.sha256.short(), found.short());
    let error = Error::RecordMustAgreeWithDocument {
        document,
        field: "the seal of its document",
        key: "documents",
        recorded,
        found,
    };
    error.refusal().at(&place_of(line, &format!("\"{}\"", sealed.name)), "made again from the stored invoice")
}

/// Whether a fault is one of the chain, and not of what lies beside it.
fn is_of_the_chain(code: &str) -> bool {
    !matches!(
        code,
        "document-must-be-as-issued" | "journal-must-know-its-documents" | "head-must-be-in-journal"
    )
}
