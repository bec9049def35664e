//! Row: one fee as formulas, step by step as the engine took them, each on the cell of the step before it.
//! Rule:    a step is a formula where its exact value is the engine's; where it is not, the cell holds the engine's value and
//!          the next step goes on from there. So no formula of a row can lead anywhere else.

use avgift::{Assessment, Charge, Operand, ProrationOrder, Ratio, Rule, Standing, Step, Value};

use super::Year;
use super::charges::{Place, Scalar, reckoning};
use super::columns::{Column, Columns, Group};
use super::cut::{Cut, Rests};
use super::exact::{decimal, is_sure_to_compare, is_sure_to_round};
use super::fees::{look_of_fee, standing};
use super::members::{Extra, MembersTable, is_sharing, previous};
use super::parts::is_divided_by_inhabitants;
use super::shape::Basis;
use super::sheet::{FIRST, Look, Sheet, cell, kronor};
use super::term::Term;
use crate::error::Error;

/// What a cell of a row holds.
pub(super) enum Cell {
    Text(String, Look),
    Number(String, Look),
    Formula { formula: String, value: String, look: Look },
}

/// One fee.
pub(super) struct Row<'a> {
    year: &'a Year<'a>,
    members: &'a MembersTable,
    columns: &'a Columns,
    row: u32,
    fee: &'a Assessment,
    place: Place,
    cells: Vec<(Column, Cell)>,
    /// The amount before the one rounding, in kronor.
    amount: Term,
    /// What the bounds are held against.
    unbounded: Term,
    has_values: bool,
}

