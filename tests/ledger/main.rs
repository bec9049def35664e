//! The ledger on a simulated disk: payments that are imported, decided, aged, reminded of.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

mod deciding;
mod importing;
mod made;
mod samples;
