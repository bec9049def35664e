//! Judge: every kind of document that the program can make, in `target/judge/documents/`, for `tools/validate-ubl`.
//! The test itself needs no Python; it holds that each document is written, and how many there are.

use std::fs;
use std::path::{Path, PathBuf};

use avgift::{
    BrokenUnit, EscalationTarget, Language, Member, PrintedTariff, ProrationOrder, ProrationUnit, Rounding,
    Tariff, YearOfFees,
};
use avgift_invoice::{Agreement, Buyer, Contact, Invoice, PayableRounding, PaymentTerms, VatTreatment};
use avgift_peppol::{envelope, to_ubl};

use crate::fixture::{
    address, agreement, buyer, clause, credited, cuts, day, draft, exempt, fees, four, issued, joining,
    member, one, outside_scope, prorated, rest, some, standard, tariff, text, unbounded,
};

struct Judge {
    folder: PathBuf,
    written: usize,
}

impl Judge {
    fn write(&mut self, name: &str, xml: &str) {
        fs::write(self.folder.join(name), xml).unwrap();
        self.written += 1;
    }

    /// Invoice, credit note, two credit notes over its parts, and invoice and credit note in envelopes.
    fn document(&mut self, name: &str, invoice: &Invoice) {
        let credit_note = credited(invoice);
        self.write(&format!("{name}.xml"), &to_ubl(invoice).unwrap());
        self.write(&format!("{name}-credited.xml"), &to_ubl(&credit_note).unwrap());
        let first = some(invoice);
        self.write(&format!("{name}-credited-in-part.xml"), &to_ubl(&first).unwrap());
        self.write(&format!("{name}-credited-rest.xml"), &to_ubl(&rest(invoice, &[&first])).unwrap());
        self.write(&format!("{name}-enveloped.xml"), &envelope(invoice).unwrap());
        self.write(&format!("{name}-credited-enveloped.xml"), &envelope(&credit_note).unwrap());
    }
}

/// Every shape that a line can have.
pub(crate) fn networks() -> Vec<(&'static str, YearOfFees)> {
    use ProrationOrder::{AfterBounds, BeforeBounds};
    let months = ProrationUnit::Months(BrokenUnit::Counted);
    let parameters = |printed| EscalationTarget::Parameters {
        rate: true,
        amount: true,
        floor: true,
        ceiling: true,
        printed,
    };
    let printed = PrintedTariff { rate: Rounding::Ore, bounds: Rounding::HundredKronor };
    let rounded = |rounding| Tariff { rounding, ..tariff().indexed(clause(EscalationTarget::Fee)) };
    vec![
        ("within", fees(tariff(), one(32_446))),
        ("at-floor", fees(tariff(), one(9_138))),
        ("at-ceiling", fees(tariff(), one(114_592))),
        ("federation", fees(prorated(months, AfterBounds), four())),
        ("months-6", fees(prorated(months, AfterBounds), joining("2024-07-01"))),
        ("months-5", fees(prorated(months, AfterBounds), joining("2024-08-15"))),
        ("days", fees(prorated(ProrationUnit::Days, AfterBounds), joining("2024-08-15"))),
        ("share-before-bounds", fees(prorated(months, BeforeBounds), joining("2024-10-01"))),
        ("index", fees(tariff().indexed(clause(EscalationTarget::Fee)), one(32_446))),
        ("index-at-floor", fees(tariff().indexed(clause(EscalationTarget::Fee)), one(9_138))),
        ("index-of-parameters", fees(tariff().indexed(clause(parameters(None))), one(114_592))),
        ("printed-tariff", fees(tariff().indexed(clause(parameters(Some(printed)))), one(9_138))),
        ("six-decimals", fees(unbounded("1,234567 kr"), one(32_446))),
        ("large", fees(unbounded("72,64 kr").indexed(clause(EscalationTarget::Fee)), one(9_999_999))),
        (
            "smallest",
            fees(
                unbounded("0,000001 kr"),
                vec![(member("0102", "Exempelkommun"), 1), (member("0103", "Exempelköping"), 1_000_000)],
            ),
        ),
        ("to-ore", fees(rounded(Rounding::Ore), four())),
        ("to-ten-kronor", fees(rounded(Rounding::TenKronor), four())),
        ("to-hundred-kronor", fees(rounded(Rounding::HundredKronor), four())),
    ]
}

pub(crate) fn kinds_of_vat() -> Vec<(&'static str, VatTreatment)> {
    vec![
        ("25", standard("25")),
        ("12", standard("12")),
        ("6", standard("6")),
        ("exempt", exempt()),
        ("outside-scope", outside_scope()),
    ]
}

