//! Catalogue: the wording files, parsed once a process.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement};
use unic_langid::LanguageIdentifier;

use crate::language::Language;

static SWEDISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::Swedish));
static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::English));

/// A message of a wording file, and the figures that it carries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Its name.
    pub name: String,
    /// The names of its figures.
    pub figures: BTreeSet<String>,
}

/// The messages of a language, in the order of its file.
#[must_use]
pub fn messages(language: Language) -> Vec<Message> {
    let entries =
        fluent_syntax::parser::parse(source(language)).unwrap_or_else(|(resource, _)| resource).body;
    let messages = entries.into_iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message),
        _ => None,
    });
    messages
        .map(|message| {
            let mut figures = BTreeSet::new();
            for element in message.value.iter().flat_map(|pattern| &pattern.elements) {
                if let PatternElement::Placeable { expression } = element {
                    gather(expression, &mut figures);
                }
            }
            Message { name: message.id.name.to_owned(), figures }
        })
        .collect()
}

/// The names of the figures in an expression.
fn gather(expression: &Expression<&str>, figures: &mut BTreeSet<String>) {
    let (inline, variants) = match expression {
        Expression::Inline(inline) => (inline, &[][..]),
        Expression::Select { selector, variants } => (selector, &variants[..]),
    };
    match inline {
        InlineExpression::VariableReference { id } => {
            figures.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => gather(expression, figures),
        _ => {}
    }
    for element in variants.iter().flat_map(|variant| &variant.value.elements) {
        if let PatternElement::Placeable { expression } = element {
            gather(expression, figures);
        }
    }
}

/// A message as text.
pub(crate) fn text(language: Language, name: &str, figures: &[(&str, &str)]) -> String {
    let bundle = match language {
        Language::Swedish => &SWEDISH,
        Language::English => &ENGLISH,
    };
    let pattern = bundle.get_message(name).and_then(|message| message.value());
    let Some(pattern) = pattern else { panic!("{}.ftl holds the message {name}", language.code()) };
    let args: FluentArgs<'_> = figures.iter().map(|(name, figure)| (*name, value(figure))).collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    assert!(errors.is_empty(), "{name} is given its figures: {errors:?}");
    text
}

/// A figure as Fluent takes it. A small whole number is a number, so that a plural can go by it; it is written back as it
/// was. All else, `32 446` or `1,50 kr` or the name of a member, is text.
fn value(figure: &str) -> FluentValue<'_> {
    match figure.parse::<u32>() {
        Ok(count) if count.to_string() == figure => FluentValue::from(count),
        _ => FluentValue::from(figure),
    }
}

fn source(language: Language) -> &'static str {
    match language {
        Language::Swedish => include_str!("../wording/sv.ftl"),
        Language::English => include_str!("../wording/en.ftl"),
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let resource = FluentResource::try_new(source(language).to_owned());
    let resource =
        resource.unwrap_or_else(|(_, errors)| panic!("{}.ftl is Fluent: {errors:?}", language.code()));
    let identifier: LanguageIdentifier = language.code().parse().expect("sv and en are languages");
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // The marks that set a figure apart from text of the other direction would stand in every document.
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).unwrap_or_else(|errors| panic!("no message stands twice: {errors:?}"));
    bundle
}
