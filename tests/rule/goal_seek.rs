//! Which value gives a frame: worked out by hand, and held to a second evaluation of every fee.

use avgift::{
    Assessment, Basis, Bounds, Carried, Decimal, Error, EscalationTarget, Exact, FeeRate, FeeYear,
    MunicipalityCode, Neighbour, PopulationMode, ProrationOrder, Ratio, Schedule, Sek, Shape, Solution,
    Sought, Tariff, Tariffs, YearOfFees,
};
use avgift_laws::proptest::prelude::*;
use avgift_laws::strategies::networks;

use crate::made::{clause, indices, member, network, sek, tariff_t, year};

fn fees(codes: &[&str], tariff: Tariff) -> YearOfFees {
    let members = codes.iter().map(|code| member(code)).collect();
    let mut basis = network(members, tariff);
    basis.indices = indices(2022, &["100,0", "103,0"]);
    basis.assess_year(year(2024), PopulationMode::Published).unwrap()
}

/// Dals-Ed with 4 606 inhabitants at the floor, Ale with 32 446 between, Göteborg with 604 616 at the ceiling.
fn three() -> YearOfFees {
    fees(&["1438", "1440", "1480"], tariff_t())
}

fn solve(fees: &YearOfFees, target: &str, sought: Sought) -> Result<Solution, Error> {
    Solution::of(fees, sek(target), sought, sought.usual_step())
}

fn ratio(above: i128, below: i128) -> Ratio {
    Ratio::new(above, below).unwrap()
}

fn told(neighbour: Option<Neighbour>) -> (Ratio, Sek, Sek) {
    let neighbour = neighbour.unwrap();
    (neighbour.value, neighbour.frame, neighbour.remainder)
}

/// 200 000 − 15 000 − 120 000 = 65 000 kr are left to Ale: 65 000 / 32 446 = 2,00332… kr.
/// At 2,00 kr it pays 64 892 kr, at 2,01 kr 65 216,46 kr.
#[test]
fn a_rate_is_found_exactly_and_between_two_ore() {
    let solution = solve(&three(), "200 000", Sought::Rate).unwrap();
    assert_eq!((solution.from, solution.to), (ratio(65_000, 32_446), Some(ratio(65_000, 32_446))));
    assert!(!solution.is_plateau());
    assert_eq!(told(solution.below), (ratio(2, 1), sek("199 892"), sek("108")));
    assert_eq!(told(solution.above), (ratio(201, 100), sek("200 216"), sek("-216")));
    let code = |code: &str| code.parse::<MunicipalityCode>().unwrap();
    assert_eq!((solution.at_floor, solution.at_ceiling), (vec![code("1438")], vec![code("1480")]));
    assert_eq!((solution.today, solution.frame_today), (ratio(3, 2), sek("183 669")));
    assert_eq!((solution.least, solution.most), (sek("45 000").into(), Some(sek("360 000").into())));
}

/// The same with an index of 1,03 on the fee: 206 000 kr of the year are 200 000 kr at the prices of the tariff.
#[test]
fn what_is_found_stands_at_the_prices_of_the_tariff() {
    let indexed = tariff_t().indexed(clause(2022, EscalationTarget::Fee));
    let solution = solve(&fees(&["1438", "1440", "1480"], indexed), "206 000", Sought::Rate).unwrap();
    assert_eq!(solution.from, ratio(65_000, 32_446));
    // 15 450 + 64 892 × 1,03 = 66 838,76 + 123 600, and 65 216,46 × 1,03 = 67 172,95.
    assert_eq!(told(solution.below), (ratio(2, 1), sek("205 889"), sek("111")));
    assert_eq!(told(solution.above), (ratio(201, 100), sek("206 223"), sek("-223")));
}

/// With the rate alone indexed, 65 000 kr are 32 446 × 1,03 × 1,94497…
#[test]
fn an_index_on_the_rate_alone_is_taken_off_the_rate() {
    let target = EscalationTarget::Parameters {
        rate: true,
        amount: false,
        floor: false,
        ceiling: false,
        printed: None,
    };
    let solution = solve(
        &fees(&["1438", "1440", "1480"], tariff_t().indexed(clause(2022, target))),
        "200 000",
        Sought::Rate,
    );
    assert_eq!(solution.unwrap().from, ratio(6_500_000, 32_446 * 103));
}

