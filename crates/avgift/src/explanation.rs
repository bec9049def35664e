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
use crate::origin::{Origin, Sourced};
use crate::pool::{Pool, Split};
use crate::population::{Inhabitants, MunicipalityCode, PopulationFigure};
use crate::portion::Portion;
use crate::ratio::Ratio;
use crate::reading::{AsWritten, as_written, present};
use crate::reckoning::Reckoning;
use crate::rounding::Rounding;
use crate::schedule::{Parameter, Schedule};
use crate::terms::{PreviousFee, YearFactor};
use crate::total::Apportioned;

/// The rules of the fee, in their usual order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The published number of inhabitants.
    Population,
    /// The inhabitants of all members of a federation that is charged as one.
    Pooled,
    /// Inhabitants × rate.
    ByPopulation,
    /// What a tariff of another shape comes to.
    ByTariff,
    /// The terms of the member's class.
    Class,
    /// Raised to the floor.
    Floor,
    /// Lowered to the ceiling.
    Ceiling,
    /// Times the index factor.
    Escalation,
    /// A component is added to what was there before it.
    Component,
    /// Times the factor of the year.
    YearFactor,
    /// What is taken off for the members of a federation.
    Discount,
    /// No further from the fee of the year before than the limit.
    Limit,
    /// The share of the year.
    Proration,
    /// What is paid once, in the year of joining.
    JoiningFee,
    /// The one rounding.
    Rounding,
    /// The member's part of the fee of a federation that is charged as one.
    Split,
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
    /// The members of a federation that is charged as one.
    Pooled(Pool),
    /// The rate.
    Rate(Parameter<FeeRate>),
    /// What a shape of another kind works with for this member.
    Reckoning(Box<Reckoning>),
    /// The class of the member, where it bears one, and its multiplier, where it has one; else it has terms of its own.
    Class {
        /// The name of the class.
        #[serde(deserialize_with = "Option::deserialize")]
        name: Option<String>,
        /// What the amount is multiplied by.
        #[serde(deserialize_with = "Option::deserialize")]
        multiplier: Option<Sourced<Portion>>,
    },
    /// What was there before the component.
    Added(Exact),
    /// The factor of the year; none in a year without.
    YearFactor(Option<YearFactor>),
    /// What is taken off for a federation.
    Discount(Sourced<Portion>),
    /// The limit on the yearly change.
    Limit {
        /// The fee of the year before; none for a member that paid none.
        #[serde(deserialize_with = "Option::deserialize")]
        previous: Option<PreviousFee>,
        /// So much more at most.
        #[serde(deserialize_with = "Option::deserialize")]
        up: Option<Sourced<Portion>>,
        /// So much less at most.
        #[serde(deserialize_with = "Option::deserialize")]
        down: Option<Sourced<Portion>>,
    },
    /// The joining fee; none for a member that joined in another year.
    JoiningFee(Option<Sourced<Sek>>),
    /// How a share of a total is rounded.
    Apportioned(Apportioned),
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
    /// How the fee of a federation is told for the member.
    Split(Split),
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
    /// The component that it belongs to; none for a step of the fee itself.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub component: Option<String>,
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
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::reading::day")]
    known_on: Option<NaiveDate>,
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
        let own = |step: &&Step| step.component.is_none();
        let applied =
            |rule| steps.iter().filter(own).any(|step| step.rule == rule && step.outcome == Outcome::Applied);
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

    /// The step of a rule; of those that are repeated for components, the fee's own.
    #[must_use]
    pub fn step(&self, rule: Rule) -> Option<&Step> {
        self.steps.iter().find(|step| step.rule == rule)
    }

    /// The fee of a whole year, rounded as the fee is and without the joining fee: what next year's is held against.
    ///
    /// # Errors
    /// `PreviousFeeMustBeOfAWholeYear` where the share of the year came before the bounds; `AmountMustNotOverflow`.
    pub fn fee_of_the_whole_year(&self) -> Result<Sek, Error> {
        let refused = || Error::PreviousFeeMustBeOfAWholeYear { code: self.code, year: self.year };
        let place = self.steps.iter().position(|step| step.rule == Rule::Proration).ok_or_else(refused)?;
        let is_before = self.steps[place..].iter().any(|step| step.rule == Rule::Floor);
        let place = match (is_before, self.share.is_whole()) {
            (false, _) => place,
            (true, true) => self
                .steps
                .iter()
                .position(|step| matches!(step.rule, Rule::JoiningFee | Rule::Rounding))
                .unwrap_or(self.steps.len()),
            (true, false) => return Err(refused()),
        };
        let amount = match self.steps[..place].last().map(|step| step.value) {
            Some(Value::Exact(amount)) => amount,
            _ => return Err(refused()),
        };
        let Some(Operand::Rounding(rounding)) = self.step(Rule::Rounding).map(|step| &step.operand) else {
            return Ok(self.fee);
        };
        let whole = rounding.round(amount)?;
        match (self.pool(), self.split()) {
            (Some(pool), Some(split)) => {
                let part = pool.split(self.code, whole, &split.key, *rounding)?;
                part.map(|(part, _)| part).ok_or_else(refused)
            }
            _ => Ok(whole),
        }
    }

    /// The members that are charged as one with this one; none where it is charged by itself.
    #[must_use]
    pub fn pool(&self) -> Option<&Pool> {
        self.steps.iter().find_map(|step| match &step.operand {
            Operand::Pooled(pool) => Some(pool),
            _ => None,
        })
    }

    /// How the fee of a federation is told for the member; none where it is charged by itself.
    #[must_use]
    pub fn split(&self) -> Option<&Split> {
        match self.steps.last().map(|step| &step.operand) {
            Some(Operand::Split(split)) => Some(split),
            _ => None,
        }
    }

    /// Where the fee stands between the bounds; that of its federation, where it is charged as one.
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

    /// Whether an older population stood in for one not yet published, its own or one that it is charged with.
    #[must_use]
    pub fn is_preliminary(&self) -> bool {
        self.preliminary
    }

    /// The day that its figures were known on, where one was asked for.
    #[must_use]
    pub fn known_on(&self) -> Option<NaiveDate> {
        self.known_on
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
        match self.steps.iter().position(|step| step.rule == rule) {
            Some(place) => self.of_the_year_at(place),
            None => Ok(Exact::ZERO),
        }
    }

    /// The amount after the step at a place, from 0, carried to the fee year.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn of_the_year_at(&self, place: usize) -> Result<Exact, Error> {
        let escalation = self.steps.iter().position(|step| step.rule == Rule::Escalation);
        match self.steps.get(place).map(|step| step.value) {
            Some(Value::Exact(amount)) if Some(place) < escalation => self.at_the_level_of_the_year(amount),
            Some(Value::Exact(amount)) => Ok(amount),
            Some(Value::Fee(fee)) => Ok(fee.into()),
            Some(Value::Inhabitants(_)) | None => Ok(Exact::ZERO),
        }
    }

    /// An amount at the price level of the base, carried to the fee year where the clause escalates the fee.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn at_the_level_of_the_year(&self, amount: Exact) -> Result<Exact, Error> {
        match self.step(Rule::Escalation).map(|step| &step.operand) {
            Some(Operand::Factor(Some(factor))) => amount.times(factor.ratio()),
            _ => Ok(amount),
        }
    }
}

impl Assessment {
    /// The assessment that steps make.
    pub(crate) fn of(
        steps: Vec<Step>,
        schedule: &Schedule,
        member: &Member,
        share: Share,
        population: &PopulationFigure,
        fee: Sek,
    ) -> Assessment {
        let tariff = schedule.tariff();
        let asked_for = tariff.reference_date.in_year(schedule.year());
        let is_of_the_day = |step: &Step| match &step.operand {
            Operand::Population { reference_date, .. } => *reference_date == asked_for,
            Operand::Pooled(pool) => pool.is_of(asked_for),
            _ => true,
        };
        Assessment {
            code: member.code,
            name: member.name.clone(),
            payer: member.payer.clone(),
            year: schedule.year(),
            tariff: tariff.name.clone(),
            decision: tariff.decision.clone(),
            illustrative: tariff.illustrative,
            standing: Standing::of(&steps),
            share,
            preliminary: !steps.iter().all(is_of_the_day),
            known_on: schedule.known_on(),
            inhabitants: population.inhabitants,
            fee,
            steps,
        }
    }
}
