//! The readers of Statistics Sweden's files against the files of fixtures/formats.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops, in its helpers as in itself")]

#[path = "../disturbing.rs"]
mod disturbing;
mod golden;
mod robust;
mod same;

use std::fs;
use std::path::{Path, PathBuf};

use avgift_scb::Table;

fn formats() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/formats")
}

/// All files in the folders of this name, `good` or `bad`, as `px/good/BE0101N1.px`, in order.
fn files(kind: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(formats())
        .unwrap()
        .filter_map(|format| fs::read_dir(format.unwrap().path().join(kind)).ok())
        .flatten()
        .map(|file| {
            file.unwrap().path().strip_prefix(formats()).unwrap().to_str().unwrap().replace('\\', "/")
        })
        .filter(|name| !name.ends_with(".table.txt"))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(formats().join(name)).unwrap()
}

/// The table of a file that is read without a fault.
fn table(name: &str) -> Table {
    avgift_scb::read(name, &bytes(name)).unwrap_or_else(|faults| panic!("{name}: {}", faults[0]))
}
