//! Every invoice of every fee year of the fixture network, and its credit note, under each kind of VAT, written to
//! target/judge/fixture/ for the judge; and that an invoice and its credit note sum to nothing.

use std::fs;
use std::path::Path;

use avgift::{FeeYear, PopulationMode, Sek};
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
    let mut write = |name: String, document: Document<'_>| {
        fs::write(out.join(name), to_ubl(document).unwrap()).unwrap();
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
                write(format!("{kind}-{year}-{}.xml", draft.payer), (&invoice).into());
                write(format!("{kind}-{year}-{}-credit.xml", draft.payer), (&credit_note).into());
            }
            assert_eq!(sum, fees.frame.sum, "the sum of the invoices is the frame");
        }
    }
    assert_eq!(written, 3 * 4 * 36 * 2);
}
