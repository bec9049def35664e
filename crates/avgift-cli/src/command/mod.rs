//! Command: one file a verb. Each reads its arguments, calls one function a floor, and gives back what to print.

mod check;
mod explain;
mod export;
mod fees;
mod frame;
mod init;
mod invoice;
mod manual;
mod paper;

use std::path::Path;

use avgift::{FeeYear, Language, Operand, Parameter, PopulationMode, Refusal, Sek, YearOfFees};
use avgift_network::{Folder, Network};
use serde::Serialize;

use crate::args::{Cli, Command, Figures, Span};
use crate::world::{self, Texts};
use crate::{Done, Refused};

/// Runs the verb.
pub(crate) fn run(cli: &Cli) -> Result<Done, Refused> {
    let language = Language::from(cli.lang);
    match &cli.command {
        Command::Init { dir } => init::run(dir),
        Command::Check(args) => check::run(&Opened::folder(&cli.network)?, args),
        Command::Fees(args) => fees::run(&Opened::network(&cli.network)?, args, language),
        Command::Explain(args) => explain::run(&Opened::network(&cli.network)?, args, language),
        Command::Frame(args) => frame::run(&Opened::network(&cli.network)?, args, language),
        Command::Invoice(args) => invoice::run(&Opened::network(&cli.network)?, args, language),
        Command::Export(args) => export::run(&Opened::network(&cli.network)?, args, language),
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
        let Opened { folder, network } = Opened::folder(dir)?;
        match network {
            Ok(network) => Ok(Opened { folder, network }),
            Err(refusals) => Err(refused(&folder, refusals)),
        }
    }

    /// The command is done: its data, and the network's warnings.
    fn done(&self, out: String) -> Done {
        let warnings = self.network.warnings().to_vec();
        let texts = Texts::of(&self.folder, &warnings);
        Done { warnings, texts, ..Done::with(out) }
    }

    /// The fees of a year.
    fn fees(&self, year: FeeYear, figures: &Figures) -> Result<YearOfFees, Refused> {
        let mode = if figures.preliminary { PopulationMode::NewestOnFile } else { PopulationMode::Published };
        self.network.assess(year, mode).map_err(|refusals| refused(&self.folder, refusals))
    }

    /// The fees of one year or several, or what is wrong with all of them.
    fn years(&self, span: &Span, figures: &Figures) -> Result<Vec<YearOfFees>, Refused> {
        let mut years = Vec::new();
        let mut refused: Option<Refused> = None;
        for year in span.years() {
            match (self.fees(year, figures), &mut refused) {
                (Ok(fees), _) => years.push(fees),
                (Err(more), Some(refused)) => refused.join(more),
                (Err(first), None) => refused = Some(first),
            }
        }
        refused.map_or(Ok(years), Err)
    }
}

fn refused(folder: &Folder, refusals: Vec<Refusal>) -> Refused {
    let texts = Texts::of(folder, &refusals);
    Refused { refusals, texts, out: None }
}

/// A value as JSON, each line ended. Only an amount too large to be written as a ratio of kronor can fail.
fn json(value: &impl Serialize) -> Result<String, Refusal> {
    let text = serde_json::to_string_pretty(value);
    text.map(|text| text + "\n").map_err(|_| avgift::Error::AmountMustNotOverflow.refusal())
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

/// The lines above a table: the network, and for each year its tariff; then what is illustrative or preliminary.
fn heading(name: &str, years: &[&YearOfFees], language: Language) -> String {
    let mut lines = vec![name.to_owned()];
    lines.extend(years.iter().map(|fees| tariff_text(fees, language)));
    if years.iter().any(|fees| fees.schedule.tariff().illustrative) {
        lines.push(language.say("tariff-is-illustrative"));
    }
    if years.iter().any(|fees| fees.is_preliminary()) {
        lines.push(language.say("populations-are-older"));
    }
    lines.into_iter().map(|line| line + "\n").collect::<String>() + "\n"
}

/// `Avgiftsår 2024, taxa T: 1,50 kr per invånare, golv 15 000 kr, tak 120 000 kr; × 142,6 / 138,2`.
fn tariff_text(fees: &YearOfFees, language: Language) -> String {
    let schedule = &fees.schedule;
    let bound = |message: &str, bound: Option<&Parameter<Sek>>| {
        let amount = Operand::Bound(Some(bound?.clone())).text(language);
        Some(language.tell(message, &[("amount", &amount)]))
    };
    let terms = [
        Some(schedule.shape().text(language)),
        bound("terms-floor", schedule.floor()),
        bound("terms-ceiling", schedule.ceiling()),
    ];
    let mut terms = terms.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let factor = Operand::Factor(schedule.fee_factor().cloned());
    if let Some(note) = factor.note(language) {
        terms.push_str(&format!("; {} ({note})", factor.text(language)));
    }
    let (year, tariff) = (schedule.year().to_string(), &schedule.tariff().name);
    language.tell("tariff-of-year", &[("year", &year), ("tariff", tariff), ("terms", &terms)])
}
