//! Tariff (avgiftsmodell, taxa): the rule of the fee as dated data: shape, bounds, index clause, proration, rounding.
//! Rule:    rate, floor and ceiling are what the network decided for a price level; the index clause carries them to the
//!          fee year. A tariff holds from a fee year on, until it ends or the next begins.
//! Units:   kronor per inhabitant; whole öre for floor and ceiling.
//! Errors:  FloorMustNotExceedCeiling, EscalatedFloorMustNotExceedCeiling, TariffsMustNotOverlap, TariffMustCoverYear,
//!          and those of `index`.
//! Not here: the rule itself (see `assess`).

use serde::{Deserialize, Serialize};

use crate::calendar::{FeeYear, ReferenceDate};
use crate::error::Error;
use crate::index::{IndexClause, IndexFactor, Indices};
use crate::money::{Exact, FeeRate, Sek};
use crate::origin::{Origin, Sourced};
use crate::proration::Proration;
use crate::rounding::Rounding;

/// What turns inhabitants into money, before the bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Shape {
    /// So many kronor per inhabitant.
    PerInhabitant {
        /// The rate.
        rate: Sourced<FeeRate>,
    },
}

/// The floor and the ceiling of a fee; either may be absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Bounds {
    floor: Option<Sourced<Sek>>,
    ceiling: Option<Sourced<Sek>>,
}

impl Bounds {
    /// A floor and a ceiling.
    ///
    /// # Errors
    /// `FloorMustNotExceedCeiling`, `TariffAmountMustNotBeNegative`.
    pub fn new(floor: Option<Sourced<Sek>>, ceiling: Option<Sourced<Sek>>) -> Result<Bounds, Error> {
        if let Some(negative) = [&floor, &ceiling].into_iter().flatten().find(|bound| bound.value < Sek::ZERO)
        {
            return Err(Error::TariffAmountMustNotBeNegative { amount: negative.clone() });
        }
        if let (Some(floor), Some(ceiling)) = (&floor, &ceiling)
            && floor.value > ceiling.value
        {
            return Err(Error::FloorMustNotExceedCeiling { floor: floor.clone(), ceiling: ceiling.clone() });
        }
        Ok(Bounds { floor, ceiling })
    }

    /// What no fee is below.
    #[must_use]
    pub fn floor(&self) -> Option<&Sourced<Sek>> {
        self.floor.as_ref()
    }

    /// What no fee is above.
    #[must_use]
    pub fn ceiling(&self) -> Option<&Sourced<Sek>> {
        self.ceiling.as_ref()
    }
}

/// What an index clause escalates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EscalationTarget {
    /// The fee after the bounds; exactly the same as rate, floor and ceiling all three.
    Fee,
    /// Some parameters of the tariff, before the fee is computed.
    Parameters {
        /// Whether the rate is escalated.
        rate: bool,
        /// Whether the floor is.
        floor: bool,
        /// Whether the ceiling is.
        ceiling: bool,
        /// How the escalated parameters are rounded when the board decides a printed tariff.
        printed: Option<PrintedTariff>,
    },
}

/// The rounding of a printed tariff: a rounding of its own, before any fee is computed, decided by the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PrintedTariff {
    /// The step of the rate: to öre, as a rule.
    pub rate: Rounding,
    /// The step of floor and ceiling: to hundreds of kronor, as a rule.
    pub bounds: Rounding,
}

/// A tariff: everything the network decided about its fee.
///
/// ```
/// use avgift::{FeeYear, Tariff};
/// let tariff = Tariff::per_inhabitant("T", FeeYear::new(2023)?, "1,50 kr".parse()?)
///     .bounded("15 000 kr".parse()?, "120 000 kr".parse()?)?;
/// assert_eq!(tariff.bounds.floor().unwrap().value, "15 000 kr".parse()?);
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tariff {
    /// What the tariff is called.
    pub name: String,
    /// The first fee year.
    pub from: FeeYear,
    /// The last fee year, where it ends before another begins.
    pub to: Option<FeeYear>,
    /// Who decided it and when, as the user wrote it.
    pub decision: Option<String>,
    /// True for a made-up tariff: said wherever a figure of it is shown.
    pub illustrative: bool,
    /// What turns inhabitants into money.
    pub shape: Shape,
    /// Floor and ceiling.
    pub bounds: Bounds,
    /// The index clause, where there is one.
    pub index: Option<IndexClause>,
    /// Which day's population counts.
    pub reference_date: ReferenceDate,
    /// What a member owes that joins or leaves within the year.
    pub proration: Proration,
    /// The one rounding, at the end.
    pub rounding: Rounding,
    /// Where it stands.
    pub origin: Option<Origin>,
}

