//! The index clause (indexklausul): which figures carry a tariff to a fee year, how much of their change is passed on, and
//! what happens when the index falls.
//! Rule:    from the price level on: one change from the base (`FromBase`), or a change a year (`Yearly`), or one a
//!          year on what was printed the year before (`Printed`). A change that was
//!          decided as a percentage stands in place of the index for its year.
//! Errors:  IndexBaseMustNotBeLater, IndexTermsMustAgree, WeightsMustSumToTheWhole, those of decided changes, and those of `series` and `factor`.
//! Not here: which changes count (see `walk`).

use serde::Serialize;

use super::change::{DecidedChange, sum_to_the_whole};
use super::factor::IndexFactor;
use super::figure::{IndexFigure, IndexStatus, SeriesName};
use super::series::Indices;
use super::walk::Walk;
use crate::calendar::{FeeYear, Month};
use crate::error::Error;
use crate::origin::Origin;
use crate::percent::{Part, Percent};
use crate::tariff::EscalationTarget;

/// The index clause: what carries a tariff from the month of its price level to a fee year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexClause {
    /// What is measured.
    #[serde(flatten)]
    pub measure: Measure,
    /// The month of the tariff's price level; its figure stands below the line.
    pub base: Month,
    /// How many years before the fee year the later figure is: 1 uses October 2023 for fee year 2024.
    pub lag_years: u8,
    /// What happens when the index falls.
    pub policy: FallPolicy,
    /// Whether the change is counted once from the base, or year by year.
    #[serde(skip_serializing_if = "Carried::is_from_base")]
    pub carried: Carried,
    /// How much of the change is passed on; all, where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass_through: Option<Part>,
    /// What is added to the change of every year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<Percent>,
    /// What a change comes to before it counts; one below it waits, and is measured from the last that counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<Part>,
    /// The years whose change was decided as a percentage, in place of the index.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decided: Vec<DecidedChange>,
    /// The figures that were forecasts when they were used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forecasts: Vec<ForecastFigure>,
    /// What the clause escalates.
    pub target: EscalationTarget,
    /// Where it stands.
    pub origin: Option<Origin>,
}

/// What an index clause measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Measure {
    /// One series.
    Series(IndexedSeries),
    /// Several series, each with its weight.
    Basket {
        /// The series; their weights sum to the whole.
        basket: Vec<WeighedSeries>,
    },
    /// Nothing: the change of every year is decided.
    Nothing {},
}

/// A series, and which of its figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexedSeries {
    /// The series, by its full name.
    pub series: SeriesName,
    /// Preliminary or final figures, at both ends.
    pub status: IndexStatus,
    /// The series that go on where it ends, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub splices: Vec<Splice>,
}

/// A splice: from a month on another series goes on, times old figure / new figure of that month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Splice {
    /// The month that both series have a figure of.
    pub at: Month,
    /// The series that goes on.
    pub series: SeriesName,
    /// Preliminary or final figures of it.
    pub status: IndexStatus,
    /// Where it stands.
    pub origin: Option<Origin>,
}

/// A figure that is expected, used until the year in which it is corrected by the published one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForecastFigure {
    /// The figure; its `forecast` says who expects it.
    pub figure: IndexFigure,
    /// The first fee year that knows the published figure, and makes good what the forecast was off.
    pub corrected: FeeYear,
}

impl IndexedSeries {
    /// A series without splices.
    pub fn new(series: impl Into<SeriesName>, status: IndexStatus) -> IndexedSeries {
        IndexedSeries { series: series.into(), status, splices: Vec::new() }
    }

    /// The series that a month's figure is of, where that month is the later end: after a splice, the one that goes on.
    pub(super) fn in_force(&self, month: Month) -> (&SeriesName, IndexStatus) {
        match self.splices.iter().rfind(|splice| splice.at < month) {
            Some(splice) => (&splice.series, splice.status),
            None => (&self.series, self.status),
        }
    }
}

/// A series of several, and its weight among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeighedSeries {
    /// Its part of the whole.
    pub weight: Part,
    /// The series.
    #[serde(flatten)]
    pub measured: IndexedSeries,
}

impl Measure {
    /// One series.
    pub fn of(series: impl Into<SeriesName>, status: IndexStatus) -> Measure {
        Measure::Series(IndexedSeries::new(series, status))
    }

    /// Which figures are taken of a series, where it is measured or goes on where a measured one ends.
    #[must_use]
    pub fn status_of(&self, name: &SeriesName) -> Option<IndexStatus> {
        let named = self.series().flat_map(|series| {
            let splices = series.splices.iter().map(|splice| (&splice.series, splice.status));
            [(&series.series, series.status)].into_iter().chain(splices)
        });
        named.filter(|(series, _)| *series == name).map(|(_, status)| status).next()
    }

