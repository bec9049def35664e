//! Explanation: whoever does the sum again from the steps comes to the same fee.
//! Why:    each value is computed anew from the value before it and from what the step says it worked with: decided
//!         amounts, index figures, shares. Nothing that the core has multiplied or compared is taken over.

use avgift::{
    Assessment, Exact, FigurePair, IndexChange, IndexFactor, Inhabitants, Operand, Outcome, Parameter, Part,
    Percent, Ratio, Rule, Sek, Step, Value,
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
    for step in steps {
        let before = amount;
        match &step.operand {
            Operand::Population { .. } => {
                let Value::Inhabitants(count) = step.value else {
                    return Err(TestCaseError::fail("the population is no number of inhabitants"));
                };
                inhabitants = Some(count);
                continue;
            }
            Operand::Rate(rate) => {
                let decided = rate.decided.value.exact();
                amount = got(carried(rate, decided)?.times(count(inhabitants)?))?;
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
            Operand::Share { share, .. } => {
                let share = got(Ratio::new(share.part().into(), share.whole().into()))?;
                amount = got(amount.times(share))?;
            }
            Operand::Rounding(rounding) => {
                let fee = got(rounding.round(amount))?;
                prop_assert_eq!(step.value, Value::Fee(fee));
                rounded = Some(fee);
                continue;
            }
        }
        prop_assert_eq!(step.value, Value::Exact(amount), "{:?} does not follow", step.rule);
    }
    prop_assert!(rounded == Some(fee), "the last step is {rounded:?}, the fee is {fee} kr");
    Ok(())
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
