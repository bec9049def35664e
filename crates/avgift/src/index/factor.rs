//! The factor of an escalation: the changes whose ratios, multiplied, carry an amount to a fee year.
//! Rule:    old amount × later figure / earlier figure (SCB, "Att räkna med index"). Same series and same month at both
//!          ends; two preliminary or two final figures, never one of each.
//! Units:   an exact ratio, always the one that its figures make.
//! Errors:  IndexSeriesMustMatch, IndexMonthMustMatch, IndexStatusMustMatch.

use serde::de::Error as _;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::change::{IndexChange, WaitingChange};
use super::clause::FallPolicy;
use super::figure::IndexFigure;
use crate::error::Error;
use crate::language::Language;
use crate::money::Exact;
use crate::number::decimal_text;
use crate::origin::Origin;
use crate::ratio::Ratio;
use crate::reading::present;
use crate::rounding::Rounding;

/// The factor of an escalation, exact: one change or several, one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFactor {
    ratio: Ratio,
    changes: Vec<IndexChange>,
    waiting: Option<Box<WaitingChange>>,
    is_chained: bool,
}

/// Two figures of one series, same month and status: later and earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigurePair {
    /// The figure above the line.
    pub to: IndexFigure,
    /// The figure below the line.
    pub from: IndexFigure,
}

impl FigurePair {
    /// A later figure over an earlier one.
    ///
    /// # Errors
    /// `IndexSeriesMustMatch`, `IndexMonthMustMatch`, `IndexStatusMustMatch`.
    pub fn new(from: &IndexFigure, to: &IndexFigure) -> Result<FigurePair, Error> {
        let pair = || (Box::new(from.clone()), Box::new(to.clone()));
        if from.series != to.series {
            let (from, to) = pair();
            return Err(Error::IndexSeriesMustMatch { from, to });
        }
        if from.month.month() != to.month.month() {
            let (from, to) = pair();
            return Err(Error::IndexMonthMustMatch { from, to });
        }
        if from.status != to.status {
            let (from, to) = pair();
            return Err(Error::IndexStatusMustMatch { from, to });
        }
        Ok(FigurePair { to: to.clone(), from: from.clone() })
    }

    /// Later figure / earlier figure.
    ///
    /// # Errors
    /// Those of [`FigurePair::new`]; `AmountMustNotOverflow`.
    pub fn ratio(&self) -> Result<Ratio, Error> {
        let FigurePair { to, from } = FigurePair::new(&self.from, &self.to)?;
        Ratio::from_decimal(to.value).over(Ratio::from_decimal(from.value))
    }

    /// The pair for people: `142,6 / 138,2`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        format!("{} / {}", decimal_text(self.to.value, language), decimal_text(self.from.value, language))
    }

    /// Where the two figures were read.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.to.origins().chain(self.from.origins())
    }
}

impl Serialize for IndexFactor {
    /// As `pairs` where it is made of figures of one series alone, else as `changes`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct(
            "IndexFactor",
            2 + usize::from(self.waiting.is_some()) + usize::from(self.is_chained),
        )?;
        fields.serialize_field("ratio", &self.ratio)?;
        if self.is_plain() {
            fields.serialize_field("pairs", &self.pairs().collect::<Vec<_>>())?;
        } else {
            fields.serialize_field("changes", &self.changes)?;
        }
        if let Some(waiting) = &self.waiting {
            fields.serialize_field("waiting", waiting)?;
        }
        if self.is_chained {
            fields.serialize_field("chained", &true)?;
        }
        fields.end()
    }
}

