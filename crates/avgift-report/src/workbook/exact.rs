//! Exact: how a spreadsheet, which counts in binary fractions, comes to the very öre that the engine comes to.
//! Rule:    the amount before rounding is kept as a quotient of two integers, numerator / denominator, in steps of the
//!          rounding; the fee is INT((2 × numerator + denominator) / (2 × denominator)) steps: half a step goes up.
//! Why:     2,675 is no binary fraction, nor is 142,6 / 138,2, and ROUND of a product of such may lie on the wrong side of
//!          a half. Integers below 2^53 are exact in a double, and so are their sums and products below it.
//! Range:   spreadsheets take numbers that agree in fifteen digits for equal: Excel where it compares, LibreOffice in INT
//!          (7.4 makes INT(999999999999999 / 1000000) a thousand millions). So an integer counts as exact below 10^15, and
//!          the dividend of INT below 10^14. Proof of the second: a quotient p / q that is not whole lies at least 1 / q
//!          below the next whole number, which is more than 10^-14 of it when p < 10^14; the division errs by 2^-53 of it,
//!          and taking fifteen digits by 5 × 10^-15.
//! Beyond:  where the integers are larger, the formula still gives the engine's fee if no half step lies within 10^-12 of
//!          the amount: some ten operations err by less. The engine knows the exact amount and tells; where one does,
//!          the cell holds the engine's value and says so.

use avgift::{
    Assessment, Counting, Error, FeeRate, IndexFactor, Inhabitants, Parameter, ProrationOrder, Ratio, Rule,
    Schedule, Sek, Shape, Sourced, YearOfFees,
};

/// Below this an integer, and a comparison of two, is exact in every spreadsheet.
const EXACT: i128 = 1_000_000_000_000_000;
/// Below this the dividend of `INT(p / q)` gives the whole part exactly.
const DIVIDEND: i128 = 100_000_000_000_000;
/// What is further from a turning point than one part in so many is on its right side in binary fractions too.
const FAR: i128 = 1_000_000_000_000;

/// Whether a spreadsheet that compares two integers of ours, none negative, sees which is larger.
fn is_sure_to_compare(left: i128, right: i128) -> bool {
    let larger = left.max(right);
    larger < EXACT || (left - right).abs() > larger / FAR
}

/// Whether `INT((2 × numerator + denominator) / (2 × denominator))` gives the nearest whole number in a spreadsheet.
fn is_sure_to_round(numerator: i128, denominator: i128) -> Result<bool, Error> {
    let divisor = times(2, denominator)?;
    let dividend = plus(times(2, numerator)?, denominator)?;
    let rest = dividend % divisor;
    let distance = rest.min(divisor - rest);
    Ok((dividend < DIVIDEND && divisor < DIVIDEND) || distance > dividend / FAR)
}

/// A product, or the refusal that an amount is too large.
pub(super) fn times(left: i128, right: i128) -> Result<i128, Error> {
    left.checked_mul(right).ok_or(Error::AmountMustNotOverflow)
}

fn plus(left: i128, right: i128) -> Result<i128, Error> {
    left.checked_add(right).ok_or(Error::AmountMustNotOverflow)
}

/// An amount of the tariff as decided, as a quotient of integers in öre, and what becomes of it in the fee year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole {
    /// 1 for whole öre, 10 to 10 000 for a rate with three to six decimals.
    pub(super) scale: i128,
    /// In the fee year, in parts of an öre.
    pub(super) parts: i128,
    /// Whether a spreadsheet rounds the printed amount as the engine does; true where nothing is printed.
    pub(super) is_sure: bool,
}

/// The integers of a fee year: what the fees of all its members are computed from.
#[derive(Debug)]
pub(super) struct Integers {
    /// What makes every index figure whole: 10 for figures with one decimal.
    pub(super) index_scale: i128,
    /// The product of the figures above the line, made whole; 1 without an index.
    pub(super) factor_above: i128,
    /// The product of the figures below the line, made whole; 1 without an index.
    pub(super) factor_below: i128,
    /// The parts of an öre that rate and bounds are counted in.
    pub(super) parts: i128,
    /// Kronor per inhabitant; none where the tariff is no such rate, and the engine gives the amount by the tariff.
    pub(super) rate: Option<Whole>,
    /// What everyone pays beside it.
    pub(super) base: Option<Whole>,
    /// No inhabitant above this many is counted.
    cap: Option<Inhabitants>,
    /// The floor.
    pub(super) floor: Option<Whole>,
    /// The ceiling.
    pub(super) ceiling: Option<Whole>,
    /// Whether the formulas of a row come to the fee: where classes, components, a limit or a shared total work on it, the
    /// engine's value stands there.
    pub(super) is_plain: bool,
    /// The rounding step of the fee, in öre.
    pub(super) step: i128,
    fee_is_escalated: bool,
    order: ProrationOrder,
}

