//! The frame ahead: years on file are the real run, years beyond it are worked out by hand, holes are refused.

use avgift::{
    Assumptions, Basis, Bounds, Carried, ClassTerms, Component, Error, EscalationTarget, FeeYear, Forecast,
    Growth, IndexClause, MemberClass, MissingPopulation, Origin, Outlook, PopulationFigure, PopulationMode,
    Sek, Shape, Tariff, Tier, Tiers,
};
use avgift_laws::proptest::prelude::*;
use avgift_laws::strategies::networks;

use crate::made::{clause, indices, member, network, sek, tariff_t, year};

fn growth(percent: &str) -> Growth {
    percent.parse().unwrap()
}

fn assumed(population: &str, index: &str) -> Assumptions {
    Assumptions { population: growth(population), index: growth(index) }
}

/// Dals-Ed, Ale and Göteborg under tariff T, escalated from October 2022 to the October before the fee year; on file are the
/// populations of 31 December 2023 and the figures 100,0 of 2022 and 103,0 of 2023.
fn three() -> Basis {
    let tariff = tariff_t().indexed(clause(2022, EscalationTarget::Fee));
    let mut basis = network(["1438", "1440", "1480"].map(member).to_vec(), tariff);
    basis.indices = indices(2022, &["100,0", "103,0"]);
    basis
}

fn years(first: i32, last: i32) -> Vec<FeeYear> {
    (first..=last).map(year).collect()
}

/// | fee year | index | Dals-Ed | Ale | Göteborg | frame |
/// |---|---|---|---|---|---|
/// | 2024, on file | 103,0 | 15 450 | 48 669 × 1,03 = 50 129,07 | 123 600 | 189 179 |
/// | 2025 | 103 × 1,025 = 105,575 | 15 836,25 | 32 446 × 1,008 = 32 705,57; 32 706 × 1,50 × 1,05575 = 51 794,04 | 126 690 | 194 320 |
/// | 2026 | 103 × 1,025² = 108,214375, told as 108,2144 | 16 232,16 | 32 446 × 1,008² = 32 967,21; 32 967 × 1,50 × 1,082144 = 53 512,56 | 129 857,28 | 199 602 |
#[test]
fn years_ahead_are_worked_out_by_hand() {
    let forecast = Forecast::of(&three(), &years(2024, 2026), assumed("0,8 %", "2,5 %"), None).unwrap();
    let frames: Vec<Sek> = forecast.years.iter().map(|year| year.mid.sum).collect();
    assert_eq!(frames, [sek("189 179"), sek("194 320"), sek("199 602")]);
    let on_file: Vec<bool> = forecast.years.iter().map(|year| year.is_on_file).collect();
    assert_eq!(on_file, [true, false, false]);
    // 4 606 × 1,008 = 4 642,85; 604 616 × 1,008 = 609 452,93.
    assert_eq!(forecast.years[1].mid.inhabitants, 4_643 + 32_706 + 609_453);
    assert_eq!((forecast.years[1].mid.at_floor, forecast.years[1].mid.at_ceiling), (1, 1));
    assert!(forecast.years.iter().all(|year| year.low.is_none() && year.high.is_none()));
}

/// 10 000 kr for everyone, and 10 000 kr besides with an index of its own: 2024 is on file, × 1,03; 2025 is grown, × 1,05575.
#[test]
fn the_index_of_a_component_grows_too() {
    let flat = || Shape::Flat { amount: sek("10 000").into() };
    let component = Component {
        name: "Projekt".into(),
        shape: flat(),
        bounds: Bounds::default(),
        index: Some(clause(2022, EscalationTarget::Fee)),
        origin: None,
    };
    let tariff = Tariff { components: vec![component], ..Tariff::of("T", year(2024), flat()) };
    let mut basis = network(vec![member("1440")], tariff);
    basis.indices = indices(2022, &["100,0", "103,0"]);
    let forecast = Forecast::of(&basis, &years(2024, 2025), assumed("0", "2,5"), None).unwrap();
    let told: Vec<_> = forecast.years.iter().map(|year| (year.mid.sum, year.is_on_file)).collect();
    assert_eq!(told, [(sek("20 300"), true), (sek("20 558"), false)]); // 20 557,50, and 50 öre go up
}

