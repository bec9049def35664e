//! Parts and instalments on invoices, worked by hand, and their laws.

use super::*;
use crate::credit_note::{CreditNote, CreditedPart, Taken};
use crate::fixture::{agreement, almby, buyer, fees, text, year};
use crate::invoice::{Agreement, Invoice};
use crate::totals::PayableRounding;
use crate::vat::{VatCategory, VatRate};
use avgift::{Component, Indices, Member, NaiveDate, PayerId, Rounding, Shape, Tariff, YearOfFees};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn outside() -> VatTreatment {
    VatTreatment::OutsideScope { reason: text("Medlemsavgift, ej momspliktig") }
}

const SERVICE: VatTreatment = VatTreatment::Standard(VatRate::TwentyFive);

fn vat_part(name: &str, size: PartSize, vat: VatTreatment) -> VatPart {
    VatPart { part: FeePart { name: name.to_owned(), size, origin: None }, vat }
}

fn share(portion: &str) -> PartSize {
    PartSize::Share(portion.parse().unwrap())
}

fn ten_and_ninety() -> Division {
    let parts = vec![
        vat_part("Medlemsavgift", share("10 %"), outside()),
        vat_part("Serviceavgift", PartSize::Rest, SERVICE),
    ];
    Division::default().in_parts(parts).unwrap()
}

fn spring_and_autumn(division: Division) -> Division {
    let row = |issue: Option<&str>, due| InstalmentRow { share: None, issue: issue.map(day), due: day(due) };
    let rows = vec![row(None, "2024-03-31"), row(Some("2024-08-15"), "2024-09-30")];
    division.in_instalments(rows).unwrap()
}

/// A krona an inhabitant.
fn almby_alone(inhabitants: u32) -> YearOfFees {
    let tariff = Tariff::per_inhabitant("T", year(), "1 kr".parse().unwrap());
    fees(tariff, Indices::new(), vec![(almby(), inhabitants)])
}

fn drafts(fees: &YearOfFees, division: &Division) -> Vec<Invoice> {
    Invoice::drafts(fees, &buyer("almby"), &agreement(), division, day("2024-01-15")).unwrap()
}

/// Name, proof and net amount of each line, then VAT and what is due.
fn told(invoice: &Invoice) -> Vec<String> {
    let content = &invoice.content;
    let of_line = |line: &Line| {
        let less = line.adjustments.iter().map(|it| format!("-{} {}", it.amount, it.reason));
        let first = format!("{}: {} × {}", line.name, line.quantity.get(), line.price);
        [first].into_iter().chain(less).chain([format!("= {}", line.net_amount)]).collect::<Vec<_>>()
    };
    let totals = content.totals;
    let category = content.vat_breakdown.category.code();
    let sums = format!("{category} {} + {} = {}", totals.sum_of_lines, totals.vat, totals.amount_due);
    content.lines.iter().flat_map(of_line).chain([sums]).collect()
}

/// 11 350 is 1 135 (10 %) and 10 215 kr; 25 % of that are 2 553,75, and 12 768,75 is due as 12 769 kr.
#[test]
fn eleven_thousand_three_hundred_and_fifty_is_ten_and_ninety_percent() {
    let drafts = drafts(&almby_alone(11_350), &ten_and_ninety());
    assert_eq!(drafts.len(), 2);
    assert_eq!(
        told(&drafts[0]),
        [
            "Medlemsavgift 2024 för Almby kommun: 11350 × 1.00",
            "-10215.00 Del: Medlemsavgift 10 %",
            "= 1135.00",
            "O 1135.00 + 0.00 = 1135.00"
        ]
    );
    assert_eq!(
        told(&drafts[1]),
        [
            "Serviceavgift 2024 för Almby kommun: 11350 × 1.00",
            "-1135.00 Del: Serviceavgift 90 %",
            "= 10215.00",
            "S 10215.00 + 2553.75 = 12769.00"
        ]
    );
    let [membership, service] = [&drafts[0], &drafts[1]];
    assert_eq!(membership.id.to_string(), "UTKAST-2024-almby-medlemsavgift");
    assert_eq!(service.id.to_string(), "UTKAST-2024-almby-serviceavgift");
    // BR-O-02: outside the scope nobody's VAT number; BR-S-02: with VAT the seller's.
    assert_eq!(membership.content.seller.vat_number, None);
    assert_eq!(service.content.seller.vat_number, agreement().seller.vat_number);
    assert!(
        service.note.as_str().contains(" Serviceavgift för avgiftsåret 2024 i Exempelnätverket. Huvudman:"),
        "{}",
        service.note
    );
}

