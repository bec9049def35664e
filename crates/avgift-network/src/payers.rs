//! Payers: payers.csv as buyers of the invoice, each number with its check digits held.
//! Rule:    the short name is what members.csv names and what a document's file is called, so it is plain. At least one
//!          of buyer reference and order reference is given: municipalities send invoices without them back.
//! Errors:  PayerNameMustBePlain, PayerMustStandOnce, FieldMustBeGiven, those of `sheet` and of the invoice's types.

use avgift::{Language, PayerId, Refusal};
use avgift_invoice::{Buyer, PostalAddress, Text};

use crate::error::{Error, Written};
use crate::settings::Refusable;
use crate::sheet::{self, Column, Field, Row};

const COLUMNS: [Column; 13] = [
    Column { name: "payer", required: true },
    Column { name: "name", required: true },
    Column { name: "organisation_number", required: true },
    Column { name: "street", required: true },
    Column { name: "postcode", required: true },
    Column { name: "city", required: true },
    Column { name: "endpoint", required: false },
    Column { name: "buyer_reference", required: false },
    Column { name: "order_reference", required: false },
    Column { name: "legal_name", required: false },
    Column { name: "street2", required: false },
    Column { name: "language", required: false },
    Column { name: "note", required: false },
];

/// A payer: its short name with its place, and the buyer it is, where that could be read.
pub(crate) struct ReadPayer {
    pub(crate) id: Written,
    pub(crate) buyer: Option<Buyer>,
}

/// What was read of payers.csv.
#[derive(Default)]
pub(crate) struct ReadPayers {
    pub(crate) payers: Vec<ReadPayer>,
    /// Whether every row could be taken apart, so that a payer who is not among them is not in the file.
    pub(crate) is_whole: bool,
}

/// The payers of the file; the faults of each row are noted.
pub(crate) fn read(file: &str, bytes: &[u8], faults: &mut Vec<Refusal>) -> ReadPayers {
    let (rows, sheet_faults) = sheet::read(file, bytes, &COLUMNS);
    let is_whole = sheet_faults.is_empty();
    faults.extend(sheet_faults);
    let mut payers: Vec<ReadPayer> = Vec::new();
    for row in &rows {
        if faults.len() >= sheet::MOST_FAULTS {
            break; // A file that is wrong from end to end is told well enough.
        }
        let id = row.field(0);
        if id.given().is_none() {
            faults.push(Error::FieldMustBeGiven { column: "payer", origin: id.origin.clone() }.refusal());
            continue;
        }
        if !is_plain(&id.text) {
            faults.push(Error::PayerNameMustBePlain { payer: id.clone().into() }.refusal());
        }
        if let Some(first) = payers.iter().find(|payer| payer.id.text == id.text) {
            let error =
                Error::PayerMustStandOnce { payer: id.clone().into(), first: first.id.origin.clone() };
            faults.push(error.refusal());
            continue;
        }
        payers.push(ReadPayer { id: id.clone().into(), buyer: buyer(row, faults) });
    }
    ReadPayers { payers, is_whole }
}

/// Lower-case letters, digits and hyphens, and no name that Windows keeps for itself: it becomes a file's name.
fn is_plain(id: &str) -> bool {
    const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
    let numbered = |device: &str| id.strip_prefix(device).is_some_and(|rest| rest.len() == 1 && rest != "0");
    id.len() <= 40
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !RESERVED.contains(&id)
        && !numbered("com")
        && !numbered("lpt")
}

fn buyer(row: &Row, faults: &mut Vec<Refusal>) -> Option<Buyer> {
    let name = required::<Text>(row, 1, faults);
    let organisation_number = required(row, 2, faults);
    let street = required::<Text>(row, 3, faults);
    let postcode = required(row, 4, faults);
    let city = required(row, 5, faults);
    let electronic_address = optional(row.field(6), faults);
    let buyer_reference = optional::<Text>(row.field(7), faults);
    let order_reference = optional::<Text>(row.field(8), faults);
    let legal_name = optional::<Text>(row.field(9), faults);
    let street2 = optional::<Text>(row.field(10), faults);
    let language = match row.field(11).given() {
        None | Some("sv") => Language::Swedish,
        Some("en") => Language::English,
        Some(_) => {
            let value = row.field(11).clone().into();
            let expected = "`sv` or `en`".to_owned();
            faults.push(
                Error::SettingMustBeOfItsKind { value, key: "language".to_owned(), expected }.refusal(),
            );
            Language::Swedish
        }
    };
    let lines = [street, street2?].into_iter().flatten().collect();
    let address = PostalAddress::new(lines, postcode?, city?)
        .map_err(|error| faults.push(error.refused_at(Some(&row.origin))))
        .ok()?;
    let (name, legal_name) = (name?, legal_name?);
    let trading_name =
        legal_name.is_some().then(|| name.clone()).filter(|trading| Some(trading) != legal_name.as_ref());
    Some(Buyer {
        payer: PayerId::new(row.field(0).text.as_str()),
        name: legal_name.unwrap_or(name),
        trading_name,
        organisation_number: organisation_number?,
        electronic_address: electronic_address?,
        address,
        buyer_reference: buyer_reference?,
        order_reference: order_reference?,
        language,
        origin: Some(row.origin.clone()),
    })
}

/// A field that must be there; nothing where it is not or is at fault.
fn required<T>(row: &Row, column: usize, faults: &mut Vec<Refusal>) -> Option<T>
where
    T: std::str::FromStr,
    T::Err: Refusable,
{
    let field = row.field(column);
    if field.given().is_none() {
        let error = Error::FieldMustBeGiven { column: COLUMNS[column].name, origin: field.origin.clone() };
        faults.push(error.refusal());
        return None;
    }
    optional(field, faults)?
}

/// A field that may be empty: nothing where it is at fault, and nothing within something where it is empty.
fn optional<T>(field: &Field, faults: &mut Vec<Refusal>) -> Option<Option<T>>
where
    T: std::str::FromStr,
    T::Err: Refusable,
{
    let Some(text) = field.given() else { return Some(None) };
    match text.parse() {
        Ok(value) => Some(Some(value)),
        Err(error) => {
            faults.push(T::Err::refused_at(&error, Some(&field.origin)));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_can_be_a_file_name_everywhere() {
        for id in ["ale", "dals-ed", "dme", "payer-2", "com", "com10", "lpt0"] {
            assert!(is_plain(id), "{id}");
        }
        for id in ["Ale", "åmål", "a/b", "..", "con", "nul", "com1", "lpt9", "a b", "a.b"] {
            assert!(!is_plain(id), "{id}");
        }
    }
}
