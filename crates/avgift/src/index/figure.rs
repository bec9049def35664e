//! A figure of an index series (indextal): one published number of one named series, for one month.
//! Units:   as published, usually one decimal.
//! Range:   above 0, to 99 999 999,9999: an index, or a population that is taken for one.
//! Errors:  IndexFigureMustBeInRange.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::calendar::Month;
use crate::error::Error;
use crate::language::Language;
use crate::number::decimal_text;
use crate::origin::Origin;
use crate::reading::{as_written, present};
use crate::refusal::visible;

/// Whether a figure may still change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IndexStatus {
    /// Preliminary (preliminär): published about two months after its month.
    Preliminary,
    /// Final (definitiv): published some fourteen months after its month.
    Final,
}

impl IndexStatus {
    /// The word for people.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        language.say(match self {
            IndexStatus::Preliminary => "preliminary",
            IndexStatus::Final => "final",
        })
    }
}

impl fmt::Display for IndexStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English))
    }
}

/// The full name of a series: index, workers or salaried, section. `LÖI arbetare C`.
pub type SeriesName = Arc<str>;

/// One published figure of one series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexFigure {
    /// The series it belongs to.
    pub series: SeriesName,
    /// The month it is for.
    pub month: Month,
    /// Preliminary or final.
    pub status: IndexStatus,
    /// The figure, above zero.
    pub value: Decimal,
    /// Where it was read.
    pub origin: Option<Origin>,
    /// Where the other figures were read that it is the sum of, after the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Origin>,
    /// Who expects it, where it is a forecast and not published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<String>,
}

impl<'de> Deserialize<'de> for IndexFigure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<IndexFigure, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Stored {
            series: SeriesName,
            month: Month,
            status: IndexStatus,
            #[serde(deserialize_with = "as_written")]
            value: Decimal,
            #[serde(deserialize_with = "Option::deserialize")]
            origin: Option<Origin>,
            #[serde(default)]
            others: Vec<Origin>,
            #[serde(default, deserialize_with = "present")]
            forecast: Option<String>,
        }
        let Stored { series, month, status, value, origin, others, forecast } =
            Stored::deserialize(deserializer)?;
        let figure = IndexFigure::new(series, month, status, value).map_err(D::Error::custom)?;
        Ok(IndexFigure { origin, others, forecast, ..figure })
    }
}

impl IndexFigure {
    /// A figure of a series.
    ///
    /// # Errors
    /// `IndexFigureMustBeInRange` outside 0 to 99 999 999,9999, or with more than four decimals.
    pub fn new(
        series: impl Into<SeriesName>,
        month: Month,
        status: IndexStatus,
        value: Decimal,
    ) -> Result<IndexFigure, Error> {
        let in_range =
            value > Decimal::ZERO && value < Decimal::from(100_000_000) && value.normalize().scale() <= 4;
        if !in_range {
            return Err(Error::IndexFigureMustBeInRange { text: value.to_string() });
        }
        Ok(IndexFigure {
            series: series.into(),
            month,
            status,
            value,
            origin: None,
            others: Vec::new(),
            forecast: None,
        })
    }

    /// Who expects it, for people, where it is a forecast: `151,0 för oktober 2024 är en prognos: SKR, cirkulär …`.
    #[must_use]
    pub fn forecast_text(&self, language: Language) -> Option<String> {
        let source: String = self.forecast.as_ref()?.chars().map(visible).collect();
        let (figure, month) = (decimal_text(self.value, language), self.month.text(language));
        let figures = [("figure", &*figure), ("month", &*month), ("source", &*source)];
        Some(language.tell("figure-is-a-forecast", &figures))
    }

    /// Where it was read, or all that it is the sum of.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.origin.iter().chain(&self.others)
    }

    /// The figure with the place it was read.
    #[must_use]
    pub fn read_at(self, origin: Origin) -> IndexFigure {
        IndexFigure { origin: Some(origin), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_above_zero() {
        let month = Month::new(2022, 10).unwrap();
        for value in ["0", "-1", "100000000", "1.00001"] {
            assert!(
                IndexFigure::new("LÖI", month, IndexStatus::Final, value.parse().unwrap()).is_err(),
                "{value}"
            );
        }
    }
}
