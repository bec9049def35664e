//! Replay: a stored assessment computed again from what its steps say they worked with, and from nothing else.
//! Rule:    the steps in their order: inhabitants, rate, bounds, factor, share, rounding. Rate and bounds come from what was
//!          decided, every factor from its index figures; each step is then held to what is stored.
//! Bound:   every value and outcome, every parameter of the year, every factor, where rates, bounds and figures were read;
//!          and what is told of the whole: inhabitants, share, standing, fee, whether it is preliminary.
//! Free:    what no amount hangs on: names and texts, the payer, the fee year, the decision; the days of population and
//!          joining; the months and the series of figures, as long as both ends agree; the year and the decision of a
//!          change in percent; a change that waits, as long as it is too small to count; the places of both days; and what a rounding takes away, since it comes to the same amounts.
//! Errors:  AssessmentMustReplay, and EscalatedFloorMustNotExceedCeiling.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::error::Error;
use crate::explanation::{Assessment, Operand, Outcome, Rule, Standing, Step, Trace, Value};
use crate::index::IndexFactor;
use crate::language::Language;
use crate::money::{Exact, Sek};
use crate::population::PopulationFigure;
use crate::ratio::Ratio;
use crate::tariff::{Bounds, Parameter};

/// The orders that the steps can stand in: the share after the bounds, or before them.
const ORDERS: [[Rule; 7]; 2] = {
    use Rule::{ByPopulation, Ceiling, Escalation, Floor, Population, Proration, Rounding};
    [
        [Population, ByPopulation, Floor, Ceiling, Escalation, Proration, Rounding],
        [Population, ByPopulation, Proration, Floor, Ceiling, Escalation, Rounding],
    ]
};

/// Steps in an order that the rule has, each with its own kind of value and operand, and bounds that a tariff can have.
pub(crate) fn steps_of_the_rule<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Step>, D::Error> {
    let steps = Vec::<Step>::deserialize(deserializer)?;
    if !ORDERS.iter().any(|order| steps.iter().map(|step| step.rule).eq(order.iter().copied())) {
        return Err(D::Error::custom("the steps do not stand in the order of the rule"));
    }
    if let Some(step) = steps.iter().find(|step| !is_of_its_kind(step)) {
        let rule = step.rule.text(Language::English);
        return Err(D::Error::custom(format!(
            "the step `{rule}` holds a value or an operand of another step"
        )));
    }
    let decided = |rule| steps.iter().find(|step| step.rule == rule).and_then(bound_of);
    let decided = |rule| decided(rule).map(|bound| bound.decided.clone());
    Bounds::new(decided(Rule::Floor), decided(Rule::Ceiling)).map_err(D::Error::custom)?;
    Ok(steps)
}

/// Whether value and operand are those that the rule of the step has.
const fn is_of_its_kind(step: &Step) -> bool {
    matches!(
        (step.rule, &step.operand, step.value),
        (Rule::Population, Operand::Population { .. }, Value::Inhabitants(_))
            | (Rule::ByPopulation, Operand::Rate(_), Value::Exact(_))
            | (Rule::Floor | Rule::Ceiling, Operand::Bound(_), Value::Exact(_))
            | (Rule::Escalation, Operand::Factor(_), Value::Exact(_))
            | (Rule::Proration, Operand::Share { .. }, Value::Exact(_))
            | (Rule::Rounding, Operand::Rounding(_), Value::Fee(_))
    )
}

const fn bound_of(step: &Step) -> Option<&Parameter<Sek>> {
    match &step.operand {
        Operand::Bound(bound) => bound.as_ref(),
        _ => None,
    }
}

