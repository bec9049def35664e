//! Division: a fee in parts and in instalments is still that fee, to the öre.

use avgift::{Assessment, FeeParts, Instalments, Rounding, Sek};
use proptest::{prop_assert, prop_assert_eq};

use super::{Held, got};

/// The parts sum to the fee, and none is below nothing or off the step.
///
/// # Errors
/// Parts that are another fee.
pub fn parts_sum_to_the_fee(parts: &FeeParts, fee: &Assessment, step: Rounding) -> Held {
    let amounts = got(parts.divide(fee))?;
    prop_assert_eq!(amounts.len(), parts.iter().count());
    whole(&amounts, fee.fee(), step)
}

/// Each part is less than a step from what it is exactly: `exact` has that for each, in the order of the parts.
///
/// # Errors
/// A part that was moved further.
pub fn each_part_is_within_a_step(
    parts: &FeeParts,
    fee: &Assessment,
    exact: &[avgift::Exact],
    step: Rounding,
) -> Held {
    near(&got(parts.divide(fee))?, exact, step)
}

/// The instalments sum to the amount, and none is below nothing or off the step.
///
/// # Errors
/// Instalments that are another amount.
pub fn instalments_sum_to_the_amount(instalments: &Instalments, amount: Sek, step: Rounding) -> Held {
    let amounts = got(instalments.divide(amount, step))?;
    prop_assert_eq!(amounts.len(), instalments.count());
    whole(&amounts, amount, step)
}

/// Each instalment is less than a step from what it is exactly: `exact` has that for each.
///
/// # Errors
/// An instalment that was moved further.
pub fn each_instalment_is_within_a_step(
    instalments: &Instalments,
    amount: Sek,
    exact: &[avgift::Exact],
    step: Rounding,
) -> Held {
    near(&got(instalments.divide(amount, step))?, exact, step)
}

fn whole(amounts: &[Sek], amount: Sek, step: Rounding) -> Held {
    prop_assert_eq!(got(Sek::sum(amounts.iter().copied()))?, amount);
    for one in amounts {
        prop_assert!(*one >= Sek::ZERO && one.ore() % step.step_ore() == 0, "{} of {}", one, amount);
    }
    Ok(())
}

fn near(amounts: &[Sek], exact: &[avgift::Exact], step: Rounding) -> Held {
    prop_assert_eq!(amounts.len(), exact.len());
    for (one, exact) in amounts.iter().zip(exact) {
        let off = got(avgift::Exact::from(*one).minus(*exact))?.ore_ratio();
        let whole = avgift::Ratio::whole(step.step_ore());
        let below = got(avgift::Ratio::ZERO.minus(whole))?;
        prop_assert!(below < off && off < whole, "{} is moved by {:?}", one, off);
    }
    Ok(())
}