impl<'a> Row<'a> {
    pub(super) fn of(
        year: &'a Year<'a>,
        members: &'a MembersTable,
        columns: &'a Columns,
        row: u32,
        fee: &'a Assessment,
    ) -> Result<Row<'a>, Error> {
        let nothing = Term::whole("0", 0);
        let mut made = Row {
            year,
            members,
            columns,
            row,
            fee,
            place: year.place_of(fee),
            cells: Vec::new(),
            amount: nothing.clone(),
            unbounded: nothing,
            has_values: false,
        };
        made.steps()?;
        Ok(made)
    }

    fn cell(&self, column: Column) -> String {
        cell(self.row, self.columns.place(column))
    }

    fn people(&self) -> Term {
        Term::whole(self.cell(Column::Inhabitants), self.fee.inhabitants().get())
    }

    /// Every step of the engine.
    fn steps(&mut self) -> Result<(), Error> {
        let fee = self.fee;
        let mut before_component = self.amount.clone();
        for step in fee.steps() {
            let Value::Exact(amount) = step.value else { continue };
            let value = amount.kronor_ratio()?;
            let group = self.group(step);
            if group.is_some() && reckons(step.rule) {
                before_component = self.amount.clone();
            }
            if step.rule == Rule::Floor && group.is_none() {
                self.unbounded = self.amount.clone();
            }
            let column = Column::Step(group, step.rule);
            if !self.columns.has(column) {
                if self.amount.value() != Some(value) {
                    self.amount = Term::function(decimal(value), None, 0);
                }
                continue;
            }
            let formula = self.formula(step, group, &before_component);
            let formula = formula.filter(|formula| formula.value() == Some(value));
            let cell = self.cell(column);
            match formula {
                Some(formula) => {
                    let (text, value) = (formula.text().to_owned(), decimal(value));
                    let made = Cell::Formula { formula: text, value, look: Look::Unrounded };
                    self.cells.push((column, made));
                    self.amount = formula.at(cell);
                }
                None => {
                    self.has_values = true;
                    self.cells.push((column, Cell::Number(decimal(value), Look::Unrounded)));
                    self.amount = Term::of(cell, value);
                }
            }
        }
        Ok(())
    }

    /// The component that a step belongs to.
    fn group(&self, step: &Step) -> Group {
        let name = step.component.as_ref()?;
        self.year.fees.schedule.components().iter().position(|component| component.name() == name)
    }

    fn formula(&self, step: &Step, group: Group, before_component: &Term) -> Option<Term> {
        let year = self.year;
        let place = group.map_or(self.place, Place::Component);
        let charge = year.charge(place);
        let before = &self.amount;
        let portion = |name, value: avgift::Portion| before.times(&Term::of(name, value.ratio()));
        match (step.rule, &step.operand) {
            (Rule::ByPopulation | Rule::ByTariff, _) => {
                let (year, members, row, fee) = (self.year, self.members, self.row, self.fee);
                Basis { year, members, row, fee, people: self.people() }.amount(place, reckoning(step))
            }
            (Rule::Class, Operand::Class { name: Some(name), multiplier: Some(multiplier) }) => {
                let classes = year.fees.schedule.classes();
                let class = classes.iter().position(|class| class.name() == name)?;
                Some(portion(year.named_at("workbook-name-multiplier", class), multiplier.value))
            }
            (Rule::Floor, _) => match charge.floor() {
                Some(_) => {
                    let raised = before.raised_to(&self.floor(place, charge)?);
                    Some(if group.is_none() { self.unless_free(raised) } else { raised })
                }
                None => Some(before.clone()),
            },
            (Rule::Ceiling, _) => match self.ceiling(place, charge) {
                Some(ceiling) => {
                    let lowered = before.lowered_to(&ceiling);
                    Some(if group.is_none() { self.unless_free(lowered) } else { lowered })
                }
                None => Some(before.clone()),
            },
            (Rule::Escalation, Operand::Factor(Some(factor))) => {
                Some(before.times(&year.factor(place, factor)))
            }
            (Rule::Component, _) => Some(before_component.plus(before)),
            (Rule::YearFactor, Operand::YearFactor(Some(factor))) => {
                Some(portion(year.named("workbook-name-year-factor"), factor.factor.value))
            }
            (Rule::Limit, Operand::Limit { up, down, .. }) => self.limited(
                up.as_ref().map(|up| up.value.ratio()),
                down.as_ref().map(|down| down.value.ratio()),
            ),
            (Rule::Proration, _) => {
                let share = self.fee.share();
                let part = Term::whole(self.members.part(self.row), share.part());
                Some(before.times(&part).over(&Term::whole(self.members.whole(self.row), share.whole())))
            }
            (Rule::JoiningFee, Operand::JoiningFee(Some(fee))) => {
                let amount = avgift::Exact::from(fee.value).kronor_ratio().ok()?;
                Some(before.plus(&Term::of(year.named("rule-joining-fee"), amount)))
            }
            _ => Some(before.clone()),
        }
    }

    fn floor(&self, place: Place, charge: &Charge) -> Option<Term> {
        let floor = Scalar::amount("rule-floor", charge.floor()?).ok()?;
        Some(floor.named(self.year, place))
    }

    /// The ceiling of the member: its own, or that of its charge.
    fn ceiling(&self, place: Place, charge: &Charge) -> Option<Term> {
        if let Some(own) = charge.ceilings().get(&self.fee.code()) {
            let named = Scalar::amount("rule-ceiling", own).ok()?.named(self.year, place);
            return Some(named.at(self.members.extra(&Extra::Ceiling, self.row)));
        }
        let ceiling = Scalar::amount("rule-ceiling", charge.ceiling()?).ok()?;
        Some(ceiling.named(self.year, place))
    }

    /// No further from the fee of the year before than the limit.
    fn limited(&self, up: Option<Ratio>, down: Option<Ratio>) -> Option<Term> {
        let Some(previous) = previous(self.fee) else { return Some(self.amount.clone()) };
        let paid = avgift::Exact::from(previous.fee.value).kronor_ratio().ok()?;
        let paid = Term::of(self.members.extra(&Extra::Previous, self.row), paid);
        let mut amount = self.amount.clone();
        if let Some(up) = up {
            let most = Term::of(self.year.named("workbook-name-most"), Ratio::ONE.plus(up).ok()?);
            amount = amount.lowered_to(&paid.times(&most));
        }
        if let Some(down) = down {
            let least = Term::of(self.year.named("workbook-name-least"), Ratio::ONE.minus(down).ok()?);
            amount = amount.raised_to(&paid.times(&least));
        }
        Some(amount)
    }

    fn is_before(&self) -> bool {
        self.year.fees.schedule.tariff().proration.order == ProrationOrder::BeforeBounds
    }

    /// Where the share comes before the bounds, who owes no part of the year is not raised to the floor.
    fn unless_free(&self, otherwise: Term) -> Term {
        if !self.is_before() {
            return otherwise;
        }
        let text = format!("IF({}=0,0,{})", self.members.part(self.row), otherwise.text());
        let value = if self.fee.share().is_nothing() { Some(Ratio::ZERO) } else { otherwise.value() };
        Term::function(text, value, otherwise.roundings())
    }

    /// The parts that an öre is counted in, times the inhabitants where a rebate divides by them.
    fn parts(&self) -> (String, i128) {
        let year = self.year;
        let components = (0..year.fees.schedule.components().len()).map(Place::Component);
        let is_divided = [self.place].into_iter().chain(components);
        let mut is_divided = is_divided.map(|place| is_divided_by_inhabitants(year.charge(place).shape()));
        match year.parts.is_whole && is_divided.any(|is_divided| is_divided) {
            true => {
                let people = self.fee.inhabitants().get();
                (format!("*{}", self.cell(Column::Inhabitants)), year.parts.count * i128::from(people))
            }
            false => (String::new(), year.parts.count),
        }
    }

    fn step(&self) -> i128 {
        self.year.fees.schedule.tariff().rounding.step_ore().into()
    }

    fn amount_in_ore(&self) -> Option<Ratio> {
        self.amount.value()?.times(Ratio::whole(100)).ok()
    }

    /// The share of a total that it is, its rest counted in one way; none where a spreadsheet may come to another.
    pub(super) fn cut(&self, counted: Rests) -> Option<Cut> {
        let operand = self.fee.step(Rule::Rounding).map(|step| &step.operand);
        let Some(Operand::Apportioned(apportioned)) = operand else { return None };
        let roundings = self.amount.roundings() + 3;
        Cut::of(self.amount_in_ore()?, roundings, self.year.parts, self.step(), *apportioned, counted)
    }

    /// Whether the member shares a total.
    pub(super) fn is_sharing(&self) -> bool {
        is_sharing(self.fee)
    }

    /// The parts and the fee; `cut` where the fee is a share of a total that formulas deal out.
    pub(super) fn finish(&mut self, cut: Option<&Cut>) -> Result<(), Error> {
        let year = self.year;
        self.write_parts();
        let (step, is_kronor) = (year.named("workbook-name-step"), look_of_fee(year));
        let value = kronor(self.fee.fee())?;
        let formula = match cut {
            Some(cut) => {
                self.write_cut(cut);
                let (whole, place) = (self.cell(Column::WholeSteps), self.cell(Column::Rank));
                let dealt_out = year.named("workbook-name-dealt-out");
                Some(format!("({whole}+IF({place}<={dealt_out},1,0))*{step}/100"))
            }
            None => self
                .rounding()
                .map(|(parts, of_step)| format!("INT((2*{parts}+{of_step})/(2*{of_step}))*{step}/100")),
        };
        let fee = match formula {
            Some(formula) => Cell::Formula { formula, value, look: is_kronor },
            None => Cell::Number(value, is_kronor),
        };
        let is_value = matches!(fee, Cell::Number(..));
        self.cells.push((Column::Fee, fee));
        let standing = self.standing();
        self.cells.push((Column::Standing, standing));
        let remark = self.remark(is_value);
        self.cells.push((Column::Remark, Cell::Text(remark, Look::Remark)));
        Ok(())
    }

    /// The amount in whole parts of an öre; empty where it is not known.
    fn write_parts(&mut self) {
        let (people, count) = self.parts();
        let parts = Ratio::new(count, 1).ok();
        let Some(value) = self.amount_in_ore().zip(parts).and_then(|(ore, parts)| ore.times(parts).ok())
        else {
            return;
        };
        let product =
            format!("{}*100*{}{people}", self.amount.text(), self.year.named("workbook-name-parts"));
        let (formula, look) = match self.year.parts.is_whole {
            true => (format!("ROUND({product},0)"), Look::Whole),
            false => (product, Look::Unrounded),
        };
        self.cells.push((Column::Parts, Cell::Formula { formula, value: decimal(value), look }));
    }

    /// The parts and the step that the fee is rounded by, where a spreadsheet is sure to come to the engine's fee.
    fn rounding(&self) -> Option<(String, String)> {
        let operand = self.fee.step(Rule::Rounding).map(|step| &step.operand);
        if !matches!(operand, Some(Operand::Rounding(_))) {
            return None;
        }
        let (amount, step) = (self.amount_in_ore()?, self.step());
        let (people, count) = self.parts();
        let nearest = amount.over(Ratio::new(step, 1).ok()?).ok()?.plus(Ratio::new(1, 2).ok()?).ok()?;
        let steps = nearest.numerator().div_euclid(nearest.denominator());
        let is_the_fee = steps.checked_mul(step) == Some(self.fee.fee().ore().into());
        let is_sure = is_sure_to_round(amount, self.amount.roundings() + 3, count, step);
        let of_step = match people.is_empty() {
            true => self.year.named("workbook-name-step-parts"),
            false => format!("({}{people})", self.year.named("workbook-name-step-parts")),
        };
        (is_the_fee && is_sure).then(|| (self.cell(Column::Parts), of_step))
    }

    /// The whole steps of a share, what is left of it, and the place of that among all.
    fn write_cut(&mut self, cut: &Cut) {
        let step = self.year.named("workbook-name-step-parts");
        let parts = self.cell(Column::Parts);
        let (whole, rest) = (self.cell(Column::WholeSteps), self.cell(Column::Rest));
        let (first, last) = (FIRST + 1, FIRST + self.columns.rows());
        let column = rest.trim_end_matches(|digit: char| digit.is_ascii_digit());
        // Of equal rests the first by municipality code: the rows stand in that order.
        let place = format!(
            "RANK({rest},{column}${first}:{column}${last})+COUNTIF({column}${first}:{rest},{rest})-1"
        );
        let (rest, look) = match cut.counted {
            Rests::InParts => (format!("{parts}-{whole}*{step}"), Look::Whole),
            Rests::InDecimals(decimals) => (format!("ROUND({parts}/{step}-{whole},{decimals})"), Look::Rate),
        };
        let formulas = [
            (Column::WholeSteps, format!("INT({parts}/{step})"), cut.whole.to_string(), Look::Whole),
            (Column::Rest, rest, cut.rest_text(), look),
            (Column::Rank, place, cut.place.to_string(), Look::Whole),
        ];
        self.cells.extend(
            formulas.map(|(column, formula, value, look)| (column, Cell::Formula { formula, value, look })),
        );
    }

    /// Which bound was reached: a formula where a spreadsheet is sure to see it.
    fn standing(&self) -> Cell {
        let found = self.fee.standing();
        let word = |of| format!("\"{}\"", standing(of, self.year.language));
        let text = || Cell::Text(standing(found, self.year.language), Look::Aside);
        let charge = self.year.charge(self.place);
        let (floor, ceiling) = (self.floor(self.place, charge), self.ceiling(self.place, charge));
        let Some(amount) = self.unbounded.value().filter(|_| floor.is_some() || ceiling.is_some()) else {
            return text();
        };
        let is_sure = |bound: &Option<Term>| match bound {
            Some(bound) => bound.value().is_some_and(|bound| is_sure_to_compare(amount, bound)),
            None => true,
        };
        let by_tariff = self.unbounded.text();
        let (mut formula, mut value) = (word(Standing::Within), Standing::Within);
        if let Some((floor, bound)) = floor.as_ref().and_then(|floor| Some((floor, floor.value()?))) {
            formula = format!("IF({by_tariff}<{},{},{formula})", floor.text(), word(Standing::AtFloor));
            value = if amount < bound { Standing::AtFloor } else { value };
        }
        if let Some((ceiling, bound)) = ceiling.as_ref().and_then(|ceiling| Some((ceiling, ceiling.value()?)))
        {
            formula = format!("IF({by_tariff}>{},{},{formula})", ceiling.text(), word(Standing::AtCeiling));
            value = if amount > bound { Standing::AtCeiling } else { value };
        }
        if self.is_before() {
            formula = format!("IF({}=0,{},{formula})", self.members.part(self.row), word(Standing::Within));
            value = if self.fee.share().is_nothing() { Standing::Within } else { value };
        }
        if value != found || !is_sure(&floor) || !is_sure(&ceiling) {
            return text();
        }
        let value = standing(found, self.year.language);
        Cell::Formula { formula, value, look: Look::Word }
    }

    /// What else there is to know of a fee.
    fn remark(&self, is_value: bool) -> String {
        let (year, fee) = (self.year, self.fee);
        let preliminary = fee.is_preliminary().then(|| year.say("preliminary"));
        let share = (!fee.share().is_whole()).then(|| fee.share().text(year.language));
        let steps = self.has_values.then(|| year.say("workbook-step-value"));
        let engine = is_value.then(|| year.say("workbook-engine-value"));
        let federation = fee.federation_text(year.language);
        [preliminary, share, federation, steps, engine].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// Whether its parts are those of an öre alone, and stand in their cell.
    pub(super) fn is_in_parts(&self) -> bool {
        self.parts().0.is_empty() && self.cells.iter().any(|(column, _)| *column == Column::Parts)
    }

    /// The remark, whose column is as wide as the widest.
    pub(super) fn remark_text(&self) -> String {
        let remark = self.cells.iter().find_map(|(column, cell)| match (column, cell) {
            (Column::Remark, Cell::Text(text, _)) => Some(text.clone()),
            _ => None,
        });
        remark.unwrap_or_default()
    }

    /// How many characters the number of a column takes, with its spaces between thousands.
    pub(super) fn width(&self, wanted: Column) -> usize {
        let value = self.cells.iter().find(|(column, _)| *column == wanted).map(|(_, cell)| cell);
        let digits = match value {
            Some(Cell::Formula { value, .. } | Cell::Number(value, _)) => {
                value.split('.').next().map_or(0, str::len)
            }
            _ => 0,
        };
        digits + digits / 3 + 4
    }

    pub(super) fn write(&self, sheet: &mut Sheet) -> Result<(), Error> {
        let (row, fee) = (self.row, self.fee);
        let of = |column| self.columns.place(column);
        sheet.text(row, of(Column::Code), fee.code().as_str(), Look::Text)?;
        sheet.text(row, of(Column::Member), fee.name(), Look::Text)?;
        sheet.text(row, of(Column::Payer), fee.payer().as_str(), Look::Text)?;
        let people = fee.inhabitants().get().to_string();
        sheet.formula(row, of(Column::Inhabitants), &self.members.inhabitants(row), &people, Look::Whole);
        for (column, cell) in &self.cells {
            let place = of(*column);
            match cell {
                Cell::Text(text, look) => sheet.text(row, place, text, *look)?,
                Cell::Number(number, look) => sheet.number(row, place, number, *look),
                Cell::Formula { formula, value, look } => sheet.formula(row, place, formula, value, *look),
            }
        }
        Ok(())
    }
}

/// Whether a step is that of a shape.
fn reckons(rule: Rule) -> bool {
    matches!(rule, Rule::ByPopulation | Rule::ByTariff)
}
