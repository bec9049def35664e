//! Falls: where a tariff makes the fee fall as the population grows: one inhabitant more, and the member pays less.
//! Rule:    a tariff may do so (class rates do, in several countries), but nobody should be surprised by it. It can fall only
//!          where a tier ends or a rebate on the whole begins: between such turns every shape is level or rises.
//! Units:   the fees of a whole year, rounded, before the limit on the yearly change.
//! Errors:  AmountMustNotOverflow. Not here: shares of a total, which hang on the other members.

use serde::Serialize;

use crate::error::Error;
use crate::money::{Exact, Sek};
use crate::origin::Origin;
use crate::population::Inhabitants;
use crate::ratio::Ratio;
use crate::reckoning::Reckoning;
use crate::rounding::Rounding;
use crate::schedule::{Charge, Parameter, Schedule};
use crate::shape::{OfFigure, RebateOn, Shape, Tier};

/// A population at which one inhabitant more lowers the fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fall {
    /// The class whose fee falls; none where it is that of the tariff.
    pub class: Option<String>,
    /// The last population before the fall.
    pub inhabitants: Inhabitants,
    /// The fee there.
    pub fee: Sek,
    /// The fee with one inhabitant more.
    pub fee_of_one_more: Sek,
    /// Whether the fee is a portion of a figure, which is not known here: both are then what is left of 100 kr, before bounds,
    /// components and rounding.
    pub of_each_hundred: bool,
    /// Where what comes after it stands, then what comes before.
    pub origins: Vec<Origin>,
}

impl Schedule {
    /// Every population at which one inhabitant more lowers the fee; none of a tariff that never does. Of a class that pays a
    /// part of the tariff's fee, those alone where the tariff's own does not fall.
    ///
    /// ```
    /// use avgift::{FeeYear, Indices, Shape, Tariff, Tier, Tiers};
    /// let rate = |from, to, rate: &str| Ok(Tier::of_rate(from, to, rate.parse::<avgift::FeeRate>()?));
    /// let tiers = Tiers::new(vec![rate(1, Some(20_000), "2")?, rate(20_001, None, "1")?]).expect("no hole");
    /// let year = FeeYear::new(2024)?;
    /// let falls = Tariff::of("T", year, Shape::Tiers(tiers)).schedule(year, &Indices::new())?.falls()?;
    /// assert_eq!((falls[0].fee, falls[0].fee_of_one_more), ("40 000 kr".parse()?, "20 001 kr".parse()?));
    /// # Ok::<(), avgift::Error>(())
    /// ```
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn falls(&self) -> Result<Vec<Fall>, Error> {
        let mut falls: Vec<Fall> = Vec::new();
        for inhabitants in self.turns(&self.main) {
            falls.extend(self.fall(None, &self.main, Ratio::ONE, inhabitants)?);
        }
        let of_the_tariff: Vec<Inhabitants> = falls.iter().map(|fall| fall.inhabitants).collect();
        for class in &self.classes {
            let name = || Some(class.name.clone());
            match (&class.own, &class.multiplier) {
                (Some(own), _) => {
                    for inhabitants in self.turns(own) {
                        falls.extend(self.fall(name(), own, Ratio::ONE, inhabitants)?);
                    }
                }
                // A part of the fee may fall between bounds that hide the fall of the whole.
                (None, Some(multiplier)) => {
                    let hidden = self.turns(&self.main);
                    for inhabitants in hidden.into_iter().filter(|turn| !of_the_tariff.contains(turn)) {
                        let multiplier = multiplier.value.ratio();
                        falls.extend(self.fall(name(), &self.main, multiplier, inhabitants)?);
                    }
                }
                (None, None) => {}
            }
        }
        Ok(falls)
    }

    /// The populations after which a fee can fall, in order.
    fn turns(&self, charge: &Charge) -> Vec<Inhabitants> {
        let shapes = [&charge.shape].into_iter().chain(self.components.iter().map(|one| &one.charge.shape));
        let mut turns: Vec<Inhabitants> = shapes.flat_map(Shape::break_points).collect();
        turns.retain(|turn| *turn < Inhabitants::MAX);
        turns.sort_unstable();
        turns.dedup();
        turns
    }

