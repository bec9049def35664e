//! Drafts, numbers and terms, worked by hand, and their laws.

use super::*;
use crate::credit_note::CreditNote;
use crate::fixture::{agreement, almby, buyer, clause, fees, indices, tariff, text, year};
use crate::vat::VatRate;
use avgift::{Indices, Language, Member, PayerId, Tariff};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn almby_alone() -> YearOfFees {
    fees(tariff(), Indices::new(), vec![(almby(), 32_446)])
}

fn drafted(buyer: &Buyer, agreement: &Agreement) -> Result<Option<Invoice>, Vec<Error>> {
    Invoice::draft(&almby_alone(), buyer, agreement, day("2024-01-15"))
}

fn draft() -> Invoice {
    drafted(&buyer("almby"), &agreement()).unwrap().unwrap()
}

fn codes(outcome: Result<Option<Invoice>, Vec<Error>>) -> Vec<&'static str> {
    outcome.unwrap_err().iter().map(Error::code).collect()
}

/// 48 669,00 + 25 % = 60 836,25, and 25 öre are dropped.
#[test]
fn a_draft_has_every_amount_and_no_number() {
    let draft = draft();
    assert_eq!(draft.id.to_string(), "UTKAST-2024-almby");
    assert_eq!(draft.number(), None);
    assert_eq!(draft.payment.ocr_reference, None);
    assert_eq!(draft.payment_terms.as_str(), "30 dagar netto.");
    assert_eq!(
        draft.note.as_str(),
        "UTKAST, inte en faktura och inte att betala. Medlemsavgift för avgiftsåret 2024 i Exempelnätverket. \
         Huvudman: Samverkansföreningen Älv & Kust."
    );
    assert_eq!(draft.due_date, day("2024-02-14"));
    assert_eq!(draft.claim(), "60 836 kr".parse().unwrap());
}

#[test]
fn numbering_gives_number_and_reference_and_changes_no_amount() {
    let draft = draft();
    let invoice = draft.clone().numbered("20270001".parse().unwrap());
    assert_eq!(invoice.id.to_string(), "20270001");
    assert_eq!(invoice.payment.ocr_reference, Some("2027000104".parse().unwrap()));
    assert_eq!(invoice.payment_terms.as_str(), "30 dagar netto. Ange OCR 2027000104.");
    assert!(!invoice.note.as_str().contains("UTKAST"));
    assert_eq!(invoice.content, draft.content);
}

#[test]
#[should_panic(expected = "numbered once")]
fn an_invoice_is_numbered_once() {
    let number = "20270001".parse().unwrap();
    let _ = draft().numbered(number).numbered(number);
}

#[test]
fn a_fixed_due_date_and_late_interest_stand_in_the_terms() {
    let agreement = Agreement {
        terms: PaymentTerms::On(day("2024-03-31")),
        late_interest: Some(text("Vid sen betalning ränta enligt räntelagen.")),
        ..agreement()
    };
    let invoice = drafted(&buyer("almby"), &agreement).unwrap().unwrap().numbered("1".parse().unwrap());
    assert_eq!(
        invoice.payment_terms.as_str(),
        "Betalas senast 31 mars 2024. Ange OCR 133. Vid sen betalning ränta enligt räntelagen."
    );
}

#[test]
fn the_note_names_decision_and_what_is_not_final() {
    let tariff = Tariff { decision: Some("årsmötet 12 juni 2023.".into()), illustrative: true, ..tariff() };
    let fees = fees(tariff, Indices::new(), vec![(almby(), 32_446)]);
    let buyer = Buyer { language: Language::English, ..buyer("almby") };
    let draft = Invoice::draft(&fees, &buyer, &agreement(), day("2024-01-15")).unwrap().unwrap();
    assert_eq!(
        draft.numbered("1".parse().unwrap()).note.as_str(),
        "Membership fee for fee year 2024 in Exempelnätverket. Decision: årsmötet 12 juni 2023. Host: \
         Samverkansföreningen Älv & Kust. Illustrative tariff: the network has not decided it."
    );
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let mut agreement = agreement();
    agreement.seller.vat_number = None;
    agreement.terms = PaymentTerms::On(day("2024-01-14"));
    let nobody = Buyer { buyer_reference: None, ..buyer("nobody") };
    assert_eq!(
        codes(drafted(&nobody, &agreement)),
        [
            "buyer-reference-must-be-given",
            "standard-rate-must-have-vat-number",
            "payer-must-have-members",
            "due-date-must-not-precede-issue-date"
        ]
    );
}

