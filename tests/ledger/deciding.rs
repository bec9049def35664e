//! Deciding: every kind of payment that waits, what is proposed, and what a person may say.

use avgift::Sek;
use avgift_camt::Tolerance;
use avgift_journal::{Distribution, Reading, Rest, Simulated, verify};
use avgift_ledger::{Decision, Known, RestTo, ToInvoice, find_payment, payment_id, waiting};

use crate::paying::{OWED, credit, decide, decided, import, issued, kronor, left, ocr, paid, state};

fn reference(number: &str) -> String {
    ocr(number).to_string()
}

fn to(parts: &[(&str, Option<&str>)], rest: &[(RestTo, Option<&str>)]) -> Decision {
    Decision::To {
        invoices: parts
            .iter()
            .map(|(number, amount)| ToInvoice { number: (*number).to_owned(), amount: amount.map(kronor) })
            .collect(),
        rest: rest.iter().map(|(place, amount)| (*place, amount.map(kronor))).collect(),
        payer: None,
    }
}

fn refused(folder: &Simulated, payment: &str, decision: &Decision) -> &'static str {
    decided(folder, payment, decision).unwrap_err().code()
}

fn proposal(folder: &Simulated, key: &str) -> Option<Distribution> {
    let reading = Reading::of(folder).unwrap();
    let known = Known::read(folder).unwrap();
    let waiting = waiting(&reading.state, &known, Tolerance::default());
    waiting.into_iter().find(|one| one.bank_key == key).unwrap().proposal
}

/// 1 300 kr for 1 250 kr: the invoice is paid, and 50 kr are owed back until they are paid back.
#[test]
fn an_overpayment_is_owed_back_and_then_paid_back() {
    let folder = issued(&OWED);
    let key = paid(&folder, "1 300", &reference("1003"));
    assert_eq!(left(&folder, "1003").ore(), 125_000, "it is on no account until it is decided");
    let payment = decide(&folder, &payment_id(&key), &Decision::AsProposed);
    assert_eq!(left(&folder, "1003"), Sek::ZERO);
    let rest = payment.to.rest.unwrap();
    assert_eq!(
        (payment.to.unallocated.ore(), rest.to, rest.payer.as_deref()),
        (5_000, Rest::Overpayment, Some("are"))
    );

    let payment = decide(&folder, &key, &Decision::Refund);
    assert_eq!(payment.to.rest.unwrap().to, Rest::Refunded);
    assert_eq!(left(&folder, "1003"), Sek::ZERO);
    assert_eq!(refused(&folder, &key, &Decision::Refund), "payment-must-have-something-to-pay-back");
    verify(&folder, None).unwrap();
}

/// Paid twice: all of the second payment is owed back to whose reference it bears.
#[test]
fn a_second_payment_is_owed_back() {
    let folder = issued(&OWED);
    let file = |id: &str| {
        let reference = reference("1001");
        format!("datum;belopp;ocr;konto;bankreferens\n2027-02-14;19938;{reference};991-2346;{id}\n")
            .into_bytes()
    };
    import(&folder, "1.csv", &file("B1"));
    import(&folder, "2.csv", &file("B2"));
    let payment = decide(&folder, "9912346|B2", &Decision::AsProposed);
    assert_eq!(payment.to.unallocated, kronor("19 938"));
    assert_eq!(payment.to.rest.unwrap().payer.as_deref(), Some("habo"));
}

/// An invoice that is credited in full and then paid: what came in is owed back.
#[test]
fn what_pays_a_credited_invoice_is_owed_back() {
    let folder = issued(&OWED);
    credit(&folder, "1003", "1 250", "1004");
    let key = paid(&folder, "1 250", &reference("1003"));
    let payment = decide(&folder, &key, &Decision::AsProposed);
    assert_eq!(payment.to.rest.unwrap().to, Rest::Overpayment);
}