impl Assessment {
    /// The fee, computed again from the operands of the steps.
    ///
    /// ```
    /// # use avgift::{FeeYear, Indices, Member, PopulationFigure, Tariff};
    /// # let year = FeeYear::new(2024)?;
    /// # let tariff = Tariff::per_inhabitant("T", year, "1,50 kr".parse()?);
    /// # let ale = Member::new("1440".parse()?, "Ale");
    /// # let population = PopulationFigure::of_year_end(ale.code, 2023, 32_446)?;
    /// let assessment = tariff.schedule(year, &Indices::new())?.assess(&ale, &population)?;
    /// assert_eq!(assessment.replay()?, assessment.fee());
    /// # Ok::<(), avgift::Error>(())
    /// ```
    ///
    /// # Errors
    /// `AssessmentMustReplay` with the first difference; `EscalatedFloorMustNotExceedCeiling`; `AmountMustNotOverflow`.
    pub fn replay(&self) -> Result<Sek, Error> {
        let mut again =
            Again { trace: Trace::new(), amount: Exact::ZERO, inhabitants: Ratio::ZERO, fee: Sek::ZERO };
        for (place, stored) in self.steps().iter().enumerate() {
            again.take(self, stored)?;
            let step = again.trace.steps().last();
            if let Some((what, was, is)) = step.and_then(|step| first_difference(stored, step)) {
                let rule = stored.rule.text(Language::English);
                return Err(self.differs(format!("{what} of step {}, {rule},", place + 1), was, is));
            }
        }
        self.hold_bounds(again.trace.steps())?;
        self.hold_whole(again.trace.steps())?;
        self.hold("the fee", self.fee(), again.fee, |fee| fee.text(Language::English))?;
        Ok(again.fee)
    }

    /// A ceiling below the floor would make the order of the two decide.
    fn hold_bounds(&self, steps: &[Step]) -> Result<(), Error> {
        let bound = |rule| steps.iter().find(|step| step.rule == rule).and_then(bound_of);
        match (bound(Rule::Floor), bound(Rule::Ceiling)) {
            (Some(floor), Some(ceiling)) if floor.value > ceiling.value => {
                Err(Error::EscalatedFloorMustNotExceedCeiling {
                    year: self.year(),
                    floor: floor.decided.origin.clone(),
                    ceiling: ceiling.decided.origin.clone(),
                })
            }
            _ => Ok(()),
        }
    }

    /// What is told of the whole, held to what the steps say.
    fn hold_whole(&self, steps: &[Step]) -> Result<(), Error> {
        let english = Language::English;
        for step in steps {
            match (&step.operand, step.value) {
                (Operand::Population { reference_date, asked_for }, Value::Inhabitants(inhabitants)) => {
                    self.hold("the population", self.inhabitants(), inhabitants, |count| {
                        count.text(english)
                    })?;
                    let is_preliminary = reference_date != asked_for;
                    self.hold(
                        "whether it is preliminary",
                        self.is_preliminary(),
                        is_preliminary,
                        bool::to_string,
                    )?;
                }
                (Operand::Share { share, .. }, _) => {
                    self.hold("the share of the year", self.share(), *share, |share| share.text(english))?;
                }
                _ => {}
            }
        }
        self.hold("the standing", self.standing(), Standing::of(steps), |standing| format!("{standing:?}"))
    }

    fn hold<T: PartialEq>(
        &self,
        what: &str,
        was: T,
        is: T,
        told: impl Fn(&T) -> String,
    ) -> Result<(), Error> {
        if was == is { Ok(()) } else { Err(self.differs(what.to_owned(), told(&was), told(&is))) }
    }

    fn differs(&self, place: String, stored: String, recomputed: String) -> Error {
        Error::AssessmentMustReplay { code: self.code(), year: self.year(), place, stored, recomputed }
    }
}

/// An assessment while it is computed again.
struct Again {
    trace: Trace,
    amount: Exact,
    inhabitants: Ratio,
    fee: Sek,
}

