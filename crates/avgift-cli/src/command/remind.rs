//! remind: a letter to who has not paid in time: what is open, what lateness costs where the host charges it.

use std::collections::BTreeMap;
use std::path::Path;

use avgift::{Language, Refusal, Sek};
use avgift_invoice::{LetterWords, Letterhead, Reminder};
use avgift_journal::{Journal, Reading};
use avgift_ledger::{Held, HeldBack, Ledger, Letter, ReminderPlan, Rendered, remind, tolerance};
use avgift_network::{Network, note_each_once};
use serde::Serialize;

use super::paper::{Paper, PrintedLetter};
use super::pay::{Ground, shown};
use super::recording::{Answer, ask, tell_recovery};
use super::{Opened, json, refused};
use crate::args::Remind;
use crate::table::{self, Align};
use crate::{Done, Refused};

/// What came of it.
#[derive(Serialize)]
struct Summary<'a> {
    date: String,
    letters: Vec<Row<'a>>,
    held_back: Vec<HeldRow>,
    /// The seal of the last line, where something was recorded.
    head: Option<String>,
}

#[derive(Serialize)]
struct Row<'a> {
    name: String,
    #[serde(flatten)]
    reminder: &'a Reminder,
}

#[derive(Serialize)]
struct HeldRow {
    invoice: String,
    /// The payment that waits.
    payment: Option<String>,
    /// The day of the last letter.
    reminded_on: Option<String>,
}

pub(super) fn run(
    opened: &Opened<Network>,
    dir: &Path,
    args: &Remind,
    language: Language,
) -> Result<Done, Refused> {
    let network = &opened.network;
    let with_texts = |faults| refused(&opened.folder, faults);
    let ground = Ground::of(network, dir, &args.recording)?;
    let Ground { disk, opening, reading: Reading { state, head, .. }, known, mut said } = ground;
    let date = args.date.unwrap_or_else(|| opening.stamp.at.date_naive());
    let tolerance = tolerance(network).map_err(|error| error.refusal())?;
    let ledger = Ledger::new(&disk, &state);
    let plan = ReminderPlan::of(&ledger, &known, network, tolerance, head.seal, date).map_err(with_texts)?;
    let desks = Desks::of(network, &plan, !args.no_pdf).map_err(with_texts)?;
    let faults = desks.check(&plan.letters)?;
    if !faults.is_empty() {
        return Err(with_texts(faults));
    }

    let mut text = table(&plan, language);
    let count = plan.letters.len();
    let mut now = None;
    let answer = match count {
        0 => Answer::Stop(""),
        _ => ask(&args.recording, &mut text, &language.tell("ask-remind", &[("count", &count.to_string())]))?,
    };
    match answer {
        Answer::Stop(why) => said += why,
        Answer::Go => {
            let journal = Journal::open(disk.clone(), opening).map_err(|error| error.refusal())?;
            tell_recovery(&journal, &mut said);
            let journal =
                remind(journal, &plan, |letters| desks.write(letters)).map_err(|stopped| Refused {
                    done: (stopped.issued > 0).then(|| {
                        format!(
                            "{} were written before it; the same command goes on with the rest",
                            stopped.issued
                        )
                    }),
                    ..with_texts(stopped.refusals)
                })?;
            let head = journal.finish().map_err(|error| error.refusal())?;
            said += &format!("recorded, and written below documents; head {}\n", head.seal.short());
            now = Some(head.seal.to_string());
        }
    }
    let out = if args.json { json(&summary(&plan, now))? } else { text };
    let mut done = opened.done(out);
    done.said += &said;
    done.said.extend(plan.held.iter().map(held_back));
    done.said += &match count {
        1 => "1 reminder\n".to_owned(),
        _ => format!("{count} reminders\n"),
    };
    Ok(done)
}

fn held_back(held: &Held) -> String {
    let invoice = format!("{}-{}", held.series, held.number);
    match &held.why {
        HeldBack::PaymentWaits(id) => format!(
            "{invoice}: held back, since payment {id} may be for it; decide on it with `avgift pay assign {id} …`\n"
        ),
        HeldBack::RemindedOn(date) => format!("{invoice}: held back, since it was reminded of on {date}\n"),
    }
}

