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
use crate::explanation::{Assessment, Operand, Outcome, Rule, Standing, Step, Value};
use crate::index::IndexFactor;
use crate::language::Language;
use crate::money::{Exact, Sek};
use crate::pool::Pool;
use crate::population::{Inhabitants, PopulationFigure};
use crate::ratio::Ratio;
use crate::rounding::Rounding;
use crate::schedule::Parameter;
use crate::tariff::Bounds;
use crate::trace::Trace;

/// Whether the steps stand in an order that the rule has: the share after the bounds, or before them. Rules that only some
/// tariffs have may be left out.
fn is_an_order(steps: &[Step]) -> bool {
    let mut rest = steps.iter().peekable();
    let mut component: Option<&str> = None;
    macro_rules! next {
        ($($rule:ident)|+) => {
            rest.next_if(|step| {
                matches!(step.rule, $(Rule::$rule)|+) && step.component.as_deref() == component
            })
            .is_some()
        };
    }
    let has_population = next!(Population);
    let is_pooled = next!(Pooled);
    if !has_population || !next!(ByPopulation | ByTariff) {
        return false;
    }
    let _ = next!(Class);
    let is_before = next!(Proration);
    if !(next!(Floor) && next!(Ceiling) && next!(Escalation)) {
        return false;
    }
    while let Some(name) = rest.peek().and_then(|step| step.component.as_deref()) {
        component = Some(name);
        let group = next!(ByPopulation | ByTariff) && next!(Floor) && next!(Ceiling) && next!(Escalation);
        if is_before || !group || !next!(Component) {
            return false;
        }
        component = None;
    }
    let _ = next!(YearFactor);
    let is_discounted = next!(Discount);
    let is_limited = next!(Limit);
    let is_prorated = if is_before { !is_limited } else { next!(Proration) };
    let _ = next!(JoiningFee);
    // A federation has one mode: it is charged as one, and its fee then split, or it has a discount.
    let is_rounded = next!(Rounding) && is_pooled == next!(Split) && !(is_pooled && is_discounted);
    is_prorated && is_rounded && rest.next().is_none()
}

/// Steps in an order that the rule has, each with its own kind of value and operand, and bounds that a tariff can have.
pub(crate) fn steps_of_the_rule<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Step>, D::Error> {
    let steps = Vec::<Step>::deserialize(deserializer)?;
    if !is_an_order(&steps) {
        return Err(D::Error::custom("the steps do not stand in the order of the rule"));
    }
    if let Some(step) = steps.iter().find(|step| !is_of_its_kind(step)) {
        let rule = step.rule.text(Language::English);
        return Err(D::Error::custom(format!(
            "the step `{rule}` holds a value or an operand of another step"
        )));
    }
    for (floor, ceiling) in bounds(&steps) {
        let decided = |bound: Option<&Parameter<Sek>>| bound.map(|bound| bound.decided.clone());
        Bounds::new(decided(floor), decided(ceiling)).map_err(D::Error::custom)?;
    }
    Ok(steps)
}

/// Whether value and operand are those that the rule of the step has.
const fn is_of_its_kind(step: &Step) -> bool {
    matches!(
        (step.rule, &step.operand, step.value),
        (Rule::Population, Operand::Population { .. }, Value::Inhabitants(_))
            | (Rule::Pooled, Operand::Pooled(_), Value::Inhabitants(_))
            | (Rule::ByPopulation, Operand::Rate(_), Value::Exact(_))
            | (Rule::ByTariff, Operand::Reckoning(_), Value::Exact(_))
            | (Rule::Floor | Rule::Ceiling, Operand::Bound(_), Value::Exact(_))
            | (Rule::Class, Operand::Class { .. }, Value::Exact(_))
            | (Rule::Escalation, Operand::Factor(_), Value::Exact(_))
            | (Rule::Component, Operand::Added(_), Value::Exact(_))
            | (Rule::YearFactor, Operand::YearFactor(_), Value::Exact(_))
            | (Rule::Discount, Operand::Discount(_), Value::Exact(_))
            | (Rule::Limit, Operand::Limit { .. }, Value::Exact(_))
            | (Rule::JoiningFee, Operand::JoiningFee(_), Value::Exact(_))
            | (Rule::Proration, Operand::Share { .. }, Value::Exact(_))
            | (Rule::Rounding, Operand::Rounding(_) | Operand::Apportioned(_), Value::Fee(_))
            | (Rule::Split, Operand::Split(_), Value::Fee(_))
    )
}

