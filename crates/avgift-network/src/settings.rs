//! Settings: a table of network.toml, read setting by setting, so that one fault does not hide the next. A scenario lies over
//! it: what it gives is read from there, each value with its own place.
//! Why:    reading a whole file into a struct stops at its first fault. Here every setting is asked for by name, and what
//!         was never asked for is a misspelling.
//! Exact:  a bare number is read from its own characters, never through a binary float.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use avgift::{Language, NaiveDate, Origin, Refusal, Sek, Sourced};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{Error, Written, elsewhere};

/// The text of network.toml and the faults found in it so far.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    file: Arc<str>,
    text: &'a str,
    faults: RefCell<Vec<Refusal>>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(file: &str, text: &'a str) -> Source<'a> {
        Source { file: file.into(), text, faults: RefCell::default() }
    }

    /// The file as a table; syntax faults are noted, and what could be read of the rest is given.
    pub(crate) fn parse(&self) -> Spanned<DeTable<'a>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let message = error.message().to_owned();
            self.fault(Error::SettingsMustBeToml { message, origin: self.origin(span) }.refusal());
        }
        table
    }

    pub(crate) fn origin(&self, span: Range<usize>) -> Origin {
        Origin::of_span(self.file.clone(), self.text, span.start, span.end)
    }

    pub(crate) fn fault(&self, fault: Refusal) {
        self.faults.borrow_mut().push(fault);
    }

    pub(crate) fn into_faults(self) -> Vec<Refusal> {
        self.faults.into_inner()
    }

    /// The user's own text of a value, without its quotes.
    fn written(&self, value: &Spanned<DeValue<'_>>) -> Written {
        let raw = self.text.get(value.span()).unwrap_or_default();
        let text = value.get_ref().as_str().unwrap_or(raw).to_owned();
        Written { text, origin: self.value_origin(value) }
    }

    /// The place of a value: of a text, the characters between the quotes.
    fn value_origin(&self, value: &Spanned<DeValue<'_>>) -> Origin {
        let span = value.span();
        let quoted =
            value.get_ref().is_str() && span.len() >= 2 && self.text[span.clone()].starts_with(['"', '\'']);
        self.origin(if quoted { span.start + 1..span.end - 1 } else { span })
    }
}

/// One table of the file, and what a scenario lays over it.
pub(crate) struct Section<'s, 'a> {
    /// The uppermost first: what it gives hides what lies below. Never empty.
    layers: Vec<Layer<'s, 'a>>,
    /// How an error names it: `[tariff.index]`.
    name: String,
    asked_for: RefCell<BTreeSet<&'static str>>,
    /// Whether the keys are the user's own.
    every_key_is_known: Cell<bool>,
}

/// A table of one of the files.
struct Layer<'s, 'a> {
    source: &'s Source<'a>,
    table: &'s DeTable<'a>,
    span: Range<usize>,
}

/// A value and the file that gives it.
struct Given<'s, 'a> {
    source: &'s Source<'a>,
    value: &'s Spanned<DeValue<'a>>,
}

impl<'s, 'a> Section<'s, 'a> {
    /// The whole file.
    pub(crate) fn root(source: &'s Source<'a>, table: &'s Spanned<DeTable<'a>>) -> Section<'s, 'a> {
        let layer = Layer { source, table: table.get_ref(), span: 0..0 };
        Section::new(vec![layer], "network.toml".into())
    }

    /// The same with a scenario laid over it.
    pub(crate) fn under(
        mut self,
        source: &'s Source<'a>,
        table: &'s Spanned<DeTable<'a>>,
    ) -> Section<'s, 'a> {
        self.layers.insert(0, Layer { source, table: table.get_ref(), span: 0..0 });
        self
    }

    fn new(layers: Vec<Layer<'s, 'a>>, name: String) -> Section<'s, 'a> {
        Section { layers, name, asked_for: RefCell::default(), every_key_is_known: Cell::default() }
    }

