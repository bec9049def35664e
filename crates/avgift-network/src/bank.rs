//! Bank: `[agreement.payment]` of network.toml: the accounts that members pay to, and how far a payment may be off.
//! Rule:    a bank file names the bankgiro number, the account's IBAN, or a number of the bank's own; of each account that is
//!          ours it is said here, since a file of any other is refused.
//! Units:   the tolerance in whole öre, 0 to 99: a krona or more is a part of the fee.
//! Errors:  those of `settings`, the invoice's of bankgiro numbers and IBANs.

use std::str::FromStr;

use avgift::{Sek, Sourced};
use avgift_invoice::{BankgiroNumber, Iban};

use crate::settings::{Refusable, Section};

/// An account as a bank may name it.
///
/// ```
/// use avgift_network::BankAccount;
/// assert!(matches!("991-2346".parse()?, BankAccount::Bankgiro(_)));
/// assert!(matches!("SE45 5000 0000 0583 9825 7466".parse()?, BankAccount::Iban(_)));
/// assert!(matches!("5000 123 45 67".parse()?, BankAccount::Number(_)));
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BankAccount {
    /// A bankgiro number.
    Bankgiro(BankgiroNumber),
    /// An IBAN.
    Iban(Iban),
    /// A number of the bank's own, as it was written: digits, spaces, hyphens.
    Number(String),
}

impl FromStr for BankAccount {
    type Err = avgift_invoice::Error;

    /// An IBAN begins with two letters; a bankgiro number is seven or eight digits with a hyphen before the last four; what
    /// is left is the bank's own.
    fn from_str(text: &str) -> Result<BankAccount, avgift_invoice::Error> {
        let is_of = |allowed: &[u8]| {
            text.bytes().any(|byte| byte.is_ascii_digit())
                && text.bytes().all(|byte| byte.is_ascii_digit() || allowed.contains(&byte))
        };
        let is_bankgiro = is_of(b"-")
            && text.split_once('-').is_some_and(|(first, last)| {
                (3..=4).contains(&first.len()) && last.len() == 4 && !last.contains('-')
            });
        if is_bankgiro {
            text.parse().map(BankAccount::Bankgiro)
        } else if is_of(b" -") {
            Ok(BankAccount::Number(text.to_owned()))
        } else {
            text.parse().map(BankAccount::Iban)
        }
    }
}

/// The accounts that members pay to, and what a payment may be off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bank {
    /// The IBAN of the account.
    pub iban: Option<Sourced<Iban>>,
    /// More accounts that a bank file may name.
    pub accounts: Vec<Sourced<BankAccount>>,
    /// How much a payment may be off and still pay its invoice, 0,00 to 0,99 kr; without it nothing.
    pub tolerance: Option<Sourced<Sek>>,
}

/// The bank's part of the settings of payment.
pub(crate) fn read(section: &Section<'_, '_>) -> Bank {
    let account = |text: Sourced<String>| match text.value.parse() {
        Ok(value) => Some(Sourced { value, origin: text.origin }),
        Err(error) => {
            section.fault(Refusable::refused_at(&error as &avgift_invoice::Error, text.origin.as_ref()));
            None
        }
    };
    let accounts = section.has("accounts").then(|| section.texts("accounts")).flatten().unwrap_or_default();
    Bank {
        iban: section.parsed("iban"),
        accounts: accounts.into_iter().filter_map(account).collect(),
        tolerance: section.amount("tolerance", Sek::from_ore(99)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_told_by_its_form() {
        assert_eq!("991-2346".parse(), Ok(BankAccount::Bankgiro("9912346".parse().unwrap())));
        let iban = "SE45 5000 0000 0583 9825 7466";
        assert_eq!(iban.parse(), Ok(BankAccount::Iban(iban.parse().unwrap())));
        for text in ["5000 123 45 67", "6000-123456789", "12345-6", "9912346"] {
            assert_eq!(text.parse(), Ok(BankAccount::Number(text.to_owned())), "{text}");
        }
        let code = |text: &str| text.parse::<BankAccount>().unwrap_err().code();
        assert_eq!(code("991-2347"), "bankgiro-number-must-pass-luhn");
        assert_eq!(code("SE45 5000 0000 0583 9825 7467"), "iban-must-pass-its-check");
        for text in ["", "-", "konto 1", "１２３"] {
            assert_eq!(code(text), "iban-must-have-its-form", "{text}");
        }
    }
}
