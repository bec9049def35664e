//! Which value gives a frame, under any tariff: worked out by hand, and held to the rule with the value written into the tariff.

use avgift::{
    Among, Assessment, Basis, Bounds, ClassTerms, Component, Counting, Decimal, Error, EscalationTarget,
    Exact, FeeRate, FeeYear, Inhabitants, Key, Member, MemberClass, Operand, PopulationMode, Portion, Ratio,
    Rule, Sek, Shape, Solution, Sought, Tariff, Tariffs, Tier, Tiers, Value, WeightedKey, YearFactor,
    YearOfFees, YearlyLimit,
};
use avgift_laws::proptest::prelude::*;
use avgift_laws::proptest::test_runner::TestCaseError;
use avgift_laws::strategies::federated_networks;

use crate::anything::any_network;
use crate::made::{clause, day, indices, member, network, sek, tariff_t, year};

fn assessed(members: Vec<Member>, tariff: Tariff) -> YearOfFees {
    let mut basis = network(members, tariff);
    basis.indices = indices(2022, &["100,0", "103,0"]);
    basis.assess_year(year(2024), PopulationMode::Published).unwrap()
}

fn fees(codes: &[&str], tariff: Tariff) -> YearOfFees {
    assessed(codes.iter().map(|code| member(code)).collect(), tariff)
}

fn solve(fees: &YearOfFees, target: &str, sought: Sought) -> Result<Solution, Error> {
    Solution::of(fees, sek(target), sought, sought.usual_step())
}

fn from(fees: &YearOfFees, target: &str, sought: Sought) -> Ratio {
    solve(fees, target, sought).unwrap().from
}

fn ratio(above: i128, below: i128) -> Ratio {
    Ratio::new(above, below).unwrap()
}

fn portion(text: &str) -> avgift::Sourced<Portion> {
    text.parse::<Portion>().unwrap().into()
}

fn linear(base: &str, rate: &str, cap: Option<u32>) -> Tariff {
    let shape = Shape::Linear {
        base: Some(sek(base).into()),
        rate: rate.parse::<FeeRate>().unwrap().into(),
        per: Counting::EACH,
        cap: cap.map(|cap| Inhabitants::new(cap).unwrap().into()),
    };
    Tariff::of("T", year(2024), shape)
}

/// 4 000 kr and 0,30 kr for at most 150 000 inhabitants. Ale has 32 446 and Göteborg 604 616, of whom 150 000 are counted:
/// 8 000 + 182 446 × rate = 99 223 kr at 0,50 kr; 2 × base + 54 733,80 kr = 64 733,80 kr at a base of 5 000 kr.
#[test]
fn rate_and_base_of_a_line_with_a_cap() {
    let fees = fees(&["1440", "1480"], linear("4 000", "0,30", Some(150_000)));
    assert_eq!(from(&fees, "99 223", Sought::Rate), ratio(1, 2));
    assert_eq!(from(&fees, "64 733,80", Sought::Base), ratio(5_000, 1));
    let solution = solve(&fees, "70 000", Sought::Base).unwrap();
    // 15 266,20 / 2 = 7 633,10 kr; at 7 600 kr the fees are 17 333,80 and 52 600, at 7 700 kr 17 433,80 and 52 700.
    assert_eq!(solution.from, ratio(76_331, 10));
    let of = |neighbour: Option<avgift::Neighbour>| neighbour.map(|one| (one.value, one.frame)).unwrap();
    assert_eq!(of(solution.below), (ratio(7_600, 1), sek("69 934")));
    assert_eq!(of(solution.above), (ratio(7_700, 1), sek("70 134")));
}

/// 500 kr per 1 000 inhabitants begun: Ale has 33 units, Dals-Ed 5. 38 × 1 000 = 38 000 kr.
#[test]
fn a_rate_per_units_that_are_begun() {
    let per = Counting { size: Inhabitants::new(1_000).unwrap(), broken: avgift::Broken::Started };
    let shape = Shape::Linear { base: None, rate: "500".parse::<FeeRate>().unwrap().into(), per, cap: None };
    let fees = fees(&["1438", "1440"], Tariff::of("T", year(2024), shape));
    assert_eq!(from(&fees, "38 000", Sought::Rate), ratio(1_000, 1));
}

