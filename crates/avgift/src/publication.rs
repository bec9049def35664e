//! Publication: when a figure is published, and what of all figures was known on a day.
//! Rule:    the population of 31 December comes about 22 February, that of 1 November about 9 December. A preliminary figure of
//!          a wage or labour cost index (LÖI, AKI) comes in the second month after its own, that of January with February's; the
//!          final one twelve months later. Of other figures nothing is assumed: a day is stated, or who asks is refused.
//! Units:   days. A figure is known from the day of its publication on.
//! Errors:  PublicationMustStandOnce, PublicationMustFollowItsFigure; of who asks, FigureMustBeKnown, PublicationMustBeKnown.
//! Why:     the day in a file is that of its whole table, which grows: fetched anew, the same figure would bear a later one.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike as _, Days, Months, NaiveDate};

use crate::calendar::{FeeYear, Month};
use crate::error::Error;
use crate::index::{IndexStatus, SeriesName};
use crate::language::{Language, date_text};
use crate::origin::Origin;

/// A figure that is published on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PublishedFigure {
    /// The populations that were counted on a day, of all municipalities at once.
    Population(NaiveDate),
    /// A figure of an index series.
    Index {
        /// The series.
        series: SeriesName,
        /// The month it is for.
        month: Month,
        /// Preliminary or final: the two come on different days.
        status: IndexStatus,
    },
    /// An economic figure of the members for a fee year, which is neither counted nor measured in any month that we know of.
    OfMembers {
        /// Its name.
        name: String,
        /// The fee year it is for.
        year: FeeYear,
    },
}

impl PublishedFigure {
    /// The last day that it is about, where it is about any; it cannot be known before that is over.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self {
            PublishedFigure::Population(day) => Some(*day),
            PublishedFigure::Index { month, .. } => end_of_month(*month, 0),
            PublishedFigure::OfMembers { .. } => None,
        }
    }

    /// The figure in English, for refusals: `the population of 31 December 2024`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            PublishedFigure::Population(day) => {
                format!("the population of {}", date_text(*day, Language::English))
            }
            PublishedFigure::Index { series, month, status } => {
                format!("the {status} figure of `{series}` for {month}")
            }
            PublishedFigure::OfMembers { name, year } => format!("the figure `{name}` of members for {year}"),
        }
    }
}

/// When a figure is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// On a day that was stated, or that Statistics Sweden kept.
    On(NaiveDate),
    /// About a day, as Statistics Sweden's calendar goes; it is taken as known from that day on.
    About(NaiveDate),
}

impl Publication {
    /// From which day on the figure is known.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        match self {
            Publication::On(day) | Publication::About(day) => day,
        }
    }

    /// The day in English, for refusals: `about 22 February 2025`.
    #[must_use]
    pub fn text(self) -> String {
        let day = date_text(self.day(), Language::English);
        match self {
            Publication::On(_) => format!("on {day}"),
            Publication::About(_) => format!("about {day}"),
        }
    }
}

/// A day of publication that somebody states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedPublication {
    /// Of which figure.
    pub figure: PublishedFigure,
    /// The day.
    pub published: NaiveDate,
    /// Where it is stated.
    pub origin: Option<Origin>,
}

/// The calendar of publications: that of Statistics Sweden as far as it is known, under what is stated.
///
/// ```
/// use avgift::{NaiveDate, Publication, Publications, PublishedFigure};
/// let day = |text: &str| text.parse::<NaiveDate>().unwrap();
/// let calendar = Publications::default();
/// let comes = calendar.of(&PublishedFigure::Population(day("2024-12-31")));
/// assert_eq!(comes, Some(Publication::About(day("2025-02-22"))));
/// assert_eq!(calendar.of(&PublishedFigure::Population(day("2024-06-30"))), None);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Publications {
    stated: BTreeMap<PublishedFigure, NaiveDate>,
}

impl Publications {
    /// The calendar with the days that are stated.
    ///
    /// # Errors
    /// Every reason at once: `PublicationMustStandOnce` for a figure that has two days, `PublicationMustFollowItsFigure` for one
    /// that would be known before the day or month that it is about is over.
    pub fn new(rows: &[StatedPublication]) -> Result<Publications, Vec<Error>> {
        let (mut first, mut errors) = (BTreeMap::<&PublishedFigure, &StatedPublication>::new(), Vec::new());
        for row in rows {
            if row.figure.last_day().is_some_and(|last| row.published <= last) {
                errors.push(Error::PublicationMustFollowItsFigure { stated: Box::new(row.clone()) });
            }
            match first.get(&row.figure) {
                Some(first) => errors.push(Error::PublicationMustStandOnce {
                    figure: Box::new(row.figure.clone()),
                    origins: [&row.origin, &first.origin].into_iter().flatten().cloned().collect(),
                }),
                None => drop(first.insert(&row.figure, row)),
            }
        }
        let stated = rows.iter().map(|row| (row.figure.clone(), row.published));
        if errors.is_empty() { Ok(Publications { stated: stated.collect() }) } else { Err(errors) }
    }

