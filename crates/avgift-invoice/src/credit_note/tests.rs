//! What is taken back, worked by hand, and that all parts are the invoice.

use super::*;
use crate::fixture::{agreement, almby, buyer, fees, tariff, text};
use crate::line::AdjustmentKind;
use crate::totals::PayableRounding;
use crate::vat::{VatRate, VatTreatment};
use avgift::{Indices, Member, PayerId, ShareUnit, Tariff};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn sek(text: &str) -> Sek {
    text.parse().unwrap()
}

/// Almby 32 446 inhabitants, 48 669 kr; Björkby 9 000, raised to 15 000 kr; 25 % VAT.
fn invoice(payable_rounding: PayableRounding) -> Invoice {
    let bjorkby = Member::new("0103".parse().unwrap(), "Björkby kommun").paid_by(PayerId::new("almby"));
    let fees = fees(tariff(), Indices::new(), vec![(almby(), 32_446), (bjorkby, 9_000)]);
    let agreement = crate::Agreement { payable_rounding, ..agreement() };
    let draft = Invoice::draft(&fees, &buyer("almby"), &agreement, day("2024-01-15")).unwrap().unwrap();
    draft.numbered("1".parse().unwrap())
}

fn part(invoice: &Invoice, earlier: &[&CreditNote], parts: &[(usize, Taken)]) -> Result<CreditNote, Error> {
    let number = (earlier.len() + 2).to_string().parse().unwrap();
    let parts: Vec<_> =
        parts.iter().map(|(line, taken)| CreditedPart { line: *line, taken: *taken }).collect();
    CreditNote::of_part(invoice, earlier, number, day("2024-03-01"), &text("fel medlem"), &parts)
}

fn amount(text: &str) -> Taken {
    Taken::Amount(sek(text))
}

/// Sum, VAT, rounding, amount due.
fn told(credit_note: &CreditNote) -> String {
    let totals = credit_note.content.totals;
    let rounding = totals.rounding.unwrap_or_default();
    format!("{} + {} {rounding} = {}", totals.sum_of_lines, totals.vat, totals.amount_due)
}

/// 63 669 + 15 917,25 is 79 586,25, 79 586 kr due. 53 668,90 left has 13 417,225 VAT, half an öre goes up: 67 086,13,
/// 67 086 kr. The difference is 2 500,02 VAT and 12 500 kr; 25 % of 10 000,10 itself would be 2 500,03.
#[test]
fn a_part_is_what_was_left_before_less_what_is_left_after() {
    let invoice = invoice(PayableRounding::Krona);
    assert_eq!(invoice.claim(), sek("79 586"));
    let first = part(&invoice, &[], &[(1, amount("10 000,10"))]).unwrap();
    assert_eq!(told(&first), "10000.10 + 2500.02 -0.12 = 12500.00");
    assert_eq!(first.left_before, Some(sek("63 669")));
    assert_eq!(
        first.note.as_str(),
        "Krediterar en del av faktura 1 av den 15 januari 2024. Orsak: fel medlem"
    );
    let second = part(&invoice, &[&first], &[(1, Taken::Rest), (2, Taken::Rest)]).unwrap();
    assert_eq!(told(&second), "53668.90 + 13417.23 -0.13 = 67086.00");
    assert_eq!(Sek::sum([invoice.claim(), first.claim(), second.claim()]), Ok(Sek::ZERO));
    let left = left_of(&invoice, &[&second, &first]).unwrap();
    assert!(left.iter().all(|left| left.amount == Sek::ZERO));
}

/// The line keeps its proof: 9 000 × 1,50 + 1 500 golvtillägg, less what was credited earlier and what stays charged.
#[test]
fn a_line_says_what_remains_charged() {
    let invoice = invoice(PayableRounding::Krona);
    let months = Share::new(6, 12, ShareUnit::Months).unwrap();
    let first = part(&invoice, &[], &[(2, amount("1 000"))]).unwrap();
    let second = part(&invoice, &[&first], &[(2, Taken::Share(months))]).unwrap();
    let line = &second.content.lines[0];
    let adjustments: Vec<String> =
        line.adjustments.iter().map(|it| format!("{:?} {} {}", it.kind, it.amount, it.reason)).collect();
    assert_eq!(
        adjustments,
        [
            "Charge 1500.00 Golvtillägg till 15 000 kr",
            "Allowance 1000.00 Krediterat tidigare",
            "Allowance 6500.00 Återstår debiterat"
        ]
    );
    assert_eq!((line.id, line.net_amount, line.proof().unwrap()), (2, sek("7 500"), sek("7 500")));
    assert_eq!(line.quantity, invoice.content.lines[1].quantity);
    assert!(line.adjustments[1..].iter().all(|it| it.kind == AdjustmentKind::Allowance && it.rule.is_none()));
    let third = part(&invoice, &[&second, &first], &[(2, Taken::Rest)]).unwrap();
    assert_eq!(third.content.totals.sum_of_lines, sek("6 500"));
    // All of a line at once is the line of the invoice.
    let whole = part(&invoice, &[], &[(1, Taken::Rest)]).unwrap();
    assert_eq!(whole.content.lines[0], invoice.content.lines[0]);
}

