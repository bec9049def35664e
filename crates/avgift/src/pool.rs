//! Pool: the members that a federation pays for as one, and how its one fee is told member by member.
//! Rule:    the members stand by code, each with its own population, of which the federation has the sum. The fee of the
//!          federation, rounded once, is split by a key that was written: each part down to a whole step, and one step more to
//!          those with the largest remainders, ties by municipality code. So the parts sum to the fee.
//! Units:   whole inhabitants; whole öre, multiples of the rounding step.
//! Errors:  InhabitantsMustBeInRange for a sum above all sense, AmountMustNotOverflow.

use chrono::NaiveDate;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::error::Error;
use crate::money::{Exact, Sek};
use crate::origin::{Origin, Sourced};
use crate::population::{Inhabitants, MunicipalityCode, PopulationFigure};
use crate::ratio::Ratio;
use crate::reading::as_written;
use crate::rounding::Rounding;
use crate::total::{Apportioned, apportion};

/// By what the one fee of a federation is told member by member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SplitKey {
    /// The inhabitants.
    Population,
    /// One part each.
    Equal,
}

/// One member of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PooledMember {
    /// Its municipality code.
    pub code: MunicipalityCode,
    /// Its name.
    pub name: String,
    /// Its inhabitants.
    pub inhabitants: Inhabitants,
    /// The day that was counted.
    #[serde(deserialize_with = "as_written")]
    pub reference_date: NaiveDate,
    /// Where the figure was read.
    #[serde(deserialize_with = "Option::deserialize")]
    pub origin: Option<Origin>,
}

/// The members that a federation pays for as one, by code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Pool {
    members: Vec<PooledMember>,
    #[serde(skip)]
    inhabitants: Inhabitants,
}

impl Pool {
    /// A pool of members, in any order.
    ///
    /// # Errors
    /// `InhabitantsMustBeInRange` for no member at all, and for more than 9 999 999 inhabitants together.
    pub(crate) fn new(mut members: Vec<PooledMember>) -> Result<Pool, Error> {
        members.sort_by_key(|member| member.code);
        // No more members than there are codes, and none above ten million, so the sum fits.
        let sum: u64 = members.iter().map(|member| u64::from(member.inhabitants.get())).sum();
        let refused = || Error::InhabitantsMustBeInRange { text: sum.to_string() };
        let inhabitants = u32::try_from(sum).ok().and_then(|sum| Inhabitants::new(sum).ok());
        Ok(Pool { inhabitants: inhabitants.ok_or_else(refused)?, members })
    }

    /// The members, by code.
    pub fn members(&self) -> impl ExactSizeIterator<Item = &PooledMember> {
        self.members.iter()
    }

    /// The inhabitants of all members together.
    #[must_use]
    pub fn inhabitants(&self) -> Inhabitants {
        self.inhabitants
    }

    /// Whether all its figures are of one day; else some stand in for later ones.
    #[must_use]
    pub fn is_of_one_day(&self) -> bool {
        self.members.windows(2).all(|pair| pair[0].reference_date == pair[1].reference_date)
    }

    /// Whether a member stands in it with this population.
    pub(crate) fn holds(&self, figure: &PopulationFigure) -> bool {
        let is_it = |member: &PooledMember| {
            (member.code, member.inhabitants, member.reference_date)
                == (figure.code, figure.inhabitants, figure.reference_date)
        };
        self.members.iter().any(is_it)
    }

    /// Whether every figure is of the day that is asked for.
    pub(crate) fn is_of(&self, asked_for: NaiveDate) -> bool {
        self.members.iter().all(|member| member.reference_date == asked_for)
    }