/// A clause with a point grows too: 103 × 1,025 = 105,575 in 2025, and 1,0 % a year: Ale's 32 446 × 1,50 × (1,03 + 0,01) ×
/// (105,575 / 103 + 0,01) = 50 615,76 × 1,035 = 52 387,31.
#[test]
fn a_clause_with_more_terms_is_worked_out_ahead() {
    let terms = IndexClause {
        carried: Carried::Yearly,
        point: Some("1,0 %".parse().unwrap()),
        ..clause(2022, EscalationTarget::Fee)
    };
    let mut basis = network(vec![member("1440")], tariff_t().indexed(terms));
    basis.indices = indices(2022, &["100,0", "103,0"]);
    let forecast = Forecast::of(&basis, &years(2024, 2025), assumed("0", "2,5 %"), None).unwrap();
    let frames: Vec<Sek> = forecast.years.iter().map(|year| year.mid.sum).collect();
    assert_eq!(frames, [sek("50 616"), sek("52 387")]);
    let on_file: Vec<bool> = forecast.years.iter().map(|year| year.is_on_file).collect();
    assert_eq!(on_file, [true, false]);
}

/// A band of a percentage point around 0 and 2: low is −1 and 1, high 1 and 3. The year on file has no band to speak of.
#[test]
fn a_band_lies_around_both_growths() {
    let band = Some(growth("1"));
    let forecast = Forecast::of(&three(), &years(2024, 2025), assumed("0", "2"), band).unwrap();
    let sums = |of: &avgift::ForecastYear| [of.low.unwrap().sum, of.mid.sum, of.high.unwrap().sum];
    assert_eq!(sums(&forecast.years[0]), [sek("189 179"); 3]);
    let alone = |population, index| {
        let forecast = Forecast::of(&three(), &years(2025, 2025), assumed(population, index), None);
        forecast.unwrap().years[0].mid.sum
    };
    assert_eq!(sums(&forecast.years[1]), [alone("-1", "1"), alone("0", "2"), alone("1", "3")]);
    // 32 446 × 0,99 = 32 121,54; 32 122 × 1,50 × 1,0403 = 50 124,7749; 15 604,50 and 124 836 beside it.
    assert_eq!(alone("-1", "1"), sek("190 566"));
    let refused = Forecast::of(&three(), &years(2025, 2025), assumed("49,5", "0"), band);
    assert!(matches!(refused.unwrap_err()[0], Error::GrowthMustBeInRange { .. }));
}

/// What lies after the newest figure is assumed; a hole before it is a file that is missing, and is refused.
#[test]
fn a_hole_among_the_figures_is_refused() {
    let later = |code: &str| PopulationFigure::of_year_end(code.parse().unwrap(), 2025, 5_000).unwrap();
    let mut basis = three();
    basis.populations.add(later("1438")).unwrap();
    let errors = Outlook::new(&basis, &years(2025, 2025)).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].to_string(), "no population for 1438 on 31 December 2024");
    assert!(Outlook::new(&basis, &years(2027, 2027)).is_ok());

    let mut basis = three();
    for figure in indices(2025, &["110,0"]).iter() {
        basis.indices.add(figure.clone()).unwrap();
    }
    let errors = Outlook::new(&basis, &years(2025, 2026)).unwrap_err();
    assert!(matches!(errors[..], [Error::IndexFigureMustExist { .. }]), "{errors:?}");
}

/// `..` is a figure that is not published yet, and is assumed; a zero is a mistake, and is refused.
#[test]
fn a_cell_without_a_number_is_assumed_only_where_it_says_so() {
    let with_a_cell = |symbol: &str| {
        let mut basis = three();
        basis.populations.add_missing(MissingPopulation {
            code: "1440".parse().unwrap(),
            reference_date: "2024-12-31".parse().unwrap(),
            symbol: symbol.to_owned(),
            origin: Origin::new("statistics/a.csv", 2, 1, 1),
        });
        Outlook::new(&basis, &years(2025, 2025)).map(|_| ())
    };
    assert!(with_a_cell("..").is_ok());
    let refused = with_a_cell("0").unwrap_err();
    assert!(matches!(refused[..], [Error::PopulationMustBePublished { .. }]), "{refused:?}");
}

