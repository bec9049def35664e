//! Sources: where every figure of the page was read, and how far the journal goes.
//! Rule:    a tariff, an index figure, a number of inhabitants and a day each have their place; a figure of the page that has
//!          none is computed from those that have.

use std::collections::BTreeMap;

use avgift::{
    Assessment, ExplainedStep, Explanation, Language, NaiveDate, Origin, Rule, YearOfFees, date_text,
    sort_key,
};
use maud::{Markup, html};

use super::table::{Align, Table};
use super::words::{number, shown, whole};
use super::{Board, NamedYear};

pub(super) fn section(board: &Board<'_>, language: Language) -> Markup {
    let years = board.years(language);
    let journal = match board.journal {
        Some((line, seal)) => language.tell("board-journal", &[("line", &line.to_string()), ("seal", seal)]),
        None => language.say("board-no-journal"),
    };
    // The year of the page first and open, the years it is held against behind their summaries.
    let of_page = |is_own: bool| years.iter().filter(move |year| year.is_own == is_own);
    html! {
        p { (language.say("board-sources-lead")) }
        (files(&years, language).markup())
        @for year in of_page(true) { (places(year, board, language).markup()) }
        @for year in of_page(false) {
            @let table = places(year, board, language);
            (table.behind(&table.caption))
        }
        p { (journal) }
        p { (language.say("board-scb")) }
    }
}

/// What is known of a file: its table of Statistics Sweden, the days that its figures bear, how many were read.
#[derive(Default)]
struct Read<'a> {
    tables: Vec<&'a str>,
    days: Vec<NaiveDate>,
    places: Vec<&'a Origin>,
}

/// The files that the figures stand in.
fn files(years: &[NamedYear<'_>], language: Language) -> Table {
    let mut files: BTreeMap<&str, Read<'_>> = BTreeMap::new();
    for origin in years.iter().flat_map(|year| origins(year.fees)) {
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

/// The places of one year: first those that serve every member, then those that serve several, then each member's own by name.
fn places(year: &NamedYear<'_>, board: &Board<'_>, language: Language) -> Table {
    let mut members: Vec<&Assessment> = year.fees.assessments.iter().collect();
    members.sort_by_cached_key(|fee| (sort_key(fee.name()), fee.code()));
    let explained: Vec<(&Assessment, Explanation)> =
        members.into_iter().map(|fee| (fee, fee.explanation(language))).collect();
    let mut shared: Vec<&ExplainedStep> = Vec::new();
    let mut served: BTreeMap<Told<'_>, usize> = BTreeMap::new();
    for step in explained.iter().flat_map(|(fee, explanation)| steps(fee, explanation)) {
        let members = served.entry(told(step)).or_default();
        if *members == 0 {
            shared.push(step);
        }
        *members += 1;
    }
    let is_its_own = |step: &ExplainedStep| {
        let is_of_member = matches!(step.rule, Rule::Population | Rule::Proration);
        is_of_member || (explained.len() > 1 && served[&told(step)] == 1)
    };
    // Those of all members first; otherwise in the order of the rule, and of the members by name.
    shared.retain(|step| !is_its_own(step));
    shared.sort_by_key(|step| served[&told(step)] < explained.len());
    let of_several = shared.into_iter().map(|step| {
        let (label, members) = (crate::capitalised(&step.label), served[&told(step)]);
        let figures = [("figure", label.as_str()), ("members", &members.to_string())];
        row_of(
            if members < explained.len() { language.tell("board-of-members", &figures) } else { label },
            step,
        )
    });
    let of_each = explained.iter().flat_map(|(fee, explanation)| {
        let name = shown(fee.name());
        let own = steps(fee, explanation).filter(|step| is_its_own(step));
        own.map(move |step| match step.rule {
            Rule::Population => row_of(name.clone(), step),
            _ => row_of(format!("{name}, {}", step.label), step),
        })
    });
    // Under a scenario the same year can stand there twice.
    let is_twice = !year.is_own && year.fees.schedule.year() == board.fees.schedule.year();
    let after = if is_twice { "-in-force" } else { "" };
    Table {
        id: format!("places-{}{after}", year.fees.schedule.year()),
        caption: language.tell("board-places-caption", &[("year", &year.name)]),
        columns: vec![
            (language.say("board-column-figure"), Align::Start),
            (language.say("column-value"), Align::Start),
            (language.say("column-origins"), Align::Start),
        ],
        rows: of_several.chain(of_each).collect(),
        sums: None,
    }
}

/// The steps of a fee that worked with anything; a whole year is nothing to tell.
fn steps<'a>(
    fee: &'a Assessment,
    explanation: &'a Explanation,
) -> impl Iterator<Item = &'a ExplainedStep> + 'a {
    let is_whole = fee.share().is_whole();
    let steps = explanation.steps.iter().filter(|step| !step.operand.is_empty());
    steps.filter(move |step| step.rule != Rule::Proration || !is_whole)
}

/// What is told of a step, whichever fee it is a step of.
type Told<'a> = (&'a str, &'a str, &'a str, Option<&'a str>);

fn told(step: &ExplainedStep) -> Told<'_> {
    (&step.label, &step.operand, &step.origins, step.note.as_deref())
}

/// A row: a figure, what a step worked with, and where it was read.
fn row_of(name: String, step: &ExplainedStep) -> Vec<String> {
    let read = step.rule == Rule::Population;
    let value = [read.then_some(&step.value), Some(&step.operand), step.note.as_ref()];
    let value: Vec<String> = value.into_iter().flatten().map(|part| whole_amounts(part)).collect();
    vec![name, value.join("; "), step.origins.clone()]
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
