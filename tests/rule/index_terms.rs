//! The terms of an index clause beyond its series: a part passed on, a point added, percentages that were decided. Figures
//! and decisions are made up but for Statistics Sweden's own example.

use avgift::Language::{English, Swedish};
use avgift::{
    Carried, Conflict, DecidedChange, Error, EscalationTarget, FallPolicy, ForecastFigure, IndexClause,
    IndexFigure, IndexStatus, IndexedSeries, Measure, PrintedTariff, Rounding, Rule, Schedule, Splice,
    WeighedSeries,
};

use crate::made::{assessed, clause, exact, fee, indices, sek, tariff, tariff_t, to_ore, year};

/// A clause from October 2022 on, that a test gives more terms.
fn base() -> IndexClause {
    clause(2022, EscalationTarget::Fee)
}

fn decided(fee_year: i32, percent: &str) -> DecidedChange {
    let decision = format!("Årsmötet {}, § 7", fee_year - 1);
    DecidedChange { year: year(fee_year), percent: percent.parse().unwrap(), decision, origin: None }
}

/// A flat fee of so much, carried by a clause to a fee year, with October figures from 2022 on.
fn flat(amount: &str, clause: IndexClause, figures: &[&str], fee_year: i32) -> Result<Schedule, Error> {
    to_ore(tariff("0", amount, amount)).indexed(clause).schedule(year(fee_year), &indices(2022, figures))
}

fn flat_fee(amount: &str, clause: IndexClause, figures: &[&str], fee_year: i32) -> String {
    fee(&flat(amount, clause, figures, fee_year).unwrap(), 32_446)
}

fn conflict(clause: IndexClause) -> Conflict {
    match flat("15 000", clause, &["100", "101", "102"], 2024) {
        Err(Error::IndexTermsMustAgree { conflict, .. }) => conflict,
        other => panic!("{other:?}"),
    }
}

/// Statistics Sweden's own example ("Att räkna med index"): 10 500 kr × (1 + 0,90 × 3 / 170) = 10 666,76 kr.
#[test]
fn a_part_of_the_change_is_passed_on() {
    let passed = |part: &str| {
        let clause = IndexClause { pass_through: Some(part.parse().unwrap()), ..base() };
        flat_fee("10 500", clause, &["170", "173"], 2024)
    };
    assert_eq!(passed("90 %"), "10 666,76 kr"); // 10 500 + 2,7 × 10 500 / 170 = 166,7647
    assert_eq!(passed("80 %"), "10 648,24 kr"); // 10 500 + 2,4 × 10 500 / 170 = 148,2352
    assert_eq!(passed("100 %"), "10 685,29 kr");
}

/// 100 → 110 → 121 and half of it passed on: from the base 1 + 0,5 × 21 % = 1,105; year by year 1,05 × 1,05 = 1,1025.
#[test]
fn a_part_from_the_base_is_not_a_part_of_every_year() {
    let half = IndexClause { pass_through: Some("50 %".parse().unwrap()), ..base() };
    let yearly = IndexClause { carried: Carried::Yearly, ..half.clone() };
    let figures = ["100", "110", "121"];
    assert_eq!(flat_fee("10 000", half, &figures, 2025), "11 050 kr");
    assert_eq!(flat_fee("10 000", yearly, &figures, 2025), "11 025 kr");
}

/// 5,1 % and 1,0 % in the first year, 2,0 % and 1,0 % in the second: 10 000 × 1,061 × 1,03 = 10 928,30.
#[test]
fn a_point_is_added_every_year() {
    let point = Some("1,0 %".parse().unwrap());
    let clause = IndexClause { carried: Carried::Yearly, point, ..base() };
    let figures = ["100", "105,1", "107,202"];
    assert_eq!(flat_fee("10 000", clause.clone(), &figures, 2024), "10 610 kr");
    assert_eq!(flat_fee("10 000", clause.clone(), &figures, 2025), "10 928,30 kr");
    // Four fifths of 5,1 % are 4,08 %, and the point is whole: 5,08 %.
    let part = IndexClause { pass_through: Some("80 %".parse().unwrap()), ..clause };
    assert_eq!(flat_fee("10 000", part, &figures, 2024), "10 508 kr");
}

