//! Why a fee changed under any tariff: splits worked out by hand, and the laws of every split.

use avgift::{
    Among, Basis, Bridge, Cause, ClassTerms, Error, FeeYear, Key, Member, MemberClass, Parts,
    PopulationFigure, PopulationMode, Populations, Portion, ReferenceDate, Sek, Shape, Tariff, Tariffs, Tier,
    Tiers, WeightedKey, YearFactor, YearOfFees, YearlyLimit,
};
use avgift_laws::proptest::collection::vec;
use avgift_laws::proptest::prelude::*;
use avgift_laws::strategies::inhabitants;

use crate::anything::{any_network, any_two_years};
use crate::bridge::{parts, sum};
use crate::made::{day, member, sek, tariff, year};

fn fees(basis: &Basis, of: FeeYear) -> YearOfFees {
    basis.assess_year(of, PopulationMode::Published).unwrap()
}

fn bridge(basis: &Basis) -> Bridge {
    Bridge::between(basis, &fees(basis, year(2023)), &fees(basis, year(2024))).unwrap()
}

/// Members with their inhabitants in both years, under a tariff of 2023 and one of 2024.
fn network(members: Vec<Member>, inhabitants: &[(&str, u32, u32)], tariffs: [Tariff; 2]) -> Basis {
    let mut populations = Populations::new();
    for (code, first, second) in inhabitants {
        for (year, count) in [(2022, *first), (2023, *second)] {
            populations
                .add(PopulationFigure::of_year_end(code.parse().unwrap(), year, count).unwrap())
                .unwrap();
        }
    }
    let [first, second] = tariffs;
    let tariffs = vec![Tariff { to: Some(year(2023)), ..first }, Tariff { from: year(2024), ..second }];
    Basis { members, tariffs: Tariffs::new(tariffs).unwrap(), populations, ..Basis::default() }
}

/// A member that bears one class in 2023 and another from 2024 on.
fn reclassed(code: &str, first: Option<&str>, second: Option<&str>) -> [Member; 2] {
    let class = |member: Member, class: Option<&str>| match class {
        Some(class) => member.in_class(class),
        None => member,
    };
    let later = class(member(code), second).joined_on(day("2024-01-01"));
    [class(member(code), first).left_on(day("2023-12-31")), later]
}

fn class(name: &str, terms: ClassTerms) -> MemberClass {
    MemberClass { name: name.into(), terms, origin: None }
}

fn portion(text: &str) -> Portion {
    text.parse().unwrap()
}

fn same(tariff: &Tariff) -> [Tariff; 2] {
    [tariff.clone(), tariff.clone()]
}

/// Mälaren: 1,25 kr, at least 35 000 kr, at most 500 000 kr; a neighbour pays 25 000 kr, without bounds; half members half.
fn malaren(half: &str) -> Tariff {
    let neighbour = ClassTerms::Own {
        shape: Box::new(Shape::Flat { amount: sek("25 000").into() }),
        bounds: avgift::Bounds::default(),
    };
    let half = ClassTerms::Multiplied(portion(half).into());
    Tariff {
        classes: vec![class("granne", neighbour), class("halv", half)],
        ..tariff("1,25", "35 000", "500 000")
    }
}

/// Ale with 40 000 inhabitants paid 50 000 kr and becomes a neighbour: 25 000 kr, first raised to the floor of 35 000 that held for
/// it (class: −15 000), which then no longer does (bounds: −10 000).
#[test]
fn another_class_is_told_apart_from_its_bounds() {
    let counts = [("1440", 40_000, 40_000)];
    let members = reclassed("1440", None, Some("granne")).to_vec();
    let bridge = bridge(&network(members, &counts, same(&malaren("50 %"))));
    assert_eq!(bridge.difference, sek("-25 000"));
    assert_eq!(bridge.parts, parts([(Cause::Class, "-15 000"), (Cause::Bounds, "-10 000")]));
}

/// Ale grows from 60 000 to 64 000 inhabitants as half a member: 37 500 → 40 000 kr. Then half is 60 %: 48 000 kr.
#[test]
fn other_terms_of_a_class_stand_with_the_class() {
    let counts = [("1440", 60_000, 64_000)];
    let members = vec![member("1440").in_class("halv")];
    let bridge = bridge(&network(members, &counts, [malaren("50 %"), malaren("60 %")]));
    assert_eq!(bridge.parts, parts([(Cause::Population, "2 500"), (Cause::Class, "8 000")]));
}