    /// Every series that is measured.
    pub fn series(&self) -> impl Iterator<Item = &IndexedSeries> {
        let (one, basket) = match self {
            Measure::Series(series) => (Some(series), &[][..]),
            Measure::Basket { basket } => (None, &**basket),
            Measure::Nothing {} => (None, &[][..]),
        };
        one.into_iter().chain(basket.iter().map(|weighed| &weighed.measured))
    }
}

/// How a tariff is carried to a fee year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carried {
    /// By one change, from the base to the fee year: the default.
    #[default]
    FromBase,
    /// By a change a year, one after another, nothing rounded between them.
    Yearly,
    /// By a change a year, each on the printed tariff of the year before, rounded before the next.
    Printed,
}

impl Carried {
    const fn is_from_base(&self) -> bool {
        matches!(self, Carried::FromBase)
    }
}

/// What happens when the index falls.
///
/// Figures 100 → 99,2 → 103,0 on 20 000 kr: `Follow` gives 19 840 and then 20 600; `NeverDown` 20 000 and 20 766,13;
/// `HighWater` 20 000 and 20 600.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FallPolicy {
    /// The amount follows the index down as up: Statistics Sweden's advice, and the default.
    #[default]
    Follow,
    /// Year on year the amount never falls; a fall is forgotten, and the next rise counts from the lower figure.
    NeverDown,
    /// The amount stays at its highest and rises again when the index passes its highest.
    HighWater,
}

/// Two terms of a clause that say different things of the same year, so that nobody could tell the amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// What each year's tariff is rounded to is not said.
    PrintedWithoutRounding,
    /// A point is added every year, and one change from the base has no years.
    PointFromBase,
    /// A point is added every year, and the index is followed only in some.
    PointBesideHighWater,
    /// A point is added every year, and a change that waits spans several.
    PointBesideThreshold,
    /// A part of the whole change is not the whole of its parts, and some years are measured by themselves.
    /// So it is with several series that are weighed together.
    PartFromBaseBesideNeverDown,
    /// The same, where some years were decided.
    PartFromBaseBesideDecided,
    /// The same, where some changes wait.
    PartFromBaseBesideThreshold,
}

impl ForecastFigure {
    fn is_for_the_same(&self, other: &ForecastFigure) -> bool {
        (&self.figure.series, self.figure.month) == (&other.figure.series, other.figure.month)
    }
}

impl Conflict {
    /// The two terms.
    pub(crate) const fn message(self) -> &'static str {
        match self {
            Conflict::PrintedWithoutRounding => {
                "the tariff is carried from the printed one of the year before, and what is printed is not said"
            }
            Conflict::PointFromBase => "a point is added to a tariff that is carried from its base",
            Conflict::PointBesideHighWater => {
                "a point is added where the index is followed above its highest alone"
            }
            Conflict::PointBesideThreshold => "a point is added where small changes wait",
            Conflict::PartFromBaseBesideThreshold => {
                "a change from the base is weighed together or passed on in part where small changes wait"
            }
            Conflict::PartFromBaseBesideNeverDown => {
                "a change from the base is weighed together or passed on in part where no year may fall"
            }
            Conflict::PartFromBaseBesideDecided => {
                "a change from the base is weighed together or passed on in part where some years were decided"
            }
        }
    }

    pub(crate) const fn why(self) -> &'static str {
        match self {
            Conflict::PrintedWithoutRounding => {
                "a printed tariff is one of rounded parameters, and each year's rounding is carried on to the next"
            }
            Conflict::PointFromBase => {
                "a point is added every year, and a tariff that is carried from its base has one change, however many years"
            }
            Conflict::PointBesideHighWater => {
                "a point is added every year, and while the index is below its highest no year counts: whether the points \
                 of those years are lost is not said"
            }
            Conflict::PointBesideThreshold => {
                "a point is added every year, and a change that waited spans several: whether it carries one point or \
                 several is not said"
            }
            Conflict::PartFromBaseBesideNeverDown
            | Conflict::PartFromBaseBesideDecided
            | Conflict::PartFromBaseBesideThreshold => {
                "a part of the whole change is another amount than that part of each year's change, and so is a mean of \
                 several series: years that are measured by themselves are no whole"
            }
        }
    }

    pub(crate) const fn mend(self) -> &'static str {
        match self {
            Conflict::PointFromBase
            | Conflict::PartFromBaseBesideNeverDown
            | Conflict::PartFromBaseBesideDecided
            | Conflict::PartFromBaseBesideThreshold => {
                "set `carried = \"yearly\"`, if that is what was decided"
            }
            Conflict::PrintedWithoutRounding => {
                "set `printed = { rate = \"ore\", bounds = \"hundred-kronor\" }`, as it is decided"
            }
            Conflict::PointBesideThreshold => "leave the threshold or the point out, as it was decided",
            Conflict::PointBesideHighWater => {
                "set `policy` to \"follow\" or \"never-down\", or leave the point out, as it was decided"
            }
        }
    }
}

