//! Cut: the shares of a total, each cut down to whole steps, and what is left dealt out to the largest rests.
//! Rule:    as the engine does it: one step more to those with the largest rests, ties by municipality code.
//! Why:     a rest is counted in parts of an öre where a spreadsheet holds them exactly. Of a large total among many it is a part
//!          of a step with so many decimals that every one of them is sure and no two rests change places.
//! Errors:  none; what formulas do not come to is left to the engine's values.

use avgift::{Apportioned, Ratio};

use super::exact::{decimal, is_far_from_half, is_far_from_whole, is_found_again, is_sure_to_divide};
use super::parts::Parts;

/// How rests are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rests {
    /// In whole parts of an öre.
    InParts,
    /// In steps, with so many decimals.
    InDecimals(u32),
}

impl Rests {
    /// Every way, the best first.
    pub(super) fn all() -> impl Iterator<Item = Rests> {
        [Rests::InParts].into_iter().chain((3..=9).rev().map(Rests::InDecimals))
    }
}

/// A share of a total, cut down to whole steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    pub(super) whole: i128,
    /// What is left, as it is counted: in parts, or in units of the last decimal.
    rest: i128,
    pub(super) counted: Rests,
    /// The place of its rest among those of all who share, and how many of these are rounded up.
    pub(super) place: u32,
    pub(super) raised: u32,
    members: u32,
    amount: Ratio,
}

impl Cut {
    /// A share in öre, where a spreadsheet is sure to cut it in the same way.
    pub(super) fn of(
        amount: Ratio,
        roundings: u32,
        parts: Parts,
        step: i128,
        apportioned: Apportioned,
        counted: Rests,
    ) -> Option<Cut> {
        let (whole, rest) = match counted {
            Rests::InParts => in_parts(amount, roundings, parts, step)?,
            Rests::InDecimals(decimals) => in_decimals(amount, roundings, step, decimals)?,
        };
        let Apportioned { place, raised, members, .. } = apportioned;
        Some(Cut { whole, rest, counted, place, raised, members, amount })
    }

    /// The rest as decimal text.
    pub(super) fn rest_text(&self) -> String {
        match self.counted {
            Rests::InParts => self.rest.to_string(),
            Rests::InDecimals(decimals) => {
                Ratio::new(self.rest, 10_i128.pow(decimals)).map_or_else(|_| String::from("0"), decimal)
            }
        }
    }

    /// Whether formulas deal the shares of a total out as the engine did; `step` is in öre.
    pub(super) fn are_dealt_out(cuts: &[Cut], step: i128) -> bool {
        let place = |(row, cut): (usize, &Cut)| {
            let larger = cuts.iter().filter(|other| other.rest > cut.rest).count();
            let equal = cuts[..=row].iter().filter(|other| other.rest == cut.rest).count();
            u32::try_from(larger + equal) == Ok(cut.place)
        };
        let whole: i128 = cuts.iter().map(|cut| cut.whole).sum();
        let sum = cuts.iter().try_fold(Ratio::ZERO, |sum, cut| sum.plus(cut.amount).ok());
        let raised = sum.filter(|sum| is_far_from_half(*sum, step) == Some(true)).and_then(|sum| {
            let steps = sum.over(Ratio::new(step, 1).ok()?).ok()?.plus(Ratio::new(1, 2).ok()?).ok()?;
            Some(steps.numerator().div_euclid(steps.denominator()) - whole)
        });
        let is_all = cuts.iter().all(|cut| usize::try_from(cut.members) == Ok(cuts.len()));
        is_all
            && cuts.iter().all(|cut| raised == Some(cut.raised.into()))
            && cuts.iter().enumerate().all(place)
    }
}

/// Whole steps and what is left in parts of an öre, where every part is found again.
fn in_parts(amount: Ratio, roundings: u32, parts: Parts, step: i128) -> Option<(i128, i128)> {
    let in_parts = amount.times(Ratio::new(parts.count, 1).ok()?).ok()?;
    let (number, step) = (in_parts.numerator(), step.checked_mul(parts.count)?);
    let is_sure = parts.is_whole
        && in_parts.denominator() == 1
        && is_found_again(number, roundings)
        && is_sure_to_divide(number, step);
    is_sure.then(|| (number.div_euclid(step), number.rem_euclid(step)))
}

/// Whole steps and what is left with some decimals, where binary fractions cannot change the last of them.
fn in_decimals(amount: Ratio, roundings: u32, step: i128, decimals: u32) -> Option<(i128, i128)> {
    let steps = amount.over(Ratio::new(step, 1).ok()?).ok()?;
    let whole = steps.numerator().div_euclid(steps.denominator());
    let rest = steps.minus(Ratio::new(whole, 1).ok()?).ok()?;
    let units = rest.times(Ratio::new(10_i128.pow(decimals), 1).ok()?).ok()?;
    let nearest = units.plus(Ratio::new(1, 2).ok()?).ok()?;
    let number = nearest.numerator().div_euclid(nearest.denominator());
    // How far the last decimal is from turning, and how far binary fractions may be off, both in its own units.
    let above_turn = nearest.minus(Ratio::new(number, 1).ok()?).ok()?;
    let distance = above_turn.min(Ratio::ONE.minus(above_turn).ok()?);
    let error = steps.times(Ratio::new(10_i128.pow(decimals), 1).ok()?).ok()?;
    let error = error.times(Ratio::new(i128::from(roundings), 1_i128 << 52).ok()?).ok()?;
    // A rest of nothing, or of nearly a step, may come out as the other.
    let is_sure = distance > error && is_far_from_whole(steps) && number < 10_i128.pow(decimals);
    is_sure.then_some((whole, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use avgift::Rounding;

    fn cut(numerator: i128, denominator: i128, place: u32, counted: Rests) -> Option<Cut> {
        let apportioned = Apportioned { rounding: Rounding::Krona, place, raised: 1, members: 3 };
        let parts = Parts { count: denominator, is_whole: true };
        Cut::of(Ratio::new(numerator, denominator).unwrap(), 10, parts, 100, apportioned, counted)
    }

    /// 100 kr among three: 33 kr and a third of a krona each, and the first by code gets what is left.
    #[test]
    fn equal_rests_are_dealt_out_in_their_order() {
        for counted in [Rests::InParts, Rests::InDecimals(6)] {
            let cuts = [1, 2, 3].map(|place| cut(10_000, 3, place, counted).unwrap());
            assert_eq!(cuts.map(|cut| cut.whole), [33; 3]);
            assert!(Cut::are_dealt_out(&cuts, 100));
            let swapped = [2, 1, 3].map(|place| cut(10_000, 3, place, counted).unwrap());
            assert!(!Cut::are_dealt_out(&swapped, 100));
        }
        assert_eq!(cut(10_000, 3, 1, Rests::InParts).unwrap().rest_text(), "100"); // parts of a third of an öre
        assert_eq!(cut(10_000, 3, 1, Rests::InDecimals(6)).unwrap().rest_text(), "0.333333");
    }

    /// Of whole steps nothing is left, and a spreadsheet that is off by a hair would see a whole step.
    #[test]
    fn a_rest_that_may_turn_is_not_counted_in_decimals() {
        assert!(cut(10_000, 1, 1, Rests::InDecimals(6)).is_none());
        assert!(cut(10_000, 1, 1, Rests::InParts).is_some());
        assert!(cut(1_234_565, 100_000, 1, Rests::InDecimals(6)).is_none()); // 0,1234565 of a step
        assert!(cut(1_234_564, 100_000, 1, Rests::InDecimals(6)).is_some());
    }
}