/// Each floor with the ceiling that follows it: the fee's own, and those of its components.
fn bounds(steps: &[Step]) -> impl Iterator<Item = (Option<&Parameter<Sek>>, Option<&Parameter<Sek>>)> {
    steps
        .windows(2)
        .filter(|pair| pair[0].rule == Rule::Floor)
        .map(|pair| (bound_of(&pair[0]), bound_of(&pair[1])))
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
        let mut again = Again {
            trace: Trace::new(),
            amount: Exact::ZERO,
            inhabitants: Inhabitants::ONE,
            fee: Sek::ZERO,
            before: Exact::ZERO,
            is_within: false,
            figure: None,
            pool: None,
            rounding: None,
        };
        for (place, stored) in self.steps().iter().enumerate() {
            if let Operand::Reckoning(reckoning) = &stored.operand
                && let Some(refused) = reckoning.refuses(again.inhabitants)
            {
                let tiers = stored.operand.text(Language::English);
                let rule = stored.rule.text(Language::English);
                let what = format!("what step {}, {rule}, works with", place + 1);
                return Err(self.differs(what, tiers, refused.to_owned()));
            }
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
        for (floor, ceiling) in bounds(steps) {
            if let (Some(floor), Some(ceiling)) = (floor, ceiling)
                && floor.value > ceiling.value
            {
                return Err(Error::EscalatedFloorMustNotExceedCeiling {
                    year: self.year(),
                    floor: floor.decided.origin.clone(),
                    ceiling: ceiling.decided.origin.clone(),
                });
            }
        }
        Ok(())
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
                    let is_older = |pool: &Pool| !pool.is_of(*asked_for);
                    let is_preliminary = reference_date != asked_for || self.pool().is_some_and(is_older);
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
    inhabitants: Inhabitants,
    fee: Sek,
    /// What was there before the component whose steps are being taken.
    before: Exact,
    is_within: bool,
    /// The member's own population.
    figure: Option<PopulationFigure>,
    /// The members that it is charged as one with.
    pool: Option<Pool>,
    /// The one rounding.
    rounding: Option<Rounding>,
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
                self.figure = Some(figure);
            }
            (Operand::Pooled(pool), _) => {
                if !self.figure.as_ref().is_some_and(|figure| pool.holds(figure)) {
                    let place = "the members that it is charged with".to_owned();
                    let (stored, recomputed) = (stored.operand.text(Language::English), "others".to_owned());
                    return Err(assessment.differs(place, stored, recomputed));
                }
                self.inhabitants = trace.pooled(pool);
                self.pool = Some(pool.clone());
            }
            // A value of another kind than a number of inhabitants never gets here: see `steps_of_the_rule`.
            (Operand::Population { .. }, _) => {}
            (Operand::Rate(_) | Operand::Reckoning(_), _)
                if stored.component.is_some() && !self.is_within =>
            {
                self.is_within = true;
                self.before = self.amount;
                trace.begin(stored.component.as_deref().unwrap_or_default());
                return self.take(assessment, stored);
            }
            (Operand::Added(_), _) => {
                self.amount = trace.add(self.before, self.amount)?;
                self.is_within = false;
            }
            (Operand::Class { name, multiplier }, _) => {
                // Where the member is said to bear its class comes last.
                let decided = usize::from(multiplier.as_ref().is_some_and(|it| it.origin.is_some()));
                let place = stored.origins.get(decided).cloned();
                self.amount = trace.class(self.amount, name.clone(), multiplier.clone(), place)?;
            }
            (Operand::YearFactor(factor), _) => {
                self.amount = trace.year_factor(self.amount, factor.clone())?
            }
            (Operand::Discount(discount), _) => {
                self.amount = trace.discount(self.amount, discount.clone())?;
            }
            (Operand::Limit { previous, up, down }, _) => {
                // The places of a sum of earlier fees come last.
                let portions = [up, down].into_iter().flatten().filter(|portion| portion.origin.is_some());
                let fee = previous.iter().filter(|previous| previous.fee.origin.is_some());
                let places = stored.origins.iter().skip(portions.count() + fee.count()).cloned().collect();
                let (previous, up, down) = (previous.clone(), up.clone(), down.clone());
                self.amount = trace.limit(self.amount, previous, up, down, places)?;
            }
            (Operand::JoiningFee(fee), _) => self.amount = trace.joining_fee(self.amount, fee.clone())?,
            (Operand::Apportioned(apportioned), _) => {
                self.fee = trace.apportion(*apportioned, self.amount)?
            }
            (Operand::Rate(rate), _) => {
                let operand = Operand::Rate(rate.again(rate.decided.value.exact())?);
                let amount = operand.amount(self.inhabitants)?;
                self.amount = trace.amount(Rule::ByPopulation, amount, true, operand);
            }
            (Operand::Reckoning(reckoning), _) => {
                let operand = Operand::Reckoning(Box::new(reckoning.again()?));
                let amount = operand.amount(self.inhabitants)?;
                self.amount = trace.amount(Rule::ByTariff, amount, true, operand);
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
            (Operand::Rounding(rounding), _) => {
                self.fee = trace.round(*rounding, self.amount)?;
                self.rounding = Some(*rounding);
            }
            (Operand::Split(split), _) => {
                let parts = self.pool.as_ref().zip(self.rounding);
                let part = parts.map(|(pool, rounding)| {
                    trace.split(pool, assessment.code(), self.fee, &split.key, rounding)
                });
                // The member was found in the pool; a total that is shared stands beside no federation.
                let Some(part) = part.transpose()?.flatten() else {
                    let stored = stored.operand.text(Language::English);
                    return Err(assessment.differs("the split".to_owned(), stored, "none".to_owned()));
                };
                self.fee = part;
            }
        }
        Ok(())
    }
}

/// The first thing that differs between a stored step and the one computed again: what, as stored, as computed.
fn first_difference(stored: &Step, again: &Step) -> Option<(&'static str, String, String)> {
    let difference = |what, told: fn(&Step) -> String| (what, told(stored), told(again));
    if stored.component != again.component {
        Some(difference("the component", |step| step.component.clone().unwrap_or_default()))
    } else if stored.operand != again.operand {
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
    let told = |value: Exact, printed: Option<Rounding>| match printed {
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
