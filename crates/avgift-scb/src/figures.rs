//! A table to population figures: which areas, which day, which cell.
//! Rule:    areas by code alone; the published total of every other variable, never a sum; the real last day of the
//!          period, or the 1 November of the year. Country and counties are set aside.
//! Units:   whole inhabitants on a day. A symbol, a zero or a number with decimals is a missing population, with its place.
//! Errors:  TableMustHaveAMunicipality, TableMustHaveAPeriod, AreaMustHaveCode, AreaCodeMustBeKnown,
//!          ContentsMustBePopulation, TotalMustBeGiven, PeriodMustBeAYearOrMonth, CellMustBeUnique.

use std::collections::BTreeMap;

use avgift::{Inhabitants, MissingPopulation, MunicipalityCode, NaiveDate, PopulationFigure, Refusal};
use chrono::Datelike as _;

use crate::error::Error;
use crate::table::{Category, Cell, CellValue, Dimension, Role, Table};
use crate::words::{
    is_a_number_of_something, is_contents_code, is_of_november, is_plain_area_code, is_population, last_day,
};
use crate::{refusals, tidy};

/// What a table is about, as far as this crate can use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Populations by area: `populations` reads it, or tells what it lacks.
    Population,
    /// Index figures by month: `index_figures` reads it.
    Index,
    /// Something else.
    Other,
}

/// Tells what a table is about.
///
/// A table of areas without any contents counts as a population table, so that its reader can tell what it lacks.
#[must_use]
pub fn kind(table: &Table) -> Kind {
    if tidy::is_index(table) {
        return Kind::Index;
    }
    let has_area = table.dimension(Role::Area).is_some();
    let contents = table.dimension(Role::Contents).map(|(_, contents)| contents);
    match contents {
        Some(contents) if contents.values.iter().any(|value| is_population_category(table, value)) => {
            Kind::Population
        }
        None if has_area => Kind::Population,
        _ => {
            let names_index = |text: &str| text.to_lowercase().contains("index");
            let texts = contents
                .into_iter()
                .flat_map(|contents| &contents.values)
                .filter_map(|value| value.text.as_deref());
            let is_index = texts.chain(table.title.as_deref()).any(names_index);
            if is_index && table.dimension(Role::Time).is_some() { Kind::Index } else { Kind::Other }
        }
    }
}

/// The populations of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PopulationReading {
    /// The figures, in the order of the table.
    pub figures: Vec<PopulationFigure>,
    /// The cells of a municipality that hold no number above zero.
    pub missing: Vec<MissingPopulation>,
    /// How many areas were set aside: the country and the counties.
    pub areas_set_aside: usize,
    /// The contents that were set aside beside the population: the increase, as a rule.
    pub contents_set_aside: Vec<String>,
}

/// Reads the populations of a table.
///
/// # Errors
/// All faults at once: areas without a code or with an unknown one, no total of a variable, no population among the
/// contents, a period that is neither year nor month.
pub fn populations(table: &Table) -> Result<PopulationReading, Vec<Refusal>> {
    read(table).map_err(|faults| refusals(&faults))
}

