//! compare: winners and losers between two fee years, or between two tariffs.

use std::path::Path;

use avgift::{Comparison, Difference, Exact, Language, MunicipalityCode, NaiveDate, Side, Standing, grouped};
use serde::Serialize;

use super::{Opened, both, change_text, csv, heading, is_preliminary, json, standing_text, to_ore};
use crate::args::{Compare, Format};
use crate::table::{self, Align};
use crate::{Done, Refused};

/// A comparison for machines, with the name of each side.
#[derive(Serialize)]
struct Named<'a> {
    sides: [&'a str; 2],
    /// The file of each side that lies under a scenario.
    scenarios: [Option<&'a str>; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<NaiveDate>,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

/// A member for machines; what one side does not have is empty.
#[derive(Serialize)]
struct Row<'a> {
    from: &'a str,
    to: &'a str,
    municipality_code: MunicipalityCode,
    name: &'a str,
    inhabitants_from: Option<u32>,
    inhabitants_to: Option<u32>,
    standing_from: Option<Standing>,
    standing_to: Option<Standing>,
    fee_from: Option<String>,
    fee_to: Option<String>,
    difference: String,
    per_inhabitant_from: Option<String>,
    per_inhabitant_to: Option<String>,
    scenario_from: Option<&'a str>,
    scenario_to: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preliminary_from: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preliminary_to: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<NaiveDate>,
}

pub(super) fn run(network: &Path, args: &Compare, language: Language) -> Result<Done, Refused> {
    // What is not understood ended the program before.
    let [first, second] = args.sides().expect("both sides are understood");
    let open = |scenario: Option<&Path>| Opened::known(network, scenario, &args.figures.known);
    let opened = both(open(first.scenario), open(second.scenario))?;
    let fees = both(opened.0.fees(first.year, &args.figures), opened.1.fees(second.year, &args.figures));
    let (from, to) = fees?;
    let comparison = Comparison::of(&from, &to).map_err(|error| error.refusal())?;
    let known_on = opened.0.known_on();
    let sides = [first.name.as_str(), second.name.as_str()];
    let scenarios = [opened.0.network.scenario(), opened.1.network.scenario()];
    let out = match args.output.format() {
        Format::Json => json(&Named { sides, scenarios, known_on, comparison: &comparison })?,
        Format::Csv => {
            // Marked in every row or in none, so that the columns are the same.
            let either = is_preliminary(&[&from, &to]);
            let marks = [&from, &to].map(|fees| either.map(|_| fees.is_preliminary()));
            csv(comparison.all().map(|member| Row {
                preliminary_from: marks[0],
                preliminary_to: marks[1],
                known_on,
                ..row(sides, scenarios, member)
            }))
        }
        Format::Table => {
            let mut heading = heading(opened.0.network.name(), &[&from, &to], language);
            for (side, scenario) in sides.into_iter().zip(scenarios) {
                if let Some(file) = scenario {
                    let line = language.tell("side-is-a-scenario", &[("side", side), ("file", file)]);
                    heading = format!("{}{line}\n\n", heading.strip_suffix('\n').unwrap_or(&heading));
                }
            }
            let (members, sums) =
                (members_table(&comparison, sides, language), sides_table(&comparison, sides, language));
            format!("{heading}{members}\n{}\n{sums}", who_pays_more(&comparison, language))
        }
    };
    Ok(opened.1.done(out))
}

fn row<'a>([from, to]: [&'a str; 2], scenarios: [Option<&'a str>; 2], member: &'a Difference) -> Row<'a> {
    let mean = |amount: Exact| to_ore(amount).map(|amount| amount.to_string());
    Row {
        from,
        to,
        municipality_code: member.code,
        name: &member.name,
        inhabitants_from: member.from.map(|side| side.inhabitants.get()),
        inhabitants_to: member.to.map(|side| side.inhabitants.get()),
        standing_from: member.from.map(|side| side.standing),
        standing_to: member.to.map(|side| side.standing),
        fee_from: member.from.map(|side| side.fee.to_string()),
        fee_to: member.to.map(|side| side.fee.to_string()),
        difference: member.difference.to_string(),
        per_inhabitant_from: member.from.and_then(|side| mean(side.per_inhabitant)),
        per_inhabitant_to: member.to.and_then(|side| mean(side.per_inhabitant)),
        scenario_from: scenarios[0],
        scenario_to: scenarios[1],
        preliminary_from: None,
        preliminary_to: None,
        known_on: None,
    }
}

