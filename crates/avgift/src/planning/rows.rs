//! Rows: each fee of a year as what it is in one amount of the tariff: a line between two levels, a share of it, and what comes on
//! top.
//! Rule:    floor and ceiling are levels before the index, the components and the factor of the year, the limit on the yearly change
//!          levels after them; a discount of a federation stands with that factor. Since each of these only grows with the amount, all of it is one line between two levels.
//!          Everything is read from the steps of the assessments; nothing but what the sought amount does is told anew.
//! Units:   öre, in the unit of the rows; the amount in exact öre of the year, a scale as it is.
//! Errors:  AmountMustNotOverflow.

use std::collections::BTreeSet;

use super::before_rounding;
use super::sought::Sought;
use crate::error::Error;
use crate::explanation::{Assessment, Operand, Rule, Standing, Value};
use crate::federation::FederationMode;
use crate::money::Exact;
use crate::pool::Pool;
use crate::population::MunicipalityCode;
use crate::proration::ProrationOrder;
use crate::ratio::Ratio;
use crate::reckoning::Reckoning;
use crate::schedule::Schedule;
use crate::year::YearOfFees;

/// The fees of a year by the value of one amount.
#[derive(Debug)]
pub(super) struct Rows {
    /// Öre for one of the rows: the factor of the fee, where it works on all that is there.
    pub(super) unit: Ratio,
    /// One for each fee, one for the one fee of a federation, and one for all the shares of a total, which are rounded together.
    pub(super) rows: Vec<Row>,
    /// Where each member stands between the bounds.
    pub(super) standings: Vec<(MunicipalityCode, Meets)>,
}

/// One fee: `share` × (`line`, no less than `least` and no more than `most`) + `on_top`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) line: Line,
    pub(super) least: Option<Ratio>,
    pub(super) most: Option<Ratio>,
    pub(super) share: Ratio,
    pub(super) on_top: Line,
}

/// So much, and so much for each of the amount.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) constant: Ratio,
    pub(super) slope: Ratio,
}

/// Where a fee meets the bounds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meets {
    /// As it does today, whatever the amount.
    Always(Standing),
    /// By what it is before them.
    By { before: Line, floor: Level, ceiling: Level },
}

/// A bound.
#[derive(Debug, Clone, Copy)]
pub(super) enum Level {
    None,
    At(Ratio),
    /// It is what is sought.
    Sought,
}

impl Line {
    const NOTHING: Line = Line { constant: Ratio::ZERO, slope: Ratio::ZERO };

    fn level(constant: Ratio) -> Line {
        Line { constant, slope: Ratio::ZERO }
    }

    fn rising(slope: Ratio) -> Line {
        Line { constant: Ratio::ZERO, slope }
    }

    pub(super) fn at(self, value: Ratio) -> Result<Ratio, Error> {
        plus(times(self.slope, value)?, self.constant)
    }

    fn times(self, factor: Ratio) -> Result<Line, Error> {
        Ok(Line { constant: times(self.constant, factor)?, slope: times(self.slope, factor)? })
    }
}

impl Row {
    fn of(line: Line) -> Row {
        Row { line, least: None, most: None, share: Ratio::ONE, on_top: Line::NOTHING }
    }

    /// The fee before its rounding at a value, in the unit of the rows.
    pub(super) fn at(&self, value: Ratio) -> Result<Ratio, Error> {
        let line = self.line.at(value)?;
        let lowered = self.most.map_or(line, |most| line.min(most));
        let bounded = self.least.map_or(lowered, |least| lowered.max(least));
        plus(times(bounded, self.share)?, self.on_top.at(value)?)
    }
}

impl Meets {
    /// Where the fee stands at a value.
    pub(super) fn at(self, value: Ratio) -> Result<Standing, Error> {
        let (before, floor, ceiling) = match self {
            Meets::Always(standing) => return Ok(standing),
            Meets::By { before, floor, ceiling } => (before, floor, ceiling),
        };
        match whole(before, floor, ceiling, value) {
            Some(standing) => Ok(standing),
            None => Ok(standing(before.at(value)?, floor.at(value), ceiling.at(value))),
        }
    }
}

/// The same where all is in whole öre, as it mostly is: no fraction is made.
fn whole(before: Line, floor: Level, ceiling: Level, value: Ratio) -> Option<Standing> {
    let (above, below) = (value.numerator(), value.denominator());
    let ore = |number: Ratio| (number.denominator() == 1).then_some(number.numerator());
    let level = |level: Level| match level {
        Level::None => Some(None),
        Level::At(level) => Some(Some(ore(level)?.checked_mul(below)?)),
        Level::Sought => Some(Some(above)),
    };
    let rising = ore(before.slope)?.checked_mul(above)?;
    let before = ore(before.constant)?.checked_mul(below)?.checked_add(rising)?;
    Some(standing(before, level(floor)?, level(ceiling)?))
}

