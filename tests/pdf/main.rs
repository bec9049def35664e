//! Documents to PDF: the same bytes every time, letterheads and templates, hostile names, and the documents for the judges.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../peppol/fixture.rs"]
#[allow(dead_code, reason = "its other half serves the tests of the electronic invoice")]
mod fixture;

mod judge;
mod letterhead;
mod made;
mod printing;
mod reminder;
