//! Args: the command line as the user types it.

mod pay;
mod proof;

use std::path::{Path, PathBuf};

use avgift::{Assumptions, Decimal, FeeYear, Growth, Language, NaiveDate, Sek, Share, ShareUnit, Sought};
use avgift_invoice::{CreditedPart, Taken, Text};
use chrono::{DateTime, FixedOffset};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

pub(crate) use pay::{Assign, ByHand, List, Open, Pay, PayVerb, Remind};
pub(crate) use proof::{Audit, Journal, JournalList, JournalShow, JournalVerify, Repair, Verify};

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

/// avgift compare
#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The first side: a fee year, or a scenario's file.
    #[arg(value_name = "A", value_parser = side)]
    from: Side,
    /// The second side: a fee year, or a scenario's file.
    #[arg(value_name = "B", value_parser = side)]
    to: Side,
    /// The fee year of a side that is a file; unless given, that of the other side.
    #[arg(long, value_parser = fee_year)]
    year: Option<FeeYear>,
    /// The scenario of a side that is a fee year.
    #[command(flatten)]
    scenario: Scenario,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

/// One side of a comparison, as the user typed it.
#[derive(Debug, Clone)]
enum Side {
    Year(FeeYear),
    File(PathBuf),
}

/// One side of a comparison: what the user calls it, its fee year, and the scenario it lies under.
pub(crate) struct ComparedSide<'a> {
    pub(crate) name: String,
    pub(crate) year: FeeYear,
    pub(crate) scenario: Option<&'a Path>,
}

impl Compare {
    /// Both sides.
    ///
    /// # Errors
    /// What is missing to understand them.
    pub(crate) fn sides(&self) -> Result<[ComparedSide<'_>; 2], &'static str> {
        let year_beside = match (&self.from, &self.to) {
            (Side::Year(_), Side::Year(_)) if self.year.is_some() => {
                return Err("--year is for a side that is a file; both sides are fee years");
            }
            (Side::Year(year), _) | (_, Side::Year(year)) => self.year.or(Some(*year)),
            _ => self.year,
        };
        let side = |side| -> Result<ComparedSide<'_>, &'static str> {
            match side {
                &Side::Year(year) => {
                    let scenario = self.scenario.file.as_deref();
                    Ok(ComparedSide { name: year.to_string(), year, scenario })
                }
                Side::File(file) => {
                    let year = year_beside.ok_or("two files are compared in a fee year: give --year")?;
                    // A column has room for the file's name, not for where it lies.
                    let name = crate::shown(file.file_stem().map_or(file, Path::new));
                    Ok(ComparedSide { name, year, scenario: Some(file) })
                }
            }
        };
        Ok([side(&self.from)?, side(&self.to)?])
    }
}

/// avgift bridge
#[derive(Debug, Args)]
pub(crate) struct Bridge {
    /// The member: its municipality code or its name; without one, the frame and every member.
    pub(crate) member: Option<String>,
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// The earlier fee year.
    #[arg(long, value_parser = fee_year, required_unless_present = "year", requires = "to")]
    from: Option<FeeYear>,
    /// The later fee year.
    #[arg(long, value_parser = fee_year, required_unless_present = "year", requires = "from")]
    to: Option<FeeYear>,
    /// One fee year: from what is decided to the scenario.
    #[arg(long, value_parser = fee_year, conflicts_with_all = ["from", "to"], requires = "file")]
    year: Option<FeeYear>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

/// What a bridge leads from and to.
pub(crate) enum Between<'a> {
    /// Two fee years, both under the scenario, if there is one.
    Years(FeeYear, FeeYear),
    /// What is decided for a fee year, and a scenario.
    Decided(FeeYear, &'a Path),
}

impl Bridge {
    /// Both sides.
    pub(crate) fn between(&self) -> Between<'_> {
        match (self.year, &self.scenario.file, self.from, self.to) {
            (Some(year), Some(file), _, _) => Between::Decided(year, file),
            (_, _, Some(from), Some(to)) => Between::Years(from, to),
            // What is not understood ended the program before.
            _ => unreachable!("either two years are given, or one and a scenario"),
        }
    }
}

/// avgift solve
#[derive(Debug, Args)]
pub(crate) struct Solve {
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// The frame that the fees are to raise.
    #[arg(long, value_name = "KR", value_parser = kronor)]
    pub(crate) frame: Sek,
    /// What to find.
    #[arg(long = "for", value_enum)]
    sought: Unknown,
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The step of the two values beside the target: kronor, or percent of the scale. Unless given 0,01 kr for the rate,
    /// 100 kr for base and bounds, 1 kr for a total, 0,01 for the scale.
    #[arg(long, value_name = "STEP", value_parser = decimal, allow_hyphen_values = true)]
    step: Option<Decimal>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

/// What can be found.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Unknown {
    /// The rate per inhabitant, or per so many; all else stays
    Rate,
    /// The base beside a rate; all else stays
    Base,
    /// The floor; all else stays
    Floor,
    /// The ceiling; all else stays
    Ceiling,
    /// The total that the members share
    Total,
    /// One factor for every amount of the tariff, whatever its shape
    Scale,
}

impl Solve {
    /// What is sought.
    pub(crate) fn sought(&self) -> Sought {
        match self.sought {
            Unknown::Rate => Sought::Rate,
            Unknown::Base => Sought::Base,
            Unknown::Floor => Sought::Floor,
            Unknown::Ceiling => Sought::Ceiling,
            Unknown::Total => Sought::Total,
            Unknown::Scale => Sought::Scale,
        }
    }

