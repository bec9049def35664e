//! A table to index figures: the tidy file by itself, a table of the database by a selection.
//! Rule:    preliminary and final figures are two contents of one table and two statuses here; nothing else is a status.
//! Units:   figures by month, as published. A symbol, or a number that no index has, is a missing figure with its place.
//! Errors:  IndexSelectionMustBeGiven, IndexDimensionMustBeKnown, IndexCategoryMustBeKnown, IndexDimensionMustBeChosen,
//!          IndexContentsMustBeChosen, IndexPeriodMustBeAMonth, TableMustHaveAPeriod.

use std::collections::BTreeMap;

use avgift::{IndexFigure, IndexStatus, MissingIndexFigure, Month, Origin, Refusal, SeriesName};

use crate::error::Error;
use crate::table::{Category, Cell, CellValue, Dimension, Role, Table};
use crate::{refusals, tidy};

/// Which cells of a table are one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexSelection {
    /// The name that the series has from here on.
    pub name: SeriesName,
    /// The category of each dimension, both by code or text; a dimension of one category need not be named.
    pub values: BTreeMap<String, String>,
    /// The contents that hold preliminary figures, by code or text.
    pub preliminary: Option<String>,
    /// The contents that hold final figures, by code or text.
    pub finals: Option<String>,
}

/// The index figures of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndexReading {
    /// The figures.
    pub figures: Vec<IndexFigure>,
    /// The cells that hold no figure: `..` where it is not published yet.
    pub missing: Vec<MissingIndexFigure>,
    /// How many cells were set aside: of a year or a quarter, or neither preliminary nor definitive.
    pub set_aside: usize,
}

impl IndexReading {
    fn take(&mut self, series: &SeriesName, month: Month, status: IndexStatus, cell: &Cell) {
        let (value, symbol) = match &cell.value {
            CellValue::Number(number) => (Some(*number), number.to_string()),
            CellValue::Missing(symbol) => (None, symbol.clone()),
            CellValue::Absent => return,
        };
        let origin = cell.origin.clone();
        match value.and_then(|value| IndexFigure::new(series.clone(), month, status, value).ok()) {
            Some(figure) => self.figures.push(figure.read_at(origin)),
            None => self.missing.push(MissingIndexFigure {
                series: series.clone(),
                month,
                status,
                symbol,
                origin,
            }),
        }
    }
}

/// Reads the index figures of a table: all series of a tidy file, or the one that the selection picks.
///
/// # Errors
/// All faults of the selection at once, each with the names that the table has.
pub fn index_figures(
    table: &Table,
    selection: Option<&IndexSelection>,
) -> Result<IndexReading, Vec<Refusal>> {
    let reading = match selection {
        None if tidy::is_index(table) => Ok(read_tidy(table)),
        None => Err(vec![Error::IndexSelectionMustBeGiven {
            dimensions: table
                .dimensions
                .iter()
                .filter(|dimension| dimension.role != Role::Time)
                .map(|dimension| dimension.name().to_owned())
                .collect(),
            origin: start(table),
        }]),
        Some(selection) => read_selected(table, selection),
    };
    reading.map_err(|faults| refusals(&faults))
}

fn read_tidy(table: &Table) -> IndexReading {
    let mut reading = IndexReading::default();
    let [all_series, periods, statuses] = table.dimensions.as_slice() else { return reading };
    for (series_at, series) in all_series.values.iter().enumerate() {
        let name = SeriesName::from(series.name());
        for (period_at, period) in periods.values.iter().enumerate() {
            for (status_at, status) in statuses.values.iter().enumerate() {
                let Some(cell) = table.cell(&[series_at, period_at, status_at]) else { continue };
                match (period.name().parse(), status_of(status.name())) {
                    _ if cell.value == CellValue::Absent => {}
                    (Ok(month), Some(status)) => reading.take(&name, month, status, cell),
                    _ => reading.set_aside += 1,
                }
            }
        }
    }
    reading
}

/// Preliminary or final; a forecast, a figure at second hand and one that is always revised are neither.
fn status_of(text: &str) -> Option<IndexStatus> {
    match text {
        "preliminary" => Some(IndexStatus::Preliminary),
        "definitive" | "final" => Some(IndexStatus::Final),
        _ => None,
    }
}

