//! Exact: how a spreadsheet, which counts in binary fractions, comes to the very öre that the engine comes to.
//! Rule:    every amount of a fee year is a whole number of small parts of an öre: 691 parts where amounts are multiplied by
//!          142,6 / 138,2 = 713 / 691. A spreadsheet's amount is off by a few 2^-53 of itself, so the nearest whole number of
//!          parts is the exact amount again. The fee is then INT((2 × parts + step) / (2 × step)) steps, all of it whole
//!          numbers: half a step goes up.
//! Why:     2,675 is no binary fraction, nor is 142,6 / 138,2, and ROUND of a product of such may lie on the wrong side of
//!          a half. Integers below 2^53 are exact in a double, and so are their sums and products below it.
//! Range:   each conversion of a decimal number and each operation errs by 2^-53 of its result at most, and no formula of
//!          ours takes the difference of two amounts. So the nearest whole number is right while parts × operations is below
//!          2^51. Spreadsheets take numbers that agree in fifteen digits for equal: Excel where it compares, LibreOffice in
//!          INT (7.4 makes INT(999999999999999 / 1000000) a thousand millions). So the dividend of INT is kept below 10^14.
//!          Proof: a quotient p / q that is not whole lies at least 1 / q below the next whole number, which is more than
//!          10^-14 of it when p < 10^14; the division errs by 2^-53 of it, and taking fifteen digits by 5 × 10^-15.
//! Beyond:  where the integers are larger, the formula still gives the engine's fee if no half step lies within 10^-12 of
//!          the amount: a hundred operations err by less. The engine knows the exact amount and tells; where one does,
//!          the cell holds the engine's value and says so.

use avgift::Ratio;

/// Below this the dividend of `INT(p / q)` gives the whole part exactly.
const DIVIDEND: i128 = 100_000_000_000_000;
/// A whole number of parts, times the roundings on the way to it, is found again below this.
const FOUND_AGAIN: i128 = 1 << 51;
/// What is further from a turning point than one part in so many is on its right side in binary fractions too.
const FAR: i128 = 1_000_000_000_000;

/// Whether `ROUND` finds a whole number again that was computed in binary fractions, rounded so often on the way.
pub(super) fn is_found_again(number: i128, roundings: u32) -> bool {
    number.checked_mul(i128::from(roundings.max(1))).is_some_and(|product| product < FOUND_AGAIN)
}

/// Whether the whole part of p / q, both whole numbers, is exact in a spreadsheet.
pub(super) fn is_sure_to_divide(dividend: i128, divisor: i128) -> bool {
    let rest = dividend.rem_euclid(divisor);
    let distance = rest.min(divisor - rest);
    (dividend < DIVIDEND && divisor < DIVIDEND) || distance > dividend / FAR
}

/// Whether a spreadsheet that compares two amounts, none negative, sees which is larger: it takes those for equal that agree
/// in fifteen digits, and so they are only where they are the same.
pub(super) fn is_sure_to_compare(left: Ratio, right: Ratio) -> bool {
    let far = |difference: Ratio| {
        let (Ok(times), larger) = (difference.times(Ratio::whole(1_000_000_000_000)), left.max(right)) else {
            return false;
        };
        times > larger
    };
    let difference = if left > right { left.minus(right) } else { right.minus(left) };
    left == right || difference.is_ok_and(far)
}

/// Whether `INT((2 × parts + step) / (2 × step))` gives the nearest number of steps, of an amount in öre that is counted in so
/// many parts of an öre; `step` is in öre.
pub(super) fn is_sure_to_round(amount: Ratio, roundings: u32, parts: i128, step: i128) -> bool {
    let of_parts = Ratio::new(parts, 1).and_then(|parts| amount.times(parts));
    let whole = of_parts.ok().filter(|amount| amount.denominator() == 1).map(Ratio::numerator);
    let exactly = |number: i128| {
        let divisor = step.checked_mul(parts)?.checked_mul(2)?;
        let dividend = number.checked_mul(2)?.checked_add(divisor / 2)?;
        Some(is_found_again(number, roundings) && is_sure_to_divide(dividend, divisor))
    };
    whole.and_then(exactly) == Some(true) || is_far_from_half(amount, step) == Some(true)
}

