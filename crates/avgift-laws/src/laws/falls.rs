//! Falls: what the lint says of a tariff whose fee falls as the population grows. It names every cliff, at its population and with
//! its two amounts, and says nothing else.

use avgift::{Fall, Inhabitants, Sek};
use proptest::prop_assert_eq;

use super::Held;

/// The populations and amounts of every fall, found by asking for the fee of every population up to the last. `told` are those that
/// are told otherwise: of a part of a fee, where the whole falls too.
///
/// # Errors
/// A fall that is not named, one that is none, or another amount.
pub fn falls_are_those_of_every_two_neighbours(
    named: &[Fall],
    told: &[Inhabitants],
    last: u32,
    fee: impl Fn(Inhabitants) -> Sek,
) -> Held {
    let mut fees =
        (1..=last).filter_map(|count| Inhabitants::new(count).ok()).map(|count| (count, fee(count)));
    let mut found = Vec::new();
    if let Some(mut before) = fees.next() {
        for after in fees {
            if after.1 < before.1 && !told.contains(&before.0) {
                found.push((before.0, before.1, after.1));
            }
            before = after;
        }
    }
    let named = named.iter().map(|fall| (fall.inhabitants, fall.fee, fall.fee_of_one_more));
    prop_assert_eq!(named.collect::<Vec<_>>(), found);
    Ok(())
}
