//! Args: the command line as the user types it.

mod export;
mod fees;
mod issuing;
mod pay;
mod planning;
mod proof;
mod value;

use std::path::PathBuf;

use avgift::{FeeYear, Language, NaiveDate};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

pub(crate) use export::{Export, ExportCsv, ExportJson, ExportSie, ExportXlsx, ExtentArgs, Register};
pub(crate) use fees::{Check, Explain, ExplanationFormat, Fees, FeesFormat, Frame};
pub(crate) use issuing::{Credit, Invoice, Issue, Reconcile, Recording, Sent, StampArgs};
pub(crate) use pay::{Assign, ByHand, List, Open, Pay, PayVerb, Remind};
pub(crate) use planning::{Between, Bridge, Compare, Forecast, Report, Solve};
pub(crate) use proof::{Audit, Journal, JournalList, JournalShow, JournalVerify, Repair, Verify};

use value::{day, fee_year, fee_years};

/// Membership fees of a municipal network: every öre explained, every refusal explained.
#[derive(Debug, Parser)]
#[command(name = "avgift", version, arg_required_else_help = true, max_term_width = 110)]
pub(crate) struct Cli {
    /// The network's folder.
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    pub(crate) network: PathBuf,
    /// The language of tables and explanations.
    #[arg(long, value_enum, default_value_t = Lang::Sv, global = true)]
    pub(crate) lang: Lang,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    /// The command line; what is not understood ends the program here.
    pub(crate) fn understood() -> Cli {
        let cli = Cli::parse();
        if let Command::Compare(args) = &cli.command
            && let Err(what) = args.sides()
        {
            Cli::command().error(ErrorKind::MissingRequiredArgument, what).exit();
        }
        cli
    }
}

/// The languages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Lang {
    /// Swedish
    Sv,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Sv => Language::Swedish,
            Lang::En => Language::English,
        }
    }
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a commented folder to start from.
    Init {
        /// The folder to make.
        dir: PathBuf,
    },
    /// Tell everything that is wrong with the folder, all at once.
    Check(Check),
    /// Show the fee of every member.
    Fees(Fees),
    /// Explain one member's fee, step by step.
    Explain(Explain),
    /// Show the budget frame: the totals of one year or several.
    Frame(Frame),
    /// Compare two fee years, or a scenario with what is decided: every member's difference, who meets a bound, the sums.
    Compare(Compare),
    /// Explain why a fee, or the frame, changed from one year to another, split into its causes.
    Bridge(Bridge),
    /// Find the rate, base, floor, ceiling, total or scale that gives a frame.
    Solve(Solve),
    /// Show the frame ahead, under assumptions that are stated.
    Forecast(Forecast),
    /// Write a page for the board: frame, fees, changes, forecast, members and sources in one HTML file.
    Report(Report),
    /// Write draft invoices, marked UTKAST; nothing is recorded.
    Invoice(Invoice),
    /// Issue the invoices of a fee year: each gets its number, is recorded in the journal, and written.
    Issue(Issue),
    /// Hold preliminary fees that were issued to the final ones: supplements for what is more, credit notes for what is less.
    Reconcile(Reconcile),
    /// Take an invoice back by a credit note, in full or in part.
    Credit(Credit),
    /// Register payments: read the bank's files, enter one by hand, list what waits, decide where it goes.
    Pay(Pay),
    /// Show what is unpaid on a day, by age and payer, what waits for a decision, and what is owed back.
    Open(Open),
    /// Write reminders of what is overdue, with interest and fee where the host charges them.
    Remind(Remind),
    /// Record that documents were sent, and by what way.
    Sent(Sent),
    /// Write a file for another program.
    #[command(subcommand)]
    Export(Export),
    /// Read the journal: its lines, a document, its own checks.
    #[command(subcommand)]
    Journal(Journal),
    /// Prove the journal: its seals, its documents, and every amount computed anew.
    Verify(Verify),
    /// Mend what can be mended: an interrupted run, documents that are missing; tell what cannot. Nothing is deleted.
    Repair(Repair),
    /// Gather a fee year for the auditor: inputs, formulas, explanations, documents, journal, and their SHA-256.
    Audit(Audit),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

impl Command {
    /// Whether it may record something in the journal.
    pub(crate) fn records(&self) -> bool {
        match self {
            Command::Pay(pay) => !matches!(pay.verb, Some(PayVerb::List(_))),
            Command::Reconcile(reconcile) => reconcile.date.is_some(),
            Command::Issue(_) | Command::Credit(_) | Command::Sent(_) | Command::Repair(_) => true,
            Command::Export(export) => matches!(export, Export::Sie(_)),
            _ => false,
        }
    }
}

/// How data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for people
    Table,
    /// Comma-separated values, plain numbers
    Csv,
    /// JSON, amounts as text
    Json,
}

/// A file to write.
#[derive(Debug, Args)]
pub(crate) struct NewFile {
    /// The file to write; it must be new.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Replace a file that is there.
    #[arg(long)]
    pub(crate) replace: bool,
}

/// The form of what is printed.
#[derive(Debug, Args)]
pub(crate) struct Output {
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl Output {
    /// The form that was asked for.
    pub(crate) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

/// Which figures a fee may rest on.
#[derive(Debug, Args)]
pub(crate) struct Figures {
    /// Take the newest population on file where the right one is not yet published, and mark the fee preliminary.
    #[arg(long)]
    pub(crate) preliminary: bool,
    #[command(flatten)]
    pub(crate) known: Known,
}

/// Which of the figures on file are looked at.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Known {
    /// Take the figures alone that were published by this day, and say so everywhere.
    #[arg(long = "as-known-on", value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) on: Option<NaiveDate>,
}

/// What lies over network.toml.
#[derive(Debug, Args)]
pub(crate) struct Scenario {
    /// A file that lies over network.toml: what it gives replaces what stands there, its `[[tariff]]` rows by name.
    #[arg(long = "scenario", value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

/// One fee year or several.
#[derive(Debug, Args)]
pub(crate) struct Span {
    /// One fee year.
    #[arg(long, value_parser = fee_year, required_unless_present = "years")]
    year: Option<FeeYear>,
    /// Several fee years, first and last: 2023..2026.
    #[arg(long, value_parser = fee_years, value_name = "A..B", conflicts_with = "year")]
    years: Option<Years>,
}

/// A first and a last fee year.
#[derive(Debug, Clone)]
pub(crate) struct Years(Vec<FeeYear>);

impl Span {
    /// The fee years that were asked for.
    pub(crate) fn years(&self) -> Vec<FeeYear> {
        self.years.as_ref().map_or_else(|| self.year.into_iter().collect(), |years| years.0.clone())
    }
}
