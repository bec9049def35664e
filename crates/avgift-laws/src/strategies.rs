//! Strategies: cases for the laws, made of valid values only, with the edges that rules stumble over.
//! Rule:    what comes from here has passed the core's own checks; only `largest_tariffs` reaches for what may not fit.
//! Units:   as the core's. Shrinking goes towards few members, small populations and round amounts.

use std::collections::BTreeMap;

use avgift::{
    Among, Basis, Bounds, Broken, BrokenUnit, Carried, Counting, DecidedChange, Decimal, EscalationTarget,
    FallPolicy, FeeRate, FeeYear, IndexClause, IndexFactor, IndexFigure, IndexStatus, IndexedSeries, Indices,
    Inhabitants, Joined, Key, Leaving, Measure, Member, Month, MunicipalityCode, NaiveDate, OfFigure, Part,
    PayerId, Percent, PopulationFigure, Populations, Portion, PrintedTariff, Proration, ProrationOrder,
    ProrationUnit, Ratio, RebateOn, ReferenceDate, Rounding, Sek, Shape, Share, ShareUnit, SizeRebate,
    Splice, Tariff, Tariffs, Tier, Tiers, WeighedSeries, WeightedKey,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any};
use proptest::prop_oneof;
use proptest::sample::select;

pub use crate::federated::{federated_networks, federation_modes};
use crate::rule::FeeRule;
use crate::schedule_rule::ScheduleRule;

/// Municipality codes, 0101 to 9999.
pub fn codes() -> impl Strategy<Value = MunicipalityCode> + Clone {
    let code = |(county, municipality): (u8, u8)| format!("{county:02}{municipality:02}").parse().ok();
    (1..=99_u8, 1..=99_u8).prop_filter_map("a code is four digits", code)
}

/// Numbers of inhabitants: as many with four digits as with six, and the smallest and largest there are.
pub fn inhabitants() -> BoxedStrategy<Inhabitants> {
    let of_digits = (0..7_u32).prop_flat_map(|digits| 10_u32.pow(digits)..10_u32.pow(digits + 1));
    prop_oneof![9 => of_digits, 1 => select(vec![1, 2, Inhabitants::MAX.get() - 1, Inhabitants::MAX.get()])]
        .prop_filter_map("a population is from 1 to 9 999 999", |count| Inhabitants::new(count).ok())
        .boxed()
}

/// Numbers of inhabitants, two in five of them one below, at, or one above one of the points.
pub fn inhabitants_near(points: Vec<Inhabitants>) -> BoxedStrategy<Inhabitants> {
    let edge = |point: Inhabitants| (point.get().saturating_sub(1)..=point.get().saturating_add(1)).collect();
    let edges: Vec<u32> = points.into_iter().flat_map::<Vec<u32>, _>(edge).collect();
    let edges: Vec<Inhabitants> =
        edges.into_iter().filter_map(|count| Inhabitants::new(count).ok()).collect();
    if edges.is_empty() {
        return inhabitants();
    }
    prop_oneof![3 => inhabitants(), 2 => select(edges)].boxed()
}

/// Two numbers of inhabitants, the first near a point or not; as often neighbours and up to half as large again as any two.
pub fn pairs_near(points: Vec<Inhabitants>) -> BoxedStrategy<(Inhabitants, Inhabitants)> {
    let larger = inhabitants_near(points.clone()).prop_flat_map(|small| {
        let more = prop_oneof![Just(1), 0..=small.get() / 2];
        let large = move |more| Inhabitants::new(small.get() + more).unwrap_or(Inhabitants::MAX);
        (Just(small), more.prop_map(large))
    });
    prop_oneof![larger, (inhabitants_near(points.clone()), inhabitants_near(points))].boxed()
}

