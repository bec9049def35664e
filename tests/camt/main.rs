//! Bank files against the files of fixtures/payments: what is read, what is refused, what the payments pay.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

#[path = "../answer_key.rs"]
mod answer_key;
#[path = "../disturbing.rs"]
mod disturbing;
mod golden;
mod key;
mod robust;

use std::fs;
use std::path::{Path, PathBuf};

use avgift_camt::{BankFile, Iban, OurAccounts};
use avgift_invoice::BankgiroNumber;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn payments() -> PathBuf {
    root().join("fixtures/payments")
}

/// The files of a folder, `good` or `bad`, as `good/camt054-v02.xml`, in order.
fn files(kind: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(payments().join(kind))
        .unwrap()
        .map(|file| format!("{kind}/{}", file.unwrap().file_name().to_str().unwrap()))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(payments().join(name)).unwrap()
}

/// The bankgiro number and the account of the fixtures.
fn ours() -> OurAccounts {
    let bankgiro: BankgiroNumber = "991-2346".parse().unwrap();
    let iban: Iban = "SE45 5000 0000 0583 9825 7466".parse().unwrap();
    OurAccounts::new().with(bankgiro).with(&iban)
}

/// A file that is read without a fault.
fn bank_file(name: &str) -> BankFile {
    avgift_camt::read(name, &bytes(name), &ours())
        .unwrap_or_else(|faults| panic!("{name}: {}", faults[0].refusal()))
}