/// The year that was decided has its percentage, and the index goes on from the figure of that year: 10 000 × 102 / 100 ×
/// 1,032 × 110 / 108 = 10 721,33. The figure of the decided year is never compared with the one before it.
#[test]
fn a_decided_percentage_stands_in_place_of_the_index_for_its_year() {
    for carried in [Carried::FromBase, Carried::Yearly] {
        let clause = IndexClause { carried, decided: vec![decided(2025, "3,2 %")], ..base() };
        let figures = ["100", "102", "108", "110"];
        assert_eq!(flat_fee("10 000", clause.clone(), &figures, 2024), "10 200 kr");
        assert_eq!(flat_fee("10 000", clause.clone(), &figures[..2], 2025), "10 526,40 kr"); // 10 200 × 1,032
        assert_eq!(flat_fee("10 000", clause, &figures, 2026), "10 721,33 kr");
    }
}

/// A board that decides a percentage a year and no index: 15 000 × 1,025 × 1,04 = 15 990; the year without a row is refused.
#[test]
fn a_clause_may_hold_decided_percentages_alone() {
    let rows = vec![decided(2024, "2,5 %"), decided(2025, "4 %")];
    let clause = IndexClause { measure: Measure::Nothing {}, decided: rows, ..base() };
    let of = |fee_year| flat("15 000", clause.clone(), &[], fee_year).map(|schedule| fee(&schedule, 32_446));
    assert_eq!(of(2023).unwrap(), "15 000 kr");
    assert_eq!(of(2024).unwrap(), "15 375 kr");
    assert_eq!(of(2025).unwrap(), "15 990 kr");
    assert!(matches!(of(2026), Err(Error::ChangeMustBeDecided { year, .. }) if year.get() == 2026));
}

/// 70 % wages, 150,0 → 156,0 (+4,0 %), and 30 % consumer prices, 400,0 → 408,0 (+2,0 %): 0,7 × 1,04 + 0,3 × 1,02 = 1,034.
#[test]
fn several_series_are_weighed_together() {
    let series = |name: &str, status, weight: &str| {
        let measured = IndexedSeries::new(name, status);
        WeighedSeries { weight: weight.parse().unwrap(), measured }
    };
    let basket = |wages: &str, prices: &str| Measure::Basket {
        basket: vec![
            series("LÖI", IndexStatus::Preliminary, wages),
            series("KPI", IndexStatus::Final, prices),
        ],
    };
    let mut figures = indices(2022, &["150,0", "156,0"]);
    for (month, value) in [("2022M10", "400.0"), ("2023M10", "408.0")] {
        let value = value.parse().unwrap();
        figures
            .add(IndexFigure::new("KPI", month.parse().unwrap(), IndexStatus::Final, value).unwrap())
            .unwrap();
    }
    let carried = |clause: IndexClause| {
        to_ore(tariff("0", "10 000", "10 000")).indexed(clause).schedule(year(2024), &figures)
    };
    let weighed = IndexClause { measure: basket("70 %", "30 %"), ..base() };
    let schedule = carried(weighed.clone()).unwrap();
    assert_eq!(fee(&schedule, 32_446), "10 340 kr");
    let operand = assessed(&schedule, 32_446).step(Rule::Escalation).unwrap().operand.clone();
    assert_eq!(operand.text(Swedish), "× (70 % × 156,0 / 150,0 + 30 % × 408,0 / 400,0)");
    let note = "LÖI, oktober 2023 / oktober 2022, preliminär; KPI, oktober 2023 / oktober 2022, definitiv";
    assert_eq!(operand.note(Swedish).as_deref(), Some(note));
    // Half of 3,4 % is 1,7 %.
    let half = IndexClause { pass_through: Some("50 %".parse().unwrap()), ..weighed.clone() };
    assert_eq!(fee(&carried(half).unwrap(), 32_446), "10 170 kr");
    for (wages, prices, sum) in [("70 %", "29 %", "99 %"), ("70 %", "30,5 %", "100.5 %")] {
        let error = carried(IndexClause { measure: basket(wages, prices), ..base() }).unwrap_err();
        assert_eq!(error.to_string(), format!("the weights sum to {sum}, not to 100 %"));
    }
    let never_down = IndexClause { policy: FallPolicy::NeverDown, ..weighed };
    assert_eq!(conflict(never_down), Conflict::PartFromBaseBesideNeverDown);
}

