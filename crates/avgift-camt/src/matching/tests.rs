//! Which invoices a payment pays, case by case, and that no öre is lost.

use super::*;
use crate::account::{Account, Scheme};
use crate::clue::Clue;
use crate::error::Error;
use crate::payment::{CreditTaken, ManualEntry, Reference};
use avgift_invoice::OcrReference;
use proptest::prelude::*;

fn number(text: &str) -> InvoiceNumber {
    text.parse().unwrap()
}

fn kr(text: &str) -> Sek {
    text.parse().unwrap()
}

/// Three invoices: 1001 of 12 345,00 kr, 1005 of 8 000,00 kr, 1006 of 4 000,00 kr.
fn items() -> Vec<OpenItem> {
    [("1001", "12 345,00", "Åre kommun"), ("1005", "8 000,00", "Väsby"), ("1006", "4 000,00", "Väsby")]
        .map(|(text, open, payer)| OpenItem {
            number: number(text),
            ocr: OcrReference::of(number(text), Default::default()),
            payer_name: payer.to_owned(),
            payer_accounts: vec![Account::new(
                Scheme::Bankgiro,
                if payer == "Väsby" { "378-3511" } else { "123-4567" },
            )],
            amount: kr(open),
            open: kr(open),
            credited: false,
        })
        .into()
}

/// A payment with these references, each with an amount or none.
fn paid(amount: &str, references: &[(&str, &str)]) -> BankPayment {
    let mut payment = BankPayment::from(ManualEntry::new("2027-02-14".parse().unwrap(), kr(amount)));
    payment.references = references
        .iter()
        .map(|(text, amount)| Reference {
            given: Given::read(text),
            amount: (!amount.is_empty()).then(|| kr(amount)),
        })
        .collect();
    payment
}

/// What becomes of it, in a few words: `1001 10000.00`, `overpaid: 1001 12345.00, rest 0.50`.
fn found(payment: &BankPayment, items: &[OpenItem], tolerance: &str) -> String {
    let listed = |allocations: &[Allocation]| {
        let texts = allocations.iter().map(|one| format!("{} {}", one.number, one.amount));
        texts.collect::<Vec<_>>().join(" + ")
    };
    match match_payment(payment, items, Tolerance::new(kr(tolerance)).unwrap()) {
        Match::Exact(one) => format!("exact {}", listed(&[one])),
        Match::Partial(one) => format!("partial {}", listed(&[one])),
        Match::Split(several) => format!("split {}", listed(&several)),
        Match::Rounded { allocation, difference } => {
            format!("rounded {}, {difference}", listed(&[allocation]))
        }
        Match::ForAPerson(person) => {
            let reason = serde_json::to_string(&person.reason).unwrap();
            let proposal = person.proposal.map_or_else(String::new, |proposal| {
                let to = if proposal.rest_to == Rest::Refund { "refund" } else { "overpayment" };
                format!(": {} and {} as {to}", listed(&proposal.allocations), proposal.rest)
            });
            format!("{}{proposal}", reason.trim_matches('"'))
        }
    }
}

fn one(amount: &str, references: &[(&str, &str)]) -> String {
    found(&paid(amount, references), &items(), "0")
}

#[test]
fn all_that_is_open_is_exact() {
    assert_eq!(one("12 345,00", &[("100164", "")]), "exact 1001 12345.00");
    assert_eq!(one("12 345,00", &[("100164", "12 345,00")]), "exact 1001 12345.00");
}

/// A part leaves one krona or more open.
#[test]
fn less_than_is_open_is_a_part() {
    assert_eq!(one("10 000,00", &[("100164", "")]), "partial 1001 10000.00");
    assert_eq!(one("12 344,00", &[("100164", "")]), "partial 1001 12344.00");
    assert_eq!(one("12 344,01", &[("100164", "")]), "nearly-paid: 1001 12344.01 and 0.00 as overpayment");
}

