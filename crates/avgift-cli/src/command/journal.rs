//! journal: the lines of the journal in words, all that it has of a document, and its own checks. Nothing is changed.

use std::borrow::Cow;
use std::path::Path;

use avgift::{Explanation, Language, Sek};
use avgift_journal::{CreditIssued, Disk, DocumentSeal, Head, InvoiceIssued, Line, Reading};
use avgift_ledger::{Dossier, Entry, Error, Ledger, Selection, StoredInvoice, entries, verify_placed};
use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use super::verify::{Checked, told};
use super::{csv, json};
use crate::args::{Format, Journal, JournalList, JournalShow, JournalVerify};
use crate::table::{self, Align};
use crate::world;
use crate::{Done, Refused};

pub(super) fn run(dir: &Path, args: &Journal, language: Language) -> Result<Done, Refused> {
    let disk = world::journal_of(dir)?;
    match args {
        Journal::List(args) => list(&disk, args, language),
        Journal::Show(args) => show(&disk, args, language),
        Journal::Verify(args) => verify(&disk, args, language),
    }
}

/// A time as it stands on the line.
fn time(at: &DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%d %H:%M:%S %:z").to_string()
}

/// How far a journal goes, for machines.
#[derive(Serialize)]
struct HeadRow {
    line: u64,
    seal: String,
}

impl From<Head> for HeadRow {
    fn from(head: Head) -> HeadRow {
        HeadRow { line: head.seq, seal: head.seal.to_string() }
    }
}

#[derive(Serialize)]
struct Listed {
    lines: Vec<Entry>,
    head: HeadRow,
}

/// A row of comma-separated values.
#[derive(Serialize)]
struct Row<'a> {
    line: u64,
    time: String,
    by: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    what: &'a str,
    amount: String,
    document: &'a str,
    tool: &'a str,
}

fn list(disk: &Disk, args: &JournalList, language: Language) -> Result<Done, Refused> {
    let selection = Selection { from: args.from, to: args.to, kind: args.kind.clone() };
    let (lines, reading) = entries(disk, &selection, language).map_err(|error| error.refusal())?;
    let head = reading.head;
    let mut done = Done::with(match args.output.format() {
        Format::Json => json(&Listed { lines, head: head.into() })?,
        Format::Csv => csv(lines.iter().map(|entry| Row {
            line: entry.seq,
            time: entry.at.to_rfc3339(),
            by: &entry.by,
            kind: entry.kind,
            what: &entry.what,
            amount: entry.amount.map(|amount| amount.to_string()).unwrap_or_default(),
            document: entry.number.as_deref().unwrap_or_default(),
            tool: &entry.tool,
        })),
        Format::Table => table(&lines, head, language),
    });
    done.said = unfinished(&reading);
    Ok(done)
}

/// What is to be said of a run that was interrupted.
fn unfinished(reading: &Reading) -> String {
    match reading.is_interrupted {
        true => {
            "an earlier run was interrupted; `avgift repair`, or the next command that records, finishes it\n"
                .to_owned()
        }
        false => String::new(),
    }
}

/// The lines as a table, and the head.
pub(super) fn table(lines: &[Entry], head: Head, language: Language) -> String {
    if head.seq == 0 {
        return language.say("journal-is-empty") + "\n";
    }
    let header = [
        (language.say("column-line"), Align::Right),
        (language.say("column-time"), Align::Left),
        (language.say("column-by"), Align::Left),
        (language.say("column-what"), Align::Left),
        (language.say("paper-amount"), Align::Right),
        (language.say("column-document"), Align::Left),
    ];
    let row = |entry: &Entry| {
        vec![
            entry.seq.to_string(),
            time(&entry.at),
            entry.by.clone(),
            entry.what.clone(),
            entry.amount.map(|amount| amount.text(language)).unwrap_or_default(),
            entry.number.clone().unwrap_or_default(),
        ]
    };
    let rows = lines.iter().map(row).collect();
    let (seal, line) = (head.seal.to_string(), head.seq.to_string());
    let foot = language.tell("journal-head", &[("head", &seal), ("line", &line)]);
    format!("{}\n{foot}\n", table::render(&header, rows, None))
}

