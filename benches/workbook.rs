//! The workbook of live formulas: the fixture's 39 members, and all 290 municipalities of Sweden.
#![allow(missing_docs, reason = "a bench has no readers of its documentation")]

use avgift::{
    Basis, FeeYear, IndexClause, IndexFigure, IndexStatus, Indices, Language, Member, PopulationMode,
    Populations, ReferenceDate, Tariff, Tariffs, YearOfFees,
};
use avgift_benches::fixture;
use avgift_network::Network;
use avgift_report::workbook;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

#[divan::bench]
fn of_39_members(bencher: Bencher<'_, '_>) {
    let network = Network::read(&fixture()).expect("the fixture has no fault");
    let year = FeeYear::new(2024).expect("a year");
    let fees = network.assess(year, PopulationMode::Published).expect("the fixture has no fault");
    bencher.bench_local(|| {
        workbook(network.name(), black_box(std::slice::from_ref(&fees)), Language::Swedish, None)
    });
}

#[divan::bench]
fn of_290_members(bencher: Bencher<'_, '_>) {
    let fees = sweden().expect("the figures are right");
    bencher
        .bench_local(|| workbook("Sverige", black_box(std::slice::from_ref(&fees)), Language::Swedish, None));
}

/// Every municipality of the fixture's table, under tariff T with an index.
fn sweden() -> Result<YearOfFees, avgift::Error> {
    let (folder, file) = (fixture(), "statistics/BE0101N1_2022-2024.csv");
    let table = avgift_scb::read(file, folder.file(file).expect("the fixture is there")).expect("a table");
    let year = FeeYear::new(2024)?;
    let reference_date = ReferenceDate::default().in_year(year);
    let (mut populations, mut members) = (Populations::new(), Vec::new());
    for figure in avgift_scb::populations(&table).expect("populations").figures {
        if figure.reference_date == reference_date {
            members.push(Member::new(figure.code, figure.code.as_str()));
        }
        populations.add(figure)?;
    }
    let mut indices = Indices::new();
    for (month, tenths) in [("2021M10", 1_382), ("2022M10", 1_426)] {
        let value = avgift::Decimal::new(tenths, 1);
        indices.add(IndexFigure::new("LÖI", month.parse()?, IndexStatus::Preliminary, value)?)?;
    }
    let clause = IndexClause::new("LÖI", IndexStatus::Preliminary, "2021M10".parse()?, 2);
    let tariff = Tariff::per_inhabitant("T", year, "1,50 kr".parse()?);
    let tariff = tariff.bounded("15 000 kr".parse()?, "120 000 kr".parse()?)?.indexed(clause);
    let tariffs = Tariffs::new(vec![tariff]).expect("one tariff");
    let basis = Basis { members, tariffs, populations, indices };
    Ok(basis.assess_year(year, PopulationMode::Published).expect("all figures are there"))
}