impl Tariff {
    /// A tariff of so much per inhabitant, with no bounds, no index, the default reference date and rounding.
    #[must_use]
    pub fn per_inhabitant(name: impl Into<String>, from: FeeYear, rate: FeeRate) -> Tariff {
        Tariff {
            name: name.into(),
            from,
            to: None,
            decision: None,
            illustrative: false,
            shape: Shape::PerInhabitant { rate: rate.into() },
            bounds: Bounds::default(),
            index: None,
            reference_date: ReferenceDate::default(),
            proration: Proration::default(),
            rounding: Rounding::default(),
            origin: None,
        }
    }

    /// The same tariff with a floor and a ceiling.
    ///
    /// # Errors
    /// `FloorMustNotExceedCeiling`, `TariffAmountMustNotBeNegative`.
    pub fn bounded(self, floor: Sek, ceiling: Sek) -> Result<Tariff, Error> {
        Ok(Tariff { bounds: Bounds::new(Some(floor.into()), Some(ceiling.into()))?, ..self })
    }

    /// The same tariff with an index clause.
    #[must_use]
    pub fn indexed(self, clause: IndexClause) -> Tariff {
        Tariff { index: Some(clause), ..self }
    }

    /// Whether the tariff is in force in a fee year, other tariffs apart.
    #[must_use]
    pub fn covers(&self, year: FeeYear) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }

    /// The tariff carried to a fee year: every figure that the rule needs, fetched and checked once.
    ///
    /// # Errors
    /// Those of [`IndexClause::factor`], `EscalatedFloorMustNotExceedCeiling`, `TariffMustCoverYear`.
    pub fn schedule(&self, year: FeeYear, indices: &Indices) -> Result<Schedule, Error> {
        if !self.covers(year) {
            return Err(Error::TariffMustCoverYear { year, newest: self.origin.clone() });
        }
        let factor = self.index.as_ref().map(|clause| clause.factor(year, indices)).transpose()?;
        let (fee_factor, parameter_factor) = match self.index.as_ref().map(|clause| clause.target) {
            Some(EscalationTarget::Fee) => (factor, None),
            Some(target @ EscalationTarget::Parameters { .. }) => {
                (None, factor.map(|factor| (target, factor)))
            }
            None => (None, None),
        };
        let chosen = |choose: fn(EscalationTarget) -> (bool, Option<Rounding>)| {
            parameter_factor.as_ref().and_then(|(target, factor)| {
                let (escalated, printed) = choose(*target);
                escalated.then(|| (factor.clone(), printed))
            })
        };
        let Shape::PerInhabitant { rate } = &self.shape;
        let rate = Parameter::new(rate.clone(), rate.value.exact(), chosen(EscalationTarget::for_rate))?;
        let bound = |bound: &Option<Sourced<Sek>>, choice| {
            bound.as_ref().map(|bound| Parameter::new(bound.clone(), bound.value.into(), choice)).transpose()
        };
        let floor = bound(&self.bounds.floor, chosen(EscalationTarget::for_floor))?;
        let ceiling = bound(&self.bounds.ceiling, chosen(EscalationTarget::for_ceiling))?;
        if let (Some(floor), Some(ceiling)) = (&floor, &ceiling)
            && floor.value > ceiling.value
        {
            return Err(Error::EscalatedFloorMustNotExceedCeiling {
                year,
                floor: floor.decided.origin.clone(),
                ceiling: ceiling.decided.origin.clone(),
            });
        }
        Ok(Schedule { tariff: self.clone(), year, rate, floor, ceiling, fee_factor })
    }
}

