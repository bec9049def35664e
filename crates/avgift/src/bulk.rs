//! Bulk: the fees of a million rows, amounts alone, equal to the explained ones.
//! Why:    an assessment costs its explanation. Here the whole rule is brought to one denominator once; a row is then a
//!         comparison or a multiplication and a division in 64-bit integers.
//! Errors: AmountMustNotOverflow, and BulkFeesMustBePerInhabitant for other shapes, when the table is made; no row can fail
//!         after that.

use crate::calendar::Share;
use crate::error::Error;
use crate::money::{Exact, Sek};
use crate::population::Inhabitants;
use crate::proration::ProrationOrder;
use crate::schedule::Schedule;

/// A schedule and a share of the year, made ready for many rows.
///
/// ```
/// use avgift::{FeeYear, Indices, Inhabitants, Tariff};
/// let year = FeeYear::new(2024)?;
/// let schedule = Tariff::per_inhabitant("T", year, "1,25 kr".parse()?)
///     .bounded("35 000 kr".parse()?, "500 000 kr".parse()?)?
///     .schedule(year, &Indices::new())?;
/// let fees = schedule.bulk(avgift::Share::WHOLE)?;
/// assert_eq!(fees.fee(Inhabitants::new(27_999)?), "35 000 kr".parse()?);
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct BulkFees {
    /// From this many inhabitants on the fee is no longer the floor's.
    above_floor: u32,
    /// From this many inhabitants on the fee is the ceiling's.
    at_ceiling: u32,
    fee_at_floor: Sek,
    fee_at_ceiling: Sek,
    between: Between,
}

/// The fee between the bounds: ⌊(inhabitants × factor + half) / unit⌋ × step.
#[derive(Debug, Clone)]
enum Between {
    Narrow { factor: u64, half: u64, unit: u64, step: i64 },
    Wide { factor: i128, half: i128, unit: i128, step: i64 },
}

impl Schedule {
    /// The fees of this schedule for rows that owe the same share of the year.
    ///
    /// # Errors
    /// `AmountMustNotOverflow` where the largest population would not fit; `BulkFeesMustBePerInhabitant`.
    pub fn bulk(&self, share: Share) -> Result<BulkFees, Error> {
        let carried = |amount: Exact| self.of_the_year(amount)?.times(share.ratio());
        // Before the bounds the share works on the rate alone; after them, on all three.
        let bound = |amount: Exact| match self.tariff.proration.order {
            ProrationOrder::BeforeBounds if !share.is_nothing() => self.of_the_year(amount),
            ProrationOrder::AfterBounds | ProrationOrder::BeforeBounds => carried(amount),
        };
        let Some(rate) = self.rate().filter(|_| self.tariff.is_plain()) else {
            return Err(Error::BulkFeesMustBePerInhabitant {
                tariff: self.tariff.name.clone(),
                origin: self.tariff.origin.clone(),
            });
        };
        let rate = carried(rate.value)?;
        let floor =
            self.main.floor.as_ref().map(|floor| bound(floor.value)).transpose()?.unwrap_or(Exact::ZERO);
        let ceiling = self.main.ceiling.as_ref().map(|ceiling| bound(ceiling.value)).transpose()?;
        let rounding = self.tariff.rounding;
        let step = rounding.step_ore();
        let overflow = || Error::AmountMustNotOverflow;
        let factor = rate.ore_ratio().numerator().checked_mul(2).ok_or_else(overflow)?;
        let half = rate.ore_ratio().denominator().checked_mul(i128::from(step)).ok_or_else(overflow)?;
        let unit = half.checked_mul(2).ok_or_else(overflow)?;
        let largest = i128::from(Inhabitants::MAX.get());
        let widest =
            factor.checked_mul(largest).and_then(|widest| widest.checked_add(half)).ok_or_else(overflow)?;
        i64::try_from(widest / unit).ok().and_then(|steps| steps.checked_mul(step)).ok_or_else(overflow)?;
        let between =
            match (u64::try_from(widest), u64::try_from(factor), u64::try_from(half), u64::try_from(unit)) {
                (Ok(_), Ok(factor), Ok(half), Ok(unit)) => Between::Narrow { factor, half, unit, step },
                _ => Between::Wide { factor, half, unit, step },
            };
        Ok(BulkFees {
            above_floor: first_above(rate, floor)?,
            at_ceiling: ceiling.map_or(Ok(u32::MAX), |ceiling| first_at(rate, ceiling))?,
            fee_at_floor: rounding.round(floor)?,
            fee_at_ceiling: ceiling.map(|ceiling| rounding.round(ceiling)).transpose()?.unwrap_or(Sek::ZERO),
            between,
        })
    }
}

