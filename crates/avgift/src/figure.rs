//! Figure: an economic figure of a member, such as its tax base (skatteunderlag), which a fee may rest on.
//! Units:  kronor, or whatever the network shares by. Range: 0 to a million billion, six decimals.
//! Errors: FigureMustBeANumber.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::calendar::FeeYear;
use crate::error::Error;
use crate::language::Language;
use crate::money::Exact;
use crate::number::{decimal_text, parse_decimal};
use crate::origin::Sourced;
use crate::ratio::Ratio;

/// A figure of a member, never negative.
///
/// ```
/// use avgift::{Figure, Language};
/// let figure: Figure = "6 891 204 300".parse()?;
/// assert_eq!(figure.text(Language::Swedish), "6 891 204 300");
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Figure(Decimal);

impl Figure {
    /// The figure as a ratio.
    #[must_use]
    pub fn ratio(self) -> Ratio {
        Ratio::from_decimal(self.0)
    }

    /// The figure as kronor.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn exact(self) -> Result<Exact, Error> {
        self.ratio().times(Ratio::whole(100)).map(Exact::from_ore_ratio)
    }

    /// The figure for people.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        decimal_text(self.0.normalize(), language)
    }
}

impl FromStr for Figure {
    type Err = Error;

    fn from_str(text: &str) -> Result<Figure, Error> {
        let refused = || Error::FigureMustBeANumber { text: text.to_owned() };
        let value = parse_decimal(text).ok_or_else(refused)?.normalize();
        let in_range = !value.is_sign_negative()
            && value <= Decimal::from(1_000_000_000_000_000_i64)
            && value.scale() <= 6;
        if in_range { Ok(Figure(value)) } else { Err(refused()) }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A figure of a member that a fee year rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberFigure {
    /// What it is called: `skatteunderlag`.
    pub name: String,
    /// The fee year that it is used for.
    pub year: FeeYear,
    /// The figure.
    pub value: Sourced<Figure>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_number_from_nothing_up() {
        for text in ["0", "6 891 204 300", "12,345678", "1000000000000000"] {
            let figure: Figure = text.parse().unwrap();
            assert_eq!(figure.to_string().parse::<Figure>().unwrap(), figure);
        }
        for text in ["-1", "", "x", "0,0000001", "1000000000000001"] {
            assert!(text.parse::<Figure>().is_err(), "{text}");
        }
    }
}
