//! verify: proves the journal, and on demand its documents and what the folder of today would give. Nothing is changed.

use std::path::Path;

use avgift::{FeeYear, Language, PopulationMode, Refusal};
use avgift_journal::{Line, Reading, Verified, read_each};
use avgift_ledger::{Differing, IssuedFees, Ledger, Proof, Recomputed, prove};
use serde::Serialize;

use super::rebuild::{Counts, Rebuild};
use super::{Opened, json};
use crate::args::Verify;
use crate::table::{self, Align};
use crate::world;
use crate::{Done, Refused};

/// What was checked, for machines.
#[derive(Serialize)]
pub(super) struct Checked {
    lines: u64,
    documents: u64,
    head: String,
    /// The line that has the printed head, where one was given.
    head_at: Option<u64>,
    unfinished_bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    fees: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invoices: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_notes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    made_again: Option<Counts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) against_folder: Option<Against>,
}

/// What the folder of today gives.
#[derive(Serialize)]
pub(super) struct Against {
    /// The fee years, and how many fees were issued for each.
    years: Vec<(FeeYear, usize)>,
    differing: Vec<Differing>,
    /// The years that cannot be computed today, and why.
    not_computed: Vec<(FeeYear, String)>,
}

pub(super) fn run(dir: &Path, args: &Verify, language: Language) -> Result<Done, Refused> {
    let disk = world::journal_of(dir)?;
    let proved = prove(&disk, args.head.head.as_deref());
    let Proof { verified, recomputed, state } = proved.map_err(|faults| told(&disk, faults))?;
    let mut checked = Checked::of(&verified, Some(recomputed));
    let mut done = Done::with(String::new());
    if args.rebuild {
        let opened = Opened::folder(dir)?;
        let mut rebuild = Rebuild::new(opened.network.as_ref().ok());
        checked.made_again = Some(remake(&disk, &mut rebuild)?);
    }
    if args.against_folder {
        let opened = Opened::network(dir)?;
        checked.against_folder = Some(against(&opened, &Ledger::new(&disk, &state))?);
        done = opened.done(String::new());
    }
    done.out = if args.json { json(&checked)? } else { checked.text(language) };
    Ok(done)
}

/// The faults; where a run was interrupted they may be its traces, and go with it.
pub(super) fn told(disk: &avgift_journal::Disk, faults: Vec<Refusal>) -> Refused {
    let is_interrupted = Reading::of(disk).is_ok_and(|reading| reading.is_interrupted);
    let done = is_interrupted
        .then(|| "an earlier run was interrupted: `avgift repair` finishes it; then verify again".to_owned());
    Refused { done, ..faults.into() }
}

/// Makes every document again.
fn remake(disk: &avgift_journal::Disk, rebuild: &mut Rebuild<'_>) -> Result<Counts, Refused> {
    let (mut counts, mut refused): (Counts, Option<Refused>) = (Counts::default(), None);
    read_each(disk, |line: &Line, _| -> Result<(), avgift_journal::Error> {
        if line.event.documents().is_empty() {
            return Ok(());
        }
        match (rebuild.hold(line, &mut counts), &mut refused) {
            (Err(more), Some(refused)) => refused.join(more),
            (Err(first), None) => refused = Some(first),
            (Ok(()), _) => {}
        }
        Ok(())
    })
    .map_err(|error| error.refusal())?;
    refused.map_or(Ok(counts), Err)
}

/// Computes every fee year that was issued from the folder as it is today.
pub(super) fn against(
    opened: &Opened<avgift_network::Network>,
    ledger: &Ledger<'_, avgift_journal::Disk>,
) -> Result<Against, Refused> {
    let issued = IssuedFees::of(ledger).map_err(|error| error.refusal())?;
    let mut against = Against { years: Vec::new(), differing: Vec::new(), not_computed: Vec::new() };
    for year in issued.years() {
        match opened.network.assess(year, PopulationMode::Published) {
            Ok(fees) => {
                against.years.push((year, issued.count(year)));
                against.differing.extend(issued.differing(&fees));
            }
            Err(refusals) => {
                let why = refusals.first().map(|refusal| refusal.message.clone()).unwrap_or_default();
                against.not_computed.push((year, why));
            }
        }
    }
    Ok(against)
}

