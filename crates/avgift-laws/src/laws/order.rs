//! Order: who stands first in a file changes no amount.

use std::fmt::Debug;

use avgift::{Basis, FeeYear, Member, PopulationMode};
use proptest::prop_assert_eq;
use proptest::test_runner::TestCaseError;

use super::Held;

/// A total over some things is the same over the same things in another order.
///
/// # Errors
/// Two totals: as a rule, one that rounds on its way.
pub fn order_changes_no_total<T, S: Debug + PartialEq>(
    things: &[T],
    shuffled: &[T],
    total: impl Fn(&[T]) -> S,
) -> Held {
    prop_assert_eq!(total(things), total(shuffled));
    Ok(())
}

/// The order of the members changes neither an assessment nor the frame.
///
/// # Errors
/// Fees that differ, or that are refused in one order.
pub fn order_of_members_changes_nothing(basis: &Basis, shuffled: Vec<Member>, year: FeeYear) -> Held {
    let fees = |basis: &Basis| {
        basis.assess_year(year, PopulationMode::Published).map_err(|errors| {
            let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
            TestCaseError::fail(told.join("; "))
        })
    };
    let (one, other) = (fees(basis)?, fees(&Basis { members: shuffled, ..basis.clone() })?);
    prop_assert_eq!(one.assessments, other.assessments);
    prop_assert_eq!(one.frame, other.frame);
    Ok(())
}
