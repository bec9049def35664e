//! export sie: what was recorded since the last export, as files for the ledgers of the hosts; or an earlier file again.

use std::path::Path;

use avgift::Language;
use avgift_invoice::OrganisationNumber;
use avgift_journal::{Disk, DocumentSeal, Folder as _, Journal, Opening};
use avgift_ledger::{
    BooksFile, ExportPlan, History, Hosts, Unposted, export, export_again, find_exports, plan_export,
};
use avgift_network::{Network, note_each_once};
use serde::Serialize;

use super::recording::{Answer, TOOL, ask, opening, read, stamp, tell_recovery};
use super::{Opened, json, refused};
use crate::args::ExportSie;
use crate::table::{self, Align};
use crate::world;
use crate::{Done, Refused};

/// A file, for people and as JSON.
#[derive(Serialize)]
struct Row {
    host: String,
    organisation_number: String,
    year_from: String,
    year_to: String,
    vouchers: usize,
    turnover: String,
    from_line: u64,
    to_line: u64,
    file: String,
}

/// Payments that stand on no account.
#[derive(Serialize)]
struct Waiting {
    host: String,
    for_a_person: usize,
    for_a_person_sum: String,
    not_ours: usize,
    not_ours_sum: String,
}

/// What came of it.
#[derive(Serialize)]
struct Summary {
    files: Vec<Row>,
    not_posted: Vec<Waiting>,
    /// The seal of the last line, where something was recorded.
    head: Option<String>,
}

pub(super) fn run(
    opened: &Opened<Network>,
    dir: &Path,
    args: &ExportSie,
    language: Language,
) -> Result<Done, Refused> {
    let (network, disk) = (&opened.network, Disk::new(dir));
    let hosts = Hosts::of(network);
    let host = args.host.as_deref().map(|text| hosts.find(text)).transpose().map_err(|it| it.refusal())?;
    let stamp = stamp(&args.recording.stamp);
    let today = stamp.at.date_naive();
    let mut said = String::new();
    // A network without an agreement is refused when it is read; who opens a journal that is there names no host in it.
    let opening = opening(network, &network.agreements()[0], stamp);
    read(&disk, &opening, args.recording.dry_run, &mut said)?;
    let history = History::of(&disk).map_err(|error| error.refusal())?;
    if let Some(line) = args.again {
        return again(opened, &disk, opening, &history, host, line, args, language);
    }
    let plans = plans(opened, &history, &hosts, host, |books| {
        plan_export(&history, &hosts, books, args.financial_year, today, env!("CARGO_PKG_VERSION"))
    })?;
    let files: Vec<(&ExportPlan, &BooksFile)> =
        plans.iter().flat_map(|plan| plan.files.iter().map(move |file| (plan, file))).collect();
    check_copies(args.out.as_deref(), files.iter().map(|(_, file)| *file))?;
    let mut summary = Summary { files: Vec::new(), not_posted: waiting(&plans), head: None };
    for (plan, file) in &files {
        summary.files.push(row(&plan.name, plan.host, file)?);
    }
    let mut shown = table(&summary.files, language);
    let answer = if files.is_empty() {
        Answer::Stop("nothing new to export\n")
    } else {
        ask(
            &args.recording,
            &mut shown,
            &language.tell("ask-export", &[("count", &files.len().to_string())]),
        )?
    };
    match answer {
        Answer::Stop(why) => said += why,
        Answer::Go => {
            let journal = Journal::open(disk, opening).map_err(|error| error.refusal())?;
            tell_recovery(&journal, &mut said);
            let journal = export(journal, &plans)?;
            let head = journal.finish().map_err(|error| error.refusal())?;
            summary.head = Some(head.seal.to_string());
            said += &format!("{} written and recorded; head {}\n", counted(files.len()), head.seal.short());
            copy(args.out.as_deref(), files.iter().map(|(_, file)| *file), &mut said)?;
        }
    }
    for waiting in &plans {
        said += &told(&waiting.name, &waiting.for_a_person, "wait for a person: see `avgift pay list`");
        said += &told(&waiting.name, &waiting.not_ours, "have nothing to do with the fees");
    }
    let out = match (args.json, files.is_empty()) {
        (true, _) => json(&summary)?,
        (false, true) => String::new(),
        (false, false) => shown,
    };
    let mut done = opened.done(out);
    for plan in plans {
        note_each_once(&mut done.warnings, plan.warnings);
    }
    done.said += &said;
    Ok(done)
}

