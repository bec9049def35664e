//! Growth (tillväxt): so many percent a year, and what that comes to over several years.
//! Rule:    the factor of one year is exact. Over k years it is the factor k times over, told to twelve decimals, halves up:
//!          exact for three years of a percentage with two decimals. No number of people needs more, and it never overflows.
//! Range:   −50 % to +50 % a year, with at most four decimals.
//! Errors:  GrowthMustBeInRange, AmountMustNotOverflow.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::error::Error;
use crate::language::Language;
use crate::number::{decimal_text, parse_decimal};
use crate::population::Inhabitants;

/// One, with the twelve decimals of a factor.
const ONE: u64 = 1_000_000_000_000;
/// A percent with four decimals, in parts of a factor.
const TENTHOUSANDTH_OF_A_PERCENT: i64 = 1_000_000;

/// A growth of so many percent a year.
///
/// ```
/// use avgift::{Growth, Inhabitants};
/// let growth: Growth = "0,8 %".parse()?;
/// let ale = Inhabitants::new(32_446)?;
/// assert_eq!(growth.over(2).of_inhabitants(ale)?.get(), 32_967); // 32 446 × 1,008² = 32 967,21
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Growth {
    /// Ten thousandths of a percent.
    parts: i32,
}

impl Growth {
    /// No growth.
    pub const NONE: Growth = Growth { parts: 0 };

    /// So many percent a year.
    ///
    /// # Errors
    /// `GrowthMustBeInRange` outside −50 to 50, or with more than four decimals.
    pub fn new(percent: Decimal) -> Result<Growth, Error> {
        let refused = || Error::GrowthMustBeInRange { text: percent.to_string() };
        let percent = percent.normalize();
        if percent.scale() > 4 || percent.abs() > Decimal::from(50) {
            return Err(refused());
        }
        let parts = percent.mantissa() * 10_i128.pow(4 - percent.scale());
        i32::try_from(parts).map(|parts| Growth { parts }).map_err(|_| refused())
    }

    /// The percent a year.
    #[must_use]
    pub fn percent(self) -> Decimal {
        Decimal::new(self.parts.into(), 4).normalize()
    }

    /// The growth with so many percentage points more, or fewer.
    ///
    /// # Errors
    /// `GrowthMustBeInRange`.
    pub fn plus(self, more: Growth) -> Result<Growth, Error> {
        Growth::new(self.percent() + more.percent())
    }

    /// The growth with the other sign.
    #[must_use]
    pub fn turned(self) -> Growth {
        Growth { parts: -self.parts }
    }

    /// The growth over so many years.
    #[must_use]
    pub fn over(self, years: u32) -> GrowthOver {
        let yearly = i128::from(ONE) + i128::from(self.parts) * i128::from(TENTHOUSANDTH_OF_A_PERCENT);
        let one = i128::from(ONE);
        // A factor beyond all sense stops growing where it would no longer fit; what it makes is refused as out of range.
        let factor =
            (0..years).fold(one, |factor, _| ((factor * yearly + one / 2) / one).min(i128::from(u64::MAX)));
        GrowthOver { factor: u64::try_from(factor).unwrap_or(u64::MAX) }
    }

    /// The growth for people: `0,8 %`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        format!("{} %", decimal_text(self.percent(), language))
    }
}

impl FromStr for Growth {
    type Err = Error;

    /// Reads `0,8 %`, `0.8`, `-1,25%`.
    fn from_str(text: &str) -> Result<Growth, Error> {
        let refused = || Error::GrowthMustBeInRange { text: text.to_owned() };
        let number =
            text.strip_suffix('%').map_or(text, |rest| rest.trim_end_matches([' ', '\u{a0}', '\u{202f}']));
        Growth::new(parse_decimal(number).ok_or_else(refused)?).map_err(|_| refused())
    }
}

impl fmt::Display for Growth {
    /// Plain, for files: percent, `0.8`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.percent())
    }
}

impl Serialize for Growth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The factor of a growth over some years, to twelve decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrowthOver {
    factor: u64,
}

