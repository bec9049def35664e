//! The workbook, read by a reader that is not ours; what a spreadsheet program makes of its formulas is for the judge,
//! `tools/recalculate`, for whom these tests write workbooks to target/judge/xlsx/.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

mod bytes;
mod judge;
mod laws;
mod made;
mod numbers;
mod opened;
mod registers;
mod shaped;
mod texts;
