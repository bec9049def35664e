//! Rounding: the fee is the multiple of the step that is nearest to the exact amount; half a step goes up.

use avgift::{Exact, Inhabitants, Ratio, Sek, Share};
use proptest::{prop_assert, prop_assert_eq};

use super::{Held, got, told};
use crate::rule::FeeRule;

/// The fee is so many whole steps: kronor without öre, where the step is a krona.
///
/// # Errors
/// A fee between two steps.
pub fn fee_is_a_multiple_of_the_step<R: FeeRule>(rule: &R, inhabitants: Inhabitants, share: Share) -> Held {
    let (fee, step) = (got(rule.fee(inhabitants, share))?, rule.step().step_ore());
    prop_assert!(fee.ore() % step == 0, "{fee} kr is not a multiple of {step} öre");
    Ok(())
}

/// |fee − exact| ≤ half a step.
///
/// # Errors
/// A fee further away.
pub fn fee_is_within_half_a_step<R: FeeRule>(rule: &R, inhabitants: Inhabitants, share: Share) -> Held {
    let (fee, exact) = (got(rule.fee(inhabitants, share))?, got(rule.exact(inhabitants, share))?);
    let twice = twice_above(fee, exact)?;
    let step = Ratio::whole(rule.step().step_ore());
    prop_assert!(
        twice <= step && got(Ratio::ZERO.minus(twice))? <= step,
        "{fee} kr is more than half a step from {}",
        told(exact)
    );
    Ok(())
}

/// Half a step goes away from zero, always: lag (1970:1029) 2 §. The law that banker's rounding breaks.
///
/// # Errors
/// Half a step that went down.
pub fn half_a_step_goes_up<R: FeeRule>(rule: &R, inhabitants: Inhabitants, share: Share) -> Held {
    let (fee, exact) = (got(rule.fee(inhabitants, share))?, got(rule.exact(inhabitants, share))?);
    let twice = twice_above(fee, exact)?;
    let step = rule.step().step_ore();
    let down = if exact < Exact::ZERO { step } else { -step };
    prop_assert!(twice != Ratio::whole(down), "half a step of {} went down to {fee} kr", told(exact));
    Ok(())
}

/// A fee hangs on what is asked, not on what was asked before.
///
/// # Errors
/// A second answer that differs from the first.
pub fn asking_again_changes_nothing<R: FeeRule>(
    rule: &R,
    first: (Inhabitants, Share),
    second: (Inhabitants, Share),
) -> Held {
    let before = (got(rule.fee(first.0, first.1))?, got(rule.exact(first.0, first.1))?);
    got(rule.fee(second.0, second.1))?;
    prop_assert_eq!((got(rule.fee(first.0, first.1))?, got(rule.exact(first.0, first.1))?), before);
    Ok(())
}

/// Twice what the fee is above the exact amount, in öre.
fn twice_above(fee: Sek, exact: Exact) -> Result<Ratio, proptest::test_runner::TestCaseError> {
    got(Exact::from(fee).minus(exact).and_then(|above| above.times(Ratio::whole(2)))).map(Exact::ore_ratio)
}