impl EscalationTarget {
    fn for_rate(self) -> (bool, Option<Rounding>) {
        match self {
            EscalationTarget::Parameters { rate, printed, .. } => (rate, printed.map(|printed| printed.rate)),
            EscalationTarget::Fee => (false, None),
        }
    }

    fn for_floor(self) -> (bool, Option<Rounding>) {
        match self {
            EscalationTarget::Parameters { floor, printed, .. } => {
                (floor, printed.map(|printed| printed.bounds))
            }
            EscalationTarget::Fee => (false, None),
        }
    }

    fn for_ceiling(self) -> (bool, Option<Rounding>) {
        match self {
            EscalationTarget::Parameters { ceiling, printed, .. } => {
                (ceiling, printed.map(|printed| printed.bounds))
            }
            EscalationTarget::Fee => (false, None),
        }
    }
}

/// A rate, floor or ceiling in a fee year: as decided, and as it stands after its own escalation, if it has one.
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

/// A tariff carried to one fee year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Schedule {
    pub(crate) tariff: Tariff,
    pub(crate) year: FeeYear,
    pub(crate) rate: Parameter<FeeRate>,
    pub(crate) floor: Option<Parameter<Sek>>,
    pub(crate) ceiling: Option<Parameter<Sek>>,
    pub(crate) fee_factor: Option<IndexFactor>,
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
        self.fee_factor.as_ref()
    }

    /// The rate, as decided and in the fee year.
    #[must_use]
    pub fn rate(&self) -> &Parameter<FeeRate> {
        &self.rate
    }

    /// The floor, as decided and in the fee year.
    #[must_use]
    pub fn floor(&self) -> Option<&Parameter<Sek>> {
        self.floor.as_ref()
    }

    /// The ceiling, as decided and in the fee year.
    #[must_use]
    pub fn ceiling(&self) -> Option<&Parameter<Sek>> {
        self.ceiling.as_ref()
    }

    /// What an amount of the tariff comes to in the fee year: times the factor of the fee, where there is one.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn of_the_year(&self, amount: Exact) -> Result<Exact, Error> {
        match &self.fee_factor {
            Some(factor) => amount.times(factor.ratio()),
            None => Ok(amount),
        }
    }
}

/// The tariffs of a network, one after another.
#[derive(Debug, Clone, Default)]
pub struct Tariffs(Vec<Tariff>);

impl Tariffs {
    /// Tariffs in the order of their first fee years; one without an end holds until the next begins.
    ///
    /// # Errors
    /// `TariffsMustNotOverlap`, one for each pair.
    pub fn new(mut tariffs: Vec<Tariff>) -> Result<Tariffs, Vec<Error>> {
        tariffs.sort_by_key(|tariff| tariff.from);
        let overlap = |pair: &[Tariff]| {
            let [earlier, later] = pair else { return None };
            let overlapping = earlier.from == later.from || earlier.to.is_some_and(|to| to >= later.from);
            overlapping.then(|| Error::TariffsMustNotOverlap {
                year: later.from,
                first: earlier.name.clone(),
                second: later.name.clone(),
                origins: [&later.origin, &earlier.origin].into_iter().flatten().cloned().collect(),
            })
        };
        let errors: Vec<Error> = tariffs.windows(2).filter_map(overlap).collect();
        if errors.is_empty() { Ok(Tariffs(tariffs)) } else { Err(errors) }
    }

    /// The tariff of a fee year.
    ///
    /// # Errors
    /// `TariffMustCoverYear`.
    pub fn in_year(&self, year: FeeYear) -> Result<&Tariff, Error> {
        let newest = self.0.iter().rfind(|tariff| tariff.from <= year);
        newest.filter(|tariff| tariff.covers(year)).ok_or_else(|| Error::TariffMustCoverYear {
            year,
            newest: newest.or(self.0.first()).and_then(|tariff| tariff.origin.clone()),
        })
    }

    /// All tariffs, by first fee year.
    pub fn iter(&self) -> impl Iterator<Item = &Tariff> {
        self.0.iter()
    }
}
