//! Sheet: a worksheet with the house's formats; each cell is a text, a number, a date or a formula with its value.
//! Rule:    a text is always written as a text, so `=1+1` and `+46` stay what they are. A formula carries the engine's
//!          value, for readers that have no formula engine.
//! Units:   numbers come as decimal text; a spreadsheet holds the nearest double of it, and here alone one is made.
//! Errors:  TextMustFitACell, AmountMustFitASpreadsheet.

use avgift::{Language, NaiveDate, Sek};
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, IgnoreError, Worksheet,
};

use super::exact::decimal;
use crate::error::Error;

/// The longest text of a cell, in the units that Excel counts in.
const LONGEST_TEXT: usize = 32_767;
/// Below this, öre are exact in the fifteen digits of a spreadsheet.
const LARGEST_ORE: u64 = 1_000_000_000_000_000;

/// What a cell looks like. An amount without its unit is one in mid-calculation, not rounded to what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Title,
    Notice,
    Heading,
    HeadingOfNumbers,
    HeadingAside,
    Section,
    Text,
    /// A text to the right of numbers.
    Aside,
    /// A text that a formula gives: a formula in a cell of text becomes text when somebody edits it.
    Word,
    Remark,
    Year,
    Date,
    Whole,
    Kronor,
    KronorAndOre,
    Unrounded,
    Rate,
    IndexFigure,
    Factor,
    /// A part of a whole, in percent.
    Portion,
}

impl Look {
    /// The look of a rounded amount: with its öre where there can be some.
    pub(super) fn of_money(has_ore: bool) -> Look {
        if has_ore { Look::KronorAndOre } else { Look::Kronor }
    }

    fn format(self, is_sum: bool) -> Format {
        let numbers = |code: &str| Format::new().set_num_format(code);
        let heading = || {
            let filled =
                Format::new().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00DC_E6F1));
            filled.set_border_bottom(FormatBorder::Thin).set_align(FormatAlign::Bottom)
        };
        let format = match self {
            Look::Title => Format::new().set_bold().set_font_size(14),
            Look::Notice => Format::new().set_bold().set_font_color(Color::RGB(0x009C_0006)),
            Look::Heading => heading(),
            Look::HeadingOfNumbers => heading().set_align(FormatAlign::Right),
            Look::HeadingAside => heading().set_align(FormatAlign::Left).set_indent(1),
            Look::Section => Format::new().set_bold().set_border_bottom(FormatBorder::Thin),
            Look::Text => Format::new().set_num_format("@"),
            Look::Aside => Look::Text.format(false).set_indent(1),
            Look::Word => Format::new().set_indent(1),
            Look::Remark => Format::new().set_font_color(Color::RGB(0x0059_5959)).set_indent(1),
            Look::Year => numbers("0").set_align(FormatAlign::Right),
            Look::Date => numbers("yyyy-mm-dd").set_align(FormatAlign::Right),
            Look::Whole => numbers("#,##0"),
            Look::Kronor => numbers("#,##0 \"kr\""),
            Look::KronorAndOre => numbers("#,##0.00 \"kr\""),
            Look::Unrounded => numbers("#,##0.00"),
            Look::Rate => numbers("0.00####"),
            Look::IndexFigure => numbers("0.0###"),
            Look::Factor => numbers("0.000000"),
            Look::Portion => numbers("0.0#######%"),
        };
        if is_sum { format.set_bold().set_border_top(FormatBorder::Thin) } else { format }
    }
}

/// A worksheet that is being written.
pub(super) struct Sheet {
    worksheet: Worksheet,
    name: String,
}

impl Sheet {
    /// A sheet with its title, what is to be known of all its figures, and its print set-up; the headings come after.
    ///
    /// The rows down to the headings stay in sight and are printed on every page.
    pub(super) fn new(
        name: String,
        title: &str,
        subtitle: &str,
        notice: &str,
        language: Language,
    ) -> Result<Sheet, Error> {
        let mut worksheet = Worksheet::new();
        worksheet.set_name(&name).expect("a sheet is named in few letters and figures");
        worksheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
        worksheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        let page = language.tell("workbook-page", &[("page", "&P"), ("pages", "&N")]);
        worksheet.set_footer(format!("&L&A&R{page}"));
        worksheet.set_repeat_rows(0, HEADINGS).expect("the headings are near the top");
        let mut sheet = Sheet { worksheet, name };
        sheet.text(0, 0, title, Look::Title)?;
        sheet.text(1, 0, subtitle, Look::Text)?;
        sheet.text(2, 0, notice, Look::Notice)?;
        Ok(sheet)
    }

    /// The headings, each with its width in characters; the columns before `frozen` stay in sight.
    pub(super) fn headings(&mut self, headings: &[(String, f64, Look)], frozen: u16) -> Result<(), Error> {
        for (column, (heading, width, look)) in (0..).zip(headings) {
            self.text(HEADINGS, column, heading, *look)?;
            self.worksheet.set_column_width(column, *width).expect("a sheet has that many columns");
        }
        self.worksheet.set_row_height(HEADINGS, HEIGHT_OF_TWO_LINES).expect(ROOM);
        // A code of digits is text on purpose, and no spreadsheet need mark each of them.
        let marks = IgnoreError::NumberStoredAsText;
        self.worksheet.ignore_error_range(FIRST, 0, LAST, LAST_OF_TEXT, marks).expect(ROOM);
        self.worksheet.set_freeze_panes(HEADINGS + 1, frozen).expect("the headings are near the top");
        Ok(())
    }

