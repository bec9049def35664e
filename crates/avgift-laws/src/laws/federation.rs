//! Federation: the one fee of a federation is that of the rule, and its parts are the whole of it.

use std::collections::BTreeMap;

use avgift::{
    Assessment, Basis, Exact, FeeYear, Member, Operand, PayerId, PopulationFigure, Ratio, Rounding, Sek,
    Split, Tariff,
};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};

use super::{Held, got};

/// The parts of a federation's one fee, each with how it was split.
fn parts(fees: &[Assessment]) -> impl Iterator<Item = (&Assessment, &Split)> {
    fees.iter().filter_map(|fee| Some((fee, fee.split()?)))
}

/// The parts of each federation sum to its fee.
///
/// # Errors
/// A sum that is another, or parts of two fees.
pub fn parts_sum_to_the_fee(fees: &[Assessment]) -> Held {
    let mut sums: BTreeMap<&PayerId, (Sek, Sek)> = BTreeMap::new();
    for (fee, split) in parts(fees) {
        let (whole, sum) = sums.entry(fee.payer()).or_insert((split.whole, Sek::ZERO));
        prop_assert_eq!(*whole, split.whole, "{} has two fees", fee.payer());
        *sum = got(sum.plus(fee.fee()))?;
    }
    for (payer, (whole, sum)) in sums {
        prop_assert_eq!(sum, whole, "the parts of {}", payer);
    }
    Ok(())
}

/// Each part is a multiple of the step, not negative, and less than a step from what it is exactly.
///
/// # Errors
/// A part that was moved further.
pub fn each_part_is_within_a_step(fees: &[Assessment], step: Rounding) -> Held {
    for (fee, split) in parts(fees) {
        let exact =
            got(Exact::from(split.whole).times(got(Ratio::new(split.own.into(), split.all.into()))?))?;
        let off = got(Exact::from(fee.fee()).minus(exact))?.ore_ratio();
        let whole = Ratio::whole(step.step_ore());
        let below = got(Ratio::ZERO.minus(whole))?;
        prop_assert!(below < off && off < whole, "{} is moved by {:?}", fee.name(), off);
        prop_assert!(fee.fee() >= Sek::ZERO && fee.fee().ore() % step.step_ore() == 0);
    }
    Ok(())
}

/// A federation that is pooled pays what one municipality of as many inhabitants pays by the rule alone; so with one member it
/// pays what that member pays.
///
/// # Errors
/// Another fee.
pub fn pooled_fee_is_that_of_the_sum(fees: &[Assessment], basis: &Basis, year: FeeYear) -> Held {
    let tariff = got(basis.tariffs.in_year(year))?;
    let alone = Tariff { federations: Vec::new(), ..tariff.clone() };
    let schedule = got(alone.schedule(year, &basis.indices))?;
    for (fee, split) in parts(fees) {
        let pool = fee.pool().ok_or_else(|| TestCaseError::fail("a part, and no pool"))?;
        let is_it = |member: &&Member| member.code == fee.code();
        let member = basis.members.iter().find(is_it).ok_or_else(|| TestCaseError::fail("no member"))?;
        let sum = PopulationFigure {
            code: fee.code(),
            reference_date: tariff.reference_date.in_year(year),
            inhabitants: pool.inhabitants(),
            origin: None,
        };
        let whole = got(schedule.assess(member, &sum))?.fee();
        prop_assert_eq!(split.whole, whole, "{} inhabitants", pool.inhabitants().get());
        if pool.members().len() == 1 {
            prop_assert_eq!(fee.fee(), whole);
        }
    }
    Ok(())
}

/// A member of a federation with a discount pays what it pays by the rule alone, less that part, before the one rounding.
///
/// # Errors
/// Another fee.
pub fn discount_is_taken_off_the_rule(fees: &[Assessment], basis: &Basis, year: FeeYear) -> Held {
    let tariff = got(basis.tariffs.in_year(year))?;
    let alone = Tariff { federations: Vec::new(), ..tariff.clone() };
    let schedule = got(alone.schedule(year, &basis.indices))?;
    for fee in fees {
        let of_federation = fee.steps().iter().find_map(|step| match &step.operand {
            Operand::Discount(discount) => Some(discount.value.ratio()),
            _ => None,
        });
        let Some(discount) = of_federation else { continue };
        let member = basis.members.iter().find(|member| member.code == fee.code());
        let member = member.ok_or_else(|| TestCaseError::fail("no member"))?;
        let figure = got(basis.populations.published(fee.code(), tariff.reference_date.in_year(year)))?;
        let by_the_rule = got(schedule.assess(member, figure))?;
        let exact = by_the_rule.steps().iter().rev().find_map(|step| match step.value {
            avgift::Value::Exact(amount) => Some(amount),
            _ => None,
        });
        let left = got(Ratio::ONE.minus(discount))?;
        let less = got(exact.unwrap_or(Exact::ZERO).times(left))?;
        prop_assert_eq!(fee.fee(), got(tariff.rounding.round(less))?);
    }
    Ok(())
}
