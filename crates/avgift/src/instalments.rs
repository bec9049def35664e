//! Instalments (delbetalningar): an amount that is paid in several, equal or in stated shares.
//! Rule:    each instalment is a whole number of steps, and they sum to the amount: down to a whole step, and one step more
//!          to those with the largest remainders, the earlier first where two are equal.
//! Units:   steps are those of the tariff's rounding.
//! Example: 10 215 kr in two is 5 108 and 5 107 kr.
//! Errors:  InstalmentsMustBeSeveral, PortionsMustSumToTheWhole, AmountMustNotOverflow.
//! Not here: when each is issued and due (see `avgift-invoice`).

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::money::{Exact, Sek};
use crate::origin::{Origin, Sourced};
use crate::portion::Portion;
use crate::ratio::Ratio;
use crate::rounding::Rounding;
use crate::total::apportion;

/// The most instalments of a fee: three years of months.
const MOST: usize = 36;

/// What each instalment is of the whole.
///
/// ```
/// use avgift::{Instalments, Rounding, Sek};
/// let amounts = Instalments::equal(2)?.divide("10 215".parse()?, Rounding::Krona)?;
/// assert_eq!(amounts, ["5 108".parse::<Sek>()?, "5 107".parse()?]);
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct Instalments(Written);

/// The shares as they are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Written {
    Equal(usize),
    Shares(Vec<Portion>),
}

impl From<Instalments> for Written {
    fn from(instalments: Instalments) -> Written {
        instalments.0
    }
}

impl TryFrom<Written> for Instalments {
    type Error = Error;

    fn try_from(written: Written) -> Result<Instalments, Error> {
        match written {
            Written::Equal(count) => Instalments::equal(count),
            Written::Shares(shares) => {
                Instalments::shares(&shares.into_iter().map(Sourced::from).collect::<Vec<_>>())
            }
        }
    }
}

impl Instalments {
    /// So many instalments of the same size: 2 to 36.
    ///
    /// # Errors
    /// `InstalmentsMustBeSeveral`.
    pub fn equal(count: usize) -> Result<Instalments, Error> {
        check_count(count)?;
        Ok(Instalments(Written::Equal(count)))
    }

    /// Instalments of these shares, which sum to the whole.
    ///
    /// # Errors
    /// `InstalmentsMustBeSeveral`, `PortionsMustSumToTheWhole`, `AmountMustNotOverflow`.
    pub fn shares(shares: &[Sourced<Portion>]) -> Result<Instalments, Error> {
        check_count(shares.len())?;
        let sum = shares.iter().map(|share| share.value.ratio()).try_fold(Ratio::ZERO, Ratio::plus)?;
        if sum != Ratio::ONE {
            let origins: Vec<Origin> = shares.iter().filter_map(|share| share.origin.clone()).collect();
            return Err(Error::PortionsMustSumToTheWhole { sum: Box::new(sum), origins });
        }
        Ok(Instalments(Written::Shares(shares.iter().map(|share| share.value).collect())))
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        match &self.0 {
            Written::Equal(count) => *count,
            Written::Shares(shares) => shares.len(),
        }
    }

    /// The share of an instalment, from 0, as it was decided; nothing where all are equal.
    #[must_use]
    pub fn stated(&self, place: usize) -> Option<Portion> {
        match &self.0 {
            Written::Equal(_) => None,
            Written::Shares(shares) => shares.get(place).copied(),
        }
    }

    /// The share of an instalment, from 0; nothing beyond the last.
    fn share(&self, place: usize) -> Result<Ratio, Error> {
        match &self.0 {
            Written::Equal(count) => {
                Ratio::new(1, i128::try_from(*count).map_err(|_| Error::AmountMustNotOverflow)?)
            }
            Written::Shares(shares) => Ok(shares.get(place).map_or(Ratio::ZERO, |share| share.ratio())),
        }
    }

    /// What each instalment of an amount comes to. An amount that is no whole number of steps is divided to the öre.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn divide(&self, amount: Sek, step: Rounding) -> Result<Vec<Sek>, Error> {
        let step = if amount.ore() % step.step_ore() == 0 { step } else { Rounding::Ore };
        let exact = |place| Ok((place, Exact::from(amount).times(self.share(place)?)?));
        let shares = (0..self.count()).map(exact).collect::<Result<Vec<_>, Error>>()?;
        let places = apportion(&shares, step)?;
        shares.into_iter().map(|(place, share)| places[&place].round(share)).collect()
    }
}

fn check_count(count: usize) -> Result<(), Error> {
    if (2..=MOST).contains(&count) { Ok(()) } else { Err(Error::InstalmentsMustBeSeveral { count }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(shares: &[&str]) -> Result<Instalments, Error> {
        let read = |share: &&str| share.parse::<Portion>().unwrap().into();
        Instalments::shares(&shares.iter().map(read).collect::<Vec<_>>())
    }

    fn divided(instalments: &Instalments, amount: &str, step: Rounding) -> Vec<String> {
        let amounts = instalments.divide(amount.parse().unwrap(), step).unwrap();
        amounts.iter().map(Sek::to_string).collect()
    }

    /// 100 in three: 33 and a third each, and the krona that is left goes to the first. In hundreds, 200 of them is 66,67 each:
    /// none, and two hundreds more, to the first two.
    #[test]
    fn what_is_left_goes_to_the_first() {
        let three = Instalments::equal(3).unwrap();
        assert_eq!(divided(&three, "99", Rounding::Krona), ["33.00", "33.00", "33.00"]);
        assert_eq!(divided(&three, "100", Rounding::Krona), ["34.00", "33.00", "33.00"]);
        assert_eq!(divided(&three, "101", Rounding::Krona), ["34.00", "34.00", "33.00"]);
        assert_eq!(divided(&three, "200", Rounding::HundredKronor), ["100.00", "100.00", "0.00"]);
        assert_eq!(divided(&three, "0", Rounding::Krona), ["0.00", "0.00", "0.00"]);
        assert_eq!(divided(&three, "100,01", Rounding::Krona), ["33.34", "33.34", "33.33"]);
    }

    /// 40 % of 1 001 is 400,40, 60 % is 600,60: the larger remainder gets the krona.
    #[test]
    fn stated_shares_go_by_the_largest_remainder() {
        let two = stated(&["40 %", "60 %"]).unwrap();
        assert_eq!(divided(&two, "1 001", Rounding::Krona), ["400.00", "601.00"]);
        assert_eq!(divided(&two, "1 000", Rounding::Krona), ["400.00", "600.00"]);
    }

    #[test]
    fn shares_sum_to_the_whole_and_are_several() {
        let code = |shares: &[&str]| stated(shares).unwrap_err().code();
        assert_eq!(code(&["50 %", "49 %"]), "portions-must-sum-to-the-whole");
        assert_eq!(code(&["50 %", "51 %"]), "portions-must-sum-to-the-whole");
        assert_eq!(code(&["100 %"]), "instalments-must-be-several");
        for (count, is_right) in [(0, false), (1, false), (2, true), (36, true), (37, false)] {
            assert_eq!(Instalments::equal(count).is_ok(), is_right, "{count}");
        }
    }
}