/// Half members pay half, neighbours 25 000 kr whatever the rate. Ale whole, Borås half with 114 592 / 2 = 57 296, Göteborg a neighbour;
/// no bounds: 25 000 + (32 446 + 57 296) × 2 = 204 484 kr. Twice all amounts of 1,50 kr: 2 × (25 000 + 134 613) = 319 226 kr.
#[test]
fn a_rate_with_classes() {
    let class = |name: &str, terms| MemberClass { name: name.into(), terms, origin: None };
    let neighbour = ClassTerms::Own {
        shape: Box::new(Shape::Flat { amount: sek("25 000").into() }),
        bounds: Bounds::default(),
    };
    let classes = vec![class("granne", neighbour), class("halv", ClassTerms::Multiplied(portion("50 %")))];
    let tariff = Tariff { classes, ..Tariff::per_inhabitant("T", year(2024), "1,50".parse().unwrap()) };
    let members = vec![member("1440"), member("1490").in_class("halv"), member("1480").in_class("granne")];
    let fees = assessed(members, tariff);
    assert_eq!(from(&fees, "204 484", Sought::Rate), ratio(2, 1));
    assert_eq!(from(&fees, "319 226", Sought::Scale), ratio(2, 1));
}

/// Steps of 1 000 kr and 2 200 kr, at least 1 500 kr: Dals-Ed is raised to 1 500, Ale pays 2 200. A floor of 2 500 raises both; a
/// scale of 3 triples both. No rate stands in it.
#[test]
fn steps_have_a_floor_and_a_scale_but_no_rate() {
    let tiers = [Tier::of_amount(1, Some(9_999), sek("1 000")), Tier::of_amount(10_000, None, sek("2 200"))];
    let shape = Shape::Tiers(Tiers::new(tiers.to_vec()).unwrap());
    let bounds = Bounds::new(Some(sek("1 500").into()), Some(sek("9 000").into())).unwrap();
    let fees = fees(&["1438", "1440"], Tariff { bounds, ..Tariff::of("T", year(2024), shape) });
    assert_eq!(from(&fees, "5 000", Sought::Floor), ratio(2_500, 1));
    assert_eq!(from(&fees, "11 100", Sought::Scale), ratio(3, 1));
    // A ceiling of 1 800 lowers Ale.
    assert_eq!(from(&fees, "3 300", Sought::Ceiling), ratio(1_800, 1));
    for sought in [Sought::Rate, Sought::Base, Sought::Total] {
        let solved = solve(&fees, "5 000", sought);
        assert!(matches!(solved, Err(Error::SoughtAmountMustBeSet { .. })), "{solved:?}");
    }
}

/// 300 000 kr by inhabitants, escalated by 1,03. A frame of 412 000 kr is a total of 400 000 kr, or a scale of 4 / 3; rounded, the
/// shares still sum to it.
#[test]
fn a_total_is_found_exactly() {
    let keys = vec![WeightedKey { key: Key::Population, weight: portion("100 %") }];
    let shape = Shape::Total { total: sek("300 000").into(), keys, among: Among::All };
    let indexed = Tariff::of("T", year(2024), shape).indexed(clause(2022, EscalationTarget::Fee));
    let fees = fees(&["1438", "1439", "1460", "1461"], indexed);
    let solution = solve(&fees, "412 000", Sought::Total).unwrap();
    assert_eq!((solution.from, solution.to), (ratio(400_000, 1), Some(ratio(400_000, 1))));
    assert_eq!(solution.above.map(|met| (met.value, met.frame)), Some((ratio(400_000, 1), sek("412 000"))));
    assert_eq!(from(&fees, "412 000", Sought::Scale), ratio(4, 3));
}

