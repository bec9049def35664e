//! px, the format of PC-Axis: statements `KEYWORD[language]("variable","value")="…","…";`, the numbers under DATA.
//! Rule:    categories are known by CODES where the file has them, never by VALUES: old files spell names with errors.
//!          A cell without a number is quoted, `".."`. With KEYS the rows are sparse, and a row that is absent is zero.
//! Units:   cells are stub rows × heading columns, the last heading variable fastest.
//! Errors:  PxStatementMustEnd, PxStatementMustBeReadable, PxKeywordMustBeThere, PxCodesMustMatchValues,
//!          PxDataMustFillItsCells, PxKeyMustBeKnown, FieldMustEndOnItsLine, CellMustBeANumber.

use std::collections::BTreeMap;
use std::ops::Range;

use avgift::{Decimal, Month};

use crate::error::Error;
use crate::number::cell_value;
use crate::table::{Category, Cell, CellValue, Dimension, Role, Table, TableBuilder, table_size};
use avgift_text::Source;

use crate::text::is_keyword_byte;
use crate::words::{area_code_and_name, day};

/// One statement but DATA.
struct Statement {
    keyword: String,
    language: Option<String>,
    /// What stands in parentheses after the keyword.
    subjects: Vec<String>,
    values: Vec<Value>,
    span: Range<usize>,
}

/// One value of a statement: a text of one or more pieces, or a bare word or number.
struct Value {
    text: String,
    span: Range<usize>,
}

/// A px file taken apart.
struct Px<'a> {
    source: &'a Source,
    statements: Vec<Statement>,
    /// The keys and numbers under DATA.
    data: Vec<Range<usize>>,
    data_at: Range<usize>,
}

/// Reads a px file.
pub(crate) fn read(source: &Source) -> Result<Table, Vec<Error>> {
    let px = Scanner { source, at: 0 }.file().map_err(|fault| vec![fault])?;
    let dimensions = px.dimensions()?;
    let stub = px.names("STUB").len();
    if px.statements.iter().any(|statement| statement.keyword == "KEYS") {
        px.sparse(dimensions, stub)
    } else {
        px.dense(dimensions)
    }
}

