//! pay: payments are registered from the bank's files or by hand; what does not say itself which invoice it is for waits,
//! and a person decides.

mod assign;
mod words;

use std::path::Path;

use avgift::{Language, Refusal, Sek};
use avgift_camt::{BankPayment, ManualEntry, Match};
use avgift_journal::{Disk, Journal, Opening, Reading};
use avgift_ledger::{
    BankInput, FilePlan, ImportPlan, Known, NewPayment, Standing, Waiting, our_accounts, payment_id,
    register, tolerance, waiting,
};
use avgift_network::{AgreementVersion, Network};
use serde::Serialize;

pub(super) use self::words::shown;
use self::words::{clue, outcome, places, reason};
use super::recording::{Answer, ask, opening, read, stamp, tell_recovery};
use super::{Opened, json};
use crate::args::{ByHand, List, Pay, PayVerb, Recording};
use crate::table::{self, Align};
use crate::world::{self, Texts};
use crate::{Done, Refused};

pub(super) fn run(
    opened: &Opened<Network>,
    dir: &Path,
    args: &Pay,
    language: Language,
) -> Result<Done, Refused> {
    match &args.verb {
        None => import(opened, dir, args, language),
        Some(PayVerb::ByHand(args)) => by_hand(opened, dir, args, language),
        Some(PayVerb::List(args)) => list(opened, dir, args, language),
        Some(PayVerb::Assign(args)) => assign::run(opened, dir, args, language),
    }
}

/// A payment that is new.
#[derive(Serialize)]
struct Row<'a> {
    id: String,
    bank_key: String,
    booked: String,
    payer: Option<&'a str>,
    amount: String,
    /// The word of the matching, with what it found.
    found: &'a Match,
}

/// A file and what of it is new.
#[derive(Serialize)]
struct OfFile<'a> {
    file: &'a str,
    sha256: String,
    is_imported: bool,
    registered_before: usize,
    own_payments: usize,
    own_payments_sum: String,
    not_booked: usize,
    new: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Summary<'a> {
    new: usize,
    posted: usize,
    for_a_person: usize,
    files: Vec<OfFile<'a>>,
    /// The seal of the last line, where something was recorded.
    head: Option<String>,
}

/// The agreement whose name stands on a journal that begins with a payment.
fn newest(network: &Network) -> Option<&AgreementVersion> {
    network.agreements().iter().max_by_key(|agreement| agreement.host().period.from)
}

/// The journal as it stands, and what it knows.
pub(super) struct Ground {
    pub(super) disk: Disk,
    pub(super) opening: Opening,
    pub(super) reading: Reading,
    pub(super) known: Known,
    /// What there is to say so far.
    pub(super) said: String,
}

impl Ground {
    pub(super) fn of(network: &Network, dir: &Path, recording: &Recording) -> Result<Ground, Refusal> {
        let (stamp, disk, mut said) = (stamp(&recording.stamp), Disk::new(dir), String::new());
        let opening = match newest(network) {
            Some(agreement) => opening(network, agreement, stamp),
            None => Opening {
                stamp,
                machine: world::machine(),
                org: network.name().to_owned(),
                orgnr: String::new(),
            },
        };
        let reading = read(&disk, &opening, recording.dry_run, &mut said)?;
        let known = Known::read(&disk).map_err(|error| error.refusal())?;
        Ok(Ground { disk, opening, reading, known, said })
    }
}

fn import(opened: &Opened<Network>, dir: &Path, args: &Pay, language: Language) -> Result<Done, Refused> {
    let network = &opened.network;
    let mut files = Vec::with_capacity(args.files.len());
    for path in &args.files {
        files.push((crate::shown(path), world::read_bank_file(path)?));
    }
    let texts = || files.iter().fold(Texts::default(), |texts, (name, bytes)| texts.with(name, bytes));
    let ground = Ground::of(network, dir, &args.recording)?;
    let inputs: Vec<BankInput<'_>> = files.iter().map(|(name, bytes)| BankInput { name, bytes }).collect();
    let tolerance = tolerance(network).map_err(|error| error.refusal())?;
    let Reading { state, head, .. } = &ground.reading;
    let ours = our_accounts(network);
    let plan = ImportPlan::of(state, head.seal, &ground.known, &ours, tolerance, &inputs)
        .map_err(|refusals| Refused { texts: texts(), ..Refused::from(refusals) })?;
    let mut done = carry_out(opened, ground, &plan, &args.recording, args.json, language)?;
    done.texts.join(texts());
    Ok(done)
}

