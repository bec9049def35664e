//! Reminders: a first letter that charges, a second in English that asks for the invoice alone, hostile names; for the judge,
//! and the same bytes every time.

use std::fs;
use std::path::Path;

use avgift::{Language, NaiveDate, Ratio, Sek};
use avgift_invoice::{
    Buyer, InterestSpan, Invoice, LateCharges, LateInterest, LetterWords, Letterhead, Reminder,
};
use avgift_pdf::{Attachment, LetterJob, LetterPage, Typesetter, UsingQr};

use crate::fixture::{agreement, buyer, fees, issued, one, outside_scope, standard, tariff, text};
use crate::letterhead::dressed;
use crate::made::HOSTILE;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The reminder of an invoice, of which so much was paid.
fn reminder(invoice: Invoice, ordinal: u32, paid: Sek, charges: LateCharges) -> Reminder {
    let invoiced = invoice.claim();
    let open = invoiced.minus(paid).unwrap();
    Reminder {
        ordinal,
        date: day("2024-05-02"),
        invoice: invoice.number().unwrap(),
        invoice_date: invoice.issue_date,
        due_date: invoice.due_date,
        fee_year: invoice.content.fee_year,
        ocr_reference: invoice.payment.ocr_reference,
        bankgiro: invoice.payment.bankgiro,
        amount_due: Sek::sum([open, charges.interest_due(), charges.fee]).unwrap(),
        seller: invoice.content.seller,
        buyer: invoice.content.buyer,
        invoiced,
        credited: Sek::ZERO,
        paid,
        open,
        charges,
    }
}

/// Two spans at 12 %, and the fee.
fn charged() -> LateCharges {
    let span = |from: &str, to: &str, days, kronor| InterestSpan {
        from: day(from),
        to: day(to),
        days,
        open: Sek::from_kronor(kronor).unwrap(),
        percent: Ratio::whole(12),
    };
    LateCharges {
        interest: Some(LateInterest {
            spans: vec![
                span("2024-02-15", "2024-04-10", 56, 48_669),
                span("2024-04-11", "2024-05-02", 22, 38_669),
            ],
            amount: Sek::from_ore(117_573), // 896,0429… and 279,6881… kr
        }),
        interest_paid: Sek::from_ore(10_000),
        margin: Some(Ratio::whole(8)),
        fee: Sek::from_ore(6_000),
        fee_agreed: Some(text("avtalet den 3 maj 2023, § 7")),
    }
}

fn of(buyer: &Buyer) -> Invoice {
    issued(&fees(tariff(), one(32_446)), buyer, &agreement(outside_scope()))
}

/// One of every kind, by name.
fn all() -> Vec<(&'static str, Reminder, Letterhead)> {
    let english = Buyer { language: Language::English, ..buyer() };
    let hostile = Buyer {
        name: text(HOSTILE[0]),
        trading_name: Some(text(HOSTILE[1])),
        buyer_reference: Some(text(HOSTILE[2])),
        ..buyer()
    };
    let part = Sek::from_kronor(10_000).unwrap();
    let invoice = issued(&fees(tariff(), one(32_446)), &hostile, &agreement(standard("25")));
    vec![
        ("reminder", reminder(of(&buyer()), 1, part, charged()), Letterhead::default()),
        ("reminder-english", reminder(of(&english), 2, Sek::ZERO, LateCharges::default()), dressed()),
        ("reminder-hostile", reminder(invoice, 3, part, charged()), Letterhead::default()),
    ]
}

fn pdf(reminder: &Reminder, letterhead: &Letterhead) -> Vec<u8> {
    let attachment = Attachment { name: "reminder.json", mime_type: "application/json", bytes: b"{}" };
    let typesetter = Typesetter::new(letterhead).unwrap();
    let mut pdfs = typesetter.typeset_letters(&[LetterJob { reminder, attachment }]);
    pdfs.remove(0).unwrap_or_else(|errors| panic!("{errors:?}"))
}

#[test]
fn one_of_every_kind_of_letter_is_written_for_the_judge() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/letters");
    let _ = fs::remove_dir_all(&folder); // It may not be there yet.
    fs::create_dir_all(&folder).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pdf/golden");
    for (name, reminder, letterhead) in all() {
        let pdf = pdf(&reminder, &letterhead);
        assert!(pdf.starts_with(b"%PDF-1.7"), "{name}");
        fs::write(folder.join(format!("{name}.pdf")), pdf).unwrap();
        let code = UsingQr::of_reminder(&reminder).unwrap().text();
        fs::write(folder.join(format!("{name}.qr.json")), code).unwrap();
        assert!(golden.join(format!("{name}.txt")).exists(), "{name} has the text that is read of it");
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let (_, reminder, letterhead) = all().remove(0);
    assert!(pdf(&reminder, &letterhead) == pdf(&reminder, &letterhead));
}

/// 38 669 kr, 1 175,73 kr of interest of which 100 kr are paid, and 60 kr.
#[test]
fn a_letter_asks_for_what_is_open_and_what_lateness_costs() {
    let (_, reminder, letterhead) = all().remove(0);
    let attachment = Attachment { name: "reminder.json", mime_type: "application/json", bytes: b"{}" };
    let page = LetterPage::of(&reminder, attachment, &letterhead, true);
    let sums: Vec<String> =
        page.statement.iter().map(|sum| format!("{}: {}", sum.label, sum.value)).collect();
    assert_eq!(
        sums,
        [
            "Fakturans belopp: 48 669,00",
            "Betalt: \u{2212}10 000,00",
            "Obetalt: 38 669,00",
            "Dröjsmålsränta till och med 2 maj 2024: 1 075,73",
            "Påminnelseavgift: 60,00",
            "Att betala: 39 804,73 kr",
        ]
    );
    assert_eq!(page.interest.unwrap().rows[1], ["2024-04-11 till 2024-05-02", "22", "38 669,00", "12,00 %"]);
    assert!(page.terms[1].contains("100,00 kr"), "{:?}", page.terms);
    assert!(LetterWords::of(&reminder).text().contains("Betalas senast: omgående"));
}

/// What charges nothing says nothing of interest or fees, and the second says that it is the second.
#[test]
fn a_second_letter_says_so() {
    let (_, reminder, _) = all().remove(1);
    let text = LetterWords::of(&reminder).text();
    assert!(text.starts_with("Reminder no. 2\n"), "{text}");
    assert!(text.contains("This is reminder no. 2 of the invoice.") && !text.contains("nterest"), "{text}");
}
