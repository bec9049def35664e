//! Curve: the frame before its roundings as one amount of the tariff grows: a line that bends where a fee meets a level.
//! Units:   integers of one grain, so that hundreds of bends cost no fractions; values in and out are exact öre of the year.
//! Why so:  every fee is flat, then rises, then is flat again; their sum is found by sorting where they bend.
//! Errors:  AmountMustNotOverflow.

use std::cmp::Ordering;

use super::rows::{Row, Rows};
use crate::error::Error;
use crate::money::{Exact, Sek};
use crate::ratio::Ratio;
use crate::rounding::Rounding;

/// The frame before its roundings, by the value of one amount of the tariff in the year.
#[derive(Debug)]
pub(super) struct Curve {
    /// Öre of the frame for one unit of a line.
    unit: Ratio,
    /// The fees, each in grains.
    fees: Vec<Grains>,
    /// One line before each bend and one after the last.
    lines: Vec<Line>,
    bends: Vec<Bend>,
    /// The least value, and the largest where there is one.
    least: Exact,
    most: Option<Exact>,
}

/// So much, and so much more for each öre of the value.
#[derive(Debug, Clone, Copy, Default)]
struct Line {
    constant: i128,
    slope: i128,
}

/// Where the line changes, as an unreduced quotient, and by how much.
#[derive(Debug, Clone, Copy)]
struct Bend {
    above: i128,
    below: i128,
    change: Line,
}

/// A row in grains: so many of them are an öre. Its share is so many parts of a whole that all rows have.
#[derive(Debug, Clone, Copy)]
struct Grains {
    line: Line,
    least: Option<i128>,
    most: Option<i128>,
    part: i128,
    on_top: Line,
}

/// The values of the sought amount, in the year, that give a frame: from, and to where there is an end.
pub(super) type Interval = (Exact, Option<Exact>);

impl Curve {
    /// The curve of all fees, over the values that the amount may have.
    pub(super) fn of(rows: &Rows, (least, most): (Exact, Option<Exact>)) -> Result<Curve, Error> {
        let (mut grain, mut whole) = (1, 1);
        for row in &rows.rows {
            whole = common(whole, row.share.denominator())?;
            let levels = [row.least, row.most].into_iter().flatten();
            let lines = [row.line.constant, row.line.slope, row.on_top.constant, row.on_top.slope];
            for number in lines.into_iter().chain(levels) {
                grain = common(grain, number.denominator())?;
            }
        }
        let fees =
            rows.rows.iter().map(|row| Grains::of(row, grain, whole)).collect::<Result<Vec<_>, Error>>()?;
        let mut start = Line::default();
        let mut bends = Vec::with_capacity(2 * fees.len());
        for fee in &fees {
            start = start.plus(fee.bends(&mut bends)?)?;
        }
        bends.sort_unstable_by(Bend::by_place);
        let mut lines = Vec::with_capacity(bends.len() + 1);
        lines.push(start);
        for bend in &bends {
            lines.push(lines[lines.len() - 1].plus(bend.change)?);
        }
        let unit = Ratio::new(1, times(whole, grain)?)?.times(rows.unit)?;
        Ok(Curve { unit, fees, lines, bends, least, most })
    }

    /// The frame before its roundings at a value.
    fn frame(&self, value: Exact) -> Result<Exact, Error> {
        let at = value.ore_ratio();
        let bend = first_where(self.bends.len(), |bend| Ok(self.bends[bend].place()? > at))?;
        self.lines[bend].at(at)?.times(self.unit).map(Exact::from_ore_ratio)
    }

