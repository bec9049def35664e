//! Hybrid: what one member's fee is reckoned by, which may be of one year in some things and of another in the rest. No network
//! decided it; the difference of two of them is what one cause changed.
//! Rule:    the rule itself (see `assess`), asked with terms that were put together.
//! Errors:  AmountMustNotOverflow, MemberMustHaveItsAmount, MemberMustHaveAShare, and those of [`Tariff::schedule`].

use std::collections::BTreeMap;

use super::before_rounding;
use crate::calendar::{FeeYear, Share};
use crate::error::Error;
use crate::figure::MemberFigure;
use crate::index::Indices;
use crate::membership::Member;
use crate::money::{Exact, Sek};
use crate::origin::Sourced;
use crate::population::{Inhabitants, PopulationFigure};
use crate::portion::Portion;
use crate::proration::{Proration, ProrationOrder};
use crate::ratio::Ratio;
use crate::rounding::Rounding;
use crate::schedule::{Charge, ClassOfYear, ComponentOfYear, Parameter, Schedule};
use crate::shape::{Shape, ShapeOfYear};
use crate::tariff::Tariff;
use crate::terms::{PreviousFee, YearFactor, YearlyLimit};
use crate::total::Shared;

/// The tariff of a schedule in another year, carried there by its own clause, whether or not it is in force.
pub(super) fn carried(schedule: &Schedule, year: FeeYear, indices: &Indices) -> Result<Schedule, Error> {
    Tariff { from: year, to: None, ..schedule.tariff().clone() }.schedule(year, indices)
}

/// What one member's fee is reckoned by: one charge, with what comes before it and after it. The joining fee stands beside it.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    /// That of its class, where that has terms of its own; the ceiling is the member's own, where it has one.
    pub(super) charge: Charge,
    /// Whether the charge is that of its class alone.
    pub(super) is_of_its_class: bool,
    /// What its class pays of the charge.
    pub(super) multiplier: Option<Sourced<Portion>>,
    pub(super) components: Vec<ComponentOfYear>,
    pub(super) year_factor: Option<Sourced<Portion>>,
    pub(super) limit: Option<(YearlyLimit, Option<PreviousFee>)>,
    pub(super) order: ProrationOrder,
    /// The denominators of a shared total.
    pub(super) shared: Option<Shared>,
}

impl Terms {
    /// The terms of a member.
    pub(super) fn of(schedule: &Schedule, member: &Member) -> Result<Terms, Error> {
        let class = schedule.class_of(member)?;
        let own = class.and_then(|class| class.own.as_ref());
        let multiplier = class.and_then(|class| class.multiplier.clone());
        Terms::with(schedule, member, own.unwrap_or(&schedule.main), own.is_some(), multiplier)
    }

    /// The terms of a member, as if its class had none of its own.
    pub(super) fn of_the_others(
        schedule: &Schedule,
        member: &Member,
        multiplier: Option<Sourced<Portion>>,
    ) -> Result<Terms, Error> {
        Terms::with(schedule, member, &schedule.main, false, multiplier)
    }

    fn with(
        schedule: &Schedule,
        member: &Member,
        charge: &Charge,
        is_of_its_class: bool,
        multiplier: Option<Sourced<Portion>>,
    ) -> Result<Terms, Error> {
        let component = |one: &ComponentOfYear| {
            let charge = of_member(&one.charge, member, schedule.year)?;
            Ok(ComponentOfYear { name: one.name.clone(), charge })
        };
        let factors = &schedule.tariff.year_factors;
        let limit = schedule.tariff.limit.as_ref().map(|limit| {
            let limit = YearlyLimit { stated: BTreeMap::new(), ..limit.clone() };
            let previous = schedule.previous.as_ref().and_then(|fees| fees.get(&member.code).cloned());
            (limit, previous)
        });
        Ok(Terms {
            charge: of_member(charge, member, schedule.year)?,
            is_of_its_class,
            multiplier,
            components: schedule.components.iter().map(component).collect::<Result<_, Error>>()?,
            year_factor: factors
                .iter()
                .find(|factor| factor.year == schedule.year)
                .map(|one| one.factor.clone()),
            limit,
            order: schedule.tariff.proration.order,
            shared: schedule.shared.as_ref().map(Shared::without_places),
        })
    }

