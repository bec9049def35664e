//! Charge: what a schedule is made of, for readers that show a tariff and not one fee of it: the main shape with its bounds,
//! the classes with a shape of their own, the components.
//! Units:   each amount and rate as decided and in the fee year, exact öre.
//! Not here: the rule that works with them (see `assess`).

use std::collections::BTreeMap;

use crate::index::IndexFactor;
use crate::money::Sek;
use crate::origin::Sourced;
use crate::population::MunicipalityCode;
use crate::portion::Portion;
use crate::schedule::{Charge, ClassOfYear, ComponentOfYear, Parameter, Schedule};
use crate::shape::ShapeOfYear;

impl Charge {
    /// The shape, each of its amounts and rates as decided and in the fee year.
    #[must_use]
    pub fn shape(&self) -> &ShapeOfYear {
        &self.shape
    }

    /// The floor.
    #[must_use]
    pub fn floor(&self) -> Option<&Parameter<Sek>> {
        self.floor.as_ref()
    }

    /// The ceiling of every member that has none of its own.
    #[must_use]
    pub fn ceiling(&self) -> Option<&Parameter<Sek>> {
        self.ceiling.as_ref()
    }

    /// The ceilings of single members.
    #[must_use]
    pub fn ceilings(&self) -> &BTreeMap<MunicipalityCode, Parameter<Sek>> {
        &self.ceilings
    }

    /// The factor on the amount after the bounds, where its index clause escalates the fee.
    #[must_use]
    pub fn fee_factor(&self) -> Option<&IndexFactor> {
        self.fee_factor.as_ref()
    }
}

impl ClassOfYear {
    /// The name that its members bear.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it pays in place of the others, where it has terms of its own.
    #[must_use]
    pub fn own(&self) -> Option<&Charge> {
        self.own.as_ref()
    }

    /// What it pays of the others' amount before the bounds, where it has a multiplier.
    #[must_use]
    pub fn multiplier(&self) -> Option<&Sourced<Portion>> {
        self.multiplier.as_ref()
    }
}

impl ComponentOfYear {
    /// Its name, as a member reads it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its shape, bounds and index.
    #[must_use]
    pub fn charge(&self) -> &Charge {
        &self.charge
    }
}

impl Schedule {
    /// What every member pays whose class has no terms of its own.
    ///
    /// ```
    /// use avgift::{FeeYear, Indices, Tariff};
    /// let year = FeeYear::new(2024)?;
    /// let schedule = Tariff::per_inhabitant("T", year, "1,50 kr".parse()?).schedule(year, &Indices::new())?;
    /// assert_eq!(schedule.charge().shape(), schedule.shape());
    /// assert!(schedule.classes().is_empty() && schedule.components().is_empty());
    /// # Ok::<(), avgift::Error>(())
    /// ```
    #[must_use]
    pub fn charge(&self) -> &Charge {
        &self.main
    }

    /// The classes of members, in the order of the tariff.
    #[must_use]
    pub fn classes(&self) -> &[ClassOfYear] {
        &self.classes
    }

    /// The components, in the order of the tariff.
    #[must_use]
    pub fn components(&self) -> &[ComponentOfYear] {
        &self.components
    }
}
