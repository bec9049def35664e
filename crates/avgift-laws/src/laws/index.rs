//! Index: a factor is two figures, exact; how the figures are written changes nothing.

use avgift::{
    Decimal, EscalationTarget, Exact, FallPolicy, FeeYear, IndexClause, IndexFactor, IndexFigure,
    IndexStatus, IndexedSeries, Indices, Inhabitants, Measure, Month, Part, Ratio, Share, Splice,
    WeighedSeries,
};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};

use super::{Held, got};
use crate::rule::FeeRule;
use crate::schedule_rule::ScheduleRule;

/// From a figure to the same figure is no escalation: factor one changes nothing.
///
/// # Errors
/// Another amount or fee.
pub fn equal_figures_change_nothing<R: FeeRule>(
    rule: &R,
    inhabitants: Inhabitants,
    share: Share,
    figure: Decimal,
) -> Held {
    let Some(same) = rule.escalated(figure, figure) else { return Ok(()) };
    prop_assert_eq!(got(same.exact(inhabitants, share))?, got(rule.exact(inhabitants, share))?);
    prop_assert_eq!(got(same.fee(inhabitants, share))?, got(rule.fee(inhabitants, share))?);
    Ok(())
}

/// Old amount × later figure / earlier figure, held without a division: new × earlier = old × later.
///
/// # Errors
/// Another amount: as a rule, a factor that was rounded before it was multiplied.
pub fn escalation_is_exact<R: FeeRule>(
    rule: &R,
    inhabitants: Inhabitants,
    share: Share,
    from: Decimal,
    to: Decimal,
) -> Held {
    let Some(escalated) = rule.escalated(from, to) else { return Ok(()) };
    let new = got(got(escalated.exact(inhabitants, share))?.times(Ratio::from_decimal(from)))?;
    let old = got(got(rule.exact(inhabitants, share))?.times(Ratio::from_decimal(to)))?;
    prop_assert_eq!(new, old);
    Ok(())
}

/// First to second to third figure is first to third: factor a, then b, is a·b, exactly.
///
/// Held by quotients of amounts, so that a rule need not escalate twice: E(1→2) / E(1→3) = E / E(2→3).
///
/// # Errors
/// Amounts whose quotients differ.
pub fn escalating_twice_is_escalating_once<R: FeeRule>(
    rule: &R,
    inhabitants: Inhabitants,
    share: Share,
    [first, second, third]: [Decimal; 3],
) -> Held {
    let carried = |from, to| -> Result<Option<Exact>, TestCaseError> {
        rule.escalated(from, to).map(|escalated| got(escalated.exact(inhabitants, share))).transpose()
    };
    let (Some(a), Some(b), Some(once)) =
        (carried(first, second)?, carried(second, third)?, carried(first, third)?)
    else {
        return Ok(());
    };
    let exact = got(rule.exact(inhabitants, share))?;
    let is_nothing = |amount: Exact| amount == Exact::ZERO;
    if is_nothing(exact) {
        prop_assert!(is_nothing(a) && is_nothing(b) && is_nothing(once));
        return Ok(());
    }
    let quotient = |of: Exact, by: Exact| got(of.ore_ratio().over(by.ore_ratio()));
    prop_assert_eq!(quotient(a, once)?, quotient(exact, b)?);
    Ok(())
}

/// A series with another base year, every figure times one factor, gives the same amounts.
///
/// # Errors
/// Another amount or fee.
pub fn scaling_the_series_changes_nothing<R: FeeRule>(
    rule: &R,
    inhabitants: Inhabitants,
    share: Share,
    factor: Ratio,
) -> Held {
    let Some(scaled) = rule.scaled_series(factor) else { return Ok(()) };
    prop_assert_eq!(got(scaled.exact(inhabitants, share))?, got(rule.exact(inhabitants, share))?);
    prop_assert_eq!(got(scaled.fee(inhabitants, share))?, got(rule.fee(inhabitants, share))?);
    Ok(())
}