fn read_selected(table: &Table, selection: &IndexSelection) -> Result<IndexReading, Vec<Error>> {
    let mut faults = Vec::new();
    for name in selection.values.keys() {
        if !table.dimensions.iter().any(|dimension| dimension.is_named(name)) {
            let known = table.dimensions.iter().map(|dimension| dimension.name().to_owned()).collect();
            faults.push(Error::IndexDimensionMustBeKnown { name: name.clone(), known, origin: start(table) });
        }
    }
    let mut chosen = Vec::with_capacity(table.dimensions.len());
    for dimension in &table.dimensions {
        chosen.push(category(table, dimension, selection, &mut faults));
    }
    let contents = contents(table, selection, &mut faults);
    let time = table.dimension(Role::Time);
    if time.is_none() {
        faults.push(Error::TableMustHaveAPeriod { origin: start(table) });
    }
    let (Some((time_at, time)), true) = (time, faults.is_empty()) else { return Err(faults) };
    let months: Vec<Option<Month>> = time.values.iter().map(|period| period.name().parse().ok()).collect();
    if let Some(first) = time.values.first().filter(|_| months.iter().all(Option::is_none)) {
        return Err(vec![Error::IndexPeriodMustBeAMonth {
            found: first.name().to_owned(),
            origin: first.origin.clone(),
        }]);
    }
    let contents_at = table.dimension(Role::Contents).map(|(at, _)| at);
    let mut reading = IndexReading::default();
    for (status, content) in contents {
        for (period_at, month) in months.iter().enumerate() {
            for (at, category) in [(Some(time_at), period_at), (contents_at, content)] {
                if let Some(place) = at.and_then(|at| chosen.get_mut(at)) {
                    *place = category;
                }
            }
            match (table.cell(&chosen), month) {
                (Some(cell), Some(month)) => reading.take(&selection.name, *month, status, cell),
                _ => reading.set_aside += 1,
            }
        }
    }
    Ok(reading)
}

/// The position of the category that the series has in a dimension; of time and contents all are gone through.
fn category(
    table: &Table,
    dimension: &Dimension,
    selection: &IndexSelection,
    faults: &mut Vec<Error>,
) -> usize {
    if matches!(dimension.role, Role::Time | Role::Contents) {
        return 0;
    }
    let known = || dimension.values.iter().map(|value| value.name().to_owned()).collect();
    let origin = || first_origin(table, dimension);
    match selection.values.iter().find(|(name, _)| dimension.is_named(name)) {
        Some((_, name)) => find(&dimension.values, name).unwrap_or_else(|| {
            faults.push(Error::IndexCategoryMustBeKnown {
                dimension: dimension.name().to_owned(),
                name: name.clone(),
                known: known(),
                origin: origin(),
            });
            0
        }),
        None => {
            if dimension.values.len() > 1 {
                faults.push(Error::IndexDimensionMustBeChosen {
                    dimension: dimension.name().to_owned(),
                    known: known(),
                    origin: origin(),
                });
            }
            0
        }
    }
}

fn find(values: &[Category], name: &str) -> Option<usize> {
    values
        .iter()
        .position(|value| value.code.as_deref() == Some(name))
        .or_else(|| values.iter().position(|value| value.is_named(name)))
}

/// The positions of preliminary and final contents.
fn contents(table: &Table, selection: &IndexSelection, faults: &mut Vec<Error>) -> Vec<(IndexStatus, usize)> {
    let contents = table.dimension(Role::Contents).map(|(_, contents)| contents);
    let values: &[Category] = contents.map_or(&[], |contents| &contents.values);
    let known: Vec<String> = values.iter().map(|value| value.name().to_owned()).collect();
    let origin = contents.map_or_else(|| start(table), |contents| first_origin(table, contents));
    let asked = [(IndexStatus::Preliminary, &selection.preliminary), (IndexStatus::Final, &selection.finals)];
    if asked.iter().all(|(_, name)| name.is_none()) {
        faults.push(Error::IndexContentsMustBeChosen { known: known.clone(), origin: origin.clone() });
    }
    let mut found = Vec::new();
    for (status, name) in asked.into_iter().filter_map(|(status, name)| Some((status, name.as_ref()?))) {
        match find(values, name) {
            Some(at) => found.push((status, at)),
            None => faults.push(Error::IndexCategoryMustBeKnown {
                dimension: contents.map_or("ContentsCode", Dimension::name).to_owned(),
                name: name.clone(),
                known: known.clone(),
                origin: origin.clone(),
            }),
        }
    }
    found
}

