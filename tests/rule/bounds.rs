//! Rate, floor and ceiling: the heart of the rule, and its edges.

use avgift::Language::Swedish;
use avgift::{
    Bounds, Error, Indices, Outcome, ProrationOrder, Rounding, Rule, Schedule, Share, Standing, Tariff,
};

use crate::made::{assessed, fee, plain, sek, tariff, tariff_t, to_ore, year};

/// The fee, what floor and ceiling did, and that bulk gives the same fee.
#[track_caller]
fn check(schedule: &Schedule, inhabitants: u32, expected: &str, floor: Outcome, ceiling: Outcome) {
    let assessment = assessed(schedule, inhabitants);
    let done = |rule| assessment.step(rule).unwrap().outcome;
    assert_eq!(assessment.fee().text(Swedish), expected);
    assert_eq!((done(Rule::Floor), done(Rule::Ceiling)), (floor, ceiling));
    let bulk = schedule.bulk(Share::WHOLE).unwrap();
    assert_eq!(bulk.fee(assessment.inhabitants()).text(Swedish), expected);
}

/// Tariff T on four members: between the bounds, at the floor, at the ceiling twice.
#[test]
fn four_members_pay_by_their_inhabitants_within_the_bounds() {
    use Outcome::{Applied, NotReached};
    let schedule = plain(tariff_t());
    check(&schedule, 32_446, "48 669 kr", NotReached, NotReached); // Ale: 32 446 × 1,50
    check(&schedule, 4_606, "15 000 kr", Applied, NotReached); // Dals-Ed: 6 909 by population
    check(&schedule, 114_592, "120 000 kr", NotReached, Applied); // Borås: 171 888
    check(&schedule, 604_616, "120 000 kr", NotReached, Applied); // Göteborg: 906 924
}

/// Nobody pays less than the floor. One inhabitant below the break point, at it, above it.
#[test]
fn fee_is_never_below_the_floor() {
    use Outcome::{Applied, NotReached};
    let schedule = plain(tariff_t());
    check(&schedule, 9_999, "15 000 kr", Applied, NotReached); // 14 998,50 by population
    check(&schedule, 10_000, "15 000 kr", NotReached, NotReached);
    check(&schedule, 10_001, "15 002 kr", NotReached, NotReached); // 15 001,50, and 50 öre go up
}

/// Nobody pays more than the ceiling. One inhabitant below the break point, at it, above it.
#[test]
fn fee_is_never_above_the_ceiling() {
    use Outcome::{Applied, NotReached};
    let schedule = plain(tariff_t());
    check(&schedule, 79_999, "119 999 kr", NotReached, NotReached); // 119 998,50, and 50 öre go up
    check(&schedule, 80_000, "120 000 kr", NotReached, NotReached);
    check(&schedule, 80_001, "120 000 kr", NotReached, Applied); // 120 001,50 by population
}

/// Mälarens vattenvårdsförbund, shore municipality: 1,25 kr, 35 000 to 500 000 kr; to öre, as its own table has it.
#[test]
fn malaren_to_the_ore() {
    use Outcome::{Applied, NotReached};
    let schedule = plain(to_ore(tariff("1,25", "35 000", "500 000")));
    check(&schedule, 27_999, "35 000 kr", Applied, NotReached); // 34 998,75
    check(&schedule, 28_000, "35 000 kr", NotReached, NotReached);
    check(&schedule, 28_001, "35 001,25 kr", NotReached, NotReached);
    check(&schedule, 399_999, "499 998,75 kr", NotReached, NotReached);
    check(&schedule, 400_000, "500 000 kr", NotReached, NotReached);
    check(&schedule, 400_001, "500 000 kr", NotReached, Applied); // 500 001,25
}

/// Göteborgsregionen 2024: 72,64 kr per inhabitant and no bounds.
#[test]
fn goteborgsregionen_to_the_ore() {
    use Outcome::NotInForce;
    let unbounded = Tariff { bounds: Bounds::default(), ..tariff("72,64", "0", "0") };
    check(&plain(to_ore(unbounded.clone())), 32_446, "2 356 877,44 kr", NotInForce, NotInForce);
    check(&plain(unbounded), 32_446, "2 356 877 kr", NotInForce, NotInForce);
}

