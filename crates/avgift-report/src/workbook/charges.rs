//! Charges: what the tariff of a fee year is made of, each part under its own names: the main shape, classes with a shape of
//! their own, components. A class is escalated by the clause of the tariff, a component by its own.

use avgift::{
    Assessment, Charge, FeeRate, IndexClause, IndexFactor, Operand, Origin, Parameter, Ratio, Reckoning,
    Rounding, Rule, Sek, Shape, Step, Tiers,
};

use super::Year;
use super::term::Term;
use crate::error::Error;

/// Where a charge stands in its tariff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Main,
    Class(usize),
    Component(usize),
}

impl Place {
    /// Whose index clause escalates it.
    pub(super) fn of_index(self) -> Place {
        if let Place::Class(_) = self { Place::Main } else { self }
    }
}

/// An amount or a rate that is one cell of the tariff, in kronor.
pub(super) struct Scalar<'a> {
    /// The message of its label, which is also its name.
    pub(super) label: &'static str,
    pub(super) decided: Ratio,
    pub(super) origin: Option<&'a Origin>,
    pub(super) factor: Option<&'a IndexFactor>,
    pub(super) printed: Option<Rounding>,
    pub(super) value: Ratio,
    pub(super) is_rate: bool,
}

impl<'a> Scalar<'a> {
    pub(super) fn amount(label: &'static str, amount: &'a Parameter<Sek>) -> Result<Scalar<'a>, Error> {
        let decided = avgift::Exact::from(amount.decided.value).kronor_ratio()?;
        Scalar::of(label, decided, amount, false)
    }

    pub(super) fn rate(label: &'static str, rate: &'a Parameter<FeeRate>) -> Result<Scalar<'a>, Error> {
        Scalar::of(label, rate.decided.value.exact().kronor_ratio()?, rate, true)
    }

    fn of<T>(
        label: &'static str,
        decided: Ratio,
        parameter: &'a Parameter<T>,
        is_rate: bool,
    ) -> Result<Scalar<'a>, Error> {
        Ok(Scalar {
            label,
            decided,
            origin: parameter.decided.origin.as_ref(),
            factor: parameter.factor.as_ref(),
            printed: parameter.printed,
            value: parameter.value.kronor_ratio()?,
            is_rate,
        })
    }

    pub(super) fn is_chained(&self) -> bool {
        self.factor.is_some_and(IndexFactor::is_chained)
    }

    /// Its cell of the fee year.
    pub(super) fn named(&self, year: &Year<'_>, place: Place) -> Term {
        let name = year.named_of(self.label, place);
        match self.factor.filter(|_| self.printed.is_none()) {
            Some(factor) => Term::function(name, Some(self.value), 2 + roundings(factor)),
            None => Term::of(name, self.value),
        }
    }

    /// Its value in the fee year from what was decided; none where no formula of one cell gives it.
    pub(super) fn carried(&self, year: &Year<'_>, place: Place, decided: &Term) -> Option<Term> {
        let Some(factor) = self.factor else { return Some(decided.clone()) };
        if factor.is_chained() {
            return None;
        }
        let escalated = decided.times(&year.factor(place, factor));
        let carried = match self.printed {
            None => Some(escalated),
            Some(rounding) => escalated.rounded(&self.step(year, place), rounding.step_ore()),
        };
        carried.filter(|carried| carried.value() == Some(self.value))
    }

    /// The name of the step that it is printed in.
    pub(super) fn step(&self, year: &Year<'_>, place: Place) -> String {
        let message =
            if self.is_rate { "workbook-name-step-of-rates" } else { "workbook-name-step-of-bounds" };
        year.named_of(message, place.of_index())
    }
}

/// How often a spreadsheet rounds at most on its way to a factor.
pub(super) fn roundings(factor: &IndexFactor) -> u32 {
    let count = factor.pairs().count() + factor.changes().len();
    4 * u32::try_from(count).unwrap_or(u32::MAX / 4)
}

