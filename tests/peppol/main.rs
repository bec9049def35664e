//! Documents to UBL and into envelopes: golden files, hostile names, every rule broken once, and the documents for the
//! judge.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fixture;
mod golden;
mod judge;
mod rules;
mod second_opinion;
mod stored;
mod supplement;
mod writing;