impl Px<'_> {
    /// The statements with a keyword, in the main language of the file.
    fn all(&self, keyword: &'static str) -> impl Iterator<Item = &Statement> {
        let main = self
            .statements
            .iter()
            .find(|statement| statement.keyword == "LANGUAGE")
            .and_then(|statement| statement.values.first())
            .map(|value| value.text.as_str());
        self.statements.iter().filter(move |statement| {
            statement.keyword == keyword
                && statement.language.as_deref().is_none_or(|language| Some(language) == main)
        })
    }

    fn of_variable(&self, keyword: &'static str, variable: &str) -> Option<&Statement> {
        self.all(keyword).find(|statement| statement.subjects.first().is_some_and(|name| name == variable))
    }

    fn word(&self, keyword: &'static str) -> Option<&str> {
        self.all(keyword).find_map(|statement| statement.values.first()).map(|value| value.text.as_str())
    }

    fn names(&self, keyword: &'static str) -> Vec<&str> {
        self.all(keyword).next().map_or_else(Vec::new, |statement| {
            statement.values.iter().map(|value| value.text.as_str()).collect()
        })
    }

    /// Stub variables, then heading variables, then the one content where no variable holds the contents.
    fn dimensions(&self) -> Result<Vec<Dimension>, Vec<Error>> {
        let (mut dimensions, mut faults) = (Vec::new(), Vec::new());
        let variables: Vec<&str> = [self.names("STUB"), self.names("HEADING")].concat();
        if variables.is_empty() {
            faults.push(self.lacking("STUB".to_owned()));
        }
        for variable in variables {
            match self.dimension(variable) {
                Ok(dimension) => dimensions.push(dimension),
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let named = self.word("CONTVARIABLE");
        for dimension in &mut dimensions {
            if named.is_some() && named == dimension.text.as_deref() {
                dimension.role = Role::Contents;
            }
        }
        let contents = self.all("CONTENTS").find_map(|statement| statement.values.first());
        if let Some(contents) = contents
            && !dimensions.iter().any(|dimension| dimension.role == Role::Contents)
        {
            let category = Category {
                code: None,
                text: Some(contents.text.clone()),
                origin: self.source.origin(contents.span.clone()),
            };
            let values = vec![category];
            dimensions.push(Dimension { values, ..Dimension::new(Some("ContentsCode".to_owned()), None) });
        }
        Ok(dimensions)
    }

    fn lacking(&self, keyword: String) -> Error {
        Error::PxKeywordMustBeThere { keyword, origin: self.source.start() }
    }

    fn dimension(&self, variable: &str) -> Result<Dimension, Error> {
        let values = self
            .of_variable("VALUES", variable)
            .filter(|statement| !statement.values.is_empty())
            .ok_or_else(|| self.lacking(format!("VALUES(\"{variable}\")")))?;
        let code = self.of_variable("VARIABLECODE", variable).and_then(|statement| statement.values.first());
        let mut dimension = Dimension::new(code.map(|code| code.text.clone()), Some(variable.to_owned()));
        if self.of_variable("TIMEVAL", variable).is_some() {
            dimension.role = Role::Time;
        }
        let codes = self.of_variable("CODES", variable);
        if let Some(codes) = codes
            && codes.values.len() != values.values.len()
        {
            return Err(Error::PxCodesMustMatchValues {
                dimension: variable.to_owned(),
                codes: codes.values.len(),
                values: values.values.len(),
                origin: self.source.origin(codes.span.clone()),
            });
        }
        let categories = values.values.iter().enumerate().map(|(at, value)| {
            let code = codes.and_then(|codes| codes.values.get(at));
            self.category(dimension.role, value, code)
        });
        dimension.values = categories.collect();
        Ok(dimension)
    }

    fn category(&self, role: Role, value: &Value, code: Option<&Value>) -> Category {
        let origin = self.source.origin(code.unwrap_or(value).span.clone());
        let code = code.map(|code| code.text.as_str());
        let (code, text) = match role {
            // Old files have `0114 Upplands Väsby` as the value, beside the code or without one.
            Role::Area => {
                let (own, name) = area_code_and_name(&value.text);
                match code {
                    Some(code) if own == Some(code) => (Some(code), name),
                    Some(code) => (Some(code), Some(value.text.as_str())),
                    None => (own, name),
                }
            }
            Role::Time => (code.or(Some(&value.text)), Some(value.text.as_str())),
            Role::Contents | Role::Other => (code, Some(value.text.as_str())),
        };
        let mut code = code.map(str::to_owned);
        // A month is `200610` here and `2006M10` everywhere else.
        if role == Role::Time
            && let Some(month) =
                code.as_deref().filter(|code| code.len() == 6).and_then(|code| code.parse::<Month>().ok())
        {
            code = Some(month.to_string());
        }
        Category { code, text: text.map(str::to_owned), origin }
    }

    fn builder(&self, dimensions: Vec<Dimension>) -> TableBuilder {
        let mut builder = TableBuilder::new(self.source, dimensions);
        builder.title = self.word("TITLE").or(self.word("DESCRIPTION")).map(str::to_owned);
        builder.id = self.word("TABLEID").or(self.word("MATRIX")).map(Into::into);
        builder.updated = self.word("LAST-UPDATED").and_then(day);
        builder
    }

    fn dense(&self, dimensions: Vec<Dimension>) -> Result<Table, Vec<Error>> {
        let sizes: Vec<usize> = dimensions.iter().map(|dimension| dimension.values.len()).collect();
        let size = sizes.iter().try_fold(1_usize, |size, values| size.checked_mul(*values));
        if size != Some(self.data.len()) {
            return Err(vec![self.unfilled(size.unwrap_or(usize::MAX))]);
        }
        let mut builder = self.builder(dimensions);
        let mut faults = Vec::new();
        let mut positions = vec![0; sizes.len()];
        for span in &self.data {
            match self.cell(span) {
                Ok(cell) => builder.push(&positions, cell),
                Err(fault) => faults.push(fault),
            }
            advance(&mut positions, &sizes);
        }
        if faults.is_empty() { builder.finish(&CellValue::Absent) } else { Err(faults) }
    }

    fn unfilled(&self, expected: usize) -> Error {
        let origin = self.source.origin(self.data_at.clone());
        Error::PxDataMustFillItsCells { found: self.data.len(), expected, origin }
    }

    /// Rows that begin with a key for each stub variable and hold the cells of the heading.
    fn sparse(&self, dimensions: Vec<Dimension>, stub: usize) -> Result<Table, Vec<Error>> {
        let sizes: Vec<usize> =
            dimensions.iter().skip(stub).map(|dimension| dimension.values.len()).collect();
        let row =
            table_size(dimensions.get(stub..).unwrap_or(&[]), self.data.len()).map(|cells| cells + stub);
        let Some(row) = row.filter(|row| self.data.len().is_multiple_of(*row)) else {
            return Err(vec![self.unfilled(row.unwrap_or(usize::MAX))]);
        };
        let known: Vec<_> =
            self.names("STUB").into_iter().map(|variable| self.positions_of_keys(variable)).collect();
        let mut builder = self.builder(dimensions);
        let mut faults = Vec::new();
        for tokens in self.data.chunks(row) {
            let (keys, cells) = tokens.split_at(stub.min(tokens.len()));
            let mut positions = Vec::with_capacity(builder.dimensions.len());
            for (span, (dimension, known)) in keys.iter().zip(builder.dimensions.iter().zip(&known)) {
                let key = self.source.text().get(span.clone()).unwrap_or("");
                match known.get(key) {
                    Some(position) => positions.push(*position),
                    None => faults.push(Error::PxKeyMustBeKnown {
                        text: key.to_owned(),
                        dimension: dimension.name().to_owned(),
                        origin: self.source.origin(span.clone()),
                    }),
                }
            }
            if positions.len() < stub {
                continue;
            }
            let mut heading = vec![0; sizes.len()];
            for span in cells {
                match self.cell(span) {
                    Ok(cell) => builder.push(&[positions.as_slice(), &heading].concat(), cell),
                    Err(fault) => faults.push(fault),
                }
                advance(&mut heading, &sizes);
            }
        }
        if faults.is_empty() { builder.finish(&CellValue::Number(Decimal::ZERO)) } else { Err(faults) }
    }

    /// The positions of a variable's values and of its codes: KEYS may name rows by either.
    fn positions_of_keys(&self, variable: &str) -> BTreeMap<&str, usize> {
        ["VALUES", "CODES"]
            .into_iter()
            .filter_map(|keyword| self.of_variable(keyword, variable))
            .flat_map(|statement| statement.values.iter().enumerate())
            .map(|(at, value)| (value.text.as_str(), at))
            .collect()
    }

    fn cell(&self, span: &Range<usize>) -> Result<Cell, Error> {
        let text = self.source.text().get(span.clone()).unwrap_or("");
        let origin = self.source.origin(span.clone());
        match cell_value(text) {
            Some(value) => Ok(Cell { value, origin }),
            None => Err(Error::CellMustBeANumber { text: text.to_owned(), origin }),
        }
    }
}

/// The next cell, the last dimension fastest.
fn advance(positions: &mut [usize], sizes: &[usize]) {
    for (position, size) in positions.iter_mut().zip(sizes).rev() {
        *position += 1;
        if *position < *size {
            return;
        }
        *position = 0;
    }
}

/// Reads statements from the text, from left to right.
struct Scanner<'a> {
    source: &'a Source,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn file(mut self) -> Result<Px<'a>, Error> {
        let mut statements = Vec::new();
        loop {
            self.skip_blanks();
            let start = self.at;
            let keyword = self.keyword();
            if keyword.is_empty() {
                let origin = self.source.origin(start..self.source.text().len());
                return Err(if self.peek().is_none() {
                    Error::PxKeywordMustBeThere { keyword: "DATA".to_owned(), origin: self.source.start() }
                } else {
                    Error::PxStatementMustBeReadable { origin }
                });
            }
            if keyword == "DATA" {
                self.expect(b'=', start)?;
                let data = self.data(start)?;
                return Ok(Px {
                    source: self.source,
                    statements,
                    data,
                    data_at: start..start + keyword.len(),
                });
            }
            statements.push(self.statement(keyword, start)?);
        }
    }

    fn statement(&mut self, keyword: String, start: usize) -> Result<Statement, Error> {
        let mut language = None;
        if self.taken(b'[') {
            let from = self.at;
            while self.peek().is_some_and(|byte| byte != b']' && byte != b'\n') {
                self.at += 1;
            }
            language = self.source.text().get(from..self.at).map(|text| text.trim_matches('"').to_owned());
            self.expect(b']', start)?;
        }
        let mut subjects = Vec::new();
        if self.taken(b'(') {
            loop {
                subjects.push(self.value(b",)", start)?.text);
                if !self.taken(b',') {
                    break;
                }
            }
            self.expect(b')', start)?;
        }
        self.expect(b'=', start)?;
        let mut values = Vec::new();
        loop {
            let value = self.value(b",;", start)?;
            if !value.span.is_empty() {
                values.push(value);
            }
            if !self.taken(b',') {
                break;
            }
        }
        self.expect(b';', start)?;
        Ok(Statement { keyword, language, subjects, values, span: start..self.at })
    }

    /// A value up to one of `ends` outside quotes and parentheses: pieces in quotes are joined without a separator.
    fn value(&mut self, ends: &[u8], start: usize) -> Result<Value, Error> {
        let mut text = String::new();
        let mut span: Option<Range<usize>> = None;
        let mut depth = 0_usize;
        loop {
            self.skip_blanks();
            let from = self.at;
            match self.peek() {
                None => return Err(self.unended(start)),
                Some(byte) if depth == 0 && ends.contains(&byte) => break,
                Some(b'"') => {
                    let piece = self.quoted()?;
                    text.push_str(self.source.text().get(piece.clone()).unwrap_or(""));
                    span = Some(span.map_or(piece.start, |span| span.start)..piece.end);
                }
                Some(byte) => {
                    match byte {
                        b'(' => depth += 1,
                        b')' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    self.at += 1;
                    while self.source.text().get(from..self.at).is_none() {
                        self.at += 1;
                    }
                    text.push_str(self.source.text().get(from..self.at).unwrap_or(""));
                    span = Some(span.map_or(from, |span| span.start)..self.at);
                }
            }
        }
        Ok(Value { text, span: span.unwrap_or(self.at..self.at) })
    }

    /// The span between two quotes on one line.
    fn quoted(&mut self) -> Result<Range<usize>, Error> {
        let from = self.at + 1;
        let rest = self.source.text().get(from..).unwrap_or("");
        match rest.find(['"', '\n']) {
            Some(length) if rest.as_bytes().get(length) == Some(&b'"') => {
                self.at = from + length + 1;
                Ok(from..from + length)
            }
            length => {
                let end = length.map_or(self.source.text().len(), |length| from + length);
                Err(Error::FieldMustEndOnItsLine { origin: self.source.origin(self.at..end) })
            }
        }
    }

    /// The keys and numbers up to the last `;`.
    fn data(&mut self, start: usize) -> Result<Vec<Range<usize>>, Error> {
        let mut tokens = Vec::new();
        loop {
            self.skip_blanks();
            match self.peek() {
                None => return Err(self.unended(start)),
                Some(b';') => return Ok(tokens),
                Some(b',') => self.at += 1,
                Some(b'"') => tokens.push(self.quoted()?),
                Some(_) => {
                    let from = self.at;
                    while self
                        .peek()
                        .is_some_and(|byte| !byte.is_ascii_whitespace() && !b",;\"".contains(&byte))
                    {
                        self.at += 1;
                    }
                    tokens.push(from..self.at);
                }
            }
        }
    }

    fn keyword(&mut self) -> String {
        let from = self.at;
        while self.peek().is_some_and(is_keyword_byte) {
            self.at += 1;
        }
        self.source.text().get(from..self.at).unwrap_or("").to_owned()
    }

    fn peek(&self) -> Option<u8> {
        self.source.text().as_bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn taken(&mut self, byte: u8) -> bool {
        self.skip_blanks();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8, start: usize) -> Result<(), Error> {
        if self.taken(byte) {
            return Ok(());
        }
        Err(match self.peek() {
            None => self.unended(start),
            Some(_) => Error::PxStatementMustBeReadable { origin: self.source.origin(start..self.at + 1) },
        })
    }

    fn unended(&self, start: usize) -> Error {
        Error::PxStatementMustEnd { origin: self.source.origin(start..self.source.text().len()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use avgift::Decimal;

    fn table(text: &str) -> Result<Table, Vec<Error>> {
        read(&crate::text::decode("f.px", text.as_bytes()).unwrap())
    }

    fn code(text: &str) -> &'static str {
        table(text).err().unwrap()[0].code()
    }

    /// A text is cut in pieces at the line's end, and the pieces are one text.
    #[test]
    fn a_text_is_joined_from_its_pieces() {
        let table =
            table("TITLE=\"Folk\"\n\"mängd; allt\";STUB=\"a\";VALUES(\"a\")=\"x\",\"y\";DATA=1 \"..\";")
                .unwrap();
        assert_eq!(table.title.as_deref(), Some("Folkmängd; allt"));
        assert_eq!(table.cells[1].value, CellValue::Missing("..".to_owned()));
        assert_eq!(table.cells[1].origin.to_string(), "f.px:2:52");
    }

    #[test]
    fn a_statement_of_another_language_is_passed_over() {
        let text =
            "LANGUAGE=\"sv\";STUB=\"a\";STUB[en]=\"b\";VALUES[en](\"b\")=\"z\";VALUES(\"a\")=\"x\";DATA=1;";
        assert_eq!(table(text).unwrap().dimensions[0].name(), "a");
    }

    /// Rows that KEYS leaves out are zero.
    #[test]
    fn a_sparse_row_begins_with_its_keys() {
        let head = "STUB=\"a\";HEADING=\"b\";VALUES(\"a\")=\"x\",\"y\";CODES(\"a\")=\"1\",\"2\";VALUES(\"b\")=\"p\",\"q\";";
        let sparse = table(&format!("{head}KEYS(\"a\")=VALUES;DATA=\n\"y\",7 \"..\" ;")).unwrap();
        let zero = CellValue::Number(Decimal::ZERO);
        let values: Vec<_> = sparse.cells.iter().map(|cell| cell.value.clone()).collect();
        let seven = CellValue::Number(Decimal::from(7));
        assert_eq!(values, [zero.clone(), zero, seven, CellValue::Missing("..".to_owned())]);
        assert_eq!(code(&format!("{head}KEYS(\"a\")=CODES;DATA=\"3\",7 8;")), "px-key-must-be-known");
        assert_eq!(code(&format!("{head}KEYS(\"a\")=CODES;DATA=\"2\",7;")), "px-data-must-fill-its-cells");
    }

    #[test]
    fn a_month_has_the_code_of_every_other_format() {
        let table =
            table("STUB=\"t\";VALUES(\"t\")=\"200610\";TIMEVAL(\"t\")=TLIST(M1),\"200610\";DATA=1;").unwrap();
        assert_eq!(table.dimensions[0].values[0].code.as_deref(), Some("2006M10"));
    }

    #[test]
    fn a_file_that_is_not_whole_is_refused() {
        let head = "STUB=\"a\";VALUES(\"a\")=\"x\",\"y\";";
        assert_eq!(code(&format!("{head}DATA=1 2")), "px-statement-must-end");
        assert_eq!(code(&format!("{head}DATA=1;")), "px-data-must-fill-its-cells");
        assert_eq!(code(&format!("{head}DATA=1 ett;")), "cell-must-be-a-number");
        assert_eq!(code(head), "px-keyword-must-be-there");
        assert_eq!(code("STUB=\"a\";DATA=1;"), "px-keyword-must-be-there");
        assert_eq!(code("STUB=\"a\nb\";"), "field-must-end-on-its-line");
        assert_eq!(code("STUB=\"a\" å"), "px-statement-must-end");
        assert_eq!(code("STUB=\"a\";!"), "px-statement-must-be-readable");
        assert_eq!(code(&format!("{head}CODES(\"a\")=\"1\";DATA=1 2;")), "px-codes-must-match-values");
    }
}
