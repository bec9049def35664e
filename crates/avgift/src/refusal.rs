//! Refusal: what every fault a user can cause has to tell: a code, the places, why, and how to mend it.
//! Text only: the command line draws it, an embedder may read its fields.

use std::fmt;

use serde::Serialize;

use crate::origin::Origin;

/// Whether a fault stops the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is computed or written before this is mended.
    Error,
    /// Said, and the run goes on.
    Warning,
}

/// A place that a refusal points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Where it stands.
    pub origin: Origin,
    /// What to see there, in a few words.
    pub label: String,
}

/// A fault in what the user gave, told so that the user can mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[must_use]
pub struct Refusal {
    /// The stable code: the rule that was broken, in kebab case. Every code stands in docs/errors.md.
    pub code: &'static str,
    /// Whether the run stops.
    pub severity: Severity,
    /// What is wrong, one line, with the user's own text in backticks.
    pub message: String,
    /// The places; the first is the one to mend.
    pub places: Vec<Place>,
    /// Why it is a fault: the rule.
    pub why: String,
    /// How to mend it.
    pub mend: String,
}

impl Refusal {
    /// An error with its code and message; places, why and mend are added by the methods below.
    pub fn error(code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal {
            code,
            severity: Severity::Error,
            message: shown(&message.into()),
            places: Vec::new(),
            why: String::new(),
            mend: String::new(),
        }
    }

    /// A warning with its code and message.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { severity: Severity::Warning, ..Refusal::error(code, message) }
    }

    /// Adds a place, where one is known.
    pub fn at<'a>(mut self, origin: impl Into<Option<&'a Origin>>, label: impl Into<String>) -> Refusal {
        if let Some(origin) = origin.into() {
            self.places.push(Place { origin: origin.clone(), label: shown(&label.into()) });
        }
        self
    }

    /// Says why.
    pub fn why(mut self, why: impl Into<String>) -> Refusal {
        self.why = shown(&why.into());
        self
    }

    /// Says how to mend.
    pub fn mend(mut self, mend: impl Into<String>) -> Refusal {
        self.mend = shown(&mend.into());
        self
    }
}

/// A text that holds a user's own, fit for any screen: what would steer a terminal or turn the direction of writing is
/// made visible, and what is longer than anybody reads is cut.
fn shown(text: &str) -> String {
    const LONGEST: usize = 600;
    let mut shown: String = text.chars().take(LONGEST).map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// A character for people, where one that steers is made visible.
pub(crate) fn visible(letter: char) -> char {
    if steers(letter) { char::REPLACEMENT_CHARACTER } else { letter }
}

/// Whether a character does something to a screen instead of standing on it: control characters, marks of direction.
#[must_use]
pub fn steers(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Display for Refusal {
    /// The refusal on one line each: code and message, places, why, mend. Without the excerpt of the file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}[{}]: {}", self.code, self.message)?;
        for place in &self.places {
            write!(f, "\n  --> {}: {}", place.origin, place.label)?;
        }
        if !self.why.is_empty() {
            write!(f, "\n  why: {}", self.why)?;
        }
        if !self.mend.is_empty() {
            write!(f, "\n mend: {}", self.mend)?;
        }
        Ok(())
    }
}

/// Gives an enum named `Error` its stable codes, `Error::code` and the list `CODES`; the compiler refuses a variant that
/// is left out, and a test holds each code to the name of its variant. A variant that carries another crate's error
/// stands after a semicolon, and has that error's own code.
#[macro_export]
macro_rules! error_codes {
    ($($variant:ident $code:literal)* $(; $($carrier:ident)+)?) => {
        /// Every code of this crate's own, in the order of the variants.
        pub const CODES: &[&str] = &[$($code),*];

        impl Error {
            /// The stable code: the variant's name in kebab case.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self {
                    $(Error::$variant { .. } => $code,)*
                    $($(Error::$carrier(error) => error.code(),)+)?
                }
            }
        }

        #[cfg(test)]
        mod codes {
            #[test]
            fn every_code_is_the_name_of_its_variant() {
                for (code, variant) in super::CODES.iter().zip([$(stringify!($variant)),*]) {
                    let words = code.split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
                    assert_eq!(words.collect::<String>(), variant);
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_steer_a_screen_is_made_visible() {
        let refusal = Refusal::error("code", "`a\u{1b}[8mb`").why("\u{202e}c").mend("x".repeat(1000));
        assert_eq!(refusal.message, "`a\u{fffd}[8mb`");
        assert_eq!(refusal.why, "\u{fffd}c");
        assert_eq!(refusal.mend.chars().count(), 601);
    }
}
