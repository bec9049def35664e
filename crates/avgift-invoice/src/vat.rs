//! VAT (moms): how a fee stands to it. The network decides, never the program; there is no default.
//! Rule:    a fee that buys something carries 25, 12 or 6 % (SE-R-006); one that ML 10 kap. exempts carries nothing and
//!          says why; one without a supply lies outside the scope of VAT, and its invoice holds nothing else (BR-O-11).
//! Errors:  VatRateMustBeSwedish, ExemptionCodeMustBeKnown.

use std::fmt;
use std::str::FromStr;

use avgift::{Exact, Ratio, Rounding, Sek};
use serde::{Deserialize, Serialize, Serializer};

use crate::error::Error;
use crate::text::Text;

/// A VAT rate of Sweden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VatRate {
    /// 6 %.
    Six,
    /// 12 %.
    Twelve,
    /// 25 %, the standard rate.
    TwentyFive,
}

impl VatRate {
    /// The rate in percent.
    #[must_use]
    pub const fn percent(self) -> u8 {
        match self {
            VatRate::Six => 6,
            VatRate::Twelve => 12,
            VatRate::TwentyFive => 25,
        }
    }
}

impl FromStr for VatRate {
    type Err = Error;

    /// Reads `25`, `12` and `6`, also with `%` after them.
    fn from_str(text: &str) -> Result<VatRate, Error> {
        match text.strip_suffix('%').unwrap_or(text).trim_end() {
            "6" => Ok(VatRate::Six),
            "12" => Ok(VatRate::Twelve),
            "25" => Ok(VatRate::TwentyFive),
            _ => Err(Error::VatRateMustBeSwedish { text: text.to_owned() }),
        }
    }
}

impl fmt::Display for VatRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.percent().to_string())
    }
}

impl Serialize for VatRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The reasons for exemption with a code that can hold within Sweden (VATEX list, BT-121).
pub(crate) const EXEMPTION_CODES: &[&str] = &[
    "VATEX-EU-132",
    "VATEX-EU-132-1A",
    "VATEX-EU-132-1B",
    "VATEX-EU-132-1C",
    "VATEX-EU-132-1D",
    "VATEX-EU-132-1E",
    "VATEX-EU-132-1F",
    "VATEX-EU-132-1G",
    "VATEX-EU-132-1H",
    "VATEX-EU-132-1I",
    "VATEX-EU-132-1J",
    "VATEX-EU-132-1K",
    "VATEX-EU-132-1L",
    "VATEX-EU-132-1M",
    "VATEX-EU-132-1N",
    "VATEX-EU-132-1O",
    "VATEX-EU-132-1P",
    "VATEX-EU-132-1Q",
];

/// The code of why a fee outside the scope of VAT carries none.
pub(crate) const OUTSIDE_SCOPE: &str = "VATEX-EU-O";

/// The code of a reason for exemption (BT-121): one of article 132, activities in the public interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ExemptionCode(&'static str);

impl ExemptionCode {
    /// The code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl FromStr for ExemptionCode {
    type Err = Error;

    fn from_str(text: &str) -> Result<ExemptionCode, Error> {
        let known = EXEMPTION_CODES.iter().find(|code| **code == text);
        known
            .map(|code| ExemptionCode(code))
            .ok_or_else(|| Error::ExemptionCodeMustBeKnown { text: text.to_owned() })
    }
}

/// How a fee stands to VAT.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VatTreatment {
    /// With VAT: the fee is the price of something.
    Standard(VatRate),
    /// Exempt (undantagen).
    Exempt {
        /// Why, as it is to stand on the invoice (BT-120).
        reason: Text,
        /// The code of the reason, where there is one (BT-121).
        code: Option<ExemptionCode>,
    },
    /// Outside the scope of VAT (utanför moms). Its code is always VATEX-EU-O.
    OutsideScope {
        /// Why, as it is to stand on the invoice (BT-120).
        reason: Text,
    },
}

/// The VAT category (BT-118, BT-151), by its code in UNCL 5305.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum VatCategory {
    /// With VAT.
    S,
    /// Exempt.
    E,
    /// Outside the scope of VAT.
    O,
}

impl VatCategory {
    /// The code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            VatCategory::S => "S",
            VatCategory::E => "E",
            VatCategory::O => "O",
        }
    }
}

impl VatTreatment {
    /// The category.
    #[must_use]
    pub const fn category(&self) -> VatCategory {
        match self {
            VatTreatment::Standard(_) => VatCategory::S,
            VatTreatment::Exempt { .. } => VatCategory::E,
            VatTreatment::OutsideScope { .. } => VatCategory::O,
        }
    }

    /// The rate in percent: 0 where exempt, none outside the scope (BR-E-05, BR-O-05).
    #[must_use]
    pub const fn percent(&self) -> Option<u8> {
        match self {
            VatTreatment::Standard(rate) => Some(rate.percent()),
            VatTreatment::Exempt { .. } => Some(0),
            VatTreatment::OutsideScope { .. } => None,
        }
    }

    /// Why there is no VAT.
    #[must_use]
    pub const fn reason(&self) -> Option<&Text> {
        match self {
            VatTreatment::Standard(_) => None,
            VatTreatment::Exempt { reason, .. } | VatTreatment::OutsideScope { reason } => Some(reason),
        }
    }

    /// The code of why there is no VAT.
    #[must_use]
    pub fn reason_code(&self) -> Option<&'static str> {
        match self {
            VatTreatment::Standard(_) => None,
            VatTreatment::Exempt { code, .. } => code.map(ExemptionCode::as_str),
            VatTreatment::OutsideScope { .. } => Some(OUTSIDE_SCOPE),
        }
    }

    /// The VAT on an amount: to the öre, halves up (BR-CO-17).
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn on(&self, amount: Sek) -> Result<Sek, avgift::Error> {
        let share = Ratio::new(i128::from(self.percent().unwrap_or(0)), 100)?;
        Rounding::Ore.round(Exact::from(amount).times(share)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sweden_has_three_rates() {
        for (text, percent) in [("25", 25), ("12 %", 12), ("6%", 6)] {
            assert_eq!(text.parse::<VatRate>().unwrap().percent(), percent);
        }
        for text in ["", "0", "24", "25,0", "25 % moms"] {
            assert_eq!(text.parse::<VatRate>(), Err(Error::VatRateMustBeSwedish { text: text.to_owned() }));
        }
    }

    /// 25 % of 0,02 kr is half an öre, and that goes up; of 0,01 kr it is a quarter.
    #[test]
    fn half_an_ore_of_vat_goes_up() {
        let vat = VatTreatment::Standard(VatRate::TwentyFive);
        assert_eq!(vat.on(Sek::from_ore(2)).unwrap(), Sek::from_ore(1));
        assert_eq!(vat.on(Sek::from_ore(1)).unwrap(), Sek::ZERO);
        assert_eq!(vat.on("77 480,25".parse().unwrap()).unwrap(), "19 370,06".parse().unwrap());
    }

    #[test]
    fn only_reasons_in_the_public_interest_have_a_code() {
        assert_eq!("VATEX-EU-132-1L".parse::<ExemptionCode>().unwrap().as_str(), "VATEX-EU-132-1L");
        for text in ["VATEX-EU-O", "VATEX-EU-G", "132-1L", ""] {
            assert!(text.parse::<ExemptionCode>().is_err(), "{text}");
        }
    }
}
