//! Goal seek (målsökning): which rate, floor, ceiling or scale of all amounts gives a frame.
//! Rule:    before the roundings the frame is a line that bends where a member meets a bound, so the answer is exact: one
//!          value, or a plateau of many. Fees are rounded, so few frames can be met to the krona: the two values of a stated
//!          step that stand on either side of the target are given with what remains.
//! Units:   kronor as the network decides them, at the price level of its clause; a scale is a factor, 1 for today's.
//! Errors:  SoughtTariffMustBePerInhabitant, TargetFrameMustBeAttainable, SoughtBoundMustBeSet, SoughtAmountMustNotBeChained,
//!          SolveStepMustBeAboveZero, AmountMustNotOverflow.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use serde::Serialize;

use super::curve::{Curve, Owing, decided, of_the_year, side, standing, with_value};
use super::{before_rounding, rate_of};
use crate::calendar::{FeeYear, Share};
use crate::error::Error;
use crate::explanation::{Assessment, Rule, Standing};
use crate::index::IndexFactor;
use crate::language::Language;
use crate::money::{Exact, Sek};
use crate::number::decimals_of;
use crate::population::{Inhabitants, MunicipalityCode};
use crate::ratio::Ratio;
use crate::schedule::Schedule;
use crate::year::YearOfFees;

/// What is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sought {
    /// The rate; floor and ceiling stay.
    Rate,
    /// The floor; rate and ceiling stay.
    Floor,
    /// The ceiling; rate and floor stay.
    Ceiling,
    /// One factor for every amount of the tariff in the year.
    Scale,
}

impl Sought {
    /// The step that values are told in unless another is asked for: an öre of the rate, hundreds of kronor of the bounds,
    /// a hundredth of a percent of the scale.
    #[must_use]
    pub fn usual_step(self) -> Ratio {
        let step = match self {
            Sought::Rate => Ratio::new(1, 100),
            Sought::Floor | Sought::Ceiling => Ratio::new(100, 1),
            Sought::Scale => Ratio::new(1, 10_000),
        };
        step.unwrap_or(Ratio::ONE) // The denominators are not zero.
    }