    /// When a figure is published, where that is stated or known.
    #[must_use]
    pub fn of(&self, figure: &PublishedFigure) -> Option<Publication> {
        if let Some(day) = self.stated.get(figure) {
            return Some(Publication::On(*day));
        }
        match figure {
            PublishedFigure::Population(day) => of_population(*day),
            PublishedFigure::Index { series, month, status } => of_index(series, *month, *status),
            PublishedFigure::OfMembers { .. } => None,
        }
    }
}

/// Populations: the days that are known to have been kept, else by the day that was counted.
fn of_population(counted: NaiveDate) -> Option<Publication> {
    let day = |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day);
    if Some(counted) == day((2025, 12, 31)) {
        return day((2026, 2, 24)).map(Publication::On); // TAB5557, as it was kept.
    }
    let about = match (counted.month(), counted.day()) {
        (12, 31) => day((counted.year() + 1, 2, 22)),
        (11, 1) => day((counted.year(), 12, 9)),
        _ => None,
    };
    about.map(Publication::About)
}

/// Index figures: SCB, "Att använda AKI i avtal". Only the month is known, so that a figure counts as known when it is over.
fn of_index(series: &SeriesName, month: Month, status: IndexStatus) -> Option<Publication> {
    let of_statistics_sweden = matches!(series.split_whitespace().next(), Some("LÖI" | "AKI"));
    let preliminary = if month.month() == 1 { 3 } else { 2 };
    let later = match status {
        IndexStatus::Preliminary => preliminary,
        IndexStatus::Final => preliminary + 12,
    };
    of_statistics_sweden.then(|| end_of_month(month, later)).flatten().map(Publication::About)
}

/// The last day of the month that comes so many months after another.
fn end_of_month(month: Month, later: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(month.year(), month.month(), 1)?;
    first.checked_add_months(Months::new(later + 1))?.checked_sub_days(Days::new(1))
}

/// What may be looked at: everything, or what was known on a day.
#[derive(Debug, Clone, Default)]
pub(crate) struct View {
    publications: Arc<Publications>,
    known_on: Option<NaiveDate>,
}

/// Whether a figure is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Knowledge {
    /// It is, if there is one.
    Known,
    /// It was not yet, for sure: it comes later, or the day that it is about was not over.
    NotYet(Error),
    /// Nobody says when it was published.
    Unclear(Error),
}

/// Whether a figure may have been known on the day that is asked for, and nobody says so: then nothing stands in for it.
pub(crate) fn is_unclear(error: &Error) -> bool {
    match error {
        Error::PublicationMustBeKnown { figure, known_on, .. } => {
            figure.last_day().is_none_or(|last| *known_on > last)
        }
        _ => false,
    }
}

impl View {
    /// Everything, by a calendar.
    pub(crate) fn by(publications: Arc<Publications>) -> View {
        View { publications, known_on: None }
    }

    /// What was known on a day.
    pub(crate) fn on(&self, day: NaiveDate) -> View {
        View { publications: Arc::clone(&self.publications), known_on: Some(day) }
    }

    /// The day, where it is one.
    pub(crate) fn known_on(&self) -> Option<NaiveDate> {
        self.known_on
    }

    /// When a figure is published.
    pub(crate) fn publication(&self, figure: &PublishedFigure) -> Option<Publication> {
        self.publications.of(figure)
    }

    /// Whether a figure was known; that it is on file does not matter.
    pub(crate) fn knows(&self, figure: &PublishedFigure) -> Knowledge {
        let Some(known_on) = self.known_on else { return Knowledge::Known };
        let boxed = || Box::new(figure.clone());
        match self.publication(figure) {
            Some(comes) if comes.day() <= known_on => Knowledge::Known,
            Some(comes) => {
                Knowledge::NotYet(Error::FigureMustBeKnown { figure: boxed(), comes, known_on, origin: None })
            }
            None => {
                let error = Error::PublicationMustBeKnown { figure: boxed(), known_on, origin: None };
                match figure.last_day().is_some_and(|last| known_on <= last) {
                    true => Knowledge::NotYet(error),
                    false => Knowledge::Unclear(error),
                }
            }
        }
    }

