//! Proration: what a member owes that joins or leaves within the fee year.
//! Rule:    the network's own; none is assumed but the default, the full year. Joining on 1 January is a whole year.
//! Units:   a share of the year, in months, days, quarters or halves.
//! Errors:  JoiningDateMustBeKnown: a date known only as "autumn 2023" is no date to prorate from.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::calendar::{FeeYear, Share, ShareUnit};
use crate::error::Error;
use crate::membership::{Joined, Member};

/// How the year is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProrationUnit {
    /// The full year, whenever a member joins.
    #[default]
    FullYear,
    /// Months of twelve.
    Months(BrokenUnit),
    /// Days of 365 or 366; the day of joining and the day of leaving are both counted.
    Days,
    /// Quarters of four.
    Quarters(BrokenUnit),
    /// Halves of two; the half in which a member joins is counted.
    Halves,
    /// The full year for who has joined on this day or before, nothing that year for who joins later.
    FullYearIfJoinedBy {
        /// The month of the day.
        month: u32,
        /// The day of the month.
        day: u32,
    },
}

/// Whether a month or quarter that a member did not have in full is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BrokenUnit {
    /// It is counted as a whole.
    Counted,
    /// It is free.
    Free,
}

/// What is owed for the year in which a member leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leaving {
    /// The full year: the default.
    #[default]
    FullYear,
    /// To the last day of membership, in the unit that joining has.
    Prorated,
}

/// Whether the year is divided before or after the bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProrationOrder {
    /// First floor and ceiling, then the share: the default.
    #[default]
    AfterBounds,
    /// First the share, then floor and ceiling: who owes a part of the year pays no less than the whole floor. Who owes
    /// no part of it pays nothing.
    BeforeBounds,
}

/// The proration rule of a tariff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Proration {
    /// How the year is divided.
    pub unit: ProrationUnit,
    /// What the leaving year costs.
    pub leaving: Leaving,
    /// Before or after the bounds.
    pub order: ProrationOrder,
}

impl Proration {
    /// The share of the year that a member owes.
    ///
    /// # Errors
    /// `JoiningDateMustBeKnown` where the share hangs on a day that is unknown and not assumed, and those of
    /// [`Member::check`].
    pub fn share(&self, member: &Member, year: FeeYear) -> Result<Share, Error> {
        member.check()?;
        if !member.is_member_in(year) {
            return Ok(Share::NOTHING);
        }
        let start = self.first_day_owed(member, year)?;
        let end = match (self.leaving, &member.left) {
            (Leaving::Prorated, Some(left)) if year.contains(left.value) => left.value,
            _ => year.last_day(),
        };
        match self.unit {
            ProrationUnit::FullYear => Ok(Share::WHOLE),
            ProrationUnit::FullYearIfJoinedBy { month, day } => {
                Ok(if (start.month(), start.day()) <= (month, day) { Share::WHOLE } else { Share::NOTHING })
            }
            ProrationUnit::Days => {
                Share::new(end.ordinal() + 1 - start.ordinal(), year.days(), ShareUnit::Days)
            }
            ProrationUnit::Months(broken) => units(year, start, end, 1, broken, ShareUnit::Months),
            ProrationUnit::Quarters(broken) => units(year, start, end, 3, broken, ShareUnit::Quarters),
            ProrationUnit::Halves => units(year, start, end, 6, BrokenUnit::Counted, ShareUnit::Halves),
        }
    }

    fn first_day_owed(&self, member: &Member, year: FeeYear) -> Result<NaiveDate, Error> {
        match &member.joined.value {
            Joined::SomeTimeIn { year: joined, text, assumed: None }
                if *joined == year.get() && self.unit != ProrationUnit::FullYear =>
            {
                Err(Error::JoiningDateMustBeKnown { member: Box::new(member.clone()), text: text.clone() })
            }
            _ => Ok(member.first_day().unwrap_or(year.first_day()).max(year.first_day())),
        }
    }
}

