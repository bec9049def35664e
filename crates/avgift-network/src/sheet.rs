//! Sheet: a table that a person keeps in a spreadsheet program, each field with its place.
//! Read:    UTF-8 with or without BOM, or Windows-1252; semicolon, comma or tab; any line end; quotes doubled inside quotes.
//! Errors:  LineMustBeOfAReasonableLength, ColumnMustBeKnown, ColumnMustBeGiven, ColumnMustStandOnce, RowMustHaveItsColumns, FieldMustEndOnItsLine,
//!          SheetMustHaveAHeader. An empty row is passed over, as spreadsheet programs leave them.

use std::sync::Arc;

use avgift::{Origin, Refusal};

use crate::error::Error;

/// So many faults of a file are told; a file with more is wrong from end to end.
pub(crate) const MOST_FAULTS: usize = 100;

/// A line of a table that people keep is never longer; one that is has lost its line ends.
const LONGEST_LINE: usize = 20_000;

/// A row of a sheet: the fields of the known columns, in the order those were asked for.
#[derive(Debug)]
pub(crate) struct Row {
    fields: Vec<Field>,
    /// The whole row.
    pub(crate) origin: Origin,
}

/// A field, without the white space around it, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) text: String,
    pub(crate) origin: Origin,
}

impl Field {
    /// The text, where there is any.
    pub(crate) fn given(&self) -> Option<&str> {
        (!self.text.is_empty()).then_some(self.text.as_str())
    }
}

/// A column by name; a required one must be in the header, though its fields may be empty.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
}

impl Row {
    /// The field of the column with this place in the list that was asked for.
    pub(crate) fn field(&self, column: usize) -> &Field {
        &self.fields[column]
    }
}

/// Reads a sheet: its rows that are sound, and every fault of the others.
pub(crate) fn read(file: &str, bytes: &[u8], columns: &[Column]) -> (Vec<Row>, Vec<Refusal>) {
    let text = avgift_scb::decode(bytes);
    let file: Arc<str> = file.into();
    let mut faults = Vec::new();
    let mut lines = text.split('\n').zip(1..).map(|(line, number)| Line {
        file: file.clone(),
        text: line.strip_suffix('\r').unwrap_or(line),
        number,
    });
    let Some(header) = lines.find(|line| !line.text.trim().is_empty()) else {
        return (Vec::new(), vec![Error::SheetMustHaveAHeader { file }.refusal()]);
    };
    let delimiter = [';', '\t', ','].into_iter().find(|mark| header.text.contains(*mark)).unwrap_or(';');
    let names = header.fields(delimiter, &mut faults);
    let places = columns_of(&header, &names, columns, &mut faults);
    if !faults.is_empty() {
        return (Vec::new(), faults);
    }
    let mut rows = Vec::new();
    for line in lines {
        if faults.len() >= MOST_FAULTS {
            break;
        }
        let before = faults.len();
        let fields = line.fields(delimiter, &mut faults);
        if fields.iter().all(|field| field.text.is_empty()) || faults.len() > before {
            continue;
        }
        if fields.len() > names.len() && fields[names.len()..].iter().any(|field| !field.text.is_empty())
            || fields.len() < names.len()
        {
            let error = Error::RowMustHaveItsColumns {
                origin: line.origin(0, line.text.len()),
                found: fields.len(),
                expected: names.len(),
            };
            faults.push(error.refusal());
            continue;
        }
        let end = Field { text: String::new(), origin: line.origin(line.text.len(), line.text.len()) };
        let field = |place: &Option<usize>| place.map_or_else(|| end.clone(), |place| fields[place].clone());
        rows.push(Row {
            fields: places.iter().map(field).collect(),
            origin: line.origin(0, line.text.len()),
        });
    }
    (rows, faults)
}

/// Where each asked-for column stands in the header.
fn columns_of(
    header: &Line<'_>,
    names: &[Field],
    columns: &[Column],
    faults: &mut Vec<Refusal>,
) -> Vec<Option<usize>> {
    for (place, field) in names.iter().enumerate() {
        let known: Vec<&str> = columns.iter().map(|column| column.name).collect();
        if field.text.is_empty() {
            continue; // Spreadsheet programs leave empty columns to the right.
        }
        if !known.contains(&field.text.as_str()) {
            faults.push(Error::ColumnMustBeKnown { name: field.clone().into(), known }.refusal());
        } else if let Some(first) = names[..place].iter().find(|first| first.text == field.text) {
            let error =
                Error::ColumnMustStandOnce { name: field.clone().into(), first: first.origin.clone() };
            faults.push(error.refusal());
        }
    }
    let find = |column: &Column| {
        let place = names.iter().position(|field| field.text == column.name);
        if place.is_none() && column.required {
            let origin = header.origin(0, header.text.len());
            faults.push(Error::ColumnMustBeGiven { name: column.name, origin }.refusal());
        }
        place
    };
    columns.iter().map(find).collect()
}

