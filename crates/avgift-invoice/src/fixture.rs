//! Fixture: made-up parties with right check digits, and small networks, for the tests of this crate.

use avgift::{
    Basis, FeeYear, IndexClause, IndexFigure, IndexStatus, Indices, Language, Member, PayerId,
    PopulationFigure, PopulationMode, Populations, Tariff, Tariffs, YearOfFees,
};

use crate::{
    Agreement, Buyer, Contact, OcrMode, PayableRounding, PaymentTerms, PostalAddress, Seller, Text,
    VatNumber, VatRate, VatTreatment,
};

pub(crate) fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

pub(crate) fn year() -> FeeYear {
    FeeYear::new(2024).unwrap()
}

pub(crate) fn seller() -> Seller {
    Seller {
        name: text("Samverkansföreningen Älv & Kust"),
        trading_name: None,
        organisation_number: "802400-0013".parse().unwrap(),
        vat_number: Some(VatNumber::of("802400-0013".parse().unwrap())),
        approved_for_f_tax: true,
        legal_information: Some(text("Säte: Norrköpinge")),
        electronic_address: Some("0007:8024000013".parse().unwrap()),
        address: PostalAddress::new(vec![text("Box 12")], "100 99".parse().unwrap(), text("Norrköpinge"))
            .unwrap(),
        contact: Some(Contact { name: Some(text("Ekonomi")), ..Contact::default() }),
        bankgiro: "991-2346".parse().unwrap(),
        origin: None,
    }
}

pub(crate) fn buyer(payer: &str) -> Buyer {
    Buyer {
        payer: PayerId::new(payer),
        name: text("Exempelby kommun"),
        trading_name: None,
        organisation_number: "212000-9903".parse().unwrap(),
        electronic_address: Some("0007:2120009903".parse().unwrap()),
        address: PostalAddress::new(vec![text("Torget 1")], "100 01".parse().unwrap(), text("Exempelby"))
            .unwrap(),
        buyer_reference: Some(text("EXB4711")),
        order_reference: None,
        language: Language::Swedish,
        origin: None,
    }
}

pub(crate) fn agreement() -> Agreement {
    Agreement {
        network: text("Exempelnätverket"),
        seller: seller(),
        vat: VatTreatment::Standard(VatRate::TwentyFive),
        terms: PaymentTerms::DaysNet(30),
        late_interest: None,
        ocr_mode: OcrMode::CheckAndLength,
        payable_rounding: PayableRounding::Krona,
        origin: None,
    }
}

/// 1,50 kr per inhabitant, at least 15 000 kr, at most 120 000 kr.
pub(crate) fn tariff() -> Tariff {
    Tariff::per_inhabitant("T", year(), "1,50 kr".parse().unwrap())
        .bounded("15 000 kr".parse().unwrap(), "120 000 kr".parse().unwrap())
        .unwrap()
}

/// Escalation by 142,6 / 138,2, October 2023 over October 2022.
pub(crate) fn clause() -> IndexClause {
    IndexClause::new("LÖI arbetare C", IndexStatus::Preliminary, "2022M10".parse().unwrap(), 1)
}

pub(crate) fn indices(from: &str, to: &str) -> Indices {
    let mut indices = Indices::new();
    for (month, value) in [("2022M10", from), ("2023M10", to)] {
        let (month, value) = (month.parse().unwrap(), value.parse().unwrap());
        let figure = IndexFigure::new("LÖI arbetare C", month, IndexStatus::Preliminary, value).unwrap();
        indices.add(figure).unwrap();
    }
    indices
}

/// The fees of 2024 for members with their inhabitants.
pub(crate) fn fees(tariff: Tariff, indices: Indices, members: Vec<(Member, u32)>) -> YearOfFees {
    let mut populations = Populations::new();
    for (member, inhabitants) in &members {
        populations.add(PopulationFigure::of_year_end(member.code, 2023, *inhabitants).unwrap()).unwrap();
    }
    let basis = Basis {
        members: members.into_iter().map(|(member, _)| member).collect(),
        tariffs: Tariffs::new(vec![tariff]).unwrap(),
        populations,
        indices,
    };
    basis.assess_year(year(), PopulationMode::Published).unwrap()
}

/// One member, Almby kommun (0102), that pays for itself.
pub(crate) fn almby() -> Member {
    Member::new("0102".parse().unwrap(), "Almby kommun").paid_by(PayerId::new("almby"))
}
