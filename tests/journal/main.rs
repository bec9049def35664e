//! The journal from outside: killed at every call, torn at every byte, flipped, copied, full, read-only, held by another.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::result_large_err, reason = "an error ends the run; it is made once")]

mod damaged;
mod died;
mod made;
