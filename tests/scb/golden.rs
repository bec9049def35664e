//! What is read of each good file, and the code of each bad one.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use avgift_scb::{CODES, Cell, CellValue, Dimension, Table, kind, populations};

use crate::{bytes, files, formats, table};

/// `AVGIFT_BLESS=1` writes them anew; the difference is read like source.
#[test]
fn each_good_file_is_read_as_its_table_says() {
    for name in files("good") {
        let path = formats().join(format!("{name}.table.txt"));
        let found = text(&table(&name));
        if std::env::var_os("AVGIFT_BLESS").is_some() {
            fs::write(&path, &found).unwrap();
        }
        let expected =
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is not there", path.display()));
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn each_bad_file_is_refused_with_its_name() {
    for name in files("bad") {
        let code = Path::new(&name).file_stem().unwrap().to_str().unwrap();
        let faults = match avgift_scb::read(&name, &bytes(&name)) {
            Ok(table) => populations(&table).err().unwrap_or_default(),
            Err(faults) => faults,
        };
        let codes: BTreeSet<_> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, BTreeSet::from([code]), "{name}");
        for fault in faults {
            assert!(!fault.places.is_empty() && !fault.why.is_empty() && !fault.mend.is_empty(), "{name}");
        }
    }
}

/// The others are tried beside their code: selections of an index, rows of a stream, tables without codes.
#[test]
fn each_code_of_a_file_has_a_file() {
    let shown: BTreeSet<_> = files("bad")
        .iter()
        .map(|name| Path::new(name).file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let elsewhere = [
        "category-must-have-code",
        "header-must-name-its-columns",
        "population-must-be-a-whole-number",
        "file-must-be-readable",
    ];
    let lacking: Vec<_> = CODES
        .iter()
        .filter(|code| !shown.contains(**code) && !elsewhere.contains(code) && !code.starts_with("index-"))
        .collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    assert!(shown.iter().all(|code| CODES.contains(&code.as_str())));
}

/// The table as text: what it is, its dimensions, its first and last cells with their places.
fn text(table: &Table) -> String {
    const FIRST: usize = 12;
    const LAST: usize = 3;
    let mut text = String::new();
    let or_none = |name: Option<&str>| name.unwrap_or("none").to_owned();
    writeln!(text, "title    {}", or_none(table.title.as_deref())).unwrap();
    writeln!(text, "table    {}", or_none(table.id.as_deref())).unwrap();
    writeln!(text, "updated  {}", table.updated.map_or("none".to_owned(), |day| day.to_string())).unwrap();
    writeln!(text, "kind     {:?}", kind(table)).unwrap();
    for dimension in &table.dimensions {
        writeln!(text, "\n{}", dimension_text(dimension)).unwrap();
        let last = dimension.values.len().saturating_sub(LAST).max(FIRST);
        for (at, value) in dimension.values.iter().enumerate() {
            if at < FIRST || at >= last {
                let (code, name) =
                    (value.code.as_deref().unwrap_or("-"), value.text.as_deref().unwrap_or("-"));
                let place = format!("{}:{}+{}", value.origin.line, value.origin.column, value.origin.length);
                writeln!(text, "  {place:>10}  {code} | {name}").unwrap();
            }
        }
    }
    writeln!(text, "\ncells    {}", table.cells.len()).unwrap();
    let last = table.cells.len().saturating_sub(LAST).max(FIRST);
    for (at, cell) in table.cells.iter().enumerate() {
        if at < FIRST || at >= last {
            writeln!(text, "{}", cell_text(cell)).unwrap();
        }
    }
    text
}

fn dimension_text(dimension: &Dimension) -> String {
    let (code, name) = (dimension.code.as_deref().unwrap_or("-"), dimension.text.as_deref().unwrap_or("-"));
    format!("{:?} {code} | {name}, {} categories", dimension.role, dimension.values.len())
}

fn cell_text(cell: &Cell) -> String {
    let place = format!("{}:{}+{}", cell.origin.line, cell.origin.column, cell.origin.length);
    match &cell.value {
        CellValue::Number(number) => format!("  {place:>10}  {number}"),
        CellValue::Missing(symbol) => format!("  {place:>10}  missing {symbol}"),
        CellValue::Absent => "              absent".to_owned(),
    }
}
