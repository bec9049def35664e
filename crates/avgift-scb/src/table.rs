//! Table: what a file of Statistics Sweden holds, whatever its format: dimensions, categories, cells, each with its place.
//! Rule:    cells are row-major, the last dimension fastest. A category is known by its code; a text is for people.
//! Units:   numbers are decimals as written; what is missing keeps its symbol; what is not in the file is `Absent`.
//! Range:   a table has at most 65 536 cells more than 32 times the numbers in its file.
//! Errors:  CellMustBeUnique, TableMustNotBeMostlyEmpty, TableMustHaveRows, CategoryMustHaveCode.

use std::collections::BTreeMap;
use std::sync::Arc;

use avgift::{Decimal, NaiveDate, Origin};

use crate::error::Error;
use crate::words::{role_by_name, total_rank};
use avgift_text::Source;

/// What a dimension is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Country, counties, municipalities: the variable `Region`.
    Area,
    /// Years or months: the variable `Tid`.
    Time,
    /// What is counted or measured: the variable `ContentsCode`.
    Contents,
    /// Age, sex, section and whatever else.
    Other,
}

/// One category of a dimension: a municipality, a year, an age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The code, where the file has one.
    pub code: Option<String>,
    /// The text, where the file has one; of an area without the code at its head.
    pub text: Option<String>,
    /// Where it is named first.
    pub origin: Origin,
}

impl Category {
    /// The code, or the text where there is none.
    #[must_use]
    pub fn name(&self) -> &str {
        self.code.as_deref().or(self.text.as_deref()).unwrap_or("")
    }

    /// Whether `name` is its code, or its text but for case.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        is_code_or_text(self.code.as_deref(), self.text.as_deref(), name)
    }
}

/// One dimension (variable) of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// The code, `Alder`, where the file has one.
    pub code: Option<String>,
    /// The text, `ålder`, where the file has one.
    pub text: Option<String>,
    /// What it is for.
    pub role: Role,
    /// Its categories, in the order of the cells.
    pub values: Vec<Category>,
}

impl Dimension {
    /// A dimension without categories yet; its role is told by its names where nothing else tells it.
    pub(crate) fn new(code: Option<String>, text: Option<String>) -> Dimension {
        let by_code = code.as_deref().map_or(Role::Other, role_by_name);
        let by_text = text.as_deref().map_or(Role::Other, role_by_name);
        let role = if by_code == Role::Other { by_text } else { by_code };
        Dimension { code, text, role, values: Vec::new() }
    }

    /// The code, or the text where there is none.
    #[must_use]
    pub fn name(&self) -> &str {
        self.code.as_deref().or(self.text.as_deref()).unwrap_or("")
    }

    /// Whether `name` is its code, or its text but for case.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        is_code_or_text(self.code.as_deref(), self.text.as_deref(), name)
    }

    /// The category that is the total of all others.
    #[must_use]
    pub fn total(&self) -> Option<usize> {
        let ranked = self.values.iter().enumerate();
        ranked
            .filter_map(|(at, value)| Some((total_rank(value.code.as_deref(), value.text.as_deref())?, at)))
            .min()
            .map(|(_, at)| at)
    }

    /// The name that dimension has in every file: the codes of Statistics Sweden for area, time and contents.
    fn canonical_code(&self) -> Option<&str> {
        match self.role {
            Role::Area => Some("Region"),
            Role::Time => Some("Tid"),
            Role::Contents => Some("ContentsCode"),
            Role::Other => self.code.as_deref(),
        }
    }
}

fn is_code_or_text(code: Option<&str>, text: Option<&str>, name: &str) -> bool {
    code == Some(name) || text.is_some_and(|text| text.to_lowercase() == name.to_lowercase())
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// A number, with the decimals of the file.
    Number(Decimal),
    /// A symbol in the place of a number: `..`, `.`, `-`; `null` in JSON without a status.
    Missing(String),
    /// The file says nothing of this combination.
    Absent,
}

/// A cell with the place of its number in the file; an absent one points at the start of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it holds.
    pub value: CellValue,
    /// Where it stands.
    pub origin: Origin,
}

/// A table in coded form: of each cell the codes of its categories by the code of their dimension, in order.
pub type Coded = BTreeMap<Vec<(String, String)>, CellValue>;

/// A table of Statistics Sweden, as read from a file of any format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The file, as it was named.
    pub file: Arc<str>,
    /// The title, where the file has one.
    pub title: Option<String>,
    /// The table or its matrix, where the file names one: `TAB638`, `BE0101N1`.
    pub id: Option<Arc<str>>,
    /// The day it was last updated, where the file tells.
    pub updated: Option<NaiveDate>,
    /// The dimensions, the last one fastest.
    pub dimensions: Vec<Dimension>,
    /// The cells, row-major: as many as the sizes of the dimensions multiplied.
    pub cells: Vec<Cell>,
}

impl Table {
    /// The first dimension with a role, and its position.
    #[must_use]
    pub fn dimension(&self, role: Role) -> Option<(usize, &Dimension)> {
        self.dimensions.iter().enumerate().find(|(_, dimension)| dimension.role == role)
    }

