//! Explanation: an assessment as its steps, and the steps as text.
//! Rule:    the sum runs through the trace, so no second account of it can differ: the last value is the fee. A step
//!          that changed nothing is still written.
//! Units:   each step tells its own: inhabitants, exact kronor, whole öre.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::Serialize;

use crate::calendar::{FeeYear, Share};
use crate::error::Error;
use crate::index::IndexFactor;
use crate::language::{Language, date_text};
use crate::membership::{Member, PayerId};
use crate::money::{Exact, FeeRate, Sek};
use crate::number::grouped;
use crate::origin::Origin;
use crate::population::{Inhabitants, MunicipalityCode, PopulationFigure};
use crate::ratio::Ratio;
use crate::rounding::Rounding;
use crate::tariff::{Parameter, Schedule};

/// The rules of the fee, in their usual order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The published number of inhabitants.
    Population,
    /// Inhabitants × rate.
    ByPopulation,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operand {
    /// The day that was counted, and the day the tariff asks for.
    Population {
        /// The day of the figure.
        reference_date: NaiveDate,
        /// The day the tariff asks for; another one makes the fee preliminary.
        asked_for: NaiveDate,
    },
    /// The rate.
    Rate(Parameter<FeeRate>),
    /// The floor or the ceiling.
    Bound(Option<Parameter<Sek>>),
    /// The index factor.
    Factor(Option<IndexFactor>),
    /// The share of the year, and the day that was assumed for a joining only known as a text.
    Share {
        /// The share.
        share: Share,
        /// The day reckoned with, and what is known.
        assumed: Option<(NaiveDate, String)>,
    },
    /// The step that is rounded to.
    Rounding(Rounding),
}

/// One step of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    code: MunicipalityCode,
    name: String,
    payer: PayerId,
    year: FeeYear,
    tariff: String,
    decision: Option<String>,
    illustrative: bool,
    steps: Vec<Step>,
    standing: Standing,
    share: Share,
    preliminary: bool,
    inhabitants: Inhabitants,
    fee: Sek,
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
        let factor = self.steps.iter().find_map(|step| match &step.operand {
            Operand::Factor(Some(factor)) => Some(factor.ratio()),
            _ => None,
        });
        let place = |rule| self.steps.iter().position(|step| step.rule == rule);
        let value = self.step(rule).map_or(Value::Exact(Exact::ZERO), |step| step.value);
        match (value, factor) {
            (Value::Exact(amount), Some(factor)) if place(rule) < place(Rule::Escalation) => {
                amount.times(factor)
            }
            (Value::Exact(amount), _) => Ok(amount),
            (Value::Fee(fee), _) => Ok(fee.into()),
            (Value::Inhabitants(_), _) => Ok(Exact::ZERO),
        }
    }

    /// Why this amount: a heading, and a numbered line for each step with its value, what it worked with and where that
    /// was read; below a line, what else there is to know of it.
    #[must_use]
    pub fn explain(&self, language: Language) -> String {
        let rows: Vec<[String; 4]> = self.steps.iter().map(|step| step.cells(language)).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let (labels, values, operands) = (width(0), width(1), width(2));
        let mut text = self.heading(language);
        for (number, ([label, value, operand, origins], step)) in rows.iter().zip(&self.steps).enumerate() {
            let line =
                format!("{}  {label:labels$}  {value:>values$}  {operand:operands$}  {origins}", number + 1);
            let _ = write!(text, "\n{}", line.trim_end()); // Writing to a String cannot fail.
            if let Some(note) = step.operand.note(language) {
                let _ = write!(text, "\n   {note}");
            }
        }
        text
    }

    fn heading(&self, language: Language) -> String {
        let mut text = format!(
            "{} ({}), {} {}",
            self.name,
            self.code,
            language.pick("avgiftsår", "fee year"),
            self.year
        );
        let _ = write!(text, "\n{} {}", language.pick("Taxa:", "Tariff:"), self.tariff);
        if let Some(decision) = &self.decision {
            let _ = write!(text, "; {} {decision}", language.pick("beslut:", "decision:"));
        }
        if self.illustrative {
            text.push_str(language.pick(
                "\nIllustrativ taxa: nätverket har inte beslutat den.",
                "\nIllustrative tariff: the network has not decided it.",
            ));
        }
        if self.preliminary {
            text.push_str(language.pick(
                "\nPRELIMINÄR: invånarantalet är inte det som taxan anger; avgiften stäms av när det har publicerats.",
                "\nPRELIMINARY: the population is not the one the tariff asks for; the fee is reconciled when that is published.",
            ));
        }
        text
    }
}