/// The plan of the host that was asked for, or of each that has books or issued something.
fn plans(
    opened: &Opened<Network>,
    history: &History,
    hosts: &Hosts<'_>,
    host: Option<OrganisationNumber>,
    plan: impl Fn(&avgift_ledger::Books) -> Result<ExportPlan, Vec<avgift::Refusal>>,
) -> Result<Vec<ExportPlan>, Refused> {
    let issued = history.hosts();
    let all = match host {
        Some(host) => vec![host],
        None => {
            let more = hosts.numbers().into_iter().filter(|number| !issued.contains(number));
            issued.iter().copied().chain(more).collect()
        }
    };
    let (mut plans, mut faults) = (Vec::new(), Vec::new());
    for number in all {
        match hosts.books(number).and_then(|books| plan(&books)) {
            Ok(plan) => plans.push(plan),
            // A host that has issued nothing needs no books yet.
            Err(_) if host.is_none() && !issued.contains(&number) => {}
            Err(more) => note_each_once(&mut faults, more),
        }
    }
    if faults.is_empty() { Ok(plans) } else { Err(refused(&opened.folder, faults)) }
}

/// Earlier files again: made from the journal, held to their seals, put back where they are gone.
#[allow(clippy::too_many_arguments, reason = "all that was read, and what was asked for")]
fn again(
    opened: &Opened<Network>,
    disk: &Disk,
    opening: Opening,
    history: &History,
    host: Option<OrganisationNumber>,
    line: Option<u64>,
    args: &ExportSie,
    language: Language,
) -> Result<Done, Refused> {
    let hosts = Hosts::of(&opened.network);
    let found = find_exports(history, host, line).map_err(|error| error.refusal())?;
    let (mut files, mut rows, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for exported in found {
        let number = exported.event.orgnr.as_deref().unwrap_or_default();
        let made = hosts.find(number).map_err(|error| vec![error.refusal()]).and_then(|number| {
            let books = hosts.books(number)?;
            Ok((books.name.clone(), number, export_again(history, &hosts, &books, exported, TOOL)?))
        });
        match made {
            Ok((name, number, file)) => {
                rows.push(row(&name, number, &file)?);
                files.push((file, exported.event.document()));
            }
            Err(more) => note_each_once(&mut faults, more),
        }
    }
    if !faults.is_empty() {
        return Err(refused(&opened.folder, faults));
    }
    check_copies(args.out.as_deref(), files.iter().map(|(file, _)| file))?;
    let mut said = format!("{} made again, the same bytes as were recorded\n", counted(files.len()));
    if !args.recording.dry_run {
        restore(disk, opening, &files, &mut said)?;
        copy(args.out.as_deref(), files.iter().map(|(file, _)| file), &mut said)?;
    }
    let out = if args.json {
        json(&Summary { files: rows, not_posted: Vec::new(), head: None })?
    } else {
        table(&rows, language)
    };
    let mut done = opened.done(out);
    done.said += &said;
    Ok(done)
}

/// Puts back the files that are gone.
fn restore(
    disk: &Disk,
    opening: Opening,
    files: &[(BooksFile, Option<DocumentSeal>)],
    said: &mut String,
) -> Result<(), Refused> {
    let is_gone = |file: &BooksFile| matches!(disk.length(&file.name), Ok(None));
    if !files.iter().any(|(file, _)| is_gone(file)) {
        return Ok(());
    }
    let mut journal = Journal::open(disk.clone(), opening).map_err(|error| error.refusal())?;
    tell_recovery(&journal, said);
    for (file, sealed) in files {
        // Opening it may have brought back what was written of late.
        if let (Some(sealed), true) = (sealed, is_gone(file)) {
            journal.restore(sealed, &file.bytes).map_err(|error| error.refusal())?;
            *said += &format!("{} was gone and is back\n", file.name);
        }
    }
    journal.finish().map_err(|error| error.refusal())?;
    Ok(())
}

/// The name of a file without its folders.
fn short(file: &BooksFile) -> &str {
    file.name.rsplit('/').next().unwrap_or(&file.name)
}

/// Nothing is recorded whose copy could not be put where it was asked for.
fn check_copies<'a>(
    out: Option<&Path>,
    mut files: impl Iterator<Item = &'a BooksFile>,
) -> Result<(), Refused> {
    let Some(out) = out else { return Ok(()) };
    files
        .try_for_each(|file| world::check_new_file(&out.join(short(file)), &file.bytes))
        .map_err(Refused::from)
}

