//! Path: the steps from what a member paid to what it pays, one cause after another; the bridge is their differences.
//! Rule:    each step moves one thing and asks the rule again. The denominators of a shared total move with what moves them:
//!          all inhabitants together, all figures together, and then who shares.
//! Rule:    of a member that is charged through its federation each step is what it would pay by the rule; what it pays more or
//!          less through the federation is told as a cause of its own.
//! Apart:   tariff before class; where the later tariff has no answer for the earlier class, class before tariff; where
//!          neither can be asked, both are told as tariff.
//! Errors:  AmountMustNotOverflow.

use std::collections::BTreeMap;

use super::bridge::Parts;
use super::hybrid::{Terms, carried, with_figures};
use crate::calendar::{FeeYear, Share};
use crate::error::Error;
use crate::explanation::{Assessment, Operand, Rule};
use crate::membership::Member;
use crate::money::Sek;
use crate::population::{Inhabitants, MunicipalityCode, PopulationFigure};
use crate::schedule::Schedule;
use crate::total::Shared;
use crate::year::{Basis, YearOfFees};

/// A fee and the member that it is of.
#[derive(Debug, Clone)]
pub(super) struct Held<'a> {
    fee: &'a Assessment,
    member: Member,
}

impl<'a> Held<'a> {
    /// A fee with its member, looked up among those of its basis.
    pub(super) fn of(basis: &Basis, fee: &'a Assessment) -> Held<'a> {
        let is_it = |member: &&Member| member.code == fee.code() && member.is_member_in(fee.year());
        let member = basis.members.iter().find(is_it).cloned();
        Held { fee, member: member.unwrap_or_else(|| Member::new(fee.code(), fee.name())) }
    }

    /// Whether it is charged otherwise than by the rule alone.
    fn is_federated(&self) -> bool {
        self.fee.split().is_some() || self.fee.step(Rule::Discount).is_some()
    }

    /// What it pays through its federation beyond an amount by the rule; nothing where it has a fee by the rule alone.
    fn by_its_federation(&self, amount: Sek) -> Result<Sek, Error> {
        if self.is_federated() { self.fee.fee().minus(amount) } else { Ok(Sek::ZERO) }
    }

    /// What the rounding left of an amount by the rule; nothing that could be told where a federation comes between.
    fn by_rounding(&self, amount: Sek) -> Result<Sek, Error> {
        if self.is_federated() {
            return Ok(Sek::ZERO);
        }
        self.fee.fee().minus(amount)?.minus(self.joining_fee())
    }

    /// What it paid for joining; that of a federation is not its own.
    fn joining_fee(&self) -> Sek {
        if self.is_federated() {
            return Sek::ZERO;
        }
        match self.fee.step(Rule::JoiningFee).map(|step| &step.operand) {
            Some(Operand::JoiningFee(Some(fee))) => fee.value,
            _ => Sek::ZERO,
        }
    }
}

/// What lies between two sides, and is the same for all members.
#[derive(Debug)]
pub(super) struct Path<'a> {
    from: &'a Schedule,
    to: &'a Schedule,
    /// The earlier tariff in the later year, where its clause reaches that.
    indexed: Option<Schedule>,
    /// The denominators of the earlier total with the later inhabitants, with the later figures too, and of the later members.
    denominators: [Option<Shared>; 3],
}

impl<'a> Path<'a> {
    pub(super) fn between(
        (from_basis, from): (&Basis, &'a YearOfFees),
        (to_basis, to): (&Basis, &'a YearOfFees),
    ) -> Result<Path<'a>, Error> {
        let year = to.schedule.year();
        let indexed = told(carried(&from.schedule, year, &to_basis.indices))?;
        let mut path =
            Path { from: &from.schedule, to: &to.schedule, indexed, denominators: [None, None, None] };
        if from.schedule.is_shared() {
            let held = |basis, fees: &'a YearOfFees| {
                let held = fees.assessments.iter().map(|fee| Held::of(basis, fee));
                held.map(|held| (held.fee.code(), held)).collect::<BTreeMap<_, _>>()
            };
            path.denominators = path.move_denominators(&held(from_basis, from), &held(to_basis, to))?;
        }
        Ok(path)
    }

    /// Whether the clause of the earlier tariff reaches the later year.
    pub(super) fn index_is_carried(&self) -> bool {
        self.indexed.is_some()
    }

