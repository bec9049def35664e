//! Heading: the lines above a table: the network, and for each year its tariff with all its terms.
//! Rule:    whatever works on a fee is named, so that nobody takes the first rate for the whole tariff.

use avgift::{Charge, Language, Operand, Parameter, Schedule, Sek, YearOfFees, known_on_text};

/// The lines above a table: the network and its scenario, and for each year its tariff and its federations; then what is
/// illustrative, preliminary, or as known on a day.
pub(super) fn heading(name: &str, years: &[&YearOfFees], language: Language) -> String {
    let mut lines = vec![name.to_owned()];
    for fees in years {
        lines.push(tariff_text(fees, language));
        let federations = &fees.schedule.tariff().federations;
        lines.extend(federations.iter().map(|federation| federation.text(language)));
    }
    if years.iter().any(|fees| fees.schedule.tariff().illustrative) {
        lines.push(language.say("tariff-is-illustrative"));
    }
    if years.iter().any(|fees| fees.is_preliminary()) {
        lines.push(language.say("populations-are-older"));
    }
    let known_on = years.iter().find_map(|fees| fees.known_on());
    lines.extend(known_on.map(|day| known_on_text(day, language)));
    lines.into_iter().map(|line| line + "\n").collect::<String>() + "\n"
}

/// `Avgiftsår 2024, taxa T: 1,50 kr per invånare, golv 15 000 kr, tak 120 000 kr; × 142,6 / 138,2`.
fn tariff_text(fees: &YearOfFees, language: Language) -> String {
    let schedule = &fees.schedule;
    let terms = [vec![charge_text(schedule.charge(), language)], further_terms(schedule, language)].concat();
    let (year, tariff) = (schedule.year().to_string(), &schedule.tariff().name);
    language.tell("tariff-of-year", &[("year", &year), ("tariff", tariff), ("terms", &terms.join("; "))])
}

/// `1,50 kr per invånare, golv 15 000 kr, tak 120 000 kr; × 142,6 / 138,2`.
fn charge_text(charge: &Charge, language: Language) -> String {
    let bound = |message: &str, bound: Option<&Parameter<Sek>>| {
        let amount = Operand::Bound(Some(bound?.clone())).text(language);
        Some(language.tell(message, &[("amount", &amount)]))
    };
    let terms = [
        Some(charge.shape().text(language)),
        bound("terms-floor", charge.floor()),
        bound("terms-ceiling", charge.ceiling()),
    ];
    let mut terms = terms.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let factor = Operand::Factor(charge.fee_factor().cloned());
    if let Some(note) = factor.note(language) {
        terms.push_str(&format!("; {} ({note})", factor.text(language)));
    }
    terms
}

/// What works on a fee besides: classes, components, the factor of the year, the limit, the joining fee.
fn further_terms(schedule: &Schedule, language: Language) -> Vec<String> {
    let tariff = schedule.tariff();
    let mut terms = Vec::new();
    if !schedule.classes().is_empty() {
        let names: Vec<&str> = schedule.classes().iter().map(|class| class.name()).collect();
        terms.push(language.tell("terms-classes", &[("names", &names.join(", "))]));
    }
    for component in schedule.components() {
        let charge = charge_text(component.charge(), language);
        terms.push(language.tell("terms-component", &[("name", component.name()), ("terms", &charge)]));
    }
    if let Some(factor) = tariff.year_factors.iter().find(|factor| factor.year == schedule.year()) {
        let factor = factor.factor.value.text(language);
        terms.push(language.tell("terms-year-factor", &[("factor", &factor)]));
    }
    if tariff.limit.is_some() {
        terms.push(language.say("terms-limit"));
    }
    if let Some(fee) = &tariff.joining_fee {
        terms.push(language.tell("terms-joining-fee", &[("amount", &fee.value.text(language))]));
    }
    terms
}