/// 1 135 is 568 and 567; 10 215 is 5 108 and 5 107. 25 % of 5 107 are 1 276,75, and 6 383,75 is due as 6 384 kr.
#[test]
fn each_instalment_of_each_part_is_an_invoice() {
    let division = spring_and_autumn(ten_and_ninety());
    let drafts = drafts(&almby_alone(11_350), &division);
    let of = |draft: &Invoice| (draft.content.file_suffix(), draft.claim().to_string(), draft.due_date);
    assert_eq!(
        drafts.iter().map(of).collect::<Vec<_>>(),
        [
            ("-medlemsavgift-delbetalning-1".to_owned(), "568.00".to_owned(), day("2024-03-31")),
            ("-serviceavgift-delbetalning-1".to_owned(), "6385.00".to_owned(), day("2024-03-31")),
            ("-medlemsavgift-delbetalning-2".to_owned(), "567.00".to_owned(), day("2024-09-30")),
            ("-serviceavgift-delbetalning-2".to_owned(), "6384.00".to_owned(), day("2024-09-30")),
        ]
    );
    assert_eq!(
        told(&drafts[3]),
        [
            "Serviceavgift 2024 för Almby kommun, delbetalning 2 av 2: 11350 × 1.00",
            "-1135.00 Del: Serviceavgift 90 %",
            "-5108.00 Delbetalning 2 av 2",
            "= 5107.00",
            "S 5107.00 + 1276.75 = 6384.00"
        ]
    );
    assert_eq!(drafts[0].payment_terms.as_str(), "Betalas senast 31 mars 2024.");
    let note = drafts[3].note.as_str();
    assert!(
        note.contains(
            " Serviceavgift för avgiftsåret 2024 i Exempelnätverket. Fakturan avser: Delbetalning 2 av 2."
        ),
        "{note}"
    );
}

/// Before the day of issue, on it, and after the instalment is due.
#[test]
fn a_draft_bears_a_day_between_issue_and_due_date() {
    let division = spring_and_autumn(Division::default());
    let days = |on: &str| {
        let fees = almby_alone(11_350);
        let drafts = Invoice::drafts(&fees, &buyer("almby"), &agreement(), &division, day(on)).unwrap();
        drafts.iter().map(|draft| draft.issue_date.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(days("2024-01-15"), ["2024-01-15", "2024-08-15"]);
    assert_eq!(days("2024-03-31"), ["2024-03-31", "2024-08-15"]);
    assert_eq!(days("2024-08-16"), ["2024-03-31", "2024-08-16"]);
    assert_eq!(days("2024-10-01"), ["2024-03-31", "2024-09-30"]);
}

#[test]
fn parts_with_one_vat_share_an_invoice_and_what_is_nothing_has_none() {
    let project = Component {
        name: "Projekt".into(),
        shape: Shape::Flat { amount: Sek::ZERO.into() },
        bounds: avgift::Bounds::default(),
        index: None,
        origin: None,
    };
    let tariff = Tariff::per_inhabitant("T", year(), "1 kr".parse().unwrap());
    let tariff = Tariff { components: vec![project], ..tariff };
    let fees = fees(tariff, Indices::new(), vec![(almby(), 11_350)]);
    let components = PartSize::Components(vec!["Projekt".into()]);
    let of = |rest: VatTreatment| {
        let project = vat_part("Projektavgift", components.clone(), outside());
        let parts = vec![project, vat_part("Serviceavgift", PartSize::Rest, rest)];
        drafts(&fees, &Division::default().in_parts(parts).unwrap())
    };
    let one = of(outside());
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].content.file_suffix(), "-projektavgift-serviceavgift");
    assert_eq!(
        told(&one[0]),
        [
            "Projektavgift 2024 för Almby kommun: 11350 × 1.00",
            "-11350.00 Del: Projektavgift (Projekt)",
            "= 0.00",
            "Serviceavgift 2024 för Almby kommun: 11350 × 1.00",
            "= 11350.00",
            "O 11350.00 + 0.00 = 11350.00"
        ]
    );
    let two = of(SERVICE);
    assert_eq!(two.len(), 1);
    assert_eq!(two[0].content.vat_breakdown.category, VatCategory::S);
}

