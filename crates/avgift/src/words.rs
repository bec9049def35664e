//! Words: an assessment told in the language that is asked for; every text stands in the wording files.
//! Rule:    each step is told with nothing left out, so that a reader of the words alone can do the sum again. Whatever
//!          shows an explanation, as text, a page or a document, shows these words. A user's own texts are whole, but what
//!          steers a screen is made visible.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::Serialize;

use crate::explanation::{Assessment, Operand, Outcome, Rule, Step, Value};
use crate::federation::{Federation, FederationMode};
use crate::index::{DecidedChange, IndexChange, IndexFactor, IndexFigure};
use crate::language::{Language, date_text};
use crate::number::grouped;
use crate::origin::Origin;
use crate::pool::{Pool, PooledMember, SplitKey};
use crate::refusal::visible;
use crate::rounding::Rounding;
use crate::schedule::Parameter;
use crate::total::Apportioned;

/// Why this amount, in words: a title, what is to be known of the fee as a whole, and the steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The language of the words.
    pub language: Language,
    /// Whose fee, of which year: `Ale kommun (1440), avgiftsår 2024`.
    pub title: String,
    /// The tariff and its decision; that it is made up; that the fee is preliminary. One sentence or line each.
    pub remarks: Vec<String>,
    /// The steps, in the order they were taken.
    pub steps: Vec<ExplainedStep>,
}

/// One step in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedStep {
    /// Its number, from 1.
    pub number: usize,
    /// The rule it serves.
    pub rule: Rule,
    /// The name of the rule: `golv`.
    pub label: String,
    /// The value after it, or what left it as it was: `15 000,00 kr`, `ej nått`.
    pub value: String,
    /// What it worked with: `× 1,50 kr`. Empty where it worked with nothing.
    pub operand: String,
    /// Where that was read: `akitm07.csv:195:25 och 171:25`. Empty where nothing was read.
    pub origins: String,
    /// What else there is to know: which index figures, what was assumed, which law rounds.
    pub note: Option<String>,
}

impl Assessment {
    /// Why this amount, in words, each in its place.
    ///
    /// ```
    /// use avgift::{FeeYear, Indices, Language, Member, PopulationFigure, Tariff};
    /// let year = FeeYear::new(2024)?;
    /// let schedule = Tariff::per_inhabitant("T", year, "1,50 kr".parse()?).schedule(year, &Indices::new())?;
    /// let ale = Member::new("1440".parse()?, "Ale");
    /// let fee = schedule.assess(&ale, &PopulationFigure::of_year_end(ale.code, 2023, 32_446)?)?;
    ///
    /// let explanation = fee.explanation(Language::Swedish);
    /// assert_eq!(explanation.title, "Ale (1440), avgiftsår 2024");
    /// assert_eq!(explanation.steps[0].label, "invånarantal");
    /// assert_eq!(explanation.steps[0].value, "32 446 invånare");
    /// # Ok::<(), avgift::Error>(())
    /// ```
    #[must_use]
    pub fn explanation(&self, language: Language) -> Explanation {
        let (code, year) = (self.code().to_string(), self.year().to_string());
        let figures = [("name", &*shown(self.name())), ("code", &code), ("year", &year)];
        let steps = self.steps().iter().enumerate();
        Explanation {
            language,
            title: language.tell("explanation-title", &figures),
            remarks: self.remarks(language),
            steps: steps.map(|(place, step)| step.explained(place + 1, language)).collect(),
        }
    }

    /// Why this amount, as text: a heading, and a numbered line for each step with its value, what it worked with and where
    /// that was read; below a line, what else there is to know of it.
    #[must_use]
    pub fn explain(&self, language: Language) -> String {
        self.explanation(language).text()
    }

    fn remarks(&self, language: Language) -> Vec<String> {
        let name = shown(self.tariff());
        let tariff = match self.decision() {
            Some(decision) => {
                let decision = shown(decision);
                language.tell("tariff-with-decision", &[("tariff", &name), ("decision", &decision)])
            }
            None => language.tell("tariff-by-name", &[("tariff", &name)]),
        };
        let illustrative = self.is_illustrative().then(|| language.say("tariff-is-illustrative"));
        let preliminary = self.is_preliminary().then(|| language.say("fee-is-preliminary"));
        let known_on = self.known_on().map(|day| known_on_text(day, language));
        [Some(tariff), illustrative, preliminary, known_on].into_iter().flatten().collect()
    }
}

/// What is said of amounts that rest on what was known on a day: `Som det var känt den 10 februari 2025 …`.
#[must_use]
pub fn known_on_text(day: NaiveDate, language: Language) -> String {
    language.tell("as-known-on", &[("day", &date_text(day, language))])
}

