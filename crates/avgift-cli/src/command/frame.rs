//! frame: the budget frame of one fee year or several.

use avgift::{BudgetFrame, Exact, FeeYear, Language, NaiveDate, grouped};
use avgift_network::Network;
use serde::Serialize;

use super::{Opened, csv, heading, json, to_ore};
use crate::args::{Format, Frame};
use crate::table::{self, Align};
use crate::{Done, Refused};

/// A frame for machines.
#[derive(Serialize)]
struct YearFrame<'a> {
    fee_year: FeeYear,
    preliminary: bool,
    illustrative: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<NaiveDate>,
    frame: &'a BudgetFrame,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<&'a str>,
}

/// A row for machines.
#[derive(Serialize)]
struct Row<'a> {
    fee_year: FeeYear,
    members: usize,
    payers: usize,
    at_floor: usize,
    within: usize,
    at_ceiling: usize,
    prorated: usize,
    inhabitants: u64,
    sum: String,
    mean_per_inhabitant: String,
    mean_per_payer: String,
    preliminary: bool,
    illustrative: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<&'a str>,
}

pub(super) fn run(opened: &Opened<Network>, args: &Frame, language: Language) -> Result<Done, Refused> {
    let years = opened.years(&args.span.years(), &args.figures)?;
    let out = match args.output.format() {
        Format::Json => json(
            &years
                .iter()
                .map(|fees| YearFrame {
                    fee_year: fees.schedule.year(),
                    preliminary: fees.is_preliminary(),
                    illustrative: fees.schedule.tariff().illustrative,
                    known_on: fees.known_on(),
                    frame: &fees.frame,
                    scenario: opened.network.scenario(),
                })
                .collect::<Vec<_>>(),
        )?,
        Format::Csv => csv(years.iter().map(|fees| Row {
            fee_year: fees.schedule.year(),
            members: fees.frame.members,
            payers: fees.frame.payers,
            at_floor: fees.frame.at_floor,
            within: fees.frame.within,
            at_ceiling: fees.frame.at_ceiling,
            prorated: fees.frame.prorated,
            inhabitants: fees.frame.inhabitants,
            sum: fees.frame.sum.to_string(),
            mean_per_inhabitant: fees
                .frame
                .mean_per_inhabitant
                .and_then(to_ore)
                .map_or_else(String::new, |mean| mean.to_string()),
            mean_per_payer: fees
                .frame
                .mean_per_payer
                .and_then(to_ore)
                .map_or_else(String::new, |mean| mean.to_string()),
            preliminary: fees.is_preliminary(),
            illustrative: fees.schedule.tariff().illustrative,
            known_on: fees.known_on(),
            scenario: opened.network.scenario(),
        })),
        Format::Table => {
            let heading = heading(&opened.title(language), &years.iter().collect::<Vec<_>>(), language);
            let frames: Vec<(FeeYear, &BudgetFrame)> =
                years.iter().map(|fees| (fees.schedule.year(), &fees.frame)).collect();
            heading + &frames_table(&frames, language)
        }
    };
    Ok(opened.done(out))
}

/// One column a year, so that the years can be compared line by line.
fn frames_table(frames: &[(FeeYear, &BudgetFrame)], language: Language) -> String {
    let mut header = vec![(language.say("column-budget-frame"), Align::Left)];
    header.extend(frames.iter().map(|(year, _)| (year.to_string(), Align::Right)));
    let row = |message: &str, value: &dyn Fn(&BudgetFrame) -> String| {
        let mut row = vec![language.say(message)];
        row.extend(frames.iter().map(|(_, frame)| value(frame)));
        row
    };
    let count = |count: usize| count.to_string();
    let kronor = |amount: Option<Exact>| {
        amount.and_then(to_ore).map_or_else(String::new, |mean| mean.text_with_ore(language))
    };
    let rows = vec![
        row("column-members", &|frame| count(frame.members)),
        row("frame-payers", &|frame| count(frame.payers)),
        row("frame-at-floor", &|frame| count(frame.at_floor)),
        row("frame-within", &|frame| count(frame.within)),
        row("frame-at-ceiling", &|frame| count(frame.at_ceiling)),
        row("frame-prorated", &|frame| count(frame.prorated)),
        row("column-inhabitants", &|frame| grouped(frame.inhabitants.into(), language)),
        row("frame-mean-per-inhabitant", &|frame| kronor(frame.mean_per_inhabitant)),
        row("frame-mean-per-payer", &|frame| kronor(frame.mean_per_payer)),
    ];
    table::render(&header, rows, Some(row("sum", &|frame| frame.sum.text(language))))
}
