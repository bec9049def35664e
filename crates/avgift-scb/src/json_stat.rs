//! JSON-stat 1 (`dataset`, with id, size and role inside `dimension`) and JSON-stat 2 (`class`, `version` 2.0).
//! Rule:    a category stands where `category.index` says, whatever the order of the keys; values are row-major, an array
//!          or an object by flat position. A null takes its symbol from `status`.
//! Errors:  JsonPartMustBeThere, JsonSizesMustMatch, JsonPositionMustBeFree, CellMustBeANumber.

use std::borrow::Cow;
use std::collections::BTreeMap;

use avgift::Origin;
use serde_json::value::RawValue;

use crate::error::Error;
use crate::json::{Key, Object, array, cell, string, strings};
use crate::table::{Category, CellValue, Dimension, Role, Table, TableBuilder, table_size};
use crate::words::{area_code_and_name, day, is_period};
use avgift_text::Source;

/// Reads the inside of `dataset`.
pub(crate) fn read_version_1(source: &Source, dataset: &Object<'_>) -> Result<Table, Vec<Error>> {
    let dimension = dataset.part(source, "dimension", Object::of)?;
    read(source, dataset, &dimension)
}

/// Reads the whole answer.
pub(crate) fn read_version_2(source: &Source, root: &Object<'_>) -> Result<Table, Vec<Error>> {
    read(source, root, root)
}

