//! The arguments of what reads, proves and mends the journal.

use std::path::PathBuf;

use avgift::{FeeYear, NaiveDate};
use clap::{Args, Subcommand};

use super::value::{day, fee_year};
use super::{Output, StampArgs};

/// avgift journal
#[derive(Debug, Subcommand)]
pub(crate) enum Journal {
    /// List the lines of the journal in words.
    List(JournalList),
    /// Show all that the journal has of a document or a line.
    Show(JournalShow),
    /// Check seals, series, batches and documents, without computing any fee.
    Verify(JournalVerify),
}

/// avgift journal list
#[derive(Debug, Args)]
pub(crate) struct JournalList {
    /// From this day on, by the time that a line was written.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) from: Option<NaiveDate>,
    /// To this day, and all of it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) to: Option<NaiveDate>,
    /// Lines of one kind, `invoice.issued`, or of all that begin so, `invoice`.
    #[arg(long = "type", value_name = "TYPE", value_parser = kind)]
    pub(crate) kind: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// avgift journal show
#[derive(Debug, Args)]
pub(crate) struct JournalShow {
    /// The number of a document, `20240001` or `GR-20240001`, or of a line.
    pub(crate) number: String,
    /// It is the number of a line, even where a document has the same.
    #[arg(long)]
    pub(crate) line: bool,
    /// Print it as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// avgift journal verify
#[derive(Debug, Args)]
pub(crate) struct JournalVerify {
    #[command(flatten)]
    pub(crate) head: PrintedHead,
    /// Print what was checked as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// What the journal is held to from outside.
#[derive(Debug, Args)]
pub(crate) struct PrintedHead {
    /// The head as it was printed, on a report, in a SIE file or by an earlier run: 16 digits or more.
    #[arg(long, value_name = "HEX", value_parser = head)]
    pub(crate) head: Option<String>,
}

/// avgift verify
#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) head: PrintedHead,
    /// Compute the fees of the issued years from the folder as it is today, and list where they differ; that is no fault.
    #[arg(long)]
    pub(crate) against_folder: bool,
    /// Make every document again and hold it to its seal.
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Print what was checked as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// avgift repair
#[derive(Debug, Args)]
pub(crate) struct Repair {
    /// Show what would be done, and do nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) stamp: StampArgs,
}

/// avgift audit
#[derive(Debug, Args)]
pub(crate) struct Audit {
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The folder to write, or a file that ends in .zip.
    #[arg(long, value_name = "DIR|FILE.zip")]
    pub(crate) out: PathBuf,
    /// Replace a package that an earlier run wrote.
    #[arg(long)]
    pub(crate) replace: bool,
}

/// The name of a kind of line, or its first word.
fn kind(text: &str) -> Result<String, String> {
    let known = avgift_journal::KINDS;
    match known.iter().any(|kind| *kind == text || kind.split('.').next() == Some(text)) {
        true => Ok(text.to_owned()),
        false => Err(format!("a line is one of {}", known.join(", "))),
    }
}

/// At least 16 hexadecimal digits.
fn head(text: &str) -> Result<String, String> {
    let text = text.trim().to_lowercase();
    match (16..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => Ok(text),
        false => Err("give 16 to 64 digits, as `avgift issue` and `avgift verify` print them".to_owned()),
    }
}
