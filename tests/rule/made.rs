//! What the tests are made of: tariffs, members, populations and index figures in a few words.

use avgift::{
    Assessment, Basis, EscalationTarget, FeeYear, IndexClause, IndexFigure, IndexStatus, Indices, Language,
    Member, PopulationFigure, Populations, Proration, Rounding, Rule, Schedule, Sek, Tariff, Tariffs, Value,
};

/// The members that the tests use, with their inhabitants on 31 December 2023 (Statistics Sweden).
pub(crate) const MEMBERS: [(&str, &str, u32); 8] = [
    ("1438", "Dals-Ed", 4_606),
    ("1439", "Färgelanda", 6_434),
    ("1440", "Ale", 32_446),
    ("1460", "Bengtsfors", 9_138),
    ("1461", "Mellerud", 9_165),
    ("1466", "Herrljunga", 9_441),
    ("1480", "Göteborg", 604_616),
    ("1490", "Borås", 114_592),
];

pub(crate) fn year(year: i32) -> FeeYear {
    FeeYear::new(year).unwrap()
}

pub(crate) fn sek(text: &str) -> Sek {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> avgift::NaiveDate {
    text.parse().unwrap()
}

/// A tariff from fee year 2023 on: a rate, a floor, a ceiling.
pub(crate) fn tariff(rate: &str, floor: &str, ceiling: &str) -> Tariff {
    Tariff::per_inhabitant("T", year(2023), rate.parse().unwrap()).bounded(sek(floor), sek(ceiling)).unwrap()
}

/// Tariff T, illustrative.
pub(crate) fn tariff_t() -> Tariff {
    tariff("1,50", "15 000", "120 000")
}

pub(crate) fn to_ore(tariff: Tariff) -> Tariff {
    Tariff { rounding: Rounding::Ore, ..tariff }
}

pub(crate) fn prorated(tariff: Tariff, proration: Proration) -> Tariff {
    Tariff { proration, ..tariff }
}

/// Preliminary October figures of a series named LÖI, in the years from `first` on.
pub(crate) fn indices(first: i32, values: &[&str]) -> Indices {
    let mut indices = Indices::new();
    for (value, year) in values.iter().zip(first..) {
        let month = avgift::Month::new(year, 10).unwrap();
        let value = avgift::parse_decimal(value).unwrap();
        indices.add(IndexFigure::new("LÖI", month, IndexStatus::Preliminary, value).unwrap()).unwrap();
    }
    indices
}

/// A clause from the October of `base` to the October before the fee year.
pub(crate) fn clause(base: i32, target: EscalationTarget) -> IndexClause {
    IndexClause {
        target,
        ..IndexClause::new("LÖI", IndexStatus::Preliminary, avgift::Month::new(base, 10).unwrap(), 1)
    }
}

/// A tariff in fee year 2024, without an index.
pub(crate) fn plain(tariff: Tariff) -> Schedule {
    tariff.schedule(year(2024), &Indices::new()).unwrap()
}

/// The assessment of a made-up member of long standing.
pub(crate) fn assessed(schedule: &Schedule, inhabitants: u32) -> Assessment {
    let member = Member::new("1440".parse().unwrap(), "Ale");
    let population = schedule.year().get() - 1;
    let figure = PopulationFigure::of_year_end(member.code, population, inhabitants).unwrap();
    schedule.assess(&member, &figure).unwrap()
}

/// Its fee for people, in Swedish.
pub(crate) fn fee(schedule: &Schedule, inhabitants: u32) -> String {
    assessed(schedule, inhabitants).fee().text(Language::Swedish)
}

/// The exact amount before the rounding, for people.
pub(crate) fn exact(assessment: &Assessment) -> String {
    let before = assessment.steps().iter().rev().find(|step| step.rule != Rule::Rounding).unwrap();
    match before.value {
        Value::Exact(amount) => amount.text(Language::Swedish),
        value => panic!("{value:?} is no amount"),
    }
}

pub(crate) fn member(code: &str) -> Member {
    let (code, name, _) = MEMBERS.into_iter().find(|(known, _, _)| *known == code).unwrap();
    Member::new(code.parse().unwrap(), name)
}

/// The population of every member above, on 31 December 2023.
pub(crate) fn populations() -> Populations {
    let mut populations = Populations::new();
    for (code, _, inhabitants) in MEMBERS {
        populations
            .add(PopulationFigure::of_year_end(code.parse().unwrap(), 2023, inhabitants).unwrap())
            .unwrap();
    }
    populations
}

/// A network with one tariff and without an index.
pub(crate) fn network(members: Vec<Member>, tariff: Tariff) -> Basis {
    Basis {
        members,
        tariffs: Tariffs::new(vec![tariff]).unwrap(),
        populations: populations(),
        indices: Indices::new(),
    }
}
