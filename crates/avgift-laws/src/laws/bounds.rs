//! Bounds: nobody pays less than the floor for a whole year, nobody more than the ceiling for any part of it. Who owes
//! no part of the year pays nothing, floor or not.

use avgift::{Inhabitants, ProrationOrder, Share};
use proptest::prop_assert;

use super::{Held, got, told};
use crate::rule::FeeRule;

/// Floor ≤ exact amount ≤ ceiling. A part of the year may cost less than the floor, where the share comes last.
///
/// # Errors
/// An amount outside.
pub fn exact_amount_keeps_the_bounds<R: FeeRule>(rule: &R, inhabitants: Inhabitants, share: Share) -> Held {
    let exact = got(rule.exact(inhabitants, share))?;
    if let Some(floor) = rule.floor().filter(|_| floor_holds(rule, share)) {
        prop_assert!(exact >= floor, "{} is below the floor of {}", told(exact), told(floor));
    }
    if let Some(ceiling) = rule.ceiling() {
        prop_assert!(exact <= ceiling, "{} is above the ceiling of {}", told(exact), told(ceiling));
    }
    Ok(())
}

/// The rounded fee lies between the rounded bounds: rounding never turns the order of two amounts.
///
/// # Errors
/// A fee outside.
pub fn fee_keeps_the_rounded_bounds<R: FeeRule>(rule: &R, inhabitants: Inhabitants, share: Share) -> Held {
    let (fee, step) = (got(rule.fee(inhabitants, share))?, rule.step());
    if let Some(floor) = rule.floor().filter(|_| floor_holds(rule, share)) {
        let floor = got(step.round(floor))?;
        prop_assert!(fee >= floor, "{fee} kr is below the floor, rounded: {floor} kr");
    }
    if let Some(ceiling) = rule.ceiling() {
        let ceiling = got(step.round(ceiling))?;
        prop_assert!(fee <= ceiling, "{fee} kr is above the ceiling, rounded: {ceiling} kr");
    }
    Ok(())
}

fn floor_holds<R: FeeRule>(rule: &R, share: Share) -> bool {
    let bounds_come_last = rule.order() == ProrationOrder::BeforeBounds;
    share.is_whole() || (bounds_come_last && !share.is_nothing())
}