/// Every shape that parties and terms can have.
pub(crate) fn parties(vat: &VatTreatment) -> Vec<(&'static str, Buyer, Agreement)> {
    let changed = |change: fn(&mut Buyer, &mut Agreement)| {
        let (mut buyer, mut agreement) = (buyer(), agreement(vat.clone()));
        change(&mut buyer, &mut agreement);
        (buyer, agreement)
    };
    let named = |name, (buyer, agreement)| (name, buyer, agreement);
    vec![
        named(
            "gln",
            changed(|buyer, _| buyer.electronic_address = Some("0088:6291041500213".parse().unwrap())),
        ),
        named(
            "order",
            changed(|buyer, _| {
                (buyer.buyer_reference, buyer.order_reference) = (None, Some(text("PO-2024-118")));
            }),
        ),
        named("both-references", changed(|buyer, _| buyer.order_reference = Some(text("PO-2024-118")))),
        named("english", changed(|buyer, _| buyer.language = Language::English)),
        named("three-lines", changed(|buyer, _| buyer.address = address(&["Ekonomi", "Torget 1", "Hus B"]))),
        named("no-street", changed(|buyer, _| buyer.address = address(&[]))),
        named("no-contact", changed(|_, agreement| agreement.seller.contact = None)),
        named("empty-contact", changed(|_, agreement| agreement.seller.contact = Some(Contact::default()))),
        named("no-f-tax", changed(|_, agreement| agreement.seller.approved_for_f_tax = false)),
        named(
            "sparse-seller",
            changed(|_, agreement| {
                (agreement.seller.trading_name, agreement.seller.legal_information) = (None, None);
            }),
        ),
        named("not-rounded", changed(|_, agreement| agreement.payable_rounding = PayableRounding::None)),
        named(
            "fixed-due-date",
            changed(|_, agreement| {
                agreement.terms = PaymentTerms::On(day("2024-03-31"));
                agreement.late_interest = Some(text("Vid sen betalning ränta enligt räntelagen."));
            }),
        ),
        named(
            "hostile",
            changed(|buyer, agreement| {
                let hostile = text("Älv & Kust <AB> \"x\" 'y' ]]> \u{10348}");
                (buyer.name, buyer.buyer_reference) = (hostile.clone(), Some(hostile.clone()));
                (agreement.seller.name, agreement.network) = (hostile.clone(), hostile);
            }),
        ),
    ]
}

#[test]
fn every_kind_of_document_is_written_for_the_judge() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/documents");
    let _ = fs::remove_dir_all(&folder); // It may not be there yet.
    fs::create_dir_all(&folder).unwrap();
    let mut judge = Judge { folder, written: 0 };
    for (vat_name, vat) in kinds_of_vat() {
        for (name, fees) in networks() {
            let invoice = issued(&fees, &buyer(), &agreement(vat.clone()));
            assert_eq!(invoice.content.totals.sum_of_lines, fees.frame.sum, "{name}");
            judge.document(&format!("{vat_name}-{name}"), &invoice);
        }
        for (name, buyer, agreement) in parties(&vat) {
            // With öre after the VAT, so that there is something to round.
            let fees = fees(Tariff { rounding: Rounding::Ore, ..unbounded("1,234567 kr") }, one(32_446));
            judge.document(&format!("{vat_name}-{name}"), &issued(&fees, &buyer, &agreement));
            judge.write(
                &format!("{vat_name}-{name}-draft.xml"),
                &to_ubl(&draft(&fees, &buyer, &agreement)).unwrap(),
            );
        }
    }
    let coded = VatTreatment::Exempt {
        reason: text("Undantagen ideell förening"),
        code: Some("VATEX-EU-132-1L".parse().unwrap()),
    };
    judge.document("exempt-with-code", &issued(&fees(tariff(), one(32_446)), &buyer(), &agreement(coded)));
    let strange = vec![(Member { name: "Älv & Kust <AB>".into(), ..member("0102", "") }, 32_446)];
    judge
        .document("strange-member", &issued(&fees(tariff(), strange), &buyer(), &agreement(outside_scope())));
    // Parts of 10 and 90 %, each in two instalments: four invoices a network.
    for (name, fees) in networks() {
        for invoice in cuts(&fees, &buyer()) {
            judge.document(&format!("cut-{name}{}", invoice.content.file_suffix()), &invoice);
        }
    }
    // 18 networks × 6 and 13 parties × 7, for each of 5 kinds of VAT, and 2 × 6 more; then 4 invoices × 6 of each network in parts
    // and instalments, but of the smallest, whose fee of a krona is neither a tenth nor a half of one: it has one invoice.
    assert_eq!(judge.written, 5 * (18 * 6 + 13 * 7) + 2 * 6 + (17 * 4 + 1) * 6);
}