    fn move_denominators(
        &self,
        earlier: &BTreeMap<MunicipalityCode, Held<'_>>,
        later: &BTreeMap<MunicipalityCode, Held<'_>>,
    ) -> Result<[Option<Shared>; 3], Error> {
        let (first_year, year) = (self.from.year(), self.to.year());
        let schedule = Schedule { year, ..self.from.clone() };
        let shares_by = |schedule: &Schedule, held: &&Held<'_>| matches!(schedule.class_of(&held.member), Ok(class) if class.is_none_or(|class| class.own.is_none()));
        let sums = |members: Vec<(Member, Inhabitants)>| {
            let figure = |(member, inhabitants): (Member, Inhabitants)| {
                let reference_date = schedule.tariff().reference_date.in_year(year);
                let figure =
                    PopulationFigure { code: member.code, reference_date, inhabitants, origin: None };
                (member, figure)
            };
            let members: Vec<_> = members.into_iter().map(figure).collect();
            let members: Vec<_> = members.iter().map(|(member, figure)| (member, figure)).collect();
            told(schedule.denominators(&members))
        };
        let newest = |held: &Held<'_>| later.get(&held.fee.code()).unwrap_or(held).fee.inhabitants();
        let figures = |held: &Held<'_>| {
            let code = held.fee.code();
            let sides = [(later.get(&code), year), (earlier.get(&code), first_year)];
            let sides = sides.into_iter().filter_map(|(held, year)| Some((&held?.member, year)));
            with_figures(&held.member, &sides.collect::<Vec<_>>(), year)
        };
        let sharing = || earlier.values().filter(|held| shares_by(self.from, held));
        let by_population = sharing()
            .map(|held| (with_figures(&held.member, &[(&held.member, first_year)], year), newest(held)));
        let by_population = sums(by_population.collect())?;
        let by_figures = sums(sharing().map(|held| (figures(held), newest(held))).collect())?;
        let by_others = if self.to.is_shared() {
            let sharing = later.values().filter(|held| shares_by(self.to, held));
            sums(sharing.map(|held| (figures(held), newest(held))).collect())?
        } else {
            None
        };
        Ok([by_population, by_figures, by_others])
    }

    /// The change of one member's fee, step by step.
    pub(super) fn parts(&self, from: &Held<'_>, to: &Held<'_>) -> Result<Parts, Error> {
        let (first_year, year) = (self.from.year(), self.to.year());
        let before = with_figures(&from.member, &[(&from.member, first_year)], year);
        let after = with_figures(&to.member, &[(&to.member, year), (&from.member, first_year)], year);
        let earlier = Terms::of(self.from, &from.member)?;
        let later = Terms::of(self.to, &to.member)?;
        let mut walk = Walk::begin(year, earlier, before, from.fee)?;
        let first = walk.amount;
        let [by_population, by_figures, by_others] = &self.denominators;

        walk.inhabitants = to.fee.inhabitants();
        let population = walk.step(walk.terms.sharing(by_population.as_ref()))?;
        walk.member = after;
        let figures = walk.step(walk.terms.sharing(by_figures.as_ref()))?;
        let shares_in_both = !walk.terms.is_of_its_class && !later.is_of_its_class;
        let others = walk.step(walk.terms.sharing(by_others.as_ref().filter(|_| shares_in_both)))?;

        let indexed = self.indexed.as_ref().map(|indexed| Terms::of(indexed, &from.member)).transpose()?;
        let index = match indexed {
            Some(indexed) => {
                let Terms { year_factor, limit, shared, .. } = walk.terms.clone();
                walk.step(Terms { year_factor, limit, shared, ..indexed })?
            }
            None => Sek::ZERO,
        };
        let (tariff, class) = self.tariff_and_class(&mut walk, &later, from, to)?;
        let Terms { limit, order, .. } = walk.terms.clone();
        let bounds = walk.step(Terms { limit, order, ..later.clone() })?;
        let limit = walk.step(Terms { order, ..later.clone() })?;
        walk.share = to.fee.share();
        let proration = walk.step(later)?;
        let membership = to.joining_fee().minus(from.joining_fee())?;
        let federation = to.by_its_federation(walk.amount)?.minus(from.by_its_federation(first)?)?;
        let rounding = to.by_rounding(walk.amount)?.minus(from.by_rounding(first)?)?;
        Ok(Parts {
            population,
            figures,
            others,
            index,
            tariff,
            class,
            bounds,
            limit,
            proration,
            federation,
            membership,
            rounding,
        })
    }

    /// The later shape, components and factor of the year, and the later class, both between the earlier bounds.
    fn tariff_and_class(
        &self,
        walk: &mut Walk,
        later: &Terms,
        from: &Held<'_>,
        to: &Held<'_>,
    ) -> Result<(Sek, Sek), Error> {
        let held = walk.terms.clone();
        let still = |terms: Terms| {
            Terms { limit: held.limit.clone(), order: held.order, ..terms }.with_bounds_of(&held)
        };
        // Who pays by its class has no part of a total to be asked for, and the denominators do not count it.
        let is_asked_for =
            |schedule: &Schedule, other: &Terms| !(schedule.is_shared() && other.is_of_its_class);
        let tariff_first = match held.is_of_its_class {
            true if self.indexed.is_some() => Some(Terms {
                components: later.components.clone(),
                year_factor: later.year_factor.clone(),
                shared: later.shared.clone(),
                ..held.clone()
            }),
            true => None,
            false if is_asked_for(self.to, later) => {
                let others = Terms::of_the_others(self.to, &to.member, held.multiplier.clone());
                told(others)?.map(still).transpose()?
            }
            false => None,
        };
        if let Some(tariff) = told_of(tariff_first.map(|terms| walk.try_step(terms)))? {
            return Ok((tariff, walk.step(still(later.clone())?)?));
        }
        let classed = Member { class: to.member.class.clone(), ..from.member.clone() };
        let class_first = told(Terms::of(self.indexed.as_ref().unwrap_or(self.from), &classed))?;
        let class_first = class_first.filter(|terms| terms.is_of_its_class || is_asked_for(self.from, &held));
        let class_first = class_first.map(|terms| {
            let (year_factor, shared) = (held.year_factor.clone(), held.shared.clone());
            still(Terms { year_factor, shared, ..terms })
        });
        let class = told_of(class_first.transpose()?.map(|terms| walk.try_step(terms)))?;
        Ok((walk.step(still(later.clone())?)?, class.unwrap_or(Sek::ZERO)))
    }
}