/// A row a member, the largest increase first; those of one side alone below.
fn members_table(comparison: &Comparison, sides: [&str; 2], language: Language) -> String {
    let per_inhabitant =
        |side: &str| (language.tell("kronor-per-inhabitant", &[("side", side)]), Align::Right);
    let header = [
        (language.say("column-code"), Align::Left),
        (language.say("column-member"), Align::Left),
        (sides[0].to_owned(), Align::Right),
        (sides[1].to_owned(), Align::Right),
        (language.say("column-change"), Align::Right),
        per_inhabitant(sides[0]),
        per_inhabitant(sides[1]),
        (String::new(), Align::Left),
    ];
    let rows = comparison.all().map(|member| {
        let fees = [member.from, member.to];
        let fee = |side: usize| fees[side].map_or_else(String::new, |side| side.fee.text(language));
        let mean = |side: usize| kronor(fees[side].map(|side| side.per_inhabitant), language);
        vec![
            member.code.to_string(),
            member.name.clone(),
            fee(0),
            fee(1),
            change_text(member.difference, language),
            mean(0),
            mean(1),
            remark(member, sides, language),
        ]
    });
    let sum = vec![
        String::new(),
        language.say("sum"),
        comparison.from.sum.text(language),
        comparison.to.sum.text(language),
        change_text(comparison.difference, language),
        kronor(comparison.from.per_inhabitant, language),
        kronor(comparison.to.per_inhabitant, language),
    ];
    table::render(&header, rows.collect(), Some(sum))
}

/// At which bound a member stands, and whether it did before; or on which side alone it is a member.
fn remark(member: &Difference, sides: [&str; 2], language: Language) -> String {
    match (member.from.map(|side| side.standing), member.to.map(|side| side.standing)) {
        (Some(Standing::Within), Some(Standing::Within)) | (None, None) => String::new(),
        (Some(from), Some(to)) if from == to => standing_text(to, language),
        (Some(from), Some(to)) => {
            let (from, to) = (standing_text(from, language), standing_text(to, language));
            language.tell("standing-from-to", &[("from", &from), ("to", &to)])
        }
        (Some(_), None) => language.tell("only-in-side", &[("side", sides[0])]),
        (None, Some(_)) => language.tell("only-in-side", &[("side", sides[1])]),
    }
}

/// `Betalar mer: 37 medlemmar, +74 063 kr`, and who pays less, and who the same.
fn who_pays_more(comparison: &Comparison, language: Language) -> String {
    let change = |change| change_text(change, language);
    let lines = [
        language.tell(
            "pay-more",
            &[("members", &comparison.raised.to_string()), ("change", &change(comparison.raised_by))],
        ),
        language.tell(
            "pay-less",
            &[("members", &comparison.lowered.to_string()), ("change", &change(comparison.lowered_by))],
        ),
        language.tell("pay-the-same", &[("members", &comparison.unchanged.to_string())]),
    ];
    lines.map(|line| line + "\n").concat()
}

/// The frames, side by side.
fn sides_table(comparison: &Comparison, sides: [&str; 2], language: Language) -> String {
    let header = [
        (language.say("column-budget-frame"), Align::Left),
        (sides[0].to_owned(), Align::Right),
        (sides[1].to_owned(), Align::Right),
    ];
    let row = |message: String, value: &dyn Fn(&Side) -> String| {
        vec![message, value(&comparison.from), value(&comparison.to)]
    };
    let rows = vec![
        row(language.say("column-members"), &|side| side.members.to_string()),
        row(language.say("frame-at-floor"), &|side| side.at_floor.to_string()),
        row(language.say("frame-within"), &|side| side.within.to_string()),
        row(language.say("frame-at-ceiling"), &|side| side.at_ceiling.to_string()),
        row(language.say("column-inhabitants"), &|side| grouped(side.inhabitants.into(), language)),
    ];
    let sum = row(language.say("sum"), &|side| side.sum.text(language));
    table::render(&header, rows, Some(sum))
}

fn kronor(amount: Option<Exact>, language: Language) -> String {
    amount.and_then(to_ore).map_or_else(String::new, |amount| amount.text_with_ore(language))
}
