//! Agreement: two ways to one fee; and what does not fit is an error on both.

use avgift::{Error, Exact, Inhabitants, Ratio, Share};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};

use super::{Held, got, told};
use crate::rule::FeeRule;
use crate::schedule_rule::ScheduleRule;

/// Two rules that are to be one give the same fee.
///
/// # Errors
/// Two fees.
pub fn two_rules_give_the_same_fee<A: FeeRule, B: FeeRule>(
    a: &A,
    b: &B,
    inhabitants: Inhabitants,
    share: Share,
) -> Held {
    prop_assert_eq!(got(a.fee(inhabitants, share))?, got(b.fee(inhabitants, share))?);
    Ok(())
}

/// Bulk fees are there where the fee is a function of inhabitants, class and share; elsewhere they are refused, and no fee is given.
///
/// # Errors
/// Bulk fees of what hangs on more, or another refusal than that.
pub fn bulk_is_refused_where_it_would_guess(rule: &ScheduleRule, share: Share) -> Held {
    let bulk = rule.schedule().bulk_like(&got(rule.member())?, share);
    match (bulk, rule.has_bulk_fees()) {
        (Ok(_), true) | (Err(Error::BulkFeesMustHangOnInhabitants { .. }), false) => Ok(()),
        (Ok(_), false) => Err(TestCaseError::fail("bulk fees of what hangs on more than inhabitants")),
        (Err(error), _) => Err(TestCaseError::fail(error.to_string())),
    }
}

/// An amount that does not fit is an error, never a smaller amount and never a panic.
///
/// To be tried on the largest amounts and figures there are. A fee that is given is within half a step of exact.
///
/// # Errors
/// A fee that is not near the exact amount, or another error than `AmountMustNotOverflow`.
pub fn overflow_is_an_error<R: FeeRule>(rule: &R, inhabitants: Inhabitants, share: Share) -> Held {
    let fee = match rule.fee(inhabitants, share) {
        Ok(fee) => fee,
        Err(Error::AmountMustNotOverflow) => return Ok(()),
        Err(error) => return Err(TestCaseError::fail(error.to_string())),
    };
    let exact = match rule.exact(inhabitants, share) {
        Ok(exact) => exact,
        // Bulk may know a fee whose steps do not fit: its bounds are compared, not multiplied out.
        Err(Error::AmountMustNotOverflow) => return Ok(()),
        Err(error) => return Err(TestCaseError::fail(error.to_string())),
    };
    // The difference itself may be too fine to hold; whole öre on either side tell as much.
    let step = rule.step().step_ore();
    let (below, above) = (fee.ore().checked_sub(step), fee.ore().checked_add(step));
    let amount = |ore: i64| Exact::from_ore_ratio(Ratio::whole(ore));
    prop_assert!(
        below.is_none_or(|below| amount(below) < exact) && above.is_none_or(|above| exact < amount(above)),
        "{fee} kr is a step or more from {}",
        told(exact)
    );
    Ok(())
}
