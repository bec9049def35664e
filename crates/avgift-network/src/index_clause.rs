//! The index clause: `[tariff.index]` of network.toml as a clause of the core.
//! Rule:    series, status, base and lag are the network's own and never assumed; an index that falls is followed, and the
//!          fee escalated, unless the clause says otherwise.
//! Errors:  those of `settings`, and the core's.

use avgift::{EscalationTarget, FallPolicy, IndexClause, IndexStatus, Month, PrintedTariff, Rounding};
use avgift_invoice::Text;

use crate::error::{Error, Written};
use crate::settings::Section;
use crate::tariffs::ROUNDINGS;

/// The clause; none where it has a fault, which is noted.
pub(crate) fn read(section: Section<'_, '_>) -> Option<IndexClause> {
    let series = section.required::<Text>("series", "\"LÖI arbetare C\"");
    if !section.has("status") {
        section.missing("status", "\"preliminary\" or \"final\"");
    }
    let status =
        section.choice("status", &[("preliminary", IndexStatus::Preliminary), ("final", IndexStatus::Final)]);
    let base = section.required::<Month>("base", "\"2022M10\"");
    if !section.has("lag_years") {
        section.missing("lag_years", "1");
    }
    let lag = section.integer("lag_years", 0, 9);
    let policies = [
        ("follow", FallPolicy::Follow),
        ("never-down", FallPolicy::NeverDown),
        ("high-water", FallPolicy::HighWater),
    ];
    let policy = section.choice("policy", &policies).unwrap_or_default();
    let target = target(&section);
    section.finish();
    let series = series?;
    Some(IndexClause {
        series: series.value.as_str().into(),
        status: status?,
        base: base?.value,
        lag_years: u8::try_from(lag?.value).ok()?,
        policy,
        target: target?,
        origin: series.origin,
    })
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
        if let Some(fee) = section.has("applies_to").then(|| section.choice("applies_to", &[("fee", ())])) {
            fee?;
        }
        return match printed {
            None => Some(EscalationTarget::Fee),
            // A printed tariff is one of rounded parameters: all three, unless a list names fewer.
            Some(_) => Some(EscalationTarget::Parameters { rate: true, floor: true, ceiling: true, printed }),
        };
    }
    let texts = section.texts("applies_to")?;
    let mut target = (false, false, false);
    for text in &texts {
        match text.value.as_str() {
            "rate" => target.0 = true,
            "floor" => target.1 = true,
            "ceiling" => target.2 = true,
            _ => {
                let origin = text.origin.clone().unwrap_or_else(|| section.origin());
                let value = Written { text: text.value.clone(), origin };
                let expected = "\"rate\", \"floor\" or \"ceiling\"".to_owned();
                let error = Error::SettingMustBeOfItsKind { value, key: "applies_to".to_owned(), expected };
                section.fault(error.refusal());
            }
        }
    }
    let (rate, floor, ceiling) = target;
    Some(EscalationTarget::Parameters { rate, floor, ceiling, printed })
}
