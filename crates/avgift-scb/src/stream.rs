//! The population file of our own, row by row, for those who read many: memory does not grow with the rows.
//! Read:    `municipality_code,municipality,year,population`, the columns in any order, comma, UTF-8.
//! Units:   a year stands for its 31 December; whole inhabitants.
//! Errors:  FileMustBeReadable, HeaderMustNameItsColumns, CsvRowMustHaveItsColumns, AreaCodeMustBeKnown,
//!          PeriodMustBeAYearOrMonth, PopulationMustBeAWholeNumber. After a faulty row the next one is read.

use std::io::Read;
use std::sync::Arc;

use ::csv::{ByteRecord, Reader, ReaderBuilder};
use avgift::{Inhabitants, MunicipalityCode, Origin};

use crate::error::Error;

/// The populations of a tidy file, one at a time.
///
/// ```
/// let file = "municipality_code,municipality,year,population\n1440,Ale,2023,32446\n";
/// let mut rows = avgift_scb::PopulationStream::new("population.csv", file.as_bytes())?;
/// let (code, year, inhabitants) = rows.next().transpose()?.unwrap();
/// assert_eq!((code.as_str(), year, inhabitants.get()), ("1440", 2023, 32_446));
/// # Ok::<(), avgift_scb::Error>(())
/// ```
pub struct PopulationStream<R> {
    reader: Reader<R>,
    record: ByteRecord,
    file: Arc<str>,
    columns: Columns,
    is_at_end: bool,
}

/// Where the three columns stand, and how many there are.
#[derive(Clone, Copy)]
struct Columns {
    code: usize,
    year: usize,
    population: usize,
    count: usize,
}

impl<R: Read> PopulationStream<R> {
    /// Reads the header; `file` is the name that places carry.
    ///
    /// # Errors
    /// `FileMustBeReadable`, `HeaderMustNameItsColumns` where one of the three columns is not there.
    pub fn new(file: &str, reader: R) -> Result<PopulationStream<R>, Error> {
        // No quotes: an unclosed one would take the rest of the file into memory as one field.
        let mut reader =
            ReaderBuilder::new().quoting(false).flexible(true).has_headers(true).from_reader(reader);
        let file: Arc<str> = file.into();
        let start = || Origin::new(file.clone(), 1, 1, 0);
        let header = reader
            .byte_headers()
            .map_err(|fault| Error::FileMustBeReadable { fault: fault.to_string(), origin: start() })?;
        let column = |name: &str| {
            let found = header.iter().position(|field| unquoted(field) == name.as_bytes());
            found.ok_or_else(|| Error::HeaderMustNameItsColumns { text: name.to_owned(), origin: start() })
        };
        let columns = Columns {
            code: column("municipality_code")?,
            year: column("year")?,
            population: column("population")?,
            count: header.len(),
        };
        Ok(PopulationStream { reader, record: ByteRecord::new(), file, columns, is_at_end: false })
    }

    /// The line of the row that was read last.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.record.position().map_or(1, ::csv::Position::line)
    }

    fn row(&self) -> Result<(MunicipalityCode, i32, Inhabitants), Error> {
        if self.record.len() != self.columns.count {
            return Err(Error::CsvRowMustHaveItsColumns {
                columns: self.record.len(),
                expected: self.columns.count,
                origin: self.origin(0),
                header: Origin::new(self.file.clone(), 1, 1, 0),
            });
        }
        let field = |column: usize| unquoted(self.record.get(column).unwrap_or(&[]));
        let code = MunicipalityCode::from_ascii(field(self.columns.code)).ok_or_else(|| {
            Error::AreaCodeMustBeKnown {
                code: self.text(self.columns.code),
                origin: self.origin(self.columns.code),
            }
        })?;
        let year = digits(field(self.columns.year)).and_then(|year| i32::try_from(year).ok());
        let year = year.filter(|year| (1700..2200).contains(year)).ok_or_else(|| {
            Error::PeriodMustBeAYearOrMonth {
                others: 0,
                text: self.text(self.columns.year),
                origin: self.origin(self.columns.year),
            }
        })?;
        let count = digits(field(self.columns.population)).and_then(|count| Inhabitants::new(count).ok());
        let count = count.ok_or_else(|| Error::PopulationMustBeAWholeNumber {
            text: self.text(self.columns.population),
            origin: self.origin(self.columns.population),
        })?;
        Ok((code, year, count))
    }

    fn text(&self, column: usize) -> String {
        String::from_utf8_lossy(unquoted(self.record.get(column).unwrap_or(&[]))).into_owned()
    }

    /// The place of a field: the fields before it, a comma after each.
    fn origin(&self, column: usize) -> Origin {
        let characters = |field: &[u8]| String::from_utf8_lossy(field).chars().count();
        let before: usize = self.record.iter().take(column).map(|field| characters(field) + 1).sum();
        let length = self.record.get(column).map_or(0, characters);
        let saturated = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let line = u32::try_from(self.line()).unwrap_or(u32::MAX);
        Origin::new(self.file.clone(), line, saturated(before + 1), saturated(length))
    }
}

