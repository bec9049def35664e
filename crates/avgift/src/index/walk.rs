//! The way from the price level to a fee year: which changes count, year by year.
//! Rule:    each year's index is measured from the last one that counted. What was decided for a year counts as it is, and
//!          the next year is measured from its figure. What is smaller than the threshold waits, up or down; a fall that does
//!          not wait counts, is forgotten or is passed over, as the policy says.
//! Errors:  ChangeMustBeDecided, and those of `series`, `factor` and `change`.

use super::change::{ComposedChange, DecidedChange, IndexChange, IndexTerm, WaitingChange};
use super::clause::{
    Carried, FallPolicy, ForecastFigure, IndexClause, IndexedSeries, Measure, WeighedSeries,
};
use super::factor::{FigurePair, IndexFactor};
use super::figure::{IndexFigure, IndexStatus, SeriesName};
use super::series::Indices;
use crate::calendar::{FeeYear, Month};
use crate::error::Error;
use crate::ratio::Ratio;

/// A clause on its way to the year of its last figures.
pub(super) struct Walk<'a> {
    clause: &'a IndexClause,
    indices: &'a Indices,
    last: i32,
}

/// A part of the way that counts.
enum Stretch<'a> {
    /// From the figures of one year to those of another.
    Measured { from: i32, to: i32 },
    /// A year that was decided.
    Decided(&'a DecidedChange),
}