fn read(table: &Table) -> Result<PopulationReading, Vec<Error>> {
    let mut faults = Vec::new();
    let areas = municipalities(table, &mut faults);
    let days = days(table, &mut faults);
    let (contents, contents_set_aside) = contents(table, &mut faults);
    let mut chosen = totals(table, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let areas_of_table = table.dimension(Role::Area).map_or(0, |(_, area)| area.values.len());
    let mut reading = PopulationReading {
        areas_set_aside: areas_of_table - areas.len(),
        contents_set_aside,
        ..PopulationReading::default()
    };
    let mut choose = |role, category| {
        if let Some((at, _)) = table.dimension(role)
            && let Some(place) = chosen.get_mut(at)
        {
            *place = category;
        }
        chosen.clone()
    };
    let mut cells: BTreeMap<(MunicipalityCode, NaiveDate), &Cell> = BTreeMap::new();
    for (area, code) in areas {
        choose(Role::Area, area);
        for (time, day) in &days {
            choose(Role::Time, *time);
            for (content, is_of_november) in &contents {
                let Some(cell) = table.cell(&choose(Role::Contents, *content)) else { continue };
                let day = if *is_of_november { first_of_november(*day) } else { *day };
                match cells.get(&(code, day)) {
                    _ if cell.value == CellValue::Absent => {}
                    Some(first) if first.value != cell.value => faults.push(Error::CellMustBeUnique {
                        first: Box::new((*first).clone()),
                        second: Box::new(cell.clone()),
                    }),
                    Some(_) => {}
                    None => {
                        cells.insert((code, day), cell);
                        reading.take(code, day, cell);
                    }
                }
            }
        }
    }
    if faults.is_empty() { Ok(reading) } else { Err(faults) }
}

impl PopulationReading {
    fn take(&mut self, code: MunicipalityCode, reference_date: NaiveDate, cell: &Cell) {
        let (inhabitants, symbol) = match &cell.value {
            CellValue::Number(number) => {
                let text = number.normalize().to_string();
                (text.parse::<Inhabitants>().ok(), text)
            }
            CellValue::Missing(symbol) => (None, symbol.clone()),
            CellValue::Absent => (None, String::new()),
        };
        let origin = cell.origin.clone();
        match inhabitants {
            Some(inhabitants) => {
                let origin = Some(origin);
                self.figures.push(PopulationFigure { code, reference_date, inhabitants, origin });
            }
            None => self.missing.push(MissingPopulation { code, reference_date, symbol, origin }),
        }
    }
}

/// The municipalities among the areas, by position.
fn municipalities(table: &Table, faults: &mut Vec<Error>) -> Vec<(usize, MunicipalityCode)> {
    let areas: &[Category] = table.dimension(Role::Area).map_or(&[], |(_, area)| &area.values);
    let mut found = Vec::new();
    let faults_before = faults.len();
    let mut without_code = areas.iter().filter(|area| area.code.is_none() && !is_country(area));
    if let Some(first) = without_code.next() {
        faults.push(Error::AreaMustHaveCode {
            text: first.name().to_owned(),
            others: without_code.count(),
            origin: first.origin.clone(),
        });
    }
    for (at, area) in areas.iter().enumerate() {
        let Some(code) = area.code.as_deref() else { continue };
        match MunicipalityCode::from_ascii(code.as_bytes()) {
            Some(municipality) => found.push((at, municipality)),
            None if is_plain_area_code(code) && code.len() == 2 => {}
            None => {
                faults.push(Error::AreaCodeMustBeKnown { code: code.to_owned(), origin: area.origin.clone() })
            }
        }
    }
    if found.is_empty() && faults.len() == faults_before {
        faults.push(Error::TableMustHaveAMunicipality { origin: start(table) });
    }
    found
}

/// The country stands without a code on Statistics Sweden's own pages.
fn is_country(area: &Category) -> bool {
    matches!(area.text.as_deref(), Some("Riket" | "Sweden" | "Hela riket"))
}

/// The last day of each period, by position.
fn days(table: &Table, faults: &mut Vec<Error>) -> Vec<(usize, NaiveDate)> {
    let Some((_, time)) = table.dimension(Role::Time) else {
        faults.push(Error::TableMustHaveAPeriod { origin: start(table) });
        return Vec::new();
    };
    let mut days = Vec::new();
    let mut others: Vec<&Category> = Vec::new();
    for (at, period) in time.values.iter().enumerate() {
        match last_day(period.name()) {
            Some(day) => days.push((at, day)),
            None => others.push(period),
        }
    }
    if let [first, rest @ ..] = others.as_slice() {
        faults.push(Error::PeriodMustBeAYearOrMonth {
            text: first.name().to_owned(),
            others: rest.len(),
            origin: first.origin.clone(),
        });
    }
    days
}

/// 1 November of a year. The table of that day has years and no months.
fn first_of_november(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), 11, 1).unwrap_or(day)
}

