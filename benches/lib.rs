//! What the benches have in common: the fixture network and a tariff.

#![forbid(unsafe_code)]

use std::fs;
use std::path::Path;

use avgift::{Error, FeeYear, Indices, Inhabitants, Schedule, Tariff};
use avgift_network::Folder;

/// The folder of the fixture network, read from the disk.
#[must_use]
pub fn fixture() -> Folder {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/networks/hallbar-utveckling"));
    let mut folder = Folder::new();
    let statistics = fs::read_dir(root.join("statistics")).expect("the fixture is there");
    let names = statistics
        .map(|entry| format!("statistics/{}", entry.expect("readable").file_name().to_string_lossy()));
    for name in ["network.toml", "members.csv", "payers.csv"].map(str::to_owned).into_iter().chain(names) {
        let bytes = fs::read(root.join(&name)).expect("the fixture is readable");
        folder.add(name, bytes);
    }
    folder
}

/// Tariff T: 1,50 kr, floor 15 000 kr, ceiling 120 000 kr; illustrative.
///
/// # Errors
/// None: its figures are right.
pub fn schedule() -> Result<Schedule, Error> {
    let year = FeeYear::new(2024)?;
    Tariff::per_inhabitant("T", year, "1,50 kr".parse()?)
        .bounded("15 000 kr".parse()?, "120 000 kr".parse()?)?
        .schedule(year, &Indices::new())
}

/// Populations from 1 000 to 101 000, in no order that a branch could learn.
///
/// # Errors
/// None: they are in range.
pub fn populations(count: u32) -> Result<Vec<Inhabitants>, Error> {
    (0..count).map(|place| Inhabitants::new(1_000 + place.wrapping_mul(2_654_435_761) % 100_000)).collect()
}