    /// The part of a member of a fee, which is a multiple of the rounding step; nothing where it is no member.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub(crate) fn split(
        &self,
        code: MunicipalityCode,
        whole: Sek,
        key: &Sourced<SplitKey>,
        rounding: Rounding,
    ) -> Result<Option<(Sek, Split)>, Error> {
        let own = |member: &PooledMember| match key.value {
            SplitKey::Population => member.inhabitants.get(),
            SplitKey::Equal => 1,
        };
        let all: u32 = self.members.iter().map(own).sum(); // At most the inhabitants, which fit.
        let part = |own: u32| Exact::from(whole).times(Ratio::new(own.into(), all.into())?);
        let parts = self.members.iter().map(|member| Ok((member.code, part(own(member))?)));
        let places = apportion(&parts.collect::<Result<Vec<_>, Error>>()?, rounding)?;
        let member = self.members.iter().find(|member| member.code == code);
        let Some((own, apportioned)) = member.map(own).zip(places.get(&code).copied()) else {
            return Ok(None);
        };
        let split = Split { key: key.clone(), whole, own, all, apportioned };
        Ok(Some((apportioned.round(part(own)?)?, split)))
    }
}

impl<'de> Deserialize<'de> for Pool {
    /// Members in the order that they were written in, each once.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pool, D::Error> {
        let members = Vec::<PooledMember>::deserialize(deserializer)?;
        if !members.is_sorted_by(|one, next| one.code < next.code) {
            return Err(D::Error::custom("the members of a federation do not stand by code, each once"));
        }
        Pool::new(members).map_err(D::Error::custom)
    }
}

/// How the fee of a federation is told for one of its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// By what.
    pub key: Sourced<SplitKey>,
    /// The fee of the federation.
    pub whole: Sek,
    /// The member's own: its inhabitants, or one.
    pub own: u32,
    /// That of all members.
    pub all: u32,
    /// The place of its remainder, and how many are rounded up.
    pub apportioned: Apportioned,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(counts: &[u32]) -> Pool {
        let member = |(place, count): (usize, &u32)| PooledMember {
            code: format!("14{:02}", place + 1).parse().unwrap(),
            name: String::new(),
            inhabitants: Inhabitants::new(*count).unwrap(),
            reference_date: NaiveDate::MIN,
            origin: None,
        };
        Pool::new(counts.iter().enumerate().map(member).collect()).unwrap()
    }

    fn kronor(pool: &Pool, whole: i64, key: SplitKey) -> Vec<i64> {
        let part = |member: &PooledMember| {
            let whole = Sek::from_ore(whole * 100);
            let (part, split) =
                pool.split(member.code, whole, &key.into(), Rounding::Krona).unwrap().unwrap();
            assert_eq!(split.all, if key == SplitKey::Equal { 3 } else { pool.inhabitants().get() });
            part.ore() / 100
        };
        pool.members().map(part).collect()
    }

    /// 100 kr by 3, 2 and 2 of 7: 42,86, 28,57 and 28,57; the largest remainder goes up, then the first code.
    #[test]
    fn the_largest_remainders_go_up_and_ties_by_code() {
        let pool = pool(&[3, 2, 2]);
        assert_eq!(kronor(&pool, 100, SplitKey::Population), [43, 29, 28]);
        assert_eq!(kronor(&pool, 100, SplitKey::Equal), [34, 33, 33]);
        assert_eq!(kronor(&pool, 101, SplitKey::Equal), [34, 34, 33]);
        assert_eq!(kronor(&pool, 102, SplitKey::Equal), [34, 34, 34]);
        assert_eq!(kronor(&pool, 0, SplitKey::Population), [0, 0, 0]);
    }

    /// Two federations of all that may be one municipality, and one inhabitant more.
    #[test]
    fn no_pool_is_larger_than_a_population() {
        let of = |counts: &[u32]| {
            Pool::new(pool(&counts[..1]).members.into_iter().chain(pool(&counts[1..]).members).collect())
        };
        assert_eq!(of(&[1, 9_999_998]).unwrap().inhabitants(), Inhabitants::MAX);
        assert_eq!(
            of(&[1, 9_999_999]).unwrap_err().to_string(),
            "`10000000` is not a number of inhabitants of a municipality"
        );
        assert!(Pool::new(Vec::new()).is_err());
    }
}
