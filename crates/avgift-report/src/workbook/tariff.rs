//! Tariff: what was decided, each figure with its source; the index factor; what they come to in the fee year; and the
//! integers that the exact rounding is made of.

use avgift::{
    BrokenUnit, Carried, EscalationTarget, FallPolicy, IndexChange, IndexClause, IndexFactor, Leaving,
    Measure, Month, NaiveDate, Operand, Origin, Parameter, ProrationOrder, ProrationUnit, Ratio, Rounding,
    Sek, WeighedSeries, date_text,
};
use rust_xlsxwriter::Worksheet;

use super::Year;
use super::exact::{PerHead, Whole, decimal, factor};
use super::sheet::{FIRST, Look, Sheet, cell, kronor};
use crate::error::Error;

const LABEL: u16 = 0;
const VALUE: u16 = 1;
const NOTE: u16 = 2;
const SOURCE: u16 = 3;

/// A name and the cell that it stands for.
type Named = (String, String);

/// The sheet, and the names that formulas of other sheets use.
pub(super) fn sheet(year: &Year<'_>) -> Result<(Worksheet, Vec<Named>), Error> {
    let mut lines = Lines::new(year)?;
    lines.decided()?;
    let figures = lines.index()?;
    let parameters = lines.of_the_year(&figures)?;
    if year.integers.is_plain {
        lines.integers(&figures, &parameters)?;
    }
    Ok((lines.sheet.done(), lines.names))
}

/// The sheet while it is written, line by line.
struct Lines<'a> {
    year: &'a Year<'a>,
    sheet: Sheet,
    row: u32,
    names: Vec<Named>,
    /// Where the decided rate, floor, ceiling and base stand.
    decided: [String; 4],
    steps: Steps,
}

/// Where the rounding steps of a printed tariff stand.
#[derive(Default)]
struct Steps {
    rate: String,
    bounds: String,
}

/// Where the index figures and their factor stand.
#[derive(Default)]
struct Figures {
    /// The figures above the line and those below it.
    above: Vec<String>,
    below: Vec<String>,
    factor: Option<String>,
    /// The formulas of their products, each figure made whole.
    whole_above: String,
    whole_below: String,
}

/// A rate, floor or ceiling, whatever its type: its messages, and what its lines are made of.
struct ParameterLine {
    label: &'static str,
    name: &'static str,
    parts_label: &'static str,
    parts_name: &'static str,
    decided: String,
    whole: Whole,
    is_escalated: bool,
    is_chained: bool,
    printed: Option<Rounding>,
    value: Ratio,
    step: String,
    is_rate: bool,
    /// Where the value of a printed tariff stands.
    printed_at: Option<String>,
}