/// Ale with 32 446 inhabitants, and the four of Dalsland with 29 343 pooled: at 1 kr each 61 789 kr. One discounted by 10 % instead,
/// at the floor of 15 000 kr each: 32 446 + 4 × 13 500 is 86 446 kr.
#[test]
fn a_federation_is_sought_through() {
    use avgift::{Federation, FederationLines, FederationMode, PayerId, SplitKey};
    let of = |mode| {
        let payer = PayerId::new("dme");
        let through = |code: &str| member(code).paid_by(payer.clone());
        let members = ["1438", "1439", "1460", "1461"].map(through).into_iter().chain([member("1440")]);
        let federations = vec![Federation { payer: payer.clone(), mode, origin: None }];
        assessed(members.collect(), Tariff { federations, ..tariff_t() })
    };
    let pooled =
        of(FederationMode::Pooled { split: SplitKey::Population.into(), lines: FederationLines::One });
    assert_eq!(from(&pooled, "61 789", Sought::Rate), ratio(1, 1));
    assert_eq!(
        from(&of(FederationMode::Discounted { discount: portion("10 %") }), "86 446", Sought::Rate),
        ratio(1, 1)
    );
    let amount = sek("25 000").into();
    let flat =
        of(FederationMode::Flat { amount, split: SplitKey::Equal.into(), lines: FederationLines::One });
    assert_eq!(from(&flat, "57 446", Sought::Rate), ratio(1, 1));
    // 48 669 and 25 000 kr, doubled.
    assert_eq!(from(&flat, "147 338", Sought::Scale), ratio(2, 1));
}

/// 1,50 kr between 15 000 and 120 000 kr, on top 0,50 kr for a project, then 90 %. Ale: (32 446 × (rate + 0,50)) × 0,9; at 2,00 kr
/// 73 003,50 kr. Dals-Ed at the floor: (15 000 + 2 303) × 0,9 = 15 572,70 kr.
#[test]
fn components_and_a_factor_of_the_year_stand_between() {
    let component = Component {
        name: "Projekt".into(),
        shape: Shape::PerInhabitant { rate: "0,50".parse::<FeeRate>().unwrap().into() },
        bounds: Bounds::default(),
        index: None,
        origin: None,
    };
    let year_factors = vec![YearFactor { year: year(2024), factor: portion("90 %") }];
    let fees = fees(&["1438", "1440"], Tariff { components: vec![component], year_factors, ..tariff_t() });
    let solution = solve(&fees, "88 576,20", Sought::Rate).unwrap();
    assert_eq!(solution.from, ratio(2, 1));
    assert_eq!(solution.at_floor, vec!["1438".parse().unwrap()]);
    // A floor of 20 000 raises Dals-Ed by 4 500 kr: 15 572,70 + 4 500 + Ale's 58 402,80.
    assert_eq!(from(&fees, "78 475,50", Sought::Floor), ratio(20_000, 1));
}

/// Ale paid 40 000 kr the year before and pays 44 000 kr at most, from 44 000 / 32 446 = 1,3561… kr on; Borås paid 200 000 kr and pays
/// 220 000 at most. (32 446 + 114 592) × 1,00 = 147 038 kr; 44 000 + 114 592 × 1,50 = 215 888 kr.
#[test]
fn a_limit_on_the_yearly_change_bends_the_frame_too() {
    let stated = [("1440", "40 000"), ("1490", "200 000")];
    let stated = stated.map(|(code, fee)| (code.parse().unwrap(), sek(fee).into()));
    let limit = YearlyLimit { up: Some(portion("10 %")), down: None, stated: stated.into() };
    let tariff =
        Tariff { limit: Some(limit), ..Tariff::per_inhabitant("T", year(2024), "1,50".parse().unwrap()) };
    let fees = fees(&["1440", "1490"], tariff);
    assert_eq!(from(&fees, "147 038", Sought::Rate), ratio(1, 1));
    assert_eq!(from(&fees, "215 888", Sought::Rate), ratio(3, 2));
    // No rate gives more than both limits.
    let most = solve(&fees, "264 000", Sought::Rate).unwrap();
    assert_eq!((most.most, most.from), (Some(sek("264 000").into()), ratio(220_000, 114_592)));
    assert!(matches!(solve(&fees, "264 001", Sought::Rate), Err(Error::TargetFrameMustBeAttainable { .. })));
    // Of 1,50 kr, two thirds are 1,00 kr.
    assert_eq!(from(&fees, "147 038", Sought::Scale), ratio(2, 3));
}

