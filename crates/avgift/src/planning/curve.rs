//! Curve: the frame before its roundings as one amount of the tariff grows: a line that bends where a member meets a bound.
//! It knows one shape, a rate per inhabitant; how another bends is not told here, and what is sought of it is refused.
//! Units:   integers of one grain, so that hundreds of bends cost no fractions; values in and out are exact öre of the year.
//! Why so:  every member is flat, then rises, then is flat again; their sum is found by sorting where they bend.
//! Errors:  AmountMustNotOverflow.

use std::cmp::Ordering;

use super::goal_seek::Sought;
use super::rate_of;
use crate::calendar::Share;
use crate::error::Error;
use crate::explanation::Standing;
use crate::index::IndexFactor;
use crate::money::{Exact, FeeRate, Sek};
use crate::population::Inhabitants;
use crate::proration::ProrationOrder;
use crate::ratio::Ratio;
use crate::schedule::{Parameter, Schedule};
use crate::shape::Shape;

/// What a member is to the curve: its inhabitants and the share of the year that it owes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owing {
    pub(super) inhabitants: Inhabitants,
    pub(super) share: Share,
}

/// The frame before its roundings, by the value of one amount of the tariff in the year.
#[derive(Debug)]
pub(super) struct Curve {
    /// Öre of the frame for one unit of a line.
    unit: Ratio,
    /// Where a line is read: so many times the value in öre.
    grain: i128,
    /// One line before each bend and one after the last.
    lines: Vec<Line>,
    bends: Vec<Bend>,
    /// The least value, and the largest where there is one.
    pub(super) least: Exact,
    pub(super) most: Option<Exact>,
}

/// So much, and so much more for each grain of the value.
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

/// The values of the sought amount, in the year, that give a frame: from, and to where there is an end.
pub(super) type Interval = (Exact, Option<Exact>);

impl Curve {
    /// The curve of a rate, floor or ceiling over all members.
    pub(super) fn of(schedule: &Schedule, sought: Sought, members: &[Owing]) -> Result<Curve, Error> {
        let rate = rate_of(schedule)?.value.ore_ratio();
        let whole =
            members.iter().try_fold(1, |whole, member| common(whole, member.share.ratio().denominator()))?;
        let before_bounds = schedule.tariff().proration.order == ProrationOrder::BeforeBounds;
        let bound = |bound: Option<Exact>| bound.map(Exact::ore_ratio);
        let (floor, ceiling) = (bound(value_of(schedule.floor())), bound(value_of(schedule.ceiling())));

        let mut grain = 1;
        for bound in [floor, ceiling].into_iter().flatten() {
            grain = common(grain, bound.denominator())?;
        }
        if sought != Sought::Rate {
            grain = common(
                grain,
                if before_bounds { times(rate.denominator(), whole)? } else { rate.denominator() },
            )?;
        }
        let grains = |amount: Ratio| times(amount.numerator(), grain / amount.denominator());
        let (floor_grains, ceiling_grains) =
            (floor.map(grains).transpose()?, ceiling.map(grains).transpose()?);

        let mut curve = Shapeless::default();
        for member in members.iter().filter(|member| !member.share.is_nothing()) {
            let share = member.share.ratio();
            let part = times(share.numerator(), whole / share.denominator())?;
            // The bounds are of the year where the share comes first, and of the share where it comes last.
            let of_bounds = if before_bounds { whole } else { part };
            let rising = times(i128::from(member.inhabitants.get()), part)?;
            if sought == Sought::Rate {
                match floor_grains {
                    Some(floor) => {
                        let flat = times(of_bounds, floor)?;
                        curve.starts_at(Line { constant: flat, slope: 0 })?;
                        curve.bend(flat, rising, Line { constant: -flat, slope: rising });
                    }
                    None => curve.starts_at(Line { constant: 0, slope: rising })?,
                }
                if let Some(ceiling) = ceiling_grains {
                    let flat = times(of_bounds, ceiling)?;
                    curve.bend(flat, rising, Line { constant: flat, slope: -rising });
                }
                continue;
            }
            let by_population = match before_bounds {
                true => times(times(rate.numerator(), rising)?, grain / rate.denominator() / whole)?,
                false => times(grains(rate)?, i128::from(member.inhabitants.get()))?,
            };
            if sought == Sought::Floor {
                let flat = ceiling_grains.map_or(by_population, |ceiling| by_population.min(ceiling));
                let level = times(of_bounds, flat)?;
                curve.starts_at(Line { constant: level, slope: 0 })?;
                curve.bend(flat, 1, Line { constant: -level, slope: of_bounds });
            } else {
                let flat = floor_grains.map_or(by_population, |floor| by_population.max(floor));
                curve.starts_at(Line { constant: 0, slope: of_bounds })?;
                curve.bend(flat, 1, Line { constant: times(of_bounds, flat)?, slope: -of_bounds });
            }
        }
        let unit = Ratio::new(1, times(whole, grain)?)?;
        let unit = schedule.of_the_year(Exact::from_ore_ratio(unit))?.ore_ratio();
        curve.finished(unit, grain, domain(schedule, sought)?)
    }

