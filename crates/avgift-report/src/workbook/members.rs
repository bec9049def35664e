//! Members: who is assessed, with how many inhabitants of which day, and for what share of the year; and what else of a
//! member its tariff asks for: class, figures, an amount that was decided, the fee of the year before.

use avgift::{Assessment, Key, Operand, Origin, PreviousFee, Ratio, Reckoning, Rule, Shape};
use rust_xlsxwriter::Worksheet;

use super::Year;
use super::charges::{Place, Scalar, reckonings};
use super::exact::decimal;
use super::sheet::{FIRST, Look, Sheet, cell, kronor, range, width_of};
use super::term::Term;
use crate::error::Error;

const INHABITANTS: u16 = 3;
const PART: u16 = 6;
const WHOLE: u16 = 7;

/// The first of the columns that only some tariffs have.
const EXTRAS: u16 = 8;

/// What only some tariffs ask of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Extra {
    /// The class that it bears.
    Class,
    /// An economic figure.
    Figure(String),
    /// Whether it shares the total: one, or nothing.
    Sharing,
    /// Its percentage of the total.
    Portion,
    /// The amount that was decided for it, in the fee year.
    Decided(Place),
    /// A ceiling of its own, in the fee year.
    Ceiling,
    /// What it paid the year before, for a whole year.
    Previous,
}

/// Where other sheets find the figures of a member; its row is the same in all of them.
pub(super) struct MembersTable {
    sheet: String,
    rows: u32,
    extras: Vec<Extra>,
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

    /// What only some tariffs ask of the member in a row.
    pub(super) fn extra(&self, extra: &Extra, row: u32) -> String {
        self.cell(row, self.place(extra))
    }

    /// The same of all members.
    pub(super) fn extras(&self, extra: &Extra) -> String {
        range(&self.sheet, self.place(extra), self.rows)
    }

    /// The inhabitants of all members.
    pub(super) fn all_inhabitants(&self) -> String {
        range(&self.sheet, INHABITANTS, self.rows)
    }

    /// The column; every one that is asked for is there.
    fn place(&self, extra: &Extra) -> u16 {
        let place = self.extras.iter().position(|other| other == extra).unwrap_or(self.extras.len());
        EXTRAS + u16::try_from(place).unwrap_or(u16::MAX - EXTRAS)
    }

    fn cell(&self, row: u32, column: u16) -> String {
        format!("'{}'!{}", self.sheet, cell(row, column))
    }

    /// Where the figures of a year will stand.
    pub(super) fn of(year: &Year<'_>) -> MembersTable {
        let rows = u32::try_from(year.fees.assessments.len()).unwrap_or(u32::MAX);
        MembersTable { sheet: year.tell("workbook-sheet-members"), rows, extras: extras(year) }
    }
}

/// What the tariff of a year asks of its members.
fn extras(year: &Year<'_>) -> Vec<Extra> {
    let schedule = &year.fees.schedule;
    let mut extras = Vec::new();
    let mut add = |is_there: bool, extra: Extra| {
        if is_there && !extras.contains(&extra) {
            extras.push(extra);
        }
    };
    add(!schedule.classes().is_empty(), Extra::Class);
    add(schedule.is_shared(), Extra::Sharing);
    for (place, charge, _) in year.charges() {
        match charge.shape() {
            Shape::OfFigure(of) => add(true, Extra::Figure(of.figure.clone())),
            Shape::Total { keys, .. } => {
                for key in keys {
                    if let Key::Figure(name) = &key.key {
                        add(true, Extra::Figure(name.clone()));
                    }
                }
            }
            Shape::Percentages { .. } => add(true, Extra::Portion),
            Shape::Decided(_) => add(true, Extra::Decided(place)),
            _ => {}
        }
    }
    add(!schedule.charge().ceilings().is_empty(), Extra::Ceiling);
    add(schedule.tariff().limit.is_some(), Extra::Previous);
    extras
}

/// The fee of the year before, where the limit on the change works with one.
pub(super) fn previous(fee: &Assessment) -> Option<&PreviousFee> {
    match fee.step(Rule::Limit).map(|step| &step.operand) {
        Some(Operand::Limit { previous, .. }) => previous.as_ref(),
        _ => None,
    }
}

/// Whether a member shares the total.
pub(super) fn is_sharing(fee: &Assessment) -> bool {
    reckonings(fee)
        .any(|reckoning| matches!(reckoning, Reckoning::Shared { .. } | Reckoning::Percentage { .. }))
}

impl Extra {
    fn heading(&self, year: &Year<'_>) -> (String, f64, Look) {
        let (heading, width) = match self {
            Extra::Class => return (year.heading("rule-class"), 14.0, Look::HeadingAside),
            Extra::Figure(name) => (name.clone(), 19.0),
            Extra::Sharing => (year.say("workbook-sharing"), 8.0),
            Extra::Portion => (year.say("workbook-portion-of-total"), 11.0),
            Extra::Decided(place) => {
                let label =
                    year.charges().iter().find(|(other, ..)| other == place).and_then(|(_, _, name)| *name);
                let decided = year.say("workbook-decided-amount");
                let heading = match label {
                    Some(name) => {
                        year.language.tell("rule-of-component", &[("component", name), ("rule", &decided)])
                    }
                    None => decided,
                };
                (heading, 15.0)
            }
            Extra::Ceiling => (year.say("workbook-own-ceiling"), 15.0),
            Extra::Previous => (year.say("workbook-previous-fee"), 15.0),
        };
        (heading, width, Look::HeadingOfNumbers)
    }

