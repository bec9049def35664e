//! Whole commands through the real binary: what people and scripts see.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

mod audit;
mod board;
#[cfg(feature = "pdf")]
mod bookkeeping;
mod check;
mod conventions;
mod disturbed;
mod divided;
// Every refusal of every crate: the one that prints is among them.
#[cfg(feature = "pdf")]
mod embedder;
#[cfg(feature = "pdf")]
mod errors;
mod exporting;
mod federation;
mod golden;
mod handbook;
#[cfg(feature = "pdf")]
mod importing;
mod invoices;
mod issue;
#[cfg(feature = "pdf")]
mod journal;
mod judge;
mod known;
mod page;
mod pay;
mod planning;
mod proof;
mod readme;
mod reconcile;
mod recorded;
mod remind;
mod repair;
mod replay;
mod report;
mod scenario;
mod shapes;
mod workbook;
mod world;