    /// The cell at a category of each dimension, by position.
    #[must_use]
    pub fn cell(&self, categories: &[usize]) -> Option<&Cell> {
        if categories.len() != self.dimensions.len() {
            return None;
        }
        let mut at = 0;
        for (dimension, category) in self.dimensions.iter().zip(categories) {
            if *category >= dimension.values.len() {
                return None;
            }
            at = at * dimension.values.len() + category;
        }
        self.cells.get(at)
    }

    /// The table in coded form, in which the same table of another format or order is equal.
    ///
    /// A dimension that holds nothing but its total is left out, as a file may or may not name it. Absent cells are too.
    ///
    /// # Errors
    /// `CategoryMustHaveCode`, once for each dimension that has texts alone.
    pub fn coded(&self) -> Result<Coded, Vec<Error>> {
        let mut faults = Vec::new();
        for dimension in self.coded_dimensions() {
            let without_code = dimension.values.iter().find(|value| value.code.is_none());
            let first = dimension.values.first();
            let place = if dimension.canonical_code().is_none() { first } else { without_code };
            if let Some(value) = place {
                faults.push(Error::CategoryMustHaveCode {
                    dimension: dimension.name().to_owned(),
                    text: value.name().to_owned(),
                    origin: value.origin.clone(),
                });
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut coded = Coded::new();
        for (at, cell) in self.cells.iter().enumerate() {
            if cell.value != CellValue::Absent {
                coded.insert(self.coded_key(at), cell.value.clone());
            }
        }
        Ok(coded)
    }

    fn coded_dimensions(&self) -> impl Iterator<Item = &Dimension> {
        self.dimensions.iter().filter(|dimension| is_coded(dimension))
    }

    fn coded_key(&self, at: usize) -> Vec<(String, String)> {
        let mut rest = at;
        let mut key = Vec::with_capacity(self.dimensions.len());
        for dimension in self.dimensions.iter().rev() {
            let size = dimension.values.len().max(1);
            let category = dimension.values.get(rest % size);
            rest /= size;
            if is_coded(dimension)
                && let (Some(code), Some(category)) = (dimension.canonical_code(), category)
            {
                key.push((code.to_owned(), category.name().to_owned()));
            }
        }
        key.sort();
        key
    }
}

/// Whether a dimension stands in the coded form: all but those that hold nothing but their total.
fn is_coded(dimension: &Dimension) -> bool {
    dimension.role != Role::Other || dimension.values.len() > 1 || dimension.total().is_none()
}

/// A table in the making: cells come with the positions of their categories, in any order.
pub(crate) struct TableBuilder {
    file: Arc<str>,
    start: Origin,
    pub(crate) title: Option<String>,
    pub(crate) id: Option<Arc<str>>,
    pub(crate) updated: Option<NaiveDate>,
    pub(crate) dimensions: Vec<Dimension>,
    keys: Vec<BTreeMap<String, usize>>,
    /// The positions of each cell, one for each dimension, one cell after another.
    positions: Vec<usize>,
    cells: Vec<Cell>,
}

impl TableBuilder {
    pub(crate) fn new(source: &Source, dimensions: Vec<Dimension>) -> TableBuilder {
        let keys = dimensions.iter().map(|_| BTreeMap::new()).collect();
        TableBuilder {
            file: source.file().clone(),
            start: source.start(),
            title: None,
            id: None,
            updated: None,
            dimensions,
            keys,
            positions: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// The position of a category, which is made where it is new.
    pub(crate) fn category(&mut self, dimension: usize, key: &str, make: impl FnOnce() -> Category) -> usize {
        let (Some(keys), Some(dimension)) =
            (self.keys.get_mut(dimension), self.dimensions.get_mut(dimension))
        else {
            return 0;
        };
        if let Some(at) = keys.get(key) {
            return *at;
        }
        let at = dimension.values.len();
        keys.insert(key.to_owned(), at);
        dimension.values.push(make());
        at
    }

    /// A cell at the positions of its categories.
    pub(crate) fn push(&mut self, positions: &[usize], cell: Cell) {
        assert_eq!(positions.len(), self.dimensions.len(), "a cell has a category of each dimension");
        self.positions.extend_from_slice(positions);
        self.cells.push(cell);
    }

    /// The table, with `absent` where no cell was given.
    pub(crate) fn finish(mut self, absent: &CellValue) -> Result<Table, Vec<Error>> {
        if self.cells.is_empty() {
            return Err(vec![Error::TableMustHaveRows { origin: self.start }]);
        }
        let Some(size) = table_size(&self.dimensions, self.cells.len()) else {
            return Err(vec![Error::TableMustNotBeMostlyEmpty {
                origin: self.start,
                values: self.cells.len(),
                sizes: self.dimensions.iter().map(|dimension| dimension.values.len()).collect(),
            }]);
        };
        for category in self.dimensions.iter_mut().flat_map(|dimension| &mut dimension.values) {
            stamp(&mut category.origin, self.id.as_ref(), self.updated);
        }
        let mut start = self.start;
        stamp(&mut start, self.id.as_ref(), self.updated);
        let mut cells = vec![None; size];
        let mut faults = Vec::new();
        let width = self.dimensions.len();
        for (number, mut cell) in self.cells.into_iter().enumerate() {
            stamp(&mut cell.origin, self.id.as_ref(), self.updated);
            let positions = self.positions.get(number * width..(number + 1) * width).unwrap_or(&[]);
            let at = positions
                .iter()
                .zip(&self.dimensions)
                .fold(0, |at, (position, dimension)| at * dimension.values.len() + position);
            match cells.get_mut(at) {
                // The same number twice is one number; the first place is kept.
                Some(Some(first)) => check_same(first, cell, &mut faults),
                Some(empty) => *empty = Some(cell),
                None => {}
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let absent = Cell { value: absent.clone(), origin: start };
        Ok(Table {
            file: self.file,
            title: self.title,
            id: self.id,
            updated: self.updated,
            dimensions: self.dimensions,
            cells: cells.into_iter().map(|cell| cell.unwrap_or_else(|| absent.clone())).collect(),
        })
    }
}

fn check_same(first: &Cell, second: Cell, faults: &mut Vec<Error>) {
    if first.value != second.value {
        faults.push(Error::CellMustBeUnique { first: Box::new(first.clone()), second: Box::new(second) });
    }
}

fn stamp(origin: &mut Origin, id: Option<&Arc<str>>, updated: Option<NaiveDate>) {
    origin.table = id.cloned();
    origin.updated = updated;
}

/// The sizes of the dimensions multiplied; nothing where that overflows or is out of all proportion to the values.
///
/// A file of a thousand rows in ten free columns would else ask for more memory than there is.
pub(crate) fn table_size(dimensions: &[Dimension], values: usize) -> Option<usize> {
    const CELLS_A_VALUE: usize = 32;
    const CELLS_ALWAYS: usize = 65_536;
    dimensions
        .iter()
        .try_fold(1_usize, |size, dimension| size.checked_mul(dimension.values.len()))
        .filter(|size| *size <= values.saturating_mul(CELLS_A_VALUE).saturating_add(CELLS_ALWAYS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        crate::text::decode("f.csv", b"x").unwrap()
    }

    fn category(code: &str) -> Category {
        Category { code: Some(code.to_owned()), text: None, origin: Origin::new("f.csv", 1, 1, 0) }
    }

    fn dimension(code: &str, values: &[&str]) -> Dimension {
        let values = values.iter().map(|code| category(code)).collect();
        Dimension { values, ..Dimension::new(Some(code.to_owned()), None) }
    }

    fn cell(number: i64) -> Cell {
        Cell { value: CellValue::Number(Decimal::from(number)), origin: Origin::new("f.csv", 2, 1, 1) }
    }

    fn builder(ages: &[&str]) -> TableBuilder {
        TableBuilder::new(&source(), vec![dimension("Region", &["1440", "1480"]), dimension("Alder", ages)])
    }

    #[test]
    fn what_the_file_does_not_hold_is_absent() {
        let mut table = builder(&["tot", "0-9"]);
        table.push(&[1, 0], cell(604_616));
        let table = table.finish(&CellValue::Absent).unwrap();
        assert_eq!(table.cells.len(), 4);
        assert_eq!(table.cell(&[1, 0]).unwrap().value, CellValue::Number(Decimal::from(604_616)));
        assert_eq!(table.cell(&[0, 1]).unwrap().value, CellValue::Absent);
        assert_eq!(table.cell(&[2, 0]), None);
        assert_eq!(table.cell(&[0]), None);
        assert_eq!(table.coded().unwrap().len(), 1);
    }

    #[test]
    fn a_dimension_of_its_total_alone_is_not_in_the_coded_form() {
        let mut with_age = builder(&["tot"]);
        with_age.push(&[0, 0], cell(1));
        let coded = with_age.finish(&CellValue::Absent).unwrap().coded().unwrap();
        assert_eq!(coded.keys().next().unwrap(), &[("Region".to_owned(), "1440".to_owned())]);
    }

    #[test]
    fn two_numbers_for_one_cell_are_refused() {
        for (second, faults) in [(32_394, 0), (32_395, 1)] {
            let mut table = builder(&["tot"]);
            table.push(&[0, 0], cell(32_394));
            table.push(&[0, 0], cell(second));
            let found = table.finish(&CellValue::Absent).err().unwrap_or_default();
            assert_eq!(found.len(), faults, "{second}");
        }
    }

    /// 2 × 100 000 cells for one value is out of proportion, and so is a product that overflows.
    #[test]
    fn a_table_is_not_mostly_empty() {
        let many = Dimension { values: vec![category("a"); 100_000], ..dimension("Alder", &[]) };
        assert_eq!(table_size(std::slice::from_ref(&many), 1_078), Some(100_000));
        assert_eq!(table_size(std::slice::from_ref(&many), 1_076), None);
        assert_eq!(table_size(&vec![many; 5], usize::MAX), None);
    }
}
