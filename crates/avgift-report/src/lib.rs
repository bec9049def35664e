//! The fees of a network as a workbook of live formulas.

#![forbid(unsafe_code)]

mod error;
mod workbook;

pub use error::{CODES, Error};
pub use workbook::workbook;
