//! The words of a date, in the language that is asked for.

use chrono::Datelike as _;

pub use avgift_wording::Language;

/// The name of month 1 to 12.
pub(crate) fn month_name(month: u32, language: Language) -> String {
    language.say(&format!("month-{month}"))
}

/// A date for people: `31 december 2023`.
#[must_use]
pub fn date_text(date: chrono::NaiveDate, language: Language) -> String {
    format!("{} {} {}", date.day(), month_name(date.month(), language), date.year())
}
