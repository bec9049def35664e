//! JSON: which of three tables it is, and the `json` of interface 1, `columns` and `data`.
//! Rule:    texts of numbers are read as they stand, never through a float; keys are codes in the order of the columns.
//! Errors:  JsonMustBeReadable, JsonMustBeAStatTable, JsonPartMustBeThere, JsonRowMustHaveItsColumns, CellMustBeANumber.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::Error;
use crate::json_stat;
use crate::number::{cell_value, json_number};
use crate::table::{Category, Cell, CellValue, Dimension, Role, Table, TableBuilder};
use crate::words::{area_code_and_name, day};
use avgift_text::Source;

/// Reads a JSON file.
pub(crate) fn read(source: &Source) -> Result<Table, Vec<Error>> {
    let root: &RawValue =
        serde_json::from_str(source.text()).map_err(|fault| vec![unreadable(source, &fault)])?;
    let no_table = || vec![Error::JsonMustBeAStatTable { origin: source.place_of(root.get()) }];
    let object = Object::of(root).ok_or_else(no_table)?;
    if let Some(dataset) = object.get("dataset").and_then(Object::of) {
        return json_stat::read_version_1(source, &dataset);
    }
    let is_dataset = object.get("class").and_then(string).is_some_and(|class| class == "dataset");
    if is_dataset || (object.get("dimension").is_some() && object.get("value").is_some()) {
        return json_stat::read_version_2(source, &object);
    }
    if object.get("columns").is_some() && object.get("data").is_some() {
        return read_rows(source, &object);
    }
    Err(no_table())
}

fn unreadable(source: &Source, fault: &serde_json::Error) -> Error {
    // serde_json counts lines and bytes from 1.
    let line_start: usize =
        source.text().split_inclusive('\n').take(fault.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (line_start + fault.column().saturating_sub(1)).min(source.text().len());
    while !source.text().is_char_boundary(at) {
        at -= 1;
    }
    let text = fault.to_string();
    let text = text.split(" at line ").next().unwrap_or("").to_owned();
    let end = at + source.text().get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Error::JsonMustBeReadable { fault: text, origin: source.origin(at..end) }
}

/// A JSON object with its values unread, so that each keeps its place in the text.
pub(crate) struct Object<'a> {
    pub(crate) entries: Vec<(Key<'a>, &'a RawValue)>,
    pub(crate) raw: &'a RawValue,
}

impl<'a> Object<'a> {
    /// The object, where the value is one.
    pub(crate) fn of(raw: &'a RawValue) -> Option<Object<'a>> {
        let Entries(entries) = serde_json::from_str(raw.get()).ok()?;
        Some(Object { entries, raw })
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.entries.iter().find(|(name, _)| name.0 == key).map(|(_, value)| *value)
    }

    /// The object under a key.
    pub(crate) fn object(&self, key: &str) -> Option<Object<'a>> {
        self.get(key).and_then(Object::of)
    }

    /// A part that must be there and be of the kind that `read` asks for.
    pub(crate) fn part<T>(
        &self,
        source: &Source,
        key: &str,
        read: impl FnOnce(&'a RawValue) -> Option<T>,
    ) -> Result<T, Vec<Error>> {
        let raw = self.get(key);
        raw.and_then(read).ok_or_else(|| {
            let origin = source.place_of(raw.unwrap_or(self.raw).get());
            vec![Error::JsonPartMustBeThere { part: key.to_owned(), origin }]
        })
    }
}

struct Entries<'a>(Vec<(Key<'a>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries<'de>, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

/// A key: a part of the text itself, but where it holds an escape.
pub(crate) struct Key<'a>(pub(crate) Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key<'de>, D::Error> {
        struct AsItStands;