#[test]
fn more_than_is_open_is_for_a_person() {
    assert_eq!(one("13 000,00", &[("100164", "")]), "overpaid: 1001 12345.00 and 655.00 as overpayment");
    assert_eq!(one("12 346,00", &[("100164", "")]), "overpaid: 1001 12345.00 and 1.00 as overpayment");
    assert_eq!(one("12 345,99", &[("100164", "")]), "nearly-paid: 1001 12345.00 and 0.99 as overpayment");
}

/// With a tolerance of 50 öre: 49 and 50 off are rounded, 51 are for a person.
#[test]
fn a_difference_within_the_tolerance_is_rounded() {
    let within = |amount| found(&paid(amount, &[("100164", "")]), &items(), "0,50");
    assert_eq!(within("12 344,51"), "rounded 1001 12345.00, -0.49");
    assert_eq!(within("12 345,50"), "rounded 1001 12345.00, 0.50");
    assert_eq!(within("12 345,51"), "nearly-paid: 1001 12345.00 and 0.51 as overpayment");
    assert_eq!(within("12 344,00"), "partial 1001 12344.00");
    for wrong in ["1,00", "-0,01"] {
        let refused = Error::ToleranceMustBeBelowAKrona { tolerance: kr(wrong) };
        assert_eq!(Tolerance::new(kr(wrong)), Err(refused));
    }
}

#[test]
fn a_second_payment_is_for_a_person() {
    let mut items = items();
    items[0].open = Sek::ZERO;
    let payment = paid("12 345,00", &[("100164", "")]);
    assert_eq!(found(&payment, &items, "0"), "already-paid:  and 12345.00 as overpayment");
    items[0].credited = true;
    assert_eq!(found(&payment, &items, "0"), "credited:  and 12345.00 as refund");
}

/// 8 000 and 4 000 are open on 1005 and 1006.
#[test]
fn several_references_are_split_where_it_is_clear() {
    let two = |amount, five, six| one(amount, &[("100669", six), ("100560", five)]);
    assert_eq!(two("12 000,00", "8 000,00", "4 000,00"), "split 1005 8000.00 + 1006 4000.00");
    assert_eq!(two("12 000,00", "", ""), "split 1005 8000.00 + 1006 4000.00");
    assert_eq!(two("9 000,00", "6 000,00", "3 000,00"), "split 1005 6000.00 + 1006 3000.00");
    assert_eq!(two("9 000,00", "", ""), "unclear-split");
    assert_eq!(two("12 000,00", "8 000,00", ""), "unclear-split");
    assert_eq!(two("12 000,00", "8 000,00", "3 000,00"), "amounts-disagree");
    assert_eq!(
        two("12 000,00", "9 000,00", "3 000,00"),
        "unclear-split: 1005 8000.00 + 1006 3000.00 and 1000.00 as overpayment"
    );
    assert_eq!(
        two("11 999,50", "7 999,50", "4 000,00"),
        "unclear-split: 1005 7999.50 + 1006 4000.00 and 0.00 as overpayment"
    );
}

#[test]
fn a_reference_that_stands_twice_is_one_invoice() {
    assert_eq!(one("8 000,00", &[("100560", "5 000,00"), ("100560", "3 000,00")]), "exact 1005 8000.00");
    assert_eq!(one("8 000,00", &[("100560", ""), ("100560", "")]), "exact 1005 8000.00");
    assert_eq!(one("8 000,00", &[("100560", ""), ("100560", "3 000,00")]), "amounts-disagree");
    assert_eq!(one("8 000,00", &[("100560", "7 000,00")]), "amounts-disagree");
}

/// 100769: Luhn over 10076 gives 8. 100865 is right, and of no invoice.
#[test]
fn a_wrong_or_unknown_reference_is_for_a_person() {
    assert_eq!(one("1,00", &[("100769", "")]), "bad-check-digit");
    assert_eq!(one("1,00", &[("100867", "")]), "unknown-reference");
    assert_eq!(one("1,00", &[("100164", ""), ("100867", "")]), "unknown-reference");
    assert_eq!(one("1,00", &[("RF18100164", "")]), "text-only");
    assert_eq!(one("1,00", &[("RF18100164", ""), ("100164", "")]), "unclear-split");
    let mut twice = items();
    twice[1].ocr = twice[0].ocr;
    assert_eq!(found(&paid("1,00", &[("100164", "")]), &twice, "0"), "ambiguous-reference");
}

