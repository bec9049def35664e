//! Shape: what a shape of the fee comes to for a member, as a formula on the cells of the tariff and of the member.
//! Rule:    `Sats * invånare`, a lookup among tiers, a sum over brackets, a portion of a figure, a share of a total. Each term
//!          has its exact value, made by the same operations; one that is not the engine's is not written.

use avgift::{
    Assessment, Broken, Counting, FeeRate, KeyShare, OfFigure, Parameter, Ratio, RebateOn, Reckoning, Sek,
    Shape, Tiers,
};

use super::Year;
use super::charges::{Place, Scalar, roundings};
use super::members::{Extra, MembersTable};
use super::term::Term;

/// What the formula of a member stands on.
pub(super) struct Basis<'a> {
    pub(super) year: &'a Year<'a>,
    pub(super) members: &'a MembersTable,
    /// The row of the member, the same on every sheet.
    pub(super) row: u32,
    pub(super) fee: &'a Assessment,
    /// The inhabitants, in a cell of the same sheet.
    pub(super) people: Term,
}

impl Basis<'_> {
    /// What the shape of a charge comes to, in kronor; `reckoning` is what the engine worked with.
    pub(super) fn amount(&self, place: Place, reckoning: Option<&Reckoning>) -> Option<Term> {
        let amount = |label, amount| Some(Scalar::amount(label, amount).ok()?.named(self.year, place));
        let rate = |label, rate| Some(Scalar::rate(label, rate).ok()?.named(self.year, place));
        match self.year.charge(place).shape() {
            Shape::Flat { amount: flat } => amount("workbook-flat", flat),
            Shape::PerInhabitant { rate: of } => Some(self.people.times(&rate("workbook-rate", of)?)),
            Shape::Linear { base, rate: of, per, cap } => {
                let by_rate = self.units(place, *per, cap.as_ref().map(|cap| cap.value.get()))?;
                let by_rate = by_rate.times(&rate("workbook-rate", of)?);
                match base {
                    Some(base) => Some(amount("workbook-base", base)?.plus(&by_rate)),
                    None => Some(by_rate),
                }
            }
            Shape::Tiers(tiers) => self.by_tier(place, tiers),
            Shape::Brackets(brackets) => self.by_bracket(place, brackets),
            Shape::OfFigure(of) => self.of_figure(place, of, reckoning?),
            Shape::Decided(amounts) => {
                let decided = Scalar::amount("workbook-flat", amounts.get(&self.fee.code())?).ok()?;
                Some(decided.named(self.year, place).at(self.members.extra(&Extra::Decided(place), self.row)))
            }
            Shape::Total { total, .. } => {
                let Reckoning::Shared { keys, .. } = reckoning? else { return None };
                Some(amount("workbook-total", total)?.times(&self.share(keys)?))
            }
            Shape::Percentages { total, .. } => {
                let Reckoning::Percentage { portion, .. } = reckoning? else { return None };
                let cell = self.members.extra(&Extra::Portion, self.row);
                Some(amount("workbook-total", total)?.times(&Term::of(cell, portion.value.ratio())))
            }
            _ => None,
        }
    }

    /// How many units the inhabitants are, up to a cap.
    fn units(&self, place: Place, per: Counting, cap: Option<u32>) -> Option<Term> {
        let named = |message| self.year.named_of(message, place);
        let people = match cap {
            Some(cap) => self.people.lowered_to(&Term::whole(named("workbook-name-cap"), cap)),
            None => self.people.clone(),
        };
        let size = Term::whole(named("workbook-name-unit"), per.size.get());
        let (function, divide): (_, fn(i128, i128) -> i128) = match per.broken {
            Broken::InProportion if per.size.get() == 1 => return Some(people),
            Broken::InProportion => return Some(people.over(&size)),
            Broken::Started => {
                ("ROUNDUP", |count, size| count.div_euclid(size) + i128::from(count % size != 0))
            }
            Broken::Full => ("ROUNDDOWN", i128::div_euclid),
        };
        let units = divide(people.value()?.numerator(), per.size.get().into());
        let text = format!("{function}({},0)", people.over(&size).text());
        Some(Term::function(text, Ratio::new(units, 1).ok(), 0))
    }

    /// The amount of the tier, and its rate on every inhabitant.
    fn by_tier(&self, place: Place, tiers: &Tiers<Parameter<Sek>, Parameter<FeeRate>>) -> Option<Term> {
        let people = u32::try_from(self.people.value()?.numerator()).ok()?;
        let tier = tiers.holding(avgift::Inhabitants::new(people).ok()?)?;
        let lookup = |column, value: Option<avgift::Exact>, roundings| {
            let (from, column) =
                (self.year.named_of("workbook-name-from", place), self.year.named_of(column, place));
            let value = value.map_or(Some(Ratio::ZERO), |value| value.kronor_ratio().ok());
            Term::function(format!("LOOKUP({},{from},{column})", self.people.text()), value, roundings)
        };
        let amounts = tiers.iter().filter_map(|tier| tier.amount.as_ref());
        let rates = tiers.iter().filter_map(|tier| tier.rate.as_ref());
        let (of_amounts, of_rates) = (amounts.map(of_parameter).max(), rates.map(of_parameter).max());
        let amount = of_amounts.map(|roundings| {
            lookup("workbook-name-amounts", tier.amount.as_ref().map(|of| of.value), roundings)
        });
        let by_rate = of_rates.map(|roundings| {
            let rate = lookup("workbook-name-rates", tier.rate.as_ref().map(|of| of.value), roundings);
            self.people.times(&rate)
        });
        match (amount, by_rate) {
            (Some(amount), Some(by_rate)) => Some(amount.plus(&by_rate)),
            (amount, by_rate) => Some(amount.or(by_rate).unwrap_or(Term::whole("0", 0))),
        }
    }

    /// The inhabitants of each bracket times its rate, summed over the brackets that are reached.
    fn by_bracket(&self, place: Place, brackets: &Tiers<Parameter<Sek>, Parameter<FeeRate>>) -> Option<Term> {
        let named = |message| self.year.named_of(message, place);
        let (from, to, rates) =
            (named("workbook-name-from"), named("workbook-name-to"), named("workbook-name-rates"));
        let people = self.people.text();
        let inside = format!("({people}<{to})*({people}-{to})+{to}-{from}+1");
        let text = format!("SUMPRODUCT(({people}>={from})*({inside})*{rates})");
        let count = u32::try_from(self.people.value()?.numerator()).ok()?;
        let count = avgift::Inhabitants::new(count).ok()?;
        let mut reached = brackets.iter().filter(|bracket| bracket.from <= count.get());
        let sum = reached.try_fold(Ratio::ZERO, |sum, bracket| {
            let rate =
                bracket.rate.as_ref().map_or(Ok(Ratio::ZERO), |rate| rate.value.kronor_ratio()).ok()?;
            sum.plus(rate.times(Ratio::whole(bracket.counted(count).into())).ok()?).ok()
        });
        let rounded = brackets.iter().filter_map(|bracket| bracket.rate.as_ref()).map(of_parameter).max();
        let added = u32::try_from(brackets.iter().count()).unwrap_or(u32::MAX / 2);
        Some(Term::function(text, sum, rounded.unwrap_or(0) + 1 + added))
    }

    /// The portion of the member's figure, less the rebate of the largest.
    fn of_figure(&self, place: Place, of: &OfFigure, reckoning: &Reckoning) -> Option<Term> {
        let Reckoning::OfFigure { figure, .. } = reckoning else { return None };
        let named = |message, value| Term::of(self.year.named_of(message, place), value);
        let cell = self.members.extra(&Extra::Figure(of.figure.clone()), self.row);
        let mut amount = Term::of(cell, figure.value.ratio())
            .times(&named("workbook-name-portion", of.portion.value.ratio()));
        if of.per_inhabitant {
            amount = amount.times(&self.people);
        }
        let Some(rebate) = &of.rebate else { return Some(amount) };
        let (people, above) = (self.people.value()?, Ratio::whole(rebate.above.get().into()));
        let limit = named("workbook-name-rebate-above", above);
        let left = Ratio::ONE.minus(rebate.portion.value.ratio()).ok()?;
        let left = named("workbook-name-rebate-left", left);
        match rebate.on {
            RebateOn::Whole => {
                let text = format!("IF({}>{},{},1)", self.people.text(), limit.text(), left.text());
                let value = if people > above { left.value() } else { Some(Ratio::ONE) };
                Some(amount.times(&Term::function(text, value, left.roundings())))
            }
            RebateOn::PartAbove => {
                let beyond = people.minus(above).ok()?.max(Ratio::ZERO);
                let text = format!("MAX({}-{},0)", self.people.text(), limit.text());
                let beyond = Term::function(text, Some(beyond), 0);
                let counted = self.people.lowered_to(&limit).plus(&beyond.times(&left));
                Some(amount.times(&counted).over(&self.people))
            }
        }
    }

    /// The member's part of a total: each weight times its own key over that of all.
    fn share(&self, keys: &[KeyShare]) -> Option<Term> {
        let own = |share: &KeyShare| match &share.key {
            avgift::Key::Population => Some(self.people.clone()),
            avgift::Key::Equal => None,
            avgift::Key::Figure(name) => {
                Some(Term::of(self.members.extra(&Extra::Figure(name.clone()), self.row), share.own))
            }
        };
        let part = |(place, share): (usize, &KeyShare)| {
            let weight =
                Term::of(self.year.named_at("workbook-name-weight", place), share.weight.value.ratio());
            let all = Term::of(self.year.named_at("workbook-name-key", place), share.all);
            match own(share) {
                Some(own) => weight.times(&own).over(&all),
                None => weight.over(&all),
            }
        };
        keys.iter().enumerate().map(part).reduce(|sum, part| sum.plus(&part))
    }
}

/// How often a spreadsheet rounds on its way to an amount or a rate of a table.
fn of_parameter<T>(parameter: &Parameter<T>) -> u32 {
    let factor = parameter.factor.as_ref().filter(|_| parameter.printed.is_none());
    factor.map_or(1, |factor| 2 + roundings(factor))
}
