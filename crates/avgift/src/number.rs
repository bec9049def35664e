//! Decimal numbers as people in Sweden write them and as files carry them.
//! Read:    `15000`, `15000.50`, `15 000,50`, with a space, a no-break space or a narrow one between thousands.
//! Written: `15 000,50` for people (see `swedish`), `15000.50` for files.
//! Errors:  a text that is not such a number is no number; nothing is guessed.

use rust_decimal::Decimal;

use crate::error::Error;
use crate::language::Language;
use crate::ratio::Ratio;

/// The decimal number that `text` writes, in Swedish or plain notation, or nothing where it is none.
///
/// A comma and a point are both decimal marks; neither ever groups thousands, so `1.500` is one and a half. Where a person may
/// have meant thousands, [`could_group_thousands`] tells.
///
/// ```
/// use avgift::{Decimal, parse_decimal};
/// assert_eq!(parse_decimal("15 000,50"), Some(Decimal::new(1_500_050, 2)));
/// assert_eq!(parse_decimal("15 00"), None);
/// assert_eq!(parse_decimal("1e3"), None);
/// ```
#[must_use]
pub fn parse_decimal(text: &str) -> Option<Decimal> {
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (whole, fraction) = match digits.split_once([',', '.']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let whole = ungrouped(whole)?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(&whole) || fraction.is_some_and(|part| !is_number(part)) {
        return None;
    }
    let fraction = fraction.map(|digits| format!(".{digits}")).unwrap_or_default();
    Decimal::from_str_exact(&format!("{sign}{whole}{fraction}")).ok()
}

/// Whether a number could as well be a thousand times as much: one to three digits, a point or a comma, and three digits,
/// `15.000` or `1,500`. Nothing says which its writer meant.
///
/// ```
/// use avgift::could_group_thousands;
/// assert!(could_group_thousands("15.000") && could_group_thousands("1,500"));
/// assert!(!could_group_thousands("0,808") && !could_group_thousands("15 000,50"));
/// ```
#[must_use]
pub fn could_group_thousands(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '\u{2212}']);
    let Some((whole, fraction)) = digits.split_once([',', '.']) else { return false };
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&whole.len())
        && fraction.len() == 3
        && !whole.starts_with('0')
        && are_digits(whole)
        && are_digits(fraction)
}

/// The digits of a whole part without the spaces between its thousands; nothing where the groups are not of three.
fn ungrouped(text: &str) -> Option<String> {
    let mut groups = text.split([' ', '\u{a0}', '\u{202f}']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    if !rest.is_empty() && (first.is_empty() || first.len() > 3 || rest.iter().any(|group| group.len() != 3))
    {
        return None;
    }
    Some([first].into_iter().chain(rest).collect())
}

/// A whole number with its thousands set apart: `1 234 567` in Swedish, `1,234,567` in English.
#[must_use]
pub fn grouped(value: i128, language: Language) -> String {
    let digits = value.unsigned_abs().to_string();
    let separator = match language {
        Language::Swedish => ' ',
        Language::English => ',',
    };
    let mut text = String::new();
    if value < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// A decimal number for people, with all its decimals: `1,50` in Swedish, `1.50` in English.
#[must_use]
pub fn decimal_text(value: Decimal, language: Language) -> String {
    let plain = value.to_string();
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let sign = if whole.starts_with('-') { "-" } else { "" };
    let mark = decimal_mark(language);
    let whole =
        whole.trim_start_matches('-').parse().map_or_else(|_| whole.to_owned(), |n| grouped(n, language));
    match fraction {
        Some(fraction) => format!("{sign}{whole}{mark}{fraction}"),
        None => format!("{sign}{whole}"),
    }
}

/// A ratio for people, with at least so many decimals and at most so many; what follows the last is cut, and … says so.
///
/// # Errors
/// `AmountMustNotOverflow`.
pub(crate) fn decimals_of(value: Ratio, least: u32, most: u32, language: Language) -> Result<String, Error> {
    let shown = value.times(Ratio::new(10_i128.pow(most), 1)?)?;
    let cut = shown.numerator() / shown.denominator();
    let more = if shown.denominator() == 1 { "" } else { "…" };
    let sign = if value < Ratio::ZERO { "-" } else { "" };
    let (whole, places) = (cut.unsigned_abs() / 10_u128.pow(most), cut.unsigned_abs() % 10_u128.pow(most));
    let mut places = format!("{places:0>width$}", width = most as usize);
    while more.is_empty() && places.len() > least as usize && places.ends_with('0') {
        places.pop();
    }
    let whole = grouped(i128::try_from(whole).map_err(|_| Error::AmountMustNotOverflow)?, language);
    let mark = if places.is_empty() { String::new() } else { decimal_mark(language).to_string() };
    Ok(format!("{sign}{whole}{mark}{places}{more}"))
}

/// What stands before the decimals.
pub(crate) fn decimal_mark(language: Language) -> char {
    match language {
        Language::Swedish => ',',
        Language::English => '.',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_and_a_web_page_write_is_read() {
        for text in ["1234.5", "1234,5", "1 234,5", "1\u{a0}234,5", "1\u{202f}234.5"] {
            assert_eq!(parse_decimal(text), Some(Decimal::new(12345, 1)), "{text}");
        }
        assert_eq!(parse_decimal("-62"), Some(Decimal::new(-62, 0)));
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in [
            "",
            " ",
            "1_000",
            "+5",
            ".5",
            "5.",
            "1e3",
            "1 00",
            "12 34 567",
            "1,2,3",
            "1.2.3",
            "..",
            "-",
            "ett",
            "١",
        ] {
            assert_eq!(parse_decimal(text), None, "{text}");
        }
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(-1_234_567, Language::Swedish), "-1 234 567");
        assert_eq!(grouped(999, Language::Swedish), "999");
        assert_eq!(decimal_text(Decimal::new(123_456_789, 2), Language::English), "1,234,567.89");
        assert_eq!(decimal_text(Decimal::new(-50, 2), Language::Swedish), "-0,50");
    }

    #[test]
    fn a_ratio_is_cut_and_says_so() {
        let text = |above, below, least| {
            decimals_of(Ratio::new(above, below).unwrap(), least, 6, Language::Swedish).unwrap()
        };
        assert_eq!(text(3, 2, 2), "1,50");
        assert_eq!(text(15_000, 1, 0), "15 000");
        assert_eq!(text(2, 3, 2), "0,666666…");
        assert_eq!(text(-1, 3, 0), "-0,333333…");
        assert_eq!(text(1, 10_000_000, 0), "0,000000…");
        assert_eq!(text(1, 1_000_000, 0), "0,000001");
    }
}
