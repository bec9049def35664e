//! Command: one file a verb. Each reads its arguments, calls one function a floor, and gives back what to print.

mod audit;
mod books;
mod bridge;
mod check;
mod compare;
mod credit;
mod explain;
mod export;
mod fees;
mod forecast;
mod frame;
mod heading;
mod init;
mod invoice;
mod issue;
mod journal;
mod manual;
mod open;
mod paper;
mod pay;
mod rebuild;
mod reconcile;
mod recording;
mod registers;
mod remind;
mod repair;
mod report;
mod sent;
mod solve;
mod verify;

use std::path::Path;

use avgift::{
    Assessment, Exact, FeeYear, Language, MunicipalityCode, NaiveDate, PopulationMode, Refusal, Rounding,
    Sek, Standing, YearOfFees,
};
use avgift_network::{Folder, Network, names};
use serde::Serialize;

use heading::heading;

use crate::args::{Cli, Command, Figures, Known};
use crate::error::Error;
use crate::world::{self, Texts};
use crate::{Done, Refused};

/// Runs the verb. What records in the journal warns where the folder lies so that two machines may write at once.
pub(crate) fn run(cli: &Cli) -> Result<Done, Refused> {
    let mut done = run_verb(cli)?;
    if cli.command.records() {
        done.warnings.extend(world::place_warning(&cli.network));
    }
    Ok(done)
}

fn run_verb(cli: &Cli) -> Result<Done, Refused> {
    let language = Language::from(cli.lang);
    match &cli.command {
        Command::Init { dir } => init::run(dir),
        Command::Check(args) => check::run(&Opened::folder(&cli.network)?, args),
        Command::Fees(args) => fees::run(
            &Opened::known(&cli.network, args.scenario.file.as_deref(), &args.figures.known)?,
            args,
            language,
        ),
        Command::Explain(args) => explain::run(
            &Opened::known(&cli.network, args.scenario.file.as_deref(), &args.figures.known)?,
            args,
            language,
        ),
        Command::Frame(args) => frame::run(
            &Opened::known(&cli.network, args.scenario.file.as_deref(), &args.figures.known)?,
            args,
            language,
        ),
        Command::Compare(args) => compare::run(&cli.network, args, language),
        Command::Bridge(args) => bridge::run(&cli.network, args, language),
        Command::Solve(args) => solve::run(
            &Opened::known(&cli.network, args.scenario.file.as_deref(), &args.figures.known)?,
            args,
            language,
        ),
        Command::Forecast(args) => forecast::run(
            &Opened::known(&cli.network, args.scenario.file.as_deref(), &args.known)?,
            args,
            language,
        ),
        Command::Report(args) => {
            let opened = Opened::known(&cli.network, args.scenario.file.as_deref(), &args.figures.known)?;
            report::run(&opened, &cli.network, args, language)
        }
        Command::Invoice(args) => {
            invoice::run(&Opened::known(&cli.network, None, &args.figures.known)?, args, language)
        }
        Command::Issue(args) => {
            let opened = Opened::known(&cli.network, None, &args.figures.known)?;
            issue::run(&opened, &cli.network, args, language)
        }
        Command::Reconcile(args) => {
            reconcile::run(&Opened::network(&cli.network)?, &cli.network, args, language)
        }
        Command::Credit(args) => credit::run(&Opened::network(&cli.network)?, &cli.network, args, language),
        Command::Pay(args) => pay::run(&Opened::network(&cli.network)?, &cli.network, args, language),
        Command::Open(args) => open::run(&Opened::network(&cli.network)?, &cli.network, args, language),
        Command::Remind(args) => remind::run(&Opened::network(&cli.network)?, &cli.network, args, language),
        Command::Sent(args) => sent::run(&Opened::network(&cli.network)?, &cli.network, args),
        Command::Export(args) => {
            export::run(&Opened::known(&cli.network, None, &args.known())?, &cli.network, args, language)
        }
        Command::Journal(args) => journal::run(&cli.network, args, language),
        Command::Verify(args) => verify::run(&cli.network, args, language),
        Command::Repair(args) => repair::run(&cli.network, args, language),
        Command::Audit(args) => audit::run(&cli.network, args, language),
        Command::Completions { shell } => Ok(manual::completions(*shell)),
        Command::Man => manual::page(),
    }
}

/// A folder that was read, and the network in it.
struct Opened<T> {
    folder: Folder,
    network: T,
}

impl Opened<Result<Network, Vec<Refusal>>> {
    /// The folder as it is, faults and all.
    fn folder(dir: &Path) -> Result<Self, Refused> {
        let folder = world::read_folder(dir)?;
        let network = Network::read(&folder);
        Ok(Opened { folder, network })
    }
}

impl Opened<Network> {
    /// A folder without faults.
    fn network(dir: &Path) -> Result<Self, Refused> {
        Opened::under(dir, None)
    }

    /// A folder without faults, under a scenario or none.
    fn under(dir: &Path, scenario: Option<&Path>) -> Result<Self, Refused> {
        let mut folder = world::read_folder(dir)?;
        scenario.map(|scenario| world::lay_over(&mut folder, scenario)).transpose()?;
        let network = Network::read(&folder);
        match network {
            Ok(network) => Ok(Opened { folder, network }),
            Err(refusals) => Err(refused(&folder, refusals)),
        }
    }

    /// A folder without faults, under a scenario or none, with the figures that were known on a day.
    fn known(dir: &Path, scenario: Option<&Path>, known: &Known) -> Result<Self, Refused> {
        let opened = Opened::under(dir, scenario)?;
        Ok(match known.on {
            Some(day) => Opened { network: opened.network.as_known_on(day), ..opened },
            None => opened,
        })
    }

