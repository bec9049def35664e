//! Instalment (delbetalning): when each is issued and due, and which of them a document is.
//! Rule:    each instalment is an invoice with a number and a due date of its own. It is drawn up for its day of issue where
//!          it has one that is later, and no later than its due date.
//! Errors:  InstalmentsMustBeSeveral, PortionsMustSumToTheWhole of the core.

use avgift::{Instalments, Language, NaiveDate, Portion, Rounding, Sek, Sourced};
use serde::{Deserialize, Serialize};

/// One instalment, as it was decided for a fee year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalmentRow {
    /// How much of the fee; none where all are equal.
    pub share: Option<Sourced<Portion>>,
    /// The day before which it is not issued.
    pub issue: Option<NaiveDate>,
    /// The day that it is due.
    pub due: NaiveDate,
}

impl InstalmentRow {
    /// The day that a draft bears which is made on `day`: not before its day of issue, and not after it is due.
    #[must_use]
    pub fn drawn_up_on(&self, day: NaiveDate) -> NaiveDate {
        self.issue.map_or(day, |issue| day.max(issue)).min(self.due)
    }
}

/// The instalments of a fee year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Schedule {
    instalments: Instalments,
    rows: Vec<InstalmentRow>,
}

impl Schedule {
    /// Where some have a share, those without have none of the whole.
    pub(crate) fn new(rows: Vec<InstalmentRow>) -> Result<Schedule, avgift::Error> {
        let instalments = if rows.iter().all(|row| row.share.is_none()) {
            Instalments::equal(rows.len())?
        } else {
            let nothing = || "0 %".parse::<Portion>().map(Sourced::from);
            let share = |row: &InstalmentRow| row.share.clone().map_or_else(nothing, Ok);
            Instalments::shares(&rows.iter().map(share).collect::<Result<Vec<_>, _>>()?)?
        };
        Ok(Schedule { instalments, rows })
    }

    /// Each of them, with its days.
    pub(crate) fn each(&self) -> Vec<Option<(InstalmentOf, InstalmentRow)>> {
        let of = |(number, row): (usize, &InstalmentRow)| {
            Some((InstalmentOf { number, of: self.instalments.clone() }, row.clone()))
        };
        (1..).zip(&self.rows).map(of).collect()
    }
}

/// Which instalment a document is, and of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalmentOf {
    /// Its number, from 1.
    pub number: usize,
    /// All of them.
    pub of: Instalments,
}

impl InstalmentOf {
    /// What this one is of an amount; one that there is not is nothing.
    pub(crate) fn amount(&self, amount: Sek, step: Rounding) -> Result<Sek, avgift::Error> {
        let amounts = self.of.divide(amount, step)?;
        Ok(self.place().and_then(|place| amounts.get(place)).copied().unwrap_or_default())
    }

    pub(crate) fn is_one_of_them(&self) -> bool {
        (1..=self.of.count()).contains(&self.number)
    }

    fn place(&self) -> Option<usize> {
        self.number.checked_sub(1)
    }

    /// `Delbetalning 1 av 2`, with its share where they are not equal.
    pub(crate) fn text(&self, language: Language) -> String {
        let (number, count) = (self.number.to_string(), self.of.count().to_string());
        match self.place().and_then(|place| self.of.stated(place)) {
            None => language.tell("instalment-of", &[("number", &number), ("count", &count)]),
            Some(share) => {
                let share = share.text(language);
                language
                    .tell("instalment-share", &[("number", &number), ("count", &count), ("share", &share)])
            }
        }
    }

    /// The words of how the whole is divided.
    pub(crate) fn division_words(&self) -> Vec<String> {
        let count = self.of.count();
        let shares = (0..count).filter_map(|place| self.of.stated(place)).map(|share| share.to_string());
        ["instalments".to_owned(), count.to_string()].into_iter().chain(shares).collect()
    }
}
