//! open: what is unpaid at the end of a day, by payer and age, what waits for a decision, what is owed back; and the sums
//! that tie what was issued, credited and paid to what is open.

use std::collections::BTreeMap;
use std::path::Path;

use avgift::{Language, Sek};
use avgift_journal::{Disk, Reading};
use avgift_ledger::{Age, Error, Incoming, Known, OwedBack, Receivables, TieOut, Unpaid, payment_id};
use avgift_network::Network;
use avgift_network::names::sort_key;
use serde::Serialize;

use super::pay::shown;
use super::{Opened, csv, json};
use crate::args::{Format, Open};
use crate::table::{self, Align};
use crate::world;
use crate::{Done, Refused};

/// An unpaid invoice.
#[derive(Serialize)]
struct Row {
    invoice: String,
    payer: String,
    payer_name: String,
    fee_year: u16,
    issued: String,
    due: String,
    days_past_due: i64,
    age: Age,
    total: String,
    open: String,
}

/// A payment that waits.
#[derive(Serialize)]
struct Waits {
    id: String,
    booked: String,
    payer: String,
    amount: String,
}

/// What is owed back.
#[derive(Serialize)]
struct Owed {
    /// The payment, where it was more than its invoices.
    payment: Option<String>,
    /// The invoice, where it was credited after it was paid.
    invoice: Option<String>,
    payer: Option<String>,
    amount: String,
}

#[derive(Serialize)]
struct Summary {
    date: String,
    unpaid: Vec<Row>,
    unpaid_sum: String,
    waiting: Vec<Waits>,
    owed_back: Vec<Owed>,
    owed_back_sum: String,
    received: Incoming,
    tie_out: TieOut,
}

pub(super) fn run(
    opened: &Opened<Network>,
    dir: &Path,
    args: &Open,
    language: Language,
) -> Result<Done, Refused> {
    let disk = Disk::new(dir);
    let refusal = |error: Error| error.refusal();
    let reading = Reading::of(&disk).map_err(|error| error.refusal())?;
    let known = Known::read(&disk).map_err(refusal)?;
    let day = args.date.unwrap_or_else(world::today);
    let open = Receivables::of(&reading.state, day).map_err(refusal)?;
    let names: BTreeMap<&str, &str> =
        known.invoices().iter().map(|one| (one.payer.as_str(), one.payer_name.as_str())).collect();
    let page = Page { open: &open, known: &known, names: &names, language };
    let out = match args.output.format() {
        Format::Table => page.text(opened.network.name()).map_err(refusal)?,
        Format::Csv => csv(open.unpaid.iter().map(|one| page.row(one))),
        Format::Json => json(&page.summary().map_err(refusal)?)?,
    };
    Ok(opened.done(out))
}

struct Page<'a> {
    open: &'a Receivables<'a>,
    known: &'a Known,
    names: &'a BTreeMap<&'a str, &'a str>,
    language: Language,
}