impl<'a> Walk<'a> {
    pub(super) const fn new(clause: &'a IndexClause, indices: &'a Indices, last: i32) -> Walk<'a> {
        Walk { clause, indices, last }
    }

    /// One series, all of its change, from the base: two figures, or those of every year where a fall is not followed.
    pub(super) fn over_years(&self, series: &IndexedSeries) -> Result<IndexFactor, Error> {
        let base = self.clause.base.year();
        let years: Vec<i32> = match self.clause.policy {
            FallPolicy::Follow => vec![base, self.last],
            FallPolicy::NeverDown | FallPolicy::HighWater => (base..=self.last).collect(),
        };
        let figure = |year| self.figure(&series.series, series.status, year);
        let figures = years.into_iter().map(figure).collect::<Result<Vec<_>, _>>()?;
        IndexFactor::over_years(&figures.iter().collect::<Vec<_>>(), self.clause.policy)
    }

    /// The change since the base, weighed together or in part: the last year's, or the highest there was.
    pub(super) fn since_the_base(&self) -> Result<IndexFactor, Error> {
        let base = self.clause.base.year();
        let mut highest = (self.last, self.change(base, self.last)?);
        if self.clause.policy == FallPolicy::HighWater {
            for year in (base..self.last).rev() {
                let change = self.change(base, year)?;
                // Of equal levels the earliest is the high-water mark.
                if change.ratio()? >= highest.1.ratio()? {
                    highest = (year, change);
                }
            }
        }
        let (year, change) = highest;
        IndexFactor::of_changes(if year == base { Vec::new() } else { vec![change] })
    }

    /// A change a year, or from the base the changes that count, each as long as it can be.
    pub(super) fn year_by_year(&self) -> Result<IndexFactor, Error> {
        let mut stretches: Vec<Stretch<'a>> = Vec::new();
        let mut measured_from = self.clause.base.year();
        let mut waiting = None;
        for year in measured_from + 1..=self.last {
            waiting = None;
            if let Some(decided) = self.clause.decided_for(self.fee_year(year)) {
                stretches.push(Stretch::Decided(decided));
                measured_from = year;
                continue;
            }
            if matches!(self.clause.measure, Measure::Nothing {}) {
                return Err(self.undecided(year));
            }
            if let Some(threshold) = self.clause.threshold {
                let small = WaitingChange { threshold, change: self.change(measured_from, year)? };
                if small.waits()? {
                    waiting = Some(Box::new(small));
                    continue;
                }
            }
            let falls = match self.clause.policy {
                FallPolicy::Follow => false,
                FallPolicy::NeverDown | FallPolicy::HighWater => {
                    self.change(measured_from, year)?.ratio()? < Ratio::ONE
                }
            };
            match (falls, self.clause.policy) {
                (true, FallPolicy::HighWater) => {}
                (true, _) => measured_from = year,
                (false, _) => {
                    self.count(&mut stretches, measured_from, year);
                    measured_from = year;
                }
            }
        }
        let changes = stretches.into_iter().map(|stretch| match stretch {
            Stretch::Measured { from, to } => self.change(from, to),
            Stretch::Decided(decided) => Ok(IndexChange::Decided(decided.clone())),
        });
        let changes = changes.collect::<Result<Vec<_>, Error>>()?;
        let factor = match self.clause.carried {
            Carried::Printed => IndexFactor::of_chain(changes),
            Carried::FromBase | Carried::Yearly => IndexFactor::of_changes(changes),
        };
        let factor = factor.map(|factor| factor.while_waiting(waiting));
        factor.map_err(|error| self.clause.asked_for(error))
    }

    /// Takes a stretch in. Counted from the base, one that goes on where the last one ended makes it longer.
    fn count(&self, stretches: &mut Vec<Stretch<'a>>, from: i32, to: i32) {
        match stretches.last_mut() {
            Some(Stretch::Measured { to: end, .. })
                if *end == from && self.clause.carried == Carried::FromBase =>
            {
                *end = to;
            }
            _ => stretches.push(Stretch::Measured { from, to }),
        }
    }

    /// The change between the figures of two years.
    fn change(&self, from: i32, to: i32) -> Result<IndexChange, Error> {
        let (pass_through, point) = (self.clause.pass_through, self.clause.point);
        let terms = match &self.clause.measure {
            Measure::Nothing {} => return Err(self.undecided(to)),
            Measure::Series(series) => {
                let mut figures = self.figures(series, from, to)?;
                if figures.len() == 1 && pass_through.is_none() && point.is_none() {
                    return Ok(IndexChange::Figures(figures.remove(0)));
                }
                vec![IndexTerm { weight: None, figures }]
            }
            Measure::Basket { basket } => {
                let term = |series: &WeighedSeries| {
                    let figures = self.figures(&series.measured, from, to)?;
                    Ok(IndexTerm { weight: Some(series.weight), figures })
                };
                basket.iter().map(term).collect::<Result<Vec<_>, Error>>()?
            }
        };
        Ok(IndexChange::Composed(ComposedChange { terms, pass_through, point }))
    }

    /// The figures of two years of a series: a pair, or one for each series of a splice, the latest first. On a printed tariff
    /// the earlier end is what was printed, and a forecast there is corrected by a pair of its own.
    fn figures(&self, series: &IndexedSeries, from: i32, to: i32) -> Result<Vec<FigurePair>, Error> {
        let mut pairs = Vec::new();
        let mut end = to;
        let mut above = Some(self.figure_used(series, to)?);
        let splices = series.splices.iter().map(|splice| (splice.at.year(), &splice.series, splice.status));
        // The first series is in force from ever on, so the last round always reaches `from`.
        let spliced = splices.rev().chain([(i32::MIN, &series.series, series.status)]);
        for (at, name, status) in spliced.filter(|(at, ..)| *at < to.max(from + 1)) {
            let start = at.max(from);
            let later = above.take().map_or_else(|| self.figure(name, status, end), Ok)?;
            let earlier = self.figure(name, status, start)?;
            pairs.push(FigurePair::new(&earlier, &later)?);
            end = start;
            if at <= from {
                // What was printed on a forecast is corrected from the published figure.
                let printed = self.forecast(name, from).filter(|_| self.clause.carried == Carried::Printed);
                if let Some(forecast) = printed {
                    pairs.push(FigurePair::new(&forecast.figure, &earlier)?);
                }
                break;
            }
        }
        Ok(pairs)
    }

    /// The fee year that uses the figures of a year.
    fn fee_year(&self, year: i32) -> i32 {
        year + i32::from(self.clause.lag_years)
    }

    /// The refusal of a fee year that nothing is measured for and nothing was decided for.
    fn undecided(&self, year: i32) -> Error {
        match FeeYear::new(self.fee_year(year)) {
            Ok(year) => Error::ChangeMustBeDecided { year, origin: self.clause.origin.clone() },
            Err(error) => error,
        }
    }

    /// The figure of a year, as the fee of that year used it.
    fn figure_used(&self, series: &IndexedSeries, year: i32) -> Result<IndexFigure, Error> {
        let (name, status) = series.in_force(Month::new(year, self.clause.base.month())?);
        match self.forecast(name, year).filter(|_| self.clause.carried == Carried::Printed) {
            Some(forecast) => Ok(forecast.figure.clone()),
            None => self.figure(name, status, year),
        }
    }

    /// The figure of a year, as it is known in the fee year: a forecast until it is corrected. What is printed year by year is
    /// corrected apart.
    fn figure(&self, name: &SeriesName, status: IndexStatus, year: i32) -> Result<IndexFigure, Error> {
        let known_in = self.fee_year(self.last);
        let forecast = self.forecast(name, year).filter(|forecast| {
            self.clause.carried != Carried::Printed && known_in < forecast.corrected.get()
        });
        if let Some(forecast) = forecast {
            return Ok(forecast.figure.clone());
        }
        let month = Month::new(year, self.clause.base.month())?;
        let figure = self.indices.figure(name, status, month);
        figure.cloned().map_err(|error| self.clause.asked_for(error))
    }

    /// The forecast of a year.
    fn forecast(&self, name: &SeriesName, year: i32) -> Option<&'a ForecastFigure> {
        let is_of = |forecast: &&ForecastFigure| {
            forecast.figure.series == *name && forecast.figure.month.year() == year
        };
        self.clause.forecasts.iter().find(is_of)
    }
}
