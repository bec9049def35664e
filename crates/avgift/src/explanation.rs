//! Explanation: an assessment as its steps. The same in words: see `words`.
//! Rule:    the sum runs through the trace, so no second account of it can differ: the last value is the fee. A step
//!          that changed nothing is still written.
//! Units:   each step tells its own: inhabitants, exact kronor, whole öre.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use crate::calendar::{FeeYear, Share};
use crate::error::Error;
use crate::index::IndexFactor;
use crate::membership::{Member, PayerId};
use crate::money::{Exact, FeeRate, Sek};
use crate::origin::Origin;
use crate::population::{Inhabitants, MunicipalityCode, PopulationFigure};
use crate::ratio::Ratio;
use crate::reading::{AsWritten, as_written};
use crate::reckoning::Reckoning;
use crate::rounding::Rounding;
use crate::schedule::{Parameter, Schedule};

/// The rules of the fee, in their usual order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The published number of inhabitants.
    Population,
    /// Inhabitants × rate.
    ByPopulation,
    /// What a tariff of another shape comes to.
    ByTariff,
    /// Raised to the floor.
    Floor,
    /// Lowered to the ceiling.
    Ceiling,
    /// Times the index factor.
    Escalation,
    /// The share of the year.
    Proration,
    /// The one rounding.
    Rounding,
}

/// What a rule did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It set or changed the value.
    Applied,
    /// It is in force and changed nothing.
    NotReached,
    /// The tariff has no such rule, or it works elsewhere.
    NotInForce,
}

/// The value after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// A number of inhabitants.
    Inhabitants(Inhabitants),
    /// An amount in mid-calculation.
    Exact(Exact),
    /// The fee.
    Fee(Sek),
}

/// What a step worked with, besides the value before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Operand {
    /// The day that was counted, and the day the tariff asks for.
    Population {
        /// The day of the figure.
        #[serde(deserialize_with = "as_written")]
        reference_date: NaiveDate,
        /// The day the tariff asks for; another one makes the fee preliminary.
        #[serde(deserialize_with = "as_written")]
        asked_for: NaiveDate,
    },
    /// The rate.
    Rate(Parameter<FeeRate>),
    /// What a shape of another kind works with for this member.
    Reckoning(Box<Reckoning>),
    /// The floor or the ceiling.
    Bound(Option<Parameter<Sek>>),
    /// The index factor.
    Factor(Option<IndexFactor>),
    /// The share of the year, and the day that was assumed for a joining only known as a text.
    Share {
        /// The share.
        share: Share,
        /// The day reckoned with, and what is known.
        #[serde(deserialize_with = "assumption")]
        assumed: Option<(NaiveDate, String)>,
    },
    /// The step that is rounded to.
    Rounding(Rounding),
}

impl Operand {
    /// What the shape of the tariff comes to for so many inhabitants; nothing for an operand of another step.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn amount(&self, inhabitants: Inhabitants) -> Result<Exact, Error> {
        match self {
            Operand::Rate(rate) => rate.value.times(Ratio::whole(inhabitants.get().into())),
            Operand::Reckoning(reckoning) => reckoning.amount(inhabitants),
            _ => Ok(Exact::ZERO),
        }
    }
}

/// One step of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The rule it serves.
    pub rule: Rule,
    /// The value after it.
    pub value: Value,
    /// What the rule did.
    pub outcome: Outcome,
    /// What it worked with.
    pub operand: Operand,
    /// Where what it worked with was read.
    pub origins: Vec<Origin>,
}

/// Where a fee stands between the bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Raised to the floor.
    AtFloor,
    /// Neither raised nor lowered.
    Within,
    /// Lowered to the ceiling.
    AtCeiling,
}

/// The fee of one member in one fee year, with the steps that are its sum.
///
/// It reads back what it wrote: its steps stand in an order that the rule has, each with its own kind of value and operand.
/// Whether its amounts follow from each other, [`Assessment::replay`] tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    code: MunicipalityCode,
    name: String,
    payer: PayerId,
    year: FeeYear,
    tariff: String,
    #[serde(deserialize_with = "Option::deserialize")]
    decision: Option<String>,
    illustrative: bool,
    #[serde(deserialize_with = "crate::replay::steps_of_the_rule")]
    steps: Vec<Step>,
    standing: Standing,
    share: Share,
    preliminary: bool,
    inhabitants: Inhabitants,
    fee: Sek,
}

