//! Lines: a sheet of labels, values, notes and sources while it is written, line by line; a cell may bear a name.

use avgift::{Operand, Origin, Rounding};

use super::Year;
use super::charges::Place;
use super::sheet::{FIRST, Look, Sheet, cell};
use super::term::Term;
use crate::error::Error;

const LABEL: u16 = 0;
const VALUE: u16 = 1;
const NOTE: u16 = 2;
const SOURCE: u16 = 3;

/// A name and the cell or the cells that it stands for.
pub(super) type Named = (String, String);

/// The sheet while it is written.
pub(super) struct Lines<'a> {
    pub(super) year: &'a Year<'a>,
    sheet: Sheet,
    row: u32,
    names: Vec<Named>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(year: &'a Year<'a>) -> Result<Lines<'a>, Error> {
        let name = year.tell("workbook-sheet-tariff");
        let about = year.tell("workbook-about-tariff");
        let mut sheet = Sheet::new(name, year.network, &about, &year.notice(), year.language)?;
        let headings = [
            ("workbook-item", 40.0, Look::Heading),
            ("column-value", 22.0, Look::HeadingOfNumbers),
            ("workbook-note", 72.0, Look::HeadingAside),
            ("workbook-source", 46.0, Look::HeadingAside),
        ];
        sheet.headings(&headings.map(|(heading, width, look)| (year.heading(heading), width, look)), 1)?;
        Ok(Lines { year, sheet, row: FIRST, names: Vec::new() })
    }

    /// The sheet and the names of its cells.
    pub(super) fn done(self) -> (rust_xlsxwriter::Worksheet, Vec<Named>) {
        (self.sheet.done(), self.names)
    }

    /// A line's label, note and source; gives its row for the value.
    fn line<'o>(
        &mut self,
        label: &str,
        note: &str,
        origin: impl Into<Option<&'o Origin>>,
    ) -> Result<u32, Error> {
        let row = self.row;
        self.row += 1;
        self.sheet.text(row, LABEL, label, Look::Text)?;
        self.sheet.text(row, NOTE, note, Look::Remark)?;
        let source = origin.into().map(ToString::to_string).unwrap_or_default();
        self.sheet.text(row, SOURCE, &source, Look::Remark)?;
        Ok(row)
    }

    /// A line of text alone. The text stands in the wide column, where it is read whole.
    pub(super) fn words<'o>(
        &mut self,
        label: &str,
        text: &str,
        origin: impl Into<Option<&'o Origin>>,
    ) -> Result<(), Error> {
        let row = self.line(label, "", origin)?;
        self.sheet.text(row, NOTE, text, Look::Aside)
    }

    pub(super) fn number<'o>(
        &mut self,
        (label, note): (&str, &str),
        number: &str,
        look: Look,
        origin: impl Into<Option<&'o Origin>>,
    ) -> Result<String, Error> {
        let row = self.line(label, note, origin)?;
        self.sheet.number(row, VALUE, number, look);
        Ok(cell(row, VALUE))
    }

    pub(super) fn formula(
        &mut self,
        (label, note): (&str, &str),
        formula: &str,
        value: &str,
        look: Look,
    ) -> Result<String, Error> {
        let row = self.line(label, note, None)?;
        self.sheet.formula(row, VALUE, formula, value, look);
        Ok(cell(row, VALUE))
    }

    pub(super) fn section(&mut self, heading: &str) -> Result<(), Error> {
        self.row += u32::from(self.row > FIRST);
        self.sheet.text(self.row, LABEL, heading, Look::Section)?;
        for column in [VALUE, NOTE, SOURCE] {
            self.sheet.text(self.row, column, "", Look::Section)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A formula where there is one, else the program's value, whose note then says so.
    pub(super) fn formula_or_value(
        &mut self,
        (label, note): (&str, &str),
        formula: Option<&Term>,
        value: &str,
        look: Look,
    ) -> Result<String, Error> {
        if let Some(formula) = formula {
            return self.formula((label, note), formula.text(), value, look);
        }
        let note = [note, &self.year.say("workbook-engine-value")].join("; ");
        self.number((label, note.trim_start_matches("; ")), value, look, None)
    }

    /// A day.
    pub(super) fn date(&mut self, label: &str, note: &str, day: avgift::NaiveDate) -> Result<(), Error> {
        let row = self.line(label, note, None)?;
        self.sheet.date(row, VALUE, day);
        Ok(())
    }

    /// Gives the cell that was just written a name for other sheets.
    pub(super) fn name(&mut self, message: &str) {
        self.name_of(message, Place::Main);
    }

    /// The same, of a charge.
    pub(super) fn name_of(&mut self, message: &str, place: Place) {
        self.name_as(self.year.named_of(message, place));
    }

    pub(super) fn name_as(&mut self, name: String) {
        self.names.push((name, self.sheet.address(self.row - 1, VALUE)));
    }

    /// A label within a charge: that of a component or a class begins with its name.
    pub(super) fn label(&self, of: Option<&str>, message: &str) -> String {
        match of {
            None => self.year.heading(message),
            Some(name) => {
                let words = self.year.say(message);
                self.year.language.tell("rule-of-component", &[("component", name), ("rule", &words)])
            }
        }
    }

    /// A rounding step in öre, which is whole, and what it means.
    pub(super) fn rounding(&mut self, label: &str, note: &str, rounding: Rounding) -> Result<String, Error> {
        let operand = Operand::Rounding(rounding);
        let words = [Some(operand.text(self.year.language)), operand.note(self.year.language)];
        let meaning = words.into_iter().flatten().collect::<Vec<_>>().join("; ");
        let note = format!("{}: {meaning}", self.year.say(note));
        let step = rounding.step_ore().to_string();
        self.number((&self.year.say(label), &note), &step, Look::Whole, None)
    }
}
