//! The answer key: what each payment of the three sample files is, and what becomes of it.

use avgift::Sek;
use avgift_camt::{Given, Iban, Match, OpenItem, OurAccounts, PaymentKind, Reason, Tolerance, match_all};
use avgift_invoice::BankgiroNumber;

use crate::answer_key::{Answers, Invoice, References, answers};
use crate::{bank_file, bytes, payments};

fn items(answers: &Answers) -> Vec<OpenItem> {
    let item = |(number, invoice): (&String, &Invoice)| OpenItem {
        number: number.parse().unwrap(),
        ocr: invoice.ocr.parse().unwrap(),
        payer_name: String::new(),
        payer_accounts: Vec::new(),
        amount: Sek::from_ore(invoice.open_ore),
        open: Sek::from_ore(invoice.open_ore),
        credited: false,
    };
    answers.invoices.iter().map(item).collect()
}

/// The word of the answer key.
fn word(found: &Match) -> &'static str {
    match found {
        Match::Exact(_) => "exact",
        Match::Partial(_) => "partial",
        Match::Split(several) if several.len() == 2 => "two_invoices",
        Match::ForAPerson(person) => match person.reason {
            Reason::Overpaid => "overpaid",
            Reason::AlreadyPaid => "already_paid",
            Reason::TextOnly => "text_only",
            Reason::BadCheckDigit => "bad_check",
            Reason::Reversal => "reversal",
            _ => "?",
        },
        _ => "?",
    }
}

const SAMPLES: [&str; 3] = ["good/camt053-v02.xml", "good/camt054-v02.xml", "good/camt054-v08.xml"];

#[test]
fn the_samples_hold_the_payments_of_the_answer_key() {
    let answers = answers(&payments());
    for name in SAMPLES {
        let file = bank_file(name);
        assert_eq!(file.credits().count(), answers.payments.len(), "{name}");
        for (found, expected) in file.payments.iter().zip(&answers.payments) {
            assert!(found.bank_reference.as_ref().unwrap().ends_with(&expected.id));
            assert_eq!(found.amount.ore(), expected.amount_ore, "{name} {}", expected.id);
            assert_eq!(found.payer_name.as_deref(), Some(expected.payer.as_str()), "{name} {}", expected.id);
            match &expected.refs {
                References::Structured(expected) => {
                    let found: Vec<(String, i64)> = found
                        .references
                        .iter()
                        .map(|one| (one.given.written(), one.amount.unwrap().ore()))
                        .collect();
                    assert_eq!(found, *expected, "{name}");
                }
                References::Text(text) => {
                    assert_eq!(
                        (found.text.as_slice(), found.references.len()),
                        ([text.clone()].as_slice(), 0)
                    );
                }
            }
        }
    }
}

#[test]
fn the_payments_of_the_samples_pay_what_the_answer_key_says() {
    let answers = answers(&payments());
    for name in SAMPLES {
        let file = bank_file(name);
        let found = match_all(&file.payments, &items(&answers), Tolerance::default());
        let mut expected: Vec<&str> =
            answers.payments.iter().map(|payment| payment.expect.as_str()).collect();
        expected.extend((found.len() > expected.len()).then_some("reversal"));
        assert_eq!(found.iter().map(word).collect::<Vec<_>>(), expected, "{name}");
    }
}

/// P6 names invoice 1007 in words; P7 has its reference with the last digit wrong, and 2 500 kr are open on it alone.
#[test]
fn a_person_is_shown_the_invoice_that_is_meant() {
    let answers = answers(&payments());
    let file = bank_file("good/camt054-v08.xml");
    let found = match_all(&file.payments, &items(&answers), Tolerance::default());
    for place in [5, 6] {
        let Match::ForAPerson(person) = &found[place] else { panic!("{:?}", found[place]) };
        assert_eq!(person.suggestions[0].number, "1007".parse().unwrap());
        let proposal = person.proposal.as_ref().unwrap();
        assert_eq!((proposal.allocations[0].amount.ore(), proposal.rest), (250_000, Sek::ZERO));
    }
    assert_eq!(file.payments[7].kind, PaymentKind::Reversal);
    assert!(matches!(file.payments[6].references[0].given, Given::Other(_)));
}

/// A statement names the account, a notification the bankgiro number before it: one payment, one key.
#[test]
fn a_payment_has_one_key_by_statement_and_by_notification() {
    let bankgiro: BankgiroNumber = "991-2346".parse().unwrap();
    let iban: Iban = "SE45 5000 0000 0583 9825 7466".parse().unwrap();
    let ours = OurAccounts::new().with(bankgiro).with_named(&iban, &bankgiro.digits());
    let keys = |text: &str| -> Vec<String> {
        let file = avgift_camt::read("f.xml", text.as_bytes(), &ours).unwrap();
        file.payments.iter().map(|payment| payment.bank_key.to_string()).collect()
    };
    let statement = String::from_utf8(bytes("good/camt053-v02.xml")).unwrap();
    let notification = String::from_utf8(bytes("good/camt054-v02.xml")).unwrap().replace(
        "<IBAN>SE4550000000058398257466</IBAN>",
        "<Othr><Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr>",
    );
    assert_eq!(keys(&statement)[0], "9912346|BG270214P1");
    assert_eq!(keys(&statement), keys(&notification));
}
