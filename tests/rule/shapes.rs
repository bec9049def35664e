//! Shapes: each one that a tariff can have, at the edges and with the figures of the real tariff that has it.

use avgift::{
    Assessment, Broken, Counting, FeeRate, Indices, Inhabitants, Language, Member, OfFigure,
    PopulationFigure, RebateOn, Rounding, Rule, Schedule, Sek, Shape, SizeRebate, Sourced, Tariff, Tier,
    Tiers, Value,
};

use crate::made::{assessed, clause, exact, fee, indices, plain, sek, year};

fn rate(text: &str) -> Sourced<FeeRate> {
    text.parse::<FeeRate>().unwrap().into()
}

fn amount(text: &str) -> Sourced<Sek> {
    sek(text).into()
}

fn people(count: u32) -> Inhabitants {
    Inhabitants::new(count).unwrap()
}

fn tariff(shape: Shape) -> Tariff {
    Tariff::of("T", year(2023), shape)
}

fn schedule(shape: Shape) -> Schedule {
    plain(tariff(shape))
}

fn linear(base: Option<&str>, per: &str, cap: Option<u32>) -> Shape {
    let (base, cap) = (base.map(amount), cap.map(|cap| people(cap).into()));
    Shape::Linear { base, rate: rate(per), per: Counting::EACH, cap }
}

fn counted(per: &str, size: u32, broken: Broken) -> Shape {
    Shape::Linear { base: None, rate: rate(per), per: Counting { size: people(size), broken }, cap: None }
}

fn steps(tiers: &[(u32, Option<u32>, &str)]) -> Tiers {
    Tiers::new(tiers.iter().map(|(from, to, kronor)| Tier::of_amount(*from, *to, sek(kronor))).collect())
        .unwrap()
}

fn rates(tiers: &[(u32, Option<u32>, &str)]) -> Tiers {
    let tier = |(from, to, per): &(u32, Option<u32>, &str)| Tier::of_rate(*from, *to, per.parse().unwrap());
    Tiers::new(tiers.iter().map(tier).collect()).unwrap()
}

/// The fee to the öre, as text.
fn to_ore(schedule: &Schedule, inhabitants: u32) -> String {
    exact(&assessed(schedule, inhabitants))
}

/// Mälarens vattenvårdsförbund: a neighbour municipality pays 25 000 kr, a region 52 500 kr, whatever its size.
#[test]
fn a_flat_fee_is_the_same_for_everyone() {
    let neighbour = schedule(Shape::Flat { amount: amount("25 000") });
    for inhabitants in [1, 25_000, 9_999_999] {
        assert_eq!(fee(&neighbour, inhabitants), "25 000 kr");
    }
    assert_eq!(fee(&schedule(Shape::Flat { amount: amount("52 500") }), 13_000), "52 500 kr");
}

/// Göteborgsregionen 2024: 72,64 kr; 32 446 inhabitants give 2 356 877,44 kr.
#[test]
fn a_rate_is_taken_of_every_inhabitant() {
    assert_eq!(to_ore(&schedule(Shape::PerInhabitant { rate: rate("72,64") }), 32_446), "2 356 877,44 kr");
}

/// Mälaren, a shore municipality: 1,25 kr, at least 35 000 kr (28 000 inhabitants), at most 500 000 kr (400 000).
#[test]
fn floor_and_ceiling_hold_at_their_break_points() {
    let shore = tariff(Shape::PerInhabitant { rate: rate("1,25") });
    let shore =
        plain(Tariff { rounding: Rounding::Ore, ..shore.bounded(sek("35 000"), sek("500 000")).unwrap() });
    assert_eq!(fee(&shore, 27_999), "35 000 kr");
    assert_eq!(fee(&shore, 28_000), "35 000 kr");
    assert_eq!(fee(&shore, 28_001), "35 001,25 kr");
    assert_eq!(fee(&shore, 399_999), "499 998,75 kr");
    assert_eq!(fee(&shore, 400_000), "500 000 kr");
    assert_eq!(fee(&shore, 400_001), "500 000 kr");
}

