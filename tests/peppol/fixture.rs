//! Fixture: plainly made-up parties with right check digits, and networks that show every shape of a line.

use avgift::{
    Basis, EscalationTarget, FeePart, FeeYear, IndexClause, IndexFigure, IndexStatus, Indices, Language,
    Member, NaiveDate, PartSize, PayerId, PopulationFigure, PopulationMode, Populations, Proration,
    ProrationOrder, ProrationUnit, Sek, Share, ShareUnit, Tariff, Tariffs, YearOfFees,
};
use avgift_invoice::{
    Agreement, Buyer, Contact, CreditNote, CreditedPart, Division, InstalmentRow, Invoice, OcrMode,
    PayableRounding, PaymentTerms, PostalAddress, Seller, Taken, Text, VatNumber, VatPart, VatTreatment,
    left_of,
};

pub(crate) const PAYER: &str = "exempel";

pub(crate) fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn year() -> FeeYear {
    FeeYear::new(2024).unwrap()
}

pub(crate) fn standard(percent: &str) -> VatTreatment {
    VatTreatment::Standard(percent.parse().unwrap())
}

pub(crate) fn exempt() -> VatTreatment {
    VatTreatment::Exempt {
        reason: text("Undantagen från moms enligt 10 kap. mervärdesskattelagen"),
        code: None,
    }
}

pub(crate) fn outside_scope() -> VatTreatment {
    VatTreatment::OutsideScope { reason: text("Medlemsavgift, ej momspliktig") }
}

pub(crate) fn seller() -> Seller {
    Seller {
        name: text("Exempelnätets huvudman, ideell förening"),
        trading_name: Some(text("Exempelnätet")),
        organisation_number: "802400-0013".parse().unwrap(),
        vat_number: Some(VatNumber::of("802400-0013".parse().unwrap())),
        approved_for_f_tax: true,
        legal_information: Some(text("Säte: Exempelstad")),
        electronic_address: Some("0007:8024000013".parse().unwrap()),
        address: address(&["Box 12"]),
        contact: Some(Contact {
            name: Some(text("Ekonomi")),
            telephone: Some(text("010-000 00 00")),
            email: Some(text("ekonomi@example.se")),
        }),
        bankgiro: "991-2346".parse().unwrap(),
        origin: None,
    }
}

pub(crate) fn address(lines: &[&str]) -> PostalAddress {
    let lines = lines.iter().map(|line| text(line)).collect();
    PostalAddress::new(lines, "100 01".parse().unwrap(), text("Exempelstad")).unwrap()
}

pub(crate) fn buyer() -> Buyer {
    Buyer {
        payer: PayerId::new(PAYER),
        name: text("Exempelkommun"),
        trading_name: None,
        organisation_number: "212000-9903".parse().unwrap(),
        electronic_address: Some("0007:2120009903".parse().unwrap()),
        address: address(&["Torget 1"]),
        buyer_reference: Some(text("EXB4711")),
        order_reference: None,
        language: Language::Swedish,
        origin: None,
    }
}

pub(crate) fn agreement(vat: VatTreatment) -> Agreement {
    Agreement {
        network: text("Exempelnätverket"),
        seller: seller(),
        vat,
        terms: PaymentTerms::DaysNet(30),
        late_interest: None,
        ocr_mode: OcrMode::CheckAndLength,
        payable_rounding: PayableRounding::Krona,
        origin: None,
    }
}

/// 1,50 kr per inhabitant, at least 15 000 kr, at most 120 000 kr. Made up, and it says so.
pub(crate) fn tariff() -> Tariff {
    Tariff { illustrative: true, ..unbounded("1,50 kr") }
        .bounded("15 000 kr".parse().unwrap(), "120 000 kr".parse().unwrap())
        .unwrap()
}

pub(crate) fn unbounded(rate: &str) -> Tariff {
    Tariff {
        decision: Some("årsmötet 12 juni 2023 § 7".into()),
        ..Tariff::per_inhabitant("Exempeltaxa", year(), rate.parse().unwrap())
    }
}

pub(crate) fn prorated(unit: ProrationUnit, order: ProrationOrder) -> Tariff {
    Tariff { proration: Proration { unit, order, ..Proration::default() }, ..tariff() }
}

/// Escalation by 137,9 / 133,5.
pub(crate) fn clause(target: EscalationTarget) -> IndexClause {
    IndexClause {
        target,
        ..IndexClause::new("LÖI arbetare C", IndexStatus::Preliminary, "2022M10".parse().unwrap(), 1)
    }
}

/// A member whose fee the made-up payer pays.
pub(crate) fn member(code: &str, name: &str) -> Member {
    Member::new(code.parse().unwrap(), name).paid_by(PayerId::new(PAYER))
}

pub(crate) fn one(inhabitants: u32) -> Vec<(Member, u32)> {
    vec![(member("0102", "Exempelkommun"), inhabitants)]
}

pub(crate) fn joining(date: &str) -> Vec<(Member, u32)> {
    vec![(member("0102", "Exempelkommun").joined_on(day(date)), 32_446)]
}

