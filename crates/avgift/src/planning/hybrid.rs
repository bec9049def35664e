//! Hybrid: a schedule that is of one year in some things and of another in the rest. No network decided it; the difference of
//! two of them is what one cause changed.
//! Errors:  AmountMustNotOverflow, and those of [`Tariff::schedule`].

use crate::calendar::FeeYear;
use crate::error::Error;
use crate::index::Indices;
use crate::money::{Exact, Sek};
use crate::ratio::Ratio;
use crate::tariff::{Parameter, Schedule, Tariff};

/// The tariff of a schedule in another year, carried there by its own clause, whether or not it is in force.
pub(super) fn carried(schedule: &Schedule, year: FeeYear, indices: &Indices) -> Result<Schedule, Error> {
    Tariff { from: year, to: None, ..schedule.tariff().clone() }.schedule(year, indices)
}

/// A schedule with the bounds of another, in the money that the other comes to.
pub(super) fn with_bounds_of(schedule: &Schedule, other: &Schedule) -> Result<Schedule, Error> {
    // What escalates the fee escalates the bounds too: it is taken off first, and put on again by the rule.
    let factor = schedule.fee_factor().map_or(Ratio::ONE, |factor| factor.ratio());
    let bound = |bound: Option<&Parameter<Sek>>| {
        let Some(bound) = bound else { return Ok(None) };
        let value = Exact::from_ore_ratio(other.of_the_year(bound.value)?.ore_ratio().over(factor)?);
        Ok(Some(Parameter { value, ..bound.clone() }))
    };
    Ok(Schedule { floor: bound(other.floor())?, ceiling: bound(other.ceiling())?, ..schedule.clone() })
}

/// A schedule with the order of proration of another: before the bounds or after.
pub(super) fn with_order_of(schedule: &Schedule, other: &Schedule) -> Schedule {
    let mut hybrid = schedule.clone();
    hybrid.tariff.proration.order = other.tariff().proration.order;
    hybrid
}
