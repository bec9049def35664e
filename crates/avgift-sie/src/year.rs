//! Financial year (räkenskapsår): from a day to a day, broken or not. A file holds the vouchers of one.
//! Rule:    twelve months, by the month that the year begins in; a first year or one in which that month is changed is
//!          shorter or longer, and at most 18 months (BFL 3 kap. 3 §). Such a year is listed by its days.
//! Errors:  FinancialYearMustBeAtMostEighteenMonths, FinancialYearMustBeListed, MonthMustBeAMonth.

use std::fmt;

use avgift::{Month, NaiveDate, Period};
use chrono::{Datelike, Days, Months};

use crate::error::Error;

/// A financial year; both days belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear {
    start: NaiveDate,
    end: NaiveDate,
}

impl FinancialYear {
    /// A year from a day to a day.
    ///
    /// # Errors
    /// `FinancialYearMustBeAtMostEighteenMonths`, also for one that ends before it starts.
    pub fn new(start: NaiveDate, end: NaiveDate) -> Result<FinancialYear, Error> {
        let limit = start.checked_add_months(Months::new(18));
        if end <= start || limit.is_some_and(|limit| end >= limit) {
            return Err(Error::FinancialYearMustBeAtMostEighteenMonths { start, end });
        }
        Ok(FinancialYear { start, end })
    }

    /// The first day.
    #[must_use]
    pub const fn start(self) -> NaiveDate {
        self.start
    }

    /// The last day.
    #[must_use]
    pub const fn end(self) -> NaiveDate {
        self.end
    }

    /// Whether a day lies in the year.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.start <= day && day <= self.end
    }

    fn overlaps(self, other: FinancialYear) -> bool {
        let period = |year: FinancialYear| Period { from: Some(year.start), to: Some(year.end) };
        period(self).overlaps(period(other))
    }
}

impl fmt::Display for FinancialYear {
    /// `2024-07-01 to 2025-06-30`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.start, self.end)
    }
}

/// The financial years of a company: the month that a year begins in, and the years of another length.
///
/// ```
/// use avgift_sie::FinancialYears;
/// let day = |text: &str| text.parse::<avgift::NaiveDate>().expect("a day");
/// let broken = FinancialYears::beginning_in(7)?;
/// assert_eq!(broken.of(day("2025-06-30"))?.to_string(), "2024-07-01 to 2025-06-30");
/// assert_eq!(broken.of(day("2025-07-01"))?.to_string(), "2025-07-01 to 2026-06-30");
/// # Ok::<(), avgift_sie::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinancialYears {
    first_month: Month,
    listed: Vec<FinancialYear>,
}

impl Default for FinancialYears {
    /// Calendar years.
    fn default() -> FinancialYears {
        FinancialYears::beginning_in(1).expect("January is a month")
    }
}

impl FinancialYears {
    /// Years of twelve months that begin on the first day of month 1 to 12.
    ///
    /// # Errors
    /// `MonthMustBeAMonth`.
    pub fn beginning_in(month: u32) -> Result<FinancialYears, Error> {
        let first_month = Month::new(2001, month)?; // Any year: only the month is kept.
        Ok(FinancialYears { first_month, listed: Vec::new() })
    }

    /// Lists a year that is shorter or longer, or begins in another month.
    ///
    /// # Errors
    /// `FinancialYearMustBeListed` where it overlaps another that is listed.
    pub fn listing(mut self, year: FinancialYear) -> Result<FinancialYears, Error> {
        if let Some(other) = self.listed.iter().find(|other| other.overlaps(year)) {
            return Err(Error::FinancialYearMustBeListed { day: year.start, year, listed: *other });
        }
        self.listed.push(year);
        Ok(self)
    }

    /// The financial year that a day lies in.
    ///
    /// # Errors
    /// `FinancialYearMustBeListed` where twelve months would reach into a year that is listed.
    pub fn of(&self, day: NaiveDate) -> Result<FinancialYear, Error> {
        if let Some(year) = self.listed.iter().find(|year| year.contains(day)) {
            return Ok(*year);
        }
        let months_in = (day.month() + 12 - self.first_month.month()) % 12;
        let year = day
            .with_day(1)
            .and_then(|first| first.checked_sub_months(Months::new(months_in)))
            .and_then(|start| Some((start, start.checked_add_months(Months::new(12))?)))
            .and_then(|(start, next)| {
                Some(FinancialYear { start, end: next.checked_sub_days(Days::new(1))? })
            })
            .ok_or(avgift::Error::YearMustBeInRange { text: day.year().to_string() })?;
        match self.listed.iter().find(|listed| listed.overlaps(year)) {
            Some(listed) => Err(Error::FinancialYearMustBeListed { day, year, listed: *listed }),
            None => Ok(year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn year(start: &str, end: &str) -> FinancialYear {
        FinancialYear::new(day(start), day(end)).unwrap()
    }

    #[test]
    fn a_year_has_twelve_months_from_the_month_that_it_begins_in() {
        let calendar = FinancialYears::default();
        assert_eq!(calendar.of(day("2024-01-01")), Ok(year("2024-01-01", "2024-12-31")));
        assert_eq!(calendar.of(day("2024-12-31")), Ok(year("2024-01-01", "2024-12-31")));
        let broken = FinancialYears::beginning_in(3).unwrap();
        assert_eq!(broken.of(day("2024-02-29")), Ok(year("2023-03-01", "2024-02-29")));
        assert_eq!(broken.of(day("2024-03-01")), Ok(year("2024-03-01", "2025-02-28")));
        for month in [0, 13] {
            assert_eq!(FinancialYears::beginning_in(month).unwrap_err().code(), "month-must-be-a-month");
        }
    }

    /// 18 months to the day, and one more.
    #[test]
    fn a_year_is_at_most_eighteen_months() {
        assert!(FinancialYear::new(day("2025-07-01"), day("2026-12-31")).is_ok());
        for end in ["2027-01-01", "2025-07-01", "2025-06-30"] {
            let refused = FinancialYear::new(day("2025-07-01"), day(end)).unwrap_err();
            assert_eq!(refused.code(), "financial-year-must-be-at-most-eighteen-months");
        }
    }

    /// From July to January by one long year: what lies before it needs to be listed too, what lies after it does not.
    #[test]
    fn a_year_that_would_reach_into_a_listed_one_is_listed_itself() {
        let long = year("2025-07-01", "2026-12-31");
        let years = FinancialYears::default().listing(long).unwrap();
        assert_eq!(years.of(day("2026-03-01")), Ok(long));
        assert_eq!(years.of(day("2027-01-01")), Ok(year("2027-01-01", "2027-12-31")));
        assert_eq!(years.of(day("2025-06-30")).unwrap_err().code(), "financial-year-must-be-listed");
        let years = years.listing(year("2024-07-01", "2025-06-30")).unwrap();
        assert_eq!(years.of(day("2025-06-30")), Ok(year("2024-07-01", "2025-06-30")));
        assert!(years.listing(year("2025-06-30", "2025-12-31")).is_err());
    }
}