/// One line of the file.
struct Line<'a> {
    file: Arc<str>,
    text: &'a str,
    number: u32,
}

impl Line<'_> {
    /// The place of the bytes `start..end` of the line.
    fn origin(&self, start: usize, end: usize) -> Origin {
        let place = Origin::of_span(self.file.clone(), self.text, start, end);
        Origin { line: self.number, ..place }
    }

    /// The fields of the line. A quote that does not close on the line is a fault: it would swallow the rows below.
    fn fields(&self, delimiter: char, faults: &mut Vec<Refusal>) -> Vec<Field> {
        let mut fields = Vec::new();
        if self.text.len() > LONGEST_LINE {
            faults.push(Error::LineMustBeOfAReasonableLength { origin: self.origin(0, 40) }.refusal());
            return fields;
        }
        let mut at = 0;
        loop {
            let rest = &self.text[at..];
            let quoted = rest.trim_start_matches(' ').starts_with('"');
            let (text, length) = if quoted {
                let Some(found) = quoted_field(rest, delimiter) else {
                    faults.push(
                        Error::FieldMustEndOnItsLine { origin: self.origin(at, self.text.len()) }.refusal(),
                    );
                    return fields;
                };
                found
            } else {
                let length = rest.find(delimiter).unwrap_or(rest.len());
                (rest[..length].to_owned(), length)
            };
            let raw = &rest[..length];
            let start = at + (raw.len() - raw.trim_start().len());
            let end = (at + raw.trim_end().len()).max(start);
            fields.push(Field { text: text.trim().to_owned(), origin: self.origin(start, end) });
            at += length;
            if at >= self.text.len() {
                return fields;
            }
            at += delimiter.len_utf8();
        }
    }
}

/// The text of a field in quotes and the bytes it takes up to the delimiter; nothing where the quote does not close.
fn quoted_field(rest: &str, delimiter: char) -> Option<(String, usize)> {
    let open = rest.find('"')?;
    let mut text = String::new();
    let mut letters = rest[open + 1..].char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != '"' {
            text.push(letter);
        } else if letters.next_if(|(_, next)| *next == '"').is_some() {
            text.push('"');
        } else {
            let after = open + 1 + at + 1;
            let length = after + rest[after..].find(delimiter).unwrap_or(rest.len() - after);
            return rest[after..length].trim().is_empty().then_some((text, length));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 2] =
        [Column { name: "kod", required: true }, Column { name: "namn", required: false }];

    fn texts(bytes: &[u8]) -> Vec<String> {
        let (rows, faults) = read("members.csv", bytes, &COLUMNS);
        assert!(faults.is_empty(), "{faults:?}");
        rows.iter().map(|row| format!("{}|{}", row.field(0).text, row.field(1).text)).collect()
    }

    fn codes(bytes: &[u8]) -> Vec<&'static str> {
        read("members.csv", bytes, &COLUMNS).1.iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn what_excel_in_sweden_writes_is_read() {
        assert_eq!(texts("\u{feff}kod;namn\r\n1492;Åmål\r\n;\r\n".as_bytes()), ["1492|Åmål"]);
        assert_eq!(texts(b"kod;namn\r\n1492;\xc5m\xe5l\r\n"), ["1492|Åmål"]);
        assert_eq!(texts("namn\tkod\nÅmål\t1492".as_bytes()), ["1492|Åmål"]);
        assert_eq!(
            texts("kod,namn\n\"1492\",\"Åmål; \"\"staden\"\"\"\n".as_bytes()),
            ["1492|Åmål; \"staden\""]
        );
        assert_eq!(texts(b"kod;namn;;\n1492;x;;\n"), ["1492|x"]);
        assert_eq!(texts(b"kod\n1492\n"), ["1492|"]);
    }

    #[test]
    fn a_place_counts_characters() {
        let (rows, _) = read("members.csv", "namn;kod\n\"Åmål\"; 1492\n".as_bytes(), &COLUMNS);
        assert_eq!(rows[0].field(0).origin.to_string(), "members.csv:2:9");
        assert_eq!(rows[0].field(0).origin.length, 4);
    }

    #[test]
    fn faults_are_told_with_their_codes() {
        assert_eq!(codes(b""), ["sheet-must-have-a-header"]);
        assert_eq!(codes(b"kod;nam\n"), ["column-must-be-known"]);
        assert_eq!(codes(b"namn\n"), ["column-must-be-given"]);
        assert_eq!(codes(b"kod;kod\n"), ["column-must-stand-once"]);
        assert_eq!(
            codes(b"kod;namn\n1;2;3\n1\n"),
            ["row-must-have-its-columns", "row-must-have-its-columns"]
        );
        assert_eq!(codes(b"kod;namn\n\"1492;x\n1493;y\n"), ["field-must-end-on-its-line"]);
    }
}