/// The contents that are the population, by position and whether they are that of 1 November, and the names of those that are
/// not.
fn contents(table: &Table, faults: &mut Vec<Error>) -> (Vec<(usize, bool)>, Vec<String>) {
    let Some((_, contents)) = table.dimension(Role::Contents) else {
        // Nothing in the table tells, but the file may still have the name that the database gave it.
        if !matrix_of(&table.file).is_some_and(|matrix| is_contents_code(matrix) && is_population(matrix)) {
            faults.push(Error::ContentsMustBePopulation { found: Vec::new(), origin: start(table) });
        }
        return (vec![(0, false)], Vec::new());
    };
    let (population, others): (Vec<_>, Vec<_>) =
        contents.values.iter().enumerate().partition(|(_, value)| is_population_category(table, value));
    let others: Vec<_> = others.iter().map(|(_, value)| value.name().to_owned()).collect();
    if population.is_empty() {
        let origin = contents.values.first().map_or_else(|| start(table), |value| value.origin.clone());
        faults.push(Error::ContentsMustBePopulation { found: others.clone(), origin });
    }
    let population = population.into_iter().map(|(at, value)| (at, is_november_category(table, value)));
    (population.collect(), others)
}

fn is_population_category(table: &Table, value: &Category) -> bool {
    names(value).any(is_population) || is_november_category(table, value)
}

/// By its own name, or where it has none of its own, by the title.
fn is_november_category(table: &Table, value: &Category) -> bool {
    let is_told_by_title = || table.title.as_deref().is_some_and(is_of_november);
    names(value).any(is_of_november)
        || names(value).any(|name| is_population(name) || is_a_number_of_something(name))
            && !names(value).any(|name| is_contents_code(name) && is_population(name))
            && is_told_by_title()
}

fn names(value: &Category) -> impl Iterator<Item = &str> {
    [&value.code, &value.text].into_iter().flatten().map(String::as_str)
}

/// The matrix in a file name such as `statistics/BE0101N1_20210513-223812.csv`.
fn matrix_of(file: &str) -> Option<&str> {
    let name = file.rsplit(['/', '\\']).next()?;
    name.split(['_', '.']).next()
}

/// The position of the total in each dimension, and zero in those that are gone through.
fn totals(table: &Table, faults: &mut Vec<Error>) -> Vec<usize> {
    let mut total = |dimension: &Dimension| {
        if dimension.role != Role::Other {
            return 0;
        }
        dimension.total().unwrap_or_else(|| {
            faults.push(Error::TotalMustBeGiven {
                dimension: dimension.name().to_owned(),
                found: dimension.values.iter().map(|value| value.name().to_owned()).collect(),
                origin: dimension.values.first().map_or_else(|| start(table), |value| value.origin.clone()),
            });
            0
        })
    };
    table.dimensions.iter().map(&mut total).collect()
}

