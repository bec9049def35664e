//! Every reason at once: who gives three faults is told of three.

use avgift::{
    BrokenUnit, Error, Joined, Member, MissingPopulation, Origin, PopulationMode, Proration, ProrationUnit,
};

use crate::made::{day, member, network, prorated, tariff_t, year};

fn codes(errors: &[Error]) -> Vec<&'static str> {
    errors.iter().map(Error::code).collect()
}

/// One member without a population, one whose cell holds `..`, one whose joining day is unknown: by municipality code.
#[test]
fn every_member_that_cannot_be_assessed_is_named() {
    let months = Proration { unit: ProrationUnit::Months(BrokenUnit::Counted), ..Proration::default() };
    let unknown = Joined::SomeTimeIn { year: 2024, text: "hösten 2024".into(), assumed: None };
    let members = vec![
        Member { joined: unknown.into(), ..member("1490") },
        Member::new("1407".parse().unwrap(), "Öckerö"),
        member("1440"),
        Member::new("1402".parse().unwrap(), "Partille"),
    ];
    let mut basis = network(members, prorated(tariff_t(), months));
    basis.populations.add_missing(MissingPopulation {
        code: "1407".parse().unwrap(),
        reference_date: day("2023-12-31"),
        symbol: "..".into(),
        origin: Origin::new("statistics/population.csv", 12, 8, 2),
    });
    let errors = basis.assess_year(year(2024), PopulationMode::Published).unwrap_err();
    assert_eq!(
        codes(&errors),
        ["population-must-be-published", "joining-date-must-be-known", "population-must-exist"]
    );
    let cell = errors[0].refusal();
    assert_eq!(cell.message, "the population of 1407 on 31 December 2023 is `..`, not a number above zero");
    assert_eq!(cell.places[0].origin.to_string(), "statistics/population.csv:12:8");
}

/// A member that stands twice, and a year without a tariff: both are told.
#[test]
fn faults_of_members_and_of_the_tariff_are_told_together() {
    let twice = vec![member("1440"), member("1490"), member("1440"), member("1490")];
    let errors = network(twice, tariff_t()).assess_year(year(2022), PopulationMode::Published).unwrap_err();
    assert_eq!(
        codes(&errors),
        ["member-must-stand-once-a-year", "member-must-stand-once-a-year", "tariff-must-cover-year"]
    );
}

/// A change of payer at the turn of a year is two rows and one member in each year.
#[test]
fn one_row_may_follow_another() {
    let rows = vec![member("1440").left_on(day("2023-12-31")), member("1440").joined_on(day("2024-01-01"))];
    let basis = network(rows.clone(), tariff_t());
    assert_eq!(basis.assess_year(year(2024), PopulationMode::Published).unwrap().frame.members, 1);
    let overlapping = vec![rows[0].clone(), member("1440").joined_on(day("2023-12-31"))];
    assert!(avgift::members_in(&overlapping, year(2024)).is_ok());
    let refused = avgift::members_in(&overlapping, year(2023)).unwrap_err();
    assert_eq!(codes(&refused), ["member-must-stand-once-a-year"]);
}

#[test]
fn a_year_without_members_is_refused() {
    let basis = network(vec![member("1440").joined_on(day("2025-01-01"))], tariff_t());
    let errors = basis.assess_year(year(2024), PopulationMode::Published).unwrap_err();
    assert_eq!(codes(&errors), ["fee-year-must-have-members"]);
}

#[test]
fn who_leaves_before_joining_is_refused() {
    let backwards = member("1440").joined_on(day("2024-07-01")).left_on(day("2024-06-30"));
    assert!(matches!(backwards.check(), Err(Error::MemberMustJoinBeforeItLeaves { .. })));
    assert!(member("1440").joined_on(day("2024-07-01")).left_on(day("2024-07-01")).check().is_ok());
}

/// Zero inhabitants are an error, never the floor.
#[test]
fn a_population_of_zero_is_never_the_floor() {
    for text in ["0", "-5", "10000000", "32446,5", ""] {
        assert!(text.parse::<avgift::Inhabitants>().is_err(), "{text}");
    }
    assert_eq!("32 446".parse::<avgift::Inhabitants>().unwrap().get(), 32_446);
}
