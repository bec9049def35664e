//! What the tests are made of: all municipalities of Sweden with their real populations, tariffs in a few words.

use std::fs;
use std::path::{Path, PathBuf};

use avgift::{
    Basis, EscalationTarget, FallPolicy, FeeYear, IndexClause, IndexFigure, IndexStatus, Indices, Member,
    Origin, PayerId, PopulationFigure, PopulationMode, Populations, PrintedTariff, Rounding, Tariff, Tariffs,
    YearOfFees,
};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

pub(crate) fn year(year: i32) -> FeeYear {
    FeeYear::new(year).unwrap()
}

/// Tariff T, illustrative: 1,50 kr, at least 15 000 kr, at most 120 000 kr.
pub(crate) fn tariff_t() -> Tariff {
    let tariff = tariff("1,50").bounded("15 000".parse().unwrap(), "120 000".parse().unwrap()).unwrap();
    Tariff { illustrative: true, ..tariff }
}

/// A rate without bounds.
pub(crate) fn tariff(rate: &str) -> Tariff {
    Tariff::per_inhabitant("T", year(2023), rate.parse().unwrap())
}

/// October figures from 2021 on; those of 2021 and 2022 are real (Statistics Sweden, LÖI arbetare C), the rest made up.
pub(crate) fn indices(values: &[&str]) -> Indices {
    let mut indices = Indices::new();
    for (value, year) in values.iter().zip(2021..) {
        let month = avgift::Month::new(year, 10).unwrap();
        let value = avgift::parse_decimal(value).unwrap();
        let figure = IndexFigure::new("LÖI arbetare C", month, IndexStatus::Preliminary, value).unwrap();
        indices.add(figure.read_at(Origin::new("statistics/loi.csv", 14, 24, 5))).unwrap();
    }
    indices
}

pub(crate) fn clause(target: EscalationTarget, policy: FallPolicy) -> IndexClause {
    IndexClause {
        policy,
        target,
        ..IndexClause::new("LÖI arbetare C", IndexStatus::Preliminary, "2021M10".parse().unwrap(), 1)
    }
}

pub(crate) fn parameters(chosen: [bool; 3], printed: Option<(Rounding, Rounding)>) -> EscalationTarget {
    let [rate, floor, ceiling] = chosen;
    let printed = printed.map(|(rate, bounds)| PrintedTariff { rate, bounds });
    EscalationTarget::Parameters { rate, amount: rate, floor, ceiling, printed }
}

/// The populations of all 290 municipalities, 31 December 2022, 2023 and 2024 (Statistics Sweden).
pub(crate) fn sweden() -> Vec<PopulationFigure> {
    let file = "statistics/BE0101N1_2022-2024.csv";
    let bytes = fs::read(root().join("fixtures/networks/hallbar-utveckling").join(file)).unwrap();
    let table = avgift_scb::read(file, &bytes).unwrap();
    let reading = avgift_scb::populations(&table).unwrap();
    assert_eq!(reading.figures.len(), 3 * 290);
    reading.figures
}

/// All municipalities as members: of long standing, or every third joining within 2024 and every fifteenth leaving; every
/// fourth is paid for by its county.
pub(crate) fn members(figures: &[PopulationFigure], with_joiners: bool) -> Vec<Member> {
    let codes = figures.iter().filter(|figure| figure.reference_date.to_string() == "2023-12-31");
    let member = |(place, figure): (usize, &PopulationFigure)| {
        let mut member = Member::new(figure.code, format!("Kommun {}", figure.code));
        if place % 4 == 0 {
            member = member.paid_by(PayerId::new(format!("lan-{}", &figure.code.as_str()[..2])));
        }
        let day = |ordinal: usize| {
            avgift::NaiveDate::from_yo_opt(2024, u32::try_from(ordinal % 366).unwrap() + 1).unwrap()
        };
        if with_joiners && place % 3 == 0 {
            member = member.joined_on(day(place * 37));
        }
        if with_joiners && place % 3 == 1 && place % 5 == 0 {
            member = member.left_on(day(place * 53));
        }
        member
    };
    codes.enumerate().map(member).collect()
}

/// The fees of members in a year.
pub(crate) fn fees(
    tariff: &Tariff,
    members: &[Member],
    figures: &[PopulationFigure],
    indices: &Indices,
    fee_year: i32,
) -> YearOfFees {
    let mut populations = Populations::new();
    for figure in figures {
        populations.add(figure.clone()).unwrap();
    }
    let tariffs = Tariffs::new(vec![tariff.clone()]).unwrap();
    let basis = Basis { members: members.to_vec(), tariffs, populations, indices: indices.clone() };
    basis.assess_year(year(fee_year), PopulationMode::NewestOnFile).unwrap()
}

/// The fee of one made-up member of fee year 2024.
pub(crate) fn fee_of(tariff: &Tariff, inhabitants: u32) -> YearOfFees {
    let member = Member::new("1440".parse().unwrap(), "Ale");
    let figure = PopulationFigure::of_year_end(member.code, 2023, inhabitants).unwrap();
    fees(tariff, &[member], &[figure], &indices(&["138,2", "142,6", "147,1"]), 2024)
}
