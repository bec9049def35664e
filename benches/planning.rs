//! Goal seek over 290 members, by what is sought, and a bridge of as many; ten thousand forecasts of five years for 290 members.
#![allow(missing_docs, reason = "a bench has no readers of its documentation")]

use avgift::{
    Assumptions, Bridge, ClassTerms, Component, Counting, Decimal, FeeRate, FeeYear, Growth, MemberClass,
    Outlook, PopulationMode, Portion, Sek, Shape, Solution, Sought, Tariff, Tariffs, YearFactor, YearOfFees,
    YearlyLimit,
};
use avgift_benches::{shapes, sweden};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// The tariff of the network, beside those of `shapes`.
const INDEXED: &str = "per inhabitant with bounds and an index";

fn fees() -> YearOfFees {
    let year = FeeYear::new(2024).expect("a fee year");
    sweden().expect("sound").assess_year(year, PopulationMode::Published).expect("every figure is there")
}

/// The same members under a tariff with everything that bends: a base and a rate, half members, a component, a rebate of the year, a
/// limit on the yearly change.
fn fees_of_all() -> YearOfFees {
    let year = FeeYear::new(2024).expect("a fee year");
    let mut basis = sweden().expect("sound");
    let portion = |text: &str| text.parse::<Portion>().expect("a portion").into();
    let rate = |text: &str| text.parse::<FeeRate>().expect("a rate").into();
    let kronor = |kronor| Sek::from_kronor(kronor).expect("it fits");
    let tariff = basis.tariffs.in_year(year).expect("there is one").clone();
    let stated = basis.members.iter().map(|member| (member.code, kronor(40_000).into())).collect();
    let tariff = Tariff {
        shape: Shape::Linear {
            base: Some(kronor(4_000).into()),
            rate: rate("1,50"),
            per: Counting::EACH,
            cap: None,
        },
        classes: vec![MemberClass {
            name: "halv".into(),
            terms: ClassTerms::Multiplied(portion("50 %")),
            origin: None,
        }],
        components: vec![Component {
            name: "Projekt".into(),
            shape: Shape::PerInhabitant { rate: rate("0,25") },
            bounds: avgift::Bounds::default(),
            index: None,
            origin: None,
        }],
        year_factors: vec![YearFactor { year, factor: portion("90 %") }],
        limit: Some(YearlyLimit { up: Some(portion("75 %")), down: Some(portion("25 %")), stated }),
        ..tariff
    };
    for member in basis.members.iter_mut().step_by(5) {
        member.class = Some("halv".to_owned().into());
    }
    basis.tariffs = Tariffs::new(vec![tariff]).expect("one tariff");
    basis.assess_year(year, PopulationMode::Published).expect("every figure is there")
}

#[divan::bench(args = [Sought::Rate, Sought::Base, Sought::Floor, Sought::Scale])]
fn goal_seek_290_of_all(bencher: Bencher<'_, '_>, sought: Sought) {
    let fees = fees_of_all();
    let target = fees.frame.sum.plus(Sek::from_ore(12_345_600)).expect("it fits");
    bencher.bench_local(|| {
        Solution::of(black_box(&fees), target, sought, sought.usual_step()).expect("in range")
    });
}

#[divan::bench]
fn bridge_290_of_all(bencher: Bencher<'_, '_>) {
    let (basis, fees) = (sweden().expect("sound"), fees_of_all());
    bencher.bench_local(|| Bridge::between(&basis, black_box(&fees), black_box(&fees)).expect("it fits"));
}

#[divan::bench(args = [Sought::Rate, Sought::Floor, Sought::Ceiling, Sought::Scale])]
fn goal_seek_290(bencher: Bencher<'_, '_>, sought: Sought) {
    let fees = fees();
    let target = fees.frame.sum.plus(Sek::from_ore(12_345_600)).expect("it fits");
    bencher.bench_local(|| {
        Solution::of(black_box(&fees), target, sought, sought.usual_step()).expect("in range")
    });
}

/// Ten thousand scenarios of five years, of which the first is on file: no two grow alike. First the tariff of the network, which
/// has an index, then one of each shape.
#[divan::bench(sample_count = 5, sample_size = 1, args = [INDEXED].into_iter().chain(shapes().map(|(name, _)| name)))]
fn forecast_5_years_290_members_10_000_scenarios(bencher: Bencher<'_, '_>, shape: &str) {
    let mut basis = sweden().expect("sound");
    if let Some((_, schedule)) = shapes().into_iter().find(|(name, _)| *name == shape) {
        basis.tariffs = Tariffs::new(vec![schedule.tariff().clone()]).expect("one tariff");
    }
    let years: Vec<FeeYear> = (2024..=2028).map(|year| FeeYear::new(year).expect("a fee year")).collect();
    let outlook = Outlook::new(&basis, &years).expect("every figure is there");
    let growth = |hundredths: i64| Growth::new(Decimal::new(hundredths, 2)).expect("in range");
    bencher.bench_local(|| {
        let mut highest = Sek::ZERO;
        for scenario in 0..10_000 {
            let assumptions =
                Assumptions { population: growth(scenario % 200 - 100), index: growth(scenario / 25) };
            let frames = outlook.frames(black_box(assumptions)).expect("it fits");
            highest = frames.into_iter().fold(highest, Sek::max);
        }
        highest
    });
}
