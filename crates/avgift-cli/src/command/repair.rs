//! repair: mends what can be mended. An interrupted run is finished, a torn end kept and cut, missing documents are made again
//! where they come out as they were sealed. What cannot be mended is told, with how a person does it. Nothing is deleted.

use std::collections::BTreeMap;
use std::path::Path;

use avgift::{Language, Refusal};
use avgift_journal::{
    Disk, DocumentSeal, Error as JournalError, Journal, Line, Opening, Reading, State, read_each, verify,
};
use avgift_ledger::{Branch, Parted, parted, placed};

use super::Opened;
use super::rebuild::{Rebuild, Remade, Why};
use super::recording::{stamp, tell_recovery};
use crate::args::Repair;
use crate::world;
use crate::{Done, Refused};

pub(super) fn run(dir: &Path, args: &Repair, language: Language) -> Result<Done, Refused> {
    let disk = world::journal_of(dir)?;
    let reading = match Reading::of(&disk) {
        Err(JournalError::JournalMustHaveNoConflictCopy { copy, parts_at }) => {
            return Err(conflict(&disk, copy, parts_at, language));
        }
        reading => reading.map_err(|error| error.refusal())?,
    };
    let mut done = Done::with(String::new());
    if args.dry_run {
        if reading.is_interrupted {
            // What is missing is seen only when it is finished.
            done.said += "an interrupted run would be finished\ndry run: nothing was changed\n";
            return Ok(done);
        }
        let (missing, left) = faults(dir, &disk)?;
        for name in missing.made() {
            done.said += &format!("{name} would be made again and put back\n");
        }
        done.said += "dry run: nothing was changed\n";
        return ended(done, missing.told(&disk, &left));
    }
    if reading.head.seq == 0 && !reading.is_interrupted {
        // Opening it would begin a journal's files in a folder that has none.
        let (missing, left) = faults(dir, &disk)?;
        done.out = language.say("journal-is-empty") + "\n";
        return ended(done, missing.told(&disk, &left));
    }
    let mut journal =
        Journal::open(disk.clone(), opening(args, &reading.state)).map_err(|error| error.refusal())?;
    tell_recovery(&journal, &mut done.said);
    let (missing, left) = faults(dir, &disk)?;
    for (seal, remade) in &missing.0 {
        if let Remade::Same(bytes) = remade {
            journal.restore(seal, bytes).map_err(|error| error.refusal())?;
            done.said += &format!("{} was made again from the journal and put back\n", seal.name);
        }
    }
    journal.finish().map_err(|error| error.refusal())?;
    let left = missing.told(&disk, &left);
    if done.said.is_empty() && left.is_empty() {
        done.said += "there was nothing to mend\n";
    }
    ended(done, left)
}

/// What was done, and what is left for a person.
fn ended(done: Done, left: Vec<Refusal>) -> Result<Done, Refused> {
    if left.is_empty() {
        return Ok(done);
    }
    let said = done.said.trim_end().replace('\n', "; ");
    Err(Refused { done: (!said.is_empty()).then_some(said), ..left.into() })
}

/// Whoever repairs goes on with the journal of whoever began it.
fn opening(args: &Repair, state: &State) -> Opening {
    let created = state.created();
    Opening {
        stamp: stamp(&args.stamp),
        machine: world::machine(),
        org: created.map(|created| created.org.clone()).unwrap_or_default(),
        orgnr: created.map(|created| created.orgnr.clone()).unwrap_or_default(),
    }
}

/// Documents that are missing, and what came of making each again.
struct Missing(Vec<(DocumentSeal, Remade)>);

/// What is missing, and every fault that the journal has now.
fn faults(dir: &Path, disk: &Disk) -> Result<(Missing, Vec<JournalError>), Refused> {
    let faults = verify(disk, None).err().unwrap_or_default();
    let missing = |fault: &JournalError| match fault {
        JournalError::DocumentMustBeAsIssued { document, is_missing: true, .. } => Some(document.clone()),
        _ => None,
    };
    let mut wanted: Vec<String> = faults.iter().filter_map(missing).collect();
    wanted.sort();
    if wanted.is_empty() {
        return Ok((Missing(Vec::new()), faults));
    }
    // Without a sound network.toml there is no letterhead, and what machines read is made all the same.
    let opened = Opened::folder(dir)?;
    let mut rebuild = Rebuild::new(opened.network.as_ref().ok());
    let (mut missing, mut refused) = (Vec::new(), Vec::new());
    read_each(disk, |line: &Line, _| -> Result<(), JournalError> {
        let is_wanted = |seal: &DocumentSeal| wanted.binary_search(&seal.name).is_ok();
        if line.event.documents().iter().any(is_wanted) {
            match rebuild.line(line) {
                Ok(remade) => {
                    let wanted = remade.into_iter().filter(|(seal, _)| is_wanted(seal));
                    missing.extend(wanted);
                }
                Err(more) => refused.extend(more),
            }
        }
        Ok(())
    })
    .map_err(|error| error.refusal())?;
    if refused.is_empty() { Ok((Missing(missing), faults)) } else { Err(refused.into()) }
}