    /// The frame of rounded fees at a value.
    pub(super) fn rounded(&self, rows: &Rows, value: Exact, rounding: Rounding) -> Result<Sek, Error> {
        let at = value.ore_ratio();
        let fees = self.fees.iter().zip(&rows.rows).map(|(fee, row)| {
            match self.in_grains(fee, at, rounding.step_ore()) {
                Some(fee) => Ok(fee),
                // What does not fit so may fit in lowest terms.
                None => rounding.round(Exact::from_ore_ratio(row.at(at)?.times(rows.unit)?)),
            }
        });
        fees.into_iter().try_fold(Sek::ZERO, |sum, fee| sum.plus(fee?))
    }

    /// A fee at a value, rounded to a step; nothing where it does not fit.
    fn in_grains(&self, fee: &Grains, at: Ratio, step: i64) -> Option<Sek> {
        let (above, below) = (at.numerator(), at.denominator());
        let along =
            |line: Line| line.constant.checked_mul(below)?.checked_add(line.slope.checked_mul(above)?);
        let mut amount = along(fee.line)?;
        if let Some(most) = fee.most {
            amount = amount.min(most.checked_mul(below)?);
        }
        if let Some(least) = fee.least {
            amount = amount.max(least.checked_mul(below)?);
        }
        let on_top = along(fee.on_top)?;
        let amount = amount.checked_mul(fee.part)?.checked_add(on_top)?.checked_mul(self.unit.numerator())?;
        let unit = self.unit.denominator().checked_mul(below)?.checked_mul(step.into())?;
        // Halves go away from zero, as in every rounding.
        let half = unit.checked_mul(amount.signum())?;
        let steps = amount.checked_mul(2)?.checked_add(half)? / unit.checked_mul(2)?;
        i64::try_from(steps).ok()?.checked_mul(step).map(Sek::from_ore)
    }

    /// The frame at the least value, and at the largest; none where it grows without end.
    pub(super) fn range(&self) -> Result<(Exact, Option<Exact>), Error> {
        let highest = match (self.most, self.flat_from()?) {
            (Some(most), _) => Some(self.frame(most)?),
            (None, Some(flat)) => Some(self.frame(flat.max(self.least))?),
            (None, None) => None,
        };
        Ok((self.frame(self.least)?, highest))
    }

    /// From which value on the frame no longer grows, where it ends growing.
    pub(super) fn flat_from(&self) -> Result<Option<Exact>, Error> {
        if self.lines.last().is_none_or(|line| line.slope != 0) {
            return Ok(None);
        }
        let last = self.bends.last().map_or(Ok(Ratio::ZERO), |bend| bend.place())?;
        Ok(Some(Exact::from_ore_ratio(last)))
    }

    /// The values that give a frame which lies in the range: a single one, or a plateau.
    pub(super) fn solve(&self, frame: Exact) -> Result<Interval, Error> {
        let wanted = frame.ore_ratio().over(self.unit)?;
        let height = |bend: usize| self.lines[bend].at(self.bends[bend].place()?);
        let reached = first_where(self.bends.len(), |bend| Ok(height(bend)? >= wanted))?;
        let passed = first_where(self.bends.len(), |bend| Ok(height(bend)? > wanted))?;
        let from = self.lines[reached].place_of(wanted)?.map(Exact::from_ore_ratio);
        let to = self.lines[passed].place_of(wanted)?.map(Exact::from_ore_ratio);
        let to = match (to, self.most) {
            (Some(to), Some(most)) => Some(to.min(most)),
            (to, most) => to.or(most),
        };
        // A flat line before the first bend has the least value for its beginning.
        Ok((from.unwrap_or(self.least).max(self.least), to))
    }
}

impl Grains {
    fn of(row: &Row, grain: i128, whole: i128) -> Result<Grains, Error> {
        let grains = |number: Ratio| times(number.numerator(), grain / number.denominator());
        let level = |level: Option<Ratio>| level.map(grains).transpose();
        let on_top = |number: Ratio| times(grains(number)?, whole);
        Ok(Grains {
            line: Line { constant: grains(row.line.constant)?, slope: grains(row.line.slope)? },
            least: level(row.least)?,
            most: level(row.most)?,
            part: times(row.share.numerator(), whole / row.share.denominator())?,
            on_top: Line { constant: on_top(row.on_top.constant)?, slope: on_top(row.on_top.slope)? },
        })
    }

