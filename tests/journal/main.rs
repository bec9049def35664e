//! The journal from outside: killed at every call, torn at every byte, flipped, copied, full, read-only, held by another.

mod damaged;
mod died;
mod made;
