//! Tiers: the table of the tiers and brackets of a tariff, each as decided and in the fee year; formulas look a population up
//! in it.

use avgift::{Inhabitants, Tier};
use rust_xlsxwriter::Worksheet;

use super::Year;
use super::charges::{Place, Scalar, tiers};
use super::exact::decimal;
use super::lines::Named;
use super::sheet::{FIRST, Look, Sheet, cell, width_of};
use super::term::Term;
use crate::error::Error;

const FROM: u16 = 1;
const TO: u16 = 2;
const DECIDED: u16 = 3;
const OF_THE_YEAR: u16 = 5;
const SOURCE: u16 = 7;

/// The sheet and the names of its columns; none where the tariff has neither tiers nor brackets.
pub(super) fn sheet(year: &Year<'_>) -> Result<Option<(Worksheet, Vec<Named>)>, Error> {
    let charges = year.charges();
    if charges.iter().all(|(_, charge, _)| tiers(charge).is_none()) {
        return Ok(None);
    }
    let (name, about) = (year.tell("workbook-sheet-tiers"), year.tell("workbook-about-tiers"));
    let mut sheet = Sheet::new(name, year.network, &about, &year.notice(), year.language)?;
    let of = |label: Option<&str>| label.map_or_else(|| year.heading("workbook-tariff"), str::to_owned);
    let labels: Vec<String> = charges.iter().map(|(_, _, label)| of(*label)).collect();
    let headings = [
        ("workbook-tier-of", width_of(&labels), Look::Heading),
        ("workbook-tier-from", 12.0, Look::HeadingOfNumbers),
        ("workbook-tier-to", 12.0, Look::HeadingOfNumbers),
        ("workbook-tier-amount", 16.0, Look::HeadingOfNumbers),
        ("workbook-tier-rate", 12.0, Look::HeadingOfNumbers),
    ];
    let mut headings: Vec<_> = headings.map(|(heading, width, look)| (year.say(heading), width, look)).into();
    headings.push((year.tell("workbook-tier-amount-of-year"), 16.0, Look::HeadingOfNumbers));
    headings.push((year.tell("workbook-tier-rate-of-year"), 12.0, Look::HeadingOfNumbers));
    headings.push((year.say("workbook-source"), 46.0, Look::HeadingAside));
    sheet.headings(&headings, 1)?;
    let (mut row, mut names) = (FIRST, Vec::new());
    for ((place, charge, _), label) in charges.iter().zip(&labels) {
        let Some(tiers) = tiers(charge) else { continue };
        let first = row;
        for tier in tiers.iter() {
            sheet.text(row, 0, label, Look::Text)?;
            sheet.number(row, FROM, &tier.from.to_string(), Look::Whole);
            // The last tier holds everyone: a formula needs its end.
            let to = tier.to.unwrap_or(Inhabitants::MAX.get()).to_string();
            sheet.number(row, TO, &to, Look::Whole);
            write_parameters(year, &mut sheet, row, *place, tier)?;
            row += 1;
        }
        for (message, column) in [
            ("workbook-name-from", FROM),
            ("workbook-name-to", TO),
            ("workbook-name-amounts", OF_THE_YEAR),
            ("workbook-name-rates", OF_THE_YEAR + 1),
        ] {
            let (first, last) = (sheet.address(first, column), sheet.address(row - 1, column));
            let last = last.rsplit('!').next().unwrap_or_default();
            names.push((year.named_of(message, *place), format!("{first}:{last}")));
        }
    }
    Ok(Some((sheet.done(), names)))
}

/// The amount and the rate of a tier, as decided and in the fee year; one that it has not costs nothing.
fn write_parameters(
    year: &Year<'_>,
    sheet: &mut Sheet,
    row: u32,
    place: Place,
    tier: &Tier<avgift::Parameter<avgift::Sek>, avgift::Parameter<avgift::FeeRate>>,
) -> Result<(), Error> {
    let amount = tier.amount.as_ref().map(|amount| Scalar::amount("workbook-flat", amount)).transpose()?;
    let rate = tier.rate.as_ref().map(|rate| Scalar::rate("workbook-rate", rate)).transpose()?;
    let mut sources = Vec::new();
    for (column, scalar, look) in [(0, amount, Look::Unrounded), (1, rate, Look::Rate)] {
        let Some(scalar) = scalar else {
            sheet.number(row, OF_THE_YEAR + column, "0", look);
            continue;
        };
        sheet.number(row, DECIDED + column, &decimal(scalar.decided), look);
        let decided = Term::of(cell(row, DECIDED + column), scalar.decided);
        let value = decimal(scalar.value);
        match scalar.carried(year, place, &decided) {
            Some(formula) => sheet.formula(row, OF_THE_YEAR + column, formula.text(), &value, look),
            None => {
                sheet.number(row, OF_THE_YEAR + column, &value, look);
                sources.push(year.say("workbook-value-of-the-program"));
            }
        }
        sources.extend(scalar.origin.map(ToString::to_string));
    }
    sources.dedup();
    sheet.text(row, SOURCE, &sources.join("; "), Look::Remark)
}
