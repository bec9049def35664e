//! The fixture network: reading its folder, each of its files, its fees, and its invoices as XML.
#![allow(missing_docs, reason = "a bench has no readers of its documentation")]

use avgift::{FeeYear, PopulationMode};
use avgift_benches::fixture;
use avgift_network::Network;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

#[divan::bench]
fn read_the_folder(bencher: Bencher<'_, '_>) {
    let folder = fixture();
    bencher.bench_local(|| Network::read(black_box(&folder)));
}

#[divan::bench(args = ["statistics/BE0101N1_2022-2024.csv", "statistics/TAB5557_2025.json", "statistics/loi-arbetare-c.csv"])]
fn read_a_file(bencher: Bencher<'_, '_>, file: &str) {
    let folder = fixture();
    let bytes = folder.file(file).expect("the fixture is there");
    bencher
        .counter(divan::counter::BytesCount::new(bytes.len()))
        .bench_local(|| avgift_scb::read(file, black_box(bytes)));
}

#[divan::bench]
fn fees_of_39_members(bencher: Bencher<'_, '_>) {
    let network = Network::read(&fixture()).expect("the fixture has no fault");
    let year = FeeYear::new(2024).expect("a year");
    bencher.bench_local(|| network.assess(black_box(year), PopulationMode::Published));
}

#[divan::bench]
fn xml_of_36_invoices(bencher: Bencher<'_, '_>) {
    let network = Network::read(&fixture()).expect("the fixture has no fault");
    let year = FeeYear::new(2024).expect("a year");
    let fees = network.assess(year, PopulationMode::Published).expect("the fixture has no fault");
    let drafts = network.draft(&fees, year.first_day()).expect("the fixture has no fault");
    bencher.bench_local(|| {
        let invoices = drafts.iter().filter_map(|draft| draft.invoice.as_ref());
        invoices
            .map(|invoice| avgift_peppol::to_ubl(black_box(invoice)).map_or(0, |xml| xml.len()))
            .sum::<usize>()
    });
}