/// The integers of one fee.
#[derive(Debug)]
pub(super) struct FeeIntegers {
    /// By the tariff, in parts of an öre; times the units owed where the share comes before the bounds.
    pub(super) by_population: i128,
    /// Above the line: the amount before rounding.
    pub(super) numerator: i128,
    /// Below the line: one rounding step in the same unit.
    pub(super) denominator: i128,
    /// Whether a spreadsheet comes to the engine's fee and standing from them.
    pub(super) is_sure: bool,
}

impl Integers {
    /// The integers that the fees of a year are made of.
    pub(super) fn of(fees: &YearOfFees) -> Result<Integers, Error> {
        let schedule = &fees.schedule;
        let per_head = PerHead::of(schedule);
        let rate = per_head.map(|per_head| per_head.rate);
        let base = per_head.and_then(|per_head| per_head.base);
        let (floor, ceiling) = (schedule.floor(), schedule.ceiling());
        let factor = factor(schedule);
        let index_scale = factor.map_or(1, index_scale);
        let (factor_above, factor_below) = match factor {
            Some(factor) => products(factor, index_scale)?,
            None => (1, 1),
        };
        let is_unprinted = |factor: Option<&IndexFactor>, is_printed: bool| factor.is_some() && !is_printed;
        let is_carried_by_factor = rate
            .is_some_and(|rate| is_unprinted(rate.factor.as_ref(), rate.printed.is_some()))
            || [floor, ceiling, base]
                .into_iter()
                .flatten()
                .any(|bound| is_unprinted(bound.factor.as_ref(), bound.printed.is_some()));
        let rate_ore = rate.map(|rate| rate.decided.value.exact().ore_ratio());
        let rate_scale = rate_ore.map_or(1, |ore| power_of_ten_above(ore.denominator()));
        let factor_parts = if is_carried_by_factor { factor_below } else { 1 };
        let parts = match rate {
            _ if !schedule.tariff().is_plain() => 1,
            Some(rate) => times(if rate.printed.is_some() { 1 } else { rate_scale }, factor_parts)?,
            None => fees
                .assessments
                .iter()
                .map(by_tariff)
                .try_fold(factor_parts, |parts, amount| common_multiple(parts, amount.denominator()))?,
        };
        let mut integers = Integers {
            index_scale,
            factor_above,
            factor_below,
            parts,
            rate: None,
            base: None,
            cap: per_head.and_then(|per_head| per_head.cap).map(|cap| cap.value),
            floor: None,
            ceiling: None,
            is_plain: schedule.tariff().is_plain(),
            step: schedule.tariff().rounding.step_ore().into(),
            fee_is_escalated: schedule.fee_factor().is_some(),
            order: schedule.tariff().proration.order,
        };
        if let (Some(rate), Some(rate_ore)) = (rate, rate_ore) {
            integers.rate = Some(integers.whole(rate, rate_ore, rate_scale)?);
        }
        let bound = |bound: Option<&Parameter<Sek>>| {
            bound.map(|bound| integers.whole(bound, Ratio::whole(bound.decided.value.ore()), 1)).transpose()
        };
        let amounts = (bound(floor)?, bound(ceiling)?, bound(base)?);
        (integers.floor, integers.ceiling, integers.base) = amounts;
        Ok(integers)
    }

    fn whole<T>(&self, parameter: &Parameter<T>, decided: Ratio, scale: i128) -> Result<Whole, Error> {
        let decided = decided.numerator() * (scale / decided.denominator());
        let is_sure = match (&parameter.factor, parameter.printed) {
            (Some(_), Some(rounding)) => {
                let step = times(rounding.step_ore().into(), times(scale, self.factor_below)?)?;
                is_sure_to_round(times(decided, self.factor_above)?, step)?
            }
            _ => true,
        };
        let value = parameter.value.ore_ratio();
        if !self.is_plain {
            return Ok(Whole { scale, parts: 0, is_sure });
        }
        // The denominator of a value divides the parts that were chosen for it.
        let parts = times(value.numerator(), self.parts / value.denominator())?;
        Ok(Whole { scale, parts, is_sure })
    }