fn summary(plan: &ReminderPlan, head: Option<String>) -> Summary<'_> {
    let row = |letter| -> Row<'_> {
        let letter: &Letter = letter;
        Row { name: letter.name(), reminder: &letter.reminder }
    };
    let held = |held: &Held| HeldRow {
        invoice: format!("{}-{}", held.series, held.number),
        payment: match &held.why {
            HeldBack::PaymentWaits(id) => Some(id.clone()),
            HeldBack::RemindedOn(_) => None,
        },
        reminded_on: match held.why {
            HeldBack::RemindedOn(date) => Some(date.to_string()),
            HeldBack::PaymentWaits(_) => None,
        },
    };
    Summary {
        date: plan.date.to_string(),
        letters: plan.letters.iter().map(row).collect(),
        held_back: plan.held.iter().map(held).collect(),
        head,
    }
}

fn table(plan: &ReminderPlan, language: Language) -> String {
    if plan.letters.is_empty() {
        return String::new();
    }
    let header = [
        (language.say("paper-number"), Align::Left),
        (language.say("column-payer"), Align::Left),
        (language.say("column-days-past-due"), Align::Right),
        (language.say("column-reminder"), Align::Right),
        (language.say("column-open"), Align::Right),
        (language.say("ledger-interest"), Align::Right),
        (language.say("ledger-reminder-fee"), Align::Right),
        (language.say("column-amount-due"), Align::Right),
    ];
    let charge = |amount: Sek| if amount == Sek::ZERO { String::new() } else { amount.text(language) };
    let row = |letter: &Letter| {
        let reminder = &letter.reminder;
        vec![
            format!("{}-{}", letter.series, reminder.invoice),
            shown(reminder.buyer.name.as_str()),
            (plan.date - reminder.due_date).num_days().to_string(),
            reminder.ordinal.to_string(),
            reminder.open.text(language),
            charge(reminder.charges.interest_due()),
            charge(reminder.charges.fee),
            reminder.amount_due.text(language),
        ]
    };
    table::render(&header, plan.letters.iter().map(row).collect(), None)
}

/// A printer for the letterhead of each series; none where nothing is printed.
struct Desks {
    papers: BTreeMap<String, Option<Paper>>,
}

impl Desks {
    fn of(network: &Network, plan: &ReminderPlan, prints: bool) -> Result<Desks, Vec<Refusal>> {
        let plain = Letterhead::default();
        let mut papers = BTreeMap::new();
        for letter in &plan.letters {
            if !papers.contains_key(&letter.series) {
                let agreement = network.agreement_of(&letter.series);
                let letterhead = agreement.map_or(&plain, |agreement| agreement.letterhead());
                papers.insert(letter.series.clone(), Paper::new(letterhead, prints)?);
            }
        }
        Ok(Desks { papers })
    }

    fn paper(&self, letter: &Letter) -> Option<&Paper> {
        self.papers.get(&letter.series)?.as_ref()
    }

    /// What of the letters cannot be printed.
    fn check(&self, letters: &[Letter]) -> Result<Vec<Refusal>, Refusal> {
        let mut faults = Vec::new();
        for letter in letters {
            if let Some(paper) = self.paper(letter) {
                let checked = paper.check_letter(&printed(letter)?);
                note_each_once(&mut faults, checked.err().unwrap_or_default());
            }
        }
        Ok(faults)
    }

    /// The files of letters: a PDF with the figures for programs inside; without a printer text, and JSON beside it.
    fn write(&self, letters: &[Letter]) -> Result<Vec<Rendered>, Vec<Refusal>> {
        let mut files: Vec<Rendered> = Vec::with_capacity(letters.len());
        files.resize_with(letters.len(), Vec::new);
        for (series, paper) in &self.papers {
            let mut printed_of = Vec::new();
            let places = (0..letters.len()).filter(|place| letters[*place].series == *series);
            let places: Vec<usize> = places.collect();
            for place in &places {
                printed_of.push(printed(&letters[*place]).map_err(|fault| vec![fault])?);
            }
            match paper {
                Some(paper) => {
                    for (place, pdf) in places.iter().zip(paper.print_letters(&printed_of)?) {
                        files[*place] = vec![(".pdf", pdf)];
                    }
                }
                None => {
                    for (place, printed) in places.iter().zip(printed_of) {
                        let text = LetterWords::of(printed.reminder).text();
                        files[*place] = vec![(".txt", text.into_bytes()), (".json", printed.bytes)];
                    }
                }
            }
        }
        Ok(files)
    }
}

fn printed(letter: &Letter) -> Result<PrintedLetter<'_>, Refusal> {
    let bytes = json(&letter.reminder)?.into_bytes();
    Ok(PrintedLetter { reminder: &letter.reminder, name: format!("{}.json", letter.name()), bytes })
}
