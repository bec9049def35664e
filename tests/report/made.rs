//! A member whose explanation has every kind of note.

use avgift::{
    Explanation, FeeYear, IndexClause, IndexFigure, IndexStatus, Indices, Joined, Language, Member, Month,
    NaiveDate, Origin, PopulationFigure, Proration, ProrationUnit, Tariff,
};

/// Dals-Ed, at the floor, half a year, with an index and an assumed day.
pub(crate) fn explanation(language: Language) -> Explanation {
    named("Dals-Ed", language)
}

/// The same for a member of this name, by a tariff, a decision and a series of this name, known of a day of this name and
/// read in a file of this name.
pub(crate) fn named(name: &str, language: Language) -> Explanation {
    let month = |year| Month::new(year, 10).unwrap();
    let mut indices = Indices::new();
    for (year, value) in [(2022, "133,5"), (2023, "137,9")] {
        let value = avgift::parse_decimal(value).unwrap();
        indices.add(IndexFigure::new(name, month(year), IndexStatus::Preliminary, value).unwrap()).unwrap();
    }
    let year = FeeYear::new(2024).unwrap();
    let tariff = Tariff::per_inhabitant(name, year, "1,50 kr".parse().unwrap())
        .bounded("15 000 kr".parse().unwrap(), "120 000 kr".parse().unwrap())
        .unwrap()
        .indexed(IndexClause::new(name, IndexStatus::Preliminary, month(2022), 1));
    let tariff = Tariff {
        decision: Some(name.to_owned()),
        illustrative: true,
        proration: Proration { unit: ProrationUnit::Halves, ..Proration::default() },
        ..tariff
    };
    let assumed = NaiveDate::from_ymd_opt(2024, 10, 1);
    let joined = Joined::SomeTimeIn { year: 2024, text: name.to_owned(), assumed };
    let member = Member { joined: joined.into(), ..Member::new("1438".parse().unwrap(), name) };
    let figure = PopulationFigure::of_year_end(member.code, 2022, 4_606).unwrap();
    let figure = PopulationFigure { origin: Some(Origin::new(name, 3, 5, 4)), ..figure };
    let schedule = tariff.schedule(year, &indices).unwrap();
    schedule.assess(&member, &figure).unwrap().explanation(language)
}