/// The earlier tariff decided an amount for each member, and none for who bears a class with terms of its own; the later tariff
/// has no such class. Class and tariff cannot be told apart: 12 000 → 20 000 kr is the tariff.
#[test]
fn what_cannot_be_told_apart_stands_with_the_tariff() {
    let decided =
        |code: &str, amount: &str| Shape::Decided([(code.parse().unwrap(), sek(amount).into())].into());
    let flat = |amount: &str| ClassTerms::Own {
        shape: Box::new(Shape::Flat { amount: sek(amount).into() }),
        bounds: avgift::Bounds::default(),
    };
    let first = Tariff {
        classes: vec![class("andra", flat("9 000"))],
        ..Tariff::of("A", year(2023), decided("1440", "12 000"))
    };
    let second = Tariff {
        classes: vec![class("nya", flat("20 000"))],
        ..Tariff::of("B", year(2024), decided("1438", "1 000"))
    };
    let members = reclassed("1440", None, Some("nya")).to_vec();
    let bridge = bridge(&network(members, &[("1440", 10, 10)], [first, second]));
    assert_eq!(bridge.parts, parts([(Cause::Tariff, "8 000")]));
}

fn shared(total: &str) -> Tariff {
    let keys = vec![WeightedKey { key: Key::Population, weight: portion("100 %").into() }];
    Tariff::of("T", year(2023), Shape::Total { total: sek(total).into(), keys, among: Among::All })
}

/// 120 000 kr by inhabitants; 2024 it is 132 000, and Mellerud joins with 2 000 inhabitants.
///
/// | | Ale | Dals-Ed |
/// |---|---|---|
/// | 2023, 3 000 and 1 000 inhabitants | 90 000 | 30 000 |
/// | 4 000 and 2 000: two thirds and one third | 80 000: −10 000 | 40 000: +10 000 |
/// | Mellerud shares: 4 / 8 and 2 / 8 | 60 000: −20 000 | 30 000: −10 000 |
/// | total 132 000 | 66 000: +6 000 | 33 000: +3 000 |
///
/// Mellerud's 33 000 kr is membership. What the inhabitants moved sums to nothing over the members, as a total asks.
#[test]
fn a_total_is_split_by_hand() {
    let counts = [("1440", 3_000, 4_000), ("1438", 1_000, 2_000), ("1461", 1_500, 2_000)];
    let members = vec![member("1461").joined_on(day("2024-01-01")), member("1440"), member("1438")];
    let bridge = bridge(&network(members, &counts, [shared("120 000"), shared("132 000")]));
    let of = |code: &str| bridge.member(code.parse().unwrap()).unwrap().parts;
    let ale = [(Cause::Population, "-10 000"), (Cause::Others, "-20 000"), (Cause::Tariff, "6 000")];
    assert_eq!(of("1440"), parts(ale));
    let dals_ed = [(Cause::Population, "10 000"), (Cause::Others, "-10 000"), (Cause::Tariff, "3 000")];
    assert_eq!(of("1438"), parts(dals_ed));
    assert_eq!(of("1461"), parts([(Cause::Membership, "33 000")]));
    let frame = [(Cause::Others, "-30 000"), (Cause::Tariff, "9 000"), (Cause::Membership, "33 000")];
    assert_eq!((bridge.difference, bridge.parts), (sek("12 000"), parts(frame)));
    let told: Vec<Cause> = bridge.causes().collect();
    assert!(told.contains(&Cause::Others) && !told.contains(&Cause::Class), "{told:?}");
}

/// By an income of 100 and 300: 30 000 and 90 000 kr; next year of 200 and 300: 48 000 and 72 000.
#[test]
fn figures_move_with_those_of_the_others() {
    let keys = vec![WeightedKey { key: Key::Figure("inkomst".into()), weight: portion("100 %").into() }];
    let shape = Shape::Total { total: sek("120 000").into(), keys, among: Among::All };
    let income = |code: &str, first: &str, second: &str| {
        let member = member(code).with_figure("inkomst", year(2023), first.parse().unwrap());
        member.with_figure("inkomst", year(2024), second.parse().unwrap())
    };
    let members = vec![income("1438", "100", "200"), income("1440", "300", "300")];
    let counts = [("1438", 1, 2), ("1440", 1, 1)];
    let bridge = bridge(&network(members, &counts, same(&Tariff::of("T", year(2023), shape))));
    let of = |code: &str| bridge.member(code.parse().unwrap()).unwrap().parts;
    assert_eq!(of("1438"), parts([(Cause::Figures, "18 000")]));
    assert_eq!(of("1440"), parts([(Cause::Figures, "-18 000")]));
}

