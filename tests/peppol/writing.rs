//! Writing: what a document may hold, and what it may not be without.

use avgift::{Language, Member};
use avgift_invoice::{Buyer, Invoice};
use avgift_peppol::{envelope, to_ubl};

use crate::fixture::{
    address, agreement, buyer, credited, day, draft, fees, member, one, outside_scope, plain, seller,
    standard, tariff, text,
};

/// The rules or codes that a document was refused for.
fn refused(outcome: Result<String, Vec<avgift_peppol::Error>>) -> Vec<&'static str> {
    outcome.unwrap_err().iter().map(|error| error.rule().unwrap_or(error.code())).collect()
}

#[test]
fn what_xml_reserves_is_escaped() {
    let hostile = "Älv & Kust <AB> \"x\" 'y' ]]>";
    let members = vec![(Member { name: hostile.into(), ..member("0102", "") }, 32_446)];
    let mut agreement = agreement(standard("25"));
    agreement.seller.name = text(hostile);
    let buyer = Buyer { name: text(hostile), buyer_reference: Some(text(hostile)), ..buyer() };
    let ubl = to_ubl(&draft(&fees(tariff(), members), &buyer, &agreement)).unwrap();
    let escaped = "Älv &amp; Kust &lt;AB&gt; &quot;x&quot; &apos;y&apos; ]]&gt;";
    assert!(ubl.contains(&format!("<cbc:RegistrationName>{escaped}</cbc:RegistrationName>")));
    assert!(ubl.contains(&format!("<cbc:BuyerReference>{escaped}</cbc:BuyerReference>")));
    assert!(ubl.contains(&format!("<cbc:Name>Medlemsavgift 2024, {escaped}</cbc:Name>")));
    assert!(!ubl.contains("<AB>"));
}

#[test]
fn a_control_character_does_not_get_as_far_as_xml() {
    let members = vec![(Member { name: "Exempel\u{1}kommun".into(), ..member("0102", "") }, 32_446)];
    let outcome =
        Invoice::draft(&fees(tariff(), members), &buyer(), &agreement(standard("25")), day("2024-01-15"));
    assert_eq!(outcome.unwrap_err()[0].code(), "text-must-be-xml-safe");
}

#[test]
fn who_has_no_electronic_address_gets_no_electronic_invoice() {
    let buyer = Buyer { electronic_address: None, ..buyer() };
    let mut agreement = agreement(standard("25"));
    agreement.seller.electronic_address = None;
    let draft = draft(&fees(tariff(), one(32_446)), &buyer, &agreement);
    assert_eq!(refused(to_ubl(&draft)), ["PEPPOL-EN16931-R020", "PEPPOL-EN16931-R010"]);
}

#[test]
fn a_draft_says_so_in_its_identifier_and_its_note() {
    let draft = draft(&fees(tariff(), one(32_446)), &buyer(), &agreement(standard("25")));
    let ubl = to_ubl(&draft).unwrap();
    assert!(ubl.contains("<cbc:ID>UTKAST-2024-exempel</cbc:ID>"));
    assert!(ubl.contains("<cbc:Note>UTKAST, "));
    assert!(!ubl.contains("PaymentID"));
    assert!(envelope(&draft).unwrap().contains("<cbc:ID>UTKAST-2024-exempel</cbc:ID>"));
}

/// BR-O-02 and BR-O-05: no VAT number, no rate; F-tax is no VAT and stays.
#[test]
fn outside_the_scope_nobody_has_a_vat_number_and_nothing_a_rate() {
    let ubl = to_ubl(&plain(outside_scope())).unwrap();
    assert!(!ubl.contains("SE802400001301") && !ubl.contains("Percent"));
    assert!(ubl.contains("<cbc:CompanyID>Godkänd för F-skatt</cbc:CompanyID>"));
}

#[test]
fn who_is_not_approved_for_f_tax_does_not_say_so() {
    let mut agreement = agreement(standard("25"));
    agreement.seller = avgift_invoice::Seller { approved_for_f_tax: false, contact: None, ..seller() };
    let ubl = to_ubl(&draft(&fees(tariff(), one(32_446)), &buyer(), &agreement)).unwrap();
    assert!(!ubl.contains("F-skatt") && !ubl.contains("cac:Contact"));
}

#[test]
fn a_credit_note_has_a_reference_and_nothing_to_pay() {
    let ubl = to_ubl(&credited(&plain(outside_scope()))).unwrap();
    assert!(ubl.contains("<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>"));
    for absent in ["DueDate", "PaymentMeans", "PaymentTerms", "InvoiceLine", "InvoicedQuantity"] {
        assert!(!ubl.contains(absent), "{absent}");
    }
    assert!(!ubl.contains("\">-"), "an amount is negative");
}

#[test]
fn an_address_has_three_places_for_its_lines() {
    let buyer =
        Buyer { address: address(&["Ekonomi", "Torget 1", "Hus B"]), language: Language::English, ..buyer() };
    let ubl = to_ubl(&draft(&fees(tariff(), one(32_446)), &buyer, &agreement(standard("25")))).unwrap();
    assert!(ubl.contains("<cbc:StreetName>Ekonomi</cbc:StreetName>"));
    assert!(ubl.contains("<cbc:AdditionalStreetName>Torget 1</cbc:AdditionalStreetName>"));
    assert!(ubl.contains("<cbc:Line>Hus B</cbc:Line>"));
    assert!(ubl.contains("<cbc:Name>Membership fee 2024, Exempelkommun</cbc:Name>"));
}

/// The same document, the same bytes; and the document within the envelope is the document.
#[test]
fn an_envelope_is_the_same_each_time() {
    let invoice = plain(standard("25"));
    let (first, second) = (envelope(&invoice).unwrap(), envelope(&invoice).unwrap());
    assert_eq!(first, second);
    let ubl = to_ubl(&invoice).unwrap();
    assert!(first.contains(ubl.split_once("?>\n").unwrap().1));
    assert_ne!(first, envelope(&credited(&invoice)).unwrap());
}
