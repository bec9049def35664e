//! Percent (procent): a change as it was decided, and a part of the whole; written with the sign, `2,0 %`.
//! Why:    `0,90` may be ninety hundredths or less than one; with its sign it is one thing, and nothing is guessed.
//! Range:  a change above −100 % to 1 000 %; a part above 0 to 100 %; at most four decimals.
//! Errors: PercentMustBeAChange, PartMustBeWithinTheWhole.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::error::Error;
use crate::language::Language;
use crate::number::{decimal_text, parse_decimal};
use crate::ratio::Ratio;

/// A change in percent, as decided: above −100 % to 1 000 %.
///
/// ```
/// use avgift::{Language, Percent};
/// let change: Percent = "3,2 %".parse()?;
/// assert_eq!(change.text(Language::Swedish), "3,2 %");
/// assert!("3,2".parse::<Percent>().is_err());
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent(Decimal);

/// A part of the whole in percent: above 0 to 100 %.
///
/// ```
/// use avgift::{Part, Ratio};
/// assert_eq!("90 %".parse::<Part>()?.ratio(), Ratio::new(9, 10)?);
/// assert!("101 %".parse::<Part>().is_err());
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part(Decimal);

/// The number before the sign, with at most four decimals.
fn number(text: &str) -> Option<Decimal> {
    let digits = text.strip_suffix('%')?;
    let digits = digits.strip_suffix([' ', '\u{a0}', '\u{202f}']).unwrap_or(digits);
    parse_decimal(digits).filter(|number| number.scale() <= 4)
}

impl Percent {
    /// The change as a part of what changes: 3,2 % is 32/1000.
    #[must_use]
    pub fn ratio(self) -> Ratio {
        of_hundred(self.0)
    }

    /// The change for people: `3,2 %`, with the decimals that it was decided with.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        format!("{} %", decimal_text(self.0, language))
    }

    /// The change behind a sign: ` + 3,2 %`, ` − 0,5 %`.
    pub(crate) fn added(self, language: Language) -> String {
        let sign = if self.0.is_sign_negative() { '−' } else { '+' };
        format!(" {sign} {}", Percent(self.0.abs()).text(language))
    }
}

impl Part {
    /// The whole.
    pub const WHOLE: Part = Part(Decimal::ONE_HUNDRED);

    /// The part as a ratio: 90 % is 9/10.
    #[must_use]
    pub fn ratio(self) -> Ratio {
        of_hundred(self.0)
    }

    /// The part for people: `90 %`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        format!("{} %", decimal_text(self.0, language))
    }
}

/// A percentage is a Decimal of at most four decimals below a thousand and one: its hundredth cannot overflow.
fn of_hundred(percent: Decimal) -> Ratio {
    Ratio::from_decimal(percent).over(Ratio::whole(100)).unwrap_or(Ratio::ZERO)
}

impl Ratio {
    /// The ratio in percent with at most four decimals, for a message: `95 %`.
    pub(crate) fn percent_text(self) -> String {
        let millionths = self.times(Ratio::whole(1_000_000)).and_then(|ratio| ratio.nearest_multiple(1));
        millionths.map_or_else(
            |_| String::from("too much"),
            |parts| format!("{} %", Decimal::new(parts, 4).normalize()),
        )
    }
}

impl FromStr for Percent {
    type Err = Error;

    fn from_str(text: &str) -> Result<Percent, Error> {
        number(text)
            .filter(|change| *change > -Decimal::ONE_HUNDRED && *change <= Decimal::ONE_THOUSAND)
            .map(Percent)
            .ok_or_else(|| Error::PercentMustBeAChange { text: text.to_owned() })
    }
}

impl FromStr for Part {
    type Err = Error;

    fn from_str(text: &str) -> Result<Part, Error> {
        number(text)
            .filter(|part| *part > Decimal::ZERO && *part <= Decimal::ONE_HUNDRED)
            .map(Part)
            .ok_or_else(|| Error::PartMustBeWithinTheWhole { text: text.to_owned() })
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

crate::read_as_written!(Percent, Part);

#[cfg(test)]
mod tests {
    use super::*;

    /// The edges of both ranges, three rows each; and what is not written with its sign.
    #[test]
    fn a_percentage_keeps_its_range_and_its_sign() {
        for (text, is_change, is_part) in [
            ("-100 %", false, false),
            ("-99,9999 %", true, false),
            ("0 %", true, false),
            ("0,0001 %", true, true),
            ("100 %", true, true),
            ("100,0001%", true, false),
            ("1 000 %", true, false),
            ("1000,0001 %", false, false),
            ("0,00001 %", false, false),
            ("2,0", false, false),
            ("0,90", false, false),
            ("två %", false, false),
            ("%", false, false),
        ] {
            assert_eq!(text.parse::<Percent>().is_ok(), is_change, "{text}");
            assert_eq!(text.parse::<Part>().is_ok(), is_part, "{text}");
        }
    }

    #[test]
    fn a_percentage_reads_what_it_writes() {
        for text in ["2.0 %", "-0.5 %", "100 %", "33.3333 %"] {
            assert_eq!(text.parse::<Percent>().unwrap().to_string(), text);
        }
        assert_eq!("-0,5 %".parse::<Percent>().unwrap().added(Language::Swedish), " − 0,5 %");
        assert_eq!("1,0 %".parse::<Percent>().unwrap().added(Language::English), " + 1.0 %");
    }
}
