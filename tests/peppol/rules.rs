//! Rules: each rule of the profile is broken once, and named by its number.

use std::collections::BTreeSet;

use avgift::{Decimal, Sek};
use avgift_invoice::{CreditNote, Document, Invoice, InvoicePeriod, Price, VatCategory};
use avgift_peppol::{check, rules};

use crate::fixture::{
    agreement, buyer, credited, day, draft, exempt, fees, four, issued, one, outside_scope, some,
};
use crate::fixture::{plain, standard, tariff};

fn broken<'a>(document: impl Into<Document<'a>>) -> Vec<&'static str> {
    check(document).err().unwrap_or_default().iter().filter_map(|error| error.rule()).collect()
}

/// The document with one thing changed breaks a rule, perhaps among others that hang on it.
fn breaks(rule: &str, tried: &mut BTreeSet<String>, document: Invoice, change: impl FnOnce(&mut Invoice)) {
    assert_eq!(broken(&document), Vec::<&str>::new(), "unchanged");
    let mut document = document;
    change(&mut document);
    assert!(broken(&document).contains(&rule), "{rule} not in {:?}", broken(&document));
    tried.insert(rule.to_owned());
}

fn ore(amount: &mut Sek) {
    *amount = Sek::from_ore(amount.ore() + 1);
}

#[test]
fn every_rule_sees_its_fault() {
    let standard = || plain(standard("25"));
    let (exempt, outside) = (|| plain(exempt()), || plain(outside_scope()));
    let at_floor = || issued(&fees(tariff(), one(9_000)), &buyer(), &agreement(outside_scope()));
    let mut tried = BTreeSet::new();
    let rules_tried = &mut tried;
    breaks("BR-16", rules_tried, standard(), |it| it.content.lines.clear());
    breaks("BR-27", rules_tried, standard(), |it| {
        it.content.lines[0].price = Price::from_kronor(Decimal::new(-1, 2));
    });
    breaks("PEPPOL-EN16931-R120", rules_tried, standard(), |it| ore(&mut it.content.lines[0].net_amount));
    breaks("own-adjustment", rules_tried, at_floor(), |it| {
        it.content.lines[0].adjustments[0].amount = Sek::ZERO;
    });
    let period = |start, end| Some(InvoicePeriod { start: day(start), end: day(end) });
    breaks("PEPPOL-EN16931-R110", rules_tried, standard(), |it| {
        it.content.lines[0].period = period("2023-12-31", "2024-12-31");
    });
    breaks("PEPPOL-EN16931-R111", rules_tried, standard(), |it| {
        it.content.lines[0].period = period("2024-01-01", "2025-01-01");
    });
    breaks("BR-30", rules_tried, standard(), |it| {
        it.content.lines[0].period = period("2024-02-01", "2024-01-31");
    });
    breaks("BR-CO-10", rules_tried, standard(), |it| ore(&mut it.content.totals.sum_of_lines));
    breaks("BR-CO-13", rules_tried, standard(), |it| ore(&mut it.content.totals.without_vat));
    breaks("BR-CO-14", rules_tried, standard(), |it| ore(&mut it.content.totals.vat));
    breaks("BR-CO-15", rules_tried, standard(), |it| ore(&mut it.content.totals.with_vat));
    breaks("BR-CO-16", rules_tried, standard(), |it| ore(&mut it.content.totals.amount_due));
    breaks("BR-CO-17", rules_tried, standard(), |it| ore(&mut it.content.vat_breakdown.tax_amount));
    breaks("own-rounding", rules_tried, standard(), |it| {
        it.content.totals.rounding = Some(Sek::from_ore(51));
    });
    breaks("BR-S-08", rules_tried, standard(), |it| ore(&mut it.content.vat_breakdown.taxable_amount));
    breaks("BR-O-11", rules_tried, outside(), |it| it.content.lines[0].vat_category = VatCategory::S);
    breaks("SE-R-006", rules_tried, standard(), |it| it.content.vat_breakdown.percent = Some(24));
    breaks("BR-E-05", rules_tried, exempt(), |it| it.content.vat_breakdown.percent = None);
    breaks("BR-O-05", rules_tried, outside(), |it| it.content.vat_breakdown.percent = Some(0));
    breaks("BR-S-10", rules_tried, standard(), |it| {
        it.content.vat_breakdown.exemption_code = Some("VATEX-EU-O");
    });
    breaks("BR-E-10", rules_tried, exempt(), |it| it.content.vat_breakdown.exemption_reason = None);
    breaks("PEPPOL-EN16931-P0105", rules_tried, outside(), |it| {
        it.content.vat_breakdown.exemption_code = None;
    });
    breaks("BR-S-02", rules_tried, standard(), |it| it.content.seller.vat_number = None);
    breaks("BR-E-02", rules_tried, exempt(), |it| {
        it.content.seller.vat_number = None;
        it.content.seller.approved_for_f_tax = false;
    });
    let vat_number = |text: &str| Some(text.parse().unwrap());
    breaks("BR-O-02", rules_tried, outside(), |it| {
        it.content.seller.vat_number = vat_number("SE802400001301")
    });
    breaks("own-vat-number", rules_tried, standard(), |it| {
        it.content.seller.vat_number = vat_number("SE212000990301");
    });
    breaks("PEPPOL-EN16931-R003", rules_tried, standard(), |it| it.content.buyer.buyer_reference = None);
    breaks("PEPPOL-EN16931-R010", rules_tried, standard(), |it| it.content.buyer.electronic_address = None);
    breaks("PEPPOL-EN16931-R020", rules_tried, standard(), |it| it.content.seller.electronic_address = None);
    breaks("PEPPOL-EN16931-R051", rules_tried, standard(), |it| it.content.currency_code = "EUR");
    breaks("PEPPOL-EN16931-P0100", rules_tried, standard(), |it| it.type_code = "384");
    breaks("SE-R-011", rules_tried, standard(), |it| it.payment.means_code = "58");
    breaks("own-ocr", rules_tried, standard(), |it| it.payment.ocr_reference = None);
    breaks("own-due-date", rules_tried, standard(), |it| it.due_date = day("2024-01-14"));
    tried.insert("own-credit".into()); // A credit note's; it has its own test below.
    let all: BTreeSet<String> = rules().map(|rule| rule.number.to_owned()).collect();
    assert_eq!(all.difference(&tried).collect::<Vec<_>>(), Vec::<&String>::new(), "rules not tried");
}