impl Year<'_> {
    /// Every charge of the tariff, with the name of its class or component.
    pub(super) fn charges(&self) -> Vec<(Place, &Charge, Option<&str>)> {
        let schedule = &self.fees.schedule;
        let classes = schedule.classes().iter().enumerate();
        let classes = classes.filter_map(|(place, class)| {
            class.own().map(|own| (Place::Class(place), own, Some(class.name())))
        });
        let components = schedule.components().iter().enumerate();
        let components = components
            .map(|(place, component)| (Place::Component(place), component.charge(), Some(component.name())));
        [(Place::Main, schedule.charge(), None)].into_iter().chain(classes).chain(components).collect()
    }

    pub(super) fn charge(&self, place: Place) -> &Charge {
        let schedule = &self.fees.schedule;
        let charge = match place {
            Place::Main => None,
            Place::Class(place) => schedule.classes().get(place).and_then(|class| class.own()),
            Place::Component(place) => schedule.components().get(place).map(|component| component.charge()),
        };
        charge.unwrap_or(schedule.charge())
    }

    /// The index clause of a charge.
    pub(super) fn clause(&self, place: Place) -> Option<&IndexClause> {
        let tariff = self.fees.schedule.tariff();
        match place {
            Place::Component(place) => {
                tariff.components.get(place).and_then(|component| component.index.as_ref())
            }
            Place::Main | Place::Class(_) => tariff.index.as_ref(),
        }
    }

    /// The factor of an index clause, whatever it escalates.
    pub(super) fn factor_of(&self, place: Place) -> Option<&IndexFactor> {
        let charges = self.charges();
        let of_clause = charges.iter().filter(|(other, ..)| other.of_index() == place.of_index());
        of_clause.map(|(_, charge, _)| *charge).find_map(factor_of_charge)
    }

    /// The cell of a factor.
    pub(super) fn factor(&self, place: Place, factor: &IndexFactor) -> Term {
        let name = self.named_of("workbook-name-factor", place.of_index());
        Term::function(name, Some(factor.ratio()), roundings(factor))
    }

    /// The name of a cell of a charge: `Sats_2024`, `Sats_klass_1_2024`, `Tak_delavgift_2_2024`.
    pub(super) fn named_of(&self, message: &str, place: Place) -> String {
        let (word, place) = match place {
            Place::Main => return self.named(message),
            Place::Class(place) => (self.say("rule-class"), place),
            Place::Component(place) => (self.say("rule-component"), place),
        };
        format!("{}_{word}_{}_{}", self.name(message), place + 1, self.number())
    }

    /// The same, of one among several.
    pub(super) fn named_at(&self, message: &str, place: usize) -> String {
        format!("{}_{}_{}", self.name(message), place + 1, self.number())
    }

    /// The charge that gives a member its fee, components apart.
    pub(super) fn place_of(&self, fee: &Assessment) -> Place {
        let Some(Operand::Class { name: Some(name), .. }) = fee.step(Rule::Class).map(|step| &step.operand)
        else {
            return Place::Main;
        };
        let classes = self.fees.schedule.classes();
        let own = classes.iter().position(|class| class.name() == name && class.own().is_some());
        own.map_or(Place::Main, Place::Class)
    }
}

/// The factor of a charge, whatever it escalates.
fn factor_of_charge(charge: &Charge) -> Option<&IndexFactor> {
    let ceilings = charge.ceilings().values();
    let bounds = charge.floor().into_iter().chain(charge.ceiling()).chain(ceilings);
    let (amounts, rates) = parameters(charge.shape());
    let amounts = bounds.chain(amounts).find_map(|amount| amount.factor.as_ref());
    let of_rates = || rates.iter().find_map(|rate| rate.factor.as_ref());
    charge.fee_factor().or(amounts).or_else(of_rates)
}

type Parameters<'a> = (Vec<&'a Parameter<Sek>>, Vec<&'a Parameter<FeeRate>>);

/// Every amount and every rate of a shape.
pub(super) fn parameters(shape: &avgift::ShapeOfYear) -> Parameters<'_> {
    match shape {
        Shape::Flat { amount } => (vec![amount], Vec::new()),
        Shape::PerInhabitant { rate } => (Vec::new(), vec![rate]),
        Shape::Linear { base, rate, .. } => (base.iter().collect(), vec![rate]),
        Shape::Tiers(tiers) | Shape::Brackets(tiers) => (
            tiers.iter().filter_map(|tier| tier.amount.as_ref()).collect(),
            tiers.iter().filter_map(|tier| tier.rate.as_ref()).collect(),
        ),
        Shape::Decided(amounts) => (amounts.values().collect(), Vec::new()),
        Shape::Total { total, .. } | Shape::Percentages { total, .. } => (vec![total], Vec::new()),
        _ => (Vec::new(), Vec::new()),
    }
}

/// The amounts and rates of a charge that are one cell each: those of its shape, floor and ceiling.
pub(super) fn scalars(charge: &Charge) -> Result<Vec<Scalar<'_>>, Error> {
    let mut scalars = Vec::new();
    match charge.shape() {
        Shape::Flat { amount } => scalars.push(Scalar::amount("workbook-flat", amount)?),
        Shape::PerInhabitant { rate } => scalars.push(Scalar::rate("workbook-rate", rate)?),
        Shape::Linear { base, rate, .. } => {
            scalars.extend(base.as_ref().map(|base| Scalar::amount("workbook-base", base)).transpose()?);
            scalars.push(Scalar::rate("workbook-rate", rate)?);
        }
        Shape::Total { total, .. } | Shape::Percentages { total, .. } => {
            scalars.push(Scalar::amount("workbook-total", total)?);
        }
        _ => {}
    }
    for (label, bound) in [("rule-floor", charge.floor()), ("rule-ceiling", charge.ceiling())] {
        scalars.extend(bound.map(|bound| Scalar::amount(label, bound)).transpose()?);
    }
    Ok(scalars)
}

/// The tiers or brackets of a charge.
pub(super) fn tiers(charge: &Charge) -> Option<&Tiers<Parameter<Sek>, Parameter<FeeRate>>> {
    match charge.shape() {
        Shape::Tiers(tiers) | Shape::Brackets(tiers) => Some(tiers),
        _ => None,
    }
}

/// What a shape worked with for a member, where it is no rate alone.
pub(super) fn reckoning(step: &Step) -> Option<&Reckoning> {
    match &step.operand {
        Operand::Reckoning(reckoning) => Some(reckoning),
        _ => None,
    }
}

/// What each shape of a fee worked with: its own and those of the components.
pub(super) fn reckonings(fee: &Assessment) -> impl Iterator<Item = &Reckoning> {
    fee.steps().iter().filter_map(reckoning)
}
