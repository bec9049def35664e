//! Strategies: cases for the laws, made of valid values only, with the edges that rules stumble over.
//! Rule:    what comes from here has passed the core's own checks; only `largest_tariffs` reaches for what may not fit.
//! Units:   as the core's. Shrinking goes towards few members, small populations and round amounts.

mod escalation;
mod networks;
mod shapes;
mod tariffs;
mod terms;

use avgift::{
    Bounds, BrokenUnit, Decimal, EscalationTarget, FallPolicy, FeeRate, FeeYear, Inhabitants, Leaving,
    MunicipalityCode, NaiveDate, PrintedTariff, Proration, ProrationOrder, ProrationUnit, Ratio, Rounding,
    Sek, Share, ShareUnit,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any};
use proptest::prop_oneof;
use proptest::sample::select;

pub use crate::federated::{federated_networks, federation_modes};
pub use networks::{SharedBy, members, networks, sharing_networks, totals};
pub(crate) use shapes::turned_by;
pub use shapes::{shapes, shapes_of};
pub use tariffs::{assessable, largest_tariffs, schedules, shaped, shaped_tariffs, tariffs};
pub use terms::rules_of;
pub(crate) use terms::rules_with;

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