impl Checked {
    pub(super) fn of(verified: &Verified, recomputed: Option<Recomputed>) -> Checked {
        Checked {
            lines: verified.head.seq,
            documents: verified.documents,
            head: verified.head.seal.to_string(),
            head_at: verified.head_at,
            unfinished_bytes: verified.unfinished,
            fees: recomputed.map(|recomputed| recomputed.fees),
            invoices: recomputed.map(|recomputed| recomputed.invoices),
            credit_notes: recomputed.map(|recomputed| recomputed.credit_notes),
            made_again: None,
            against_folder: None,
        }
    }

    /// What was checked, in figures.
    pub(super) fn text(&self, language: Language) -> String {
        if self.lines == 0 {
            return language.say("journal-is-empty") + "\n";
        }
        let counted = |message: &str, count: u64| language.tell(message, &[("count", &count.to_string())]);
        let mut lines = vec![counted("proof-lines", self.lines), counted("proof-documents", self.documents)];
        lines.extend(self.invoices.map(|count| counted("proof-invoices", count)));
        lines.extend(self.credit_notes.map(|count| counted("proof-credit-notes", count)));
        lines.extend(self.fees.map(|count| counted("proof-fees", count)));
        if let Some(counts) = &self.made_again {
            lines.push(counted("proof-made-again", counts.same));
            let seldom = [
                ("proof-other-letterhead", counts.other_letterhead),
                ("proof-other-version", counts.other_version),
                ("proof-not-made", counts.not_made),
            ];
            let some = seldom.into_iter().filter(|(_, count)| *count > 0);
            lines.extend(some.map(|(message, count)| counted(message, count)));
        }
        let (head, line) = (&self.head, self.lines.to_string());
        lines.push(language.tell("journal-head", &[("head", head), ("line", &line)]));
        lines.extend(self.head_at.map(|at| counted("proof-printed-head", at)));
        if self.unfinished_bytes > 0 {
            lines.push(counted("proof-unfinished", self.unfinished_bytes));
        }
        let mut text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        if let Some(against) = &self.against_folder {
            text += "\n";
            text += &against.text(language);
        }
        text
    }
}

impl Against {
    fn text(&self, language: Language) -> String {
        let mut text = String::new();
        for (year, count) in &self.years {
            let of_year = |differing: &&Differing| differing.year == *year;
            let differing = self.differing.iter().filter(of_year).count().to_string();
            let (year, count) = (year.to_string(), count.to_string());
            let figures = [("year", &*year), ("count", &count), ("differing", &differing)];
            text += &(language.tell("against-year", &figures) + "\n");
        }
        for (year, why) in &self.not_computed {
            let year = year.to_string();
            text += &(language.tell("against-not-computed", &[("year", &year), ("why", why)]) + "\n");
        }
        if self.differing.is_empty() {
            return text;
        }
        let header = [
            (language.say("paper-fee-year"), Align::Left),
            (language.say("column-member"), Align::Left),
            (language.say("column-issued"), Align::Right),
            (language.say("column-today"), Align::Right),
            (language.say("column-document"), Align::Left),
        ];
        let amount =
            |amount: Option<avgift::Sek>| amount.map(|amount| amount.text(language)).unwrap_or_default();
        let row = |differing: &Differing| {
            vec![
                differing.year.to_string(),
                format!("{} ({})", differing.name, differing.code),
                amount(differing.issued),
                amount(differing.now),
                differing.document.clone().unwrap_or_default(),
            ]
        };
        text + "\n" + &table::render(&header, self.differing.iter().map(row).collect(), None)
    }
}