/// Dals-Ed at the floor and Göteborg at the ceiling: 135 000 kr from 120 000 / 604 616 to 15 000 / 4 606 kr.
#[test]
fn a_plateau_has_a_beginning_and_an_end() {
    let solution = solve(&fees(&["1438", "1480"], tariff_t()), "135 000", Sought::Rate).unwrap();
    assert!(solution.is_plateau());
    assert_eq!((solution.from, solution.to), (ratio(120_000, 604_616), Some(ratio(15_000, 4_606))));
    assert_eq!(told(solution.above), (ratio(20, 100), sek("135 000"), Sek::ZERO));
    assert_eq!(solution.below, solution.above);
    // At 0,198476 kr itself Göteborg is not lowered yet.
    assert!(solution.at_ceiling.is_empty());
}

/// Every rate lies between three floors and three ceilings: one öre outside is refused, with both.
#[test]
fn a_target_that_no_value_gives_is_refused_with_what_some_value_gives() {
    for target in ["44 999,99", "360 000,01", "-1"] {
        let Err(Error::TargetFrameMustBeAttainable { range, .. }) = solve(&three(), target, Sought::Rate)
        else {
            panic!("{target} is refused")
        };
        assert_eq!(*range, (sek("45 000").into(), Some(sek("360 000").into())));
    }
    let lowest = solve(&three(), "45 000", Sought::Rate).unwrap();
    assert_eq!((lowest.from, lowest.to), (Ratio::ZERO, Some(ratio(15_000, 604_616))));
    let highest = solve(&three(), "360 000", Sought::Rate).unwrap();
    assert_eq!(highest.from, ratio(120_000, 4_606));
    assert_eq!(highest.to, Some(ratio(9_999_999_999, 1_000_000)));
}

/// A floor of 20 000 raises Dals-Ed by 5 000 kr; one of 60 000 raises Ale too. No floor lies above the ceiling.
#[test]
fn a_floor_is_found() {
    let solution = solve(&three(), "188 669", Sought::Floor).unwrap();
    assert_eq!(solution.from, ratio(20_000, 1));
    assert_eq!(told(solution.above), (ratio(20_000, 1), sek("188 669"), Sek::ZERO));
    assert_eq!(solve(&three(), "240 000", Sought::Floor).unwrap().from, ratio(60_000, 1));
    // The least is no floor at all: 6 909 + 48 669 + 120 000.
    assert_eq!(solution.least, sek("175 578").into());
    assert_eq!(solution.most, Some(sek("360 000").into()));
}

/// A ceiling of 100 000 lowers Göteborg by 20 000 kr; above its 906 924 kr no ceiling lowers anybody.
#[test]
fn a_ceiling_is_found() {
    let solution = solve(&three(), "163 669", Sought::Ceiling).unwrap();
    assert_eq!((solution.from, solution.to), (ratio(100_000, 1), Some(ratio(100_000, 1))));
    let highest = solve(&three(), "970 593", Sought::Ceiling).unwrap(); // 15 000 + 48 669 + 906 924
    assert_eq!((highest.from, highest.to), (ratio(906_924, 1), None));
    assert!(solve(&three(), "970 594", Sought::Ceiling).is_err());
    // The least ceiling is the floor, which all three then pay.
    assert_eq!(solution.least, sek("45 000").into());
}

/// 200 000 / 183 669 = 1,08891…; at 108,89 % they pay 16 333,50, 52 995,67 and 130 668 kr; at 108,90 % 16 335, 53 000,54
/// and 130 680 kr.
#[test]
fn a_scale_is_found() {
    let solution = solve(&three(), "200 000", Sought::Scale).unwrap();
    assert_eq!(solution.from, ratio(200_000, 183_669));
    assert_eq!(told(solution.below), (ratio(10_889, 10_000), sek("199 998"), sek("2")));
    assert_eq!(told(solution.above), (ratio(10_890, 10_000), sek("200 016"), sek("-16")));
}

