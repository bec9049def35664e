//! FeeRule: what the laws ask of a rule, the core's or your own.
//! Rule:    three answers are asked for; all others may be left as they are, and the laws that need them are left out.
//! Units:   inhabitants and a share of the year in; exact öre and whole öre out.
//! Errors:  the rule's own, in the words of the core. To a law, an error is a broken law.

use avgift::{Decimal, Error, Exact, Inhabitants, ProrationOrder, Ratio, Rounding, Sek, Share};

/// A rule that turns inhabitants and a share of the year into a fee.
pub trait FeeRule {
    /// The amount before the rounding.
    ///
    /// # Errors
    /// The rule's own.
    fn exact(&self, inhabitants: Inhabitants, share: Share) -> Result<Exact, Error>;

    /// The fee.
    ///
    /// # Errors
    /// The rule's own.
    fn fee(&self, inhabitants: Inhabitants, share: Share) -> Result<Sek, Error>;

    /// What the fee is rounded to.
    fn step(&self) -> Rounding;

    /// What the fee for a whole year is never below, before the rounding.
    fn floor(&self) -> Option<Exact> {
        None
    }

    /// What the fee is never above, before the rounding.
    fn ceiling(&self) -> Option<Exact> {
        None
    }

    /// The most that one inhabitant more costs in a whole year.
    ///
    /// To be told by a rule that is so much per inhabitant, with or without a base, bounds and brackets whose rates
    /// fall. Not by steps and class rates, where one inhabitant may cost a thousand kronor.
    fn rate(&self) -> Option<Exact> {
        None
    }

    /// Whether a larger population never pays less; true of steps that do not fall, false of class rates.
    fn is_monotone(&self) -> bool {
        self.rate().is_some()
    }

    /// Whether two together never pay more than two apart, before the rounding: true of concave shapes that begin at nothing or
    /// above. To be told otherwise by brackets whose rates rise.
    fn is_subadditive(&self) -> bool {
        self.rate().is_some()
    }

    /// Whether the share of the year comes after the bounds or before them.
    fn order(&self) -> ProrationOrder {
        ProrationOrder::AfterBounds
    }

    /// The days of the fee year: 365 or 366.
    fn days_of_the_year(&self) -> u32 {
        365
    }

    /// The populations where the rule bends; the laws are tried one below, at, and one above each.
    ///
    /// Where rate and bounds are told, they give the break points; a rule with steps names its own.
    fn break_points(&self) -> Vec<Inhabitants> {
        let Some(rate) = self.rate() else { return Vec::new() };
        let point = |bound: Exact| {
            let count = bound.ore_ratio().over(rate.ore_ratio()).ok()?;
            Inhabitants::new(u32::try_from(count.numerator() / count.denominator()).ok()?).ok()
        };
        [self.floor(), self.ceiling()].into_iter().flatten().filter_map(point).collect()
    }

    /// The same rule with all its money times a factor; none where the money cannot be scaled by that one.
    fn scaled_money(&self, factor: Ratio) -> Option<Self>
    where
        Self: Sized,
    {
        let _ = factor;
        None
    }

    /// The same rule with every figure of its index series times a factor; none where it has no series, or where the
    /// figures cannot be scaled by that one.
    fn scaled_series(&self, factor: Ratio) -> Option<Self>
    where
        Self: Sized,
    {
        let _ = factor;
        None
    }

    /// The rule with all its money carried from one index figure to another, unrounded; none where it has no index, or
    /// is carried already.
    fn escalated(&self, from: Decimal, to: Decimal) -> Option<Self>
    where
        Self: Sized,
    {
        let _ = (from, to);
        None
    }
}