impl Explanation {
    /// The explanation as text, in columns. Its last line is not ended.
    #[must_use]
    pub fn text(&self) -> String {
        let width = |cell: fn(&ExplainedStep) -> &String| {
            self.steps.iter().map(|step| cell(step).chars().count()).max().unwrap_or(0)
        };
        let (labels, values) = (width(|step| &step.label), width(|step| &step.value));
        let operands = width(|step| &step.operand);
        let numbers = self.steps.last().map_or(1, |step| step.number.to_string().len());
        let mut text = self.title.clone();
        for remark in &self.remarks {
            let _ = write!(text, "\n{remark}"); // Writing to a String cannot fail.
        }
        for ExplainedStep { number, label, value, operand, origins, note, .. } in &self.steps {
            let line = format!(
                "{number:>numbers$}  {label:labels$}  {value:>values$}  {operand:operands$}  {origins}"
            );
            let _ = write!(text, "\n{}", line.trim_end());
            if let Some(note) = note {
                let _ = write!(text, "\n{:numbers$}  {note}", "");
            }
        }
        text
    }
}

impl Step {
    fn explained(&self, number: usize, language: Language) -> ExplainedStep {
        ExplainedStep {
            number,
            rule: self.rule,
            label: self.label(language),
            value: self.value_text(language),
            operand: self.operand.text(language),
            origins: places(&self.origins, language),
            note: self.operand.note(language),
        }
    }

    /// The name of the rule; within a component, that of the component before it.
    fn label(&self, language: Language) -> String {
        let rule = self.rule.text(language);
        match (&self.component, self.rule) {
            (Some(component), Rule::Component) => {
                language.tell("rule-with-component", &[("component", &shown(component))])
            }
            (Some(component), _) => {
                language.tell("rule-of-component", &[("component", &shown(component)), ("rule", &rule)])
            }
            (None, _) => rule,
        }
    }

    fn value_text(&self, language: Language) -> String {
        match (self.outcome, self.value) {
            (Outcome::NotReached, _) if self.rule == Rule::Proration => language.say("whole-year"),
            (Outcome::NotReached, _) => language.say("not-reached"),
            (Outcome::NotInForce, _) => language.say("not-in-force"),
            (Outcome::Applied, Value::Inhabitants(inhabitants)) => inhabitants.text(language),
            (Outcome::Applied, Value::Exact(amount)) => amount.text(language),
            (Outcome::Applied, Value::Fee(fee)) => fee.text(language),
        }
    }
}

impl Rule {
    /// The name of the rule, for people: `golv`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        language.say(match self {
            Rule::Population => "rule-population",
            Rule::Pooled => "rule-pooled",
            Rule::ByPopulation => "rule-by-population",
            Rule::ByTariff => "rule-by-tariff",
            Rule::Class => "rule-class",
            Rule::Component => "rule-component",
            Rule::YearFactor => "rule-year-factor",
            Rule::Discount => "rule-discount",
            Rule::Limit => "rule-limit",
            Rule::JoiningFee => "rule-joining-fee",
            Rule::Floor => "rule-floor",
            Rule::Ceiling => "rule-ceiling",
            Rule::Escalation => "rule-escalation",
            Rule::Proration => "rule-proration",
            Rule::Rounding => "rule-rounding",
            Rule::Split => "rule-split",
        })
    }
}

