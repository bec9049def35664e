//! A network's year on its journal, on a simulated disk: what is planned, paid, decided, aged, reminded of.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

mod deciding;
mod importing;
mod interest;
mod made;
mod plan;
mod receivables;
mod samples;
