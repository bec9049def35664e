//! The workbooks of every example of the documentation and of every network of the fixtures, for the judge of spreadsheets,
//! target/judge/xlsx/; and that none of their fees is a value where a formula would do.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use avgift::{FeeYear, Language, PopulationMode, YearOfFees};
use avgift_network::{Folder, Network};
use avgift_report::workbook;

use crate::index_clause::clauses_of_the_page;
use crate::network_of_fixtures;
use crate::page::examples;

/// The folder of the judge, emptied of what an earlier run wrote under this name.
fn out(name: &str) -> PathBuf {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/xlsx").join(name);
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).unwrap();
    out
}

fn fees(folder: &Folder, year: i32) -> YearOfFees {
    let network = Network::read(folder).unwrap_or_else(|faults| panic!("{}", faults[0]));
    let fees = network.assess(FeeYear::new(year).unwrap(), PopulationMode::NewestOnFile);
    fees.unwrap_or_else(|faults| panic!("{}", faults[0]))
}

/// Writes a workbook, and holds it to having no value of the program, unless a federation is charged in a way of its own: every
/// remark that says so is a text of the file.
fn write(file: &Path, network: &str, fees: YearOfFees) {
    let is_of_values = !fees.schedule.tariff().federations.is_empty();
    let bytes = workbook(network, &[fees], Language::Swedish, None).unwrap();
    let texts = texts(&bytes);
    assert!(texts.contains("Avgift"), "the texts of {} are found", file.display());
    let notes = ["workbook-engine-value", "workbook-step-value", "workbook-value-of-the-program"];
    let found =
        notes.map(|message| Language::Swedish.say(message)).into_iter().find(|words| texts.contains(words));
    assert_eq!(found.is_some(), is_of_values, "{}: {found:?}", file.display());
    fs::write(file, bytes).unwrap();
}

/// The texts of a workbook.
fn texts(bytes: &[u8]) -> String {
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut texts = String::new();
    book.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut texts).unwrap();
    texts
}

#[test]
fn every_tariff_of_the_page_is_a_workbook_of_formulas() {
    let out = out("page");
    for (place, example) in examples().iter().enumerate() {
        let file = out.join(format!("{:02}.xlsx", place + 1));
        write(&file, "Exempel", fees(&example.folder(), example.year()));
    }
}

#[test]
fn every_index_clause_of_the_page_is_a_workbook_of_formulas() {
    let out = out("page-index");
    for (place, (_, folder, _)) in clauses_of_the_page().iter().enumerate() {
        write(&out.join(format!("{:02}.xlsx", place + 1)), "Exempel", fees(folder, 2024));
    }
}

#[test]
fn every_network_of_the_fixtures_is_a_workbook_of_formulas() {
    let out = out("fixtures");
    for (name, years) in [
        ("goteborgsregionen", &[2024][..]),
        ("hallbar-utveckling", &[2023, 2024, 2025, 2026]),
        ("klimatkommunerna", &[2019, 2023]),
        ("malaren", &[2024]),
        ("miljokommuner", &[2023]),
        ("norra-dalarna", &[2021]),
        ("skr", &[2024]),
    ] {
        for year in years {
            let fees = fees(&network_of_fixtures(name), *year);
            write(&out.join(format!("{name}-{year}.xlsx")), name, fees);
        }
    }
}
