//! The budget frame and its change: the figures that a board asks for first.

use avgift::{BudgetFrame, Error, Language, Sek, YearOfFees};
use maud::{Markup, html};

use super::Board;
use super::bars::{Bar, Bars, Kind};
use super::chart::figure;
use super::table::{Align, Table};
use super::words::{amount, change, number, percent, with_ore};

pub(super) fn section(board: &Board<'_>, language: Language) -> Result<Markup, Error> {
    let frame = &board.fees.frame;
    let year = board.fees.schedule.year().to_string();
    let sum = amount(frame.sum, language);
    let mut facts = vec![(language.tell("board-frame-of", &[("year", &year)]), sum)];
    if let Some(compared) = &board.compared {
        let from = compared.comparison.from.year.to_string();
        let by = compared.comparison.difference;
        let percent = percent(by, compared.comparison.from.sum, language)?;
        let text = match percent {
            Some(percent) => format!("{} ({percent}\u{a0}%)", change(by, language)),
            None => change(by, language),
        };
        facts.push((language.tell("board-change-since", &[("year", &from)]), text));
    }
    let count = |count: usize| count.to_string();
    facts.extend([
        (language.say("column-members"), count(frame.members)),
        (language.say("frame-payers"), count(frame.payers)),
        (language.say("frame-at-floor"), count(frame.at_floor)),
        (language.say("frame-within"), count(frame.within)),
        (language.say("frame-at-ceiling"), count(frame.at_ceiling)),
        (language.say("column-inhabitants"), number(frame.inhabitants, language)),
    ]);
    for (message, mean) in [
        ("frame-mean-per-inhabitant", frame.mean_per_inhabitant),
        ("frame-mean-per-payer", frame.mean_per_payer),
    ] {
        if let Some(mean) = mean {
            facts.push((language.say(message), with_ore(mean, language)?));
        }
    }
    let years = board.years();
    Ok(html! {
        dl.facts { @for (name, value) in &facts { div { dt { (name) } dd { (value) } } } }
        @if let Some(year) = board.not_compared {
            p { (language.tell("board-not-compared", &[("year", &year.to_string())])) }
        }
        @if years.len() > 1 { (over_years(&years, language)?) }
    })
}

/// The frames of several years: bars, and the totals of each year in a column.
fn over_years(years: &[&YearOfFees], language: Language) -> Result<Markup, Error> {
    let names: Vec<String> = years.iter().map(|fees| fees.schedule.year().to_string()).collect();
    let (first, last) = (names.first().map_or("", String::as_str), names.last().map_or("", String::as_str));
    let caption = language.tell("board-frames-caption", &[("from", first), ("to", last)]);
    let bars = names.iter().zip(years).map(|(name, fees)| Bar {
        name: name.clone(),
        value: amount(fees.frame.sum, language),
        reach: (0, fees.frame.sum.ore()),
        kind: Kind::Amount,
    });
    let longest = years.iter().map(|fees| fees.frame.sum).max().unwrap_or_default();
    let ends = [("first", 0), ("last", years.len() - 1)];
    let ends = ends.map(|(_, place)| amount(years[place].frame.sum, language));
    let bars = Bars {
        id: "frames",
        caption: caption.clone(),
        description: language.tell(
            "board-frames-description",
            &[("from", first), ("first", &ends[0]), ("to", last), ("last", &ends[1])],
        ),
        rows: bars.collect(),
        range: (0, longest.max(Sek::from_ore(1)).ore()),
        is_chain: false,
    };
    let table = table(&caption, &names, years, language)?;
    Ok(figure(&caption, &bars.pictures(language), &[], &table, language))
}

/// One column a year, so that the years can be compared line by line.
fn table(caption: &str, names: &[String], years: &[&YearOfFees], language: Language) -> Result<Table, Error> {
    type Read<'a> = &'a dyn Fn(&BudgetFrame) -> Result<String, Error>;
    let row = |message: &str, value: Read<'_>| {
        let values = years.iter().map(|fees| value(&fees.frame));
        [Ok(language.say(message))].into_iter().chain(values).collect::<Result<Vec<_>, Error>>()
    };
    let mean = |mean: Option<avgift::Exact>| mean.map_or(Ok(String::new()), |mean| with_ore(mean, language));
    let rows = vec![
        row("column-members", &|frame| Ok(frame.members.to_string()))?,
        row("frame-payers", &|frame| Ok(frame.payers.to_string()))?,
        row("frame-at-floor", &|frame| Ok(frame.at_floor.to_string()))?,
        row("frame-within", &|frame| Ok(frame.within.to_string()))?,
        row("frame-at-ceiling", &|frame| Ok(frame.at_ceiling.to_string()))?,
        row("frame-prorated", &|frame| Ok(frame.prorated.to_string()))?,
        row("column-inhabitants", &|frame| Ok(number(frame.inhabitants, language)))?,
        row("frame-mean-per-inhabitant", &|frame| mean(frame.mean_per_inhabitant))?,
        row("frame-mean-per-payer", &|frame| mean(frame.mean_per_payer))?,
    ];
    let heading = [(language.say("column-budget-frame"), Align::Start)];
    Ok(Table {
        id: "figures-frames".into(),
        caption: caption.to_owned(),
        columns: heading.into_iter().chain(names.iter().map(|name| (name.clone(), Align::End))).collect(),
        rows,
        sums: Some(row("sum", &|frame| Ok(amount(frame.sum, language)))?),
    })
}
