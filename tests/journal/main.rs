//! The journal from outside: killed at every call, torn at every byte, flipped, copied, full, read-only, held by another.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

mod died;
mod disturbed;
mod fixtures;
mod flipped;
mod made;
mod processes;
mod rules;
mod shell;
mod torn;
