//! The index clause: `[tariff.index]` of network.toml as a clause of the core.
//! Rule:    series, status, base and lag are the network's own and never assumed; all of the change since the base is passed
//!          on, an index that falls is followed, and the fee escalated, unless the clause says otherwise. Where every change
//!          is decided, nothing is measured.
//! Errors:  those of `settings`, and the core's.

use avgift::{
    Carried, DecidedChange, EscalationTarget, FallPolicy, FeeYear, ForecastFigure, IndexClause, IndexFigure,
    IndexStatus, IndexedSeries, Measure, Month, Origin, Part, Percent, PrintedTariff, Rounding, SeriesName,
    Splice, WeighedSeries,
};
use avgift_invoice::Text;

use crate::error::{Error, Written};
use crate::settings::{Refusable as _, Section};
use crate::tariffs::ROUNDINGS;

const POLICIES: [(&str, FallPolicy); 3] = [
    ("follow", FallPolicy::Follow),
    ("never-down", FallPolicy::NeverDown),
    ("high-water", FallPolicy::HighWater),
];

const CARRIED: [(&str, Carried); 3] =
    [("from-base", Carried::FromBase), ("yearly", Carried::Yearly), ("printed", Carried::Printed)];

const STATUSES: [(&str, IndexStatus); 2] =
    [("preliminary", IndexStatus::Preliminary), ("final", IndexStatus::Final)];

/// The clause; none where it has a fault, which is noted.
pub(crate) fn read(section: Section<'_, '_>) -> Option<IndexClause> {
    let decided = decided(&section);
    let measure = measure(&section, !decided.is_empty());
    let base = section.required::<Month>("base", "\"2022M10\"");
    if !section.has("lag_years") {
        section.missing("lag_years", "1");
    }
    let lag = section.integer("lag_years", 0, 9);
    let policy = section.choice("policy", &POLICIES).unwrap_or_default();
    let carried = section.choice("carried", &CARRIED).unwrap_or_default();
    let pass_through = section.parsed::<Part>("pass_through").map(|part| part.value);
    let point = section.parsed::<Percent>("point").map(|point| point.value);
    let threshold = section.parsed::<Part>("threshold").map(|part| part.value);
    let forecasts = forecasts(&section, measure.as_ref().map(|(measure, _)| measure));
    let target = target(&section);
    let place = section.origin();
    let (measure, origin) = measure?;
    let clause = IndexClause {
        measure,
        base: base?.value,
        lag_years: u8::try_from(lag?.value).ok()?,
        policy,
        carried,
        pass_through,
        point,
        threshold,
        decided: decided.into_iter().flatten().collect(),
        forecasts,
        target: target?,
        origin: origin.or(Some(place)),
    };
    if let Err(error) = clause.check() {
        section.fault(error.refusal());
    }
    section.finish();
    Some(clause)
}

/// What is measured, and where that stands: a series, several with their weights, or nothing where every change is decided.
fn measure(section: &Section<'_, '_>, is_decided: bool) -> Option<(Measure, Option<Origin>)> {
    if is_decided && !section.has("series") && !section.has("basket") {
        for setting in ["status", "policy", "pass_through", "point", "threshold", "splice", "forecast"] {
            section.without_effect(setting, "where no series is measured");
        }
        return Some((Measure::Nothing {}, None));
    }
    if section.has("basket") {
        for setting in ["series", "status", "splice"] {
            section.without_effect(setting, "beside a `basket`, whose rows have their own");
        }
        let basket: Vec<Option<WeighedSeries>> =
            section.sections("basket").into_iter().map(weighed).collect();
        let basket = basket.into_iter().collect::<Option<Vec<_>>>()?;
        return Some((Measure::Basket { basket }, None));
    }
    let (series, origin) = indexed(section)?;
    Some((Measure::Series(series), origin))
}

/// A row of a basket.
fn weighed(row: Section<'_, '_>) -> Option<WeighedSeries> {
    let weight = row.required::<Part>("weight", "\"70 %\"");
    let measured = indexed(&row);
    row.finish();
    Some(WeighedSeries { weight: weight?.value, measured: measured?.0 })
}

/// A series and which of its figures, and where that stands.
fn indexed(section: &Section<'_, '_>) -> Option<(IndexedSeries, Option<Origin>)> {
    let series = section.required::<Text>("series", "\"LÖI arbetare C\"");
    if !section.has("status") {
        section.missing("status", "\"preliminary\" or \"final\"");
    }
    let status = section.choice("status", &STATUSES);
    let series = series?;
    let origin = series.origin;
    let splices = section.sections("splice").into_iter().map(splice).collect::<Option<Vec<_>>>()?;
    Some((IndexedSeries { splices, ..IndexedSeries::new(series.value.as_str(), status?) }, origin))
}

