//! Total: a sum that the network decides, shared by its members.
//! Rule:    each member's share is exact: the total × weight × its own key / the key of all who share, summed over the keys.
//!          The shares are then rounded so that they sum to the total: each down to a whole step, and one step more to those
//!          with the largest remainders, ties by municipality code.
//! Units:   keys are inhabitants, ones or figures of a member; steps are those of the tariff's rounding.
//! Errors:  TotalMustHaveItsMembers, MemberMustHaveAShare, ShareMustBeOfAMember, KeyMustNotBeNothing, AmountMustNotOverflow.
//! Trap:    a larger total can lower a share (the Alabama paradox): keys 6, 6, 2 share 10 as 4, 4, 2 and 11 as 5, 5, 1.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::explanation::Value;
use crate::membership::Member;
use crate::money::{Exact, Sek};
use crate::origin::Origin;
use crate::origin::Sourced;
use crate::population::{Inhabitants, MunicipalityCode, PopulationFigure};
use crate::portion::Portion;
use crate::ratio::Ratio;
use crate::reckoning::Reckoning;
use crate::rounding::Rounding;
use crate::schedule::{Parameter, Schedule};
use crate::shape::Shape;

/// What a total is shared by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// The inhabitants.
    Population,
    /// One part each.
    Equal,
    /// A figure of the member, such as its taxable income.
    Figure(String),
}

/// A key and how much of the total is shared by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeightedKey {
    /// The key.
    pub key: Key,
    /// How much of the total.
    pub weight: Sourced<Portion>,
}

/// Which members share a total: the denominator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Among {
    /// Every member of the year whose class has no fee of its own.
    All,
    /// These. Any other member needs a class with a fee of its own.
    These(BTreeMap<MunicipalityCode, Option<Origin>>),
}

/// One member's part of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyShare {
    /// The key.
    pub key: Key,
    /// How much of the total is shared by it.
    pub weight: Sourced<Portion>,
    /// The member's own: inhabitants, one, or its figure.
    pub own: Ratio,
    /// That of all who share.
    pub all: Ratio,
    /// Where the member's own figure was read.
    #[serde(deserialize_with = "Option::deserialize")]
    pub origin: Option<Origin>,
}

/// How a share was rounded, so that all of them sum to the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apportioned {
    /// The step.
    pub rounding: Rounding,
    /// The place of its remainder among those of all who share, the largest first, ties by code; from 1.
    pub place: u32,
    /// How many of the largest remainders are rounded up.
    pub raised: u32,
    /// How many share.
    pub members: u32,
}

impl Apportioned {
    /// The share in whole steps.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn round(self, share: Exact) -> Result<Sek, Error> {
        let (below, _) = floor(share, self.rounding)?;
        let step = if self.place <= self.raised { self.rounding.step_ore() } else { 0 };
        below.checked_add(step).map(Sek::from_ore).ok_or(Error::AmountMustNotOverflow)
    }
}

/// A share in whole steps from below, in öre, and what is left of it.
fn floor(share: Exact, rounding: Rounding) -> Result<(i64, Ratio), Error> {
    let (ore, step) = (share.ore_ratio(), Ratio::whole(rounding.step_ore()));
    let steps = ore.over(step)?;
    let whole = steps.numerator().div_euclid(steps.denominator());
    let below = i64::try_from(whole).ok().and_then(|whole| whole.checked_mul(rounding.step_ore()));
    let below = below.ok_or(Error::AmountMustNotOverflow)?;
    Ok((below, ore.minus(Ratio::whole(below))?))
}

