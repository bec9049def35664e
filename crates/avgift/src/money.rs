//! Money: Sek, an amount in whole öre; Exact, an amount in mid-calculation; FeeRate, kronor per inhabitant.
//! Units:  öre inside, kronor in text. Range: Sek ± 92 000 billion kronor, a rate to 9 999,999999 kr.
//! Errors: AmountMustNotOverflow, AmountMustBeInKronor, RateMustBeInKronor.
//! Not here: the way from Exact to Sek (see `rounding`). `Sek × Sek` does not compile, nor does anything with a float.

use std::fmt;
use std::ops::Mul;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Error;
use crate::language::Language;
use crate::number::{could_group_thousands, decimal_mark, decimal_text, grouped, parse_decimal};
use crate::population::Inhabitants;
use crate::ratio::Ratio;

/// An amount of Swedish kronor in whole öre; may be negative (a credit).
///
/// ```
/// use avgift::{Language, Sek};
/// let amount: Sek = "12 345,50 kr".parse()?;
/// assert_eq!(amount.ore(), 1_234_550);
/// assert_eq!(amount.to_string(), "12345.50");
/// assert_eq!(amount.text(Language::Swedish), "12 345,50 kr");
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Sek(i64);

impl Sek {
    /// Nothing.
    pub const ZERO: Sek = Sek(0);

    /// An amount in öre.
    #[must_use]
    pub const fn from_ore(ore: i64) -> Sek {
        Sek(ore)
    }

    /// An amount in whole kronor.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn from_kronor(kronor: i64) -> Result<Sek, Error> {
        kronor.checked_mul(100).map(Sek).ok_or(Error::AmountMustNotOverflow)
    }

    /// The amount in öre.
    #[must_use]
    pub const fn ore(self) -> i64 {
        self.0
    }

    /// The sum.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn plus(self, other: Sek) -> Result<Sek, Error> {
        self.0.checked_add(other.0).map(Sek).ok_or(Error::AmountMustNotOverflow)
    }

    /// The difference.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn minus(self, other: Sek) -> Result<Sek, Error> {
        self.0.checked_sub(other.0).map(Sek).ok_or(Error::AmountMustNotOverflow)
    }

    /// The sum of many; of none it is nothing.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn sum(amounts: impl IntoIterator<Item = Sek>) -> Result<Sek, Error> {
        amounts.into_iter().try_fold(Sek::ZERO, Sek::plus)
    }

    /// The amount in kronor with two decimals.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// The amount for people: `12 345,50 kr`, and `12 345 kr` where there are no öre.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        if self.0 % 100 == 0 {
            format!("{} kr", grouped(i128::from(self.0 / 100), language))
        } else {
            self.text_with_ore(language)
        }
    }

    /// The amount for people, always with its öre: `12 345,00 kr`.
    #[must_use]
    pub fn text_with_ore(self, language: Language) -> String {
        format!("{} kr", decimal_text(self.to_decimal(), language))
    }
}

