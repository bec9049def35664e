//! Escalation: figures, not percentages; what the clause works on; what happens when the index falls.

use avgift::Language::Swedish;
use avgift::{
    Bounds, Error, EscalationTarget, FallPolicy, IndexClause, IndexFigure, IndexStatus, PrintedTariff,
    Rounding, Rule, Schedule, Tariff,
};

use crate::made::{assessed, clause, exact, fee, indices, sek, tariff, tariff_t, to_ore, year};

const ALL: EscalationTarget =
    EscalationTarget::Parameters { rate: true, amount: true, floor: true, ceiling: true, printed: None };
const ONLY_RATE: EscalationTarget =
    EscalationTarget::Parameters { rate: true, amount: true, floor: false, ceiling: false, printed: None };

/// A tariff in fee year 2024, carried from October 2022 (133,5) to October 2023 (137,9).
fn carried(tariff: Tariff, target: EscalationTarget) -> Schedule {
    tariff.indexed(clause(2022, target)).schedule(year(2024), &indices(2022, &["133,5", "137,9"])).unwrap()
}

/// Tariff T × 137,9 / 133,5: fee or all three parameters, the same to the last fraction.
#[test]
fn the_whole_tariff_is_escalated() {
    for target in [EscalationTarget::Fee, ALL] {
        let schedule = carried(tariff_t(), target);
        for (inhabitants, exactly, rounded) in [
            (32_446, "50 273,071… kr", "50 273 kr"), // Ale: 48 669 × 137,9 / 133,5
            (4_606, "15 494,382… kr", "15 494 kr"),  // Dals-Ed: 15 000 × 137,9 / 133,5
            (604_616, "123 955,056… kr", "123 955 kr"), // Göteborg: 120 000 × 137,9 / 133,5
        ] {
            let assessment = assessed(&schedule, inhabitants);
            assert_eq!(exact(&assessment), exactly);
            assert_eq!(assessment.fee().text(Swedish), rounded);
        }
    }
}

/// The break points stand still when all three parameters move: 10 000 and 80 000 inhabitants.
#[test]
fn break_points_stand_still_when_everything_moves() {
    use avgift::Standing::{AtCeiling, AtFloor, Within};
    for target in [EscalationTarget::Fee, ALL] {
        let schedule = carried(tariff_t(), target);
        let standing = |inhabitants| assessed(&schedule, inhabitants).standing();
        assert_eq!([9_999, 10_000, 10_001].map(standing), [AtFloor, Within, Within]);
        assert_eq!([79_999, 80_000, 80_001].map(standing), [Within, Within, AtCeiling]);
    }
}

/// 10 003 × 1,50 = 15 004,50 = 105 × 142,9, and times 144,7 / 142,9 it is 105 × 144,7 = 15 193,50: 50 öre go up. A factor
/// with 28 decimals would be a hair less, and the fee 15 193 kr.
#[test]
fn half_a_krona_is_half_a_krona_after_a_factor_that_does_not_end() {
    let schedule = tariff_t()
        .indexed(clause(2022, EscalationTarget::Fee))
        .schedule(year(2024), &indices(2022, &["142,9", "144,7"]))
        .unwrap();
    assert_eq!(exact(&assessed(&schedule, 10_003)), "15 193,50 kr");
    assert_eq!(fee(&schedule, 10_003), "15 194 kr");
}

/// Statistics Sweden's own example ("Att räkna med index"): 10 500 kr × 173 / 170 = 10 685,29 kr.
#[test]
fn statistics_swedens_example() {
    let flat = to_ore(tariff("0", "10 500", "10 500")).indexed(clause(2022, EscalationTarget::Fee));
    let schedule = flat.schedule(year(2024), &indices(2022, &["170", "173"])).unwrap();
    assert_eq!(fee(&schedule, 32_446), "10 685,29 kr");
}

/// The rate alone is indexed: 1,50 × 137,9 / 133,5 = 1,5494…; floor and ceiling stay, so the break points move down to
/// 9 680,9… and 77 447,4… inhabitants.
#[test]
fn only_the_rate_is_indexed() {
    let schedule = carried(tariff_t(), ONLY_RATE);
    assert_eq!(fee(&schedule, 32_446), "50 273 kr"); // Ale, between the bounds: as with everything indexed
    assert_eq!(fee(&schedule, 9_680), "15 000 kr"); // 14 998,56
    assert_eq!(fee(&schedule, 9_681), "15 000 kr"); // 15 000,11
    assert_eq!(fee(&schedule, 9_682), "15 002 kr"); // 15 001,66
    assert_eq!(fee(&schedule, 77_447), "119 999 kr"); // 119 999,30
    assert_eq!(fee(&schedule, 77_448), "120 000 kr"); // 120 000,85 by population
    assert_eq!(assessed(&schedule, 9_680).standing(), avgift::Standing::AtFloor);
    assert_eq!(assessed(&schedule, 9_681).standing(), avgift::Standing::Within);
    assert_eq!(assessed(&schedule, 77_448).standing(), avgift::Standing::AtCeiling);
}

