//! Goal seek over 290 members, by what is sought; ten thousand forecasts of five years for 290 members.
#![allow(missing_docs, reason = "a bench has no readers of its documentation")]

use avgift::{
    Assumptions, Decimal, FeeYear, Growth, Outlook, PopulationMode, Sek, Solution, Sought, Tariffs,
    YearOfFees,
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