#[test]
fn an_unknown_component_is_refused_once() {
    let components = PartSize::Components(vec!["Projekt".into()]);
    let parts = vec![
        vat_part("Projektavgift", components, outside()),
        vat_part("Serviceavgift", PartSize::Rest, SERVICE),
    ];
    let division = spring_and_autumn(Division::default().in_parts(parts).unwrap());
    let fees = almby_alone(11_350);
    let refused = Invoice::drafts(&fees, &buyer("almby"), &agreement(), &division, day("2024-01-15"));
    let codes: Vec<&str> = refused.unwrap_err().iter().map(Error::code).collect();
    assert_eq!(codes, ["part-must-name-a-component"]);
}

/// The JSON of the second instalment of the service fee with one thing changed: why it is not read.
fn unread(pointer: &str, value: impl Into<serde_json::Value>) -> String {
    let drafts = drafts(&almby_alone(11_350), &spring_and_autumn(ten_and_ninety()));
    let invoice = drafts[3].clone().numbered("7".parse().unwrap());
    let mut json = serde_json::to_value(&invoice).unwrap();
    *json.pointer_mut(pointer).unwrap() = value.into();
    serde_json::from_value::<Invoice>(json).unwrap_err().to_string()
}

#[test]
fn a_stored_document_says_what_of_the_fee_it_charges() {
    let drafts = drafts(&almby_alone(11_350), &spring_and_autumn(ten_and_ninety()));
    let json = serde_json::to_value(drafts[3].clone().numbered("7".parse().unwrap())).unwrap();
    assert_eq!(
        json["cut"],
        serde_json::json!({
            "parts": [
                {"name": "Medlemsavgift", "size": {"share": "10 %"}},
                {"name": "Serviceavgift", "size": "rest"}
            ],
            "instalment": {"number": 2, "of": {"equal": 2}}
        })
    );
    assert_eq!(json["lines"][0]["part"], "Serviceavgift");
    assert_eq!(
        unread("/lines/0/part", "Avgift"),
        "document 7: the part of line 1 is Avgift, and another is reckoned"
    );
    assert_eq!(
        unread("/cut/instalment/number", 3),
        "document 7: the instalment is 3, and 1 to 2 is reckoned"
    );
    assert_eq!(
        unread("/cut/instalment/number", 0),
        "document 7: the instalment is 0, and 1 to 2 is reckoned"
    );
    assert_eq!(unread("/cut/parts/0/size", "rest"), "2 of the parts of a fee are the rest");
    assert!(unread("/cut/instalment/of/equal", 1).starts_with("a fee is not paid in 1 instalment"));
}

/// A rule that keeps the journal's keys apart: no two cuts of one fee have the same words, and all have one division.
#[test]
fn cuts_of_one_fee_are_told_apart() {
    let drafts = drafts(&almby_alone(11_350), &spring_and_autumn(ten_and_ninety()));
    let words = |draft: &Invoice| {
        let cut = draft.content.cut.clone().unwrap();
        (cut.words(draft.content.lines[0].part.as_ref().map(Text::as_str)), cut.division_words())
    };
    let words: Vec<_> = drafts.iter().map(words).collect();
    assert_eq!(words[0].0, ["part", "Medlemsavgift", "instalment", "1"]);
    assert_eq!(words[3].0, ["part", "Serviceavgift", "instalment", "2"]);
    let division = ["part", "Medlemsavgift", "10 %", "part", "Serviceavgift", "rest", "instalments", "2"];
    assert!(words.iter().all(|(_, of)| *of == division));
}