    /// Writes the cell of a member; a member that the column is nothing to has an empty one.
    fn write(
        &self,
        year: &Year<'_>,
        sheet: &mut Sheet,
        row: u32,
        place: u16,
        fee: &Assessment,
    ) -> Result<(), Error> {
        let number = |sheet: &mut Sheet, value: Ratio, look| sheet.number(row, place, &decimal(value), look);
        match self {
            Extra::Class => {
                if let Some(Operand::Class { name: Some(name), .. }) =
                    fee.step(Rule::Class).map(|step| &step.operand)
                {
                    sheet.text(row, place, name, Look::Aside)?;
                }
            }
            Extra::Figure(wanted) => {
                let of_member = reckonings(fee).find_map(|reckoning| match reckoning {
                    Reckoning::OfFigure { name, figure, .. } if name == wanted => Some(figure.value.ratio()),
                    Reckoning::Shared { keys, .. } => {
                        let of_key = |key: &Key| matches!(key, Key::Figure(name) if name == wanted);
                        keys.iter().find(|share| of_key(&share.key)).map(|share| share.own)
                    }
                    _ => None,
                });
                if let Some(value) = of_member {
                    number(
                        sheet,
                        value,
                        if value.denominator() == 1 { Look::Whole } else { Look::Unrounded },
                    );
                }
            }
            Extra::Sharing => number(sheet, Ratio::whole(is_sharing(fee).into()), Look::Whole),
            Extra::Portion => {
                let portion = reckonings(fee).find_map(|reckoning| match reckoning {
                    Reckoning::Percentage { portion, .. } => Some(portion.value.ratio()),
                    _ => None,
                });
                if let Some(portion) = portion {
                    number(sheet, portion, Look::Portion);
                }
            }
            Extra::Decided(of) => {
                let is_of = matches!(of, Place::Component(_)) || year.place_of(fee) == *of;
                if let (Shape::Decided(amounts), true) = (year.charge(*of).shape(), is_of)
                    && let Some(amount) = amounts.get(&fee.code())
                {
                    carried(year, sheet, (row, place), *of, &Scalar::amount("workbook-flat", amount)?);
                }
            }
            Extra::Ceiling => {
                if let Some(ceiling) = year.fees.schedule.charge().ceilings().get(&fee.code()) {
                    carried(
                        year,
                        sheet,
                        (row, place),
                        Place::Main,
                        &Scalar::amount("rule-ceiling", ceiling)?,
                    );
                }
            }
            Extra::Previous => {
                if let Some(PreviousFee { fee, .. }) = previous(fee) {
                    sheet.number(row, place, &kronor(fee.value)?, Look::KronorAndOre);
                }
            }
        }
        Ok(())
    }
}

/// An amount of one member in the fee year: as decided, or carried there by a formula; the program's where none does.
fn carried(year: &Year<'_>, sheet: &mut Sheet, (row, place): (u32, u16), of: Place, amount: &Scalar<'_>) {
    let value = decimal(amount.value);
    let decided = Term::of(decimal(amount.decided), amount.decided);
    match amount.carried(year, of, &decided).filter(|_| amount.factor.is_some()) {
        Some(formula) => sheet.formula(row, place, formula.text(), &value, Look::Unrounded),
        None => sheet.number(row, place, &value, Look::Unrounded),
    }
}

/// The sheet.
pub(super) fn sheet(year: &Year<'_>, table: &MembersTable) -> Result<Worksheet, Error> {
    let language = year.language;
    let about = year.tell("workbook-about-members");
    let mut sheet = Sheet::new(table.sheet.clone(), year.network, &about, &year.notice(), language)?;
    let remarks: Vec<String> = year.fees.assessments.iter().map(|fee| remark(year, fee)).collect();
    let mut headings: Vec<_> = [
        ("column-code", 7.0, Look::Heading),
        ("column-member", 26.0, Look::Heading),
        ("column-payer", 16.0, Look::Heading),
        ("column-inhabitants", 11.0, Look::HeadingOfNumbers),
        ("workbook-reference-date", 14.0, Look::HeadingOfNumbers),
        ("workbook-population-source", 48.0, Look::HeadingAside),
        ("rule-proration", 9.0, Look::HeadingOfNumbers),
        ("workbook-share-whole", 6.0, Look::HeadingOfNumbers),
    ]
    .map(|(heading, width, look)| (year.heading(heading), width, look))
    .into();
    headings.extend(table.extras.iter().map(|extra| extra.heading(year)));
    headings.push((year.heading("workbook-remark"), width_of(&remarks), Look::HeadingAside));
    sheet.headings(&headings, 2)?;
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
        for extra in &table.extras {
            extra.write(year, &mut sheet, row, table.place(extra), fee)?;
        }
        let last = EXTRAS + u16::try_from(table.extras.len()).unwrap_or(0);
        sheet.text(row, last, remark, Look::Remark)?;
    }
    Ok(sheet.done())
}

/// What else there is to know: another day than the one asked for, the unit of a share, an assumed day.
fn remark(year: &Year<'_>, fee: &Assessment) -> String {
    let language = year.language;
    let note = |rule| fee.step(rule).and_then(|step| step.operand.note(language));
    let preliminary = fee.is_preliminary().then(|| year.say("preliminary"));
    let stated =
        previous(fee).filter(|previous| previous.is_stated).map(|_| year.say("workbook-previous-stated"));
    let share = (!fee.share().is_whole()).then(|| fee.share().text(language));
    let joined =
        fee.step(Rule::Proration).map(|step| places(&step.origins)).filter(|source| !source.is_empty());
    let joined = joined.map(|source| language.tell("workbook-joined-source", &[("source", &source)]));
    let remarks = [preliminary, note(Rule::Population), share, note(Rule::Proration), joined, stated];
    remarks.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The places of some origins, one after another.
pub(super) fn places(origins: &[Origin]) -> String {
    origins.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