impl<'de> Deserialize<'de> for IndexFactor {
    /// The ratio is the one that the figures make, or the whole is refused.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<IndexFactor, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Stored {
            ratio: Ratio,
            #[serde(default, deserialize_with = "present")]
            pairs: Option<Vec<FigurePair>>,
            #[serde(default, deserialize_with = "present")]
            changes: Option<Vec<IndexChange>>,
            #[serde(default, deserialize_with = "present")]
            waiting: Option<Box<WaitingChange>>,
            #[serde(default, deserialize_with = "present")]
            chained: Option<bool>,
        }
        let Stored { ratio, pairs, changes, waiting, chained } = Stored::deserialize(deserializer)?;
        let is_written_as_pairs = pairs.is_some();
        if chained == Some(false) {
            return Err(D::Error::custom("`chained` is written where it is true alone"));
        }
        let chained = chained.is_some();
        let factor = match (pairs, changes) {
            (Some(pairs), None) if chained => {
                IndexFactor::of_chain(pairs.into_iter().map(IndexChange::Figures).collect())
            }
            (None, Some(changes)) if chained => IndexFactor::of_chain(changes),
            (Some(pairs), None) => IndexFactor::of_pairs(pairs),
            (None, Some(changes)) => IndexFactor::of_changes(changes),
            _ => return Err(D::Error::custom("a factor has either `pairs` or `changes`")),
        };
        let factor = factor.map_err(D::Error::custom)?.while_waiting(waiting);
        if let Some(waiting) = factor.waiting().filter(|waiting| !waiting.waits().unwrap_or(false)) {
            let change = waiting.change.text(Language::English);
            return Err(D::Error::custom(format!("the change {change} counts, and does not wait")));
        }
        if factor.is_plain() != is_written_as_pairs {
            return Err(D::Error::custom("figures of one series alone are written as `pairs`"));
        }
        if factor.ratio != ratio {
            let (above, below) = (ratio.numerator(), ratio.denominator());
            let made = factor.text(Language::English);
            return Err(D::Error::custom(format!(
                "the factor {above}/{below} is not that of its figures, {made}"
            )));
        }
        Ok(factor)
    }
}

impl IndexFactor {
    /// The factor from an earlier figure to a later one.
    ///
    /// ```
    /// use avgift::{Decimal, Exact, IndexFactor, IndexFigure, IndexStatus, Month, Rounding, Sek};
    /// let figure = |month: &str, value| IndexFigure::new("AKI", month.parse()?, IndexStatus::Final, Decimal::from(value));
    /// let factor = IndexFactor::between(&figure("2020M10", 170)?, &figure("2021M10", 173)?)?;
    /// let price = Exact::from("10 500 kr".parse::<Sek>()?).times(factor.ratio())?;
    /// assert_eq!(Rounding::Ore.round(price)?, "10 685,29 kr".parse()?);
    /// # Ok::<(), avgift::Error>(())
    /// ```
    ///
    /// # Errors
    /// `IndexSeriesMustMatch`, `IndexMonthMustMatch`, `IndexStatusMustMatch`.
    pub fn between(from: &IndexFigure, to: &IndexFigure) -> Result<IndexFactor, Error> {
        let pair = FigurePair::new(from, to)?;
        Ok(IndexFactor {
            ratio: pair.ratio()?,
            changes: vec![IndexChange::Figures(pair)],
            waiting: None,
            is_chained: false,
        })
    }

    /// The factor from the first of yearly figures to the last, under a policy for years in which the index fell.
    ///
    /// # Errors
    /// As `between`; `IndexFigureMustExist` cannot come from here, since the figures are given.
    pub fn over_years(figures: &[&IndexFigure], policy: FallPolicy) -> Result<IndexFactor, Error> {
        let (Some(first), Some(last)) = (figures.first(), figures.last()) else {
            return Err(Error::AmountMustNotOverflow);
        };
        // Every figure is held against the first, so that one of another series or status is refused under any policy.
        for figure in figures {
            IndexFactor::between(first, figure)?;
        }
        match policy {
            FallPolicy::Follow => IndexFactor::between(first, last),
            FallPolicy::HighWater => {
                // Of equal figures the earliest is the high-water mark.
                let highest = figures.iter().rev().max_by_key(|figure| figure.value).unwrap_or(last);
                IndexFactor::between(first, highest)
            }
            FallPolicy::NeverDown => {
                let mut factor =
                    IndexFactor { ratio: Ratio::ONE, changes: Vec::new(), waiting: None, is_chained: false };
                let mut rise_from = *first;
                for pair in figures.windows(2) {
                    if pair[1].value < pair[0].value {
                        factor.extend(rise_from, pair[0])?;
                        rise_from = pair[1];
                    }
                }
                factor.extend(rise_from, last)?;
                if factor.changes.is_empty() {
                    return IndexFactor::between(first, first);
                }
                Ok(factor)
            }
        }
    }