/// To 9 999 inhabitants 1 000 kr, above 1 800. Ale passes the step: +800. Then the steps are 1 100 and 2 000 kr: +200.
#[test]
fn steps_are_split_by_hand() {
    let steps = |low: &str, high: &str| {
        let tiers = [Tier::of_amount(1, Some(9_999), sek(low)), Tier::of_amount(10_000, None, sek(high))];
        Tariff::of("T", year(2023), Shape::Tiers(Tiers::new(tiers.to_vec()).unwrap()))
    };
    let tariffs = [steps("1 000", "1 800"), steps("1 100", "2 000")];
    let bridge = bridge(&network(vec![member("1440")], &[("1440", 9_999, 10_000)], tariffs));
    assert_eq!(bridge.parts, parts([(Cause::Population, "800"), (Cause::Tariff, "200")]));
}

/// 2023: 10 000 × 1,50 = 15 000 kr, as stated for 2022 plus half at most. 2024: 20 000 inhabitants would pay 30 000 kr, at most half
/// more than 15 000. Inhabitants change nothing while the limit of 2023 holds; the limit of 2024 lets 7 500 kr through.
#[test]
fn a_limit_is_a_cause_of_its_own() {
    let limit = YearlyLimit {
        up: Some(portion("50 %").into()),
        down: None,
        stated: [("1440".parse().unwrap(), sek("10 000").into())].into(),
    };
    let tariff =
        Tariff { limit: Some(limit), ..Tariff::per_inhabitant("T", year(2023), "1,50".parse().unwrap()) };
    let basis = network(vec![member("1440")], &[("1440", 10_000, 20_000)], same(&tariff));
    let basis = Basis { tariffs: Tariffs::new(vec![tariff]).unwrap(), ..basis };
    let bridge = bridge(&basis);
    assert_eq!((bridge.from, bridge.to), (sek("15 000"), sek("22 500")));
    assert_eq!(bridge.parts, parts([(Cause::Limit, "7 500")]));
}

/// A rebate of a tenth in 2024 is the tariff's: 15 000 → 13 500 kr. What Ale paid for joining in 2023 is membership.
#[test]
fn a_factor_of_the_year_is_the_tariff_and_a_joining_fee_is_membership() {
    let rebate = YearFactor { year: year(2024), factor: portion("90 %").into() };
    let tariff = Tariff {
        year_factors: vec![rebate],
        joining_fee: Some(sek("5 000").into()),
        ..Tariff::per_inhabitant("T", year(2023), "1,50".parse().unwrap())
    };
    let members = vec![member("1440").joined_on(day("2023-01-01"))];
    let basis = network(members, &[("1440", 10_000, 10_000)], same(&tariff));
    let split = parts([(Cause::Tariff, "-1 500"), (Cause::Membership, "-5 000")]);
    assert_eq!(bridge(&basis).parts, split);
}

/// Two tariffs of one year, as of a decision and a scenario: each side has a basis of its own.
#[test]
fn two_tariffs_of_one_year_are_bridged() {
    let basis = |rate: &str, floor: &str| {
        let tariff = tariff(rate, floor, "120 000");
        let basis = network(
            vec![member("1440"), member("1438")],
            &[("1440", 1, 30_000), ("1438", 1, 5_000)],
            same(&tariff),
        );
        Basis { tariffs: Tariffs::new(vec![tariff]).unwrap(), ..basis }
    };
    let (decided, scenario) = (basis("1,50", "15 000"), basis("1,40", "20 000"));
    let of = year(2024);
    let bridge = Bridge::of((&decided, &fees(&decided, of)), (&scenario, &fees(&scenario, of))).unwrap();
    // Ale: 30 000 × 0,10 less; Dals-Ed: 5 000 more at the floor.
    assert_eq!(bridge.parts, parts([(Cause::Tariff, "-3 000"), (Cause::Bounds, "5 000")]));
}

fn is_shared(fees: &YearOfFees) -> bool {
    fees.schedule.is_shared()
}

/// The bridge; none where an amount between the two fees is too large to be written, which is refused.
fn told(basis: &Basis, from: &YearOfFees, to: &YearOfFees) -> Option<Bridge> {
    match Bridge::between(basis, from, to) {
        Ok(bridge) => Some(bridge),
        Err(Error::AmountMustNotOverflow) => None,
        Err(error) => panic!("{error}"),
    }
}

/// What the roundings of two fees may leave: half a step each, a whole one of a share, and the öre that parts are told in.
fn most_of_rounding(from: &YearOfFees, to: &YearOfFees) -> i64 {
    let step = |fees: &YearOfFees| fees.schedule.tariff().rounding.step_ore();
    step(from) + step(to) + 1
}

