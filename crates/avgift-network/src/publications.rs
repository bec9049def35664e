//! Publications: `[[publication]]` of network.toml: when a figure came, in place of what is known of Statistics Sweden's calendar.
//! Rule:    `what = "population"` with its `reference` day; a series' name with `month` and `status`; or the name of a figure of
//!          figures.csv with its `year`. Each names its day, `published`, and who says so, `source`.
//! Errors:  those of `settings`, of `avgift::Publications`, and IndexSeriesMustBeKnown for a series that no file has.

use std::collections::BTreeSet;

use avgift::{
    FeeYear, IndexStatus, Indices, Member, Month, Origin, Publications, PublishedFigure, Refusal, SeriesName,
    Sourced, StatedPublication,
};
use avgift_invoice::Text;

use crate::error::{Error, Written};
use crate::settings::Section;

/// What a row is about, for who also has the figures.
pub(crate) struct Rows {
    stated: Vec<StatedPublication>,
    names: Vec<Sourced<Text>>,
}

/// Every `[[publication]]` of the file.
pub(crate) fn read(root: &Section<'_, '_>) -> Rows {
    let rows = root.sections("publication").into_iter().filter_map(row);
    let (stated, names) = rows.unzip();
    Rows { stated, names }
}

fn row(section: Section<'_, '_>) -> Option<(StatedPublication, Sourced<Text>)> {
    let what = section.required::<Text>("what", "\"population\"");
    for (key, hint) in [("published", "2025-02-21")] {
        if !section.has(key) {
            section.missing(key, hint);
        }
    }
    let day = section.date("published");
    let source = section.required::<Text>("source", "\"Statistiska centralbyrån, hämtad …\"");
    let is_population = what.as_ref().is_some_and(|what| what.value.as_str() == "population");
    let keys: &[&'static str] = match (is_population, section.has("year")) {
        (true, _) => &["reference"],
        (false, true) => &["year"],
        (false, false) => &["month", "status"],
    };
    for (key, hint) in [("reference", "2024-12-31"), ("month", "\"2024M10\""), ("status", "\"preliminary\"")]
    {
        if keys.contains(&key) && !section.has(key) {
            section.missing(key, hint);
        }
    }
    for key in ["reference", "month", "status", "year"] {
        if !keys.contains(&key) {
            section.without_effect(key, if is_population { "for a population" } else { "here" });
        }
    }
    let counted = section.date("reference");
    let month = section.parsed::<Month>("month");
    let status =
        section.choice("status", &[("preliminary", IndexStatus::Preliminary), ("final", IndexStatus::Final)]);
    let year = section.integer("year", 1968, 2199);
    section.finish();
    let (what, day, _) = (what?, day?, source?);
    let figure = match keys {
        ["reference"] => PublishedFigure::Population(counted?.value),
        ["year"] => PublishedFigure::OfMembers {
            name: what.value.to_string(),
            year: FeeYear::new(i32::try_from(year?.value).ok()?).ok()?,
        },
        _ => PublishedFigure::Index {
            series: what.value.as_str().into(),
            month: month?.value,
            status: status?,
        },
    };
    Some((StatedPublication { figure, published: day.value, origin: day.origin }, what))
}

impl Rows {
    /// The calendar with what the rows state, each about a figure that the folder knows.
    pub(crate) fn calendar(
        self,
        indices: &Indices,
        populations: &BTreeSet<SeriesName>,
        members: &[&Member],
        faults: &mut Vec<Refusal>,
    ) -> Publications {
        for (row, name) in self.stated.iter().zip(&self.names) {
            faults.extend(stranger(&row.figure, name, indices, populations, members));
        }
        Publications::new(&self.stated).unwrap_or_else(|errors| {
            faults.extend(errors.iter().map(avgift::Error::refusal));
            Publications::default()
        })
    }
}

/// What is wrong with the name of a row: nothing has it, or what has it is published under another.
fn stranger(
    figure: &PublishedFigure,
    name: &Sourced<Text>,
    indices: &Indices,
    populations: &BTreeSet<SeriesName>,
    members: &[&Member],
) -> Option<Refusal> {
    let is_none = |expected: &str| {
        let origin = name.origin.clone().unwrap_or_else(|| Origin::new("network.toml", 1, 1, 0));
        let value = Written { text: name.value.to_string(), origin };
        Error::SettingMustBeOfItsKind { value, key: "what".to_owned(), expected: expected.to_owned() }
            .refusal()
    };
    match figure {
        PublishedFigure::Population(_) => None,
        PublishedFigure::Index { series, .. } if populations.contains(series) => {
            Some(is_none("a series of its own: it comes with its population, so write `population`"))
        }
        PublishedFigure::Index { series, .. } => {
            let known: Vec<SeriesName> = indices.series_names().cloned().collect();
            (!known.contains(series)).then(|| {
                avgift::Error::IndexSeriesMustBeKnown {
                    series: series.clone(),
                    known,
                    clause: name.origin.clone(),
                }
                .refusal()
            })
        }
        PublishedFigure::OfMembers { name, .. } => {
            let mut figures = members.iter().flat_map(|member| &member.figures);
            (!figures.any(|figure| figure.name == *name))
                .then(|| is_none("the name of a figure of figures.csv"))
        }
    }
}
