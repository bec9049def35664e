//! Index: the clause of a tariff or of a component, its figures each with its source, every change, and the factor that they
//! make; or, on a printed tariff, the changes that each work on the printed amount of the year before.

use avgift::{
    Carried, ComposedChange, EscalationTarget, FallPolicy, FigurePair, IndexChange, IndexClause, IndexFactor,
    Measure, Ratio, WeighedSeries,
};

use super::charges::Place;
use super::exact::decimal;
use super::lines::Lines;
use super::sheet::Look;
use super::term::Term;
use crate::error::Error;

/// Where the terms of a clause stand, in percent.
#[derive(Default)]
struct Terms {
    weights: Vec<Term>,
    pass_through: Option<Term>,
    point: Option<Term>,
}

/// A change in its cells.
type Change = Option<Term>;

/// The section of a clause; gives each change, where a formula comes to it.
pub(super) fn section(lines: &mut Lines<'_>, place: Place, of: Option<&str>) -> Result<Vec<Change>, Error> {
    let year = lines.year;
    let Some(clause) = year.clause(place) else { return Ok(Vec::new()) };
    let heading = lines.label(of, "workbook-index");
    lines.section(&heading)?;
    let terms = write_clause(lines, place, clause)?;
    let Some(factor) = year.factor_of(place) else { return Ok(Vec::new()) };
    let changes = write_changes(lines, factor, &terms)?;
    if !factor.is_chained() {
        write_factor(lines, place, factor, &changes)?;
    }
    Ok(changes)
}

fn write_clause(lines: &mut Lines<'_>, place: Place, clause: &IndexClause) -> Result<Terms, Error> {
    let mut terms = Terms::default();
    let year = lines.year;
    let say = |message: &str| year.say(message);
    match &clause.measure {
        Measure::Series(measured) => {
            lines.words(&say("workbook-index-series"), &measured.series, clause.origin.as_ref())?;
            lines.words(&say("workbook-index-status"), &measured.status.text(year.language), None)?;
        }
        Measure::Basket { basket } => {
            for WeighedSeries { weight, measured } in basket {
                let words = format!("{}, {}", measured.series, measured.status.text(year.language));
                let labels = (&*say("workbook-index-weight"), &*words);
                terms.weights.push(percent(lines, labels, weight.ratio(), clause.origin.as_ref())?);
            }
        }
        Measure::Nothing {} => {
            let nothing = say("workbook-index-nothing");
            lines.words(&say("workbook-index-series"), &nothing, clause.origin.as_ref())?;
        }
    }
    lines.words(&say("workbook-index-base"), &clause.base.text(year.language), None)?;
    let lag = clause.lag_years.to_string();
    lines.number((&say("workbook-index-lag"), ""), &lag, Look::Whole, None)?;
    let policy = match clause.policy {
        FallPolicy::Follow => say("workbook-index-follow"),
        FallPolicy::NeverDown => say("workbook-index-never-down"),
        FallPolicy::HighWater => say("workbook-index-high-water"),
    };
    lines.words(&say("workbook-index-policy"), &policy, None)?;
    write_terms(lines, clause, &mut terms)?;
    let target = match clause.target {
        EscalationTarget::Fee => say("workbook-index-target-fee"),
        EscalationTarget::Parameters { rate, floor, ceiling, .. } => {
            let chosen = [(rate, "workbook-rate"), (floor, "rule-floor"), (ceiling, "rule-ceiling")];
            let chosen = chosen.into_iter().filter(|(is_chosen, _)| *is_chosen);
            let chosen: Vec<String> = chosen.map(|(_, label)| say(label).to_lowercase()).collect();
            if chosen.is_empty() { say("workbook-index-target-nothing") } else { chosen.join(", ") }
        }
    };
    lines.words(&say("workbook-index-target"), &target, None)?;
    if let EscalationTarget::Parameters { printed: Some(printed), .. } = clause.target {
        let note = "workbook-rounding-of-parameters-note";
        lines.rounding("workbook-rounding-of-rate", note, printed.rate)?;
        lines.name_of("workbook-name-step-of-rates", place);
        lines.rounding("workbook-rounding-of-bounds", note, printed.bounds)?;
        lines.name_of("workbook-name-step-of-bounds", place);
    }
    Ok(terms)
}

/// How the clause measures beyond its series.
fn write_terms(lines: &mut Lines<'_>, clause: &IndexClause, terms: &mut Terms) -> Result<(), Error> {
    let (year, language) = (lines.year, lines.year.language);
    let carried = match clause.carried {
        Carried::FromBase => None,
        Carried::Yearly => Some("workbook-index-yearly"),
        Carried::Printed => Some("workbook-index-printed"),
    };
    if let Some(carried) = carried {
        lines.words(&year.say("workbook-index-carried"), &year.say(carried), None)?;
    }
    if let Some(part) = clause.pass_through {
        let label = year.say("workbook-index-pass-through");
        terms.pass_through = Some(percent(lines, (&label, ""), part.ratio(), None)?);
    }
    if let Some(point) = clause.point {
        let label = year.say("workbook-index-point");
        terms.point = Some(percent(lines, (&label, ""), point.ratio(), None)?);
    }
    if let Some(threshold) = clause.threshold {
        lines.words(&year.say("workbook-index-threshold"), &threshold.text(language), None)?;
    }
    Ok(())
}