impl Missing {
    /// The documents that come out as they were sealed.
    fn made(&self) -> impl Iterator<Item = &str> {
        let made = self.0.iter().filter(|(_, remade)| matches!(remade, Remade::Same(_)));
        made.map(|(seal, _)| seal.name.as_str())
    }

    /// The faults that are left once those documents are in place, each with what helps against it.
    fn told(&self, disk: &Disk, faults: &[JournalError]) -> Vec<Refusal> {
        let remade: BTreeMap<&str, &Remade> =
            self.0.iter().map(|(seal, remade)| (seal.name.as_str(), remade)).collect();
        let of = |fault: &JournalError| match fault {
            JournalError::DocumentMustBeAsIssued { document, is_missing: true, .. } => {
                remade.get(document.as_str()).copied()
            }
            _ => None,
        };
        let refusals = faults.iter().zip(placed(disk, faults));
        let told = refusals.filter_map(|(fault, refusal)| match of(fault) {
            Some(Remade::Same(_)) => None,
            Some(remade) => Some(refusal.mend(how(remade))),
            None => Some(refusal),
        });
        told.collect()
    }
}

/// How a person brings back a document that this program does not make as it was.
fn how(remade: &Remade) -> String {
    match remade {
        Remade::Not(Why::OtherVersion(tool)) => {
            format!("bring it back from a copy, or repair with {tool}, which made it")
        }
        Remade::Not(Why::NoPrinter) => {
            "bring it back from a copy, or repair with an avgift that prints PDF, in a folder with its letterhead"
                .to_owned()
        }
        Remade::Other(_) => "bring it back from a copy; made again it comes out otherwise, since the letterhead or the stored invoice was changed".to_owned(),
        Remade::Not(Why::Letter) | Remade::Same(_) => "bring it back from a copy".to_owned(),
    }
}

/// Two journals: what each has that the other has not.
fn conflict(disk: &Disk, copy: String, parts_at: Option<u64>, language: Language) -> Refused {
    let told = parted(disk, &copy).map(|parted| told(&parted, language));
    let fault = JournalError::JournalMustHaveNoConflictCopy { copy, parts_at }.refusal();
    match told {
        Ok(told) => Refused { out: Some(told), ..fault.into() },
        // One of the two is damaged besides: that is the reason to take the other.
        Err(damage) => Refused::from(vec![fault, damage.refusal()]),
    }
}

fn told(parted: &Parted, language: Language) -> String {
    let line = (parted.at - 1).to_string();
    let mut lines = vec![language.tell("conflict-parts", &[("line", &line)]), String::new()];
    for branch in [&parted.ours, &parted.theirs] {
        lines.extend(branch_told(branch, language));
        lines.push(String::new());
    }
    if !parted.twice.is_empty() {
        lines.push(language.tell("conflict-twice", &[("numbers", &parted.twice.join(", "))]));
    }
    lines.extend([language.say("conflict-keep"), language.say("conflict-anew")]);
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn branch_told(branch: &Branch, language: Language) -> Vec<String> {
    let (lines, payments) = (branch.lines.to_string(), branch.payments.to_string());
    let figures = [("file", &*branch.file), ("lines", &lines), ("payments", &payments)];
    let heading = language.tell("conflict-branch", &figures);
    let given = branch.given.iter().map(|given| {
        let sent = match given.is_sent {
            true => language.say("conflict-sent"),
            false => language.say("conflict-not-sent"),
        };
        format!("  {}  {}  {}  {sent}", given.number, given.to, given.amount.text(language))
    });
    std::iter::once(heading).chain(given).collect()
}