#[test]
fn an_order_number_does_for_a_buyer_reference() {
    let buyer = Buyer { buyer_reference: None, order_reference: Some(text("PO-1")), ..buyer("almby") };
    assert!(drafted(&buyer, &agreement()).is_ok());
}

#[test]
fn another_ones_vat_number_is_refused() {
    let mut agreement = agreement();
    agreement.seller.vat_number = Some("SE212000990301".parse().unwrap());
    assert_eq!(codes(drafted(&buyer("almby"), &agreement)), ["vat-number-must-belong-to-seller"]);
}

/// BR-E-02: an exempt seller names a VAT number or its F-tax; BR-O-02: outside the scope nobody names a VAT number.
#[test]
fn each_kind_of_vat_has_the_numbers_that_it_needs() {
    let exempt = VatTreatment::Exempt { reason: text("Undantagen"), code: None };
    let outside = VatTreatment::OutsideScope { reason: text("Medlemsavgift, ej momspliktig") };
    let with = |vat: &VatTreatment, vat_number, approved_for_f_tax| {
        let mut agreement = Agreement { vat: vat.clone(), ..agreement() };
        agreement.seller.vat_number = vat_number;
        agreement.seller.approved_for_f_tax = approved_for_f_tax;
        drafted(&buyer("almby"), &agreement)
    };
    let registered = agreement().seller.vat_number;
    assert_eq!(codes(with(&exempt, None, false)), ["exemption-must-have-tax-registration"]);
    assert!(with(&exempt, None, true).is_ok());
    assert_eq!(with(&exempt, registered, false).unwrap().unwrap().content.seller.vat_number, registered);
    assert!(with(&outside, None, false).is_ok());
    assert_eq!(with(&outside, registered, true).unwrap().unwrap().content.seller.vat_number, None);
}

#[test]
fn a_hostile_name_is_refused_and_a_strange_one_is_not() {
    let named = |name: &str| {
        let member = Member { name: name.to_owned(), ..almby() };
        let fees = fees(tariff(), Indices::new(), vec![(member, 32_446)]);
        Invoice::draft(&fees, &buyer("almby"), &agreement(), day("2024-01-15"))
    };
    assert!(named("Älv & Kust <AB> \"x\"").is_ok());
    assert_eq!(codes(named("Almby\u{8}")), ["text-must-be-xml-safe"]);
}

/// Joined too late to owe anything: 0 kr, and nobody is invoiced nothing.
#[test]
fn who_owes_nothing_gets_no_invoice() {
    let mut tariff = tariff();
    tariff.proration.unit = avgift::ProrationUnit::FullYearIfJoinedBy { month: 6, day: 30 };
    let fees = fees(tariff, Indices::new(), vec![(almby().joined_on(day("2024-07-01")), 32_446)]);
    assert_eq!(Invoice::draft(&fees, &buyer("almby"), &agreement(), day("2024-01-15")), Ok(None));
}

#[test]
fn a_credit_note_takes_the_invoice_back() {
    let invoice = draft().numbered("20270001".parse().unwrap());
    let credit = |number: &str, date| {
        CreditNote::of(&invoice, number.parse().unwrap(), day(date), &text("fel beställarreferens"))
    };
    let credit_note = credit("20270002", "2024-10-05").unwrap();
    assert_eq!(
        credit_note.note.as_str(),
        "Krediterar hela faktura 20270001 av den 15 januari 2024. Orsak: fel beställarreferens"
    );
    assert_eq!(credit_note.content, invoice.content);
    assert_eq!(invoice.claim().plus(credit_note.claim()), Ok(Sek::ZERO));
    assert_eq!(credit("20270001", "2024-10-05").unwrap_err().code(), "credit-note-must-have-its-own-number");
    assert_eq!(credit("20270002", "2024-01-14").unwrap_err().code(), "credit-note-must-not-precede-invoice");
    let of_draft = CreditNote::of(&draft(), "2".parse().unwrap(), day("2024-10-05"), &text("x"));
    assert_eq!(of_draft.unwrap_err().code(), "credited-invoice-must-be-issued");
}

