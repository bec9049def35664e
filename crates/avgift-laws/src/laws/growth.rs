//! Growth: how a fee grows with the population. For named shapes only: class rates and steps keep none or one of these.

use avgift::{Exact, Inhabitants, Share};
use proptest::prop_assert;

use super::{Held, got, told};
use crate::rule::FeeRule;

/// Of two populations the larger never pays less; asked of rules that say so.
///
/// # Errors
/// A larger population that pays less.
pub fn larger_population_never_pays_less<R: FeeRule>(
    rule: &R,
    a: Inhabitants,
    b: Inhabitants,
    share: Share,
) -> Held {
    if !rule.is_monotone() {
        return Ok(());
    }
    let (small, large) = (a.min(b), a.max(b));
    let (fee_small, fee_large) = (got(rule.fee(small, share))?, got(rule.fee(large, share))?);
    prop_assert!(
        fee_small <= fee_large,
        "{} inhabitants pay {fee_small} kr, {} pay {fee_large} kr",
        small.get(),
        large.get()
    );
    let (small, large) = (got(rule.exact(small, share))?, got(rule.exact(large, share))?);
    prop_assert!(small <= large, "{} falls to {}", told(small), told(large));
    Ok(())
}

/// One inhabitant more costs at most the rate, before the rounding.
///
/// # Errors
/// An inhabitant that costs more.
pub fn one_inhabitant_more_costs_at_most_the_rate<R: FeeRule>(
    rule: &R,
    inhabitants: Inhabitants,
    share: Share,
) -> Held {
    let (Some(rate), Ok(more)) = (rule.rate(), Inhabitants::new(inhabitants.get() + 1)) else {
        return Ok(());
    };
    let rate = got(rate.times(share.ratio()))?;
    let cost = got(got(rule.exact(more, share))?.minus(got(rule.exact(inhabitants, share))?))?;
    prop_assert!(cost <= rate, "one inhabitant more costs {}, and the rate is {}", told(cost), told(rate));
    Ok(())
}

/// f(a + b) ≤ f(a) + f(b), before the rounding: no merger makes two members dearer.
///
/// The floor is not concave, and the law holds with it all the same: two floors are more than one, and a floor only ever
/// raises the right side at least as much as the left. It does not hold of rounded fees: 0,49 kr twice is nothing twice,
/// but 0,98 kr is a krona.
///
/// # Errors
/// Two that pay more together.
pub fn two_together_pay_at_most_as_two_apart<R: FeeRule>(
    rule: &R,
    a: Inhabitants,
    b: Inhabitants,
    share: Share,
) -> Held {
    let Ok(both) = Inhabitants::new(a.get() + b.get()) else { return Ok(()) };
    if !rule.is_subadditive() {
        return Ok(());
    }
    let exact = |inhabitants| -> Result<Exact, _> { got(rule.exact(inhabitants, share)) };
    let (together, apart) = (exact(both)?, got(exact(a)?.plus(exact(b)?))?);
    prop_assert!(together <= apart, "together {}, apart {}", told(together), told(apart));
    Ok(())
}
