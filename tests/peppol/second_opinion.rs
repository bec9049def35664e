//! A second opinion: another program's reading of EN 16931 and Peppol BIS Billing 3.0, over every shape of document.
//! It has its own model, its own sums and its own rules; it is not the judge, since it knows neither the schema nor
//! Sweden's rules.

use avgift_invoice::{Document, Invoice};
use avgift_peppol::to_ubl;
use en16931::profiles;
use en16931_formats::{Policy, Recommendation, receive};

use crate::fixture::{agreement, buyer, credited, issued, rest, some};
use crate::judge::{kinds_of_vat, networks, parties};

fn asked<'a>(name: &str, document: impl Into<Document<'a>>) {
    let ubl = to_ubl(document).unwrap();
    let policy = Policy { require: Some(&profiles::PEPPOL_BIS_3), ..Policy::default() };
    let opinion = receive(ubl.as_bytes(), &policy);
    assert!(opinion.recommendation == Recommendation::Accept, "{name}: {opinion}");
}

fn both(name: &str, invoice: &Invoice) {
    asked(name, invoice);
    asked(name, &credited(invoice));
    let first = some(invoice);
    asked(name, &first);
    asked(name, &rest(invoice, &[&first]));
}

#[test]
fn every_shape_of_document_is_accepted_elsewhere() {
    for (vat_name, vat) in kinds_of_vat() {
        let networks = networks();
        for (name, fees) in &networks {
            both(&format!("{vat_name} {name}"), &issued(fees, &buyer(), &agreement(vat.clone())));
        }
        for (name, buyer, agreement) in parties(&vat) {
            both(&format!("{vat_name} {name}"), &issued(&networks[0].1, &buyer, &agreement));
        }
    }
}

/// It is no opinion where nothing is ever refused.
#[test]
fn a_wrong_sum_is_seen_elsewhere_too() {
    let ubl = to_ubl(&crate::fixture::plain(crate::fixture::standard("25"))).unwrap();
    let wrong = ubl.replace(">60836.00<", ">60837.00<");
    assert_ne!(ubl, wrong);
    let opinion = receive(wrong.as_bytes(), &Policy::default());
    assert!(opinion.recommendation == Recommendation::Reject, "{opinion}");
}
