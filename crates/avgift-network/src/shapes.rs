//! Shapes: what turns a member into money, as it is written in a `[[tariff]]`.
//! Rule:    one shape, told by the setting that only it has: `rate`, `amount`, `tiers`, `brackets`, `of_figure`, `amounts`,
//!          `total`.
//!          docs/tariffs.md shows each with its worked example.
//! Errors:  TariffMustHaveOneShape, SettingMustHaveItsOther, SettingMustApply, and the core's of tiers, rates and amounts.

use std::collections::BTreeMap;
use std::str::FromStr;

use avgift::{
    Among, Broken, Counting, FeeRate, Inhabitants, Key, MunicipalityCode, OfFigure, Portion, RebateOn, Sek,
    Shape, SizeRebate, Sourced, Tier, Tiers, WeightedKey, could_group_thousands,
};
use avgift_invoice::Text;

use crate::error::{Error, Written};
use crate::names;
use crate::settings::{Refusable, Section};

/// The settings that each tell a shape.
const SHAPES: [&str; 7] = ["rate", "amount", "tiers", "brackets", "of_figure", "amounts", "total"];

/// The settings that stand beside one of them, and beside which.
const BESIDE: [(&str, &str, &str); 7] = [
    ("base", "rate", "unless `rate` stands beside it"),
    ("per", "rate", "unless `rate` stands beside it"),
    ("units", "rate", "unless `rate` stands beside it"),
    ("cap", "rate", "unless `rate` stands beside it"),
    ("keys", "total", "unless `total` stands beside it"),
    ("among", "total", "unless `total` stands beside it"),
    ("percentages", "total", "unless `total` stands beside it"),
];

/// Whether a section tells a shape at all.
pub(crate) fn is_told(section: &Section<'_, '_>) -> bool {
    SHAPES.into_iter().any(|key| section.has(key))
}

/// Makes the settings of every shape known, so that a misspelt one is told all that may stand there.
pub(crate) fn know(section: &Section<'_, '_>) {
    for key in SHAPES.into_iter().chain(BESIDE.map(|(key, ..)| key)) {
        section.has(key);
    }
}

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
        know(section);
        return None;
    }
    let told = told.first().copied().unwrap_or("rate");
    for (key, _, beside) in BESIDE.into_iter().filter(|(_, shape, _)| *shape != told) {
        section.without_effect(key, beside);
    }
    let shape = match told {
        "amount" => section.parsed::<Sek>("amount").map(|amount| Shape::Flat { amount }),
        "tiers" => tiers(section, "tiers", true).map(Shape::Tiers),
        "brackets" => tiers(section, "brackets", false).map(Shape::Brackets),
        "of_figure" => section.section("of_figure").and_then(of_figure).map(Shape::OfFigure),
        "total" => total(section),
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
    let rate = required_rate(section);
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

/// A rate. `1.500` with its needless zero is refused: it could be fifteen hundred, per 1 000 inhabitants.
fn rate(section: &Section<'_, '_>, key: &'static str) -> Option<Sourced<FeeRate>> {
    let text = section.text(key)?;
    let number = text.value.strip_suffix("kr").unwrap_or(&text.value).trim_end();
    if number.ends_with('0') && could_group_thousands(number) {
        let error = avgift::Error::RateMustBeInKronor { text: text.value.clone() };
        section.fault(error.refused_at(text.origin.as_ref()));
        return None;
    }
    section.parsed::<FeeRate>(key)
}

fn required_rate(section: &Section<'_, '_>) -> Option<Sourced<FeeRate>> {
    if !section.has("rate") {
        section.missing("rate", "\"1,50 kr\"");
    }
    rate(section, "rate")
}

/// A setting that may be absent: nothing where it is there and not understood.
#[allow(clippy::option_option, reason = "absent is another thing than not understood")]
pub(crate) fn given<'s, 'a, T>(
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
        true => given(&section, "rate", rate),
        false => required_rate(&section).map(Some),
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

/// `total`, with `keys` and `among`, or with `[tariff.percentages]`.
fn total(section: &Section<'_, '_>) -> Option<Shape> {
    let total = section.parsed::<Sek>("total");
    if section.has("percentages") {
        section.without_effect("keys", "beside `percentages`");
        section.without_effect("among", "beside `percentages`");
        let percentages = section.section("percentages")?;
        let portions = by_code(&percentages);
        percentages.finish();
        return Some(Shape::Percentages { total: total?, portions: portions? });
    }
    if !section.has("keys") {
        section.missing("keys", "[{ key = \"population\", weight = \"100 %\" }]");
    }
    let sections = section.sections("keys");
    if sections.is_empty() {
        section.not_a_list_of_tables("keys");
    }
    let keys: Vec<Option<WeightedKey>> = sections.into_iter().map(weighted_key).collect();
    let keys: Option<Vec<WeightedKey>> = keys.into_iter().collect();
    let among = among(section);
    let keys = keys.filter(|keys| !keys.is_empty());
    Some(Shape::Total { total: total?, keys: keys?, among: among? })
}

/// `{ key = "population", weight = "70 %" }`, or `{ key = "figure", figure = "inkomst", weight = "30 %" }`.
fn weighted_key(section: Section<'_, '_>) -> Option<WeightedKey> {
    let kinds = [("population", Some(Key::Population)), ("equal", Some(Key::Equal)), ("figure", None)];
    if !section.has("key") {
        section.missing("key", "\"population\", \"equal\" or \"figure\"");
    }
    let places = [("population", 0), ("equal", 1), ("figure", 2)];
    let kind = section.choice("key", &places).map(|place: usize| kinds[place].1.clone());
    let weight = section.required::<Portion>("weight", "\"100 %\"");
    let key = match kind {
        Some(None) => {
            section.required::<Text>("figure", "\"inkomst\"").map(|name| Key::Figure(name.value.to_string()))
        }
        Some(key) => {
            section.without_effect("figure", "unless `key` is figure");
            key
        }
        None => {
            section.has("figure");
            None
        }
    };
    section.finish();
    Some(WeightedKey { key: key?, weight: weight? })
}

/// `among = "all"`, or a list of municipality codes.
fn among(section: &Section<'_, '_>) -> Option<Among> {
    if !section.has("among") {
        section.missing("among", "\"all\", or a list of municipality codes");
        return None;
    }
    if section.is_text("among") {
        return section.choice("among", &[("all", ())]).map(|()| Among::All);
    }
    let mut these = BTreeMap::new();
    let mut is_sound = true;
    for text in section.texts("among")? {
        match text.value.parse::<MunicipalityCode>() {
            Ok(code) => {
                these.insert(code, text.origin);
            }
            Err(error) => {
                is_sound = false;
                section.fault(error.refused_at(text.origin.as_ref()));
            }
        }
    }
    is_sound.then_some(Among::These(these))
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
        // A setting of the tariff that stands below the heading of these rows is no code that was misspelt.
        if section.is_misplaced(&key) {
            is_sound = false;
            continue;
        }
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
