//! Sheet: the rows of a CSV file, parted into title, header and data, each field with its place.
//! Rule:    quotes within a text are not doubled, so a quote closes only before a separator or the end of its line.
//! Errors:  FieldMustEndOnItsLine, HeaderMustStandOnOneLine, CsvRowMustHaveItsColumns, TableMustHaveRows,
//!          FileMustBeOfAKnownFormat.

use std::borrow::Cow;
use std::ops::Range;

use avgift_text::Source;

use crate::error::Error;
use crate::number::cell_value;
use crate::table::Cell;
use crate::words::area_code_and_name;

/// One field of a row: its span without the quotes.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) span: Range<usize>,
    pub(crate) quoted: bool,
}

/// One line of the file that is not empty.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) fields: Vec<Field>,
    /// Whether an empty line stands before it.
    after_gap: bool,
}

/// The rows of a file, parted into title, header and data.
pub(crate) struct Sheet<'a> {
    pub(crate) source: &'a Source,
    pub(crate) title: Option<Field>,
    pub(crate) header: Row,
    pub(crate) rows: Vec<Row>,
}

impl Sheet<'_> {
    /// What a field says, with the doubled quotes of Excel made single.
    pub(crate) fn text(&self, field: &Field) -> Cow<'_, str> {
        let text = self.source.text().get(field.span.clone()).unwrap_or("").trim();
        if field.quoted && text.contains("\"\"") { text.replace("\"\"", "\"").into() } else { text.into() }
    }

    pub(crate) fn column<'a>(&'a self, column: usize) -> impl Iterator<Item = Cow<'a, str>> {
        self.rows.iter().filter_map(move |row| row.fields.get(column)).map(|field| self.text(field))
    }

    pub(crate) fn every(&self, column: usize, is: impl Fn(&str) -> bool) -> bool {
        self.column(column).all(|text| is(&text))
    }

    /// The value in a field, or the fault that it is none.
    pub(crate) fn cell(&self, field: &Field) -> Result<Cell, Error> {
        let text = self.text(field);
        let origin = self.source.origin(field.span.clone());
        match cell_value(&text) {
            Some(value) => Ok(Cell { value, origin }),
            None => Err(Error::CellMustBeANumber { text: text.into_owned(), origin }),
        }
    }
}

/// The rows of the file; all its lines must be whole.
pub(crate) fn sheet(source: &Source) -> Result<Sheet<'_>, Vec<Error>> {
    let separator = separator(source.text()).ok_or_else(|| {
        vec![Error::FileMustBeOfAKnownFormat { origin: source.origin(0..source.text().len()) }]
    })?;
    let (mut rows, mut faults, mut after_gap) = (Vec::new(), Vec::new(), false);
    for line in lines(source.text()) {
        match split(source.text(), line, separator) {
            Ok(fields) if fields.iter().all(|field| field.span.is_empty()) => after_gap = true,
            Ok(fields) => rows.push(Row { fields, after_gap: std::mem::take(&mut after_gap) }),
            Err(unclosed) => faults.push(Error::FieldMustEndOnItsLine { origin: source.origin(unclosed) }),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut rows = rows.into_iter();
    let mut title = None;
    let Some(mut header) = rows.next() else {
        return Err(vec![Error::TableMustHaveRows { origin: source.start() }]);
    };
    // A title is a line of its own; Excel fills it up with empty columns.
    if is_single(&header)
        && let Some(next) = rows.next()
    {
        title = header.fields.into_iter().next();
        header = next;
    }
    if let Some(first) = header.fields.first().filter(|first| first.span.is_empty()) {
        return Err(vec![Error::HeaderMustStandOnOneLine {
            origin: source.origin(first.span.start..first.span.start + 1),
        }]);
    }
    while header.fields.last().is_some_and(|field| field.span.is_empty()) {
        header.fields.pop();
    }
    let expected = header.fields.len();
    if expected < 2 {
        return Err(vec![Error::FileMustBeOfAKnownFormat { origin: source.origin(span_of(&header)) }]);
    }
    let mut whole = Vec::new();
    let mut in_notes = false;
    for mut row in rows {
        // Notes may stand below the table after an empty line, one column each; a second table may not.
        in_notes |= row.after_gap && is_note(source, &row);
        if in_notes && is_note(source, &row) {
            continue;
        }
        while row.fields.len() > expected && row.fields.last().is_some_and(|field| field.span.is_empty()) {
            row.fields.pop();
        }
        if row.fields.len() == expected {
            whole.push(row);
        } else {
            faults.push(Error::CsvRowMustHaveItsColumns {
                columns: row.fields.len(),
                expected,
                origin: source.origin(span_of(&row)),
                header: source.origin(span_of(&header)),
            });
        }
    }
    if faults.is_empty() { Ok(Sheet { source, title, header, rows: whole }) } else { Err(faults) }
}

fn is_single(row: &Row) -> bool {
    row.fields.iter().skip(1).all(|field| field.span.is_empty())
}

/// A text alone; a row that begins with a code and has nothing else is a row with its numbers missing.
fn is_note(source: &Source, row: &Row) -> bool {
    let first = row.fields.first().and_then(|field| source.text().get(field.span.clone()));
    is_single(row) && first.is_none_or(|text| area_code_and_name(text).0.is_none())
}

fn span_of(row: &Row) -> Range<usize> {
    let start = row.fields.first().map_or(0, |field| field.span.start - usize::from(field.quoted));
    let end = row.fields.last().map_or(0, |field| field.span.end + usize::from(field.quoted));
    start..end
}

/// The lines of a text as spans, without their ends.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let span = start..start + line.strip_suffix('\r').unwrap_or(line).len();
        start += line.len() + 1;
        span
    })
}