    pub(super) fn text(&mut self, row: u32, column: u16, text: &str, look: Look) -> Result<(), Error> {
        self.write_text(row, column, text, &look.format(false))
    }

    pub(super) fn sum_text(&mut self, row: u32, column: u16, text: &str) -> Result<(), Error> {
        self.write_text(row, column, text, &Look::Text.format(true))
    }

    fn write_text(&mut self, row: u32, column: u16, text: &str, format: &Format) -> Result<(), Error> {
        let text = fit_for_xml(text);
        let length = text.encode_utf16().count();
        if length > LONGEST_TEXT {
            return Err(Error::TextMustFitACell { start: text.chars().take(40).collect(), length });
        }
        if text.is_empty() {
            self.worksheet.write_blank(row, column, format).expect(ROOM);
        } else {
            self.worksheet.write_string_with_format(row, column, text, format).expect(ROOM);
        }
        Ok(())
    }

    /// A number from its decimal text.
    pub(super) fn number(&mut self, row: u32, column: u16, number: &str, look: Look) {
        let nearest = nearest_double(number);
        self.worksheet.write_number_with_format(row, column, nearest, &look.format(false)).expect(ROOM);
    }

    pub(super) fn date(&mut self, row: u32, column: u16, day: NaiveDate) {
        self.worksheet
            .write_datetime_with_format(row, column, excel_date(day), &Look::Date.format(false))
            .expect(ROOM);
    }

    /// A formula with the value it has.
    pub(super) fn formula(&mut self, row: u32, column: u16, formula: &str, value: &str, look: Look) {
        self.write_formula(row, column, formula, value, &look.format(false));
    }

    /// A formula of the last row, which stands out.
    pub(super) fn sum(&mut self, row: u32, column: u16, formula: &str, value: &str, look: Look) {
        self.write_formula(row, column, formula, value, &look.format(true));
    }

    fn write_formula(&mut self, row: u32, column: u16, formula: &str, value: &str, format: &Format) {
        let formula = Formula::new(formula).set_result(value);
        self.worksheet.write_formula_with_format(row, column, formula, format).expect(ROOM);
    }

    /// The address of a cell from other sheets: `'Taxa 2024'!$B$9`.
    pub(super) fn address(&self, row: u32, column: u16) -> String {
        format!("'{}'!${}${}", self.name, letters(column), row + 1)
    }

    /// What lies beyond this row and column is not printed.
    pub(super) fn print_to(&mut self, row: u32, column: u16) {
        self.worksheet.set_print_area(0, 0, row, column).expect(ROOM);
    }

    /// The sheet is done.
    pub(super) fn done(self) -> Worksheet {
        self.worksheet
    }
}

const ROOM: &str = "a network has fewer members than a sheet has rows: a municipality code has four digits";

/// The last row of a sheet, and the last column of codes, names and payers.
const LAST: u32 = 1_048_575;
const LAST_OF_TEXT: u16 = 2;

const HEIGHT_OF_TWO_LINES: f64 = 30.0;

/// The row of the headings; what is to be known of the figures stands above it.
pub(super) const HEADINGS: u32 = 4;
/// The first row of data.
pub(super) const FIRST: u32 = HEADINGS + 1;

/// The cell as a formula of its own sheet names it: `D6`.
pub(super) fn cell(row: u32, column: u16) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// The cells of a column, of so many rows of data, as any sheet names them: `'Avgifter 2024'!$D$6:$D$44`.
pub(super) fn range(sheet: &str, column: u16, rows: u32) -> String {
    let letters = letters(column);
    // Of no rows there is no range: the empty row below the headings stands for it.
    format!("'{sheet}'!${letters}${}:${letters}${}", FIRST + 1, FIRST + rows.max(1))
}

/// The letters of a column.
fn letters(column: u16) -> String {
    rust_xlsxwriter::column_number_to_name(column)
}

/// The width of a column of remarks, in characters: of the longest, within reason.
pub(super) fn width_of<'a>(texts: impl IntoIterator<Item = &'a String>) -> f64 {
    let longest = texts.into_iter().map(|text| text.chars().count()).max().unwrap_or(0);
    f64::from(u8::try_from(longest.clamp(12, 70)).unwrap_or(u8::MAX))
}

/// A rounded amount as decimal text, where a spreadsheet holds it to the öre.
pub(super) fn kronor(amount: Sek) -> Result<String, Error> {
    if amount.ore().unsigned_abs() >= LARGEST_ORE {
        return Err(Error::AmountMustFitASpreadsheet { amount: amount.text(Language::Swedish) });
    }
    Ok(decimal(avgift::Exact::from(amount).kronor_ratio()?))
}

/// A day as a spreadsheet counts it; one before its calendar begins is its first.
pub(super) fn excel_date(day: NaiveDate) -> ExcelDateTime {
    ExcelDateTime::parse_from_str(&day.to_string()).unwrap_or_default()
}

/// The double nearest to a decimal number: reading is no arithmetic, and nothing is computed from it here.
fn nearest_double(number: &str) -> f64 {
    number.parse().expect("a decimal number of our own")
}

/// A text without the characters that no XML can hold.
pub(super) fn fit_for_xml(text: &str) -> String {
    let is_unfit = |letter: char| {
        matches!(letter, '\u{fffe}' | '\u{ffff}') || (letter.is_control() && !matches!(letter, '\t' | '\n'))
    };
    text.replace(is_unfit, "\u{fffd}")
}
