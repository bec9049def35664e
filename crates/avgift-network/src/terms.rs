//! Terms: what a `[[tariff]]` may have besides its shape: classes, ceilings of members, components, factors of a year, a limit on
//! the yearly change, a joining fee.
//! Rule:    each is absent unless it is written. What a class does not say is not taken over in silence: a class with a shape of
//!          its own says whether the bounds of the tariff hold for it.
//! Errors:  those of `settings` and `shapes`, and the core's of a tariff.

use std::collections::BTreeMap;

use avgift::{
    Bounds, ClassTerms, Component, FeeYear, IndexClause, MemberClass, MunicipalityCode, Portion, Sek,
    Sourced, YearFactor, YearlyLimit,
};
use avgift_invoice::Text;

use crate::error::{Error, Written};
use crate::settings::Section;
use crate::shapes::{self, by_code, given};

/// What stands beside the shape of a tariff.
pub(crate) struct Terms {
    pub(crate) classes: Vec<MemberClass>,
    pub(crate) ceilings: BTreeMap<MunicipalityCode, Sourced<Sek>>,
    pub(crate) components: Vec<Component>,
    pub(crate) year_factors: Vec<YearFactor>,
    pub(crate) limit: Option<YearlyLimit>,
    pub(crate) joining_fee: Option<Sourced<Sek>>,
}

/// The terms of a tariff with these bounds; nothing where they have faults, which are noted.
pub(crate) fn read(
    section: &Section<'_, '_>,
    bounds: Option<&Bounds>,
    index: impl Fn(Section<'_, '_>) -> Option<IndexClause>,
) -> Option<Terms> {
    let classes: Vec<_> = section.sections("class").into_iter().map(|one| class(one, bounds)).collect();
    let components: Vec<_> =
        section.sections("component").into_iter().map(|one| component(one, &index)).collect();
    let year_factors: Vec<_> = section.sections("year_factor").into_iter().map(year_factor).collect();
    let ceilings = given(section, "ceilings", |section, key| {
        let ceilings = section.section(key)?;
        let found = by_code::<Sek>(&ceilings);
        ceilings.finish();
        found
    });
    let limit = given(section, "limit", |section, key| section.section(key).and_then(limit));
    let joining_fee = given(section, "joining_fee", Section::parsed::<Sek>);
    Some(Terms {
        classes: classes.into_iter().collect::<Option<_>>()?,
        ceilings: ceilings?.unwrap_or_default(),
        components: components.into_iter().collect::<Option<_>>()?,
        year_factors: year_factors.into_iter().collect::<Option<_>>()?,
        limit: limit?,
        joining_fee: joining_fee?,
    })
}

/// Floor and ceiling of a section; nothing where they are faulty.
pub(crate) fn bounds(section: &Section<'_, '_>) -> Option<Bounds> {
    let floor = given(section, "floor", Section::parsed::<Sek>);
    let ceiling = given(section, "ceiling", Section::parsed::<Sek>);
    Bounds::new(floor?, ceiling?).map_err(|error| section.fault(error.refusal())).ok()
}

/// `[[tariff.class]]`: a `multiplier`, or a shape of its own.
fn class(section: Section<'_, '_>, tariff: Option<&Bounds>) -> Option<MemberClass> {
    let name = section.required::<Text>("name", "\"granne\"");
    let origin = Some(section.origin());
    shapes::know(&section);
    if !section.has("multiplier") && !shapes::is_told(&section) {
        section.missing(
            "multiplier",
            "\"50 %\", or a fee of its own: `rate`, `amount`, `tiers` or another shape",
        );
        for key in ["floor", "ceiling", "bounds"] {
            section.has(key);
        }
        section.finish();
        return None;
    }
    let terms = match (section.has("multiplier"), shapes::is_told(&section)) {
        (true, false) => {
            for key in ["floor", "ceiling", "bounds"] {
                section.without_effect(key, "beside `multiplier`");
            }
            section.parsed::<Portion>("multiplier").map(ClassTerms::Multiplied)
        }
        (has_both, _) => {
            if has_both {
                section.without_effect("multiplier", "beside a shape of the class");
            }
            let shape = shapes::read(&section);
            let bounds = class_bounds(&section, tariff);
            shape.zip(bounds).map(|(shape, bounds)| ClassTerms::Own { shape: Box::new(shape), bounds })
        }
    };
    section.finish();
    Some(MemberClass { name: name?.value.to_string(), terms: terms?, origin })
}

/// The bounds of a class with a shape of its own: those that it states, or what `bounds` says of the tariff's.
fn class_bounds(section: &Section<'_, '_>, tariff: Option<&Bounds>) -> Option<Bounds> {
    if section.has("floor") || section.has("ceiling") {
        section.without_effect("bounds", "beside `floor` or `ceiling`");
        return bounds(section);
    }
    let tariff = tariff?;
    let is_bounded = tariff.floor().is_some() || tariff.ceiling().is_some();
    if !is_bounded {
        section.without_effect("bounds", "where the tariff has neither floor nor ceiling");
        return Some(Bounds::default());
    }
    if !section.has("bounds") {
        section.missing("bounds", "\"tariff\", where floor and ceiling of the tariff hold, or \"none\"");
    }
    let takes_over = section.choice("bounds", &[("tariff", true), ("none", false)])?;
    Some(if takes_over { tariff.clone() } else { Bounds::default() })
}

/// `[[tariff.component]]`: a name, a shape, and bounds and an index clause of its own, where it has any.
fn component(
    section: Section<'_, '_>,
    index: impl Fn(Section<'_, '_>) -> Option<IndexClause>,
) -> Option<Component> {
    let name = section.required::<Text>("name", "\"Projekt\"");
    let origin = Some(section.origin());
    let shape = shapes::read(&section);
    let bounds = bounds(&section);
    let clause = given(&section, "index", |section, key| section.section(key).and_then(&index));
    section.finish();
    Some(Component { name: name?.value.to_string(), shape: shape?, bounds: bounds?, index: clause?, origin })
}

/// `[[tariff.year_factor]]`: a year and its factor.
fn year_factor(section: Section<'_, '_>) -> Option<YearFactor> {
    let year = section.required::<FeeYear>("year", "2024");
    let factor = section.required::<Portion>("factor", "\"90 %\"");
    section.finish();
    Some(YearFactor { year: year?.value, factor: factor? })
}

/// `[tariff.limit]`: `up`, `down` or both, and what was paid before, where it is stated.
fn limit(section: Section<'_, '_>) -> Option<YearlyLimit> {
    let up = given(&section, "up", Section::parsed::<Portion>);
    let down = given(&section, "down", Section::parsed::<Portion>);
    if !section.has("up") && !section.has("down") {
        section.missing("up", "\"10 %\", or `down`, or both");
    }
    let stated = given(&section, "previous", |section, key| {
        let previous = section.section(key)?;
        let found = by_code::<Sek>(&previous);
        previous.finish();
        found
    });
    if let Some(Some(down)) = &down
        && down.value.ratio() > avgift::Ratio::ONE
    {
        let origin = down.origin.clone().unwrap_or_else(|| section.origin());
        let value = Written { text: down.value.to_string(), origin };
        let expected = "a portion of at most 100 %".to_owned();
        section.fault(Error::SettingMustBeOfItsKind { value, key: "down".to_owned(), expected }.refusal());
    }
    section.finish();
    Some(YearlyLimit { up: up?, down: down?, stated: stated?.unwrap_or_default() })
}
