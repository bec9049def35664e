//! Tariffs: everything that a network decides, in a year that holds it; rules of the core made of them.

use avgift::{
    Bounds, Decimal, FeeRate, FeeYear, Indices, Inhabitants, Proration, Rounding, Sek, Share, Tariff,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy};
use proptest::prop_oneof;

use super::escalation::{Escalation, escalations};
use super::{bounds, fee_years, inhabitants_near, orders, prorations, rates, roundings, shapes, shares};
use crate::rule::FeeRule;
use crate::schedule_rule::ScheduleRule;

/// What a network decides besides its shape, before it is tied to a year.
#[derive(Debug, Clone)]
pub(super) struct Decided {
    rate: FeeRate,
    bounds: Bounds,
    escalation: Option<Escalation>,
    rounding: Rounding,
    proration: Proration,
}

pub(super) fn decided() -> BoxedStrategy<Decided> {
    (rates(), bounds(), option::weighted(0.7, escalations()), roundings(), prorations())
        .prop_map(|(rate, bounds, escalation, rounding, proration)| Decided {
            rate,
            bounds,
            escalation,
            rounding,
            proration,
        })
        .boxed()
}

impl Decided {
    /// A tariff of a rate per inhabitant, and the figures that carry it to a year; none where the index carries one bound alone,
    /// and the floor above the ceiling.
    pub(super) fn in_year(self, year: FeeYear) -> Option<(Tariff, Indices)> {
        let tariff = Tariff {
            bounds: self.bounds,
            rounding: self.rounding,
            proration: self.proration,
            ..Tariff::per_inhabitant("T", FeeYear::new(1968).ok()?, self.rate)
        };
        let (tariff, indices) = match self.escalation {
            None => (tariff, Indices::new()),
            Some(escalation) => {
                let (clause, indices) = escalation.in_year(year)?;
                (tariff.indexed(clause), indices)
            }
        };
        tariff.schedule(year, &indices).ok()?;
        Some((tariff, indices))
    }
}

/// Tariffs that hold in a year, with the index figures that carry them there.
pub fn tariffs(year: FeeYear) -> impl Strategy<Value = (Tariff, Indices)> + Clone {
    decided()
        .prop_filter_map(
            "an index that works on one bound alone may carry the floor above the ceiling",
            move |decided| decided.in_year(year),
        )
        .boxed()
}

/// Tariffs of every shape that one member has by itself, with the index figures that carry them to a year.
pub fn shaped_tariffs(year: FeeYear) -> BoxedStrategy<(Tariff, Indices)> {
    (tariffs(year).boxed(), shapes())
        .prop_filter_map(
            "an index that works on one bound alone may carry the floor above the ceiling",
            move |((tariff, indices), shape)| {
                let tariff = Tariff { shape, ..tariff };
                tariff.schedule(year, &indices).ok()?;
                Some((tariff, indices))
            },
        )
        .boxed()
}

/// Rules of the core of every shape, each with a population near its turns and a share of its year.
pub fn shaped() -> impl Strategy<Value = (ScheduleRule, Inhabitants, Share)> + Clone {
    let rules = fee_years().prop_flat_map(|year| {
        shaped_tariffs(year).prop_filter_map("the tariff holds in its year", move |(tariff, indices)| {
            ScheduleRule::new(tariff, year, indices).ok()
        })
    });
    rules.boxed().prop_flat_map(|rule| {
        let (points, days) = (rule.break_points(), rule.days_of_the_year());
        (Just(rule), inhabitants_near(points), shares(days))
    })
}

/// Rules of the core: a tariff of every kind, in a year that holds it.
pub fn schedules() -> impl Strategy<Value = ScheduleRule> + Clone {
    fee_years().prop_flat_map(|year| {
        tariffs(year).prop_filter_map("the tariff holds in its year", move |(tariff, indices)| {
            ScheduleRule::new(tariff, year, indices).ok()
        })
    })
}

/// Rules of the core, each with a population near its break points and a share of its year.
pub fn assessable() -> impl Strategy<Value = (ScheduleRule, Inhabitants, Share)> + Clone {
    schedules().prop_flat_map(|rule| {
        let (points, days) = (rule.break_points(), rule.days_of_the_year());
        (Just(rule), inhabitants_near(points), shares(days))
    })
}

/// Tariffs as large as their types allow, with index figures from 0,0001 to 99 999,9999: some fit, some do not.
pub fn largest_tariffs(year: FeeYear) -> impl Strategy<Value = (Tariff, Indices)> + Clone {
    let rate = (0..10_000_000_000_i64).prop_map(|millionths| Decimal::new(millionths, 6));
    let figure = prop_oneof![
        1 => 1..=10_i64,
        1 => 1..=999_999_999_i64,
        1 => 999_999_990..=999_999_999_i64,
    ];
    let figures = vec(figure.prop_map(|value| Decimal::new(value, 4)), 1..=8);
    let escalation =
        (figures, escalations()).prop_map(|(figures, escalation)| escalation.with_figures(figures));
    let amounts = (0..=i64::MAX, 0..=i64::MAX);
    (rate, amounts, escalation, roundings(), orders()).prop_filter_map(
        "the parts are valid, though their product may not fit",
        move |(rate, (a, b), escalation, rounding, order)| {
            let (clause, indices) = escalation.in_year(year)?;
            let tariff = Tariff::per_inhabitant("T", FeeYear::new(1968).ok()?, FeeRate::new(rate).ok()?)
                .bounded(Sek::from_ore(a.min(b)), Sek::from_ore(a.max(b)))
                .ok()?
                .indexed(clause);
            Some((
                Tariff { rounding, proration: Proration { order, ..Proration::default() }, ..tariff },
                indices,
            ))
        },
    )
}