impl Step {
    /// Label, value, operand and origins as text.
    fn cells(&self, language: Language) -> [String; 4] {
        let label = match self.rule {
            Rule::Population => language.pick("invånarantal", "population"),
            Rule::ByPopulation => language.pick("efter invånare", "by population"),
            Rule::Floor => language.pick("golv", "floor"),
            Rule::Ceiling => language.pick("tak", "ceiling"),
            Rule::Escalation => language.pick("uppräkning", "escalation"),
            Rule::Proration => language.pick("del av året", "share of the year"),
            Rule::Rounding => language.pick("avrundning", "rounding"),
        };
        let value = match (self.outcome, self.value) {
            (Outcome::NotReached, _) if self.rule == Rule::Proration => {
                language.pick("hela året", "whole year").into()
            }
            (Outcome::NotReached, _) => language.pick("ej nått", "not reached").into(),
            (Outcome::NotInForce, _) => language.pick("gäller ej", "not in force").into(),
            (Outcome::Applied, Value::Inhabitants(inhabitants)) => {
                format!(
                    "{} {}",
                    grouped(inhabitants.get().into(), language),
                    language.pick("invånare", "inhabitants")
                )
            }
            (Outcome::Applied, Value::Exact(amount)) => amount.text(language),
            (Outcome::Applied, Value::Fee(fee)) => fee.text(language),
        };
        [label.into(), value, self.operand.text(language), places(&self.origins, language)]
    }
}

/// `akitm07.csv:195:25 och 171:25`: a file is named once, and a place that serves twice stands once.
fn places(origins: &[Origin], language: Language) -> String {
    let mut text = String::new();
    for (place, origin) in origins.iter().enumerate() {
        if origins[..place].contains(origin) {
            continue;
        }
        if place > 0 {
            text.push_str(language.pick(" och ", " and "));
        }
        let is_same_file = place > 0 && origins[place - 1].file == origin.file;
        let _ = match is_same_file {
            true => write!(text, "{}:{}", origin.line, origin.column),
            false => write!(text, "{origin}"),
        };
    }
    text
}

impl Operand {
    /// What a step worked with, for people; with nothing left out, so that a reader can do the sum again.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        match self {
            Operand::Population { reference_date, .. } => {
                format!("SCB, {}", date_text(*reference_date, language))
            }
            Operand::Rate(rate) => {
                format!("× {}", parameter(rate, rate.decided.value.text(language), language))
            }
            Operand::Bound(Some(bound)) => parameter(bound, bound.decided.value.text(language), language),
            Operand::Factor(Some(factor)) => format!("× {}", factor.text(language)),
            Operand::Bound(None) | Operand::Factor(None) => String::new(),
            Operand::Share { share, assumed: None } if share.is_whole() => String::new(),
            Operand::Share { share, .. } => format!("× {}", share.text(language)),
            Operand::Rounding(rounding) => step_text(*rounding, language).into(),
        }
    }

    /// What else there is to know of it: which figures a factor is made of, what was assumed, which law rounds.
    #[must_use]
    pub fn note(&self, language: Language) -> Option<String> {
        match self {
            Operand::Population { reference_date, asked_for } if reference_date != asked_for => {
                Some(format!(
                    "{} {}",
                    language.pick("i stället för", "instead of"),
                    date_text(*asked_for, language)
                ))
            }
            Operand::Rate(Parameter { factor: Some(factor), .. })
            | Operand::Bound(Some(Parameter { factor: Some(factor), .. }))
            | Operand::Factor(Some(factor)) => Some(figures(factor, language)),
            Operand::Share { assumed: Some((day, known)), .. } => Some(format!(
                "{} {}; {} `{known}`",
                language.pick("antagen inträdesdag", "assumed joining date"),
                date_text(*day, language),
                language.pick("känt är bara", "known is only"),
            )),
            Operand::Rounding(Rounding::Krona) => Some(
                language
                    .pick(
                        "50 öre och mer går uppåt; lag (1970:1029) 2 §",
                        "50 öre and more go up; lag (1970:1029) 2 §",
                    )
                    .into(),
            ),
            _ => None,
        }
    }
}

