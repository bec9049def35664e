//! Fees: each fee step by step in the order of its tariff, unrounded, to the one rounding; beside it the integers that
//! decide the rounding.

use avgift::{Assessment, Language, ProrationOrder, Rounding, Rule, Standing};
use rust_xlsxwriter::Worksheet;

use super::Year;
use super::exact::{FeeIntegers, PerHead, after};
use super::members::MembersTable;
use super::sheet::{FIRST, Look, Sheet, cell, kronor, range, width_of};
use crate::error::Error;

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Code,
    Member,
    Payer,
    Inhabitants,
    ByPopulation,
    ByTariff,
    Floor,
    Ceiling,
    Escalated,
    Prorated,
    Fee,
    Standing,
    Remark,
    Parts,
    Numerator,
    Denominator,
}

impl Column {
    /// Its heading, width and look; `has_rate`, where the fee is a rate per inhabitant.
    fn heading(self, has_rate: bool) -> (&'static str, f64, Look) {
        match self {
            Column::Code => ("column-code", 7.0, Look::Heading),
            Column::Member => ("column-member", 26.0, Look::Heading),
            Column::Payer => ("column-payer", 16.0, Look::Heading),
            Column::Inhabitants => ("column-inhabitants", 11.0, Look::HeadingOfNumbers),
            Column::ByPopulation => ("rule-by-population", 14.0, Look::HeadingOfNumbers),
            Column::ByTariff => ("rule-by-tariff", 14.0, Look::HeadingOfNumbers),
            Column::Floor => ("rule-floor", 14.0, Look::HeadingOfNumbers),
            Column::Ceiling => ("rule-ceiling", 14.0, Look::HeadingOfNumbers),
            Column::Escalated => ("workbook-escalated", 14.0, Look::HeadingOfNumbers),
            Column::Prorated => ("rule-proration", 14.0, Look::HeadingOfNumbers),
            Column::Fee => ("column-fee", 16.0, Look::HeadingOfNumbers),
            Column::Standing => ("column-standing", 10.0, Look::HeadingAside),
            Column::Remark => ("workbook-remark", 12.0, Look::HeadingAside),
            Column::Parts if !has_rate => ("workbook-by-tariff-parts", 17.0, Look::HeadingOfNumbers),
            Column::Parts => ("workbook-by-population-parts", 17.0, Look::HeadingOfNumbers),
            Column::Numerator => ("workbook-numerator", 20.0, Look::HeadingOfNumbers),
            Column::Denominator => ("workbook-denominator", 17.0, Look::HeadingOfNumbers),
        }
    }
}

/// The columns, in the order that the tariff takes its steps; a step that it has not has no column.
fn columns(year: &Year<'_>) -> Vec<Column> {
    let schedule = &year.fees.schedule;
    let is_before = schedule.tariff().proration.order == ProrationOrder::BeforeBounds;
    if !year.integers.is_plain {
        return vec![
            Column::Code,
            Column::Member,
            Column::Payer,
            Column::Inhabitants,
            Column::Fee,
            Column::Standing,
            Column::Remark,
        ];
    }
    let steps = [
        (true, Column::Code),
        (true, Column::Member),
        (true, Column::Payer),
        (true, Column::Inhabitants),
        (schedule.rate().is_some(), Column::ByPopulation),
        (schedule.rate().is_none(), Column::ByTariff),
        (is_before, Column::Prorated),
        (schedule.floor().is_some(), Column::Floor),
        (schedule.ceiling().is_some(), Column::Ceiling),
        (schedule.fee_factor().is_some(), Column::Escalated),
        (!is_before, Column::Prorated),
        (true, Column::Fee),
        (true, Column::Standing),
        (true, Column::Remark),
        (true, Column::Parts),
        (true, Column::Numerator),
        (true, Column::Denominator),
    ];
    steps.into_iter().filter(|(is_there, _)| *is_there).map(|(_, column)| column).collect()
}

/// Where other sheets find the columns of this one.
pub(super) struct FeesTable {
    sheet: String,
    columns: Vec<Column>,
    rows: u32,
}

impl FeesTable {
    fn range(&self, column: Column) -> String {
        range(&self.sheet, place(&self.columns, column), self.rows)
    }

    pub(super) fn payers(&self) -> String {
        self.range(Column::Payer)
    }

    pub(super) fn inhabitants(&self) -> String {
        self.range(Column::Inhabitants)
    }

