//! CSV as PxWeb writes it, from the web, by interface 1 and by interface 2; and as Excel saves it again.
//! Read:    comma, semicolon, tab or space between columns; a title before the header or none; codes, texts, both in one
//!          cell or in two columns; years and contents in the header, or all variables in columns of their own.
//! Errors:  HeaderMustNameAPeriod, CellMustBeANumber, and those of `sheet`, which parts the file into rows.

use std::borrow::Cow;
use std::ops::Range;

use crate::error::Error;
use crate::number::{cell_value, is_missing_symbol};
use crate::sheet::{Row, Sheet, sheet};
use crate::table::{Category, CellValue, Dimension, Role, Table, TableBuilder};
use crate::tidy;
use crate::words::{
    area_code_and_name, folded, is_contents_code, is_period, is_plain_area_code, parts_a_population,
    role_by_name,
};
use avgift_text::Source;

/// Reads a CSV file.
pub(crate) fn read(source: &Source) -> Result<Table, Vec<Error>> {
    let sheet = sheet(source)?;
    let names: Vec<_> = sheet.header.fields.iter().map(|field| sheet.text(field)).collect();
    if names == tidy::INDEX_COLUMNS {
        return tidy::read_index(&sheet);
    }
    let layout = Layout::of(&sheet, &names)?;
    layout.read(&sheet)
}

/// Where each part of a row comes from.
struct Layout {
    /// The dimensions in columns of their own.
    stub: Vec<Stub>,
    /// The columns of numbers: column, contents and period as the header names them.
    values: Vec<ValueColumn>,
    /// Whether the header names the periods; else a stub column does.
    periods_in_header: bool,
    /// The contents that the title begins with, for columns that name none.
    contents_of_title: Option<(String, Range<usize>)>,
    labels: Labels,
    id: Option<String>,
}

/// A dimension in a column of its own, or in two: code and text.
struct Stub {
    column: usize,
    text_column: Option<usize>,
    dimension: Dimension,
}

struct ValueColumn {
    column: usize,
    contents: String,
    period: String,
}

/// What the categories of a file are named by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Labels {
    Codes,
    Texts,
    /// `TotSA - totalt, samtliga åldrar`, for variables, too.
    Both,
}

