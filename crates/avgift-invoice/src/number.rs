//! Numbers that name a party: organisation number, VAT number, GLN.
//! Rule:    an organisation number is ten digits that pass Luhn, the third 2 or more: a personal identity number is
//!          refused. A VAT number is SE, the organisation number and 01. A GLN is 13 digits with GS1's check digit.
//! Errors:  OrganisationNumberMustBeTenDigits, OrganisationNumberMustPassLuhn, OrganisationNumberMustNotBePersonal,
//!          VatNumberMustBeSwedish, GlnMustBeThirteenDigits, GlnMustPassItsCheckDigit.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::error::Error;
use crate::luhn;

/// An organisation number (organisationsnummer).
///
/// ```
/// use avgift_invoice::OrganisationNumber;
/// let number: OrganisationNumber = "8024000013".parse()?;
/// assert_eq!(number.to_string(), "802400-0013");
/// assert_eq!(number.digits(), "8024000013");
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationNumber(u64);

impl OrganisationNumber {
    /// The ten digits without the hyphen, as UBL and Peppol want them.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{:010}", self.0)
    }
}

impl FromStr for OrganisationNumber {
    type Err = Error;

    /// Reads `802400-0013` and `8024000013`.
    fn from_str(text: &str) -> Result<OrganisationNumber, Error> {
        let digits: String = match text.split_once('-') {
            Some((first, last)) if first.len() == 6 => [first, last].concat(),
            _ => text.to_owned(),
        };
        let (number, _) = luhn::read_digits(&digits, 10, 10)
            .ok_or_else(|| Error::OrganisationNumberMustBeTenDigits { text: text.to_owned() })?;
        if number / 10_u128.pow(7) % 10 < 2 {
            return Err(Error::OrganisationNumberMustNotBePersonal);
        }
        if !luhn::passes(number) {
            let expected = luhn::check_digit(number / 10);
            return Err(Error::OrganisationNumberMustPassLuhn { text: text.to_owned(), expected });
        }
        // Ten digits fit in 64 bits.
        u64::try_from(number)
            .map(OrganisationNumber)
            .map_err(|_| Error::OrganisationNumberMustBeTenDigits { text: text.to_owned() })
    }
}

impl fmt::Display for OrganisationNumber {
    /// With the hyphen: `802400-0013`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:06}-{:04}", self.0 / 10_000, self.0 % 10_000))
    }
}

impl Serialize for OrganisationNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A Swedish VAT number (momsregistreringsnummer): SE, the organisation number, 01.
///
/// ```
/// use avgift_invoice::VatNumber;
/// let number: VatNumber = "SE802400001301".parse()?;
/// assert_eq!(number.organisation_number().to_string(), "802400-0013");
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VatNumber(OrganisationNumber);

impl VatNumber {
    /// The VAT number that belongs to an organisation number; whether it is registered only its holder knows.
    #[must_use]
    pub const fn of(number: OrganisationNumber) -> VatNumber {
        VatNumber(number)
    }

    /// The organisation number within.
    #[must_use]
    pub const fn organisation_number(self) -> OrganisationNumber {
        self.0
    }
}

impl FromStr for VatNumber {
    type Err = Error;

    fn from_str(text: &str) -> Result<VatNumber, Error> {
        let number = text.strip_prefix("SE").and_then(|rest| rest.strip_suffix("01"));
        match number {
            // The parts of a VAT number are never written with a hyphen.
            Some(number) if number.len() == 10 => number.parse().map(VatNumber),
            _ => Err(Error::VatNumberMustBeSwedish { text: text.to_owned() }),
        }
    }
}

impl fmt::Display for VatNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("SE{}01", self.0.digits()))
    }
}

impl Serialize for VatNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A GLN (Global Location Number): 13 digits, the last GS1's check digit.
///
/// ```
/// use avgift_invoice::Gln;
/// assert!("6291041500214".parse::<Gln>().is_err());
/// assert_eq!("6291041500213".parse::<Gln>()?.to_string(), "6291041500213");
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gln(u64);

impl FromStr for Gln {
    type Err = Error;

    fn from_str(text: &str) -> Result<Gln, Error> {
        let refused = || Error::GlnMustBeThirteenDigits { text: text.to_owned() };
        let (number, _) = luhn::read_digits(text, 13, 13).ok_or_else(refused)?;
        let expected = luhn::gs1_check_digit(number / 10);
        if number % 10 != u128::from(expected) {
            return Err(Error::GlnMustPassItsCheckDigit { text: text.to_owned(), expected });
        }
        u64::try_from(number).map(Gln).map_err(|_| refused())
    }
}

impl fmt::Display for Gln {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:013}", self.0))
    }
}

impl Serialize for Gln {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

avgift::read_as_written!(OrganisationNumber, VatNumber, Gln);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code<T: FromStr<Err = Error> + fmt::Debug>(text: &str) -> &'static str {
        text.parse::<T>().unwrap_err().code()
    }

    #[test]
    fn an_organisation_number_is_ten_digits_with_or_without_a_hyphen() {
        let number: OrganisationNumber = "802400-0013".parse().unwrap();
        assert_eq!(number, "8024000013".parse().unwrap());
        for text in
            ["", "802400", "80240-00013", "16802400-0013", "802400 0013", "802400-00130", "802400--013"]
        {
            assert_eq!(code::<OrganisationNumber>(text), "organisation-number-must-be-ten-digits", "{text}");
        }
        assert_eq!(code::<OrganisationNumber>("802400-0014"), "organisation-number-must-pass-luhn");
    }

    /// The third digit of an organisation number is 2 or more; of a date of birth it is the month's 0 or 1.
    #[test]
    fn a_personal_identity_number_is_refused() {
        let personal = u64::from(luhn::check_digit(811_218_987)) + 8_112_189_870;
        assert_eq!(
            code::<OrganisationNumber>(&personal.to_string()),
            "organisation-number-must-not-be-personal"
        );
    }

    #[test]
    fn a_vat_number_is_se_the_organisation_number_and_01() {
        for text in ["802400001301", "SE8024000013", "SE802400001302", "se802400001301", "SE802400-001301"] {
            assert_eq!(code::<VatNumber>(text), "vat-number-must-be-swedish", "{text}");
        }
        assert_eq!(code::<VatNumber>("SE802400001401"), "organisation-number-must-pass-luhn");
    }

    #[test]
    fn a_gln_is_thirteen_digits() {
        assert_eq!(code::<Gln>("629104150021"), "gln-must-be-thirteen-digits");
        assert_eq!(code::<Gln>("6291041500214"), "gln-must-pass-its-check-digit");
    }

    proptest! {
        #[test]
        fn a_number_reads_what_it_writes(head in 0_u64..100, third in 2_u64..10, tail in 0_u64..1_000_000) {
            let stem = u128::from((head * 10 + third) * 1_000_000 + tail);
            let digits = format!("{stem:09}{}", luhn::check_digit(stem));
            let number: OrganisationNumber = digits.parse().unwrap();
            prop_assert_eq!(number.digits(), digits);
            prop_assert_eq!(number.to_string().parse::<OrganisationNumber>().unwrap(), number);
            let vat = VatNumber::of(number);
            prop_assert_eq!(vat.to_string().len(), 14);
            prop_assert_eq!(vat.to_string().parse::<VatNumber>().unwrap(), vat);
        }

        #[test]
        fn a_gln_reads_what_it_writes(stem in 0_u64..1_000_000_000_000) {
            let digits = format!("{stem:012}{}", luhn::gs1_check_digit(stem.into()));
            prop_assert_eq!(digits.parse::<Gln>().unwrap().to_string(), digits);
        }
    }
}