/// The day reckoned with, and what is known.
fn assumption<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<(NaiveDate, String)>, D::Error> {
    let assumed = Option::<(AsWritten<NaiveDate>, String)>::deserialize(deserializer)?;
    Ok(assumed.map(|(AsWritten(day), known)| (day, known)))
}

impl Standing {
    /// The standing that steps lead to. The ceiling comes last: where both bounds were reached they are equal, and the fee
    /// is the ceiling.
    pub(crate) fn of(steps: &[Step]) -> Standing {
        let applied = |rule| steps.iter().any(|step| step.rule == rule && step.outcome == Outcome::Applied);
        match (applied(Rule::Ceiling), applied(Rule::Floor)) {
            (true, _) => Standing::AtCeiling,
            (false, true) => Standing::AtFloor,
            (false, false) => Standing::Within,
        }
    }
}

impl Assessment {
    /// The municipality code of the member.
    #[must_use]
    pub fn code(&self) -> MunicipalityCode {
        self.code
    }

    /// The member's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Who pays.
    #[must_use]
    pub fn payer(&self) -> &PayerId {
        &self.payer
    }

    /// The fee year.
    #[must_use]
    pub fn year(&self) -> FeeYear {
        self.year
    }

    /// The steps, in the order they were taken.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The step of a rule.
    #[must_use]
    pub fn step(&self, rule: Rule) -> Option<&Step> {
        self.steps.iter().find(|step| step.rule == rule)
    }

    /// Where the fee stands between the bounds.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// The share of the year that is owed.
    #[must_use]
    pub fn share(&self) -> Share {
        self.share
    }

    /// The number of inhabitants that the fee rests on.
    #[must_use]
    pub fn inhabitants(&self) -> Inhabitants {
        self.inhabitants
    }

    /// The name of the tariff.
    #[must_use]
    pub fn tariff(&self) -> &str {
        &self.tariff
    }

    /// The decision that set the tariff.
    #[must_use]
    pub fn decision(&self) -> Option<&str> {
        self.decision.as_deref()
    }

    /// Whether an older population stood in for one not yet published.
    #[must_use]
    pub fn is_preliminary(&self) -> bool {
        self.preliminary
    }

    /// Whether the tariff is a made-up one.
    #[must_use]
    pub fn is_illustrative(&self) -> bool {
        self.illustrative
    }

    /// The fee: whole öre, a multiple of the rounding step.
    #[must_use]
    pub fn fee(&self) -> Sek {
        self.fee
    }

    /// The amount after a rule, carried to the fee year: what an invoice shows for it.
    ///
    /// Steps before the escalation hold amounts at the price level of the base; times the factor, they are those of
    /// the year, and the escalation itself then changes nothing.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn of_the_year(&self, rule: Rule) -> Result<Exact, Error> {
        let place = |rule| self.steps.iter().position(|step| step.rule == rule);
        let value = self.step(rule).map_or(Value::Exact(Exact::ZERO), |step| step.value);
        match value {
            Value::Exact(amount) if place(rule) < place(Rule::Escalation) => {
                self.at_the_level_of_the_year(amount)
            }
            Value::Exact(amount) => Ok(amount),
            Value::Fee(fee) => Ok(fee.into()),
            Value::Inhabitants(_) => Ok(Exact::ZERO),
        }
    }

    /// An amount at the price level of the base, carried to the fee year where the clause escalates the fee.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn at_the_level_of_the_year(&self, amount: Exact) -> Result<Exact, Error> {
        let factor = self.steps.iter().find_map(|step| match &step.operand {
            Operand::Factor(Some(factor)) => Some(factor.ratio()),
            _ => None,
        });
        factor.map_or(Ok(amount), |factor| amount.times(factor))
    }
}

/// The steps of an assessment while it is made.
#[derive(Debug)]
pub(crate) struct Trace {
    steps: Vec<Step>,
}

impl Trace {
    pub(crate) fn new() -> Trace {
        Trace { steps: Vec::with_capacity(7) }
    }

