//! Parts: how many parts an öre is counted in, so that every amount of a fee year is a whole number of them, whatever its
//! populations are.
//! Rule:    an amount multiplied by 142,6 / 138,2 = 713 / 691 is whole in parts of 1/691 öre; one that is shared by months in
//!          twelfths of these; where amounts are added, the smallest number that all their parts divide.
//! Not here: why that makes a spreadsheet exact (see `exact`).

use avgift::{
    Charge, Counting, Exact, IndexFactor, Key, ProrationOrder, Ratio, RebateOn, Reckoning, Shape, YearOfFees,
};

use super::charges::{parameters, reckonings};
use super::exact::common_multiple;

/// More parts than this leave no room for an amount.
const MOST: i128 = 10_000_000_000_000;

/// The parts of an öre.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    /// So many.
    pub(super) count: i128,
    /// Whether every amount is whole in them; else no number of them that a spreadsheet holds is enough.
    pub(super) is_whole: bool,
}

impl Parts {
    /// The parts that the fees of a year are counted in.
    pub(super) fn of(fees: &YearOfFees) -> Parts {
        match count(fees).filter(|count| *count <= MOST) {
            Some(count) => Parts { count, is_whole: true },
            None => Parts { count: 1, is_whole: false },
        }
    }
}

/// Whether amounts of a shape are whole only in parts times the inhabitants of their member: the rebate of a part of them.
pub(super) fn is_divided_by_inhabitants(shape: &avgift::ShapeOfYear) -> bool {
    let Shape::OfFigure(of) = shape else { return false };
    !of.per_inhabitant && of.rebate.as_ref().is_some_and(|rebate| rebate.on == RebateOn::PartAbove)
}

fn count(fees: &YearOfFees) -> Option<i128> {
    let (schedule, tariff) = (&fees.schedule, fees.schedule.tariff());
    let share = smallest(fees.assessments.iter().map(|fee| i128::from(fee.share().whole())))?;
    let is_before = tariff.proration.order == ProrationOrder::BeforeBounds;
    let multipliers = schedule.classes().iter().filter_map(|class| class.multiplier());
    let multiplier = smallest(multipliers.map(|multiplier| multiplier.value.ratio().denominator()))?;
    let own = schedule.classes().iter().filter_map(|class| class.own());
    // A multiplier works on the shape of the tariff alone: a class has the one or the other.
    let charges = [(schedule.charge(), multiplier)].into_iter().chain(own.map(|own| (own, 1)));
    let mut parts = 1;
    for (charge, multiplier) in charges {
        let before_bounds = multiplier.checked_mul(if is_before { share } else { 1 })?;
        parts = common_multiple(parts, of_charge(charge, before_bounds, fees)?)?;
    }
    for component in schedule.components() {
        parts = common_multiple(parts, of_charge(component.charge(), 1, fees)?)?;
    }
    let factor = tariff.year_factors.iter().find(|factor| factor.year == schedule.year());
    parts = parts.checked_mul(factor.map_or(1, |factor| factor.factor.value.ratio().denominator()))?;
    let limit = tariff.limit.iter().flat_map(|limit| limit.up.iter().chain(&limit.down));
    parts = common_multiple(parts, smallest(limit.map(|portion| portion.value.ratio().denominator()))?)?;
    if is_before { Some(parts) } else { parts.checked_mul(share) }
}

/// The parts of what a charge comes to, after its bounds and its index.
fn of_charge(charge: &Charge, before_bounds: i128, fees: &YearOfFees) -> Option<i128> {
    let shape = of_shape(charge, fees)?.checked_mul(before_bounds)?;
    let bounds = charge.floor().into_iter().chain(charge.ceiling()).chain(charge.ceilings().values());
    let bounds = smallest(bounds.map(|bound| of_amount(bound.value)))?;
    let factor = charge.fee_factor().map(IndexFactor::ratio).unwrap_or(Ratio::ONE);
    common_multiple(shape, bounds)?.checked_mul(factor.denominator())
}

fn of_shape(charge: &Charge, fees: &YearOfFees) -> Option<i128> {
    let (amounts, rates) = parameters(charge.shape());
    let amounts = smallest(amounts.iter().map(|amount| of_amount(amount.value)))?;
    let rates = smallest(rates.iter().map(|rate| of_amount(rate.value)))?;
    match charge.shape() {
        Shape::Linear { per: Counting { size, broken: avgift::Broken::InProportion }, .. } => {
            common_multiple(amounts, rates.checked_mul(size.get().into())?)
        }
        Shape::OfFigure(of) => {
            let figures =
                fees.assessments.iter().flat_map(reckonings).filter_map(|reckoning| match reckoning {
                    Reckoning::OfFigure { name, figure, .. } if *name == of.figure => {
                        figure.value.exact().ok().map(of_amount)
                    }
                    _ => None,
                });
            let rebate = of.rebate.as_ref().map_or(1, |rebate| rebate.portion.value.ratio().denominator());
            smallest(figures)?.checked_mul(of.portion.value.ratio().denominator())?.checked_mul(rebate)
        }
        Shape::Total { .. } => {
            let shares =
                fees.assessments.iter().flat_map(reckonings).filter_map(|reckoning| match reckoning {
                    Reckoning::Shared { keys, .. } => Some(keys),
                    _ => None,
                });
            let shares = shares.flatten().map(|share| {
                let own = if matches!(share.key, Key::Figure(_)) { share.own.denominator() } else { 1 };
                share.weight.value.ratio().over(share.all).ok()?.denominator().checked_mul(own)
            });
            amounts.checked_mul(smallest_of(shares)?)
        }
        Shape::Percentages { portions, .. } => {
            let portions = portions.values().map(|portion| portion.value.ratio().denominator());
            amounts.checked_mul(smallest(portions)?)
        }
        _ => common_multiple(amounts, rates),
    }
}

fn of_amount(amount: Exact) -> i128 {
    amount.ore_ratio().denominator()
}

/// The smallest number that all divide.
fn smallest(mut numbers: impl Iterator<Item = i128>) -> Option<i128> {
    numbers.try_fold(1, common_multiple)
}

fn smallest_of(mut numbers: impl Iterator<Item = Option<i128>>) -> Option<i128> {
    numbers.try_fold(1, |sum, number| common_multiple(sum, number?))
}
