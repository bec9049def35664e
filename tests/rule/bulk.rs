//! Bulk: fees without explanations, for every tariff that hangs on inhabitants, class and share of the year alone. Each row is
//! held to the explained fee besides; the law of agreement in avgift-laws tries the rest.

use avgift::{
    Among, Bounds, Broken, ClassTerms, Component, Counting, EscalationTarget, FeeRate, Inhabitants, Key,
    Language, Member, MemberClass, OfFigure, PopulationFigure, Proration, ProrationOrder, ProrationUnit,
    Rounding, Schedule, Sek, Shape, Share, ShareUnit, Sourced, Tariff, Tier, Tiers, WeightedKey, YearFactor,
    YearlyLimit,
};

use crate::made::{assessed, clause, indices, plain, sek, tariff_t, year};

fn amount(text: &str) -> Sourced<Sek> {
    sek(text).into()
}

fn rate(text: &str) -> Sourced<FeeRate> {
    text.parse::<FeeRate>().unwrap().into()
}

fn portion(text: &str) -> Sourced<avgift::Portion> {
    text.parse::<avgift::Portion>().unwrap().into()
}

fn people(count: u32) -> Inhabitants {
    Inhabitants::new(count).unwrap()
}

fn of(shape: Shape) -> Tariff {
    Tariff { rounding: Rounding::Ore, ..Tariff::of("T", year(2023), shape) }
}

fn linear(base: Option<&str>, per: &str, counted: (u32, Broken), cap: Option<u32>) -> Shape {
    let (base, cap) = (base.map(amount), cap.map(|cap| people(cap).into()));
    let per_unit = Counting { size: people(counted.0), broken: counted.1 };
    Shape::Linear { base, rate: rate(per), per: per_unit, cap }
}

const EACH: (u32, Broken) = (1, Broken::InProportion);

fn tiers(tiers: &[(u32, Option<u32>, &str, &str)]) -> Tiers {
    let tier = |(from, to, kronor, per): &(u32, Option<u32>, &str, &str)| Tier {
        from: *from,
        to: *to,
        amount: Some(amount(kronor)),
        rate: Some(rate(per)),
        origin: None,
    };
    Tiers::new(tiers.iter().map(tier).collect()).unwrap()
}

/// The bulk fee and the explained one are both what is expected.
fn check(schedule: &Schedule, rows: &[(u32, &str)]) {
    let bulk = schedule.bulk(Share::WHOLE).unwrap();
    for (count, expected) in rows {
        assert_eq!(bulk.fee(people(*count)).text(Language::Swedish), *expected, "{count} inhabitants");
        assert_eq!(assessed(schedule, *count).fee().text(Language::Swedish), *expected, "{count}, explained");
    }
    let counts: Vec<Inhabitants> = rows.iter().map(|(count, _)| people(*count)).collect();
    let mut fees = vec![Sek::ZERO];
    bulk.assess_many(&counts, &mut fees);
    assert_eq!(fees[1..], counts.iter().map(|count| bulk.fee(*count)).collect::<Vec<_>>());
}

#[test]
fn a_flat_fee_is_one_for_all() {
    check(
        &plain(of(Shape::Flat { amount: amount("25 000") })),
        &[(1, "25 000 kr"), (9_999_999, "25 000 kr")],
    );
}

/// Klimatkommunerna 2023: 4 000 + 0,30 up to 150 000 inhabitants; 2019: 4 000 + 0,25, at most 36 000.
#[test]
fn a_base_and_a_rate_stop_at_the_cap_or_the_ceiling() {
    let capped = plain(of(linear(Some("4 000"), "0,30", EACH, Some(150_000))));
    check(
        &capped,
        &[(13_000, "7 900 kr"), (149_999, "48 999,70 kr"), (150_000, "49 000 kr"), (150_001, "49 000 kr")],
    );
    let ceiling = Bounds::new(None, Some(amount("36 000"))).unwrap();
    let bounded = plain(Tariff { bounds: ceiling, ..of(linear(Some("4 000"), "0,25", EACH, None)) });
    check(
        &bounded,
        &[(127_999, "35 999,75 kr"), (128_000, "36 000 kr"), (128_001, "36 000 kr"), (604_616, "36 000 kr")],
    );
    check(&plain(of(linear(None, "2", EACH, Some(1)))), &[(1, "2 kr"), (2, "2 kr")]);
}

/// 500 kr per 1 000 inhabitants: begun, full, or in proportion; from 1 500 kr on the floor no longer holds.
#[test]
fn units_are_counted_as_the_tariff_says() {
    let floor = Bounds::new(Some(amount("1 200")), None).unwrap();
    let of_units = |broken| {
        let shape = linear(None, "500", (1_000, broken), Some(4_500));
        plain(Tariff { bounds: floor.clone(), ..of(shape) })
    };
    check(
        &of_units(Broken::Started),
        &[
            (2_000, "1 200 kr"),
            (2_001, "1 500 kr"),
            (3_000, "1 500 kr"),
            (3_001, "2 000 kr"),
            (4_000, "2 000 kr"),
            (4_001, "2 500 kr"),
            (9_000, "2 500 kr"), // 4 500 counted are five begun.
        ],
    );
    check(
        &of_units(Broken::Full),
        &[
            (2_999, "1 200 kr"),
            (3_000, "1 500 kr"),
            (3_001, "1 500 kr"),
            (4_000, "2 000 kr"),
            (9_000, "2 000 kr"),
        ],
    );
    check(
        &of_units(Broken::InProportion),
        &[(2_400, "1 200 kr"), (2_401, "1 200,50 kr"), (4_500, "2 250 kr"), (4_501, "2 250 kr")],
    );
}

