//! Tariffs: `[[tariff]]` of network.toml as tariffs of the core, each value with its place.
//! Rule:    rate and decision are the network's own and never assumed; reference date, rounding, proration and the
//!          bounds have the defaults of the core, or are absent.
//! Errors:  those of `settings`, and the core's: FloorMustNotExceedCeiling, RateMustBeInKronor, TariffsMustNotOverlap, …

use avgift::{
    BrokenUnit, FeeYear, Leaving, NaiveDate, Proration, ProrationOrder, ProrationUnit, ReferenceDate,
    Rounding, Tariff, Tariffs,
};

use avgift_invoice::Text;

use crate::federations;
use crate::index_clause;
use crate::settings::{Refusable, Section};
use crate::shapes;
use crate::terms;

pub(crate) const ROUNDINGS: [(&str, Rounding); 4] = [
    ("ore", Rounding::Ore),
    ("krona", Rounding::Krona),
    ("ten-kronor", Rounding::TenKronor),
    ("hundred-kronor", Rounding::HundredKronor),
];

/// All tariffs of the file; those with faults are left out, and the faults noted.
pub(crate) fn read(root: &Section<'_, '_>) -> Tariffs {
    let sections = root.named_sections("tariff");
    if sections.is_empty() && !root.has("tariff") {
        root.missing("[[tariff]]", "with `name`, `from` and a shape, such as `rate`");
    }
    let tariffs: Vec<Tariff> = sections.into_iter().filter_map(tariff).collect();
    Tariffs::new(tariffs).unwrap_or_else(|errors| {
        errors.iter().for_each(|error| root.fault(error.refusal()));
        Tariffs::default()
    })
}

fn tariff(section: Section<'_, '_>) -> Option<Tariff> {
    let name = section.required::<Text>("name", "\"Taxa 2024\"");
    let from = section.required::<FeeYear>("from", "2024");
    let to = section.parsed::<FeeYear>("to");
    let shape = shapes::read(&section);
    let bounds = terms::bounds(&section);
    let terms = terms::read(&section, bounds.as_ref(), index_clause::read);
    let federations = federations::read(&section);
    let decision = section.parsed::<Text>("decision").map(|text| text.value.to_string());
    let illustrative = section.boolean("illustrative").unwrap_or(false);
    let rounding = section.choice("rounding", &ROUNDINGS).unwrap_or_default();
    let reference_date = section.section("population").map(reference_date).unwrap_or_default();
    let proration = section.section("proration").map(proration).unwrap_or_default();
    let index = match section.section("index") {
        Some(index) => Some(index_clause::read(index)?),
        None => None,
    };
    let origin = Some(section.origin());
    section.refuse_unknown();
    let terms = terms?;
    let tariff = Tariff {
        name: name?.value.to_string(),
        from: from?.value,
        to: to.map(|to| to.value),
        decision,
        illustrative,
        shape: shape?,
        bounds: bounds?,
        classes: terms.classes,
        ceilings: terms.ceilings,
        components: terms.components,
        year_factors: terms.year_factors,
        limit: terms.limit,
        joining_fee: terms.joining_fee,
        federations: federations?,
        index,
        reference_date,
        proration,
        rounding,
        origin,
    };
    match tariff.check() {
        Ok(()) => Some(tariff),
        Err(errors) => {
            errors.iter().for_each(|error| section.fault(error.refusal()));
            None
        }
    }
}

fn reference_date(section: Section<'_, '_>) -> ReferenceDate {
    let (month, day) = month_and_day(&section, "reference").unwrap_or((12, 31));
    let lag = section.integer("lag_years", 0, 9).map_or(1, |lag| lag.value);
    section.finish();
    ReferenceDate::new(month, day, u8::try_from(lag).unwrap_or(1)).unwrap_or_default()
}

/// A day of every year, `12-31`.
fn month_and_day(section: &Section<'_, '_>, key: &'static str) -> Option<(u32, u32)> {
    let text = section.text(key)?;
    let parts =
        text.value.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    let found = parts.filter(|(month, day)| {
        text.value.len() == 5 && NaiveDate::from_ymd_opt(2001, *month, *day).is_some()
    });
    if found.is_none() {
        let error = avgift::Error::MonthMustBeAMonth { text: text.value };
        section.fault(error.refused_at(text.origin.as_ref()));
    }
    found
}

fn proration(section: Section<'_, '_>) -> Proration {
    let broken = section.choice("broken", &[("counted", BrokenUnit::Counted), ("free", BrokenUnit::Free)]);
    let joined_by = month_and_day(&section, "joined_by");
    // What stands in a unit here is filled in below, from the setting beside it.
    let units = [
        ("full-year", ProrationUnit::FullYear),
        ("months", ProrationUnit::Months(BrokenUnit::Counted)),
        ("days", ProrationUnit::Days),
        ("quarters", ProrationUnit::Quarters(BrokenUnit::Counted)),
        ("halves", ProrationUnit::Halves),
        ("full-year-if-joined-by", ProrationUnit::FullYearIfJoinedBy { month: 12, day: 31 }),
    ];
    let needs = |other: &'static str| {
        section.needs("unit", other);
        ProrationUnit::FullYear
    };
    let unit = match section.choice("unit", &units).unwrap_or_default() {
        ProrationUnit::Months(_) => {
            broken.map_or_else(|| needs("broken = \"counted\" or \"free\""), ProrationUnit::Months)
        }
        ProrationUnit::Quarters(_) => {
            broken.map_or_else(|| needs("broken = \"counted\" or \"free\""), ProrationUnit::Quarters)
        }
        ProrationUnit::FullYearIfJoinedBy { .. } => joined_by.map_or_else(
            || needs("joined_by = \"06-30\""),
            |(month, day)| ProrationUnit::FullYearIfJoinedBy { month, day },
        ),
        unit @ (ProrationUnit::FullYear | ProrationUnit::Days | ProrationUnit::Halves) => unit,
    };
    if !matches!(unit, ProrationUnit::Months(_) | ProrationUnit::Quarters(_)) {
        section.without_effect("broken", "unless `unit` is months or quarters");
    }
    if !matches!(unit, ProrationUnit::FullYearIfJoinedBy { .. }) {
        section.without_effect("joined_by", "unless `unit` is full-year-if-joined-by");
    }
    let leaving =
        section.choice("leaving", &[("full-year", Leaving::FullYear), ("prorated", Leaving::Prorated)]);
    let order = section.choice(
        "order",
        &[("after-bounds", ProrationOrder::AfterBounds), ("before-bounds", ProrationOrder::BeforeBounds)],
    );
    let is_whole_or_nothing =
        matches!(unit, ProrationUnit::FullYear | ProrationUnit::FullYearIfJoinedBy { .. });
    if is_whole_or_nothing && leaving == Some(Leaving::Prorated) {
        section.without_effect("leaving", "as `prorated` where `unit` divides no year");
    }
    section.finish();
    Proration { unit, leaving: leaving.unwrap_or_default(), order: order.unwrap_or_default() }
}
