//! Markdown: an explanation for a message, a ticket or a page of notes; CommonMark with tables.
//! Rule:    a word of the explanation is a word in the text: what would be read as markup is escaped, so that whoever reads
//!          the Markdown has the explanation back, letter by letter.
//! Example: a member named `*Ale* | <b>` is written `\*Ale\* \| \<b\>`.

use avgift::{ExplainedStep, Explanation};

use crate::columns;

/// An explanation as Markdown: a heading, the remarks, a table of the steps. A note is a row of its own below its step.
#[must_use]
pub fn explanation_markdown(explanation: &Explanation) -> String {
    let mut text = format!("# {}\n\n", escaped(&explanation.title));
    for remark in &explanation.remarks {
        text.push_str(&format!("{}\n\n", escaped(remark)));
    }
    let header = columns(explanation.language).map(|column| escaped(&column));
    let rows: Vec<[String; 5]> = explanation.steps.iter().flat_map(rows).collect();
    let all = || [&header].into_iter().chain(&rows);
    let width = |column: usize| all().map(|row| row[column].chars().count()).max().unwrap_or(0).max(3);
    let widths = [0, 1, 2, 3, 4].map(width);
    text.push_str(&line(&header, widths));
    let rules = [0, 1, 2, 3, 4].map(|column| match column {
        0 | 2 => format!("{}:", "-".repeat(widths[column] - 1)), // Numbers and amounts stand to the right.
        _ => "-".repeat(widths[column]),
    });
    text.push_str(&line(&rules, widths));
    for row in &rows {
        text.push_str(&line(row, widths));
    }
    text
}

/// The row of a step, and that of its note.
fn rows(step: &ExplainedStep) -> impl Iterator<Item = [String; 5]> {
    let ExplainedStep { number, label, value, operand, origins, note, .. } = step;
    let row = [&number.to_string(), label, value, operand, origins].map(|cell| escaped(cell));
    let note = note.as_ref().map(|note| [None, None, None, Some(note), None]);
    let note = note.map(|row| row.map(|cell| cell.map_or_else(String::new, |cell| escaped(cell))));
    [Some(row), note].into_iter().flatten()
}

fn line(row: &[String; 5], widths: [usize; 5]) -> String {
    let [number, label, value, operand, origins] = row;
    let [numbers, labels, values, operands, places] = widths;
    format!(
        "| {number:>numbers$} | {label:labels$} | {value:>values$} | {operand:operands$} | {origins:places$} |\n"
    )
}

/// A text with a backslash before what Markdown would take as markup, and no line of its own.
fn escaped(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digits = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let last = letters.len().saturating_sub(1);
    let mut escaped = String::with_capacity(text.len());
    for (place, &letter) in letters.iter().enumerate() {
        let is_markup = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '$' | '^' => true,
            // An address would become a link.
            ':' => letters.get(place + 1) == Some(&'/'),
            '.' => letters[..place].ends_with(&['w', 'w', 'w']),
            _ => false,
        };
        // A list, a rule, a quotation: `- `, `===`, `1. `.
        let opens_a_block = (place == 0 || place == digits) && letter.is_ascii_punctuation();
        match letter {
            '\n' | '\r' | '\t' => escaped.push_str(&format!("&#{};", u32::from(letter))),
            // A space at an end would be lost, and braces at the end of a heading name its attributes, backslash or none.
            ' ' if place == 0 || place == last => escaped.push_str("&#32;"),
            '}' if place == last => escaped.push_str("&#125;"),
            _ => {
                if is_markup || opens_a_block {
                    escaped.push('\\');
                }
                escaped.push(letter);
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_the_rest_reads_as_it_was() {
        for (text, markdown) in [
            ("*Ale* | <b>", r"\*Ale\* \| \<b\>"),
            ("15 000,00 kr", "15 000,00 kr"),
            ("- 1. x", r"\- 1. x"),
            ("1. x", r"1\. x"),
            ("=1+1", r"\=1+1"),
            ("network.toml:12:9", "network.toml:12:9"),
            ("http://a.se www.a.se", r"http\://a.se www\.a.se"),
            (" a\nb ", "&#32;a&#10;b&#32;"),
            ("&amp;", r"\&amp;"),
            ("Ale {#x}", r"Ale {\#x&#125;"),
        ] {
            assert_eq!(escaped(text), markdown);
        }
    }
}