/// What can be told; nothing of what cannot be asked, but an overflow is one.
fn told<T>(asked: Result<T, Error>) -> Result<Option<T>, Error> {
    match asked {
        Ok(told) => Ok(Some(told)),
        Err(Error::AmountMustNotOverflow) => Err(Error::AmountMustNotOverflow),
        Err(_) => Ok(None),
    }
}

fn told_of<T>(asked: Option<Result<T, Error>>) -> Result<Option<T>, Error> {
    asked.map_or(Ok(None), told)
}

/// Where a path has come to.
#[derive(Debug)]
struct Walk {
    year: FeeYear,
    terms: Terms,
    member: Member,
    inhabitants: Inhabitants,
    share: Share,
    amount: Sek,
}

impl Walk {
    fn begin(year: FeeYear, terms: Terms, member: Member, fee: &Assessment) -> Result<Walk, Error> {
        let (inhabitants, share) = (fee.inhabitants(), fee.share());
        let amount = terms.amount(year, &member, inhabitants, share)?;
        Ok(Walk { year, terms, member, inhabitants, share, amount })
    }

    /// What other terms change, which then hold.
    fn try_step(&mut self, terms: Terms) -> Result<Sek, Error> {
        let amount = terms.amount(self.year, &self.member, self.inhabitants, self.share)?;
        let part = amount.minus(self.amount)?;
        (self.terms, self.amount) = (terms, amount);
        Ok(part)
    }

    /// The same; terms that cannot be asked change nothing yet, and do not hold.
    fn step(&mut self, terms: Terms) -> Result<Sek, Error> {
        Ok(told(self.try_step(terms))?.unwrap_or(Sek::ZERO))
    }
}

impl Terms {
    /// The terms with other denominators, where there are any.
    fn sharing(&self, shared: Option<&Shared>) -> Terms {
        Terms { shared: shared.or(self.shared.as_ref()).cloned(), ..self.clone() }
    }
}
