//! The answer key of the bank files of fixtures/payments: which invoices are open, what each payment is, and what becomes of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// The whole key.
#[derive(Deserialize)]
pub(crate) struct Answers {
    /// The open invoices, by number.
    pub(crate) invoices: BTreeMap<String, Invoice>,
    /// The payments of each of the files, in its order.
    pub(crate) payments: Vec<Payment>,
}

/// An open invoice.
#[derive(Deserialize)]
pub(crate) struct Invoice {
    pub(crate) ocr: String,
    pub(crate) open_ore: i64,
}

/// A payment.
#[derive(Deserialize)]
pub(crate) struct Payment {
    pub(crate) id: String,
    /// What becomes of it: `exact`, `partial`, `two_invoices`, or why a person has to look.
    pub(crate) expect: String,
    pub(crate) amount_ore: i64,
    pub(crate) payer: String,
    pub(crate) refs: References,
}

/// What the payer wrote.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum References {
    Structured(Vec<(String, i64)>),
    Text(String),
}

/// The key of a folder of payments.
pub(crate) fn answers(payments: &Path) -> Answers {
    serde_json::from_slice(&fs::read(payments.join("payments-expected.json")).unwrap()).unwrap()
}