/// Raised to the floor, then lowered to the ceiling.
fn standing<T: Ord + Copy>(before: T, floor: Option<T>, ceiling: Option<T>) -> Standing {
    let raised = floor.map_or(before, |floor| before.max(floor));
    match ceiling {
        Some(ceiling) if raised > ceiling => Standing::AtCeiling,
        _ if raised > before => Standing::AtFloor,
        _ => Standing::Within,
    }
}

impl Level {
    fn at(self, value: Ratio) -> Option<Ratio> {
        match self {
            Level::None => None,
            Level::At(level) => Some(level),
            Level::Sought => Some(value),
        }
    }
}

impl Rows {
    /// The fees of a year by the value of what is sought, which the tariff has.
    pub(super) fn of(fees: &YearOfFees, sought: Sought) -> Result<Rows, Error> {
        let (schedule, tariff) = (&fees.schedule, fees.schedule.tariff());
        let works_on_all =
            tariff.components.is_empty() && tariff.limit.is_none() && tariff.joining_fee.is_none();
        let factor = schedule.fee_factor().map_or(Ratio::ONE, |factor| factor.ratio());
        let unit = if works_on_all && sought != Sought::Scale { factor } else { Ratio::ONE };
        let made = Made { schedule, sought, unit, factor: if unit == factor { Ratio::ONE } else { factor } };
        let mut rows = Vec::with_capacity(fees.assessments.len());
        let mut standings = Vec::with_capacity(fees.assessments.len());
        let mut shares: Option<Line> = None;
        let mut federations = BTreeSet::new();
        for fee in &fees.assessments {
            let (row, meets) = made.row(fee)?;
            standings.push((fee.code(), meets));
            if fee.split().is_some() && !federations.insert(fee.payer()) {
                continue; // The one fee of a federation is one row, told by the steps of each of its members.
            }
            match fee.steps().last().map(|step| &step.operand) {
                Some(Operand::Apportioned(_)) => {
                    let sum = shares.unwrap_or(Line::NOTHING);
                    let constant = plus(sum.constant, row.line.constant)?;
                    shares = Some(Line { constant, slope: plus(sum.slope, row.line.slope)? });
                }
                _ => rows.push(row),
            }
        }
        rows.extend(shares.map(Row::of));
        Ok(Rows { unit, rows, standings })
    }
}

/// What all rows of a year are made by.
struct Made<'a> {
    schedule: &'a Schedule,
    sought: Sought,
    unit: Ratio,
    /// The factor of the fee, where it is not the unit.
    factor: Ratio,
}

