//! Language: of what people read; Swedish unless told otherwise, or English.

use serde::{Deserialize, Serialize};

use crate::catalogue;

/// The language of tables, explanations and documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Language {
    /// Svenska, the default: what a member receives is Swedish.
    #[default]
    #[serde(rename = "sv")]
    Swedish,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both languages.
    pub const ALL: [Language; 2] = [Language::Swedish, Language::English];

    /// The code of ISO 639-1: `sv` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Language::Swedish => "sv",
            Language::English => "en",
        }
    }

    /// A message that carries no figures.
    ///
    /// # Panics
    /// Where the wording files hold no such message: a fault of ours, and a test looks for it.
    #[must_use]
    pub fn say(self, message: &str) -> String {
        self.tell(message, &[])
    }

    /// A message with its figures, each by its name.
    ///
    /// # Panics
    /// As `say`, and where a figure that the message carries is not given.
    #[must_use]
    pub fn tell(self, message: &str, figures: &[(&str, &str)]) -> String {
        catalogue::text(self, message, figures)
    }
}