/// A document for machines.
#[derive(Serialize)]
struct Shown<'a> {
    line: u64,
    recorded: &'a Entry,
    /// The invoice as it was recorded, with the whole document.
    #[serde(skip_serializing_if = "Option::is_none")]
    invoice: Option<&'a InvoiceIssued>,
    /// The credit note as it was recorded, with the whole document.
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_note: Option<&'a CreditIssued>,
    explanations: Vec<Explanation>,
    credits: Vec<Credited>,
    payments: Vec<Payment>,
    credited: String,
    paid: String,
    open: String,
    documents: Cow<'a, [DocumentSeal]>,
    others: &'a [Entry],
}

#[derive(Serialize)]
struct Credited {
    number: String,
    date: String,
    amount: String,
    reason: String,
}

#[derive(Serialize)]
struct Payment {
    payment: String,
    booked: String,
    amount: String,
}

fn show(disk: &Disk, args: &JournalShow, language: Language) -> Result<Done, Refused> {
    let reading = Reading::of(disk).map_err(|error| error.refusal())?;
    let ledger = Ledger::new(disk, &reading.state);
    let found = match (args.line, ledger.dossier(&args.number, language)) {
        (false, Err(error @ Error::InvoiceMustBeFound { .. })) => match by_line(&ledger, args, language) {
            Ok(Some(found)) => Ok(found),
            Ok(None) => Err(error),
            Err(fault) => Err(fault),
        },
        (false, found) => found.map(|dossier| Found::Document(Box::new(dossier))),
        (true, _) => by_line(&ledger, args, language).and_then(|found| {
            let near = vec![format!("1 to {}", reading.head.seq)];
            found.ok_or_else(|| Error::InvoiceMustBeFound { text: args.number.clone(), near })
        }),
    };
    let mut done = Done::with(match found.map_err(|error| error.refusal())? {
        Found::Document(dossier) if args.json => document_for_machines(&dossier, language)?,
        Found::Document(dossier) => document(&dossier, language),
        Found::Line(line) if args.json => line.text() + "\n",
        Found::Line(line) => line_in_words(&line, language),
    });
    done.said = unfinished(&reading);
    Ok(done)
}

/// What a number names.
enum Found {
    Document(Box<Dossier>),
    Line(Box<Line>),
}

/// What the line of this number is about; nothing where the text is no number of a line.
fn by_line(
    ledger: &Ledger<'_, Disk>,
    args: &JournalShow,
    language: Language,
) -> Result<Option<Found>, Error> {
    let Ok(seq) = args.number.parse::<u64>() else { return Ok(None) };
    let Some(line) = ledger.line_number(seq)? else { return Ok(None) };
    match line.event.numbered() {
        Some((series, number)) => ledger
            .dossier(&format!("{series}-{number}"), language)
            .map(|dossier| Some(Found::Document(Box::new(dossier)))),
        None => Ok(Some(Found::Line(Box::new(line)))),
    }
}

