//! Tiers: every population falls in exactly one, and every inhabitant in exactly one bracket.

use avgift::{Inhabitants, Shape, ShapeOfYear};
use proptest::prop_assert_eq;

use super::Held;

/// Of tiers from the first population to the last, both counted in, one holds the population.
///
/// # Errors
/// None, or two.
pub fn one_of_them_holds(ends: &[(u32, Option<u32>)], inhabitants: Inhabitants) -> Held {
    let holds = |(from, to): &&(u32, Option<u32>)| {
        *from <= inhabitants.get() && to.is_none_or(|to| inhabitants.get() <= to)
    };
    prop_assert_eq!(ends.iter().filter(holds).count(), 1, "{} inhabitants", inhabitants.get());
    Ok(())
}

/// One tier holds the population, and it is the one that is found; of brackets, all inhabitants are counted once.
///
/// # Errors
/// Another number of tiers or inhabitants, or another tier.
pub fn every_population_falls_in_exactly_one_tier(shape: &ShapeOfYear, inhabitants: Inhabitants) -> Held {
    let (Shape::Tiers(tiers) | Shape::Brackets(tiers)) = shape else { return Ok(()) };
    let ends: Vec<(u32, Option<u32>)> = tiers.iter().map(|tier| (tier.from, tier.to)).collect();
    one_of_them_holds(&ends, inhabitants)?;
    prop_assert_eq!(tiers.holding(inhabitants), tiers.iter().find(|tier| tier.holds(inhabitants)));
    let counted: u32 = tiers.iter().map(|bracket| bracket.counted(inhabitants)).sum();
    prop_assert_eq!(counted, inhabitants.get());
    Ok(())
}