/// Amounts are text in JSON, and the fields that the document does not have are not there.
#[test]
fn json_carries_amounts_as_text() {
    let json = serde_json::to_value(draft().numbered("20270001".parse().unwrap())).unwrap();
    assert_eq!(json["id"], "20270001");
    assert_eq!(json["issue_date"], "2024-01-15");
    assert_eq!(json["payment"]["ocr_reference"], "2027000104");
    assert_eq!(json["payment"]["bankgiro"], "991-2346");
    assert_eq!(json["totals"]["amount_due"], "60836.00");
    assert_eq!(json["totals"]["rounding"], "-0.25");
    assert_eq!(json["lines"][0]["price"], "1.50");
    assert_eq!(json["lines"][0]["municipality"], "0102");
    assert_eq!(json["vat_breakdown"]["category"], "S");
    assert_eq!(json["buyer"]["electronic_address"], "0007:2120009903");
    assert!(json.get("agreed").is_none() && json["seller"].get("origin").is_none());
}

/// The JSON of the invoice with one thing changed: why it is not read.
fn unread(change: impl FnOnce(&mut serde_json::Value)) -> String {
    let mut json = serde_json::to_value(draft().numbered("20270001".parse().unwrap())).unwrap();
    change(&mut json);
    serde_json::from_value::<Invoice>(json).unwrap_err().to_string()
}

#[test]
fn what_no_invoice_writes_is_not_read() {
    let set = |pointer: &'static str, value: serde_json::Value| {
        unread(move |it| *it.pointer_mut(pointer).unwrap() = value)
    };
    assert_eq!(set("/type_code", "384".into()), "`384` stands where only `380` can");
    assert_eq!(set("/currency_code", "EUR".into()), "`EUR` stands where only `SEK` can");
    assert_eq!(set("/lines/0/unit", "EA".into()), "`EA` stands where only `IE`, `C62` can");
    assert_eq!(
        set("/lines/0/unit", "C62".into()),
        "document 20270001: the quantity of line 1 is 32446, and 1 is reckoned"
    );
    assert_eq!(set("/id", "F-1".into()), "`F-1` is not an invoice number");
    assert_eq!(
        set("/id", "UTKAST-2024-almby".into()),
        "`UTKAST-2024-almby` is a draft, and only what was issued is read back"
    );
    assert_eq!(set("/note", " x".into()), "` x` is written `x`");
    assert_eq!(
        set("/seller/name", "a\u{7}".into()),
        "`a\u{fffd}` holds a character that no invoice can carry: U+0007"
    );
    assert_eq!(
        set("/buyer/organisation_number", "212000-9904".into()),
        "the check digit of the organisation number `212000-9904` is wrong"
    );
    assert_eq!(set("/seller/bankgiro", "9912346".into()), "`9912346` is written `991-2346`");
    assert_eq!(set("/lines/0/price", "1.5".into()), "`1.5` is not a price");
    assert_eq!(set("/lines/0/price", "-1.50".into()), "`-1.50` is not a price");
    assert_eq!(unread(|it| it["more"] = 1.into()), "unknown field `more`");
    assert_eq!(
        unread(|it| it["vat_breakdown"]["exemption_code"] = "VATEX-EU-O".into()),
        "document 20270001: the kind of VAT is S Some(25) Some(\"VATEX-EU-O\"), and another is reckoned"
    );
    assert!(unread(|it| it["lines"][0]["more"] = 1.into()).starts_with("unknown field `more`"));
    assert!(
        unread(|it| it["vat_breakdown"]["percent"] = serde_json::Value::Null)
            .starts_with("invalid type: null")
    );
}

/// 48 669,00 + 12 167,25 - 0,25 = 60 836,00: the first amount that does not follow is named.
#[test]
fn what_does_not_add_up_is_not_read() {
    let set = |pointer: &'static str, text: &'static str| {
        unread(move |it| *it.pointer_mut(pointer).unwrap() = text.into())
    };
    let says = |place: &str, stored: &str, reckoned: &str| {
        format!("document 20270001: {place} is {stored}, and {reckoned} is reckoned")
    };
    assert_eq!(
        set("/lines/0/net_amount", "48669.01"),
        says("the net amount of line 1", "48669.01", "48669.00")
    );
    assert_eq!(set("/lines/0/price", "1.51"), says("the net amount of line 1", "48669.00", "48993.46"));
    assert_eq!(set("/lines/0/vat_category", "E"), says("the VAT category of line 1", "E", "S"));
    assert_eq!(set("/totals/sum_of_lines", "48669.01"), says("the sum of the lines", "48669.01", "48669.00"));
    assert_eq!(
        set("/vat_breakdown/tax_amount", "12167.26"),
        says("the VAT of the category", "12167.26", "12167.25")
    );
    assert_eq!(set("/totals/vat", "12167.24"), says("the VAT", "12167.24", "12167.25"));
    assert_eq!(set("/totals/rounding", "0.75"), says("the rounding", "0.75", "-0.25"));
    assert_eq!(set("/payable_rounding", "none"), says("the rounding", "-0.25", "none"));
    assert_eq!(set("/totals/amount_due", "60837.00"), says("the amount due", "60837.00", "60836.00"));
    assert_eq!(set("/payment/bankgiro", "5050-1055"), says("the bankgiro number", "5050-1055", "991-2346"));
    assert_eq!(set("/payment/ocr_reference", "12351"), says("the OCR reference", "12351", "2027000104"));
}