/// Klimatkommunerna 2019: 4 000 kr and 25 öre per inhabitant, at most 36 000 kr: 128 000 inhabitants.
#[test]
fn a_base_and_a_rate_stand_below_a_ceiling() {
    let tariff = tariff(linear(Some("4 000"), "0,25", None));
    let bounds = avgift::Bounds::new(None, Some(amount("36 000"))).unwrap();
    let schedule = plain(Tariff { bounds, rounding: Rounding::Ore, ..tariff });
    assert_eq!(fee(&schedule, 13_000), "7 250 kr");
    assert_eq!(fee(&schedule, 127_999), "35 999,75 kr");
    assert_eq!(fee(&schedule, 128_000), "36 000 kr");
    assert_eq!(fee(&schedule, 128_001), "36 000 kr");
}

/// Klimatkommunerna 2023: 4 000 kr and 30 öre per inhabitant, for 150 000 of them at most.
#[test]
fn no_inhabitant_above_the_cap_is_counted() {
    let schedule = schedule(linear(Some("4 000"), "0,30", Some(150_000)));
    assert_eq!(fee(&schedule, 13_000), "7 900 kr");
    assert_eq!(to_ore(&schedule, 149_999), "48 999,70 kr");
    assert_eq!(fee(&schedule, 150_000), "49 000 kr");
    assert_eq!(fee(&schedule, 150_001), "49 000 kr");
    assert_eq!(fee(&schedule, 604_616), "49 000 kr");
}

/// 100 kr per hundred: 150 inhabitants are one and a half, two begun, one full.
#[test]
fn inhabitants_are_counted_in_units() {
    let of = |broken, count| to_ore(&schedule(counted("100", 100, broken)), count);
    for (count, in_proportion, started, full) in [
        (1, "1,00 kr", "100,00 kr", "0,00 kr"),
        (99, "99,00 kr", "100,00 kr", "0,00 kr"),
        (100, "100,00 kr", "100,00 kr", "100,00 kr"),
        (101, "101,00 kr", "200,00 kr", "100,00 kr"),
        (150, "150,00 kr", "200,00 kr", "100,00 kr"),
    ] {
        assert_eq!(of(Broken::InProportion, count), in_proportion, "{count}");
        assert_eq!(of(Broken::Started, count), started, "{count}");
        assert_eq!(of(Broken::Full, count), full, "{count}");
    }
    // 500 kr per thousand begun: 32 446 inhabitants are 33.
    assert_eq!(to_ore(&schedule(counted("500", 1_000, Broken::Started)), 32_446), "16 500,00 kr");
}

/// Sveriges miljökommuner 2023: every edge of its five steps.
#[test]
fn a_step_is_an_amount_by_tier() {
    let miljokommuner = schedule(Shape::Tiers(steps(&[
        (0, Some(9_999), "1 000"),
        (10_000, Some(29_999), "1 800"),
        (30_000, Some(49_999), "2 200"),
        (50_000, Some(99_999), "2 800"),
        (100_000, None, "4 800"),
    ])));
    for (inhabitants, expected) in [
        (1, "1 000 kr"),
        (9_999, "1 000 kr"),
        (10_000, "1 800 kr"),
        (29_999, "1 800 kr"),
        (30_000, "2 200 kr"),
        (49_999, "2 200 kr"),
        (50_000, "2 800 kr"),
        (99_999, "2 800 kr"),
        (100_000, "4 800 kr"),
        (9_999_999, "4 800 kr"),
    ] {
        assert_eq!(fee(&miljokommuner, inhabitants), expected, "{inhabitants}");
    }
}

/// 2 kr each up to 20 000 inhabitants, 1 kr each above: the twenty thousand and first inhabitant halves the fee.
#[test]
fn a_class_rate_is_taken_of_the_whole_population() {
    let class_rates = schedule(Shape::Tiers(rates(&[(1, Some(20_000), "2,00"), (20_001, None, "1,00")])));
    assert_eq!(fee(&class_rates, 19_999), "39 998 kr");
    assert_eq!(fee(&class_rates, 20_000), "40 000 kr");
    assert_eq!(fee(&class_rates, 20_001), "20 001 kr");
}