impl IndexClause {
    /// A clause of one series that escalates the fee and follows the index down as up.
    pub fn new(
        series: impl Into<SeriesName>,
        status: IndexStatus,
        base: Month,
        lag_years: u8,
    ) -> IndexClause {
        IndexClause {
            measure: Measure::of(series, status),
            base,
            lag_years,
            policy: FallPolicy::Follow,
            carried: Carried::FromBase,
            pass_through: None,
            point: None,
            threshold: None,
            decided: Vec::new(),
            forecasts: Vec::new(),
            target: EscalationTarget::Fee,
            origin: None,
        }
    }

    /// The factor for a fee year.
    ///
    /// ```
    /// use avgift::{Exact, FeeYear, IndexClause, IndexFigure, IndexStatus, Indices, Rounding, Sek};
    /// let mut indices = Indices::new();
    /// for (month, figure) in [("2022M10", 170), ("2023M10", 173)] {
    ///     indices.add(IndexFigure::new("AKI", month.parse()?, IndexStatus::Final, figure.into())?)?;
    /// }
    /// let clause = IndexClause::new("AKI", IndexStatus::Final, "2022M10".parse()?, 1);
    /// let clause = IndexClause { pass_through: Some("90 %".parse()?), ..clause };
    /// let factor = clause.factor(FeeYear::new(2024)?, &indices)?;
    /// let price = Exact::from("10 500 kr".parse::<Sek>()?).times(factor.ratio())?;
    /// assert_eq!(Rounding::Ore.round(price)?, "10 666,76 kr".parse()?); // Statistics Sweden's own example
    /// # Ok::<(), avgift::Error>(())
    /// ```
    ///
    /// # Errors
    /// `IndexBaseMustNotBeLater`, `IndexTermsMustAgree`, `WeightsMustSumToTheWhole`, `DecidedChangeMustStandOnce`, `DecidedChangeMustFollowTheBase`,
    /// `ChangeMustBeDecided`, `FactorMustBeAboveZero`, `FactorMustBeHeldExactly`, and those of [`Indices::figure`] and [`IndexFactor::over_years`].
    pub fn factor(&self, year: FeeYear, indices: &Indices) -> Result<IndexFactor, Error> {
        self.check()?;
        let last = self.last(year)?;
        let walk = Walk::new(self, indices, last);
        match (&self.measure, self.carried) {
            (Measure::Nothing {}, _) | (_, Carried::Yearly | Carried::Printed) => walk.year_by_year(),
            _ if !self.decided.is_empty() || self.threshold.is_some() => walk.year_by_year(),
            (Measure::Series(series), Carried::FromBase)
                if self.pass_through.is_none() && series.splices.is_empty() =>
            {
                walk.over_years(series)
            }
            (Measure::Series(_), Carried::FromBase) if self.pass_through.is_none() => walk.year_by_year(),
            (Measure::Series(_) | Measure::Basket { .. }, Carried::FromBase) => walk.since_the_base(),
        }
    }

    /// The year of the later figures of a fee year.
    fn last(&self, year: FeeYear) -> Result<i32, Error> {
        let last = year.get() - i32::from(self.lag_years);
        if last < self.base.year() {
            return Err(Error::IndexBaseMustNotBeLater {
                year,
                base: self.base,
                origin: self.origin.clone(),
            });
        }
        Ok(last)
    }

    /// The series, where the clause measures one and has no term but its policy.
    pub(crate) fn plain_series(&self) -> Option<&IndexedSeries> {
        let Measure::Series(series) = &self.measure else { return None };
        let is_plain = self.carried == Carried::FromBase
            && self.pass_through.is_none()
            && self.point.is_none()
            && self.threshold.is_none()
            && self.decided.is_empty()
            && self.forecasts.is_empty()
            && series.splices.is_empty();
        is_plain.then_some(series)
    }

    /// The months whose figures make the factor of a fee year, from the base on, where the clause has no term but its policy.
    ///
    /// # Errors
    /// `IndexBaseMustNotBeLater`.
    pub(crate) fn months(&self, year: FeeYear) -> Result<Vec<Month>, Error> {
        let (base, last) = (self.base.year(), self.last(year)?);
        let years = match self.policy {
            FallPolicy::Follow => vec![base, last],
            FallPolicy::NeverDown | FallPolicy::HighWater => (base..=last).collect(),
        };
        years.into_iter().map(|year| Month::new(year, self.base.month())).collect()
    }