impl Made<'_> {
    fn row(&self, fee: &Assessment) -> Result<(Row, Meets), Error> {
        let as_it_is = || {
            let amount = over(before_rounding(fee).ore_ratio(), self.unit)?;
            Ok((Row::of(Line::level(amount)), Meets::Always(fee.standing())))
        };
        let is_before = self.schedule.tariff().proration.order == ProrationOrder::BeforeBounds;
        if self.sought == Sought::Scale {
            return self.scaled(fee);
        }
        if self.is_by_its_class(fee) || self.is_flat(fee) || (is_before && fee.share().is_nothing()) {
            return as_it_is();
        }
        let [floor, ceiling] = [Rule::Floor, Rule::Ceiling].map(|rule| bound(fee, rule));
        let (before, [floor_at, ceiling_at]) = match self.sought {
            Sought::Total => (self.of_the_total(fee)?, [Level::None, Level::None]),
            Sought::Rate | Sought::Base => match self.by_tariff(fee)? {
                Some(line) => {
                    let classed = line.times(multiplier(fee))?;
                    let before = if is_before { classed.times(fee.share().ratio())? } else { classed };
                    (before, [level(floor), level(ceiling)])
                }
                None => return as_it_is(),
            },
            Sought::Floor => (Line::level(before_bounds(fee)), [Level::Sought, level(ceiling)]),
            Sought::Ceiling if self.schedule.main.ceilings.contains_key(&fee.code()) => return as_it_is(),
            Sought::Ceiling => (Line::level(before_bounds(fee)), [level(floor), Level::Sought]),
            Sought::Scale => return self.scaled(fee),
        };
        let after = After::of(fee, self.factor)?;
        // Between which levels which line is bounded: the sought bound is the line where it is the one that rises.
        let (line, least, most) = match self.sought {
            Sought::Floor => {
                let lowest = ceiling.map_or(before.constant, |ceiling| before.constant.min(ceiling));
                (Line::rising(Ratio::ONE), Some(lowest), ceiling)
            }
            Sought::Ceiling => {
                let highest = floor.map_or(before.constant, |floor| before.constant.max(floor));
                (Line::rising(Ratio::ONE), None, Some(highest))
            }
            _ => (before, floor, ceiling),
        };
        let row = Row {
            line: Line { constant: after.amount(line.constant)?, slope: times(line.slope, after.factor)? },
            least: after.level(least)?.or(after.least),
            most: after.level(most)?.or(after.most),
            share: if is_before { Ratio::ONE } else { fee.share().ratio() },
            on_top: Line::level(joining_fee(fee)),
        };
        Ok((row, Meets::By { before, floor: floor_at, ceiling: ceiling_at }))
    }

    /// Every amount grows with the scale; the fee of the year before, and what the limit makes of it, does not.
    fn scaled(&self, fee: &Assessment) -> Result<(Row, Meets), Error> {
        let meets = Meets::Always(fee.standing());
        let Some(limited) = fee.steps().iter().position(|step| step.rule == Rule::Limit) else {
            return Ok((Row::of(Line::rising(before_rounding(fee).ore_ratio())), meets));
        };
        let after = After::of(fee, Ratio::ONE)?;
        let row = Row {
            line: Line::rising(amount_before(fee, limited)),
            least: after.least,
            most: after.most,
            share: fee.share().ratio(),
            on_top: Line::rising(joining_fee(fee)),
        };
        Ok((row, meets))
    }

    /// Whether the member's class has terms of its own, which the sought amount is no part of.
    fn is_by_its_class(&self, fee: &Assessment) -> bool {
        let name = match fee.step(Rule::Class).map(|step| &step.operand) {
            Some(Operand::Class { name: Some(name), .. }) => name,
            _ => return false,
        };
        self.schedule.classes.iter().any(|class| class.name == *name && class.own.is_some())
    }

    /// Whether the member's federation has one flat amount, which the sought one is no part of.
    fn is_flat(&self, fee: &Assessment) -> bool {
        let federation = self.schedule.tariff().federation(fee.payer());
        federation.is_some_and(|federation| matches!(federation.mode, FederationMode::Flat { .. }))
    }

    /// What the shape comes to by its rate or its base.
    fn by_tariff(&self, fee: &Assessment) -> Result<Option<Line>, Error> {
        let of_rate = self.sought == Sought::Rate;
        let inhabitants = fee.pool().map_or(fee.inhabitants(), Pool::inhabitants);
        Ok(match by_tariff(fee) {
            Some(Operand::Rate(_)) if of_rate => Some(Line::rising(Ratio::whole(inhabitants.get().into()))),
            Some(Operand::Reckoning(reckoning)) => match reckoning.as_ref() {
                Reckoning::Linear { base, rate, per, .. } => {
                    let units = per.units(reckoning.counted(inhabitants))?;
                    let base = base.as_ref().map_or(Ratio::ZERO, |base| base.value.ore_ratio());
                    Some(match of_rate {
                        true => Line { constant: base, slope: units },
                        false => Line { constant: times(rate.value.ore_ratio(), units)?, slope: Ratio::ONE },
                    })
                }
                _ => None,
            },
            _ => None,
        })
    }

    /// The member's part of the total.
    fn of_the_total(&self, fee: &Assessment) -> Result<Line, Error> {
        let Some(Operand::Reckoning(reckoning)) = by_tariff(fee) else { return Ok(Line::NOTHING) };
        let part = match reckoning.as_ref() {
            Reckoning::Shared { keys, .. } => keys.iter().try_fold(Ratio::ZERO, |sum, key| {
                plus(sum, times(key.weight.value.ratio(), key.own.over(key.all)?)?)
            })?,
            Reckoning::Percentage { portion, .. } => portion.value.ratio(),
            _ => Ratio::ZERO,
        };
        Ok(Line::rising(part))
    }
}

/// What comes after the bounds: × `factor` + `added`, no less than `least` and no more than `most`.
struct After {
    factor: Ratio,
    added: Ratio,
    least: Option<Ratio>,
    most: Option<Ratio>,
}