/// Counts units of `months` months from `start` to `end`, both in `year`.
fn units(
    year: FeeYear,
    start: NaiveDate,
    end: NaiveDate,
    months: u32,
    broken: BrokenUnit,
    unit: ShareUnit,
) -> Result<Share, Error> {
    let whole = 12 / months;
    let first_day_of = |place: u32| NaiveDate::from_ymd_opt(year.get(), place * months + 1, 1);
    // The last day of a unit is the day before the next one's first; of the last unit it is 31 December.
    let last_day_of =
        |place: u32| first_day_of(place + 1).and_then(|day| day.pred_opt()).unwrap_or(year.last_day());
    let owed = (0..whole)
        .filter(|place| {
            let (first, last) = (first_day_of(*place).unwrap_or_default(), last_day_of(*place));
            match broken {
                BrokenUnit::Counted => start <= last && first <= end,
                BrokenUnit::Free => start <= first && last <= end,
            }
        })
        .count();
    Share::new(u32::try_from(owed).unwrap_or(whole), whole, unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn share(unit: ProrationUnit, leaving: Leaving, member: Member) -> String {
        let proration = Proration { unit, leaving, order: ProrationOrder::AfterBounds };
        let share = proration.share(&member, FeeYear::new(2023).unwrap()).unwrap();
        format!("{}/{}", share.part(), share.whole())
    }

    fn joined(text: &str) -> Member {
        Member::new("1466".parse().unwrap(), "Herrljunga").joined_on(day(text))
    }

    /// The month of joining is counted, or free unless it was had in full.
    #[test]
    fn a_joining_month_is_counted_or_free() {
        use BrokenUnit::{Counted, Free};
        for (date, counted, free) in [
            ("2023-01-01", "12/12", "12/12"),
            ("2023-01-02", "12/12", "11/12"),
            ("2023-06-30", "7/12", "6/12"),
            ("2023-07-01", "6/12", "6/12"),
            ("2023-12-31", "1/12", "0/12"),
        ] {
            assert_eq!(
                share(ProrationUnit::Months(Counted), Leaving::FullYear, joined(date)),
                counted,
                "{date}"
            );
            assert_eq!(share(ProrationUnit::Months(Free), Leaving::FullYear, joined(date)), free, "{date}");
        }
    }

    #[test]
    fn quarters_halves_and_days_are_counted_from_the_day_of_joining() {
        use BrokenUnit::{Counted, Free};
        let joins = || joined("2023-08-15");
        assert_eq!(share(ProrationUnit::Quarters(Counted), Leaving::FullYear, joins()), "2/4");
        assert_eq!(share(ProrationUnit::Quarters(Free), Leaving::FullYear, joins()), "1/4");
        assert_eq!(share(ProrationUnit::Halves, Leaving::FullYear, joins()), "1/2");
        assert_eq!(share(ProrationUnit::Days, Leaving::FullYear, joins()), "139/365"); // 17 + 30 + 31 + 30 + 31
        assert_eq!(share(ProrationUnit::FullYear, Leaving::FullYear, joins()), "1/1");
        let by = |month, day| ProrationUnit::FullYearIfJoinedBy { month, day };
        assert_eq!(share(by(8, 15), Leaving::FullYear, joins()), "1/1");
        assert_eq!(share(by(8, 14), Leaving::FullYear, joins()), "0/1");
    }

    #[test]
    fn leaving_costs_the_full_year_unless_it_is_prorated() {
        let leaves = || Member::new("1466".parse().unwrap(), "Herrljunga").left_on(day("2023-06-30"));
        let months = ProrationUnit::Months(BrokenUnit::Counted);
        assert_eq!(share(months, Leaving::FullYear, leaves()), "12/12");
        assert_eq!(share(months, Leaving::Prorated, leaves()), "6/12");
        assert_eq!(share(ProrationUnit::Days, Leaving::Prorated, leaves()), "181/365");
        let one_day =
            Member::new("1466".parse().unwrap(), "H").joined_on(day("2023-05-05")).left_on(day("2023-05-05"));
        assert_eq!(share(ProrationUnit::Days, Leaving::Prorated, one_day), "1/365");
    }

    #[test]
    fn an_unknown_day_is_refused_until_one_is_assumed() {
        let unknown = |assumed| Member {
            joined: Joined::SomeTimeIn { year: 2023, text: "hösten 2023".into(), assumed }.into(),
            ..Member::new("1402".parse().unwrap(), "Partille")
        };
        let months = Proration { unit: ProrationUnit::Months(BrokenUnit::Counted), ..Proration::default() };
        let year = FeeYear::new(2023).unwrap();
        assert!(matches!(months.share(&unknown(None), year), Err(Error::JoiningDateMustBeKnown { .. })));
        assert_eq!(months.share(&unknown(Some(day("2023-10-01"))), year).unwrap().part(), 3);
        assert_eq!(months.share(&unknown(None), FeeYear::new(2024).unwrap()).unwrap().part(), 12);
        assert_eq!(months.share(&unknown(None), FeeYear::new(2022).unwrap()).unwrap().part(), 0);
        assert!(Proration::default().share(&unknown(None), year).unwrap().is_whole());
    }

    /// Once, the days of a member that left before it joined were subtracted the wrong way round.
    #[test]
    fn who_leaves_before_it_joins_is_refused() {
        let days =
            Proration { unit: ProrationUnit::Days, leaving: Leaving::Prorated, ..Proration::default() };
        let upside_down = joined("2023-10-01").left_on(day("2023-03-01"));
        let refused = days.share(&upside_down, FeeYear::new(2023).unwrap());
        assert!(matches!(refused, Err(Error::MemberMustJoinBeforeItLeaves { .. })));
    }
}