/// Four members of one federation: below the floor, between, above the ceiling, and one that joins on 1 July.
pub(crate) fn four() -> Vec<(Member, u32)> {
    vec![
        (member("0105", "Dalby kommun").joined_on(day("2024-07-01")), 32_447),
        (member("0102", "Almby kommun"), 9_138),
        (member("0103", "Björkö kommun"), 41_207),
        (member("0104", "Cedersta kommun"), 114_592),
    ]
}

pub(crate) fn fees(tariff: Tariff, members: Vec<(Member, u32)>) -> YearOfFees {
    let mut populations = Populations::new();
    for (member, inhabitants) in &members {
        populations.add(PopulationFigure::of_year_end(member.code, 2023, *inhabitants).unwrap()).unwrap();
    }
    let mut indices = Indices::new();
    for (month, value) in [("2022M10", "133.5"), ("2023M10", "137.9")] {
        let (month, value) = (month.parse().unwrap(), value.parse().unwrap());
        indices
            .add(IndexFigure::new("LÖI arbetare C", month, IndexStatus::Preliminary, value).unwrap())
            .unwrap();
    }
    let basis = Basis {
        members: members.into_iter().map(|(member, _)| member).collect(),
        tariffs: Tariffs::new(vec![tariff]).unwrap(),
        populations,
        indices,
    };
    basis.assess_year(year(), PopulationMode::Published).unwrap()
}

pub(crate) fn draft(fees: &YearOfFees, buyer: &Buyer, agreement: &Agreement) -> Invoice {
    Invoice::draft(fees, buyer, agreement, day("2024-01-15")).unwrap().unwrap()
}

pub(crate) fn issued(fees: &YearOfFees, buyer: &Buyer, agreement: &Agreement) -> Invoice {
    draft(fees, buyer, agreement).numbered("20240001".parse().unwrap())
}

/// The invoices of fees in parts, a tenth outside the scope of VAT and the rest with 25 %, each in two instalments.
pub(crate) fn cuts(fees: &YearOfFees, buyer: &Buyer) -> Vec<Invoice> {
    let part =
        |name: &str, size, vat| VatPart { part: FeePart { name: name.into(), size, origin: None }, vat };
    let parts = vec![
        part("Medlemsavgift", PartSize::Share("10 %".parse().unwrap()), outside_scope()),
        part("Serviceavgift", PartSize::Rest, standard("25")),
    ];
    let due = |due| InstalmentRow { share: None, issue: None, due: day(due) };
    let division = Division::default().in_parts(parts).unwrap();
    let division = division.in_instalments(vec![due("2024-03-31"), due("2024-09-30")]).unwrap();
    let agreement = agreement(standard("25"));
    let drafts = Invoice::drafts(fees, buyer, &agreement, &division, day("2024-01-15")).unwrap();
    let numbers = (20_240_011..).map(|number: u32| number.to_string().parse().unwrap());
    drafts.into_iter().zip(numbers).map(|(draft, number)| draft.numbered(number)).collect()
}

pub(crate) fn credited(invoice: &Invoice) -> CreditNote {
    let number = "20240002".parse().unwrap();
    CreditNote::of(invoice, number, day("2024-10-05"), &text("fel beställarreferens")).unwrap()
}

/// A credit note over a third of the first fee and, where there is another, an amount with öre of the last.
pub(crate) fn some(invoice: &Invoice) -> CreditNote {
    let share = Share::new(1, 3, ShareUnit::Months).unwrap();
    let fees: Vec<_> = invoice.content.lines.iter().filter(|line| line.net_amount > Sek::ZERO).collect();
    let first = CreditedPart { line: fees[0].id, taken: Taken::Share(share) };
    let last = fees[1..].last().map(|line| {
        let amount = line.net_amount.min(Sek::from_ore(100_010));
        CreditedPart { line: line.id, taken: Taken::Amount(amount) }
    });
    let parts: Vec<_> = [first].into_iter().chain(last).collect();
    let (number, date) = ("20240002".parse().unwrap(), day("2024-10-05"));
    CreditNote::of_part(invoice, &[], number, date, &text("inträdde först i maj"), &parts).unwrap()
}

/// A credit note over all that is left.
pub(crate) fn rest(invoice: &Invoice, earlier: &[&CreditNote]) -> CreditNote {
    let left = left_of(invoice, earlier).unwrap();
    let parts = left.iter().filter(|left| left.amount > Sek::ZERO);
    let parts: Vec<_> = parts.map(|left| CreditedPart { line: left.line, taken: Taken::Rest }).collect();
    let (number, date) = ("20240003".parse().unwrap(), day("2024-11-05"));
    CreditNote::of_part(invoice, earlier, number, date, &text("utträdde"), &parts).unwrap()
}

/// The invoice of one member, 32 446 inhabitants.
pub(crate) fn plain(vat: VatTreatment) -> Invoice {
    issued(&fees(tariff(), one(32_446)), &buyer(), &agreement(vat))
}
