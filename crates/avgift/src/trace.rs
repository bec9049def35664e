//! Trace: the steps of an assessment while it is made; the sum runs through it.
//! Rule:    each method takes the amount before a rule, writes the step down and gives the amount after it. `assess` takes the
//!          steps of a member, `replay` those of a stored assessment: by the same methods, so the two cannot differ.
//! Units:   inhabitants, exact öre, whole öre. Errors: AmountMustNotOverflow.

use chrono::NaiveDate;

use crate::calendar::Share;
use crate::error::Error;
use crate::explanation::{Operand, Outcome, Rule, Step, Value};
use crate::money::{Exact, Sek};
use crate::origin::{Origin, Sourced};
use crate::pool::{Pool, SplitKey};
use crate::population::{Inhabitants, MunicipalityCode, PopulationFigure};
use crate::portion::Portion;
use crate::rounding::Rounding;
use crate::schedule::Parameter;
use crate::terms::{PreviousFee, YearFactor};
use crate::total::Apportioned;

/// The steps of an assessment while it is made.
#[derive(Debug)]
pub(crate) struct Trace {
    steps: Vec<Step>,
    /// The component whose steps are being taken.
    component: Option<String>,
}

impl Trace {
    pub(crate) fn new() -> Trace {
        Trace { steps: Vec::with_capacity(7), component: None }
    }

    /// Reads the population.
    pub(crate) fn population(&mut self, figure: &PopulationFigure, asked_for: NaiveDate) -> Inhabitants {
        self.steps.push(Step {
            rule: Rule::Population,
            value: Value::Inhabitants(figure.inhabitants),
            outcome: Outcome::Applied,
            operand: Operand::Population { reference_date: figure.reference_date, asked_for },
            origins: figure.origin.iter().cloned().collect(),
            component: None,
        });
        figure.inhabitants
    }

    /// Takes the inhabitants of all members of a federation in place of the member's own.
    pub(crate) fn pooled(&mut self, pool: &Pool) -> Inhabitants {
        self.steps.push(Step {
            rule: Rule::Pooled,
            value: Value::Inhabitants(pool.inhabitants()),
            outcome: Outcome::Applied,
            operand: Operand::Pooled(pool.clone()),
            origins: pool.members().filter_map(|member| member.origin.clone()).collect(),
            component: None,
        });
        pool.inhabitants()
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
        let component = self.component.clone();
        self.steps.push(Step { rule, value: Value::Exact(amount), outcome, operand, origins, component });
        amount
    }

    /// The steps of a component begin.
    pub(crate) fn begin(&mut self, component: &str) {
        self.component = Some(component.to_owned());
    }

    /// The steps of a component end: it is added to what was there before.
    pub(crate) fn add(&mut self, before: Exact, amount: Exact) -> Result<Exact, Error> {
        let sum = before.plus(amount)?;
        self.step(Rule::Component, sum, Outcome::Applied, Operand::Added(before), Vec::new());
        self.component = None;
        Ok(sum)
    }

    /// The class of the member; `place` is where it is said to bear it.
    pub(crate) fn class(
        &mut self,
        amount: Exact,
        name: Option<String>,
        multiplier: Option<Sourced<Portion>>,
        place: Option<Origin>,
    ) -> Result<Exact, Error> {
        let multiplied = match &multiplier {
            Some(multiplier) => amount.times(multiplier.value.ratio())?,
            None => amount,
        };
        let outcome = if name.is_some() { Outcome::Applied } else { Outcome::NotInForce };
        let decided = multiplier.as_ref().and_then(|multiplier| multiplier.origin.clone());
        let origins = decided.into_iter().chain(place).collect();
        Ok(self.step(Rule::Class, multiplied, outcome, Operand::Class { name, multiplier }, origins))
    }

    /// The factor of the year.
    pub(crate) fn year_factor(&mut self, amount: Exact, factor: Option<YearFactor>) -> Result<Exact, Error> {
        let (multiplied, outcome) = match &factor {
            Some(factor) => (amount.times(factor.factor.value.ratio())?, Outcome::Applied),
            None => (amount, Outcome::NotInForce),
        };
        let origins = factor.as_ref().and_then(|factor| factor.factor.origin.clone());
        let origins = origins.into_iter().collect();
        Ok(self.step(Rule::YearFactor, multiplied, outcome, Operand::YearFactor(factor), origins))
    }

