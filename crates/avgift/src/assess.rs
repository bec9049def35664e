//! Assess: the rule of the fee, in the order that docs and charter state it.
//! Rule:    what the shape comes to, the class, raised to the floor, lowered to the ceiling, escalated by the index; the
//!          components, the factor of the year, the discount of a federation, the limit on the yearly change, the share of the
//!          year, the joining fee; rounded once. Where the tariff says so, the share comes before the bounds. Of a federation
//!          that is charged as one all this is done with its inhabitants or its amount, and a last step splits the fee.
//! Units:   in, inhabitants and a schedule; out, whole öre, a multiple of the rounding step.
//! Errors:  JoiningDateMustBeKnown, MemberClassMustBeKnown, AmountMustNotOverflow, and those of a member's reckoning.
//! Not here: which figures belong to a year (see `tariff`, `population`), the totals (see `frame`).

use crate::calendar::Share;
use crate::error::Error;
use crate::explanation::{Assessment, Operand, Rule};
use crate::federation::Pooled;
use crate::membership::{Joined, Member};
use crate::money::Exact;
use crate::population::{Inhabitants, PopulationFigure};
use crate::proration::{ProrationOrder, ProrationUnit};
use crate::schedule::{Charge, ClassOfYear, Schedule};
use crate::trace::Trace;

impl Schedule {
    /// The fee of one member, with every step that led to it.
    ///
    /// ```
    /// use avgift::{FeeYear, Indices, Member, PopulationFigure, Tariff};
    /// let year = FeeYear::new(2024)?;
    /// let schedule = Tariff::per_inhabitant("T", year, "1,50 kr".parse()?)
    ///     .bounded("15 000 kr".parse()?, "120 000 kr".parse()?)?
    ///     .schedule(year, &Indices::new())?;
    /// let ale = Member::new("1440".parse()?, "Ale");
    /// let fee = schedule.assess(&ale, &PopulationFigure::of_year_end(ale.code, 2023, 32_446)?)?;
    /// assert_eq!(fee.fee(), "48 669 kr".parse()?);
    /// # Ok::<(), avgift::Error>(())
    /// ```
    ///
    /// # Errors
    /// `JoiningDateMustBeKnown`, `AmountMustNotOverflow`, `MemberClassMustBeKnown`; `TotalMustHaveItsMembers` where the tariff
    /// shares a total and [`Schedule::among`] was not asked, `FederationMustHaveItsMembers` likewise for a federation that is
    /// charged as one, `LimitMustHaveItsPreviousFees` where it limits the yearly change and
    /// [`Schedule::after`] was not; those of the member's own figures and amounts.
    pub fn assess(&self, member: &Member, population: &PopulationFigure) -> Result<Assessment, Error> {
        self.assess_share(member, population, self.tariff.proration.share(member, self.year)?)
    }

