//! HTML: an explanation as one page that stands alone, for the screen, for paper and for a reader that speaks.
//! Rule:    no script and nothing from outside, and the page itself forbids both. Colours follow the reader's own choice
//!          of light or dark; nothing is told by colour alone.

use avgift::{ExplainedStep, Explanation};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::columns;

const STYLE: &str = include_str!("explanation.css");

/// The head of a page that stands alone: its style within it, and nothing else that it could fetch.
pub(crate) fn head(title: &str, style: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
            title { (title) }
            style { (PreEscaped(style)) }
        }
    }
}

/// An explanation as a page of HTML: a heading, the remarks, a table of the steps, each note below its step.
#[must_use]
pub fn explanation_html(explanation: &Explanation) -> String {
    let language = explanation.language;
    let page = html! {
        (DOCTYPE) "\n"
        html lang=(language.code()) {
            (head(&explanation.title, STYLE))
            "\n"
            body {
                main {
                    h1 { (text(&explanation.title)) }
                    @for remark in &explanation.remarks { "\n" p { (text(remark)) } }
                    // A table wider than a small screen is scrolled, by keyboard too.
                    "\n" div role="region" aria-labelledby="steps" tabindex="0" {
                        table {
                            caption id="steps" { (language.say("explanation-caption")) }
                            "\n" thead { tr {
                                @for column in columns(language) { th scope="col" { (column) } }
                            } }
                            @for step in &explanation.steps { "\n" (rows(step)) }
                        }
                    }
                }
            }
        }
        "\n"
    };
    page.into_string()
}

/// A step and its note: rows that one heading belongs to.
fn rows(step: &ExplainedStep) -> Markup {
    let height = step.note.as_ref().map(|_| "2");
    html! {
        tbody {
            tr {
                td rowspan=[height] { (step.number) }
                th scope="rowgroup" rowspan=[height] { (text(&step.label)) }
                td rowspan=[height] { (text(&step.value)) }
                td { (text(&step.operand)) }
                td { (text(&step.origins)) }
            }
            @if let Some(note) = &step.note { "\n" tr { td colspan="2" { (text(note)) } } }
        }
    }
}

/// A text in which words that are written from right to left are set apart: else they would draw the figures beside them to
/// their own side, and a reader would see `2024` before the name.
pub(crate) fn text(text: &str) -> Markup {
    let ends = |letter: char| letter.is_alphanumeric() && !is_right_to_left(letter);
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_right_to_left) {
        let (before, from) = rest.split_at(start);
        let reach = from.find(ends).unwrap_or(from.len());
        let last = from[..reach].char_indices().rfind(|(_, letter)| is_right_to_left(*letter));
        let (words, after) = from.split_at(last.map_or(reach, |(at, letter)| at + letter.len_utf8()));
        pieces.push((before, words));
        rest = after;
    }
    html! {
        @for (before, words) in pieces { (before) bdi { (words) } }
        (rest)
    }
}

/// Whether a letter belongs to a script that is written from right to left: Hebrew, Arabic and their neighbours.
pub(crate) fn is_right_to_left(letter: char) -> bool {
    letter.is_alphabetic()
        && matches!(letter,
            '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_from_right_to_left_are_set_apart() {
        assert_eq!(text("Ale (1440)").into_string(), "Ale (1440)");
        assert_eq!(text("תל אביב (1440), 2024").into_string(), "<bdi>תל אביב</bdi> (1440), 2024");
        assert_eq!(
            text("Ale عمان & x <ع>").into_string(),
            "Ale <bdi>عمان</bdi> &amp; x &lt;<bdi>ع</bdi>&gt;"
        );
    }
}
