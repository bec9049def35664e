//! Joining and leaving within a year: units, both orders, leap years, and days that are not known.
//! Ale pays 48 669 kr for a whole year of tariff T, Herrljunga (9 441 inhabitants, 14 161,50 by population) the floor.

use avgift::Language::{English, Swedish};
use avgift::{
    BrokenUnit::{Counted, Free},
    Error, Indices, Joined, Leaving, Member, PopulationFigure, Proration, ProrationOrder, ProrationUnit,
    Rule, Share, ShareUnit,
};

use crate::made::{day, member, plain, prorated, tariff_t, year};

const fn by(unit: ProrationUnit, order: ProrationOrder) -> Proration {
    Proration { unit, leaving: Leaving::Prorated, order }
}

/// The fee of a member with so many inhabitants under tariff T in a fee year.
fn fee(member: &Member, inhabitants: u32, fee_year: i32, proration: Proration) -> String {
    let schedule = prorated(tariff_t(), proration).schedule(year(fee_year), &Indices::new()).unwrap();
    let figure = PopulationFigure::of_year_end(member.code, fee_year - 1, inhabitants).unwrap();
    schedule.assess(member, &figure).unwrap().fee().text(Swedish)
}

/// Joining on 15 August 2024, a leap year, in every unit.
#[test]
fn every_unit_counts_from_the_day_of_joining() {
    let joins = member("1440").joined_on(day("2024-08-15"));
    let after = ProrationOrder::AfterBounds;
    for (unit, expected) in [
        (ProrationUnit::FullYear, "48 669 kr"),
        (ProrationUnit::Months(Counted), "20 279 kr"), // 5 / 12: 20 278,75
        (ProrationUnit::Months(Free), "16 223 kr"),    // 4 / 12
        (ProrationUnit::Days, "18 484 kr"),            // 17 + 30 + 31 + 30 + 31 = 139 of 366: 18 483,58
        (ProrationUnit::Quarters(Counted), "24 335 kr"), // 2 / 4: 24 334,50, and 50 öre go up
        (ProrationUnit::Quarters(Free), "12 167 kr"),  // 1 / 4: 12 167,25
        (ProrationUnit::Halves, "24 335 kr"),          // 1 / 2
        (ProrationUnit::FullYearIfJoinedBy { month: 8, day: 14 }, "0 kr"),
        (ProrationUnit::FullYearIfJoinedBy { month: 8, day: 15 }, "48 669 kr"),
        (ProrationUnit::FullYearIfJoinedBy { month: 8, day: 16 }, "48 669 kr"),
    ] {
        assert_eq!(fee(&joins, 32_446, 2024, by(unit, after)), expected, "{unit:?}");
    }
}

/// First the bounds, then the share: a half-year at the floor is half the floor. The other way round nobody pays less than the
/// whole floor, and half of Göteborg is above the ceiling still.
#[test]
fn the_share_comes_after_the_bounds_or_before_them() {
    let months = ProrationUnit::Months(Counted);
    let pays = |code: &str, inhabitants, joined: &str, order| {
        fee(&member(code).joined_on(day(joined)), inhabitants, 2024, by(months, order))
    };
    use ProrationOrder::{AfterBounds, BeforeBounds};
    assert_eq!(pays("1466", 9_441, "2024-07-01", AfterBounds), "7 500 kr"); // 15 000 × 6 / 12
    assert_eq!(pays("1466", 9_441, "2024-07-01", BeforeBounds), "15 000 kr"); // 7 080,75 raised
    assert_eq!(pays("1480", 604_616, "2024-07-01", AfterBounds), "60 000 kr"); // 120 000 × 6 / 12
    assert_eq!(pays("1480", 604_616, "2024-07-01", BeforeBounds), "120 000 kr"); // 453 462 lowered
    assert_eq!(pays("1440", 32_446, "2024-07-01", AfterBounds), "24 335 kr"); // 24 334,50
    assert_eq!(pays("1440", 32_446, "2024-07-01", BeforeBounds), "24 335 kr");
    assert_eq!(pays("1440", 32_446, "2024-10-01", AfterBounds), "12 167 kr"); // 12 167,25
    assert_eq!(pays("1440", 32_446, "2024-10-01", BeforeBounds), "15 000 kr"); // 12 167,25 raised
}

/// The explanation has the share where it was taken: before the floor, or after the escalation.
#[test]
fn the_share_stands_where_it_was_taken() {
    let rules = |order| {
        let schedule = plain(prorated(tariff_t(), by(ProrationUnit::Halves, order)));
        let member = member("1440").joined_on(day("2024-07-01"));
        let figure = PopulationFigure::of_year_end(member.code, 2023, 32_446).unwrap();
        let steps = schedule.assess(&member, &figure).unwrap().steps().to_vec();
        steps.into_iter().map(|step| step.rule).collect::<Vec<_>>()
    };
    use Rule::{ByPopulation, Ceiling, Escalation, Floor, Population, Rounding};
    assert_eq!(
        rules(ProrationOrder::AfterBounds),
        [Population, ByPopulation, Floor, Ceiling, Escalation, Rule::Proration, Rounding]
    );
    assert_eq!(
        rules(ProrationOrder::BeforeBounds),
        [Population, ByPopulation, Rule::Proration, Floor, Ceiling, Escalation, Rounding]
    );
}

