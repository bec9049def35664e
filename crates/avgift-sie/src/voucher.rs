//! Voucher (verifikation): rows that sum to nothing, or no voucher.
//! Rule:    debit is positive, credit negative (#TRANS); a voucher has a row at least, and its rows sum to 0,00.
//! Units:   whole öre. Errors: VoucherMustBalance, VoucherMustHaveRows, SeriesMustBeLettersOrDigits, AmountMustNotOverflow.
//! Not here: the number of a voucher: the ledger gives it, and the file leaves it empty (see `file`).

use std::fmt;
use std::str::FromStr;

use avgift::{NaiveDate, Sek};

use crate::accounts::Account;
use crate::error::Error;
use crate::object::Object;
use crate::pc8::Pc8Text;

/// The series of a voucher (serie): one to ten letters or digits of ASCII. Choose one that the ledger does not use for its
/// own vouchers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series(String);

impl Series {
    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Series {
    type Err = Error;

    fn from_str(text: &str) -> Result<Series, Error> {
        if (1..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            Ok(Series(text.to_owned()))
        } else {
            Err(Error::SeriesMustBeLettersOrDigits { text: text.to_owned() })
        }
    }
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A row of a voucher (transaktion).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The account.
    pub account: Account,
    /// The amount: debit is positive, credit negative.
    pub amount: Sek,
    /// The objects it is followed up by.
    pub objects: Vec<Object>,
    /// What it is for.
    pub text: Pc8Text,
}

impl Row {
    /// A row without objects; the text is cut after 50 characters.
    #[must_use]
    pub fn new(account: Account, amount: Sek, text: &str) -> Row {
        Row { account, amount, objects: Vec::new(), text: Pc8Text::cut(text) }
    }
}

/// A voucher that balances.
///
/// ```
/// use avgift_sie::{Account, Row, Voucher};
/// let day: avgift::NaiveDate = "2024-02-14".parse().expect("a day");
/// let paid = Row::new(Account::new("1930", "Bank")?, "100 kr".parse()?, "");
/// let owed = Row::new(Account::new("1510", "Kundfordringar")?, "-99 kr".parse()?, "Faktura 20240001");
/// let refused = Voucher::new("I".parse()?, day, "Inbetalning Ale kommun", vec![paid, owed]).unwrap_err();
/// assert_eq!(refused.to_string(), "the voucher `Inbetalning Ale kommun` of 2024-02-14 is 1.00 kr off");
/// # Ok::<(), avgift_sie::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    series: Series,
    date: NaiveDate,
    text: Pc8Text,
    rows: Vec<Row>,
}

impl Voucher {
    /// A voucher; the text is cut after 50 characters.
    ///
    /// # Errors
    /// `VoucherMustHaveRows`, `VoucherMustBalance`, `AmountMustNotOverflow`.
    pub fn new(series: Series, date: NaiveDate, text: &str, rows: Vec<Row>) -> Result<Voucher, Error> {
        let text = Pc8Text::cut(text);
        if rows.is_empty() {
            return Err(Error::VoucherMustHaveRows { date, text: text.to_string() });
        }
        let off = Sek::sum(rows.iter().map(|row| row.amount))?;
        if off != Sek::ZERO {
            return Err(Error::VoucherMustBalance { date, text: text.to_string(), off });
        }
        Ok(Voucher { series, date, text, rows })
    }

    /// The series.
    #[must_use]
    pub const fn series(&self) -> &Series {
        &self.series
    }

    /// The day of the event.
    #[must_use]
    pub const fn date(&self) -> NaiveDate {
        self.date
    }

    /// What it is for.
    #[must_use]
    pub const fn text(&self) -> &Pc8Text {
        &self.text
    }

    /// The rows, which sum to nothing.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voucher(amounts: &[i64]) -> Result<Voucher, Error> {
        let account = Account::new("1510", "Kundfordringar").unwrap();
        let row = |ore: &i64| Row::new(account.clone(), Sek::from_ore(*ore), "");
        let rows = amounts.iter().map(row).collect();
        Voucher::new("F".parse().unwrap(), "2024-01-15".parse().unwrap(), "Prov", rows)
    }

    /// One öre below, at and above.
    #[test]
    fn a_voucher_balances_or_does_not_exist() {
        let code = |amounts: &[i64]| voucher(amounts).unwrap_err().code();
        assert_eq!(code(&[100, -99]), "voucher-must-balance");
        assert!(voucher(&[100, -100]).is_ok());
        assert_eq!(code(&[100, -101]), "voucher-must-balance");
        assert_eq!(code(&[]), "voucher-must-have-rows");
        assert_eq!(code(&[i64::MAX, 1]), "amount-must-not-overflow");
    }

    #[test]
    fn a_series_is_letters_or_digits() {
        for text in ["F", "AV", "2024", "ABCDEFGHIJ"] {
            assert_eq!(text.parse::<Series>().unwrap().as_str(), text);
        }
        for text in ["", "Å", "F 1", "\"", "ABCDEFGHIJK"] {
            assert!(text.parse::<Series>().is_err(), "{text}");
        }
    }
}
