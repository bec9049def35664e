//! The laws of parts and instalments, on fees of any tariff with components, factor, limit, share of the year and joining fee.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

use avgift::{
    Assessment, Bounds, BrokenUnit, Component, Exact, FeePart, FeeParts, FeeYear, Indices, Instalments,
    Leaving, Member, NaiveDate, PartSize, PopulationFigure, Portion, PreviousFee, Proration, ProrationOrder,
    ProrationUnit, Ratio, Rounding, Sek, Shape, Tariff, YearFactor, YearlyLimit,
};
use avgift_laws::laws::division;
use avgift_laws::proptest::prelude::*;
use avgift_laws::{BrokenLaw, cases, check_over, strategies};

fn year() -> FeeYear {
    FeeYear::new(2024).unwrap()
}

fn portion(millionths: u32) -> Portion {
    format!("{}.{:04} %", millionths / 10_000, millionths % 10_000).parse().unwrap()
}

fn ratio(millionths: u32) -> Ratio {
    Ratio::new(millionths.into(), 1_000_000).unwrap()
}

/// The amounts of a fee: the rate, two components, what a joining costs.
#[derive(Debug, Clone)]
struct Amounts {
    main: i64,
    components: [i64; 2],
    joining: Option<i64>,
}

/// A tariff of a flat fee and two components, and what works on their sum.
fn tariff(amounts: &Amounts, rounding: Rounding, factor: Option<u32>, limit: Option<u32>) -> Tariff {
    let flat = |ore| Shape::Flat { amount: Sek::from_ore(ore).into() };
    let component = |(place, ore): (usize, &i64)| Component {
        name: format!("K{place}"),
        shape: flat(*ore),
        bounds: Bounds::default(),
        index: None,
        origin: None,
    };
    Tariff {
        components: amounts.components.iter().enumerate().map(component).collect(),
        rounding,
        year_factors: factor
            .map(|factor| YearFactor { year: year(), factor: portion(factor).into() })
            .into_iter()
            .collect(),
        limit: limit.map(|up| YearlyLimit {
            up: Some(portion(up).into()),
            down: None,
            stated: std::collections::BTreeMap::new(),
        }),
        proration: Proration {
            unit: ProrationUnit::Months(BrokenUnit::Counted),
            leaving: Leaving::FullYear,
            order: ProrationOrder::AfterBounds,
        },
        joining_fee: amounts.joining.map(|ore| Sek::from_ore(ore).into()),
        ..Tariff::of("T", year(), flat(amounts.main))
    }
}

fn amounts() -> impl Strategy<Value = Amounts> + Clone {
    let ore = || prop_oneof![Just(0_i64), 1..200_i64, 1..10_000_000_i64];
    (ore(), [ore(), ore()], proptest::option::of(ore())).prop_map(|(main, components, joining)| Amounts {
        main,
        components,
        joining,
    })
}

/// A fee with the step it was rounded to, and the exact amount that each component has of it.
fn fees() -> impl Strategy<Value = (Assessment, Rounding, [Exact; 2])> + Clone {
    let terms = (
        strategies::roundings(),
        proptest::option::of(0..2_000_000_u32),
        proptest::option::of(0..1_000_000_u32),
    );
    (amounts(), terms, 1..=12_u32, 0..10_000_000_i64).prop_map(|(amounts, terms, month, previous)| {
        let (rounding, factor, limit) = terms;
        let tariff = tariff(&amounts, rounding, factor, limit);
        let day = NaiveDate::from_ymd_opt(2024, month, 1).unwrap();
        let member = Member::new("0102".parse().unwrap(), "Exempelkommun").joined_on(day);
        let population = PopulationFigure::of_year_end(member.code, 2023, 1_000).unwrap();
        let fee = Sek::from_ore(previous).into();
        let paid = PreviousFee { year: FeeYear::new(2023).unwrap(), fee, is_stated: false };
        let schedule = tariff.schedule(year(), &Indices::new()).unwrap();
        let schedule = schedule.after([(member.code, paid)].into_iter().collect());
        let fee = schedule.assess(&member, &population).unwrap();
        let exact = exact(&amounts, factor, limit, 13 - month, previous);
        (fee, rounding, exact)
    })
}

/// What each component has of the fee, by a sum of its own: the order of the rule, on the whole and on the part.
fn exact(
    amounts: &Amounts,
    factor: Option<u32>,
    limit: Option<u32>,
    months: u32,
    previous: i64,
) -> [Exact; 2] {
    let share = Ratio::new(months.into(), 12).unwrap();
    let main = Exact::from(Sek::from_ore(amounts.main));
    let components = amounts.components.map(|ore| Exact::from(Sek::from_ore(ore)));
    let whole = components.iter().fold(main, |sum, one| sum.plus(*one).unwrap());
    let times = |ratio: Ratio| move |amount: Exact| amount.times(ratio).unwrap();
    let factored = factor.map_or(whole, |factor| times(ratio(factor))(whole));
    let most =
        limit.map(|up| times(Ratio::ONE.plus(ratio(up)).unwrap())(Exact::from(Sek::from_ore(previous))));
    let limited = most.map_or(factored, |most| factored.min(most));
    let owed = times(share)(limited);
    components.map(|one| match whole == Exact::ZERO {
        true => Exact::ZERO,
        false => owed.times(one.ore_ratio().over(whole.ore_ratio()).unwrap()).unwrap(),
    })
}

