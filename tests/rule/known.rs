//! As known on a date: what was published later is not there, and who needs it is told when it comes.

use std::collections::BTreeSet;
use std::sync::Arc;

use avgift::{
    Assessment, Assumptions, Basis, EscalationTarget, Figure, Forecast, IndexFigure, IndexStatus, Indices,
    Language, Measure, MissingPopulation, OfFigure, Origin, PopulationFigure, PopulationMode, Populations,
    Publications, PublishedFigure, ReferenceDate, Shape, StatedPublication, Tariff, Tariffs,
};
use avgift_laws::check;
use avgift_laws::proptest::{collection, prop_assert_eq};

use crate::made::{clause, day, indices, member, network, sek, tariff_t, year};

/// Ale on 31 December of 2022, 2023, 2024, and on 30 June 2024 (made up).
fn ale() -> Populations {
    let mut populations = Populations::new();
    for (counted, inhabitants) in
        [("2022-12-31", 32_394), ("2023-12-31", 32_446), ("2024-06-30", 32_480), ("2024-12-31", 32_517)]
    {
        populations.add(figure(counted, inhabitants)).unwrap();
    }
    populations
}

fn figure(counted: &str, inhabitants: u32) -> PopulationFigure {
    let of_ale = PopulationFigure::of_year_end("1440".parse().unwrap(), 2022, inhabitants).unwrap();
    PopulationFigure { reference_date: day(counted), ..of_ale }
}

fn basis(tariff: Tariff) -> Basis {
    Basis { populations: ale(), ..network(vec![member("1440")], tariff) }
}

/// The codes of what a year is refused for, as known on a day.
fn refused(basis: &Basis, known_on: &str, of: i32, mode: PopulationMode) -> Vec<&'static str> {
    let fees = basis.as_known_on(day(known_on)).assess_year(year(of), mode);
    fees.err().unwrap_or_default().iter().map(avgift::Error::code).collect()
}

/// 22 February 2025 is the day: before it the fee of 2025 is refused, or preliminary on the population of 2023. That of 30 June is
/// passed over, since nobody says when it came.
#[test]
fn a_fee_rests_on_what_was_known() {
    let basis = basis(tariff_t());
    let published = PopulationMode::Published;
    assert_eq!(refused(&basis, "2025-02-21", 2025, published), ["figure-must-be-known"]);
    assert!(refused(&basis, "2025-02-22", 2025, published).is_empty());
    let known = basis.as_known_on(day("2025-02-21"));
    let fees = known.assess_year(year(2025), PopulationMode::NewestOnFile).unwrap();
    // 32 446 × 1,50.
    assert_eq!((fees.frame.sum, fees.is_preliminary()), (sek("48 669"), true));
    let said = fees.assessments[0].explain(Language::English);
    assert!(said.contains("As known on 21 February 2025: figures that were published later"), "{said}");
    // 32 517 × 1,50 = 48 775,50.
    let fees = basis.as_known_on(day("2025-02-22")).assess_year(year(2025), published).unwrap();
    assert_eq!((fees.frame.sum, fees.is_preliminary()), (sek("48 776"), false));
    assert_eq!(fees.known_on(), Some(day("2025-02-22")));
    assert_eq!(basis.assess_year(year(2025), published).unwrap().known_on(), None);
}

/// The whole table comes on one day: one reason, which names no member, and the first of them as the place.
#[test]
fn what_was_not_known_of_any_member_is_told_once() {
    let of_two = network(vec![member("1438"), member("1440")], tariff_t());
    assert_eq!(refused(&of_two, "2024-02-21", 2024, PopulationMode::Published), ["figure-must-be-known"]);
    // Before any figure of theirs was known nothing can stand in either.
    assert_eq!(refused(&of_two, "2024-02-21", 2024, PopulationMode::NewestOnFile), ["figure-must-be-known"]);
}

/// A tariff that asks for 30 June: nobody says when that came. Before the day was over it was not known for sure, and an older one may
/// stand in; later it may have been known, and nothing stands in.
#[test]
fn a_figure_that_may_have_been_known_is_refused() {
    let tariff = Tariff { reference_date: ReferenceDate::new(6, 30, 1).unwrap(), ..tariff_t() };
    let basis = basis(tariff);
    for (known_on, published, newest) in [
        ("2024-06-30", "publication-must-be-known", None),
        ("2024-07-01", "publication-must-be-known", Some("publication-must-be-known")),
    ] {
        assert_eq!(refused(&basis, known_on, 2025, PopulationMode::Published), [published], "{known_on}");
        let newest: Vec<&str> = newest.into_iter().collect();
        assert_eq!(refused(&basis, known_on, 2025, PopulationMode::NewestOnFile), newest, "{known_on}");
    }
    let stated = StatedPublication {
        figure: PublishedFigure::Population(day("2024-06-30")),
        published: day("2024-08-15"),
        origin: None,
    };
    let calendar = Arc::new(Publications::new(&[stated]).unwrap());
    let basis = Basis { populations: basis.populations.clone().published_by(calendar), ..basis };
    assert_eq!(refused(&basis, "2024-08-14", 2025, PopulationMode::Published), ["figure-must-be-known"]);
    assert!(refused(&basis, "2024-08-15", 2025, PopulationMode::Published).is_empty());
}