impl<R: Read> Iterator for PopulationStream<R> {
    type Item = Result<(MunicipalityCode, i32, Inhabitants), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_at_end {
            return None;
        }
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => Some(self.row()),
            Ok(false) => {
                self.is_at_end = true;
                None
            }
            Err(fault) => {
                self.is_at_end = true;
                Some(Err(Error::FileMustBeReadable { fault: fault.to_string(), origin: self.origin(0) }))
            }
        }
    }
}

fn unquoted(field: &[u8]) -> &[u8] {
    field.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(field)
}

/// The number that one to nine ASCII digits write.
fn digits(field: &[u8]) -> Option<u32> {
    if field.is_empty() || field.len() > 9 {
        return None;
    }
    field
        .iter()
        .try_fold(0_u32, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "municipality_code,municipality,year,population\n";

    fn rows(text: &str) -> Vec<Result<(String, i32, u32), Error>> {
        let stream = PopulationStream::new("population.csv", text.as_bytes()).unwrap();
        stream.map(|row| row.map(|(code, year, count)| (code.to_string(), year, count.get()))).collect()
    }

    #[test]
    fn rows_come_one_by_one() {
        let text = format!(
            "\u{feff}{HEADER}0114,Upplands Väsby,2015,42661\r\n\"1480\",Göteborg,2023,\"604616\"\r\n"
        );
        assert_eq!(
            rows(&text),
            [Ok(("0114".to_owned(), 2015, 42_661)), Ok(("1480".to_owned(), 2023, 604_616))]
        );
    }

    #[test]
    fn a_faulty_row_is_told_with_its_place_and_the_next_is_read() {
        let text = format!(
            "{HEADER}114,Upplands Väsby,2015,42661\n0114,Åmål,2015,0\n0114,Å,15,1\n0114,Å\n\n0114,Å,2015,7\n"
        );
        let rows = rows(&text);
        let faults: Vec<_> = rows
            .iter()
            .filter_map(|row| row.as_ref().err())
            .map(|fault| format!("{} {}", fault.code(), fault.refusal().places[0].origin))
            .collect();
        assert_eq!(
            faults,
            [
                "area-code-must-be-known population.csv:2:1",
                "population-must-be-a-whole-number population.csv:3:16",
                "period-must-be-a-year-or-month population.csv:4:8",
                "csv-row-must-have-its-columns population.csv:5:1",
            ]
        );
        assert_eq!(rows.last().unwrap(), &Ok(("0114".to_owned(), 2015, 7)));
    }

    #[test]
    fn a_header_without_its_columns_is_refused() {
        let fault = PopulationStream::new("f.csv", "kod,år,antal\n".as_bytes()).err().unwrap();
        assert_eq!(fault.code(), "header-must-name-its-columns");
    }

    #[test]
    fn only_digits_are_a_number() {
        assert_eq!(digits(b"604616"), Some(604_616));
        for text in ["", "-1", "1 000", "1.0", "9999999999"] {
            assert_eq!(digits(text.as_bytes()), None, "{text}");
        }
    }
}
