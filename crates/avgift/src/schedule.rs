//! Schedule: a tariff carried to one fee year, every figure that the rule needs fetched and checked once.
//! Rule:    each rate, amount and bound as decided × the index factor, where the clause escalates parameters; else the factor
//!          stands ready for the fee.
//! Units:   exact öre.
//! Errors:  TariffMustCoverYear, EscalatedFloorMustNotExceedCeiling, and those of `index`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::FeeYear;
use crate::error::Error;
use crate::federation::{Federation, FederationMode, FederationOfYear};
use crate::index::{IndexClause, IndexFactor, Indices};
use crate::membership::Member;
use crate::money::{Exact, FeeRate, Sek};
use crate::origin::{Origin, Sourced};
use crate::population::MunicipalityCode;
use crate::portion::Portion;
use crate::rounding::Rounding;
use crate::shape::{Shape, ShapeOfYear};
use crate::tariff::{Bounds, Tariff};
use crate::terms::{ClassTerms, Component, MemberClass, PreviousFee};
use crate::total::Shared;

/// A rate, an amount, a floor or a ceiling in a fee year: as decided, and as it stands after its own escalation, if it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter<T> {
    /// As decided, at the price level of the base.
    pub decided: Sourced<T>,
    /// The factor that carries this parameter alone to the fee year.
    #[serde(deserialize_with = "Option::deserialize")]
    pub factor: Option<IndexFactor>,
    /// The rounding of a printed tariff.
    #[serde(deserialize_with = "Option::deserialize")]
    pub printed: Option<Rounding>,
    /// The value in the fee year; before the escalation of the fee, where the clause escalates the fee.
    pub value: Exact,
}

impl<T> Parameter<T> {
    fn new(
        decided: Sourced<T>,
        base: Exact,
        escalation: Option<(IndexFactor, Option<Rounding>)>,
    ) -> Result<Parameter<T>, Error> {
        let Some((factor, printed)) = escalation else {
            return Ok(Parameter { decided, factor: None, printed: None, value: base });
        };
        let value = match printed {
            Some(rounding) => factor.printed(base, rounding)?,
            None => base.times(factor.ratio())?,
        };
        Ok(Parameter { decided, factor: Some(factor), printed, value })
    }

    /// The parameter made anew from what was decided and the figures of its factor.
    pub(crate) fn again(&self, base: Exact) -> Result<Parameter<T>, Error>
    where
        T: Clone,
    {
        let factor = self.factor.as_ref().map(IndexFactor::again);
        let escalation = factor.transpose()?.map(|factor| (factor, self.printed));
        Parameter::new(self.decided.clone(), base, escalation)
    }

    /// Where the value and its index figures were read.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.decided.origin.iter().chain(self.factor.iter().flat_map(IndexFactor::origins))
    }
}

/// A shape with its bounds and its factor in a fee year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Charge {
    pub(crate) shape: ShapeOfYear,
    pub(crate) floor: Option<Parameter<Sek>>,
    pub(crate) ceiling: Option<Parameter<Sek>>,
    /// Ceilings of single members.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) ceilings: BTreeMap<MunicipalityCode, Parameter<Sek>>,
    pub(crate) fee_factor: Option<IndexFactor>,
}

