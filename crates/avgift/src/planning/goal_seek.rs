//! Goal seek (målsökning): which rate, base, floor, ceiling, total, or scale of all amounts gives a frame.
//! Rule:    before the roundings the frame is a line that bends where a member meets a bound or a limit, so the answer is exact: one
//!          value, or a plateau of many. Fees are rounded, so few frames can be met to the krona: the two values of a stated
//!          step that stand on either side of the target are given with what remains.
//! Units:   kronor as the network decides them, at the price level of its clause; a scale is a factor, 1 for today's.
//! Errors:  TargetFrameMustBeAttainable, SoughtAmountMustBeSet, SoughtAmountMustNotBeChained, SolveStepMustBeAboveZero,
//!          AmountMustNotOverflow. Not here: what is sought (see `sought`), what each fee is by it (see `rows`).

use std::cmp::Ordering;

use serde::Serialize;

use super::curve::Curve;
use super::rows::Rows;
use super::sought::{Found, Sought, side, side_in_the_year};
use crate::calendar::FeeYear;
use crate::error::Error;
use crate::explanation::Standing;
use crate::language::Language;
use crate::money::{Exact, Sek};
use crate::population::MunicipalityCode;
use crate::ratio::Ratio;
use crate::schedule::Schedule;
use crate::year::YearOfFees;

/// A value of the step beside the target, and the frame that it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Neighbour {
    /// The value: kronor, or a factor; a multiple of the step.
    pub value: Ratio,
    /// The frame of rounded fees.
    pub frame: Sek,
    /// The target less the frame.
    pub remainder: Sek,
    /// How many members are raised to the floor.
    pub at_floor: usize,
    /// How many are lowered to the ceiling.
    pub at_ceiling: usize,
}

/// Which values give a frame.
///
/// ```
/// use avgift::{Basis, FeeYear, Member, PopulationFigure, PopulationMode, Populations, Ratio, Solution, Sought, Tariff, Tariffs};
/// let year = FeeYear::new(2024)?;
/// let mut populations = Populations::new();
/// populations.add(PopulationFigure::of_year_end("1440".parse()?, 2023, 32_446)?)?;
/// let basis = Basis {
///     members: vec![Member::new("1440".parse()?, "Ale")],
///     tariffs: Tariffs::new(vec![Tariff::per_inhabitant("T", year, "1,50 kr".parse()?)]).unwrap(),
///     populations,
///     ..Basis::default()
/// };
/// let fees = basis.assess_year(year, PopulationMode::Published).unwrap();
/// let solution = Solution::of(&fees, "64 892 kr".parse()?, Sought::Rate, Sought::Rate.usual_step())?;
/// assert_eq!(solution.from, Ratio::whole(2)); // 64 892 / 32 446
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Solution {
    /// The fee year.
    pub year: FeeYear,
    /// What was sought.
    pub sought: Sought,
    /// The frame that was asked for.
    pub target: Sek,
    /// The value as it stands: kronor as decided, or 1 for the scale.
    pub today: Ratio,
    /// The frame as it stands.
    pub frame_today: Sek,
    /// The least frame that any value gives, before the roundings.
    pub least: Exact,
    /// The largest; none where there is none.
    pub most: Option<Exact>,
    /// The least value that gives the target before the roundings: kronor, or a factor.
    pub from: Ratio,
    /// The largest such value: the same, unless the frame stands still there; none where it stands still for ever.
    pub to: Option<Ratio>,
    /// Who is raised to the floor at the least value.
    pub at_floor: Vec<MunicipalityCode>,
    /// Who is lowered to the ceiling there.
    pub at_ceiling: Vec<MunicipalityCode>,
    /// The step of the two values below.
    pub step: Ratio,
    /// The value next below the target; where a value meets it, that one. None where no value of the step lies below.
    pub below: Option<Neighbour>,
    /// The value next above the target; where a value meets it, that one. None where no value of the step lies above.
    pub above: Option<Neighbour>,
}

impl Solution {
    /// Whether many values give the target: a plateau, where every member stands at a bound.
    #[must_use]
    pub fn is_plateau(&self) -> bool {
        self.to != Some(self.from)
    }

    /// Which values of what is sought give a frame to the fees of a year, told in multiples of a step.
    ///
    /// # Errors
    /// `TargetFrameMustBeAttainable` outside the frames that any value gives; `SoughtAmountMustBeSet` for an amount that the tariff
    /// does not have: every tariff has a scale; `SoughtAmountMustNotBeChained` for an amount that is carried from what was
    /// printed the year before; `SolveStepMustBeAboveZero`; `AmountMustNotOverflow`.
    pub fn of(fees: &YearOfFees, target: Sek, sought: Sought, step: Ratio) -> Result<Solution, Error> {
        if step <= Ratio::ZERO {
            return Err(Error::SolveStepMustBeAboveZero { text: sought.value_text(step, Language::English) });
        }
        let schedule = &fees.schedule;
        let amounts = Amounts::of(fees, sought)?;
        let (least, most) = amounts.curve.range()?;
        let wanted = Exact::from(target);
        if wanted < least || most.is_some_and(|most| wanted > most) {
            let year = schedule.year();
            let range = Box::new((least, most));
            return Err(Error::TargetFrameMustBeAttainable { target, sought, year, range });
        }
        let (from, to) = amounts.curve.solve(wanted)?;
        let (below, above) = Grid { amounts: &amounts, target, step }.around(from)?;
        let standings = amounts.standings(from)?;
        let standing = |wanted| {
            let members = standings.iter().filter(|(_, standing)| *standing == wanted);
            members.map(|(code, _)| *code).collect()
        };
        let value = |value| sought.value(amounts.found.decided(value)?);
        Ok(Solution {
            year: schedule.year(),
            sought,
            target,
            today: amounts.found.today,
            frame_today: fees.frame.sum,
            least,
            most,
            from: value(from)?,
            to: to.map(value).transpose()?,
            at_floor: standing(Standing::AtFloor),
            at_ceiling: standing(Standing::AtCeiling),
            step,
            below,
            above,
        })
    }
}

