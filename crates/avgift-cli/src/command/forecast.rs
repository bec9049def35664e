//! forecast: the frame ahead, under assumptions that are stated.

use avgift::{
    Assumptions, FeeYear, Forecast, ForecastYear, Growth, Language, NaiveDate, Point, decimal_text, grouped,
    known_on_text,
};
use avgift_network::Network;
use serde::Serialize;

use super::{Opened, Under, csv, json};
use crate::args::{self, Format};
use crate::table::{self, Align};
use crate::{Done, Refused};

/// A year for machines; its assumptions stand in every row.
#[derive(Serialize)]
struct Row {
    fee_year: FeeYear,
    on_file: bool,
    population_growth: Growth,
    index_growth: Growth,
    band: Option<Growth>,
    members: usize,
    payers: usize,
    inhabitants: u64,
    at_floor: usize,
    at_ceiling: usize,
    low: Option<String>,
    mid: String,
    high: Option<String>,
    illustrative: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<NaiveDate>,
}

pub(super) fn run(
    opened: &Opened<Network>,
    args: &args::Forecast,
    language: Language,
) -> Result<Done, Refused> {
    let assumptions = Assumptions { population: args.population_growth, index: args.index_growth };
    let forecast = Forecast::of(opened.network.basis(), args.years(), assumptions, args.band)
        .map_err(|errors| opened.refused(errors.iter().map(avgift::Error::refusal).collect()))?;
    let out = match args.output.format() {
        Format::Json => json(&Under::of(opened, &[], &forecast))?,
        Format::Csv => csv(forecast.years.iter().map(|year| row(opened, &forecast, year))),
        Format::Table => title(opened, &forecast, language) + &years_table(&forecast, language),
    };
    Ok(opened.done(out))
}

fn row(opened: &Opened<Network>, forecast: &Forecast, year: &ForecastYear) -> Row {
    Row {
        fee_year: year.year,
        on_file: year.is_on_file,
        population_growth: forecast.assumptions.population,
        index_growth: forecast.assumptions.index,
        band: forecast.band,
        members: year.members,
        payers: year.payers,
        inhabitants: year.mid.inhabitants,
        at_floor: year.mid.at_floor,
        at_ceiling: year.mid.at_ceiling,
        low: year.low.map(|low| low.sum.to_string()),
        mid: year.mid.sum.to_string(),
        high: year.high.map(|high| high.sum.to_string()),
        illustrative: year.illustrative,
        scenario: opened.network.scenario().map(str::to_owned),
        known_on: opened.known_on(),
    }
}

/// The network, what is assumed, and how it is rounded.
fn title(opened: &Opened<Network>, forecast: &Forecast, language: Language) -> String {
    let Assumptions { population, index } = forecast.assumptions;
    let (population, index) = (population.text(language), index.text(language));
    let mut lines = vec![
        opened.title(language),
        language.say("forecast-title"),
        language.tell("forecast-assumes", &[("population", &population), ("index", &index)]),
    ];
    lines.extend(
        forecast
            .band
            .map(|band| language.tell("forecast-band", &[("band", &decimal_text(band.percent(), language))])),
    );
    lines.push(language.say("forecast-rounding"));
    if forecast.years.iter().any(|year| year.illustrative) {
        lines.push(language.say("tariff-is-illustrative"));
    }
    lines.extend(opened.known_on().map(|day| known_on_text(day, language)));
    lines.into_iter().map(|line| line + "\n").collect::<String>() + "\n"
}

/// A row a year.
fn years_table(forecast: &Forecast, language: Language) -> String {
    let mut header = vec![
        (language.say("paper-fee-year"), Align::Left),
        (language.say("forecast-figures"), Align::Left),
        (language.say("column-members"), Align::Right),
        (language.say("column-inhabitants"), Align::Right),
        (language.say("frame-at-floor"), Align::Right),
        (language.say("frame-at-ceiling"), Align::Right),
    ];
    let frames = match forecast.band {
        Some(_) => {
            vec![language.say("forecast-low"), language.say("forecast-mid"), language.say("forecast-high")]
        }
        None => vec![language.say("column-budget-frame")],
    };
    header.extend(frames.into_iter().map(|frame| (frame, Align::Right)));
    let rows = forecast.years.iter().map(|year| {
        let mut row = vec![
            year.year.to_string(),
            language.say(if year.is_on_file { "forecast-on-file" } else { "forecast-assumed" }),
            year.members.to_string(),
            grouped(year.mid.inhabitants.into(), language),
            year.mid.at_floor.to_string(),
            year.mid.at_ceiling.to_string(),
        ];
        let points = [year.low, Some(year.mid), year.high].into_iter().flatten();
        row.extend(points.map(|point: Point| point.sum.text(language)));
        row
    });
    table::render(&header, rows.collect(), None)
}