    /// The step that was asked for: kronor, or percent of the scale.
    pub(crate) fn step(&self) -> Option<Decimal> {
        self.step
    }
}

/// avgift forecast
#[derive(Debug, Args)]
pub(crate) struct Forecast {
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// The fee years, first and last: 2026..2030.
    #[arg(long, value_parser = fee_years, value_name = "A..B")]
    years: Years,
    /// How the inhabitants of every member grow where no figure is on file: percent a year, 0,8.
    #[arg(long, value_name = "PERCENT", value_parser = growth, allow_hyphen_values = true)]
    pub(crate) population_growth: Growth,
    /// How the index grows where no figure is on file: percent a year, 2,5.
    #[arg(long, value_name = "PERCENT", value_parser = growth, allow_hyphen_values = true)]
    pub(crate) index_growth: Growth,
    /// A band around both: so many percentage points lower and higher.
    #[arg(long, value_name = "POINTS", value_parser = growth)]
    pub(crate) band: Option<Growth>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) known: Known,
}

impl Forecast {
    /// The fee years that were asked for.
    pub(crate) fn years(&self) -> &[FeeYear] {
        &self.years.0
    }
}

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

impl Report {
    /// The further fee years that were asked for.
    pub(crate) fn years(&self) -> &[FeeYear] {
        self.years.as_ref().map_or(&[], |years| &years.0)
    }

    /// What is assumed of years ahead, where anything is.
    pub(crate) fn assumptions(&self) -> Option<Assumptions> {
        let (population, index) = self.population_growth.zip(self.index_growth)?;
        Some(Assumptions { population, index })
    }
}

