//! Registers as a workbook: a sheet a register, its sums and balances as live formulas with the ledger's values stored.
//! Rule:    rows come as they are to stand, columns with what they hold; nothing is looked up or decided here. Recalculated,
//!          no cell differs.
//! Units:   whole öre in, kronor in cells: sums are rounded to the öre, as a sum of binary fractions may be off in its last
//!          digit.
//! Errors:  AmountMustFitASpreadsheet, TextMustFitACell, RowsMustFitASheet, AmountMustNotOverflow.

use avgift::{Language, NaiveDate, Sek};
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet};

use super::NO_DAY;
use super::sheet::{self, FIRST, Look, Sheet, cell, kronor, range};
use crate::error::Error;

/// Registers of a network, and what is to be known of all of them.
#[derive(Debug, Clone)]
pub struct RegisterBook {
    /// The network.
    pub title: String,
    /// The period, and the head of the journal.
    pub notice: String,
    /// A sheet each.
    pub sheets: Vec<RegisterSheet>,
}

/// A register.
#[derive(Debug, Clone)]
pub struct RegisterSheet {
    /// The name of its sheet: few letters.
    pub name: String,
    /// What it is, in a sentence.
    pub about: String,
    /// Its columns.
    pub columns: Vec<RegisterColumn>,
    /// Its rows, a cell a column.
    pub rows: Vec<Vec<RegisterCell>>,
    /// The words before the sums, where it has a row of them.
    pub sum: Option<String>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct RegisterColumn {
    /// The heading.
    pub heading: String,
    /// Its width in characters.
    pub width: u8,
    /// Whether its cells are figures, to the right.
    pub is_figures: bool,
    /// Whether its amounts are summed below it.
    pub is_summed: bool,
    /// Whether it is printed; one that is not stands after all that are.
    pub is_printed: bool,
}

/// A cell.
#[derive(Debug, Clone)]
pub enum RegisterCell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A year.
    Year(i32),
    /// A whole number.
    Count(u64),
    /// An amount.
    Amount(Sek),
    /// The cells of the same row in the columns of the first list, less those of the second.
    Across(Vec<u16>, Vec<u16>, Sek),
    /// The cell above, and the one of the same row in a column.
    Running(u16, Sek),
    /// The rows of another sheet that have a text in a column, summed over another column.
    Where {
        /// The place of the sheet.
        sheet: usize,
        /// The column of the text.
        column: u16,
        /// The text.
        is: String,
        /// The column that is summed.
        of: u16,
        /// Whether the sum is taken with the other sign.
        negated: bool,
        /// What it comes to.
        value: Sek,
    },
    /// A column of another sheet, summed.
    Whole {
        /// The place of the sheet.
        sheet: usize,
        /// The column.
        of: u16,
        /// What it comes to.
        value: Sek,
    },
    /// Cells of the same column so many rows above this one: those of the first list, less those of the second.
    Above(Vec<u32>, Vec<u32>, Sek),
}

impl RegisterCell {
    /// What it comes to, where it is an amount.
    #[must_use]
    pub const fn amount(&self) -> Option<Sek> {
        match self {
            RegisterCell::Amount(value)
            | RegisterCell::Across(.., value)
            | RegisterCell::Running(_, value)
            | RegisterCell::Where { value, .. }
            | RegisterCell::Whole { value, .. }
            | RegisterCell::Above(.., value) => Some(*value),
            _ => None,
        }
    }
}

/// The bytes of a workbook; the same registers give the same bytes.
///
/// ```
/// use avgift_report::{RegisterBook, RegisterCell, RegisterColumn, RegisterSheet, register_workbook};
/// let paid: avgift::Sek = "60 739 kr".parse()?;
/// let column = RegisterColumn {
///     heading: "Betalt".into(),
///     width: 16,
///     is_figures: true,
///     is_summed: true,
///     is_printed: true,
/// };
/// let sheet = RegisterSheet {
///     name: "Inbetalningar".into(),
///     about: String::new(),
///     columns: vec![column],
///     rows: vec![vec![RegisterCell::Amount(paid)]],
///     sum: Some("Summa".into()),
/// };
/// let book = RegisterBook { title: "Nätverket".into(), notice: String::new(), sheets: vec![sheet] };
/// assert!(register_workbook(&book, avgift::Language::Swedish)?.starts_with(b"PK"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Those named at the top of this file.
///
/// # Panics
/// Where a cell names a sheet or a column that is not there.
pub fn register_workbook(book: &RegisterBook, language: Language) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    for sheet in &book.sheets {
        workbook.push_worksheet(written(book, sheet, language)?);
    }
    let created = sheet::excel_date(NO_DAY);
    let properties =
        DocProperties::new().set_title(sheet::fit_for_xml(&book.title)).set_creation_datetime(&created);
    workbook.set_properties(&properties);
    Ok(workbook.save_to_buffer().expect("the sheets are the program's own, and memory takes them"))
}

/// So many rows fit below the headings and above the sums.
const MOST_ROWS: usize = 1_048_576 - 8;

fn rows_of(register: &RegisterSheet) -> Result<u32, Error> {
    let rows = register.rows.len();
    let fits = u32::try_from(rows).ok().filter(|_| rows <= MOST_ROWS);
    fits.ok_or_else(|| Error::RowsMustFitASheet { sheet: register.name.clone(), rows })
}

