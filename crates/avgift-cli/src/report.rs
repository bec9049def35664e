//! Report: refusals on the screen, each with the lines of the file it points at.
//! A line of the journal may be longer than a book: of it is shown what stands near the fault. Where a file is not at hand, the
//! place is told without an excerpt.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
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

/// One excerpt a file, the file of the first place first; of a file that is not held whole, one a place.
fn snippets<'a>(places: &'a [Place], texts: &'a Texts) -> Vec<Element<'a>> {
    let mut by_file: BTreeMap<(usize, &str), Vec<(usize, &Place)>> = BTreeMap::new();
    for (number, place) in places.iter().enumerate() {
        let file = place.origin.file.as_ref();
        let first = places.iter().position(|other| other.origin.file.as_ref() == file).unwrap_or(number);
        by_file.entry((first, file)).or_default().push((number, place));
    }
    let of_file = |((_, file), places): ((usize, &'a str), Vec<(usize, &'a Place)>)| match texts.get(file) {
        Some(text) => {
            let annotated =
                places.into_iter().fold(Snippet::source(text).path(file), |snippet, (number, place)| {
                    snippet.annotation(annotation(number, span(text, &place.origin), &place.label))
                });
            vec![annotated.into()]
        }
        None => places.into_iter().map(|(number, place)| alone(number, place, texts)).collect(),
    };
    by_file.into_iter().flat_map(of_file).collect()
}

/// A place in a file of which no more than its line is at hand.
fn alone<'a>(number: usize, place: &'a Place, texts: &'a Texts) -> Element<'a> {
    let origin = &place.origin;
    let (line, column) = (origin.line as usize, origin.column as usize);
    let Some(text) = texts.line(&origin.file, origin.line) else {
        return annotate_snippets::Origin::path(&*origin.file).line(line).char_column(column).into();
    };
    let in_line = Origin { line: 1, ..origin.clone() };
    let span = span(text, &in_line);
    let snippet = Snippet::source(text).line_start(line).path(&*origin.file);
    snippet.annotation(annotation(number, span, &place.label)).into()
}

fn annotation(number: usize, span: Range<usize>, label: &str) -> annotate_snippets::Annotation<'_> {
    let kind = if number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
    kind.span(span).label(label)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(refusal: &Refusal, texts: &Texts) -> String {
        anstream::adapter::strip_str(&render(std::slice::from_ref(refusal), texts)).to_string()
    }

    /// A file that is not at hand has no excerpt, and its place all the same.
    #[test]
    fn a_place_without_its_text_is_told_right() {
        let refusal =
            Refusal::error("a-code", "wrong").at(&Origin::new("journal.jsonl", 7, 81, 3), "here").why("so");
        let text = plain(&refusal, &Texts::default());
        assert!(text.contains("--> journal.jsonl:7:81\n"), "{text}");
        assert!(text.contains("why: so"), "{text}");
    }

    /// A line of the journal may have millions of characters: some before the place are shown, and some after it.
    #[test]
    fn a_long_line_is_cut_and_its_column_is_right() {
        let scratch = tempfile::tempdir().expect("the system has room for a folder");
        let long = format!("{}{}ÄÖ{}", "x\n", "å".repeat(100_000), "z".repeat(100_000));
        std::fs::write(scratch.path().join("journal.jsonl"), long).expect("a file of a test");
        let refusal =
            Refusal::error("a-code", "wrong").at(&Origin::new("journal.jsonl", 2, 100_001, 2), "here");
        let mut texts = Texts::default();
        texts.add_journal(scratch.path(), std::slice::from_ref(&refusal));
        let text = plain(&refusal, &texts);
        assert!(text.contains("--> journal.jsonl:2:100001\n"), "{text}");
        assert!(text.contains("åÄÖz") && text.contains("^^ here"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() < 160), "{text}");
    }
}
