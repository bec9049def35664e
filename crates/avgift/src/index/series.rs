//! Indices: all index figures at hand, by series, status and month; and the cells that hold none.
//! Rule:    no other month, series or status stands in for a figure that is missing.
//! Errors:  IndexSeriesMustBeKnown, IndexFigureMustExist, IndexFigureMustBeFinal, IndexFigureMustBePublished,
//!          IndexFigureMustBeUnique; as known on a day, those of `publication`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use super::figure::{IndexFigure, IndexStatus, SeriesName};
use crate::calendar::Month;
use crate::error::Error;
use crate::origin::Origin;
use crate::population::{MunicipalityCode, PopulationFigure, Populations};
use crate::publication::{Knowledge, Publications, PublishedFigure, View};

/// A cell of a series that holds no number: `..` where Statistics Sweden has not published it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingIndexFigure {
    /// The series.
    pub series: SeriesName,
    /// The month.
    pub month: Month,
    /// The status asked for.
    pub status: IndexStatus,
    /// What stands in the cell.
    pub symbol: String,
    /// Where it stands.
    pub origin: Origin,
}

type FigureKey = (SeriesName, IndexStatus, Month);

/// All index figures at hand, by series, status and month.
#[derive(Debug, Clone, Default)]
pub struct Indices {
    figures: BTreeMap<FigureKey, IndexFigure>,
    missing: BTreeMap<FigureKey, MissingIndexFigure>,
    /// The days that were counted of each series that is a population.
    counted: BTreeMap<SeriesName, BTreeMap<Month, NaiveDate>>,
    /// Series none of whose figures may be looked at; they are known by name all the same.
    hidden: BTreeSet<SeriesName>,
    view: View,
}

impl Indices {
    /// No figures yet.
    #[must_use]
    pub fn new() -> Indices {
        Indices::default()
    }

    /// The figures with the calendar of their publications.
    #[must_use]
    pub fn published_by(self, publications: Arc<Publications>) -> Indices {
        Indices { view: View::by(publications), ..self }
    }

    /// What of them was known on a day.
    pub(crate) fn as_known_on(&self, day: NaiveDate) -> Indices {
        let view = self.view.on(day);
        let shows =
            |(series, status, month): &FigureKey| view.shows(&self.published(series, *status, *month));
        let figures = self.figures.iter().filter(|(key, _)| shows(key));
        let missing = self.missing.iter().filter(|(key, _)| shows(key));
        Indices {
            figures: figures.map(|(key, figure)| (key.clone(), figure.clone())).collect(),
            missing: missing.map(|(key, missing)| (key.clone(), missing.clone())).collect(),
            counted: self.counted.clone(),
            hidden: self.series_names().cloned().collect(),
            view,
        }
    }

    /// What is published where a figure is: of a series that is a population, that of the day that was counted.
    fn published(&self, series: &SeriesName, status: IndexStatus, month: Month) -> PublishedFigure {
        let counted = self.counted.get(series).and_then(|days| {
            // A later year's day is that of the same month of a year on file.
            let (_, day) = days.iter().find(|(of, _)| of.month() == month.month())?;
            let same = NaiveDate::from_ymd_opt(month.year(), day.month(), day.day());
            days.get(&month).copied().or(same)
        });
        match counted {
            Some(day) => PublishedFigure::Population(day),
            None => PublishedFigure::Index { series: series.clone(), month, status },
        }
    }

    /// Takes a figure in. The same figure read twice is one figure; the first place is kept.
    ///
    /// # Errors
    /// `IndexFigureMustBeUnique` where another value is already there.
    pub fn add(&mut self, figure: IndexFigure) -> Result<(), Error> {
        let key = (figure.series.clone(), figure.status, figure.month);
        match self.figures.get(&key) {
            Some(first) if first.value != figure.value => Err(Error::IndexFigureMustBeUnique {
                first: Box::new(first.clone()),
                second: Box::new(figure),
            }),
            Some(_) => Ok(()),
            None => {
                self.figures.insert(key, figure);
                Ok(())
            }
        }
    }