/// `LÖI arbetare C, oktober 2022 / oktober 2021, preliminär`.
fn figures(factor: &IndexFactor, language: Language) -> String {
    let months = factor
        .pairs()
        .iter()
        .map(|pair| format!("{} / {}", pair.to.month.text(language), pair.from.month.text(language)));
    let months: Vec<String> = months.collect();
    let kind = factor.pairs().first().map(|pair| (&pair.to.series, pair.to.status.text(language)));
    kind.map_or_else(String::new, |(series, status)| format!("{series}, {}, {status}", months.join(" × ")))
}

/// `1,50 kr`, or `1,50 kr × 142,6 / 138,2`, or `1,55 kr (1,50 kr × 142,6 / 138,2; till hela öre)` for a printed tariff.
fn parameter<T>(parameter: &Parameter<T>, decided: String, language: Language) -> String {
    match (&parameter.factor, parameter.printed) {
        (Some(factor), Some(rounding)) => format!(
            "{} ({decided} × {}; {})",
            parameter.value.text(language),
            factor.text(language),
            step_text(rounding, language)
        ),
        (Some(factor), None) => format!("{decided} × {}", factor.text(language)),
        (None, _) => decided,
    }
}

fn step_text(rounding: Rounding, language: Language) -> &'static str {
    match rounding {
        Rounding::Ore => language.pick("till hela öre", "to whole öre"),
        Rounding::Krona => language.pick("till hela kronor", "to whole kronor"),
        Rounding::TenKronor => language.pick("till hela tiotal kronor", "to whole tens of kronor"),
        Rounding::HundredKronor => language.pick("till hela hundratal kronor", "to whole hundreds of kronor"),
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
    pub(crate) fn population(&mut self, figure: &PopulationFigure, asked_for: NaiveDate) -> Ratio {
        self.steps.push(Step {
            rule: Rule::Population,
            value: Value::Inhabitants(figure.inhabitants),
            outcome: Outcome::Applied,
            operand: Operand::Population { reference_date: figure.reference_date, asked_for },
            origins: figure.origin.iter().cloned().collect(),
        });
        Ratio::whole(figure.inhabitants.get().into())
    }

    /// Writes a step down and gives its amount on.
    pub(crate) fn step(
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
            Operand::Factor(Some(factor)) => factor.origins().cloned().collect(),
            _ => Vec::new(),
        };
        self.step(rule, amount, outcome, operand, origins)
    }

    /// A bound that was reached, was not, or is not there.
    pub(crate) fn bound(
        &mut self,
        rule: Rule,
        amount: Exact,
        reached: bool,
        bound: Option<&Parameter<Sek>>,
    ) -> Exact {
        let outcome = match bound {
            None => Outcome::NotInForce,
            Some(_) if reached => Outcome::Applied,
            Some(_) => Outcome::NotReached,
        };
        let origins = bound.into_iter().flat_map(Parameter::origins).cloned().collect();
        self.step(rule, amount, outcome, Operand::Bound(bound.cloned()), origins)
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
        let applied =
            |rule| self.steps.iter().any(|step| step.rule == rule && step.outcome == Outcome::Applied);
        // The ceiling comes last: where both bounds were reached they are equal, and the fee is the ceiling.
        let standing = match (applied(Rule::Ceiling), applied(Rule::Floor)) {
            (true, _) => Standing::AtCeiling,
            (false, true) => Standing::AtFloor,
            (false, false) => Standing::Within,
        };
        let tariff = schedule.tariff();
        Assessment {
            code: member.code,
            name: member.name.clone(),
            payer: member.payer.clone(),
            year: schedule.year(),
            tariff: tariff.name.clone(),
            decision: tariff.decision.clone(),
            illustrative: tariff.illustrative,
            standing,
            share,
            preliminary: inhabitants.reference_date != tariff.reference_date.in_year(schedule.year()),
            inhabitants: inhabitants.inhabitants,
            fee,
            steps: self.steps,
        }
    }
}
