//! recording: what every command that writes to the journal does: who and when, the question, the documents.

use avgift::Refusal;
use avgift_invoice::{DocumentId, Letterhead};
use avgift_journal::{Disk, Journal, Opening, Reading, Stamp};
use avgift_ledger::{Rendered, Sheet};
use avgift_network::{AgreementVersion, Network, note_each_once};
use avgift_peppol::to_ubl;

use super::json;
use super::paper::{Paper, Printed};
use crate::Refused;
use crate::args::{Recording, StampArgs};
use crate::error::Error;
use crate::world;

/// The program, as the journal names it.
pub(super) const TOOL: &str = concat!("avgift ", env!("CARGO_PKG_VERSION"));

/// Who does it, and when.
pub(super) fn stamp(args: &StampArgs) -> Stamp {
    let by = args.by.clone().unwrap_or_else(world::user);
    Stamp { by, at: args.at.unwrap_or_else(world::now), tool: TOOL.to_owned() }
}

/// The journal as it stands, to plan on: an interrupted run is finished before, unless nothing may be written.
pub(super) fn read(
    disk: &Disk,
    opening: &Opening,
    is_dry: bool,
    said: &mut String,
) -> Result<Reading, Refusal> {
    let reading = Reading::of(disk).map_err(|error| error.refusal())?;
    if !reading.is_interrupted {
        return Ok(reading);
    }
    if is_dry {
        said.push_str(
            "an earlier run was interrupted; the next one that records finishes it before anything else\n",
        );
        return Ok(reading);
    }
    let journal = Journal::open(disk.clone(), opening.clone()).map_err(|error| error.refusal())?;
    tell_recovery(&journal, said);
    journal.finish().map_err(|error| error.refusal())?;
    Reading::of(disk).map_err(|error| error.refusal())
}

/// What was done about an interrupted run.
pub(super) fn tell_recovery(journal: &Journal<Disk>, said: &mut String) {
    for message in journal.recovery().messages() {
        said.push_str(&message);
        said.push('\n');
    }
}

/// Who opens the journal of a network, under a host.
pub(super) fn opening(network: &Network, host: &AgreementVersion, stamp: Stamp) -> Opening {
    let orgnr = host.seller().map(|seller| seller.organisation_number.to_string()).unwrap_or_default();
    Opening { stamp, machine: world::machine(), org: network.name().to_owned(), orgnr }
}

/// What is to be done now that the plan is shown.
pub(super) enum Answer {
    /// It is recorded.
    Go,
    /// It is not, and this is said.
    Stop(&'static str),
}

/// Asks, unless told not to.
pub(super) fn ask(args: &Recording, shown: &mut String, question: &str) -> Result<Answer, Refused> {
    if args.dry_run {
        return Ok(Answer::Stop("dry run: nothing was recorded\n"));
    }
    if args.yes {
        return Ok(Answer::Go);
    }
    let Some(agrees) = world::ask(shown, question) else {
        let out = Some(std::mem::take(shown));
        return Err(Refused { out, ..Error::AnswerMustBeGiven.refusal().into() });
    };
    // Who saw it with the question need not see it again.
    if world::prints_to_a_terminal() {
        shown.clear();
    }
    Ok(if agrees { Answer::Go } else { Answer::Stop("nothing was recorded\n") })
}

/// Writes documents under one letterhead: XML for who takes it, PDF where the program prints, else JSON.
pub(super) struct Office {
    paper: Option<Paper>,
}

impl Office {
    /// An office with a letterhead, and a printer if one is wanted.
    pub(super) fn new(letterhead: &Letterhead, prints: bool) -> Result<Office, Vec<Refusal>> {
        Ok(Office { paper: Paper::new(letterhead, prints)? })
    }

    /// What of documents cannot be written, before a number is given.
    pub(super) fn check(&self, sheets: &[Sheet<'_>]) -> Vec<Refusal> {
        let mut faults = Vec::new();
        for sheet in sheets {
            match self.machine_readable(sheet) {
                Ok((name, bytes)) => {
                    let printed = self.printed(sheet, name, &bytes);
                    let checked = self.paper.as_ref().map_or(Ok(()), |paper| paper.check(&printed));
                    note_each_once(&mut faults, checked.err().unwrap_or_default());
                }
                Err(more) => note_each_once(&mut faults, more),
            }
        }
        faults
    }

    /// The files of documents.
    pub(super) fn write(&self, sheets: &[Sheet<'_>]) -> Result<Vec<Rendered>, Vec<Refusal>> {
        let mut files = Vec::with_capacity(sheets.len());
        for sheet in sheets {
            files.push(self.machine_readable(sheet)?);
        }
        let mut rendered: Vec<Rendered> = Vec::with_capacity(sheets.len());
        if let Some(paper) = &self.paper {
            let printed: Vec<Printed<'_>> = sheets
                .iter()
                .zip(&files)
                .map(|(sheet, (ending, bytes))| self.printed(sheet, ending, bytes))
                .collect();
            paper.print(&printed, |_, pdf| {
                rendered.push(vec![(".pdf", pdf.to_vec())]);
                Ok(())
            })?;
        }
        rendered.resize_with(sheets.len(), Vec::new);
        for ((ending, bytes), rendered) in files.into_iter().zip(&mut rendered) {
            // Who takes no electronic invoice gets the PDF, in which the JSON lies.
            if ending == ".xml" || rendered.is_empty() {
                rendered.push((ending, bytes));
            }
        }
        Ok(rendered)
    }

    /// The file for machines: the electronic invoice, or JSON for who has no electronic address.
    fn machine_readable(&self, sheet: &Sheet<'_>) -> Result<(&'static str, Vec<u8>), Vec<Refusal>> {
        if self.paper.is_some() && sheet.document.content().buyer.electronic_address.is_none() {
            let text = match sheet.document {
                avgift_invoice::Document::Invoice(invoice) => json(invoice),
                avgift_invoice::Document::CreditNote(credit_note) => json(credit_note),
            };
            return text.map(|text| (".json", text.into_bytes())).map_err(|fault| vec![fault]);
        }
        let xml = to_ubl(sheet.document)
            .map_err(|errors| errors.iter().map(avgift_peppol::Error::refusal).collect::<Vec<_>>())?;
        Ok((".xml", xml.into_bytes()))
    }

    fn printed<'a>(&self, sheet: &'a Sheet<'_>, ending: &str, bytes: &'a [u8]) -> Printed<'a> {
        let explanations = sheet.explanations.clone();
        let name = match sheet.document.id() {
            DocumentId::Issued(_) => format!("{}{ending}", sheet.name),
            DocumentId::Draft(name) => format!("{name}{ending}"),
        };
        Printed { document: sheet.document, explanations, name, bytes }
    }
}
