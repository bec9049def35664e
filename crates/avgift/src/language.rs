//! The language of what people read: Swedish unless told otherwise, or English.

use serde::{Deserialize, Serialize};

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
    /// The one of two texts that is in this language.
    ///
    /// ```
    /// assert_eq!(avgift::Language::Swedish.pick("avgift", "fee"), "avgift");
    /// ```
    #[must_use]
    pub fn pick<T>(self, swedish: T, english: T) -> T {
        match self {
            Language::Swedish => swedish,
            Language::English => english,
        }
    }
}

const MONTHS_SWEDISH: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of month 1 to 12.
pub(crate) fn month_name(month: u32, language: Language) -> &'static str {
    let names = language.pick(MONTHS_SWEDISH, MONTHS_ENGLISH);
    names.get((month as usize).wrapping_sub(1)).copied().unwrap_or("?")
}

/// A date for people: `31 december 2023`.
#[must_use]
pub fn date_text(date: chrono::NaiveDate, language: Language) -> String {
    use chrono::Datelike;
    format!("{} {} {}", date.day(), month_name(date.month(), language), date.year())
}