/// `outline` has id, size and role: the dataset itself in version 2, its `dimension` in version 1.
fn read(source: &Source, dataset: &Object<'_>, outline: &Object<'_>) -> Result<Table, Vec<Error>> {
    let id = outline.part(source, "id", strings)?;
    let size: Vec<usize> = outline.part(source, "size", |raw| serde_json::from_str(raw.get()).ok())?;
    if size.len() != id.len() {
        let origin = outline.get("size").map_or_else(|| source.start(), |raw| source.place_of(raw.get()));
        let what = "sizes".to_owned();
        return Err(vec![Error::JsonSizesMustMatch { what, found: size.len(), expected: id.len(), origin }]);
    }
    let role = outline.object("role");
    let named = dataset.part(source, "dimension", Object::of)?;
    let (mut dimensions, mut faults) = (Vec::new(), Vec::new());
    for (code, size) in id.iter().zip(&size) {
        let read = named
            .part(source, code, Object::of)
            .and_then(|object| dimension(source, code, *size, &object, role_of(role.as_ref(), code)));
        match read {
            Ok(dimension) => dimensions.push(dimension),
            Err(fault) => faults.extend(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let values = Values::of(source, dataset)?;
    let cells = table_size(&dimensions, values.len());
    let is_whole = match &values {
        Values::InOrder(values) => cells == Some(values.len()),
        Values::ByPosition(_) => cells.is_some(),
    };
    let Some(cells) = cells.filter(|_| is_whole) else {
        let expected = size.iter().fold(1_usize, |product, size| product.saturating_mul(*size));
        let origin = dataset.get("value").map_or_else(|| source.start(), |raw| source.place_of(raw.get()));
        let what = "values".to_owned();
        return Err(vec![Error::JsonSizesMustMatch { what, found: values.len(), expected, origin }]);
    };
    let mut builder = TableBuilder::new(source, dimensions);
    builder.title = dataset.get("label").and_then(string);
    builder.updated = dataset.get("updated").and_then(string).and_then(|text| day(&text));
    let px = dataset.object("extension").and_then(|extension| extension.object("px"));
    builder.id = px.and_then(|px| px.get("tableid").or(px.get("matrix")).and_then(string)).map(Into::into);

    let status = dataset.get("status").map(|raw| Status::of(raw, cells));
    for (at, raw) in values.placed(source, cells, &mut faults) {
        match cell(source, raw) {
            Ok(mut cell) => {
                if raw.get() == "null"
                    && let Some(symbol) = status.as_ref().and_then(|status| status.at(at))
                {
                    cell.value = CellValue::Missing(symbol);
                }
                builder.push(&positions(at, &size), cell);
            }
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { builder.finish(&CellValue::Absent) } else { Err(faults) }
}

fn role_of(role: Option<&Object<'_>>, code: &str) -> Option<Role> {
    [("time", Role::Time), ("metric", Role::Contents), ("geo", Role::Area)].into_iter().find_map(
        |(key, role_here)| {
            let codes = role.and_then(|role| role.get(key)).and_then(strings)?;
            codes.iter().any(|named| named == code).then_some(role_here)
        },
    )
}

/// The position of a cell in each dimension, the last one fastest.
fn positions(at: usize, size: &[usize]) -> Vec<usize> {
    let mut rest = at;
    let mut positions: Vec<usize> = size
        .iter()
        .rev()
        .map(|size| {
            let position = rest % (*size).max(1);
            rest /= (*size).max(1);
            position
        })
        .collect();
    positions.reverse();
    positions
}

fn dimension(
    source: &Source,
    code: &str,
    size: usize,
    object: &Object<'_>,
    role: Option<Role>,
) -> Result<Dimension, Vec<Error>> {
    let mut dimension = Dimension::new(Some(code.to_owned()), object.get("label").and_then(string));
    dimension.role = role.unwrap_or(dimension.role);
    let category = object.part(source, "category", Object::of)?;
    let labels = category.object("label");
    let codes = codes_in_order(source, code, &category, labels.as_ref())?;
    if codes.len() != size {
        let what = format!("categories of `{code}`");
        let origin = source.place_of(category.raw.get());
        return Err(vec![Error::JsonSizesMustMatch { what, found: codes.len(), expected: size, origin }]);
    }
    // By a map: a region may have six thousand labels.
    let entries = labels.iter().flat_map(|labels| &labels.entries);
    let label_of: BTreeMap<&str, &RawValue> = entries.map(|(code, raw)| (code.0.as_ref(), *raw)).collect();
    dimension.values = codes
        .into_iter()
        .map(|(code, origin)| {
            let label = label_of.get(code.as_str()).and_then(|raw| string(raw));
            category_of(dimension.role, code, label, origin)
        })
        .collect();
    Ok(dimension)
}

fn category_of(role: Role, code: String, label: Option<String>, origin: Origin) -> Category {
    match (role, label) {
        // Version 1 may number the periods `0`, `1` and have the period in the label alone.
        (Role::Time, Some(label)) if is_period(&label) && !is_period(&code) => {
            Category { code: Some(label.clone()), text: Some(label), origin }
        }
        (Role::Area, label) => {
            let name = label.as_deref().map(|label| match area_code_and_name(label) {
                (Some(own), Some(name)) if own == code => name.to_owned(),
                _ => label.to_owned(),
            });
            Category { code: Some(code), text: name, origin }
        }
        (_, label) => Category { code: Some(code), text: label, origin },
    }
}

/// The codes by position: from an array, from an object of positions, or the only label there is.
fn codes_in_order(
    source: &Source,
    dimension: &str,
    category: &Object<'_>,
    labels: Option<&Object<'_>>,
) -> Result<Vec<(String, Origin)>, Vec<Error>> {
    let place = |key: &Key<'_>, raw: &RawValue| match &key.0 {
        Cow::Borrowed(key) => source.place_of(key),
        Cow::Owned(_) => source.place_of(raw.get()),
    };
    let Some(index) = category.get("index") else {
        let only = labels.filter(|labels| labels.entries.len() == 1);
        let only = only.and_then(|labels| labels.entries.first());
        return only.map(|(key, raw)| vec![(key.0.to_string(), place(key, raw))]).ok_or_else(|| {
            let origin = source.place_of(category.raw.get());
            vec![Error::JsonPartMustBeThere { part: "index".to_owned(), origin }]
        });
    };
    if let Some(codes) = array(index) {
        let codes = codes.into_iter();
        return Ok(codes
            .map(|raw| (string(raw).unwrap_or_else(|| raw.get().to_owned()), source.place_of(raw.get())))
            .collect());
    }
    let Some(object) = Object::of(index) else {
        let origin = source.place_of(index.get());
        return Err(vec![Error::JsonPartMustBeThere { part: "index".to_owned(), origin }]);
    };
    let mut in_order: Vec<Option<(String, Origin)>> = vec![None; object.entries.len()];
    let mut faults = Vec::new();
    for (key, raw) in &object.entries {
        let position = raw.get().parse::<usize>().ok();
        match position.and_then(|position| in_order.get_mut(position)) {
            Some(free) if free.is_none() => *free = Some((key.0.to_string(), place(key, raw))),
            _ => faults.push(Error::JsonPositionMustBeFree {
                dimension: dimension.to_owned(),
                text: raw.get().chars().take(40).collect(),
                origin: source.place_of(raw.get()),
            }),
        }
    }
    if faults.is_empty() { Ok(in_order.into_iter().flatten().collect()) } else { Err(faults) }
}

/// The values: one after another, or by flat position.
enum Values<'a> {
    InOrder(Vec<&'a RawValue>),
    ByPosition(Object<'a>),
}

impl<'a> Values<'a> {
    fn of(source: &Source, dataset: &Object<'a>) -> Result<Values<'a>, Vec<Error>> {
        dataset.part(source, "value", |raw| {
            array(raw).map(Values::InOrder).or_else(|| Object::of(raw).map(Values::ByPosition))
        })
    }

    fn len(&self) -> usize {
        match self {
            Values::InOrder(values) => values.len(),
            Values::ByPosition(object) => object.entries.len(),
        }
    }

    /// The values with their positions below `cells`; another position is a fault.
    fn placed(self, source: &Source, cells: usize, faults: &mut Vec<Error>) -> Vec<(usize, &'a RawValue)> {
        match self {
            Values::InOrder(values) => values.into_iter().enumerate().collect(),
            Values::ByPosition(object) => {
                let mut placed = Vec::new();
                for (key, raw) in object.entries {
                    match key.0.parse().ok().filter(|at| *at < cells) {
                        Some(at) => placed.push((at, raw)),
                        None => faults.push(Error::JsonPositionMustBeFree {
                            dimension: "value".to_owned(),
                            text: key.0.to_string(),
                            origin: source.place_of(raw.get()),
                        }),
                    }
                }
                placed
            }
        }
    }
}

/// The symbols of cells: by flat position, one after another, or one for all.
enum Status {
    ByPosition(BTreeMap<usize, String>),
    ForAll(String),
    None,
}

impl Status {
    fn of(raw: &RawValue, cells: usize) -> Status {
        if let Some(symbol) = string(raw) {
            return Status::ForAll(symbol);
        }
        if let Some(symbols) = array(raw) {
            let symbols = symbols.into_iter().enumerate();
            return Status::ByPosition(symbols.filter_map(|(at, raw)| Some((at, string(raw)?))).collect());
        }
        Object::of(raw).map_or(Status::None, |object| {
            let entries = object.entries.into_iter();
            let placed = entries.filter_map(|(key, raw)| Some((key.0.parse().ok()?, string(raw)?)));
            Status::ByPosition(placed.filter(|(at, _)| *at < cells).collect())
        })
    }

    fn at(&self, at: usize) -> Option<String> {
        match self {
            Status::ByPosition(symbols) => symbols.get(&at).cloned(),
            Status::ForAll(symbol) => Some(symbol.clone()),
            Status::None => None,
        }
    }
}