/// Whoever joins in July pays half the year and 5 000 kr once: 15 000 / 2 + 5 000 at the floor of 15 000, 20 000 / 2 + 5 000 at 20 000;
/// twice all amounts are twice the joining fee too.
#[test]
fn a_joining_fee_is_scaled_and_stands_beside_the_rest() {
    let proration = avgift::Proration {
        unit: avgift::ProrationUnit::Months(avgift::BrokenUnit::Counted),
        ..avgift::Proration::default()
    };
    let tariff = Tariff { joining_fee: Some(sek("5 000").into()), proration, ..tariff_t() };
    let fees = assessed(vec![member("1438").joined_on(day("2024-07-01"))], tariff);
    assert_eq!(fees.frame.sum, sek("12 500"));
    assert_eq!(from(&fees, "15 000", Sought::Floor), ratio(20_000, 1));
    assert_eq!(from(&fees, "25 000", Sought::Scale), ratio(2, 1));
}

/// Göteborg has a ceiling of its own, 400 000 kr, which stays while that of the tariff is sought; no floor lies above either.
#[test]
fn a_ceiling_of_one_member_stays() {
    let ceilings = [("1480".parse().unwrap(), sek("400 000").into())].into();
    let fees = fees(&["1480", "1490"], Tariff { ceilings, ..tariff_t() });
    assert_eq!(from(&fees, "500 000", Sought::Ceiling), ratio(100_000, 1));
    assert_eq!(solve(&fees, "520 000", Sought::Floor).unwrap().to, Some(ratio(120_000, 1)));
}

/// The frame before its roundings.
fn exact(fees: &YearOfFees) -> Option<Ratio> {
    fees.assessments.iter().try_fold(Ratio::ZERO, |sum, fee| {
        let last = fee.steps().iter().rev().find(|step| step.rule != Rule::Rounding)?;
        let Value::Exact(amount) = last.value else { return None };
        sum.plus(amount.ore_ratio()).ok()
    })
}

/// The fees under the tariff with a value written into it, in hundredths of an öre of a rate and in öre of all else; none where it
/// cannot be written.
fn decided(basis: &Basis, year: FeeYear, sought: Sought, value: Ratio) -> Option<YearOfFees> {
    let tariff = basis.tariffs.in_year(year).unwrap().clone();
    let units = value.times(Ratio::whole(if sought == Sought::Rate { 10_000 } else { 100 })).ok()?;
    assert_eq!(units.denominator(), 1, "{value:?} can be decided");
    let units = i64::try_from(units.numerator()).ok()?;
    let amount = || Sek::from_ore(units).into();
    let rate = || FeeRate::new(Decimal::new(units, 4)).map(Into::into);
    let (mut shape, mut bounds) = (tariff.shape.clone(), tariff.bounds.clone());
    match (sought, &mut shape) {
        (Sought::Floor, _) => bounds = Bounds::new(Some(amount()), bounds.ceiling().cloned()).ok()?,
        (Sought::Ceiling, _) => bounds = Bounds::new(bounds.floor().cloned(), Some(amount())).ok()?,
        (Sought::Rate, Shape::PerInhabitant { rate: per } | Shape::Linear { rate: per, .. }) => {
            *per = rate().ok()?;
        }
        (Sought::Base, Shape::Linear { base, .. }) => *base = Some(amount()),
        (Sought::Total, Shape::Total { total, .. } | Shape::Percentages { total, .. }) => *total = amount(),
        _ => unreachable!("{sought:?} stands in the tariff"),
    }
    let tariffs = Tariffs::new(vec![Tariff { shape, bounds, ..tariff }]).unwrap();
    Basis { tariffs, ..basis.clone() }.assess_year(year, PopulationMode::Published).ok()
}

