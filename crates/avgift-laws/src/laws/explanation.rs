//! Explanation: whoever does the sum again from the steps comes to the same fee.
//! Why:    each value is computed anew from the value before it and from what the step says it worked with: decided
//!         amounts, index figures, shares. Nothing that the core has multiplied or compared is taken over.

use avgift::{
    Assessment, Broken, Exact, FeeRate, FigurePair, IndexChange, IndexFactor, Inhabitants, Operand, Outcome,
    Parameter, Part, Percent, Pool, PooledMember, Ratio, RebateOn, Reckoning, Rule, Sek, Split, SplitKey,
    Step, Value,
};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};

use super::{Held, got};

/// The steps of an assessment lead to its fee, one by one; and the core's own replay of them comes to it too.
///
/// # Errors
/// The first step whose value or outcome does not follow.
pub fn assessment_replays(assessment: &Assessment) -> Held {
    steps_lead_to(assessment.steps(), assessment.fee())?;
    prop_assert_eq!(
        assessment.step(Rule::Population).map(|step| step.value),
        Some(Value::Inhabitants(assessment.inhabitants()))
    );
    prop_assert_eq!(assessment.replay(), Ok(assessment.fee()));
    Ok(())
}

/// Steps lead to a fee, one by one.
///
/// # Errors
/// The first step whose value or outcome does not follow, or a last one that is not the fee.
pub fn steps_lead_to(steps: &[Step], fee: Sek) -> Held {
    let mut inhabitants = None;
    let mut amount = Exact::ZERO;
    let mut rounded = None;
    let mut unit = 1;
    let mut aside = Exact::ZERO;
    let mut within: Option<&str> = None;
    let mut pool: Option<&Pool> = None;
    for step in steps {
        if within.is_none() && step.component.is_some() {
            // A component is reckoned from nothing and added to what was there.
            (aside, amount) = (amount, Exact::ZERO);
        }
        within = step.component.as_deref();
        let before = amount;
        match &step.operand {
            Operand::Population { .. } => {
                let Value::Inhabitants(count) = step.value else {
                    return Err(TestCaseError::fail("the population is no number of inhabitants"));
                };
                inhabitants = Some(count);
                continue;
            }
            Operand::Pooled(together) => {
                let sum: u32 = together.members().map(|member| member.inhabitants.get()).sum();
                let sum = got(Inhabitants::new(sum))?;
                prop_assert_eq!(step.value, Value::Inhabitants(sum));
                inhabitants = Some(sum);
                pool = Some(together);
                continue;
            }
            Operand::Rate(rate) => {
                let decided = rate.decided.value.exact();
                amount = got(carried(rate, decided)?.times(count(inhabitants)?))?;
            }
            Operand::Reckoning(reckoning) => {
                let inhabitants = inhabitants
                    .ok_or_else(|| TestCaseError::fail("a reckoning, and no population before it"))?;
                amount = reckoned(reckoning, inhabitants)?;
            }
            Operand::Bound(bound) => {
                if let Some(bound) = bound {
                    let bound = carried(bound, bound.decided.value.into())?;
                    amount = if step.rule == Rule::Floor { amount.max(bound) } else { amount.min(bound) };
                }
                let expected = match (bound, amount == before) {
                    (None, _) => Outcome::NotInForce,
                    (Some(_), true) => Outcome::NotReached,
                    (Some(_), false) => Outcome::Applied,
                };
                prop_assert_eq!(step.outcome, expected, "{:?}", step.rule);
            }
            Operand::Factor(factor) => {
                if let Some(factor) = factor {
                    amount = got(amount.times(quotient(factor)?))?;
                }
            }
            Operand::Class { multiplier, .. } => {
                if let Some(multiplier) = multiplier {
                    amount = got(amount.times(multiplier.value.ratio()))?;
                }
            }
            Operand::Added(stated) => {
                prop_assert_eq!(*stated, aside, "another amount was there before the component");
                amount = got(aside.plus(amount))?;
                within = None;
            }
            Operand::YearFactor(factor) => {
                if let Some(factor) = factor {
                    amount = got(amount.times(factor.factor.value.ratio()))?;
                }
            }
            Operand::Discount(discount) => {
                amount = got(amount.times(got(Ratio::ONE.minus(discount.value.ratio()))?))?;
            }
            Operand::Limit { previous, up, down } => {
                if let Some(previous) = previous {
                    let fee = Exact::from(previous.fee.value);
                    let of = |portion: Ratio| got(fee.times(portion));
                    if let Some(up) = up {
                        amount = amount.min(of(got(Ratio::ONE.plus(up.value.ratio()))?)?);
                    }
                    if let Some(down) = down {
                        amount = amount.max(of(got(Ratio::ONE.minus(down.value.ratio()))?)?);
                    }
                }
            }
            Operand::JoiningFee(joining) => {
                if let Some(joining) = joining {
                    amount = got(amount.plus(joining.value.into()))?;
                }
            }
            Operand::Apportioned(apportioned) => {
                // Down to a whole step, and one more for who is among the largest remainders.
                let (step, value) = (apportioned.rounding.step_ore(), step.value);
                let steps = got(amount.ore_ratio().over(Ratio::whole(step)))?;
                let whole = steps.numerator().div_euclid(steps.denominator());
                let whole = whole + i128::from(apportioned.place <= apportioned.raised);
                let ore = i64::try_from(whole * i128::from(step)).unwrap_or(i64::MAX);
                prop_assert_eq!(value, Value::Fee(Sek::from_ore(ore)));
                rounded = Some(Sek::from_ore(ore));
                continue;
            }
            Operand::Share { share, .. } => {
                let share = got(Ratio::new(share.part().into(), share.whole().into()))?;
                amount = got(amount.times(share))?;
            }
            Operand::Rounding(rounding) => {
                let fee = got(rounding.round(amount))?;
                prop_assert_eq!(step.value, Value::Fee(fee));
                rounded = Some(fee);
                unit = rounding.step_ore();
                continue;
            }
            Operand::Split(split) => {
                prop_assert_eq!(rounded, Some(split.whole), "another fee is split");
                let pool = pool.ok_or_else(|| TestCaseError::fail("a split, and no members before it"))?;
                let part = part_of(split, pool, unit)?;
                prop_assert_eq!(step.value, Value::Fee(part));
                rounded = Some(part);
                continue;
            }
        }
        prop_assert_eq!(step.value, Value::Exact(amount), "{:?} does not follow", step.rule);
    }
    prop_assert!(rounded == Some(fee), "the last step is {rounded:?}, the fee is {fee} kr");
    Ok(())
}