/// A fall of a part of 100 → 98 → 99: half of −2 % is 9 900; never down it stays, and the next year counts half of 99 / 98.
#[test]
fn a_fall_of_a_part_is_followed_or_not() {
    let fees = |policy, carried| {
        [2024, 2025].map(|fee_year| {
            let pass_through = Some("50 %".parse().unwrap());
            let clause = IndexClause { pass_through, policy, carried, ..base() };
            flat_fee("10 000", clause, &["100", "98", "99"], fee_year)
        })
    };
    assert_eq!(fees(FallPolicy::Follow, Carried::FromBase), ["9 900 kr", "9 950 kr"]);
    // 10 000 × 0,99 × (1 + 0,5 / 98) = 9 950,51
    assert_eq!(fees(FallPolicy::Follow, Carried::Yearly), ["9 900 kr", "9 950,51 kr"]);
    assert_eq!(fees(FallPolicy::HighWater, Carried::FromBase), ["10 000 kr", "10 000 kr"]);
    assert_eq!(fees(FallPolicy::HighWater, Carried::Yearly), ["10 000 kr", "10 000 kr"]);
    assert_eq!(fees(FallPolicy::NeverDown, Carried::Yearly), ["10 000 kr", "10 051,02 kr"]);
}

/// A point lifts a year in which the index fell less than it: 100 → 99,5 and 1,0 % is a rise of 0,5 %, and no fall.
#[test]
fn a_point_can_lift_a_fall() {
    let point = Some("1,0 %".parse().unwrap());
    let clause = IndexClause { carried: Carried::Yearly, point, policy: FallPolicy::NeverDown, ..base() };
    assert_eq!(flat_fee("10 000", clause.clone(), &["100", "99,5"], 2024), "10 050 kr");
    assert_eq!(flat_fee("10 000", clause.clone(), &["100", "99"], 2024), "10 000 kr");
    assert_eq!(flat_fee("10 000", clause, &["100", "98,5"], 2024), "10 000 kr");
}

/// Changes under 2,0 % wait, up and down, and are measured from the last that counted: 100 → 101,9 waits, → 102,1 counts;
/// 104,1 / 102,1 is 1,96 % and waits, 104,3 / 102,1 is 2,15 % and counts.
#[test]
fn a_small_change_waits_for_the_next() {
    let threshold = Some("2,0 %".parse().unwrap());
    let fees = |figures: &[&str]| {
        let clause = IndexClause { threshold, ..base() };
        flat_fee("10 000", clause, figures, 2022 + i32::try_from(figures.len()).unwrap())
    };
    assert_eq!(fees(&["100", "101,9"]), "10 000 kr");
    assert_eq!(fees(&["100", "102,0"]), "10 200 kr");
    assert_eq!(fees(&["100", "102,1"]), "10 210 kr");
    assert_eq!(fees(&["100", "98,1"]), "10 000 kr");
    assert_eq!(fees(&["100", "98,0"]), "9 800 kr");
    assert_eq!(fees(&["100", "97,9"]), "9 790 kr");
    assert_eq!(fees(&["100", "101,9", "102,1"]), "10 210 kr");
    assert_eq!(fees(&["100", "101,9", "102,1", "104,1"]), "10 210 kr");
    assert_eq!(fees(&["100", "101,9", "102,1", "104,1", "104,3"]), "10 430 kr");
}