/// 100146 is 100164 with two digits swapped, and 12 345 kr are open on that invoice alone.
#[test]
fn a_slip_and_the_amount_together_make_a_proposal() {
    assert_eq!(one("12 345,00", &[("100146", "")]), "bad-check-digit: 1001 12345.00 and 0.00 as overpayment");
}

#[test]
fn text_suggests_and_never_posts() {
    let mut payment = paid("12 345,00", &[]);
    payment.text = vec!["Avgift 2027, faktura 1001".to_owned()];
    assert_eq!(found(&payment, &items(), "0"), "text-only: 1001 12345.00 and 0.00 as overpayment");
    payment.text = vec!["Faktura 21001".to_owned()]; // The amount alone is one clue: no proposal.
    assert_eq!(found(&payment, &items(), "0"), "text-only");
    payment.payer_account = Some(Account::new(Scheme::Bankgiro, "3783511"));
    let Match::ForAPerson(person) = match_payment(&payment, &items(), Tolerance::default()) else { panic!() };
    let suggested: Vec<(String, &[Clue])> =
        person.suggestions.iter().map(|one| (one.number.to_string(), one.clues.as_slice())).collect();
    let of_account: &[Clue] = &[Clue::PayerAccount];
    assert_eq!(
        suggested,
        [
            ("1001".to_owned(), [Clue::OnlyAmount].as_slice()),
            ("1005".to_owned(), of_account),
            ("1006".to_owned(), of_account)
        ]
    );
    assert_eq!(found(&paid("1,00", &[]), &items(), "0"), "text-only");
}

#[test]
fn what_is_no_single_payment_to_us_is_for_a_person() {
    let exact = || paid("12 345,00", &[("100164", "")]);
    let of_kind = |kind| BankPayment { kind, ..exact() };
    assert_eq!(found(&of_kind(PaymentKind::Reversal), &items(), "0"), "reversal");
    assert_eq!(found(&of_kind(PaymentKind::Debit), &items(), "0"), "own-payment");
    assert_eq!(found(&of_kind(PaymentKind::DebitReversal), &items(), "0"), "own-payment-returned");
    assert_eq!(found(&BankPayment { detail: Detail::LumpSum, ..exact() }, &items(), "0"), "lump-sum");
    assert_eq!(found(&paid("0", &[("100164", "")]), &items(), "0"), "nothing-paid");
    let credit = CreditTaken { number: Some("1009".to_owned()), amount: Some(kr("100")) };
    let taken = |payment| BankPayment { credits_taken: vec![credit.clone()], ..payment };
    assert_eq!(
        found(&taken(exact()), &items(), "0"),
        "credit-note-taken: 1001 12345.00 and 0.00 as overpayment"
    );
    assert_eq!(found(&taken(paid("1,00", &[])), &items(), "0"), "credit-note-taken");
}

/// What the first payment took is not open to the second.
#[test]
fn the_payments_of_a_file_follow_one_another() {
    let payments = ["12 000,00", "345,00", "345,00"].map(|amount| paid(amount, &[("100164", "")]));
    let found = match_all(&payments, &items(), Tolerance::default());
    assert!(matches!(found[0], Match::Partial(_)) && matches!(found[1], Match::Exact(_)));
    assert!(matches!(&found[2], Match::ForAPerson(person) if person.reason == Reason::AlreadyPaid));
}

fn any_item() -> impl Strategy<Value = OpenItem> {
    (0..6_u32, 0..500_i64, any::<bool>(), 0..2_usize).prop_map(|(at, open, credited, payer)| OpenItem {
        number: number(&(1000 + at).to_string()),
        ocr: OcrReference::of(number(&(1000 + at).to_string()), Default::default()),
        payer_name: ["Ale", "Åre"][payer].to_owned(),
        payer_accounts: vec![Account::new(Scheme::Bankgiro, ["1", "2"][payer])],
        amount: Sek::from_ore(1000),
        open: Sek::from_ore(open),
        credited: credited && open % 3 == 0,
    })
}

