//! Golden files: what is written, whole, to be read like source.
//! `AVGIFT_BLESS=1 cargo test -p avgift-peppol` writes them anew; their difference is then reviewed.

use std::fs;
use std::path::Path;

use avgift_peppol::{envelope, to_ubl};

use crate::fixture::{
    agreement, buyer, credited, draft, exempt, fees, four, issued, outside_scope, plain, standard, tariff,
};
use avgift::{BrokenUnit, ProrationOrder, ProrationUnit};

fn check(name: &str, written: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/peppol/golden").join(name);
    if std::env::var_os("AVGIFT_BLESS").is_some() {
        fs::write(&path, written).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == written, "{name} differs from what is written now:\n{written}");
}

#[test]
fn one_municipality_with_vat() {
    check("one-municipality-25.xml", &to_ubl(&plain(standard("25"))).unwrap());
}

/// Floor, ceiling, half a year and rounding, each on a line of its own kind.
#[test]
fn a_federation_of_four_outside_the_scope_of_vat() {
    let tariff =
        crate::fixture::prorated(ProrationUnit::Months(BrokenUnit::Counted), ProrationOrder::AfterBounds);
    let invoice = issued(&fees(tariff, four()), &buyer(), &agreement(outside_scope()));
    check("federation-outside-scope.xml", &to_ubl(&invoice).unwrap());
    check("federation-outside-scope-credited.xml", &to_ubl(&credited(&invoice)).unwrap());
}

#[test]
fn an_exempt_draft() {
    let draft = draft(&fees(tariff(), four()), &buyer(), &agreement(exempt()));
    check("exempt-draft.xml", &to_ubl(&draft).unwrap());
}

#[test]
fn an_envelope() {
    check("envelope.xml", &envelope(&plain(standard("25"))).unwrap());
}