    /// What is paid for a share of a year before the rounding, told to the öre, without a joining fee.
    pub(super) fn amount(
        &self,
        year: FeeYear,
        member: &Member,
        inhabitants: Inhabitants,
        share: Share,
    ) -> Result<Sek, Error> {
        let classes: Vec<ClassOfYear> = self
            .multiplier
            .iter()
            .map(|multiplier| ClassOfYear {
                name: String::new(),
                own: None,
                multiplier: Some(multiplier.clone()),
            })
            .collect();
        // What the rule reads of the tariff itself; all else it has from the charge.
        let nothing = Shape::Flat { amount: Sek::ZERO.into() };
        let tariff = Tariff {
            year_factors: self
                .year_factor
                .iter()
                .map(|factor| YearFactor { year, factor: factor.clone() })
                .collect(),
            limit: self.limit.as_ref().map(|(limit, _)| limit.clone()),
            proration: Proration { order: self.order, ..Proration::default() },
            ..Tariff::of(String::new(), year, nothing)
        };
        let previous = self.limit.as_ref().map(|(_, previous)| {
            previous.iter().map(|fee| (member.code, fee.clone())).collect::<BTreeMap<_, _>>()
        });
        let schedule = Schedule {
            tariff,
            year,
            main: self.charge.clone(),
            classes,
            components: self.components.clone(),
            shared: self.shared.clone(),
            federations: Vec::new(),
            known_on: None,
            previous,
        };
        let member = Member { class: Some(String::new().into()), ..member.clone() };
        let reference_date = schedule.tariff.reference_date.in_year(year);
        let figure = PopulationFigure { code: member.code, reference_date, inhabitants, origin: None };
        Rounding::Ore.round(before_rounding(&schedule.assess_share(&member, &figure, share)?))
    }

    /// The same terms with the bounds of others, in the money that those come to.
    pub(super) fn with_bounds_of(self, other: &Terms) -> Result<Terms, Error> {
        // What escalates the fee escalates the bounds too: it is taken off first, and put on again by the rule.
        let factor = self.charge.fee_factor.as_ref().map_or(Ratio::ONE, |factor| factor.ratio());
        let bound = |bound: Option<&Parameter<Sek>>| {
            let Some(bound) = bound else { return Ok(None) };
            let amount = other.charge.of_the_year(bound.value)?;
            let value = Exact::from_ore_ratio(amount.ore_ratio().over(factor)?);
            Ok(Some(Parameter { value, ..bound.clone() }))
        };
        let (floor, ceiling) = (bound(other.charge.floor.as_ref())?, bound(other.charge.ceiling.as_ref())?);
        Ok(Terms { charge: Charge { floor, ceiling, ..self.charge }, ..self })
    }
}

/// A charge as it works on one member: what stands in it by name is looked up.
fn of_member(charge: &Charge, member: &Member, year: FeeYear) -> Result<Charge, Error> {
    let member_of = || Box::new(member.clone());
    let shape: ShapeOfYear = match &charge.shape {
        Shape::Decided(amounts) => match amounts.get(&member.code) {
            Some(amount) => Shape::Flat { amount: amount.clone() },
            None => return Err(Error::MemberMustHaveItsAmount { member: member_of(), year }),
        },
        Shape::Percentages { total, portions } => match portions.get(&member.code) {
            Some(portion) => Shape::Percentages {
                total: total.clone(),
                portions: BTreeMap::from([(member.code, portion.clone())]),
            },
            None => return Err(Error::MemberMustHaveAShare { member: member_of(), year }),
        },
        shape => shape.clone(),
    };
    Ok(Charge {
        shape,
        floor: charge.floor.clone(),
        ceiling: charge.ceiling_of(member).cloned(),
        ceilings: BTreeMap::new(),
        fee_factor: charge.fee_factor.clone(),
    })
}

/// A member with its figures of a year written as those of another; those of further members of the same code stand in for
/// names that it does not have.
pub(super) fn with_figures(member: &Member, of: &[(&Member, FeeYear)], year: FeeYear) -> Member {
    let mut figures: Vec<MemberFigure> = Vec::new();
    for (source, of_year) in of {
        for figure in source.figures.iter().filter(|figure| figure.year == *of_year) {
            if !figures.iter().any(|known| known.name == figure.name) {
                figures.push(MemberFigure { year, ..figure.clone() });
            }
        }
    }
    Member { figures, ..member.clone() }
}