/// 13 595 kr with a reference of nobody: 12 345 kr to 1002, and what is left to 1003, which it pays.
#[test]
fn a_payment_is_shared_out_by_hand() {
    let folder = issued(&OWED);
    let key = paid(&folder, "13 595", "12344");
    assert_eq!(proposal(&folder, &key), None);
    assert_eq!(refused(&folder, &key, &Decision::AsProposed), "proposal-must-be-there");
    decide(&folder, &key, &to(&[("F-1002", None), ("1003", None)], &[]));
    assert_eq!((left(&folder, "1002"), left(&folder, "1003")), (Sek::ZERO, Sek::ZERO));
    let before = state(&folder);
    let same = decided(&folder, &key, &to(&[("1002", None), ("1003", None)], &[])).unwrap();
    assert!(same.is_as_before());
    // A wrong decision is put right by another: 1003 is open again.
    decide(&folder, &key, &to(&[("1002", None)], &[(RestTo::Unmatched, None)]));
    assert_eq!(left(&folder, "1003").ore(), 125_000);
    assert_ne!(before, state(&folder));
    verify(&folder, None).unwrap();
}

/// Interest 81,94 kr and a reminder fee of 60 kr, paid with the fee itself.
#[test]
fn interest_and_fees_of_reminders_are_told_apart() {
    let folder = issued(&OWED);
    let key = paid(&folder, "20 079,94", &reference("1001"));
    let rest = [(RestTo::Interest, Some("81,94")), (RestTo::ReminderFee, None)];
    let payment = decide(&folder, &key, &to(&[("1001", None)], &rest));
    assert_eq!((payment.to.interest.ore(), payment.to.reminder_fee.ore()), (8_194, 6_000));
    assert_eq!(left(&folder, "1001"), Sek::ZERO);
}

/// 40 öre too little, and 40 too much.
#[test]
fn what_is_off_by_some_ore_may_be_rounding() {
    for (amount, off) in [("1 249,60", -40), ("1 250,40", 40)] {
        let folder = issued(&OWED);
        let key = paid(&folder, amount, &reference("1003"));
        let payment = decide(&folder, &key, &to(&[("1003", Some("1 250"))], &[(RestTo::Rounding, None)]));
        assert_eq!((payment.to.rounding.ore(), left(&folder, "1003")), (off, Sek::ZERO), "{amount}");
    }
}

#[test]
fn every_ore_goes_somewhere_and_no_more_than_came_in() {
    let folder = issued(&OWED);
    let key = paid(&folder, "1 300", &reference("1003"));
    let code = |decision: Decision| refused(&folder, &key, &decision);
    assert_eq!(code(to(&[("1003", None)], &[])), "payment-must-be-assigned-as-a-whole");
    assert_eq!(code(to(&[("1003", Some("1 250,01"))], &[])), "allocation-must-not-exceed-open");
    assert_eq!(code(to(&[("1001", Some("1 300,01"))], &[])), "parts-must-not-exceed-payment");
    assert_eq!(code(to(&[("1001", Some("1 301"))], &[])), "parts-must-not-exceed-payment");
    assert_eq!(
        code(to(&[("1003", None)], &[(RestTo::Interest, Some("50,01"))])),
        "parts-must-not-exceed-payment"
    );
    assert_eq!(
        code(to(&[("1003", None)], &[(RestTo::Interest, Some("49,99"))])),
        "payment-must-be-assigned-as-a-whole"
    );
    assert_eq!(code(to(&[("1009", None)], &[])), "invoice-must-be-found");
    assert_eq!(code(to(&[], &[(RestTo::Overpayment, None)])), "overpayment-must-have-its-payer");
    let two = [(RestTo::Overpayment, Some("20")), (RestTo::Unmatched, None)];
    assert_eq!(code(to(&[("1003", None)], &two)), "rest-must-have-one-place");
    assert_eq!(code(to(&[("1003", Some("1 299"))], &[])), "allocation-must-not-exceed-open");
    assert_eq!(
        code(to(&[("1003", Some("1 249"))], &[(RestTo::Rounding, None)])),
        "rounding-must-be-below-a-krona"
    );
    let somebody = Decision::To {
        invoices: Vec::new(),
        rest: vec![(RestTo::Overpayment, None)],
        payer: Some("ale".to_owned()),
    };
    assert_eq!(code(somebody), "overpayment-must-have-its-payer");
}