fn by_hand(opened: &Opened<Network>, dir: &Path, args: &ByHand, language: Language) -> Result<Done, Refused> {
    let network = &opened.network;
    let mut entry = ManualEntry::new(args.date, args.amount).ordinal(args.nr);
    if let Some(ocr) = &args.ocr {
        entry = entry.reference(ocr.as_str());
    }
    if let Some(payer) = &args.payer {
        entry = entry.payer(payer.as_str());
    }
    if let Some(text) = &args.text {
        entry = entry.text(text.as_str());
    }
    let payment = BankPayment::from(entry);
    let ground = Ground::of(network, dir, &args.recording)?;
    let Reading { state, head, .. } = &ground.reading;
    let plan = tolerance(network)
        .and_then(|tolerance| ImportPlan::by_hand(state, head.seal, &ground.known, tolerance, &payment))
        .map_err(|error| error.refusal())?;
    let is_known = plan.count() == 0;
    let mut done = carry_out(opened, ground, &plan, &args.recording, args.json, language)?;
    if is_known {
        done.said += "the same payment was entered before; `--nr 2` enters a second one\n";
    }
    Ok(done)
}

/// Shows the plan, asks, and registers what is new.
fn carry_out(
    opened: &Opened<Network>,
    ground: Ground,
    plan: &ImportPlan,
    recording: &Recording,
    as_json: bool,
    language: Language,
) -> Result<Done, Refused> {
    let Ground { disk, opening, known, mut said, .. } = ground;
    let mut text = table(plan, &known, language);
    let count = plan.count();
    let mut summary = summary(plan);
    let answer = match count {
        0 => Answer::Stop(""),
        _ => ask(recording, &mut text, &language.tell("ask-pay", &[("count", &count.to_string())]))?,
    };
    match answer {
        Answer::Stop(why) => said += why,
        Answer::Go => {
            let journal = Journal::open(disk, opening).map_err(|error| error.refusal())?;
            tell_recovery(&journal, &mut said);
            let journal = register(journal, plan).map_err(|stopped| Refused {
                done: (stopped.issued > 0).then(|| {
                    format!(
                        "{} were registered before it; the same command goes on with the rest",
                        stopped.issued
                    )
                }),
                ..Refused::from(stopped.refusals)
            })?;
            let head = journal.finish().map_err(|error| error.refusal())?;
            summary.head = Some(head.seal.to_string());
            said += &format!("registered; head {}\n", head.seal.short());
        }
    }
    let mut done = opened.done(if as_json { json(&summary)? } else { text });
    done.warnings.extend(plan.files.iter().flat_map(|file| file.warnings.iter().cloned()));
    done.said += &said;
    for file in &plan.files {
        done.said += &told(file);
    }
    Ok(done)
}

/// What there is to say of a file: new, known, passed over.
fn told(file: &FilePlan) -> String {
    let name = shown(&file.file);
    let mut lines = match file.standing {
        Standing::Imported => return format!("{name}: already imported, 0 new\n"),
        Standing::Begun(_) => format!("{name}: its import was interrupted, and goes on\n"),
        Standing::New => String::new(),
    };
    if file.own.0 > 0 {
        let (count, sum) = (file.own.0, file.own.1.text(Language::English));
        lines += &match count {
            1 => format!("{name}: a payment of ours, {sum}, is passed over\n"),
            _ => format!("{name}: {count} payments of ours, {sum} together, are passed over\n"),
        };
    }
    if file.not_booked > 0 {
        lines += &match file.not_booked {
            1 => format!("{name}: an entry is not booked yet, and passed over\n"),
            count => format!("{name}: {count} entries are not booked yet, and passed over\n"),
        };
    }
    let posted = file.new.iter().filter(|new| new.posts_itself()).count();
    let waits = file.new.len() - posted;
    match file.new.len() {
        0 => lines += &format!("{name}: 0 new, {} registered before\n", file.known),
        new => {
            lines += &format!(
                "{name}: {new} new ({posted} posted, {waits} for a person), {} registered before\n",
                file.known
            );
        }
    }
    lines
}

fn summary(plan: &ImportPlan) -> Summary<'_> {
    let posted = plan.new_payments().filter(|new| new.posts_itself()).count();
    Summary {
        new: plan.count(),
        posted,
        for_a_person: plan.count() - posted,
        files: plan.files.iter().map(of_file).collect(),
        head: None,
    }
}

fn of_file(file: &FilePlan) -> OfFile<'_> {
    OfFile {
        file: &file.file,
        sha256: file.sha256.to_string(),
        is_imported: file.standing == Standing::Imported,
        registered_before: file.known,
        own_payments: file.own.0,
        own_payments_sum: file.own.1.to_string(),
        not_booked: file.not_booked,
        new: file.new.iter().map(row).collect(),
    }
}

fn row(new: &NewPayment) -> Row<'_> {
    let payment = &new.payment;
    Row {
        id: payment_id(payment.bank_key.as_str()),
        bank_key: payment.bank_key.to_string(),
        booked: payment.booked.to_string(),
        payer: payment.payer_name.as_deref(),
        amount: payment.signed().to_string(),
        found: &new.found,
    }
}

