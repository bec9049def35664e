//! Calendar: the fee year, the month of an index figure, the reference date of a population, a share of the year.
//! Units:  years 1968 (SCB's first) to 2199. A share is months, days or quarters over those of the whole year.
//! Errors: YearMustBeInRange, MonthMustBeAMonth.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Error;
use crate::language::{Language, date_text, month_name};
use crate::ratio::Ratio;

/// A fee year (avgiftsår): the calendar year that a fee is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i32")]
pub struct FeeYear(u16);

impl FeeYear {
    /// A fee year from 1968 to 2199.
    ///
    /// # Errors
    /// `YearMustBeInRange`.
    pub fn new(year: i32) -> Result<FeeYear, Error> {
        u16::try_from(year)
            .ok()
            .filter(|year| (1968..=2199).contains(year))
            .map(FeeYear)
            .ok_or_else(|| Error::YearMustBeInRange { text: year.to_string() })
    }

    /// The year as a number.
    #[must_use]
    pub fn get(self) -> i32 {
        i32::from(self.0)
    }

    /// 1 January.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.get(), 1, 1).unwrap_or_default() // The range was checked.
    }

    /// 31 December.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.get(), 12, 31).unwrap_or_default() // The range was checked.
    }

    /// The number of days: 365 or 366.
    #[must_use]
    pub fn days(self) -> u32 {
        self.last_day().ordinal()
    }

    /// Whether a day lies in the year.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        day.year() == self.get()
    }
}

impl TryFrom<i32> for FeeYear {
    type Error = Error;

    fn try_from(year: i32) -> Result<FeeYear, Error> {
        FeeYear::new(year)
    }
}

impl FromStr for FeeYear {
    type Err = Error;

    fn from_str(text: &str) -> Result<FeeYear, Error> {
        let refused = || Error::YearMustBeInRange { text: text.to_owned() };
        if text.len() != 4 {
            return Err(refused());
        }
        text.parse().ok().and_then(|year| FeeYear::new(year).ok()).ok_or_else(refused)
    }
}

