//! UBL: a document as UBL 2.1, element by element in the order of the schema.
//! Rule:    the schema fixes the order of the elements; BIS Billing 3.0 says which of them there are.
//! Not here: whether the document is right (see `check`).

use avgift_invoice::{
    Adjustment, AdjustmentKind, Buyer, Content, Document, ElectronicAddress, Invoice, InvoicePeriod, Line,
    PostalAddress, Seller, Text, Totals, VatBreakdown,
};

use avgift::Sek;

use crate::xml::{CAC, CBC, Xml};

/// The specification that the document keeps (BT-24), exact to the letter.
pub(crate) const CUSTOMIZATION: &str =
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
/// The process that it belongs to (BT-23), exact to the letter.
pub(crate) const PROFILE: &str = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

/// The name of the root element.
pub(crate) const fn root(document: Document<'_>) -> &'static str {
    match document {
        Document::Invoice(_) => "Invoice",
        Document::CreditNote(_) => "CreditNote",
    }
}

/// The namespace of the root element.
pub(crate) const fn namespace(document: Document<'_>) -> &'static str {
    match document {
        Document::Invoice(_) => "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
        Document::CreditNote(_) => "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    }
}

/// The document as UBL.
pub(crate) fn write(document: Document<'_>) -> String {
    let mut xml = Xml::new();
    xml.element_with(root(document), &[("xmlns", namespace(document)), CAC, CBC], |xml| {
        head(xml, document);
        let content = document.content();
        xml.element("cac:AccountingSupplierParty", |xml| seller(xml, &content.seller));
        xml.element("cac:AccountingCustomerParty", |xml| buyer(xml, &content.buyer));
        if let Document::Invoice(invoice) = document {
            payment(xml, invoice);
        }
        tax_total(xml, &content.vat_breakdown);
        totals(xml, &content.totals);
        for line in &content.lines {
            write_line(xml, line, document);
        }
    });
    xml.finish()
}

fn head(xml: &mut Xml, document: Document<'_>) {
    let Content { currency_code, buyer, period, .. } = document.content();
    xml.leaf("cbc:CustomizationID", CUSTOMIZATION);
    xml.leaf("cbc:ProfileID", PROFILE);
    xml.leaf("cbc:ID", document.id());
    xml.leaf("cbc:IssueDate", document.issue_date());
    match document {
        Document::Invoice(invoice) => {
            xml.leaf("cbc:DueDate", invoice.due_date);
            xml.leaf("cbc:InvoiceTypeCode", invoice.type_code);
        }
        // The schema has no due date for a credit note.
        Document::CreditNote(credit_note) => xml.leaf("cbc:CreditNoteTypeCode", credit_note.type_code),
    }
    xml.leaf("cbc:Note", document.note());
    xml.leaf("cbc:DocumentCurrencyCode", currency_code);
    xml.leaf_if("cbc:BuyerReference", buyer.buyer_reference.as_ref());
    write_period(xml, *period);
    if let Some(order) = &buyer.order_reference {
        xml.element("cac:OrderReference", |xml| xml.leaf("cbc:ID", order));
    }
    let preceding = match document {
        Document::Invoice(invoice) => invoice.supplements,
        Document::CreditNote(credit_note) => Some(credit_note.preceding_invoice),
    };
    if let Some(preceding) = preceding {
        xml.element("cac:BillingReference", |xml| {
            xml.element("cac:InvoiceDocumentReference", |xml| {
                xml.leaf("cbc:ID", preceding.number);
                xml.leaf("cbc:IssueDate", preceding.issue_date);
            });
        });
    }
}

fn write_period(xml: &mut Xml, period: InvoicePeriod) {
    xml.element("cac:InvoicePeriod", |xml| {
        xml.leaf("cbc:StartDate", period.start);
        xml.leaf("cbc:EndDate", period.end);
    });
}

fn seller(xml: &mut Xml, seller: &Seller) {
    xml.element("cac:Party", |xml| {
        endpoint(xml, seller.electronic_address);
        party_name(xml, seller.trading_name.as_ref().unwrap_or(&seller.name));
        address(xml, &seller.address);
        if let Some(vat_number) = seller.vat_number {
            tax_scheme(xml, vat_number, "VAT");
        }
        if seller.approved_for_f_tax {
            // The scheme is any but VAT; TAX is what SFTI's examples say. The text is the rule's (SE-R-005).
            tax_scheme(xml, "Godkänd för F-skatt", "TAX");
        }
        xml.element("cac:PartyLegalEntity", |xml| {
            xml.leaf("cbc:RegistrationName", &seller.name);
            xml.leaf_with("cbc:CompanyID", &[("schemeID", "0007")], seller.organisation_number.digits());
            xml.leaf_if("cbc:CompanyLegalForm", seller.legal_information.as_ref());
        });
        let Some(contact) = &seller.contact else { return };
        if contact.name.is_some() || contact.telephone.is_some() || contact.email.is_some() {
            xml.element("cac:Contact", |xml| {
                xml.leaf_if("cbc:Name", contact.name.as_ref());
                xml.leaf_if("cbc:Telephone", contact.telephone.as_ref());
                xml.leaf_if("cbc:ElectronicMail", contact.email.as_ref());
            });
        }
    });
}

fn buyer(xml: &mut Xml, buyer: &Buyer) {
    xml.element("cac:Party", |xml| {
        endpoint(xml, buyer.electronic_address);
        party_name(xml, buyer.trading_name.as_ref().unwrap_or(&buyer.name));
        address(xml, &buyer.address);
        xml.element("cac:PartyLegalEntity", |xml| {
            xml.leaf("cbc:RegistrationName", &buyer.name);
            xml.leaf_with("cbc:CompanyID", &[("schemeID", "0007")], buyer.organisation_number.digits());
        });
    });
}

fn endpoint(xml: &mut Xml, address: Option<ElectronicAddress>) {
    if let Some(address) = address {
        xml.leaf_with("cbc:EndpointID", &[("schemeID", address.scheme())], address.digits());
    }
}

fn party_name(xml: &mut Xml, name: &Text) {
    xml.element("cac:PartyName", |xml| xml.leaf("cbc:Name", name));
}

fn address(xml: &mut Xml, address: &PostalAddress) {
    xml.element("cac:PostalAddress", |xml| {
        xml.leaf_if("cbc:StreetName", address.lines.first());
        xml.leaf_if("cbc:AdditionalStreetName", address.lines.get(1));
        xml.leaf("cbc:CityName", &address.city);
        xml.leaf("cbc:PostalZone", address.postcode);
        if let Some(third) = address.lines.get(2) {
            xml.element("cac:AddressLine", |xml| xml.leaf("cbc:Line", third));
        }
        xml.element("cac:Country", |xml| xml.leaf("cbc:IdentificationCode", address.country_code));
    });
}

fn tax_scheme(xml: &mut Xml, company_id: impl std::fmt::Display, scheme: &str) {
    xml.element("cac:PartyTaxScheme", |xml| {
        xml.leaf("cbc:CompanyID", company_id);
        xml.element("cac:TaxScheme", |xml| xml.leaf("cbc:ID", scheme));
    });
}

fn payment(xml: &mut Xml, invoice: &Invoice) {
    let payment = &invoice.payment;
    xml.element("cac:PaymentMeans", |xml| {
        xml.leaf_with("cbc:PaymentMeansCode", &[("name", payment.means_text)], payment.means_code);
        xml.leaf_if("cbc:PaymentID", payment.ocr_reference);
        xml.element("cac:PayeeFinancialAccount", |xml| {
            xml.leaf("cbc:ID", payment.bankgiro.digits());
            xml.element("cac:FinancialInstitutionBranch", |xml| xml.leaf("cbc:ID", payment.provider));
        });
    });
    xml.element("cac:PaymentTerms", |xml| xml.leaf("cbc:Note", &invoice.payment_terms));
}

fn amount(xml: &mut Xml, name: &str, amount: impl std::fmt::Display) {
    xml.leaf_with(name, &[("currencyID", "SEK")], amount);
}

fn tax_total(xml: &mut Xml, vat: &VatBreakdown) {
    xml.element("cac:TaxTotal", |xml| {
        amount(xml, "cbc:TaxAmount", vat.tax_amount);
        xml.element("cac:TaxSubtotal", |xml| {
            amount(xml, "cbc:TaxableAmount", vat.taxable_amount);
            amount(xml, "cbc:TaxAmount", vat.tax_amount);
            xml.element("cac:TaxCategory", |xml| {
                xml.leaf("cbc:ID", vat.category.code());
                xml.leaf_if("cbc:Percent", vat.percent);
                xml.leaf_if("cbc:TaxExemptionReasonCode", vat.exemption_code);
                xml.leaf_if("cbc:TaxExemptionReason", vat.exemption_reason.as_ref());
                xml.element("cac:TaxScheme", |xml| xml.leaf("cbc:ID", "VAT"));
            });
        });
    });
}

fn totals(xml: &mut Xml, totals: &Totals) {
    xml.element("cac:LegalMonetaryTotal", |xml| {
        amount(xml, "cbc:LineExtensionAmount", totals.sum_of_lines);
        amount(xml, "cbc:TaxExclusiveAmount", totals.without_vat);
        amount(xml, "cbc:TaxInclusiveAmount", totals.with_vat);
        if let Some(rounding) = totals.rounding.filter(|rounding| *rounding != Sek::ZERO) {
            amount(xml, "cbc:PayableRoundingAmount", rounding);
        }
        amount(xml, "cbc:PayableAmount", totals.amount_due);
    });
}

fn write_line(xml: &mut Xml, line: &Line, document: Document<'_>) {
    let (name, quantity) = match document {
        Document::Invoice(_) => ("cac:InvoiceLine", "cbc:InvoicedQuantity"),
        Document::CreditNote(_) => ("cac:CreditNoteLine", "cbc:CreditedQuantity"),
    };
    xml.element(name, |xml| {
        xml.leaf("cbc:ID", line.id);
        xml.leaf_with(quantity, &[("unitCode", line.unit)], line.quantity.get());
        amount(xml, "cbc:LineExtensionAmount", line.net_amount);
        if let Some(period) = line.period {
            write_period(xml, period);
        }
        for adjustment in &line.adjustments {
            allowance_charge(xml, adjustment);
        }
        xml.element("cac:Item", |xml| {
            xml.leaf("cbc:Description", &line.description);
            xml.leaf("cbc:Name", &line.name);
            xml.element("cac:ClassifiedTaxCategory", |xml| {
                xml.leaf("cbc:ID", line.vat_category.code());
                xml.leaf_if("cbc:Percent", line.vat_percent);
                xml.element("cac:TaxScheme", |xml| xml.leaf("cbc:ID", "VAT"));
            });
        });
        xml.element("cac:Price", |xml| amount(xml, "cbc:PriceAmount", line.price));
    });
}

fn allowance_charge(xml: &mut Xml, adjustment: &Adjustment) {
    xml.element("cac:AllowanceCharge", |xml| {
        xml.leaf("cbc:ChargeIndicator", adjustment.kind == AdjustmentKind::Charge);
        xml.leaf_if("cbc:AllowanceChargeReasonCode", adjustment.reason_code);
        xml.leaf("cbc:AllowanceChargeReason", &adjustment.reason);
        amount(xml, "cbc:Amount", adjustment.amount);
    });
}