impl Operand {
    /// What a step worked with, for people; with nothing left out, so that a reader can do the sum again.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        match self {
            Operand::Population { reference_date, .. } => {
                language.tell("population-of-day", &[("day", &date_text(*reference_date, language))])
            }
            Operand::Pooled(pool) => {
                language.tell("members-as-one", &[("count", &pool.members().len().to_string())])
            }
            Operand::Rate(rate) => {
                format!("× {}", parameter(rate, rate.decided.value.text(language), language))
            }
            Operand::Reckoning(reckoning) => reckoning.text(language),
            Operand::Bound(Some(bound)) => parameter(bound, bound.decided.value.text(language), language),
            Operand::Factor(Some(factor)) => format!("× {}", factor.text(language)),
            Operand::Bound(None)
            | Operand::Factor(None)
            | Operand::YearFactor(None)
            | Operand::JoiningFee(None)
            | Operand::Class { name: None, .. } => String::new(),
            Operand::Class { name: Some(name), multiplier: Some(multiplier) } => {
                format!("{} × {}", shown(name), multiplier.value.text(language))
            }
            Operand::Class { name: Some(name), multiplier: None } => shown(name),
            Operand::Added(before) => format!("+ {}", before.text(language)),
            Operand::YearFactor(Some(factor)) => format!("× {}", factor.factor.value.text(language)),
            Operand::JoiningFee(Some(fee)) => format!("+ {}", fee.value.text(language)),
            Operand::Limit { up, down, .. } => {
                let up = up.as_ref().map(|up| format!("+{}", up.value.text(language)));
                let down = down.as_ref().map(|down| format!("\u{2212}{}", down.value.text(language)));
                up.into_iter().chain(down).collect::<Vec<_>>().join(", ")
            }
            Operand::Discount(discount) => format!("\u{2212}{}", discount.value.text(language)),
            Operand::Apportioned(apportioned) => apportioned.rounding.text(language),
            Operand::Share { share, assumed: None } if share.is_whole() => String::new(),
            Operand::Share { share, .. } => format!("× {}", share.text(language)),
            Operand::Rounding(rounding) => rounding.text(language),
            Operand::Split(split) => {
                let part = |count: u32| grouped(count.into(), language);
                format!("{} × {} / {}", split.whole.text(language), part(split.own), part(split.all))
            }
        }
    }

    /// What else there is to know of it: which figures a factor is made of, what was assumed, which law rounds.
    #[must_use]
    pub fn note(&self, language: Language) -> Option<String> {
        match self {
            Operand::Population { reference_date, asked_for } if reference_date != asked_for => {
                Some(language.tell("instead-of-day", &[("day", &date_text(*asked_for, language))]))
            }
            Operand::Rate(Parameter { factor: Some(factor), .. })
            | Operand::Bound(Some(Parameter { factor: Some(factor), .. }))
            | Operand::Factor(Some(factor)) => figures(factor, language),
            Operand::Reckoning(reckoning) => reckoning.note(language),
            Operand::Share { assumed: Some((day, known)), .. } => {
                let assumed = language.tell("assumed-joining-date", &[("day", &date_text(*day, language))]);
                Some(language.tell("assumed-and-known", &[("assumed", &assumed), ("known", &shown(known))]))
            }
            Operand::Class { name: Some(_), multiplier: None } => Some(language.say("class-of-its-own")),
            Operand::Limit { previous: None, .. } => Some(language.say("no-previous-fee")),
            Operand::Limit { previous: Some(previous), .. } => {
                let (fee, year) = (previous.fee.value.text(language), previous.year.to_string());
                let figures = [("fee", &*fee), ("year", &*year)];
                Some(match previous.is_stated {
                    true => language.tell("previous-fee-stated", &figures),
                    false => language.tell("previous-fee-computed", &figures),
                })
            }
            Operand::Pooled(pool) => Some(pool.text(language)),
            Operand::Apportioned(apportioned) => Some(remainder(apportioned, language)),
            Operand::Split(split) => {
                let keys = split.key.value.text(language);
                let shared = language.tell("shared-by", &[("keys", &keys)]);
                Some(format!("{shared}; {}", remainder(&split.apportioned, language)))
            }
            Operand::Rounding(Rounding::Krona) => Some(language.say("rounding-law")),
            _ => None,
        }
    }
}

/// Which place the remainder of a share has.
fn remainder(apportioned: &Apportioned, language: Language) -> String {
    let text = |count: u32| count.to_string();
    let (place, members) = (text(apportioned.place), text(apportioned.members));
    let raised = text(apportioned.raised);
    let figures = [("place", &*place), ("members", &*members), ("raised", &*raised)];
    language.tell("largest-remainder", &figures)
}

impl Pool {
    /// The members, each with its inhabitants, for people: `Dals-Eds kommun 4 606 + Melleruds kommun 9 165`; with its day where
    /// they are not all of one.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let is_of_one_day = self.is_of_one_day();
        let told = |member: &PooledMember| {
            let count = grouped(member.inhabitants.get().into(), language);
            let day = date_text(member.reference_date, language);
            let day = if is_of_one_day { String::new() } else { format!(" ({day})") };
            format!("{} {count}{day}", shown(&member.name))
        };
        self.members().map(told).collect::<Vec<_>>().join(" + ")
    }
}

impl Federation {
    /// How its members are charged, for people: `dme: en avgift för medlemmarna tillsammans, fördelas efter invånarantal`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let payer = shown(self.payer.as_str());
        match &self.mode {
            FederationMode::Pooled { split, .. } => {
                let key = split.value.text(language);
                language.tell("federation-pooled", &[("payer", &payer), ("key", &key)])
            }
            FederationMode::Flat { amount, split, .. } => {
                let (amount, key) = (amount.value.text(language), split.value.text(language));
                language.tell("federation-flat", &[("payer", &payer), ("amount", &amount), ("key", &key)])
            }
            FederationMode::Discounted { discount } => {
                let discount = discount.value.text(language);
                language.tell("federation-discounted", &[("payer", &payer), ("discount", &discount)])
            }
        }
    }
}

impl Assessment {
    /// That it is charged otherwise than by the rule alone, for people: `del av en gemensam avgift`; nothing for all others.
    #[must_use]
    pub fn federation_text(&self, language: Language) -> Option<String> {
        let is_part = self.split().is_some().then(|| language.say("part-of-one-fee"));
        is_part.or_else(|| self.step(Rule::Discount).map(|step| step.rule.text(language)))
    }
}

