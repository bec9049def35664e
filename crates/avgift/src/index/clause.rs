//! The index clause (indexklausul): which figures carry a tariff to a fee year, and what happens when the index falls.
//! Errors:  IndexBaseMustNotBeLater, and those of `series` and `factor`.

use serde::Serialize;

use super::factor::IndexFactor;
use super::figure::{IndexStatus, SeriesName};
use super::series::Indices;
use crate::calendar::{FeeYear, Month};
use crate::error::Error;
use crate::origin::Origin;
use crate::tariff::EscalationTarget;

/// The index clause (indexklausul): which two figures escalate a tariff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexClause {
    /// The series, by its full name.
    pub series: SeriesName,
    /// Preliminary or final figures, at both ends.
    pub status: IndexStatus,
    /// The month of the tariff's price level; its figure stands below the line.
    pub base: Month,
    /// How many years before the fee year the later figure is: 1 uses October 2023 for fee year 2024.
    pub lag_years: u8,
    /// What happens when the index falls.
    pub policy: FallPolicy,
    /// What the clause escalates.
    pub target: EscalationTarget,
    /// Where it stands.
    pub origin: Option<Origin>,
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

impl IndexClause {
    /// The factor for a fee year.
    ///
    /// # Errors
    /// `IndexBaseMustNotBeLater`, and those of [`Indices::figure`] and [`IndexFactor::over_years`].
    pub fn factor(&self, year: FeeYear, indices: &Indices) -> Result<IndexFactor, Error> {
        let last = year.get() - i32::from(self.lag_years);
        if last < self.base.year() {
            return Err(Error::IndexBaseMustNotBeLater {
                year,
                base: self.base,
                origin: self.origin.clone(),
            });
        }
        let years: Vec<i32> = match self.policy {
            FallPolicy::Follow => vec![self.base.year(), last],
            FallPolicy::NeverDown | FallPolicy::HighWater => (self.base.year()..=last).collect(),
        };
        let figures = years
            .into_iter()
            .map(|year| {
                let month = Month::new(year, self.base.month())?;
                indices.figure(&self.series, self.status, month).map_err(|error| self.asked_for(error))
            })
            .collect::<Result<Vec<_>, Error>>()?;
        IndexFactor::over_years(&figures, self.policy)
    }

    /// The error with the place of the clause that asked for what is not there.
    fn asked_for(&self, error: Error) -> Error {
        match error {
            Error::IndexSeriesMustBeKnown { series, known, .. } => {
                Error::IndexSeriesMustBeKnown { series, known, clause: self.origin.clone() }
            }
            Error::IndexFigureMustExist { series, status, month, newest, .. } => {
                Error::IndexFigureMustExist { series, status, month, newest, clause: self.origin.clone() }
            }
            other => other,
        }
    }
}