/// Follow ≤ high-water ≤ never-down, whatever the figures do; and only follow goes below one.
///
/// # Errors
/// Factors in another order.
pub fn fall_policies_stand_in_order(figures: &[Decimal]) -> Held {
    let figures: Vec<IndexFigure> = figures
        .iter()
        .zip(2001..)
        .map(|(value, year)| IndexFigure::new("LÖI", Month::new(year, 10)?, IndexStatus::Final, *value))
        .collect::<Result<_, _>>()
        .map_err(|error| TestCaseError::fail(error.to_string()))?;
    let figures: Vec<&IndexFigure> = figures.iter().collect();
    let factor = |policy| got(IndexFactor::over_years(&figures, policy)).map(|factor| factor.ratio());
    let follow = factor(FallPolicy::Follow)?;
    let (high_water, never_down) = (factor(FallPolicy::HighWater)?, factor(FallPolicy::NeverDown)?);
    prop_assert!(follow <= high_water, "follow {follow:?} is above high-water {high_water:?}");
    prop_assert!(high_water <= never_down, "high-water {high_water:?} is above never-down {never_down:?}");
    prop_assert!(Ratio::ONE <= high_water, "high-water {high_water:?} is below one");
    Ok(())
}

/// A part of a change lies between no change and all of it; all of it is the change itself.
///
/// # Errors
/// A factor outside.
pub fn a_part_of_a_change_lies_within_it(part: Part, from: Decimal, to: Decimal) -> Held {
    let series = |year, value| IndexFigure::new("LÖI", Month::new(year, 10)?, IndexStatus::Final, value);
    let mut indices = Indices::new();
    for (year, value) in [(2022, from), (2023, to)] {
        got(indices.add(got(series(year, value))?))?;
    }
    let plain = IndexClause::new("LÖI", IndexStatus::Final, got(Month::new(2022, 10))?, 1);
    let factor = |pass_through| -> Result<Ratio, TestCaseError> {
        let clause = IndexClause { pass_through, ..plain.clone() };
        let year = got(FeeYear::new(2024))?;
        got(clause.factor(year, &indices)).map(|factor| factor.ratio())
    };
    let (whole, passed_on) = (factor(None)?, factor(Some(part))?);
    prop_assert!(whole.min(Ratio::ONE) <= passed_on && passed_on <= whole.max(Ratio::ONE));
    prop_assert_eq!(factor(Some(Part::WHOLE))?, whole);
    Ok(())
}

/// A series that is spliced to itself with another base year, every figure times one factor, goes on as if it were not.
///
/// # Errors
/// Another factor.
pub fn a_splice_to_the_series_rebased_changes_nothing(
    figures: &[Decimal],
    times: u8,
    spliced_after: usize,
) -> Held {
    let mut indices = Indices::new();
    for (year, value) in (2001..).zip(figures) {
        let month = got(Month::new(year, 10))?;
        for (name, value) in [("LÖI", *value), ("LÖI ny", *value * Decimal::from(times))] {
            got(indices.add(got(IndexFigure::new(name, month, IndexStatus::Final, value))?))?;
        }
    }
    let plain = IndexClause::new("LÖI", IndexStatus::Final, got(Month::new(2001, 10))?, 0);
    let at = got(Month::new(2001 + i32::try_from(spliced_after).unwrap_or(1), 10))?;
    let splice = Splice { at, series: "LÖI ny".into(), status: IndexStatus::Final, origin: None };
    let spliced = IndexedSeries { splices: vec![splice], ..IndexedSeries::new("LÖI", IndexStatus::Final) };
    let spliced = IndexClause { measure: Measure::Series(spliced), ..plain.clone() };
    let last = got(FeeYear::new(2000 + i32::try_from(figures.len()).unwrap_or(0)))?;
    for policy in [FallPolicy::Follow, FallPolicy::HighWater, FallPolicy::NeverDown] {
        let factor = |clause: &IndexClause| {
            let clause = IndexClause { policy, ..clause.clone() };
            got(clause.factor(last, &indices)).map(|factor| factor.ratio())
        };
        prop_assert_eq!(factor(&spliced)?, factor(&plain)?, "{:?}", policy);
    }
    Ok(())
}