/// A series that goes on where another ends.
fn splice(row: Section<'_, '_>) -> Option<Splice> {
    let at = row.required::<Month>("at", "\"2025M10\"");
    let series = row.required::<Text>("series", "\"LÖI arbetare C, ny\"");
    if !row.has("status") {
        row.missing("status", "\"preliminary\" or \"final\"");
    }
    let status = row.choice("status", &STATUSES);
    row.finish();
    let at = at?;
    Some(Splice { at: at.value, series: series?.value.as_str().into(), status: status?, origin: at.origin })
}

/// The figures that were forecasts; those with faults are left out, and the faults noted.
fn forecasts(section: &Section<'_, '_>, measure: Option<&Measure>) -> Vec<ForecastFigure> {
    let row = |row: Section<'_, '_>| {
        let month = row.required::<Month>("month", "\"2024M10\"");
        let figure = row.required_text("figure", "\"151,0\"");
        let source = row.required::<Text>("source", "\"SKR, cirkulär …\"");
        let corrected = row.required::<FeeYear>("corrected", "2026");
        let series = row.parsed::<Text>("series").map(|series| series.value.as_str().into());
        row.finish();
        // Where one series is measured, the forecast is of that one.
        let measured = measure?.series().next()?;
        let (month, figure, source) = (month?, figure?, source?.value.to_string());
        let value = avgift::parse_decimal(&figure.value)
            .ok_or_else(|| avgift::Error::IndexFigureMustBeInRange { text: figure.value.clone() });
        let name: SeriesName = series.unwrap_or_else(|| measured.series.clone());
        let status = measure?.status_of(&name).unwrap_or(measured.status);
        let made = value.and_then(|value| IndexFigure::new(name, month.value, status, value));
        match made {
            Ok(made) => {
                let figure = IndexFigure { forecast: Some(source), origin: figure.origin, ..made };
                Some(ForecastFigure { figure, corrected: corrected?.value })
            }
            Err(error) => {
                section.fault(error.refused_at(figure.origin.as_ref()));
                None
            }
        }
    };
    section.sections("forecast").into_iter().filter_map(row).collect()
}

/// The years that were decided; none for a row with a fault, which is noted.
fn decided(section: &Section<'_, '_>) -> Vec<Option<DecidedChange>> {
    let row = |row: Section<'_, '_>| {
        let year = row.required::<FeeYear>("year", "2025");
        let percent = row.required::<Percent>("percent", "\"3,2 %\"");
        let decision = row.required::<Text>("decision", "\"Årsmötet … § …\"");
        row.finish();
        let year = year?;
        let decision = decision?.value.to_string();
        Some(DecidedChange { year: year.value, percent: percent?.value, decision, origin: year.origin })
    };
    section.sections("decided").into_iter().map(row).collect()
}

/// `applies_to = "fee"`, or a list of rate, floor and ceiling with the rounding of a printed tariff.
fn target(section: &Section<'_, '_>) -> Option<EscalationTarget> {
    let printed = section.section("printed").map(|printed| {
        let steps = PrintedTariff {
            rate: printed.choice("rate", &ROUNDINGS).unwrap_or(Rounding::Ore),
            bounds: printed.choice("bounds", &ROUNDINGS).unwrap_or(Rounding::HundredKronor),
        };
        printed.finish();
        steps
    });
    if !section.has("applies_to") || section.is_text("applies_to") {
        if printed.is_some() {
            section.without_effect("applies_to", "as `fee` where the tariff is `printed`");
        }
        if section.has("applies_to") {
            let is_fee = |text: &str| (text == "fee").then_some(());
            section.read(
                "applies_to",
                "\"fee\", or a list, `[\"rate\", \"amount\", \"floor\", \"ceiling\"]`",
                is_fee,
            )?;
        }
        return match printed {
            None => Some(EscalationTarget::Fee),
            // A printed tariff is one of rounded parameters: all of them, unless a list names fewer.
            Some(_) => Some(EscalationTarget::Parameters {
                rate: true,
                amount: true,
                floor: true,
                ceiling: true,
                printed,
            }),
        };
    }
    let texts = section.texts("applies_to")?;
    let mut target = (false, false, false, false);
    for text in &texts {
        match text.value.as_str() {
            "rate" => target.0 = true,
            "floor" => target.1 = true,
            "ceiling" => target.2 = true,
            "amount" => target.3 = true,
            _ => {
                let origin = text.origin.clone().unwrap_or_else(|| section.origin());
                let value = Written { text: text.value.clone(), origin };
                let expected = match text.value.as_str() {
                    "fee" => "a list: the whole fee is `applies_to = \"fee\"`",
                    _ => "\"rate\", \"amount\", \"floor\" or \"ceiling\"",
                };
                let expected = expected.to_owned();
                let error = Error::SettingMustBeOfItsKind { value, key: "applies_to".to_owned(), expected };
                section.fault(error.refusal());
            }
        }
    }
    let (rate, floor, ceiling, amount) = target;
    Some(EscalationTarget::Parameters { rate, amount, floor, ceiling, printed })
}
