//! Reckoning: what a shape works with for one member, and what that comes to.
//! Rule:    base + rate × units; the amount or rate of a tier; brackets one by one; a portion of a figure, less the rebate.
//!          Whatever a member's own figures decide is written down, so that the amount follows from the reckoning alone.
//! Units:   in, inhabitants and the amounts and rates of the year; out, exact öre.
//! Errors:  MemberMustHaveItsAmount, MemberMustHaveItsFigure, MemberMustHaveAShare, TotalMustHaveItsMembers,
//!          AmountMustNotOverflow.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::explanation::{Operand, Rule};
use crate::figure::Figure;
use crate::membership::Member;
use crate::money::{Exact, FeeRate, Sek};
use crate::origin::{Origin, Sourced};
use crate::population::Inhabitants;
use crate::portion::Portion;
use crate::ratio::Ratio;
use crate::schedule::{Parameter, Schedule};
use crate::shape::{Broken, Counting, RebateOn, Shape, ShapeOfYear, SizeRebate, Tier};
use crate::total::{Key, KeyShare};

/// What a shape works with for one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Reckoning {
    /// An amount, the same for everyone or decided for this member.
    Flat {
        /// The amount.
        amount: Parameter<Sek>,
    },
    /// A base, and so much per unit of inhabitants.
    Linear {
        /// What everyone pays.
        #[serde(deserialize_with = "Option::deserialize")]
        base: Option<Parameter<Sek>>,
        /// Kronor per unit.
        rate: Parameter<FeeRate>,
        /// What a unit is.
        per: Counting,
        /// No inhabitant above this many is counted.
        #[serde(deserialize_with = "Option::deserialize")]
        cap: Option<Sourced<Inhabitants>>,
    },
    /// The tier that the population falls in.
    Tier(Tier<Parameter<Sek>, Parameter<FeeRate>>),
    /// The brackets up to the one that the last inhabitant falls in.
    Brackets(Vec<Tier<Parameter<Sek>, Parameter<FeeRate>>>),
    /// A portion of a figure of the member.
    OfFigure {
        /// The portion.
        portion: Sourced<Portion>,
        /// The name of the figure.
        name: String,
        /// The figure, in kronor.
        figure: Sourced<Figure>,
        /// Whether it is multiplied by the inhabitants.
        per_inhabitant: bool,
        /// The rebate for the largest, whether this member gets it or not.
        #[serde(deserialize_with = "Option::deserialize")]
        rebate: Option<SizeRebate>,
    },
    /// A share of a total, by keys.
    Shared {
        /// The total.
        total: Parameter<Sek>,
        /// How many share it.
        members: u32,
        /// The member's part of each key.
        keys: Vec<KeyShare>,
    },
    /// A decided percentage of a total.
    Percentage {
        /// The total.
        total: Parameter<Sek>,
        /// The member's portion.
        portion: Sourced<Portion>,
    },
}

impl ShapeOfYear {
    /// The rule that the shape serves, and what it works with for a member.
    pub(crate) fn reckon(
        &self,
        member: &Member,
        inhabitants: Inhabitants,
        schedule: &Schedule,
    ) -> Result<(Rule, Operand), Error> {
        let year = schedule.year;
        let reckoning = match self {
            Shape::PerInhabitant { rate } => return Ok((Rule::ByPopulation, Operand::Rate(rate.clone()))),
            Shape::Flat { amount } => Reckoning::Flat { amount: amount.clone() },
            Shape::Linear { base, rate, per, cap } => {
                Reckoning::Linear { base: base.clone(), rate: rate.clone(), per: *per, cap: cap.clone() }
            }
            // Tiers hold every population: they were checked when they were made.
            Shape::Tiers(tiers) => {
                let tier = tiers.holding(inhabitants).ok_or(Error::AmountMustNotOverflow)?;
                Reckoning::Tier(tier.clone())
            }
            Shape::Brackets(brackets) => Reckoning::Brackets(
                brackets.iter().filter(|bracket| bracket.from <= inhabitants.get()).cloned().collect(),
            ),
            Shape::OfFigure(of) => Reckoning::OfFigure {
                portion: of.portion.clone(),
                name: of.figure.clone(),
                figure: member.figure(&of.figure, year)?.clone(),
                per_inhabitant: of.per_inhabitant,
                rebate: of.rebate.clone(),
            },
            Shape::Decided(amounts) => Reckoning::Flat {
                amount: amounts.get(&member.code).cloned().ok_or_else(|| Error::MemberMustHaveItsAmount {
                    member: Box::new(member.clone()),
                    year,
                })?,
            },
            Shape::Total { total, keys, .. } => {
                let shared = schedule.shared.as_ref().ok_or(Error::TotalMustHaveItsMembers { year })?;
                shared.reckon(total, keys, member, inhabitants, schedule)?
            }
            Shape::Percentages { total, portions } => {
                schedule.shared.as_ref().ok_or(Error::TotalMustHaveItsMembers { year })?;
                let portion = portions
                    .get(&member.code)
                    .ok_or_else(|| Error::MemberMustHaveAShare { member: Box::new(member.clone()), year })?;
                Reckoning::Percentage { total: total.clone(), portion: portion.clone() }
            }
        };
        Ok((Rule::ByTariff, Operand::Reckoning(Box::new(reckoning))))
    }
}