    /// The layer that was there before any scenario.
    fn lowest(&self) -> &Layer<'s, 'a> {
        self.layers.last().expect("a section has a layer")
    }

    /// Where the table stands; where a scenario changes it, where it stands in network.toml.
    pub(crate) fn origin(&self) -> Origin {
        let Layer { source, span, .. } = self.lowest();
        source.origin(span.clone())
    }

    /// Notes a fault.
    pub(crate) fn fault(&self, fault: Refusal) {
        self.lowest().source.fault(fault);
    }

    /// A setting in every layer that gives it, the uppermost first.
    fn values(&self, key: &'static str) -> Vec<Given<'s, 'a>> {
        self.asked_for.borrow_mut().insert(key);
        let given =
            |layer: &Layer<'s, 'a>| layer.table.get(key).map(|value| Given { source: layer.source, value });
        self.layers.iter().filter_map(given).collect()
    }

    fn value(&self, key: &'static str) -> Option<Given<'s, 'a>> {
        self.values(key).into_iter().next()
    }

    fn of_another_kind(&self, key: &str, given: &Given<'_, '_>, expected: &str) {
        let value = given.written();
        let error =
            Error::SettingMustBeOfItsKind { value, key: key.to_owned(), expected: expected.to_owned() };
        self.fault(error.refusal());
    }

    /// Notes that a setting is missing; `hint` is an example of its value.
    pub(crate) fn missing(&self, key: &'static str, hint: &'static str) {
        let error =
            Error::SettingMustBeGiven { key, section: self.name.clone(), hint, origin: self.origin() };
        self.fault(error.refusal());
    }

    /// Whether a setting is there, whatever its value.
    pub(crate) fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// Notes a setting that changes nothing `beside` what else was set.
    pub(crate) fn without_effect(&self, key: &'static str, beside: &'static str) {
        if let Some(given) = self.value(key) {
            let origin = given.origin();
            self.fault(Error::SettingMustApply { key, beside, origin }.refusal());
        }
    }