impl Charge {
    /// A shape and its bounds, carried to a fee year by an index clause.
    fn of(
        shape: &Shape,
        bounds: &Bounds,
        ceilings: &BTreeMap<MunicipalityCode, Sourced<Sek>>,
        clause: Option<&IndexClause>,
        year: FeeYear,
        indices: &Indices,
    ) -> Result<Charge, Error> {
        let factor = clause.map(|clause| clause.factor(year, indices)).transpose()?;
        let parameters = clause.and_then(|clause| clause.target.parameters());
        let escalation = |place: usize| {
            let (is_escalated, printed) = parameters?[place];
            is_escalated.then(|| factor.clone().map(|factor| (factor, printed))).flatten()
        };
        let [rates, amounts, floors, tops] = [0, 1, 2, 3].map(escalation);
        let shape = shape.carried(
            |amount| Parameter::new(amount.clone(), amount.value.into(), amounts.clone()),
            |rate| Parameter::new(rate.clone(), rate.value.exact(), rates.clone()),
        )?;
        let bound = |bound: Option<&Sourced<Sek>>, escalation| {
            bound.map(|bound| Parameter::new(bound.clone(), bound.value.into(), escalation)).transpose()
        };
        let floor = bound(bounds.floor(), floors)?;
        let ceiling = bound(bounds.ceiling(), tops.clone())?;
        let own = |(code, ceiling): (&MunicipalityCode, &Sourced<Sek>)| {
            let ceiling = Parameter::new(ceiling.clone(), ceiling.value.into(), tops.clone())?;
            Ok((*code, ceiling))
        };
        let ceilings = ceilings.iter().map(own).collect::<Result<BTreeMap<_, _>, Error>>()?;
        for ceiling in ceiling.iter().chain(ceilings.values()) {
            if let Some(floor) = floor.as_ref().filter(|floor| floor.value > ceiling.value) {
                return Err(Error::EscalatedFloorMustNotExceedCeiling {
                    year,
                    floor: floor.decided.origin.clone(),
                    ceiling: ceiling.decided.origin.clone(),
                });
            }
        }
        let fee_factor = factor.filter(|_| parameters.is_none());
        Ok(Charge { shape, floor, ceiling, ceilings, fee_factor })
    }

    /// What a member's fee is never above.
    pub(crate) fn ceiling_of(&self, member: &Member) -> Option<&Parameter<Sek>> {
        self.ceilings.get(&member.code).or(self.ceiling.as_ref())
    }

    /// What an amount comes to in the fee year: times the factor of the fee, where there is one.
    pub(crate) fn of_the_year(&self, amount: Exact) -> Result<Exact, Error> {
        match &self.fee_factor {
            Some(factor) => amount.times(factor.ratio()),
            None => Ok(amount),
        }
    }
}

/// A tariff carried to one fee year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Schedule {
    pub(crate) tariff: Tariff,
    pub(crate) year: FeeYear,
    #[serde(flatten)]
    pub(crate) main: Charge,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) classes: Vec<ClassOfYear>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) components: Vec<ComponentOfYear>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) federations: Vec<FederationOfYear>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) shared: Option<Shared>,
    /// What each member paid the year before, where the tariff limits the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) previous: Option<BTreeMap<MunicipalityCode, PreviousFee>>,
    /// The day that its figures were known on, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) known_on: Option<NaiveDate>,
}

/// A class of members in a fee year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassOfYear {
    pub(crate) name: String,
    /// What it pays in place of the others.
    pub(crate) own: Option<Charge>,
    /// What it pays of the others' fee.
    pub(crate) multiplier: Option<Sourced<Portion>>,
}

/// A component in a fee year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComponentOfYear {
    pub(crate) name: String,
    #[serde(flatten)]
    pub(crate) charge: Charge,
}