impl fmt::Display for FeeYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The month of an index figure, written as Statistics Sweden does: `2022M10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: u16,
    month: u8,
}

impl Month {
    /// Month 1 to 12 of a year.
    ///
    /// # Errors
    /// `MonthMustBeAMonth`.
    pub fn new(year: i32, month: u32) -> Result<Month, Error> {
        let refused = || Error::MonthMustBeAMonth { text: format!("{year}M{month:02}") };
        let year =
            u16::try_from(year).ok().filter(|year| (1900..=2199).contains(year)).ok_or_else(refused)?;
        let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month)).ok_or_else(refused)?;
        Ok(Month { year, month })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// The month within the year, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        u32::from(self.month)
    }

    /// The month for people: `oktober 2022`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        format!("{} {}", month_name(self.month(), language), self.year)
    }
}

impl FromStr for Month {
    type Err = Error;

    /// Reads `2022M10`, and `202210` as px files write it.
    fn from_str(text: &str) -> Result<Month, Error> {
        let refused = || Error::MonthMustBeAMonth { text: text.to_owned() };
        let digits: String = match text.split_once('M') {
            Some((year, month)) if year.len() == 4 && month.len() == 2 => [year, month].concat(),
            None if text.len() == 6 => text.to_owned(),
            _ => return Err(refused()),
        };
        let number: i32 = digits
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| digits.parse().ok())
            .flatten()
            .ok_or_else(refused)?;
        Month::new(number / 100, (number % 100).unsigned_abs()).map_err(|_| refused())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}M{:02}", self.year, self.month)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Which day's population a fee year uses: a month and day, and how many years before the fee year.
///
/// The default is 31 December of the year before. Some networks use 1 November, or a lag of two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReferenceDate {
    month: u32,
    day: u32,
    lag_years: u8,
}

impl Default for ReferenceDate {
    fn default() -> ReferenceDate {
        ReferenceDate { month: 12, day: 31, lag_years: 1 }
    }
}

impl ReferenceDate {
    /// A month and day that every year has, and a lag of 0 to 9 years.
    ///
    /// # Errors
    /// `MonthMustBeAMonth` for a day that not every year has.
    pub fn new(month: u32, day: u32, lag_years: u8) -> Result<ReferenceDate, Error> {
        // 2001 is no leap year: 29 February is not a day of every year.
        match NaiveDate::from_ymd_opt(2001, month, day) {
            Some(_) if lag_years <= 9 => Ok(ReferenceDate { month, day, lag_years }),
            _ => Err(Error::MonthMustBeAMonth { text: format!("{month:02}-{day:02}") }),
        }
    }

    /// The day for a fee year.
    #[must_use]
    pub fn in_year(self, year: FeeYear) -> NaiveDate {
        // A day of every year, and years from 1959: always a date.
        NaiveDate::from_ymd_opt(year.get() - i32::from(self.lag_years), self.month, self.day)
            .unwrap_or_default()
    }
}

/// A share of the year: so many months, days, quarters or halves of those the year has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Share {
    part: u32,
    whole: u32,
    unit: ShareUnit,
}

/// What a share of the year is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShareUnit {
    /// Years: all of it or nothing.
    Year,
    /// Half-years.
    Halves,
    /// Quarters.
    Quarters,
    /// Months.
    Months,
    /// Days.
    Days,
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Share, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Stored {
            part: u32,
            whole: u32,
            unit: ShareUnit,
        }
        let Stored { part, whole, unit } = Stored::deserialize(deserializer)?;
        Share::new(part, whole, unit).map_err(D::Error::custom)
    }
}

impl Share {
    /// The whole year.
    pub const WHOLE: Share = Share { part: 1, whole: 1, unit: ShareUnit::Year };
    /// Nothing of the year.
    pub const NOTHING: Share = Share { part: 0, whole: 1, unit: ShareUnit::Year };

    /// `part` of the `whole` units of a year; never more than the whole.
    ///
    /// # Errors
    /// `ShareMustBeWithinTheYear` where `whole` is zero or `part` is more.
    pub fn new(part: u32, whole: u32, unit: ShareUnit) -> Result<Share, Error> {
        if whole == 0 || part > whole {
            return Err(Error::ShareMustBeWithinTheYear { part, whole });
        }
        Ok(Share { part, whole, unit })
    }

    /// The units owed.
    #[must_use]
    pub const fn part(self) -> u32 {
        self.part
    }

    /// The units of the whole year.
    #[must_use]
    pub const fn whole(self) -> u32 {
        self.whole
    }

    /// What the share is counted in.
    #[must_use]
    pub const fn unit(self) -> ShareUnit {
        self.unit
    }

    /// Whether nothing is owed.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        self.part == 0
    }

    /// Whether the whole year is owed.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.part == self.whole
    }

    /// The share as a factor.
    #[must_use]
    pub fn ratio(self) -> Ratio {
        Ratio::new(i128::from(self.part), i128::from(self.whole)).unwrap_or(Ratio::ZERO) // The whole is above zero.
    }

    /// The share for people: `6 / 12 månader`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        let message = match self.unit {
            ShareUnit::Year => "share-in-years",
            ShareUnit::Halves => "share-in-halves",
            ShareUnit::Quarters => "share-in-quarters",
            ShareUnit::Months => "share-in-months",
            ShareUnit::Days => "share-in-days",
        };
        language.tell(message, &[("part", &self.part.to_string()), ("whole", &self.whole.to_string())])
    }
}

/// The period of a dated fact: from a day, to a day or without end. Both days belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The first day; none where it began before anyone's notes.
    pub from: Option<NaiveDate>,
    /// The last day; none while it goes on.
    pub to: Option<NaiveDate>,
}

impl Period {
    /// Whether the day lies in the period.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether the two have a day in common.
    #[must_use]
    pub fn overlaps(self, other: Period) -> bool {
        let starts_before_end = |start: Option<NaiveDate>, end: Option<NaiveDate>| match (start, end) {
            (Some(start), Some(end)) => start <= end,
            _ => true,
        };
        starts_before_end(self.from, other.to) && starts_before_end(other.from, self.to)
    }

    /// The period for people: `1 januari 2024–31 december 2024`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        let day = |day: Option<NaiveDate>| day.map(|day| date_text(day, language)).unwrap_or_default();
        format!("{}–{}", day(self.from), day(self.to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_reads_what_it_writes() {
        let month: Month = "2022M10".parse().unwrap();
        assert_eq!(month.to_string(), "2022M10");
        assert_eq!("202210".parse::<Month>().unwrap(), month);
        for text in ["2022M13", "2022M1", "2022M00", "2022-10", "22M10", "2022K1", "20221", "+20221"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_reference_date_is_the_last_day_of_the_year_before() {
        let day = ReferenceDate::default().in_year(FeeYear::new(2024).unwrap());
        assert_eq!(day, NaiveDate::from_ymd_opt(2023, 12, 31).unwrap());
        assert!(ReferenceDate::new(2, 29, 1).is_err());
    }

    #[test]
    fn a_year_has_its_days() {
        assert_eq!(FeeYear::new(2024).unwrap().days(), 366);
        assert_eq!(FeeYear::new(2023).unwrap().days(), 365);
        assert!("0024".parse::<FeeYear>().is_err());
        assert!("+202".parse::<FeeYear>().is_err());
    }
}