/// A part of the fee of a federation: down to a whole step, and one step more where fewer remainders are larger than steps are
/// left; of equal ones the first member goes first.
fn part_of(split: &Split, pool: &Pool, unit: i64) -> Result<Sek, TestCaseError> {
    let key = |member: &PooledMember| match split.key.value {
        SplitKey::Population => i128::from(member.inhabitants.get()),
        SplitKey::Equal => 1,
    };
    let (whole, all) = (i128::from(split.whole.ore() / unit), pool.members().map(key).sum::<i128>());
    prop_assert_eq!(i128::from(split.all), all, "the sum of the keys");
    let rest = |member: &PooledMember| whole * key(member) % all;
    let left = whole - pool.members().map(|member| whole * key(member) / all).sum::<i128>();
    // Nobody is told by name here: of the members with this key and remainder, its place tells which it is.
    let place = usize::try_from(split.apportioned.place).unwrap_or(0);
    let mut order: Vec<&PooledMember> = pool.members().collect();
    order.sort_by_key(|member| (std::cmp::Reverse(rest(member)), member.code));
    let member = place.checked_sub(1).and_then(|place| order.get(place));
    let member = member.ok_or_else(|| TestCaseError::fail("no remainder has this place"))?;
    prop_assert_eq!(key(member), i128::from(split.own), "the member at its place has another key");
    let steps = whole * key(member) / all + i128::from(i128::from(split.apportioned.place) <= left);
    Ok(Sek::from_ore(i64::try_from(steps).unwrap_or(i64::MAX).saturating_mul(unit)))
}