/// The fees before their roundings, every amount times a scale, in the words of the rule: the limit stands where it stood.
fn scaled(fees: &YearOfFees, scale: Ratio) -> Result<Vec<Ratio>, Error> {
    let kronor = |amount: Sek| Exact::from(amount).ore_ratio();
    let one = |fee: &Assessment| {
        let steps = fee.steps();
        let amount = |place: usize| match steps[place].value {
            Value::Exact(amount) => amount.ore_ratio(),
            _ => Ratio::ZERO,
        };
        let Some(place) = steps.iter().position(|step| step.rule == Rule::Limit) else {
            let last = steps.iter().rposition(|step| matches!(step.value, Value::Exact(_))).unwrap();
            return amount(last).times(scale);
        };
        let mut limited = amount(place - 1).times(scale)?;
        if let Operand::Limit { previous: Some(previous), up, down } = &steps[place].operand {
            let paid = kronor(previous.fee.value);
            if let Some(up) = up {
                limited = limited.min(paid.plus(paid.times(up.value.ratio())?)?);
            }
            if let Some(down) = down {
                limited = limited.max(paid.minus(paid.times(down.value.ratio())?)?);
            }
        }
        let owed = limited.times(fee.share().ratio())?;
        match fee.step(Rule::JoiningFee).map(|step| &step.operand) {
            Some(Operand::JoiningFee(Some(joining))) => owed.plus(kronor(joining.value).times(scale)?),
            _ => Ok(owed),
        }
    };
    each_fee(fees).map(one).collect()
}

/// Each fee; the one fee of a federation once.
fn each_fee(fees: &YearOfFees) -> impl Iterator<Item = &Assessment> {
    let first = |fee: &Assessment| {
        let mut of_payer = fees.assessments.iter().filter(|other| other.payer() == fee.payer());
        of_payer.next().map(Assessment::code) == Some(fee.code())
    };
    fees.assessments.iter().filter(move |fee| fee.split().is_none() || first(fee))
}

/// The frame before its roundings by a value, a second way: of a scale each fee is scaled, elsewhere the value is decided.
fn frame(basis: &Basis, fees: &YearOfFees, sought: Sought, value: Ratio) -> Option<Ratio> {
    match sought {
        Sought::Scale => {
            scaled(fees, value).ok()?.into_iter().try_fold(Ratio::ZERO, |sum, fee| sum.plus(fee).ok())
        }
        _ => exact(&decided(basis, fees.schedule.year(), sought, value)?),
    }
}

fn is_printed(fees: &YearOfFees) -> bool {
    let target = fees.schedule.tariff().index.as_ref().map(|clause| clause.target);
    matches!(target, Some(EscalationTarget::Parameters { printed: Some(_), .. }))
}

/// The value that is found lies where the frame before its roundings, between the decided values on either side, meets the target:
/// on the very line between the two, where none bends beside them.
fn check_exactly(basis: &Basis, fees: &YearOfFees, solution: &Solution) {
    let Solution { sought, target, from, .. } = *solution;
    if is_printed(fees) && sought != Sought::Scale {
        return;
    }
    let step = if sought == Sought::Rate { ratio(1, 10_000) } else { ratio(1, 100) };
    let Ok(steps) = from.over(step) else { return };
    let at = |more: i128| {
        let whole = steps.numerator().div_euclid(steps.denominator()) + more;
        let value = ratio(whole, 1).times(step).unwrap();
        if value < Ratio::ZERO { None } else { Some((value, frame(basis, fees, sought, value)?)) }
    };
    let wanted = Ratio::whole(target.ore());
    let (Some((low, below)), Some((high, above))) = (at(0), at(1)) else { return };
    assert!(below <= wanted && wanted <= above, "{solution:?}: {below:?} {above:?}");
    let (Some((_, before)), Some((_, after))) = (at(-1), at(2)) else { return };
    let rises = |from: Ratio, to: Ratio| to.minus(from).ok();
    let slopes = [rises(before, below), rises(below, above), rises(above, after)];
    if slopes[0] == slopes[1] && slopes[1] == slopes[2] && below < above {
        let along = from.minus(low).unwrap().over(high.minus(low).unwrap()).unwrap();
        let Ok(met) = above.minus(below).unwrap().times(along).and_then(|rise| rise.plus(below)) else {
            return;
        };
        assert_eq!(met, wanted, "{solution:?}");
    }
}

