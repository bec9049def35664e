//! Account: an account as a bank names it, and those that are ours.
//! Rule:    two accounts are the same where their numbers are, without spaces and hyphens, under the same scheme.

use std::collections::BTreeMap;
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

impl Account {
    /// Whether it may be the other: the same number, under the same scheme or under one that is not named.
    #[must_use]
    pub fn may_be(&self, other: &Account) -> bool {
        let is_named = |account: &Account| account.scheme != Scheme::Number;
        self.number == other.number && (self.scheme == other.scheme || !is_named(self) || !is_named(other))
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
///
/// A payment to a bankgiro number is told by a notification under that number, and by a statement under the account behind
/// it. Accounts that stand behind one another share a name, and the key of a payment holds the name:
///
/// ```
/// # use avgift_camt::{Account, OurAccounts, Scheme};
/// let bankgiro: avgift_invoice::BankgiroNumber = "991-2346".parse()?;
/// let iban: avgift_invoice::Iban = "SE45 5000 0000 0583 9825 7466".parse()?;
/// let ours = OurAccounts::new().with(bankgiro).with_named(&iban, &bankgiro.digits());
/// assert_eq!(ours.name_of(&Account::from(&iban)), "9912346");
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OurAccounts {
    /// Each account, and the name that it goes by in keys.
    accounts: BTreeMap<Account, String>,
}

impl OurAccounts {
    /// None yet.
    #[must_use]
    pub fn new() -> OurAccounts {
        OurAccounts::default()
    }

    /// These and one more, which goes by its number.
    #[must_use]
    pub fn with(self, account: impl Into<Account>) -> OurAccounts {
        let account = account.into();
        let name = account.number.clone();
        self.with_named(account, &name)
    }

    /// These and one more, which goes by a name that others may share. One that is here already keeps its name: keys that
    /// were recorded hold it.
    #[must_use]
    pub fn with_named(mut self, account: impl Into<Account>, name: &str) -> OurAccounts {
        self.accounts.entry(account.into()).or_insert_with(|| name.to_owned());
        self
    }

    /// Whether an account is one of these. Where the file names no scheme, or the bank's own, the number alone decides.
    #[must_use]
    pub fn hold(&self, account: &Account) -> bool {
        self.found(account).is_some()
    }

    /// The name of an account in keys: of one that is not here, its number.
    #[must_use]
    pub fn name_of<'a>(&'a self, account: &'a Account) -> &'a str {
        self.found(account).unwrap_or(&account.number)
    }

    fn found(&self, account: &Account) -> Option<&str> {
        let found = match account.scheme {
            Scheme::Number => self.accounts.iter().find(|(ours, _)| ours.number == account.number),
            _ => self.accounts.get_key_value(account),
        };
        found.map(|(_, name)| name.as_str())
    }

    /// The accounts, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Account> {
        self.accounts.keys()
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

    /// An agreement that is renewed names the account again; the keys of before must stay.
    #[test]
    fn an_account_keeps_the_first_name_it_was_given() {
        let account = Account::new(Scheme::Number, "5000 123");
        let ours = OurAccounts::new().with_named(account.clone(), "9912346").with_named(account.clone(), "1");
        assert_eq!(ours.name_of(&account), "9912346");
        assert_eq!(ours.name_of(&Account::new(Scheme::Iban, "SE1")), "SE1");
    }

    /// The journal keeps the number of a payer's account and not its scheme.
    #[test]
    fn an_account_without_a_scheme_may_be_any_of_its_number() {
        let account = |scheme| Account::new(scheme, "555-5555");
        assert!(account(Scheme::Bankgiro).may_be(&account(Scheme::Number)));
        assert!(account(Scheme::Number).may_be(&account(Scheme::Bankgiro)));
        assert!(!account(Scheme::Bankgiro).may_be(&account(Scheme::Plusgiro)));
        assert!(!account(Scheme::Bankgiro).may_be(&Account::new(Scheme::Bankgiro, "5555556")));
    }
}