/// Rates from nothing to 1 000 kr: in half kronor, so that half a krona is met often; in öre; with six decimals.
pub fn rates() -> impl Strategy<Value = FeeRate> + Clone {
    prop_oneof![
        3 => (0..=200_i64).prop_map(|halves| Decimal::new(halves * 50, 2)),
        3 => (0..=100_000_i64).prop_map(|ore| Decimal::new(ore, 2)),
        1 => (0..=1_000_000_000_i64).prop_map(|millionths| Decimal::new(millionths, 6)),
    ]
    .prop_filter_map("a rate is not negative", |kronor| FeeRate::new(kronor).ok())
}

/// Amounts of a tariff, from nothing to a million kronor: hundreds of kronor, kronor, öre.
pub fn amounts() -> impl Strategy<Value = Sek> + Clone {
    prop_oneof![
        3 => (0..=10_000_i64).prop_map(|hundreds| Sek::from_ore(hundreds * 10_000)),
        1 => (0..=1_000_000_i64).prop_map(|kronor| Sek::from_ore(kronor * 100)),
        1 => (0..=100_000_000_i64).prop_map(Sek::from_ore),
    ]
}

/// Bounds: both, one, none; sometimes equal.
pub fn bounds() -> impl Strategy<Value = Bounds> + Clone {
    let pair = (amounts(), amounts(), 0..10_u8)
        .prop_map(|(a, b, equal)| if equal == 0 { (a, a) } else { (a.min(b), a.max(b)) });
    (pair, option::weighted(0.8, Just(())), option::weighted(0.8, Just(()))).prop_filter_map(
        "the floor is not above the ceiling",
        |((low, high), floor, ceiling)| {
            Bounds::new(floor.map(|()| low.into()), ceiling.map(|()| high.into())).ok()
        },
    )
}

/// What a fee is rounded to; whole kronor as often as the others together.
pub fn roundings() -> impl Strategy<Value = Rounding> + Clone {
    prop_oneof![
        3 => Just(Rounding::Krona),
        1 => Just(Rounding::Ore),
        1 => Just(Rounding::TenKronor),
        1 => Just(Rounding::HundredKronor),
    ]
}

/// Index figures as published: one decimal, 80,0 to 250,0.
pub fn index_value() -> impl Strategy<Value = Decimal> + Clone {
    (800..=2_500_i64).prop_map(|tenths| Decimal::new(tenths, 1))
}

/// Yearly index figures, one to six: rising, falling, or now this and now that.
pub fn index_series() -> impl Strategy<Value = Vec<Decimal>> + Clone {
    let change = prop_oneof![Just((0, 60_i64)), Just((-60, 0)), Just((-60, 60))];
    let steps = change.prop_flat_map(|(least, most)| vec(least..=most, 0..=5));
    (800..=2_500_i64, steps).prop_map(|(first, steps)| {
        let mut value = first;
        let later = steps.into_iter().map(move |step| {
            value += step;
            value
        });
        [first].into_iter().chain(later).map(|tenths| Decimal::new(tenths, 1)).collect()
    })
}

/// What happens when the index falls.
pub fn fall_policies() -> impl Strategy<Value = FallPolicy> + Clone {
    select(vec![FallPolicy::Follow, FallPolicy::HighWater, FallPolicy::NeverDown])
}

/// What an index clause escalates: the fee, all three parameters, some of them, with or without a printed tariff.
pub fn targets() -> impl Strategy<Value = EscalationTarget> + Clone {
    let printed = (roundings(), roundings()).prop_map(|(rate, bounds)| PrintedTariff { rate, bounds });
    let parameters =
        (any::<[bool; 3]>(), option::of(printed)).prop_map(|([rate, floor, ceiling], printed)| {
            EscalationTarget::Parameters { rate, amount: rate, floor, ceiling, printed }
        });
    prop_oneof![1 => Just(EscalationTarget::Fee), 2 => parameters]
}

