//! The index file of our own: `series,period,value,status`, one figure a row.
//! Rule:    period and status stay as written; `figures` takes the months that are preliminary or definitive.
//!          The population file of our own, `municipality_code,municipality,year,population`, needs no reader but `csv`.
//! Errors:  CellMustBeANumber.

use crate::error::Error;
use crate::sheet::{Row, Sheet};
use crate::table::{Category, CellValue, Dimension, Role, Table, TableBuilder};

/// The header by which the file is known.
pub(crate) const INDEX_COLUMNS: [&str; 4] = ["series", "period", "value", "status"];

/// The dimensions are the columns but for the value's: series, period and status.
const DIMENSION_COLUMNS: [usize; 3] = [0, 1, 3];
const VALUE_COLUMN: usize = 2;

/// Whether a table was read from an index file of our own.
pub(crate) fn is_index(table: &Table) -> bool {
    table.dimensions.iter().map(Dimension::name).eq(DIMENSION_COLUMNS.map(|column| INDEX_COLUMNS[column]))
}

/// Reads the rows below the header.
pub(crate) fn read_index(sheet: &Sheet<'_>) -> Result<Table, Vec<Error>> {
    let dimension = |column: usize| {
        let role = if INDEX_COLUMNS[column] == "period" { Role::Time } else { Role::Other };
        Dimension { role, ..Dimension::new(Some(INDEX_COLUMNS[column].to_owned()), None) }
    };
    let mut builder = TableBuilder::new(sheet.source, DIMENSION_COLUMNS.map(dimension).into());
    let mut faults = Vec::new();
    for row in &sheet.rows {
        let positions = DIMENSION_COLUMNS.map(|column| position(&mut builder, sheet, row, column));
        match row.fields.get(VALUE_COLUMN).map(|field| sheet.cell(field)) {
            Some(Ok(cell)) => builder.push(&positions, cell),
            Some(Err(fault)) => faults.push(fault),
            None => {}
        }
    }
    if faults.is_empty() { builder.finish(&CellValue::Absent) } else { Err(faults) }
}

fn position(builder: &mut TableBuilder, sheet: &Sheet<'_>, row: &Row, column: usize) -> usize {
    let Some(field) = row.fields.get(column) else { return 0 };
    let dimension = DIMENSION_COLUMNS.iter().position(|at| *at == column).unwrap_or(0);
    let text = sheet.text(field);
    builder.category(dimension, &text, || Category {
        code: Some(text.to_string()),
        text: Some(text.to_string()),
        origin: sheet.source.origin(field.span.clone()),
    })
}
