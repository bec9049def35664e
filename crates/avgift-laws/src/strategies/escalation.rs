//! Escalation: index clauses of every kind, with the figures that they need.

use std::collections::BTreeMap;

use avgift::{
    Carried, DecidedChange, Decimal, EscalationTarget, FallPolicy, FeeYear, IndexClause, IndexFactor,
    IndexFigure, IndexStatus, IndexedSeries, Indices, Measure, Month, Part, Percent, Splice, WeighedSeries,
};
use proptest::collection::btree_map;
use proptest::option;
use proptest::prelude::{Just, Strategy};
use proptest::prop_oneof;
use proptest::sample::select;

use super::{fall_policies, index_series, targets};

/// An index clause and the figures it needs, before it is tied to a year.
#[derive(Debug, Clone)]
pub(super) struct Escalation {
    figures: Vec<Decimal>,
    policy: FallPolicy,
    target: EscalationTarget,
    status: IndexStatus,
    month: u32,
    lag_years: u8,
    terms: Terms,
}

/// The terms of a clause beyond its series, before they are tied to years: those that do not agree, or do not fit, are left out.
#[derive(Debug, Clone, Default)]
struct Terms {
    carried: Carried,
    /// The weight of the first series, in percent, where a second one is weighed with it.
    weight: Option<u8>,
    pass_through: Option<Part>,
    point: Option<Percent>,
    threshold: Option<Part>,
    /// How many years after the base the first series is spliced to another.
    spliced_after: Option<i32>,
    /// Which years after the base were decided, and how.
    decided: BTreeMap<i32, Percent>,
}

const SERIES: &str = "LÖI arbetare C";
const SECOND: &str = "KPI";
const SPLICED: &str = "LÖI ny";

impl Escalation {
    /// The same with other figures.
    pub(super) fn with_figures(self, figures: Vec<Decimal>) -> Escalation {
        Escalation { figures, ..self }
    }

    /// One series, or two with their weights.
    fn measure(&self, first_year: i32) -> Option<Measure> {
        let splice = |after: &i32| {
            let at = Month::new(first_year + after, self.month).ok()?;
            Some(Splice { at, series: SPLICED.into(), status: self.status, origin: None })
        };
        let splices = self.terms.spliced_after.iter().filter_map(splice).collect();
        let series = IndexedSeries { splices, ..IndexedSeries::new(SERIES, self.status) };
        let Some(weight) = self.terms.weight else { return Some(Measure::Series(series)) };
        let part = |weight: u8| format!("{weight} %").parse().ok();
        let first = WeighedSeries { weight: part(weight)?, measured: series };
        let measured = IndexedSeries::new(SECOND, IndexStatus::Final);
        let second = WeighedSeries { weight: part(100_u8.checked_sub(weight)?)?, measured };
        Some(Measure::Basket { basket: vec![first, second] })
    }

    /// The clause, and the figures in their years, the last one `lag_years` before the fee year.
    pub(super) fn in_year(&self, year: FeeYear) -> Option<(IndexClause, Indices)> {
        let last = year.get() - i32::from(self.lag_years);
        let first = last + 1 - i32::try_from(self.figures.len()).ok()?;
        let mut indices = Indices::new();
        for (year, value) in (first..=last).zip(&self.figures) {
            let month = Month::new(year, self.month).ok()?;
            indices.add(IndexFigure::new(SERIES, month, self.status, *value).ok()?).ok()?;
        }
        let plain = IndexClause {
            policy: self.policy,
            target: self.target,
            ..IndexClause::new(SERIES, self.status, Month::new(first, self.month).ok()?, self.lag_years)
        };
        let decided = self.terms.decided.iter().filter_map(|(later, percent)| {
            let year = FeeYear::new(first + later + i32::from(self.lag_years)).ok()?;
            Some(DecidedChange {
                year,
                percent: *percent,
                decision: format!("Årsmötet {year}"),
                origin: None,
            })
        });
        if self.terms.spliced_after.is_some() {
            for (year, value) in (first..=last).zip(&self.figures) {
                let month = Month::new(year, self.month).ok()?;
                let value = Decimal::from(500) - *value;
                indices.add(IndexFigure::new(SPLICED, month, self.status, value).ok()?).ok()?;
            }
        }
        if self.terms.weight.is_some() {
            // The second series does all that the first one did, in the other order.
            for (year, value) in (first..=last).zip(self.figures.iter().rev()) {
                let month = Month::new(year, self.month).ok()?;
                indices.add(IndexFigure::new(SECOND, month, IndexStatus::Final, *value).ok()?).ok()?;
            }
        }
        let clause = IndexClause {
            measure: self.measure(first)?,
            carried: self.terms.carried,
            pass_through: self.terms.pass_through,
            point: self.terms.point,
            threshold: self.terms.threshold,
            decided: decided.collect(),
            ..plain.clone()
        };
        // Changes of several years that are more than figures soon have more digits than an amount has room for.
        let has_room = |factor: IndexFactor| {
            let ratio = factor.ratio();
            ratio.numerator().max(ratio.denominator()) < 1_000_000_000_000_000
        };
        let fits = clause.factor(year, &indices).is_ok_and(has_room);
        let clause = if fits { clause } else { plain };
        Some((clause, indices))
    }
}

/// Percentages with one decimal, from `least` to `most` tenths.
fn percent(least: i64, most: i64) -> impl Strategy<Value = Percent> + Clone {
    (least..=most).prop_filter_map("a change is above -100 %", |tenths| {
        format!("{} %", Decimal::new(tenths, 1)).parse().ok()
    })
}

fn parts() -> impl Strategy<Value = Part> + Clone {
    (1..=100_u8).prop_filter_map("a part is above nothing", |part| format!("{part} %").parse().ok())
}

fn terms() -> impl Strategy<Value = Terms> + Clone {
    let carried = select(vec![Carried::FromBase, Carried::Yearly, Carried::Printed]);
    let decided = btree_map(1..=5_i32, percent(-50, 120), 0..=2);
    let weight = option::weighted(0.3, 1..=99_u8);
    let threshold = option::weighted(
        0.3,
        (1..=60_u8).prop_filter_map("a part is above nothing", |tenths| {
            format!("{} %", Decimal::new(tenths.into(), 1)).parse().ok()
        }),
    );
    // A point and a threshold do not agree; one of the two, or neither.
    let point = option::weighted(0.3, percent(-10, 20));
    let spliced = option::weighted(0.3, 1..=4_i32);
    let some = (carried, weight, option::of(parts()), point, threshold, spliced, decided).prop_map(
        |(carried, weight, pass_through, point, threshold, spliced_after, decided)| {
            let threshold = threshold.filter(|_| point.is_none());
            Terms { carried, weight, pass_through, point, threshold, spliced_after, decided }
        },
    );
    // Boxed, as the escalation is: one tree of all these would not fit the stack of a test.
    prop_oneof![1 => Just(Terms::default()), 1 => some].boxed()
}

pub(super) fn escalations() -> impl Strategy<Value = Escalation> + Clone {
    let status = select(vec![IndexStatus::Preliminary, IndexStatus::Final]);
    (index_series(), fall_policies(), targets(), status, 1..=12_u32, 0..=3_u8, terms())
        .prop_map(|(figures, policy, target, status, month, lag_years, terms)| Escalation {
            figures,
            policy,
            target,
            status,
            month,
            lag_years,
            terms,
        })
        .boxed()
}
