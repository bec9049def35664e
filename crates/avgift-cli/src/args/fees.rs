//! The arguments of what tells fees: check, fees, explain, frame.

use std::path::PathBuf;

use avgift::FeeYear;
use clap::{Args, ValueEnum};

use super::value::fee_year;
use super::{Figures, NewFile, Output, Scenario, Span};

/// How the fees are given: as `Format`, or as a file for a spreadsheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FeesFormat {
    /// A table for people
    Table,
    /// Comma-separated values, plain numbers
    Csv,
    /// JSON, amounts as text
    Json,
    /// A workbook of live formulas; needs --out
    Xlsx,
}

/// avgift check
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// One fee year; without it, every fee year that has population figures on file.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: Option<FeeYear>,
    /// Print the faults as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// avgift fees
#[derive(Debug, Args)]
pub(crate) struct Fees {
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = FeesFormat::Table)]
    format: FeesFormat,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Write to this file instead of printing; it must be new. A workbook is always written to one.
    #[arg(long, value_name = "FILE", required_if_eq("format", "xlsx"))]
    out: Option<PathBuf>,
    /// Replace a file that is there.
    #[arg(long, requires = "out")]
    replace: bool,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

impl Fees {
    /// The form that was asked for.
    pub(crate) fn format(&self) -> FeesFormat {
        if self.json { FeesFormat::Json } else { self.format }
    }

    /// The file to write, where one was asked for.
    pub(crate) fn file(&self) -> Option<NewFile> {
        self.out.clone().map(|out| NewFile { out, replace: self.replace })
    }
}

/// avgift explain
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The member: its municipality code or its name.
    pub(crate) member: String,
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The form of the explanation.
    #[arg(long, value_enum, default_value_t = ExplanationFormat::Text)]
    format: ExplanationFormat,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

/// How an explanation is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplanationFormat {
    /// Text in columns
    Text,
    /// Markdown with a table
    Markdown,
    /// One page that stands alone
    Html,
    /// JSON: the steps as values, and the same in words
    Json,
}

impl Explain {
    /// The form that was asked for.
    pub(crate) fn format(&self) -> ExplanationFormat {
        if self.json { ExplanationFormat::Json } else { self.format }
    }
}

/// avgift frame
#[derive(Debug, Args)]
pub(crate) struct Frame {
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    #[command(flatten)]
    pub(crate) span: Span,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) figures: Figures,
}