    /// The integers of one fee, as the formulas of its row compute them.
    pub(super) fn fee(&self, fee: &Assessment) -> Result<FeeIntegers, Error> {
        if !self.is_plain {
            return Ok(FeeIntegers { by_population: 0, numerator: 0, denominator: 1, is_sure: false });
        }
        let (part, whole) = (i128::from(fee.share().part()), i128::from(fee.share().whole()));
        let by_rate = match self.rate {
            Some(rate) => {
                let people = fee.inhabitants();
                let counted = self.cap.map_or(people, |cap| people.min(cap));
                plus(times(rate.parts, counted.get().into())?, self.base.map_or(0, |base| base.parts))?
            }
            // The denominator of each amount divides the parts that were chosen for all.
            None => times(by_tariff(fee).numerator(), self.parts / by_tariff(fee).denominator())?,
        };
        // Before the bounds the share is one of the amounts that are compared; after them it is a factor.
        let (by_population, unit, factor_of_share) = match self.order {
            ProrationOrder::BeforeBounds => (times(by_rate, part)?, whole, 1),
            ProrationOrder::AfterBounds => (by_rate, 1, part),
        };
        let bound = |bound: Option<Whole>| bound.map(|bound| times(bound.parts, unit)).transpose();
        let (floor, ceiling) = (bound(self.floor)?, bound(self.ceiling)?);
        let is_free = self.order == ProrationOrder::BeforeBounds && part == 0;
        let bounded = match is_free {
            true => 0,
            false => by_population.max(floor.unwrap_or(0)).min(ceiling.unwrap_or(i128::MAX)),
        };
        let factor = if self.fee_is_escalated { (self.factor_above, self.factor_below) } else { (1, 1) };
        let numerator = times(times(bounded, factor.0)?, factor_of_share)?;
        let denominator = times(times(self.step, self.parts)?, times(factor.1, whole)?)?;
        let compares =
            |bound: Option<i128>| bound.is_none_or(|bound| is_sure_to_compare(by_population, bound));
        let is_sure = compares(floor) && compares(ceiling) && is_sure_to_round(numerator, denominator)?;
        Ok(FeeIntegers { by_population, numerator, denominator, is_sure })
    }
}

/// A tariff of a rate for each inhabitant, with a base and a cap where it has any.
#[derive(Clone, Copy)]
pub(super) struct PerHead<'a> {
    pub(super) base: Option<&'a Parameter<Sek>>,
    pub(super) rate: &'a Parameter<FeeRate>,
    pub(super) cap: Option<&'a Sourced<Inhabitants>>,
}

impl PerHead<'_> {
    /// The tariff of a schedule, where it is one.
    pub(super) fn of(schedule: &Schedule) -> Option<PerHead<'_>> {
        match schedule.shape() {
            Shape::PerInhabitant { rate } => Some(PerHead { base: None, rate, cap: None }),
            Shape::Linear { base, rate, per: Counting::EACH, cap } => {
                Some(PerHead { base: base.as_ref(), rate, cap: cap.as_ref() })
            }
            _ => None,
        }
    }
}

/// What a shape that is no rate comes to for a member, in öre.
fn by_tariff(fee: &Assessment) -> Ratio {
    match fee.step(Rule::ByTariff).map(|step| step.value) {
        Some(avgift::Value::Exact(amount)) => amount.ore_ratio(),
        _ => Ratio::ZERO, // The step of every shape that is no rate holds an amount.
    }
}

/// The least common multiple of two numbers above zero.
fn common_multiple(a: i128, b: i128) -> Result<i128, Error> {
    times(a, Ratio::new(b, a)?.numerator())
}

/// The factor of a schedule, whatever it escalates.
pub(super) fn factor(schedule: &Schedule) -> Option<&IndexFactor> {
    let per_head = PerHead::of(schedule);
    let rate = per_head.and_then(|per_head| per_head.rate.factor.as_ref());
    let base = per_head.and_then(|per_head| per_head.base);
    let bounds = [base, schedule.floor(), schedule.ceiling()].into_iter().flatten();
    let mut of_parameters = rate.into_iter().chain(bounds.filter_map(|bound| bound.factor.as_ref()));
    schedule.fee_factor().or_else(|| of_parameters.next())
}

/// The power of ten that makes every figure of a factor whole.
fn index_scale(factor: &IndexFactor) -> i128 {
    let values = factor.pairs().flat_map(|pair| [pair.to.value, pair.from.value]);
    10_i128.pow(values.map(|value| value.normalize().scale()).max().unwrap_or(0))
}