    /// The factor that pairs of figures make, all of one series, month and status.
    ///
    /// # Errors
    /// As `between`; `IndexFigureMustBeInRange` where there is no pair.
    pub(crate) fn of_pairs(pairs: Vec<FigurePair>) -> Result<IndexFactor, Error> {
        let Some(first) = pairs.first().map(|pair| pair.from.clone()) else {
            return Err(Error::IndexFigureMustBeInRange { text: String::new() });
        };
        for pair in &pairs {
            FigurePair::new(&first, &pair.from)?;
            FigurePair::new(&first, &pair.to)?;
        }
        IndexFactor::of_changes(pairs.into_iter().map(IndexChange::Figures).collect())
    }

    /// The factor that changes make, one after another.
    ///
    /// # Errors
    /// Those of [`IndexChange::ratio`]; `FactorMustBeHeldExactly` where the product has too many digits.
    pub(crate) fn of_changes(changes: Vec<IndexChange>) -> Result<IndexFactor, Error> {
        let mut ratio = Ratio::ONE;
        for (before, change) in changes.iter().enumerate() {
            let held = ratio.times(change.ratio()?);
            // What overflows by itself is a figure out of place; what does so among others is one fraction too many.
            ratio = held.map_err(|error| match before {
                0 => error,
                _ => Error::FactorMustBeHeldExactly { changes: changes.len(), clause: None },
            })?;
        }
        Ok(IndexFactor { ratio, changes, waiting: None, is_chained: false })
    }

    /// The factor beside a change that waits.
    pub(crate) fn while_waiting(self, waiting: Option<Box<WaitingChange>>) -> IndexFactor {
        IndexFactor { waiting, ..self }
    }

    /// The changes one by one, each to be rounded before the next: a chain has no product, but the ratio of its last change.
    ///
    /// # Errors
    /// Those of [`IndexChange::ratio`].
    pub(crate) fn of_chain(changes: Vec<IndexChange>) -> Result<IndexFactor, Error> {
        let ratio = changes.iter().try_fold(Ratio::ONE, |_, change| change.ratio())?;
        Ok(IndexFactor { ratio, changes, waiting: None, is_chained: true })
    }

    /// The factor made anew from its figures.
    pub(crate) fn again(&self) -> Result<IndexFactor, Error> {
        let factor = if self.is_chained {
            IndexFactor::of_chain(self.changes.clone())
        } else if self.is_plain() {
            IndexFactor::of_pairs(self.pairs().cloned().collect())
        } else {
            IndexFactor::of_changes(self.changes.clone())
        };
        Ok(factor?.while_waiting(self.waiting.clone()))
    }

    /// Appends the rise between two figures, where there is one.
    fn extend(&mut self, from: &IndexFigure, to: &IndexFigure) -> Result<(), Error> {
        if from.month != to.month {
            let rise = IndexFactor::between(from, to)?;
            self.ratio = self.ratio.times(rise.ratio)?;
            self.changes.extend(rise.changes);
        }
        Ok(())
    }

    /// What an amount comes to, change after change, rounded after each where the factor is chained.
    pub(crate) fn printed(&self, amount: Exact, rounding: Rounding) -> Result<Exact, Error> {
        if !self.is_chained {
            return rounding.round(amount.times(self.ratio)?).map(Exact::from);
        }
        self.changes.iter().try_fold(rounding.round(amount)?.into(), |amount: Exact, change| {
            rounding.round(amount.times(change.ratio()?)?).map(Exact::from)
        })
    }

    /// Whether each change works on the printed amount of the one before it.
    #[must_use]
    pub fn is_chained(&self) -> bool {
        self.is_chained
    }

    /// The factor, exact; where it is chained, that of its last change.
    #[must_use]
    pub fn ratio(&self) -> Ratio {
        self.ratio
    }

