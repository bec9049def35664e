//! Text: what is written is read back as the same value.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use avgift::{Decimal, FeeRate, Language, Sek, decimal_text, parse_decimal};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};

use super::Held;

/// parse(text) = value, for a text that writes the value.
///
/// # Errors
/// A text that is refused, or read as something else.
pub fn reads_back<T: FromStr + PartialEq + Debug>(value: &T, text: &str) -> Held {
    match text.parse::<T>() {
        Ok(read) => prop_assert!(read == *value, "{value:?} is written `{text}` and read {read:?}"),
        Err(_) => return Err(TestCaseError::fail(format!("{value:?} is written `{text}` and refused"))),
    }
    Ok(())
}

/// parse(format(x)) = x in plain writing: codes, months, fee years, amounts, rates.
///
/// # Errors
/// As [`reads_back`].
pub fn plain_text_reads_back<T: FromStr + PartialEq + Debug + Display>(value: &T) -> Held {
    reads_back(value, &value.to_string())
}

/// An amount reads back from Swedish, with its öre and without, and with the spaces that spreadsheets and pages use.
///
/// # Errors
/// As [`reads_back`].
pub fn amount_reads_back_from_swedish(amount: Sek) -> Held {
    let (short, long) = (amount.text(Language::Swedish), amount.text_with_ore(Language::Swedish));
    for text in [&short, &long, &long.replace(' ', "\u{a0}"), &long.replace(' ', "\u{202f}")] {
        reads_back(&amount, text)?;
    }
    Ok(())
}

/// A rate reads back from Swedish.
///
/// # Errors
/// As [`reads_back`].
pub fn rate_reads_back_from_swedish(rate: FeeRate) -> Held {
    reads_back(&rate, &rate.text(Language::Swedish))
}

/// A decimal number reads back from Swedish and from plain writing, with as many decimals as it had.
///
/// English is for people alone: its comma between thousands would be read as a decimal mark.
///
/// # Errors
/// A number that is refused, or read as another.
pub fn decimal_reads_back(value: Decimal) -> Held {
    for text in [decimal_text(value, Language::Swedish), value.to_string()] {
        let read = parse_decimal(&text);
        prop_assert_eq!(read, Some(value), "{}", text);
        prop_assert_eq!(read.map(|read| read.scale()), Some(value.scale()), "{}", text);
    }
    Ok(())
}
