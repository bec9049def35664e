//! Stored: every shape of document reads back from its JSON, gives the same bytes again, and adds up or is refused.

use avgift_invoice::{CreditNote, Document, Invoice};
use avgift_peppol::{envelope, to_ubl};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::fixture::{
    agreement, buyer, credited, fees, four, issued, outside_scope, plain, rest, some, standard, tariff,
};
use crate::judge::{kinds_of_vat, networks, parties};

/// The document as it is read back; it is the one that was written, to the last byte.
fn stored<T>(document: &T) -> T
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
    for<'a> &'a T: Into<Document<'a>>,
{
    let json = serde_json::to_string(document).unwrap();
    let back: T = serde_json::from_str(&json).unwrap();
    assert_eq!(&back, document);
    assert_eq!(serde_json::to_string(&back).unwrap(), json);
    assert_eq!(to_ubl(&back).unwrap(), to_ubl(document).unwrap());
    assert_eq!(envelope(&back).unwrap(), envelope(document).unwrap());
    back
}

fn with_its_credits(invoice: &Invoice) {
    let invoice = stored(invoice);
    stored(&credited(&invoice));
    let first = stored(&some(&invoice));
    let last = stored(&rest(&invoice, &[&first]));
    assert_eq!(credited(&invoice).check_against(&invoice, &[]), Ok(()));
    assert_eq!(first.check_against(&invoice, &[]), Ok(()));
    assert_eq!(last.check_against(&invoice, &[&first]), Ok(()));
}

#[test]
fn every_shape_of_document_reads_back() {
    for (_, vat) in kinds_of_vat() {
        let networks = networks();
        for (_, fees) in &networks {
            with_its_credits(&issued(fees, &buyer(), &agreement(vat.clone())));
        }
        for (_, buyer, agreement) in parties(&vat) {
            with_its_credits(&issued(&networks[0].1, &buyer, &agreement));
        }
    }
}

/// The paths to every amount of a document.
fn amounts(json: &Value, path: &str, found: &mut Vec<String>) {
    let of = |name: &dyn std::fmt::Display, value: &Value, found: &mut Vec<String>| {
        amounts(value, &format!("{path}/{name}"), found);
    };
    match json {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| of(name, value, found)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, value)| of(&at, value, found)),
        Value::String(text) => {
            let is_amount = text
                .rsplit_once('.')
                .is_some_and(|(_, ore)| ore.len() == 2 && text.parse::<avgift::Sek>().is_ok());
            // The last decimals of a price may come to the same öre; two decimals never do.
            if is_amount {
                found.push(path.to_owned());
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// An amount changed by an öre, a quantity by a person: the document does not add up and is not read.
fn every_change_is_noticed<T: Serialize + DeserializeOwned>(document: &T, least: usize) {
    let json = serde_json::to_value(document).unwrap();
    let mut paths = Vec::new();
    amounts(&json, "", &mut paths);
    assert!(paths.len() >= least, "{paths:?}");
    // What was left before a credit note is told by the others over its invoice: see `CreditNote::check_against`.
    for path in paths.into_iter().filter(|path| path != "/left_before") {
        for by in [1, -1, 100] {
            let mut changed = json.clone();
            let amount = changed.pointer_mut(&path).unwrap();
            let ore = amount.as_str().unwrap().parse::<avgift::Sek>().unwrap().ore() + by;
            *amount = avgift::Sek::from_ore(ore).to_string().into();
            assert!(
                serde_json::from_value::<T>(changed).is_err(),
                "{path} changed by {by} öre is not noticed"
            );
        }
    }
    for line in 0..json["lines"].as_array().unwrap().len() {
        let mut changed = json.clone();
        let quantity = changed["lines"][line]["quantity"].as_u64().unwrap();
        changed["lines"][line]["quantity"] = (quantity + 1).into();
        assert!(serde_json::from_value::<T>(changed).is_err(), "line {line}: a person more is not noticed");
    }
}

#[test]
fn every_changed_amount_is_noticed() {
    let invoice = issued(&fees(tariff(), four()), &buyer(), &agreement(standard("25")));
    every_change_is_noticed::<Invoice>(&invoice, 18);
    every_change_is_noticed::<CreditNote>(&credited(&invoice), 18);
    let first = some(&invoice);
    every_change_is_noticed::<CreditNote>(&first, 12);
    every_change_is_noticed::<CreditNote>(&rest(&invoice, &[&first]), 18);
    every_change_is_noticed::<Invoice>(&plain(outside_scope()), 8);
}
