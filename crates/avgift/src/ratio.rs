//! Ratio: a quotient of two integers, exact, in lowest terms.
//! Why:    137,9 / 133,5 does not end in decimal; kept as two integers it never has to.
//! Range:  numerator and denominator in i128; every operation is checked.
//! Errors: AmountMustNotOverflow. Not here: units (see `money`), rounding (see `rounding`).

use std::cmp::Ordering;

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Error;

/// A quotient of two integers in lowest terms; the denominator is above zero.
///
/// ```
/// use avgift::Ratio;
/// let factor = Ratio::new(1379, 1335)?;
/// assert_eq!(factor.times(Ratio::new(1335, 1379)?)?, Ratio::ONE);
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Ratio = Ratio { numerator: 0, denominator: 1 };
    /// The whole.
    pub const ONE: Ratio = Ratio { numerator: 1, denominator: 1 };

    /// `numerator / denominator`, brought to lowest terms.
    ///
    /// # Errors
    /// `AmountMustNotOverflow` where the denominator is zero or a sign cannot be turned.
    pub fn new(numerator: i128, denominator: i128) -> Result<Ratio, Error> {
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return Err(Error::AmountMustNotOverflow);
        }
        let sign = if denominator < 0 { -1 } else { 1 };
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        // The divisor is at most i128::MAX, since i128::MIN was refused above.
        let divisor = i128::try_from(divisor).map_err(|_| Error::AmountMustNotOverflow)? * sign;
        Ok(Ratio { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// A decimal number as a ratio, nothing lost.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Ratio {
        let ratio = Ratio::new(value.mantissa(), 10_i128.pow(value.scale()));
        // A Decimal has 96 bits and at most 28 decimals, so neither part can overflow.
        ratio.unwrap_or(Ratio::ZERO)
    }

    /// A whole number as a ratio.
    #[must_use]
    pub const fn whole(value: i64) -> Ratio {
        Ratio { numerator: value as i128, denominator: 1 }
    }

    /// The ratio to so many decimals, the last one rounded, halves away from zero: for people and spreadsheets, never to go on
    /// reckoning with.
    ///
    /// ```
    /// use avgift::Ratio;
    /// assert_eq!(Ratio::new(65_000, 32_446)?.to_decimals(6)?.to_string(), "2.003329");
    /// assert_eq!(Ratio::new(1, 2)?.to_decimals(6)?.to_string(), "0.500000");
    /// assert_eq!(Ratio::new(-1, 2)?.to_decimals(0)?.to_string(), "-1");
    /// # Ok::<(), avgift::Error>(())
    /// ```
    ///
    /// # Errors
    /// `AmountMustNotOverflow` beyond the 19 digits of 64 bits, and beyond 18 decimals.
    pub fn to_decimals(self, decimals: u32) -> Result<Decimal, Error> {
        let scale = 10_i64.checked_pow(decimals).ok_or(Error::AmountMustNotOverflow)?;
        let units = self.times(Ratio::whole(scale))?.nearest_multiple(1)?;
        Ok(Decimal::new(units, decimals))
    }

    /// The part above the line.
    #[must_use]
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The part below the line; above zero.
    #[must_use]
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// The product.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn times(self, other: Ratio) -> Result<Ratio, Error> {
        // Cancelling crosswise first keeps the products as small as they can be.
        let left = Ratio::new(self.numerator, other.denominator)?;
        let right = Ratio::new(other.numerator, self.denominator)?;
        let numerator = left.numerator.checked_mul(right.numerator).ok_or(Error::AmountMustNotOverflow)?;
        let denominator =
            left.denominator.checked_mul(right.denominator).ok_or(Error::AmountMustNotOverflow)?;
        Ratio::new(numerator, denominator)
    }

    /// The quotient.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`, also where `other` is zero.
    pub fn over(self, other: Ratio) -> Result<Ratio, Error> {
        self.times(Ratio::new(other.denominator, other.numerator)?)
    }

    /// The sum.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn plus(self, other: Ratio) -> Result<Ratio, Error> {
        let common = Ratio::new(self.denominator, other.denominator)?;
        let overflow = || Error::AmountMustNotOverflow;
        let left = self.numerator.checked_mul(common.denominator).ok_or_else(overflow)?;
        let right = other.numerator.checked_mul(common.numerator).ok_or_else(overflow)?;
        let denominator = self.denominator.checked_mul(common.denominator).ok_or_else(overflow)?;
        Ratio::new(left.checked_add(right).ok_or_else(overflow)?, denominator)
    }

    /// The difference.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn minus(self, other: Ratio) -> Result<Ratio, Error> {
        self.plus(Ratio { numerator: -other.numerator, denominator: other.denominator })
    }

    /// The nearest multiple of `step`, halves away from zero: 2,5 is 3 and −2,5 is −3.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub(crate) fn nearest_multiple(self, step: i64) -> Result<i64, Error> {
        let overflow = || Error::AmountMustNotOverflow;
        let unit = self.denominator.checked_mul(i128::from(step)).ok_or_else(overflow)?;
        let quotient = self.numerator / unit;
        let rest = (self.numerator % unit).unsigned_abs();
        let away = i128::from(rest >= unit.unsigned_abs() - rest) * self.numerator.signum();
        let multiple = (quotient + away).checked_mul(i128::from(step)).ok_or_else(overflow)?;
        i64::try_from(multiple).map_err(|_| overflow())
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    /// By value. Compares whole parts first and turns the rests over, as Euclid does, so that nothing can overflow.
    fn cmp(&self, other: &Ratio) -> Ordering {
        let (mut a, mut b) = (*self, *other);
        loop {
            let (whole_a, whole_b) =
                (a.numerator.div_euclid(a.denominator), b.numerator.div_euclid(b.denominator));
            let (rest_a, rest_b) =
                (a.numerator.rem_euclid(a.denominator), b.numerator.rem_euclid(b.denominator));
            match whole_a.cmp(&whole_b) {
                Ordering::Equal if rest_a == 0 || rest_b == 0 => return rest_a.cmp(&rest_b),
                // Comparing the rests is comparing their turned-over values the other way round.
                Ordering::Equal => {
                    let turned_a = Ratio { numerator: a.denominator, denominator: rest_a };
                    let turned_b = Ratio { numerator: b.denominator, denominator: rest_b };
                    (a, b) = (turned_b, turned_a);
                }
                unequal => return unequal,
            }
        }
    }
}

