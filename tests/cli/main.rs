//! Whole commands through the real binary: what people and scripts see.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

mod bookkeeping;
mod check;
mod conventions;
// Every refusal of every crate: the one that prints is among them.
#[cfg(feature = "pdf")]
mod embedder;
#[cfg(feature = "pdf")]
mod errors;
mod golden;
mod invoices;
mod journal;
mod judge;
mod readme;
mod replay;
mod scenario;
mod workbook;
mod world;
