//! Origin: where a value was read, to the character; Sourced: a value with its origin.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::reading::present;

/// The place in a file where a value stands.
///
/// Lines and columns count from 1; a column counts characters, not bytes, so that å, ä and ö are one each.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The file as the user knows it, relative to the folder, with `/` between folders.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// How many characters the value takes; at least 1 where something is pointed at, 0 for an empty place.
    pub length: u32,
    /// The table of Statistics Sweden, where the file names one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub table: Option<Arc<str>>,
    /// The day the figure was published or fetched, where the file tells.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::reading::day")]
    pub updated: Option<NaiveDate>,
}

impl Origin {
    /// A place in a file.
    #[must_use]
    pub fn new(file: impl Into<Arc<str>>, line: u32, column: u32, length: u32) -> Origin {
        Origin { file: file.into(), line, column, length, table: None, updated: None }
    }

    /// The place of the bytes `start..end` of `text`, the whole content of `file`.
    ///
    /// ```
    /// let origin = avgift::Origin::of_span("members.csv", "kod\nÅmål;1492", 11, 15);
    /// assert_eq!(origin.to_string(), "members.csv:2:6");
    /// ```
    #[must_use]
    pub fn of_span(file: impl Into<Arc<str>>, text: &str, start: usize, end: usize) -> Origin {
        let start = floor_char_boundary(text, start);
        let end = floor_char_boundary(text, end.max(start));
        let before = &text[..start];
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let first_line = text[start..end].lines().next().unwrap_or("");
        Origin::new(
            file,
            saturating(line),
            saturating(text[line_start..start].chars().count() + 1),
            saturating(first_line.chars().count()),
        )
    }
}

fn saturating(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A value with the place it was read; a value that a program made itself has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it was read.
    #[serde(deserialize_with = "Option::deserialize")]
    pub origin: Option<Origin>,
}

impl<T> Sourced<T> {
    /// A value read at `origin`.
    pub fn at(value: T, origin: Origin) -> Sourced<T> {
        Sourced { value, origin: Some(origin) }
    }
}

impl<T> From<T> for Sourced<T> {
    fn from(value: T) -> Sourced<T> {
        Sourced { value, origin: None }
    }
}
