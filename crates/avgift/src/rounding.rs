//! Rounding: the only way from Exact to Sek.
//! Rule:    once, at the end; 50 öre and more go up (lag (1970:1029) 2 §), counted on the amount without its sign, so
//!          that a credit mirrors its invoice.
//! Units:   in, exact öre; out, whole öre that are a multiple of the step.
//! Errors:  AmountMustNotOverflow.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::language::Language;
use crate::money::{Exact, Sek};

/// The step that an amount is rounded to.
///
/// ```
/// use avgift::{Exact, Ratio, Rounding, Sek};
/// let half = Exact::from_ore_ratio(Ratio::new(150, 1)?);     // 1,50 kr
/// assert_eq!(Rounding::Krona.round(half)?, Sek::from_kronor(2)?);
/// assert_eq!(Rounding::Ore.round(half)?, Sek::from_ore(150));
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// To whole öre.
    Ore,
    /// To whole kronor: the statutory default.
    #[default]
    Krona,
    /// To whole tens of kronor.
    TenKronor,
    /// To whole hundreds of kronor.
    HundredKronor,
}

impl Rounding {
    /// The step in öre.
    #[must_use]
    pub const fn step_ore(self) -> i64 {
        match self {
            Rounding::Ore => 1,
            Rounding::Krona => 100,
            Rounding::TenKronor => 1_000,
            Rounding::HundredKronor => 10_000,
        }
    }

    /// The step for people: `till hela kronor`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        language.say(match self {
            Rounding::Ore => "to-whole-ore",
            Rounding::Krona => "to-whole-kronor",
            Rounding::TenKronor => "to-whole-tens",
            Rounding::HundredKronor => "to-whole-hundreds",
        })
    }

    /// The multiple of the step that is nearest; half a step goes away from zero.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn round(self, amount: Exact) -> Result<Sek, Error> {
        amount.ore_ratio().nearest_multiple(self.step_ore()).map(Sek::from_ore)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ratio::Ratio;

    fn rounded(rounding: Rounding, numerator: i128, denominator: i128) -> i64 {
        rounding.round(Exact::from_ore_ratio(Ratio::new(numerator, denominator).unwrap())).unwrap().ore()
    }

    /// Lag (1970:1029) 2 §: 1 to 49 öre are dropped, 50 to 99 öre become a krona.
    #[test]
    fn fifty_ore_and_more_go_up() {
        assert_eq!(rounded(Rounding::Krona, 149, 1), 100);
        assert_eq!(rounded(Rounding::Krona, 150, 1), 200);
        assert_eq!(rounded(Rounding::Krona, 151, 1), 200);
        assert_eq!(rounded(Rounding::Krona, -50, 1), -100);
    }

    #[test]
    fn a_hair_below_the_half_goes_down() {
        assert_eq!(rounded(Rounding::Krona, 149_999_999_999_999_999_999_999_999_999, 10_i128.pow(27)), 100);
        assert_eq!(rounded(Rounding::Ore, 1, 2), 1);
        assert_eq!(rounded(Rounding::HundredKronor, 4_999, 1), 0);
        assert_eq!(rounded(Rounding::HundredKronor, 5_000, 1), 10_000);
        assert_eq!(rounded(Rounding::TenKronor, 1_499, 1), 1_000);
    }
}