    /// Whether a figure may be looked at.
    pub(crate) fn shows(&self, figure: &PublishedFigure) -> bool {
        self.knows(figure) == Knowledge::Known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn index(series: &str, month: &str, status: IndexStatus) -> PublishedFigure {
        PublishedFigure::Index { series: series.into(), month: month.parse().unwrap(), status }
    }

    #[test]
    fn populations_come_in_february_and_december() {
        let calendar = Publications::default();
        let of = |text: &str| calendar.of(&PublishedFigure::Population(day(text)));
        assert_eq!(of("2023-12-31"), Some(Publication::About(day("2024-02-22"))));
        assert_eq!(of("2025-12-31"), Some(Publication::On(day("2026-02-24"))), "as it was kept");
        assert_eq!(of("2024-11-01"), Some(Publication::About(day("2024-12-09"))));
        assert_eq!(of("2024-12-30"), None);
    }

    /// December 2022 comes in February 2023; January and February 2023 both in April; the final ones a year later.
    #[test]
    fn a_wage_index_comes_in_the_second_month_after_its_own() {
        let calendar = Publications::default();
        let (preliminary, definitive) = (IndexStatus::Preliminary, IndexStatus::Final);
        for (series, month, status, comes) in [
            ("LÖI arbetare C", "2022M12", preliminary, Some("2023-02-28")),
            ("LÖI arbetare C", "2023M01", preliminary, Some("2023-04-30")),
            ("AKI tjänstemän C", "2023M02", preliminary, Some("2023-04-30")),
            ("AKI tjänstemän C", "2022M12", definitive, Some("2024-02-29")),
            ("AKI", "2023M01", definitive, Some("2024-04-30")),
            ("LCI", "2022M12", preliminary, None),
            ("AKIX", "2022M12", preliminary, None),
        ] {
            let comes = comes.map(|comes| Publication::About(day(comes)));
            assert_eq!(calendar.of(&index(series, month, status)), comes, "{series} {month} {status}");
        }
    }

    /// What is stated comes before the calendar: the day before, on the day, the day after.
    #[test]
    fn a_figure_is_known_from_its_day_on() {
        let figure = PublishedFigure::Population(day("2024-12-31"));
        let row = StatedPublication { figure: figure.clone(), published: day("2025-02-21"), origin: None };
        let view = View::by(Arc::new(Publications::new(&[row]).unwrap()));
        assert!(view.shows(&figure), "no day is asked for");
        for (on, is_known) in [("2025-02-20", false), ("2025-02-21", true), ("2025-02-22", true)] {
            assert_eq!(view.on(day(on)).shows(&figure), is_known, "{on}");
        }
        let refused = view.on(day("2025-02-20")).knows(&figure);
        let Knowledge::NotYet(error) = refused else { panic!("{refused:?}") };
        assert_eq!(
            error.to_string(),
            "the population of 31 December 2024 comes on 21 February 2025; \
             you asked for what was known on 20 February 2025"
        );
    }

    /// Nobody says when the population of 30 June comes: before that day is over for sure not, later it is unclear.
    #[test]
    fn a_day_that_nobody_states_is_not_guessed() {
        let figure = PublishedFigure::Population(day("2024-06-30"));
        let knows = |on: &str| View::default().on(day(on)).knows(&figure);
        for (on, is_unclear) in [("2024-06-29", false), ("2024-06-30", false), ("2024-07-01", true)] {
            assert_eq!(matches!(knows(on), Knowledge::Unclear(_)), is_unclear, "{on}");
            assert_ne!(knows(on), Knowledge::Known, "{on}");
        }
    }

    #[test]
    fn a_stated_day_stands_once_and_follows_its_figure() {
        let row = |figure: &PublishedFigure, published: &str| StatedPublication {
            figure: figure.clone(),
            published: day(published),
            origin: None,
        };
        let population = PublishedFigure::Population(day("2024-12-31"));
        let wages = index("LÖI", "2024M10", IndexStatus::Preliminary);
        let codes = |rows: &[StatedPublication]| -> Vec<&'static str> {
            Publications::new(rows).err().unwrap_or_default().iter().map(Error::code).collect()
        };
        assert_eq!(
            codes(&[row(&population, "2025-02-21"), row(&population, "2025-02-21")]),
            ["publication-must-stand-once"]
        );
        for (figure, last) in [(&population, "2024-12-31"), (&wages, "2024-10-31")] {
            assert_eq!(codes(&[row(figure, last)]), ["publication-must-follow-its-figure"]);
            let next = day(last).succ_opt().unwrap().to_string();
            assert!(codes(&[row(figure, &next)]).is_empty());
        }
    }
}
