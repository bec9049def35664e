//! What people look at: an explanation as Markdown and as a page of HTML.

#![forbid(unsafe_code)]

mod html;
mod markdown;

pub use html::explanation_html;
pub use markdown::explanation_markdown;

/// The headings of a table of steps.
fn columns(language: avgift::Language) -> [String; 5] {
    ["column-number", "column-step", "column-value", "column-operand", "column-origins"]
        .map(|column| language.say(column))
}