    pub(super) fn fees(&self) -> String {
        self.range(Column::Fee)
    }

    pub(super) fn standings(&self) -> String {
        self.range(Column::Standing)
    }

    /// The amounts before rounding, as the steps come to them.
    pub(super) fn amounts(&self) -> String {
        range(&self.sheet, place(&self.columns, Column::Fee) - 1, self.rows)
    }

    /// The same amounts as quotients of integers: above the line and below it.
    pub(super) fn quotients(&self) -> (String, String) {
        (self.range(Column::Numerator), self.range(Column::Denominator))
    }
}

/// The place of a column; every one that is asked for is there.
fn place(columns: &[Column], column: Column) -> u16 {
    let place = columns.iter().position(|other| *other == column).unwrap_or(columns.len());
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// How a standing is called.
pub(super) fn standing(standing: Standing, language: Language) -> String {
    match standing {
        Standing::AtFloor => language.say("rule-floor"),
        Standing::Within => language.say("workbook-within"),
        Standing::AtCeiling => language.say("rule-ceiling"),
    }
}

/// The sheet, and where its columns stand.
pub(super) fn sheet(year: &Year<'_>, members: &MembersTable) -> Result<(Worksheet, FeesTable), Error> {
    let tariff = year.fees.schedule.tariff();
    let number = year.number().to_string();
    let name = year.tell("workbook-sheet-fees");
    let about = year.language.tell("workbook-about-fees", &[("year", &number), ("tariff", &tariff.name)]);
    let mut sheet = Sheet::new(name.clone(), year.network, &about, &year.notice(), year.language)?;
    let columns = columns(year);
    let row = |(row, fee)| {
        let integers = year.integers.fee(fee)?;
        Ok(Row {
            year,
            members,
            columns: &columns,
            row,
            fee,
            remark: remark(year, fee, integers.is_sure),
            integers,
        })
    };
    let rows = (FIRST..).zip(&year.fees.assessments).map(row).collect::<Result<Vec<Row<'_>>, Error>>()?;
    let has_rate = year.fees.schedule.rate().is_some();
    let headings = columns.iter().map(|column| (*column, column.heading(has_rate)));
    let headings = headings.map(|(column, (heading, width, look))| match column {
        Column::Remark => (year.heading(heading), width_of(rows.iter().map(|row| &row.remark)), look),
        _ => (year.heading(heading), width, look),
    });
    sheet.headings(&headings.collect::<Vec<_>>(), 2)?;
    for row in rows {
        row.write(&mut sheet)?;
    }
    let rows = u32::try_from(year.fees.assessments.len()).unwrap_or(u32::MAX);
    let table = FeesTable { sheet: name, columns, rows };
    sum_row(&mut sheet, year, &table)?;
    Ok((sheet.done(), table))
}

/// The last row: how many inhabitants and how much in all.
fn sum_row(sheet: &mut Sheet, year: &Year<'_>, table: &FeesTable) -> Result<(), Error> {
    let row = FIRST + table.rows.max(1);
    for (place, column) in (0..).zip(&table.columns) {
        match column {
            Column::Member => sheet.sum_text(row, place, &year.say("sum"))?,
            Column::Inhabitants => {
                let sum = format!("SUM({})", own_range(place, table.rows));
                sheet.sum(row, place, &sum, &year.fees.frame.inhabitants.to_string(), Look::Whole);
            }
            Column::Fee => {
                let sum = format!("ROUND(SUM({}),2)", own_range(place, table.rows));
                sheet.sum(row, place, &sum, &kronor(year.fees.frame.sum)?, look_of_fee(year));
            }
            _ => sheet.sum_text(row, place, "")?,
        }
    }
    Ok(())
}

fn own_range(column: u16, rows: u32) -> String {
    format!("{}:{}", cell(FIRST, column), cell(FIRST + rows.max(1) - 1, column))
}

/// Whole kronor where fees are rounded to them.
pub(super) fn look_of_fee(year: &Year<'_>) -> Look {
    Look::of_money(year.fees.schedule.tariff().rounding == Rounding::Ore)
}

/// One fee.
struct Row<'a> {
    year: &'a Year<'a>,
    members: &'a MembersTable,
    columns: &'a [Column],
    row: u32,
    fee: &'a Assessment,
    integers: FeeIntegers,
    remark: String,
}

