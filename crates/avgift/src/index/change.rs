//! A change (förändring): what an amount is multiplied by from one price level to a later one, with all its figures.
//! Rule:    later figure / earlier figure; of several series, each times its weight, summed. Or 1 + part × (that − 1) +
//!          point, where a clause passes on a part of the change or adds a point to it; or a percentage that was decided in
//!          place of the index.
//! Units:   an exact ratio above 0.
//! Errors:  FactorMustBeAboveZero, WeightsMustSumToTheWhole, and those of a pair of figures.
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
    /// A change that is weighed together, passed on in part, or added to.
    Composed(ComposedChange),
    /// A percentage that was decided in place of the index.
    Decided(DecidedChange),
}

/// A change of one series or several, weighed together, passed on in part, or added to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComposedChange {
    /// The series: one without a weight, or several whose weights sum to the whole.
    pub terms: Vec<IndexTerm>,
    /// How much of the change is passed on; without it, all.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub pass_through: Option<Part>,
    /// What is added every year.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub point: Option<Percent>,
}

/// The change of one series, and its weight among several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexTerm {
    /// Its part of the whole; none where it is the only one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub weight: Option<Part>,
    /// Its two figures; over a splice or a forecast that was corrected several pairs, the latest first, each beginning in the
    /// month that the next one ends in.
    pub figures: Vec<FigurePair>,
}

impl IndexTerm {
    /// Later figure / earlier figure, pair times pair.
    fn ratio(&self) -> Result<Ratio, Error> {
        for pair in self.figures.windows(2) {
            let (from, to) = (&pair[0].from, &pair[1].to);
            if from.month != to.month {
                let (from, to) = (Box::new(from.clone()), Box::new(to.clone()));
                return Err(Error::IndexMonthMustMatch { from, to });
            }
        }
        if self.figures.is_empty() {
            return Err(Error::IndexFigureMustBeInRange { text: String::new() });
        }
        self.figures.iter().try_fold(Ratio::ONE, |ratio, pair| ratio.times(pair.ratio()?))
    }

    fn text(&self, language: Language) -> String {
        self.figures.iter().map(|pair| pair.text(language)).collect::<Vec<_>>().join(" × ")
    }
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
    /// `FactorMustBeAboveZero`, `WeightsMustSumToTheWhole`, those of a pair of figures, `AmountMustNotOverflow`.
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

    /// How the index itself changed, before a part of it is passed on or a point added; none where it was decided.
    pub(super) fn measured(&self) -> Result<Option<Ratio>, Error> {
        match self {
            IndexChange::Figures(pair) => pair.ratio().map(Some),
            IndexChange::Composed(change) => change.measured().map(Some),
            IndexChange::Decided(_) => Ok(None),
        }
    }

    /// The pairs of figures that the change is made of; none where it was decided.
    pub fn pairs(&self) -> impl Iterator<Item = &FigurePair> {
        let (pair, terms) = match self {
            IndexChange::Figures(pair) => (Some(pair), &[][..]),
            IndexChange::Composed(change) => (None, &*change.terms),
            IndexChange::Decided(_) => (None, &[][..]),
        };
        pair.into_iter().chain(terms.iter().flat_map(|term| &term.figures))
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

/// A change that is too small to count yet: it waits, and is measured again with the next year's, from the same figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitingChange {
    /// What a change comes to before it counts.
    pub threshold: Part,
    /// The change.
    pub change: IndexChange,
}

impl WaitingChange {
    /// Whether the index has changed by less than the threshold, up or down. A change of just the threshold counts.
    pub(super) fn waits(&self) -> Result<bool, Error> {
        let Some(measured) = self.change.measured()? else { return Ok(false) };
        let (up, down) = (measured.minus(Ratio::ONE)?, Ratio::ONE.minus(measured)?);
        Ok(up.max(down) < self.threshold.ratio())
    }
}

/// Holds weights to the whole.
///
/// # Errors
/// `WeightsMustSumToTheWhole`.
pub(super) fn sum_to_the_whole(
    weights: impl Iterator<Item = Ratio>,
    origin: Option<&Origin>,
) -> Result<(), Error> {
    let mut weights = weights;
    let sum = weights.try_fold(Ratio::ZERO, Ratio::plus)?;
    if sum == Ratio::ONE {
        Ok(())
    } else {
        Err(Error::WeightsMustSumToTheWhole { sum: sum.percent_text(), origin: origin.cloned() })
    }
}

impl ComposedChange {
    fn ratio(&self) -> Result<Ratio, Error> {
        let measured = self.measured()?;
        let passed_on = match self.pass_through {
            Some(part) => Ratio::ONE.plus(part.ratio().times(measured.minus(Ratio::ONE)?)?)?,
            None => measured,
        };
        match self.point {
            Some(point) => passed_on.plus(point.ratio()),
            None => Ok(passed_on),
        }
    }

    /// The change of the series, weighed together.
    fn measured(&self) -> Result<Ratio, Error> {
        if let [only @ IndexTerm { weight: None, .. }] = &*self.terms {
            return only.ratio();
        }
        // Without a weight a series among several is none of the whole, and the sum says so.
        let weights = self.terms.iter().map(|term| term.weight.map_or(Ratio::ZERO, Part::ratio));
        sum_to_the_whole(weights, None)?;
        self.terms.iter().try_fold(Ratio::ZERO, |sum, term| {
            let weight = term.weight.map_or(Ratio::ZERO, Part::ratio);
            sum.plus(weight.times(term.ratio()?)?)
        })
    }

    fn text(&self, language: Language) -> String {
        let term = |term: &IndexTerm| match term.weight {
            Some(weight) => format!("{} × {}", weight.text(language), term.text(language)),
            None => term.text(language),
        };
        let measured = self.terms.iter().map(term).collect::<Vec<_>>().join(" + ");
        let passed_on = match self.pass_through {
            Some(part) => format!("1 + {} × ({measured} − 1)", part.text(language)),
            None => measured,
        };
        let point = self.point.map(|point| point.added(language)).unwrap_or_default();
        format!("({passed_on}{point})")
    }
}