/// The products of the figures above the line and of those below it, each figure made whole. What is more than quotients of
/// figures stands as the two integers that the engine came to.
fn products(factor: &IndexFactor, scale: i128) -> Result<(i128, i128), Error> {
    if factor.is_chained() {
        return Ok((1, 1)); // Its amounts are printed, each as the engine came to it.
    }
    if !factor.is_plain() {
        return Ok((factor.ratio().numerator(), factor.ratio().denominator()));
    }
    let whole =
        |value| Ratio::from_decimal(value).numerator() * (scale / Ratio::from_decimal(value).denominator());
    factor.pairs().try_fold((1, 1), |(above, below), pair| {
        Ok((times(above, whole(pair.to.value))?, times(below, whole(pair.from.value))?))
    })
}

/// The smallest power of ten that a denominator of a decimal number divides.
fn power_of_ten_above(denominator: i128) -> i128 {
    (0..=28).map(|zeros| 10_i128.pow(zeros)).find(|power| power % denominator == 0).unwrap_or(denominator)
}

/// A ratio as decimal text of seventeen significant digits, which is what a double can hold; by integers alone.
pub(super) fn decimal(ratio: Ratio) -> String {
    const DIGITS: u32 = 17;
    let (mut above, mut below) = (ratio.numerator().unsigned_abs(), ratio.denominator().unsigned_abs());
    // Room for the digit that is brought down; what is cut off lies twenty digits behind the last one written.
    while below > u128::MAX / 20 {
        (above, below) = (above / 10, below / 10);
    }
    let (mut digits, mut rest, mut decimals) = (above / below, above % below, 0);
    while rest != 0 && digits < 10_u128.pow(DIGITS - 1) && decimals < 40 {
        digits = digits * 10 + rest * 10 / below;
        rest = rest * 10 % below;
        decimals += 1;
    }
    if rest * 2 >= below {
        digits += 1;
    }
    let unit = 10_u128.checked_pow(decimals).unwrap_or(u128::MAX);
    let (whole, fraction) = match decimals {
        0 => (digits, String::new()),
        _ => (digits / unit, format!("{:0width$}", digits % unit, width = decimals as usize)),
    };
    let sign = if ratio.numerator() < 0 && digits > 0 { "-" } else { "" };
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

/// The amount after a rule, in kronor, as decimal text.
pub(super) fn after(fee: &Assessment, rule: Rule) -> Result<String, Error> {
    match fee.step(rule).map(|step| step.value) {
        Some(avgift::Value::Exact(amount)) => amount.kronor_ratio().map(decimal),
        _ => Ok(String::from("0")), // Every assessment has a step of every rule, and these are amounts.
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(numerator: i128, denominator: i128) -> String {
        decimal(Ratio::new(numerator, denominator).unwrap())
    }

    #[test]
    fn a_ratio_is_written_with_seventeen_digits() {
        assert_eq!(written(0, 1), "0");
        assert_eq!(written(-5, 2), "-2.5");
        assert_eq!(written(1, 3), "0.33333333333333333");
        assert_eq!(written(2, 3), "0.66666666666666667");
        assert_eq!(written(1_426, 1_382), "1.0318379160636758"); // 1,03183791606367583…
        assert_eq!(written(1, 3_000_000), "0.00000033333333333333333");
        assert_eq!(written(123_456_789_012_345_678_901, 1), "123456789012345678901");
        assert_eq!(written(99_999_999_999_999_999_999, 10_000_000_000_000_000_000), "10");
    }

    /// 35 001,25 kr to whole öre is sure; half an öre that no integer below 10^14 can tell from its neighbour is not.
    #[test]
    fn what_a_spreadsheet_rounds_surely_is_known() {
        assert!(is_sure_to_round(3_500_125, 1).unwrap());
        assert!(is_sure_to_round(5, 2).unwrap());
        assert!(is_sure_to_round(49_999_999_999_999 / 2, 2).unwrap());
        let far_too_large = 10_i128.pow(20);
        assert!(!is_sure_to_round(5 * far_too_large, 2 * far_too_large).unwrap());
        assert!(!is_sure_to_round(5 * far_too_large - 1, 2 * far_too_large).unwrap());
        assert!(is_sure_to_round(5 * far_too_large - far_too_large / 1_000, 2 * far_too_large).unwrap());
        assert!(is_sure_to_round(i128::MAX, 1).is_err());
    }

    #[test]
    fn what_a_spreadsheet_compares_surely_is_known() {
        assert!(is_sure_to_compare(EXACT - 1, EXACT - 2));
        assert!(!is_sure_to_compare(EXACT * 10, EXACT * 10 + 1));
        assert!(is_sure_to_compare(EXACT * 10, EXACT * 11));
    }
}
