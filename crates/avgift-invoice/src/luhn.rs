//! Luhn (modulus 10): the check digit of organisation numbers, bankgiro numbers and OCR references; and GS1's own.
//! Rule:    from the right every other digit is doubled, and of a product of two digits the sum is taken; the whole is
//!          a multiple of ten. GS1 instead counts every other digit three times.
//! Example: 7992739871 takes the check digit 3.

/// The check digit that makes `number` with it pass Luhn.
pub(crate) const fn check_digit(number: u128) -> u8 {
    weighed(number, 2)
}

/// Whether a number passes Luhn, its last digit being the check digit.
pub(crate) const fn passes(number: u128) -> bool {
    check_digit(number / 10) as u128 == number % 10
}

/// The check digit of a GLN or any other number of GS1.
pub(crate) const fn gs1_check_digit(number: u128) -> u8 {
    weighed(number, 3)
}

/// What brings the sum to a multiple of ten, where the last digit and every other before it count `weight` times.
const fn weighed(mut number: u128, weight: u8) -> u8 {
    let (mut sum, mut heavy) = (0, true);
    while number > 0 {
        let digit = (number % 10) as u8;
        let product = if heavy { digit * weight } else { digit };
        // Only Luhn takes the sum of the digits of a product.
        sum = (sum + if weight == 2 && product > 9 { product - 9 } else { product }) % 10;
        heavy = !heavy;
        number /= 10;
    }
    (10 - sum) % 10
}

/// The number that `text` writes in ASCII digits, and how many there are; nothing outside `least` to `most` digits.
pub(crate) fn read_digits(text: &str, least: usize, most: usize) -> Option<(u128, u8)> {
    let written = (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let length = u8::try_from(text.len()).ok()?;
    written.then(|| text.parse().ok()).flatten().map(|number| (number, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// 7992739871: 2×1 + 7 + (1+6) + 9 + 6 + 7 + 4 + 9 + (1+8) + 7 = 67, so 3; Luhn's own example.
    #[test]
    fn the_check_digit_brings_the_sum_to_a_multiple_of_ten() {
        assert_eq!(check_digit(7_992_739_871), 3);
        assert!(passes(79_927_398_713));
        assert!(!passes(79_927_398_710));
    }

    /// GS1's own example, 629104150021: 1×3 + 2 + 0 + 0 + 5×3 + 1 + 4×3 + 0 + 1×3 + 9 + 2×3 + 6 = 57, so 3.
    #[test]
    fn gs1_counts_every_other_digit_three_times() {
        assert_eq!(gs1_check_digit(629_104_150_021), 3);
    }

    #[test]
    fn only_ascii_digits_are_digits() {
        assert_eq!(read_digits("0123", 4, 4), Some((123, 4)));
        for text in ["", "12a4", "+123", "١٢٣٤", "12345"] {
            assert_eq!(read_digits(text, 4, 4), None, "{text}");
        }
    }

    proptest! {
        /// What Luhn was made for: it sees every single wrong digit.
        #[test]
        fn one_wrong_digit_is_always_seen(number in 0_u64..10_u64.pow(18), place in 0_u32..19, by in 1_u8..10) {
            let right = u128::from(number) * 10 + u128::from(check_digit(number.into()));
            let unit = 10_u128.pow(place);
            let digit = right / unit % 10;
            let wrong = right - digit * unit + (digit + u128::from(by)) % 10 * unit;
            prop_assert!(passes(right));
            prop_assert!(!passes(wrong));
        }
    }
}
