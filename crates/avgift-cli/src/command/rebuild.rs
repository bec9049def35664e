//! rebuild: the documents of the journal made again from what is stored there.
//! Rule:    the same program makes the same bytes, so a document that comes out otherwise is not of the stored invoice. What
//!          another version made, letters, and what is printed under a letterhead that was changed since, are told apart.

use avgift::Refusal;
use avgift_invoice::{Document, Letterhead};
use avgift_journal::{DocumentSeal, Event, Line, Seal};
use avgift_ledger::{Rendered, Sheet, StoredCredit, StoredInvoice, seal_must_agree};
use avgift_network::Network;
use serde::Serialize;

use super::recording::{Office, TOOL};
use crate::Refused;

/// What came of making a document again.
pub(super) enum Remade {
    /// It is the same, to the byte.
    Same(Vec<u8>),
    /// It is another, by this seal.
    Other(Seal),
    /// It was not made.
    Not(Why),
}

/// Why a document was not made again.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// Another version made it.
    OtherVersion(String),
    /// It is a letter, or nothing that this program makes from the journal alone.
    Letter,
    /// This program was built without PDF, or the folder has no letterhead for it.
    NoPrinter,
}

/// How many documents came out how.
#[derive(Debug, Default, Serialize)]
pub(super) struct Counts {
    pub(super) same: u64,
    /// PDF under another letterhead than when they were issued.
    pub(super) other_letterhead: u64,
    pub(super) other_version: u64,
    pub(super) not_made: u64,
}

/// Makes documents again.
pub(super) struct Rebuild<'a> {
    network: Option<&'a Network>,
    /// An office a series, with a printer or without.
    offices: Vec<(String, bool, Office)>,
}

impl<'a> Rebuild<'a> {
    /// With the letterheads of a network, where there is one to be read.
    pub(super) fn new(network: Option<&'a Network>) -> Rebuild<'a> {
        Rebuild { network, offices: Vec::new() }
    }

    /// Every document of a line.
    pub(super) fn line(&mut self, line: &Line) -> Result<Vec<(DocumentSeal, Remade)>, Vec<Refusal>> {
        let sealed = line.event.documents();
        let all = |why: &Why| sealed.iter().map(|seal| (seal.clone(), Remade::Not(why.clone()))).collect();
        if line.stamp.tool != TOOL {
            return Ok(all(&Why::OtherVersion(line.stamp.tool.clone())));
        }
        let refused = |error: avgift_ledger::Error| vec![error.refusal()];
        let (series, prints) = match &line.event {
            Event::InvoiceIssued(event) => (&event.series, has(&sealed, ".pdf")),
            // A credit note may have a series of its own; its letterhead is that of its invoice.
            Event::CreditIssued(event) => (&event.series, has(&sealed, ".pdf")),
            _ => return Ok(all(&Why::Letter)),
        };
        let can_print =
            cfg!(feature = "pdf") && self.network.is_some_and(|of| of.agreement_of(series).is_some());
        let prints = prints && can_print;
        if !prints && !has(&sealed, ".xml") && !has(&sealed, ".json") {
            return Ok(all(&Why::NoPrinter));
        }
        let office = self.office(series, prints)?;
        let files = match &line.event {
            Event::InvoiceIssued(event) => {
                let stored = StoredInvoice::of(event, &line.stamp).map_err(refused)?;
                let content = &stored.invoice.content;
                let explain = |fee| content.explanation(fee, content.buyer.language);
                let explanations = stored.assessments.iter().map(explain).collect();
                let name = format!("{series}-{}", event.number);
                files(office, Sheet { document: Document::from(&stored.invoice), explanations, name })?
            }
            Event::CreditIssued(event) => {
                let stored = StoredCredit::of(event, &line.stamp).map_err(refused)?;
                let (document, name) =
                    (Document::from(&stored.credit_note), format!("{series}-{}", event.number));
                files(office, Sheet { document, explanations: Vec::new(), name })?
            }
            _ => Vec::new(),
        };
        let remade = |seal: &DocumentSeal| {
            let made = files.iter().find(|(ending, _)| seal.name.ends_with(ending));
            let remade = match made {
                Some((_, bytes)) if Seal::of(bytes) == seal.sha256 => Remade::Same(bytes.clone()),
                Some((_, bytes)) => Remade::Other(Seal::of(bytes)),
                None => Remade::Not(Why::NoPrinter),
            };
            (seal.clone(), remade)
        };
        Ok(sealed.iter().map(remade).collect())
    }

    fn office(&mut self, series: &str, prints: bool) -> Result<&Office, Vec<Refusal>> {
        let met = self.offices.iter().position(|(label, printing, _)| label == series && *printing == prints);
        let at = match met {
            Some(at) => at,
            None => {
                let agreement = self.network.and_then(|network| network.agreement_of(series));
                let plain = Letterhead::default();
                let letterhead = agreement.map_or(&plain, |agreement| agreement.letterhead());
                self.offices.push((series.to_owned(), prints, Office::new(letterhead, prints)?));
                self.offices.len() - 1
            }
        };
        Ok(&self.offices[at].2)
    }

    /// Every document of a line, counted; what is another is a fault, but for a letterhead.
    pub(super) fn hold(&mut self, line: &Line, counts: &mut Counts) -> Result<(), Refused> {
        let mut faults = Vec::new();
        for (seal, remade) in self.line(line)? {
            match remade {
                Remade::Same(_) => counts.same += 1,
                Remade::Other(_) if seal.name.ends_with(".pdf") => counts.other_letterhead += 1,
                Remade::Other(found) => faults.push(seal_must_agree(line, &seal, found)),
                Remade::Not(Why::OtherVersion(_)) => counts.other_version += 1,
                Remade::Not(Why::Letter | Why::NoPrinter) => counts.not_made += 1,
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
    }
}

fn has(sealed: &[DocumentSeal], ending: &str) -> bool {
    sealed.iter().any(|seal| seal.name.ends_with(ending))
}

/// The files of one document.
fn files(office: &Office, sheet: Sheet<'_>) -> Result<Rendered, Vec<Refusal>> {
    Ok(office.write(&[sheet])?.pop().unwrap_or_default())
}