/// 29 February is a day: 60 of 366 to its end in 2024, 59 of 365 in 2023; and the rest of the year is 306 in both.
#[test]
fn a_leap_year_has_366_days() {
    let days = by(ProrationUnit::Days, ProrationOrder::AfterBounds);
    let ale = || member("1440");
    assert_eq!(fee(&ale().left_on(day("2024-02-29")), 32_446, 2024, days), "7 979 kr"); // 7 978,52
    assert_eq!(fee(&ale().joined_on(day("2024-03-01")), 32_446, 2024, days), "40 690 kr"); // 40 690,48
    assert_eq!(fee(&ale().left_on(day("2023-02-28")), 32_446, 2023, days), "7 867 kr"); // 7 866,95
    assert_eq!(fee(&ale().joined_on(day("2023-03-01")), 32_446, 2023, days), "40 802 kr"); // 40 802,05
    assert_eq!(fee(&ale().joined_on(day("2024-12-31")), 32_446, 2024, days), "133 kr"); // 132,98
    assert_eq!(fee(&ale().joined_on(day("2024-01-01")), 32_446, 2024, days), "48 669 kr");
}

/// Who joins and leaves in one year owes the days between, both counted.
#[test]
fn a_membership_within_one_year_owes_its_own_days() {
    let days = by(ProrationUnit::Days, ProrationOrder::AfterBounds);
    let share = |from: &str, to: &str| {
        days.share(&member("1440").joined_on(day(from)).left_on(day(to)), year(2024)).unwrap()
    };
    let of_366 = |days| Share::new(days, 366, ShareUnit::Days).unwrap();
    assert_eq!(share("2024-02-28", "2024-03-01"), of_366(3)); // 28 and 29 February, 1 March
    assert_eq!(share("2024-02-29", "2024-02-29"), of_366(1));
    assert_eq!(share("2023-05-01", "2025-05-01"), of_366(366));
}

/// "Hösten 2023" is no day: a fee that hangs on it is refused, until a day is assumed and named.
#[test]
fn an_unknown_joining_day_is_refused_or_assumed_by_name() {
    let months = by(ProrationUnit::Months(Counted), ProrationOrder::AfterBounds);
    let partille = |assumed: Option<&str>| Member {
        joined: Joined::SomeTimeIn { year: 2023, text: "hösten 2023".into(), assumed: assumed.map(day) }
            .into(),
        ..Member::new("1402".parse().unwrap(), "Partille")
    };
    let figure = PopulationFigure::of_year_end("1402".parse().unwrap(), 2022, 40_000).unwrap();
    let schedule = prorated(tariff_t(), months).schedule(year(2023), &Indices::new()).unwrap();
    let refused = schedule.assess(&partille(None), &figure).unwrap_err();
    assert!(matches!(refused, Error::JoiningDateMustBeKnown { .. }));
    assert_eq!(
        refused.to_string(),
        "`Partille` (1402) joined `hösten 2023`, and that is no date to prorate from"
    );

    // 40 000 × 1,50 = 60 000, of which October to December 15 000.
    let assessment = schedule.assess(&partille(Some("2023-10-01")), &figure).unwrap();
    assert_eq!(assessment.fee().text(Swedish), "15 000 kr");
    let share = assessment.step(Rule::Proration).unwrap();
    assert_eq!(share.operand.text(Swedish), "× 3 / 12 månader");
    assert_eq!(
        share.operand.note(Swedish).as_deref(),
        Some("antagen inträdesdag 1 oktober 2023; känt är bara `hösten 2023`")
    );
    assert_eq!(
        share.operand.note(English).as_deref(),
        Some("assumed joining date 1 October 2023; known is only `hösten 2023`")
    );

    // The year after, and where the full year is owed anyway, the day does not matter.
    assert_eq!(fee(&partille(None), 40_000, 2024, months), "60 000 kr");
    assert_eq!(fee(&partille(None), 40_000, 2023, Proration::default()), "60 000 kr");
}

/// An assumption fills in what is unknown: a day of another year than the known one is refused.
#[test]
fn an_assumed_day_lies_in_the_known_year() {
    let joined =
        Joined::SomeTimeIn { year: 2023, text: "hösten 2023".into(), assumed: Some(day("2024-01-01")) };
    let partille = Member { joined: joined.into(), ..Member::new("1402".parse().unwrap(), "Partille") };
    assert!(matches!(partille.check(), Err(Error::AssumedDateMustBeInItsYear { year: 2023, .. })));
}