#[test]
fn a_credit_note_names_another_document() {
    let change = |change: fn(&mut CreditNote)| {
        let mut credit_note = credited(&plain(standard("25")));
        change(&mut credit_note);
        broken(&credit_note)
    };
    assert_eq!(change(|_| ()), Vec::<&str>::new());
    assert_eq!(change(|it| it.number = it.preceding_invoice.number), ["own-credit"]);
    assert_eq!(change(|it| it.issue_date = day("2024-01-14")), ["own-credit"]);
    assert_eq!(change(|it| it.type_code = "380"), ["PEPPOL-EN16931-P0100"]);
}

/// A part has the VAT and the rounding of the difference that it makes: 1 500,02 kr on 6 000,10, and 88 öre.
#[test]
fn a_part_is_held_to_the_difference_that_it_makes() {
    let credit_note = || some(&issued(&fees(tariff(), four()), &buyer(), &agreement(standard("25"))));
    let change = |change: fn(&mut CreditNote)| {
        let mut credit_note = credit_note();
        change(&mut credit_note);
        broken(&credit_note)
    };
    assert_eq!(change(|_| ()), Vec::<&str>::new());
    let direct = |it: &mut CreditNote| {
        ore(&mut it.content.vat_breakdown.tax_amount);
        ore(&mut it.content.totals.vat);
        ore(&mut it.content.totals.with_vat);
        ore(&mut it.content.totals.amount_due);
    };
    assert_eq!(change(direct), ["BR-CO-17"]);
    assert!(change(|it| it.content.totals.rounding = Some(Sek::from_ore(100))).contains(&"own-rounding"));
}

/// A draft has no OCR reference, and one of another invoice would pay the wrong one.
#[test]
fn an_ocr_reference_belongs_to_its_invoice() {
    let reference = Some("12351".parse().unwrap());
    let mut draft = draft(&fees(tariff(), one(32_446)), &buyer(), &agreement(standard("25")));
    draft.payment.ocr_reference = reference;
    assert_eq!(broken(&draft), ["own-ocr"]);
    let mut invoice = plain(standard("25"));
    invoice.payment.ocr_reference = reference;
    assert_eq!(broken(&invoice), ["own-ocr"]);
}

#[test]
fn a_refusal_names_the_line_and_both_amounts() {
    let mut invoice = issued(&fees(tariff(), four()), &buyer(), &agreement(outside_scope()));
    ore(&mut invoice.content.lines[1].net_amount);
    let errors = check(&invoice).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "`20240001` breaks PEPPOL-EN16931-R120: line 2, 61811.01 is stated, 61811.00 is reckoned"
    );
    assert_eq!(errors[0].refusal().why, "a line is price × quantity + charges - allowances");
}