impl Again {
    /// Takes a step anew with what the stored one worked with.
    fn take(&mut self, assessment: &Assessment, stored: &Step) -> Result<(), Error> {
        let trace = &mut self.trace;
        match (&stored.operand, stored.value) {
            (Operand::Population { reference_date, asked_for }, Value::Inhabitants(inhabitants)) => {
                let figure = PopulationFigure {
                    code: assessment.code(),
                    reference_date: *reference_date,
                    inhabitants,
                    origin: stored.origins.first().cloned(),
                };
                self.inhabitants = trace.population(&figure, *asked_for);
            }
            // A value of another kind than a number of inhabitants never gets here: see `steps_of_the_rule`.
            (Operand::Population { .. }, _) => {}
            (Operand::Rate(rate), _) => {
                let rate = rate.again(rate.decided.value.exact())?;
                let amount = rate.value.times(self.inhabitants)?;
                self.amount = trace.amount(Rule::ByPopulation, amount, true, Operand::Rate(rate));
            }
            (Operand::Bound(bound), _) => {
                let bound =
                    bound.as_ref().map(|bound| bound.again(bound.decided.value.into())).transpose()?;
                self.amount = match stored.rule {
                    Rule::Floor => trace.raise(self.amount, bound.as_ref()),
                    _ => trace.lower(self.amount, bound.as_ref()),
                };
            }
            (Operand::Factor(factor), _) => {
                let factor = factor.as_ref().map(IndexFactor::again);
                let factor = factor.transpose()?;
                let ratio = factor.as_ref().map_or(Ratio::ONE, IndexFactor::ratio);
                let (amount, is_escalated) = (self.amount.times(ratio)?, factor.is_some());
                self.amount = trace.amount(Rule::Escalation, amount, is_escalated, Operand::Factor(factor));
            }
            (Operand::Share { share, assumed }, _) => {
                self.amount = trace.share(self.amount, *share, assumed.clone(), stored.origins.clone())?;
            }
            (Operand::Rounding(rounding), _) => self.fee = trace.round(*rounding, self.amount)?,
        }
        Ok(())
    }
}

/// The first thing that differs between a stored step and the one computed again: what, as stored, as computed.
fn first_difference(stored: &Step, again: &Step) -> Option<(&'static str, String, String)> {
    let difference = |what, told: fn(&Step) -> String| (what, told(stored), told(again));
    if stored.operand != again.operand {
        Some(difference("the amount of the year", |step| parameter_text(&step.operand)))
    } else if stored.value != again.value {
        Some(difference("the value", |step| value_text(step.value)))
    } else if stored.outcome != again.outcome {
        Some(difference("the outcome", |step| outcome_text(step.outcome).to_owned()))
    } else if stored.origins != again.origins {
        Some(difference("the places", |step| {
            let places: Vec<String> = step.origins.iter().map(ToString::to_string).collect();
            if places.is_empty() { "none".to_owned() } else { places.join(", ") }
        }))
    } else {
        None
    }
}

/// What of an operand follows from the rest of it: the value of a rate or bound in the year, and its own rounding.
fn parameter_text(operand: &Operand) -> String {
    let told = |value: Exact, printed: Option<crate::rounding::Rounding>| match printed {
        Some(rounding) => format!("{}, rounded {}", exact_text(value), rounding.text(Language::English)),
        None => exact_text(value),
    };
    match operand {
        Operand::Rate(rate) => told(rate.value, rate.printed),
        Operand::Bound(Some(bound)) => told(bound.value, bound.printed),
        other => other.text(Language::English),
    }
}

fn value_text(value: Value) -> String {
    match value {
        Value::Inhabitants(inhabitants) => inhabitants.text(Language::English),
        Value::Exact(amount) => exact_text(amount),
        Value::Fee(fee) => fee.text(Language::English),
    }
}

/// An amount for people, with its ratio where decimals do not tell all of it.
fn exact_text(amount: Exact) -> String {
    let ore = amount.ore_ratio();
    match ore.denominator() {
        1 => amount.text(Language::English),
        below => format!("{} ({}/{below} öre)", amount.text(Language::English), ore.numerator()),
    }
}

const fn outcome_text(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Applied => "applied",
        Outcome::NotReached => "not reached",
        Outcome::NotInForce => "not in force",
    }
}