/// The smallest number of inhabitants for which the rate gives more than the floor; `u32::MAX` if none.
fn first_above(rate: Exact, floor: Exact) -> Result<u32, Error> {
    match whole_over(floor, rate) {
        Some((whole, _)) => Ok(in_range(whole.saturating_add(1))),
        None => first_where(|inhabitants| Ok(rate.times(inhabitants)? > floor)),
    }
}

/// The smallest number of inhabitants for which the rate gives the ceiling or more; `u32::MAX` if none.
fn first_at(rate: Exact, ceiling: Exact) -> Result<u32, Error> {
    match whole_over(ceiling, rate) {
        Some((whole, rest)) => Ok(in_range(whole.saturating_add(rest.into()))),
        None => first_where(|inhabitants| Ok(rate.times(inhabitants)? >= ceiling)),
    }
}

/// How many whole times the rate goes into a bound, and whether anything is left; none where that does not fit, or where
/// there is no rate.
fn whole_over(bound: Exact, rate: Exact) -> Option<(i128, bool)> {
    let (bound, rate) = (bound.ore_ratio(), rate.ore_ratio());
    let above = bound.numerator().checked_mul(rate.denominator())?;
    let below = bound.denominator().checked_mul(rate.numerator()).filter(|below| *below > 0)?;
    (above >= 0).then_some((above / below, above % below != 0))
}

/// A number that any municipality can have, or `u32::MAX`.
fn in_range(inhabitants: i128) -> u32 {
    match u32::try_from(inhabitants) {
        Ok(inhabitants) if inhabitants <= Inhabitants::MAX.get() => inhabitants,
        _ => u32::MAX,
    }
}

/// The smallest number of inhabitants for which a condition that stays true once it is true holds; `u32::MAX` if none.
fn first_where(holds: impl Fn(crate::Ratio) -> Result<bool, Error>) -> Result<u32, Error> {
    let (mut low, mut high) = (0_u32, Inhabitants::MAX.get() + 1);
    while low < high {
        let middle = u32::midpoint(low, high);
        if holds(crate::Ratio::whole(middle.into()))? { high = middle } else { low = middle + 1 }
    }
    Ok(if low > Inhabitants::MAX.get() { u32::MAX } else { low })
}

impl BulkFees {
    /// The fee of one row.
    #[must_use]
    #[inline]
    pub fn fee(&self, inhabitants: Inhabitants) -> Sek {
        let count = inhabitants.get();
        // The ceiling is asked first: where the bounds are equal, both give the same fee.
        if count >= self.at_ceiling {
            return self.fee_at_ceiling;
        }
        if count < self.above_floor {
            return self.fee_at_floor;
        }
        match self.between {
            Between::Narrow { factor, half, unit, step } => {
                // Held for the largest population when the table was made: neither product nor cast can overflow.
                let steps = (u64::from(count) * factor + half) / unit;
                Sek::from_ore(steps as i64 * step)
            }
            Between::Wide { factor, half, unit, step } => {
                let steps = (i128::from(count) * factor + half) / unit;
                Sek::from_ore(steps as i64 * step)
            }
        }
    }

    /// The fees of many rows, appended to `fees` in their order.
    pub fn assess_many(&self, rows: &[Inhabitants], fees: &mut Vec<Sek>) {
        fees.extend(rows.iter().map(|inhabitants| self.fee(*inhabitants)));
    }
}
