//! Shape: what turns a member into money, before class and bounds.
//! Rule:    the network's own. A shape is held twice: as decided (`Shape`), and as it stands in a fee year, each amount and
//!          rate with its own escalation (`ShapeOfYear`). What it comes to for one member: see `reckoning`.
//! Units:   whole öre, kronor per inhabitant or per so many, portions of a total or of a figure of the member.
//! Errors:  TierMustHoldAPopulation, TiersMustNotOverlap, TiersMustNotLeaveAHole: every population falls in exactly one tier.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::money::{FeeRate, Sek};
use crate::origin::{Origin, Sourced};
use crate::population::{Inhabitants, MunicipalityCode};
use crate::portion::Portion;
use crate::ratio::Ratio;
use crate::schedule::Parameter;
use crate::total::{Among, WeightedKey};

/// What turns a member into money; `A` is an amount and `R` a rate, as decided or in a fee year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Shape<A = Sourced<Sek>, R = Sourced<FeeRate>> {
    /// The same amount for everyone.
    Flat {
        /// The amount.
        amount: A,
    },
    /// So many kronor per inhabitant.
    PerInhabitant {
        /// The rate.
        rate: R,
    },
    /// A base, if any, and so much per inhabitant or per so many of them, up to a number of inhabitants.
    Linear {
        /// What everyone pays, however small.
        base: Option<A>,
        /// Kronor per unit of inhabitants.
        rate: R,
        /// What a unit is: one inhabitant, a hundred, each thousand that is begun.
        per: Counting,
        /// No inhabitant above this many is counted.
        cap: Option<Sourced<Inhabitants>>,
    },
    /// A tier by population decides: an amount, a rate on the whole population, or both.
    Tiers(Tiers<A, R>),
    /// Brackets: each inhabitant costs the rate of the bracket that it falls in.
    Brackets(Tiers<A, R>),
    /// A portion of an economic figure of the member.
    OfFigure(OfFigure),
    /// An amount that was decided for each member.
    Decided(BTreeMap<MunicipalityCode, A>),
    /// A total that the members share by weighted keys.
    Total {
        /// The total.
        total: A,
        /// What it is shared by; the weights sum to the whole.
        keys: Vec<WeightedKey>,
        /// Who shares it.
        among: Among,
    },
    /// A total that the members share by decided percentages.
    Percentages {
        /// The total.
        total: A,
        /// Each member's portion; they sum to the whole.
        portions: BTreeMap<MunicipalityCode, Sourced<Portion>>,
    },
}

/// A shape carried to a fee year.
pub type ShapeOfYear = Shape<Parameter<Sek>, Parameter<FeeRate>>;

/// How inhabitants are counted to units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counting {
    /// How many inhabitants make a unit.
    pub size: Inhabitants,
    /// What a unit counts for that is not full.
    pub broken: Broken,
}

/// What a unit of inhabitants counts for that is not full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Broken {
    /// Its part: 150 inhabitants are one and a half hundred.
    InProportion,
    /// A whole one: 150 inhabitants are two hundreds begun.
    Started,
    /// Nothing: 150 inhabitants are one full hundred.
    Full,
}

/// A tier by population, both ends counted in; its amount, its rate, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "A: Deserialize<'de>, R: Deserialize<'de>"))]
pub struct Tier<A = Sourced<Sek>, R = Sourced<FeeRate>> {
    /// The smallest population in it; 1 for the first tier.
    pub from: u32,
    /// The largest population in it; none for the last tier.
    #[serde(deserialize_with = "Option::deserialize")]
    pub to: Option<u32>,
    /// What everyone in it pays.
    #[serde(deserialize_with = "Option::deserialize")]
    pub amount: Option<A>,
    /// What each inhabitant costs in it.
    #[serde(deserialize_with = "Option::deserialize")]
    pub rate: Option<R>,
    /// Where it stands.
    #[serde(deserialize_with = "Option::deserialize")]
    pub origin: Option<Origin>,
}