    /// What is sought, for people: `avgiftssats`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        match self {
            Sought::Rate => language.say("workbook-per-inhabitant"),
            Sought::Floor => Rule::Floor.text(language),
            Sought::Ceiling => Rule::Ceiling.text(language),
            Sought::Scale => language.say("sought-scale"),
        }
    }

    /// A value from the number that people write: kronor, or percent of the scale.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn value_of(self, number: Decimal) -> Result<Ratio, Error> {
        match self {
            Sought::Rate | Sought::Floor | Sought::Ceiling => Ok(Ratio::from_decimal(number)),
            Sought::Scale => Ratio::from_decimal(number).over(Ratio::whole(100)),
        }
    }

    /// A value for people: `1,473219… kr`, `103,74 %`; cut after six decimals, and … says so.
    #[must_use]
    pub fn value_text(self, value: Ratio, language: Language) -> String {
        let (value, least, unit) = match self {
            Sought::Rate => (Ok(value), 2, "kr"),
            Sought::Floor | Sought::Ceiling => (Ok(value), 0, "kr"),
            Sought::Scale => (value.times(Ratio::whole(100)), 0, "%"),
        };
        let text = value.and_then(|value| decimals_of(value, least, 6, language));
        text.map_or_else(|_| String::new(), |text| format!("{text} {unit}"))
    }

    /// Öre from kronor; a scale is counted as it is.
    fn exact(self, value: Ratio) -> Result<Exact, Error> {
        match self {
            Sought::Scale => Ok(Exact::from_ore_ratio(value)),
            _ => value.times(Ratio::whole(100)).map(Exact::from_ore_ratio),
        }
    }

    /// Kronor from öre.
    fn value(self, exact: Exact) -> Result<Ratio, Error> {
        match self {
            Sought::Scale => Ok(exact.ore_ratio()),
            _ => exact.kronor_ratio(),
        }
    }
}

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
    /// `TargetFrameMustBeAttainable` outside the frames that any value gives; `SoughtBoundMustBeSet` for a floor or a
    /// ceiling that the tariff does not have; `SoughtTariffMustBePerInhabitant` for any other shape, and for a tariff with
    /// classes, components or other terms of its own; `SoughtAmountMustNotBeChained` for an amount that is carried from what was
    /// printed the year before; `SolveStepMustBeAboveZero`; `AmountMustNotOverflow`.
    pub fn of(fees: &YearOfFees, target: Sek, sought: Sought, step: Ratio) -> Result<Solution, Error> {
        if step <= Ratio::ZERO {
            return Err(Error::SolveStepMustBeAboveZero { text: sought.value_text(step, Language::English) });
        }
        let schedule = &fees.schedule;
        let rate = rate_of(schedule)?;
        let today = match sought {
            Sought::Rate => Some(Ratio::from_decimal(rate.decided.value.kronor())),
            Sought::Floor => schedule.floor().map(|floor| floor.decided.value).map(kronor),
            Sought::Ceiling => schedule.ceiling().map(|ceiling| ceiling.decided.value).map(kronor),
            Sought::Scale => Some(Ratio::ONE),
        };
        let Some(today) = today else {
            let tariff = schedule.tariff().origin.clone();
            return Err(Error::SoughtBoundMustBeSet { sought, year: schedule.year(), tariff });
        };
        let factor = match sought {
            Sought::Rate => rate.factor.as_ref(),
            Sought::Floor => schedule.floor().and_then(|floor| floor.factor.as_ref()),
            Sought::Ceiling => schedule.ceiling().and_then(|ceiling| ceiling.factor.as_ref()),
            Sought::Scale => None,
        };
        if factor.is_some_and(IndexFactor::is_chained) {
            let tariff = schedule.tariff().origin.clone();
            return Err(Error::SoughtAmountMustNotBeChained { sought, year: schedule.year(), tariff });
        }
        let amounts = Amounts::of(fees, sought)?;
        let (least, most) = amounts.range()?;
        let wanted = Exact::from(target);
        if wanted < least || most.is_some_and(|most| wanted > most) {
            let year = schedule.year();
            let range = Box::new((least, most));
            return Err(Error::TargetFrameMustBeAttainable { target, sought, year, range });
        }
        let (from, to) = amounts.solve(wanted)?;
        let (below, above) = Grid { amounts: &amounts, target, step }.around(from)?;
        let at = with_value(schedule, sought, from);
        let standings = amounts.members.iter().map(|member| standing(&at, *member));
        let standings = standings.collect::<Result<Vec<Standing>, Error>>()?;
        let standing = |wanted| {
            let members = fees.assessments.iter().zip(&standings);
            members.filter(|(_, standing)| **standing == wanted).map(|(fee, _)| fee.code()).collect()
        };
        let value = |value| sought.value(decided(schedule, sought, value)?);
        Ok(Solution {
            year: schedule.year(),
            sought,
            target,
            today,
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

fn kronor(amount: Sek) -> Ratio {
    Ratio::from_decimal(amount.to_decimal())
}

/// The frame by the value of what is sought, before its roundings and after.
struct Amounts<'a> {
    schedule: &'a Schedule,
    sought: Sought,
    members: Vec<Owing>,
    /// The members by the share that they owe.
    by_share: Vec<(Share, Vec<Inhabitants>)>,
    before_roundings: BeforeRoundings,
}

/// The frame before its roundings.
enum BeforeRoundings {
    /// Of one amount of the tariff: a line that bends.
    Bent(Curve),
    /// Of the scale: every fee grows with it.
    Straight { fees: Vec<Exact>, sum: Exact },
}

impl<'a> Amounts<'a> {
    fn of(fees: &'a YearOfFees, sought: Sought) -> Result<Amounts<'a>, Error> {
        let owing = |fee: &Assessment| Owing { inhabitants: fee.inhabitants(), share: fee.share() };
        let members: Vec<Owing> = fees.assessments.iter().map(owing).collect();
        let mut by_share: Vec<(Share, Vec<Inhabitants>)> = Vec::new();
        for Owing { inhabitants, share } in &members {
            match by_share.iter_mut().find(|(known, _)| known == share) {
                Some((_, rows)) => rows.push(*inhabitants),
                None => by_share.push((*share, vec![*inhabitants])),
            }
        }
        let before_roundings = if sought == Sought::Scale {
            let fees: Vec<Exact> = fees.assessments.iter().map(before_rounding).collect();
            let sum = fees.iter().try_fold(Exact::ZERO, |sum, fee| sum.plus(*fee))?;
            BeforeRoundings::Straight { fees, sum }
        } else {
            BeforeRoundings::Bent(Curve::of(&fees.schedule, sought, &members)?)
        };
        Ok(Amounts { schedule: &fees.schedule, sought, members, by_share, before_roundings })
    }

    /// The frames that values give: the least, and the largest where there is one.
    fn range(&self) -> Result<(Exact, Option<Exact>), Error> {
        match &self.before_roundings {
            BeforeRoundings::Bent(curve) => curve.range(),
            BeforeRoundings::Straight { sum, .. } => {
                Ok((Exact::ZERO, (*sum == Exact::ZERO).then_some(Exact::ZERO)))
            }
        }
    }

    /// The values that give a frame before its roundings.
    fn solve(&self, wanted: Exact) -> Result<(Exact, Option<Exact>), Error> {
        match &self.before_roundings {
            BeforeRoundings::Bent(curve) => curve.solve(wanted),
            BeforeRoundings::Straight { sum, .. } if *sum == Exact::ZERO => Ok((Exact::ZERO, None)),
            BeforeRoundings::Straight { sum, .. } => {
                let factor = wanted.ore_ratio().over(sum.ore_ratio()).map(Exact::from_ore_ratio)?;
                Ok((factor, Some(factor)))
            }
        }
    }

    /// What a decided value comes to: a frame, or below or above what the amount may be.
    fn at(&self, decided: Ratio) -> Result<At, Error> {
        let exact = self.sought.exact(decided)?;
        match side(self.schedule, self.sought, exact) {
            _ if decided < Ratio::ZERO => return Ok(At::TooLow),
            Ordering::Less => return Ok(At::TooLow),
            Ordering::Greater => return Ok(At::TooHigh),
            Ordering::Equal => {}
        }
        let value = of_the_year(self.schedule, self.sought, exact)?;
        match &self.before_roundings {
            BeforeRoundings::Straight { fees, .. } => {
                let rounding = self.schedule.tariff().rounding;
                let rounded = |fee: &Exact| rounding.round(fee.times(decided)?);
                let sum = fees.iter().map(rounded).try_fold(Sek::ZERO, |sum, fee| sum.plus(fee?))?;
                Ok(At::Frame(sum))
            }
            BeforeRoundings::Bent(_) => {
                let schedule = with_value(self.schedule, self.sought, value);
                if let (Some(floor), Some(ceiling)) = (schedule.floor(), schedule.ceiling())
                    && floor.value > ceiling.value
                {
                    return Ok(if self.sought == Sought::Floor { At::TooHigh } else { At::TooLow });
                }
                let mut fees = Vec::with_capacity(self.members.len());
                for (share, rows) in &self.by_share {
                    schedule.bulk(*share)?.assess_many(rows, &mut fees);
                }
                Sek::sum(fees).map(At::Frame)
            }
        }
    }

    /// Whether the frame no longer grows from a decided value on.
    fn is_flat_from(&self, decided: Ratio) -> Result<bool, Error> {
        let BeforeRoundings::Bent(curve) = &self.before_roundings else { return Ok(false) };
        let value = of_the_year(self.schedule, self.sought, self.sought.exact(decided)?)?;
        Ok(decided >= Ratio::ZERO && curve.flat_from()?.is_some_and(|flat| value >= flat))
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
        let exact = self.amounts.sought.value(decided(self.amounts.schedule, self.amounts.sought, from)?)?;
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
        let Amounts { schedule, sought, members, .. } = self.amounts;
        let value = self.decided(multiple)?;
        let At::Frame(frame) = self.amounts.at(value)? else { return Ok(None) };
        let at = with_value(schedule, *sought, of_the_year(schedule, *sought, sought.exact(value)?)?);
        let (mut at_floor, mut at_ceiling) = (0, 0);
        for member in members {
            match standing(&at, *member)? {
                Standing::AtFloor => at_floor += 1,
                Standing::AtCeiling => at_ceiling += 1,
                Standing::Within => {}
            }
        }
        Ok(Some(Neighbour { value, frame, remainder: self.target.minus(frame)?, at_floor, at_ceiling }))
    }
}
