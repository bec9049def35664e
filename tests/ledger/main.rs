//! The year of a network on its journal, through the library alone: folders are in memory, and days are given.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

#[path = "../answer_key.rs"]
#[allow(dead_code, reason = "what the payers wrote serves the tests of the reader")]
mod answer_key;
mod books;
mod deciding;
mod divided;
mod federations;
mod importing;
mod interest;
mod made;
mod paying;
mod plan;
#[path = "../sie/reader.rs"]
#[allow(dead_code, reason = "its other half serves the tests of the file itself")]
mod reader;
mod receivables;
mod reconciling;
mod refusals;
mod registers;
mod samples;