    /// Takes in how many inhabitants some municipalities have together, as a series: one figure a day that all of them have a
    /// population of, final, in the month of that day.
    ///
    /// ```
    /// use avgift::{Indices, IndexStatus, PopulationFigure, Populations};
    /// let mut populations = Populations::new();
    /// for (code, inhabitants) in [("1440", 32_446), ("1438", 4_606)] {
    ///     populations.add(PopulationFigure::of_year_end(code.parse()?, 2023, inhabitants)?)?;
    /// }
    /// let mut indices = Indices::new();
    /// indices.add_population("Folkmängd", &["1440".parse()?, "1438".parse()?].into(), &populations)?;
    /// let together = indices.figure(&"Folkmängd".into(), IndexStatus::Final, "2023M12".parse()?)?;
    /// assert_eq!(together.value, 37_052.into());
    /// # Ok::<(), avgift::Error>(())
    /// ```
    ///
    /// # Errors
    /// `IndexFigureMustBeUnique` where a series of that name is there already, or two days of a month are.
    pub fn add_population(
        &mut self,
        series: impl Into<SeriesName>,
        codes: &BTreeSet<MunicipalityCode>,
        populations: &Populations,
    ) -> Result<(), Error> {
        let series = series.into();
        let mut by_day: BTreeMap<NaiveDate, Vec<&PopulationFigure>> = BTreeMap::new();
        for figure in populations.iter().filter(|figure| codes.contains(&figure.code)) {
            by_day.entry(figure.reference_date).or_default().push(figure);
        }
        for (day, figures) in by_day.into_iter().filter(|(_, figures)| figures.len() == codes.len()) {
            let sum: u64 = figures.iter().map(|figure| u64::from(figure.inhabitants.get())).sum();
            let month = Month::new(day.year(), day.month())?;
            self.counted.entry(series.clone()).or_default().insert(month, day);
            let figure = IndexFigure::new(series.clone(), month, IndexStatus::Final, Decimal::from(sum))?;
            let mut origins = figures.iter().filter_map(|figure| figure.origin.clone());
            self.add(IndexFigure { origin: origins.next(), others: origins.collect(), ..figure })?;
        }
        Ok(())
    }

    /// Takes note of a cell without a number.
    pub fn add_missing(&mut self, missing: MissingIndexFigure) {
        self.missing.entry((missing.series.clone(), missing.status, missing.month)).or_insert(missing);
    }

    /// How many figures there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.figures.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty()
    }

    /// All figures, by series, status and month.
    pub fn iter(&self) -> impl Iterator<Item = &IndexFigure> {
        self.figures.values()
    }

    /// The names of all series.
    pub fn series_names(&self) -> impl Iterator<Item = &SeriesName> {
        let mut last = None;
        self.figures
            .keys()
            .map(|(series, _, _)| series)
            .filter(move |series| last.replace(*series) != Some(*series))
    }

    /// The figure of a series for a month with a status.
    ///
    /// # Errors
    /// `IndexSeriesMustBeKnown`, `IndexFigureMustBePublished` where the cell is there without a number,
    /// `IndexFigureMustBeFinal` where only a preliminary one is there, else `IndexFigureMustExist`; `FigureMustBeKnown` and
    /// `PublicationMustBeKnown` where it was not known on the day that is asked for.
    pub fn figure(
        &self,
        series: &SeriesName,
        status: IndexStatus,
        month: Month,
    ) -> Result<&IndexFigure, Error> {
        let key = (series.clone(), status, month);
        if let Some(figure) = self.figures.get(&key) {
            return Ok(figure);
        }
        let is_named = self.hidden.contains(series) || self.series_names().any(|name| name == series);
        if is_named {
            match self.view.knows(&self.published(series, status, month)) {
                Knowledge::Known => {}
                Knowledge::NotYet(Error::FigureMustBeKnown { comes, known_on, origin, .. }) => {
                    let figure = PublishedFigure::Index { series: series.clone(), month, status };
                    return Err(Error::FigureMustBeKnown { figure: figure.into(), comes, known_on, origin });
                }
                Knowledge::NotYet(error) | Knowledge::Unclear(error) => return Err(error),
            }
        }
        if let Some(missing) = self.missing.get(&key) {
            return Err(Error::IndexFigureMustBePublished { missing: Box::new(missing.clone()) });
        }
        if !is_named {
            let known = self.series_names().chain(&self.hidden).cloned().collect::<BTreeSet<_>>();
            let known = known.into_iter().collect();
            return Err(Error::IndexSeriesMustBeKnown { series: series.clone(), known, clause: None });
        }
        let preliminary = self.figures.get(&(series.clone(), IndexStatus::Preliminary, month));
        match (status, preliminary) {
            (IndexStatus::Final, Some(preliminary)) => {
                Err(Error::IndexFigureMustBeFinal { preliminary: Box::new(preliminary.clone()) })
            }
            _ => Err(Error::IndexFigureMustExist {
                series: series.clone(),
                status,
                month,
                newest: self
                    .figures
                    .range(
                        (series.clone(), status, Month::new(1900, 1)?)
                            ..=(series.clone(), status, Month::new(2199, 12)?),
                    )
                    .next_back()
                    .map(|(_, figure)| figure.month),
                clause: None,
            }),
        }
    }
}