fn written(book: &RegisterBook, register: &RegisterSheet, language: Language) -> Result<Worksheet, Error> {
    let rows = rows_of(register)?;
    let mut sheet = Sheet::new(register.name.clone(), &book.title, &register.about, &book.notice, language)?;
    let heading = |(place, column): (usize, &RegisterColumn)| {
        let look = match (column.is_figures, is_aside(register, place)) {
            (true, _) => Look::HeadingOfNumbers,
            (false, true) => Look::HeadingAside,
            (false, false) => Look::Heading,
        };
        (column.heading.clone(), f64::from(column.width), look)
    };
    let headings: Vec<_> = register.columns.iter().enumerate().map(heading).collect();
    sheet.headings(&headings, 1)?;
    for (row, cells) in (FIRST..).zip(&register.rows) {
        for (place, (column, cell)) in (0..).zip(cells).enumerate() {
            let look = if is_aside(register, place) { Look::Aside } else { Look::Text };
            write_cell(&mut sheet, book, (row, column), cell, look)?;
        }
    }
    let printed =
        (0..).zip(&register.columns).filter(|(_, column)| column.is_printed).map(|(it, _)| it).last();
    if let Some(last) = printed.filter(|last| usize::from(*last) + 1 < register.columns.len()) {
        sheet.print_to(FIRST + rows + 1, last);
    }
    if let Some(words) = &register.sum {
        // A row apart, so that who sorts the rows leaves the sums alone.
        let row = FIRST + rows + 1;
        sheet.sum_text(row, 0, words)?;
        for (place, (column, it)) in (0..).zip(&register.columns).enumerate() {
            // The words stand in the first.
            if it.is_summed && place > 0 {
                let amounts = register.rows.iter().filter_map(|cells| cells.get(place)?.amount());
                let sum = Sek::sum(amounts)?;
                let formula = summed(&range(&register.name, column, rows), rows);
                sheet.sum(row, column, &formula, &kronor(sum)?, Look::KronorAndOre);
            }
        }
    }
    Ok(sheet.done())
}

/// A text to the right of figures stands a little apart.
fn is_aside(register: &RegisterSheet, place: usize) -> bool {
    let is_figures = |place: usize| register.columns.get(place).is_some_and(|column| column.is_figures);
    place > 0 && is_figures(place - 1) && !is_figures(place)
}

/// The sum of a range that may have no rows.
fn summed(range: &str, rows: u32) -> String {
    if rows == 0 { "0".to_owned() } else { format!("ROUND(SUM({range}),2)") }
}

fn write_cell(
    sheet: &mut Sheet,
    book: &RegisterBook,
    (row, column): (u32, u16),
    it: &RegisterCell,
    look: Look,
) -> Result<(), Error> {
    let amount = |sheet: &mut Sheet, formula: &str, value: Sek| {
        sheet.formula(row, column, formula, &kronor(value)?, Look::KronorAndOre);
        Ok::<(), Error>(())
    };
    match it {
        RegisterCell::Empty => {}
        RegisterCell::Text(text) => sheet.text(row, column, text, look)?,
        RegisterCell::Date(day) => sheet.date(row, column, *day),
        RegisterCell::Year(year) => sheet.number(row, column, &year.to_string(), Look::Year),
        RegisterCell::Count(count) => sheet.number(row, column, &count.to_string(), Look::Whole),
        RegisterCell::Amount(value) => sheet.number(row, column, &kronor(*value)?, Look::KronorAndOre),
        RegisterCell::Across(plus, minus, value) => {
            let cells = |columns: &[u16]| columns.iter().map(|column| cell(row, *column)).collect::<Vec<_>>();
            amount(sheet, &difference(&cells(plus), &cells(minus)), *value)?;
        }
        RegisterCell::Running(of, value) => {
            let cells = [cell(row - 1, column), cell(row, *of)];
            amount(sheet, &difference(&cells, &[]), *value)?;
        }
        RegisterCell::Where { sheet: place, column: texts, is, of, negated, value } => {
            let register = &book.sheets[*place];
            let rows = rows_of(register)?;
            let ranges = |column| range(&register.name, column, rows);
            let sign = if *negated { "-" } else { "" };
            let formula = match rows {
                0 => "0".to_owned(),
                _ => format!("ROUND({sign}SUMIF({},\"{is}\",{}),2)", ranges(*texts), ranges(*of)),
            };
            amount(sheet, &formula, *value)?;
        }
        RegisterCell::Whole { sheet: place, of, value } => {
            let register = &book.sheets[*place];
            let rows = rows_of(register)?;
            amount(sheet, &summed(&range(&register.name, *of, rows), rows), *value)?;
        }
        RegisterCell::Above(plus, minus, value) => {
            let cells = |above: &[u32]| above.iter().map(|up| cell(row - up, column)).collect::<Vec<_>>();
            amount(sheet, &difference(&cells(plus), &cells(minus)), *value)?;
        }
    }
    Ok(())
}

/// `ROUND(A1+B1-C1,2)`.
fn difference(plus: &[String], minus: &[String]) -> String {
    let less: String = minus.iter().map(|cell| format!("-{cell}")).collect();
    format!("ROUND({}{less},2)", plus.join("+"))
}