/// Steps; a class rate that falls at its turn; a fixed part and a rate.
#[test]
fn a_tier_has_its_amount_and_its_rate() {
    let steps = tiers(&[
        (1, Some(9_999), "1 000", "0"),
        (10_000, Some(29_999), "1 800", "0"),
        (30_000, None, "2 200", "0"),
    ]);
    check(
        &plain(of(Shape::Tiers(steps))),
        &[(9_999, "1 000 kr"), (10_000, "1 800 kr"), (29_999, "1 800 kr"), (30_000, "2 200 kr")],
    );
    let class_rate = tiers(&[(1, Some(19_999), "0", "2"), (20_000, None, "0", "1,50")]);
    check(
        &plain(of(Shape::Tiers(class_rate))),
        &[(19_999, "39 998 kr"), (20_000, "30 000 kr"), (20_001, "30 001,50 kr")],
    );
    let parts = tiers(&[
        (1, Some(4_999), "0", "0"),
        (5_000, Some(20_000), "1 000", "0,10"),
        (20_001, None, "3 000", "0,10"),
    ]);
    check(
        &plain(of(Shape::Tiers(parts))),
        &[(4_999, "0 kr"), (5_000, "1 500 kr"), (20_000, "3 000 kr"), (20_001, "5 000,10 kr")],
    );
}

/// A class rate between bounds meets them more than once: 2 kr to 19 999, 1 kr from there on, at least 15 000, at most 30 000.
#[test]
fn a_fee_that_falls_meets_its_bounds_again() {
    let rates = Shape::Tiers(tiers(&[(1, Some(19_999), "0", "2"), (20_000, None, "0", "1")]));
    check(
        &plain(of(rates).bounded(sek("25 000"), sek("30 000")).unwrap()),
        &[
            (12_500, "25 000 kr"),
            (12_501, "25 002 kr"),
            (14_999, "29 998 kr"),
            (15_000, "30 000 kr"),
            (19_999, "30 000 kr"),
            (20_000, "25 000 kr"),
            (25_001, "25 001 kr"),
            (29_999, "29 999 kr"),
            (30_001, "30 000 kr"),
        ],
    );
}

/// 2,00 kr for the first 20 000, 1,00 for the next 80 000, 0,50 above.
#[test]
fn brackets_count_each_inhabitant_once() {
    let brackets = tiers(&[
        (1, Some(20_000), "0", "2"),
        (20_001, Some(100_000), "0", "1"),
        (100_001, None, "0", "0,50"),
    ]);
    check(
        &plain(of(Shape::Brackets(brackets))),
        &[
            (20_000, "40 000 kr"),
            (20_001, "40 001 kr"),
            (32_446, "52 446 kr"),
            (100_000, "120 000 kr"),
            (100_001, "120 000,50 kr"),
            (114_592, "127 296 kr"),
        ],
    );
}

/// 4 000 + 0,25 with a ceiling of 36 000, a project of 0,50 with a ceiling of 100 000 beside it, and 100 kr a thousand begun.
#[test]
fn components_are_added_outside_the_ceiling() {
    let component = |name: &str, shape, ceiling: Option<&str>| Component {
        name: name.into(),
        shape,
        bounds: Bounds::new(None, ceiling.map(amount)).unwrap(),
        index: None,
        origin: None,
    };
    let project = component("Projekt", Shape::PerInhabitant { rate: rate("0,50") }, Some("100 000"));
    let bounds = Bounds::new(None, Some(amount("36 000"))).unwrap();
    let tariff =
        Tariff { bounds, components: vec![project], ..of(linear(Some("4 000"), "0,25", EACH, None)) };
    check(
        &plain(tariff.clone()),
        &[
            (13_000, "13 750 kr"),
            (127_999, "99 999,25 kr"),
            (128_000, "100 000 kr"),
            (128_001, "100 000,50 kr"),
            (200_000, "136 000 kr"),
            (604_616, "136 000 kr"),
        ],
    );
    let by_thousand = component("Tusental", linear(None, "100", (1_000, Broken::Started), None), None);
    let both = Tariff { components: [tariff.components.clone(), vec![by_thousand]].concat(), ..tariff };
    check(&plain(both), &[(13_000, "15 050 kr"), (13_001, "15 150,75 kr"), (604_616, "196 500 kr")]);
}

