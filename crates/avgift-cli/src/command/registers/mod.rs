//! export csv, export json, export xlsx --registers: the journal as registers, each with the head of the journal on it.

mod sheets;

use std::path::Path;

use avgift::Language;
use avgift_journal::Disk;
use avgift_ledger::registers::{
    Extent, InvoiceRow, PaymentRow, ReceivableRow, Tie, VatRow, invoices, payments, receivables, tie, vat,
};
use avgift_ledger::{History, Hosts};
use avgift_network::Network;
use avgift_report::register_workbook;
use serde::Serialize;

use super::{Opened, export};
use crate::args::{ExportCsv, ExportJson, ExportXlsx, ExtentArgs, Register};
use crate::{Done, Refused};

/// The registers of a journal.
struct Read<'a> {
    network: &'a Network,
    history: History,
    hosts: Hosts<'a>,
    extent: Extent,
}

impl<'a> Read<'a> {
    fn of(network: &'a Network, dir: &Path, args: &ExtentArgs) -> Result<Read<'a>, Refused> {
        let hosts = Hosts::of(network);
        let found = args.host.as_deref().map(|text| hosts.find(text)).transpose();
        let extent = found.and_then(|host| Extent::new(args.from, args.to, host));
        let extent = extent.map_err(|error| error.refusal())?;
        let history = History::of(&Disk::new(dir)).map_err(|error| error.refusal())?;
        Ok(Read { network, history, hosts, extent })
    }

    fn invoices(&self) -> Result<Vec<InvoiceRow>, Refused> {
        invoices(&self.history, &self.extent).map_err(|error| error.refusal().into())
    }

    fn receivables(&self) -> Result<Vec<ReceivableRow>, Refused> {
        receivables(&self.history, &self.extent).map_err(|error| error.refusal().into())
    }

    fn payments(&self) -> Result<Vec<PaymentRow>, Refused> {
        payments(&self.history, &self.hosts, &self.extent).map_err(|error| error.refusal().into())
    }

    fn vat(&self) -> Result<Vec<VatRow>, Refused> {
        vat(&self.history, &self.extent).map_err(|error| error.refusal().into())
    }

    fn tie(&self) -> Result<Tie, Refused> {
        tie(&self.history, &self.extent).map_err(|error| error.refusal().into())
    }

    fn workbook(&self, language: Language) -> Result<Vec<u8>, Refused> {
        let book = sheets::book(self, language)?;
        register_workbook(&book, language).map_err(|error| error.refusal().into())
    }

    /// The beginning of the last seal, as it is printed.
    fn head(&self) -> String {
        self.history.head.seal.short()
    }

    /// What there is to say beside the data.
    fn said(&self) -> String {
        let mut said = String::new();
        if self.history.is_interrupted {
            said.push_str("an earlier run was interrupted; what it did not finish is not among these\n");
        }
        said + &format!("journal to line {}, head {}\n", self.history.head.seq, self.head())
    }

    fn done(&self, done: Done) -> Done {
        Done { said: self.said() + &done.said, ..done }
    }
}

pub(super) fn csv(opened: &Opened<Network>, dir: &Path, args: &ExportCsv) -> Result<Done, Refused> {
    let read = Read::of(&opened.network, dir, &args.extent)?;
    // The keys of the columns are the same in every language.
    let words = sheets::Words(None);
    let table = match args.register {
        Register::Invoices => sheets::invoices(&read.invoices()?, words),
        Register::Receivables => sheets::receivables(&read.receivables()?, words),
        Register::Payments => sheets::payments(&read.payments()?, words),
        Register::Vat => sheets::vat(&read.vat()?, words),
    };
    let text = table.csv(&read.head());
    let done = match args.file.file() {
        Some(file) => export::to_file(opened, text.as_bytes(), &file)?,
        None => opened.done(text),
    };
    Ok(read.done(done))
}

/// The registers, and what they are of.
#[derive(Serialize)]
struct Registers<'a> {
    network: &'a str,
    host: Option<String>,
    from: Option<avgift::NaiveDate>,
    to: Option<avgift::NaiveDate>,
    journal_line: u64,
    journal_head: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    invoices: Option<Vec<InvoiceRow>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receivables: Option<Vec<ReceivableRow>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payments: Option<Vec<PaymentRow>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vat: Option<Vec<VatRow>>,
    tie: Tie,
}

pub(super) fn json(opened: &Opened<Network>, dir: &Path, args: &ExportJson) -> Result<Done, Refused> {
    let read = Read::of(&opened.network, dir, &args.extent)?;
    let wants = |register| args.register.is_none_or(|only| only == register);
    let registers = Registers {
        network: read.network.name(),
        host: read.extent.host.map(|host| host.to_string()),
        from: read.extent.period.from,
        to: read.extent.period.to,
        journal_line: read.history.head.seq,
        journal_head: read.head(),
        invoices: wants(Register::Invoices).then(|| read.invoices()).transpose()?,
        receivables: wants(Register::Receivables).then(|| read.receivables()).transpose()?,
        payments: wants(Register::Payments).then(|| read.payments()).transpose()?,
        vat: wants(Register::Vat).then(|| read.vat()).transpose()?,
        tie: read.tie()?,
    };
    let text = super::json(&registers)?;
    let done = match args.file.file() {
        Some(file) => export::to_file(opened, text.as_bytes(), &file)?,
        None => opened.done(text),
    };
    Ok(read.done(done))
}

pub(super) fn xlsx(
    opened: &Opened<Network>,
    dir: &Path,
    args: &ExportXlsx,
    language: Language,
) -> Result<Done, Refused> {
    let read = Read::of(&opened.network, dir, &args.extent())?;
    let bytes = read.workbook(language)?;
    Ok(read.done(export::to_file(opened, &bytes, &args.file)?))
}

/// The workbook of all registers, of the whole journal.
pub(super) fn whole(opened: &Opened<Network>, dir: &Path, language: Language) -> Result<Vec<u8>, Refused> {
    let whole = ExtentArgs { from: None, to: None, host: None };
    Read::of(&opened.network, dir, &whole)?.workbook(language)
}