impl Layout {
    fn of(sheet: &Sheet<'_>, names: &[Cow<'_, str>]) -> Result<Layout, Vec<Error>> {
        let periods: Vec<_> = names.iter().map(|name| contents_and_period(name)).collect();
        let first_period = periods.iter().skip(1).position(Option::is_some).map(|at| at + 1);
        let (stub_end, values, periods_in_header) = match first_period {
            Some(first) => (first, columns_with_periods(sheet, names, &periods, first)?, true),
            None => {
                let (first, values) = columns_without_periods(sheet, names)?;
                (first, values, false)
            }
        };
        let stub_names = names.get(..stub_end).unwrap_or(&[]);
        let labels = labels(sheet, stub_names, &values);
        let mut stub = stubs(sheet, stub_names, labels);
        mark_area(sheet, &mut stub);
        let title = sheet.title.as_ref().map(|field| (sheet.text(field), field.span.clone()));
        let mut layout = Layout {
            stub,
            values,
            periods_in_header,
            contents_of_title: title.and_then(|(title, span)| Some((contents_of(&title)?, span))),
            labels,
            id: None,
        };
        layout.settle_contents();
        Ok(layout)
    }

    /// Where contents have a column of their own, the last header names the table (`csv3`) or the contents again (`csv2`).
    fn settle_contents(&mut self) {
        if self.stub.iter().any(|stub| stub.dimension.role == Role::Contents) {
            for value in &mut self.values {
                let name = std::mem::take(&mut value.contents);
                if is_contents_code(&name) {
                    self.id = Some(name);
                }
            }
        }
    }

    fn read(self, sheet: &Sheet<'_>) -> Result<Table, Vec<Error>> {
        let source = sheet.source;
        let mut dimensions: Vec<_> = self.stub.iter().map(|stub| stub.dimension.clone()).collect();
        let has_contents = dimensions.iter().any(|dimension| dimension.role == Role::Contents);
        let names_contents =
            self.contents_of_title.is_some() || self.values.iter().any(|value| !value.contents.is_empty());
        let contents_at = (!has_contents && names_contents).then_some(dimensions.len());
        if contents_at.is_some() {
            dimensions.push(Dimension::new(Some("ContentsCode".to_owned()), None));
        }
        let time_at = self.periods_in_header.then_some(dimensions.len());
        if time_at.is_some() {
            dimensions.push(Dimension::new(Some("Tid".to_owned()), None));
        }
        let mut builder = TableBuilder::new(source, dimensions);
        builder.title = sheet.title.as_ref().map(|title| sheet.text(title).into_owned());
        builder.id = self.id.as_deref().map(Into::into);

        let mut faults = Vec::new();
        let mut positions = vec![0; builder.dimensions.len()];
        let heads: Vec<_> = self
            .values
            .iter()
            .map(|value| {
                let span = sheet.header.fields.get(value.column).map_or(0..0, |field| field.span.clone());
                let contents = contents_at.map(|at| self.contents(&mut builder, source, at, value, &span));
                let period = time_at.map(|at| {
                    builder.category(at, &value.period, || Category {
                        code: Some(value.period.clone()),
                        text: Some(value.period.clone()),
                        origin: source.origin(span.clone()),
                    })
                });
                (contents, period)
            })
            .collect();
        for row in &sheet.rows {
            for (at, stub) in self.stub.iter().enumerate() {
                if let (Some(position), Some(category)) =
                    (positions.get_mut(at), self.category(sheet, row, stub))
                {
                    let key = category.name().to_owned();
                    *position = builder.category(at, &key, || category);
                }
            }
            for (value, (contents, period)) in self.values.iter().zip(&heads) {
                for (at, position) in [(contents_at, contents), (time_at, period)] {
                    if let (Some(at), Some(position)) = (at, position)
                        && let Some(place) = positions.get_mut(at)
                    {
                        *place = *position;
                    }
                }
                match row.fields.get(value.column).map(|field| sheet.cell(field)) {
                    Some(Ok(cell)) => builder.push(&positions, cell),
                    Some(Err(fault)) => faults.push(fault),
                    None => {}
                }
            }
        }
        if faults.is_empty() { builder.finish(&CellValue::Absent) } else { Err(faults) }
    }

    /// The category of the contents that a column of numbers has, by its own name or by the title's.
    fn contents(
        &self,
        builder: &mut TableBuilder,
        source: &Source,
        at: usize,
        value: &ValueColumn,
        span: &Range<usize>,
    ) -> usize {
        let (name, span) = match &self.contents_of_title {
            Some((title, span)) if value.contents.is_empty() => (title.as_str(), span),
            _ => (value.contents.as_str(), span),
        };
        let (code, text) = match name.split_once(" - ") {
            Some((code, text)) if is_contents_code(code) => (Some(code), Some(text)),
            _ if is_contents_code(name) => (Some(name), None),
            _ => (None, Some(name)),
        };
        builder.category(at, name, || Category {
            code: code.map(str::to_owned),
            text: text.map(str::to_owned),
            origin: source.origin(span.clone()),
        })
    }

    /// The category that a row has in a stub column.
    fn category(&self, sheet: &Sheet<'_>, row: &Row, stub: &Stub) -> Option<Category> {
        let field = row.fields.get(stub.column)?;
        let cell = sheet.text(field);
        let cell = cell.as_ref();
        let beside =
            stub.text_column.and_then(|column| row.fields.get(column)).map(|field| sheet.text(field));
        let (code, text) = match stub.dimension.role {
            _ if beside.is_some() => (Some(cell), beside.as_deref()),
            Role::Area => area_code_and_name(cell),
            // With codes and texts a period is `2022 - 2022`.
            Role::Time => {
                let period = cell.split_once(" - ").map_or(cell, |(period, _)| period);
                (Some(period), Some(period))
            }
            _ => match self.labels {
                Labels::Codes => (Some(cell), None),
                Labels::Texts => (None, Some(cell)),
                Labels::Both => match cell.split_once(" - ") {
                    Some((code, text)) => (Some(code), Some(text)),
                    None => (None, Some(cell)),
                },
            },
        };
        Some(Category {
            code: code.map(str::to_owned),
            text: text.map(str::to_owned),
            origin: sheet.source.origin(field.span.clone()),
        })
    }
}

