//! Made: small networks in a year of their own, recorded through the library. Fees and names stand in two-hosts.toml and
//! fixtures/errors/base; a document's file is its name, for nothing here reads it.
//!
//! 2023, 25 % VAT, Exempelhuset: Ale 48 591 + 12 147,75 is 60 739 kr (0,25 kr rounding), the federation 30 000 + 7 500 kr,
//! Göteborg 120 000 + 30 000 kr. 2024, without VAT, the other host: 48 669, 30 000 and 120 000 kr.

use std::fs;
use std::path::Path;

use avgift::{FeeYear, NaiveDate, PopulationMode, Refusal, Sek};
use avgift_invoice::{CreditedPart, OrganisationNumber, Text};
use avgift_journal::{
    Allocation, BankSays, Batch, Distribution, Event, Journal, Opening, PaymentReallocated,
    PaymentRegistered, Reading, Rest, RestOf, Seal, Simulated, SourceFile, Stamp,
};
use avgift_ledger::{
    Books, BooksFile, CreditExtent, CreditOrder, ExportPlan, History, Hosts, Ledger, Numbering, Plan, Sheet,
    export, issue, issue_credit, plan_export,
};
use avgift_network::{Folder, Network};

pub(crate) const TOOL: &str = "avgift 0.1.0";
/// The host of 2023, with VAT, and that of 2024, without.
pub(crate) const FORMER: &str = "992000-1006";
pub(crate) const PRESENT: &str = "992000-2004";

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn kr(text: &str) -> Sek {
    text.parse().unwrap()
}

pub(crate) fn host(text: &str) -> OrganisationNumber {
    text.parse().unwrap()
}

/// The small network of the refusals under other settings.
pub(crate) fn network(settings: &str) -> Network {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/errors/base");
    let mut folder = Folder::new().with("network.toml", settings.as_bytes());
    for file in ["members.csv", "payers.csv", "statistics/folkmangd.csv"] {
        folder.add(file, fs::read(base.join(file)).unwrap());
    }
    Network::read(&folder).unwrap()
}

pub(crate) const TWO_HOSTS: &str = include_str!("two-hosts.toml");

/// A network and its journal, in memory.
pub(crate) struct World {
    pub(crate) network: Network,
    pub(crate) folder: Simulated,
    /// How many things were done: each is recorded a second later.
    done: u32,
}

impl World {
    pub(crate) fn new(settings: &str) -> World {
        World { network: network(settings), folder: Simulated::new(), done: 0 }
    }

    /// The two hosts; each issued its year.
    pub(crate) fn issued() -> World {
        let mut world = World::new(TWO_HOSTS);
        world.issue(2023, "2023-02-01");
        world.issue(2024, "2024-02-01");
        world
    }

    fn opening(&mut self, date: &str) -> Opening {
        self.done += 1;
        let (hour, minute, second) = (self.done / 3600, self.done / 60 % 60, self.done % 60);
        // Whatever the day, lines stand in the order of time: what is dated back was recorded later.
        let newest = Reading::of(&self.folder).unwrap().state.newest_at().map(|at| at.date_naive());
        let date = newest.map_or(day(date), |newest| newest.max(day(date)));
        let at = format!("{date}T{:02}:{minute:02}:{second:02}+01:00", 8 + hour);
        let stamp = Stamp { by: "ekonomi".into(), at: at.parse().unwrap(), tool: TOOL.into() };
        Opening { stamp, machine: "ekonomi-1".into(), org: self.network.name().into(), orgnr: FORMER.into() }
    }

    fn open(&mut self, date: &str) -> Journal<Simulated> {
        let opening = self.opening(date);
        Journal::open(self.folder.clone(), opening).unwrap()
    }

    pub(crate) fn issue(&mut self, year: i32, date: &str) {
        let year = FeeYear::new(year).unwrap();
        let fees = self.network.assess(year, PopulationMode::Published).unwrap();
        let drafts = self.network.draft(&fees, day(date)).unwrap();
        let numbering = Numbering::from(&self.network.numbers_for_issue(year).unwrap().invoices);
        let reading = Reading::of(&self.folder).unwrap();
        let plan =
            Plan::of(&reading.state, reading.head.seal, &fees, &drafts, &numbering, day(date)).unwrap();
        issue(self.open(date), &plan, written).unwrap().finish().unwrap();
    }

    /// Takes an invoice back, in full or in parts, in the series of the host that issued it.
    pub(crate) fn credit(&mut self, invoice: &str, date: &str, parts: &[CreditedPart]) {
        assert!(self.try_credit(invoice, date, parts), "nothing is left of {invoice}");
    }