/// A fall of 3 % does not wait. It counts (9 700, and 98 / 97 waits); above the highest, 101 / 100 waits and 102 / 100
/// counts; never down, 98 / 97 waits and 99 / 97 counts: 10 000 × 99 / 97 = 10 206,19.
#[test]
fn a_fall_that_does_not_wait_is_followed_or_not() {
    let threshold = Some("2,0 %".parse().unwrap());
    let fees = |policy, figures: &[&str]| {
        let clause = IndexClause { threshold, policy, ..base() };
        flat_fee("10 000", clause, figures, 2022 + i32::try_from(figures.len()).unwrap())
    };
    assert_eq!(fees(FallPolicy::Follow, &["100", "97", "98"]), "9 700 kr");
    assert_eq!(fees(FallPolicy::HighWater, &["100", "97", "101"]), "10 000 kr");
    assert_eq!(fees(FallPolicy::HighWater, &["100", "97", "102"]), "10 200 kr");
    assert_eq!(fees(FallPolicy::NeverDown, &["100", "97", "98"]), "10 000 kr");
    assert_eq!(fees(FallPolicy::NeverDown, &["100", "97", "98", "99"]), "10 206,19 kr");
    // Half of the 3 % of two years together.
    let half =
        IndexClause { pass_through: Some("50 %".parse().unwrap()), carried: Carried::Yearly, ..base() };
    let half = IndexClause { threshold, ..half };
    assert_eq!(flat_fee("10 000", half, &["100", "101", "103"], 2025), "10 150 kr");
}

/// What waits is told, and from where it is measured.
#[test]
fn a_change_that_waits_is_told() {
    let clause = IndexClause { threshold: Some("2,0 %".parse().unwrap()), ..base() };
    let figures = indices(2022, &["100", "102,1", "104,1"]);
    let schedule = tariff_t().indexed(clause).schedule(year(2025), &figures).unwrap();
    let operand = assessed(&schedule, 32_446).step(Rule::Escalation).unwrap().operand.clone();
    assert_eq!(operand.text(Swedish), "× 102,1 / 100");
    let note =
        "LÖI, oktober 2023 / oktober 2022, preliminär; 104,1 / 102,1 ändrar mindre än 2,0 % och väntar";
    assert_eq!(operand.note(Swedish).as_deref(), Some(note));
    // Stored, a change that counts is not taken for one that waits.
    let stored = serde_json::to_string(&operand).unwrap();
    assert_eq!(serde_json::from_str::<avgift::Operand>(&stored).unwrap(), operand);
    let counts = stored.replace("\"104.1\"", "\"104.0\"");
    assert!(serde_json::from_str::<avgift::Operand>(&counts).is_ok());
    let counts = stored.replace("\"104.1\"", "\"104.3\"");
    let refused = serde_json::from_str::<avgift::Operand>(&counts).unwrap_err().to_string();
    assert!(refused.contains("the change 104.3 / 102.1 counts, and does not wait"), "{refused}");
}

#[test]
fn terms_that_say_different_things_are_refused() {
    let point = Some("1,0 %".parse().unwrap());
    let pass_through = Some("90 %".parse().unwrap());
    let never_down = FallPolicy::NeverDown;
    assert_eq!(conflict(IndexClause { point, ..base() }), Conflict::PointFromBase);
    let yearly = IndexClause { carried: Carried::Yearly, point, ..base() };
    let high_water = IndexClause { policy: FallPolicy::HighWater, ..yearly };
    assert_eq!(conflict(high_water), Conflict::PointBesideHighWater);
    let part = IndexClause { pass_through, policy: never_down, ..base() };
    assert_eq!(conflict(part), Conflict::PartFromBaseBesideNeverDown);
    let threshold = Some("2,0 %".parse().unwrap());
    let waits = IndexClause { carried: Carried::Yearly, point, threshold, ..base() };
    assert_eq!(conflict(waits), Conflict::PointBesideThreshold);
    let waits = IndexClause { pass_through, threshold, ..base() };
    assert_eq!(conflict(waits), Conflict::PartFromBaseBesideThreshold);
    let part = IndexClause { pass_through, decided: vec![decided(2024, "1 %")], ..base() };
    assert_eq!(conflict(part), Conflict::PartFromBaseBesideDecided);
}