    /// The fee of one member for a share of the year that is given, whatever its dates say.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub(crate) fn assess_share(
        &self,
        member: &Member,
        population: &PopulationFigure,
        share: Share,
    ) -> Result<Assessment, Error> {
        let expected = self.tariff.reference_date.in_year(self.year);
        let pooled = self.pooled(member, population)?;
        let flat = pooled.and_then(|pooled| pooled.charge);
        // A flat federation has an amount in place of class and shape.
        let class = self.class_of(member)?.filter(|_| flat.is_none());
        let charge = flat.or(class.and_then(|class| class.own.as_ref())).unwrap_or(&self.main);
        let mut trace = Trace::new();
        let own = trace.population(population, expected);
        let inhabitants = pooled.map_or(own, |pooled| trace.pooled(pooled.pool));
        let by_tariff = self.reckon(&mut trace, charge, member, inhabitants)?;
        let classed = self.classify(&mut trace, by_tariff, class, member)?;
        let escalated = match self.tariff.proration.order {
            ProrationOrder::AfterBounds => {
                let bounded = bound(&mut trace, charge, member, classed);
                escalate(&mut trace, charge, bounded)?
            }
            ProrationOrder::BeforeBounds => {
                let prorated = self.prorate(&mut trace, classed, share, member)?;
                // Who owes no part of the year is not raised to the floor.
                let bounded = match share.is_nothing() {
                    true => unbounded(&mut trace, prorated),
                    false => bound(&mut trace, charge, member, prorated),
                };
                escalate(&mut trace, charge, bounded)?
            }
        };
        let whole = self.add_components(&mut trace, escalated, member, inhabitants)?;
        let of_the_year = self.multiply(&mut trace, whole)?;
        let discounted = match self.discount(member) {
            Some(discount) => trace.discount(of_the_year, discount.clone())?,
            None => of_the_year,
        };
        let limited = self.limit(&mut trace, discounted, member, pooled)?;
        let owed = match self.tariff.proration.order {
            ProrationOrder::AfterBounds => self.prorate(&mut trace, limited, share, member)?,
            ProrationOrder::BeforeBounds => limited,
        };
        let owed = self.join(&mut trace, owed, member)?;
        let shared = self.shared.as_ref().filter(|_| class.is_none_or(|class| class.own.is_none()));
        let fee = match shared.and_then(|shared| shared.apportioned(member.code)) {
            Some(apportioned) => trace.apportion(apportioned, owed)?,
            None => trace.round(self.tariff.rounding, owed)?,
        };
        let fee = match pooled {
            Some(Pooled { pool, key, .. }) => {
                trace.split(pool, member.code, fee, key, self.tariff.rounding)?.unwrap_or(fee)
            }
            None => fee,
        };
        Ok(Assessment::of(trace.into_steps(), self, member, share, population, fee))
    }

    /// What a shape comes to.
    fn reckon(
        &self,
        trace: &mut Trace,
        charge: &Charge,
        member: &Member,
        inhabitants: Inhabitants,
    ) -> Result<Exact, Error> {
        let (rule, operand) = charge.shape.reckon(member, inhabitants, self)?;
        Ok(trace.amount(rule, operand.amount(inhabitants)?, true, operand))
    }

    /// The class: terms of its own, or a multiplier; no step where the tariff has no classes.
    fn classify(
        &self,
        trace: &mut Trace,
        amount: Exact,
        class: Option<&ClassOfYear>,
        member: &Member,
    ) -> Result<Exact, Error> {
        if self.classes.is_empty() {
            return Ok(amount);
        }
        let name = class.map(|class| class.name.clone());
        let multiplier = class.and_then(|class| class.multiplier.clone());
        let place = member.class.as_ref().and_then(|class| class.origin.clone());
        trace.class(amount, name, multiplier, place)
    }

    /// What is added after bounds and index, a group of steps each.
    fn add_components(
        &self,
        trace: &mut Trace,
        amount: Exact,
        member: &Member,
        inhabitants: Inhabitants,
    ) -> Result<Exact, Error> {
        self.components.iter().try_fold(amount, |sum, component| {
            trace.begin(&component.name);
            let by_tariff = self.reckon(trace, &component.charge, member, inhabitants)?;
            let bounded = bound(trace, &component.charge, member, by_tariff);
            let escalated = escalate(trace, &component.charge, bounded)?;
            trace.add(sum, escalated)
        })
    }

    /// The factor of the year; no step where the tariff has none for any year.
    fn multiply(&self, trace: &mut Trace, amount: Exact) -> Result<Exact, Error> {
        if self.tariff.year_factors.is_empty() {
            return Ok(amount);
        }
        let factor = self.tariff.year_factors.iter().find(|factor| factor.year == self.year);
        trace.year_factor(amount, factor.cloned())
    }

    /// The limit on the yearly change; no step where the tariff has none.
    fn limit(
        &self,
        trace: &mut Trace,
        amount: Exact,
        member: &Member,
        pooled: Option<Pooled<'_>>,
    ) -> Result<Exact, Error> {
        let Some(limit) = &self.tariff.limit else { return Ok(amount) };
        let (previous, places) = self.previous_of(member, pooled)?;
        trace.limit(amount, previous, limit.up.clone(), limit.down.clone(), places)
    }

    /// The joining fee; no step where the tariff has none.
    fn join(&self, trace: &mut Trace, amount: Exact, member: &Member) -> Result<Exact, Error> {
        let Some(fee) = &self.tariff.joining_fee else { return Ok(amount) };
        trace.joining_fee(amount, member.joins_in(self.year).then(|| fee.clone()))
    }

    /// The share of the year; the days it hangs on are named where they lie in the year.
    fn prorate(
        &self,
        trace: &mut Trace,
        amount: Exact,
        share: Share,
        member: &Member,
    ) -> Result<Exact, Error> {
        let joins_this_year = member.first_day().is_some_and(|day| self.year.contains(day));
        let assumed = match &member.joined.value {
            Joined::SomeTimeIn { text, assumed: Some(day), .. }
                if joins_this_year && self.tariff.proration.unit != ProrationUnit::FullYear =>
            {
                Some((*day, text.clone()))
            }
            _ => None,
        };
        let joined = member.joined.origin.as_ref().filter(|_| joins_this_year);
        let left = member.left.as_ref().filter(|left| self.year.contains(left.value));
        let origins = joined.into_iter().chain(left.and_then(|left| left.origin.as_ref())).cloned();
        trace.share(amount, share, assumed, origins.collect())
    }
}

