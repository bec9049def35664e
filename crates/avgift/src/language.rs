//! The words of a date, in the language that is asked for.

use chrono::Datelike as _;

pub use avgift_wording::Language;

/// The name of month 1 to 12.
pub(crate) fn month_name(month: u32, language: Language) -> String {
    language.say(match month {
        1 => "month-1",
        2 => "month-2",
        3 => "month-3",
        4 => "month-4",
        5 => "month-5",
        6 => "month-6",
        7 => "month-7",
        8 => "month-8",
        9 => "month-9",
        10 => "month-10",
        11 => "month-11",
        _ => "month-12",
    })
}

/// A date for people: `31 december 2023`.
#[must_use]
pub fn date_text(date: chrono::NaiveDate, language: Language) -> String {
    format!("{} {} {}", date.day(), month_name(date.month(), language), date.year())
}