/// avgift report
#[derive(Debug, Args)]
pub(crate) struct Report {
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The fee year to hold it against; the one before unless given. Under a scenario, what is in force in the same year.
    #[arg(long, value_name = "YEAR", value_parser = fee_year)]
    pub(crate) compare: Option<FeeYear>,
    /// More fee years, first and last, whose frames stand side by side: 2023..2026. With both growths, years ahead too.
    #[arg(long, value_parser = fee_years, value_name = "A..B")]
    years: Option<Years>,
    /// How the inhabitants of every member grow where no figure is on file: percent a year, 0,8.
    #[arg(long, value_name = "PERCENT", value_parser = growth, allow_hyphen_values = true,
        requires_all = ["years", "index_growth"])]
    population_growth: Option<Growth>,
    /// How the index grows where no figure is on file: percent a year, 2,5.
    #[arg(long, value_name = "PERCENT", value_parser = growth, allow_hyphen_values = true,
        requires_all = ["years", "population_growth"])]
    index_growth: Option<Growth>,
    /// A band around both growths: so many percentage points lower and higher.
    #[arg(long, value_name = "POINTS", value_parser = growth, requires = "population_growth")]
    pub(crate) band: Option<Growth>,
    #[command(flatten)]
    pub(crate) file: NewFile,
    #[command(flatten)]
    pub(crate) figures: Figures,
    #[command(flatten)]
    pub(crate) scenario: Scenario,
}

/// avgift invoice
#[derive(Debug, Args)]
pub(crate) struct Invoice {
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The folder to write; it must be new or empty.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The invoice date; today unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    /// Put each document in the envelope that Peppol sends it in (SBDH).
    #[arg(long)]
    pub(crate) envelope: bool,
    /// Write no PDF, only what machines read.
    #[arg(long)]
    pub(crate) no_pdf: bool,
    /// Replace a folder of drafts that an earlier run wrote.
    #[arg(long)]
    pub(crate) replace: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

/// How something is recorded in the journal.
#[derive(Debug, Args)]
pub(crate) struct Recording {
    /// Show what would be recorded, and record nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Do not ask.
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) stamp: StampArgs,
}

/// Who records, and when.
#[derive(Debug, Args)]
pub(crate) struct StampArgs {
    /// Who does it, as the journal is to say; the user who is logged in unless given.
    #[arg(long, value_name = "NAME", value_parser = user)]
    pub(crate) by: Option<String>,
    /// The time that is recorded; now unless given. For runs that are to be the same byte for byte.
    #[arg(long, value_name = "TIME", value_parser = time, hide_short_help = true)]
    pub(crate) at: Option<DateTime<FixedOffset>>,
}

/// avgift issue
#[derive(Debug, Args)]
pub(crate) struct Issue {
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The invoice date; today unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    /// Issue this instalment alone, by its number; all whose day has come unless given.
    #[arg(long, value_name = "N")]
    pub(crate) instalment: Option<usize>,
    /// Write no PDF, only what machines read.
    #[arg(long)]
    pub(crate) no_pdf: bool,
    /// Print the plan and what came of it as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

/// avgift reconcile
#[derive(Debug, Args)]
pub(crate) struct Reconcile {
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The date of the supplements and credit notes; without one, what they would be is told and nothing recorded.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    /// Write no PDF, only what machines read.
    #[arg(long)]
    pub(crate) no_pdf: bool,
    /// Print every fee and what comes of it as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

/// avgift credit
#[derive(Debug, Args)]
pub(crate) struct Credit {
    /// The number of the invoice: `20240001`, or with its series, `GR-20240001`.
    pub(crate) number: String,
    /// Why, as it is to stand on the credit note.
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(crate) reason: Text,
    /// Take back a part: a line and an amount without VAT, `1=10000,50`, a line and a share, `1=6/12`, or the rest of a
    /// line, `1`. Several may be given. All that is left is taken back unless this is given.
    #[arg(long = "part", value_name = "LINE[=AMOUNT|PART/WHOLE]", value_parser = part)]
    pub(crate) parts: Vec<CreditedPart>,
    /// The date of the credit note; today unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    /// Write no PDF, only what machines read.
    #[arg(long)]
    pub(crate) no_pdf: bool,
    /// Print the credit note as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

/// avgift sent
#[derive(Debug, Args)]
pub(crate) struct Sent {
    /// The numbers of what was sent.
    #[arg(required_unless_present = "year")]
    pub(crate) numbers: Vec<String>,
    /// All that was issued for a fee year.
    #[arg(long, value_parser = fee_year, conflicts_with = "numbers")]
    pub(crate) year: Option<FeeYear>,
    /// By what way.
    #[arg(long, value_enum)]
    pub(crate) channel: Channel,
    /// The receipt, or the operator's id of the sending.
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(crate) receipt: Option<Text>,
    #[command(flatten)]
    pub(crate) stamp: StampArgs,
}

/// How a document is sent.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Channel {
    /// As an electronic invoice, through an access point
    Peppol,
    /// By electronic mail
    Email,
    /// By post
    Post,
}

impl Channel {
    /// As the journal names it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Channel::Peppol => "peppol",
            Channel::Email => "email",
            Channel::Post => "post",
        }
    }
}