/// Raised to the floor, lowered to the ceiling.
fn bound(trace: &mut Trace, charge: &Charge, member: &Member, amount: Exact) -> Exact {
    let raised = trace.raise(amount, charge.floor.as_ref());
    trace.lower(raised, charge.ceiling_of(member))
}

/// Times the factor of the index, where it works on the fee.
fn escalate(trace: &mut Trace, charge: &Charge, amount: Exact) -> Result<Exact, Error> {
    let factor = charge.fee_factor.clone();
    let escalated = charge.of_the_year(amount)?;
    Ok(trace.amount(Rule::Escalation, escalated, factor.is_some(), Operand::Factor(factor)))
}

/// Both bounds written down as not in force.
fn unbounded(trace: &mut Trace, amount: Exact) -> Exact {
    let amount = trace.raise(amount, None);
    trace.lower(amount, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::FeeYear;
    use crate::index::Indices;
    use crate::money::Sek;
    use crate::proration::Proration;
    use crate::tariff::Tariff;

    /// Who owes no part of the year pays nothing, even where the bounds come after the share.
    #[test]
    fn nobody_is_raised_to_the_floor_of_a_year_it_owes_nothing_of() {
        let year = FeeYear::new(2024).unwrap();
        let unit = ProrationUnit::FullYearIfJoinedBy { month: 6, day: 30 };
        let proration = Proration { unit, order: ProrationOrder::BeforeBounds, ..Proration::default() };
        let tariff = Tariff::per_inhabitant("T", year, "1,50".parse().unwrap());
        let tariff = tariff.bounded("15 000".parse().unwrap(), "120 000".parse().unwrap()).unwrap();
        let schedule = Tariff { proration, ..tariff }.schedule(year, &Indices::new()).unwrap();
        let member = Member::new("1440".parse().unwrap(), "Ale").joined_on("2024-10-01".parse().unwrap());
        let population = PopulationFigure::of_year_end(member.code, 2023, 32_446).unwrap();
        let assessment = schedule.assess(&member, &population).unwrap();
        assert_eq!(assessment.fee(), Sek::ZERO);
        let bulk = schedule.bulk(assessment.share()).unwrap();
        assert_eq!(bulk.fee(population.inhabitants), Sek::ZERO);
    }
}
