//! Account: an account as a bank names it, and those that are ours.
//! Rule:    two accounts are the same where their numbers are, without spaces and hyphens, under the same scheme. An IBAN of
//!          ours keeps its form and its check digits (ISO 13616: modulo 97 it leaves 1).
//! Example: SE45 5000 0000 0583 9825 7466, the example of the Swedish IBAN in the register.
//! Errors:  IbanMustHaveItsForm, IbanMustPassItsCheck.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use avgift_invoice::BankgiroNumber;
use serde::{Serialize, Serializer};

use crate::error::Error;

/// What kind of number names an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// An IBAN.
    Iban,
    /// A bankgiro number (BGNR).
    Bankgiro,
    /// A plusgiro number (PGNR).
    Plusgiro,
    /// A number of the bank's own (BBAN), or of a scheme that is not named.
    Number,
    /// Another scheme, by its name in the file.
    #[serde(untagged)]
    Other(String),
}

/// An account as a bank names it: nothing is checked in it, since it is compared and never paid to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Account {
    scheme: Scheme,
    number: String,
}

impl Account {
    /// An account under a scheme; spaces and hyphens are taken out of the number, and letters made capitals.
    #[must_use]
    pub fn new(scheme: Scheme, number: &str) -> Account {
        Account { scheme, number: bare(number) }
    }

    /// The scheme.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// The number, without spaces and hyphens.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.number)
    }
}

impl From<BankgiroNumber> for Account {
    fn from(number: BankgiroNumber) -> Account {
        Account { scheme: Scheme::Bankgiro, number: number.digits() }
    }
}

impl From<&Iban> for Account {
    fn from(iban: &Iban) -> Account {
        Account { scheme: Scheme::Iban, number: iban.0.clone() }
    }
}

fn bare(number: &str) -> String {
    number
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

/// An IBAN with right check digits.
///
/// ```
/// use avgift_camt::Iban;
/// let iban: Iban = "SE45 5000 0000 0583 9825 7466".parse()?;
/// assert_eq!(iban.to_string(), "SE4550000000058398257466");
/// assert!("SE46 5000 0000 0583 9825 7466".parse::<Iban>().is_err());
/// # Ok::<(), avgift_camt::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iban(String);

impl FromStr for Iban {
    type Err = Error;

    /// Reads it with or without spaces; a Swedish one has 24 characters, another 15 to 34.
    fn from_str(text: &str) -> Result<Iban, Error> {
        let iban = bare(text);
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

/// The accounts that members pay to. A file of any other account is refused.
///
/// ```
/// use avgift_camt::{Account, OurAccounts, Scheme};
/// let ours = OurAccounts::new().with("991-2346".parse::<avgift_invoice::BankgiroNumber>()?);
/// assert!(ours.hold(&Account::new(Scheme::Bankgiro, "991-2346")));
/// assert!(!ours.hold(&Account::new(Scheme::Iban, "SE4550000000058398257466")));
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OurAccounts {
    accounts: BTreeSet<Account>,
}

impl OurAccounts {
    /// None yet.
    #[must_use]
    pub fn new() -> OurAccounts {
        OurAccounts::default()
    }

    /// These and one more.
    #[must_use]
    pub fn with(mut self, account: impl Into<Account>) -> OurAccounts {
        self.accounts.insert(account.into());
        self
    }

    /// Whether an account is one of these. Where the file names no scheme, or the bank's own, the number alone decides.
    #[must_use]
    pub fn hold(&self, account: &Account) -> bool {
        match account.scheme {
            Scheme::Number => self.accounts.iter().any(|ours| ours.number == account.number),
            _ => self.accounts.contains(account),
        }
    }

    /// The accounts, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter()
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

    /// A plusgiro number with the digits of our bankgiro number is somebody else's account.
    #[test]
    fn an_account_is_ours_by_number_and_scheme() {
        let ours = OurAccounts::new().with("991-2346".parse::<BankgiroNumber>().unwrap());
        assert!(ours.hold(&Account::new(Scheme::Number, "991-2346")));
        assert!(!ours.hold(&Account::new(Scheme::Plusgiro, "9912346")));
        assert!(!ours.hold(&Account::new(Scheme::Other("XYZ".to_owned()), "9912346")));
        assert!(!OurAccounts::new().hold(&Account::new(Scheme::Number, "")));
    }
}
