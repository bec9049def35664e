//! Goal seek over 290 members, by what is sought.
#![allow(missing_docs, reason = "a bench has no readers of its documentation")]

use avgift::{FeeYear, PopulationMode, Sek, Solution, Sought, YearOfFees};
use avgift_benches::sweden;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

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