/// Factors above nothing: whole numbers, tenths, and quotients of small numbers.
pub fn factors() -> impl Strategy<Value = Ratio> + Clone {
    let quotient = |(above, below): (i128, i128)| Ratio::new(above, below).ok();
    prop_oneof![
        2 => (1..=20_i64).prop_map(Ratio::whole),
        1 => (1..=30_i128).prop_filter_map("ten is not zero", |tenths| Ratio::new(tenths, 10).ok()),
        1 => (1..=20_i128, 1..=20_i128).prop_filter_map("the lower number is not zero", quotient),
    ]
}

/// Shares of a year of so many days: months, quarters, halves, days, all and nothing.
pub fn shares(days: u32) -> BoxedStrategy<Share> {
    let of = |whole: u32, unit| {
        (0..=whole)
            .prop_filter_map("a share is within the year", move |part| Share::new(part, whole, unit).ok())
    };
    prop_oneof![
        2 => Just(Share::WHOLE),
        3 => of(12, ShareUnit::Months),
        3 => of(days, ShareUnit::Days),
        1 => of(4, ShareUnit::Quarters),
        1 => of(2, ShareUnit::Halves),
        1 => of(1, ShareUnit::Year),
    ]
    .boxed()
}

/// Fee years with room before them for a series.
pub fn fee_years() -> impl Strategy<Value = FeeYear> + Clone {
    (1990..=2150).prop_filter_map("a fee year is from 1968 to 2199", |year| FeeYear::new(year).ok())
}

/// Days of a fee year.
pub fn days_of(year: FeeYear) -> impl Strategy<Value = NaiveDate> + Clone {
    (1..=year.days()).prop_filter_map("a day of the year", move |day| NaiveDate::from_yo_opt(year.get(), day))
}

/// Whether the share comes before the bounds or after.
pub fn orders() -> impl Strategy<Value = ProrationOrder> + Clone {
    prop_oneof![2 => Just(ProrationOrder::AfterBounds), 1 => Just(ProrationOrder::BeforeBounds)]
}

/// Rules of proration: every unit, both ways of leaving, both orders.
pub fn prorations() -> impl Strategy<Value = Proration> + Clone {
    let broken = || select(vec![BrokenUnit::Counted, BrokenUnit::Free]);
    let unit = prop_oneof![
        Just(ProrationUnit::FullYear),
        broken().prop_map(ProrationUnit::Months),
        Just(ProrationUnit::Days),
        broken().prop_map(ProrationUnit::Quarters),
        Just(ProrationUnit::Halves),
        (1..=12_u32, 1..=28_u32).prop_map(|(month, day)| ProrationUnit::FullYearIfJoinedBy { month, day }),
    ];
    let leaving = select(vec![Leaving::FullYear, Leaving::Prorated]);
    (unit, leaving, orders()).prop_map(|(unit, leaving, order)| Proration { unit, leaving, order })
}