/// Tiers that hold every population once.
///
/// ```
/// use avgift::{Tier, Tiers};
/// let tier = |from, to, kronor: &str| Ok(Tier::of_amount(from, to, kronor.parse::<avgift::Sek>()?));
/// assert!(Tiers::new(vec![tier(1, Some(4_999), "1 000")?, tier(5_000, None, "2 000")?]).is_ok());
/// let hole = Tiers::new(vec![tier(1, Some(4_999), "1 000")?, tier(5_001, None, "2 000")?]).unwrap_err();
/// assert_eq!(hole[0].to_string(), "no tier holds a population of 5,000");
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Tiers<A = Sourced<Sek>, R = Sourced<FeeRate>>(Vec<Tier<A, R>>);

/// A portion of a figure of the member: so many per mille of its tax base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfFigure {
    /// The portion.
    pub portion: Sourced<Portion>,
    /// The name of the figure, in kronor.
    pub figure: String,
    /// Whether the figure is per inhabitant, and is to be multiplied by them.
    pub per_inhabitant: bool,
    /// A rebate for the largest.
    pub rebate: Option<SizeRebate>,
}

/// A rebate above a number of inhabitants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeRebate {
    /// Who has more inhabitants than this gets it.
    pub above: Inhabitants,
    /// How much.
    pub portion: Sourced<Portion>,
    /// Of what.
    pub on: RebateOn,
}

/// What a rebate above a size is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RebateOn {
    /// The whole fee: one inhabitant more can then lower it.
    Whole,
    /// The part of the fee that the inhabitants above the size stand for.
    PartAbove,
}

impl<A, R> Tier<A, R> {
    /// Whether a population falls in it.
    #[must_use]
    pub fn holds(&self, inhabitants: Inhabitants) -> bool {
        self.from <= inhabitants.get() && self.to.is_none_or(|to| inhabitants.get() <= to)
    }
}

impl Tier {
    /// A tier of an amount.
    #[must_use]
    pub fn of_amount(from: u32, to: Option<u32>, amount: Sek) -> Tier {
        Tier { from, to, amount: Some(amount.into()), rate: None, origin: None }
    }

    /// A tier of a rate.
    #[must_use]
    pub fn of_rate(from: u32, to: Option<u32>, rate: FeeRate) -> Tier {
        Tier { from, to, amount: None, rate: Some(rate.into()), origin: None }
    }
}

impl Tiers {
    /// Tiers in the order of their populations.
    ///
    /// # Errors
    /// All at once: `TierMustHoldAPopulation`; `TiersMustNotOverlap` and `TiersMustNotLeaveAHole`, one for each pair.
    pub fn new(mut tiers: Vec<Tier>) -> Result<Tiers, Vec<Error>> {
        let holds_nobody = |tier: &&Tier| tier.to.is_some_and(|to| to < tier.from);
        let mut errors: Vec<Error> = tiers
            .iter()
            .filter(holds_nobody)
            .map(|tier| Error::TierMustHoldAPopulation {
                from: tier.from,
                to: tier.to.unwrap_or_default(),
                origin: tier.origin.clone(),
            })
            .collect();
        tiers.retain(|tier| !holds_nobody(&tier));
        tiers.sort_by_key(|tier| tier.from);
        let origins = |tiers: &[&Tier]| tiers.iter().filter_map(|tier| tier.origin.clone()).collect();
        match tiers.first() {
            Some(first) if first.from > 1 => errors.push(Error::TiersMustNotLeaveAHole {
                from: 1,
                to: Some(first.from - 1),
                origins: origins(&[first]),
            }),
            Some(_) => {}
            None => errors.push(Error::TiersMustNotLeaveAHole { from: 1, to: None, origins: Vec::new() }),
        }
        for pair in tiers.windows(2) {
            let [earlier, later] = pair else { continue };
            match earlier.to {
                Some(to) if to < later.from.saturating_sub(1) => errors.push(Error::TiersMustNotLeaveAHole {
                    from: to + 1,
                    to: Some(later.from - 1),
                    origins: origins(&[later, earlier]),
                }),
                Some(to) if to < later.from => {}
                _ => errors.push(Error::TiersMustNotOverlap {
                    population: later.from,
                    origins: origins(&[later, earlier]),
                }),
            }
        }
        if let Some(last) = tiers.last()
            && let Some(to) = last.to.filter(|to| *to < Inhabitants::MAX.get())
        {
            errors.push(Error::TiersMustNotLeaveAHole { from: to + 1, to: None, origins: origins(&[last]) });
        }
        if let Some(first) = tiers.first_mut() {
            first.from = first.from.max(1); // Nobody has no inhabitants.
        }
        if errors.is_empty() { Ok(Tiers(tiers)) } else { Err(errors) }
    }
}