#[test]
fn a_paid_invoice_takes_nothing_more() {
    let folder = issued(&OWED);
    paid(&folder, "1 250", &reference("1003"));
    let key = paid(&folder, "100", "12344");
    assert_eq!(refused(&folder, &key, &to(&[("1003", None)], &[])), "invoice-must-be-open");
}

/// The samples' reversal: the bank takes 19 938 kr back, under an id of its own, and a person names the payment.
#[test]
fn a_reversal_takes_back_what_the_payment_paid() {
    let folder = issued(&OWED);
    let camt =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/payments/good/camt054-v08.xml"));
    let camt = String::from_utf8(camt.unwrap()).unwrap().replace("100263", &reference("1001"));
    import(&folder, "camt054-v08.xml", camt.as_bytes());
    assert_eq!(left(&folder, "1001"), Sek::ZERO);
    let reversal = "9912346|BG270214P8|reversal";
    assert_eq!(refused(&folder, reversal, &Decision::Reverse { of: None }), "reversal-must-be-of-a-payment");
    let reverse = |of: &str| Decision::Reverse { of: Some(of.to_owned()) };
    assert_eq!(refused(&folder, reversal, &reverse("9912346|BG270214P2")), "reversal-must-be-of-a-payment");
    // P5 is the same amount, and waits itself.
    assert_eq!(
        refused(&folder, reversal, &reverse("9912346|BG270214P5")),
        "reversed-payment-must-be-decided"
    );
    assert_eq!(refused(&folder, reversal, &to(&[("1001", None)], &[])), "reversal-must-be-decided-as-one");
    let payment = decide(&folder, reversal, &reverse("9912346|BG270214P1"));
    assert_eq!(payment.to.allocations[0].amount, kronor("-19 938"));
    assert_eq!(left(&folder, "1001"), kronor("19 938"));
    verify(&folder, None).unwrap();
}

/// Where the bank gives both one id, nobody needs to name it, and it is what is proposed.
#[test]
fn a_reversal_finds_the_payment_of_its_id() {
    let folder = issued(&OWED);
    let camt =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/payments/good/camt054-v08.xml"));
    let camt = String::from_utf8(camt.unwrap()).unwrap().replace("100263", &reference("1001"));
    import(&folder, "camt054-v08.xml", camt.replace("BG270214P8", "BG270214P1").as_bytes());
    let reversal = "9912346|BG270214P1|reversal";
    assert_eq!(proposal(&folder, reversal).unwrap().allocations[0].amount, kronor("-19 938"));
    decide(&folder, reversal, &Decision::Reverse { of: None });
    assert_eq!(left(&folder, "1001"), kronor("19 938"));
}

#[test]
fn a_payment_is_named_by_the_beginning_of_its_id() {
    let folder = issued(&OWED);
    let key = paid(&folder, "100", "12344");
    let (state, id) = (state(&folder), payment_id(&key));
    for text in [id.as_str(), &id[..4], &key, &format!(" {} ", id.to_uppercase())] {
        assert_eq!(find_payment(&state, text).unwrap().0, key, "{text}");
    }
    for text in ["", &id[..3], "xyzw", "0000000000"] {
        assert_eq!(find_payment(&state, text).unwrap_err().code(), "payment-must-be-found", "{text}");
    }
}

/// Decided on 1 March: nothing of it changes what was reported in February.
#[test]
fn no_decision_goes_back_before_the_one_it_follows() {
    let folder = issued(&OWED);
    let key = paid(&folder, "1 300", &reference("1003"));
    let reading = Reading::of(&folder).unwrap();
    let known = Known::read(&folder).unwrap();
    let ledger = avgift_ledger::Ledger::new(&folder, &reading.state);
    let on = |date: &str| {
        avgift_ledger::plan_decision(
            &ledger,
            &known,
            reading.head.seal,
            Tolerance::default(),
            &key,
            &Decision::AsProposed,
            date.parse().unwrap(),
        )
    };
    assert_eq!(on("2027-02-13").unwrap_err().code(), "decision-must-not-precede-payment");
    assert!(on("2027-02-14").is_ok() && on("2027-02-15").is_ok());
}
