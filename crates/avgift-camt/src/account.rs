//! Account: an account as a bank names it, and those that are ours.
//! Rule:    two accounts are the same where their numbers are, without spaces and hyphens, under the same scheme.

use std::collections::BTreeSet;
use std::fmt;

use avgift_invoice::{BankgiroNumber, Iban};
use serde::Serialize;

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
        Account { scheme: Scheme::Iban, number: iban.as_str().to_owned() }
    }
}

fn bare(number: &str) -> String {
    number
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
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
