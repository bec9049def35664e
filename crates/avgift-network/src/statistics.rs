//! Statistics: the files of Statistics Sweden in statistics/, as populations and index figures.
//! Rule:    every file there is used or refused, none is passed over. A table with index figures is read by the `[[index]]`
//!          of network.toml that names it; our own tidy files name their series themselves.
//! Errors:  StatisticsMustHoldPopulations, StatisticsMustBeOfUse, IndexFileMustExist, and those of the reader.

use std::collections::BTreeMap;

use avgift::{Indices, Populations, Refusal, SeriesName};
use avgift_invoice::Text;
use avgift_scb::{IndexSelection, Kind, Table};

use crate::error::{Error, Written};
use crate::folder::Folder;
use crate::settings::Section;

/// An `[[index]]` of network.toml: which series of which file.
pub(crate) struct NamedSeries {
    file: Written,
    selection: IndexSelection,
}

/// All `[[index]]` of the file.
pub(crate) fn named_series(root: &Section<'_, '_>) -> Vec<NamedSeries> {
    root.sections("index").into_iter().filter_map(named).collect()
}

fn named(section: Section<'_, '_>) -> Option<NamedSeries> {
    let name = section.required::<Text>("series", "\"AKI tjänstemän B-S exkl.O\"");
    let file = section.required_text("file", "\"statistics/…\"");
    let values: BTreeMap<String, String> =
        section.section("values").map(|values| values.all_texts().into_iter().collect()).unwrap_or_default();
    let preliminary = section.text("preliminary").map(|text| text.value);
    let finals = section.text("final").map(|text| text.value);
    let origin = section.origin();
    section.finish();
    let name: SeriesName = name?.value.as_str().into();
    let file = file?;
    let file = Written { text: file.value, origin: file.origin.unwrap_or(origin) };
    Some(NamedSeries { file, selection: IndexSelection { name, values, preliminary, finals } })
}

/// Reads every file of statistics/.
pub(crate) fn read(
    folder: &Folder,
    series: &[NamedSeries],
    faults: &mut Vec<Refusal>,
) -> (Populations, Indices) {
    let (mut populations, mut indices) = (Populations::new(), Indices::new());
    let mut files = Vec::new();
    let mut sound = true;
    for (path, bytes) in folder.files_below("statistics") {
        files.push(path.to_owned());
        match avgift_scb::read(path, bytes) {
            Ok(table) => sound &= take(path, &table, series, &mut populations, &mut indices, faults),
            Err(refusals) => {
                faults.extend(refusals);
                sound = false;
            }
        }
    }
    for named in series.iter().filter(|named| !files.contains(&named.file.text)) {
        faults.push(Error::IndexFileMustExist { file: named.file.clone(), known: files.clone() }.refusal());
    }
    if populations.is_empty() && sound {
        faults.push(Error::StatisticsMustHoldPopulations.refusal());
    }
    (populations, indices)
}

/// Takes a table's figures in; whether all of it was sound.
fn take(
    path: &str,
    table: &Table,
    series: &[NamedSeries],
    populations: &mut Populations,
    indices: &mut Indices,
    faults: &mut Vec<Refusal>,
) -> bool {
    let before = faults.len();
    let named: Vec<&NamedSeries> = series.iter().filter(|named| named.file.text == path).collect();
    match avgift_scb::kind(table) {
        Kind::Population if named.is_empty() => match avgift_scb::populations(table) {
            Ok(reading) => {
                reading.missing.into_iter().for_each(|missing| populations.add_missing(missing));
                let clashes = reading.figures.into_iter().filter_map(|figure| populations.add(figure).err());
                faults.extend(clashes.map(|error| error.refusal()));
            }
            Err(refusals) => faults.extend(refusals),
        },
        Kind::Other if named.is_empty() => {
            faults.push(Error::StatisticsMustBeOfUse { file: path.into() }.refusal())
        }
        _ => {
            let selections: Vec<Option<&IndexSelection>> = match named.as_slice() {
                [] => vec![None],
                named => named.iter().map(|named| Some(&named.selection)).collect(),
            };
            for selection in selections {
                match avgift_scb::index_figures(table, selection) {
                    Ok(reading) => {
                        reading.missing.into_iter().for_each(|missing| indices.add_missing(missing));
                        let clashes =
                            reading.figures.into_iter().filter_map(|figure| indices.add(figure).err());
                        faults.extend(clashes.map(|error| error.refusal()));
                    }
                    Err(refusals) => faults.extend(refusals),
                }
            }
        }
    }
    faults.len() == before
}
