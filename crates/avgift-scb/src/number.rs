//! The numbers of a table, and the symbols that stand where there is none.
//! Read:    `32394`, `52.43`, and what Excel or a web page makes of it: `32 394`, `52,43`, a U+2011 or U+2212 for a minus.
//! Missing: `.` not possible, `..` not available, `...` to `......` as the table says, `-` nil, or nothing at all.
//! Errors:  anything else is no number; nothing is guessed.

use avgift::{Decimal, parse_decimal};

use crate::table::CellValue;

/// What a cell holds, or nothing where it is neither a number nor a symbol for a missing one.
pub(crate) fn cell_value(text: &str) -> Option<CellValue> {
    let text = text.trim();
    if is_missing_symbol(text) {
        return Some(CellValue::Missing(text.to_owned()));
    }
    decimal(text).map(CellValue::Number)
}

/// The number that `text` writes.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    match text.strip_prefix('\u{2011}') {
        Some(digits) => parse_decimal(digits).filter(Decimal::is_sign_positive).map(|number| -number),
        None => parse_decimal(text),
    }
}

/// The number that a JSON text writes, with or without an exponent; read from its digits, never through a float.
pub(crate) fn json_number(text: &str) -> Option<Decimal> {
    match text.find(['e', 'E']) {
        Some(_) => Decimal::from_scientific(text).ok(),
        None => parse_decimal(text),
    }
}

/// Whether `text` stands for a missing number. An empty cell does too: Statistics Sweden writes none, Excel may.
pub(crate) fn is_missing_symbol(text: &str) -> bool {
    text.is_empty()
        || (text.len() <= 6 && text.bytes().all(|byte| byte == b'.'))
        || matches!(text, "-" | "\u{2011}" | "\u{2013}" | "\u{2212}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<Decimal> {
        match cell_value(text) {
            Some(CellValue::Number(number)) => Some(number),
            _ => None,
        }
    }

    #[test]
    fn a_number_is_read_as_excel_or_a_web_page_left_it() {
        for text in ["604616", "604 616", "604\u{a0}616", "604\u{202f}616", " 604616 "] {
            assert_eq!(number(text), Some(Decimal::from(604_616)), "{text}");
        }
        for text in ["-62", "\u{2011}62", "\u{2212}62"] {
            assert_eq!(number(text), Some(Decimal::from(-62)), "{text}");
        }
        assert_eq!(number("142,6"), Some(Decimal::new(1426, 1)));
    }

    #[test]
    fn a_symbol_is_no_number() {
        for text in [".", "..", "......", "-", ""] {
            assert_eq!(cell_value(text), Some(CellValue::Missing(text.to_owned())), "{text}");
        }
        for text in [".......", "32394*", "n.a.", "\u{2011}-5", "\u{2011}\u{2212}5"] {
            assert!(number(text).is_none(), "{text}");
        }
        assert_eq!(cell_value("32394*"), None);
    }

    #[test]
    fn a_json_number_may_have_an_exponent() {
        assert_eq!(json_number("1.5e3"), Some(Decimal::from(1500)));
        assert_eq!(json_number("1e400"), None);
        assert_eq!(json_number("238.6"), Some(Decimal::new(2386, 1)));
    }
}
