//! The factor of an escalation: two figures of one series, or several such pairs, as an exact ratio.
//! Rule:    old amount × later figure / earlier figure (SCB, "Att räkna med index"). Same series and same month at both
//!          ends; two preliminary or two final figures, never one of each.
//! Errors:  IndexSeriesMustMatch, IndexMonthMustMatch, IndexStatusMustMatch.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::clause::FallPolicy;
use super::figure::IndexFigure;
use crate::error::Error;
use crate::language::Language;
use crate::number::decimal_text;
use crate::origin::Origin;
use crate::ratio::Ratio;

/// The factor of an escalation: later figure over earlier figure, of one series, exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexFactor {
    ratio: Ratio,
    /// The pairs whose quotients, multiplied, are the factor: one pair, but for `NeverDown`.
    pairs: Vec<FigurePair>,
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

impl<'de> Deserialize<'de> for IndexFactor {
    /// The ratio is the one that the figures make, or the whole is refused.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<IndexFactor, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Stored {
            ratio: Ratio,
            pairs: Vec<FigurePair>,
        }
        let Stored { ratio, pairs } = Stored::deserialize(deserializer)?;
        let factor = IndexFactor::of_pairs(pairs).map_err(D::Error::custom)?;
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
        let ratio = Ratio::from_decimal(to.value).over(Ratio::from_decimal(from.value))?;
        Ok(IndexFactor { ratio, pairs: vec![FigurePair { to: to.clone(), from: from.clone() }] })
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
                let mut factor = IndexFactor { ratio: Ratio::ONE, pairs: Vec::new() };
                let mut rise_from = *first;
                for pair in figures.windows(2) {
                    if pair[1].value < pair[0].value {
                        factor.extend(rise_from, pair[0])?;
                        rise_from = pair[1];
                    }
                }
                factor.extend(rise_from, last)?;
                if factor.pairs.is_empty() {
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
        let mut ratio = Ratio::ONE;
        for pair in &pairs {
            IndexFactor::between(&first, &pair.from)?;
            IndexFactor::between(&first, &pair.to)?;
            ratio = ratio.times(IndexFactor::between(&pair.from, &pair.to)?.ratio)?;
        }
        Ok(IndexFactor { ratio, pairs })
    }

    /// Appends the rise between two figures, where there is one.
    fn extend(&mut self, from: &IndexFigure, to: &IndexFigure) -> Result<(), Error> {
        if from.month != to.month {
            let rise = IndexFactor::between(from, to)?;
            self.ratio = self.ratio.times(rise.ratio)?;
            self.pairs.extend(rise.pairs);
        }
        Ok(())
    }

    /// The factor, exact.
    #[must_use]
    pub fn ratio(&self) -> Ratio {
        self.ratio
    }

    /// The pairs of figures whose quotients, multiplied, are the factor.
    #[must_use]
    pub fn pairs(&self) -> &[FigurePair] {
        &self.pairs
    }

    /// The factor for people: `142,6 / 138,2`, and with ` × ` between the rises where a fall was passed over.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let pair = |pair: &FigurePair| {
            format!("{} / {}", decimal_text(pair.to.value, language), decimal_text(pair.from.value, language))
        };
        self.pairs.iter().map(pair).collect::<Vec<_>>().join(" × ")
    }

    /// Where the figures were read.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.pairs.iter().flat_map(|pair| [&pair.to.origin, &pair.from.origin]).flatten()
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