fn divisions() -> impl Strategy<Value = Division> {
    let vat = prop_oneof![Just(outside()), Just(SERVICE)];
    let parts = proptest::collection::vec((0_u32..1000, vat.clone()), 0..4);
    let shares = proptest::option::of(prop_oneof![
        Just(vec![None, None]),
        Just(vec![None, None, None]),
        Just(vec![Some("35 %"), Some("65 %")]),
    ]);
    (parts, vat, any::<bool>(), shares).prop_map(|(parts, vat, is_in_parts, shares)| {
        let count = u32::try_from(parts.len()).unwrap() + 1;
        let part = |(place, (share, vat)): (usize, (u32, VatTreatment))| {
            let portion = format!("{}.{} %", share / count / 10, share / count % 10);
            vat_part(&format!("Del {place}"), PartSize::Share(portion.parse().unwrap()), vat)
        };
        let parts: Vec<VatPart> = parts.into_iter().enumerate().map(part).collect();
        let rest = vat_part("Resten", PartSize::Rest, vat);
        let division = match is_in_parts {
            true => Division::default().in_parts(parts.into_iter().chain([rest]).collect()).unwrap(),
            false => Division::default(),
        };
        let row = |(month, share): (u32, Option<&str>)| InstalmentRow {
            share: share.map(|share| share.parse::<avgift::Portion>().unwrap().into()),
            issue: None,
            due: NaiveDate::from_ymd_opt(2024, month, 28).unwrap(),
        };
        match shares {
            None => division,
            Some(shares) => division.in_instalments((2..).zip(shares).map(row).collect()).unwrap(),
        }
    })
}

/// 6 000 and 2 000 inhabitants at a krona, pooled, are 8 000 kr on one line. In parts of 10 and 90 % each member has its own
/// lines: 600 and 200 kr, 5 400 and 1 800 kr; in two instalments half of each.
#[test]
fn the_one_fee_of_a_federation_is_cut_member_by_member() {
    use avgift::{Federation, FederationLines, FederationMode, SplitKey};
    let payer = PayerId::new("forbund");
    let mode = FederationMode::Pooled { split: SplitKey::Population.into(), lines: FederationLines::One };
    let tariff = Tariff::per_inhabitant("T", year(), "1 kr".parse().unwrap());
    let federations = vec![Federation { payer: payer.clone(), mode, origin: None }];
    let member = |code: &str| Member::new(code.parse().unwrap(), code).paid_by(payer.clone());
    let members = vec![(member("1440"), 6_000), (member("1441"), 2_000)];
    let fees = fees(Tariff { federations, ..tariff }, Indices::new(), members);
    let drafts = |division: &Division| {
        Invoice::drafts(&fees, &buyer("forbund"), &agreement(), division, day("2024-01-15")).unwrap()
    };
    let amounts = |division: &Division| -> Vec<Vec<String>> {
        let of_draft = |draft: &Invoice| {
            assert_eq!(Document::from(draft).check_sums(), Ok(()));
            draft.content.lines.iter().map(|line| line.net_amount.to_string()).collect()
        };
        drafts(division).iter().map(of_draft).collect()
    };
    assert_eq!(amounts(&Division::default()), [["8000.00"]]);
    assert_eq!(amounts(&ten_and_ninety()), [["600.00", "200.00"], ["5400.00", "1800.00"]]);
    let halves = [["300.00", "100.00"], ["2700.00", "900.00"], ["300.00", "100.00"], ["2700.00", "900.00"]];
    assert_eq!(amounts(&spring_and_autumn(ten_and_ninety())), halves);
    let membership = &drafts(&ten_and_ninety())[0].content.lines[1];
    assert_eq!(membership.name.as_str(), "Medlemsavgift 2024 för 1441");
    assert!(membership.others.is_empty());
}

