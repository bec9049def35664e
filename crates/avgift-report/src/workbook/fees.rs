//! Fees: each fee step by step in the order of its tariff, unrounded, to the one rounding; beside it the whole number of parts
//! of an öre that decides the rounding, and for a total how what is left of it is dealt out.

use avgift::{Language, Rounding, Standing};
use rust_xlsxwriter::Worksheet;

use super::Year;
use super::columns::{Column, Columns};
use super::cut::{Cut, Rests};
use super::members::{Extra, MembersTable};
use super::row::Row;
use super::sheet::{FIRST, Look, Sheet, cell, kronor, range, width_of};
use crate::error::Error;

/// Where other sheets find the columns of this one.
pub(super) struct FeesTable {
    sheet: String,
    columns: Columns,
    /// How many steps were left of a total, where formulas deal them out.
    raised: Option<u32>,
    /// Whether every amount is a whole number of parts of an öre, and nothing else.
    pub(super) is_in_parts: bool,
}

impl FeesTable {
    fn range(&self, column: Column) -> String {
        range(&self.sheet, self.columns.place(column), self.columns.rows())
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
        range(&self.sheet, self.columns.place_of_amount(), self.columns.rows())
    }

    /// The same amounts in whole parts of an öre.
    pub(super) fn parts(&self) -> String {
        self.range(Column::Parts)
    }

    /// How many steps are left of a total when every share is cut down to whole steps, and the formula of it.
    pub(super) fn dealt_out(&self, year: &Year<'_>, members: &MembersTable) -> Option<(String, String)> {
        let raised = self.raised?;
        let (step, parts) = (year.named("workbook-name-step-parts"), self.parts());
        let all = format!("SUMPRODUCT({parts}*{})", members.extras(&Extra::Sharing));
        let cut = self.range(Column::WholeSteps);
        Some((format!("INT((2*{all}+{step})/(2*{step}))-SUM({cut})"), raised.to_string()))
    }
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
    let columns = Columns::of(year);
    let row = |(row, fee)| Row::of(year, members, &columns, row, fee);
    let mut rows = (FIRST..).zip(&year.fees.assessments).map(row).collect::<Result<Vec<Row<'_>>, Error>>()?;
    let raised = finish(year, &mut rows)?;
    let remarks: Vec<String> = rows.iter().map(Row::remark_text).collect();
    let headings = columns.iter().map(|column| match (column, column.heading(year)) {
        (Column::Remark, (heading, _, look)) => (heading, width_of(&remarks), look),
        (Column::Parts | Column::Rest, (heading, width, look)) => {
            let widest = rows.iter().map(|row| row.width(column)).max().unwrap_or(0);
            (heading, width.max(f64::from(u8::try_from(widest).unwrap_or(u8::MAX))), look)
        }
        (_, heading) => heading,
    });
    sheet.headings(&headings.collect::<Vec<_>>(), 2)?;
    for row in &rows {
        row.write(&mut sheet)?;
    }
    let is_in_parts = year.parts.is_whole && !rows.is_empty() && rows.iter().all(Row::is_in_parts);
    drop(rows);
    let table = FeesTable { sheet: name, columns, raised, is_in_parts };
    sum_row(&mut sheet, year, &table)?;
    Ok((sheet.done(), table))
}

/// Rounds every row; gives how many steps were left of a total, where formulas deal them out.
fn finish(year: &Year<'_>, rows: &mut [Row<'_>]) -> Result<Option<u32>, Error> {
    let step = i128::from(year.fees.schedule.tariff().rounding.step_ore());
    let cut = |counted| {
        let sharing = rows.iter().filter(|row| row.is_sharing());
        let cuts: Option<Vec<Cut>> = sharing.map(|row| row.cut(counted)).collect();
        cuts.filter(|cuts| !cuts.is_empty() && Cut::are_dealt_out(cuts, step))
    };
    let cuts = Rests::all().find_map(cut).unwrap_or_default();
    let raised = cuts.first().map(|cut| cut.raised);
    let mut cuts = cuts.iter();
    for row in rows {
        let cut = if row.is_sharing() { cuts.next() } else { None };
        row.finish(cut)?;
    }
    Ok(raised)
}

/// The last row: how many inhabitants and how much in all.
fn sum_row(sheet: &mut Sheet, year: &Year<'_>, table: &FeesTable) -> Result<(), Error> {
    let rows = table.columns.rows();
    let row = FIRST + rows.max(1);
    for (place, column) in (0..).zip(table.columns.iter()) {
        match column {
            Column::Member => sheet.sum_text(row, place, &year.say("sum"))?,
            Column::Inhabitants => {
                let sum = format!("SUM({})", own_range(place, rows));
                sheet.sum(row, place, &sum, &year.fees.frame.inhabitants.to_string(), Look::Whole);
            }
            Column::Fee => {
                let sum = format!("ROUND(SUM({}),2)", own_range(place, rows));
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