/// A cell that is `..` in the file of January has its number in that of February: as known in January both say the same.
#[test]
fn a_cell_that_was_still_empty_is_not_yet_published() {
    let mut before = Populations::new();
    for (counted, inhabitants) in [("2022-12-31", 32_394), ("2023-12-31", 32_446)] {
        before.add(figure(counted, inhabitants)).unwrap();
    }
    before.add_missing(MissingPopulation {
        code: "1440".parse().unwrap(),
        reference_date: day("2024-12-31"),
        symbol: "..".into(),
        origin: Origin::new("folkmangd.csv", 3, 1, 2),
    });
    let before = Basis { populations: before, ..network(vec![member("1440")], tariff_t()) };
    let told = |basis: &Basis| {
        basis.as_known_on(day("2025-01-31")).assess_year(year(2025), PopulationMode::Published).unwrap_err()
    };
    assert_eq!(told(&before), told(&basis(tariff_t())));
}

/// October 2023 comes at the end of December 2023. The name of the series is known all the same, and one that is misspelt is told.
#[test]
fn an_index_figure_is_known_from_its_day_on() {
    let tariff = tariff_t().indexed(clause(2022, EscalationTarget::Fee));
    let basis = Basis { indices: indices(2022, &["138,2", "142,6"]), ..basis(tariff) };
    let published = PopulationMode::Published;
    // Of 31 December 2023 the population is not known before February: both are told.
    assert_eq!(
        refused(&basis, "2023-12-30", 2024, published),
        ["figure-must-be-known", "figure-must-be-known"]
    );
    assert_eq!(refused(&basis, "2023-12-31", 2024, published), ["figure-must-be-known"]);
    assert!(refused(&basis, "2024-02-22", 2024, published).is_empty());
    let other = |series: &str| {
        let clause = clause(2022, EscalationTarget::Fee);
        let measure = Measure::of(series, IndexStatus::Preliminary);
        let tariffs =
            Tariffs::new(vec![tariff_t().indexed(avgift::IndexClause { measure, ..clause })]).unwrap();
        refused(&Basis { tariffs, ..basis.clone() }, "2024-02-22", 2024, published)
    };
    assert_eq!(other("LÖJ"), ["index-series-must-be-known"]);
}

/// A series of which nobody knows when it comes is refused, whatever the day.
#[test]
fn a_series_without_a_calendar_is_refused() {
    let mut of_another = Indices::new();
    for (month, value) in [("2022M10", 100), ("2023M10", 103)] {
        let month = month.parse().unwrap();
        of_another.add(IndexFigure::new("PKV", month, IndexStatus::Final, value.into()).unwrap()).unwrap();
    }
    let clause = avgift::IndexClause {
        measure: Measure::of("PKV", IndexStatus::Final),
        ..clause(2022, EscalationTarget::Fee)
    };
    let basis = Basis { indices: of_another, ..basis(tariff_t().indexed(clause)) };
    assert_eq!(refused(&basis, "2026-01-01", 2024, PopulationMode::Published), ["publication-must-be-known"]);
    let growth = Assumptions { population: "1 %".parse().unwrap(), index: "2 %".parse().unwrap() };
    let ahead = Forecast::of(&basis.as_known_on(day("2026-01-01")), &[year(2024)], growth, None).unwrap_err();
    assert_eq!(ahead[0].code(), "publication-must-be-known");
}

/// A population that is taken for an index comes when the population does.
#[test]
fn a_population_that_is_an_index_comes_with_its_table() {
    let codes = BTreeSet::from(["1440".parse().unwrap()]);
    let mut of_population = Indices::new();
    let mut at_year_end = Populations::new();
    for (counted, inhabitants) in [("2022-12-31", 32_394), ("2023-12-31", 32_446)] {
        at_year_end.add(figure(counted, inhabitants)).unwrap();
    }
    of_population.add_population("Folkmängd", &codes, &at_year_end).unwrap();
    let clause = avgift::IndexClause {
        measure: Measure::of("Folkmängd", IndexStatus::Final),
        base: "2022M12".parse().unwrap(),
        ..clause(2022, EscalationTarget::Fee)
    };
    let tariff = tariff_t().indexed(clause);
    let basis = Basis { indices: of_population, ..basis(tariff) };
    let published = PopulationMode::Published;
    assert_eq!(
        refused(&basis, "2024-02-21", 2024, published),
        ["figure-must-be-known", "figure-must-be-known"]
    );
    assert!(refused(&basis, "2024-02-22", 2024, published).is_empty());
    // That of 31 December 2024 is not on file, and comes in February 2025: it is not there yet, and then it is missing.
    assert_eq!(refused(&basis, "2025-02-21", 2025, PopulationMode::NewestOnFile), ["figure-must-be-known"]);
    assert_eq!(
        refused(&basis, "2025-02-22", 2025, PopulationMode::NewestOnFile),
        ["index-figure-must-exist"]
    );
}

