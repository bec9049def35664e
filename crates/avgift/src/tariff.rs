//! Tariff (avgiftsmodell, taxa): the rule of the fee as dated data: shape, bounds, index clause, proration, rounding.
//! Rule:    rate, floor and ceiling are what the network decided for a price level; the index clause carries them to the
//!          fee year. A tariff holds from a fee year on, until it ends or the next begins.
//! Units:   kronor per inhabitant; whole öre for floor and ceiling.
//! Errors:  FloorMustNotExceedCeiling, TariffsMustNotOverlap, TariffMustCoverYear, and those of `index`.
//! Not here: the shapes (see `shape`), a tariff in a fee year (see `schedule`), the rule itself (see `assess`).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::calendar::{FeeYear, ReferenceDate};
use crate::error::Error;
use crate::federation::Federation;
use crate::index::IndexClause;
use crate::money::{FeeRate, Sek};
use crate::origin::{Origin, Sourced};
use crate::population::MunicipalityCode;
use crate::proration::Proration;
use crate::rounding::Rounding;
use crate::shape::Shape;
use crate::terms::{Component, MemberClass, YearFactor, YearlyLimit};

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
        /// Whether the rate is escalated, or each of several.
        rate: bool,
        /// Whether base, fixed amounts and totals are; without effect where the tariff has none.
        amount: bool,
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
    /// The step of floor, ceiling and fixed amounts: to hundreds of kronor, as a rule.
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
    /// Classes of members with terms of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<MemberClass>,
    /// Ceilings of single members, each in place of the tariff's.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub ceilings: BTreeMap<MunicipalityCode, Sourced<Sek>>,
    /// What is added after the bounds and the index.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
    /// Factors on the fees of single years.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub year_factors: Vec<YearFactor>,
    /// How much a fee may differ from that of the year before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<YearlyLimit>,
    /// What a member pays once, with the fee of the year in which it joins; neither escalated nor prorated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joining_fee: Option<Sourced<Sek>>,
    /// Payers whose members are charged in another way than each by the rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub federations: Vec<Federation>,
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
        Tariff::of(name, from, Shape::PerInhabitant { rate: rate.into() })
    }

    /// A tariff of any shape, with no bounds, no index, the default reference date and rounding.
    ///
    /// ```
    /// use avgift::{FeeYear, Indices, Member, PopulationFigure, Shape, Tariff};
    /// let year = FeeYear::new(2024)?;
    /// let tariff = Tariff::of("T", year, Shape::Flat { amount: avgift::Sek::from_kronor(25_000)?.into() });
    /// let ale = Member::new("1440".parse()?, "Ale");
    /// let population = PopulationFigure::of_year_end(ale.code, 2023, 32_446)?;
    /// let fee = tariff.schedule(year, &Indices::new())?.assess(&ale, &population)?;
    /// assert_eq!(fee.fee(), "25 000 kr".parse()?);
    /// # Ok::<(), avgift::Error>(())
    /// ```
    #[must_use]
    pub fn of(name: impl Into<String>, from: FeeYear, shape: Shape) -> Tariff {
        Tariff {
            name: name.into(),
            from,
            to: None,
            decision: None,
            illustrative: false,
            shape,
            bounds: Bounds::default(),
            classes: Vec::new(),
            ceilings: BTreeMap::new(),
            components: Vec::new(),
            year_factors: Vec::new(),
            limit: None,
            joining_fee: None,
            federations: Vec::new(),
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
}

/// What a clause does to one kind of parameter: whether it escalates it, and the rounding of a printed one.
pub(crate) type Escalated = (bool, Option<Rounding>);

impl EscalationTarget {
    /// The parameters of a tariff: rates, amounts, floor and ceiling; none where the fee itself is escalated.
    pub(crate) fn parameters(self) -> Option<[Escalated; 4]> {
        match self {
            EscalationTarget::Parameters { rate, amount, floor, ceiling, printed } => {
                let rates = printed.map(|printed| printed.rate);
                let bounds = printed.map(|printed| printed.bounds);
                Some([(rate, rates), (amount, bounds), (floor, bounds), (ceiling, bounds)])
            }
            EscalationTarget::Fee => None,
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

    /// The first year of each stretch that lies between two tariffs and has none.
    #[must_use]
    pub fn gaps(&self) -> Vec<Error> {
        let gap = |pair: &[Tariff]| {
            let [earlier, later] = pair else { return None };
            let year = FeeYear::new(earlier.to?.get() + 1).ok()?;
            let newest = earlier.origin.clone();
            (year < later.from).then_some(Error::TariffMustCoverYear { year, newest })
        };
        self.0.windows(2).filter_map(gap).collect()
    }

    /// All tariffs, by first fee year.
    pub fn iter(&self) -> impl Iterator<Item = &Tariff> {
        self.0.iter()
    }
}
