//! The words of Statistics Sweden's tables: names of variables, totals, contents, periods, area codes.
//! Rule:    a name of a variable may be folded (`kön` is `Kon`); a name of a municipality never is, nor is it ever read.

use std::str::FromStr;

use avgift::{Month, NaiveDate};
use chrono::{Datelike, Months};

use crate::table::Role;

/// A name of a variable without case and Swedish letters, so that the code `Alder` meets the text `ålder`.
pub(crate) fn folded(name: &str) -> String {
    name.trim()
        .to_lowercase()
        .chars()
        .map(|letter| match letter {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            '_' => ' ',
            other => other,
        })
        .collect()
}

/// What a variable is for, by its code or its text in Swedish or English.
pub(crate) fn role_by_name(name: &str) -> Role {
    match folded(name).as_str() {
        "region" | "regionkod" | "region code" | "kommun" | "kommunkod" | "kommunnamn" | "lan"
        | "lanskod" | "municipality" | "municipality code" | "county" | "area" | "kod" | "code" => Role::Area,
        "tid" | "ar" | "year" | "manad" | "month" | "kvartal" | "quarter" | "period" | "time" => Role::Time,
        "contentscode" | "tabellinnehall" | "observations" | "contents" | "innehall" => Role::Contents,
        _ => Role::Other,
    }
}

/// Whether a name is that of a variable which parts a population, so that numbers under it are codes.
pub(crate) fn parts_a_population(name: &str) -> bool {
    matches!(
        folded(name).as_str(),
        "alder"
            | "age"
            | "kon"
            | "sex"
            | "civilstand"
            | "marital status"
            | "fodelseland"
            | "country of birth"
    )
}

/// The code at the head of an area's text, and what follows: `0114 Upplands Väsby`, `0114 - Upplands Väsby`, `0114`.
///
/// A code has a digit and no letter beyond A to Z; `Upplands Väsby` alone has no code.
pub(crate) fn area_code_and_name(text: &str) -> (Option<&str>, Option<&str>) {
    let text = text.trim();
    let (head, rest) = text.split_once([' ', '\u{a0}']).unwrap_or((text, ""));
    let is_code = head.bytes().any(|byte| byte.is_ascii_digit())
        && head.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let name = |name: &'_ str| !name.is_empty();
    if !is_code {
        return (None, Some(text).filter(|text| name(text)));
    }
    let rest = rest.trim();
    let rest = rest.strip_prefix("- ").unwrap_or(rest).trim();
    (Some(head), Some(rest).filter(|rest| name(rest)))
}

