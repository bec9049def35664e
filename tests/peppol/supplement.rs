//! Supplement: a supplementary invoice under each kind of VAT, in `target/judge/supplements/`, for `tools/validate-ubl`; and credit notes
//! over it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use avgift::Sek;
use avgift_invoice::{Invoice, PrecedingInvoice};
use avgift_peppol::to_ubl;

use crate::fixture::{agreement, buyer, credited, day, rest, some};
use crate::judge::{kinds_of_vat, networks};

/// Of every shape of line, billed at half its fee before. It names the invoice before it (BG-3), once.
#[test]
fn every_supplement_is_written_for_the_judge() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/supplements");
    let _ = fs::remove_dir_all(&folder); // It may not be there yet.
    fs::create_dir_all(&folder).unwrap();
    let mut written = 0;
    let mut write = |name: String, xml: String| {
        fs::write(folder.join(name), xml).unwrap();
        written += 1;
    };
    let preceding = PrecedingInvoice { number: "20240001".parse().unwrap(), issue_date: day("2024-01-15") };
    for (vat_name, vat) in kinds_of_vat() {
        for (name, fees) in networks() {
            let half = |fee: &avgift::Assessment| (fee.code(), Sek::from_ore(fee.fee().ore() / 2));
            let billed: BTreeMap<_, _> = fees.assessments.iter().map(half).collect();
            let (buyer, agreement) = (buyer(), agreement(vat.clone()));
            let supplement =
                Invoice::supplement(&fees, &buyer, &agreement, day("2024-03-01"), preceding, &billed);
            let supplement = supplement.unwrap().unwrap().numbered("20240004".parse().unwrap());
            let before = Sek::sum(billed.into_values()).unwrap();
            assert_eq!(
                supplement.content.totals.sum_of_lines.plus(before).unwrap(),
                fees.frame.sum,
                "{name}"
            );
            let xml = to_ubl(&supplement).unwrap();
            assert_eq!(xml.matches("<cac:BillingReference>").count(), 1, "{name}");
            write(format!("{vat_name}-{name}.xml"), xml);
            let first = some(&supplement);
            write(format!("{vat_name}-{name}-credited.xml"), to_ubl(&credited(&supplement)).unwrap());
            write(format!("{vat_name}-{name}-credited-in-part.xml"), to_ubl(&first).unwrap());
            write(
                format!("{vat_name}-{name}-credited-rest.xml"),
                to_ubl(&rest(&supplement, &[&first])).unwrap(),
            );
        }
    }
    // 18 networks × 4, for each of 5 kinds of VAT.
    assert_eq!(written, 5 * 18 * 4);
}