impl After {
    /// What comes after the bounds of a fee; `escalation` is the factor of the fee, or one where that is the unit.
    fn of(fee: &Assessment, escalation: Ratio) -> Result<After, Error> {
        let mut after = After { factor: escalation, added: Ratio::ZERO, least: None, most: None };
        for step in fee.steps() {
            match (&step.operand, step.value) {
                (Operand::Added(before), Value::Exact(sum)) => {
                    after.added = plus(after.added, sum.minus(*before)?.ore_ratio())?;
                }
                (Operand::YearFactor(Some(factor)), _) => {
                    let factor = factor.factor.value.ratio();
                    (after.factor, after.added) = (times(after.factor, factor)?, times(after.added, factor)?);
                }
                (Operand::Discount(discount), _) => {
                    let kept = Ratio::ONE.minus(discount.value.ratio())?;
                    (after.factor, after.added) = (times(after.factor, kept)?, times(after.added, kept)?);
                }
                (Operand::Limit { previous: Some(previous), up, down }, _) => {
                    let fee = Exact::from(previous.fee.value).ore_ratio();
                    let change = |portion: Ratio| times(fee, portion);
                    let up = up.as_ref().map(|up| change(up.value.ratio())).transpose()?;
                    let down = down.as_ref().map(|down| change(down.value.ratio())).transpose()?;
                    after.most = up.map(|up| fee.plus(up)).transpose()?;
                    after.least = down.map(|down| fee.minus(down)).transpose()?;
                }
                _ => {}
            }
        }
        Ok(after)
    }

    fn amount(&self, bounded: Ratio) -> Result<Ratio, Error> {
        plus(times(bounded, self.factor)?, self.added)
    }

    /// What a level before comes to.
    fn level(&self, level: Option<Ratio>) -> Result<Option<Ratio>, Error> {
        let Some(level) = level else { return Ok(None) };
        let amount = self.amount(level)?;
        let lowered = self.most.map_or(amount, |most| amount.min(most));
        Ok(Some(self.least.map_or(lowered, |least| lowered.max(least))))
    }
}

fn by_tariff(fee: &Assessment) -> Option<&Operand> {
    fee.step(Rule::ByPopulation)
        .filter(|step| step.component.is_none())
        .or(fee.step(Rule::ByTariff))
        .map(|step| &step.operand)
}

fn multiplier(fee: &Assessment) -> Ratio {
    match fee.step(Rule::Class).map(|step| &step.operand) {
        Some(Operand::Class { multiplier: Some(multiplier), .. }) => multiplier.value.ratio(),
        _ => Ratio::ONE,
    }
}

fn joining_fee(fee: &Assessment) -> Ratio {
    match fee.step(Rule::JoiningFee).map(|step| &step.operand) {
        Some(Operand::JoiningFee(Some(fee))) => Exact::from(fee.value).ore_ratio(),
        _ => Ratio::ZERO,
    }
}

/// A bound of the fee itself, in the year, before the escalation of the fee.
fn bound(fee: &Assessment, rule: Rule) -> Option<Ratio> {
    match fee.step(rule).map(|step| &step.operand) {
        Some(Operand::Bound(Some(bound))) => Some(bound.value.ore_ratio()),
        _ => None,
    }
}

fn level(bound: Option<Ratio>) -> Level {
    bound.map_or(Level::None, Level::At)
}

/// The amount that the floor works on.
fn before_bounds(fee: &Assessment) -> Ratio {
    let floor = fee.steps().iter().position(|step| step.rule == Rule::Floor);
    floor.map_or(Ratio::ZERO, |place| amount_before(fee, place))
}

/// The amount that the step at a place works on.
fn amount_before(fee: &Assessment, place: usize) -> Ratio {
    match place.checked_sub(1).and_then(|place| fee.steps().get(place)).map(|step| step.value) {
        Some(Value::Exact(amount)) => amount.ore_ratio(),
        _ => Ratio::ZERO,
    }
}

/// The product; that with one or with nothing costs no fractions.
fn times(a: Ratio, b: Ratio) -> Result<Ratio, Error> {
    match (a, b) {
        (_, Ratio::ONE) => Ok(a),
        (Ratio::ONE, _) => Ok(b),
        (Ratio::ZERO, _) | (_, Ratio::ZERO) => Ok(Ratio::ZERO),
        _ => a.times(b),
    }
}

fn over(a: Ratio, b: Ratio) -> Result<Ratio, Error> {
    if b == Ratio::ONE { Ok(a) } else { a.over(b) }
}

fn plus(a: Ratio, b: Ratio) -> Result<Ratio, Error> {
    match (a, b) {
        (Ratio::ZERO, _) => Ok(b),
        (_, Ratio::ZERO) => Ok(a),
        _ => a.plus(b),
    }
}
