//! Scaling: a rule in öre, in kronor or in another year's money is the same rule.

use avgift::{Inhabitants, Ratio, Share};
use proptest::prop_assert_eq;

use super::{Held, got};
use crate::rule::FeeRule;

/// All money times one is the same rule.
///
/// # Errors
/// Another amount or fee.
pub fn factor_one_changes_nothing<R: FeeRule>(rule: &R, inhabitants: Inhabitants, share: Share) -> Held {
    let Some(same) = rule.scaled_money(Ratio::ONE) else { return Ok(()) };
    prop_assert_eq!(got(same.exact(inhabitants, share))?, got(rule.exact(inhabitants, share))?);
    prop_assert_eq!(got(same.fee(inhabitants, share))?, got(rule.fee(inhabitants, share))?);
    Ok(())
}

/// All money times `factor` scales the exact amount by `factor`. Not the fee: it is rounded anew.
///
/// # Errors
/// An amount out of proportion.
pub fn money_scales_the_exact_fee<R: FeeRule>(
    rule: &R,
    inhabitants: Inhabitants,
    share: Share,
    factor: Ratio,
) -> Held {
    let Some(scaled) = rule.scaled_money(factor) else { return Ok(()) };
    let expected = got(got(rule.exact(inhabitants, share))?.times(factor))?;
    prop_assert_eq!(got(scaled.exact(inhabitants, share))?, expected);
    Ok(())
}

/// Factor a, then factor b, is factor a·b, exactly.
///
/// # Errors
/// Another amount or fee.
pub fn scaling_twice_is_scaling_by_the_product<R: FeeRule>(
    rule: &R,
    inhabitants: Inhabitants,
    share: Share,
    a: Ratio,
    b: Ratio,
) -> Held {
    let twice = rule.scaled_money(a).and_then(|scaled| scaled.scaled_money(b));
    let (Some(twice), Some(once)) = (twice, rule.scaled_money(got(a.times(b))?)) else { return Ok(()) };
    prop_assert_eq!(got(twice.exact(inhabitants, share))?, got(once.exact(inhabitants, share))?);
    prop_assert_eq!(got(twice.fee(inhabitants, share))?, got(once.fee(inhabitants, share))?);
    Ok(())
}