    /// The frame before its roundings at a value.
    pub(super) fn frame(&self, value: Exact) -> Result<Exact, Error> {
        let at = self.read_at(value)?;
        let bend = first_where(self.bends.len(), |bend| Ok(self.bends[bend].place()? > at))?;
        self.lines[bend].at(at)?.times(self.unit).map(Exact::from_ore_ratio)
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
        self.bends.last().map_or(Ok(Some(Exact::ZERO)), |bend| self.value_at(bend.place()?).map(Some))
    }

    /// The values that give a frame which lies in the range: a single one, or a plateau.
    pub(super) fn solve(&self, frame: Exact) -> Result<Interval, Error> {
        let wanted = frame.ore_ratio().over(self.unit)?;
        let height = |bend: usize| self.lines[bend].at(self.bends[bend].place()?);
        let reached = first_where(self.bends.len(), |bend| Ok(height(bend)? >= wanted))?;
        let passed = first_where(self.bends.len(), |bend| Ok(height(bend)? > wanted))?;
        let from = self.lines[reached].place_of(wanted)?.map(|place| self.value_at(place)).transpose()?;
        let to = self.lines[passed].place_of(wanted)?.map(|place| self.value_at(place)).transpose()?;
        let to = match (to, self.most) {
            (Some(to), Some(most)) => Some(to.min(most)),
            (to, most) => to.or(most),
        };
        // A flat line before the first bend has the least value for its beginning.
        Ok((from.unwrap_or(self.least).max(self.least), to))
    }

    fn read_at(&self, value: Exact) -> Result<Ratio, Error> {
        value.ore_ratio().times(Ratio::new(self.grain, 1)?)
    }

    fn value_at(&self, place: Ratio) -> Result<Exact, Error> {
        place.over(Ratio::new(self.grain, 1)?).map(Exact::from_ore_ratio)
    }
}

/// The least value that the sought amount may have in the year, and the largest where there is one: the floor is never above
/// the ceiling, neither as decided nor in the year.
fn domain(schedule: &Schedule, sought: Sought) -> Result<(Exact, Option<Exact>), Error> {
    // The other bound as it stands, in the year and as decided; the latter carried as the sought one is.
    let beside = |other: Option<&Parameter<Sek>>, own: Option<&Parameter<Sek>>| {
        let (Some(other), Some(own)) = (other, own) else { return Ok(None) };
        let factor = own.factor.as_ref().map_or(Ratio::ONE, IndexFactor::ratio);
        Ok(Some((other.value, Exact::from(other.decided.value).times(factor)?)))
    };
    Ok(match sought {
        Sought::Rate => (Exact::ZERO, Some(of_the_year(schedule, sought, FeeRate::MAX.exact())?)),
        Sought::Floor => {
            let most = beside(schedule.ceiling(), schedule.floor())?;
            (Exact::ZERO, most.map(|(value, decided)| value.min(decided)))
        }
        Sought::Ceiling => {
            let least = beside(schedule.floor(), schedule.ceiling())?;
            (least.map_or(Exact::ZERO, |(value, decided)| value.max(decided)), None)
        }
        Sought::Scale => (Exact::ZERO, None),
    })
}

/// A curve while it is made: its beginning and its bends, in no order.
#[derive(Debug, Default)]
struct Shapeless {
    start: Line,
    bends: Vec<Bend>,
}

impl Shapeless {
    fn starts_at(&mut self, line: Line) -> Result<(), Error> {
        self.start = self.start.plus(line)?;
        Ok(())
    }

    fn bend(&mut self, above: i128, below: i128, change: Line) {
        self.bends.push(Bend { above, below, change });
    }

    fn finished(mut self, unit: Ratio, grain: i128, domain: (Exact, Option<Exact>)) -> Result<Curve, Error> {
        self.bends.sort_unstable_by(Bend::by_place);
        let mut lines = Vec::with_capacity(self.bends.len() + 1);
        lines.push(self.start);
        for bend in &self.bends {
            lines.push(lines[lines.len() - 1].plus(bend.change)?);
        }
        let (least, most) = domain;
        Ok(Curve { unit, grain, lines, bends: self.bends, least, most })
    }
}