fn part(place: usize, size: PartSize) -> FeePart {
    FeePart { name: format!("Del{place}"), size, origin: None }
}

/// Shares that leave something, and the place of the rest among them.
fn shares() -> impl Strategy<Value = (FeeParts, Vec<Option<u32>>)> + Clone {
    (proptest::collection::vec(0..1_000_000_u32, 0..6), any::<prop::sample::Index>()).prop_map(
        |(millionths, rest)| {
            let count = u32::try_from(millionths.len() + 1).unwrap();
            let mut shares: Vec<Option<u32>> = millionths.iter().map(|share| Some(share / count)).collect();
            shares.insert(rest.index(shares.len() + 1), None);
            let size =
                |share: &Option<u32>| share.map_or(PartSize::Rest, |share| PartSize::Share(portion(share)));
            let parts = shares.iter().enumerate().map(|(place, share)| part(place, size(share)));
            (FeeParts::new(parts.collect()).unwrap(), shares)
        },
    )
}

#[test]
fn shares_of_a_fee_are_the_fee() -> Result<(), BrokenLaw> {
    check_over(cases(), "parts", (fees(), shares()), |((fee, step, _), (parts, shares))| {
        division::parts_sum_to_the_fee(&parts, &fee, step)?;
        let named: u32 = shares.iter().flatten().sum();
        let exact =
            |share: &Option<u32>| Exact::from(fee.fee()).times(ratio(share.unwrap_or(1_000_000 - named)));
        let exact: Vec<Exact> = shares.iter().map(exact).collect::<Result<_, _>>().unwrap();
        division::each_part_is_within_a_step(&parts, &fee, &exact, step)
    })
}

#[test]
fn components_of_a_fee_are_the_fee() -> Result<(), BrokenLaw> {
    let together = [false, true];
    check_over(
        cases(),
        "components",
        (fees(), prop::sample::select(together.to_vec())),
        |((fee, step, exact), one_part)| {
            let named =
                |names: &[usize]| PartSize::Components(names.iter().map(|name| format!("K{name}")).collect());
            let (parts, exact) = match one_part {
                true => (vec![named(&[0, 1])], vec![exact[0].plus(exact[1]).unwrap()]),
                false => (vec![named(&[0]), named(&[1])], exact.to_vec()),
            };
            let parts =
                parts.into_iter().chain([PartSize::Rest]).enumerate().map(|(place, size)| part(place, size));
            let parts = FeeParts::new(parts.collect()).unwrap();
            division::parts_sum_to_the_fee(&parts, &fee, step)?;
            // The rest is held by the sum: of it the joining fee, and what rounding the whole moved, are a part.
            let named = exact.iter().fold(Exact::ZERO, |sum, one| sum.plus(*one).unwrap());
            let rest = Exact::from(fee.fee()).minus(named).unwrap();
            let exact: Vec<Exact> = exact.into_iter().chain([rest]).collect();
            division::each_part_is_within_a_step(&parts, &fee, &exact, step)
        },
    )
}

#[test]
fn instalments_of_an_amount_are_the_amount() -> Result<(), BrokenLaw> {
    let equal = (2..=36_u32).prop_map(|count| {
        let each = Ratio::new(1, count.into()).unwrap();
        (Instalments::equal(count as usize).unwrap(), vec![each; count as usize])
    });
    let stated = proptest::collection::vec(0..1_000_000_u32, 1..8).prop_map(|millionths| {
        let count = u32::try_from(millionths.len()).unwrap();
        let mut shares: Vec<u32> = millionths.iter().map(|share| share / count).collect();
        shares.push(1_000_000 - shares.iter().sum::<u32>());
        let portions: Vec<_> = shares.iter().map(|share| portion(*share).into()).collect();
        (Instalments::shares(&portions).unwrap(), shares.iter().map(|share| ratio(*share)).collect())
    });
    let divided = (prop_oneof![equal, stated], 0..50_000_000_i64, strategies::roundings());
    check_over(cases(), "instalments", divided, |((instalments, shares), steps, step)| {
        let amount = Sek::from_ore(steps / step.step_ore() * step.step_ore());
        division::instalments_sum_to_the_amount(&instalments, amount, step)?;
        let exact = shares.iter().map(|share| Exact::from(amount).times(*share));
        let exact: Vec<Exact> = exact.collect::<Result<_, _>>().unwrap();
        division::each_instalment_is_within_a_step(&instalments, amount, &exact, step)
    })
}
