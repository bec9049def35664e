//! Report: refusals on the screen, each with the lines of the file it points at.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use avgift::{Origin, Place, Refusal, Severity};

use crate::world::Texts;

/// The refusals as text, in colour; whoever prints it strips the colour where none is wanted.
pub(crate) fn render(refusals: &[Refusal], texts: &Texts) -> String {
    let renderer = Renderer::styled().term_width(120);
    let mut out = String::new();
    for refusal in refusals {
        out.push_str(&renderer.render(&[group(refusal, texts)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(refusal: &'a Refusal, texts: &'a Texts) -> Group<'a> {
    let level = match refusal.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group =
        level.primary_title(&refusal.message).id(refusal.code).elements(snippets(&refusal.places, texts));
    for (name, text) in [("why", &refusal.why), ("mend", &refusal.mend)] {
        if !text.is_empty() {
            group = group.element(Level::NOTE.with_name(name).message(text));
        }
    }
    group
}

/// One excerpt a file, the file of the first place first.
fn snippets<'a>(
    places: &'a [Place],
    texts: &'a Texts,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut by_file: BTreeMap<(usize, &str), Vec<(usize, &Place)>> = BTreeMap::new();
    for (number, place) in places.iter().enumerate() {
        let file = place.origin.file.as_ref();
        let first = places.iter().position(|other| other.origin.file.as_ref() == file).unwrap_or(number);
        by_file.entry((first, file)).or_default().push((number, place));
    }
    let snippet = |((_, file), places): ((usize, &'a str), Vec<(usize, &'a Place)>)| {
        let text = texts.get(file).unwrap_or_default();
        let mut snippet = Snippet::source(text).path(file);
        for (number, place) in places {
            let kind = if number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            snippet = snippet.annotation(kind.span(span(text, &place.origin)).label(&place.label));
        }
        snippet
    };
    by_file.into_iter().map(snippet).collect()
}

/// The bytes that an origin points at.
fn span(text: &str, origin: &Origin) -> Range<usize> {
    let line_start: usize =
        text.split_inclusive('\n').take(origin.line.saturating_sub(1) as usize).map(str::len).sum();
    let line = text[line_start..].lines().next().unwrap_or_default();
    let byte_at = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let start = byte_at(origin.column.saturating_sub(1) as usize);
    let end = byte_at((origin.column.saturating_sub(1) + origin.length) as usize).max(start);
    line_start + start..line_start + end
}
