//! Iban: the international number of an account that members pay to.
//! Rule:    ISO 13616: two letters of the country, two check digits, the account; modulo 97 it leaves 1.
//! Example: SE45 5000 0000 0583 9825 7466, the example of the Swedish IBAN in the register.
//! Errors:  IbanMustHaveItsForm, IbanMustPassItsCheck.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::error::Error;

/// An IBAN with right check digits.
///
/// ```
/// use avgift_invoice::Iban;
/// let iban: Iban = "SE45 5000 0000 0583 9825 7466".parse()?;
/// assert_eq!(iban.to_string(), "SE4550000000058398257466");
/// assert!("SE46 5000 0000 0583 9825 7466".parse::<Iban>().is_err());
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iban(String);

impl Iban {
    /// The letters and digits without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Iban {
    type Err = Error;

    /// Reads it with or without spaces; a Swedish one has 24 characters, another 15 to 34.
    fn from_str(text: &str) -> Result<Iban, Error> {
        let iban: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let is_of_form = iban.bytes().enumerate().all(|(at, byte)| match at {
            0 | 1 => byte.is_ascii_uppercase(),
            2 | 3 => byte.is_ascii_digit(),
            _ => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        });
        let lengths = if iban.starts_with("SE") { 24..=24 } else { 15..=34 };
        if !is_of_form || !lengths.contains(&iban.len()) {
            return Err(Error::IbanMustHaveItsForm { text: text.to_owned() });
        }
        if remainder(&iban) != 1 {
            return Err(Error::IbanMustPassItsCheck { text: text.to_owned() });
        }
        Ok(Iban(iban))
    }
}

/// The number that is left modulo 97 where the first four characters stand last and a letter is 10 to 35.
fn remainder(iban: &str) -> u32 {
    let turned = iban.chars().cycle().skip(4).take(iban.len());
    turned.filter_map(|letter| letter.to_digit(36)).fold(0, |rest, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    })
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Iban {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SE45…7466: 50000000058398257466 and S E 4 5 as 28 14 45. One digit off, or two swapped, leaves another rest.
    #[test]
    fn an_iban_keeps_its_form_and_its_check() {
        for text in ["SE4550000000058398257466", "se45 5000 0000 0583 9825 7466", "NO9386011117947"] {
            assert!(text.parse::<Iban>().is_ok(), "{text}");
        }
        for text in
            ["", "SE455000000005839825746", "SE45500000000583982574660", "4550000000058398257466SE", "SEÅÄ"]
        {
            assert_eq!(text.parse::<Iban>(), Err(Error::IbanMustHaveItsForm { text: text.to_owned() }));
        }
        for text in ["SE4550000000058398257467", "SE4550000000053898257466", "SE5450000000058398257466"] {
            assert_eq!(text.parse::<Iban>(), Err(Error::IbanMustPassItsCheck { text: text.to_owned() }));
        }
    }
}
