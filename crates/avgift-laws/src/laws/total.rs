//! Total: what members share comes to the total, to the öre.

use avgift::{Assessment, Rounding, Sek, Value};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};

use super::{Held, got};

/// The shares of a total sum to it, rounded once to the step.
///
/// # Errors
/// A sum that is another.
pub fn shares_sum_to_the_total(shares: &[Assessment], total: avgift::Exact, step: Rounding) -> Held {
    let sum = got(Sek::sum(shares.iter().map(Assessment::fee)))?;
    prop_assert_eq!(sum, got(step.round(total))?);
    Ok(())
}

/// Each share is a multiple of the step, not negative, and less than a step from what it is exactly.
///
/// # Errors
/// A share that was moved further.
pub fn each_share_is_within_a_step(shares: &[Assessment], step: Rounding) -> Held {
    for share in shares {
        let exact = share.steps().iter().rev().find_map(|step| match step.value {
            Value::Exact(amount) => Some(amount),
            _ => None,
        });
        let exact = exact.ok_or_else(|| TestCaseError::fail("a share without an amount"))?;
        let off = got(avgift::Exact::from(share.fee()).minus(exact))?.ore_ratio();
        let whole = avgift::Ratio::whole(step.step_ore());
        let below = got(avgift::Ratio::ZERO.minus(whole))?;
        prop_assert!(below < off && off < whole, "{} is moved by {:?}", share.name(), off);
        prop_assert!(share.fee() >= Sek::ZERO && share.fee().ore() % step.step_ore() == 0);
    }
    Ok(())
}
