//! Late: `[agreement.late]` and `[[reference_rate]]` of network.toml: what is charged of who pays late, and when it is told.
//! Rule:    nothing unless the network says so. Interest is the reference rate at any time and a margin, 8 percentage points
//!          where nothing else is agreed (räntelagen (1975:635) 6 §). A reminder fee is at most 60 kr, and owed only where it
//!          was agreed on no later than the debt arose (lag (1981:739) 2 and 4 §§), so the agreement stands beside it.
//! Rule:    a reference rate holds for half a calendar year (räntelagen 9 §). The rows stand in their order, none left out and
//!          none twice, and after the last half-year there is no rate: an older one is never used in its place.
//! Units:   percent a year, exact; days; whole öre.
//! Errors:  ReferenceRateMustBeginAHalfYear, ReferenceRatesMustFollowEachOther, ReferenceRateMustBeKnown, those of `settings`.
//! Not here: the interest itself, and the days that it is counted over.

use avgift::{NaiveDate, Ratio, Refusal, Sek, Sourced, parse_decimal};
use avgift_invoice::Text;
use chrono::{Datelike, Months};

use crate::error::Error;
use crate::settings::Section;

/// What is charged of who pays late, and when it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// Interest, where it is charged.
    pub interest: Option<Interest>,
    /// The fee of a reminder, where one is charged.
    pub reminder_fee: Option<ReminderFee>,
    /// How many days after the due date a reminder is written: 0 to 365, 5 where nothing else is set.
    pub reminder_days: Sourced<u16>,
}

impl Default for Late {
    /// Nothing is charged, and a reminder is written after 5 days.
    fn default() -> Late {
        Late { interest: None, reminder_fee: None, reminder_days: 5.into() }
    }
}

/// Interest by the reference rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interest {
    /// What is added to the reference rate, in percentage points: 0 to 100.
    pub margin: Sourced<Ratio>,
}

/// The fee of a reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderFee {
    /// The fee: above 0 and at most 60 kr.
    pub amount: Sourced<Sek>,
    /// Where it was agreed on.
    pub agreed: Sourced<Text>,
}

/// A reference rate of half a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceRate {
    /// From which day: 1 January or 1 July.
    pub from: Sourced<NaiveDate>,
    /// The rate in percent a year: −10 to 100.
    pub rate: Sourced<Ratio>,
    /// Who set it, and when it was looked up.
    pub source: Sourced<Text>,
}

impl ReferenceRate {
    /// The first day that it does not hold for.
    #[must_use]
    pub fn end(&self) -> Option<NaiveDate> {
        self.from.value.checked_add_months(Months::new(6))
    }
}

/// The reference rates (referensräntor) that the Riksbank has set, half-year by half-year.
///
/// ```
/// use avgift_network::{ReferenceRate, ReferenceRates};
/// let day = |text: &str| text.parse::<avgift::NaiveDate>().expect("a day");
/// let rate = ReferenceRate {
///     from: day("2024-07-01").into(),
///     rate: avgift::Ratio::whole(4).into(),
///     source: avgift_invoice::Text::new("Riksbanken")?.into(),
/// };
/// let rates = ReferenceRates::new(vec![rate]).map_err(|mut errors| errors.remove(0))?;
/// assert_eq!(rates.rate_on(day("2024-12-31")).expect("it is set").rate.value, avgift::Ratio::whole(4));
/// assert_eq!(rates.rate_on(day("2025-01-01")).unwrap_err().code, "reference-rate-must-be-known");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReferenceRates(Vec<ReferenceRate>);

impl ReferenceRates {
    /// Rates in their order.
    ///
    /// # Errors
    /// Every fault at once: `ReferenceRateMustBeginAHalfYear`, `ReferenceRatesMustFollowEachOther`.
    pub fn new(rates: Vec<ReferenceRate>) -> Result<ReferenceRates, Vec<Error>> {
        let begins = |rate: &ReferenceRate| first_of_half(rate.from.value) == rate.from.value;
        let between = rates.iter().filter(|rate| !begins(rate));
        let mut errors: Vec<Error> = between
            .map(|rate| Error::ReferenceRateMustBeginAHalfYear {
                from: rate.from.value,
                origin: rate.from.origin.clone(),
            })
            .collect();
        for (before, rate) in rates.iter().zip(rates.iter().skip(1)) {
            let expected = before.end().unwrap_or(rate.from.value); // Nothing follows the last year of the calendar.
            if begins(before) && begins(rate) && rate.from.value != expected {
                let origins = [&rate.from.origin, &before.from.origin];
                errors.push(Error::ReferenceRatesMustFollowEachOther {
                    from: rate.from.value,
                    before: before.from.value,
                    expected,
                    origins: origins.into_iter().flatten().cloned().collect(),
                });
            }
        }
        if errors.is_empty() { Ok(ReferenceRates(rates)) } else { Err(errors) }
    }

