//! Reading back: what a document holds besides values of types: codes that have one value here, fields that may be absent.
//! Rule:    a stored document is read by its types' own constructors, holds no field that none was written with, and adds up
//!          (see `sums`), or it is refused.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::vat;

/// A code of a list, of which a document holds some values only.
pub(crate) type Code = &'static str;

fn one_of<'de, D: Deserializer<'de>>(deserializer: D, codes: &[Code]) -> Result<Code, D::Error> {
    let text = String::deserialize(deserializer)?;
    let code = codes.iter().find(|code| **code == text).copied();
    code.ok_or_else(|| D::Error::custom(format!("`{text}` stands where only `{}` can", codes.join("`, `"))))
}

/// Readers of codes, each with the values that it takes.
macro_rules! codes {
    ($($reader:ident: $($code:literal)+)+) => {$(
        pub(crate) fn $reader<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
            one_of(deserializer, &[$($code),+])
        }
    )+};
}

codes! {
    invoice_type: "380"
    credit_note_type: "381"
    currency: "SEK"
    country: "SE"
    unit: "IE" "C62"
    means: "30"
    means_text: "Bankgiro"
    provider: "SE:BANKGIRO"
}

/// The code of an allowance, where there is one.
pub(crate) fn allowance<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Code>, D::Error> {
    one_of(deserializer, &["95"]).map(Some)
}

/// The code of why there is no VAT, where there is one.
pub(crate) fn exemption<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Code>, D::Error> {
    let codes: Vec<Code> = vat::EXEMPTION_CODES.iter().copied().chain([vat::OUTSIDE_SCOPE]).collect();
    one_of(deserializer, &codes).map(Some)
}

/// A list that is left out where it is empty.
pub(crate) fn some<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let list = Vec::deserialize(deserializer)?;
    if list.is_empty() { Err(D::Error::custom("an empty list is left out")) } else { Ok(list) }
}

/// A field that nobody writes.
pub(crate) fn refuse_more<E: serde::de::Error>(
    more: &std::collections::BTreeMap<String, serde::de::IgnoredAny>,
) -> Result<(), E> {
    match more.keys().next() {
        Some(field) => Err(E::custom(format!("unknown field `{field}`"))),
        None => Ok(()),
    }
}
