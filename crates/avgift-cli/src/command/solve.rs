//! solve: which rate, base, floor, ceiling, total or scale gives a frame.

use avgift::{
    FeeYear, Language, MunicipalityCode, NaiveDate, Neighbour, Ratio, Solution, Sought, YearOfFees,
};
use avgift_network::Network;
use serde::Serialize;

use super::{Opened, Under, change_text, csv, heading, is_preliminary, json};
use crate::args::{Format, Solve};
use crate::table::{self, Align};
use crate::{Done, Refused};

/// A value for a spreadsheet and for machines. An exact value is a quotient of two integers, which stands beside its decimals; no
/// frame of rounded fees belongs to it.
#[derive(Serialize)]
struct Row {
    fee_year: FeeYear,
    sought: Sought,
    target: String,
    kind: &'static str,
    /// What the value is in: kronor, or a factor.
    unit: &'static str,
    /// Six decimals, the last one rounded, half away from zero.
    value_to_6_decimals: Option<String>,
    value_exact: Option<Ratio>,
    frame: Option<String>,
    remainder: Option<String>,
    at_floor: Option<usize>,
    at_ceiling: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preliminary: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<NaiveDate>,
}

pub(super) fn run(opened: &Opened<Network>, args: &Solve, language: Language) -> Result<Done, Refused> {
    let fees = opened.fees(args.year, &args.figures)?;
    let sought = args.sought();
    let step = args.step().map_or(Ok(sought.usual_step()), |step| sought.value_of(step));
    let solution = step.and_then(|step| Solution::of(&fees, args.frame, sought, step));
    let solution = solution.map_err(|error| opened.refused(vec![error.refusal()]))?;
    let out = match args.output.format() {
        Format::Json => json(&Under::of(opened, &[&fees], &solution))?,
        Format::Csv => {
            let (preliminary, known_on) = (is_preliminary(&[&fees]), opened.known_on());
            let rows = rows(&solution, opened.network.scenario());
            let rows = rows.map_err(|error| opened.refused(vec![error.refusal()]))?;
            csv(rows.into_iter().map(|row| Row { preliminary, known_on, ..row }))
        }
        Format::Table => {
            heading(&opened.title(language), &[&fees], language) + &told(&solution, &fees, language)
        }
    };
    Ok(opened.done(out))
}

fn rows(solution: &Solution, scenario: Option<&str>) -> Result<[Row; 4], avgift::Error> {
    let row = |kind, value: Option<Ratio>, neighbour: Option<Neighbour>| {
        Ok(Row {
            fee_year: solution.year,
            sought: solution.sought,
            target: solution.target.to_string(),
            kind,
            unit: if solution.sought == Sought::Scale { "factor" } else { "kr" },
            value_to_6_decimals: value.map(|value| Ok(value.to_decimals(6)?.to_string())).transpose()?,
            value_exact: value,
            frame: neighbour.map(|neighbour| neighbour.frame.to_string()),
            remainder: neighbour.map(|neighbour| neighbour.remainder.to_string()),
            at_floor: neighbour.map(|neighbour| neighbour.at_floor),
            at_ceiling: neighbour.map(|neighbour| neighbour.at_ceiling),
            scenario: scenario.map(str::to_owned),
            preliminary: None,
            known_on: None,
        })
    };
    let neighbour = |kind, one: Option<Neighbour>| row(kind, one.map(|one| one.value), one);
    Ok([
        row("exact-from", Some(solution.from), None)?,
        row("exact-to", solution.to, None)?,
        neighbour("below", solution.below)?,
        neighbour("above", solution.above)?,
    ])
}

/// The answer in lines, the two values beside the target as a table, and who stands at a bound.
fn told(solution: &Solution, fees: &YearOfFees, language: Language) -> String {
    let sought = solution.sought;
    let value = |value| sought.value_text(value, language);
    let least = solution.least.text(language);
    let mut lines = vec![
        language.tell(
            "solve-target",
            &[("sought", &sought.text(language)), ("frame", &solution.target.text(language))],
        ),
        match solution.to {
            Some(to) if to == solution.from => language.tell("solve-exactly", &[("value", &value(to))]),
            Some(to) => {
                language.tell("solve-plateau", &[("from", &value(solution.from)), ("to", &value(to))])
            }
            None => language.tell("solve-plateau-without-end", &[("from", &value(solution.from))]),
        },
        language.tell(
            "solve-today",
            &[("value", &value(solution.today)), ("frame", &solution.frame_today.text(language))],
        ),
        match solution.most {
            Some(most) => language.tell("solve-range", &[("least", &least), ("most", &most.text(language))]),
            None => language.tell("solve-range-without-end", &[("least", &least)]),
        },
        language.tell("solve-step", &[("step", &value(solution.step))]),
    ];
    lines.push(String::new());
    let mut text = lines.join("\n") + "\n" + &neighbours_table(solution, language) + "\n";
    let names = |codes: &[MunicipalityCode]| {
        let members = fees.assessments.iter().filter(|fee| codes.contains(&fee.code()));
        let mut members: Vec<&str> = members.map(avgift::Assessment::name).collect();
        members.sort_by_cached_key(|name| avgift::sort_key(name));
        members.join(", ")
    };
    let (at_floor, at_ceiling) = (names(&solution.at_floor), names(&solution.at_ceiling));
    if !at_floor.is_empty() {
        text.push_str(&(language.tell("solve-at-floor", &[("members", &at_floor)]) + "\n"));
    }
    if !at_ceiling.is_empty() {
        text.push_str(&(language.tell("solve-at-ceiling", &[("members", &at_ceiling)]) + "\n"));
    }
    text
}

/// The values of the step on either side of the target.
fn neighbours_table(solution: &Solution, language: Language) -> String {
    let header = [
        (language.say("solve-next"), Align::Left),
        (language.say("column-value"), Align::Right),
        (language.say("column-budget-frame"), Align::Right),
        (language.say("solve-remainder"), Align::Right),
        (language.say("frame-at-floor"), Align::Right),
        (language.say("frame-at-ceiling"), Align::Right),
    ];
    let row = |side: String, neighbour: Neighbour| {
        vec![
            side,
            solution.sought.value_text(neighbour.value, language),
            neighbour.frame.text(language),
            change_text(neighbour.remainder, language),
            neighbour.at_floor.to_string(),
            neighbour.at_ceiling.to_string(),
        ]
    };
    let rows = match (solution.below, solution.above) {
        (Some(below), Some(above)) if below == above => vec![row(language.say("solve-met"), above)],
        (below, above) => {
            let below = below.map(|below| row(language.say("solve-below"), below));
            let above = above.map(|above| row(language.say("solve-above"), above));
            below.into_iter().chain(above).collect()
        }
    };
    table::render(&header, rows, None)
}
