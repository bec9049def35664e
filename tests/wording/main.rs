//! The two wording files held to each other, and to the code that says them.

#![allow(
    clippy::disallowed_methods,
    reason = "the wording knows no file, but its test reads the code that says it"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use avgift_wording::{Language, Message, messages};

/// A message with each of its figures given as this text.
fn told(language: Language, message: &Message, figure: &str) -> String {
    let figures: Vec<(&str, &str)> = message.figures.iter().map(|name| (name.as_str(), figure)).collect();
    language.tell(&message.name, &figures)
}

/// Every source file of the other crates, where a message may be said.
fn sources() -> Vec<(PathBuf, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(crates).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| !folder.ends_with("avgift-wording"));
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("rs" | "typ") => sources.push((path.clone(), fs::read_to_string(path).unwrap())),
                _ => folders.push(path),
            }
        }
    }
    sources
}

/// The names that follow `say("` or `tell("`, over the end of a line too.
fn said(source: &str) -> BTreeSet<&str> {
    let calls = [".say(", ".tell("].into_iter().flat_map(|call| source.split(call).skip(1));
    calls.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next()).collect()
}

/// The same messages in the same order, each with the same figures: a text that one language lacks would stop a document.
#[test]
fn both_languages_have_the_same_messages() {
    let (swedish, english) = (messages(Language::Swedish), messages(Language::English));
    for (swedish, english) in swedish.iter().zip(&english) {
        assert_eq!(swedish, english);
    }
    assert_eq!(swedish.len(), english.len());
}

/// Whatever the figures are, one or many or text.
#[test]
fn every_message_is_told_in_both_languages() {
    for language in Language::ALL {
        for message in messages(language) {
            for figure in ["0", "1", "2", "1,50 kr", "Ale"] {
                let text = told(language, &message, figure);
                assert!(!text.trim().is_empty(), "{} is empty", message.name);
                assert_eq!(text, text.trim(), "{}", message.name);
                let shown = message.figures.is_empty() || text.contains(figure);
                assert!(shown, "{} leaves out its figure: {text}", message.name);
            }
        }
    }
}

/// What a member is called is neither code nor markup to us: nothing of it is read, and nothing is added.
#[test]
fn a_figure_is_inserted_as_it_is() {
    for figure in
        ["{ $name }", "{", "}}", "<b>&amp;", "=1+1", "*[other]", "עברית", "عربي", "007", "1e3", "+5", " a "]
    {
        let text = Language::Swedish.tell("terms-floor", &[("amount", figure)]);
        assert_eq!(text, format!("golv {figure}"));
    }
    let long = "å".repeat(200);
    assert_eq!(Language::English.tell("terms-floor", &[("amount", &long)]), format!("floor {long}"));
}

/// One inhabitant, two inhabitants, and so on where a count decides the word.
#[test]
fn a_count_decides_the_word() {
    for (message, figure, number, swedish, english) in [
        ("inhabitants", "number", "1", "1 invånare", "1 inhabitant"),
        ("inhabitants", "number", "2", "2 invånare", "2 inhabitants"),
        ("inhabitants", "number", "32 446", "32 446 invånare", "32 446 inhabitants"),
        ("days-net", "days", "1", "1 dag netto.", "1 day net."),
        ("days-net", "days", "30", "30 dagar netto.", "30 days net."),
    ] {
        assert_eq!(Language::Swedish.tell(message, &[(figure, number)]), swedish);
        assert_eq!(Language::English.tell(message, &[(figure, number)]), english);
    }
}

/// Two messages that read alike in both languages are one message: else one is corrected and the other forgotten.
#[test]
fn no_words_stand_twice() {
    let mut by_words: BTreeMap<(String, String), String> = BTreeMap::new();
    for message in messages(Language::Swedish) {
        let words = |language| told(language, &message, "…").to_lowercase();
        let words = (words(Language::Swedish), words(Language::English));
        if let Some(other) = by_words.insert(words, message.name.clone()) {
            panic!("{} and {other} read alike", message.name);
        }
    }
}

/// A message that nobody says is a text that somebody would correct in vain.
#[test]
fn every_message_is_said_somewhere() {
    let sources = sources();
    for message in messages(Language::Swedish) {
        let literal = format!("\"{}\"", message.name);
        let is_said = sources.iter().any(|(_, source)| source.contains(&literal));
        assert!(is_said, "nobody says {}", message.name);
    }
}

#[test]
fn every_message_that_is_said_is_there() {
    let there: BTreeSet<String> =
        messages(Language::Swedish).into_iter().map(|message| message.name).collect();
    let mut count = 0;
    for (path, source) in sources() {
        for name in said(&source) {
            assert!(there.contains(name), "{} says {name}, which is no message", path.display());
            count += 1;
        }
    }
    assert!(count > 30, "the calls are found");
}

/// The search itself, for it would else find nothing and be content.
#[test]
fn the_calls_are_found_over_the_end_of_a_line() {
    let source = "language.say(\"a-b\"); language\n    .tell(\n        \"c\",\n        &[]); language.say(match x { _ => \"d\" })";
    assert_eq!(said(source), BTreeSet::from(["a-b", "c"]));
}