proptest! {
    /// However the fees are divided, the lines of all documents are the frame; a document has one VAT treatment, adds up,
    /// reads back, and is nothing with its credit notes, in full or in two parts.
    #[test]
    fn all_documents_together_are_the_fees(
        inhabitants in proptest::collection::vec(1_u32..200_000, 1..6),
        division in divisions(),
        step in 0_usize..4,
        krona in any::<bool>(),
        taken in 1_i64..1_000_000,
    ) {
        let of = |(inhabitants, code): (u32, u16)| {
            let member = Member::new(format!("{code:04}").parse().unwrap(), format!("Ort {code}"));
            (member.paid_by(PayerId::new("almby")), inhabitants)
        };
        let members: Vec<_> = inhabitants.into_iter().zip(101_u16..).map(of).collect();
        let count = members.len();
        let rounding = [Rounding::Ore, Rounding::Krona, Rounding::TenKronor, Rounding::HundredKronor][step];
        let tariff = Tariff { rounding, ..Tariff::per_inhabitant("T", year(), "1,37".parse().unwrap()) };
        let fees = fees(tariff, Indices::new(), members);
        let payable_rounding = if krona { PayableRounding::Krona } else { PayableRounding::None };
        let agreement = Agreement { payable_rounding, ..agreement() };
        let drafts =
            Invoice::drafts(&fees, &buyer("almby"), &agreement, &division, day("2024-01-15")).unwrap();
        let mut sum = Sek::ZERO;
        let mut ids = Vec::new();
        for draft in drafts {
            prop_assert_eq!(draft.content.lines.len() % count, 0);
            prop_assert!(draft.content.lines.is_sorted_by_key(|line| line.municipality));
            let category = draft.content.vat_breakdown.category;
            prop_assert!(draft.content.lines.iter().all(|line| line.vat_category == category));
            prop_assert!(draft.content.lines.iter().all(|line| line.net_amount >= Sek::ZERO));
            prop_assert!(!ids.contains(&draft.id));
            ids.push(draft.id.clone());
            sum = sum.plus(draft.content.totals.sum_of_lines).unwrap();
            let invoice = draft.numbered("1".parse().unwrap());
            let back: Invoice = serde_json::from_str(&serde_json::to_string(&invoice).unwrap()).unwrap();
            prop_assert_eq!(&back, &invoice);
            let credit = |number: &str, earlier: &[&CreditNote], parts: &[CreditedPart]| {
                let number = number.parse().unwrap();
                CreditNote::of_part(&invoice, earlier, number, day("2025-02-01"), &text("prov"), parts)
            };
            let whole = CreditNote::of(&invoice, "2".parse().unwrap(), day("2025-02-01"), &text("prov")).unwrap();
            prop_assert_eq!(invoice.claim().plus(whole.claim()).unwrap(), Sek::ZERO);
            // A part of the first line that has anything, then the rest of every line.
            let lines = &invoice.content.lines;
            let first = lines.iter().find(|line| line.net_amount > Sek::ZERO).unwrap();
            let amount = Sek::from_ore(1 + taken % first.net_amount.ore());
            let some = credit("2", &[], &[CreditedPart { line: first.id, taken: Taken::Amount(amount) }]).unwrap();
            let is_left = |line: &&Line| line.net_amount > Sek::ZERO && (line.id != first.id || amount < line.net_amount);
            let rest: Vec<CreditedPart> =
                lines.iter().filter(is_left).map(|line| CreditedPart { line: line.id, taken: Taken::Rest }).collect();
            let taken_back = match rest.is_empty() {
                true => some.claim(),
                false => some.claim().plus(credit("3", &[&some], &rest).unwrap().claim()).unwrap(),
            };
            prop_assert_eq!(invoice.claim().plus(taken_back).unwrap(), Sek::ZERO);
        }
        prop_assert_eq!(sum, fees.frame.sum);
    }
}