impl Row<'_> {
    fn write(&self, sheet: &mut Sheet) -> Result<(), Error> {
        for (place, column) in (0..).zip(self.columns) {
            self.write_cell(sheet, place, *column)?;
        }
        Ok(())
    }

    fn write_cell(&self, sheet: &mut Sheet, place: u16, column: Column) -> Result<(), Error> {
        let (row, year, fee, integers) = (self.row, self.year, self.fee, &self.integers);
        let (part, whole) = (self.members.part(row), self.members.whole(row));
        let named = |message| year.named(message);
        let before = || cell(row, place.saturating_sub(1));
        let amount = |rule| after(fee, rule);
        match column {
            Column::Code => sheet.text(row, place, fee.code().as_str(), Look::Text)?,
            Column::Member => sheet.text(row, place, fee.name(), Look::Text)?,
            Column::Payer => sheet.text(row, place, fee.payer().as_str(), Look::Text)?,
            Column::Inhabitants => {
                let value = fee.inhabitants().get().to_string();
                sheet.formula(row, place, &self.members.inhabitants(row), &value, Look::Whole);
            }
            Column::ByPopulation => {
                let formula = format!("{}*{}", before(), named("workbook-rate"));
                sheet.formula(row, place, &formula, &amount(Rule::ByPopulation)?, Look::Unrounded);
            }
            Column::ByTariff if year.integers.rate.is_some() => {
                let mut formula = format!("{}*{}", self.counted(), named("workbook-rate"));
                if year.integers.base.is_some() {
                    formula = format!("{}+{formula}", named("workbook-base"));
                }
                sheet.formula(row, place, &formula, &amount(Rule::ByTariff)?, Look::Unrounded);
            }
            // A tariff of another shape than a rate: the engine's value, from which the row goes on.
            Column::ByTariff => sheet.number(row, place, &amount(Rule::ByTariff)?, Look::Unrounded),
            Column::Prorated => {
                let formula = format!("{}*{part}/{whole}", before());
                sheet.formula(row, place, &formula, &amount(Rule::Proration)?, Look::Unrounded);
            }
            Column::Floor => {
                let raised = format!("MAX({},{})", before(), named("rule-floor"));
                let formula = self.unless_free(&part, &before(), raised);
                sheet.formula(row, place, &formula, &amount(Rule::Floor)?, Look::Unrounded);
            }
            Column::Ceiling => {
                let formula = format!("MIN({},{})", before(), named("rule-ceiling"));
                sheet.formula(row, place, &formula, &amount(Rule::Ceiling)?, Look::Unrounded);
            }
            Column::Escalated => {
                let formula = format!("{}*{}", before(), named("workbook-name-factor"));
                sheet.formula(row, place, &formula, &amount(Rule::Escalation)?, Look::Unrounded);
            }
            Column::Fee => {
                if !year.integers.is_plain {
                    sheet.number(row, place, &kronor(fee.fee())?, look_of_fee(year));
                    return Ok(());
                }
                let (above, below) = (self.cell(Column::Numerator), self.cell(Column::Denominator));
                let step = named("workbook-name-step");
                let formula = format!("INT((2*{above}+{below})/(2*{below}))*{step}/100");
                self.decisive(sheet, place, &formula, &kronor(fee.fee())?);
            }
            Column::Standing => {
                let value = standing(fee.standing(), year.language);
                match self.standing(&part, &whole).filter(|_| integers.is_sure) {
                    Some(formula) => sheet.formula(row, place, &formula, &value, Look::Word),
                    None => sheet.text(row, place, &value, Look::Aside)?,
                }
            }
            Column::Remark => sheet.text(row, place, &self.remark, Look::Remark)?,
            Column::Parts if year.integers.rate.is_none() => {
                sheet.number(row, place, &integers.by_population.to_string(), Look::Whole);
            }
            Column::Parts => {
                let parts = named("workbook-name-rate-parts");
                let mut formula = format!("{}*{parts}", self.counted());
                if year.integers.base.is_some() {
                    formula = format!("({formula}+{})", named("workbook-name-base-parts"));
                }
                if self.is_before() {
                    formula += &format!("*{part}");
                }
                sheet.formula(row, place, &formula, &integers.by_population.to_string(), Look::Whole);
            }
            Column::Numerator => {
                let formula = self.numerator(&part, &whole);
                sheet.formula(row, place, &formula, &integers.numerator.to_string(), Look::Whole);
            }
            Column::Denominator => {
                let (step, parts) = (named("workbook-name-step"), named("workbook-name-parts"));
                let mut formula = format!("{step}*{parts}");
                if self.is_escalated() {
                    formula += &format!("*{}", named("workbook-name-below"));
                }
                formula += &format!("*{whole}");
                sheet.formula(row, place, &formula, &integers.denominator.to_string(), Look::Whole);
            }
        }
        Ok(())
    }

    /// The fee: a formula where a spreadsheet is sure to come to it, else the engine's value.
    fn decisive(&self, sheet: &mut Sheet, place: u16, formula: &str, value: &str) {
        let look = look_of_fee(self.year);
        match self.integers.is_sure {
            true => sheet.formula(self.row, place, formula, value, look),
            false => sheet.number(self.row, place, value, look),
        }
    }

    fn cell(&self, column: Column) -> String {
        cell(self.row, place(self.columns, column))
    }

    /// The inhabitants that are counted: up to the cap, where there is one.
    fn counted(&self) -> String {
        let inhabitants = self.cell(Column::Inhabitants);
        match PerHead::of(&self.year.fees.schedule).and_then(|per_head| per_head.cap) {
            Some(_) => format!("MIN({inhabitants},{})", self.year.named("workbook-name-cap")),
            None => inhabitants,
        }
    }

    fn is_before(&self) -> bool {
        self.year.fees.schedule.tariff().proration.order == ProrationOrder::BeforeBounds
    }

    fn is_escalated(&self) -> bool {
        self.columns.contains(&Column::Escalated)
    }

    /// Where the share comes before the bounds, who owes no part of the year is not raised to the floor.
    fn unless_free(&self, part: &str, free: &str, otherwise: String) -> String {
        if self.is_before() { format!("IF({part}=0,{free},{otherwise})") } else { otherwise }
    }

    /// A bound in the unit that the amount by population has.
    fn bound_in_parts(&self, column: Column, whole: &str) -> Option<String> {
        let message = match column {
            Column::Floor => "workbook-name-floor-parts",
            _ => "workbook-name-ceiling-parts",
        };
        let named = self.columns.contains(&column).then(|| self.year.named(message))?;
        Some(if self.is_before() { format!("{named}*{whole}") } else { named })
    }

    fn numerator(&self, part: &str, whole: &str) -> String {
        let mut bounded = self.cell(Column::Parts);
        if let Some(floor) = self.bound_in_parts(Column::Floor, whole) {
            bounded = format!("MAX({bounded},{floor})");
        }
        if let Some(ceiling) = self.bound_in_parts(Column::Ceiling, whole) {
            bounded = format!("MIN({bounded},{ceiling})");
        }
        let mut formula = self.unless_free(part, "0", bounded);
        if self.is_escalated() {
            formula += &format!("*{}", self.year.named("workbook-name-above"));
        }
        if !self.is_before() {
            formula += &format!("*{part}");
        }
        formula
    }

    /// Which bound was reached; none where the tariff has neither.
    fn standing(&self, part: &str, whole: &str) -> Option<String> {
        let word = |of| format!("\"{}\"", standing(of, self.year.language));
        let (floor, ceiling) =
            (self.bound_in_parts(Column::Floor, whole), self.bound_in_parts(Column::Ceiling, whole));
        if floor.is_none() && ceiling.is_none() {
            return None;
        }
        let by_population = self.cell(Column::Parts);
        let mut formula = word(Standing::Within);
        if let Some(floor) = floor {
            formula = format!("IF({by_population}<{floor},{},{formula})", word(Standing::AtFloor));
        }
        if let Some(ceiling) = ceiling {
            formula = format!("IF({by_population}>{ceiling},{},{formula})", word(Standing::AtCeiling));
        }
        Some(self.unless_free(part, &word(Standing::Within), formula))
    }
}

/// What else there is to know of a fee.
fn remark(year: &Year<'_>, fee: &Assessment, is_sure: bool) -> String {
    let share = (!fee.share().is_whole()).then(|| fee.share().text(year.language));
    let preliminary = fee.is_preliminary().then(|| year.say("preliminary"));
    let is_plain = year.integers.is_plain;
    let engine = (is_plain && !is_sure).then(|| year.say("workbook-engine-value"));
    let by_tariff = match (is_plain, year.integers.rate) {
        (false, _) => Some(year.say("workbook-fee-value")),
        (true, None) => Some(year.say("workbook-by-tariff-value")),
        (true, Some(_)) => None,
    };
    let federation = fee.federation_text(year.language);
    [preliminary, share, federation, by_tariff, engine].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