#[test]
fn no_more_is_taken_back_than_is_left() {
    let invoice = invoice(PayableRounding::Krona);
    let code = |outcome: Result<CreditNote, Error>| outcome.unwrap_err().code();
    let refused = |parts: &[(usize, Taken)]| code(part(&invoice, &[], parts));
    assert!(part(&invoice, &[], &[(2, amount("15 000"))]).is_ok());
    assert_eq!(refused(&[(2, amount("15 000,01"))]), "credit-must-not-exceed-what-is-left");
    assert_eq!(refused(&[(2, amount("0"))]), "credit-must-take-something-back");
    assert_eq!(refused(&[(2, amount("-1"))]), "credit-must-take-something-back");
    assert_eq!(refused(&[(2, Taken::Share(Share::NOTHING))]), "credit-must-take-something-back");
    assert_eq!(refused(&[]), "credit-must-take-something-back");
    assert_eq!(refused(&[(3, Taken::Rest)]), "credited-line-must-be-of-the-invoice");
    assert_eq!(refused(&[(2, amount("1")), (2, amount("1"))]), "credited-line-must-stand-once");
    let first = part(&invoice, &[], &[(2, amount("14 999"))]).unwrap();
    let after = |earlier: &[&CreditNote], taken| code(part(&invoice, earlier, &[(2, taken)]));
    assert_eq!(after(&[&first], amount("1,01")), "credit-must-not-exceed-what-is-left");
    let whole = CreditNote::of(&invoice, "9".parse().unwrap(), day("2024-02-01"), &text("x")).unwrap();
    assert_eq!(after(&[&whole], amount("1")), "credit-must-not-exceed-what-is-left");
    assert_eq!(after(&[&whole], Taken::Rest), "credit-must-take-something-back");
}

/// What is left hangs on all earlier credit notes; one of another invoice, one missing or one twice is seen.
#[test]
fn the_earlier_credit_notes_are_all_there() {
    let invoice = invoice(PayableRounding::Krona);
    let first = part(&invoice, &[], &[(1, amount("1"))]).unwrap();
    let second = part(&invoice, &[&first], &[(1, amount("1"))]).unwrap();
    assert_eq!(second.check_against(&invoice, &[&first]), Ok(()));
    let changed = |change: fn(&mut CreditNote)| {
        let mut note = second.clone();
        change(&mut note);
        note.check_against(&invoice, &[&first]).unwrap_err().to_string()
    };
    assert_eq!(
        changed(|it| it.left_before = Some(sek("1"))),
        "document 3: what was left before it is 1.00, and 63668.00 is reckoned"
    );
    assert_eq!(
        changed(|it| it.content.lines[0].name = text("Medlemsavgift 2023, Almby kommun")),
        "document 3: line 1 is another, and that of the invoice is reckoned"
    );
    assert_eq!(
        changed(|it| it.content.buyer.name = text("Annan")),
        "document 3: the content is another, and that of the invoice is reckoned"
    );
    let code = |earlier: &[&CreditNote]| left_of(&invoice, earlier).unwrap_err().code();
    assert_eq!(code(&[&second]), "earlier-credits-must-be-complete");
    assert_eq!(code(&[&first, &first, &second]), "earlier-credits-must-be-complete");
    let mut other = first.clone();
    other.preceding_invoice.number = "7".parse().unwrap();
    assert_eq!(code(&[&other]), "earlier-credit-must-be-of-the-invoice");
    let taken = CreditNote::of_part(
        &invoice,
        &[&first],
        first.number,
        day("2024-03-01"),
        &text("x"),
        &[CreditedPart { line: 1, taken: Taken::Rest }],
    );
    assert_eq!(taken.unwrap_err().code(), "credit-note-must-have-its-own-number");
}