impl<'a> Lines<'a> {
    fn new(year: &'a Year<'a>) -> Result<Lines<'a>, Error> {
        let name = year.tell("workbook-sheet-tariff");
        let about = year.tell("workbook-about-tariff");
        let mut sheet = Sheet::new(name, year.network, &about, &year.notice(), year.language)?;
        let headings = [
            ("workbook-item", 40.0, Look::Heading),
            ("column-value", 22.0, Look::HeadingOfNumbers),
            ("workbook-note", 72.0, Look::HeadingAside),
            ("workbook-source", 46.0, Look::HeadingAside),
        ];
        sheet.headings(&headings.map(|(heading, width, look)| (year.heading(heading), width, look)), 1)?;
        Ok(Lines {
            year,
            sheet,
            row: FIRST,
            names: Vec::new(),
            decided: Default::default(),
            steps: Steps::default(),
        })
    }

    /// A line's label, note and source; gives its row for the value.
    fn line<'o>(
        &mut self,
        label: &str,
        note: &str,
        origin: impl Into<Option<&'o Origin>>,
    ) -> Result<u32, Error> {
        let row = self.row;
        self.row += 1;
        self.sheet.text(row, LABEL, label, Look::Text)?;
        self.sheet.text(row, NOTE, note, Look::Remark)?;
        let source = origin.into().map(ToString::to_string).unwrap_or_default();
        self.sheet.text(row, SOURCE, &source, Look::Remark)?;
        Ok(row)
    }

    /// A line of text alone. The text stands in the wide column, where it is read whole.
    fn words<'o>(
        &mut self,
        label: &str,
        text: &str,
        origin: impl Into<Option<&'o Origin>>,
    ) -> Result<(), Error> {
        let row = self.line(label, "", origin)?;
        self.sheet.text(row, NOTE, text, Look::Aside)
    }

    fn number<'o>(
        &mut self,
        (label, note): (&str, &str),
        number: &str,
        look: Look,
        origin: impl Into<Option<&'o Origin>>,
    ) -> Result<String, Error> {
        let row = self.line(label, note, origin)?;
        self.sheet.number(row, VALUE, number, look);
        Ok(cell(row, VALUE))
    }

    fn formula(
        &mut self,
        (label, note): (&str, &str),
        formula: &str,
        value: &str,
        look: Look,
    ) -> Result<String, Error> {
        let row = self.line(label, note, None)?;
        self.sheet.formula(row, VALUE, formula, value, look);
        Ok(cell(row, VALUE))
    }

    fn section(&mut self, heading: &str) -> Result<(), Error> {
        self.row += u32::from(self.row > FIRST);
        self.sheet.text(self.row, LABEL, heading, Look::Section)?;
        for column in [VALUE, NOTE, SOURCE] {
            self.sheet.text(self.row, column, "", Look::Section)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Gives the cell that was just written a name for other sheets.
    fn name(&mut self, message: &'static str) {
        self.names.push((self.year.named(message), self.sheet.address(self.row - 1, VALUE)));
    }

    fn decided(&mut self) -> Result<(), Error> {
        let year = self.year;
        let schedule = &year.fees.schedule;
        let tariff = schedule.tariff();
        let say = |message: &str| year.say(message);
        self.section(&say("workbook-decided"))?;
        self.words(&say("workbook-tariff"), &tariff.name, tariff.origin.as_ref())?;
        if let Some(decision) = &tariff.decision {
            self.words(&say("workbook-decision"), decision, None)?;
        }
        self.number((&say("workbook-in-force-from"), ""), &tariff.from.to_string(), Look::Year, None)?;
        if let Some(to) = tariff.to {
            self.number((&say("workbook-in-force-to"), ""), &to.to_string(), Look::Year, None)?;
        }
        if let Some(PerHead { rate: Parameter { decided: rate, .. }, base, cap }) = PerHead::of(schedule) {
            if let Some(Parameter { decided: base, .. }) = base {
                let labels = (&*say("workbook-base"), &*say("workbook-base-note"));
                let (amount, look) = (kronor(base.value)?, look_of(base.value));
                self.decided[3] = self.number(labels, &amount, look, base.origin.as_ref())?;
            }
            let kronor_per_inhabitant = rate.value.kronor().normalize().to_string();
            let labels = (&*say("workbook-rate"), &*say("workbook-per-inhabitant"));
            self.decided[0] =
                self.number(labels, &kronor_per_inhabitant, Look::Rate, rate.origin.as_ref())?;
            if let Some(cap) = cap {
                let labels = (&*say("workbook-cap"), &*say("workbook-cap-note"));
                self.number(labels, &cap.value.get().to_string(), Look::Whole, cap.origin.as_ref())?;
                self.name("workbook-name-cap");
            }
        } else {
            let terms = schedule.shape().text(year.language);
            self.words(&year.heading("rule-by-tariff"), &terms, tariff.origin.as_ref())?;
        }
        let bounds = [
            (schedule.floor(), "rule-floor", "workbook-floor-note"),
            (schedule.ceiling(), "rule-ceiling", "workbook-ceiling-note"),
        ];
        for (place, (bound, label, note)) in bounds.into_iter().enumerate() {
            let Some(Parameter { decided, .. }) = bound else { continue };
            let (amount, look) = (kronor(decided.value)?, look_of(decided.value));
            self.decided[place + 1] =
                self.number((&year.heading(label), &say(note)), &amount, look, decided.origin.as_ref())?;
        }
        for federation in &tariff.federations {
            let terms = federation.text(year.language);
            self.words(&say("workbook-federation"), &terms, federation.origin.as_ref())?;
        }
        let day = tariff.reference_date.in_year(schedule.year());
        let row = self.line(&say("workbook-reference-date"), &say("workbook-reference-date-note"), None)?;
        self.sheet.date(row, VALUE, day);
        self.rounding("workbook-rounding", "workbook-rounding-note", tariff.rounding)?;
        self.name("workbook-name-step");
        self.words(&say("workbook-proration"), &proration_words(year, tariff.proration.unit), None)?;
        let leaving = match tariff.proration.leaving {
            Leaving::FullYear => say("workbook-pays-whole-year"),
            Leaving::Prorated => say("workbook-leaving-prorated"),
        };
        self.words(&say("workbook-leaving"), &leaving, None)?;
        let order = match tariff.proration.order {
            ProrationOrder::AfterBounds => say("workbook-order-after"),
            ProrationOrder::BeforeBounds => say("workbook-order-before"),
        };
        self.words(&year.heading("rule-proration"), &order, None)
    }

    /// A rounding step in öre, which is whole, and what it means.
    fn rounding(&mut self, label: &str, note: &str, rounding: Rounding) -> Result<String, Error> {
        let operand = Operand::Rounding(rounding);
        let words = [Some(operand.text(self.year.language)), operand.note(self.year.language)];
        let meaning = words.into_iter().flatten().collect::<Vec<_>>().join("; ");
        let note = format!("{}: {meaning}", self.year.say(note));
        let step = rounding.step_ore().to_string();
        self.number((&self.year.say(label), &note), &step, Look::Whole, None)
    }

    fn index(&mut self) -> Result<Figures, Error> {
        let year = self.year;
        let mut figures = Figures::default();
        let Some(clause) = &year.fees.schedule.tariff().index else { return Ok(figures) };
        self.section(&year.say("workbook-index"))?;
        self.clause(clause)?;
        let Some(factor) = factor(&year.fees.schedule) else { return Ok(figures) };
        self.figures(&mut figures, factor)?;
        Ok(figures)
    }

    fn clause(&mut self, clause: &IndexClause) -> Result<(), Error> {
        let year = self.year;
        let say = |message: &str| year.say(message);
        match &clause.measure {
            Measure::Series(measured) => {
                self.words(&say("workbook-index-series"), &measured.series, clause.origin.as_ref())?;
                self.words(&say("workbook-index-status"), &measured.status.text(year.language), None)?;
            }
            Measure::Basket { basket } => {
                for WeighedSeries { weight, measured } in basket {
                    let (weight, status) = (weight.text(year.language), measured.status.text(year.language));
                    let words = format!("{weight} {}, {status}", measured.series);
                    self.words(&say("workbook-index-series"), &words, clause.origin.as_ref())?;
                }
            }
            Measure::Nothing {} => {
                let nothing = say("workbook-index-nothing");
                self.words(&say("workbook-index-series"), &nothing, clause.origin.as_ref())?;
            }
        }
        self.words(&say("workbook-index-base"), &clause.base.text(year.language), None)?;
        let lag = clause.lag_years.to_string();
        self.number((&say("workbook-index-lag"), ""), &lag, Look::Whole, None)?;
        let policy = match clause.policy {
            FallPolicy::Follow => say("workbook-index-follow"),
            FallPolicy::NeverDown => say("workbook-index-never-down"),
            FallPolicy::HighWater => say("workbook-index-high-water"),
        };
        self.words(&say("workbook-index-policy"), &policy, None)?;
        self.terms(clause)?;
        let target = match clause.target {
            EscalationTarget::Fee => say("workbook-index-target-fee"),
            EscalationTarget::Parameters { rate, floor, ceiling, .. } => {
                let chosen = [(rate, "workbook-rate"), (floor, "rule-floor"), (ceiling, "rule-ceiling")];
                let chosen = chosen.into_iter().filter(|(is_chosen, _)| *is_chosen);
                let chosen: Vec<String> = chosen.map(|(_, label)| say(label).to_lowercase()).collect();
                if chosen.is_empty() { say("workbook-index-target-nothing") } else { chosen.join(", ") }
            }
        };
        self.words(&say("workbook-index-target"), &target, None)?;
        if let EscalationTarget::Parameters { printed: Some(printed), .. } = clause.target {
            let note = "workbook-rounding-of-parameters-note";
            self.steps.rate = self.rounding("workbook-rounding-of-rate", note, printed.rate)?;
            self.steps.bounds = self.rounding("workbook-rounding-of-bounds", note, printed.bounds)?;
        }
        Ok(())
    }

    /// How the clause measures beyond its series.
    fn terms(&mut self, clause: &IndexClause) -> Result<(), Error> {
        let (year, language) = (self.year, self.year.language);
        let carried = match clause.carried {
            Carried::FromBase => None,
            Carried::Yearly => Some("workbook-index-yearly"),
            Carried::Printed => Some("workbook-index-printed"),
        };
        if let Some(carried) = carried {
            self.words(&year.say("workbook-index-carried"), &year.say(carried), None)?;
        }
        if let Some(part) = clause.pass_through {
            self.words(&year.say("workbook-index-pass-through"), &part.text(language), None)?;
        }
        if let Some(point) = clause.point {
            self.words(&year.say("workbook-index-point"), &point.text(language), None)?;
        }
        if let Some(threshold) = clause.threshold {
            self.words(&year.say("workbook-index-threshold"), &threshold.text(language), None)?;
        }
        Ok(())
    }

    /// The index figures, each with its source, and the factor that they make.
    fn figures(&mut self, figures: &mut Figures, factor: &IndexFactor) -> Result<(), Error> {
        let year = self.year;
        for pair in factor.pairs() {
            for (message, figure, cells) in [
                ("workbook-index-above", &pair.to, &mut figures.above),
                ("workbook-index-below", &pair.from, &mut figures.below),
            ] {
                let label = year.language.tell(message, &[("month", &month(figure.month, year))]);
                let mut note = format!("{}, {}", figure.series, figure.status.text(year.language));
                if let Some(forecast) = figure.forecast_text(year.language) {
                    note += &format!("; {forecast}");
                }
                let value = figure.value.normalize().to_string();
                cells.push(self.number(
                    (&label, &note),
                    &value,
                    Look::IndexFigure,
                    figure.origin.as_ref(),
                )?);
            }
        }
        if !factor.is_plain() || factor.is_chained() {
            return self.factor_as_integers(figures, factor);
        }
        let quotients =
            figures.above.iter().zip(&figures.below).map(|(above, below)| format!("{above}/{below}"));
        let formula = quotients.collect::<Vec<_>>().join("*");
        let labels = (&*year.say("workbook-index-factor"), &*year.say("workbook-index-factor-note"));
        figures.factor = Some(self.formula(labels, &formula, &decimal(factor.ratio()), Look::Factor)?);
        self.name("workbook-name-factor");
        // A printed tariff just below is rounded from them; their own cells stand in the last section.
        let scale = year.integers.index_scale.to_string();
        let product = |cells: &[String]| {
            cells.iter().map(|cell| format!("ROUND({cell}*{scale},0)")).collect::<Vec<_>>().join("*")
        };
        (figures.whole_above, figures.whole_below) = (product(&figures.above), product(&figures.below));
        Ok(())
    }

    /// A factor that is more than quotients of figures: what was decided, how it is computed, and the two integers that it
    /// comes to. In binary fractions a chain of parts and percentages would not lead to the very amount.
    fn factor_as_integers(&mut self, figures: &mut Figures, factor: &IndexFactor) -> Result<(), Error> {
        let (year, language) = (self.year, self.year.language);
        for change in factor.changes() {
            if let IndexChange::Decided(decided) = change {
                let label = language.tell("workbook-index-decided", &[("year", &decided.year.to_string())]);
                let words = format!("{}; {}", decided.percent.text(language), decided.decision);
                self.words(&label, &words, decided.origin.as_ref())?;
            }
        }
        self.words(&year.say("workbook-index-computed"), &factor.text(language), None)?;
        if factor.is_chained() {
            return Ok(()); // Each year's amounts are rounded before the next: there is no factor from the decided ones.
        }
        let (above, below) = (factor.ratio().numerator(), factor.ratio().denominator());
        let note = year.say("workbook-index-integers-note");
        let label = year.say("workbook-index-numerator");
        figures.whole_above = self.number((&label, &note), &above.to_string(), Look::Whole, None)?;
        let label = year.say("workbook-index-denominator");
        figures.whole_below = self.number((&label, &note), &below.to_string(), Look::Whole, None)?;
        let formula = format!("{}/{}", figures.whole_above, figures.whole_below);
        let label = year.say("workbook-index-factor");
        figures.factor =
            Some(self.formula((&label, ""), &formula, &decimal(factor.ratio()), Look::Factor)?);
        self.name("workbook-name-factor");
        Ok(())
    }

    /// Rate, floor and ceiling in the fee year.
    fn of_the_year(&mut self, figures: &Figures) -> Result<Vec<ParameterLine>, Error> {
        let year = self.year;
        let schedule = &year.fees.schedule;
        self.section(&year.tell("workbook-of-the-year"))?;
        let integers = &year.integers;
        let bound = |bound: Option<&Parameter<Sek>>, whole: Option<Whole>, place: usize| {
            let (bound, whole) = (bound?, whole?);
            let [label, name, parts_label, parts_name] = match place {
                1 => ["rule-floor", "rule-floor", "workbook-integers-floor", "workbook-name-floor-parts"],
                3 => ["workbook-base", "workbook-base", "workbook-integers-base", "workbook-name-base-parts"],
                _ => [
                    "rule-ceiling",
                    "rule-ceiling",
                    "workbook-integers-ceiling",
                    "workbook-name-ceiling-parts",
                ],
            };
            Some(ParameterLine {
                label,
                name,
                parts_label,
                parts_name,
                decided: self.decided[place].clone(),
                whole,
                is_escalated: bound.factor.is_some(),
                is_chained: bound.factor.as_ref().is_some_and(IndexFactor::is_chained),
                printed: bound.printed,
                value: bound.value.ore_ratio(),
                step: self.steps.bounds.clone(),
                is_rate: false,
                printed_at: None,
            })
        };
        let per_head = PerHead::of(schedule);
        let rate = per_head.map(|per_head| per_head.rate);
        let rate_line = rate.zip(integers.rate).map(|(rate, whole)| ParameterLine {
            label: "workbook-rate",
            name: "workbook-rate",
            parts_label: "workbook-integers-rate",
            parts_name: "workbook-name-rate-parts",
            decided: self.decided[0].clone(),
            whole,
            is_escalated: rate.factor.is_some(),
            is_chained: rate.factor.as_ref().is_some_and(IndexFactor::is_chained),
            printed: rate.printed,
            value: rate.value.ore_ratio(),
            step: self.steps.rate.clone(),
            is_rate: true,
            printed_at: None,
        });
        let floor = bound(schedule.floor(), integers.floor, 1);
        let ceiling = bound(schedule.ceiling(), integers.ceiling, 2);
        let base = bound(per_head.and_then(|per_head| per_head.base), integers.base, 3);
        let mut lines: Vec<_> = [rate_line, base, floor, ceiling].into_iter().flatten().collect();
        for line in &mut lines {
            self.parameter(line, figures)?;
        }
        Ok(lines)
    }

    fn parameter(&mut self, line: &mut ParameterLine, figures: &Figures) -> Result<(), Error> {
        let year = self.year;
        let value = decimal(line.value.over(Ratio::whole(100))?);
        let factor = figures.factor.as_deref().filter(|_| line.is_escalated);
        let unrounded = if line.is_rate { Look::Rate } else { Look::Unrounded };
        let (formula, note, look) = match (factor, line.printed) {
            (None, _) if year.fees.schedule.fee_factor().is_some() => {
                (line.decided.clone(), "workbook-of-the-year-base", unrounded)
            }
            (None, _) => (line.decided.clone(), "workbook-of-the-year-decided", unrounded),
            (Some(factor), None) => {
                (format!("{}*{factor}", line.decided), "workbook-of-the-year-escalated", unrounded)
            }
            (Some(_), Some(_)) => {
                let Figures { whole_above, whole_below, .. } = figures;
                let scale = line.whole.scale;
                let above = format!("ROUND({}*{},0)*{whole_above}", line.decided, times_hundred(scale));
                let below = format!("{scale}*{whole_below}*{}", line.step);
                let rounded = format!("INT((2*{above}+{below})/(2*{below}))*{}/100", line.step);
                (rounded, "workbook-of-the-year-printed", Look::KronorAndOre)
            }
        };
        let (label, note) = (year.heading(line.label), year.say(note));
        let address = if line.is_chained {
            let note = year.say("workbook-of-the-year-chained");
            self.number((&label, &note), &value, Look::KronorAndOre, None)?
        } else if line.whole.is_sure {
            self.formula((&label, &note), &formula, &value, look)?
        } else {
            let note = format!("{note}; {}", year.say("workbook-engine-value"));
            self.number((&label, &note), &value, look, None)?
        };
        line.printed_at = (line.is_escalated && line.printed.is_some()).then_some(address);
        self.name(line.name);
        Ok(())
    }

    /// The integers of the exact rounding.
    fn integers(&mut self, figures: &Figures, parameters: &[ParameterLine]) -> Result<(), Error> {
        let year = self.year;
        let integers = &year.integers;
        let say = |message: &str| year.say(message);
        self.section(&say("workbook-integers"))?;
        self.words("", &say("workbook-integers-why"), None)?;
        let (mut above, mut below) = (String::from("1"), String::from("1"));
        if figures.factor.is_some() {
            let labels =
                (&*say("workbook-integers-index-scale"), &*say("workbook-integers-index-scale-note"));
            self.number(labels, &integers.index_scale.to_string(), Look::Whole, None)?;
            let (value_above, value_below) = (integers.factor_above, integers.factor_below);
            let label = say("workbook-integers-above");
            above =
                self.formula((&label, ""), &figures.whole_above, &value_above.to_string(), Look::Whole)?;
            self.name("workbook-name-above");
            let label = say("workbook-integers-below");
            below =
                self.formula((&label, ""), &figures.whole_below, &value_below.to_string(), Look::Whole)?;
            self.name("workbook-name-below");
        }
        let value = integers.parts.to_string();
        let labels = (&*say("workbook-integers-parts"), &*say("workbook-integers-parts-note"));
        let mut scale = String::from("1");
        let parts = match integers.rate {
            None => self.number(labels, &value, Look::Whole, None)?,
            Some(rate) => {
                let note =
                    (&*say("workbook-integers-rate-scale"), &*say("workbook-integers-rate-scale-note"));
                scale = self.number(note, &rate.scale.to_string(), Look::Whole, None)?;
                let is_unprinted = |line: &ParameterLine| line.is_escalated && line.printed.is_none();
                let rate_is_printed = parameters.iter().any(|line| line.is_rate && line.printed_at.is_some());
                let of_rate = if rate_is_printed { "1" } else { &*scale };
                let of_factor = if parameters.iter().any(is_unprinted) { &*below } else { "1" };
                self.formula(labels, &format!("{of_rate}*{of_factor}"), &value, Look::Whole)?
            }
        };
        self.name("workbook-name-parts");

        for line in parameters {
            let own_scale = if line.is_rate { &*scale } else { "1" };
            let ore = format!("ROUND({}*100*{own_scale},0)", line.decided);
            let formula = match &line.printed_at {
                Some(printed) => format!("ROUND({printed}*100,0)*{parts}"),
                None if line.is_escalated => format!("{ore}*{above}*({parts}/({own_scale}*{below}))"),
                None => format!("{ore}*({parts}/{own_scale})"),
            };
            let value = line.whole.parts.to_string();
            self.formula((&say(line.parts_label), ""), &formula, &value, Look::Whole)?;
            self.name(line.parts_name);
        }
        Ok(())
    }
}

/// A scale of whole öre as one of kronor.
fn times_hundred(scale: i128) -> String {
    format!("{scale}00")
}

fn look_of(amount: Sek) -> Look {
    Look::of_money(amount.ore() % 100 != 0)
}

fn month(month: Month, year: &Year<'_>) -> String {
    month.text(year.language)
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