    /// Whether the terms can stand beside each other.
    ///
    /// # Errors
    /// `IndexTermsMustAgree`, `WeightsMustSumToTheWhole`, `SpliceMustContinueTheSeries`, `ForecastMustBeUsed`,
    /// `DecidedChangeMustStandOnce`, `DecidedChangeMustFollowTheBase`.
    pub fn check(&self) -> Result<(), Error> {
        if let Some(conflict) = self.conflict() {
            return Err(Error::IndexTermsMustAgree { conflict, origin: self.origin.clone() });
        }
        if let Measure::Basket { basket } = &self.measure {
            sum_to_the_whole(basket.iter().map(|series| series.weight.ratio()), self.origin.as_ref())?;
        }
        for series in self.measure.series() {
            let mut before = self.base;
            for splice in &series.splices {
                if splice.at <= before || splice.at.month() != self.base.month() {
                    let (at, origin) = (splice.at, splice.origin.clone());
                    return Err(Error::SpliceMustContinueTheSeries { at, before, origin });
                }
                before = splice.at;
            }
        }
        for (place, forecast) in self.forecasts.iter().enumerate() {
            let month = forecast.figure.month;
            if !self.uses(forecast)
                || self.forecasts[..place].iter().any(|first| first.is_for_the_same(forecast))
            {
                let origin = forecast.figure.origin.clone();
                return Err(Error::ForecastMustBeUsed { month, origin });
            }
        }
        for (place, later) in self.decided.iter().enumerate() {
            let year = later.year;
            if let Some(first) = self.decided[..place].iter().find(|first| first.year == year) {
                let origins = [&later.origin, &first.origin].into_iter().flatten().cloned().collect();
                return Err(Error::DecidedChangeMustStandOnce { year, origins });
            }
            let first_year = self.base.year() + i32::from(self.lag_years) + 1;
            if year.get() < first_year {
                let origin = later.origin.clone();
                return Err(Error::DecidedChangeMustFollowTheBase { year, first_year, origin });
            }
        }
        Ok(())
    }

    /// Whether a forecast stands in for a figure that the clause asks for, in a year before it is corrected. What was printed
    /// is corrected the year after.
    fn uses(&self, forecast: &ForecastFigure) -> bool {
        let (month, corrected) = (forecast.figure.month, forecast.corrected.get());
        let used_in = month.year() + i32::from(self.lag_years);
        let is_asked_for = month.month() == self.base.month() && month > self.base;
        let is_measured = self.measure.series().any(|series| {
            let is_in_force = series.in_force(month) == (&forecast.figure.series, forecast.figure.status);
            // In the month of a splice both series are published, or it could not be made.
            is_in_force && series.splices.iter().all(|splice| splice.at != month)
        });
        let is_in_time =
            corrected == used_in + 1 || (corrected > used_in && self.carried != Carried::Printed);
        is_asked_for && is_measured && is_in_time
    }

    fn conflict(&self) -> Option<Conflict> {
        let is_from_base = self.carried == Carried::FromBase;
        let is_weighed = matches!(self.measure, Measure::Basket { .. });
        let is_part_from_base = is_from_base && (is_weighed || self.pass_through.is_some());
        let is_printed = matches!(self.target, EscalationTarget::Parameters { printed: Some(_), .. });
        let conflicts = [
            (self.carried == Carried::Printed && !is_printed, Conflict::PrintedWithoutRounding),
            (is_from_base && self.point.is_some(), Conflict::PointFromBase),
            (self.point.is_some() && self.policy == FallPolicy::HighWater, Conflict::PointBesideHighWater),
            (
                is_part_from_base && self.policy == FallPolicy::NeverDown,
                Conflict::PartFromBaseBesideNeverDown,
            ),
            (is_part_from_base && !self.decided.is_empty(), Conflict::PartFromBaseBesideDecided),
            (is_part_from_base && self.threshold.is_some(), Conflict::PartFromBaseBesideThreshold),
            (self.point.is_some() && self.threshold.is_some(), Conflict::PointBesideThreshold),
        ];
        conflicts.into_iter().find(|(is_there, _)| *is_there).map(|(_, conflict)| conflict)
    }

    /// What was decided for a fee year.
    pub(super) fn decided_for(&self, year: i32) -> Option<&DecidedChange> {
        self.decided.iter().find(|decided| decided.year.get() == year)
    }

    /// The error with the place of the clause that asked for what is not there, or is too much.
    pub(crate) fn asked_for(&self, error: Error) -> Error {
        match error {
            Error::IndexSeriesMustBeKnown { series, known, .. } => {
                Error::IndexSeriesMustBeKnown { series, known, clause: self.origin.clone() }
            }
            Error::IndexFigureMustExist { series, status, month, newest, .. } => {
                Error::IndexFigureMustExist { series, status, month, newest, clause: self.origin.clone() }
            }
            Error::FactorMustBeHeldExactly { changes, .. } => {
                Error::FactorMustBeHeldExactly { changes, clause: self.origin.clone() }
            }
            other => other.needed_at(self.origin.as_ref()),
        }
    }
}
