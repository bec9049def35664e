//! Portion: a part of something in percent or per mille, as a board decides it: `17,5 %`, `0,1098 ‰`.
//! Units:  the number as decided, and what it is of: a hundred or a thousand. Range: 0 to ten times the whole, six decimals.
//! Errors: PortionMustBeInPercent. A bare number is refused: nobody can tell 0,5 from 0,5 %.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::error::Error;
use crate::language::Language;
use crate::number::{decimal_text, parse_decimal};
use crate::ratio::Ratio;

/// A part in percent or per mille, exact.
///
/// ```
/// use avgift::{Language, Portion, Ratio};
/// let portion: Portion = "0,1098 ‰".parse()?;
/// assert_eq!(portion.ratio(), Ratio::new(1_098, 10_000_000)?);
/// assert_eq!(portion.text(Language::Swedish), "0,1098 ‰");
/// assert!("0,5".parse::<Portion>().is_err());
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Portion {
    number: Decimal,
    of: Of,
}

/// What a portion is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Of {
    Hundred,
    Thousand,
}

impl Of {
    const fn sign(self) -> char {
        match self {
            Of::Hundred => '%',
            Of::Thousand => '‰',
        }
    }

    const fn count(self) -> i64 {
        match self {
            Of::Hundred => 100,
            Of::Thousand => 1_000,
        }
    }
}

impl Portion {
    /// The portion as a ratio.
    #[must_use]
    pub fn ratio(self) -> Ratio {
        // At most five digits and six decimals, so the quotient cannot overflow.
        Ratio::from_decimal(self.number).over(Ratio::whole(self.of.count())).unwrap_or(Ratio::ZERO)
    }

    /// The portion for people: `17,5 %`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        format!("{} {}", decimal_text(self.number.normalize(), language), self.of.sign())
    }
}

impl FromStr for Portion {
    type Err = Error;

    /// Reads `17,5 %`, `17.5%`, `0,1098 ‰`.
    fn from_str(text: &str) -> Result<Portion, Error> {
        let refused = || Error::PortionMustBeInPercent { text: text.to_owned() };
        let (number, of) = match (text.strip_suffix('%'), text.strip_suffix('‰')) {
            (Some(number), _) => (number, Of::Hundred),
            (None, Some(number)) => (number, Of::Thousand),
            (None, None) => return Err(refused()),
        };
        let number = number.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let number = parse_decimal(number).ok_or_else(refused)?.normalize();
        let in_range =
            !number.is_sign_negative() && number <= Decimal::from(10 * of.count()) && number.scale() <= 6;
        if in_range { Ok(Portion { number, of }) } else { Err(refused()) }
    }
}

impl fmt::Display for Portion {
    /// Plain, for files: `17.5 %`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.of.sign())
    }
}

impl Serialize for Portion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portion_names_what_it_is_of() {
        let ratio = |text: &str| text.parse::<Portion>().map(Portion::ratio);
        assert_eq!(ratio("17,5 %"), Ratio::new(175, 1000));
        assert_eq!(ratio("17.5%"), Ratio::new(175, 1000));
        assert_eq!(ratio("100 %"), Ok(Ratio::ONE));
        assert_eq!(ratio("0,1098 ‰"), Ratio::new(1098, 10_000_000));
        for text in ["17,5", "-1 %", "1001 %", "1,0000001 %", "%", "", "1 % %", "1e1 %"] {
            assert!(ratio(text).is_err(), "{text}");
        }
        assert_eq!(ratio("1000 %"), Ok(Ratio::whole(10)));
    }

    #[test]
    fn a_portion_reads_what_it_writes() {
        for text in ["17.5 %", "0.1098 ‰", "0 %", "1000 %"] {
            assert_eq!(text.parse::<Portion>().unwrap().to_string(), text);
        }
    }
}