impl<A, R> Tiers<A, R> {
    /// The tiers, by population.
    pub fn iter(&self) -> impl Iterator<Item = &Tier<A, R>> {
        self.0.iter()
    }

    /// The tier that a population falls in.
    #[must_use]
    pub fn holding(&self, inhabitants: Inhabitants) -> Option<&Tier<A, R>> {
        self.0.iter().find(|tier| tier.holds(inhabitants))
    }
}

impl Shape {
    /// Checks that no amount of it is negative, that no rebate takes more than the fee, and that portions sum to the whole.
    ///
    /// # Errors
    /// `TariffAmountMustNotBeNegative`, `RebateMustNotExceedTheFee`, `PortionsMustSumToTheWhole`, each as often as it is met.
    pub fn check(&self) -> Result<(), Vec<Error>> {
        let mut errors = std::cell::RefCell::new(Vec::new());
        let note = |amount: &Sourced<Sek>| {
            if amount.value < Sek::ZERO {
                let error = Error::TariffAmountMustNotBeNegative { amount: amount.clone() };
                errors.borrow_mut().push(error);
            }
            Ok(())
        };
        // Every amount of the shape is carried past the note; what is carried is nothing.
        let _ = self.carried(note, |_| Ok(()));
        if let Shape::OfFigure(OfFigure { rebate: Some(rebate), .. }) = self
            && rebate.portion.value.ratio() > Ratio::ONE
        {
            errors.get_mut().push(Error::RebateMustNotExceedTheFee { portion: rebate.portion.clone() });
        }
        let portions: Vec<&Sourced<Portion>> = match self {
            Shape::Total { keys, .. } => keys.iter().map(|key| &key.weight).collect(),
            Shape::Percentages { portions, .. } => portions.values().collect(),
            _ => return finish(errors.into_inner()),
        };
        let sum = portions.iter().try_fold(Ratio::ZERO, |sum, portion| sum.plus(portion.value.ratio()));
        match sum {
            Ok(sum) if sum == Ratio::ONE => {}
            Ok(sum) => errors.get_mut().push(Error::PortionsMustSumToTheWhole {
                sum: Box::new(sum),
                origins: portions.iter().filter_map(|portion| portion.origin.clone()).collect(),
            }),
            Err(error) => errors.get_mut().push(error),
        }
        finish(errors.into_inner())
    }
}
fn finish(errors: Vec<Error>) -> Result<(), Vec<Error>> {
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

impl<A, R> Shape<A, R> {
    /// The same shape with every amount and every rate carried on.
    ///
    /// # Errors
    /// Those of the two carriers.
    pub(crate) fn carried<A2, R2>(
        &self,
        amount: impl Fn(&A) -> Result<A2, Error>,
        rate: impl Fn(&R) -> Result<R2, Error>,
    ) -> Result<Shape<A2, R2>, Error> {
        let tiers = |tiers: &Tiers<A, R>| {
            let tiers = tiers.0.iter().map(|tier| {
                Ok(Tier {
                    from: tier.from,
                    to: tier.to,
                    amount: tier.amount.as_ref().map(&amount).transpose()?,
                    rate: tier.rate.as_ref().map(&rate).transpose()?,
                    origin: tier.origin.clone(),
                })
            });
            tiers.collect::<Result<Vec<_>, Error>>().map(Tiers)
        };
        Ok(match self {
            Shape::Flat { amount: flat } => Shape::Flat { amount: amount(flat)? },
            Shape::PerInhabitant { rate: per } => Shape::PerInhabitant { rate: rate(per)? },
            Shape::Linear { base, rate: per, per: counting, cap } => Shape::Linear {
                base: base.as_ref().map(&amount).transpose()?,
                rate: rate(per)?,
                per: *counting,
                cap: cap.clone(),
            },
            Shape::Tiers(of) => Shape::Tiers(tiers(of)?),
            Shape::Brackets(of) => Shape::Brackets(tiers(of)?),
            Shape::OfFigure(of) => Shape::OfFigure(of.clone()),
            Shape::Total { total, keys, among } => {
                Shape::Total { total: amount(total)?, keys: keys.clone(), among: among.clone() }
            }
            Shape::Percentages { total, portions } => {
                Shape::Percentages { total: amount(total)?, portions: portions.clone() }
            }
            Shape::Decided(amounts) => {
                let amounts = amounts.iter().map(|(code, decided)| Ok((*code, amount(decided)?)));
                Shape::Decided(amounts.collect::<Result<_, Error>>()?)
            }
        })
    }

    /// The populations just below which or at which the shape bends or jumps, in order.
    #[must_use]
    pub fn break_points(&self) -> Vec<Inhabitants> {
        let ends = |tiers: &Tiers<A, R>| tiers.iter().filter_map(|tier| tier.to).collect();
        let points: Vec<u32> = match self {
            Shape::Linear { per, cap, .. } => {
                let unit = (per.broken != Broken::InProportion).then_some(per.size.get());
                unit.into_iter().chain(cap.iter().map(|cap| cap.value.get())).collect()
            }
            Shape::Tiers(tiers) | Shape::Brackets(tiers) => ends(tiers),
            Shape::OfFigure(OfFigure { rebate: Some(rebate), .. }) => vec![rebate.above.get()],
            _ => Vec::new(),
        };
        points.into_iter().filter_map(|point| Inhabitants::new(point).ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(tiers: &[(u32, Option<u32>)]) -> Vec<String> {
        let tier = |(from, to): &(u32, Option<u32>)| Tier::of_amount(*from, *to, Sek::ZERO);
        match Tiers::new(tiers.iter().map(tier).collect()) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.iter().map(Error::to_string).collect(),
        }
    }

    /// "7 000–15 000 / 15 000–25 000" overlaps; "under 5 000 / 5 001–10 000" leaves a hole.
    #[test]
    fn every_population_falls_in_exactly_one_tier() {
        assert_eq!(faults(&[(0, Some(9_999)), (10_000, None)]), [""; 0]);
        assert_eq!(faults(&[(10_000, None), (1, Some(9_999))]), [""; 0]);
        assert_eq!(
            faults(&[(1, Some(15_000)), (15_000, None)]),
            ["a population of 15,000 falls in two tiers"]
        );
        assert_eq!(faults(&[(1, Some(4_999)), (5_001, None)]), ["no tier holds a population of 5,000"]);
        assert_eq!(
            faults(&[(100, Some(199)), (300, Some(399))]),
            [
                "no tier holds a population of 1 to 99",
                "no tier holds a population of 200 to 299",
                "no tier holds a population of 400 or more"
            ]
        );
        assert_eq!(faults(&[(1, None), (5, None)]), ["a population of 5 falls in two tiers"]);
        assert_eq!(faults(&[]), ["no tier holds a population of 1 or more"]);
        assert_eq!(
            faults(&[(1, Some(9)), (10, Some(8)), (10, None)]),
            ["a tier from 10 to 8 holds no population"]
        );
    }
}