    pub(crate) fn try_credit(&mut self, invoice: &str, date: &str, parts: &[CreditedPart]) -> bool {
        let reading = Reading::of(&self.folder).unwrap();
        let ledger = Ledger::new(&self.folder, &reading.state);
        let (series, issued) = ledger.find(invoice).unwrap();
        let numbers = self.network.agreement_of(series).unwrap().numbers().unwrap();
        let numbering = Numbering::from(&numbers.credit_notes);
        let extent = if parts.is_empty() { CreditExtent::All } else { CreditExtent::Parts(parts.to_vec()) };
        let order = CreditOrder { extent, date: day(date), reason: Text::new("Fel avgift").unwrap() };
        let Ok(planned) = ledger.plan_credit(reading.head.seal, series, issued, &numbering, &order) else {
            return false;
        };
        issue_credit(self.open(date), &planned, written).unwrap().finish().unwrap();
        true
    }

    pub(crate) fn record(&mut self, date: &str, event: impl Into<Event>) {
        let batch = Batch { events: vec![event.into()], documents: Vec::new() };
        self.open(date).commit(batch).unwrap().finish().unwrap();
    }

    pub(crate) fn pay(&mut self, key: &str, booked: &str, amount: &str, to: Distribution) {
        self.pay_ore(key, booked, kr(amount), to);
    }

    pub(crate) fn pay_ore(&mut self, key: &str, booked: &str, amount: Sek, to: Distribution) {
        let reference = key.rsplit('|').next().map(str::to_owned);
        let payment = PaymentRegistered {
            batch: None,
            bank_key: key.into(),
            amount,
            value_date: day(booked),
            booked: None,
            bank: Some(BankSays {
                payer: Some("ALE KOMMUN".into()),
                bank_reference: reference,
                ..BankSays::default()
            }),
            to,
            source: SourceFile { file: "camt054.xml".into(), sha256: Seal::of(b"bank file"), to_follow: 0 },
            documents: Vec::new(),
        };
        self.record(booked, payment);
    }

    pub(crate) fn reallocate(&mut self, key: &str, date: &str, to: Distribution) {
        let event = PaymentReallocated {
            bank_key: key.into(),
            date: day(date),
            to,
            reason: "beslut av ekonomi".into(),
        };
        self.record(date, event);
    }

    pub(crate) fn history(&self) -> History {
        History::of(&self.folder).unwrap()
    }

    pub(crate) fn books(&self, host: &str) -> Books {
        Hosts::of(&self.network).books(self::host(host)).unwrap()
    }

    pub(crate) fn plan(&self, host: &str, date: &str) -> Result<ExportPlan, Vec<Refusal>> {
        let (hosts, books) = (Hosts::of(&self.network), self.books(host));
        plan_export(&self.history(), &hosts, &books, None, day(date), "0.1.0")
    }

    /// Exports the books of a host and records it.
    pub(crate) fn export(&mut self, host: &str, date: &str) -> Vec<BooksFile> {
        let plan = self.plan(host, date).unwrap();
        let journal = self.open(date);
        export(journal, std::slice::from_ref(&plan)).unwrap().finish().unwrap();
        plan.files
    }
}

/// A document whose file is its name.
fn written(sheets: &[Sheet<'_>]) -> Result<Vec<avgift_ledger::Rendered>, Vec<Refusal>> {
    Ok(sheets.iter().map(|sheet| vec![(".txt", sheet.name.clone().into_bytes())]).collect())
}

/// Parts of a payment: `EX-20230001` and how much of it.
pub(crate) fn to(parts: &[(&str, &str)]) -> Distribution {
    let parts: Vec<(&str, Sek)> = parts.iter().map(|(invoice, amount)| (*invoice, kr(amount))).collect();
    to_ore(&parts)
}

pub(crate) fn to_ore(parts: &[(&str, Sek)]) -> Distribution {
    let allocation = |(invoice, amount): &(&str, Sek)| {
        let (series, number) = invoice.split_once('-').unwrap();
        Allocation { series: series.into(), invoice: number.parse().unwrap(), amount: *amount }
    };
    Distribution { allocations: parts.iter().map(allocation).collect(), ..Distribution::default() }
}

/// These parts, and the rest.
pub(crate) fn and_rest(to: Distribution, amount: &str, rest: Rest, payer: Option<&str>) -> Distribution {
    let rest = RestOf { to: rest, payer: payer.map(str::to_owned), reason: None };
    Distribution { unallocated: kr(amount), rest: Some(rest), ..to }
}