/// What a shape comes to, from what was decided and the member's own figures.
fn reckoned(reckoning: &Reckoning, inhabitants: Inhabitants) -> Result<Exact, TestCaseError> {
    let rate = |rate: &Parameter<FeeRate>| carried(rate, rate.decided.value.exact());
    let amount = |amount: &Parameter<Sek>| carried(amount, amount.decided.value.into());
    let whole = |count: u32| Ratio::whole(count.into());
    let people = inhabitants.get();
    match reckoning {
        Reckoning::Flat { amount: flat } => amount(flat),
        Reckoning::Linear { base, rate: per, per: counting, cap } => {
            let counted = cap.as_ref().map_or(people, |cap| people.min(cap.value.get()));
            let size = counting.size.get();
            let units = match counting.broken {
                Broken::InProportion => got(Ratio::new(counted.into(), size.into()))?,
                Broken::Started => whole(counted / size + u32::from(counted % size > 0)),
                Broken::Full => whole((counted - counted % size) / size),
            };
            let base = base.as_ref().map_or(Ok(Exact::ZERO), amount)?;
            got(base.plus(got(rate(per)?.times(units))?))
        }
        Reckoning::Tier(tier) => {
            let is_within = tier.from <= people && tier.to.is_none_or(|to| people <= to);
            prop_assert!(is_within, "{people} inhabitants in the tier from {} to {:?}", tier.from, tier.to);
            let fixed = tier.amount.as_ref().map_or(Ok(Exact::ZERO), amount)?;
            let per = tier.rate.as_ref().map_or(Ok(Exact::ZERO), rate)?;
            got(fixed.plus(got(per.times(whole(people)))?))
        }
        Reckoning::Brackets(brackets) => {
            let (mut sum, mut counted) = (Exact::ZERO, 0);
            for bracket in brackets {
                let last = bracket.to.map_or(people, |to| to.min(people));
                let per = bracket.rate.as_ref().map_or(Ok(Exact::ZERO), rate)?;
                sum = got(sum.plus(got(per.times(whole(last - counted)))?))?;
                counted = last;
            }
            prop_assert_eq!(counted, people, "the brackets do not count everyone");
            Ok(sum)
        }
        Reckoning::OfFigure { portion, figure, per_inhabitant, rebate, .. } => {
            let of = got(portion.value.ratio().times(figure.value.ratio()))?;
            let kronor = if *per_inhabitant { got(of.times(whole(people)))? } else { of };
            let full = Exact::from_ore_ratio(got(kronor.times(whole(100)))?);
            let Some(rebate) = rebate.as_ref().filter(|rebate| people > rebate.above.get()) else {
                return Ok(full);
            };
            let on = match rebate.on {
                RebateOn::Whole => Ratio::ONE,
                RebateOn::PartAbove => got(Ratio::new((people - rebate.above.get()).into(), people.into()))?,
            };
            got(full.minus(got(full.times(got(on.times(rebate.portion.value.ratio()))?))?))
        }
        Reckoning::Shared { total, keys, .. } => {
            let total = amount(total)?;
            keys.iter().try_fold(Exact::ZERO, |sum, share| {
                let part = got(share.own.over(share.all))?;
                got(sum.plus(got(total.times(got(part.times(share.weight.value.ratio()))?))?))
            })
        }
        Reckoning::Percentage { total, portion } => got(amount(total)?.times(portion.value.ratio())),
        _ => Err(TestCaseError::fail("a reckoning of a kind that is not known here")),
    }
}

/// A rate or bound in the fee year, from what was decided and the published figures.
fn carried<T>(parameter: &Parameter<T>, decided: Exact) -> Result<Exact, TestCaseError> {
    let Some(factor) = &parameter.factor else { return Ok(decided) };
    if let (Some(rounding), true) = (parameter.printed, factor.is_chained()) {
        let first = got(rounding.round(decided))?;
        let printed = factor.changes().iter().try_fold(first, |amount, change| {
            got(rounding.round(got(Exact::from(amount).times(change_of(change)?))?))
        });
        return printed.map(Exact::from);
    }
    let escalated = got(decided.times(quotient(factor)?))?;
    match parameter.printed {
        Some(rounding) => got(rounding.round(escalated)).map(Exact::from),
        None => Ok(escalated),
    }
}

/// The factor, from its figures and from what was decided in place of them.
fn quotient(factor: &IndexFactor) -> Result<Ratio, TestCaseError> {
    factor.changes().iter().try_fold(Ratio::ONE, |product, change| got(product.times(change_of(change)?)))
}

/// One change, written out: passing on a part p of a quotient q and adding a point a is (1 − p) + p·q + a.
fn change_of(change: &IndexChange) -> Result<Ratio, TestCaseError> {
    match change {
        IndexChange::Figures(pair) => of_pair(pair),
        IndexChange::Composed(change) => {
            let part = change.pass_through.map_or(Ratio::ONE, Part::ratio);
            let kept = got(Ratio::ONE.minus(part))?;
            let measured = change.terms.iter().try_fold(Ratio::ZERO, |sum, term| {
                let weight = term.weight.map_or(Ratio::ONE, Part::ratio);
                let figures = term.figures.iter();
                let quotient =
                    figures.map(of_pair).try_fold(Ratio::ONE, |all, pair| got(all.times(pair?)))?;
                got(sum.plus(got(weight.times(quotient))?))
            })?;
            let passed_on = got(got(part.times(measured))?.plus(kept))?;
            got(passed_on.plus(change.point.map_or(Ratio::ZERO, Percent::ratio)))
        }
        IndexChange::Decided(decided) => got(decided.percent.ratio().plus(Ratio::ONE)),
    }
}

fn of_pair(pair: &FigurePair) -> Result<Ratio, TestCaseError> {
    got(Ratio::from_decimal(pair.to.value).over(Ratio::from_decimal(pair.from.value)))
}

fn count(inhabitants: Option<Inhabitants>) -> Result<Ratio, TestCaseError> {
    inhabitants
        .map(|inhabitants| Ratio::whole(inhabitants.get().into()))
        .ok_or_else(|| TestCaseError::fail("a rate, and no population before it"))
}
