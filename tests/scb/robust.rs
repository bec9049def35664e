//! No input makes the reader panic: arbitrary bytes, and good files with a few bytes changed.

use avgift_scb::{Cell, CellValue, IndexSelection, PopulationStream, index_figures, kind, populations};
use proptest::prelude::*;

use crate::disturbing::{changed, changes};
use crate::{bytes, files, table};

/// Everything that can be asked of a file is asked; what comes out must hold together.
fn ask(name: &str, bytes: &[u8]) {
    if let Ok(table) = avgift_scb::read(name, bytes) {
        let sizes: usize = table.dimensions.iter().map(|dimension| dimension.values.len()).product();
        assert_eq!(table.cells.len(), sizes);
        let _ = (kind(&table), table.coded(), populations(&table), index_figures(&table, None));
        let selection = IndexSelection {
            name: "x".into(),
            values: std::collections::BTreeMap::new(),
            preliminary: Some("p".to_owned()),
            finals: None,
        };
        let _ = index_figures(&table, Some(&selection));
    }
    if let Ok(stream) = PopulationStream::new(name, bytes) {
        let _ = stream.count();
    }
}

/// The bytes that tell this reader something.
const TELLING: &[u8] = b"\"\";,\t \n\r{}[]()=:0129.-\xe5\xff\x00";

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        ask("f", &bytes);
    }

    #[test]
    fn arbitrary_text_is_read_or_refused(text in "([A-Z-]{2,6}[=(])?[\"a-zåäö0-9;,\\t \\n=().]{0,80}") {
        ask("f", text.as_bytes());
    }

    #[test]
    fn a_changed_file_is_read_or_refused(
        file in any::<prop::sample::Index>(),
        changes in changes(TELLING),
    ) {
        let names = [files("good"), files("bad")].concat();
        let name = file.get(&names);
        ask(name, &changed(bytes(name), changes));
    }
}

/// A file that tells its end is refused wherever it is cut off. A CSV does not: cut at a line's end it is a table of
/// fewer rows.
#[test]
fn a_file_that_is_cut_off_has_no_other_numbers() {
    for name in ["px/good/population.px", "json-stat2/good/population.json", "json/good/population.json"] {
        let whole = bytes(name);
        let end = whole.trim_ascii_end().len();
        for length in 0..end {
            assert!(avgift_scb::read(name, &whole[..length]).is_err(), "{name} {length}");
        }
    }
    let name = "csv/good/population-api2-codes.csv";
    let (bytes, whole) = (bytes(name), table(name));
    let numbers =
        |cells: &[Cell]| cells.iter().filter(|cell| matches!(cell.value, CellValue::Number(_))).count();
    let lines: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').collect();
    for (line, at) in lines.iter().enumerate().skip(1) {
        let cut = avgift_scb::read(name, &bytes[..*at]).unwrap();
        assert_eq!(cut.cells, whole.cells[..2 * line]);
        assert_eq!(numbers(&cut.cells), 2 * line);
    }
}

/// Sizes that multiply beyond all memory are refused before anything of that size is made.
#[test]
fn a_giant_size_is_refused() {
    let text = r#"{"class":"dataset","id":["a","b"],"size":[4294967296,4294967296],"dimension":{"a":{"category":{"index":[]}},
        "b":{"category":{"index":[]}}},"value":{"18446744073709551615":1}}"#;
    let faults = avgift_scb::read("f.json", text.as_bytes()).unwrap_err();
    assert!(faults.iter().all(|fault| fault.code == "json-sizes-must-match"));
}
