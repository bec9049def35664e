//! Members: who is assessed, with how many inhabitants of which day, and for what share of the year.

use avgift::{Assessment, Operand, Origin, Rule};
use rust_xlsxwriter::Worksheet;

use super::Year;
use super::sheet::{FIRST, Look, Sheet, cell, range, width_of};
use crate::error::Error;

const INHABITANTS: u16 = 3;
const PART: u16 = 6;
const WHOLE: u16 = 7;

/// Where other sheets find the figures of a member; its row is the same in all of them.
pub(super) struct MembersTable {
    sheet: String,
    rows: u32,
}

impl MembersTable {
    /// The inhabitants of the member in a row.
    pub(super) fn inhabitants(&self, row: u32) -> String {
        self.cell(row, INHABITANTS)
    }

    /// The units of the year that it owes.
    pub(super) fn part(&self, row: u32) -> String {
        self.cell(row, PART)
    }

    /// The units of the whole year.
    pub(super) fn whole(&self, row: u32) -> String {
        self.cell(row, WHOLE)
    }

    /// The units owed of all members, and the units of their whole years.
    pub(super) fn shares(&self) -> (String, String) {
        let of = |column| range(&self.sheet, column, self.rows);
        (of(PART), of(WHOLE))
    }

    fn cell(&self, row: u32, column: u16) -> String {
        format!("'{}'!{}", self.sheet, cell(row, column))
    }
}

/// The sheet, and where its figures stand.
pub(super) fn sheet(year: &Year<'_>) -> Result<(Worksheet, MembersTable), Error> {
    let language = year.language;
    let name = year.tell("workbook-sheet-members");
    let about = year.tell("workbook-about-members");
    let mut sheet = Sheet::new(name.clone(), year.network, &about, &year.notice(), language)?;
    let remarks: Vec<String> = year.fees.assessments.iter().map(|fee| remark(year, fee)).collect();
    let headings = [
        ("column-code", 7.0, Look::Heading),
        ("column-member", 26.0, Look::Heading),
        ("column-payer", 16.0, Look::Heading),
        ("column-inhabitants", 11.0, Look::HeadingOfNumbers),
        ("workbook-reference-date", 14.0, Look::HeadingOfNumbers),
        ("workbook-population-source", 48.0, Look::HeadingAside),
        ("rule-proration", 9.0, Look::HeadingOfNumbers),
        ("workbook-share-whole", 6.0, Look::HeadingOfNumbers),
        ("workbook-remark", width_of(&remarks), Look::HeadingAside),
    ];
    sheet.headings(&headings.map(|(heading, width, look)| (year.heading(heading), width, look)), 2)?;
    for ((row, fee), remark) in (FIRST..).zip(&year.fees.assessments).zip(&remarks) {
        sheet.text(row, 0, fee.code().as_str(), Look::Text)?;
        sheet.text(row, 1, fee.name(), Look::Text)?;
        sheet.text(row, 2, fee.payer().as_str(), Look::Text)?;
        sheet.number(row, INHABITANTS, &fee.inhabitants().get().to_string(), Look::Whole);
        if let Some(step) = fee.step(Rule::Population) {
            if let Operand::Population { reference_date, .. } = &step.operand {
                sheet.date(row, 4, *reference_date);
            }
            sheet.text(row, 5, &places(&step.origins), Look::Remark)?;
        }
        sheet.number(row, PART, &fee.share().part().to_string(), Look::Whole);
        sheet.number(row, WHOLE, &fee.share().whole().to_string(), Look::Whole);
        sheet.text(row, 8, remark, Look::Remark)?;
    }
    let rows = u32::try_from(year.fees.assessments.len()).unwrap_or(u32::MAX);
    Ok((sheet.done(), MembersTable { sheet: name, rows }))
}

/// What else there is to know: another day than the one asked for, the unit of a share, an assumed day.
fn remark(year: &Year<'_>, fee: &Assessment) -> String {
    let language = year.language;
    let note = |rule| fee.step(rule).and_then(|step| step.operand.note(language));
    let preliminary = fee.is_preliminary().then(|| year.say("preliminary"));
    let share = (!fee.share().is_whole()).then(|| fee.share().text(language));
    let joined =
        fee.step(Rule::Proration).map(|step| places(&step.origins)).filter(|source| !source.is_empty());
    let joined = joined.map(|source| language.tell("workbook-joined-source", &[("source", &source)]));
    let remarks = [preliminary, note(Rule::Population), share, note(Rule::Proration), joined];
    remarks.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The places of some origins, one after another.
pub(super) fn places(origins: &[Origin]) -> String {
    origins.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