/// An economic figure of a member has no calendar: it needs a day that somebody states.
#[test]
fn a_figure_of_members_needs_a_stated_day() {
    let of_figure = OfFigure {
        figure: "skatteunderlag".to_owned(),
        portion: "0,1 ‰".parse::<avgift::Portion>().unwrap().into(),
        per_inhabitant: false,
        rebate: None,
    };
    let tariff = Tariff { shape: Shape::OfFigure(of_figure), ..tariff_t() };
    let income = "6 891 204 300".parse::<Figure>().unwrap();
    // Two members need it: what is not known is told once.
    let of = |code| member(code).with_figure("skatteunderlag", year(2024), income);
    let basis = network(vec![of("1440"), of("1460")], tariff);
    let published = PopulationMode::Published;
    assert!(basis.assess_year(year(2024), published).is_ok());
    assert_eq!(refused(&basis, "2024-03-01", 2024, published), ["publication-must-be-known"]);
    let stated = StatedPublication {
        figure: PublishedFigure::OfMembers { name: "skatteunderlag".into(), year: year(2024) },
        published: day("2024-03-15"),
        origin: None,
    };
    let calendar = Arc::new(Publications::new(&[stated]).unwrap());
    let basis = Basis { populations: basis.populations.clone().published_by(calendar), ..basis };
    assert_eq!(refused(&basis, "2024-03-14", 2024, published), ["figure-must-be-known"]);
    assert!(refused(&basis, "2024-03-15", 2024, published).is_empty());
}

/// A year ahead grows from the newest that was known: before 22 February 2025 that is the population of 2023.
#[test]
fn a_forecast_grows_what_was_known() {
    let growth = Assumptions { population: "1 %".parse().unwrap(), index: "2 %".parse().unwrap() };
    let ahead = |known_on: &str| {
        Forecast::of(&basis(tariff_t()).as_known_on(day(known_on)), &[year(2025)], growth, None).unwrap()
    };
    let (before, after) = (ahead("2025-02-21"), ahead("2025-02-22"));
    // 32 446 × 1,01 = 32 770,46; × 1,50 = 49 155.
    assert_eq!((before.years[0].is_on_file, before.years[0].mid.sum), (false, sek("49 155")));
    assert_eq!((after.years[0].is_on_file, after.years[0].mid.sum), (true, sek("48 776")));
}

/// For any figures and any day: as known on the day is the same as without every figure that came later.
#[test]
fn what_came_later_changes_nothing() -> Result<(), avgift_laws::BrokenLaw> {
    let counts = collection::vec(1_u32..=700_000, 8);
    let days = 0_usize..3_000;
    check("what_came_later", (counts, days), |(counts, after)| {
        let known_on = day("2016-01-01").iter_days().nth(after).unwrap();
        let (mut all, mut then) = (Populations::new(), Populations::new());
        for (of, inhabitants) in (2015..).zip(counts) {
            let counted = format!("{of}-12-31");
            all.add(figure(&counted, inhabitants)).unwrap();
            // Figures come about 22 February of the next year.
            if known_on >= day(&format!("{}-02-22", of + 1)) {
                then.add(figure(&counted, inhabitants)).unwrap();
            }
        }
        let tariff = Tariff { from: year(2016), ..tariff_t() };
        let fees = |populations: &Populations, of: i32, mode| {
            let basis =
                Basis { populations: populations.clone(), ..network(vec![member("1440")], tariff.clone()) };
            let fees = basis.as_known_on(known_on).assess_year(year(of), mode);
            fees.map(|fees| serde_json::to_string(&fees).unwrap())
        };
        for of in 2016..2025 {
            for mode in [PopulationMode::Published, PopulationMode::NewestOnFile] {
                prop_assert_eq!(fees(&all, of, mode), fees(&then, of, mode));
            }
        }
        Ok(())
    })
}

/// The day is stored with the fee and read back, and a fee without one is stored as it always was.
#[test]
fn the_day_is_stored_with_the_fee() {
    let fees = |known_on: Option<&str>| {
        let basis = basis(tariff_t());
        let basis = known_on.map_or(basis.clone(), |known_on| basis.as_known_on(day(known_on)));
        basis.assess_year(year(2024), PopulationMode::Published).unwrap().assessments.swap_remove(0)
    };
    let plain = serde_json::to_string(&fees(None)).unwrap();
    assert!(!plain.contains("known_on"), "{plain}");
    let stored = serde_json::to_string(&fees(Some("2024-02-22"))).unwrap();
    assert_eq!(stored.replace("\"known_on\":\"2024-02-22\",", ""), plain);
    let back: Assessment = serde_json::from_str(&stored).unwrap();
    assert_eq!((back.known_on(), back.replay()), (Some(day("2024-02-22")), Ok(sek("48 669"))));
}