/// The values beside the target give the frames that are told, when they are decided; they are a step apart, and the target lies
/// between their frames.
fn check_neighbours(basis: &Basis, fees: &YearOfFees, solution: &Solution) {
    let Solution { sought, target, .. } = *solution;
    for (neighbour, is_below) in [(solution.below, true), (solution.above, false)] {
        let Some(neighbour) = neighbour else { continue };
        assert_eq!(neighbour.frame.plus(neighbour.remainder).unwrap(), target);
        assert_eq!(neighbour.remainder >= Sek::ZERO, is_below || neighbour.frame == target, "{solution:?}");
        if sought != Sought::Scale
            && let Some(fees) = decided(basis, fees.schedule.year(), sought, neighbour.value)
        {
            let told = (neighbour.frame, neighbour.at_floor, neighbour.at_ceiling);
            assert_eq!(told, (fees.frame.sum, fees.frame.at_floor, fees.frame.at_ceiling), "{solution:?}");
        }
        if sought == Sought::Scale && !fees.schedule.is_shared() {
            let rounding = fees.schedule.tariff().rounding;
            let rounded = scaled(fees, neighbour.value).unwrap().into_iter();
            let rounded = rounded.map(|fee| rounding.round(Exact::from_ore_ratio(fee)).unwrap());
            assert_eq!(neighbour.frame, Sek::sum(rounded).unwrap(), "{solution:?}");
        }
    }
    if let (Some(below), Some(above)) = (solution.below, solution.above) {
        let apart = above.value.minus(below.value).unwrap();
        assert!(below == above || apart == solution.step, "{solution:?}");
    }
}

const ALL: [Sought; 6] =
    [Sought::Rate, Sought::Base, Sought::Floor, Sought::Ceiling, Sought::Total, Sought::Scale];

/// What is found for so many thousandths of the frame.
fn check_found(basis: &Basis, year: FeeYear, sought: Sought, thousandths: i64) -> Result<(), TestCaseError> {
    let Ok(fees) = basis.assess_year(year, PopulationMode::Published) else { return Ok(()) };
    let step = match sought {
        Sought::Scale => sought.usual_step(),
        _ => ratio((thousandths % 7 + 1).into(), 100),
    };
    let target = i128::from(fees.frame.sum.ore()) * i128::from(thousandths) / 1_000;
    let target = Sek::from_ore(i64::try_from(target).unwrap());
    match Solution::of(&fees, target, sought, step) {
        Ok(solution) => {
            check_exactly(basis, &fees, &solution);
            check_neighbours(basis, &fees, &solution);
        }
        Err(Error::TargetFrameMustBeAttainable { range, .. }) => {
            let (least, most) = *range;
            prop_assert!(Exact::from(target) < least || most.is_some_and(|most| Exact::from(target) > most));
        }
        Err(Error::SoughtAmountMustBeSet { .. }) => prop_assert_ne!(sought, Sought::Scale),
        Err(Error::SoughtAmountMustNotBeChained { .. } | Error::AmountMustNotOverflow) => {}
        Err(error) => prop_assert!(false, "{error}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    /// For any network and any target: what is found gives it exactly before the roundings, and the two values beside it stand on
    /// either side after them; what is refused lies outside what is told, or is not in the tariff.
    #[test]
    fn what_is_found_gives_the_target_under_any_tariff(
        (basis, year) in any_network(8), sought in prop::sample::select(ALL.to_vec()), thousandths in 0..=2_500_i64,
    ) {
        check_found(&basis, year, sought, thousandths)?;
    }

    /// The same where a federation is charged as one, at a flat amount, or with a discount.
    #[test]
    fn what_is_found_gives_the_target_with_federations_too(
        (basis, year) in federated_networks(5), sought in prop::sample::select(ALL.to_vec()), thousandths in 0..=2_500_i64,
    ) {
        check_found(&basis, year, sought, thousandths)?;
    }
}
