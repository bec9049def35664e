//! Assessment, explained and bulk: nanoseconds a row, side by side with the same rule in rust_decimal.
#![allow(missing_docs, reason = "a bench has no readers of its documentation")]

use avgift::{Decimal, Member, PopulationFigure, Sek, Share};
use avgift_benches::{populations, schedule, shapes};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const ROWS: u32 = 1_000_000;

#[divan::bench(args = shapes().map(|(name, _)| name))]
fn bulk(bencher: Bencher<'_, '_>, shape: &str) {
    let schedule = shapes().into_iter().find(|(name, _)| *name == shape).map(|(_, schedule)| schedule);
    let fees = schedule.expect("a name of the list").bulk(Share::WHOLE).expect("the tariff is sound");
    let rows = populations(ROWS).expect("in range");
    let mut amounts: Vec<Sek> = Vec::with_capacity(rows.len());
    bencher.counter(ItemsCount::new(rows.len())).bench_local(|| {
        amounts.clear();
        fees.assess_many(black_box(&rows), &mut amounts);
        black_box(amounts.last().copied())
    });
}

/// What it costs to make the table that the rows are read from.
#[divan::bench(args = shapes().map(|(name, _)| name))]
fn bulk_table(bencher: Bencher<'_, '_>, shape: &str) {
    let schedule = shapes().into_iter().find(|(name, _)| *name == shape).map(|(_, schedule)| schedule);
    let schedule = schedule.expect("a name of the list");
    bencher.bench_local(|| black_box(&schedule).bulk(Share::WHOLE));
}

#[divan::bench]
fn the_same_rule_in_rust_decimal(bencher: Bencher<'_, '_>) {
    let rows = populations(ROWS).expect("in range");
    let (rate, floor, ceiling) = (Decimal::new(150, 2), Decimal::from(15_000), Decimal::from(120_000));
    bencher.counter(ItemsCount::new(rows.len())).bench_local(|| {
        let fee = |inhabitants: &avgift::Inhabitants| {
            let fee = (rate * Decimal::from(inhabitants.get())).clamp(floor, ceiling) + Decimal::new(5, 1);
            fee.floor()
        };
        black_box(&rows).iter().map(fee).fold(Decimal::ZERO, |_, fee| black_box(fee))
    });
}

#[divan::bench]
fn explained(bencher: Bencher<'_, '_>) {
    let schedule = schedule().expect("tariff T is sound");
    let member = Member::new("1440".parse().expect("a code"), "Ale");
    let figure = PopulationFigure::of_year_end(member.code, 2023, 32_446).expect("in range");
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench_local(|| schedule.assess(black_box(&member), black_box(&figure)));
}