/// Whether an amount of steps is so far from a whole number of them that its whole part is sure.
pub(super) fn is_far_from_whole(steps: Ratio) -> bool {
    let rest = steps.numerator().rem_euclid(steps.denominator());
    rest.min(steps.denominator() - rest) > steps.numerator() / FAR
}

/// Whether no half step lies so near that binary fractions could cross it.
pub(super) fn is_far_from_half(amount: Ratio, step: i128) -> Option<bool> {
    let below = amount.denominator().checked_mul(step)?;
    let divisor = below.checked_mul(2)?;
    let dividend = amount.numerator().checked_mul(2)?.checked_add(below)?;
    let rest = dividend.rem_euclid(divisor);
    Some(rest.min(divisor - rest) > dividend / FAR)
}

/// The smallest number that both divide, where there is room for it.
pub(super) fn common_multiple(left: i128, right: i128) -> Option<i128> {
    left.checked_mul(Ratio::new(right, left).ok()?.numerator())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i128, denominator: i128) -> Ratio {
        Ratio::new(numerator, denominator).unwrap()
    }

    fn written(numerator: i128, denominator: i128) -> String {
        decimal(ratio(numerator, denominator))
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

    /// 35 001,25 kr to whole öre is sure; half an öre that no whole number below 10^14 can tell from its neighbour is not.
    #[test]
    fn what_a_spreadsheet_rounds_surely_is_known() {
        assert!(is_sure_to_round(ratio(3_500_125, 1), 2, 1, 1));
        assert!(is_sure_to_round(ratio(5, 2), 2, 2, 1));
        assert!(is_sure_to_round(ratio(49_999_999_999_997, 2), 4, 2, 1)); // the dividend is 10^14 − 4
        assert!(!is_sure_to_round(ratio(49_999_999_999_999, 2), 4, 2, 1)); // 10^14
        assert!(!is_sure_to_round(ratio(50_000_000_000_001, 2), 4, 2, 1));
        let far_too_large = 10_i128.pow(20);
        assert!(!is_sure_to_round(ratio(10 * far_too_large + 1, 2), 2, 2, 1));
        assert!(!is_sure_to_round(ratio(5 * far_too_large - 1, 2 * far_too_large), 2, 2 * far_too_large, 1));
        assert!(is_sure_to_round(
            ratio(5 * far_too_large - far_too_large / 1_000, 2 * far_too_large),
            2,
            1,
            1
        ));
    }

    /// Half a krona, met to the point, in parts that are no whole number: nothing finds it again.
    #[test]
    fn a_half_that_is_no_whole_number_of_parts_is_not_sure() {
        let third_and_half = ratio(50, 3);
        assert!(is_sure_to_round(third_and_half, 2, 3, 100));
        assert!(!is_sure_to_round(ratio(50, 1), 2, 1 << 51, 100));
        assert!(is_sure_to_round(ratio(50, 1), 2, 1, 100));
        assert!(!is_sure_to_round(ratio(150_000_000_000_001, 3), 2, 1, 2));
    }

    /// 2^51 is 2 251 799 813 685 248: with four roundings 562 949 953 421 311 is found again, and no number above it.
    #[test]
    fn what_is_found_again_is_known() {
        assert!(is_found_again(562_949_953_421_311, 4));
        assert!(!is_found_again(562_949_953_421_312, 4));
        assert!(!is_found_again(562_949_953_421_313, 4));
        assert!(!is_found_again(i128::MAX, 2));
    }

    #[test]
    fn what_a_spreadsheet_compares_surely_is_known() {
        let large = 10_i128.pow(16);
        assert!(is_sure_to_compare(ratio(large, 1), ratio(large, 1)));
        assert!(!is_sure_to_compare(ratio(large, 1), ratio(large + 1, 1)));
        assert!(!is_sure_to_compare(ratio(large + 1, 1), ratio(large, 1)));
        assert!(is_sure_to_compare(ratio(large, 1), ratio(large + large / 1_000, 1)));
        assert!(is_sure_to_compare(ratio(1, 3), ratio(1, 2)));
    }

    #[test]
    fn the_smallest_common_multiple_is_found() {
        assert_eq!(common_multiple(4, 6), Some(12));
        assert_eq!(common_multiple(1, 691), Some(691));
        assert_eq!(common_multiple(i128::MAX, i128::MAX - 1), None);
    }
}
