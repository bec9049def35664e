//! Shapes of every kind that one member has by itself.

use avgift::{
    Broken, Counting, FeeRate, Inhabitants, OfFigure, Portion, RebateOn, Sek, Shape, SizeRebate, Tier, Tiers,
};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any};
use proptest::prop_oneof;
use proptest::sample::select;

use super::{amounts, inhabitants, rates};
use crate::kind::Kind;
use crate::schedule_rule::FIGURE;

/// How many inhabitants make a unit, and what a broken one counts for.
fn countings(broken: Vec<Broken>) -> impl Strategy<Value = Counting> + Clone {
    let size = prop_oneof![2 => Just(1), 1 => 2..=9_u32, 1 => Just(100), 1 => Just(1_000)];
    (size, select(broken)).prop_filter_map("a unit is someone", |(size, broken)| {
        Some(Counting { size: Inhabitants::new(size).ok()?, broken })
    })
}

/// The amount and the rate of a tier.
type Parts = (Option<Sek>, Option<FeeRate>);

/// Up to five tiers that hold every population, their parts arranged by `arranged`.
fn tiers(last: u32, arranged: fn(Vec<Parts>) -> Vec<Parts>) -> impl Strategy<Value = Tiers> + Clone {
    let ends = btree_set(1..=last, 0..=4);
    let parts = vec((option::of(amounts()), option::of(rates())), 5);
    (ends, parts).prop_filter_map("tiers without a hole", move |(ends, parts)| {
        let mut from = 1;
        let mut tiers = Vec::new();
        let ends = ends.into_iter().map(Some).chain([None]);
        for (to, (amount, rate)) in ends.zip(arranged(parts)) {
            let (amount, rate) = (amount.map(Into::into), rate.map(Into::into));
            tiers.push(Tier { from, to, amount, rate, origin: None });
            from = to.unwrap_or(from) + 1;
        }
        Tiers::new(tiers).ok()
    })
}

/// Amounts alone, the smallest first.
fn rising_amounts(mut parts: Vec<Parts>) -> Vec<Parts> {
    parts.sort();
    parts.into_iter().map(|(amount, _)| (amount, None)).collect()
}

/// Rates alone.
fn only_rates(parts: Vec<Parts>) -> Vec<Parts> {
    parts.into_iter().map(|(_, rate)| (None, Some(rate.unwrap_or(FeeRate::FREE)))).collect()
}

/// Rates alone, the largest first.
fn falling_rates(parts: Vec<Parts>) -> Vec<Parts> {
    let mut parts = only_rates(parts);
    parts.sort_by_key(|(_, rate)| std::cmp::Reverse(rate.map(|rate| rate.kronor())));
    parts
}

/// A portion of a figure, often with a rebate above a size.
fn of_figure() -> impl Strategy<Value = Shape> + Clone {
    let on = select(vec![RebateOn::Whole, RebateOn::PartAbove]);
    (1..=99_999_u32, any::<bool>(), option::of((inhabitants(), 0..=100_u32, on))).prop_filter_map(
        "a portion in percent",
        |(portion, per_inhabitant, rebate)| {
            let portion = format!("0.{portion:05} ‰").parse::<Portion>().ok()?.into();
            let rebate = match rebate {
                Some((above, percent, on)) => {
                    let portion = format!("{percent} %").parse::<Portion>().ok()?.into();
                    Some(SizeRebate { above, portion, on })
                }
                None => None,
            };
            Some(Shape::OfFigure(OfFigure { portion, figure: FIGURE.into(), per_inhabitant, rebate }))
        },
    )
}

/// Shapes of a kind.
pub fn shapes_of(kind: Kind) -> BoxedStrategy<Shape> {
    turned_by(kind, 120_000)
}

/// Shapes of a kind whose tiers, units and caps turn at so many inhabitants at most.
pub(crate) fn turned_by(kind: Kind, last: u32) -> BoxedStrategy<Shape> {
    let cap = move || {
        let near = (1..=last).prop_filter_map("someone", |cap| Inhabitants::new(cap).ok()).boxed();
        let cap = if last < 120_000 { near } else { inhabitants() };
        option::weighted(0.4, cap)
    };
    let linear = |broken: Vec<Broken>| {
        (option::of(amounts()), rates(), countings(broken), cap()).prop_map(|(base, rate, per, cap)| {
            Shape::Linear { base: base.map(Into::into), rate: rate.into(), per, cap: cap.map(Into::into) }
        })
    };
    match kind {
        Kind::Flat => amounts().prop_map(|amount| Shape::Flat { amount: amount.into() }).boxed(),
        Kind::PerInhabitant => rates().prop_map(|rate| Shape::PerInhabitant { rate: rate.into() }).boxed(),
        Kind::BaseAndRate => linear(vec![Broken::InProportion]).boxed(),
        Kind::Units => linear(vec![Broken::Started, Broken::Full]).boxed(),
        Kind::Steps => tiers(last, rising_amounts).prop_map(Shape::Tiers).boxed(),
        Kind::ClassRates => tiers(last, only_rates).prop_map(Shape::Tiers).boxed(),
        Kind::FixedParts => tiers(last, |parts| parts).prop_map(Shape::Tiers).boxed(),
        Kind::Brackets => {
            prop_oneof![tiers(last, only_rates), tiers(last, falling_rates)].prop_map(Shape::Brackets).boxed()
        }
        Kind::OfFigure => of_figure().boxed(),
        Kind::Decided => amounts()
            .prop_filter_map("a code", |amount| {
                Some(Shape::Decided([("1440".parse().ok()?, amount.into())].into()))
            })
            .boxed(),
    }
}

/// Shapes of every kind but decided amounts, which hang on the member alone.
pub fn shapes() -> BoxedStrategy<Shape> {
    // Boxed, like what is made of them: types as deep as these take the stack of a test.
    prop_oneof![
        1 => shapes_of(Kind::Flat),
        2 => shapes_of(Kind::BaseAndRate),
        1 => shapes_of(Kind::Units),
        1 => shapes_of(Kind::Steps),
        1 => shapes_of(Kind::ClassRates),
        1 => shapes_of(Kind::FixedParts),
        2 => shapes_of(Kind::Brackets),
        1 => shapes_of(Kind::OfFigure),
    ]
    .boxed()
}