        impl<'de> Visitor<'de> for AsItStands {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(AsItStands)
    }
}

/// The text, where the value is one.
pub(crate) fn string(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

/// The elements, where the value is an array.
pub(crate) fn array(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
}

/// The texts, where the value is an array of them.
pub(crate) fn strings(raw: &RawValue) -> Option<Vec<String>> {
    serde_json::from_str(raw.get()).ok()
}

/// What a value holds as a cell: a number, a text with one in it, a symbol, or null.
pub(crate) fn cell(source: &Source, raw: &RawValue) -> Result<Cell, Error> {
    let text = raw.get();
    let content = string(raw);
    // The place of a text in quotes is that of what stands between them.
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let value = match &content {
        Some(content) => cell_value(content),
        None if text == "null" => Some(CellValue::Missing(text.to_owned())),
        None => json_number(text).map(CellValue::Number),
    };
    let origin = source.place_of(inner);
    match value {
        Some(value) => Ok(Cell { value, origin }),
        None => {
            let text = content.unwrap_or_else(|| text.chars().take(40).collect());
            Err(Error::CellMustBeANumber { text, origin })
        }
    }
}

/// The `json` of interface 1.
fn read_rows(source: &Source, root: &Object<'_>) -> Result<Table, Vec<Error>> {
    let columns = root.part(source, "columns", array)?;
    let (mut dimensions, mut contents) = (Vec::new(), Vec::new());
    for raw in columns {
        let column = Object::of(raw).ok_or_else(|| {
            vec![Error::JsonPartMustBeThere {
                part: "columns".to_owned(),
                origin: source.place_of(raw.get()),
            }]
        })?;
        let code = column.part(source, "code", string)?;
        let text = column.get("text").and_then(string);
        let kind = column.get("type").and_then(string);
        if kind.as_deref() == Some("c") {
            let origin = column.get("code").map_or_else(|| source.start(), |raw| source.place_of(raw.get()));
            contents.push(Category { code: Some(code), text, origin });
            continue;
        }
        let mut dimension = Dimension::new(Some(code), text);
        if kind.as_deref() == Some("t") {
            dimension.role = Role::Time;
        }
        dimensions.push(dimension);
    }
    let (keys, values) = (dimensions.len(), contents.len());
    let tabled = Dimension::new(Some("ContentsCode".to_owned()), None);
    dimensions.push(Dimension { values: contents, ..tabled });

    let mut builder = TableBuilder::new(source, dimensions);
    let metadata =
        root.get("metadata").and_then(array).and_then(|list| list.first().and_then(|raw| Object::of(raw)));
    if let Some(metadata) = metadata {
        builder.title = metadata.get("label").and_then(string);
        builder.updated = metadata.get("updated").and_then(string).and_then(|text| day(&text));
    }
    let mut faults = Vec::new();
    for raw in root.part(source, "data", array)? {
        match row(source, raw, keys, values) {
            Ok((codes, cells)) => {
                let mut positions: Vec<usize> =
                    codes.iter().enumerate().map(|(at, raw)| key(&mut builder, source, at, raw)).collect();
                positions.push(0);
                for (at, raw) in cells.into_iter().enumerate() {
                    match cell(source, raw) {
                        Ok(cell) => {
                            if let Some(last) = positions.last_mut() {
                                *last = at;
                            }
                            builder.push(&positions, cell);
                        }
                        Err(fault) => faults.push(fault),
                    }
                }
            }
            Err(fault) => faults.extend(fault),
        }
    }
    if faults.is_empty() { builder.finish(&CellValue::Absent) } else { Err(faults) }
}

type KeysAndValues<'a> = (Vec<&'a RawValue>, Vec<&'a RawValue>);

/// The keys and values of one row, as many as there are columns.
fn row<'a>(
    source: &Source,
    raw: &'a RawValue,
    keys: usize,
    values: usize,
) -> Result<KeysAndValues<'a>, Vec<Error>> {
    let row = Object::of(raw).ok_or_else(|| {
        vec![Error::JsonPartMustBeThere { part: "key".to_owned(), origin: source.place_of(raw.get()) }]
    })?;
    let row = (row.part(source, "key", array)?, row.part(source, "values", array)?);
    for (what, found, expected) in [("keys", row.0.len(), keys), ("values", row.1.len(), values)] {
        if found != expected {
            let origin = source.place_of(raw.get());
            return Err(vec![Error::JsonRowMustHaveItsColumns { what, found, expected, origin }]);
        }
    }
    Ok(row)
}

fn key(builder: &mut TableBuilder, source: &Source, at: usize, raw: &RawValue) -> usize {
    let text = string(raw).unwrap_or_else(|| raw.get().to_owned());
    let role = builder.dimensions.get(at).map_or(Role::Other, |dimension| dimension.role);
    builder.category(at, &text, || {
        let (code, name) =
            if role == Role::Area { area_code_and_name(&text) } else { (Some(text.as_str()), None) };
        Category {
            code: code.map(str::to_owned),
            text: name.map(str::to_owned),
            origin: source.place_of(raw.get()),
        }
    })
}
