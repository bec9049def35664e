//! Files as text: encodings told apart, every character with its place, the fields of a table that people keep.
//!
//! - [`Source`] is a text with the name of its file; it finds the line and column of any part of it in a short walk.
//! - [`marked`], [`utf_8_or_windows_1252`] and [`is_workbook`] tell what bytes are.
//! - [`fields`] parts a line of a table into its fields, quotes and all.
//!
//! ```
//! use avgift_text::{Source, fields};
//! let source = Source::new("members.csv", "kod;namn\n1492;\"Åmål; staden\"\n".to_owned());
//! let line = source.text().lines().nth(1).unwrap_or_default();
//! let fields = fields(&source, line, ';').unwrap_or_default();
//! assert_eq!(fields[1].text, "Åmål; staden");
//! assert_eq!(fields[1].origin.to_string(), "members.csv:2:6");
//! ```
//!
//! Pure: no file is opened. What a reader refuses, and in which words, is its own.

#![forbid(unsafe_code)]

mod encoding;
mod field;
mod source;

pub use encoding::{is_workbook, marked, utf_8_or_windows_1252};
pub use field::{Field, FieldFault, fields, separator};
pub use source::Source;
