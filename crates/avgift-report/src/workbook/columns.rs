//! Columns: those of the sheet of fees, in the order that the tariff takes its steps; a step that it has not has no column.

use avgift::{Rule, Shape};

use super::Year;
use super::sheet::Look;
use crate::capitalised;

/// A component, by its place; none for the fee itself.
pub(super) type Group = Option<usize>;

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Code,
    Member,
    Payer,
    Inhabitants,
    Step(Group, Rule),
    Fee,
    Standing,
    Remark,
    Parts,
    /// Of a share of a total: its whole steps, what is left, and the place of that among all.
    WholeSteps,
    Rest,
    Rank,
}

/// The columns of a year, and how many rows they have.
pub(super) struct Columns {
    columns: Vec<Column>,
    rows: u32,
}

impl Columns {
    pub(super) fn of(year: &Year<'_>) -> Columns {
        let mut columns = vec![Column::Code, Column::Member, Column::Payer, Column::Inhabitants];
        let components = year.fees.schedule.components();
        for step in year.fees.assessments.first().map_or(&[][..], avgift::Assessment::steps) {
            let name = step.component.as_ref();
            let group = name.and_then(|name| components.iter().position(|of| of.name() == name));
            let is_amount = matches!(step.value, avgift::Value::Exact(_));
            if is_amount && has_step(year, group, step.rule) {
                columns.push(Column::Step(group, step.rule));
            }
        }
        columns.extend([Column::Fee, Column::Standing, Column::Remark, Column::Parts]);
        if year.fees.schedule.is_shared() {
            columns.extend([Column::WholeSteps, Column::Rest, Column::Rank]);
        }
        // A class of its own may be no rate, and the other way round: both are one column.
        for column in &mut columns {
            if let Column::Step(_, rule @ Rule::ByPopulation) = column {
                *rule = Rule::ByTariff;
            }
        }
        Columns { columns, rows: u32::try_from(year.fees.assessments.len()).unwrap_or(u32::MAX) }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Column> {
        self.columns.iter().copied()
    }

    pub(super) fn rows(&self) -> u32 {
        self.rows
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.columns.contains(&alike(column))
    }

    /// The place of a column; every one that is asked for is there.
    pub(super) fn place(&self, column: Column) -> u16 {
        let place = self.columns.iter().position(|other| *other == alike(column));
        u16::try_from(place.unwrap_or(self.columns.len())).unwrap_or(u16::MAX)
    }

    /// The column of the amount before the one rounding.
    pub(super) fn place_of_amount(&self) -> u16 {
        self.place(Column::Fee).saturating_sub(1)
    }
}

/// What a shape comes to stands in one column, whatever the shape.
fn alike(column: Column) -> Column {
    match column {
        Column::Step(group, Rule::ByPopulation) => Column::Step(group, Rule::ByTariff),
        other => other,
    }
}

/// Whether the tariff has a step, for any member.
fn has_step(year: &Year<'_>, group: Group, rule: Rule) -> bool {
    let schedule = &year.fees.schedule;
    let charges = match group {
        Some(place) => {
            schedule.components().get(place).map(|component| component.charge()).into_iter().collect()
        }
        None => {
            let own = schedule.classes().iter().filter_map(|class| class.own());
            [schedule.charge()].into_iter().chain(own).collect::<Vec<_>>()
        }
    };
    match rule {
        Rule::Class => schedule.classes().iter().any(|class| class.multiplier().is_some()),
        Rule::Floor => charges.iter().any(|charge| charge.floor().is_some()),
        Rule::Ceiling => {
            charges.iter().any(|charge| charge.ceiling().is_some() || !charge.ceilings().is_empty())
        }
        Rule::Escalation => charges.iter().any(|charge| charge.fee_factor().is_some()),
        Rule::YearFactor => {
            schedule.tariff().year_factors.iter().any(|factor| factor.year == schedule.year())
        }
        _ => true,
    }
}

impl Column {
    /// Its heading, width and look.
    pub(super) fn heading(self, year: &Year<'_>) -> (String, f64, Look) {
        let (heading, width, look) = match self {
            Column::Code => ("column-code", 7.0, Look::Heading),
            Column::Member => ("column-member", 26.0, Look::Heading),
            Column::Payer => ("column-payer", 16.0, Look::Heading),
            Column::Inhabitants => ("column-inhabitants", 11.0, Look::HeadingOfNumbers),
            Column::Step(group, rule) => {
                return (step_heading(year, group, rule), 14.0, Look::HeadingOfNumbers);
            }
            Column::Fee => ("column-fee", 16.0, Look::HeadingOfNumbers),
            Column::Standing => ("column-standing", 10.0, Look::HeadingAside),
            Column::Remark => ("workbook-remark", 12.0, Look::HeadingAside),
            Column::Parts => ("workbook-amount-parts", 20.0, Look::HeadingOfNumbers),
            Column::WholeSteps => ("workbook-whole-steps", 14.0, Look::HeadingOfNumbers),
            Column::Rest => ("workbook-rest", 17.0, Look::HeadingOfNumbers),
            Column::Rank => ("workbook-rank", 8.0, Look::HeadingOfNumbers),
        };
        (year.heading(heading), width, look)
    }
}

fn step_heading(year: &Year<'_>, group: Group, rule: Rule) -> String {
    let schedule = &year.fees.schedule;
    let component = group.and_then(|place| schedule.components().get(place));
    let charge = component.map_or(schedule.charge(), |component| component.charge());
    let is_rate = matches!(charge.shape(), Shape::PerInhabitant { .. });
    let is_rate =
        is_rate && (group.is_some() || schedule.classes().iter().all(|class| class.own().is_none()));
    let name = component.map(|component| component.name());
    let message = match rule {
        Rule::Component => {
            let name = name.unwrap_or_default();
            return capitalised(&year.language.tell("rule-with-component", &[("component", name)]));
        }
        Rule::ByPopulation | Rule::ByTariff if is_rate => "rule-by-population",
        Rule::ByPopulation | Rule::ByTariff => "rule-by-tariff",
        Rule::Class => "rule-class",
        Rule::Floor => "rule-floor",
        Rule::Ceiling => "rule-ceiling",
        Rule::YearFactor => "rule-year-factor",
        Rule::Limit => "rule-limit",
        Rule::Proration => "rule-proration",
        Rule::JoiningFee => "rule-joining-fee",
        _ => "workbook-escalated",
    };
    match name {
        Some(name) => {
            let rule = year.say(message);
            year.language.tell("rule-of-component", &[("component", name), ("rule", &rule)])
        }
        None => year.heading(message),
    }
}