    fn fall(
        &self,
        class: Option<String>,
        charge: &Charge,
        multiplier: Ratio,
        inhabitants: Inhabitants,
    ) -> Result<Option<Fall>, Error> {
        let one_more = Inhabitants::new(inhabitants.get() + 1)?;
        let of_each_hundred = matches!(charge.shape, Shape::OfFigure(_));
        let at = |count| match of_each_hundred {
            true => by_population(charge, count)?.map(|left| Rounding::Ore.round(left)).transpose(),
            false => self.fee_at(charge, multiplier, count),
        };
        let (Some(fee), Some(fee_of_one_more)) = (at(inhabitants)?, at(one_more)?) else {
            return Ok(None);
        };
        let origins = [one_more, inhabitants].into_iter().filter_map(|count| place(&charge.shape, count));
        let origins = origins.collect();
        let falls = fee_of_one_more < fee;
        Ok(falls.then_some(Fall { class, inhabitants, fee, fee_of_one_more, of_each_hundred, origins }))
    }

    /// The fee of a population; none where it hangs on more than the population.
    fn fee_at(
        &self,
        charge: &Charge,
        multiplier: Ratio,
        inhabitants: Inhabitants,
    ) -> Result<Option<Sek>, Error> {
        let mut sum = Exact::ZERO;
        let components = self.components.iter().map(|one| (&one.charge, Ratio::ONE));
        for (charge, multiplier) in [(charge, multiplier)].into_iter().chain(components) {
            // What a component takes of a figure is not known here.
            let hangs_on_more = matches!(charge.shape, Shape::OfFigure(_));
            let Some(amount) = by_population(charge, inhabitants)?.filter(|_| !hangs_on_more) else {
                return Ok(None);
            };
            let amount = amount.times(multiplier)?;
            let raised = amount.max(charge.floor.as_ref().map_or(Exact::ZERO, |floor| floor.value));
            let bounded = charge.ceiling.as_ref().map_or(raised, |ceiling| raised.min(ceiling.value));
            sum = sum.plus(charge.of_the_year(bounded)?)?;
        }
        let of_the_year = self.tariff.year_factors.iter().find(|factor| factor.year == self.year);
        let factor = of_the_year.map_or(Ratio::ONE, |factor| factor.factor.value.ratio());
        self.tariff.rounding.round(sum.times(factor)?).map(Some)
    }
}

/// What a shape comes to for a population alone.
fn by_population(charge: &Charge, inhabitants: Inhabitants) -> Result<Option<Exact>, Error> {
    let people = Ratio::whole(inhabitants.get().into());
    let reckoning = match &charge.shape {
        Shape::PerInhabitant { rate } => return rate.value.times(people).map(Some),
        Shape::Flat { amount } => Reckoning::Flat { amount: amount.clone() },
        Shape::Linear { base, rate, per, cap } => {
            Reckoning::Linear { base: base.clone(), rate: rate.clone(), per: *per, cap: cap.clone() }
        }
        Shape::Tiers(tiers) => match tiers.holding(inhabitants) {
            Some(tier) => Reckoning::Tier(tier.clone()),
            None => return Ok(None),
        },
        Shape::Brackets(brackets) => Reckoning::Brackets(
            brackets.iter().filter(|bracket| bracket.from <= inhabitants.get()).cloned().collect(),
        ),
        // The figure is not known here; the rebate takes the same part of any.
        Shape::OfFigure(OfFigure { rebate: Some(rebate), .. }) if rebate.on == RebateOn::Whole => {
            let left = Ratio::ONE.minus(rebate.taken_off(inhabitants)?)?;
            return Exact::from(Sek::from_kronor(100)?).times(left).map(Some);
        }
        Shape::OfFigure(_) | Shape::Decided(_) | Shape::Total { .. } | Shape::Percentages { .. } => {
            return Ok(None);
        }
    };
    reckoning.amount(inhabitants).map(Some)
}

/// Where what decides the fee of a population stands.
fn place(
    shape: &Shape<Parameter<Sek>, Parameter<crate::FeeRate>>,
    inhabitants: Inhabitants,
) -> Option<Origin> {
    match shape {
        Shape::Tiers(tiers) => tiers.holding(inhabitants).and_then(|tier: &Tier<_, _>| tier.origin.clone()),
        Shape::OfFigure(OfFigure { rebate: Some(rebate), .. }) if inhabitants > rebate.above => {
            rebate.portion.origin.clone()
        }
        _ => None,
    }
}