#[test]
fn a_bound_that_is_not_there_and_a_step_of_nothing_are_refused() {
    let unbounded = Tariff { bounds: Bounds::default(), ..tariff_t() };
    let fees = fees(&["1440"], unbounded);
    for sought in [Sought::Floor, Sought::Ceiling] {
        assert!(matches!(solve(&fees, "1 000", sought), Err(Error::SoughtAmountMustBeSet { .. })));
    }
    let nothing = Solution::of(&fees, sek("1 000"), Sought::Rate, Ratio::ZERO);
    assert!(matches!(nothing, Err(Error::SolveStepMustBeAboveZero { .. })));
}

/// The frame before its roundings, a second way: each fee by the words of the rule, in fractions.
fn frame(fees: &YearOfFees, sought: Sought, value: Ratio) -> Ratio {
    let schedule = &fees.schedule;
    let of = |this: Sought, as_it_is: Option<Exact>, factor: Option<Ratio>| {
        let scale = if sought == Sought::Scale { value } else { Ratio::ONE };
        let value = match sought == this {
            true => {
                Some(value.times(factor.unwrap_or(Ratio::ONE)).unwrap().times(Ratio::whole(100)).unwrap())
            }
            false => as_it_is.map(Exact::ore_ratio),
        };
        value.map(|value| value.times(scale).unwrap())
    };
    let of_parameter = |factor: &Option<avgift::IndexFactor>| factor.as_ref().map(avgift::IndexFactor::ratio);
    let rate = schedule.rate().unwrap();
    let rate = of(Sought::Rate, Some(rate.value), of_parameter(&rate.factor)).unwrap();
    let floor = schedule
        .floor()
        .map(|floor| of(Sought::Floor, Some(floor.value), of_parameter(&floor.factor)).unwrap());
    let ceiling = schedule
        .ceiling()
        .map(|ceiling| of(Sought::Ceiling, Some(ceiling.value), of_parameter(&ceiling.factor)).unwrap());
    let bounded = |amount: Ratio| {
        let raised = floor.map_or(amount, |floor| amount.max(floor));
        ceiling.map_or(raised, |ceiling| raised.min(ceiling))
    };
    let one = |fee: &Assessment| {
        let (share, by) =
            (fee.share().ratio(), Ratio::whole(fee.inhabitants().get().into()).times(rate).unwrap());
        match schedule.tariff().proration.order {
            ProrationOrder::AfterBounds => bounded(by).times(share).unwrap(),
            ProrationOrder::BeforeBounds if fee.share().is_nothing() => Ratio::ZERO,
            ProrationOrder::BeforeBounds => bounded(by.times(share).unwrap()),
        }
    };
    let sum = fees.assessments.iter().map(one).fold(Ratio::ZERO, |sum, fee| sum.plus(fee).unwrap());
    sum.times(schedule.fee_factor().map_or(Ratio::ONE, avgift::IndexFactor::ratio)).unwrap()
}

/// The frame of rounded fees under the tariff with a value written into it, as the board would decide it.
fn decided(basis: &Basis, year: FeeYear, sought: Sought, value: Ratio) -> Option<Sek> {
    let tariff = basis.tariffs.in_year(year).unwrap().clone();
    let hundredths = value.times(Ratio::whole(100)).unwrap();
    assert_eq!(hundredths.denominator(), 1, "the steps are whole öre");
    let ore = i64::try_from(hundredths.numerator()).unwrap();
    let (floor, ceiling) = (tariff.bounds.floor().cloned(), tariff.bounds.ceiling().cloned());
    let bounds = match sought {
        Sought::Floor => Bounds::new(Some(Sek::from_ore(ore).into()), ceiling).ok()?,
        Sought::Ceiling => Bounds::new(floor, Some(Sek::from_ore(ore).into())).ok()?,
        _ => tariff.bounds.clone(),
    };
    let shape = match sought {
        Sought::Rate => Shape::PerInhabitant { rate: FeeRate::new(Decimal::new(ore, 2)).unwrap().into() },
        _ => tariff.shape.clone(),
    };
    let tariffs = Tariffs::new(vec![Tariff { shape, bounds, ..tariff }]).unwrap();
    let fees = Basis { tariffs, ..basis.clone() }.assess_year(year, PopulationMode::Published).ok()?;
    Some(fees.frame.sum)
}