impl SplitKey {
    /// The key, for people: `invånarantal`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        match self {
            SplitKey::Population => language.say("rule-population"),
            SplitKey::Equal => language.say("key-equal"),
        }
    }
}

/// A text of the user's own, whole; what would steer a terminal or forge a line is made visible.
pub(crate) fn shown(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// `akitm07.csv:195:25 och 171:25`: a file is named once, and a place that serves twice stands once.
fn places(origins: &[Origin], language: Language) -> String {
    let once = origins.iter().enumerate().filter(|(place, origin)| !origins[..*place].contains(origin));
    let mut told = String::new();
    let mut file = None;
    for (_, origin) in once {
        let place = match file {
            Some(file) if file == &origin.file => format!("{}:{}", origin.line, origin.column),
            _ => shown(&origin.to_string()),
        };
        told = match file {
            None => place,
            Some(_) => language.tell("and-also", &[("places", &told), ("place", &place)]),
        };
        file = Some(&origin.file);
    }
    told
}

/// `LÖI arbetare C, oktober 2022 / oktober 2021, preliminär`; each series by itself, then what was decided in place of it, and
/// what waits.
pub(crate) fn figures(factor: &IndexFactor, language: Language) -> Option<String> {
    let mut series: Vec<(&IndexFigure, Vec<String>)> = Vec::new();
    for pair in factor.pairs() {
        let months = format!("{} / {}", pair.to.month.text(language), pair.from.month.text(language));
        let is_of = |figure: &IndexFigure| figure.series == pair.to.series && figure.status == pair.to.status;
        match series.iter_mut().find(|(figure, _)| is_of(figure)) {
            Some((_, known)) if known.contains(&months) => {}
            Some((_, known)) => known.push(months),
            None => series.push((&pair.to, vec![months])),
        }
    }
    let measured = series.iter().map(|(figure, months)| {
        format!("{}, {}, {}", shown(&figure.series), months.join(" × "), figure.status.text(language))
    });
    let decided = factor.changes().iter().filter_map(|change| match change {
        IndexChange::Decided(decided) => Some(as_decided(decided, language)),
        _ => None,
    });
    let waiting = factor.waiting().map(|waiting| {
        let (change, threshold) = (waiting.change.text(language), waiting.threshold.text(language));
        language.tell("change-waits", &[("change", &change), ("threshold", &threshold)])
    });
    let mut forecasts: Vec<String> = Vec::new();
    for figure in factor.pairs().flat_map(|pair| [&pair.to, &pair.from]) {
        forecasts.extend(figure.forecast_text(language).filter(|told| !forecasts.contains(told)));
    }
    let told: Vec<String> = measured.chain(decided).chain(forecasts).chain(waiting).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// `3,2 % för 2025 som beslutat, inte räknat ur index: Årsmötet 2024, § 7`.
fn as_decided(decided: &DecidedChange, language: Language) -> String {
    let (percent, year) = (decided.percent.text(language), decided.year.to_string());
    let decision = shown(&decided.decision);
    language.tell("change-as-decided", &[("percent", &percent), ("year", &year), ("decision", &decision)])
}

/// `1,50 kr`, or `1,50 kr × 142,6 / 138,2`, or `1,55 kr (1,50 kr × 142,6 / 138,2; till hela öre)` for a printed tariff.
pub(crate) fn parameter<T>(parameter: &Parameter<T>, decided: String, language: Language) -> String {
    match (&parameter.factor, parameter.printed) {
        (Some(factor), Some(rounding)) => {
            let (value, factor_text) = (parameter.value.text(language), factor.text(language));
            let step = rounding.text(language);
            let rounded = match factor.is_chained() {
                true => language.tell("rounded-each-year", &[("step", &step)]),
                false => step,
            };
            format!("{value} ({decided} × {factor_text}; {rounded})")
        }
        (Some(factor), None) => format!("{decided} × {}", factor.text(language)),
        (None, _) => decided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A place that stood before does not hide which file the next one is in.
    #[test]
    fn a_place_is_told_once_and_in_its_own_file() {
        let at = |file: &str, line| Origin::new(file, line, 5, 1);
        let told = |origins: &[Origin]| places(origins, Language::Swedish);
        assert_eq!(told(&[]), "");
        assert_eq!(told(&[at("a.csv", 1), at("a.csv", 1), at("a.csv", 2)]), "a.csv:1:5 och 2:5");
        assert_eq!(
            told(&[at("a.csv", 1), at("b.csv", 1), at("a.csv", 1), at("a.csv", 2)]),
            "a.csv:1:5 och b.csv:1:5 och a.csv:2:5"
        );
    }
}
