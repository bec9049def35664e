//! Reading back: values from what they wrote, and from nothing else.
//! Rule:    a stored value goes through its type's own constructor, and is refused where it is not written as the type
//!          writes it: `1.50`, not `1,50 kr`; `2022M10`, not `202210`. A field that is written is there when it is read;
//!          one that nobody writes is refused.
//! Why:     what is read leniently today says something else tomorrow, and numbers that pass through a binary float do so
//!          at once. The order of fields and the space between them are the format's and mean nothing.
//! Not here: which amounts follow from which (see `replay`).

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A value from its text, where the text is the one that the value writes; for `#[serde(deserialize_with)]`.
///
/// # Errors
/// The type's own; and one that names the right spelling of a value that is spelt in another way.
pub fn as_written<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: Display> + Display,
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    let value: T = text.parse().map_err(D::Error::custom)?;
    let written = value.to_string();
    if written == text {
        Ok(value)
    } else {
        Err(D::Error::custom(format!("`{text}` is written `{written}`")))
    }
}

/// A field that is left out where there is none: what stands there is a value and never `null`.
///
/// # Errors
/// The type's own.
pub fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// A value that is read [`as_written`], where it stands within another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsWritten<T>(pub T);

impl<'de, T: FromStr<Err: Display> + Display> Deserialize<'de> for AsWritten<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<AsWritten<T>, D::Error> {
        as_written(deserializer).map(AsWritten)
    }
}

/// A day that is left out where there is none.
pub(crate) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    AsWritten::deserialize(deserializer).map(|AsWritten(day)| Some(day))
}

/// Lets types that write themselves as text be read from that text and no other.
#[macro_export]
macro_rules! read_as_written {
    ($($type:ty),+) => {$(
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                $crate::as_written(deserializer)
            }
        }
    )+};
}

read_as_written!(
    crate::Sek,
    crate::FeeRate,
    crate::Month,
    crate::MunicipalityCode,
    crate::Portion,
    crate::Figure
);