/// October 2022 with a lag of one year is the price level of 2023: the first year that can change is 2024.
#[test]
fn a_decided_year_stands_once_and_after_the_base() {
    let refused = |rows: &[(i32, &str)]| {
        let decided = rows.iter().map(|(year, percent)| decided(*year, percent)).collect();
        IndexClause { decided, ..base() }.check().map_err(|error| error.code())
    };
    assert_eq!(refused(&[(2022, "1 %")]), Err("decided-change-must-follow-the-base"));
    assert_eq!(refused(&[(2023, "1 %")]), Err("decided-change-must-follow-the-base"));
    assert_eq!(refused(&[(2024, "1 %"), (2025, "1 %")]), Ok(()));
    assert_eq!(refused(&[(2024, "1 %"), (2024, "1 %")]), Err("decided-change-must-stand-once"));
}

/// 100 → 50 and −50 points leave nothing, and −49,9 a thousandth.
#[test]
fn an_escalation_leaves_something() {
    let carried = |point: &str| {
        let clause = IndexClause { carried: Carried::Yearly, point: Some(point.parse().unwrap()), ..base() };
        flat("10 000", clause, &["100", "50"], 2024).map(|schedule| fee(&schedule, 32_446))
    };
    assert_eq!(carried("-49,9 %").unwrap(), "10 kr");
    assert!(matches!(carried("-50 %"), Err(Error::FactorMustBeAboveZero { .. })));
    assert!(matches!(carried("-50,1 %"), Err(Error::FactorMustBeAboveZero { .. })));
}

/// 15 000 kr at +0,3 % a year, printed in hundreds: each year 15 045 is 15 000 again, for ever; from the base it is 15 091,5…
/// in the second year, 15 100. The rate, printed in öre, 10,00 → 10,03 → 10,06.
#[test]
fn a_printed_tariff_is_carried_from_the_year_before_or_from_its_base() {
    let printed = Some(PrintedTariff { rate: Rounding::Ore, bounds: Rounding::HundredKronor });
    let target =
        EscalationTarget::Parameters { rate: true, amount: false, floor: true, ceiling: true, printed };
    let figures = ["1000", "1003", "1006", "1009", "1012"];
    let of = |carried, fee_year| {
        let clause = IndexClause { carried, ..clause(2022, target) };
        let schedule = tariff("10,00", "15 000", "120 000").indexed(clause);
        let schedule = schedule.schedule(year(fee_year), &indices(2022, &figures)).unwrap();
        let value = |amount: avgift::Exact| amount.text(Swedish);
        [
            value(schedule.rate().unwrap().value),
            value(schedule.floor().unwrap().value),
            value(schedule.ceiling().unwrap().value),
        ]
    };
    for fee_year in 2023..=2027 {
        assert_eq!(of(Carried::Printed, fee_year)[1], "15 000,00 kr", "{fee_year}");
    }
    assert_eq!(of(Carried::FromBase, 2025)[1], "15 100,00 kr"); // 15 000 × 1,006 = 15 090
    // 120 000 → 120 360, printed 120 400 → × 1 006 / 1 003 = 120 760,1, printed 120 800; from the base 120 720 is 120 700.
    assert_eq!(of(Carried::Printed, 2025), ["10,06 kr", "15 000,00 kr", "120 800,00 kr"]);
    assert_eq!(of(Carried::FromBase, 2025), ["10,06 kr", "15 100,00 kr", "120 700,00 kr"]);
}