fn line_in_words(line: &Line, language: Language) -> String {
    let entry = Entry::of(line, language);
    let (seq, at) = (entry.seq.to_string(), time(&entry.at));
    let figures = [("line", &*seq), ("at", &at), ("by", &entry.by), ("tool", &entry.tool)];
    let mut lines = vec![language.tell("shown-line", &figures), entry.what.clone()];
    lines.extend(entry.amount.map(|amount| amount.text(language)));
    lines.extend(entry.number);
    lines.extend(documents(&line.event.documents(), language));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn documents(sealed: &[DocumentSeal], language: Language) -> Vec<String> {
    if sealed.is_empty() {
        return Vec::new();
    }
    let heading = [String::new(), language.say("shown-documents")];
    heading.into_iter().chain(sealed.iter().map(|seal| format!("{}  {}", seal.sha256, seal.name))).collect()
}

fn explanations(dossier: &Dossier, language: Language) -> Vec<Explanation> {
    let of_stored = |stored: &StoredInvoice| {
        let explain = |fee| stored.invoice.content.explanation(fee, language);
        stored.assessments.iter().map(explain).collect::<Vec<_>>()
    };
    dossier.invoice.iter().flat_map(of_stored).collect()
}

fn document_for_machines(dossier: &Dossier, language: Language) -> Result<String, Refused> {
    let Dossier { issued, line, invoice, credit_note, credits, payments, others, .. } = dossier;
    let credited = credits.iter().map(|credit| Credited {
        number: format!("{}-{}", credit.event.series, credit.event.number),
        date: credit.event.date.to_string(),
        amount: credit.event.total.to_string(),
        reason: credit.event.reason.clone(),
    });
    let paid = payments.iter().map(|paid| Payment {
        payment: paid.bank_key.clone(),
        booked: paid.booked.to_string(),
        amount: paid.amount.to_string(),
    });
    Ok(json(&Shown {
        line: line.seq,
        recorded: &Entry::of(line, language),
        invoice: invoice.as_ref().map(|stored| &stored.event),
        credit_note: credit_note.as_ref().map(|stored| &stored.event),
        explanations: explanations(dossier, language),
        credits: credited.collect(),
        payments: paid.collect(),
        credited: issued.credited.to_string(),
        paid: issued.paid.to_string(),
        open: issued.open().to_string(),
        documents: line.event.documents(),
        others,
    })?)
}

fn document(dossier: &Dossier, language: Language) -> String {
    let Dossier { series, issued, line, invoice, credit_note, credits, payments, others } = dossier;
    let number = format!("{series}-{}", issued.number);
    let mut lines = Vec::new();
    let totals = |total: Sek, net: Sek, vat: Sek| {
        let [total, net, vat] = [total, net, vat].map(|amount| amount.text(language));
        language.tell("shown-total", &[("total", &total), ("net", &net), ("vat", &vat)])
    };
    let (seq, at, date) = (line.seq.to_string(), time(&line.stamp.at), issued.date.to_string());
    let recorded =
        [("date", &*date), ("at", &at), ("by", &line.stamp.by), ("tool", &line.stamp.tool), ("line", &seq)];
    let recorded = language.tell("shown-recorded", &recorded);
    if let Some(stored) = invoice {
        let name = stored.invoice.content.buyer.name.as_str();
        lines.push(
            language.tell(
                "shown-invoice",
                &[("number", &number), ("name", name), ("payer", &stored.event.payer)],
            ),
        );
        lines.push(recorded);
        let (due, ocr) = (stored.event.due.to_string(), stored.event.ocr.to_string());
        lines.push(language.tell("shown-due", &[("due", &due), ("ocr", &ocr)]));
        lines.push(totals(stored.event.total, stored.event.net, stored.event.vat));
    } else if let Some(stored) = credit_note {
        let credited = format!("{}-{}", stored.event.credits_series(), stored.event.credits);
        let name = stored.credit_note.content.buyer.name.as_str();
        lines.push(language.tell(
            "shown-credit-note",
            &[("number", &number), ("credited", &credited), ("name", name), ("payer", &issued.payer)],
        ));
        lines.push(recorded);
        lines.push(language.tell("shown-reason", &[("reason", &stored.event.reason)]));
        lines.push(language.tell("credit-total", &[("amount", &stored.event.total.text(language))]));
        lines.push(language.tell("credit-vat", &[("amount", &stored.event.vat.text(language))]));
    }
    for explanation in explanations(dossier, language) {
        lines.extend([String::new(), explanation.text()]);
    }
    if invoice.is_some() {
        lines.push(String::new());
        lines.push(language.tell("shown-credited", &[("amount", &issued.credited.text(language))]));
        for credit in credits {
            let number = format!("{}-{}", credit.event.series, credit.event.number);
            let (date, amount) = (credit.event.date.to_string(), credit.event.total.text(language));
            let reason = &credit.event.reason;
            let figures = [("number", &*number), ("date", &date), ("amount", &amount), ("reason", reason)];
            lines.push("  ".to_owned() + &language.tell("shown-credit", &figures));
        }
        lines.push(language.tell("shown-paid", &[("amount", &issued.paid.text(language))]));
        for paid in payments {
            let (day, amount) = (paid.booked.to_string(), paid.amount.text(language));
            let figures = [("day", &*day), ("amount", &amount), ("payment", &paid.bank_key)];
            lines.push("  ".to_owned() + &language.tell("shown-payment", &figures));
        }
        lines.push(language.tell("shown-open", &[("amount", &issued.open().text(language))]));
    }
    lines.extend(documents(&line.event.documents(), language));
    if !others.is_empty() {
        lines.extend([String::new(), language.say("shown-lines")]);
        lines
            .extend(others.iter().map(|other| format!("{}  {}  {}", other.seq, time(&other.at), other.what)));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn verify(disk: &Disk, args: &JournalVerify, language: Language) -> Result<Done, Refused> {
    let verified = verify_placed(disk, args.head.head.as_deref());
    let (verified, _) = verified.map_err(|faults| told(disk, faults))?;
    let checked = Checked::of(&verified, None);
    Ok(Done::with(if args.json { json(&checked)? } else { checked.text(language) }))
}
