//! Sought: what a goal seek looks for, and where that stands in a tariff.
//! Units:   a value is told in kronor as the network decides them, at the price level of its clause, and worked with in exact öre of
//!          the year, before the escalation of the fee; a scale is a factor in both.
//! Errors:  SoughtAmountMustBeSet, SoughtAmountMustNotBeChained, AmountMustNotOverflow.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::error::Error;
use crate::explanation::Rule;
use crate::index::IndexFactor;
use crate::language::Language;
use crate::money::{Exact, FeeRate, Sek};
use crate::number::decimals_of;
use crate::ratio::Ratio;
use crate::rounding::Rounding;
use crate::schedule::{Parameter, Schedule};
use crate::shape::Shape;

/// What is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sought {
    /// The rate of the tariff, where it has one per inhabitant or per so many; all else stays.
    Rate,
    /// The base beside a rate; all else stays.
    Base,
    /// The floor of the tariff; all else stays.
    Floor,
    /// The ceiling of the tariff; all else stays, ceilings of single members too.
    Ceiling,
    /// The total that the members share.
    Total,
    /// One factor for every amount of the year: of the tariff, its classes and its components. The fees of the year before, which a
    /// limit is held against, stay.
    Scale,
}

impl Sought {
    /// The step that values are told in unless another is asked for: an öre of the rate, hundreds of kronor of base and bounds,
    /// a krona of a total, a hundredth of a percent of the scale.
    #[must_use]
    pub fn usual_step(self) -> Ratio {
        let step = match self {
            Sought::Rate => Ratio::new(1, 100),
            Sought::Base | Sought::Floor | Sought::Ceiling => Ratio::new(100, 1),
            Sought::Total => Ratio::new(1, 1),
            Sought::Scale => Ratio::new(1, 10_000),
        };
        step.unwrap_or(Ratio::ONE) // The denominators are not zero.
    }

    /// What is sought, for people: `avgiftssats`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        match self {
            Sought::Rate => language.say("sought-rate"),
            Sought::Base => language.say("sought-base"),
            Sought::Floor => Rule::Floor.text(language),
            Sought::Ceiling => Rule::Ceiling.text(language),
            Sought::Total => language.say("sought-total"),
            Sought::Scale => language.say("sought-scale"),
        }
    }

    /// A value from the number that people write: kronor, or percent of the scale.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn value_of(self, number: Decimal) -> Result<Ratio, Error> {
        match self {
            Sought::Scale => Ratio::from_decimal(number).over(Ratio::whole(100)),
            _ => Ok(Ratio::from_decimal(number)),
        }
    }

    /// A value for people: `1,473219… kr`, `103,74 %`; cut after six decimals, and … says so.
    #[must_use]
    pub fn value_text(self, value: Ratio, language: Language) -> String {
        let (value, least, unit) = match self {
            Sought::Rate => (Ok(value), 2, "kr"),
            Sought::Base | Sought::Floor | Sought::Ceiling | Sought::Total => (Ok(value), 0, "kr"),
            Sought::Scale => (value.times(Ratio::whole(100)), 0, "%"),
        };
        let text = value.and_then(|value| decimals_of(value, least, 6, language));
        text.map_or_else(|_| String::new(), |text| format!("{text} {unit}"))
    }

    /// Öre from kronor; a scale is counted as it is.
    pub(super) fn exact(self, value: Ratio) -> Result<Exact, Error> {
        match self {
            Sought::Scale => Ok(Exact::from_ore_ratio(value)),
            _ => value.times(Ratio::whole(100)).map(Exact::from_ore_ratio),
        }
    }

    /// Kronor from öre.
    pub(super) fn value(self, exact: Exact) -> Result<Ratio, Error> {
        match self {
            Sought::Scale => Ok(exact.ore_ratio()),
            _ => exact.kronor_ratio(),
        }
    }
}

/// The sought amount as it stands in a tariff.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    /// As decided, in kronor; 1 for a scale.
    pub(super) today: Ratio,
    factor: Option<&'a IndexFactor>,
    printed: Option<Rounding>,
}

