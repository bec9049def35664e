//! Entry: a line of the journal as people read it: when, who, what in words, how much, which number.
//! Lines of a batch that never counted are told by the line that ended it.

use avgift::{Language, NaiveDate, Sek};
use avgift_journal::{
    BatchCommitted, Distribution, Event, Folder, Line, PaymentRegistered, Reading, Rest, read_each,
};
use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::error::Error;

/// Which lines are wanted.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// From this day on, by the time that the line was written.
    pub from: Option<NaiveDate>,
    /// To this day, and all of it.
    pub to: Option<NaiveDate>,
    /// Of this kind, as `type` on the line: `invoice.issued`, or all that begin with its first word, `invoice`.
    pub kind: Option<String>,
}

impl Selection {
    fn takes(&self, line: &Line) -> bool {
        let (day, kind) = (line.stamp.at.date_naive(), line.event.kind());
        let is_kind = |wanted: &String| {
            kind == wanted || kind.split_once('.').is_some_and(|(first, _)| first == wanted)
        };
        self.from.is_none_or(|from| day >= from)
            && self.to.is_none_or(|to| day <= to)
            && self.kind.as_ref().is_none_or(is_kind)
    }
}

/// A line in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its number.
    pub seq: u64,
    /// When it was written.
    pub at: DateTime<FixedOffset>,
    /// Who wrote it.
    pub by: String,
    /// With what.
    pub tool: String,
    /// Its kind, as `type` on the line.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What happened.
    pub what: String,
    /// How much: credits below nothing, a batch with its sum.
    pub amount: Option<Sek>,
    /// The document that it is about: `GR-20240001`.
    pub number: Option<String>,
}

/// The lines of a journal that are wanted, and the journal.
///
/// # Errors
/// Those of reading the journal.
pub fn entries(
    folder: &impl Folder,
    selection: &Selection,
    language: Language,
) -> Result<(Vec<Entry>, Reading), Error> {
    let mut entries = Vec::new();
    let reading = read_each(folder, |line: &Line, _| -> Result<(), Error> {
        if selection.takes(line) {
            entries.push(Entry::of(line, language));
        }
        Ok(())
    })?;
    Ok((entries, reading))
}

impl Entry {
    /// A line in words.
    #[must_use]
    pub fn of(line: &Line, language: Language) -> Entry {
        let Line { seq, event, stamp, .. } = line;
        let amount = match event {
            Event::InvoiceIssued(_) | Event::CreditIssued(_) | Event::PaymentRegistered(_) => {
                Some(event.amount())
            }
            Event::BatchCommitted(committed) => Some(committed.sum),
            _ => None,
        };
        Entry {
            seq: *seq,
            at: stamp.at,
            by: stamp.by.clone(),
            tool: stamp.tool.clone(),
            kind: event.kind(),
            what: what(event, language),
            amount,
            number: number(event),
        }
    }
}

/// The document that an event is about.
fn number(event: &Event) -> Option<String> {
    let (series, number) = match event {
        Event::DocumentSent(sent) => (&*sent.series, sent.number),
        Event::ReminderSent(reminder) => (&*reminder.series, reminder.invoice),
        other => other.numbered()?,
    };
    Some(format!("{series}-{number}"))
}

fn what(event: &Event, language: Language) -> String {
    match event {
        Event::JournalCreated(created) => {
            language.tell("journal-began", &[("org", &created.org), ("orgnr", &created.orgnr)])
        }
        Event::InvoiceIssued(issued) => {
            let (year, due) = (issued.year.to_string(), issued.due.to_string());
            let figures = [("payer", &*issued.payer), ("year", &year), ("due", &due)];
            language.tell("journal-invoice", &figures)
        }
        Event::CreditIssued(credit) => {
            let credited = format!("{}-{}", credit.credits_series(), credit.credits);
            language.tell("journal-credit", &[("credited", &credited), ("reason", &credit.reason)])
        }
        Event::BatchCommitted(committed) => batch(committed, language),
        Event::BatchAborted(aborted) => {
            let count = aborted.count.to_string();
            let numbers = between(aborted.first, aborted.last).unwrap_or_else(|| "–".to_owned());
            let figures = [("batch", &*aborted.batch), ("count", &count), ("numbers", &numbers)];
            language.tell("journal-aborted", &figures)
        }
        Event::DocumentSent(sent) => language.tell("journal-sent", &[("channel", &sent.channel)]),
        Event::PaymentRegistered(payment) => paid(payment, language),
        Event::PaymentReallocated(moved) => {
            let to = places(&moved.to, language);
            let figures = [("payment", &*moved.bank_key), ("to", &to), ("reason", &moved.reason)];
            language.tell("journal-moved", &figures)
        }
        Event::ReminderSent(reminder) => {
            let (day, open) = (reminder.date.to_string(), reminder.open.text(language));
            language.tell("journal-reminder", &[("day", &day), ("open", &open)])
        }
        Event::ExportSie(export) => {
            let (first, last) = (export.from_seq.to_string(), export.to_seq.to_string());
            let figures = [("first", &*first), ("last", &last), ("file", &export.file)];
            language.tell("journal-exported", &figures)
        }
        Event::Recovered(recovered) => {
            let bytes = recovered.bytes.to_string();
            language.tell("journal-recovered", &[("file", &recovered.file), ("bytes", &bytes)])
        }
        Event::Note(note) => note.text.clone(),
    }
}

fn batch(committed: &BatchCommitted, language: Language) -> String {
    let count = committed.count.to_string();
    match between(committed.first, committed.last) {
        Some(numbers) => {
            let figures = [("batch", &*committed.batch), ("count", &count), ("numbers", &numbers)];
            language.tell("journal-batch-of-numbers", &figures)
        }
        None => language.tell("journal-batch", &[("batch", &committed.batch), ("count", &count)]),
    }
}

fn between(
    first: Option<avgift_invoice::InvoiceNumber>,
    last: Option<avgift_invoice::InvoiceNumber>,
) -> Option<String> {
    let (first, last) = (first?, last?);
    Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
}

fn paid(payment: &PaymentRegistered, language: Language) -> String {
    let payer = payment.bank.as_ref().and_then(|bank| bank.payer.clone()).unwrap_or_else(|| "–".to_owned());
    let (day, to) = (payment.booked().to_string(), places(&payment.to, language));
    language.tell("journal-payment", &[("payer", &payer), ("day", &day), ("to", &to)])
}

/// The invoices that a payment pays, and where the rest of it stands.
fn places(to: &Distribution, language: Language) -> String {
    let invoices = to.allocations.iter().map(|part| format!("{}-{}", part.series, part.invoice));
    let rest = to.rest.as_ref().filter(|_| to.unallocated != Sek::ZERO).map(|rest| match rest.to {
        Rest::ForAPerson => language.say("part-for-a-person"),
        Rest::Overpayment => language.say("part-overpayment"),
        Rest::Unmatched => language.say("ledger-unmatched"),
        Rest::NotOurs => language.say("part-not-ours"),
        Rest::Refunded => language.say("part-refunded"),
    });
    let places: Vec<String> = invoices.chain(rest.map(|words| words.to_lowercase())).collect();
    if places.is_empty() { "–".to_owned() } else { places.join(", ") }
}