/// 1,50 kr × 137,9 / 133,5 is 1,5494…, printed 1,55; × 142,0 / 137,9 it is 1,5960…, printed 1,60. Each year is told.
#[test]
fn a_chain_of_printed_tariffs_is_told() {
    let printed = Some(PrintedTariff { rate: Rounding::Ore, bounds: Rounding::HundredKronor });
    let target =
        EscalationTarget::Parameters { rate: true, amount: false, floor: false, ceiling: false, printed };
    let clause = IndexClause { carried: Carried::Printed, ..clause(2022, target) };
    let schedule =
        tariff_t().indexed(clause).schedule(year(2025), &indices(2022, &["133,5", "137,9", "142,0"]));
    let assessment = assessed(&schedule.unwrap(), 32_446);
    let words = assessment.step(Rule::ByPopulation).unwrap().operand.text(Swedish);
    assert_eq!(words, "× 1,60 kr (1,50 kr × 137,9 / 133,5 × 142,0 / 137,9; varje år till hela öre)");
    assert_eq!(assessment.fee(), sek("51 914")); // 32 446 × 1,60 = 51 913,60
    assert_eq!(assessment.replay(), Ok(sek("51 914")));
    let stored = serde_json::to_string(&assessment).unwrap();
    assert!(stored.contains("\"chained\":true"));
    assert_eq!(serde_json::from_str::<avgift::Assessment>(&stored).unwrap(), assessment);
}

/// Ten years of nine tenths of the change: no product of so many fractions could be held, and a printed tariff needs none.
#[test]
fn a_printed_tariff_may_be_carried_for_many_years() {
    let printed = Some(PrintedTariff { rate: Rounding::Ore, bounds: Rounding::HundredKronor });
    let target =
        EscalationTarget::Parameters { rate: true, amount: false, floor: true, ceiling: true, printed };
    let figures: Vec<String> = (0..12).map(|year| format!("{},{}", 101 + 2 * year, 3 + year % 7)).collect();
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    let of = |carried, target| {
        let clause =
            IndexClause { carried, pass_through: Some("90,5 %".parse().unwrap()), ..clause(2022, target) };
        tariff_t().indexed(clause).schedule(year(2034), &indices(2022, &figures))
    };
    assert!(of(Carried::Printed, target).is_ok());
    let error = of(Carried::Yearly, EscalationTarget::Fee).unwrap_err();
    assert!(matches!(error, Error::FactorMustBeHeldExactly { changes: 11, .. }), "{error}");
    assert_eq!(of(Carried::Printed, EscalationTarget::Fee).unwrap_err().code(), "index-terms-must-agree");
}

/// LÖI ends in October 2023 and LÖI ny goes on: 10 000 × 51 / 50 × 104 / 100 = 10 608; below the splice it is not asked for.
#[test]
fn a_series_goes_on_as_another() {
    let splice = |at: &str| Splice {
        at: at.parse().unwrap(),
        series: "LÖI ny".into(),
        status: IndexStatus::Final,
        origin: None,
    };
    let with = |splices: Vec<Splice>| {
        let series = IndexedSeries { splices, ..IndexedSeries::new("LÖI", IndexStatus::Preliminary) };
        IndexClause { measure: Measure::Series(series), ..base() }
    };
    let mut figures = indices(2022, &["100", "104"]);
    for (month, value) in [("2023M10", 50), ("2024M10", 51)] {
        figures
            .add(
                IndexFigure::new("LÖI ny", month.parse().unwrap(), IndexStatus::Final, value.into()).unwrap(),
            )
            .unwrap();
    }
    let carried = |clause: IndexClause, fee_year| {
        to_ore(tariff("0", "10 000", "10 000")).indexed(clause).schedule(year(fee_year), &figures)
    };
    let spliced = with(vec![splice("2023M10")]);
    assert_eq!(fee(&carried(spliced.clone(), 2024).unwrap(), 32_446), "10 400 kr");
    let schedule = carried(spliced, 2025).unwrap();
    assert_eq!(fee(&schedule, 32_446), "10 608 kr");
    let operand = assessed(&schedule, 32_446).step(Rule::Escalation).unwrap().operand.clone();
    assert_eq!(operand.text(Swedish), "× (51 / 50 × 104 / 100)");
    let note = "LÖI ny, oktober 2024 / oktober 2023, definitiv; LÖI, oktober 2023 / oktober 2022, preliminär";
    assert_eq!(operand.note(Swedish).as_deref(), Some(note));
    // Year by year it is made of pairs of both series and nothing else; once, what was stored of it was refused.
    let yearly = IndexClause { carried: Carried::Yearly, ..with(vec![splice("2023M10")]) };
    let assessment = assessed(&carried(yearly, 2025).unwrap(), 32_446);
    let stored = serde_json::to_string(&assessment).unwrap();
    assert_eq!(serde_json::from_str::<avgift::Assessment>(&stored).unwrap(), assessment);
    assert_eq!(assessment.replay(), Ok(sek("10 608")));
    for splices in [vec!["2022M10"], vec!["2021M10"], vec!["2023M11"], vec!["2023M10", "2023M10"]] {
        let clause = with(splices.into_iter().map(splice).collect());
        assert_eq!(clause.check().unwrap_err().code(), "splice-must-continue-the-series");
    }
}