/// An index clause and the figures it needs, before it is tied to a year.
#[derive(Debug, Clone)]
struct Escalation {
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
    fn in_year(&self, year: FeeYear) -> Option<(IndexClause, Indices)> {
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

fn escalations() -> impl Strategy<Value = Escalation> + Clone {
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

/// Tariffs that hold in a year, with the index figures that carry them there.
pub fn tariffs(year: FeeYear) -> impl Strategy<Value = (Tariff, Indices)> + Clone {
    (rates(), bounds(), option::weighted(0.7, escalations()), roundings(), prorations())
        .prop_filter_map(
            "an index that works on one bound alone may carry the floor above the ceiling",
            move |(rate, bounds, escalation, rounding, proration)| {
                let tariff = Tariff {
                    bounds,
                    rounding,
                    proration,
                    ..Tariff::per_inhabitant("T", FeeYear::new(1968).ok()?, rate)
                };
                let (tariff, indices) = match escalation {
                    None => (tariff, Indices::new()),
                    Some(escalation) => {
                        let (clause, indices) = escalation.in_year(year)?;
                        (tariff.indexed(clause), indices)
                    }
                };
                tariff.schedule(year, &indices).ok()?;
                Some((tariff, indices))
            },
        )
        .boxed()
}

/// How many inhabitants make a unit, and what a broken one counts for.
fn countings() -> impl Strategy<Value = Counting> + Clone {
    let size = prop_oneof![2 => Just(1), 1 => 2..=9_u32, 1 => Just(100), 1 => Just(1_000)];
    let broken = select(vec![Broken::InProportion, Broken::Started, Broken::Full]);
    (size, broken).prop_filter_map("a unit is someone", |(size, broken)| {
        Some(Counting { size: Inhabitants::new(size).ok()?, broken })
    })
}

/// The amount and the rate of a tier.
type Parts = (Option<Sek>, Option<FeeRate>);

/// Tiers that hold every population, each made of a rate and an amount by `made`.
fn tiers(made: fn(Parts) -> Parts) -> impl Strategy<Value = Tiers> + Clone {
    let ends = proptest::collection::btree_set(1..=120_000_u32, 0..=4);
    let parts = vec((option::of(amounts()), option::of(rates())), 5);
    (ends, parts).prop_filter_map("tiers without a hole", move |(ends, parts)| {
        let mut from = 1;
        let mut tiers = Vec::new();
        let ends = ends.into_iter().map(Some).chain([None]);
        for (to, (amount, rate)) in ends.zip(parts) {
            let (amount, rate) = made((amount, rate));
            let (amount, rate) = (amount.map(Into::into), rate.map(Into::into));
            tiers.push(Tier { from, to, amount, rate, origin: None });
            from = to.unwrap_or(from) + 1;
        }
        Tiers::new(tiers).ok()
    })
}

/// Shapes of every kind that one member has by itself.
pub fn shapes() -> BoxedStrategy<Shape> {
    let flat = amounts().prop_map(|amount| Shape::Flat { amount: amount.into() });
    let cap = option::weighted(0.4, inhabitants());
    let linear = (option::of(amounts()), rates(), countings(), cap).prop_map(|(base, rate, per, cap)| {
        Shape::Linear { base: base.map(Into::into), rate: rate.into(), per, cap: cap.map(Into::into) }
    });
    let by_tier = tiers(|parts| parts).prop_map(Shape::Tiers);
    let brackets = tiers(|(_, rate)| (None, Some(rate.unwrap_or(FeeRate::FREE)))).prop_map(Shape::Brackets);
    let on = select(vec![RebateOn::Whole, RebateOn::PartAbove]);
    let of_figure = (1..=99_999_u32, any::<bool>(), option::of((inhabitants(), 0..=100_u32, on)))
        .prop_filter_map("a portion in percent", |(portion, per_inhabitant, rebate)| {
            let portion = format!("0.{portion:05} ‰").parse::<Portion>().ok()?.into();
            let rebate = rebate.map(|(above, percent, on)| {
                let portion = format!("{percent} %").parse::<Portion>().ok()?.into();
                Some(SizeRebate { above, portion, on })
            });
            let rebate = match rebate {
                Some(rebate) => Some(rebate?),
                None => None,
            };
            Some(Shape::OfFigure(OfFigure {
                portion,
                figure: "skatteunderlag".into(),
                per_inhabitant,
                rebate,
            }))
        });
    // Boxed, like what is made of them: types as deep as these take the stack of a test.
    prop_oneof![
        1 => flat.boxed(),
        3 => linear.boxed(),
        3 => by_tier.boxed(),
        2 => brackets.boxed(),
        1 => of_figure.boxed(),
    ]
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

/// Networks that share a total, by keys of which the weights sum to the whole.
pub fn sharing_networks(most: usize) -> impl Strategy<Value = (Basis, FeeYear)> + Clone {
    let weight = 0..=100_u32;
    let figures = vec(1..=1_000_000_u32, most);
    (networks(most).boxed(), amounts(), weight, roundings(), any::<bool>(), figures).prop_filter_map(
        "every member has its figure",
        |((basis, year), total, weight, rounding, is_by_figure, figures)| {
            let weighted = |key, percent: u32| {
                Some(WeightedKey { key, weight: format!("{percent} %").parse::<Portion>().ok()?.into() })
            };
            let first = if is_by_figure { Key::Figure("inkomst".into()) } else { Key::Equal };
            let keys = vec![weighted(first, weight)?, weighted(Key::Population, 100 - weight)?];
            let shape = Shape::Total { total: total.into(), keys, among: Among::All };
            let first_year = FeeYear::new(1968).ok()?;
            let tariff = Tariff { rounding, ..Tariff::of("T", first_year, shape) };
            let with_figure = |(member, figure): (Member, u32)| {
                Some(member.with_figure("inkomst", year, figure.to_string().parse().ok()?))
            };
            let members = basis.members.into_iter().zip(figures).map(with_figure).collect::<Option<_>>()?;
            let tariffs = Tariffs::new(vec![tariff]).ok()?;
            Some((Basis { members, tariffs, populations: basis.populations, indices: basis.indices }, year))
        },
    )
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
        (figures, escalations()).prop_map(|(figures, escalation)| Escalation { figures, ..escalation });
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

/// Members of a year, each code once: of long standing, joined on a day, joined some time in a year with a day assumed;
/// some leave; some have another payer.
pub fn members(year: FeeYear, most: usize) -> impl Strategy<Value = Vec<Member>> + Clone {
    let day = move |(later, day): (i32, u32)| NaiveDate::from_yo_opt(year.get() + later, day);
    let joined = (0..4_u8, -2..=0_i32, 1..=365_u32).prop_filter_map(
        "a day on the calendar",
        move |(kind, later, ordinal)| {
            let (day, year) = (day((later, ordinal))?, year.get() + later);
            Some(match kind {
                0 | 1 => Joined::BeforeRecords,
                2 => Joined::On(day),
                _ => Joined::SomeTimeIn { year, text: format!("hösten {year}"), assumed: Some(day) },
            })
        },
    );
    let left = option::weighted(0.3, (0..=1_i32, 1..=365_u32).prop_filter_map("a day on the calendar", day));
    let payer = option::weighted(0.2, select(vec!["dme", "gr"]));
    vec((codes(), joined, left, payer), 1..=most).prop_map(move |rows| {
        let mut members = BTreeMap::new();
        for (code, joined, left, payer) in rows {
            let stays = Member { joined: joined.into(), ..Member::new(code, format!("Kommun {code}")) };
            let stays = payer.map_or(stays.clone(), |payer| stays.paid_by(PayerId::new(payer)));
            // Who would leave before joining stays.
            let leaves = left.map(|day| stays.clone().left_on(day)).filter(|member| member.check().is_ok());
            members.insert(code, leaves.unwrap_or(stays));
        }
        members.into_values().collect()
    })
}

/// Networks: members, a tariff that prorates in any way, populations and index figures, and the fee year.
pub fn networks(most: usize) -> impl Strategy<Value = (Basis, FeeYear)> + Clone {
    fee_years().prop_flat_map(move |year| {
        (members(year, most), tariffs(year), vec(inhabitants(), most)).prop_filter_map(
            "every member has its population",
            move |(members, (tariff, indices), counts)| {
                let mut populations = Populations::new();
                let reference_date = ReferenceDate::default().in_year(year);
                for (member, inhabitants) in members.iter().zip(counts) {
                    let code = member.code;
                    let figure = PopulationFigure { code, reference_date, inhabitants, origin: None };
                    populations.add(figure).ok()?;
                }
                let tariffs = Tariffs::new(vec![tariff]).ok()?;
                Some((Basis { members, tariffs, populations, indices }, year))
            },
        )
    })
}
