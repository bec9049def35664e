//! What a tariff may not be, whatever the year: checked before any figure is fetched.
//! Rule:    portions sum to the whole; a total is shared whole; what stands after the bounds needs the bounds to come before the
//!          share of the year; nothing is decided twice.
//! Errors:  those of `Tariff::check`.

use crate::error::Error;
use crate::proration::{ProrationOrder, ProrationUnit};
use crate::shape::Shape;
use crate::tariff::{Bounds, Tariff};
use crate::terms::{ClassTerms, MemberClass};

impl Tariff {
    /// Everything that is wrong with the tariff as it was decided, whatever the year.
    ///
    /// # Errors
    /// Those of [`Shape::check`]; `TermMustStandOnce`, `FloorMustNotExceedCeiling`, `TotalMustBeSharedWhole`,
    /// `BoundsMustComeBeforeTheShare`, `TariffAmountMustNotBeNegative`, `PooledFeeMustHangOnInhabitants`.
    pub fn check(&self) -> Result<(), Vec<Error>> {
        let mut errors = Vec::new();
        let own = self.classes.iter().filter_map(|class| match &class.terms {
            ClassTerms::Own { shape, .. } => Some(shape.as_ref()),
            ClassTerms::Multiplied(_) => None,
        });
        let parts: Vec<&Shape> =
            own.chain(self.components.iter().map(|component| &component.shape)).collect();
        for shape in [&self.shape].into_iter().chain(parts.iter().copied()) {
            errors.extend(shape.check().err().unwrap_or_default());
        }
        for part in parts {
            if let Shape::Total { total, .. } | Shape::Percentages { total, .. } = part {
                let beside = "in a class or a component";
                errors.push(Error::TotalMustBeSharedWhole { beside, total: total.clone() });
            }
        }
        errors.extend(self.terms_that_stand_twice());
        let ceilings = self
            .ceilings
            .values()
            .map(|ceiling| Bounds::new(self.bounds.floor().cloned(), Some(ceiling.clone())));
        errors.extend(ceilings.filter_map(Result::err));
        errors.extend(Bounds::new(self.joining_fee.clone(), None).err());
        if let Shape::Total { total, .. } | Shape::Percentages { total, .. } = &self.shape
            && let Some(beside) = self.breaks_a_total()
        {
            errors.push(Error::TotalMustBeSharedWhole { beside, total: total.clone() });
        }
        errors.extend(self.comes_after_the_bounds());
        errors.extend(self.check_federations());
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// What is added after the bounds, where the bounds come last.
    fn comes_after_the_bounds(&self) -> Option<Error> {
        if self.proration.order == ProrationOrder::AfterBounds {
            return None;
        }
        let component = self.components.first().map(|one| ("a component", one.origin.clone()));
        let limit = self.limit.as_ref().map(|limit| {
            let place = limit.up.as_ref().or(limit.down.as_ref());
            ("a yearly limit", place.and_then(|place| place.origin.clone()))
        });
        let (what, origin) = component.or(limit)?;
        Some(Error::BoundsMustComeBeforeTheShare { what, origin })
    }

    fn terms_that_stand_twice(&self) -> Vec<Error> {
        let classes = self.classes.iter().map(|class| (format!("class `{}`", class.name), &class.origin));
        let components = self.components.iter().map(|one| (format!("component `{}`", one.name), &one.origin));
        let years = self
            .year_factors
            .iter()
            .map(|factor| (format!("factor of {}", factor.year), &factor.factor.origin));
        let named: Vec<_> = classes.chain(components).chain(years).collect();
        let twice = named.iter().enumerate().filter_map(|(place, (name, origin))| {
            let (_, first) = named[..place].iter().find(|(other, _)| other == name)?;
            let origins = [origin, first].into_iter().filter_map(|origin| (*origin).clone()).collect();
            Some(Error::TermMustStandOnce { name: name.clone(), origins })
        });
        twice.collect()
    }

    /// What would make the shares of a total sum to another total.
    fn breaks_a_total(&self) -> Option<&'static str> {
        let is_multiplied = |class: &MemberClass| matches!(class.terms, ClassTerms::Multiplied(_));
        let has_bounds = self.bounds.floor().is_some() || self.bounds.ceiling().is_some();
        let breaking = [
            (has_bounds, "beside a floor or a ceiling"),
            (!self.ceilings.is_empty(), "beside a ceiling of a member"),
            (self.classes.iter().any(is_multiplied), "beside a class with a multiplier"),
            (!self.components.is_empty(), "beside a component"),
            (self.limit.is_some(), "beside a yearly limit"),
            (self.joining_fee.is_some(), "beside a joining fee"),
            (self.proration.unit != ProrationUnit::FullYear, "beside a share of the year"),
        ];
        breaking.into_iter().find(|(is_there, _)| *is_there).map(|(_, what)| what)
    }
}
