//! Shapes: what turns a member into money, as it is written in a `[[tariff]]`.
//! Rule:    one shape, told by the setting that only it has: `rate`, `amount`, `tiers`, `brackets`, `of_figure`, `amounts`.
//!          docs/tariffs.md shows each with its worked example.
//! Errors:  TariffMustHaveOneShape, SettingMustHaveItsOther, SettingMustApply, and the core's of tiers, rates and amounts.

use std::collections::BTreeMap;
use std::str::FromStr;

use avgift::{
    Broken, Counting, FeeRate, Inhabitants, MunicipalityCode, OfFigure, Portion, RebateOn, Sek, Shape,
    SizeRebate, Sourced, Tier, Tiers,
};
use avgift_invoice::Text;

use crate::error::{Error, Written};
use crate::names;
use crate::settings::{Refusable, Section};

/// The settings that each tell a shape.
const SHAPES: [&str; 6] = ["rate", "amount", "tiers", "brackets", "of_figure", "amounts"];

/// The shape of a section; nothing where it has faults, which are noted.
pub(crate) fn read(section: &Section<'_, '_>) -> Option<Shape> {
    let told: Vec<&'static str> = SHAPES.into_iter().filter(|key| section.has(key)).collect();
    if let [first, second, ..] = told[..] {
        let error = Error::TariffMustHaveOneShape {
            first,
            second,
            origins: [second, first].into_iter().filter_map(|key| section.place(key)).collect(),
        };
        section.fault(error.refusal());
        // The settings of both are known, so that each is not a fault of its own.
        ["base", "per", "units", "cap"].into_iter().for_each(|key| {
            section.has(key);
        });
        return None;
    }
    let told = told.first().copied().unwrap_or("rate");
    if told != "rate" {
        for key in ["base", "per", "units", "cap"] {
            section.without_effect(key, "unless `rate` stands beside it");
        }
    }
    let shape = match told {
        "amount" => section.parsed::<Sek>("amount").map(|amount| Shape::Flat { amount }),
        "tiers" => tiers(section, "tiers", true).map(Shape::Tiers),
        "brackets" => tiers(section, "brackets", false).map(Shape::Brackets),
        "of_figure" => section.section("of_figure").and_then(of_figure).map(Shape::OfFigure),
        "amounts" => section.section("amounts").and_then(amounts).map(Shape::Decided),
        _ => linear(section),
    };
    let shape = shape?;
    match shape.check() {
        Ok(()) => Some(shape),
        Err(errors) => {
            errors.iter().for_each(|error| section.fault(error.refusal()));
            None
        }
    }
}

/// `rate`, with `base`, `per` and `units`, and `cap`, where they are given.
fn linear(section: &Section<'_, '_>) -> Option<Shape> {
    let rate = section.required::<FeeRate>("rate", "\"1,50 kr\"");
    let is_plain = !["base", "per", "cap"].into_iter().any(|key| section.has(key));
    let base = given(section, "base", Section::parsed::<Sek>);
    let cap = given(section, "cap", Section::parsed::<Inhabitants>);
    let size = given(section, "per", Section::parsed::<Inhabitants>);
    let units =
        [("in-proportion", Broken::InProportion), ("started", Broken::Started), ("full", Broken::Full)];
    let broken = section.choice("units", &units);
    let per = match size.as_ref()? {
        None => {
            section.without_effect("units", "unless `per` stands beside it");
            Counting::EACH
        }
        Some(size) => {
            if !section.has("units") {
                let text = size.value.get().to_string();
                let origin = size.origin.clone().unwrap_or_else(|| section.origin());
                let other = "units = \"in-proportion\", \"started\" or \"full\"";
                let error = Error::SettingMustHaveItsOther { value: Written { text, origin }, other };
                section.fault(error.refusal());
            }
            Counting { size: size.value, broken: broken? }
        }
    };
    let (rate, base, cap) = (rate?, base?, cap?);
    if is_plain { Some(Shape::PerInhabitant { rate }) } else { Some(Shape::Linear { base, rate, per, cap }) }
}