fn check(basis: &Basis, from: &YearOfFees, to: &YearOfFees) -> Option<Bridge> {
    let bridge = told(basis, from, to)?;
    for member in &bridge.members {
        assert_eq!(sum(&member.parts), member.difference, "{member:?}");
        let rounding = member.parts.rounding.ore().abs();
        assert!(rounding <= most_of_rounding(from, to), "{member:?}");
        if member.from.is_none() || member.to.is_none() {
            assert_eq!(Parts { membership: Sek::ZERO, ..member.parts }, Parts::default());
        }
    }
    assert_eq!(sum(&bridge.parts), bridge.difference);
    assert_eq!(bridge.from.plus(bridge.difference).unwrap(), bridge.to);
    Some(bridge)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    /// Of any two tariffs and any members: the parts sum to the change, to the öre; roundings leave no more than roundings can; the
    /// order of members changes nothing.
    #[test]
    fn parts_of_any_tariffs_sum_to_the_change((basis, first, second) in any_two_years(6)) {
        let assessed = |basis: &Basis, year| basis.assess_year(year, PopulationMode::Published);
        let (Ok(from), Ok(to)) = (assessed(&basis, first), assessed(&basis, second)) else { return Ok(()) };
        let Some(bridge) = check(&basis, &from, &to) else { return Ok(()) };
        let turned = Basis { members: basis.members.iter().rev().cloned().collect(), ..basis.clone() };
        let (from, to) = (fees(&turned, first), fees(&turned, second));
        prop_assert_eq!(Bridge::between(&turned, &from, &to).unwrap(), bridge);
    }

    #[test]
    fn no_change_of_any_tariff_has_no_parts((basis, year) in any_network(6)) {
        let Ok(fees) = basis.assess_year(year, PopulationMode::Published) else { return Ok(()) };
        let Some(bridge) = told(&basis, &fees, &fees) else { return Ok(()) };
        for member in &bridge.members {
            prop_assert_eq!(member.parts, Parts::default());
        }
    }

    /// Where inhabitants alone changed, inhabitants and rounding alone have a part, also of a total; and what they moved of a total
    /// sums to nothing.
    #[test]
    fn inhabitants_alone_have_a_part_where_they_alone_changed((basis, year) in any_network(6), counts in vec(inhabitants(), 6)) {
        let mut grown = Basis { populations: Populations::new(), ..basis.clone() };
        let reference_date = ReferenceDate::default().in_year(year);
        for (member, inhabitants) in basis.members.iter().zip(counts) {
            grown.populations.add(PopulationFigure { code: member.code, reference_date, inhabitants, origin: None }).unwrap();
        }
        let assessed = |basis: &Basis| basis.assess_year(year, PopulationMode::Published);
        let (Ok(before), Ok(after)) = (assessed(&basis), assessed(&grown)) else { return Ok(()) };
        let Some(bridge) = told(&grown, &before, &after) else { return Ok(()) };
        for member in &bridge.members {
            let others = Parts { population: Sek::ZERO, rounding: Sek::ZERO, ..member.parts };
            prop_assert_eq!(others, Parts::default());
        }
        if is_shared(&before) && basis.members.iter().all(|member| member.class.is_none()) {
            // Each share is told to the öre.
            let told = bridge.parts.population.ore().unsigned_abs();
            prop_assert!(told <= basis.members.len() as u64, "{:?}", bridge.parts);
        }
    }

    /// Where classes alone changed, and no total is shared, the class and the bounds alone have a part.
    #[test]
    fn classes_alone_have_a_part_where_they_alone_changed((basis, year) in any_network(6), classes in vec(0..3_usize, 6)) {
        let named = [None, Some("egen"), Some("halv")];
        let members = basis.members.iter().zip(classes).map(|(member, class)| Member {
            class: named[class].map(|name| name.to_owned().into()),
            ..member.clone()
        });
        let other = Basis { members: members.collect(), ..basis.clone() };
        let assessed = |basis: &Basis| basis.assess_year(year, PopulationMode::Published);
        let (Ok(before), Ok(after)) = (assessed(&basis), assessed(&other)) else { return Ok(()) };
        if is_shared(&before) {
            return Ok(());
        }
        let bridge = match Bridge::of((&basis, &before), (&other, &after)) {
            Err(Error::AmountMustNotOverflow) => return Ok(()),
            bridge => bridge.unwrap(),
        };
        for member in &bridge.members {
            let rest = Parts { class: Sek::ZERO, bounds: Sek::ZERO, rounding: Sek::ZERO, ..member.parts };
            prop_assert_eq!(rest, Parts::default(), "{:?}", member);
        }
    }
}
