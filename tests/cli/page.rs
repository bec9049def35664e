//! A page for the board, read as a browser reads it, and the figures in its tables.

use std::fs;
use std::path::Path;

use avgift::Sek;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::world::{Ran, fixture, on, scratch};

/// Writes the page of a network by a command.
pub(crate) fn write(network: &Path, command: &str, out: &Path) -> Ran {
    on(network, &format!("report {command} --out {}", out.display()))
}

/// The page of a network by a command, which a parser that is not ours has nothing to say of.
pub(crate) fn page_of(network: &Path, command: &str) -> Html {
    let scratch = scratch();
    let out = scratch.path().join("sida.html");
    let ran = write(network, command, &out);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{command}: {}", ran.err);
    let page = Html::parse_document(&fs::read_to_string(out).unwrap());
    assert_eq!(page.errors, Vec::<std::borrow::Cow<'_, str>>::new());
    page
}

/// The page of the fixture by a command.
pub(crate) fn page(command: &str) -> Html {
    page_of(&fixture(), command)
}

/// What a machine is given of the fixture.
pub(crate) fn json(command: &str) -> Value {
    json_of(&fixture(), command)
}

/// What a machine is given of a network.
pub(crate) fn json_of(network: &Path, command: &str) -> Value {
    let ran = on(network, &format!("{command} --json"));
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{command}: {}", ran.err))
}

pub(crate) fn selected<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

pub(crate) fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// All that the page says, drawings and all, with a space between its parts.
pub(crate) fn words(page: &Html) -> String {
    let body = selected(page, "body")[0];
    body.text().collect::<Vec<_>>().join(" ")
}

/// The rows of a table, sums last, as text.
pub(crate) fn rows(page: &Html, id: &str) -> Vec<Vec<String>> {
    let cells = Selector::parse("th, td").unwrap();
    let rows = selected(page, &format!("#{id} tbody tr, #{id} tfoot tr"));
    assert!(!rows.is_empty(), "no table {id}");
    rows.into_iter().map(|row| row.select(&cells).map(text).collect()).collect()
}

/// A table whose columns are found by their headings.
pub(crate) struct Table {
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn of(page: &Html, id: &str) -> Table {
        let headings = selected(page, &format!("#{id} thead th")).into_iter().map(text).collect();
        Table { headings, rows: rows(page, id) }
    }

    /// The cell of a row under a heading.
    pub(crate) fn at<'a>(&self, row: &'a [String], heading: &str) -> &'a str {
        let place = self.headings.iter().position(|there| there == heading);
        &row[place.unwrap_or_else(|| panic!("no column {heading} in {:?}", self.headings))]
    }
}

/// The boxes at the top, each with its name.
pub(crate) fn facts(page: &Html) -> Vec<(String, String)> {
    let texts = |part: &str| selected(page, &format!(".facts {part}")).into_iter().map(text);
    texts("dt").zip(texts("dd")).collect()
}

/// An amount as the page writes it, with a sign where it is a change.
pub(crate) fn amount(shown: &str) -> Sek {
    let plain: String = shown.chars().filter(|letter| *letter != '+').collect();
    plain.parse().unwrap_or_else(|_| panic!("`{shown}` is no amount"))
}

/// A number of inhabitants or members.
pub(crate) fn number(shown: &str) -> u64 {
    let digits: String = shown.chars().filter(|letter| *letter != '\u{a0}').collect();
    digits.parse().unwrap_or_else(|_| panic!("`{shown}` is no number"))
}

/// An amount as JSON writes it.
pub(crate) fn of(value: &Value) -> Sek {
    value.as_str().unwrap().parse().unwrap()
}

/// Öre per inhabitant, to the nearest; half an öre goes up.
pub(crate) fn ore_each(fee: Sek, inhabitants: u64) -> Sek {
    let inhabitants = i64::try_from(inhabitants).unwrap();
    Sek::from_ore((fee.ore() * 2 + inhabitants) / (inhabitants * 2))
}
