//! What people look at: an explanation as Markdown and as a page of HTML; the fees of a network as a workbook of live
//! formulas.

#![forbid(unsafe_code)]

mod error;
mod html;
mod markdown;
mod workbook;

pub use error::{CODES, Error};
pub use html::explanation_html;
pub use markdown::explanation_markdown;
pub use workbook::{RegisterBook, RegisterCell, RegisterColumn, RegisterSheet, register_workbook, workbook};

/// The headings of a table of steps.
fn columns(language: avgift::Language) -> [String; 5] {
    ["column-number", "column-step", "column-value", "column-operand", "column-origins"]
        .map(|column| language.say(column))
}