/// Whether `text` is an area code of the country, a county or a municipality: two or four digits.
pub(crate) fn is_plain_area_code(text: &str) -> bool {
    matches!(text.len(), 2 | 4) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `text` looks like the code of a content or a table: `BE0101N1`, `000007ME`, `TAB638`.
pub(crate) fn is_contents_code(text: &str) -> bool {
    text.len() >= 6
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a content is the number of inhabitants, by its code or its text.
pub(crate) fn is_population(name: &str) -> bool {
    matches!(name, "BE0101N1" | "000007ME" | "000007SF")
        || matches!(
            name.trim().to_lowercase().as_str(),
            "folkmängd"
                | "folkmängden"
                | "folkmängden per månad"
                | "population"
                | "population per month"
                | "population by month"
        )
}

/// Whether a content, or the title of a table, is the number of inhabitants on 1 November.
pub(crate) fn is_of_november(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name == "be0101a9"
        || [
            "folkmängden den 1 november",
            "folkmängd den 1 november",
            "folkmängd 1 november",
            "population 1 november",
        ]
        .iter()
        .any(|head| name.starts_with(head))
}

/// Whether a content says no more than that it is a number; the title of its table then says of what.
pub(crate) fn is_a_number_of_something(name: &str) -> bool {
    matches!(name.trim().to_lowercase().as_str(), "antal" | "number")
}

/// How surely a category is the total of its variable: the lower, the surer; nothing where it is a part.
///
/// The last are the same total under the headings of age classes of one, five and ten years.
pub(crate) fn total_rank(code: Option<&str>, text: Option<&str>) -> Option<u8> {
    let code = code.map(str::to_lowercase);
    match code.as_deref() {
        Some("tot" | "totsa" | "sc") => return Some(0),
        Some("tot1") => return Some(2),
        Some("tot5") => return Some(3),
        Some("tot10") => return Some(4),
        _ => {}
    }
    // A file without codes has texts alone, and a text in a column of codes is a text all the same.
    [text.map(str::to_lowercase), code].into_iter().flatten().find_map(|text| {
        let text = text.trim().to_owned();
        let is_total = matches!(text.as_str(), "totalt" | "total" | "samtliga" | "samtliga åldrar")
            || ["totalt ", "totalt, ", "total, "].iter().any(|head| text.starts_with(head));
        is_total.then_some(1)
    })
}

/// Whether `text` is a period: a year, month, quarter or half-year, or a span of two of them.
pub(crate) fn is_period(text: &str) -> bool {
    match text.split_once('-') {
        Some((from, to)) => is_single_period(from) && is_single_period(to),
        None => is_single_period(text),
    }
}

fn is_single_period(text: &str) -> bool {
    let (Some(year), Some(rest)) = (text.get(..4), text.get(4..)) else { return false };
    let is_year = year.bytes().all(|byte| byte.is_ascii_digit()) && ("1700".."2200").contains(&year);
    let number = rest.get(1..).unwrap_or("");
    let is_part = match rest.as_bytes().first() {
        None => true,
        Some(b'M' | b'V' | b'W') => number.len() == 2,
        Some(b'K' | b'Q' | b'H') => number.len() == 1,
        Some(_) => false,
    };
    is_year && is_part && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The last day of a year or month; of other periods nothing.
pub(crate) fn last_day(period: &str) -> Option<NaiveDate> {
    if is_single_period(period) && period.len() == 4 {
        return NaiveDate::from_ymd_opt(period.parse().ok()?, 12, 31);
    }
    let month = Month::from_str(period).ok()?;
    let first = NaiveDate::from_ymd_opt(month.year(), month.month(), 1)?;
    first.checked_add_months(Months::new(1)).and_then(|day| day.pred_opt())
}

/// A day as JSON (`2026-02-24T07:00:00Z`) or px (`20220222 08:00`) writes it.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%Y%m%d"]
        .iter()
        .zip([10, 8])
        .find_map(|(pattern, length)| NaiveDate::parse_from_str(text.get(..length)?, pattern).ok())
        .filter(|day| (1900..2200).contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_has_its_code_at_the_head() {
        assert_eq!(area_code_and_name("0114 Upplands Väsby"), (Some("0114"), Some("Upplands Väsby")));
        assert_eq!(area_code_and_name("0114 - Upplands Väsby"), (Some("0114"), Some("Upplands Väsby")));
        assert_eq!(area_code_and_name("0114"), (Some("0114"), None));
        assert_eq!(area_code_and_name("SE110 Stockholms län"), (Some("SE110"), Some("Stockholms län")));
        assert_eq!(area_code_and_name("Upplands Väsby"), (None, Some("Upplands Väsby")));
        assert_eq!(area_code_and_name(""), (None, None));
    }

    #[test]
    fn a_period_is_a_year_or_a_part_of_one() {
        for text in ["2022", "2025M11", "2007K1", "2007Q1", "2020H2", "2019-2023", "2020M01-2020M10"] {
            assert!(is_period(text), "{text}");
        }
        for text in ["0114", "22", "2022M1", "2022-", "-2022", "20225", "år", "2007K", "1480 Göteborg"] {
            assert!(!is_period(text), "{text}");
        }
    }

    #[test]
    fn the_day_of_a_month_is_its_last() {
        let day = |text: &str| last_day(text).map(|day| day.to_string());
        assert_eq!(day("2024").as_deref(), Some("2024-12-31"));
        assert_eq!(day("2025M12").as_deref(), Some("2025-12-31"));
        assert_eq!(day("2024M02").as_deref(), Some("2024-02-29"));
        assert_eq!(day("202510").as_deref(), Some("2025-10-31"));
        assert_eq!(day("2025K4"), None);
    }

    #[test]
    fn a_total_is_known_by_code_or_text() {
        assert_eq!(total_rank(Some("TotSA"), None), Some(0));
        assert_eq!(total_rank(None, Some("total, all ages")), Some(1));
        assert_eq!(total_rank(None, Some("Totalt ålder")), Some(1));
        assert_eq!(total_rank(Some("TOT10"), Some("totalt, samtliga åldrar")), Some(4));
        assert_eq!(total_rank(Some("1"), Some("män")), None);
    }
}