/// The separator by which most of the first lines have the same number of columns.
fn separator(text: &str) -> Option<u8> {
    const LOOKED_AT: usize = 40;
    let agreeing = |separator: u8| {
        let counts: Vec<usize> = lines(text)
            .filter(|line| !line.is_empty())
            .take(LOOKED_AT)
            .filter_map(|line| split(text, line, separator).ok())
            .map(|fields| fields.len())
            .filter(|count| *count > 1)
            .collect();
        counts.iter().map(|count| counts.iter().filter(|other| *other == count).count()).max().unwrap_or(0)
    };
    let best = |candidates: &[u8]| {
        let ranked = candidates.iter().rev().map(|separator| (agreeing(*separator), *separator));
        ranked.max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 0).map(|(_, separator)| separator)
    };
    // A space separates only where nothing else does: it stands within texts and between thousands, too.
    best(b"\t;,").or_else(|| best(b" "))
}

/// The fields of a line, or the span of one whose quote does not close.
fn split(text: &str, line: Range<usize>, separator: u8) -> Result<Vec<Field>, Range<usize>> {
    let bytes = text.as_bytes();
    let at = |place: usize| bytes.get(place).copied().filter(|_| place < line.end);
    let ends = |place: usize| at(place).is_none_or(|byte| byte == separator);
    let mut fields = Vec::new();
    let mut start = line.start;
    loop {
        let quoted = at(start) == Some(b'"');
        let from = start + usize::from(quoted);
        let end = if quoted {
            (from..line.end)
                .find(|place| at(*place) == Some(b'"') && ends(place + 1))
                .ok_or(start..line.end)?
        } else {
            (from..line.end).find(|place| ends(*place)).unwrap_or(line.end.max(from))
        };
        let span = if quoted { from..end } else { trimmed(text, from..end) };
        fields.push(Field { span, quoted });
        let after = end + usize::from(quoted);
        if after >= line.end {
            return Ok(fields);
        }
        start = after + 1;
    }
}

/// A span without the blanks around its text, so that a place points at the number itself.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let field = text.get(span.clone()).unwrap_or("");
    let start = span.start + field.len() - field.trim_start().len();
    start..start + field.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str, separator: u8) -> Result<Vec<&str>, Range<usize>> {
        let spans = split(line, 0..line.len(), separator)?;
        Ok(spans.into_iter().map(|field| &line[field.span]).collect())
    }

    /// PxWeb does not double the quotes within a text, Excel does.
    #[test]
    fn a_quote_closes_only_before_a_separator() {
        assert_eq!(fields(r#""a "b" c";1"#, b';'), Ok(vec![r#"a "b" c"#, "1"]));
        assert_eq!(fields(r#""a ""b""";1"#, b';'), Ok(vec![r#"a ""b"""#, "1"]));
        assert_eq!(fields("\"a;", b';'), Err(0..3));
        assert_eq!(fields(r#""";"#, b';'), Ok(vec!["", ""]));
        assert_eq!(
            fields(r#""0114 Upplands Väsby" "män" 12"#, b' '),
            Ok(vec!["0114 Upplands Väsby", "män", "12"])
        );
        assert_eq!(fields(r#"1;"ogift"#, b';'), Err(2..8));
        assert_eq!(fields("", b';'), Ok(vec![""]));
    }

    #[test]
    fn the_separator_is_the_one_most_lines_agree_on() {
        assert_eq!(separator("\"a, b\"\n\n\"r\";\"2020\"\n\"x\";1,5\n\"y\";2,5\n"), Some(b';'));
        assert_eq!(separator("kod;namn;2020\n0114;Väsby;1,5\n"), Some(b';'));
        assert_eq!(separator("\"r\" \"2020\"\n\"0114 Upplands Väsby\" 1\n"), Some(b' '));
        assert_eq!(separator("en\ntvå\n"), None);
    }
}