impl Tariff {
    /// The tariff carried to a fee year: every figure that the rule needs, fetched and checked once.
    ///
    /// # Errors
    /// Those of [`IndexClause::factor`] and [`Tariff::check`], `EscalatedFloorMustNotExceedCeiling`, `TariffMustCoverYear`.
    pub fn schedule(&self, year: FeeYear, indices: &Indices) -> Result<Schedule, Error> {
        if !self.covers(year) {
            return Err(Error::TariffMustCoverYear { year, newest: self.origin.clone() });
        }
        self.check().map_err(|mut errors| errors.swap_remove(0))?;
        let index = self.index.as_ref();
        let main = Charge::of(&self.shape, &self.bounds, &self.ceilings, index, year, indices)?;
        let class = |class: &MemberClass| {
            let (own, multiplier) = match &class.terms {
                ClassTerms::Own { shape, bounds } => {
                    (Some(Charge::of(shape, bounds, &self.ceilings, index, year, indices)?), None)
                }
                ClassTerms::Multiplied(multiplier) => (None, Some(multiplier.clone())),
            };
            Ok(ClassOfYear { name: class.name.clone(), own, multiplier })
        };
        let component = |one: &Component| {
            let none = BTreeMap::new();
            let charge = Charge::of(&one.shape, &one.bounds, &none, one.index.as_ref(), year, indices)?;
            Ok(ComponentOfYear { name: one.name.clone(), charge })
        };
        let federation = |one: &Federation| {
            let flat = match &one.mode {
                FederationMode::Flat { amount, .. } => Some(Shape::Flat { amount: amount.clone() }),
                FederationMode::Pooled { .. } | FederationMode::Discounted { .. } => None,
            };
            let (bounds, none) = (Bounds::default(), BTreeMap::new());
            let charge = flat.map(|flat| Charge::of(&flat, &bounds, &none, index, year, indices));
            Ok(FederationOfYear { payer: one.payer.clone(), charge: charge.transpose()?, pool: None })
        };
        Ok(Schedule {
            tariff: self.clone(),
            year,
            main,
            classes: self.classes.iter().map(class).collect::<Result<_, Error>>()?,
            components: self.components.iter().map(component).collect::<Result<_, Error>>()?,
            federations: self.federations.iter().map(federation).collect::<Result<_, Error>>()?,
            shared: None,
            previous: None,
            known_on: None,
        })
    }
}

impl Schedule {
    /// The tariff it was made from.
    #[must_use]
    pub fn tariff(&self) -> &Tariff {
        &self.tariff
    }

    /// The fee year.
    #[must_use]
    pub fn year(&self) -> FeeYear {
        self.year
    }

    /// The factor that escalates the fee, where the clause escalates the fee.
    #[must_use]
    pub fn fee_factor(&self) -> Option<&IndexFactor> {
        self.main.fee_factor.as_ref()
    }

    /// The shape, each of its amounts and rates as decided and in the fee year.
    #[must_use]
    pub fn shape(&self) -> &ShapeOfYear {
        &self.main.shape
    }

    /// The rate, as decided and in the fee year, where the shape is one rate per inhabitant and nothing else.
    #[must_use]
    pub fn rate(&self) -> Option<&Parameter<FeeRate>> {
        match &self.main.shape {
            Shape::PerInhabitant { rate } => Some(rate),
            _ => None,
        }
    }

    /// The class of a member; none where the tariff has no classes, or the member bears none.
    pub(crate) fn class_of(&self, member: &Member) -> Result<Option<&ClassOfYear>, Error> {
        let Some(name) = member.class.as_ref().filter(|_| !self.classes.is_empty()) else { return Ok(None) };
        let found = self.classes.iter().find(|class| class.name == name.value);
        found.map(Some).ok_or_else(|| Error::MemberClassMustBeKnown {
            member: Box::new(member.clone()),
            known: self.classes.iter().map(|class| class.name.clone()).collect(),
        })
    }

    /// The schedule with what its members paid the year before, for a tariff that limits the change. A member without a fee of
    /// the year before has no limit.
    #[must_use]
    pub fn after(self, previous: BTreeMap<MunicipalityCode, PreviousFee>) -> Schedule {
        Schedule { previous: Some(previous), ..self }
    }

    /// The schedule as one that rests on what was known on a day, or on everything.
    pub(crate) fn resting_on(self, day: Option<NaiveDate>) -> Schedule {
        Schedule { known_on: day, ..self }
    }

    /// The day that its figures were known on, where one was asked for.
    #[must_use]
    pub fn known_on(&self) -> Option<NaiveDate> {
        self.known_on
    }

    /// The floor, as decided and in the fee year.
    #[must_use]
    pub fn floor(&self) -> Option<&Parameter<Sek>> {
        self.main.floor.as_ref()
    }

    /// The ceiling, as decided and in the fee year.
    #[must_use]
    pub fn ceiling(&self) -> Option<&Parameter<Sek>> {
        self.main.ceiling.as_ref()
    }

    /// What an amount of the tariff comes to in the fee year: times the factor of the fee, where there is one.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn of_the_year(&self, amount: Exact) -> Result<Exact, Error> {
        self.main.of_the_year(amount)
    }
}
