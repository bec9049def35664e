//! Assess: the rule of the fee, in the order that docs and charter state it.
//! Rule:    inhabitants × rate, raised to the floor, lowered to the ceiling, escalated by the index, the share of the
//!          year, rounded once. Where the tariff says so, the share comes before the bounds.
//! Units:   in, inhabitants and a schedule; out, whole öre, a multiple of the rounding step.
//! Errors:  JoiningDateMustBeKnown, AmountMustNotOverflow.
//! Not here: which figures belong to a year (see `tariff`, `population`), the totals (see `frame`).

use crate::calendar::Share;
use crate::error::Error;
use crate::explanation::{Assessment, Operand, Rule, Trace};
use crate::membership::{Joined, Member};
use crate::money::Exact;
use crate::population::PopulationFigure;
use crate::proration::{ProrationOrder, ProrationUnit};
use crate::tariff::Schedule;

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
    /// `JoiningDateMustBeKnown`, `AmountMustNotOverflow`.
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
        let mut trace = Trace::new();
        let inhabitants = trace.population(population, expected);
        let by_population = trace.amount(
            Rule::ByPopulation,
            self.rate.value.times(inhabitants)?,
            true,
            Operand::Rate(self.rate.clone()),
        );
        let bounded = match self.tariff.proration.order {
            ProrationOrder::AfterBounds => self.bound(&mut trace, by_population),
            ProrationOrder::BeforeBounds => {
                let prorated = self.prorate(&mut trace, by_population, share, member)?;
                // Who owes no part of the year is not raised to the floor.
                if share.is_nothing() {
                    unbounded(&mut trace, prorated)
                } else {
                    self.bound(&mut trace, prorated)
                }
            }
        };
        let escalated = self.of_the_year(bounded)?;
        let escalated = trace.amount(
            Rule::Escalation,
            escalated,
            self.fee_factor.is_some(),
            Operand::Factor(self.fee_factor.clone()),
        );
        let owed = match self.tariff.proration.order {
            ProrationOrder::AfterBounds => self.prorate(&mut trace, escalated, share, member)?,
            ProrationOrder::BeforeBounds => escalated,
        };
        let fee = trace.round(self.tariff.rounding, owed)?;
        Ok(trace.finish(self, member, share, population, fee))
    }

    /// Raised to the floor, lowered to the ceiling.
    fn bound(&self, trace: &mut Trace, amount: Exact) -> Exact {
        let raised = trace.raise(amount, self.floor.as_ref());
        trace.lower(raised, self.ceiling.as_ref())
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
