//! Source: a file as text, and the place of every part of it.
//! Units:   places are lines and characters from 1. They are found in a short walk wherever they lie in the file: a one-line
//!          answer of a megabyte would else be counted anew for each of its cells.

use std::ops::Range;
use std::sync::Arc;

use avgift::Origin;

/// A file as text, with the name it goes by.
#[derive(Debug, Clone)]
pub struct Source {
    file: Arc<str>,
    text: String,
    marks: Vec<Mark>,
}

/// A place on the way through the text, from which the next ones are counted.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    line: u32,
    column: u32,
}

/// So many bytes lie between two marks.
const MARK_DISTANCE: usize = 512;

impl Source {
    /// The text of a file. Line ends of an old Macintosh, a lone CR each, become LF: of the same length, so that every place
    /// stays.
    #[must_use]
    pub fn new(file: impl Into<Arc<str>>, text: String) -> Source {
        let is_old = text.contains('\r') && !text.contains('\n');
        let text = if is_old { text.replace('\r', "\n") } else { text };
        let mut marks: Vec<Mark> = Vec::with_capacity(text.len() / MARK_DISTANCE + 1);
        let (mut line, mut column) = (1, 1);
        for (at, letter) in text.char_indices() {
            if at >= marks.len() * MARK_DISTANCE {
                marks.push(Mark { at, line, column });
            }
            (line, column) = next_place(line, column, letter);
        }
        Source { file: file.into(), text, marks }
    }

    /// The name that the file goes by.
    #[must_use]
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, and nothing of its places.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// The place of a span of the text; of a span over several lines, its first line.
    #[must_use]
    pub fn origin(&self, span: Range<usize>) -> Origin {
        let start = span.start.min(self.text.len());
        let mark = self.marks.get(start / MARK_DISTANCE).or(self.marks.last());
        let (from, mut line, mut column) = mark.map_or((0, 1, 1), |mark| (mark.at, mark.line, mark.column));
        for letter in self.text.get(from..start).unwrap_or("").chars() {
            (line, column) = next_place(line, column, letter);
        }
        let spanned = self.text.get(start..span.end.max(start)).unwrap_or("");
        let length = spanned.chars().take_while(|letter| !matches!(letter, '\n' | '\r')).count();
        Origin::new(self.file.clone(), line, column, u32::try_from(length).unwrap_or(u32::MAX))
    }

    /// The start of the file, where no place is nearer.
    #[must_use]
    pub fn start(&self) -> Origin {
        Origin::new(self.file.clone(), 1, 1, 0)
    }

    /// The span of a part of the text.
    #[must_use]
    pub fn span_of(&self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        start..start + part.len()
    }

    /// The place of a part of the text.
    #[must_use]
    pub fn place_of(&self, part: &str) -> Origin {
        self.origin(self.span_of(part))
    }
}

fn next_place(line: u32, column: u32, letter: char) -> (u32, u32) {
    if letter == '\n' { (line.saturating_add(1), 1) } else { (line, column.saturating_add(1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places are those of the core, on either side of every mark.
    #[test]
    fn a_place_is_the_same_as_counted_from_the_start() {
        let text: String =
            (0..400).map(|n| if n % 7 == 0 { "å\n".to_owned() } else { format!("ö{n};") }).collect();
        let source = Source::new("f", text.clone());
        for (at, letter) in text.char_indices() {
            let span = at..at + letter.len_utf8();
            let expected = Origin::of_span("f", &text, span.start, span.end);
            let found = source.origin(span);
            assert_eq!((found.line, found.column), (expected.line, expected.column), "{at}");
        }
        assert_eq!(source.origin(text.len()..text.len() + 9).length, 0);
    }

    #[test]
    fn a_lone_carriage_return_ends_a_line() {
        assert_eq!(Source::new("f", "a;b\rc;d\r".to_owned()).origin(4..5).to_string(), "f:2:1");
    }
}
