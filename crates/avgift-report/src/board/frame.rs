//! The budget frame and its change: the figures that a board asks for first.

use avgift::{BudgetFrame, Error, Language, Sek};
use maud::{Markup, html};

use super::bars::{Bar, Bars, Kind};
use super::chart::figure;
use super::lines::has_floor_and_ceiling;
use super::table::{Align, Table};
use super::words::{amount, change, number, percent, with_ore};
use super::{Board, NamedYear};

pub(super) fn section(board: &Board<'_>, language: Language) -> Result<Markup, Error> {
    let frame = &board.fees.frame;
    let year = board.year_name(language);
    let sum = amount(frame.sum, language);
    let mut facts = vec![(language.tell("board-frame-of", &[("year", &year)]), sum)];
    if let Some(compared) = &board.compared {
        let from = board.compared_name(compared.comparison.from.year, language);
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
    ]);
    // Of a bound that the tariff does not have nothing is said.
    let (floor, ceiling) = has_floor_and_ceiling(board.fees.schedule.tariff());
    let standings = [
        (floor, "frame-at-floor", frame.at_floor),
        (floor && ceiling, "frame-within", frame.within),
        (ceiling, "frame-at-ceiling", frame.at_ceiling),
    ];
    let standings = standings.into_iter().filter(|(is_there, ..)| *is_there);
    facts.extend(standings.map(|(_, message, members)| (language.say(message), count(members))));
    facts.push((language.say("column-inhabitants"), number(frame.inhabitants, language)));
    for (message, mean) in [
        ("frame-mean-per-inhabitant", frame.mean_per_inhabitant),
        ("frame-mean-per-payer", frame.mean_per_payer),
    ] {
        if let Some(mean) = mean {
            facts.push((language.say(message), with_ore(mean, language)?));
        }
    }
    let years = board.years(language);
    Ok(html! {
        dl.facts { @for (name, value) in &facts { div { dt { (name) } dd { (value) } } } }
        @if let Some(year) = board.not_compared {
            p { (language.tell("board-not-compared", &[("year", &board.compared_name(year, language))])) }
        }
        @if years.len() > 1 { (over_years(&years, language)?) }
    })
}

/// The frames of several years: bars, and the totals of each year in a column.
fn over_years(years: &[NamedYear<'_>], language: Language) -> Result<Markup, Error> {
    let names = || years.iter().map(|year| year.name.as_str());
    let (first, last) = (names().next().unwrap_or_default(), names().next_back().unwrap_or_default());
    let caption = language.tell("board-frames-caption", &[("from", first), ("to", last)]);
    let bars = years.iter().map(|year| Bar {
        name: year.name.clone(),
        value: amount(year.fees.frame.sum, language),
        reach: (0, year.fees.frame.sum.ore()),
        kind: Kind::Amount,
    });
    let longest = years.iter().map(|year| year.fees.frame.sum).max().unwrap_or_default();
    let ends = [("first", 0), ("last", years.len() - 1)];
    let ends = ends.map(|(_, place)| amount(years[place].fees.frame.sum, language));
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
    let table = table(&caption, years, language)?;
    Ok(figure(&caption, &bars.pictures(language), &[], &table, language))
}

/// One column a year, so that the years can be compared line by line.
fn table(caption: &str, years: &[NamedYear<'_>], language: Language) -> Result<Table, Error> {
    type Read<'a> = &'a dyn Fn(&BudgetFrame) -> Result<String, Error>;
    let row = |message: &str, value: Read<'_>| {
        let values = years.iter().map(|year| value(&year.fees.frame));
        [Ok(language.say(message))].into_iter().chain(values).collect::<Result<Vec<_>, Error>>()
    };
    let mean = |mean: Option<avgift::Exact>| mean.map_or(Ok(String::new()), |mean| with_ore(mean, language));
    let has = || years.iter().map(|year| has_floor_and_ceiling(year.fees.schedule.tariff()));
    let (floor, ceiling) = (has().any(|(floor, _)| floor), has().any(|(_, ceiling)| ceiling));
    let mut rows = vec![
        row("column-members", &|frame| Ok(frame.members.to_string()))?,
        row("frame-payers", &|frame| Ok(frame.payers.to_string()))?,
    ];
    if floor {
        rows.push(row("frame-at-floor", &|frame| Ok(frame.at_floor.to_string()))?);
    }
    if floor && ceiling {
        rows.push(row("frame-within", &|frame| Ok(frame.within.to_string()))?);
    }
    if ceiling {
        rows.push(row("frame-at-ceiling", &|frame| Ok(frame.at_ceiling.to_string()))?);
    }
    rows.extend([
        row("frame-prorated", &|frame| Ok(frame.prorated.to_string()))?,
        row("column-inhabitants", &|frame| Ok(number(frame.inhabitants, language)))?,
        row("frame-mean-per-inhabitant", &|frame| mean(frame.mean_per_inhabitant))?,
        row("frame-mean-per-payer", &|frame| mean(frame.mean_per_payer))?,
    ]);
    let heading = [(language.say("column-budget-frame"), Align::Start)];
    Ok(Table {
        id: "figures-frames".into(),
        caption: caption.to_owned(),
        columns: heading
            .into_iter()
            .chain(years.iter().map(|year| (year.name.clone(), Align::End)))
            .collect(),
        rows,
        sums: Some(row("sum", &|frame| Ok(amount(frame.sum, language)))?),
    })
}