impl Page<'_> {
    fn name(&self, payer: &str) -> String {
        shown(self.names.get(payer).filter(|name| !name.is_empty()).copied().unwrap_or(payer))
    }

    fn row(&self, one: &Unpaid<'_>) -> Row {
        let issued = one.issued;
        Row {
            invoice: format!("{}-{}", one.series, issued.number),
            payer: issued.payer.to_string(),
            payer_name: self.name(&issued.payer),
            fee_year: issued.year,
            issued: issued.date.to_string(),
            due: issued.due.to_string(),
            days_past_due: one.days,
            age: one.age,
            total: issued.total.to_string(),
            open: one.open.to_string(),
        }
    }

    fn waits(&self) -> Vec<Waits> {
        let waits = |(key, payment): &(&str, &avgift_journal::Payment)| Waits {
            id: payment_id(key),
            booked: payment.booked.to_string(),
            payer: shown(
                self.known.bank_says(key).and_then(|bank| bank.payer.as_deref()).unwrap_or_default(),
            ),
            amount: payment.amount.to_string(),
        };
        self.open.waiting.iter().map(waits).collect()
    }

    fn owed(&self) -> Vec<Owed> {
        let owed = |one: &OwedBack<'_>| {
            let amount = one.amount().to_string();
            match one {
                OwedBack::Overpaid { bank_key, payer, .. } => Owed {
                    payment: Some(payment_id(bank_key)),
                    invoice: None,
                    payer: payer.map(str::to_owned),
                    amount,
                },
                OwedBack::CreditedAfterPayment { series, issued, .. } => Owed {
                    payment: None,
                    invoice: Some(format!("{series}-{}", issued.number)),
                    payer: Some(issued.payer.to_string()),
                    amount,
                },
            }
        };
        self.open.owed_back.iter().map(owed).collect()
    }

    fn summary(&self) -> Result<Summary, Error> {
        Ok(Summary {
            date: self.open.day.to_string(),
            unpaid: self.open.unpaid.iter().map(|one| self.row(one)).collect(),
            unpaid_sum: self.open.unpaid_sum()?.to_string(),
            waiting: self.waits(),
            owed_back: self.owed(),
            owed_back_sum: self.open.owed_back_sum()?.to_string(),
            received: self.open.received,
            tie_out: self.open.tie_out,
        })
    }

    fn text(&self, network: &str) -> Result<String, Error> {
        let language = self.language;
        let day = self.open.day.to_string();
        let mut parts = vec![format!("{network}\n{}\n", language.tell("open-heading", &[("date", &day)]))];
        if self.open.unpaid.is_empty() {
            parts.push(language.say("open-nothing") + "\n");
        } else {
            parts.push(self.by_payer()?);
            parts.push(self.invoices());
        }
        if !self.open.waiting.is_empty() {
            parts.push(self.waiting_table());
        }
        if !self.open.owed_back.is_empty() {
            parts.push(self.owed_table()?);
        }
        parts.push(self.ties());
        Ok(parts.join("\n"))
    }

    /// The payers, and what each owes by age.
    fn by_payer(&self) -> Result<String, Error> {
        let language = self.language;
        let mut header = vec![(language.say("column-payer"), Align::Left)];
        header.extend(Age::ALL.map(|age| (of_age(age, language), Align::Right)));
        header.push((language.say("column-open"), Align::Right));
        let mut payers: BTreeMap<String, Vec<&Unpaid<'_>>> = BTreeMap::new();
        for one in &self.open.unpaid {
            payers.entry(self.name(&one.issued.payer)).or_default().push(one);
        }
        let amounts = |unpaid: &[&Unpaid<'_>]| -> Result<Vec<String>, Error> {
            let of = |age: Option<Age>| {
                let some = unpaid.iter().filter(|one| age.is_none_or(|age| one.age == age));
                Sek::sum(some.map(|one| one.open))
            };
            let mut cells = Vec::new();
            for age in Age::ALL {
                let amount = of(Some(age))?;
                cells.push(if amount == Sek::ZERO { String::new() } else { amount.text(language) });
            }
            cells.push(of(None)?.text(language));
            Ok(cells)
        };
        let mut names: Vec<&String> = payers.keys().collect();
        names.sort_by_key(|name| sort_key(name));
        let mut rows = Vec::new();
        for name in names {
            rows.push([vec![name.clone()], amounts(&payers[name])?].concat());
        }
        let all: Vec<&Unpaid<'_>> = self.open.unpaid.iter().collect();
        let sum = [vec![language.say("sum")], amounts(&all)?].concat();
        Ok(table::render(&header, rows, Some(sum)))
    }

    fn invoices(&self) -> String {
        let language = self.language;
        let header = [
            (language.say("paper-number"), Align::Left),
            (language.say("column-payer"), Align::Left),
            (language.say("column-due"), Align::Left),
            (language.say("column-days-past-due"), Align::Right),
            (language.say("column-open"), Align::Right),
        ];
        let row = |one: &Unpaid<'_>| {
            vec![
                format!("{}-{}", one.series, one.issued.number),
                self.name(&one.issued.payer),
                one.issued.due.to_string(),
                if one.days > 0 { one.days.to_string() } else { String::new() },
                one.open.text(language),
            ]
        };
        table::render(&header, self.open.unpaid.iter().map(row).collect(), None)
    }

    fn waiting_table(&self) -> String {
        let language = self.language;
        let header = [
            (language.say("column-waiting"), Align::Left),
            (language.say("register-booked"), Align::Left),
            (language.say("column-payer"), Align::Left),
            (language.say("paper-amount"), Align::Right),
        ];
        let rows = self.open.waiting.iter().zip(self.waits()).map(|((_, payment), waits)| {
            vec![waits.id, waits.booked, waits.payer, payment.amount.text(language)]
        });
        table::render(&header, rows.collect(), None)
    }

    fn owed_table(&self) -> Result<String, Error> {
        let language = self.language;
        let header = [
            (language.say("column-owed-back"), Align::Left),
            (language.say("column-payer"), Align::Left),
            (language.say("paper-amount"), Align::Right),
        ];
        let rows = self.open.owed_back.iter().zip(self.owed()).map(|(one, owed)| {
            let of = owed.payment.or(owed.invoice).unwrap_or_default();
            let payer = owed.payer.map(|payer| self.name(&payer)).unwrap_or_default();
            vec![of, payer, one.amount().text(language)]
        });
        let sum = self.open.owed_back_sum()?.text(language);
        let sum = vec![language.say("sum"), String::new(), sum];
        Ok(table::render(&header, rows.collect(), Some(sum)))
    }

    /// Issued less credited less paid is open; and where that stands which came in and paid no invoice.
    fn ties(&self) -> String {
        let language = self.language;
        let TieOut { issued, credited, paid, open, difference } = self.open.tie_out;
        let Incoming {
            interest,
            reminder_fees,
            rounding,
            overpaid,
            unmatched,
            not_ours,
            refunded,
            waiting,
            ..
        } = self.open.received;
        let table = |heading: String, rows: Vec<(String, Sek, bool)>| {
            let stands = |(_, amount, always): &(String, Sek, bool)| *always || *amount != Sek::ZERO;
            let row = |(label, amount, _): (String, Sek, bool)| vec![label, amount.text(language)];
            let header = [(heading, Align::Left), (String::new(), Align::Right)];
            table::render(&header, rows.into_iter().filter(stands).map(row).collect(), None)
        };
        let of_invoices = vec![
            (language.say("open-tie-issued"), issued, true),
            (language.say("open-tie-credited"), credited, true),
            (language.say("open-tie-paid"), paid, true),
            (language.say("open-tie-open"), open, true),
            // Only a journal that no program of ours wrote can come to this.
            (language.say("open-tie-difference"), difference, false),
        ];
        let of_payments = vec![
            (language.say("tie-to-invoices"), paid, true),
            (language.say("tie-interest"), interest, false),
            (language.say("tie-reminder-fees"), reminder_fees, false),
            (language.say("tie-rounding"), rounding, false),
            (language.say("tie-overpaid"), overpaid, false),
            (language.say("tie-unmatched"), unmatched, false),
            (language.say("tie-not-ours"), not_ours, false),
            (language.say("tie-refunded"), refunded, false),
            (language.say("tie-waiting"), waiting, false),
            (language.say("tie-received"), self.open.received.received, true),
        ];
        let invoices = table(language.say("tie-heading"), of_invoices);
        invoices + "\n" + &table(language.say("tie-payments-heading"), of_payments)
    }
}

fn of_age(age: Age, language: Language) -> String {
    match age {
        Age::NotDue => language.say("age-not-due"),
        Age::UpTo30 => language.say("age-up-to-30"),
        Age::UpTo60 => language.say("age-up-to-60"),
        Age::UpTo90 => language.say("age-up-to-90"),
        Age::Over90 => language.say("age-over-90"),
    }
}