fn forecast(month: &str, value: &str, corrected: i32) -> ForecastFigure {
    let value = avgift::parse_decimal(value).unwrap();
    let figure = IndexFigure::new("LÖI", month.parse().unwrap(), IndexStatus::Preliminary, value).unwrap();
    let figure = IndexFigure { forecast: Some("SKR, cirkulär 23:41".into()), ..figure };
    ForecastFigure { figure, corrected: year(corrected) }
}

/// 103,4 was expected for October 2023, 104 came: 2024 pays 10 340 for 10 000, and from the correction on it is as if it had
/// been known. Until the year of the correction the published figure is not asked for.
#[test]
fn a_forecast_is_used_until_it_is_corrected() {
    let clause = IndexClause { forecasts: vec![forecast("2023M10", "103,4", 2025)], ..base() };
    assert_eq!(flat_fee("10 000", clause.clone(), &["100"], 2024), "10 340 kr");
    assert_eq!(flat_fee("10 000", clause.clone(), &["100", "104", "106"], 2024), "10 340 kr");
    assert_eq!(flat_fee("10 000", clause.clone(), &["100", "104", "106"], 2025), "10 600 kr");
    let schedule = flat("10 000", clause, &["100"], 2024).unwrap();
    let operand = assessed(&schedule, 32_446).step(Rule::Escalation).unwrap().operand.clone();
    let note = "LÖI, oktober 2023 / oktober 2022, preliminär; 103,4 för oktober 2023 är en prognos: SKR, cirkulär 23:41";
    assert_eq!(operand.note(Swedish).as_deref(), Some(note));
    let stored = serde_json::to_string(&operand).unwrap();
    assert_eq!(serde_json::from_str::<avgift::Operand>(&stored).unwrap(), operand);
}

/// What was printed on the forecast, 10 340 as 10 300, is carried on times 104 / 103,4, and then times the year's own change:
/// 10 300 × 106 / 103,4 = 10 558,99…, printed 10 600.
#[test]
fn a_printed_forecast_is_made_good_the_year_after() {
    let printed = Some(PrintedTariff { rate: Rounding::Ore, bounds: Rounding::HundredKronor });
    let target =
        EscalationTarget::Parameters { rate: true, amount: false, floor: true, ceiling: true, printed };
    let forecasts = vec![forecast("2023M10", "103,4", 2025)];
    let clause = IndexClause { carried: Carried::Printed, forecasts, ..clause(2022, target) };
    assert_eq!(flat_fee("10 000", clause.clone(), &["100"], 2024), "10 300 kr");
    let schedule = flat("10 000", clause.clone(), &["100", "104", "106"], 2025).unwrap();
    assert_eq!(fee(&schedule, 32_446), "10 600 kr");
    let words = assessed(&schedule, 32_446).step(Rule::Floor).unwrap().operand.text(Swedish);
    let expected = "10 600,00 kr (10 000 kr × 103,4 / 100 × (106 / 104 × 104 / 103,4); varje år till hela hundratal kronor)";
    assert_eq!(words, expected);
    // Two years later nothing is left of it but what was rounded.
    assert_eq!(flat_fee("10 000", clause, &["100", "104", "106", "108"], 2026), "10 800 kr");
}

