//! The arguments of what is written for other programs: workbook, vouchers, registers.

use std::path::PathBuf;

use avgift::{FeeYear, NaiveDate};
use clap::{Args, Subcommand, ValueEnum};

use super::value::{day, fee_year, fee_years};
use super::{Figures, Known, NewFile, Recording, Span, Years};

/// avgift export
#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// Vouchers for the ledger: what was recorded since the last export, a SIE 4I file for each host and financial year
    Sie(ExportSie),
    /// A workbook of live formulas: the fees of one fee year or several, or with --registers the registers
    Xlsx(ExportXlsx),
    /// A register as comma-separated values: invoices, receivables, payments or VAT
    Csv(ExportCsv),
    /// The registers as JSON, amounts as text
    Json(ExportJson),
}

impl Export {
    /// Which figures it looks at.
    pub(crate) fn known(&self) -> Known {
        match self {
            Export::Xlsx(xlsx) => xlsx.figures.known.clone(),
            Export::Sie(_) | Export::Csv(_) | Export::Json(_) => Known::default(),
        }
    }
}

/// avgift export sie
#[derive(Debug, Args)]
pub(crate) struct ExportSie {
    /// The host whose books are exported, by name or organisation number; every host's unless given.
    #[arg(long, value_name = "HOST")]
    pub(crate) host: Option<String>,
    /// Only the financial year that ends in this calendar year.
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i32).range(1900..=9999))]
    pub(crate) financial_year: Option<i32>,
    /// A folder to put a copy of each file in; the files themselves are kept in documents/bokforing.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Make an earlier file again instead, byte for byte: that of this line of the journal, or those of the last export.
    #[arg(long, value_name = "LINE", num_args = 0..=1, conflicts_with = "financial_year")]
    pub(crate) again: Option<Option<u64>>,
    /// Print what was exported as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

/// avgift export xlsx
#[derive(Debug, Args)]
pub(crate) struct ExportXlsx {
    /// One fee year.
    #[arg(long, value_parser = fee_year, required_unless_present_any = ["years", "registers"])]
    year: Option<FeeYear>,
    /// Several fee years, first and last: 2023..2026.
    #[arg(long, value_parser = fee_years, value_name = "A..B", conflicts_with = "year")]
    years: Option<Years>,
    /// The registers instead of the fees: invoices, receivables, payments and VAT, and how they tie.
    #[arg(long, conflicts_with_all = ["year", "years", "preliminary", "on"])]
    pub(crate) registers: bool,
    /// The first day of the registers; from the beginning unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, conflicts_with_all = ["year", "years"])]
    from: Option<NaiveDate>,
    /// The last day of the registers; what is open is as it was then. To the end of the journal unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, conflicts_with_all = ["year", "years"])]
    to: Option<NaiveDate>,
    /// The host whose registers they are, by name or organisation number; every host's unless given.
    #[arg(long, value_name = "HOST", conflicts_with_all = ["year", "years"])]
    host: Option<String>,
    #[command(flatten)]
    pub(crate) file: NewFile,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

impl ExportXlsx {
    /// The fee years that were asked for.
    pub(crate) fn span(&self) -> Span {
        Span { year: self.year, years: self.years.clone() }
    }

    /// What the registers are of.
    pub(crate) fn extent(&self) -> ExtentArgs {
        ExtentArgs { from: self.from, to: self.to, host: self.host.clone() }
    }
}

/// What a register is of.
#[derive(Debug, Args)]
pub(crate) struct ExtentArgs {
    /// The first day; from the beginning unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) from: Option<NaiveDate>,
    /// The last day; what is open is as it was then. To the end of the journal unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) to: Option<NaiveDate>,
    /// The host, by name or organisation number; every host unless given.
    #[arg(long, value_name = "HOST")]
    pub(crate) host: Option<String>,
}

/// The registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Register {
    /// Every invoice and credit note, and what is open of it (fakturajournal)
    Invoices,
    /// What each payer owes, change by change (kundreskontra)
    Receivables,
    /// What came in, and where each part of it went
    Payments,
    /// VAT by category and rate, invoices less credit notes
    Vat,
}

/// avgift export csv
#[derive(Debug, Args)]
pub(crate) struct ExportCsv {
    /// Which register.
    #[arg(long, value_enum)]
    pub(crate) register: Register,
    #[command(flatten)]
    pub(crate) extent: ExtentArgs,
    #[command(flatten)]
    pub(crate) file: MaybeFile,
}

/// avgift export json
#[derive(Debug, Args)]
pub(crate) struct ExportJson {
    /// Which register; all of them unless given.
    #[arg(long, value_enum)]
    pub(crate) register: Option<Register>,
    #[command(flatten)]
    pub(crate) extent: ExtentArgs,
    #[command(flatten)]
    pub(crate) file: MaybeFile,
}

/// A file to write instead of printing.
#[derive(Debug, Args)]
pub(crate) struct MaybeFile {
    /// Write to this file instead of printing; it must be new.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace a file that is there.
    #[arg(long, requires = "out")]
    replace: bool,
}

impl MaybeFile {
    /// The file to write, where one was asked for.
    pub(crate) fn file(&self) -> Option<NewFile> {
        self.out.clone().map(|out| NewFile { out, replace: self.replace })
    }
}