/// Nothing is known of a member without any figure, or of a series without any; both are told at once.
#[test]
fn what_has_no_figure_to_grow_from_is_refused() {
    let basis = Basis { populations: avgift::Populations::new(), indices: avgift::Indices::new(), ..three() };
    let errors = Outlook::new(&basis, &years(2025, 2026)).unwrap_err();
    let codes: Vec<&str> = errors.iter().map(Error::code).collect();
    assert_eq!(codes.iter().filter(|code| **code == "index-series-must-be-known").count(), 1);
    assert_eq!(codes.iter().filter(|code| **code == "population-must-exist").count(), 6);
}

/// Dals-Ed at half a fee, Ale and Göteborg at a whole one: 4 606 × 0,75 = 3 454,50, and the floor; the steps of a neighbour are
/// those of its own size. A frame of many scenarios has the same shapes and classes as one.
#[test]
fn frames_of_many_scenarios_know_shapes_and_classes() {
    let steps = Tiers::new(vec![
        Tier::of_amount(1, Some(9_999), sek("1 000")),
        Tier::of_amount(10_000, None, sek("1 800")),
    ]);
    let own = ClassTerms::Own { shape: Box::new(Shape::Tiers(steps.unwrap())), bounds: Bounds::default() };
    let half = ClassTerms::Multiplied("50 %".parse::<avgift::Portion>().unwrap().into());
    let class = |name: &str, terms| MemberClass { name: name.into(), terms, origin: None };
    let tariff = Tariff { classes: vec![class("halv", half), class("granne", own)], ..tariff_t() };
    let members = [("1438", None), ("1440", Some("halv")), ("1480", None), ("1490", Some("granne"))];
    let members = members.map(|(code, class)| match class {
        Some(class) => member(code).in_class(class),
        None => member(code),
    });
    let basis = network(members.to_vec(), tariff);
    let outlook = Outlook::new(&basis, &years(2024, 2025)).unwrap();
    // 15 000; 32 446 × 1,50 × 50 % = 24 334,50; 120 000; 1 800. A year later Ale has 32 706: 24 529,50.
    assert_eq!(outlook.frames(assumed("0,8 %", "0 %")).unwrap(), [sek("161 135"), sek("161 330")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Amounts alone are those of the explained fees, and a year on file is the real run.
    #[test]
    fn the_quick_way_is_the_explained_way((basis, first) in networks(8), population in -500..=500_i64, index in -500..=500_i64) {
        let growth = |hundredths: i64| Growth::new(avgift::Decimal::new(hundredths, 2)).unwrap();
        let assumed = Assumptions { population: growth(population), index: growth(index) };
        let years = years(first.get(), first.get() + 3);
        // The members may all have left by then.
        let Ok(outlook) = Outlook::new(&basis, &years) else { return Ok(()) };
        match (outlook.frames(assumed), outlook.fees(assumed)) {
            (Ok(frames), Ok(fees)) => {
                let sums: Vec<Sek> = fees.iter().map(|fees| fees.frame.sum).collect();
                prop_assert_eq!(&frames, &sums);
                let real = basis.assess_year(first, PopulationMode::Published).unwrap();
                prop_assert_eq!(real.frame.sum, frames[0]);
            }
            // Both refuse what grows beyond a municipality, an index on one bound alone that carries the floor above the
            // ceiling, and what has too many digits. Where a case has several faults, the two ways may meet them in another order.
            (Err(error), Err(errors)) => {
                let is_of_growth = |error: &Error| {
                    matches!(
                        error,
                        Error::InhabitantsMustBeInRange { .. }
                            | Error::EscalatedFloorMustNotExceedCeiling { .. }
                            | Error::AmountMustNotOverflow
                            | Error::FactorMustBeHeldExactly { .. }
                    )
                };
                let both = is_of_growth(&error) && errors.iter().all(is_of_growth);
                prop_assert!(both || errors.contains(&error), "{error}: {errors:?}");
            }
            // The quick way keeps room for the largest population there is, which a factor of many fractions may not leave.
            (Err(Error::AmountMustNotOverflow), Ok(fees)) => {
                let factors = fees.iter().filter_map(|fees| {
                    let rate = fees.schedule.rate().and_then(|rate| rate.factor.as_ref());
                    fees.schedule.fee_factor().or(rate)
                });
                prop_assert!(factors.into_iter().any(|factor| !factor.is_plain()));
            }
            (quick, explained) => prop_assert!(false, "{quick:?} and {explained:?}"),
        }
    }
}
