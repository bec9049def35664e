//! Tariff: what was decided, each figure with its source; the index factor; what they come to in the fee year; and the
//! parts of an öre that the exact rounding is made in.

use std::collections::BTreeMap;

use avgift::{
    BrokenUnit, Charge, Counting, Leaving, NaiveDate, Portion, ProrationOrder, ProrationUnit, Ratio,
    RebateOn, Reckoning, Shape, Sourced, date_text,
};
use rust_xlsxwriter::Worksheet;

use super::Year;
use super::charges::{Place, Scalar, reckonings, scalars};
use super::exact::decimal;
use super::fees::FeesTable;
use super::index;
use super::lines::{Lines, Named};
use super::members::{Extra, MembersTable};
use super::sheet::Look;
use super::term::Term;
use crate::error::Error;

/// Where each decided amount and rate stands.
type Decided = BTreeMap<(Place, &'static str), String>;

/// The sheet, and the names that formulas of other sheets use.
pub(super) fn sheet(
    year: &Year<'_>,
    members: &MembersTable,
    fees: &FeesTable,
) -> Result<(Worksheet, Vec<Named>), Error> {
    let mut lines = Lines::new(year)?;
    let mut decided = Decided::new();
    write_tariff(&mut lines, &mut decided, members)?;
    for (place, charge, of) in year.charges().into_iter().skip(1) {
        let name = of.unwrap_or_default();
        let heading = match place {
            Place::Component(_) => year.language.tell("workbook-of-component", &[("name", name)]),
            _ => year.language.tell("named-class", &[("name", name)]),
        };
        lines.section(&heading)?;
        write_charge(&mut lines, &mut decided, (place, charge), members)?;
    }
    let mut changes = BTreeMap::new();
    changes.insert(Place::Main, index::section(&mut lines, Place::Main, None)?);
    for (place, _, of) in
        year.charges().into_iter().filter(|(place, ..)| matches!(place, Place::Component(_)))
    {
        changes.insert(place, index::section(&mut lines, place, of)?);
    }
    let mut is_begun = false;
    for (place, charge, of) in year.charges() {
        for scalar in scalars(charge)? {
            if !std::mem::replace(&mut is_begun, true) {
                lines.section(&year.tell("workbook-of-the-year"))?;
            }
            let cell = decided.get(&(place, scalar.label)).cloned().unwrap_or_default();
            let made = changes.get(&place.of_index()).map_or(&[][..], Vec::as_slice);
            write_of_the_year(&mut lines, (place, of), &scalar, &Term::of(cell, scalar.decided), made)?;
        }
    }
    write_integers(&mut lines, members, fees)?;
    Ok(lines.done())
}

fn write_tariff(lines: &mut Lines<'_>, decided: &mut Decided, members: &MembersTable) -> Result<(), Error> {
    let year = lines.year;
    let schedule = &year.fees.schedule;
    let tariff = schedule.tariff();
    let say = |message: &str| year.say(message);
    lines.section(&say("workbook-decided"))?;
    lines.words(&say("workbook-tariff"), &tariff.name, tariff.origin.as_ref())?;
    if let Some(decision) = &tariff.decision {
        lines.words(&say("workbook-decision"), decision, None)?;
    }
    lines.number((&say("workbook-in-force-from"), ""), &tariff.from.to_string(), Look::Year, None)?;
    if let Some(to) = tariff.to {
        lines.number((&say("workbook-in-force-to"), ""), &to.to_string(), Look::Year, None)?;
    }
    for federation in &tariff.federations {
        let terms = federation.text(year.language);
        lines.words(&say("workbook-federation"), &terms, federation.origin.as_ref())?;
    }
    write_charge(lines, decided, (Place::Main, schedule.charge()), members)?;
    for (place, class) in schedule.classes().iter().enumerate() {
        if let Some(multiplier) = class.multiplier() {
            let label = year.language.tell("named-class", &[("name", class.name())]);
            write_portion(lines, (&label, &say("workbook-multiplier-note")), multiplier)?;
            lines.name_as(year.named_at("workbook-name-multiplier", place));
        }
    }
    for factor in tariff.year_factors.iter().filter(|factor| factor.year == schedule.year()) {
        let note = say("workbook-year-factor-note");
        write_portion(lines, (&year.heading("rule-year-factor"), &note), &factor.factor)?;
        lines.name("workbook-name-year-factor");
    }
    if let Some(limit) = &tariff.limit {
        write_limit(lines, limit)?;
    }
    if let Some(fee) = &tariff.joining_fee {
        let (note, amount) =
            (say("workbook-joining-fee-note"), avgift::Exact::from(fee.value).kronor_ratio()?);
        let label = year.heading("rule-joining-fee");
        lines.number((&label, &note), &decimal(amount), Look::Unrounded, fee.origin.as_ref())?;
        lines.name("rule-joining-fee");
    }
    let day = tariff.reference_date.in_year(schedule.year());
    lines.date(&say("workbook-reference-date"), &say("workbook-reference-date-note"), day)?;
    lines.rounding("workbook-rounding", "workbook-rounding-note", tariff.rounding)?;
    lines.name("workbook-name-step");
    lines.words(&say("workbook-proration"), &proration_words(year, tariff.proration.unit), None)?;
    let leaving = match tariff.proration.leaving {
        Leaving::FullYear => say("workbook-pays-whole-year"),
        Leaving::Prorated => say("workbook-leaving-prorated"),
    };
    lines.words(&say("workbook-leaving"), &leaving, None)?;
    let order = match tariff.proration.order {
        ProrationOrder::AfterBounds => say("workbook-order-after"),
        ProrationOrder::BeforeBounds => say("workbook-order-before"),
    };
    lines.words(&year.heading("rule-proration"), &order, None)
}

/// A portion as decided, in percent.
fn write_portion(
    lines: &mut Lines<'_>,
    labels: (&str, &str),
    portion: &Sourced<Portion>,
) -> Result<Term, Error> {
    let value = portion.value.ratio();
    let cell = lines.number(labels, &decimal(value), Look::Portion, portion.origin.as_ref())?;
    Ok(Term::of(cell, value))
}

/// The limit on the yearly change, and what it leaves of the fee of the year before: at most and at least.
fn write_limit(lines: &mut Lines<'_>, limit: &avgift::YearlyLimit) -> Result<(), Error> {
    let year = lines.year;
    if let Some(up) = &limit.up {
        let portion = write_portion(lines, (&year.say("workbook-limit-up"), ""), up)?;
        let most = Term::whole("1", 1).plus(&portion);
        let value = most.decimal().unwrap_or_default();
        lines.formula((&year.say("workbook-limit-most"), ""), most.text(), &value, Look::Factor)?;
        lines.name("workbook-name-most");
    }
    if let Some(down) = &limit.down {
        let portion = write_portion(lines, (&year.say("workbook-limit-down"), ""), down)?;
        let left = Ratio::ONE.minus(down.value.ratio())?;
        let formula = format!("ROUND(1-{},9)", portion.text());
        lines.formula((&year.say("workbook-limit-least"), ""), &formula, &decimal(left), Look::Factor)?;
        lines.name("workbook-name-least");
    }
    Ok(())
}

/// What was decided of a charge: its amounts and rates, and what else its shape works with.
fn write_charge(
    lines: &mut Lines<'_>,
    decided: &mut Decided,
    (place, charge): (Place, &Charge),
    members: &MembersTable,
) -> Result<(), Error> {
    let year = lines.year;
    let is_said_by_its_cells = match charge.shape() {
        Shape::PerInhabitant { .. } | Shape::Flat { .. } => true,
        Shape::Linear { per, .. } => *per == Counting::EACH,
        _ => false,
    };
    if !is_said_by_its_cells {
        let terms = charge.shape().text(year.language);
        lines.words(&year.heading("rule-by-tariff"), &terms, year.fees.schedule.tariff().origin.as_ref())?;
    }
    for scalar in scalars(charge)? {
        let note = match scalar.label {
            "workbook-base" => "workbook-base-note",
            "workbook-flat" => "workbook-flat-note",
            "workbook-total" => "workbook-total-note",
            "rule-floor" => "workbook-floor-note",
            "rule-ceiling" => "workbook-ceiling-note",
            _ => match charge.shape() {
                Shape::Linear { per, .. } if *per != Counting::EACH => "workbook-per-unit",
                _ => "workbook-per-inhabitant",
            },
        };
        let look = look_of(&scalar);
        let labels = (&*year.heading(scalar.label), &*year.say(note));
        let cell = lines.number(labels, &decimal(scalar.decided), look, scalar.origin)?;
        decided.insert((place, scalar.label), cell);
    }
    match charge.shape() {
        Shape::Linear { per, cap, .. } => {
            if *per != Counting::EACH {
                let labels = (&*year.say("workbook-unit"), &*year.say("workbook-unit-note"));
                lines.number(labels, &per.size.get().to_string(), Look::Whole, None)?;
                lines.name_of("workbook-name-unit", place);
            }
            if let Some(cap) = cap {
                let labels = (&*year.say("workbook-cap"), &*year.say("workbook-cap-note"));
                lines.number(labels, &cap.value.get().to_string(), Look::Whole, cap.origin.as_ref())?;
                lines.name_of("workbook-name-cap", place);
            }
        }
        Shape::OfFigure(of) => {
            write_portion(lines, (&year.say("workbook-portion"), &of.figure), &of.portion)?;
            lines.name_of("workbook-name-portion", place);
            if let Some(rebate) = &of.rebate {
                let on = match rebate.on {
                    RebateOn::Whole => year.say("workbook-rebate-on-whole"),
                    RebateOn::PartAbove => year.say("workbook-rebate-on-part"),
                };
                let labels = (&*year.say("workbook-rebate-above"), &*on);
                lines.number(labels, &rebate.above.get().to_string(), Look::Whole, None)?;
                lines.name_of("workbook-name-rebate-above", place);
                let portion = write_portion(lines, (&year.say("workbook-rebate"), ""), &rebate.portion)?;
                let left = Ratio::ONE.minus(rebate.portion.value.ratio())?;
                let formula = format!("ROUND(1-{},9)", portion.text());
                let label = year.say("workbook-rebate-left");
                lines.formula((&label, ""), &formula, &decimal(left), Look::Factor)?;
                lines.name_of("workbook-name-rebate-left", place);
            }
        }
        Shape::Total { .. } => write_keys(lines, members)?,
        _ => {}
    }
    Ok(())
}

/// The keys of a total: each with its weight, and that of all who share.
fn write_keys(lines: &mut Lines<'_>, members: &MembersTable) -> Result<(), Error> {
    let year = lines.year;
    let shared = year.fees.assessments.iter().flat_map(reckonings).find_map(|reckoning| match reckoning {
        Reckoning::Shared { keys, .. } => Some(keys),
        _ => None,
    });
    let sharing = members.extras(&Extra::Sharing);
    for (place, share) in shared.into_iter().flatten().enumerate() {
        let (key, formula) = match &share.key {
            avgift::Key::Population => {
                let people = members.all_inhabitants();
                (year.say("column-inhabitants"), format!("SUMPRODUCT({sharing}*{people})"))
            }
            avgift::Key::Equal => (year.say("key-equal"), format!("SUM({sharing})")),
            avgift::Key::Figure(name) => {
                let figures = members.extras(&Extra::Figure(name.clone()));
                (name.clone(), format!("SUM({figures})"))
            }
        };
        let label = year.language.tell("workbook-key-weight", &[("key", &key)]);
        write_portion(lines, (&label, ""), &share.weight)?;
        lines.name_as(year.named_at("workbook-name-weight", place));
        let label = year.language.tell("workbook-key-of-all", &[("key", &key)]);
        let look = if share.all.denominator() == 1 { Look::Whole } else { Look::Unrounded };
        lines.formula((&label, ""), &formula, &decimal(share.all), look)?;
        lines.name_as(year.named_at("workbook-name-key", place));
    }
    Ok(())
}

/// An amount or a rate in the fee year.
fn write_of_the_year(
    lines: &mut Lines<'_>,
    (place, of): (Place, Option<&str>),
    scalar: &Scalar<'_>,
    decided: &Term,
    changes: &[Option<Term>],
) -> Result<(), Error> {
    let year = lines.year;
    let label = lines.label(of, scalar.label);
    let value = decimal(scalar.value);
    if scalar.is_chained() {
        return write_chain(lines, (place, &label), scalar, decided, changes);
    }
    let unrounded = if scalar.is_rate { Look::Rate } else { Look::Unrounded };
    let (note, look) = match (scalar.factor, scalar.printed) {
        (None, _) if year.charge(place).fee_factor().is_some() => ("workbook-of-the-year-base", unrounded),
        (None, _) => ("workbook-of-the-year-decided", unrounded),
        (Some(_), None) => ("workbook-of-the-year-escalated", unrounded),
        (Some(_), Some(_)) => ("workbook-of-the-year-printed", Look::KronorAndOre),
    };
    let formula = scalar.carried(year, place, decided);
    lines.formula_or_value((&label, &year.say(note)), formula.as_ref(), &value, look)?;
    lines.name_of(scalar.label, place);
    Ok(())
}

/// A printed tariff, change by change, each on what was printed before it.
fn write_chain(
    lines: &mut Lines<'_>,
    (place, label): (Place, &str),
    scalar: &Scalar<'_>,
    decided: &Term,
    changes: &[Option<Term>],
) -> Result<(), Error> {
    let year = lines.year;
    let step = scalar.printed.map_or(1, avgift::Rounding::step_ore);
    let step_cell = scalar.step(year, place);
    let mut printed = decided.rounded(&step_cell, step);
    let last = |made: &Option<Term>, is_last: bool| {
        made.clone().filter(|made| !is_last || made.value() == Some(scalar.value))
    };
    for place_of_change in 0..=changes.len() {
        let is_last = place_of_change == changes.len();
        let note = match place_of_change {
            0 => year.say("workbook-of-the-year-first-printed"),
            _ => {
                let number = place_of_change.to_string();
                year.language.tell("workbook-of-the-year-chained", &[("number", &number)])
            }
        };
        let made = last(&printed, is_last);
        let value = match &made {
            Some(made) => made.decimal().unwrap_or_default(),
            None if is_last => decimal(scalar.value),
            None => break,
        };
        let cell = lines.formula_or_value((label, &note), made.as_ref(), &value, Look::KronorAndOre)?;
        if is_last {
            lines.name_of(scalar.label, place);
            return Ok(());
        }
        let change = changes[place_of_change].as_ref();
        printed =
            made.zip(change).and_then(|(made, change)| made.at(cell).times(change).rounded(&step_cell, step));
    }
    let value = decimal(scalar.value);
    lines.formula_or_value((label, ""), None, &value, Look::KronorAndOre)?;
    lines.name_of(scalar.label, place);
    Ok(())
}

/// The parts of an öre, and how the steps that are left of a total are dealt out.
fn write_integers(lines: &mut Lines<'_>, members: &MembersTable, fees: &FeesTable) -> Result<(), Error> {
    let year = lines.year;
    let say = |message: &str| year.say(message);
    lines.section(&say("workbook-integers"))?;
    let why = if year.parts.is_whole { "workbook-integers-why" } else { "workbook-integers-too-large" };
    lines.words("", &say(why), None)?;
    let labels = (&*say("workbook-integers-parts"), &*say("workbook-integers-parts-note"));
    lines.number(labels, &year.parts.count.to_string(), Look::Whole, None)?;
    lines.name("workbook-name-parts");
    let step = i128::from(year.fees.schedule.tariff().rounding.step_ore());
    let formula = format!("{}*{}", year.named("workbook-name-step"), year.named("workbook-name-parts"));
    let value = (step * year.parts.count).to_string();
    lines.formula((&say("workbook-integers-step"), ""), &formula, &value, Look::Whole)?;
    lines.name("workbook-name-step-parts");
    if let Some((formula, value)) = fees.dealt_out(year, members) {
        let labels = (&*say("workbook-dealt-out"), &*say("workbook-dealt-out-note"));
        lines.formula(labels, &formula, &value, Look::Whole)?;
        lines.name("workbook-name-dealt-out");
    }
    Ok(())
}

/// A decided amount with its öre where it has any, a rate with its decimals.
fn look_of(scalar: &Scalar<'_>) -> Look {
    if scalar.is_rate { Look::Rate } else { Look::of_money(scalar.decided.denominator() != 1) }
}

/// What a member owes that joins within the year.
fn proration_words(year: &Year<'_>, unit: ProrationUnit) -> String {
    match unit {
        ProrationUnit::FullYear => year.say("workbook-pays-whole-year"),
        ProrationUnit::Months(BrokenUnit::Counted) => year.say("workbook-proration-months-counted"),
        ProrationUnit::Months(BrokenUnit::Free) => year.say("workbook-proration-months-free"),
        ProrationUnit::Days => year.say("workbook-proration-days"),
        ProrationUnit::Quarters(BrokenUnit::Counted) => year.say("workbook-proration-quarters-counted"),
        ProrationUnit::Quarters(BrokenUnit::Free) => year.say("workbook-proration-quarters-free"),
        ProrationUnit::Halves => year.say("workbook-proration-halves"),
        ProrationUnit::FullYearIfJoinedBy { month, day } => {
            let by = NaiveDate::from_ymd_opt(year.number().get(), month, day);
            let by = by.unwrap_or(year.number().last_day()); // A day that the year has, as its tariff was read.
            year.language.tell("workbook-proration-joined-by", &[("day", &date_text(by, year.language))])
        }
    }
}