/// Where the parties were read is the draft's to tell; an issued invoice stands for itself.
#[test]
fn an_issued_invoice_no_longer_knows_where_its_parties_were_read() {
    let origin = Some(Origin::new("payers.csv", 2, 1, 5));
    let buyer = Buyer { origin: origin.clone(), ..buyer("almby") };
    let draft = drafted(&buyer, &agreement()).unwrap().unwrap();
    assert_eq!(draft.content.buyer.origin, origin);
    let invoice = draft.numbered("1".parse().unwrap());
    assert_eq!(invoice.content.buyer.origin, None);
    let back: Invoice = serde_json::from_str(&serde_json::to_string(&invoice).unwrap()).unwrap();
    assert_eq!(back, invoice);
}

proptest! {
    /// All lines of all invoices are the budget frame, and each invoice with its credit note is nothing.
    #[test]
    fn all_invoices_together_are_the_frame(
        members in proptest::collection::vec((1_u32..200_000, 0_u8..4), 1..12),
        rate in 0_usize..3,
        krona in any::<bool>(),
    ) {
        let of = |((inhabitants, payer), code): ((u32, u8), u16)| {
            let member = Member::new(format!("{code:04}").parse().unwrap(), format!("Ort {code}"));
            (member.paid_by(PayerId::new(payer.to_string())), inhabitants)
        };
        let members: Vec<_> = members.into_iter().zip(101_u16..).map(of).collect();
        let fees = fees(tariff().indexed(clause()), indices("133.5", "137.9"), members);
        let agreement = Agreement {
            vat: VatTreatment::Standard([VatRate::Six, VatRate::Twelve, VatRate::TwentyFive][rate]),
            payable_rounding: if krona { PayableRounding::Krona } else { PayableRounding::None },
            ..agreement()
        };
        let mut sum = Sek::ZERO;
        for total in &fees.frame.by_payer {
            let buyer = buyer(total.payer.as_str());
            let invoice = Invoice::draft(&fees, &buyer, &agreement, day("2024-01-15")).unwrap().unwrap();
            let totals = invoice.content.totals;
            prop_assert_eq!(totals.sum_of_lines, total.sum);
            prop_assert_eq!(invoice.content.lines.len(), total.members);
            prop_assert!(invoice.content.lines.is_sorted_by_key(|line| line.municipality));
            let rounding = totals.rounding.unwrap_or(Sek::ZERO);
            prop_assert_eq!(totals.with_vat.plus(rounding).unwrap(), totals.amount_due);
            prop_assert!(rounding.ore().abs() <= 50);
            sum = sum.plus(totals.sum_of_lines).unwrap();
            let invoice = invoice.numbered("1".parse().unwrap());
            let credit_note =
                CreditNote::of(&invoice, "2".parse().unwrap(), day("2024-02-01"), &text("prov")).unwrap();
            prop_assert_eq!(invoice.claim().plus(credit_note.claim()).unwrap(), Sek::ZERO);
            let json = serde_json::to_string(&invoice).unwrap();
            let back: Invoice = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(serde_json::to_string(&back).unwrap(), json);
            prop_assert_eq!(back, invoice);
            let json = serde_json::to_string(&credit_note).unwrap();
            let back: CreditNote = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(serde_json::to_string(&back).unwrap(), json);
            prop_assert_eq!(back, credit_note);
        }
        prop_assert_eq!(sum, fees.frame.sum);
    }
}

#[test]
fn the_fee_year_is_the_period() {
    assert_eq!(draft().content.period, InvoicePeriod::of_year(year()));
}
