//! Indices: all index figures at hand, by series, status and month; and the cells that hold none.
//! Rule:    no other month, series or status stands in for a figure that is missing.
//! Errors:  IndexSeriesMustBeKnown, IndexFigureMustExist, IndexFigureMustBeFinal, IndexFigureMustBePublished,
//!          IndexFigureMustBeUnique.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use super::figure::{IndexFigure, IndexStatus, SeriesName};
use crate::calendar::Month;
use crate::error::Error;
use crate::origin::Origin;
use crate::population::{MunicipalityCode, PopulationFigure, Populations};

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
}

impl Indices {
    /// No figures yet.
    #[must_use]
    pub fn new() -> Indices {
        Indices::default()
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
    /// `IndexFigureMustBeFinal` where only a preliminary one is there, else `IndexFigureMustExist`.
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
        if let Some(missing) = self.missing.get(&key) {
            return Err(Error::IndexFigureMustBePublished { missing: Box::new(missing.clone()) });
        }
        if !self.series_names().any(|name| name == series) {
            let known = self.series_names().cloned().collect();
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