/// Copies for the ledger to import; one that is there with the same bytes stays.
fn copy<'a>(
    out: Option<&Path>,
    files: impl Iterator<Item = &'a BooksFile>,
    said: &mut String,
) -> Result<(), Refused> {
    let Some(out) = out else { return Ok(()) };
    for file in files {
        let path = out.join(short(file));
        let copied = world::write_new_file(&path, &file.bytes);
        copied.map_err(|fault| Refused {
            done: Some("it was exported and recorded; `--again` writes the copies".to_owned()),
            ..Refused::from(fault)
        })?;
        *said += &format!("copied to {}\n", crate::shown(&path));
    }
    Ok(())
}

fn counted(files: usize) -> String {
    format!("{files} file{}", if files == 1 { "" } else { "s" })
}

fn told(host: &str, unposted: &Unposted, what: &str) -> String {
    match unposted.count {
        0 => String::new(),
        1 => format!("{host}: 1 payment, {}, is on no account: it {}\n", amount(unposted), singular(what)),
        count => format!("{host}: {count} payments, {}, are on no account: they {what}\n", amount(unposted)),
    }
}

fn singular(what: &str) -> String {
    what.replacen("wait", "waits", 1).replacen("have", "has", 1)
}

fn amount(unposted: &Unposted) -> String {
    unposted.sum.text(Language::English)
}

fn waiting(plans: &[ExportPlan]) -> Vec<Waiting> {
    let of = |plan: &ExportPlan| Waiting {
        host: plan.name.clone(),
        for_a_person: plan.for_a_person.count,
        for_a_person_sum: plan.for_a_person.sum.to_string(),
        not_ours: plan.not_ours.count,
        not_ours_sum: plan.not_ours.sum.to_string(),
    };
    plans.iter().map(of).collect()
}

fn row(host: &str, number: OrganisationNumber, file: &BooksFile) -> Result<Row, Refused> {
    Ok(Row {
        host: host.to_owned(),
        organisation_number: number.to_string(),
        year_from: file.file.year().start().to_string(),
        year_to: file.file.year().end().to_string(),
        vouchers: file.file.vouchers().len(),
        turnover: file.turnover().map_err(|error| error.refusal())?.to_string(),
        from_line: file.from_seq,
        to_line: file.to_seq,
        file: file.name.clone(),
    })
}

fn table(rows: &[Row], language: Language) -> String {
    let header = [
        (language.say("column-host"), Align::Left),
        (language.say("column-financial-year"), Align::Left),
        (language.say("column-vouchers"), Align::Right),
        (language.say("column-turnover"), Align::Right),
        (language.say("column-journal-lines"), Align::Right),
        (language.say("column-file"), Align::Left),
    ];
    let cells = |row: &Row| {
        let turnover = row.turnover.parse::<avgift::Sek>().unwrap_or_default();
        vec![
            row.host.clone(),
            format!("{}–{}", row.year_from, row.year_to),
            row.vouchers.to_string(),
            turnover.text(language),
            format!("{}–{}", row.from_line, row.to_line),
            row.file.clone(),
        ]
    };
    table::render(&header, rows.iter().map(cells).collect(), None)
}