    /// What is taken off for a federation.
    pub(crate) fn discount(&mut self, amount: Exact, discount: Sourced<Portion>) -> Result<Exact, Error> {
        let less = amount.minus(amount.times(discount.value.ratio())?)?;
        let origins = discount.origin.iter().cloned().collect();
        Ok(self.step(Rule::Discount, less, Outcome::Applied, Operand::Discount(discount), origins))
    }

    /// The limit on the yearly change; `places` are those that a sum of earlier fees was read at.
    pub(crate) fn limit(
        &mut self,
        amount: Exact,
        previous: Option<PreviousFee>,
        up: Option<Sourced<Portion>>,
        down: Option<Sourced<Portion>>,
        places: Vec<Origin>,
    ) -> Result<Exact, Error> {
        let (limited, outcome) = match &previous {
            None => (amount, Outcome::NotInForce),
            Some(PreviousFee { fee, .. }) => {
                let fee = Exact::from(fee.value);
                let change = |portion: &Sourced<Portion>| fee.times(portion.value.ratio());
                let most = up.as_ref().map(|up| fee.plus(change(up)?)).transpose()?;
                let least = down.as_ref().map(|down| fee.minus(change(down)?)).transpose()?;
                let lowered = most.map_or(amount, |most| amount.min(most));
                // A fall of more than all of it would be no limit: nothing is below nothing.
                let limited = least.map_or(lowered, |least| lowered.max(least));
                (limited, if limited == amount { Outcome::NotReached } else { Outcome::Applied })
            }
        };
        let origins = [&up, &down].into_iter().flatten().filter_map(|portion| portion.origin.clone());
        let fee = previous.iter().filter_map(|previous| previous.fee.origin.clone());
        let origins = origins.chain(fee).chain(places).collect();
        Ok(self.step(Rule::Limit, limited, outcome, Operand::Limit { previous, up, down }, origins))
    }

    /// The joining fee.
    pub(crate) fn joining_fee(&mut self, amount: Exact, fee: Option<Sourced<Sek>>) -> Result<Exact, Error> {
        let (sum, outcome) = match &fee {
            Some(fee) => (amount.plus(fee.value.into())?, Outcome::Applied),
            None => (amount, Outcome::NotInForce),
        };
        let origins = fee.as_ref().and_then(|fee| fee.origin.clone()).into_iter().collect();
        Ok(self.step(Rule::JoiningFee, sum, outcome, Operand::JoiningFee(fee), origins))
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

    /// The steps that were taken.
    pub(crate) fn into_steps(self) -> Vec<Step> {
        self.steps
    }

    /// The steps so far.
    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The one rounding.
    pub(crate) fn round(&mut self, rounding: Rounding, amount: Exact) -> Result<Sek, Error> {
        Ok(self.fee(rounding.round(amount)?, Operand::Rounding(rounding)))
    }

    /// The one rounding of a share of a total, so that all shares sum to it.
    pub(crate) fn apportion(&mut self, apportioned: Apportioned, amount: Exact) -> Result<Sek, Error> {
        Ok(self.fee(apportioned.round(amount)?, Operand::Apportioned(apportioned)))
    }

    /// The member's part of the fee of a federation; nothing, and no step, for who is not one of its members.
    pub(crate) fn split(
        &mut self,
        pool: &Pool,
        code: MunicipalityCode,
        whole: Sek,
        key: &Sourced<SplitKey>,
        rounding: Rounding,
    ) -> Result<Option<Sek>, Error> {
        let Some((part, split)) = pool.split(code, whole, key, rounding)? else { return Ok(None) };
        self.steps.push(Step {
            rule: Rule::Split,
            value: Value::Fee(part),
            outcome: Outcome::Applied,
            operand: Operand::Split(split),
            origins: key.origin.iter().cloned().collect(),
            component: None,
        });
        Ok(Some(part))
    }

    fn fee(&mut self, fee: Sek, operand: Operand) -> Sek {
        self.steps.push(Step {
            rule: Rule::Rounding,
            value: Value::Fee(fee),
            outcome: Outcome::Applied,
            operand,
            origins: Vec::new(),
            component: None,
        });
        fee
    }
}