    /// The day that its figures were known on, where one was asked for.
    fn known_on(&self) -> Option<NaiveDate> {
        self.network.basis().known_on()
    }

    /// The network's name; under a scenario with its file, and that nothing of it was decided.
    fn title(&self, language: Language) -> String {
        let name = self.network.name();
        match self.network.scenario() {
            Some(file) => language.tell("scenario-of-network", &[("network", name), ("file", file)]),
            None => name.to_owned(),
        }
    }

    /// The command is done: its data, and the network's warnings.
    fn done(&self, out: String) -> Done {
        let warnings = self.network.warnings().to_vec();
        let texts = Texts::of(&self.folder, &warnings);
        Done { warnings, texts, ..Done::with(out) }
    }

    /// Refusals with the texts that they point into.
    fn refused(&self, refusals: Vec<Refusal>) -> Refused {
        refused(&self.folder, refusals)
    }

    /// The fees of a year.
    fn fees(&self, year: FeeYear, figures: &Figures) -> Result<YearOfFees, Refused> {
        let mode = if figures.preliminary { PopulationMode::NewestOnFile } else { PopulationMode::Published };
        self.network.assess(year, mode).map_err(|refusals| refused(&self.folder, refusals))
    }

    /// The fees of one year or several, or what is wrong with all of them.
    fn years(&self, wanted: &[FeeYear], figures: &Figures) -> Result<Vec<YearOfFees>, Refused> {
        let mut years = Vec::new();
        let mut refused: Option<Refused> = None;
        for year in wanted {
            match (self.fees(*year, figures), &mut refused) {
                (Ok(fees), _) => years.push(fees),
                (Err(more), Some(refused)) => refused.join(more),
                (Err(first), None) => refused = Some(first),
            }
        }
        refused.map_or(Ok(years), Err)
    }
}

/// Both, or what is wrong with either.
fn both<A, B>(first: Result<A, Refused>, second: Result<B, Refused>) -> Result<(A, B), Refused> {
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (Err(mut first), Err(second)) => {
            first.join(second);
            Err(first)
        }
        (Err(refused), _) | (_, Err(refused)) => Err(refused),
    }
}

fn refused(folder: &Folder, refusals: Vec<Refusal>) -> Refused {
    let texts = Texts::of(folder, &refusals);
    Refused { texts, ..Refused::from(refusals) }
}

/// The code of a member that the user named by its code or its name; a near miss is suggested.
fn member_named(text: &str, years: &[&YearOfFees]) -> Result<MunicipalityCode, Refusal> {
    let is_member = |code: MunicipalityCode| {
        let mut fees = years.iter().flat_map(|fees| &fees.assessments).map(Assessment::code);
        fees.any(|member| member == code)
    };
    let named = names::by_name(text).map(|municipality| municipality.code);
    let wanted = named.or_else(|| text.parse().ok());
    if let Some(code) = wanted.filter(|code| is_member(*code)) {
        return Ok(code);
    }
    let near = if wanted.is_some() { Vec::new() } else { names::suggestions(text) };
    let near = near.iter().filter(|near| is_member(near.code));
    let near = near.map(|near| format!("{} ({})", near.name, near.code)).collect();
    let years = years.iter().map(|fees| fees.schedule.year()).collect();
    Err(Error::MemberMustBeInTheYear { text: text.to_owned(), years, near }.refusal())
}

/// A value as JSON, each line ended. Only an amount too large to be written as a ratio of kronor can fail.
fn json(value: &impl Serialize) -> Result<String, Refusal> {
    let text = serde_json::to_string_pretty(value);
    text.map(|text| text + "\n").map_err(|_| avgift::Error::AmountMustNotOverflow.refusal())
}

/// Data for machines, with the scenario that it comes of, the day that its figures were known on, and that it is preliminary,
/// each where it is so.
#[derive(Serialize)]
struct Under<'a, T> {
    #[serde(flatten)]
    data: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preliminary: Option<bool>,
}

impl<'a, T> Under<'a, T> {
    /// Data that is made of the fees of some years.
    fn of(opened: &'a Opened<Network>, years: &[&YearOfFees], data: T) -> Under<'a, T> {
        let (scenario, known_on) = (opened.network.scenario(), opened.known_on());
        Under { data, scenario, known_on, preliminary: is_preliminary(years) }
    }
}

/// A mark for machines: there where a fee of the years is preliminary.
fn is_preliminary(years: &[&YearOfFees]) -> Option<bool> {
    years.iter().any(|fees| fees.is_preliminary()).then_some(true)
}

/// Rows as comma-separated values with a header.
fn csv<R: Serialize>(rows: impl IntoIterator<Item = R>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row).expect("a row of texts and numbers is written into memory");
    }
    let bytes = writer.into_inner().expect("memory takes what is flushed");
    String::from_utf8(bytes).expect("rows of text are text")
}

/// An amount to whole öre, for showing only.
fn to_ore(amount: Exact) -> Option<Sek> {
    Rounding::Ore.round(amount).ok()
}

/// A change of an amount: `+5 122 kr`, `-80 kr`, `0 kr`.
fn change_text(change: Sek, language: Language) -> String {
    let sign = if change > Sek::ZERO { "+" } else { "" };
    format!("{sign}{}", change.text(language))
}

/// Where a fee stands between the bounds, for people.
fn standing_text(standing: Standing, language: Language) -> String {
    language.say(match standing {
        Standing::AtFloor => "rule-floor",
        Standing::Within => "standing-within",
        Standing::AtCeiling => "rule-ceiling",
    })
}