/// How each of several exact shares, each under a key of its own, is rounded so that they sum to their own sum in whole steps;
/// ties go by the key.
///
/// ```
/// use avgift::{Exact, MunicipalityCode, Ratio, Rounding, apportion};
/// let share = |code: &str, öre| Ok::<_, avgift::Error>((code.parse::<MunicipalityCode>()?, Exact::from_ore_ratio(Ratio::new(öre, 3)?)));
/// let shares = [share("1440", 100)?, share("1441", 100)?, share("1442", 100)?];
/// let rounded = apportion(&shares, Rounding::Ore)?;
/// let öre: Vec<i64> = shares.iter().map(|(code, share)| rounded[code].round(*share).map(|sek| sek.ore())).collect::<Result<_, _>>()?;
/// assert_eq!(öre, [34, 33, 33]);
/// # Ok::<(), avgift::Error>(())
/// ```
///
/// # Errors
/// `AmountMustNotOverflow`.
pub fn apportion<K: Ord + Copy>(
    shares: &[(K, Exact)],
    rounding: Rounding,
) -> Result<BTreeMap<K, Apportioned>, Error> {
    let mut exact = Exact::ZERO;
    let mut below = 0_i64;
    let mut remainders = Vec::with_capacity(shares.len());
    for (code, share) in shares {
        exact = exact.plus(*share)?;
        let (floor, rest) = floor(*share, rounding)?;
        below = below.checked_add(floor).ok_or(Error::AmountMustNotOverflow)?;
        remainders.push((rest, *code));
    }
    let missing = rounding.round(exact)?.ore().checked_sub(below).ok_or(Error::AmountMustNotOverflow)?;
    let raised = u32::try_from(missing / rounding.step_ore()).map_err(|_| Error::AmountMustNotOverflow)?;
    remainders.sort_by(|(rest, code), (other_rest, other)| other_rest.cmp(rest).then(code.cmp(other)));
    let members = u32::try_from(shares.len()).map_err(|_| Error::AmountMustNotOverflow)?;
    let places = (1..).zip(remainders);
    Ok(places.map(|(place, (_, code))| (code, Apportioned { rounding, place, raised, members })).collect())
}

/// What the members of a year share by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Shared {
    members: u32,
    /// The sum of each key, in the order of the keys.
    sums: Vec<Ratio>,
    #[serde(skip)]
    apportioned: BTreeMap<MunicipalityCode, Apportioned>,
}

impl Shared {
    /// How a member's share is rounded; nothing while the shares are computed for the first time.
    pub(crate) fn apportioned(&self, code: MunicipalityCode) -> Option<Apportioned> {
        self.apportioned.get(&code).copied()
    }

    /// The denominators alone: nothing of how a share is rounded.
    pub(crate) fn without_places(&self) -> Shared {
        Shared { apportioned: BTreeMap::new(), ..self.clone() }
    }

    /// What a total comes to for a member.
    pub(crate) fn reckon(
        &self,
        total: &Parameter<Sek>,
        keys: &[WeightedKey],
        member: &Member,
        inhabitants: Inhabitants,
        schedule: &Schedule,
    ) -> Result<Reckoning, Error> {
        let keys = keys.iter().zip(&self.sums).map(|(weighted, all)| {
            let (own, origin) = weighted.key.of(member, inhabitants, schedule)?;
            let (key, weight) = (weighted.key.clone(), weighted.weight.clone());
            Ok(KeyShare { key, weight, own, all: *all, origin })
        });
        let keys = keys.collect::<Result<Vec<KeyShare>, Error>>()?;
        Ok(Reckoning::Shared { total: total.clone(), members: self.members, keys })
    }
}

impl Key {
    /// A member's own, and where it was read.
    fn of(
        &self,
        member: &Member,
        inhabitants: Inhabitants,
        schedule: &Schedule,
    ) -> Result<(Ratio, Option<Origin>), Error> {
        Ok(match self {
            Key::Population => (Ratio::whole(inhabitants.get().into()), None),
            Key::Equal => (Ratio::ONE, None),
            Key::Figure(name) => {
                let figure = member.figure(name, schedule.year)?;
                (figure.value.ratio(), figure.origin.clone())
            }
        })
    }
}