    /// A text; a bare number or date counts as the text it is written with.
    pub(crate) fn text(&self, key: &'static str) -> Option<Sourced<String>> {
        let given = self.value(key)?;
        match given.value.get_ref() {
            DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
                let written = given.written();
                Some(Sourced::at(written.text, written.origin))
            }
            _ => {
                self.of_another_kind(key, &given, "a text in quotes");
                None
            }
        }
    }

    /// A text that must be there.
    pub(crate) fn required_text(&self, key: &'static str, hint: &'static str) -> Option<Sourced<String>> {
        if !self.has(key) {
            self.missing(key, hint);
        }
        self.text(key)
    }

    /// A text that a type of the core or of the invoice can read.
    pub(crate) fn parsed<T: FromStr>(&self, key: &'static str) -> Option<Sourced<T>>
    where
        T::Err: Refusable,
    {
        let text = self.text(key)?;
        match text.value.parse() {
            Ok(value) => Some(Sourced { value, origin: text.origin }),
            Err(error) => {
                self.fault(error.refused_at(text.origin.as_ref()));
                None
            }
        }
    }

    /// A text that must be there, and that a type can read; `hint` is an example of it.
    pub(crate) fn required<T: FromStr>(&self, key: &'static str, hint: &'static str) -> Option<Sourced<T>>
    where
        T::Err: Refusable,
    {
        if !self.has(key) {
            self.missing(key, hint);
        }
        self.parsed(key)
    }

    /// One of a few words, each with its meaning.
    pub(crate) fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        self.chosen(key, choices).map(|chosen| chosen.value)
    }

    /// One of a few words, as its meaning, with its place.
    pub(crate) fn chosen<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<Sourced<T>> {
        let text = self.text(key)?;
        let found = choices.iter().find(|(word, _)| *word == text.value).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let words: Vec<String> = choices.iter().map(|(word, _)| format!("\"{word}\"")).collect();
            self.must_be(key, &format!("one of {}", words.join(", ")));
        }
        found.map(|value| Sourced { value, origin: text.origin })
    }

    /// A text that a rule of ours takes for a value, or that is not what is `expected`.
    pub(crate) fn read<T>(
        &self,
        key: &'static str,
        expected: &str,
        rule: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Sourced<T>> {
        let text = self.text(key)?;
        let value = rule(&text.value);
        if value.is_none() {
            self.must_be(key, expected);
        }
        value.map(|value| Sourced { value, origin: text.origin })
    }

    /// An amount from nothing to `to`.
    pub(crate) fn amount(&self, key: &'static str, to: Sek) -> Option<Sourced<Sek>> {
        let amount = self.parsed::<Sek>(key)?;
        if (Sek::ZERO..=to).contains(&amount.value) {
            return Some(amount);
        }
        self.must_be(key, &format!("an amount from 0 to {}", to.text(Language::English)));
        None
    }

    /// Notes that the value of a setting is not what is `expected`.
    pub(crate) fn must_be(&self, key: &'static str, expected: &str) {
        if let Some(given) = self.value(key) {
            self.of_another_kind(key, &given, expected);
        }
    }

    /// Notes that a setting is not complete without `other`.
    pub(crate) fn needs(&self, key: &'static str, other: &'static str) {
        if let Some(given) = self.value(key) {
            let value = given.written();
            self.fault(Error::SettingMustHaveItsOther { value, other }.refusal());
        }
    }

    /// A whole number within bounds.
    pub(crate) fn integer(&self, key: &'static str, from: i64, to: i64) -> Option<Sourced<i64>> {
        let given = self.value(key)?;
        let number = match given.value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        match number.filter(|number| (from..=to).contains(number)) {
            Some(number) => Some(Sourced::at(number, given.origin())),
            None => {
                self.of_another_kind(key, &given, &format!("a whole number from {from} to {to}"));
                None
            }
        }
    }

    /// True or false.
    pub(crate) fn boolean(&self, key: &'static str) -> Option<bool> {
        let given = self.value(key)?;
        let boolean = given.value.get_ref().as_bool();
        if boolean.is_none() {
            self.of_another_kind(key, &given, "true or false");
        }
        boolean
    }

    /// A day, bare or in quotes: `2024-01-01`.
    pub(crate) fn date(&self, key: &'static str) -> Option<Sourced<NaiveDate>> {
        let written = self.value(key)?.written();
        match written.text.parse().ok().filter(|_| written.text.len() == 10) {
            Some(day) => Some(Sourced::at(day, written.origin)),
            None => {
                self.fault(Error::DateMustBeADate { value: written }.refusal());
                None
            }
        }
    }

    /// A list of texts.
    pub(crate) fn texts(&self, key: &'static str) -> Option<Vec<Sourced<String>>> {
        let given = self.value(key)?;
        let texts = given.value.get_ref().as_array().map(|array| {
            array
                .iter()
                .filter(|item| item.get_ref().is_str())
                .map(|item| given.source.written(item))
                .collect::<Vec<_>>()
        });
        match texts {
            Some(texts) if !texts.is_empty() => {
                Some(texts.into_iter().map(|written| Sourced::at(written.text, written.origin)).collect())
            }
            _ => {
                self.of_another_kind(key, &given, "a list of texts, `[\"rate\", \"floor\"]`");
                None
            }
        }
    }

    /// Whether a setting holds a text.
    pub(crate) fn is_text(&self, key: &'static str) -> bool {
        self.value(key).is_some_and(|given| given.value.get_ref().is_str())
    }

    /// Whether a setting holds a table.
    pub(crate) fn is_table(&self, key: &'static str) -> bool {
        self.value(key).is_some_and(|given| given.value.get_ref().is_table())
    }

    /// A table within this one.
    pub(crate) fn section(&self, key: &'static str) -> Option<Section<'s, 'a>> {
        let mut layers = Vec::new();
        for given in self.values(key) {
            match given.value.get_ref() {
                DeValue::Table(table) => {
                    layers.push(Layer { source: given.source, table, span: given.value.span() });
                }
                _ => {
                    self.of_another_kind(key, &given, &format!("a table, `{}`", self.name_of(key)));
                    return None;
                }
            }
        }
        (!layers.is_empty()).then(|| Section::new(layers, self.name_of(key)))
    }

    /// The tables of a list, `[[agreement]]`; where a scenario gives the list, its own.
    pub(crate) fn sections(&self, key: &'static str) -> Vec<Section<'s, 'a>> {
        let tables = self.value(key).map(|given| self.tables(key, &given)).unwrap_or_default();
        tables.into_iter().map(|layer| self.of_list(key, vec![layer])).collect()
    }

    /// The tables of a list whose rows have names, `[[tariff]]`: what a scenario says of a name lies over the rows of that
    /// name, and a name that is not there is a new row.
    pub(crate) fn named_sections(&self, key: &'static str) -> Vec<Section<'s, 'a>> {
        let lists = self.values(key).into_iter().map(|given| self.tables(key, &given));
        let mut lists: Vec<Vec<Layer<'s, 'a>>> = lists.collect();
        let lowest = lists.pop().unwrap_or_default();
        let mut rows: Vec<Vec<Layer<'s, 'a>>> = lowest.into_iter().map(|layer| vec![layer]).collect();
        for layer in lists.into_iter().flatten() {
            let mut is_new = true;
            for row in rows.iter_mut().filter(|row| layer.name().is_some() && row[0].name() == layer.name()) {
                row.insert(0, layer.clone());
                is_new = false;
            }
            if is_new {
                rows.push(vec![layer]);
            }
        }
        rows.into_iter().map(|layers| self.of_list(key, layers)).collect()
    }

    fn of_list(&self, key: &str, layers: Vec<Layer<'s, 'a>>) -> Section<'s, 'a> {
        Section::new(layers, format!("[{}]", self.name_of(key)))
    }

    /// The tables of one file's list.
    fn tables(&self, key: &str, given: &Given<'s, 'a>) -> Vec<Layer<'s, 'a>> {
        let DeValue::Array(array) = given.value.get_ref() else {
            self.of_another_kind(key, given, &format!("a list of tables, `[{}]`", self.name_of(key)));
            return Vec::new();
        };
        let layer = |item: &'s Spanned<DeValue<'a>>| match item.get_ref() {
            DeValue::Table(table) => Some(Layer { source: given.source, table, span: item.span() }),
            _ => {
                let item = Given { source: given.source, value: item };
                self.of_another_kind(key, &item, &format!("a table, `[{}]`", self.name_of(key)));
                None
            }
        };
        array.iter().filter_map(layer).collect()
    }

    /// All settings of a table whose keys are the user's own, as texts; those of the uppermost layer.
    pub(crate) fn all_texts(&self) -> Vec<(String, String)> {
        let Layer { source, table, .. } = &self.layers[0];
        let text = |(key, value): (&Spanned<_>, &Spanned<DeValue<'a>>)| {
            (AsRef::<str>::as_ref(key.get_ref()).to_owned(), source.written(value).text)
        };
        table.iter().map(text).collect()
    }

    /// All settings of a table whose keys are the user's own, each key and value with its place, each key from the uppermost
    /// layer that gives it; a value that is no text is a fault.
    pub(crate) fn entries(&self) -> Vec<(Written, Result<Sourced<String>, Refusal>)> {
        let entry = |source: &'s Source<'a>, key: &'s Spanned<_>, value: &'s Spanned<DeValue<'a>>| {
            let text = AsRef::<str>::as_ref(key.get_ref()).to_owned();
            let written = source.written(value);
            let value = match value.get_ref() {
                DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) => {
                    Ok(Sourced::at(written.text, written.origin))
                }
                _ => Err(Error::SettingMustBeOfItsKind {
                    value: written,
                    key: text.clone(),
                    expected: "a text in quotes".to_owned(),
                }
                .refusal()),
            };
            (Written { text, origin: source.origin(key.span()) }, value)
        };
        self.every_key_is_known.set(true);
        let mut entries: Vec<(Written, Result<Sourced<String>, Refusal>)> = Vec::new();
        for Layer { source, table, .. } in &self.layers {
            for (key, value) in *table {
                let text: &str = key.get_ref().as_ref();
                if !entries.iter().any(|(known, _)| known.text == text) {
                    entries.push(entry(source, key, value));
                }
            }
        }
        entries
    }

    /// Where a setting stands.
    pub(crate) fn place(&self, key: &'static str) -> Option<Origin> {
        self.value(key).map(|given| given.origin())
    }

    /// Notes that a setting is no list of tables, or an empty one.
    pub(crate) fn not_a_list_of_tables(&self, key: &'static str) {
        if let Some(given) = self.value(key).filter(|given| given.value.get_ref().is_array()) {
            self.of_another_kind(key, &given, &format!("a list of tables, `[{}]`", self.name_of(key)));
        }
    }

    /// Whether a key of the user's own is a setting of another table, which is noted.
    pub(crate) fn is_misplaced(&self, key: &Written) -> bool {
        let is_misplaced = elsewhere(&key.text, &self.name, &[]).is_some();
        if is_misplaced {
            let (key, section) = (key.clone(), self.name.clone());
            self.fault(Error::SettingMustBeKnown { key, section, known: Vec::new() }.refusal());
        }
        is_misplaced
    }

    fn name_of(&self, key: &str) -> String {
        match self.name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            Some(outer) => format!("[{}.{key}]", outer.trim_matches(['[', ']'])),
            None => format!("[{key}]"),
        }
    }

    /// Notes every setting that nobody asked for.
    pub(crate) fn finish(self) {
        self.refuse_unknown();
    }

    /// The same, where the section is still needed.
    pub(crate) fn refuse_unknown(&self) {
        if self.every_key_is_known.get() {
            return;
        }
        let known: Vec<&'static str> = self.asked_for.borrow().iter().copied().collect();
        for Layer { source, table, .. } in &self.layers {
            let keys = table.keys().filter(|key| !known.contains(&AsRef::<str>::as_ref(key.get_ref())));
            for key in keys {
                let text = AsRef::<str>::as_ref(key.get_ref()).to_owned();
                let key = Written { text, origin: source.origin(key.span()) };
                let error =
                    Error::SettingMustBeKnown { key, section: self.name.clone(), known: known.clone() };
                source.fault(error.refusal());
            }
        }
    }
}

impl<'s, 'a> Layer<'s, 'a> {
    /// What the table calls itself.
    fn name(&self) -> Option<&'s str> {
        self.table.get("name").and_then(|name| name.get_ref().as_str())
    }
}

impl Clone for Layer<'_, '_> {
    fn clone(&self) -> Self {
        Layer { source: self.source, table: self.table, span: self.span.clone() }
    }
}

impl Given<'_, '_> {
    /// The user's own text.
    fn written(&self) -> Written {
        self.source.written(self.value)
    }

    fn origin(&self) -> Origin {
        self.source.value_origin(self.value)
    }
}

/// An error of another crate that can be told at a place of ours.
pub(crate) trait Refusable {
    /// The refusal, pointing at `origin`.
    fn refused_at(&self, origin: Option<&Origin>) -> Refusal;
}

impl Refusable for avgift::Error {
    fn refused_at(&self, origin: Option<&Origin>) -> Refusal {
        self.refusal().at(origin, "this value")
    }
}

impl Refusable for avgift_invoice::Error {
    fn refused_at(&self, origin: Option<&Origin>) -> Refusal {
        self.refusal().at(origin, "this value")
    }
}
