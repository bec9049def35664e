//! Frame: what the fees come to in all, a column a fee year, and what each payer owes; all of it by sums over the fees.

use std::collections::BTreeSet;

use avgift::{Exact, PayerId, Standing};
use rust_xlsxwriter::Worksheet;

use super::exact::decimal;
use super::fees::{FeesTable, look_of_fee, standing};
use super::members::MembersTable;
use super::sheet::{FIRST, HEADINGS, Look, Sheet, cell, kronor, range};
use super::{Year, notice};
use crate::error::Error;

/// A fee year with the places of its figures.
pub(super) type Tables<'a> = (&'a Year<'a>, MembersTable, FeesTable);

/// A line of the frame: what a year's cell holds.
struct Figure {
    formula: String,
    value: String,
    look: Look,
}

/// The sheet of the frame.
pub(super) fn sheet(title: &str, tables: &[Tables<'_>]) -> Result<Worksheet, Error> {
    let Some((first, ..)) = tables.first() else { return Err(Error::WorkbookMustHaveAYear) };
    let language = first.language;
    let years: Vec<_> = tables.iter().map(|(year, ..)| year.fees).collect();
    let name = language.say("column-budget-frame");
    let about = language.say("workbook-about-frame");
    let mut sheet = Sheet::new(name.clone(), title, &about, &notice(&years, language), language)?;
    let mut headings = vec![(name, 52.0, Look::Heading)];
    headings
        .extend(tables.iter().map(|(year, ..)| (year.number().to_string(), 17.0, Look::HeadingOfNumbers)));
    sheet.headings(&headings, 1)?;
    let labels = [
        "column-members",
        "frame-payers",
        "frame-at-floor",
        "frame-within",
        "frame-at-ceiling",
        "frame-prorated",
        "column-inhabitants",
        "frame-mean-per-inhabitant",
        "frame-mean-per-payer",
    ];
    for (row, label) in (FIRST..).zip(labels) {
        sheet.text(row, 0, &language.say(label), Look::Text)?;
    }
    let sum_row = FIRST + 9;
    sheet.sum_text(sum_row, 0, &language.say("sum"))?;
    let check_row = sum_row + 2;
    sheet.text(check_row, 0, &language.say("workbook-check"), Look::Remark)?;
    let payers = payers(tables).len();
    for (column, (place, table)) in (1..).zip(tables.iter().enumerate()) {
        let payers_range = range(&language.say("frame-payers"), members_column(place), rows(payers));
        for (row, figure) in (FIRST..).zip(figures(table, &payers_range, column, sum_row)?) {
            let Some(Figure { formula, value, look }) = figure else { continue };
            sheet.formula(row, column, &formula, &value, look);
        }
        let (year, _, fees) = table;
        let sum = format!("ROUND(SUM({}),2)", fees.fees());
        sheet.sum(sum_row, column, &sum, &kronor(year.fees.frame.sum)?, look_of_fee(year));
        if fees.is_in_parts {
            sheet.formula(check_row, column, &check(year, fees), "0", Look::Whole);
        }
    }
    Ok(sheet.done())
}

/// The lines of a year, down to the means; a mean of nobody is none.
fn figures(
    (year, members, fees): &Tables<'_>,
    payers: &str,
    column: u16,
    sum_row: u32,
) -> Result<Vec<Option<Figure>>, Error> {
    let frame = &year.fees.frame;
    let count =
        |formula: String, value: usize| Some(Figure { formula, value: value.to_string(), look: Look::Whole });
    let standing_count = |of, value| {
        count(format!("COUNTIF({},\"{}\")", fees.standings(), standing(of, year.language)), value)
    };
    let mean = |amount: Option<Exact>, row: u32| -> Result<Option<Figure>, Error> {
        let Some(amount) = amount else { return Ok(None) };
        let formula = format!("{}/{}", cell(sum_row, column), cell(row, column));
        Ok(Some(Figure { formula, value: decimal(amount.kronor_ratio()?), look: Look::Unrounded }))
    };
    let (part, whole) = members.shares();
    Ok(vec![
        count(format!("COUNT({})", fees.fees()), frame.members),
        count(format!("COUNTIF({payers},\">0\")"), frame.payers),
        standing_count(Standing::AtFloor, frame.at_floor),
        standing_count(Standing::Within, frame.within),
        standing_count(Standing::AtCeiling, frame.at_ceiling),
        count(format!("SUMPRODUCT(--({part}<{whole}))"), frame.prorated),
        Some(Figure {
            formula: format!("SUM({})", fees.inhabitants()),
            value: frame.inhabitants.to_string(),
            look: Look::Whole,
        }),
        mean(frame.mean_per_inhabitant, FIRST + 6)?,
        mean(frame.mean_per_payer, FIRST + 1)?,
    ])
}

/// How many fees there are whose amount is no whole number of parts of an öre: none, as long as the tariff is the one that the
/// parts were chosen for. An amount too large for its parts to be seen is left out.
fn check(year: &Year<'_>, fees: &FeesTable) -> String {
    let (amounts, parts) = (fees.amounts(), fees.parts());
    let count = year.named("workbook-name-parts");
    format!("SUMPRODUCT(({parts}<10^13)*(ABS({amounts}*100*{count}-{parts})>0.25))")
}

/// The sheet of the payers: for each year how many members a payer pays for, and how much.
pub(super) fn payers_sheet(title: &str, tables: &[Tables<'_>]) -> Result<Worksheet, Error> {
    let Some((first, ..)) = tables.first() else { return Err(Error::WorkbookMustHaveAYear) };
    let language = first.language;
    let years: Vec<_> = tables.iter().map(|(year, ..)| year.fees).collect();
    let about = language.say("workbook-about-payers");
    let name = language.say("frame-payers");
    let mut sheet = Sheet::new(name, title, &about, &notice(&years, language), language)?;
    let mut headings = vec![(language.say("column-payer"), 24.0, Look::Heading)];
    for (year, ..) in tables {
        headings.push((year.tell("workbook-sheet-members"), 11.0, Look::HeadingOfNumbers));
        headings.push((year.tell("workbook-sheet-fees"), 16.0, Look::HeadingOfNumbers));
    }
    sheet.headings(&headings, 1)?;
    let payers = payers(tables);
    for (row, payer) in (FIRST..).zip(&payers) {
        sheet.text(row, 0, payer.as_str(), Look::Text)?;
        for (place, (year, _, fees)) in tables.iter().enumerate() {
            let total = year.fees.frame.by_payer.iter().find(|total| total.payer == **payer);
            // Letter by letter: SUMIF would take `*` and `>` for patterns, and `ALE` for `ale`.
            let is_payer = format!("EXACT({},$A{})", fees.payers(), row + 1);
            let members = total.map_or(0, |total| total.members).to_string();
            let column = members_column(place);
            sheet.formula(row, column, &format!("SUMPRODUCT(--{is_payer})"), &members, Look::Whole);
            let sum = kronor(total.map_or(avgift::Sek::ZERO, |total| total.sum))?;
            let formula = format!("ROUND(SUMPRODUCT({is_payer}*{}),2)", fees.fees());
            sheet.formula(row, column + 1, &formula, &sum, look_of_fee(year));
        }
    }
    let sum_row = FIRST + rows(payers.len()).max(1);
    sheet.sum_text(sum_row, 0, &language.say("sum"))?;
    for (place, (year, ..)) in tables.iter().enumerate() {
        let column = members_column(place);
        let of = |column| format!("{}:{}", cell(HEADINGS + 1, column), cell(sum_row - 1, column));
        let members = year.fees.frame.members.to_string();
        sheet.sum(sum_row, column, &format!("SUM({})", of(column)), &members, Look::Whole);
        let sum = format!("ROUND(SUM({}),2)", of(column + 1));
        sheet.sum(sum_row, column + 1, &sum, &kronor(year.fees.frame.sum)?, look_of_fee(year));
    }
    Ok(sheet.done())
}

/// The payers of all years.
fn payers<'a>(tables: &'a [Tables<'_>]) -> BTreeSet<&'a PayerId> {
    tables.iter().flat_map(|(year, ..)| &year.fees.frame.by_payer).map(|total| &total.payer).collect()
}

/// The column of a year's numbers of members on the sheet of the payers; its sums stand beside it.
fn members_column(place: usize) -> u16 {
    u16::try_from(2 * place + 1).unwrap_or(u16::MAX)
}

fn rows(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