fn start(table: &Table) -> avgift::Origin {
    avgift::Origin::new(table.file.clone(), 1, 1, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Result<PopulationReading, Vec<&'static str>> {
        reading_of("folkmangd.csv", text)
    }

    fn reading_of(file: &str, text: &str) -> Result<PopulationReading, Vec<&'static str>> {
        let codes = |faults: Vec<Refusal>| faults.iter().map(|fault| fault.code).collect::<Vec<_>>();
        populations(&crate::read(file, text.as_bytes()).map_err(codes)?).map_err(codes)
    }

    fn numbers(text: &str) -> Vec<u32> {
        reading(text).unwrap().figures.iter().map(|figure| figure.inhabitants.get()).collect()
    }

    #[test]
    fn country_and_counties_are_set_aside() {
        let reading = reading(
            "\"region\";\"Folkmängd 2023\"\n\"00 Riket\";10551707\n\"14 VG\";1767016\n\"1440 Ale\";32446\n",
        )
        .unwrap();
        assert_eq!((reading.figures.len(), reading.areas_set_aside), (1, 2));
        assert_eq!(reading.figures[0].reference_date.to_string(), "2023-12-31");
    }

    /// The total is taken where it is; parts beside it are not added to it, and never to each other.
    #[test]
    fn parts_are_never_added_up() {
        let parts = "\"1440\",\"1\",16300\n\"1440\",\"2\",16146\n";
        let total = "\"1440\",\"TotSa\",32446\n";
        let head = "\"Region\",\"Kon\",\"000007ME 2025\"\n";
        assert_eq!(reading(&format!("{head}{parts}")), Err(vec!["total-must-be-given"]));
        assert_eq!(numbers(&format!("{head}{parts}{total}")), [32_446]);
        assert_eq!(numbers(&format!("{head}{total}")), [32_446]);
    }

    #[test]
    fn an_area_is_known_by_its_code() {
        let with = |area: &str| {
            reading(&format!("\"region\";\"Folkmängd 2023\"\n\"1440 Ale\";32446\n\"{area}\";1\n"))
        };
        for area in ["0114", "0114 Upplands Väsby", "0114 - Upplands Väsby"] {
            assert_eq!(with(area).unwrap().figures.len(), 2, "{area}");
        }
        assert_eq!(with("Upplands Väsby"), Err(vec!["area-must-have-code"]));
        assert_eq!(with("Riket").unwrap().areas_set_aside, 1);
        for area in ["SE110 Stockholms län", "1780A0010_DeSO2025", "114 Upplands Väsby", "0001", "1400"] {
            assert_eq!(with(area), Err(vec!["area-code-must-be-known"]), "{area}");
        }
    }

    #[test]
    fn the_contents_must_be_the_population() {
        let with = |contents: &str| reading(&format!("\"region\";\"{contents} 2023\"\n\"1440 Ale\";52\n"));
        for contents in ["Folkmängd", "folkmängden", "Population", "BE0101N1", "000007ME", "000007SF"] {
            assert!(with(contents).is_ok(), "{contents}");
        }
        for contents in ["Folkökning", "BE0101N2", "000007MG", "Levande födda"] {
            assert_eq!(with(contents), Err(vec!["contents-must-be-population"]), "{contents}");
        }
        let both =
            reading("\"region\";\"Folkmängd 2023\";\"Folkökning 2023\"\n\"1440 Ale\";32446;52\n").unwrap();
        assert_eq!((both.figures.len(), both.contents_set_aside), (1, vec!["Folkökning".to_owned()]));
    }

    /// A header of years alone says nothing; the title or the name that the database gave the file does.
    #[test]
    fn contents_that_the_header_leaves_out_are_in_the_title_or_the_file_name() {
        let rows = "\"region\";\"2023\"\n\"1440 Ale\";32446\n";
        assert_eq!(reading(rows), Err(vec!["contents-must-be-population"]));
        assert!(reading(&format!("\"Folkmängd efter region och år\"\n\n{rows}")).is_ok());
        assert!(reading_of("statistics/BE0101N1_20240206-141557.csv", rows).is_ok());
        assert!(reading(&format!("\"Live births by region\"\n\n{rows}")).is_err());
        // A name that somebody chose tells nothing.
        assert!(reading_of("statistics/population.csv", rows).is_err());
    }

    #[test]
    fn a_month_is_counted_on_its_last_day() {
        let day = |period: &str| {
            reading(&format!("\"Region\",\"000007SF {period}\"\n\"1440\",32446\n")).unwrap().figures[0]
                .reference_date
        };
        assert_eq!(day("2025M12").to_string(), "2025-12-31");
        assert_eq!(day("2025M10").to_string(), "2025-10-31");
        let quarter = reading("\"Region\",\"000007SF 2025K4\"\n\"1440\",32446\n");
        assert_eq!(quarter, Err(vec!["period-must-be-a-year-or-month"]));
    }

    /// Its code, its own name, or a title of that day above a bare number: a year is then its 1 November.
    #[test]
    fn the_population_of_1_november_is_of_that_day() {
        let day = |text: &str| {
            let reading = reading(text).unwrap();
            assert_eq!(reading.figures[0].inhabitants.get(), 32_446, "{text}");
            reading.figures[0].reference_date.to_string()
        };
        let title = "\"Folkmängden den 1 november efter region, ålder och kön. År 2002 - 2024\"\n\n";
        let rows = |contents: &str| format!("\"region\",\"{contents}2023\"\n\"1440 Ale\",32446\n");
        for text in [
            "\"Region\",\"BE0101A9 2023\"\n\"1440\",32446\n".to_owned(),
            rows("Folkmängden den 1 november "),
            format!("{title}{}", rows("")),
            format!("{title}{}", rows("Antal ")),
            format!("{title}{}", rows("Folkmängd ")),
            format!(
                "\"Population 1 November by region, age and sex. Year 2002 - 2024\"\n\n{}",
                rows("Number ")
            ),
        ] {
            assert_eq!(day(&text), "2023-11-01", "{text}");
        }
        // The contents of 31 December have a code of their own, whatever stands above them.
        assert_eq!(day(&format!("{title}\"Region\",\"BE0101N1 2023\"\n\"1440\",32446\n")), "2023-12-31");
        assert_eq!(reading(&rows("Antal ")), Err(vec!["contents-must-be-population"]));
    }

    /// A symbol, nothing, zero, decimals, and a number that no municipality has.
    #[test]
    fn what_is_no_population_is_missing_and_never_zero() {
        for (cell, symbol) in [
            ("..", ".."),
            ("-", "-"),
            ("", ""),
            ("0", "0"),
            ("1,5", "1.5"),
            ("-62", "-62"),
            ("10000000", "10000000"),
        ] {
            let reading = reading(&format!(
                "\"region\";\"Folkmängd 2023\"\n\"1480 Göteborg\";604616\n\"1440 Ale\";{cell}\n"
            ))
            .unwrap();
            assert_eq!(reading.missing.len(), 1, "{cell}");
            assert_eq!(reading.missing[0].symbol, symbol);
            assert_eq!(reading.missing[0].origin.to_string(), "folkmangd.csv:3:12");
        }
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let text = "\"region\";\"kön\";\"Folkökning 2023K1\"\n\"Ale\";\"män\";52\n\"SE110\";\"män\";1\n";
        assert_eq!(
            reading(text),
            Err(vec![
                "area-must-have-code",
                "area-code-must-be-known",
                "period-must-be-a-year-or-month",
                "contents-must-be-population",
                "total-must-be-given"
            ])
        );
    }

    #[test]
    fn a_table_without_a_municipality_is_refused() {
        assert_eq!(
            reading("\"Alder\",\"000007ME 2025\"\n\"tot\",10605520\n"),
            Err(vec!["table-must-have-a-municipality"])
        );
        assert_eq!(
            reading("\"Region\",\"000007ME 2025\"\n\"00\",10605520\n"),
            Err(vec!["table-must-have-a-municipality"])
        );
    }

    #[test]
    fn the_same_cell_twice_is_one_where_it_is_the_same() {
        let rows = |second: u32| {
            format!("\"region\";\"Folkmängd 2023\"\n\"1440 Ale\";32446\n\"1440 Ale\";{second}\n")
        };
        assert_eq!(numbers(&rows(32_446)), [32_446]);
        assert_eq!(reading(&rows(32_447)), Err(vec!["cell-must-be-unique"]));
    }

    #[test]
    fn a_table_tells_what_it_is_about() {
        let kind = |text: &str| kind(&crate::read("f.csv", text.as_bytes()).unwrap());
        assert_eq!(kind("\"region\";\"Folkmängd 2023\"\n\"1440 Ale\";1\n"), Kind::Population);
        assert_eq!(kind("\"region\";\"2023\"\n\"1440 Ale\";1\n"), Kind::Population);
        assert_eq!(kind("\"region\";\"Levande födda 2023\"\n\"1440 Ale\";1\n"), Kind::Other);
        assert_eq!(kind("series,period,value,status\nLÖI,2022M10,142.6,preliminary\n"), Kind::Index);
        assert_eq!(kind("\"SNI\";\"Arbetskostnadsindex 2022M10\"\n\"B\";142,6\n"), Kind::Index);
    }
}