/// Contents and period of a header such as `Folkmängd 2022`, `BE0101N1 - Folkmängd 2022 - 2022`, `2022`.
fn contents_and_period(name: &str) -> Option<(&str, &str)> {
    if is_period(name) {
        return Some(("", name));
    }
    if let Some((contents, period)) = name.rsplit_once(' ')
        && is_period(period)
    {
        let contents =
            contents.strip_suffix(" -").and_then(|rest| rest.strip_suffix(period)).unwrap_or(contents);
        return Some((contents.trim(), period));
    }
    let (period, contents) = name.split_once(' ')?;
    is_period(period).then_some((contents.trim(), period))
}

type PeriodOfName<'a> = Option<(&'a str, &'a str)>;

fn columns_with_periods(
    sheet: &Sheet<'_>,
    names: &[Cow<'_, str>],
    periods: &[PeriodOfName<'_>],
    first: usize,
) -> Result<Vec<ValueColumn>, Vec<Error>> {
    let (mut values, mut faults) = (Vec::new(), Vec::new());
    for (column, (name, period)) in names.iter().zip(periods).enumerate().skip(first) {
        match period {
            Some((contents, period)) => {
                values.push(ValueColumn { column, contents: (*contents).into(), period: (*period).into() });
            }
            None => faults.push(without_period(sheet, name, column)),
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}

fn without_period(sheet: &Sheet<'_>, name: &str, column: usize) -> Error {
    let span = sheet.header.fields.get(column).map_or(0..0, |field| field.span.clone());
    Error::HeaderMustNameAPeriod { text: name.to_owned(), origin: sheet.source.origin(span) }
}

/// The numbers of a table that has its periods in a column: the last columns, as far as they hold nothing but numbers.
fn columns_without_periods(
    sheet: &Sheet<'_>,
    names: &[Cow<'_, str>],
) -> Result<(usize, Vec<ValueColumn>), Vec<Error>> {
    let is_time = |column: &usize| {
        names.get(*column).is_some_and(|name| role_of_header(name) == Role::Time)
            || (names.get(*column).is_some_and(|name| role_of_header(name) == Role::Other)
                && !sheet.rows.is_empty()
                && sheet.every(*column, |text| is_period(text.split(" - ").next().unwrap_or(text))))
    };
    let last = names.len().saturating_sub(1);
    if !(0..last).any(|column| is_time(&column)) {
        let name = names.last().map_or("", |name| name.as_ref());
        return Err(vec![without_period(sheet, name, last)]);
    }
    let is_number = |column: &usize| {
        names.get(*column).is_some_and(|name| role_of_header(name) == Role::Other)
            && !names.get(*column).is_some_and(|name| parts_a_population(name))
            && !is_time(column)
            && sheet.rows.iter().filter_map(|row| row.fields.get(*column)).all(|field| {
                let text = sheet.text(field);
                is_missing_symbol(&text) || (!field.quoted && cell_value(&text).is_some())
            })
    };
    // The last column holds numbers whatever stands in it: a text there is a fault to be told.
    let first = (1..last).rev().take_while(is_number).last().unwrap_or(last);
    let value = |(column, name): (usize, &Cow<'_, str>)| ValueColumn {
        column,
        contents: name.to_string(),
        period: String::new(),
    };
    Ok((first, names.iter().enumerate().skip(first).map(value).collect()))
}

/// What a header names, be it `Region`, `region` or `Region - region`.
fn role_of_header(name: &str) -> Role {
    role_by_name(name.split(" - ").next().unwrap_or(name))
}

/// Whether the file names its categories by codes, texts or both.
fn labels(sheet: &Sheet<'_>, stub_names: &[Cow<'_, str>], values: &[ValueColumn]) -> Labels {
    if !stub_names.is_empty() && stub_names.iter().all(|name| name.contains(" - ")) {
        return Labels::Both;
    }
    let area = stub_names.iter().position(|name| role_by_name(name) == Role::Area);
    let every_area =
        |is: fn(&str) -> bool| area.is_some_and(|column| !sheet.rows.is_empty() && sheet.every(column, is));
    let area_is_code = every_area(|text| area_code_and_name(text).1.is_none());
    let area_is_both = every_area(|text| text.contains(" - "));
    let contents_is_code = values.iter().all(|value| is_contents_code(&value.contents));
    let has_text_beside = (1..stub_names.len()).any(|column| is_pair(sheet, stub_names, column - 1));
    if area_is_both {
        Labels::Both
    } else if (area_is_code || contents_is_code) && !has_text_beside {
        Labels::Codes
    } else {
        Labels::Texts
    }
}

/// Whether a column and the next are one dimension, code and text, as the option of a double column writes it.
///
/// Both have the name of the variable (`Alder`, `ålder`) or are names of an area (`Kod`, `Kommunnamn`); one of them
/// holds codes, the other holds none.
fn is_pair(sheet: &Sheet<'_>, names: &[Cow<'_, str>], column: usize) -> bool {
    let (Some(first), Some(second)) = (names.get(column), names.get(column + 1)) else { return false };
    let is_area =
        |name: &str| role_by_name(name) == Role::Area || matches!(folded(name).as_str(), "namn" | "name");
    let is_code = |column: usize| sheet.every(column, |text| area_code_and_name(text).1.is_none());
    if is_area(first) && is_area(second) {
        return is_code(column) != is_code(column + 1);
    }
    first.is_empty() || folded(first) == folded(second)
}

fn stubs(sheet: &Sheet<'_>, names: &[Cow<'_, str>], labels: Labels) -> Vec<Stub> {
    let mut stubs = Vec::new();
    let mut column = 0;
    while let Some(name) = names.get(column) {
        let next = column + 1;
        if is_pair(sheet, names, column) {
            // Kommun before kod is rarer than kod before kommun, and is read as well.
            let first_is_text = role_by_name(name) == Role::Area
                && sheet.every(next, |text| area_code_and_name(text).1.is_none());
            let (code, text) = if first_is_text { (next, column) } else { (column, next) };
            let header =
                |column: usize| names.get(column).map(|name| name.to_string()).filter(|n| !n.is_empty());
            let dimension = Dimension::new(header(code), header(text));
            stubs.push(Stub { column: code, text_column: Some(text), dimension });
            column += 2;
            continue;
        }
        let (code, text) = match (labels, name.split_once(" - ")) {
            (Labels::Both, Some((code, text))) => (Some(code), Some(text)),
            (Labels::Codes, _) => (Some(name.as_ref()), None),
            _ => (None, Some(name.as_ref())),
        };
        let dimension = Dimension::new(code.map(str::to_owned), text.map(str::to_owned));
        stubs.push(Stub { column, text_column: None, dimension });
        column = next;
    }
    stubs
}

/// Finds the area by its cells where no name tells it: codes of two and four digits, with or without names.
/// A second area, the county beside the municipality, is none.
fn mark_area(sheet: &Sheet<'_>, stubs: &mut [Stub]) {
    let holds_areas = |stub: &Stub| {
        let code =
            |text: &str| area_code_and_name(text).0.filter(|code| is_plain_area_code(code)).map(str::len);
        stub.dimension.role == Role::Other
            && sheet.every(stub.column, |text| code(text).is_some())
            && sheet.column(stub.column).any(|text| code(&text) == Some(4) && !is_period(&text))
    };
    if let Some(named) = stubs.iter().position(|stub| stub.dimension.role == Role::Area) {
        for stub in stubs.iter_mut().skip(named + 1).filter(|stub| stub.dimension.role == Role::Area) {
            stub.dimension.role = Role::Other;
        }
    } else if let Some(area) = stubs.iter_mut().find(|stub| holds_areas(stub)) {
        area.dimension.role = Role::Area;
    }
    if !stubs.iter().any(|stub| stub.dimension.role == Role::Time) {
        let is_time = |stub: &&mut Stub| {
            stub.dimension.role == Role::Other
                && !sheet.rows.is_empty()
                && sheet.every(stub.column, is_period)
        };
        if let Some(time) = stubs.iter_mut().rev().find(is_time) {
            time.dimension.role = Role::Time;
        }
    }
}

/// The contents that a title begins with: `Folkmängd efter region, …`, `Population by region, …`.
fn contents_of(title: &str) -> Option<String> {
    let (contents, _) = title.split_once(" efter ").or_else(|| title.split_once(" by "))?;
    Some(contents.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_names_contents_and_period() {
        for (name, expected) in [
            ("2022", Some(("", "2022"))),
            ("Folkmängd 2022", Some(("Folkmängd", "2022"))),
            ("000007ME 2025", Some(("000007ME", "2025"))),
            ("000007SF 2025M11", Some(("000007SF", "2025M11"))),
            ("BE0101N1 - Folkmängd 2022 - 2022", Some(("BE0101N1 - Folkmängd", "2022"))),
            ("2022 - 2022", Some(("", "2022"))),
            ("2004 number men", Some(("number men", "2004"))),
            ("region", None),
        ] {
            assert_eq!(contents_and_period(name), expected, "{name}");
        }
    }

    #[test]
    fn a_title_begins_with_its_contents() {
        assert_eq!(contents_of("Folkmängd efter region och år").as_deref(), Some("Folkmängd"));
        assert_eq!(contents_of("Live births, number by region").as_deref(), Some("Live births, number"));
        assert_eq!(contents_of("Folkmängd"), None);
    }

    fn read_text(text: &str) -> Result<Table, &'static str> {
        read(&crate::text::decode("f.csv", text.as_bytes()).unwrap()).map_err(|faults| faults[0].code())
    }

    /// Notes end a table; a row of a code without numbers is no note, and a second table is refused.
    #[test]
    fn notes_may_stand_below_a_table() {
        let table = "\"region\";\"Folkmängd 2023\"\n\"1440 Ale\";32446\n";
        let cells = |below: &str| read_text(&format!("{table}{below}")).map(|table| table.cells.len());
        assert_eq!(cells("\nKälla: SCB\nSenast uppdaterad\n\nKontakt\n"), Ok(1));
        assert_eq!(cells("\n1480 Göteborg;\n"), Ok(2));
        assert_eq!(cells("Källa: SCB\n"), Err("csv-row-must-have-its-columns"));
        assert_eq!(
            cells("\nKälla: SCB\n\n\"region\";\"kön\";\"2023\"\n"),
            Err("csv-row-must-have-its-columns")
        );
    }

    /// A relational table has no quotes, and codes of ages under their own name are no numbers of inhabitants.
    #[test]
    fn numbers_of_a_relational_table_are_its_last_columns() {
        let table = read_text("region\tår\tålder\tFolkmängd\tFolkökning\n0114\t2023\t0\t500\t-3\n").unwrap();
        let names: Vec<_> = table.dimensions.iter().map(Dimension::name).collect();
        assert_eq!(names, ["region", "år", "ålder", "ContentsCode"]);
        assert_eq!(table.cells.len(), 2);
        assert_eq!(read_text("a\tb\nx\t1\n"), Err("header-must-name-a-period"));
    }

    /// Code beside name, in either order, is one dimension.
    #[test]
    fn code_and_name_in_two_columns_are_one_area() {
        for text in
            ["kod;kommun;2023\n0114;Upplands Väsby;1\n", "kommun;kommunkod;2023\nUpplands Väsby;0114;1\n"]
        {
            let table = read_text(text).unwrap();
            let (_, area) = table.dimension(Role::Area).unwrap();
            let category = &area.values[0];
            assert_eq!(
                (category.code.as_deref(), category.text.as_deref()),
                (Some("0114"), Some("Upplands Väsby"))
            );
            assert_eq!(table.dimensions.len(), 2, "{text}");
        }
    }
}
