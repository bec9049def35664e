//! Segment: a piece of a fee in integers, its rounding in it.
//! Rule:    ⌊(amount + factor × units + half a step) / step⌋ × step, all at one denominator: the one rounding, half a step up.
//! Units:   öre times that denominator. In 64 bits where the largest population of the segment fits there, else in 128.
//! Errors:  AmountMustNotOverflow when a segment is made; no row can overflow after that.

use std::ops::{Add, Div, Mul};

use super::pieces::{Piece, Units};
use crate::error::Error;
use crate::money::Exact;
use crate::rounding::Rounding;

/// ⌊(offset + Σ factor × units) / unit⌋ × step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment<N> {
    offset: N,
    factor: N,
    units: Units,
    more: Vec<(N, Units)>,
    unit: N,
}

impl<N: Copy + From<u32> + Add<Output = N> + Mul<Output = N> + Div<Output = N>> Segment<N> {
    /// How many steps the fee of a population on it is. Held for the largest when it was made: nothing here can overflow.
    #[inline]
    pub(super) fn steps(&self, count: u32) -> N {
        let first = self.offset + self.factor * N::from(self.units.of(count));
        let more = |sum, (factor, units): &(N, Units)| sum + *factor * N::from(units.of(count));
        self.more.iter().fold(first, more) / self.unit
    }
}

impl Segment<i128> {
    /// A piece to its largest population.
    pub(super) fn of(piece: &Piece, to: u32, rounding: Rounding) -> Result<Segment<i128>, Error> {
        let step = rounding.step_ore();
        let is_level = piece.more.is_empty() && (piece.term.rate == Exact::ZERO || piece.from == to);
        if is_level {
            let steps = rounding.round(piece.at(to)?)?.ore() / step;
            let units = Units::EACH;
            return Ok(Segment { offset: steps.into(), factor: 0, units, more: Vec::new(), unit: 1 });
        }
        let overflow = || Error::AmountMustNotOverflow;
        let mut common = piece.amount.ore_ratio().denominator();
        for term in piece.terms() {
            common = common_multiple(common, term.rate.ore_ratio().denominator()).ok_or_else(overflow)?;
        }
        // Everything twice, so that half a step is whole.
        let twice = |amount: Exact| {
            let amount = amount.ore_ratio();
            let times = common / amount.denominator();
            amount.numerator().checked_mul(times).and_then(|whole| whole.checked_mul(2)).ok_or_else(overflow)
        };
        let half = common.checked_mul(step.into()).ok_or_else(overflow)?;
        let more = piece.more.iter().map(|term| Ok((twice(term.rate)?, term.units)));
        let segment = Segment {
            offset: twice(piece.amount)?.checked_add(half).ok_or_else(overflow)?,
            factor: twice(piece.term.rate)?,
            units: piece.term.units,
            more: more.collect::<Result<_, Error>>()?,
            unit: half.checked_mul(2).ok_or_else(overflow)?,
        };
        let largest = segment.checked_sum(to).ok_or_else(overflow)?;
        i64::try_from(largest / segment.unit)
            .ok()
            .and_then(|steps| steps.checked_mul(step))
            .ok_or_else(overflow)?;
        Ok(segment)
    }

    /// What is divided, for the largest population: nothing in it is below nothing, so it bounds every part of it.
    fn checked_sum(&self, count: u32) -> Option<i128> {
        let term = |factor: i128, units: Units| factor.checked_mul(units.of(count).into());
        let first = self.offset.checked_add(term(self.factor, self.units)?)?;
        self.more.iter().try_fold(first, |sum, (factor, units)| sum.checked_add(term(*factor, *units)?))
    }

    /// The same in 64 bits, where each part fits.
    pub(super) fn narrow(&self, to: u32) -> Option<Segment<u64>> {
        let narrow = |value: i128| u64::try_from(value).ok();
        let more = self.more.iter().map(|(factor, units)| Some((narrow(*factor)?, *units)));
        narrow(self.checked_sum(to)?)?;
        Some(Segment {
            offset: narrow(self.offset)?,
            factor: narrow(self.factor)?,
            units: self.units,
            more: more.collect::<Option<_>>()?,
            unit: narrow(self.unit)?,
        })
    }
}

/// The least common multiple of two numbers above nothing.
fn common_multiple(a: i128, b: i128) -> Option<i128> {
    if a == b || b == 1 {
        return Some(a);
    }
    let lowest = crate::Ratio::new(a, b).ok()?;
    a.checked_mul(lowest.denominator())
}