/// A printed tariff: the rate to öre, 1,5494… is 1,55; the bounds to hundreds, 15 494,38 is 15 500 and 123 955,06 is
/// 124 000. Ale then pays 32 446 × 1,55 = 50 291,30.
#[test]
fn a_printed_tariff_is_rounded_before_any_fee_is_computed() {
    let printed = Some(PrintedTariff { rate: Rounding::Ore, bounds: Rounding::HundredKronor });
    let target =
        EscalationTarget::Parameters { rate: true, amount: true, floor: true, ceiling: true, printed };
    let schedule = carried(tariff_t(), target);
    let value = |amount: avgift::Exact| amount.text(Swedish);
    assert_eq!(value(schedule.rate().unwrap().value), "1,55 kr");
    assert_eq!(value(schedule.floor().unwrap().value), "15 500,00 kr");
    assert_eq!(value(schedule.ceiling().unwrap().value), "124 000,00 kr");
    assert_eq!(fee(&schedule, 32_446), "50 291 kr");
    assert_eq!(fee(&schedule, 10_000), "15 500 kr"); // 15 500,00 by population too
    assert_eq!(fee(&schedule, 9_999), "15 500 kr"); // 15 498,45
    assert_eq!(fee(&schedule, 10_001), "15 502 kr"); // 15 501,55
    assert_eq!(fee(&schedule, 80_001), "124 000 kr"); // 124 001,55
}

/// Figures 100 → 99,2 → 103,0 on a flat fee of 20 000 kr: three policies in two years.
#[test]
fn a_fall_is_followed_or_not() {
    let fees = |policy| {
        [2023, 2024].map(|fee_year| {
            let clause = IndexClause { policy, ..clause(2021, EscalationTarget::Fee) };
            let flat = to_ore(tariff("0", "20 000", "20 000")).indexed(clause);
            fee(&flat.schedule(year(fee_year), &indices(2021, &["100", "99,2", "103,0"])).unwrap(), 32_446)
        })
    };
    assert_eq!(fees(FallPolicy::Follow), ["19 840 kr", "20 600 kr"]);
    assert_eq!(fees(FallPolicy::NeverDown), ["20 000 kr", "20 766,13 kr"]); // 20 000 × 103,0 / 99,2
    assert_eq!(fees(FallPolicy::HighWater), ["20 000 kr", "20 600 kr"]);
}

/// In the year of its price level a tariff is as decided; before that year it is refused, never carried backwards.
#[test]
fn a_tariff_is_never_carried_backwards() {
    let indexed = tariff_t().indexed(clause(2022, EscalationTarget::Fee));
    let figures = indices(2022, &["133,5", "137,9"]);
    assert_eq!(fee(&indexed.schedule(year(2023), &figures).unwrap(), 32_446), "48 669 kr");
    let from_2024 = tariff_t().indexed(clause(2024, EscalationTarget::Fee));
    assert!(matches!(from_2024.schedule(year(2024), &figures), Err(Error::IndexBaseMustNotBeLater { .. })));
}

/// The floor alone is indexed and passes the ceiling: 119 000 × 137,9 / 133,5 = 122 922,09. Refused, never clamped.
#[test]
fn a_floor_carried_above_the_ceiling_is_refused() {
    let only_floor = EscalationTarget::Parameters {
        rate: false,
        amount: false,
        floor: true,
        ceiling: false,
        printed: None,
    };
    let bounds = Bounds::new(Some(sek("119 000").into()), Some(sek("120 000").into())).unwrap();
    let indexed = Tariff { bounds, ..tariff_t() }.indexed(clause(2022, only_floor));
    assert!(matches!(
        indexed.schedule(year(2024), &indices(2022, &["133,5", "137,9"])),
        Err(Error::EscalatedFloorMustNotExceedCeiling { .. })
    ));
}

/// Two preliminary or two final figures. A preliminary one at hand does not stand in for a final one that is asked for.
#[test]
fn a_preliminary_figure_never_stands_in_for_a_final_one() {
    let measure = avgift::Measure::of("LÖI", IndexStatus::Final);
    let asks_for_final = IndexClause { measure, ..clause(2022, EscalationTarget::Fee) };
    let mut figures = indices(2022, &["133,5", "137,9"]);
    let base =
        IndexFigure::new("LÖI", "2022M10".parse().unwrap(), IndexStatus::Final, "133.7".parse().unwrap());
    figures.add(base.unwrap()).unwrap();
    let refused = tariff_t().indexed(asks_for_final).schedule(year(2024), &figures).unwrap_err();
    assert_eq!(refused.to_string(), "no final index figure of `LÖI` for 2023M10");
    assert_eq!(refused.code(), "index-figure-must-be-final");
}

/// No other month stands in for a missing one, and no other series; the refusal names what is there.
#[test]
fn a_missing_figure_is_refused_with_what_is_at_hand() {
    let refused = |clause: IndexClause, fee_year| {
        let figures = indices(2022, &["133,5", "137,9"]);
        tariff_t().indexed(clause).schedule(year(fee_year), &figures).unwrap_err().refusal()
    };
    let later = refused(clause(2022, EscalationTarget::Fee), 2025);
    assert_eq!(
        (later.code, later.message.as_str()),
        ("index-figure-must-exist", "no preliminary figure of `LÖI` for 2024M10")
    );
    assert!(later.mend.contains("2023M10"), "{}", later.mend);
    let other = refused(
        IndexClause {
            measure: avgift::Measure::of("AKI", IndexStatus::Preliminary),
            ..clause(2022, EscalationTarget::Fee)
        },
        2024,
    );
    assert_eq!(other.code, "index-series-must-be-known");
    assert!(other.mend.contains("`LÖI`"), "{}", other.mend);
}

/// Every escalation tells its two figures and their months.
#[test]
fn an_escalation_tells_its_figures() {
    let schedule = carried(tariff_t(), EscalationTarget::Fee);
    let step = assessed(&schedule, 32_446).step(Rule::Escalation).unwrap().clone();
    assert_eq!(step.operand.text(Swedish), "× 137,9 / 133,5");
    let note = step.operand.note(Swedish);
    assert_eq!(note.as_deref(), Some("LÖI, oktober 2023 / oktober 2022, preliminär"));
}
