//! A workbook as `calamine` reads it: values and formulas by sheet and cell.

use std::io::Cursor;

use avgift::{Language, YearOfFees};
use avgift_report::workbook;
use calamine::{Data, Range, Reader as _, Xlsx, open_workbook_from_rs};

pub(crate) struct Opened {
    book: Xlsx<Cursor<Vec<u8>>>,
}

impl Opened {
    pub(crate) fn of(network: &str, years: &[YearOfFees], language: Language) -> Opened {
        let bytes = workbook(network, years, language, None).unwrap();
        Opened { book: open_workbook_from_rs(Cursor::new(bytes)).unwrap() }
    }

    pub(crate) fn sheets(&self) -> Vec<String> {
        self.book.sheet_names()
    }

    pub(crate) fn values(&mut self, sheet: &str) -> Range<Data> {
        self.book.worksheet_range(sheet).unwrap()
    }

    pub(crate) fn formulas(&mut self, sheet: &str) -> Range<String> {
        self.book.worksheet_formula(sheet).unwrap()
    }

    /// The rows of a sheet below its headings, each by heading.
    pub(crate) fn column(&mut self, sheet: &str, heading: &str) -> Vec<Data> {
        let values = self.values(sheet);
        let column = place(&values, heading);
        let cells = (5..=values.end().unwrap().0).map(|row| values.get_value((row, column)).cloned());
        cells.map(Option::unwrap_or_default).collect()
    }

    /// The formula of a cell in the first row of data.
    pub(crate) fn formula(&mut self, sheet: &str, heading: &str) -> String {
        let column = place(&self.values(sheet), heading);
        self.formulas(sheet).get_value((5, column)).cloned().unwrap_or_default()
    }

    /// The formulas of the rows below a heading; empty where there is a value.
    pub(crate) fn column_of_formulas(&mut self, sheet: &str, heading: &str) -> Vec<String> {
        let values = self.values(sheet);
        let (column, formulas) = (place(&values, heading), self.formulas(sheet));
        let cells = (5..=values.end().unwrap().0).map(|row| formulas.get_value((row, column)).cloned());
        cells.map(Option::unwrap_or_default).collect()
    }

    /// The value beside a label.
    pub(crate) fn beside(&mut self, sheet: &str, label: &str) -> Data {
        let values = self.values(sheet);
        let row = (0..=values.end().unwrap().0)
            .find(|row| values.get_value((*row, 0)).is_some_and(|cell| *cell == *label));
        let row = row.unwrap_or_else(|| panic!("{sheet} has a line {label}"));
        values.get_value((row, 1)).cloned().unwrap_or_default()
    }
}

/// The column under a heading.
fn place(values: &Range<Data>, heading: &str) -> u32 {
    let end = values.end().unwrap().1;
    let found = (0..=end).find(|column| values.get_value((4, *column)).is_some_and(|cell| *cell == *heading));
    found.unwrap_or_else(|| panic!("there is a column {heading}"))
}
