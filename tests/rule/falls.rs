//! Falls: where a tariff makes the fee fall as the population grows, and that others are passed over in silence.

use avgift::{
    Bounds, ClassTerms, Fall, Language, MemberClass, OfFigure, RebateOn, Sek, Shape, SizeRebate, Tariff,
    Tier, Tiers,
};

use crate::made::{plain, sek, tariff_t, year};

/// The population and the two amounts of each fall.
fn falls(tariff: Tariff) -> Vec<String> {
    let told = |fall: Fall| {
        let [fee, one_more] = [fall.fee, fall.fee_of_one_more].map(|fee| fee.text(Language::Swedish));
        let class = fall.class.map(|class| class + ": ").unwrap_or_default();
        format!("{class}{} inv {fee}, sedan {one_more}", fall.inhabitants.get())
    };
    plain(tariff).falls().unwrap().into_iter().map(told).collect()
}

fn tiers(rates: &[(u32, Option<u32>, &str)]) -> Shape {
    let tier = |(from, to, rate): &(u32, Option<u32>, &str)| Tier::of_rate(*from, *to, rate.parse().unwrap());
    Shape::Tiers(Tiers::new(rates.iter().map(tier).collect()).unwrap())
}

fn of(shape: Shape) -> Tariff {
    Tariff::of("T", year(2023), shape)
}

/// 2 kr up to 20 000, 1 kr above, 50 öre from 100 001: each turn halves the fee.
#[test]
fn a_class_rate_falls_at_each_turn() {
    let rates = [(1, Some(20_000), "2"), (20_001, Some(100_000), "1"), (100_001, None, "0,5")];
    assert_eq!(
        falls(of(tiers(&rates))),
        ["20000 inv 40 000 kr, sedan 20 001 kr", "100000 inv 100 000 kr, sedan 50 001 kr"] // 50 000,50 goes up.
    );
}

/// A floor or a ceiling that holds on both sides of the turn hides it: nobody's fee falls.
#[test]
fn a_fall_that_no_fee_shows_is_none() {
    let rates = [(1, Some(20_000), "2"), (20_001, None, "1")];
    let bounded = |floor, ceiling| falls(of(tiers(&rates)).bounded(sek(floor), sek(ceiling)).unwrap());
    assert_eq!(bounded("0", "20 000"), [""; 0]);
    assert_eq!(bounded("40 000", "50 000"), [""; 0]);
    assert_eq!(bounded("0", "30 000"), ["20000 inv 30 000 kr, sedan 20 001 kr"]);
}

/// Rising steps, brackets whose rates fall, a rate with bounds: none of them ever lowers a fee.
#[test]
fn what_never_falls_is_passed_over_in_silence() {
    let step = |from, to, kronor: &str| Tier::of_amount(from, to, sek(kronor));
    let rising = vec![step(1, Some(9_999), "1 000"), step(10_000, None, "1 000")];
    assert_eq!(falls(of(Shape::Tiers(Tiers::new(rising).unwrap()))), [""; 0]);
    let Shape::Tiers(rates) = tiers(&[(1, Some(20_000), "2"), (20_001, None, "1")]) else { panic!() };
    assert_eq!(falls(of(Shape::Brackets(rates))), [""; 0]);
    assert_eq!(falls(tariff_t()), [""; 0]);
    let falling = vec![step(1, Some(9_999), "1 000"), step(10_000, None, "999")];
    assert_eq!(falls(of(Shape::Tiers(Tiers::new(falling).unwrap()))), ["9999 inv 1 000 kr, sedan 999 kr"]);
}

/// A rebate on the whole, whatever the figure; and the fee of a class.
#[test]
fn rebates_and_classes_are_looked_at_too() {
    let rebate = |on| SizeRebate {
        above: avgift::Inhabitants::new(200_000).unwrap(),
        portion: "10 %".parse::<avgift::Portion>().unwrap().into(),
        on,
    };
    let figure = |on| {
        Shape::OfFigure(OfFigure {
            portion: "0,1 ‰".parse::<avgift::Portion>().unwrap().into(),
            figure: "skatteunderlag".into(),
            per_inhabitant: false,
            rebate: Some(rebate(on)),
        })
    };
    assert_eq!(falls(of(figure(RebateOn::Whole))), ["200000 inv 100 kr, sedan 90 kr"]);
    assert_eq!(falls(of(figure(RebateOn::PartAbove))), [""; 0]);
    // What is left of 100 kr says nothing of a floor of 2 000 kr, nor of hundreds.
    let whole = || of(figure(RebateOn::Whole));
    for tariff in [
        whole().bounded(sek("2 000"), sek("9 000 000")).unwrap(),
        Tariff { rounding: avgift::Rounding::HundredKronor, ..whole() },
    ] {
        assert_eq!(falls(tariff), ["200000 inv 100 kr, sedan 90 kr"]);
    }
    assert!(plain(whole()).falls().unwrap().iter().all(|fall| fall.of_each_hundred));
    let rates = tiers(&[(1, Some(5), "2"), (6, None, "1")]);
    let terms = ClassTerms::Own { shape: Box::new(rates), bounds: Bounds::default() };
    let class = MemberClass { name: "granne".into(), terms, origin: None };
    let tariff = Tariff { classes: vec![class], ..of(Shape::Flat { amount: Sek::ZERO.into() }) };
    assert_eq!(falls(tariff), ["granne: 5 inv 10 kr, sedan 6 kr"]);
}

/// 2 kr to 20 000, 1 kr above, at most 20 000 kr: whoever pays all of it is at the ceiling on both sides, and whoever pays half of it
/// falls from 20 000 to 10 000,50. In a year of 90 % the amounts are those of the year.
#[test]
fn a_part_of_a_fee_falls_where_the_ceiling_hides_the_whole() {
    let rates = [(1, Some(20_000), "2"), (20_001, None, "1")];
    let half = ClassTerms::Multiplied("50 %".parse::<avgift::Portion>().unwrap().into());
    let class = MemberClass { name: "halv".into(), terms: half, origin: None };
    let tariff = |ceiling: &str| Tariff {
        classes: vec![class.clone()],
        ..of(tiers(&rates)).bounded(sek("0"), sek(ceiling)).unwrap()
    };
    assert_eq!(falls(tariff("20 000")), ["halv: 20000 inv 20 000 kr, sedan 10 001 kr"]);
    assert_eq!(falls(tariff("40 000")), ["20000 inv 40 000 kr, sedan 20 001 kr"]);
    let factor =
        avgift::YearFactor { year: year(2024), factor: "90 %".parse::<avgift::Portion>().unwrap().into() };
    let rebated = Tariff { year_factors: vec![factor], ..tariff("40 000") };
    assert_eq!(falls(rebated), ["20000 inv 36 000 kr, sedan 18 001 kr"]); // 18 000,90
}

/// A year between two tariffs is nobody's.
#[test]
fn a_gap_between_tariffs_is_told() {
    let first = Tariff { to: Some(year(2023)), ..tariff_t() };
    let later = Tariff { from: year(2026), ..tariff_t() };
    let gaps = |tariffs: Vec<Tariff>| {
        let tariffs = avgift::Tariffs::new(tariffs).unwrap();
        tariffs.gaps().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(gaps(vec![first.clone(), later]), ["no tariff is in force in 2024"]);
    assert_eq!(gaps(vec![first, Tariff { from: year(2024), ..tariff_t() }]), [""; 0]);
}
