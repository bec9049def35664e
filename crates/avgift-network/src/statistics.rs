//! Statistics: the files of Statistics Sweden in statistics/, as populations and index figures.
//! Rule:    every file there is used or refused, none is passed over. A table with index figures is read by the `[[index]]`
//!          of network.toml that names it; our own tidy files name their series themselves.
//! Errors:  StatisticsMustHoldPopulations, StatisticsMustBeOfUse, IndexFileMustExist, and those of the reader.

use std::collections::{BTreeMap, BTreeSet};

use avgift::{Indices, MunicipalityCode, Populations, Refusal, SeriesName};
use avgift_invoice::Text;
use avgift_scb::{IndexSelection, Kind, Table};

use crate::error::{Error, Written};
use crate::folder::Folder;
use crate::settings::{Refusable as _, Section};

/// An `[[index]]` of network.toml.
pub(crate) enum NamedSeries {
    /// Which series of which file.
    OfFile { file: Written, selection: IndexSelection },
    /// The inhabitants of some municipalities together.
    OfPopulation { name: SeriesName, codes: BTreeSet<MunicipalityCode> },
}

/// All `[[index]]` of the file.
pub(crate) fn named_series(root: &Section<'_, '_>) -> Vec<NamedSeries> {
    root.sections("index").into_iter().filter_map(named).collect()
}

/// The names of the series that are populations.
pub(crate) fn populations_as_series(series: &[NamedSeries]) -> BTreeSet<SeriesName> {
    let name = |named: &NamedSeries| match named {
        NamedSeries::OfPopulation { name, .. } => Some(name.clone()),
        NamedSeries::OfFile { .. } => None,
    };
    series.iter().filter_map(name).collect()
}

fn named(section: Section<'_, '_>) -> Option<NamedSeries> {
    let name = section.required::<Text>("series", "\"AKI tjänstemän B-S exkl.O\"");
    if section.has("population_of") {
        let codes = population_of(&section);
        for setting in ["file", "values", "preliminary", "final"] {
            section.without_effect(setting, "beside `population_of`");
        }
        section.finish();
        return Some(NamedSeries::OfPopulation { name: name?.value.as_str().into(), codes: codes? });
    }
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
    Some(NamedSeries::OfFile { file, selection: IndexSelection { name, values, preliminary, finals } })
}

/// The municipalities whose inhabitants are summed; each stands once, or it would count twice.
fn population_of(section: &Section<'_, '_>) -> Option<BTreeSet<MunicipalityCode>> {
    let mut codes = BTreeSet::new();
    for text in section.texts("population_of")? {
        match text.value.parse() {
            Ok(code) if codes.insert(code) => {}
            Ok(_) => {
                section.must_be("population_of", "a list of codes, each of them once");
                return None;
            }
            Err(error) => {
                section.fault(avgift::Error::refused_at(&error, text.origin.as_ref()));
                return None;
            }
        }
    }
    Some(codes)
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
    for named in series {
        match named {
            NamedSeries::OfFile { file, .. } if !files.contains(&file.text) => {
                faults.push(Error::IndexFileMustExist { file: file.clone(), known: files.clone() }.refusal());
            }
            NamedSeries::OfFile { .. } => {}
            NamedSeries::OfPopulation { name, codes } => {
                let added = indices.add_population(name.clone(), codes, &populations);
                faults.extend(added.err().map(|error| error.refusal()));
            }
        }
    }
    if populations.is_empty() && sound {
        faults.push(Error::StatisticsMustHoldPopulations.refusal());
    }
    (populations, indices)
}

/// Takes a table's figures in; whether all of it was sound.
fn take<'a>(
    path: &str,
    table: &Table,
    series: &'a [NamedSeries],
    populations: &mut Populations,
    indices: &mut Indices,
    faults: &mut Vec<Refusal>,
) -> bool {
    let before = faults.len();
    let selection = |named: &'a NamedSeries| match named {
        NamedSeries::OfFile { file, selection } if file.text == path => Some(selection),
        _ => None,
    };
    let named: Vec<&IndexSelection> = series.iter().filter_map(selection).collect();
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
                named => named.iter().map(|selection| Some(*selection)).collect(),
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