    /// The rate of a day.
    ///
    /// # Errors
    /// `ReferenceRateMustBeKnown` before the first half-year and after the last.
    pub fn rate_on(&self, day: NaiveDate) -> Result<&ReferenceRate, Refusal> {
        let holds = |rate: &&ReferenceRate| rate.from.value <= day && rate.end().is_none_or(|end| day < end);
        self.0.iter().find(holds).ok_or_else(|| {
            let is_before = self.0.first().is_some_and(|first| day < first.from.value);
            let nearest = if is_before { self.0.first() } else { self.0.last() };
            let nearest = nearest.and_then(|rate| rate.from.origin.clone());
            Error::ReferenceRateMustBeKnown { day, half: first_of_half(day), nearest }.refusal()
        })
    }

    /// The rates, the earliest first.
    pub fn iter(&self) -> impl Iterator<Item = &ReferenceRate> {
        self.0.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The first day of the half-year that a day lies in.
fn first_of_half(day: NaiveDate) -> NaiveDate {
    let month = if day.month() < 7 { 1 } else { 7 };
    NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day) // Every year has both days.
}

/// `[agreement.late]`; `has_rates` where the file has reference rates.
pub(crate) fn read(section: Section<'_, '_>, has_rates: bool) -> Late {
    let is_charged = section.choice("interest", &[("off", false), ("reference-rate", true)]).unwrap_or(false);
    let points = section.read("margin", "percentage points from 0 to 100, `8`", margin);
    if is_charged && !has_rates {
        section.needs("interest", "[[reference_rate]] with from, rate and source");
    }
    if !is_charged {
        section.without_effect("margin", "unless `interest` is reference-rate");
    }
    let interest = is_charged.then(|| Interest { margin: points.unwrap_or_else(|| Ratio::whole(8).into()) });
    let reminder_fee = reminder_fee(&section);
    let days = section.integer("reminder_days", 0, 365);
    let days = days.and_then(|days| {
        let value = u16::try_from(days.value).ok()?;
        Some(Sourced { value, origin: days.origin })
    });
    section.finish();
    Late { interest, reminder_fee, reminder_days: days.unwrap_or_else(|| Late::default().reminder_days) }
}

fn reminder_fee(section: &Section<'_, '_>) -> Option<ReminderFee> {
    let amount = section.amount("reminder_fee", Sek::from_ore(60_00));
    let agreed = section.parsed::<Text>("reminder_fee_agreed");
    if !section.has("reminder_fee") {
        section.without_effect("reminder_fee_agreed", "without `reminder_fee`");
    }
    let amount = amount.filter(|amount| amount.value > Sek::ZERO)?;
    if !section.has("reminder_fee_agreed") {
        section.needs("reminder_fee", "reminder_fee_agreed = \"§ …, or the decision\"");
    }
    Some(ReminderFee { amount, agreed: agreed? })
}

/// Every `[[reference_rate]]` of the file.
pub(crate) fn reference_rates(root: &Section<'_, '_>) -> ReferenceRates {
    let rates: Vec<ReferenceRate> = root.sections("reference_rate").into_iter().filter_map(rate).collect();
    ReferenceRates::new(rates).unwrap_or_else(|errors| {
        errors.iter().for_each(|error| root.fault(error.refusal()));
        ReferenceRates::default()
    })
}

fn rate(section: Section<'_, '_>) -> Option<ReferenceRate> {
    for (key, hint) in [("from", "2027-01-01"), ("rate", "\"2,00\"")] {
        if !section.has(key) {
            section.missing(key, hint);
        }
    }
    let from = section.date("from");
    let rate = section.read("rate", "percent from -10 to 100, `2,00`", percent);
    let source = section.required::<Text>("source", "\"Riksbanken, hämtad …\"");
    section.finish();
    Some(ReferenceRate { from: from?, rate: rate?, source: source? })
}

/// Percentage points that are added to the reference rate.
fn margin(text: &str) -> Option<Ratio> {
    percent(text).filter(|points| *points >= Ratio::ZERO)
}

/// Percent a year. The reference rate has been below nothing, from 2016 to 2019.
fn percent(text: &str) -> Option<Ratio> {
    let percent = Ratio::from_decimal(parse_decimal(text)?);
    (Ratio::whole(-10)..=Ratio::whole(100)).contains(&percent).then_some(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// −0,50 is the rate of 2016 to 2019.
    #[test]
    fn a_reference_rate_may_lie_below_nothing_and_a_margin_may_not() {
        let hundredths = |hundredths| Ratio::new(hundredths, 100).ok();
        assert_eq!(percent("2,00"), hundredths(200));
        assert_eq!(percent("-0,50"), hundredths(-50));
        assert_eq!((margin("8"), margin("0"), margin("-0,50")), (hundredths(800), hundredths(0), None));
        for (text, is_percent) in
            [("100", true), ("100,01", false), ("-10", true), ("-10,01", false), ("2 %", false)]
        {
            assert_eq!(percent(text).is_some(), is_percent, "{text}");
        }
    }
}
