//! Settings: a table of network.toml, read setting by setting, so that one fault does not hide the next.
//! Why:    reading a whole file into a struct stops at its first fault. Here every setting is asked for by name, and what
//!         was never asked for is a misspelling.
//! Exact:  a bare number is read from its own characters, never through a binary float.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use avgift::{NaiveDate, Origin, Refusal, Sourced};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{Error, Written};

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

/// One table of the file.
pub(crate) struct Section<'s, 'a> {
    source: &'s Source<'a>,
    table: &'s DeTable<'a>,
    span: Range<usize>,
    /// How an error names it: `[tariff.index]`.
    name: String,
    asked_for: RefCell<BTreeSet<&'static str>>,
    /// Whether the keys are the user's own.
    every_key_is_known: Cell<bool>,
}

impl<'s, 'a> Section<'s, 'a> {
    /// The whole file.
    pub(crate) fn root(source: &'s Source<'a>, table: &'s Spanned<DeTable<'a>>) -> Section<'s, 'a> {
        Section::new(source, table.get_ref(), 0..0, "network.toml".into())
    }

    fn new(
        source: &'s Source<'a>,
        table: &'s DeTable<'a>,
        span: Range<usize>,
        name: String,
    ) -> Section<'s, 'a> {
        Section {
            source,
            table,
            span,
            name,
            asked_for: RefCell::default(),
            every_key_is_known: Cell::default(),
        }
    }

    /// Where the table stands.
    pub(crate) fn origin(&self) -> Origin {
        self.source.origin(self.span.clone())
    }

    /// Notes a fault.
    pub(crate) fn fault(&self, fault: Refusal) {
        self.source.fault(fault);
    }

    fn value(&self, key: &'static str) -> Option<&'s Spanned<DeValue<'a>>> {
        self.asked_for.borrow_mut().insert(key);
        self.table.get(key)
    }

    fn of_another_kind(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) {
        let value = self.source.written(value);
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
        if let Some(value) = self.value(key) {
            let origin = self.source.value_origin(value);
            self.fault(Error::SettingMustApply { key, beside, origin }.refusal());
        }
    }

    /// A text; a bare number or date counts as the text it is written with.
    pub(crate) fn text(&self, key: &'static str) -> Option<Sourced<String>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
                let written = self.source.written(value);
                Some(Sourced::at(written.text, written.origin))
            }
            _ => {
                self.of_another_kind(key, value, "a text in quotes");
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
        let text = self.text(key)?;
        let found = choices.iter().find(|(word, _)| *word == text.value).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let words: Vec<String> = choices.iter().map(|(word, _)| format!("\"{word}\"")).collect();
            if let Some(value) = self.value(key) {
                self.of_another_kind(key, value, &format!("one of {}", words.join(", ")));
            }
        }
        found
    }

    /// A whole number within bounds.
    pub(crate) fn integer(&self, key: &'static str, from: i64, to: i64) -> Option<Sourced<i64>> {
        let value = self.value(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        match number.filter(|number| (from..=to).contains(number)) {
            Some(number) => Some(Sourced::at(number, self.source.value_origin(value))),
            None => {
                self.of_another_kind(key, value, &format!("a whole number from {from} to {to}"));
                None
            }
        }
    }

    /// True or false.
    pub(crate) fn boolean(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        let boolean = value.get_ref().as_bool();
        if boolean.is_none() {
            self.of_another_kind(key, value, "true or false");
        }
        boolean
    }

    /// A day, bare or in quotes: `2024-01-01`.
    pub(crate) fn date(&self, key: &'static str) -> Option<Sourced<NaiveDate>> {
        let value = self.value(key)?;
        let written = self.source.written(value);
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
        let value = self.value(key)?;
        let texts = value.get_ref().as_array().map(|array| {
            array
                .iter()
                .filter(|item| item.get_ref().is_str())
                .map(|item| self.source.written(item))
                .collect::<Vec<_>>()
        });
        match texts {
            Some(texts) if !texts.is_empty() => {
                Some(texts.into_iter().map(|written| Sourced::at(written.text, written.origin)).collect())
            }
            _ => {
                self.of_another_kind(key, value, "a list of texts, `[\"rate\", \"floor\"]`");
                None
            }
        }
    }

    /// Whether a setting holds a text.
    pub(crate) fn is_text(&self, key: &'static str) -> bool {
        self.value(key).is_some_and(|value| value.get_ref().is_str())
    }

    /// A table within this one.
    pub(crate) fn section(&self, key: &'static str) -> Option<Section<'s, 'a>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Section::new(self.source, table, value.span(), self.name_of(key))),
            _ => {
                self.of_another_kind(key, value, &format!("a table, `[{key}]`"));
                None
            }
        }
    }

    /// The tables of a list, `[[tariff]]`.
    pub(crate) fn sections(&self, key: &'static str) -> Vec<Section<'s, 'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            self.of_another_kind(key, value, &format!("a list of tables, `[[{key}]]`"));
            return Vec::new();
        };
        let section = |item: &'s Spanned<DeValue<'a>>| match item.get_ref() {
            DeValue::Table(table) => {
                Some(Section::new(self.source, table, item.span(), format!("[{}]", self.name_of(key))))
            }
            _ => {
                self.of_another_kind(key, item, &format!("a table, `[[{key}]]`"));
                None
            }
        };
        array.iter().filter_map(section).collect()
    }

    /// All settings of a table whose keys are the user's own, as texts.
    pub(crate) fn all_texts(&self) -> Vec<(String, String)> {
        let text = |(key, value): (&Spanned<_>, &Spanned<DeValue<'a>>)| {
            (AsRef::<str>::as_ref(key.get_ref()).to_owned(), self.source.written(value).text)
        };
        self.table.iter().map(text).collect()
    }

    /// All settings of a table whose keys are the user's own, each key and value with its place; a value that is no text is
    /// a fault.
    pub(crate) fn entries(&self) -> Vec<(Written, Result<Sourced<String>, Refusal>)> {
        let entry = |(key, value): (&'s Spanned<_>, &'s Spanned<DeValue<'a>>)| {
            let text = AsRef::<str>::as_ref(key.get_ref()).to_owned();
            let written = self.source.written(value);
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
            (Written { text, origin: self.source.origin(key.span()) }, value)
        };
        self.every_key_is_known.set(true);
        self.table.iter().map(entry).collect()
    }

    /// Where a setting stands.
    pub(crate) fn place(&self, key: &'static str) -> Option<Origin> {
        self.value(key).map(|value| self.source.value_origin(value))
    }

    /// Notes that a setting is no list of tables, or an empty one.
    pub(crate) fn not_a_list_of_tables(&self, key: &'static str) {
        if let Some(value) = self.value(key).filter(|value| value.get_ref().is_array()) {
            self.of_another_kind(key, value, &format!("a list of tables, `[[{key}]]`"));
        }
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
        for (key, _) in
            self.table.iter().filter(|(key, _)| !known.contains(&AsRef::<str>::as_ref(key.get_ref())))
        {
            let text = AsRef::<str>::as_ref(key.get_ref()).to_owned();
            let key = Written { text, origin: self.source.origin(key.span()) };
            let error = Error::SettingMustBeKnown { key, section: self.name.clone(), known: known.clone() };
            self.fault(error.refusal());
        }
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