fn first_origin(table: &Table, dimension: &Dimension) -> Origin {
    dimension.values.first().map_or_else(|| start(table), |value| value.origin.clone())
}

fn start(table: &Table) -> Origin {
    Origin::new(table.file.clone(), 1, 1, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\"SNI2007\";\"Preliminärt index 2022M10\";\"Definitivt index 2022M10\";\"Preliminärt index 2025M03\";\"Definitivt index 2025M03\"\n\
        \"B-S exkl.O\";142,6;142,9;158,9;..\n\"C\";141,0;141,1;157,0;..\n";

    fn table(text: &str) -> Table {
        crate::read("aki.csv", text.as_bytes()).unwrap()
    }

    fn selection(values: &[(&str, &str)]) -> IndexSelection {
        IndexSelection {
            name: "AKI".into(),
            values: values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            preliminary: Some("Preliminärt index".to_owned()),
            finals: Some("Definitivt index".to_owned()),
        }
    }

    fn codes(reading: Result<IndexReading, Vec<Refusal>>) -> Vec<&'static str> {
        reading.err().unwrap_or_default().iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn a_tidy_file_holds_its_series_by_name() {
        let text = "series,period,value,status\nLÖI C,2021M10,138.2,preliminary\nLÖI C,2022M10,142.6,preliminary\n\
                    LÖI C,2020,1.5,definitive\nLÖI C,2022M10,142.7,definitive\nLÖI C,2026M10,150,forecast\nLÖI D,2022M10,..,preliminary\n";
        let reading = index_figures(&table(text), None).unwrap();
        let figures: Vec<_> = reading
            .figures
            .iter()
            .map(|figure| format!("{} {} {}", figure.status, figure.month, figure.value))
            .collect();
        assert_eq!(
            figures,
            ["preliminary 2021M10 138.2", "preliminary 2022M10 142.6", "final 2022M10 142.7"]
        );
        assert_eq!(reading.figures[1].origin.as_ref().unwrap().to_string(), "aki.csv:3:15");
        assert_eq!((reading.missing.len(), reading.set_aside), (1, 2));
    }

    #[test]
    fn a_series_of_a_table_is_picked_by_its_categories() {
        let reading = index_figures(&table(TABLE), Some(&selection(&[("SNI2007", "B-S exkl.O")]))).unwrap();
        assert_eq!(reading.figures.len(), 3);
        assert_eq!(reading.missing[0].symbol, "..");
        assert_eq!(reading.missing[0].status, IndexStatus::Final);
        assert_eq!(reading.missing[0].month.to_string(), "2025M03");
    }

    #[test]
    fn a_selection_is_whole_and_of_the_table() {
        let table = table(TABLE);
        assert_eq!(codes(index_figures(&table, None)), ["index-selection-must-be-given"]);
        let chosen = |values: &[(&str, &str)]| codes(index_figures(&table, Some(&selection(values))));
        assert_eq!(chosen(&[]), ["index-dimension-must-be-chosen"]);
        assert_eq!(chosen(&[("SNI2007", "Q")]), ["index-category-must-be-known"]);
        assert_eq!(chosen(&[("SNI2007", "C"), ("Kon", "1")]), ["index-dimension-must-be-known"]);
        let without = IndexSelection { preliminary: None, finals: None, ..selection(&[("SNI2007", "C")]) };
        assert_eq!(codes(index_figures(&table, Some(&without))), ["index-contents-must-be-chosen"]);
        let wrong = IndexSelection { finals: Some("Slutligt".to_owned()), ..without };
        assert_eq!(codes(index_figures(&table, Some(&wrong))), ["index-category-must-be-known"]);
    }

    #[test]
    fn a_quarterly_index_has_no_month() {
        let table = table("\"SNI2007\";\"Definitivt index 2022K1\"\n\"C\";142,6\n");
        let selection = IndexSelection { preliminary: None, ..selection(&[]) };
        assert_eq!(codes(index_figures(&table, Some(&selection))), ["index-period-must-be-a-month"]);
    }
}