/// Illustrative: 2,00 for the first 20 000, 1,00 for the next 80 000, 0,50 above.
#[test]
fn a_bracket_is_taken_of_the_inhabitants_in_it() {
    let brackets = schedule(Shape::Brackets(rates(&[
        (1, Some(20_000), "2,00"),
        (20_001, Some(100_000), "1,00"),
        (100_001, None, "0,50"),
    ])));
    assert_eq!(fee(&brackets, 20_000), "40 000 kr");
    assert_eq!(fee(&brackets, 20_001), "40 001 kr");
    assert_eq!(fee(&brackets, 32_446), "52 446 kr"); // 40 000 + 12 446
    assert_eq!(fee(&brackets, 100_000), "120 000 kr");
    assert_eq!(to_ore(&brackets, 100_001), "120 000,50 kr");
    assert_eq!(fee(&brackets, 114_592), "127 296 kr"); // 40 000 + 80 000 + 7 296
}

/// Illustrative: nobody below 5 000 pays; to 20 000 a fixed 1 000 kr and 10 öre each, above it 3 000 kr and 10 öre each.
#[test]
fn a_tier_may_have_a_fixed_part_and_a_rate_and_the_small_may_be_exempt() {
    let tier = |from, to, fixed: Option<&str>| Tier {
        from,
        to,
        amount: fixed.map(amount),
        rate: fixed.map(|_| rate("0,10")),
        origin: None,
    };
    let tiers = vec![
        tier(0, Some(4_999), None),
        tier(5_000, Some(20_000), Some("1 000")),
        tier(20_001, None, Some("3 000")),
    ];
    let schedule = schedule(Shape::Tiers(Tiers::new(tiers).unwrap()));
    assert_eq!(fee(&schedule, 4_999), "0 kr");
    assert_eq!(fee(&schedule, 5_000), "1 500 kr");
    assert_eq!(fee(&schedule, 20_000), "3 000 kr");
    assert_eq!(to_ore(&schedule, 20_001), "5 000,10 kr");
}

/// Of a tax base of 5 000 million kr: 0,1098 ‰ is 549 000 kr, as SKR's rate for 2024 would have it. The base is made up.
fn of_tax_base(inhabitants: u32, on: Option<RebateOn>) -> String {
    let rebate = on.map(|on| SizeRebate {
        above: people(200_000),
        portion: "10 %".parse::<avgift::Portion>().unwrap().into(),
        on,
    });
    let shape = Shape::OfFigure(OfFigure {
        portion: "0,1098 ‰".parse::<avgift::Portion>().unwrap().into(),
        figure: "skatteunderlag".into(),
        per_inhabitant: false,
        rebate,
    });
    let member = Member::new("1440".parse().unwrap(), "Ale").with_figure(
        "skatteunderlag",
        year(2024),
        "5 000 000 000".parse().unwrap(),
    );
    let population = PopulationFigure::of_year_end(member.code, 2023, inhabitants).unwrap();
    exact(&schedule(shape).assess(&member, &population).unwrap())
}

/// 10 % off the whole is 494 100 kr; off the part above, 250 000 inhabitants have 50 000 of them above: 2 % in all.
#[test]
fn a_portion_of_a_figure_has_a_rebate_above_a_size() {
    assert_eq!(of_tax_base(250_000, None), "549 000,00 kr");
    for on in [RebateOn::Whole, RebateOn::PartAbove] {
        assert_eq!(of_tax_base(199_999, Some(on)), "549 000,00 kr");
        assert_eq!(of_tax_base(200_000, Some(on)), "549 000,00 kr");
    }
    assert_eq!(of_tax_base(200_001, Some(RebateOn::Whole)), "494 100,00 kr");
    assert_eq!(of_tax_base(250_000, Some(RebateOn::PartAbove)), "538 020,00 kr");
}