/// What must hold of every solution.
fn check(basis: &Basis, fees: &YearOfFees, solution: &Solution) {
    let Solution { sought, target, .. } = *solution;
    let wanted = Ratio::whole(target.ore());
    assert_eq!(frame(fees, sought, solution.from), wanted, "{solution:?}");
    if let Some(to) = solution.to {
        assert_eq!(frame(fees, sought, to), wanted, "{solution:?}");
        assert!(solution.from <= to);
    }
    for (neighbour, is_below) in [(solution.below, true), (solution.above, false)] {
        let Some(neighbour) = neighbour else { continue };
        assert_eq!(neighbour.frame.plus(neighbour.remainder).unwrap(), target);
        assert_eq!(neighbour.remainder >= Sek::ZERO, is_below || neighbour.frame == target, "{solution:?}");
        if sought != Sought::Scale {
            assert_eq!(decided(basis, fees.schedule.year(), sought, neighbour.value), Some(neighbour.frame));
        }
    }
    if let (Some(below), Some(above)) = (solution.below, solution.above) {
        let apart = above.value.minus(below.value).unwrap();
        assert!(below == above || apart == solution.step, "{solution:?}");
    }
}

const ALL: [Sought; 4] = [Sought::Rate, Sought::Floor, Sought::Ceiling, Sought::Scale];

/// Whether an escalated tariff is printed: its rounding lies between the value found and the fees.
fn is_printed(schedule: &Schedule) -> bool {
    let target = schedule.tariff().index.as_ref().map(|clause| clause.target);
    matches!(target, Some(EscalationTarget::Parameters { printed: Some(_), .. }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// For a random network and a random target, in the range that is told or refused with it: the value that is found
    /// gives the target exactly before the roundings, and the two beside it stand on either side after them.
    #[test]
    fn what_is_found_gives_the_target((basis, year) in networks(12), sought in prop::sample::select(ALL.to_vec()), thousandths in 0..=2_000_i64) {
        let fees = basis.assess_year(year, PopulationMode::Published).unwrap();
        let step = match sought {
            Sought::Scale => sought.usual_step(),
            _ => ratio((thousandths % 7 + 1).into(), 100),
        };
        let target = Sek::from_ore(i64::try_from(i128::from(fees.frame.sum.ore()) * i128::from(thousandths) / 1_000).unwrap());
        match Solution::of(&fees, target, sought, step) {
            Ok(solution) => check(&basis, &fees, &solution),
            Err(Error::SoughtAmountMustBeSet { .. }) => {
                let there = if sought == Sought::Floor { fees.schedule.floor().is_some() } else { fees.schedule.ceiling().is_some() };
                prop_assert!(!there);
            }
            Err(Error::SoughtAmountMustNotBeChained { .. }) => {
                let carried = fees.schedule.tariff().index.as_ref().map(|clause| clause.carried);
                prop_assert_eq!(carried, Some(Carried::Printed));
            }
            Err(Error::TargetFrameMustBeAttainable { range, .. }) => {
                let (least, most) = *range;
                prop_assert!(Exact::from(target) < least || most.is_some_and(|most| Exact::from(target) > most));
                // A target within the range, next to its end.
                let inside = avgift::Rounding::Ore.round(if Exact::from(target) < least { least } else { most.unwrap() }).unwrap();
                let is_inside = Exact::from(inside) >= least && most.is_none_or(|most| Exact::from(inside) <= most);
                if is_inside {
                    check(&basis, &fees, &Solution::of(&fees, inside, sought, step).unwrap());
                }
            }
            Err(error) => prop_assert!(false, "{error}"),
        }
    }

    /// The value as it stands gives the frame as it stands, where the fees are exact and no tariff is printed.
    #[test]
    fn the_frame_as_it_stands_is_given_by_the_value_as_it_stands((basis, year) in networks(8), sought in prop::sample::select(ALL.to_vec())) {
        let fees = basis.assess_year(year, PopulationMode::Published).unwrap();
        if is_printed(&fees.schedule) {
            return Ok(());
        }
        let Ok(solution) = Solution::of(&fees, fees.frame.sum, sought, ratio(1, 100)) else { return Ok(()) };
        let exact = frame(&fees, sought, solution.today);
        if exact == Ratio::whole(fees.frame.sum.ore()) {
            prop_assert!(solution.from <= solution.today && solution.to.is_none_or(|to| solution.today <= to));
        }
    }
}