/// The frame by the value of what is sought, before its roundings and after.
struct Amounts<'a> {
    schedule: &'a Schedule,
    sought: Sought,
    found: Found<'a>,
    rows: Rows,
    curve: Curve,
}

impl<'a> Amounts<'a> {
    fn of(fees: &'a YearOfFees, sought: Sought) -> Result<Amounts<'a>, Error> {
        let schedule = &fees.schedule;
        let found = Found::of(schedule, sought)?;
        let rows = Rows::of(fees, sought)?;
        let curve = Curve::of(&rows, found.domain(schedule, sought)?)?;
        Ok(Amounts { schedule, sought, found, rows, curve })
    }

    /// What a decided value comes to in the year.
    fn of_the_year(&self, decided: Ratio) -> Result<Exact, Error> {
        self.found.of_the_year(self.sought.exact(decided)?)
    }

    /// What a decided value comes to: a frame, or below or above what the amount may be.
    fn at(&self, decided: Ratio) -> Result<At, Error> {
        if decided < Ratio::ZERO {
            return Ok(At::TooLow);
        }
        let value = self.of_the_year(decided)?;
        let sides = [
            side(self.schedule, self.sought, self.sought.exact(decided)?),
            side_in_the_year(self.schedule, self.sought, value),
        ];
        match sides.into_iter().find(|side| side.is_ne()) {
            Some(Ordering::Less) => Ok(At::TooLow),
            Some(_) => Ok(At::TooHigh),
            None => {
                let rounding = self.schedule.tariff().rounding;
                self.curve.rounded(&self.rows, value, rounding).map(At::Frame)
            }
        }
    }

    /// Where every member stands at a value in the year.
    fn standings(&self, value: Exact) -> Result<Vec<(MunicipalityCode, Standing)>, Error> {
        let standing = |(code, meets): &(MunicipalityCode, super::rows::Meets)| {
            Ok((*code, meets.at(value.ore_ratio())?))
        };
        self.rows.standings.iter().map(standing).collect()
    }

    /// Whether the frame no longer grows from a decided value on.
    fn is_flat_from(&self, decided: Ratio) -> Result<bool, Error> {
        if decided < Ratio::ZERO {
            return Ok(false);
        }
        let value = self.of_the_year(decided)?;
        Ok(self.curve.flat_from()?.is_some_and(|flat| value >= flat))
    }
}

/// What a decided value comes to.
enum At {
    TooLow,
    Frame(Sek),
    TooHigh,
}

/// The multiples of a step around a target.
struct Grid<'a> {
    amounts: &'a Amounts<'a>,
    target: Sek,
    step: Ratio,
}

impl Grid<'_> {
    /// The multiples next below and next above the target; the search begins at the exact value.
    fn around(&self, from: Exact) -> Result<(Option<Neighbour>, Option<Neighbour>), Error> {
        let exact = self.amounts.sought.value(self.amounts.found.decided(from)?)?;
        let steps = exact.over(self.step)?;
        let first = self.first_that_reaches(steps.numerator().div_euclid(steps.denominator()))?;
        let above = self.neighbour(first)?.filter(|above| above.frame >= self.target);
        match above {
            Some(above) if above.remainder == Sek::ZERO => Ok((Some(above), Some(above))),
            above => Ok((self.neighbour(first - 1)?, above)),
        }
    }

    /// The least multiple whose frame reaches the target, or that lies above what the amount may be.
    fn first_that_reaches(&self, near: i128) -> Result<i128, Error> {
        // Outwards from `near` in strides that double, until `low` does not reach and `high` does; then halved.
        let (mut low, mut high) = (near, near);
        let mut stride: i128 = 1;
        if self.reaches(near)? {
            loop {
                low = (high - stride).max(-1);
                if low < 0 || !self.reaches(low)? {
                    break;
                }
                (high, stride) = (low, stride.saturating_mul(2));
            }
        } else {
            loop {
                high = low.checked_add(stride).ok_or(Error::AmountMustNotOverflow)?;
                if self.reaches(high)? {
                    break;
                }
                (low, stride) = (high, stride.saturating_mul(2));
            }
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.reaches(middle)? { high = middle } else { low = middle }
        }
        Ok(high)
    }

    fn reaches(&self, multiple: i128) -> Result<bool, Error> {
        Ok(match self.amounts.at(self.decided(multiple)?)? {
            At::TooLow => false,
            At::Frame(frame) if frame >= self.target => true,
            // The next value gives no more: none does.
            At::Frame(_) => self.amounts.is_flat_from(self.decided(multiple - 1)?)?,
            At::TooHigh => true,
        })
    }

    fn decided(&self, multiple: i128) -> Result<Ratio, Error> {
        Ratio::new(multiple, 1)?.times(self.step)
    }

    fn neighbour(&self, multiple: i128) -> Result<Option<Neighbour>, Error> {
        let value = self.decided(multiple)?;
        let At::Frame(frame) = self.amounts.at(value)? else { return Ok(None) };
        let standings = self.amounts.standings(self.amounts.of_the_year(value)?)?;
        let count = |wanted| standings.iter().filter(|(_, standing)| *standing == wanted).count();
        let (at_floor, at_ceiling) = (count(Standing::AtFloor), count(Standing::AtCeiling));
        Ok(Some(Neighbour { value, frame, remainder: self.target.minus(frame)?, at_floor, at_ceiling }))
    }
}