/// A forecast is for a month that is asked for, of a series that is measured, and corrected after it was used, once.
#[test]
fn a_forecast_that_is_never_used_is_refused() {
    let refused = |forecasts| IndexClause { forecasts, ..base() }.check().map_err(|error| error.code());
    let never_used = Err("forecast-must-be-used");
    assert_eq!(refused(vec![forecast("2023M10", "103", 2024)]), never_used);
    assert_eq!(refused(vec![forecast("2023M10", "103", 2025)]), Ok(()));
    assert_eq!(refused(vec![forecast("2023M10", "103", 2026)]), Ok(()));
    assert_eq!(refused(vec![forecast("2023M11", "103", 2025)]), never_used);
    assert_eq!(refused(vec![forecast("2022M10", "103", 2025)]), never_used);
    assert_eq!(refused(vec![forecast("2023M10", "103", 2025), forecast("2023M10", "104", 2026)]), never_used);
    let other = ForecastFigure {
        figure: IndexFigure { series: "KPI".into(), ..forecast("2023M10", "103", 2025).figure },
        corrected: year(2025),
    };
    assert_eq!(refused(vec![other]), never_used);
}

/// What was passed on, added and decided is told, in both languages; where no year has changed yet, nothing is.
#[test]
fn an_escalation_tells_its_terms() {
    let told = |clause: IndexClause, fee_year| {
        let schedule =
            tariff_t().indexed(clause).schedule(year(fee_year), &indices(2022, &["170", "173", "175"]));
        assessed(&schedule.unwrap(), 32_446).step(Rule::Escalation).unwrap().operand.clone()
    };
    let part = IndexClause { pass_through: Some("90 %".parse().unwrap()), ..base() };
    assert_eq!(told(part.clone(), 2024).text(Swedish), "× (1 + 90 % × (173 / 170 − 1))");
    let note = told(part.clone(), 2024).note(Swedish);
    assert_eq!(note.as_deref(), Some("LÖI, oktober 2023 / oktober 2022, preliminär"));
    let yearly = IndexClause { carried: Carried::Yearly, point: Some("-0,5 %".parse().unwrap()), ..part };
    let yearly = IndexClause { decided: vec![decided(2025, "3,2 %")], ..yearly };
    assert_eq!(told(yearly.clone(), 2023).text(Swedish), "× 1");
    assert_eq!(told(yearly.clone(), 2023).note(Swedish), None);
    assert_eq!(told(yearly.clone(), 2024).text(English), "× (1 + 90 % × (173 / 170 − 1) − 0.5 %)");
    let operand = told(yearly, 2025);
    assert_eq!(operand.text(Swedish), "× (1 + 90 % × (173 / 170 − 1) − 0,5 %) × (1 + 3,2 %)");
    let note = operand.note(Swedish);
    let expected = "LÖI, oktober 2023 / oktober 2022, preliminär; \
                    3,2 % för 2025 som beslutat, inte räknat ur index: Årsmötet 2024, § 7";
    assert_eq!(note.as_deref(), Some(expected));
}

/// Half a krona is half a krona after terms too: 10 000,50 × (1 + 50 % × (102 / 100 − 1)) = 10 100,505 exactly.
#[test]
fn terms_are_exact() {
    let clause = IndexClause { pass_through: Some("50 %".parse().unwrap()), ..base() };
    let tariff = tariff("0", "10 000,50", "10 000,50").indexed(clause);
    assert_eq!(tariff.bounds.floor().unwrap().value, sek("10 000,50"));
    let schedule = tariff.schedule(year(2024), &indices(2022, &["100", "102"])).unwrap();
    assert_eq!(exact(&assessed(&schedule, 32_446)), "10 100,505 kr");
}
