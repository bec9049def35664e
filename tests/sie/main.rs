//! Events to vouchers and vouchers to SIE 4I: golden files, laws, other readers, and the files for the judge.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../peppol/fixture.rs"]
#[allow(dead_code, reason = "its other half serves the tests of the electronic invoice")]
mod fixture;

mod golden;
mod judge;
mod laws;
mod made;
mod posting;
mod reader;
mod refusals;
mod second_opinion;