    /// Where the fee bends; given back is the line before the first.
    fn bends(&self, bends: &mut Vec<Bend>) -> Result<Line, Error> {
        let Line { constant, slope } = self.line;
        let part = |amount: i128| times(amount, self.part);
        if self.part == 0 {
            return Ok(self.on_top);
        }
        if slope == 0 {
            let lowered = self.most.map_or(constant, |most| constant.min(most));
            let level = self.least.map_or(lowered, |least| lowered.max(least));
            return Line { constant: part(level)?, slope: 0 }.plus(self.on_top);
        }
        let rising = Line { constant: part(constant)?, slope: part(slope)? };
        let start = match self.least {
            Some(least) => {
                let flat = Line { constant: part(least)?, slope: 0 };
                bends.push(Bend {
                    above: minus(least, constant)?,
                    below: slope,
                    change: rising.minus(flat)?,
                });
                flat
            }
            None => rising,
        };
        if let Some(most) = self.most {
            let flat = Line { constant: part(most)?, slope: 0 };
            bends.push(Bend { above: minus(most, constant)?, below: slope, change: flat.minus(rising)? });
        }
        start.plus(self.on_top)
    }
}

impl Line {
    fn plus(self, other: Line) -> Result<Line, Error> {
        let sum = |a: i128, b: i128| a.checked_add(b).ok_or(Error::AmountMustNotOverflow);
        Ok(Line { constant: sum(self.constant, other.constant)?, slope: sum(self.slope, other.slope)? })
    }

    fn minus(self, other: Line) -> Result<Line, Error> {
        Ok(Line { constant: minus(self.constant, other.constant)?, slope: minus(self.slope, other.slope)? })
    }

    fn at(self, place: Ratio) -> Result<Ratio, Error> {
        Ratio::new(self.slope, 1)?.times(place)?.plus(Ratio::new(self.constant, 1)?)
    }

    /// Where the line has a height; nowhere or everywhere where it is flat.
    fn place_of(self, height: Ratio) -> Result<Option<Ratio>, Error> {
        if self.slope == 0 {
            return Ok(None);
        }
        height.minus(Ratio::new(self.constant, 1)?)?.over(Ratio::new(self.slope, 1)?).map(Some)
    }
}

impl Bend {
    fn place(self) -> Result<Ratio, Error> {
        Ratio::new(self.above, self.below)
    }

    /// By place; the cross product decides, and where it does not fit, the quotients themselves.
    fn by_place(&self, other: &Bend) -> Ordering {
        match (self.above.checked_mul(other.below), other.above.checked_mul(self.below)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => match (self.place(), other.place()) {
                (Ok(left), Ok(right)) => left.cmp(&right),
                _ => Ordering::Equal, // Told as an overflow when the place is asked for.
            },
        }
    }
}

/// The first of `count` places where a condition holds that stays true once it is true; `count` if none.
fn first_where(count: usize, holds: impl Fn(usize) -> Result<bool, Error>) -> Result<usize, Error> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle)? { high = middle } else { low = middle + 1 }
    }
    Ok(low)
}

fn times(a: i128, b: i128) -> Result<i128, Error> {
    a.checked_mul(b).ok_or(Error::AmountMustNotOverflow)
}

fn minus(a: i128, b: i128) -> Result<i128, Error> {
    a.checked_sub(b).ok_or(Error::AmountMustNotOverflow)
}

/// The least common multiple of two denominators.
fn common(a: i128, b: i128) -> Result<i128, Error> {
    if b == 1 || a % b == 0 {
        return Ok(a);
    }
    // Reduced, the quotient's denominator is b without what it shares with a.
    times(a, Ratio::new(a, b)?.denominator())
}