impl Serialize for Ratio {
    /// As text, `numerator/denominator`: no reader of JSON can turn it into a binary float.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}/{}", self.numerator, self.denominator))
    }
}

impl<'de> Deserialize<'de> for Ratio {
    /// From `numerator/denominator` in lowest terms.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ratio, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parts =
            text.split_once('/').and_then(|(above, below)| Some((above.parse().ok()?, below.parse().ok()?)));
        let ratio = parts.and_then(|(above, below)| Ratio::new(above, below).ok());
        ratio
            .filter(|ratio| format!("{}/{}", ratio.numerator, ratio.denominator) == text)
            .ok_or_else(|| D::Error::custom(format!("`{text}` is not a ratio in lowest terms")))
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i128, denominator: i128) -> Ratio {
        Ratio::new(numerator, denominator).unwrap()
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(ratio(5, 2).nearest_multiple(1).unwrap(), 3);
        assert_eq!(ratio(-5, 2).nearest_multiple(1).unwrap(), -3);
        assert_eq!(ratio(24999, 10000).nearest_multiple(1).unwrap(), 2);
        assert_eq!(ratio(149, 1).nearest_multiple(100).unwrap(), 100);
        assert_eq!(ratio(150, 1).nearest_multiple(100).unwrap(), 200);
    }

    #[test]
    fn order_is_by_value_even_where_a_cross_product_would_overflow() {
        let large = i128::MAX;
        assert!(ratio(large, large - 1) > ratio(large - 1, large));
        assert!(ratio(-1, 3) < ratio(-1, 4));
        assert!(ratio(-7, 2) < ratio(-10, 3));
        assert_eq!(ratio(2, 4).cmp(&ratio(1, 2)), Ordering::Equal);
        assert!(ratio(7, 2) > ratio(10, 3));
    }

    #[test]
    fn a_sum_keeps_lowest_terms() {
        assert_eq!(ratio(1, 6).plus(ratio(1, 3)).unwrap(), ratio(1, 2));
        assert_eq!(ratio(1, 6).minus(ratio(1, 6)).unwrap(), Ratio::ZERO);
        assert!(ratio(i128::MAX, 1).plus(Ratio::ONE).is_err());
    }
}