/// A setting that may be absent: nothing where it is there and not understood.
#[allow(clippy::option_option, reason = "absent is another thing than not understood")]
fn given<'s, 'a, T>(
    section: &Section<'s, 'a>,
    key: &'static str,
    read: impl Fn(&Section<'s, 'a>, &'static str) -> Option<T>,
) -> Option<Option<T>> {
    if section.has(key) { read(section, key).map(Some) } else { Some(None) }
}

/// Tiers by population. A bracket has a rate and nothing else; a tier an amount, a rate, both, or neither: no fee.
fn tiers(section: &Section<'_, '_>, key: &'static str, may_be_fixed: bool) -> Option<Tiers> {
    let sections = section.sections(key);
    if sections.is_empty() {
        section.not_a_list_of_tables(key);
        return None;
    }
    let tiers: Vec<Option<Tier>> = sections.into_iter().map(|tier| read_tier(tier, may_be_fixed)).collect();
    let tiers: Option<Vec<Tier>> = tiers.into_iter().collect();
    let found = Tiers::new(tiers?);
    found.map_err(|errors| errors.iter().for_each(|error| section.fault(error.refusal()))).ok()
}

fn read_tier(section: Section<'_, '_>, may_be_fixed: bool) -> Option<Tier> {
    let end = |counted_in: &'static str, left_out: &'static str, beside: &'static str| {
        if section.has(counted_in) {
            section.without_effect(left_out, beside);
        }
        let number = |key| given(&section, key, |section, key| section.integer(key, 0, 9_999_999));
        let number =
            |key| number(key).map(|found| found.map(|found| u32::try_from(found.value).unwrap_or(0)));
        Some((number(counted_in)?, number(left_out)?))
    };
    let from = end("from", "above", "beside `from`");
    let to = end("to", "below", "beside `to`");
    let amount = match may_be_fixed {
        true => given(&section, "amount", Section::parsed::<Sek>),
        false => Some(None),
    };
    let rate = match may_be_fixed {
        true => given(&section, "rate", Section::parsed::<FeeRate>),
        false => section.required("rate", "\"1,50 kr\"").map(Some),
    };
    let origin = Some(section.origin());
    section.finish();
    let (from, above) = from?;
    let (to, below) = to?;
    Some(Tier {
        from: from.or(above.map(|above| above + 1)).unwrap_or(1),
        // A tier below 0 holds nobody, and is refused as such.
        to: to.or(below.map(|below| below.saturating_sub(1))),
        amount: amount?,
        rate: rate?,
        origin,
    })
}

/// `of_figure = { figure = "skatteunderlag", portion = "0,1098 ‰", … }`.
fn of_figure(section: Section<'_, '_>) -> Option<OfFigure> {
    let figure = section.required::<Text>("figure", "\"skatteunderlag\"");
    let portion = section.required::<Portion>("portion", "\"0,1098 ‰\"");
    let per_inhabitant = given(&section, "per_inhabitant", Section::boolean);
    let rebate = given(&section, "rebate", Section::section);
    let rebate = rebate.and_then(|rebate| match rebate {
        Some(rebate) => size_rebate(rebate).map(Some),
        None => Some(None),
    });
    section.finish();
    Some(OfFigure {
        portion: portion?,
        figure: figure?.value.to_string(),
        per_inhabitant: per_inhabitant?.unwrap_or(false),
        rebate: rebate?,
    })
}

/// `rebate = { above = 200000, portion = "10 %", on = "part-above" }`.
fn size_rebate(section: Section<'_, '_>) -> Option<SizeRebate> {
    let above = section.required::<Inhabitants>("above", "200000");
    let portion = section.required::<Portion>("portion", "\"10 %\"");
    if !section.has("on") {
        section.missing("on", "\"part-above\" or \"whole\"");
    }
    let on = section.choice("on", &[("part-above", RebateOn::PartAbove), ("whole", RebateOn::Whole)]);
    section.finish();
    Some(SizeRebate { above: above?.value, portion: portion?, on: on? })
}

/// `[tariff.amounts]`: a municipality code and its amount a row.
fn amounts(section: Section<'_, '_>) -> Option<BTreeMap<MunicipalityCode, Sourced<Sek>>> {
    let amounts = by_code(&section);
    section.finish();
    amounts
}

/// A table whose keys are municipality codes, each with a value that a type can read.
pub(crate) fn by_code<T: FromStr<Err: Refusable>>(
    section: &Section<'_, '_>,
) -> Option<BTreeMap<MunicipalityCode, Sourced<T>>> {
    let mut found = BTreeMap::new();
    let mut is_sound = true;
    for (key, value) in section.entries() {
        let code = key.text.parse::<MunicipalityCode>().map_err(|error| error.refused_at(Some(&key.origin)));
        let code = code.and_then(|code| match names::by_code(code) {
            Some(_) => Ok(code),
            None => {
                let today = names::code_today(&key.text).and_then(names::by_code);
                Err(Error::MunicipalityCodeMustBeInUse { code: key, today }.refusal())
            }
        });
        let value = value.and_then(|written| {
            let value = written.value.parse::<T>().map_err(|error| error.refused_at(written.origin.as_ref()));
            value.map(|value| Sourced { value, origin: written.origin.clone() })
        });
        match (code, value) {
            (Ok(code), Ok(value)) => {
                found.insert(code, value);
            }
            (code, value) => {
                is_sound = false;
                code.err().into_iter().chain(value.err()).for_each(|fault| section.fault(fault));
            }
        }
    }
    is_sound.then_some(found)
}