/// A figure of another year, or of another name, is none.
#[test]
fn a_figure_that_is_not_there_is_refused() {
    let shape = Shape::OfFigure(OfFigure {
        portion: "1 ‰".parse::<avgift::Portion>().unwrap().into(),
        figure: "skatteunderlag".into(),
        per_inhabitant: true,
        rebate: None,
    });
    let schedule = schedule(shape);
    let ale = Member::new("1440".parse().unwrap(), "Ale");
    let population = PopulationFigure::of_year_end(ale.code, 2023, 100).unwrap();
    let with = |name: &str, of| ale.clone().with_figure(name, year(of), "200 000".parse().unwrap());
    let refused = |member: &Member| schedule.assess(member, &population).unwrap_err().to_string();
    assert_eq!(refused(&ale), "`Ale` (1440) has no figure `skatteunderlag` for 2024");
    assert_eq!(
        refused(&with("skatteunderlag", 2023)),
        "`Ale` (1440) has no figure `skatteunderlag` for 2024"
    );
    assert_eq!(refused(&with("invånare", 2024)), "`Ale` (1440) has no figure `skatteunderlag` for 2024");
    let assessed = schedule.assess(&with("skatteunderlag", 2024), &population).unwrap();
    assert_eq!(exact(&assessed), "20 000,00 kr"); // 200 kr × 100
}

/// A board that decides a figure for each member, and forgets one.
#[test]
fn an_amount_is_decided_for_each_member() {
    let amounts = [("1440", "12 000"), ("1490", "40 000")];
    let amounts = amounts.map(|(code, kronor)| (code.parse().unwrap(), amount(kronor)));
    let schedule = schedule(Shape::Decided(amounts.into_iter().collect()));
    assert_eq!(fee(&schedule, 32_446), "12 000 kr");
    let orust = Member::new("1421".parse().unwrap(), "Orust");
    let population = PopulationFigure::of_year_end(orust.code, 2023, 15_000).unwrap();
    let refused = schedule.assess(&orust, &population).unwrap_err();
    assert_eq!(refused.to_string(), "`Orust` (1421) has no amount in 2024");
}

/// An index on the fee carries base and rate alike; one on the rate alone leaves the base: 4 000 + 13 000 × 0,25 × 1,1.
#[test]
fn base_and_rate_are_escalated_together_or_one_of_them() {
    use avgift::EscalationTarget::{Fee, Parameters};
    let only = |rate, amount| Parameters { rate, amount, floor: false, ceiling: false, printed: None };
    let of = |target| {
        let tariff = tariff(linear(Some("4 000"), "0,25", None)).indexed(clause(2022, target));
        exact(&assessed(&tariff.schedule(year(2024), &indices(2022, &["100", "110"])).unwrap(), 13_000))
    };
    assert_eq!(of(Fee), "7 975,00 kr"); // 7 250 × 1,1
    assert_eq!(of(only(true, true)), "7 975,00 kr");
    assert_eq!(of(only(true, false)), "7 575,00 kr"); // 4 000 + 3 575
    assert_eq!(of(only(false, true)), "7 650,00 kr"); // 4 400 + 3 250
}

fn operand(assessment: &Assessment, language: Language) -> [String; 2] {
    let step = assessment.explanation(language).steps.swap_remove(1);
    [step.operand, step.note.unwrap_or_default()]
}