fn any_payment() -> impl Strategy<Value = BankPayment> {
    let reference = (0..7_u32, prop::option::of(0..500_i64), 0..8_u32).prop_map(|(at, amount, slip)| {
        let right = OcrReference::of(number(&(1000 + at).to_string()), Default::default());
        let given = if slip == 0 { Given::Other("100165".to_owned()) } else { Given::Ocr(right) };
        Reference { given, amount: amount.map(Sek::from_ore) }
    });
    let references = prop::collection::vec(reference, 0..4);
    (0..1200_i64, references, "[0-9 ]{0,6}", prop::option::of(0..2_usize)).prop_map(
        |(amount, references, text, payer)| {
            let mut payment = paid("0", &[]);
            // Half of them state what they pay, so that clean splits are met.
            let stated: i64 = references.iter().filter_map(|one| one.amount).map(Sek::ore).sum();
            payment.amount = Sek::from_ore(if amount % 2 == 0 && stated > 0 { stated } else { amount });
            payment.references = references;
            payment.text = vec![text];
            payment.payer_account = payer.map(|payer| Account::new(Scheme::Bankgiro, ["1", "2"][payer]));
            payment
        },
    )
}

#[test]
fn a_reason_has_the_word_that_it_is_written_as() {
    for reason in Reason::ALL {
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.word());
        assert_eq!(Reason::of_word(reason.word()), Some(reason));
    }
    assert_eq!(Reason::of_word("perhaps"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn allocations_sum_to_the_amount_and_never_exceed_what_is_open(
        payment in any_payment(),
        items in prop::collection::vec(any_item(), 0..6),
        tolerance in 0..100_i64,
    ) {
        let tolerance = Tolerance::new(Sek::from_ore(tolerance)).unwrap();
        let found = match_payment(&payment, &items, tolerance);
        let (allocations, rest) = match &found {
            Match::Rounded { allocation, difference } => {
                prop_assert!(difference.ore().abs() <= tolerance.sek().ore() && *difference != Sek::ZERO);
                (vec![*allocation], *difference)
            }
            Match::ForAPerson(person) => match &person.proposal {
                Some(proposal) => (proposal.allocations.clone(), proposal.rest),
                None => (Vec::new(), payment.amount),
            },
            posted => (posted.allocations().to_vec(), Sek::ZERO),
        };
        let sum: i64 = allocations.iter().map(|one| one.amount.ore()).sum();
        prop_assert_eq!(sum + rest.ore(), payment.amount.ore());
        for one in &allocations {
            let open = items.iter().filter(|item| item.number == one.number && !item.credited);
            prop_assert!(one.amount > Sek::ZERO && open.clone().any(|item| one.amount <= item.open));
        }
        let mut numbers: Vec<_> = allocations.iter().map(|one| one.number).collect();
        numbers.dedup();
        prop_assert_eq!(numbers.len(), allocations.len());
    }

    #[test]
    fn the_order_of_open_invoices_changes_nothing(
        payment in any_payment(),
        (items, shuffled) in prop::collection::vec(any_item(), 0..6)
            .prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle())),
    ) {
        let tolerance = Tolerance::default();
        prop_assert_eq!(match_payment(&payment, &items, tolerance), match_payment(&payment, &shuffled, tolerance));
    }

    /// What posts itself has a right reference of each invoice it pays.
    #[test]
    fn nothing_posts_itself_without_its_reference(
        payment in any_payment(),
        items in prop::collection::vec(any_item(), 0..6),
    ) {
        let found = match_payment(&payment, &items, Tolerance::default());
        for one in found.allocations() {
            let ocr = OcrReference::of(one.number, Default::default());
            prop_assert!(payment.references.iter().any(|reference| reference.given == Given::Ocr(ocr)));
        }
    }
}