/// A line of a percentage.
fn percent<'o>(
    lines: &mut Lines<'_>,
    labels: (&str, &str),
    portion: Ratio,
    origin: impl Into<Option<&'o avgift::Origin>>,
) -> Result<Term, Error> {
    let cell = lines.number(labels, &decimal(portion), Look::Portion, origin)?;
    Ok(Term::of(cell, portion))
}

/// The figures of each change, each with its source, and what they come to.
fn write_changes(lines: &mut Lines<'_>, factor: &IndexFactor, terms: &Terms) -> Result<Vec<Change>, Error> {
    let year = lines.year;
    let is_each_shown = !factor.is_plain() || factor.is_chained();
    let mut changes = Vec::new();
    for (place, change) in factor.changes().iter().enumerate() {
        let made = match change {
            IndexChange::Figures(pair) => Some(write_pair(lines, pair)?),
            IndexChange::Composed(composed) => write_composed(lines, composed, terms)?,
            IndexChange::Decided(decided) => {
                let label =
                    year.language.tell("workbook-index-decided", &[("year", &decided.year.to_string())]);
                let (percent_of, origin) = (decided.percent.ratio(), decided.origin.as_ref());
                let added = percent(lines, (&label, &decided.decision), percent_of, origin)?;
                Some(Term::whole("1", 1).plus(&added))
            }
        };
        // Where more than half of the price level falls away, too few digits are left of 1 − 0,9…
        let ratio = change.ratio()?;
        let is_small = !matches!(change, IndexChange::Figures(_)) && ratio < Ratio::new(1, 2)?;
        let made = made.filter(|made| made.value() == Some(ratio) && !is_small);
        if !is_each_shown {
            changes.push(made);
            continue;
        }
        let label = year.language.tell("workbook-index-change", &[("number", &(place + 1).to_string())]);
        let labels = (&*label, &*change.text(year.language));
        let cell = lines.formula_or_value(labels, made.as_ref(), &decimal(ratio), Look::Factor)?;
        changes.push(Some(made.map_or_else(|| Term::of(&*cell, ratio), |made| made.at(&*cell))));
    }
    Ok(changes)
}

/// The factor: every change times the next.
fn write_factor(
    lines: &mut Lines<'_>,
    place: Place,
    factor: &IndexFactor,
    changes: &[Change],
) -> Result<(), Error> {
    let year = lines.year;
    let product = changes.iter().cloned().reduce(|product, change| Some(product?.times(&change?))).flatten();
    let product = product.filter(|product| product.value() == Some(factor.ratio()));
    let label = year.say("workbook-index-factor");
    let value = decimal(factor.ratio());
    if changes.is_empty() {
        lines.number((&label, &year.say("workbook-index-unchanged")), &value, Look::Factor, None)?;
    } else {
        let note = match factor.is_plain() {
            true => year.say("workbook-index-factor-note"),
            false => year.say("workbook-index-factor-of-changes"),
        };
        lines.formula_or_value((&label, &note), product.as_ref(), &value, Look::Factor)?;
    }
    lines.name_of("workbook-name-factor", place);
    Ok(())
}

/// Two figures; gives the later over the earlier.
fn write_pair(lines: &mut Lines<'_>, pair: &FigurePair) -> Result<Term, Error> {
    let year = lines.year;
    let mut cells = Vec::new();
    for (message, figure) in [("workbook-index-above", &pair.to), ("workbook-index-below", &pair.from)] {
        let label = year.language.tell(message, &[("month", &figure.month.text(year.language))]);
        let mut note = format!("{}, {}", figure.series, figure.status.text(year.language));
        if let Some(forecast) = figure.forecast_text(year.language) {
            note += &format!("; {forecast}");
        }
        let value = figure.value.normalize().to_string();
        let cell = lines.number((&label, &note), &value, Look::IndexFigure, figure.origin.as_ref())?;
        cells.push(Term::of(cell, Ratio::from_decimal(figure.value)));
    }
    Ok(cells[0].over(&cells[1]))
}

/// A change that is weighed together, passed on in part, or added to.
fn write_composed(
    lines: &mut Lines<'_>,
    change: &ComposedChange,
    terms: &Terms,
) -> Result<Option<Term>, Error> {
    let mut measured: Option<Term> = None;
    for (place, of) in change.terms.iter().enumerate() {
        let mut product: Option<Term> = None;
        for pair in &of.figures {
            let quotient = write_pair(lines, pair)?;
            product = Some(product.map_or(quotient.clone(), |product| product.times(&quotient)));
        }
        let Some(product) = product else { return Ok(None) };
        let weighed = match of.weight {
            None => product,
            Some(_) => match terms.weights.get(place) {
                Some(weight) => weight.times(&product),
                None => return Ok(None),
            },
        };
        measured = Some(measured.map_or(weighed.clone(), |sum| sum.plus(&weighed)));
    }
    let one = Term::whole("1", 1);
    let passed_on = match (measured, change.pass_through, &terms.pass_through) {
        (Some(measured), None, _) => measured,
        (Some(measured), Some(_), Some(part)) => one.plus(&part.times(&measured.minus(&one))),
        _ => return Ok(None),
    };
    Ok(match (change.point, &terms.point) {
        (None, _) => Some(passed_on),
        (Some(_), Some(point)) => Some(passed_on.plus(point)),
        _ => None,
    })
}