/// Whoever reads the step can do the sum again.
#[test]
fn each_shape_is_told_with_its_figures() {
    let told = |shape, inhabitants| operand(&assessed(&schedule(shape), inhabitants), Language::Swedish);
    assert_eq!(told(Shape::Flat { amount: amount("25 000") }, 5), ["25 000 kr", ""]);
    assert_eq!(
        told(linear(Some("4 000"), "0,30", Some(150_000)), 604_616),
        ["4 000 kr + 0,30 kr per invånare", "räknas: högst 150 000 invånare"]
    );
    assert_eq!(
        told(counted("500", 1_000, Broken::Started), 32_446),
        ["500,00 kr per påbörjat 1 000-tal invånare", ""]
    );
    let brackets = [(1, Some(20_000), "2,00"), (20_001, Some(100_000), "1,00"), (100_001, None, "0,50")];
    let brackets = Shape::Brackets(rates(&brackets));
    assert_eq!(told(brackets.clone(), 19_000), ["× 2,00 kr", ""]);
    assert_eq!(told(brackets.clone(), 32_446), ["20 000 × 2,00 kr + 1,00 kr per invånare över 20 000", ""]);
    assert_eq!(
        told(brackets, 114_592),
        ["20 000 × 2,00 kr + 80 000 × 1,00 kr + 0,50 kr per invånare över 100 000", ""]
    );
    let tiers = Shape::Tiers(steps(&[(1, Some(9_999), "1 000"), (10_000, None, "1 800")]));
    assert_eq!(told(tiers.clone(), 9_999), ["1 000 kr", "1–9 999 invånare"]);
    assert_eq!(told(tiers, 10_000), ["1 800 kr", "från 10 000 invånare"]);
}

/// What is stored of a tier says which populations it holds: one that was moved into another tier is found out.
#[test]
fn a_stored_tier_holds_its_population() {
    let tiers = schedule(Shape::Tiers(steps(&[(1, Some(9_999), "1 000"), (10_000, None, "1 800")])));
    let assessment = assessed(&tiers, 9_999);
    let mut json = serde_json::to_value(&assessment).unwrap();
    let read = |json: &serde_json::Value| serde_json::from_str::<Assessment>(&json.to_string()).unwrap();
    assert_eq!(read(&json), assessment);
    assert_eq!(read(&json).replay(), Ok(sek("1 000")));
    let population = |json: &mut serde_json::Value| {
        json["inhabitants"] = 10_000.into();
        json["steps"][0]["value"]["inhabitants"] = 10_000.into();
    };
    population(&mut json);
    assert_eq!(
        read(&json).replay().unwrap_err().to_string(),
        "1440, fee year 2024: what step 2, by the tariff, works with is stored as 1,000 kr, and comes to the population \
         falls in another tier"
    );
}

/// The value of the step is that of the shape alone, before bounds and share.
#[test]
fn the_step_of_a_shape_holds_what_it_comes_to() {
    let tariff = tariff(linear(Some("4 000"), "0,30", None)).bounded(sek("9 000"), sek("10 000")).unwrap();
    let assessment = assessed(&tariff.schedule(year(2024), &Indices::new()).unwrap(), 13_000);
    let value = assessment.step(Rule::ByTariff).unwrap().value;
    assert_eq!(value, Value::Exact(sek("7 900").into()));
    assert_eq!(assessment.fee(), sek("9 000"));
    assert!(assessment.step(Rule::ByPopulation).is_none());
}

/// Amounts below nothing and rebates above the whole would pay the member.
#[test]
fn nobody_is_paid_for_its_membership() {
    let refused = |shape: Shape| tariff(shape).schedule(year(2024), &Indices::new()).unwrap_err().code();
    assert_eq!(refused(Shape::Flat { amount: amount("-1") }), "tariff-amount-must-not-be-negative");
    assert_eq!(refused(linear(Some("-0,01"), "1", None)), "tariff-amount-must-not-be-negative");
    let tiers = steps(&[(1, Some(5), "0"), (6, None, "-5")]);
    assert_eq!(refused(Shape::Tiers(tiers)), "tariff-amount-must-not-be-negative");
    let rebate = SizeRebate {
        above: people(5),
        portion: "100,1 %".parse::<avgift::Portion>().unwrap().into(),
        on: RebateOn::Whole,
    };
    let of_figure = Shape::OfFigure(OfFigure {
        portion: rebate.portion.clone(),
        figure: "x".into(),
        per_inhabitant: false,
        rebate: Some(rebate),
    });
    assert_eq!(refused(of_figure), "rebate-must-not-exceed-the-fee");
}
