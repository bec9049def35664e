//! Sbdh: the envelope (Standard Business Document Header) that Peppol carries a document in.
//! Rule:    one document each; sender and receiver are the electronic addresses; scopes DOCUMENTID, PROCESSID and
//!          COUNTRY_C1. The identifier is a UUID of version 8 made of the document's SHA-256, so that a document sent
//!          again is seen to be the same.
//! Errors:  a missing electronic address. A draft may be put in an envelope, to try the way to the operator: its
//!          identifier and its note say UTKAST.

use avgift_invoice::Document;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::ubl;
use crate::xml::Xml;

const NAMESPACE: &str = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
const ROOT: &str = "StandardBusinessDocument";

/// The envelope with the document in it, byte for byte but for the XML declaration.
pub(crate) fn envelope(document: Document<'_>, ubl: &str) -> Result<String, Error> {
    let content = document.content();
    let sender = content
        .seller
        .electronic_address
        .ok_or_else(|| Error::SellerMustHaveElectronicAddress { origin: content.seller.origin.clone() })?;
    let receiver = content.buyer.electronic_address.ok_or_else(|| Error::BuyerMustHaveElectronicAddress {
        payer: content.buyer.payer.clone(),
        origin: content.buyer.origin.clone(),
    })?;
    let mut xml = Xml::new();
    xml.open(ROOT, &[("xmlns", NAMESPACE)]);
    xml.element("StandardBusinessDocumentHeader", |xml| {
        xml.leaf("HeaderVersion", "1.0");
        let authority = [("Authority", "iso6523-actorid-upis")];
        xml.element("Sender", |xml| xml.leaf_with("Identifier", &authority, sender));
        xml.element("Receiver", |xml| xml.leaf_with("Identifier", &authority, receiver));
        xml.element("DocumentIdentification", |xml| {
            xml.leaf("Standard", ubl::namespace(document));
            xml.leaf("TypeVersion", "2.1");
            xml.leaf("InstanceIdentifier", identifier(ubl));
            xml.leaf("Type", ubl::root(document));
            xml.leaf("CreationDateAndTime", format_args!("{}T00:00:00Z", document.issue_date()));
        });
        let document_type =
            format!("{}::{}##{}::2.1", ubl::namespace(document), ubl::root(document), ubl::CUSTOMIZATION);
        xml.element("BusinessScope", |xml| {
            scope(xml, "DOCUMENTID", &document_type, Some("busdox-docid-qns"));
            scope(xml, "PROCESSID", ubl::PROFILE, Some("cenbii-procid-ubl"));
            scope(xml, "COUNTRY_C1", content.seller.address.country_code, None);
        });
    });
    let document = ubl.split_once("?>\n").map_or(ubl, |(_, document)| document);
    Ok(format!("{}{document}</{ROOT}>\n", xml.finish()))
}

fn scope(xml: &mut Xml, kind: &str, instance: &str, scheme: Option<&str>) {
    xml.element("Scope", |xml| {
        xml.leaf("Type", kind);
        xml.leaf("InstanceIdentifier", instance);
        xml.leaf_if("Identifier", scheme);
    });
}

/// A UUID of version 8 (RFC 9562, 5.8) from the first 16 bytes of the SHA-256.
fn identifier(ubl: &str) -> String {
    let digest = Sha256::digest(ubl.as_bytes());
    let mut bits = digest.iter().take(16).fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    bits = bits & !(0xF << 76) | 8 << 76; // The version.
    bits = bits & !(0b11 << 62) | 0b10 << 62; // The variant.
    let hex = format!("{bits:032x}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SHA-256 of nothing begins e3b0c442 98fc1c14 9afbf4c8 996fb924: 1 becomes 8, and 9 (1001) is a right variant.
    #[test]
    fn the_identifier_is_a_uuid_of_version_8() {
        assert_eq!(identifier(""), "e3b0c442-98fc-8c14-9afb-f4c8996fb924");
        assert_ne!(identifier("a"), identifier("b"));
    }
}