impl Schedule {
    /// Whether a fee hangs on all members: the tariff shares a total, or charges a federation as one.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        let as_one = self.tariff.federations.iter().any(|federation| federation.mode.as_one().is_some());
        as_one || self.shares_a_total()
    }

    fn shares_a_total(&self) -> bool {
        matches!(self.main.shape, Shape::Total { .. } | Shape::Percentages { .. })
    }

    /// The schedule with the members of its year, each with its population: what a shared total needs for its denominators and
    /// its largest remainders, and a federation that is charged as one for its fee. Of any other tariff, the schedule as it is.
    ///
    /// ```
    /// use avgift::{Among, FeeYear, Indices, Key, Member, PopulationFigure, Sek, Shape, Tariff, WeightedKey};
    /// let year = FeeYear::new(2024)?;
    /// let keys = vec![WeightedKey { key: Key::Population, weight: "100 %".parse::<avgift::Portion>()?.into() }];
    /// let total = "100 003 kr".parse::<Sek>()?.into();
    /// let tariff = Tariff::of("T", year, Shape::Total { total, keys, among: Among::All });
    /// let of = |code: &str, count| Ok((Member::new(code.parse()?, code), PopulationFigure::of_year_end(code.parse()?, 2023, count)?));
    /// let members = [of("1438", 4_606)?, of("1460", 9_138)?];
    /// let members: Vec<_> = members.iter().map(|(member, population)| (member, population)).collect();
    /// let schedule = tariff.schedule(year, &Indices::new())?.among(&members).expect("both share");
    /// let fees = members.iter().map(|(member, population)| Ok(schedule.assess(member, population)?.fee()));
    /// assert_eq!(Sek::sum(fees.collect::<Result<Vec<_>, avgift::Error>>()?)?, "100 003 kr".parse()?);
    /// # Ok::<(), avgift::Error>(())
    /// ```
    ///
    /// # Errors
    /// All at once: `MemberMustHaveAShare`, `ShareMustBeOfAMember`, `KeyMustNotBeNothing`, `MemberMustHaveItsFigure`,
    /// `MemberClassMustBeKnown`; `FederationMustPayForAMember`, `FederationMembersMustBeAlike`.
    pub fn among(self, members: &[(&Member, &PopulationFigure)]) -> Result<Schedule, Vec<Error>> {
        let schedule = self.federated(members)?;
        if schedule.shares_a_total() { schedule.sharing(members) } else { Ok(schedule) }
    }

    /// The schedule with what the members of a total share by.
    fn sharing(self, members: &[(&Member, &PopulationFigure)]) -> Result<Schedule, Vec<Error>> {
        let mut errors = Vec::new();
        let sharing: Vec<_> = members
            .iter()
            .filter(|(member, _)| match self.class_of(member) {
                Ok(class) => class.is_none_or(|class| class.own.is_none()),
                Err(error) => {
                    errors.push(error);
                    false
                }
            })
            .copied()
            .collect();
        errors.extend(self.strangers(&sharing));
        let sums = match &self.main.shape {
            Shape::Total { keys, .. } => self.sums(keys, &sharing, &mut errors),
            _ => Vec::new(),
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        let one = |error: Error| vec![error];
        let count = u32::try_from(sharing.len()).map_err(|_| one(Error::AmountMustNotOverflow))?;
        let shared = Shared { members: count, sums, apportioned: BTreeMap::new() };
        let schedule = Schedule { shared: Some(shared.clone()), ..self };
        let mut shares = Vec::with_capacity(sharing.len());
        for (member, population) in sharing {
            match schedule.assess(member, population) {
                Ok(assessment) => {
                    let before = assessment.steps().iter().rev().find_map(|step| match step.value {
                        Value::Exact(amount) => Some(amount),
                        _ => None,
                    });
                    shares.push((member.code, before.unwrap_or(Exact::ZERO)));
                }
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let apportioned = apportion(&shares, schedule.tariff.rounding).map_err(one)?;
        Ok(Schedule { shared: Some(Shared { apportioned, ..shared }), ..schedule })
    }

    /// The denominators of the total among any members, whoever is to share it.
    pub(crate) fn denominators(&self, sharing: &[(&Member, &PopulationFigure)]) -> Result<Shared, Error> {
        let mut errors = Vec::new();
        let sums = match &self.main.shape {
            Shape::Total { keys, .. } => self.sums(keys, sharing, &mut errors),
            _ => Vec::new(),
        };
        if let Some(error) = errors.into_iter().next() {
            return Err(error);
        }
        let members = u32::try_from(sharing.len()).map_err(|_| Error::AmountMustNotOverflow)?;
        Ok(Shared { members, sums, apportioned: BTreeMap::new() })
    }

    /// Members that have no share, and shares that have no member.
    fn strangers(&self, sharing: &[(&Member, &PopulationFigure)]) -> Vec<Error> {
        let listed: BTreeMap<MunicipalityCode, Option<Origin>> = match &self.main.shape {
            Shape::Total { among: Among::These(these), .. } => these.clone(),
            Shape::Percentages { portions, .. } => {
                portions.iter().map(|(code, portion)| (*code, portion.origin.clone())).collect()
            }
            _ => return Vec::new(),
        };
        let without = sharing.iter().filter(|(member, _)| !listed.contains_key(&member.code));
        let without = without.map(|(member, _)| Error::MemberMustHaveAShare {
            member: Box::new((*member).clone()),
            year: self.year,
        });
        let nobody =
            listed.iter().filter(|(code, _)| !sharing.iter().any(|(member, _)| member.code == **code));
        let nobody = nobody.map(|(code, origin)| Error::ShareMustBeOfAMember {
            code: *code,
            year: self.year,
            origin: origin.clone(),
        });
        without.chain(nobody).collect()
    }

    /// The sum of each key over those who share.
    fn sums(
        &self,
        keys: &[WeightedKey],
        sharing: &[(&Member, &PopulationFigure)],
        errors: &mut Vec<Error>,
    ) -> Vec<Ratio> {
        let mut sums = Vec::with_capacity(keys.len());
        for WeightedKey { key, weight } in keys {
            let mut sum = Ratio::ZERO;
            for (member, population) in sharing {
                let own = key.of(member, population.inhabitants, self);
                match own.and_then(|(own, _)| sum.plus(own)) {
                    Ok(larger) => sum = larger,
                    Err(error) => errors.push(error),
                }
            }
            if sum == Ratio::ZERO && errors.is_empty() {
                let origin = weight.origin.clone();
                errors.push(Error::KeyMustNotBeNothing { key: key.clone(), year: self.year, origin });
            }
            sums.push(sum);
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(keys: &[i64], total: i64) -> Vec<i64> {
        let all: i64 = keys.iter().sum();
        let share = |(place, key): (usize, &i64)| {
            let code: MunicipalityCode = format!("14{:02}", place + 1).parse().unwrap();
            (code, Exact::from_ore_ratio(Ratio::new(i128::from(total * key), all.into()).unwrap()))
        };
        let shares: Vec<_> = keys.iter().enumerate().map(share).collect();
        let places = apportion(&shares, Rounding::Ore).unwrap();
        shares.iter().map(|(code, share)| places[code].round(*share).unwrap().ore()).collect()
    }

    /// The Alabama paradox: a larger total lowers the share of the smallest.
    #[test]
    fn the_largest_remainders_are_rounded_up() {
        assert_eq!(rounded(&[6, 6, 2], 10), [4, 4, 2]);
        assert_eq!(rounded(&[6, 6, 2], 11), [5, 5, 1]);
    }

    #[test]
    fn equal_remainders_go_by_code() {
        assert_eq!(rounded(&[1, 1, 1], 100), [34, 33, 33]);
        assert_eq!(rounded(&[1, 1, 1], 101), [34, 34, 33]);
        assert_eq!(rounded(&[1, 1, 1], 102), [34, 34, 34]);
        assert_eq!(rounded(&[1, 0], 7), [7, 0]);
    }
}
