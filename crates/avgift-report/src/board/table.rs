//! Table: figures in rows, with a caption, and headings that say what they head.

use maud::{Markup, html};

use super::words::even_out;
use crate::html::text;

/// Where the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Words.
    Start,
    /// Figures.
    End,
}

/// A table: the first cell of a row heads it.
pub(super) struct Table {
    /// Its name on the page, unlike any other.
    pub(super) id: String,
    pub(super) caption: String,
    pub(super) columns: Vec<(String, Align)>,
    pub(super) rows: Vec<Vec<String>>,
    /// The row of sums.
    pub(super) sums: Option<Vec<String>>,
}

impl Table {
    /// The table in a region of its own, which a narrow screen scrolls, by keyboard too.
    pub(super) fn markup(&self) -> Markup {
        let (mut rows, mut sums) = (self.rows.clone(), self.sums.clone());
        for column in (0..self.columns.len()).filter(|column| self.columns[*column].1 == Align::End) {
            let mut cells: Vec<&mut String> =
                rows.iter_mut().chain(&mut sums).map(|cells| &mut cells[column]).collect();
            even_out(&mut cells);
        }
        // A column of words that says nothing in any row is left out.
        let is_told = |column: &usize| {
            self.columns[*column].1 == Align::End || self.rows.iter().any(|row| !row[*column].is_empty())
        };
        let columns: Vec<usize> = (0..self.columns.len()).filter(is_told).collect();
        let caption = format!("{}-caption", self.id);
        let class = |column: usize| (self.columns[column].1 == Align::End).then_some("n");
        let row = |cells: &[String]| {
            html! {
                tr { @for &column in &columns {
                    @if column == 0 { th scope="row" class=[class(column)] { (text(&cells[column])) } }
                    @else { td class=[class(column)] { (text(&cells[column])) } }
                } }
            }
        };
        html! {
            div.table role="region" aria-labelledby=(caption) tabindex="0" {
                table id=(self.id) {
                    caption id=(caption) { span { (text(&self.caption)) } }
                    thead { tr {
                        @for &column in &columns {
                            th scope="col" class=[class(column)] { (text(&self.columns[column].0)) }
                        }
                    } }
                    tbody { @for cells in &rows { "\n" (row(cells)) } }
                    @if let Some(sums) = &sums { "\n" tfoot { (row(sums)) } }
                }
            }
        }
    }

    /// The table behind a summary, below the chart that shows the same figures.
    pub(super) fn behind(&self, summary: &str) -> Markup {
        html! {
            details { summary { (summary) } (self.markup()) }
        }
    }
}