fn table(plan: &ImportPlan, known: &Known, language: Language) -> String {
    if plan.count() == 0 {
        return String::new();
    }
    let header = [
        (language.say("paper-payment"), Align::Left),
        (language.say("register-booked"), Align::Left),
        (language.say("column-payer"), Align::Left),
        (language.say("paper-amount"), Align::Right),
        (language.say("column-outcome"), Align::Left),
    ];
    let row = |new: &NewPayment| {
        let payment = &new.payment;
        vec![
            payment_id(payment.bank_key.as_str()),
            payment.booked.to_string(),
            shown(payment.payer_name.as_deref().unwrap_or_default()),
            payment.signed().text(language),
            outcome(new, known, language),
        ]
    };
    table::render(&header, plan.new_payments().map(row).collect(), None)
}

/// A payment that waits.
#[derive(Serialize)]
struct Waits<'a> {
    id: &'a str,
    bank_key: &'a str,
    booked: String,
    amount: String,
    reason: Option<&'static str>,
    bank: Option<&'a avgift_journal::BankSays>,
    suggestions: Vec<Suggests>,
    proposal: Option<&'a avgift_journal::Distribution>,
}

#[derive(Serialize)]
struct Suggests {
    invoice: String,
    payer: String,
    clues: Vec<avgift_camt::Clue>,
}

fn list(opened: &Opened<Network>, dir: &Path, args: &List, language: Language) -> Result<Done, Refused> {
    let disk = Disk::new(dir);
    let reading = Reading::of(&disk).map_err(|error| error.refusal())?;
    let known = Known::read(&disk).map_err(|error| error.refusal())?;
    let tolerance = tolerance(&opened.network).map_err(|error| error.refusal())?;
    let waiting = waiting(&reading.state, &known, tolerance);
    if args.json {
        let rows: Vec<Waits<'_>> = waiting.iter().map(|one| waits(one, &known)).collect();
        return Ok(opened.done(json(&rows)?));
    }
    if waiting.is_empty() {
        return Ok(opened.done(language.say("waiting-none") + "\n"));
    }
    let sum = Sek::sum(waiting.iter().map(|one| one.payment.amount)).map_err(|error| error.refusal())?;
    let figures = [("count", waiting.len().to_string()), ("amount", sum.text(language))];
    let mut out =
        language.tell("waiting-heading", &[("count", &figures[0].1), ("amount", &figures[1].1)]) + "\n";
    for one in &waiting {
        out.push('\n');
        for (place, line) in lines(one, &known, language).iter().enumerate() {
            let indent = if place == 0 { "" } else { "  " };
            out += &format!("{indent}{}\n", shown(line));
        }
    }
    Ok(opened.done(out))
}

fn waits<'a>(one: &'a Waiting<'a>, known: &'a Known) -> Waits<'a> {
    let suggests = |suggested: &avgift_ledger::Suggested<'_>| Suggests {
        invoice: format!("{}-{}", suggested.invoice.series, suggested.invoice.number),
        payer: suggested.invoice.payer.clone(),
        clues: suggested.clues.clone(),
    };
    Waits {
        id: &one.id,
        bank_key: one.bank_key,
        booked: one.payment.booked.to_string(),
        amount: one.payment.amount.to_string(),
        reason: one.reason.map(avgift_camt::Reason::word),
        bank: known.bank_says(one.bank_key),
        suggestions: one.suggestions.iter().map(suggests).collect(),
        proposal: one.proposal.as_ref(),
    }
}

/// What there is to know of a payment that waits, the first line its heading.
fn lines(one: &Waiting<'_>, known: &Known, language: Language) -> Vec<String> {
    let bank = known.bank_says(one.bank_key).cloned().unwrap_or_default();
    let (booked, amount) = (one.payment.booked.to_string(), one.payment.amount.text(language));
    let head = [one.id.as_str(), &booked, bank.payer.as_deref().unwrap_or_default(), &amount];
    let head: Vec<&str> = head.into_iter().filter(|part| !part.is_empty()).collect();
    let mut lines = vec![head.join("  ")];
    lines.extend(one.reason.map(|found| reason(found, language)));
    if !bank.references.is_empty() {
        lines.push(language.tell("waiting-reference", &[("reference", &bank.references.join(", "))]));
    }
    if !bank.text.is_empty() {
        lines.push(language.tell("waiting-text", &[("text", &bank.text.join(" "))]));
    }
    for suggested in &one.suggestions {
        let invoice = format!("{}-{}", suggested.invoice.series, suggested.invoice.number);
        let clues: Vec<String> = suggested.clues.iter().map(|one| clue(*one, language)).collect();
        let (payer, clues) = (suggested.invoice.payer_name.as_str(), clues.join(", "));
        let figures = [("invoice", invoice.as_str()), ("payer", payer), ("clues", &clues)];
        lines.push(language.tell("waiting-suggestion", &figures));
    }
    lines.push(match &one.proposal {
        Some(to) => language.tell("waiting-proposal", &[("parts", &places(to, language))]),
        None => language.say("waiting-no-proposal"),
    });
    lines
}
