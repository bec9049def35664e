//! Field: a line of a table that people keep, parted into its fields.
//! Read:    semicolon, tab or comma; quotes doubled inside quotes; white space around a field is no part of it.
//! Rule:    a quote closes on its line, or it would swallow the rows below.

use avgift::Origin;

use crate::source::Source;

/// A line of a table that people keep is never longer; one that is has lost its line ends.
const LONGEST_LINE: usize = 20_000;

/// A field, without the white space around it, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
}

impl Field {
    /// The text, where there is any.
    #[must_use]
    pub fn given(&self) -> Option<&str> {
        (!self.text.is_empty()).then_some(self.text.as_str())
    }
}

/// Why a line cannot be parted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldFault {
    /// It is longer than any line that people write.
    LineIsTooLong(Origin),
    /// A quote does not close on it.
    QuoteStaysOpen(Origin),
}

/// What parts the fields: the first of semicolon, tab and comma that the header has.
#[must_use]
pub fn separator(header: &str) -> char {
    [';', '\t', ','].into_iter().find(|mark| header.contains(*mark)).unwrap_or(';')
}

/// The fields of a line of the source.
///
/// # Errors
/// The first fault of the line.
pub fn fields(source: &Source, line: &str, separator: char) -> Result<Vec<Field>, FieldFault> {
    if line.len() > LONGEST_LINE {
        let start = line.get(..line.floor_char_boundary(40)).unwrap_or("");
        return Err(FieldFault::LineIsTooLong(source.place_of(start)));
    }
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let is_quoted = rest.trim_start_matches(' ').starts_with('"');
        let (text, length) = if is_quoted {
            quoted(rest, separator).ok_or_else(|| FieldFault::QuoteStaysOpen(source.place_of(rest.trim())))?
        } else {
            let length = rest.find(separator).unwrap_or(rest.len());
            (rest[..length].to_owned(), length)
        };
        fields.push(Field { text: text.trim().to_owned(), origin: source.place_of(rest[..length].trim()) });
        match rest[length..].strip_prefix(separator) {
            Some(after) => rest = after,
            None => return Ok(fields),
        }
    }
}

/// The text of a field in quotes and the bytes it takes up to the separator; nothing where the quote does not close.
fn quoted(rest: &str, separator: char) -> Option<(String, usize)> {
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
            let length = after + rest[after..].find(separator).unwrap_or(rest.len() - after);
            return rest[after..length].trim().is_empty().then_some((text, length));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(line: &str, separator: char) -> Vec<String> {
        let source = Source::new("f", line.to_owned());
        let fields = fields(&source, source.text(), separator).unwrap();
        fields.into_iter().map(|field| format!("{}@{}", field.text, field.origin.column)).collect()
    }

    #[test]
    fn fields_are_parted_at_the_separator_and_not_within_quotes() {
        assert_eq!(parted("1492; Åmål ;", ';'), ["1492@1", "Åmål@7", "@13"]);
        assert_eq!(parted("\"1492\",\"Åmål, \"\"staden\"\"\"", ','), ["1492@1", "Åmål, \"staden\"@8"]);
        assert_eq!(parted("", ';'), ["@1"]);
        assert_eq!(["a;b,c", "a\tb,c", "a,b", "a"].map(separator), [';', '\t', ',', ';']);
    }

    #[test]
    fn a_quote_closes_on_its_line() {
        let fault = |line: &str| {
            let source = Source::new("f", line.to_owned());
            fields(&source, source.text(), ';').unwrap_err()
        };
        assert_eq!(fault("1;\"Åmål;2"), FieldFault::QuoteStaysOpen(Origin::new("f", 1, 3, 7)));
        assert_eq!(fault("\"a\"b;2"), FieldFault::QuoteStaysOpen(Origin::new("f", 1, 1, 6)));
        assert_eq!(fault(&"å".repeat(10_001)), FieldFault::LineIsTooLong(Origin::new("f", 1, 1, 20)));
    }
}