impl<'a> Found<'a> {
    /// Where the tariff has the amount.
    ///
    /// # Errors
    /// `SoughtAmountMustBeSet`; `SoughtAmountMustNotBeChained` where no decided amount follows from that of the year.
    pub(super) fn of(schedule: &'a Schedule, sought: Sought) -> Result<Found<'a>, Error> {
        let tariff = || schedule.tariff().origin.clone();
        let found = match (sought, &schedule.main.shape) {
            (Sought::Rate, Shape::PerInhabitant { rate } | Shape::Linear { rate, .. }) => {
                Some(found(rate, Ratio::from_decimal(rate.decided.value.kronor())))
            }
            (Sought::Base, Shape::Linear { base: Some(base), .. }) => Some(amount(base)),
            (Sought::Total, Shape::Total { total, .. } | Shape::Percentages { total, .. }) => {
                Some(amount(total))
            }
            (Sought::Floor, _) => schedule.floor().map(amount),
            (Sought::Ceiling, _) => schedule.ceiling().map(amount),
            (Sought::Scale, _) => Some(Found { today: Ratio::ONE, factor: None, printed: None }),
            _ => None,
        };
        let found = found.ok_or_else(|| Error::SoughtAmountMustBeSet {
            sought,
            year: schedule.year(),
            tariff: tariff(),
        })?;
        if found.factor.is_some_and(IndexFactor::is_chained) {
            return Err(Error::SoughtAmountMustNotBeChained {
                sought,
                year: schedule.year(),
                tariff: tariff(),
            });
        }
        Ok(found)
    }

    /// What a decided value comes to in the year, with the rounding of a printed tariff.
    pub(super) fn of_the_year(self, decided: Exact) -> Result<Exact, Error> {
        match (self.factor, self.printed) {
            (Some(factor), Some(printed)) => factor.printed(decided, printed),
            (Some(factor), None) => decided.times(factor.ratio()),
            (None, _) => Ok(decided),
        }
    }

    /// The decided value, unrounded, that comes to a value in the year.
    pub(super) fn decided(self, value: Exact) -> Result<Exact, Error> {
        let factor = self.factor.map_or(Ratio::ONE, |factor| factor.ratio());
        value.ore_ratio().over(factor).map(Exact::from_ore_ratio)
    }

    /// The least value that the amount may have in the year, and the largest where there is one: the floor is never above a
    /// ceiling, neither as decided nor in the year.
    pub(super) fn domain(self, schedule: &Schedule, sought: Sought) -> Result<(Exact, Option<Exact>), Error> {
        // The other bound as it stands in the year and as decided; the latter carried as the sought one is.
        let both = |other: &Parameter<Sek>| {
            let factor = self.factor.map_or(Ratio::ONE, |factor| factor.ratio());
            Ok::<_, Error>([other.value, Exact::from(other.decided.value).times(factor)?])
        };
        Ok(match sought {
            Sought::Rate => (Exact::ZERO, Some(self.of_the_year(FeeRate::MAX.exact())?)),
            Sought::Floor => {
                let most = ceilings(schedule).map(both).collect::<Result<Vec<_>, Error>>()?;
                (Exact::ZERO, most.into_iter().flatten().min())
            }
            Sought::Ceiling => {
                let least = schedule.floor().map(both).transpose()?;
                (least.into_iter().flatten().max().unwrap_or(Exact::ZERO), None)
            }
            Sought::Base | Sought::Total | Sought::Scale => (Exact::ZERO, None),
        })
    }
}

/// Whether a decided value lies where the bounds let it: not above a ceiling as decided, not below the floor.
pub(super) fn side(schedule: &Schedule, sought: Sought, decided: Exact) -> Ordering {
    let as_decided = |bound: &Parameter<Sek>| Exact::from(bound.decided.value);
    match sought {
        Sought::Rate if decided > FeeRate::MAX.exact() => Ordering::Greater,
        Sought::Floor if ceilings(schedule).any(|ceiling| decided > as_decided(ceiling)) => Ordering::Greater,
        Sought::Ceiling if schedule.floor().is_some_and(|floor| decided < as_decided(floor)) => {
            Ordering::Less
        }
        _ => Ordering::Equal,
    }
}

/// The same of a value in the year.
pub(super) fn side_in_the_year(schedule: &Schedule, sought: Sought, value: Exact) -> Ordering {
    match sought {
        Sought::Floor if ceilings(schedule).any(|ceiling| value > ceiling.value) => Ordering::Greater,
        Sought::Ceiling if schedule.floor().is_some_and(|floor| value < floor.value) => Ordering::Less,
        _ => Ordering::Equal,
    }
}

/// The ceiling of the tariff and those of single members.
fn ceilings(schedule: &Schedule) -> impl Iterator<Item = &Parameter<Sek>> {
    schedule.main.ceiling.iter().chain(schedule.main.ceilings.values())
}

fn found<T>(parameter: &Parameter<T>, today: Ratio) -> Found<'_> {
    Found { today, factor: parameter.factor.as_ref(), printed: parameter.printed }
}

fn amount(parameter: &Parameter<Sek>) -> Found<'_> {
    found(parameter, Ratio::from_decimal(parameter.decided.value.to_decimal()))
}