    /// The changes whose ratios, multiplied, are the factor. None in the year of the price level, nor where the index was
    /// not followed.
    #[must_use]
    pub fn changes(&self) -> &[IndexChange] {
        &self.changes
    }

    /// The change that is too small to count yet, where there is one.
    #[must_use]
    pub fn waiting(&self) -> Option<&WaitingChange> {
        self.waiting.as_deref()
    }

    /// Every pair of figures that it is made of. Only of a plain factor are their quotients, multiplied, the factor.
    pub fn pairs(&self) -> impl Iterator<Item = &FigurePair> {
        self.changes.iter().flat_map(IndexChange::pairs)
    }

    /// Whether it is pairs of figures of one series, and nothing else.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let Some(first) = self.pairs().next() else { return false };
        // A series that goes on as another has pairs of both.
        let is_of_the_series = |figure: &IndexFigure| FigurePair::new(&first.from, figure).is_ok();
        self.changes.iter().all(IndexChange::is_plain)
            && self.pairs().all(|pair| is_of_the_series(&pair.from) && is_of_the_series(&pair.to))
    }

    /// The factor for people: `142,6 / 138,2`, and with ` × ` between the changes where there are several.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        if self.changes.is_empty() {
            return String::from("1");
        }
        self.changes.iter().map(|change| change.text(language)).collect::<Vec<_>>().join(" × ")
    }

    /// Where the figures, and what was decided in place of them, were read.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        let waiting = self.waiting.iter().map(|waiting| &waiting.change);
        self.changes.iter().chain(waiting).flat_map(IndexChange::origins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::index::IndexStatus;
    use crate::money::{Exact, Sek};
    use crate::rounding::Rounding;

    fn figure(year: i32, value: &str) -> IndexFigure {
        let month = Month::new(year, 10).unwrap();
        IndexFigure::new("LÖI", month, IndexStatus::Preliminary, value.parse().unwrap()).unwrap()
    }

    fn escalated(amount: &str, values: &[&str], policy: FallPolicy) -> String {
        let figures: Vec<_> = values.iter().zip(2020..).map(|(value, year)| figure(year, value)).collect();
        let figures: Vec<_> = figures.iter().collect();
        let factor = IndexFactor::over_years(&figures, policy).unwrap();
        let amount = Exact::from(amount.parse::<Sek>().unwrap()).times(factor.ratio()).unwrap();
        Rounding::Ore.round(amount).unwrap().text(Language::Swedish)
    }

    /// The three policies on 20 000 kr and the figures 100 → 99,2 → 103,0.
    #[test]
    fn a_fall_of_the_index_is_followed_or_not() {
        let (fall, rise) = (["100", "99.2"], ["100", "99.2", "103.0"]);
        assert_eq!(escalated("20 000", &fall, FallPolicy::Follow), "19 840 kr");
        assert_eq!(escalated("20 000", &rise, FallPolicy::Follow), "20 600 kr");
        assert_eq!(escalated("20 000", &fall, FallPolicy::NeverDown), "20 000 kr");
        assert_eq!(escalated("20 000", &rise, FallPolicy::NeverDown), "20 766,13 kr");
        assert_eq!(escalated("20 000", &fall, FallPolicy::HighWater), "20 000 kr");
        assert_eq!(escalated("20 000", &rise, FallPolicy::HighWater), "20 600 kr");
    }

    #[test]
    fn two_ends_of_different_kind_are_refused() {
        let from = figure(2021, "138.2");
        let other_series = IndexFigure { series: "AKI".into(), ..figure(2022, "142.6") };
        let other_status = IndexFigure { status: IndexStatus::Final, ..figure(2022, "142.6") };
        let other_month = IndexFigure { month: "2022M11".parse().unwrap(), ..figure(2022, "142.6") };
        assert!(matches!(
            IndexFactor::between(&from, &other_series),
            Err(Error::IndexSeriesMustMatch { .. })
        ));
        assert!(matches!(
            IndexFactor::between(&from, &other_status),
            Err(Error::IndexStatusMustMatch { .. })
        ));
        assert!(matches!(IndexFactor::between(&from, &other_month), Err(Error::IndexMonthMustMatch { .. })));
    }
}