/// Under a threshold the tariff is never further from its index than the threshold, and where no change is smaller than it,
/// it is the plain factor.
///
/// # Errors
/// A factor further off.
pub fn a_threshold_keeps_the_tariff_near_its_index(figures: &[Decimal], threshold: Part) -> Held {
    let mut indices = Indices::new();
    for (year, value) in (2001..).zip(figures) {
        let figure = IndexFigure::new("LÖI", got(Month::new(year, 10))?, IndexStatus::Final, *value);
        got(indices.add(got(figure)?))?;
    }
    let plain = IndexClause::new("LÖI", IndexStatus::Final, got(Month::new(2001, 10))?, 0);
    let last = got(FeeYear::new(2000 + i32::try_from(figures.len()).unwrap_or(0)))?;
    let factor = |threshold| {
        let clause = IndexClause { threshold, ..plain.clone() };
        got(clause.factor(last, &indices)).map(|factor| factor.ratio())
    };
    let (index, kept) = (factor(None)?, factor(Some(threshold))?);
    let off = got(index.over(kept))?;
    let (above, below) = (got(off.minus(Ratio::ONE))?, got(Ratio::ONE.minus(off))?);
    prop_assert!(above.max(below) < threshold.ratio(), "{kept:?} is too far from {index:?}");
    // One decimal of at most 2 800: two figures that differ do so by more than this.
    prop_assert_eq!(factor(Some(got("0,0001 %".parse())?))?, index);
    Ok(())
}

/// Series that are weighed together make a change between the least and the largest of theirs; one series with itself makes
/// its own, whatever the weights; and the order of the series changes nothing.
///
/// # Errors
/// Another factor.
pub fn a_weighed_change_lies_between_its_series(
    weight: u8,
    first: [Decimal; 2],
    second: [Decimal; 2],
) -> Held {
    let mut indices = Indices::new();
    for (name, figures) in [("LÖI", first), ("KPI", second)] {
        for (year, value) in (2022..).zip(figures) {
            let figure = IndexFigure::new(name, got(Month::new(year, 10))?, IndexStatus::Final, value);
            got(indices.add(got(figure)?))?;
        }
    }
    let part = |weight: u8| got(format!("{weight} %").parse::<Part>());
    let (year, base) = (got(FeeYear::new(2024))?, got(Month::new(2022, 10))?);
    let weighed = |basket: [(&str, Part); 2]| {
        let series = |(name, weight): (&str, Part)| {
            let measured = IndexedSeries::new(name, IndexStatus::Final);
            WeighedSeries { weight, measured }
        };
        let measure = Measure::Basket { basket: basket.map(series).to_vec() };
        let clause = IndexClause { measure, ..IndexClause::new("LÖI", IndexStatus::Final, base, 1) };
        got(clause.factor(year, &indices)).map(|factor| factor.ratio())
    };
    let of = |[from, to]: [Decimal; 2]| got(Ratio::from_decimal(to).over(Ratio::from_decimal(from)));
    let (a, b) = (part(weight)?, part(100_u8.saturating_sub(weight))?);
    let (least, most) = (of(first)?.min(of(second)?), of(first)?.max(of(second)?));
    let both = weighed([("LÖI", a), ("KPI", b)])?;
    prop_assert!(least <= both && both <= most);
    prop_assert_eq!(weighed([("KPI", b), ("LÖI", a)])?, both);
    prop_assert_eq!(weighed([("LÖI", a), ("LÖI", b)])?, of(first)?);
    Ok(())
}

/// Escalating the fee, or rate, floor and ceiling all three, is the same exact amount.
///
/// # Errors
/// Two amounts.
pub fn fee_or_all_three_parameters_is_the_same(
    rule: &ScheduleRule,
    inhabitants: Inhabitants,
    share: Share,
) -> Held {
    let all =
        EscalationTarget::Parameters { rate: true, amount: true, floor: true, ceiling: true, printed: None };
    let (Some(fee), Some(parameters)) =
        (got(rule.aimed_at(EscalationTarget::Fee))?, got(rule.aimed_at(all))?)
    else {
        return Ok(());
    };
    prop_assert_eq!(got(fee.exact(inhabitants, share))?, got(parameters.exact(inhabitants, share))?);
    prop_assert_eq!(got(fee.fee(inhabitants, share))?, got(parameters.fee(inhabitants, share))?);
    Ok(())
}
