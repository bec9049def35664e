//! The words of a date, in the language that is asked for; the order of names.

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

/// How Swedish sorts a name: å, ä and ö come last, and upper and lower case are one.
#[must_use]
pub fn sort_key(name: &str) -> Vec<u32> {
    let place = |letter: char| match letter {
        'å' => 'z' as u32 + 1,
        'ä' => 'z' as u32 + 2,
        'ö' => 'z' as u32 + 3,
        'é' => 'e' as u32,
        other => other as u32,
    };
    name.to_lowercase().chars().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_sorts_its_last_letters_last() {
        let mut names = ["Öckerö", "Åmål", "Ale", "Ängelholm", "Vänersborg", "Varberg"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Ale", "Varberg", "Vänersborg", "Åmål", "Ängelholm", "Öckerö"]);
    }
}