impl fmt::Display for Sek {
    /// Plain, for files: `12345.50`. The digits are set by hand and without a String: a million rows are written this way.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [b'0'; 24];
        let mut at = digits.len();
        let mut rest = self.0.unsigned_abs();
        while rest > 0 || at > digits.len() - 4 {
            at -= 1;
            if at == digits.len() - 3 {
                digits[at] = b'.';
                continue;
            }
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        if self.0 < 0 {
            at -= 1;
            digits[at] = b'-';
        }
        f.pad(std::str::from_utf8(&digits[at..]).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Sek {
    type Err = Error;

    /// Reads `15 000 kr`, `15 000,50`, `15000.50`; `15.000` is refused, since its writer may have meant fifteen thousand.
    fn from_str(text: &str) -> Result<Sek, Error> {
        let refused = || Error::AmountMustBeInKronor { text: text.to_owned() };
        let number = number_of(text);
        if could_group_thousands(number) {
            return Err(refused());
        }
        let ore = Ratio::from_decimal(parse_decimal(number).ok_or_else(refused)?).times(Ratio::whole(100))?;
        if ore.denominator() != 1 {
            return Err(refused());
        }
        i64::try_from(ore.numerator()).map(Sek).map_err(|_| Error::AmountMustNotOverflow)
    }
}

/// What stands before `kr`, where it does.
fn number_of(text: &str) -> &str {
    text.strip_suffix("kr").map_or(text, |rest| rest.trim_end_matches([' ', '\u{a0}', '\u{202f}']))
}

impl Serialize for Sek {
    /// As plain text, so that no reader turns it into a binary float.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A fee rate (avgiftssats): kronor per inhabitant, from 0 to 9 999,999999 with at most six decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeeRate(Decimal);

impl FeeRate {
    /// The largest rate: 9 999,999999 kr.
    pub const MAX: FeeRate = FeeRate(Decimal::from_parts(1_410_065_407, 2, 0, false, 6)); // 2 × 2^32 + 1 410 065 407
    /// Nothing per inhabitant.
    pub const FREE: FeeRate = FeeRate(Decimal::ZERO);

    /// A rate in kronor per inhabitant.
    ///
    /// # Errors
    /// `RateMustBeInKronor` outside 0 to 9 999,999999 or with more than six decimals.
    pub fn new(kronor: Decimal) -> Result<FeeRate, Error> {
        let in_range =
            !kronor.is_sign_negative() && kronor < Decimal::from(10_000) && kronor.normalize().scale() <= 6;
        if in_range {
            Ok(FeeRate(kronor))
        } else {
            Err(Error::RateMustBeInKronor { text: kronor.to_string() })
        }
    }

    /// Kronor per inhabitant.
    #[must_use]
    pub const fn kronor(self) -> Decimal {
        self.0
    }

    /// Exact öre per inhabitant.
    #[must_use]
    pub fn exact(self) -> Exact {
        // At most ten digits and six decimals, so the product with 100 cannot overflow.
        Exact(Ratio::from_decimal(self.0).times(Ratio::whole(100)).unwrap_or(Ratio::ZERO))
    }

    /// The rate for people: `1,50 kr`; never fewer than two decimals.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        let mut kronor = self.0.normalize();
        if kronor.scale() < 2 {
            kronor.rescale(2);
        }
        format!("{} kr", decimal_text(kronor, language))
    }
}

impl FromStr for FeeRate {
    type Err = Error;

    /// Reads `1,50`, `1.50`, `1,50 kr`.
    fn from_str(text: &str) -> Result<FeeRate, Error> {
        let refused = || Error::RateMustBeInKronor { text: text.to_owned() };
        FeeRate::new(parse_decimal(number_of(text)).ok_or_else(refused)?).map_err(|_| refused())
    }
}

impl fmt::Display for FeeRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for FeeRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Mul<Inhabitants> for FeeRate {
    type Output = Exact;

    /// Kronor per inhabitant × inhabitants.
    fn mul(self, inhabitants: Inhabitants) -> Exact {
        // Ten digits of rate, seven of inhabitants: far within range.
        Exact(self.exact().0.times(Ratio::whole(i64::from(inhabitants.get()))).unwrap_or(Ratio::ZERO))
    }
}

/// An amount in mid-calculation: öre as a ratio of two integers, nothing lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(Ratio);

impl Exact {
    /// Nothing.
    pub const ZERO: Exact = Exact(Ratio::ZERO);

    /// An amount of so many öre.
    #[must_use]
    pub const fn from_ore_ratio(ore: Ratio) -> Exact {
        Exact(ore)
    }

    /// The amount in öre.
    #[must_use]
    pub const fn ore_ratio(self) -> Ratio {
        self.0
    }

    /// The amount in kronor.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn kronor_ratio(self) -> Result<Ratio, Error> {
        self.0.over(Ratio::whole(100))
    }

    /// The amount times a factor.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn times(self, factor: Ratio) -> Result<Exact, Error> {
        self.0.times(factor).map(Exact)
    }

    /// The sum.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn plus(self, other: Exact) -> Result<Exact, Error> {
        self.0.plus(other.0).map(Exact)
    }

