//! Sources: where every figure of the page was read, and how far the journal goes.
//! Rule:    a tariff, an index figure, a number of inhabitants and a day each have their place; a figure of the page that has
//!          none is computed from those that have.

use std::collections::BTreeMap;

use avgift::{
    Assessment, Error, Explanation, Inhabitants, Language, NaiveDate, Origin, Rule, YearOfFees, date_text,
    sort_key,
};
use maud::{Markup, html};

use super::Board;
use super::sampling::probe;
use super::table::{Align, Table};
use super::words::{number, shown, whole};

pub(super) fn section(board: &Board<'_>, language: Language) -> Result<Markup, Error> {
    let years = board.years();
    let journal = match board.journal {
        Some((line, seal)) => language.tell("board-journal", &[("line", &line.to_string()), ("seal", seal)]),
        None => language.say("board-no-journal"),
    };
    // The year of the page first and open, the years it is held against behind their summaries.
    let this = board.fees.schedule.year();
    let others = years.iter().filter(|fees| fees.schedule.year() != this);
    Ok(html! {
        p { (language.say("board-sources-lead")) }
        (files(&years, language).markup())
        (places(board.fees, language)?.markup())
        @for fees in others {
            @let table = places(fees, language)?;
            (table.behind(&table.caption))
        }
        p { (journal) }
        p { (language.say("board-scb")) }
    })
}

/// What is known of a file: its table of Statistics Sweden, the days that its figures bear, how many were read.
#[derive(Default)]
struct Read<'a> {
    tables: Vec<&'a str>,
    days: Vec<NaiveDate>,
    places: Vec<&'a Origin>,
}

/// The files that the figures stand in.
fn files(years: &[&YearOfFees], language: Language) -> Table {
    let mut files: BTreeMap<&str, Read<'_>> = BTreeMap::new();
    for origin in years.iter().flat_map(|fees| origins(fees)) {
        let read = files.entry(&origin.file).or_default();
        read.tables.extend(origin.table.as_deref());
        read.days.extend(origin.updated);
        read.places.push(origin);
    }
    let row = |(file, mut read): (&str, Read<'_>)| {
        read.tables.sort_unstable();
        read.tables.dedup();
        read.days.sort_unstable();
        read.days.dedup();
        read.places.sort_unstable();
        read.places.dedup();
        let days: Vec<String> = read.days.iter().map(|day| whole(&date_text(*day, language))).collect();
        let day = if days.is_empty() { language.say("board-no-day") } else { days.join(", ") };
        vec![shown(file), shown(&read.tables.join(", ")), day, number(read.places.len() as u64, language)]
    };
    Table {
        id: "files".into(),
        caption: language.say("board-files-caption"),
        columns: vec![
            (language.say("column-file"), Align::Start),
            (language.say("board-column-table"), Align::Start),
            (language.say("board-column-day"), Align::Start),
            (language.say("board-column-places"), Align::End),
        ],
        rows: files.into_iter().map(row).collect(),
        sums: None,
    }
}

/// Every place that the fees of a year rest on, more than once where it serves several members.
fn origins(fees: &YearOfFees) -> impl Iterator<Item = &Origin> {
    let of_tariff = fees.schedule.tariff().origin.iter();
    of_tariff.chain(fees.assessments.iter().flat_map(Assessment::steps).flat_map(|step| &step.origins))
}

/// The places of one year: those of the tariff, then those of each member by name.
fn places(fees: &YearOfFees, language: Language) -> Result<Table, Error> {
    let year = fees.schedule.year().to_string();
    // Where a fee hangs on more than inhabitants, each member has its own amounts, and the places of all its steps are its own.
    let is_one_for_all = fees.schedule.tariff().hangs_on_inhabitants();
    let mut rows = vec![];
    if is_one_for_all {
        let tariff = probe(&fees.schedule, Inhabitants::new(1)?)?.explanation(language);
        rows.extend(rows_of(&tariff, None, |rule| !matches!(rule, Rule::Population | Rule::Proration)));
    }
    let mut members: Vec<&Assessment> = fees.assessments.iter().collect();
    members.sort_by_cached_key(|fee| (sort_key(fee.name()), fee.code()));
    for fee in members {
        let name = shown(fee.name());
        rows.extend(rows_of(&fee.explanation(language), Some(&name), |rule| {
            let is_its_own = !is_one_for_all && rule != Rule::Proration;
            is_its_own || rule == Rule::Population || (rule == Rule::Proration && !fee.share().is_whole())
        }));
    }
    Ok(Table {
        id: format!("places-{year}"),
        caption: language.tell("board-places-caption", &[("year", &year)]),
        columns: vec![
            (language.say("board-column-figure"), Align::Start),
            (language.say("column-value"), Align::Start),
            (language.say("column-origins"), Align::Start),
        ],
        rows,
        sums: None,
    })
}

/// What some steps worked with, and where it was read; of a member, under its name.
fn rows_of<'a>(
    explanation: &'a Explanation,
    name: Option<&'a str>,
    is_wanted: impl Fn(Rule) -> bool + 'a,
) -> impl Iterator<Item = Vec<String>> + 'a {
    let steps = explanation.steps.iter().filter(move |step| is_wanted(step.rule) && !step.operand.is_empty());
    steps.map(move |step| {
        let read = step.rule == Rule::Population;
        let value = [read.then_some(&step.value), Some(&step.operand), step.note.as_ref()];
        let value: Vec<String> = value.into_iter().flatten().map(|part| whole_amounts(part)).collect();
        let name = match name {
            None => crate::capitalised(&step.label),
            Some(name) if read => name.to_owned(),
            Some(name) => format!("{name}, {}", step.label),
        };
        vec![name, value.join("; "), step.origins.clone()]
    })
}

/// Spaces between digits are not broken at.
fn whole_amounts(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_digit =
        |place: Option<usize>| place.and_then(|place| letters.get(place)).is_some_and(char::is_ascii_digit);
    let kept = letters.iter().enumerate().map(|(place, letter)| {
        let between = *letter == ' ' && is_digit(place.checked_sub(1)) && is_digit(Some(place + 1));
        if between { '\u{a0}' } else { *letter }
    });
    kept.collect()
}
