//! Every invoice of every fee year of the fixture network, and its credit note, under each kind of VAT, written to
//! target/judge/fixture/ for the judge; and that an invoice and its credit note sum to nothing.

use std::fs;
use std::path::Path;

use avgift::{FeeYear, PopulationMode, Sek, YearOfFees};
use avgift_invoice::{CreditNote, Document, InvoiceNumber, Text};
use avgift_network::{Folder, Network};
use avgift_peppol::to_ubl;

use crate::world::{files, fixture};

const KINDS: [(&str, &str); 3] = [
    ("25", "{ category = \"S\", rate = 25 }"),
    ("exempt", "{ category = \"E\", reason = \"Undantagen från skatteplikt\" }"),
    (
        "outside",
        "{ category = \"O\", reason = \"Medlemsavgift, utanför mervärdesskattens tillämpningsområde\" }",
    ),
];

/// The fixture network, with every agreement under one kind of VAT.
fn network(vat: &str) -> Network {
    let mut folder = Folder::new();
    for (name, bytes) in files(&fixture()) {
        folder.add(name, bytes);
    }
    let settings = String::from_utf8(folder.file("network.toml").unwrap().to_vec()).unwrap();
    let set = |line: &str| match line.starts_with("vat = ") {
        true => format!("vat = {vat}\n"),
        false => format!("{line}\n"),
    };
    folder.add("network.toml", settings.lines().map(set).collect::<String>());
    Network::read(&folder).unwrap()
}

#[test]
fn every_invoice_of_the_fixture_and_its_credit_note_is_written_for_the_judge() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/fixture");
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).unwrap();
    let mut written = 0;
    let mut write = |name: String, document: Document<'_>, fees: &YearOfFees| {
        let xml = to_ubl(document).unwrap();
        print(&out, &name, document, &xml, fees);
        fs::write(out.join(format!("{name}.xml")), xml).unwrap();
        written += 1;
    };
    for (kind, vat) in KINDS {
        let network = network(vat);
        for year in 2023..=2026 {
            let fee_year = FeeYear::new(year).unwrap();
            let fees = network.assess(fee_year, PopulationMode::Published).unwrap();
            let drafts = network.draft(&fees, fee_year.first_day()).unwrap();
            let mut number: InvoiceNumber = format!("{year}0001").parse().unwrap();
            let mut sum = Sek::ZERO;
            for draft in drafts {
                let invoice = draft.invoice.unwrap().numbered(number);
                number = number.next().unwrap();
                let reason = Text::new("Felaktigt invånarantal").unwrap();
                let date = fee_year.last_day();
                let credit_note = CreditNote::of(&invoice, number, date, &reason).unwrap();
                number = number.next().unwrap();
                assert_eq!(invoice.claim().plus(credit_note.claim()).unwrap(), Sek::ZERO);
                sum = sum.plus(invoice.content.totals.sum_of_lines).unwrap();
                write(format!("{kind}-{year}-{}", draft.payer), (&invoice).into(), &fees);
                write(format!("{kind}-{year}-{}-credit", draft.payer), (&credit_note).into(), &fees);
            }
            assert_eq!(sum, fees.frame.sum, "the sum of the invoices is the frame");
        }
    }
    assert_eq!(written, 3 * 4 * 36 * 2);
}

/// With AVGIFT_EVERY_PDF=1 each is printed too, some minutes' work without optimisation; `tools/check-pdf
/// target/judge/fixture` then holds all of them to the standards. Every run prints one of every kind (tests/pdf).
#[cfg(feature = "pdf")]
fn print(out: &Path, name: &str, document: Document<'_>, xml: &str, fees: &YearOfFees) {
    use avgift_pdf::{Attachment, Job, Typesetter, UsingQr};

    if std::env::var_os("AVGIFT_EVERY_PDF").is_none() {
        return;
    }
    let buyer = &document.content().buyer;
    let mine = fees.assessments.iter().filter(|fee| *fee.payer() == buyer.payer);
    let explanations: Vec<_> = mine.map(|fee| fee.explanation(buyer.language)).collect();
    let file = format!("{name}.xml");
    let attachment = Attachment { name: &file, mime_type: "application/xml", bytes: xml.as_bytes() };
    let typesetter = Typesetter::new(&avgift_invoice::Letterhead::default()).unwrap();
    let pdf = typesetter.typeset(&Job { document, explanations: &explanations, attachment }).unwrap();
    fs::write(out.join(format!("{name}.pdf")), pdf).unwrap();
    if let Some(code) = UsingQr::of(document) {
        fs::write(out.join(format!("{name}.qr.json")), code.text()).unwrap();
    }
}

#[cfg(not(feature = "pdf"))]
fn print(_: &Path, _: &str, _: Document<'_>, _: &str, _: &YearOfFees) {}