impl GrowthOver {
    /// The factor, with its decimals.
    #[must_use]
    pub fn factor(self) -> Decimal {
        Decimal::from_i128_with_scale(self.factor.into(), 12).normalize()
    }

    /// The inhabitants that so many have become: whole ones, halves up, and never fewer than one.
    ///
    /// # Errors
    /// `InhabitantsMustBeInRange` above 9 999 999.
    #[inline]
    pub fn of_inhabitants(self, inhabitants: Inhabitants) -> Result<Inhabitants, Error> {
        let count = u64::from(inhabitants.get());
        // Seven digits times twelve fit into 64 bits; the whole part of the factor is counted apart.
        let (whole, decimals) = (self.factor / ONE, self.factor % ONE);
        let grown = count.saturating_mul(whole).saturating_add((count * decimals + ONE / 2) / ONE).max(1);
        match u32::try_from(grown).ok().and_then(|grown| Inhabitants::new(grown).ok()) {
            Some(grown) => Ok(grown),
            None => Err(Error::InhabitantsMustBeInRange { text: grown.to_string() }),
        }
    }

    /// What an index figure has become: to four decimals, halves up.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub(super) fn of_figure(self, value: Decimal) -> Result<Decimal, Error> {
        let overflow = || Error::AmountMustNotOverflow;
        let value = value.normalize();
        // A figure has at most four decimals and nine digits.
        let parts = value.mantissa() * 10_i128.pow(4_u32.checked_sub(value.scale()).ok_or_else(overflow)?);
        let one = i128::from(ONE);
        let grown = parts.checked_mul(self.factor.into()).ok_or_else(overflow)?;
        i64::try_from((grown + one / 2) / one).map(|grown| Decimal::new(grown, 4)).map_err(|_| overflow())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grown(percent: &str, years: u32, inhabitants: u32) -> u32 {
        let growth: Growth = percent.parse().unwrap();
        growth.over(years).of_inhabitants(Inhabitants::new(inhabitants).unwrap()).unwrap().get()
    }

    /// 1 000 × 1,0005 = 1 000,5 goes up; 999 × 1,0005 = 999,4995 does not; 1 001 × 1,0005 = 1 001,5005 does.
    #[test]
    fn half_an_inhabitant_goes_up() {
        assert_eq!(
            (grown("0,05 %", 1, 1_000), grown("0,05", 1, 999), grown("0.05%", 1, 1_001)),
            (1_001, 999, 1_002)
        );
    }

    /// 4 606 × 0,99³ = 4 469,197…; 100 × 1,001⁴ = 100,4006… and × 1,001⁵ = 100,5010….
    #[test]
    fn years_are_multiplied_and_rounded_once() {
        assert_eq!(grown("-1 %", 3, 4_606), 4_469);
        assert_eq!(grown("0 %", 40, 4_606), 4_606);
        // A small place is not stuck: a tenth of a person a year is one after ten years.
        assert_eq!((grown("0,1 %", 4, 100), grown("0,1 %", 5, 100)), (100, 101));
        assert_eq!(grown("-50 %", 30, 1_000), 1);
    }

    #[test]
    fn a_factor_is_exact_for_three_years_of_two_decimals() {
        let growth: Growth = "1,23 %".parse().unwrap();
        let of = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(growth.over(1).factor(), of("1.0123"));
        assert_eq!(growth.over(2).factor(), of("1.02475129"));
        assert_eq!(growth.over(3).factor(), of("1.037355730867"));
        // 1,050115206356… from here on.
        assert_eq!(growth.over(4).factor(), of("1.050115206357"));
    }

    #[test]
    fn a_growth_beyond_sense_is_refused() {
        for text in ["50,0001", "-51 %", "0,00001", "", "%", "en", "1 % "] {
            assert!(text.parse::<Growth>().is_err(), "{text}");
        }
        let many = Inhabitants::new(9_999_999).unwrap();
        assert!("50".parse::<Growth>().unwrap().over(200).of_inhabitants(many).is_err());
        assert_eq!("-0,80 %".parse::<Growth>().unwrap().text(Language::Swedish), "-0,8 %");
    }
}
