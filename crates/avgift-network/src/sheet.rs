//! Sheet: a table that a person keeps in a spreadsheet program, each field with its place.
//! Read:    UTF-8 with or without BOM, or Windows-1252; semicolon, comma or tab; any line end; quotes doubled inside quotes.
//! Errors:  LineMustBeOfAReasonableLength, ColumnMustBeKnown, ColumnMustBeGiven, ColumnMustStandOnce, RowMustHaveItsColumns, FieldMustEndOnItsLine,
//!          SheetMustHaveAHeader. An empty row is passed over, as spreadsheet programs leave them.

use avgift::{Origin, Refusal};
pub(crate) use avgift_text::Field;
use avgift_text::{FieldFault, Source, fields, separator};

use crate::error::Error;

/// So many faults of a file are told; a file with more is wrong from end to end.
pub(crate) const MOST_FAULTS: usize = 100;

/// A row of a sheet: the fields of the known columns, in the order those were asked for.
#[derive(Debug)]
pub(crate) struct Row {
    fields: Vec<Field>,
    /// The whole row.
    pub(crate) origin: Origin,
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
    let source = Source::new(file, avgift_scb::decode(bytes));
    let mut faults = Vec::new();
    let mut lines = source.text().split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let Some(header) = lines.find(|line| !line.trim().is_empty()) else {
        return (Vec::new(), vec![Error::SheetMustHaveAHeader { file: source.file().clone() }.refusal()]);
    };
    let separator = separator(header);
    let names = parted(&source, header, separator, &mut faults);
    let places = columns_of(&source.place_of(header), &names, columns, &mut faults);
    if !faults.is_empty() {
        return (Vec::new(), faults);
    }
    let mut rows = Vec::new();
    for line in lines {
        if faults.len() >= MOST_FAULTS {
            break;
        }
        let before = faults.len();
        let fields = parted(&source, line, separator, &mut faults);
        if fields.iter().all(|field| field.text.is_empty()) || faults.len() > before {
            continue;
        }
        if fields.len() > names.len() && fields[names.len()..].iter().any(|field| !field.text.is_empty())
            || fields.len() < names.len()
        {
            let error = Error::RowMustHaveItsColumns {
                origin: source.place_of(line),
                found: fields.len(),
                expected: names.len(),
            };
            faults.push(error.refusal());
            continue;
        }
        let end = Field { text: String::new(), origin: source.place_of(&line[line.len()..]) };
        let field = |place: &Option<usize>| place.map_or_else(|| end.clone(), |place| fields[place].clone());
        rows.push(Row { fields: places.iter().map(field).collect(), origin: source.place_of(line) });
    }
    (rows, faults)
}

/// Where each asked-for column stands in the header.
fn columns_of(
    header: &Origin,
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
            let origin = header.clone();
            faults.push(Error::ColumnMustBeGiven { name: column.name, origin }.refusal());
        }
        place
    };
    columns.iter().map(find).collect()
}

/// The fields of a line; none where it has a fault.
fn parted(source: &Source, line: &str, separator: char, faults: &mut Vec<Refusal>) -> Vec<Field> {
    let fields = fields(source, line, separator).map_err(|fault| match fault {
        FieldFault::LineIsTooLong(origin) => Error::LineMustBeOfAReasonableLength { origin },
        FieldFault::QuoteStaysOpen(origin) => Error::FieldMustEndOnItsLine { origin },
    });
    fields.map_err(|fault| faults.push(fault.refusal())).unwrap_or_default()
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
