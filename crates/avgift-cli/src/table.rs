//! Table: rows for people, amounts to the right, with a heading and a last row for the sum.

use comfy_table::{CellAlignment, Table, presets};

/// Where a column's text stands.
#[derive(Clone, Copy)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A table as text, each line ended.
pub(crate) fn render(header: &[(String, Align)], rows: Vec<Vec<String>>, sum: Option<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(header.iter().map(|(name, _)| name));
    table.add_rows(rows);
    if let Some(sum) = sum {
        table.add_row([""]); // The sum stands apart.
        table.add_row(sum);
    }
    for (column, (_, align)) in table.column_iter_mut().zip(header) {
        column.set_cell_alignment(match align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
        });
    }
    table
        .lines()
        .map(|line| format!("{}\n", line.trim_end().strip_prefix(' ').unwrap_or(line.trim_end())))
        .collect()
}