/// A name of a user: a line of text.
fn user(name: &str) -> Result<String, String> {
    Text::new(name).map(|name| name.to_string()).map_err(|error| error.to_string())
}

fn text(text: &str) -> Result<Text, String> {
    Text::new(text).map_err(|error| error.to_string())
}

fn time(text: &str) -> Result<DateTime<FixedOffset>, String> {
    DateTime::parse_from_rfc3339(text).map_err(|_| "write a time as 2024-02-28T09:00:00+01:00".to_owned())
}

/// `1=10000,50`, `1=6/12` or `1`.
fn part(text: &str) -> Result<CreditedPart, String> {
    let (line, taken) = text.split_once('=').map_or((text, None), |(line, taken)| (line, Some(taken)));
    let line = line
        .trim()
        .parse::<usize>()
        .map_err(|_| "begin with the number of a line of the invoice".to_owned())?;
    let taken = match taken.map(|taken| taken.split_once('/').ok_or(taken)) {
        None => Taken::Rest,
        Some(Err(amount)) => {
            Taken::Amount(amount.trim().parse().map_err(|error: avgift::Error| error.to_string())?)
        }
        Some(Ok((part, whole))) => {
            let count =
                |text: &str| text.trim().parse::<u32>().map_err(|_| "write a share as 6/12".to_owned());
            let unit = if count(whole)? > 12 { ShareUnit::Days } else { ShareUnit::Months };
            Taken::Share(Share::new(count(part)?, count(whole)?, unit).map_err(|error| error.to_string())?)
        }
    };
    Ok(CreditedPart { line, taken })
}

fn side(text: &str) -> Result<Side, String> {
    match text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => fee_year(text).map(Side::Year),
        false => Ok(Side::File(text.into())),
    }
}

fn kronor(text: &str) -> Result<Sek, String> {
    text.parse().map_err(|error: avgift::Error| error.to_string())
}

fn growth(text: &str) -> Result<Growth, String> {
    text.parse().map_err(|error: avgift::Error| error.to_string())
}

fn decimal(text: &str) -> Result<Decimal, String> {
    let number = text.trim_end_matches("kr").trim_end_matches('%').trim_end();
    avgift::parse_decimal(number).ok_or_else(|| "write a number as 0,01".to_owned())
}

fn fee_year(text: &str) -> Result<FeeYear, String> {
    text.parse().map_err(|error: avgift::Error| error.to_string())
}

fn fee_years(text: &str) -> Result<Years, String> {
    let (first, last) = text.split_once("..").ok_or("write the first and the last year, 2023..2026")?;
    let (first, last) = (fee_year(first)?, fee_year(last.trim_start_matches('='))?);
    let years: Result<Vec<FeeYear>, avgift::Error> = (first.get()..=last.get()).map(FeeYear::new).collect();
    match years {
        Ok(years) if !years.is_empty() => Ok(Years(years)),
        _ => Err("the first year comes before the last".to_owned()),
    }
}

/// A day of a fee year, written with all its digits.
fn day(text: &str) -> Result<NaiveDate, String> {
    let day = text.parse::<NaiveDate>().ok().filter(|_| text.len() == 10);
    let day = day.filter(|_| fee_year(&text[..4]).is_ok());
    day.ok_or_else(|| "write a day as 2024-02-28".to_owned())
}