/// A floor alone and a ceiling alone bind on their own side only.
#[test]
fn one_bound_is_enough() {
    use Outcome::{Applied, NotInForce, NotReached};
    let with = |floor: Option<&str>, ceiling: Option<&str>| {
        let bounds = Bounds::new(floor.map(|text| sek(text).into()), ceiling.map(|text| sek(text).into()));
        plain(Tariff { bounds: bounds.unwrap(), ..tariff_t() })
    };
    check(&with(Some("15 000"), None), 4_606, "15 000 kr", Applied, NotInForce);
    check(&with(Some("15 000"), None), 604_616, "906 924 kr", NotReached, NotInForce);
    check(&with(None, Some("120 000")), 4_606, "6 909 kr", NotInForce, NotReached);
    check(&with(None, Some("120 000")), 604_616, "120 000 kr", NotInForce, Applied);
}

/// Floor and ceiling of the same amount make a flat fee, which is the ceiling's where it is neither's own.
#[test]
fn equal_bounds_are_a_flat_fee() {
    let schedule = plain(tariff("1,50", "25 000", "25 000"));
    for inhabitants in [1, 16_666, 16_667, 604_616] {
        assert_eq!(fee(&schedule, inhabitants), "25 000 kr", "{inhabitants}"); // 16 667 × 1,50 is 25 000,50
    }
    assert_eq!(assessed(&schedule, 16_666).standing(), Standing::AtFloor);
    assert_eq!(assessed(&schedule, 16_667).standing(), Standing::AtCeiling);
}

/// Halves of each step: 0,005 kr, 0,50 kr, 5 kr and 50 kr go up, and what is one inhabitant less goes down.
#[test]
fn half_a_step_goes_up() {
    let rounded = |rate: &str, rounding, inhabitants| {
        let schedule = plain(Tariff { rounding, ..tariff(rate, "0", "1 000 000") });
        fee(&schedule, inhabitants)
    };
    assert_eq!(rounded("1,005", Rounding::Ore, 1), "1,01 kr");
    assert_eq!(rounded("1,004", Rounding::Ore, 1), "1 kr");
    assert_eq!(rounded("1,50", Rounding::Krona, 1), "2 kr");
    assert_eq!(rounded("1,49", Rounding::Krona, 1), "1 kr");
    assert_eq!(rounded("1,00", Rounding::TenKronor, 14), "10 kr");
    assert_eq!(rounded("1,00", Rounding::TenKronor, 15), "20 kr");
    assert_eq!(rounded("1,00", Rounding::HundredKronor, 149), "100 kr");
    assert_eq!(rounded("1,00", Rounding::HundredKronor, 150), "200 kr");
}

/// A rate of nothing: everybody is at the floor, and without one nobody pays.
#[test]
fn a_rate_of_nothing_is_the_floor() {
    assert_eq!(fee(&plain(tariff("0", "15 000", "120 000")), 604_616), "15 000 kr");
    assert_eq!(fee(&plain(tariff("0", "0", "120 000")), 604_616), "0 kr");
}

#[test]
fn a_floor_above_the_ceiling_is_refused_and_so_is_one_below_zero() {
    let bounds = |floor: &str, ceiling: &str| Bounds::new(Some(sek(floor).into()), Some(sek(ceiling).into()));
    assert!(matches!(bounds("15 000,01", "15 000"), Err(Error::FloorMustNotExceedCeiling { .. })));
    assert!(bounds("15 000", "15 000").is_ok());
    assert!(matches!(bounds("-1", "15 000"), Err(Error::TariffAmountMustNotBeNegative { .. })));
}

/// The largest population at the largest rate, and bounds as large as öre allow.
#[test]
fn the_largest_amounts_fit_or_are_refused() {
    let largest = tariff("9 999,999999", "0", "92 233 720 368 547 758,07");
    let schedule = plain(to_ore(largest.clone()));
    // 9 999 999 × 9 999,999999 = 99 999 990 000 − 9,999999
    assert_eq!(fee(&schedule, 9_999_999), "99 999 989 990 kr");
    let order = avgift::Proration { order: ProrationOrder::BeforeBounds, ..avgift::Proration::default() };
    let highest_floor =
        Tariff { proration: order, ..tariff("0", "92 233 720 368 547 758,07", "92 233 720 368 547 758,07") };
    assert_eq!(fee(&plain(to_ore(highest_floor.clone())), 1), "92 233 720 368 547 758,07 kr");
    // To hundreds of kronor it would be 92 233 720 368 547 800, and that is more than öre allow.
    let too_high = Tariff { rounding: Rounding::HundredKronor, ..highest_floor };
    let schedule = too_high.schedule(year(2024), &Indices::new()).unwrap();
    assert_eq!(schedule.bulk(Share::WHOLE).err(), Some(Error::AmountMustNotOverflow));
}
