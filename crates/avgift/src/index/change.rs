//! A change (förändring): what an amount is multiplied by from one price level to a later one, with all its figures.
//! Rule:    later figure / earlier figure; or 1 + part × (later / earlier − 1) + point, where a clause passes on a part of
//!          the change or adds a point to it; or a percentage that was decided in place of the index.
//! Units:   an exact ratio above 0.
//! Errors:  FactorMustBeAboveZero, and those of a pair of figures.
//! Example: 10 500 kr × (1 + 90 % × (173 / 170 − 1)) is 10 666,76 kr; SCB's own ("Att räkna med index").

use serde::{Deserialize, Serialize};

use super::factor::FigurePair;
use crate::calendar::FeeYear;
use crate::error::Error;
use crate::language::Language;
use crate::origin::Origin;
use crate::percent::{Part, Percent};
use crate::ratio::Ratio;
use crate::reading::present;

/// One change of a tariff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndexChange {
    /// Later figure / earlier figure, as it is.
    Figures(FigurePair),
    /// A change that is passed on in part, or added to.
    Composed(ComposedChange),
    /// A percentage that was decided in place of the index.
    Decided(DecidedChange),
}

/// A change of the index that is passed on in part, or added to, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComposedChange {
    /// The two figures.
    pub figures: FigurePair,
    /// How much of the change is passed on; without it, all.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub pass_through: Option<Part>,
    /// What is added every year.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub point: Option<Percent>,
}

/// The change of one fee year, decided as a percentage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedChange {
    /// The fee year that it leads to, from the year before.
    pub year: FeeYear,
    /// The percentage, as decided.
    pub percent: Percent,
    /// Who decided it and when, as the user wrote it.
    pub decision: String,
    /// Where it stands.
    #[serde(deserialize_with = "Option::deserialize")]
    pub origin: Option<Origin>,
}

impl IndexChange {
    /// The ratio of the change.
    ///
    /// # Errors
    /// `FactorMustBeAboveZero`, those of a pair of figures, `AmountMustNotOverflow`.
    pub fn ratio(&self) -> Result<Ratio, Error> {
        let ratio = match self {
            IndexChange::Figures(pair) => pair.ratio()?,
            IndexChange::Composed(change) => change.ratio()?,
            IndexChange::Decided(decided) => Ratio::ONE.plus(decided.percent.ratio())?,
        };
        if ratio > Ratio::ZERO {
            Ok(ratio)
        } else {
            let origin = self.origins().next().cloned();
            Err(Error::FactorMustBeAboveZero { change: self.text(Language::English), origin })
        }
    }

    /// The pairs of figures that the change is made of; none where it was decided.
    pub fn pairs(&self) -> impl Iterator<Item = &FigurePair> {
        let pair = match self {
            IndexChange::Figures(pair) => Some(pair),
            IndexChange::Composed(change) => Some(&change.figures),
            IndexChange::Decided(_) => None,
        };
        pair.into_iter()
    }

    /// Where the figures, or the decision, were read.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        let decided = match self {
            IndexChange::Decided(decided) => decided.origin.as_ref(),
            _ => None,
        };
        self.pairs().flat_map(FigurePair::origins).chain(decided)
    }

    /// The change for people: `173 / 170`, `(1 + 90 % × (173 / 170 − 1))`, `(1 + 3,2 %)`; with nothing left out, so that a
    /// reader can do the sum again.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        match self {
            IndexChange::Figures(pair) => pair.text(language),
            IndexChange::Composed(change) => change.text(language),
            IndexChange::Decided(decided) => format!("(1{})", decided.percent.added(language)),
        }
    }

    /// Whether it is two figures and nothing else.
    pub(crate) const fn is_plain(&self) -> bool {
        matches!(self, IndexChange::Figures(_))
    }
}

impl ComposedChange {
    fn ratio(&self) -> Result<Ratio, Error> {
        let measured = self.figures.ratio()?;
        let passed_on = match self.pass_through {
            Some(part) => Ratio::ONE.plus(part.ratio().times(measured.minus(Ratio::ONE)?)?)?,
            None => measured,
        };
        match self.point {
            Some(point) => passed_on.plus(point.ratio()),
            None => Ok(passed_on),
        }
    }

    fn text(&self, language: Language) -> String {
        let measured = self.figures.text(language);
        let passed_on = match self.pass_through {
            Some(part) => format!("1 + {} × ({measured} − 1)", part.text(language)),
            None => measured,
        };
        let point = self.point.map(|point| point.added(language)).unwrap_or_default();
        format!("({passed_on}{point})")
    }
}