    /// The difference.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn minus(self, other: Exact) -> Result<Exact, Error> {
        self.0.minus(other.0).map(Exact)
    }

    /// The amount for people: `48 669,00 kr`, and `50 218,526… kr` where more decimals follow the three shown.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        let hundredths = self.0.numerator();
        if self.0.denominator() == 1
            && let Ok(ore) = i64::try_from(hundredths)
        {
            return Sek(ore).text_with_ore(language);
        }
        // Thousandths of a krona are tenths of an öre; what follows them is cut, and the mark … says so.
        match self.0.times(Ratio::whole(10)) {
            Ok(tenths) => {
                let shown = tenths.numerator() / tenths.denominator();
                let more = if tenths.denominator() == 1 { "" } else { "…" };
                let sign = if tenths.numerator() < 0 { "-" } else { "" };
                let whole = grouped(shown.abs() / 1000, language);
                let mark = decimal_mark(language);
                format!("{sign}{whole}{mark}{:03}{more} kr", shown.abs() % 1000)
            }
            Err(_) => format!("{}/{} öre", self.0.numerator(), self.0.denominator()),
        }
    }
}

impl From<Sek> for Exact {
    fn from(amount: Sek) -> Exact {
        Exact(Ratio::whole(amount.0))
    }
}

impl Serialize for Exact {
    /// Kronor as text, `numerator/denominator`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.kronor_ratio().map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Exact, D::Error> {
        let kronor = Ratio::deserialize(deserializer)?;
        kronor.times(Ratio::whole(100)).map(Exact).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_reads_what_it_writes() {
        for ore in [0, 1, -1, 50, 99, 100, -12_345_678, i64::MAX, i64::MIN + 1] {
            let amount = Sek(ore);
            assert_eq!(amount.to_string().parse::<Sek>().unwrap(), amount);
            assert_eq!(amount.text(Language::Swedish).parse::<Sek>().unwrap(), amount);
        }
    }

    #[test]
    fn an_amount_is_written_with_its_ore() {
        for (ore, text) in [(0, "0.00"), (1, "0.01"), (-10, "-0.10"), (100, "1.00"), (123_456, "1234.56")] {
            assert_eq!(Sek(ore).to_string(), text);
        }
        assert_eq!(Sek(i64::MIN).to_string(), "-92233720368547758.08");
        assert_eq!(format!("{:>8}", Sek(100)), "    1.00");
    }

    #[test]
    fn a_third_decimal_is_no_ore() {
        assert!("1,505".parse::<Sek>().is_err());
        assert_eq!("15 000,500".parse::<Sek>().unwrap(), Sek(1_500_050));
        assert!("1e3".parse::<Sek>().is_err());
        assert!("999999999999999999999".parse::<Sek>().is_err());
    }

    /// Fifteen kronor or fifteen thousand: nobody can know.
    #[test]
    fn a_mark_that_could_group_thousands_is_refused() {
        for text in ["15.000", "15,000 kr", "-1.500", "999.000"] {
            let error = text.parse::<Sek>().unwrap_err();
            assert_eq!(error, Error::AmountMustBeInKronor { text: text.to_owned() });
        }
        assert_eq!(
            "15.000 kr".parse::<Sek>().unwrap_err().refusal().mend,
            "write `15 000 kr` if thousands are meant, `15 kr` if not"
        );
    }

    #[test]
    fn decimals_that_follow_are_marked() {
        let amount = Exact(Ratio::new(5_021_852_667, 1000).unwrap());
        assert_eq!(amount.text(Language::Swedish), "50 218,526… kr");
        assert_eq!(Exact(Ratio::new(-1, 3).unwrap()).text(Language::English), "-0.003… kr");
        assert_eq!(Exact(Ratio::new(5, 10).unwrap()).text(Language::Swedish), "0,005 kr");
    }

    #[test]
    fn a_rate_keeps_its_range() {
        assert_eq!("9 999,999999".parse::<FeeRate>().unwrap(), FeeRate::MAX);
        assert!("-1".parse::<FeeRate>().is_err());
        assert!("10000".parse::<FeeRate>().is_err());
        assert!("0,0000001".parse::<FeeRate>().is_err());
        assert_eq!(
            "72,64".parse::<FeeRate>().unwrap() * Inhabitants::new(32_446).unwrap(),
            Exact(Ratio::whole(235_687_744))
        );
        assert_eq!("1,5".parse::<FeeRate>().unwrap().text(Language::Swedish), "1,50 kr");
    }
}