/// Half the fee before the floor, a tenth off in 2024, half a year: 32 446 × 1,50 × 50 % × 90 % × 6/12 = 10 950,525.
#[test]
fn class_factor_and_share_come_in_their_order() {
    let half =
        MemberClass { name: "halv".into(), terms: ClassTerms::Multiplied(portion("50 %")), origin: None };
    let factor = YearFactor { year: year(2024), factor: portion("90 %") };
    let unit = ProrationUnit::Months(avgift::BrokenUnit::Counted);
    let proration = |order| Proration { unit, order, ..Proration::default() };
    let tariff = Tariff {
        classes: vec![half],
        year_factors: vec![factor],
        rounding: Rounding::Ore,
        proration: proration(ProrationOrder::AfterBounds),
        ..tariff_t()
    };
    let half_a_year = Share::new(6, 12, ShareUnit::Months).unwrap();
    let member = Member::new("1440".parse().unwrap(), "Ale").joined_on("2024-07-01".parse().unwrap());
    let fees = |tariff: &Tariff, class: Option<&str>, count| {
        let schedule = plain(tariff.clone());
        let member = class.map_or(member.clone(), |class| member.clone().in_class(class));
        let bulk = schedule.bulk_like(&member, half_a_year).unwrap().fee(people(count));
        let population = PopulationFigure::of_year_end(member.code, 2023, count).unwrap();
        assert_eq!(schedule.assess(&member, &population).unwrap().fee(), bulk);
        bulk.text(Language::Swedish)
    };
    assert_eq!(fees(&tariff, Some("halv"), 32_446), "10 950,53 kr");
    assert_eq!(fees(&tariff, None, 32_446), "21 901,05 kr");
    assert_eq!(fees(&tariff, Some("halv"), 20_000), "6 750 kr"); // The floor, 15 000 × 90 % × 6/12.
    // The share before the floor: 32 446 × 1,50 × 50 % × 6/12 = 12 167,25 is raised to 15 000, and a tenth taken off.
    let before = Tariff { proration: proration(ProrationOrder::BeforeBounds), ..tariff.clone() };
    assert_eq!(fees(&before, Some("halv"), 32_446), "13 500 kr");
    assert_eq!(fees(&before, None, 32_446), "21 901,05 kr");
    let stranger = member.in_class("grannar");
    let refused = plain(tariff).bulk_like(&stranger, half_a_year).unwrap_err();
    assert_eq!(refused.code(), "member-class-must-be-known");
}

/// 137,9 / 133,5 on steps: 1 000 and 1 800 kr are 1 032,958… and 1 859,325….
#[test]
fn the_index_works_on_every_shape() {
    let steps = Shape::Tiers(tiers(&[(1, Some(9_999), "1 000", "0"), (10_000, None, "1 800", "0")]));
    let tariff = of(steps).indexed(clause(2022, EscalationTarget::Fee));
    let schedule = tariff.schedule(year(2024), &indices(2022, &["133,5", "137,9"])).unwrap();
    check(&schedule, &[(9_999, "1 032,96 kr"), (10_000, "1 859,33 kr")]);
}

/// What a row cannot know is refused, and named.
#[test]
fn what_hangs_on_more_than_inhabitants_is_refused() {
    let what = |tariff: Tariff| {
        let refused = plain(tariff).bulk(Share::WHOLE).unwrap_err();
        assert_eq!(refused.code(), "bulk-fees-must-hang-on-inhabitants");
        refused.to_string()
    };
    let code: avgift::MunicipalityCode = "1440".parse().unwrap();
    let keys = vec![WeightedKey { key: Key::Population, weight: portion("100 %") }];
    let total = Shape::Total { total: amount("600 000"), keys, among: Among::All };
    let figure = OfFigure {
        portion: portion("1 ‰"),
        figure: "skatteunderlag".into(),
        per_inhabitant: false,
        rebate: None,
    };
    let limit = Some(YearlyLimit { up: Some(portion("10 %")), ..YearlyLimit::default() });
    assert_eq!(what(of(total)), "the fees of tariff `T` hang on a total that the members share");
    assert_eq!(
        what(of(Shape::OfFigure(figure.clone()))),
        "the fees of tariff `T` hang on a figure of each member"
    );
    assert_eq!(
        what(of(Shape::Decided([(code, amount("1 000"))].into()))),
        "the fees of tariff `T` hang on an amount decided for each member"
    );
    assert_eq!(
        what(Tariff { limit, ..tariff_t() }),
        "the fees of tariff `T` hang on the fee of the year before"
    );
    assert_eq!(
        what(Tariff { joining_fee: Some(amount("5 000")), ..tariff_t() }),
        "the fees of tariff `T` hang on who joins in the year"
    );
    assert_eq!(
        what(Tariff { ceilings: [(code, amount("400 000"))].into(), ..tariff_t() }),
        "the fees of tariff `T` hang on ceilings of single members"
    );
    let component = Component {
        name: "Projekt".into(),
        shape: Shape::OfFigure(figure),
        bounds: Bounds::default(),
        index: None,
        origin: None,
    };
    assert_eq!(
        what(Tariff { components: vec![component], ..tariff_t() }),
        "the fees of tariff `T` hang on a figure of each member"
    );
}
