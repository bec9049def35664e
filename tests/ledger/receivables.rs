//! Receivables: each age at its edges, the day that is asked for, and that nothing is lost between documents and payments.

use avgift::Sek;
use avgift_ledger::{Age, Decision, OwedBack, Receivables};
use proptest::prelude::*;

use crate::paying::{OWED, credit, day, decide, issued, kronor, ocr, paid, state};

/// Due on 14 February 2027: not due that day, a day past due on the 15th, 30 days on 16 March.
#[test]
fn an_invoice_ages_by_the_days_past_its_due_date() {
    let folder = issued(&OWED);
    let state = state(&folder);
    for (on, days, age) in [
        ("2027-02-13", -1, Age::NotDue),
        ("2027-02-14", 0, Age::NotDue),
        ("2027-02-15", 1, Age::UpTo30),
        ("2027-03-16", 30, Age::UpTo30),
        ("2027-03-17", 31, Age::UpTo60),
        ("2027-04-15", 60, Age::UpTo60),
        ("2027-04-16", 61, Age::UpTo90),
        ("2027-05-15", 90, Age::UpTo90),
        ("2027-05-16", 91, Age::Over90),
    ] {
        let open = Receivables::of(&state, day(on)).unwrap();
        assert_eq!((open.unpaid[0].days, open.unpaid[0].age), (days, age), "{on}");
        assert_eq!(open.of_age(age).unwrap(), kronor("33 533"), "{on}");
    }
}

/// Issued on 15 January, paid on 14 February, decided on 1 March.
#[test]
fn each_day_knows_what_was_open_then() {
    let folder = issued(&OWED);
    paid(&folder, "19 938", &ocr("1001").to_string());
    let key = paid(&folder, "1 300", &ocr("1003").to_string());
    decide(&folder, &key, &Decision::AsProposed);
    let state = state(&folder);
    let on = |date: &str| Receivables::of(&state, day(date)).unwrap();
    assert_eq!(on("2027-01-14").tie_out, Default::default());
    assert_eq!(on("2027-01-15").tie_out.open, kronor("33 533"));
    assert_eq!(on("2027-02-13").tie_out.paid, Sek::ZERO);
    let waits = on("2027-02-14");
    assert_eq!((waits.tie_out.paid, waits.tie_out.open), (kronor("19 938"), kronor("13 595")));
    assert_eq!((waits.waiting.len(), waits.received.waiting), (1, kronor("1 300")));
    assert!(waits.owed_back.is_empty());
    let decided = on("2027-03-01");
    assert_eq!((decided.tie_out.open, decided.waiting.len()), (kronor("12 345"), 0));
    assert_eq!(decided.owed_back_sum().unwrap(), kronor("50"));
    assert_eq!(decided.received.overpaid, kronor("50"));
}

/// 12 345 kr paid, and then 345 kr of them credited: so much is owed back, and open is less by it.
#[test]
fn what_is_credited_after_payment_is_owed_back() {
    let folder = issued(&OWED);
    paid(&folder, "12 345", &ocr("1002").to_string());
    credit(&folder, "1002", "345", "1004");
    let state = state(&folder);
    let open = Receivables::of(&state, day("2027-03-01")).unwrap();
    let [OwedBack::CreditedAfterPayment { issued, amount, .. }] = open.owed_back.as_slice() else { panic!() };
    assert_eq!((issued.number.to_string(), *amount), ("1002".to_owned(), kronor("345")));
    assert_eq!((open.unpaid_sum().unwrap(), open.tie_out.open), (kronor("21 188"), kronor("20 843")));
    assert_eq!(open.tie_out.difference, Sek::ZERO);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever comes in and is decided, what was issued, credited, paid and is open tie on every day, and what came in
    /// stands somewhere to the öre.
    #[test]
    fn issued_credited_and_paid_leave_what_is_open(
        payments in prop::collection::vec((1..2_500_000_i64, 0..4_usize, any::<bool>()), 0..6),
        credited in 0..3_u8,
    ) {
        let folder = issued(&OWED);
        if credited > 0 {
            credit(&folder, "1003", if credited == 1 { "1 250" } else { "100,50" }, "1004");
        }
        for (place, (ore, invoice, decides)) in payments.into_iter().enumerate() {
            let reference = ["1001", "1002", "1003"].get(invoice).map_or("12344".to_owned(), |number| ocr(number).to_string());
            let key = paid(&folder, &(Sek::from_ore(ore + place as i64).to_string()), &reference);
            let waits = state(&folder).payment(&key).unwrap().is_for_a_person();
            if waits && decides {
                let decision = if invoice == 3 { Decision::NotOurs } else { Decision::AsProposed };
                decide(&folder, &key, &decision);
            }
        }
        let state = state(&folder);
        for on in ["2027-01-14", "2027-01-15", "2027-01-20", "2027-02-14", "2027-02-28", "2027-03-01", "2028-01-01"] {
            let Receivables { tie_out, received, unpaid, owed_back, .. } = &Receivables::of(&state, day(on)).unwrap();
            prop_assert_eq!(tie_out.difference, Sek::ZERO);
            let parts = [
                received.to_invoices, received.interest, received.reminder_fees, received.rounding, received.overpaid,
                received.unmatched, received.not_ours, received.refunded, received.waiting,
            ];
            prop_assert_eq!(Sek::sum(parts).unwrap(), received.received);
            prop_assert!(unpaid.iter().all(|one| one.open > Sek::ZERO));
            prop_assert!(owed_back.iter().all(|one| one.amount() > Sek::ZERO));
        }
    }
}
