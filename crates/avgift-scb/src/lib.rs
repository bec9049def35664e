//! Files of Statistics Sweden as downloaded, each figure with its place in the file.
//! Read:    px; CSV as PxWeb and its two interfaces write it; JSON-stat 1 and 2; JSON of interface 1; our own tidy CSV.
//! Rule:    the format is told by the content, never by the name; a number is taken as it stands, or not at all.
//! Errors:  all faults of a file at once, up to a hundred, each a `Refusal`. No input makes the crate panic.
//!
//! ```
//! let file = "\"region\";\"Folkmängd 2022\";\"Folkmängd 2023\"\r\n\"1440 Ale\";32394;32446\r\n";
//! let table = avgift_scb::read("statistics/folkmangd.csv", file.as_bytes()).map_err(|faults| faults[0].to_string())?;
//! let reading = avgift_scb::populations(&table).map_err(|faults| faults[0].to_string())?;
//! assert_eq!(reading.figures[1].inhabitants.get(), 32_446);
//! assert_eq!(reading.figures[1].origin.as_ref().map(ToString::to_string).as_deref(), Some("statistics/folkmangd.csv:2:18"));
//! # Ok::<(), String>(())
//! ```

#![forbid(unsafe_code)]

mod csv;
mod error;
mod figures;
mod index;
mod json;
mod json_stat;
mod number;
mod px;
mod sheet;
mod stream;
mod table;
mod text;
mod tidy;
mod words;

use avgift::Refusal;

pub use error::{CODES, Error};
pub use figures::{Kind, PopulationReading, kind, populations};
pub use index::{IndexReading, IndexSelection, index_figures};
pub use stream::PopulationStream;
pub use table::{Category, Cell, CellValue, Coded, Dimension, Role, Table};

use text::Format;

/// So many faults of one file are told; a file with more is of another kind than was thought.
const MOST_FAULTS: usize = 100;

/// Reads a file of Statistics Sweden, whatever its format, code page and line ends.
///
/// `file` is the name that places carry; nothing is opened.
///
/// # Errors
/// All faults of the file, the first hundred of them.
pub fn read(file: &str, bytes: &[u8]) -> Result<Table, Vec<Refusal>> {
    let faults = |faults: Vec<Error>| refusals(&faults);
    let source = text::decode(file, bytes).map_err(|fault| faults(vec![fault]))?;
    match text::format(&source).map_err(|fault| faults(vec![fault]))? {
        Format::Px => px::read(&source),
        Format::Json => json::read(&source),
        Format::Csv => csv::read(&source),
    }
    .map_err(faults)
}

fn refusals(faults: &[Error]) -> Vec<Refusal> {
    faults.iter().take(MOST_FAULTS).map(Error::refusal).collect()
}

/// The text of a file as this crate reads it, for whoever shows an excerpt or reads a table of its own: byte order mark,
/// code page and old line ends dealt with. Bytes that are no text come out as the replacement character.
///
/// ```
/// assert_eq!(avgift_scb::decode(b"\xc5m\xe5l"), "Åmål");
/// ```
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    match text::decode("", bytes) {
        Ok(source) => source.into_text(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}
