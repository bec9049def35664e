//! A network's year on its journal, without a disk.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops, in its helpers as in itself")]

mod plan;
