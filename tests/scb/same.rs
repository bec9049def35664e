//! The same population in every format is the same: as a table by its codes, as figures by municipality and day.

use avgift::{NaiveDate, Populations};
use avgift_scb::{CellValue, Table, populations};

use crate::{bytes, files, table};

/// 31 December 2022 and 2023; Statistics Sweden, TAB638.
const FIGURES: [(&str, u32, u32); 4] = [
    ("1438", 4_650, 4_606),
    ("1440", 32_394, 32_446),
    ("1480", 596_841, 604_616),
    ("1490", 114_445, 114_592),
];

const CODED: [&str; 7] = [
    "px/good/population.px",
    "csv/good/population-api2-codes.csv",
    "csv/good/population-csv3.csv",
    "json-stat/good/population.json",
    "json-stat2/good/population.json",
    "json-stat2/good/population-sparse.json",
    "json/good/population.json",
];

/// Two areas above the municipalities, four municipalities, two years: twelve cells, whatever order the file has.
#[test]
fn the_same_table_is_equal_in_every_format_with_codes() {
    let first = table(CODED[0]).coded().unwrap();
    assert_eq!(first.len(), 12);
    let key = [("ContentsCode", "BE0101N1"), ("Region", "00"), ("Tid", "2023")];
    let key: Vec<_> = key.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())).collect();
    assert_eq!(first.get(&key), Some(&CellValue::Number(10_551_707.into())));
    for name in CODED {
        assert_eq!(table(name).coded().as_ref(), Ok(&first), "{name}");
    }
    let both = table("csv/good/population-api2-codes-and-texts.csv");
    assert_eq!(both.coded().as_ref(), Ok(&first));
    let double = table("csv/good/population-double-column-space.csv").coded().unwrap_err();
    assert_eq!(double[0].code(), "category-must-have-code", "its contents are a text alone");
}

#[test]
fn the_same_population_is_read_from_every_format() {
    let names: Vec<_> = files("good").into_iter().filter(|name| name.contains("/population")).collect();
    assert_eq!(names.len(), 14);
    for name in names {
        let reading = populations(&table(&name)).unwrap_or_else(|faults| panic!("{name}: {}", faults[0]));
        let mut found = Populations::new();
        for figure in reading.figures {
            found.add(figure).unwrap();
        }
        assert_eq!(found.len(), 8, "{name}");
        assert_eq!(reading.missing, [], "{name}");
        assert_eq!(reading.areas_set_aside, if name.starts_with("tidy") { 0 } else { 2 }, "{name}");
        for (code, in_2022, in_2023) in FIGURES {
            for (year, expected) in [(2022, in_2022), (2023, in_2023)] {
                let day = NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
                let figure = found.published(code.parse().unwrap(), day).unwrap();
                assert_eq!(figure.inhabitants.get(), expected, "{name} {code} {year}");
                assert_eq!(
                    number_at(&name, figure.origin.as_ref().unwrap()),
                    expected.to_string(),
                    "the place of {code} {year} in {name}"
                );
            }
        }
    }
}

/// What stands in the file at a place, without the spaces between thousands.
fn number_at(name: &str, origin: &avgift::Origin) -> String {
    // Windows-1252 and ISO-8859-1 have one byte a character: å, ä and ö are the same in both.
    let text = match String::from_utf8(bytes(name)) {
        Ok(text) => text,
        Err(_) => bytes(name).iter().map(|byte| char::from(*byte)).collect(),
    };
    let text = text.trim_start_matches('\u{feff}');
    let line = text.lines().nth(origin.line as usize - 1).unwrap();
    let number = line.chars().skip(origin.column as usize - 1).take(origin.length as usize);
    number.filter(|letter| !letter.is_whitespace()).collect()
}

/// The sum of all 290, as it was checked when the answer was copied.
#[test]
fn all_municipalities_of_2025_are_read_by_position() {
    let reading = populations(&table("json-stat2/good/TAB5557-2025.json")).unwrap();
    assert_eq!(reading.figures.len(), 290);
    assert_eq!(reading.figures.iter().map(|figure| figure.inhabitants.get()).sum::<u32>(), 10_605_520);
    let of = |code: &str| reading.figures.iter().find(|figure| figure.code.as_str() == code).unwrap();
    assert_eq!(of("0114").inhabitants.get(), 50_495);
    assert_eq!(of("0180").inhabitants.get(), 999_239);
    let origin = of("0114").origin.clone().unwrap();
    assert_eq!(origin.table.as_deref(), Some("TAB5557"));
    assert_eq!(origin.updated, NaiveDate::from_ymd_opt(2026, 2, 24));
}

/// Statistics Sweden's own files that are about something else, or leave the totals out, say so.
#[test]
fn a_file_without_a_usable_population_is_refused() {
    let codes = |name: &str| {
        let faults = populations(&table(name)).unwrap_err();
        faults.iter().map(|fault| fault.code).collect::<Vec<_>>()
    };
    let total = "total-must-be-given";
    assert_eq!(codes("px/good/BE0101N1.px"), [total; 3]);
    assert_eq!(
        codes("csv/good/BE0101N1_20210513-223812.csv"),
        ["area-code-must-be-known", total, total, total]
    );
    assert_eq!(
        codes("csv/good/00000863_20260309-172822.csv"),
        ["table-must-have-a-municipality", "contents-must-be-population"]
    );
}

/// The same missing cell in the five formats that have codes.
#[test]
fn a_missing_cell_is_the_same_in_every_format() {
    let px = "STUB=\"region\";HEADING=\"innehåll\",\"år\";CONTVARIABLE=\"innehåll\";VALUES(\"region\")=\"Ale\";CODES(\"region\")=\"1440\";\
              VALUES(\"innehåll\")=\"Folkmängd\";CODES(\"innehåll\")=\"BE0101N1\";VALUES(\"år\")=\"2022\";DATA=\"..\";";
    let csv = "\"Region\",\"BE0101N1 2022\"\n\"1440\",..\n";
    let outline = r#""id":["Region","ContentsCode","Tid"],"size":[1,1,1]"#;
    let dimension = r#""Region":{"category":{"index":["1440"]}},"ContentsCode":{"category":{"index":{"BE0101N1":0}}},
        "Tid":{"category":{"label":{"2022":"2022"}}}"#;
    let one =
        format!(r#"{{"dataset":{{"dimension":{{{dimension},{outline}}},"value":[null],"status":[".."]}}}}"#);
    let two = format!(
        r#"{{"class":"dataset",{outline},"dimension":{{{dimension}}},"value":[null],"status":{{"0":".."}}}}"#
    );
    let json = r#"{"columns":[{"code":"Region","type":"d"},{"code":"Tid","type":"t"},{"code":"BE0101N1","type":"c"}],
        "data":[{"key":["1440","2022"],"values":[".."]}]}"#;
    let read = |text: &str| -> Table { avgift_scb::read("f", text.as_bytes()).unwrap() };
    let first = read(px).coded().unwrap();
    assert_eq!(first.values().collect::<Vec<_>>(), [&CellValue::Missing("..".to_owned())]);
    for text in [csv, &one, &two, json] {
        let table = read(text);
        assert_eq!(table.coded().unwrap(), first, "{text}");
        assert_eq!(populations(&table).unwrap().missing[0].symbol, "..", "{text}");
    }
}