impl Line {
    fn plus(self, other: Line) -> Result<Line, Error> {
        let sum = |a: i128, b: i128| a.checked_add(b).ok_or(Error::AmountMustNotOverflow);
        Ok(Line { constant: sum(self.constant, other.constant)?, slope: sum(self.slope, other.slope)? })
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

/// The least common multiple of two denominators.
fn common(a: i128, b: i128) -> Result<i128, Error> {
    // Reduced, the quotient's denominator is b without what it shares with a.
    times(a, Ratio::new(a, b)?.denominator())
}

fn value_of<T>(parameter: Option<&Parameter<T>>) -> Option<Exact> {
    parameter.map(|parameter| parameter.value)
}

/// What a decided value of a rate, floor or ceiling comes to in the year, before the escalation of the fee.
pub(super) fn of_the_year(schedule: &Schedule, sought: Sought, decided: Exact) -> Result<Exact, Error> {
    match sought {
        Sought::Rate => carried(rate_of(schedule)?, decided),
        Sought::Floor => schedule.floor().map_or(Ok(decided), |floor| carried(floor, decided)),
        Sought::Ceiling => schedule.ceiling().map_or(Ok(decided), |ceiling| carried(ceiling, decided)),
        Sought::Scale => Ok(decided),
    }
}

/// A decided value with the escalation that a parameter has, and its rounding where the tariff is printed.
fn carried<T>(parameter: &Parameter<T>, decided: Exact) -> Result<Exact, Error> {
    let Some(factor) = &parameter.factor else { return Ok(decided) };
    match parameter.printed {
        Some(printed) => factor.printed(decided, printed),
        None => decided.times(factor.ratio()),
    }
}

/// The decided value, unrounded, that comes to a value in the year. None leads back through tariffs that were printed one
/// after another, and `of` refuses those.
pub(super) fn decided(schedule: &Schedule, sought: Sought, value: Exact) -> Result<Exact, Error> {
    let factor = match sought {
        Sought::Rate => rate_of(schedule)?.factor.as_ref(),
        Sought::Floor => schedule.floor().and_then(|floor| floor.factor.as_ref()),
        Sought::Ceiling => schedule.ceiling().and_then(|ceiling| ceiling.factor.as_ref()),
        Sought::Scale => None,
    };
    let factor = factor.map_or(Ratio::ONE, |factor| factor.ratio());
    value.ore_ratio().over(factor).map(Exact::from_ore_ratio)
}

/// Whether a decided value lies where the bounds let it: below the other bound as decided, and above it.
pub(super) fn side(schedule: &Schedule, sought: Sought, decided: Exact) -> Ordering {
    let bound = |bound: Option<&Parameter<Sek>>| bound.map(|bound| Exact::from(bound.decided.value));
    match sought {
        Sought::Rate if decided > FeeRate::MAX.exact() => Ordering::Greater,
        Sought::Floor if bound(schedule.ceiling()).is_some_and(|ceiling| decided > ceiling) => {
            Ordering::Greater
        }
        Sought::Ceiling if bound(schedule.floor()).is_some_and(|floor| decided < floor) => Ordering::Less,
        _ => Ordering::Equal,
    }
}

/// The schedule with another value of the sought amount in the year.
pub(super) fn with_value(schedule: &Schedule, sought: Sought, value: Exact) -> Schedule {
    let mut other = schedule.clone();
    match sought {
        Sought::Rate => {
            if let Shape::PerInhabitant { rate } = &mut other.main.shape {
                rate.value = value;
            }
        }
        Sought::Floor => other.main.floor.iter_mut().for_each(|floor| floor.value = value),
        Sought::Ceiling => other.main.ceiling.iter_mut().for_each(|ceiling| ceiling.value = value),
        Sought::Scale => {}
    }
    other
}

/// Where a member stands between the bounds.
pub(super) fn standing(schedule: &Schedule, member: Owing) -> Result<Standing, Error> {
    let by_population = rate_of(schedule)?.value.times(Ratio::whole(member.inhabitants.get().into()))?;
    let amount = match schedule.tariff().proration.order {
        ProrationOrder::BeforeBounds if member.share.is_nothing() => return Ok(Standing::Within),
        ProrationOrder::BeforeBounds => by_population.times(member.share.ratio())?,
        ProrationOrder::AfterBounds => by_population,
    };
    Ok(match (value_of(schedule.floor()), value_of(schedule.ceiling())) {
        (_, Some(ceiling)) if amount > ceiling => Standing::AtCeiling,
        (Some(floor), _) if amount < floor => Standing::AtFloor,
        _ => Standing::Within,
    })
}