    /// Reads the population.
    pub(crate) fn population(&mut self, figure: &PopulationFigure, asked_for: NaiveDate) -> Inhabitants {
        self.steps.push(Step {
            rule: Rule::Population,
            value: Value::Inhabitants(figure.inhabitants),
            outcome: Outcome::Applied,
            operand: Operand::Population { reference_date: figure.reference_date, asked_for },
            origins: figure.origin.iter().cloned().collect(),
        });
        figure.inhabitants
    }

    /// Writes a step down and gives its amount on.
    fn step(
        &mut self,
        rule: Rule,
        amount: Exact,
        outcome: Outcome,
        operand: Operand,
        origins: Vec<Origin>,
    ) -> Exact {
        self.steps.push(Step { rule, value: Value::Exact(amount), outcome, operand, origins });
        amount
    }

    /// A step that is in force or not.
    pub(crate) fn amount(&mut self, rule: Rule, amount: Exact, in_force: bool, operand: Operand) -> Exact {
        let outcome = if in_force { Outcome::Applied } else { Outcome::NotInForce };
        let origins = match &operand {
            Operand::Rate(rate) => rate.origins().cloned().collect(),
            Operand::Reckoning(reckoning) => reckoning.origins(),
            Operand::Factor(Some(factor)) => factor.origins().cloned().collect(),
            _ => Vec::new(),
        };
        self.step(rule, amount, outcome, operand, origins)
    }

    /// Raised to the floor.
    pub(crate) fn raise(&mut self, amount: Exact, floor: Option<&Parameter<Sek>>) -> Exact {
        let raised = amount.max(floor.map_or(Exact::ZERO, |floor| floor.value));
        self.bound(Rule::Floor, raised, raised != amount, floor)
    }

    /// Lowered to the ceiling.
    pub(crate) fn lower(&mut self, amount: Exact, ceiling: Option<&Parameter<Sek>>) -> Exact {
        let lowered = amount.min(ceiling.map_or(amount, |ceiling| ceiling.value));
        self.bound(Rule::Ceiling, lowered, lowered != amount, ceiling)
    }

    /// A bound that was reached, was not, or is not there.
    fn bound(&mut self, rule: Rule, amount: Exact, reached: bool, bound: Option<&Parameter<Sek>>) -> Exact {
        let outcome = match bound {
            None => Outcome::NotInForce,
            Some(_) if reached => Outcome::Applied,
            Some(_) => Outcome::NotReached,
        };
        let origins = bound.into_iter().flat_map(Parameter::origins).cloned().collect();
        self.step(rule, amount, outcome, Operand::Bound(bound.cloned()), origins)
    }

    /// The share of the year; `origins` are those of the days it hangs on.
    pub(crate) fn share(
        &mut self,
        amount: Exact,
        share: Share,
        assumed: Option<(NaiveDate, String)>,
        origins: Vec<Origin>,
    ) -> Result<Exact, Error> {
        let (outcome, origins) = match share.is_whole() && assumed.is_none() {
            true => (Outcome::NotReached, Vec::new()),
            false => (Outcome::Applied, origins),
        };
        let operand = Operand::Share { share, assumed };
        Ok(self.step(Rule::Proration, amount.times(share.ratio())?, outcome, operand, origins))
    }

    /// The steps so far.
    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The one rounding.
    pub(crate) fn round(&mut self, rounding: Rounding, amount: Exact) -> Result<Sek, Error> {
        let fee = rounding.round(amount)?;
        self.steps.push(Step {
            rule: Rule::Rounding,
            value: Value::Fee(fee),
            outcome: Outcome::Applied,
            operand: Operand::Rounding(rounding),
            origins: Vec::new(),
        });
        Ok(fee)
    }

    /// The assessment that the steps make.
    pub(crate) fn finish(
        self,
        schedule: &Schedule,
        member: &Member,
        share: Share,
        inhabitants: &PopulationFigure,
        fee: Sek,
    ) -> Assessment {
        let tariff = schedule.tariff();
        Assessment {
            code: member.code,
            name: member.name.clone(),
            payer: member.payer.clone(),
            year: schedule.year(),
            tariff: tariff.name.clone(),
            decision: tariff.decision.clone(),
            illustrative: tariff.illustrative,
            standing: Standing::of(&self.steps),
            share,
            preliminary: inhabitants.reference_date != tariff.reference_date.in_year(schedule.year()),
            inhabitants: inhabitants.inhabitants,
            fee,
            steps: self.steps,
        }
    }
}