impl Counting {
    /// Each inhabitant by itself.
    pub const EACH: Counting = Counting { size: Inhabitants::ONE, broken: Broken::InProportion };

    /// How many units so many inhabitants are.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`; no number of inhabitants gets there.
    pub fn units(self, inhabitants: Inhabitants) -> Result<Ratio, Error> {
        let (count, size) = (inhabitants.get(), self.size.get());
        match self.broken {
            Broken::InProportion => Ratio::new(count.into(), size.into()),
            Broken::Started => Ok(Ratio::whole(count.div_ceil(size).into())),
            Broken::Full => Ok(Ratio::whole((count / size).into())),
        }
    }
}

impl Reckoning {
    /// How many inhabitants are counted: all of them, or those up to a cap.
    #[must_use]
    pub fn counted(&self, inhabitants: Inhabitants) -> Inhabitants {
        match self {
            Reckoning::Linear { cap: Some(cap), .. } => inhabitants.min(cap.value),
            _ => inhabitants,
        }
    }

    /// What it comes to.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn amount(&self, inhabitants: Inhabitants) -> Result<Exact, Error> {
        let people = Ratio::whole(inhabitants.get().into());
        let of = |amount: Option<&Parameter<Sek>>| amount.map_or(Exact::ZERO, |amount| amount.value);
        match self {
            Reckoning::Flat { amount } => Ok(amount.value),
            Reckoning::Linear { base, rate, per, .. } => {
                let units = per.units(self.counted(inhabitants))?;
                of(base.as_ref()).plus(rate.value.times(units)?)
            }
            Reckoning::Tier(tier) => {
                let by_population = tier.rate.as_ref().map(|rate| rate.value.times(people)).transpose()?;
                of(tier.amount.as_ref()).plus(by_population.unwrap_or(Exact::ZERO))
            }
            Reckoning::Brackets(brackets) => brackets.iter().try_fold(Exact::ZERO, |sum, bracket| {
                let rate = bracket.rate.as_ref().map_or(Exact::ZERO, |rate| rate.value);
                sum.plus(rate.times(Ratio::whole(bracket.counted(inhabitants).into()))?)
            }),
            Reckoning::OfFigure { portion, figure, per_inhabitant, rebate, .. } => {
                let base = figure.value.exact()?.times(portion.value.ratio())?;
                let amount = if *per_inhabitant { base.times(people)? } else { base };
                match rebate {
                    Some(rebate) => amount.minus(amount.times(rebate.taken_off(inhabitants)?)?),
                    None => Ok(amount),
                }
            }
            Reckoning::Shared { total, keys, .. } => keys.iter().try_fold(Exact::ZERO, |sum, share| {
                let part = share.weight.value.ratio().times(share.own.over(share.all)?)?;
                sum.plus(total.value.times(part)?)
            }),
            Reckoning::Percentage { total, portion } => total.value.times(portion.value.ratio()),
        }
    }

    /// The same, each amount and rate made anew from what was decided.
    pub(crate) fn again(&self) -> Result<Reckoning, Error> {
        let amount = |amount: &Parameter<Sek>| amount.again(amount.decided.value.into());
        let rate = |rate: &Parameter<FeeRate>| rate.again(rate.decided.value.exact());
        let tier = |tier: &Tier<Parameter<Sek>, Parameter<FeeRate>>| {
            Ok::<_, Error>(Tier {
                amount: tier.amount.as_ref().map(amount).transpose()?,
                rate: tier.rate.as_ref().map(rate).transpose()?,
                ..tier.clone()
            })
        };
        Ok(match self {
            Reckoning::Flat { amount: flat } => Reckoning::Flat { amount: amount(flat)? },
            Reckoning::Linear { base, rate: per, per: counting, cap } => Reckoning::Linear {
                base: base.as_ref().map(amount).transpose()?,
                rate: rate(per)?,
                per: *counting,
                cap: cap.clone(),
            },
            Reckoning::Tier(of) => Reckoning::Tier(tier(of)?),
            Reckoning::Brackets(brackets) => {
                Reckoning::Brackets(brackets.iter().map(tier).collect::<Result<_, _>>()?)
            }
            Reckoning::OfFigure { .. } => self.clone(),
            Reckoning::Shared { total, members, keys } => {
                Reckoning::Shared { total: amount(total)?, members: *members, keys: keys.clone() }
            }
            Reckoning::Percentage { total, portion } => {
                Reckoning::Percentage { total: amount(total)?, portion: portion.clone() }
            }
        })
    }

    /// Why the population is not one that this can be reckoned for; nothing where it is.
    pub(crate) fn refuses(&self, inhabitants: Inhabitants) -> Option<&'static str> {
        if let Reckoning::Shared { members, keys, .. } = self {
            let is_right = |share: &KeyShare| match share.key {
                Key::Population => share.own == Ratio::whole(inhabitants.get().into()),
                Key::Equal => (share.own, share.all) == (Ratio::ONE, Ratio::whole((*members).into())),
                Key::Figure(_) => true,
            };
            let has_right = |share: &KeyShare| is_right(share) && share.own <= share.all;
            return (!keys.iter().all(has_right)).then_some("the member has another part of a key");
        }
        let is_right = match self {
            Reckoning::Tier(tier) => tier.holds(inhabitants),
            Reckoning::Brackets(brackets) => {
                let follow =
                    |pair: &[Tier<_, _>]| pair[0].to.and_then(|to| to.checked_add(1)) == Some(pair[1].from);
                brackets.first().is_some_and(|first| first.from == 1)
                    && brackets.windows(2).all(follow)
                    && brackets.last().is_some_and(|last| last.holds(inhabitants))
            }
            _ => true,
        };
        (!is_right).then_some("the population falls in another tier")
    }

    /// Where what it works with was read.
    pub(crate) fn origins(&self) -> Vec<Origin> {
        let tier = |tier: &Tier<Parameter<Sek>, Parameter<FeeRate>>| {
            let amount = tier.amount.iter().flat_map(Parameter::origins);
            amount.chain(tier.rate.iter().flat_map(Parameter::origins)).cloned().collect::<Vec<_>>()
        };
        match self {
            Reckoning::Flat { amount } => amount.origins().cloned().collect(),
            Reckoning::Linear { base, rate, cap, .. } => {
                let base = base.iter().flat_map(Parameter::origins);
                let cap = cap.iter().filter_map(|cap| cap.origin.as_ref());
                base.chain(rate.origins()).chain(cap).cloned().collect()
            }
            Reckoning::Tier(of) => tier(of),
            Reckoning::Brackets(brackets) => brackets.iter().flat_map(tier).collect(),
            Reckoning::Shared { total, keys, .. } => {
                let keys = keys.iter().flat_map(|key| key.weight.origin.iter().chain(&key.origin));
                total.origins().chain(keys).cloned().collect()
            }
            Reckoning::Percentage { total, portion } => {
                total.origins().chain(portion.origin.iter()).cloned().collect()
            }
            Reckoning::OfFigure { portion, figure, rebate, .. } => {
                let rebate = rebate.iter().filter_map(|rebate| rebate.portion.origin.as_ref());
                portion.origin.iter().chain(figure.origin.iter()).chain(rebate).cloned().collect()
            }
        }
    }
}

impl<A, R> Tier<A, R> {
    /// How many of so many inhabitants fall in it, where it is a bracket.
    #[must_use]
    pub fn counted(&self, inhabitants: Inhabitants) -> u32 {
        let last = self.to.map_or(inhabitants.get(), |to| to.min(inhabitants.get()));
        (last + 1).saturating_sub(self.from)
    }
}

impl SizeRebate {
    /// The part of the fee that it takes off.
    pub(crate) fn taken_off(&self, inhabitants: Inhabitants) -> Result<Ratio, Error> {
        let (count, above) = (inhabitants.get(), self.above.get());
        match self.on {
            _ if count <= above => Ok(Ratio::ZERO),
            RebateOn::Whole => Ok(self.portion.value.ratio()),
            RebateOn::PartAbove => {
                self.portion.value.ratio().times(Ratio::new((count - above).into(), count.into())?)
            }
        }
    }
}