fn stored(credit_note: &CreditNote) -> CreditNote {
    serde_json::from_str(&serde_json::to_string(credit_note).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// An invoice and the credit note over all of it sum to nothing, whatever the fee, its VAT and the rounding of the amount due.
    #[test]
    fn a_credit_note_and_its_invoice_sum_to_nothing(
        inhabitants in 1_u32..2_000_000,
        rate in 1_i64..1_000_000,
        vat in 0_usize..4,
        krona in any::<bool>(),
    ) {
        let rate = avgift::FeeRate::new(avgift::Decimal::new(rate, 4)).unwrap();
        let tariff = Tariff { rounding: Rounding::Ore, ..Tariff::per_inhabitant("T", crate::fixture::year(), rate) };
        let member = Member::new("0101".parse().unwrap(), "Ort").paid_by(PayerId::new("almby"));
        let fees = fees(tariff, Indices::new(), vec![(member, inhabitants)]);
        let vat = match vat {
            0 => VatTreatment::OutsideScope { reason: text("ej momspliktig") },
            at => VatTreatment::Standard([VatRate::Six, VatRate::Twelve, VatRate::TwentyFive][at - 1]),
        };
        let payable_rounding = if krona { PayableRounding::Krona } else { PayableRounding::None };
        let agreement = crate::Agreement { vat, payable_rounding, ..agreement() };
        let draft = Invoice::draft(&fees, &buyer("almby"), &agreement, day("2024-01-15")).unwrap();
        prop_assume!(draft.is_some());
        let invoice = draft.unwrap().numbered("1".parse().unwrap());
        let note = CreditNote::of(&invoice, "2".parse().unwrap(), day("2024-02-01"), &text("fel")).unwrap();
        prop_assert_eq!(invoice.claim().plus(note.claim()).unwrap(), Sek::ZERO);
        prop_assert_eq!(invoice.content.totals, note.content.totals);
    }
}

proptest! {
    /// However an invoice is taken back in parts, the parts are the invoice: sum, VAT and amount due, to the öre; each
    /// keeps its proofs, adds up, and reads back.
    #[test]
    fn all_parts_together_are_the_invoice(
        inhabitants in proptest::collection::vec(1_u32..200_000, 1..4),
        rate in 1_i64..1_000_000,
        vat in 0_usize..4,
        krona in any::<bool>(),
        steps in proptest::collection::vec((0_usize..4, 0_u32..=100), 1..6),
    ) {
        let member = |(place, inhabitants): (usize, u32)| {
            let member = Member::new(format!("01{:02}", place + 1).parse().unwrap(), "Ort");
            (member.paid_by(PayerId::new("almby")), inhabitants)
        };
        let rate = avgift::FeeRate::new(avgift::Decimal::new(rate, 4)).unwrap();
        let tariff = Tariff { rounding: Rounding::Ore, ..Tariff::per_inhabitant("T", crate::fixture::year(), rate) };
        let fees = fees(tariff, Indices::new(), inhabitants.into_iter().enumerate().map(member).collect());
        let agreement = crate::Agreement {
            vat: match vat {
                0 => VatTreatment::OutsideScope { reason: text("ej momspliktig") },
                at => VatTreatment::Standard([VatRate::Six, VatRate::Twelve, VatRate::TwentyFive][at - 1]),
            },
            payable_rounding: if krona { PayableRounding::Krona } else { PayableRounding::None },
            ..agreement()
        };
        let draft = Invoice::draft(&fees, &buyer("almby"), &agreement, day("2024-01-15")).unwrap();
        prop_assume!(draft.is_some());
        let invoice = draft.unwrap().numbered("1".parse().unwrap());
        let mut notes: Vec<CreditNote> = Vec::new();
        for (line, percent) in steps {
            let earlier: Vec<&CreditNote> = notes.iter().collect();
            let share = Share::new(percent, 100, ShareUnit::Days).unwrap();
            if let Ok(note) = part(&invoice, &earlier, &[(line + 1, Taken::Share(share))]) {
                notes.push(note);
            }
        }
        let earlier: Vec<&CreditNote> = notes.iter().collect();
        let left = left_of(&invoice, &earlier).unwrap();
        prop_assert!(left.iter().all(|left| left.amount >= Sek::ZERO));
        let rest: Vec<_> = left.iter().filter(|left| left.amount > Sek::ZERO).map(|left| (left.line, Taken::Rest)).collect();
        if !rest.is_empty() {
            let last = part(&invoice, &earlier, &rest).unwrap();
            notes.push(last);
        }
        let totals = invoice.content.totals;
        let amounts: [fn(&crate::Totals) -> Sek; 4] = [|it| it.sum_of_lines, |it| it.vat, |it| it.with_vat, |it| it.amount_due];
        for of in amounts {
            prop_assert_eq!(Sek::sum(notes.iter().map(|note| of(&note.content.totals))).unwrap(), of(&totals));
        }
        for note in &notes {
            let found = note.content.totals;
            prop_assert_eq!(Document::from(note).check_sums(), Ok(()));
            prop_assert!(found.vat >= Sek::ZERO && found.amount_due >= Sek::ZERO);
            prop_assert!(found.rounding.unwrap_or_default().ore().abs() < 100);
            let direct = agreement.vat.on(found.sum_of_lines).unwrap();
            prop_assert!((direct.ore() - found.vat.ore()).abs() <= 1);
            prop_assert_eq!(&stored(note), note);
        }
    }
}
