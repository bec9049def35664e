//! Shared claims: the laws of a total that members share. A case is a network of two to six sharing members.

use avgift::{Assessment, Basis, Exact, FeeYear, PopulationMode, Rule, Shape, Tariffs, Value, YearOfFees};
use proptest::prelude::{Just, Strategy};
use proptest::prop_assert_eq;
use proptest::test_runner::TestCaseError;

use crate::check::{BrokenLaw, check_over};
use crate::laws::{Held, explanation, order, total};
use crate::scaled;
use crate::strategies::{self, SharedBy};

/// Tries every law of a shared total on so many networks: `shares_sum_to_the_total`, `each_share_is_within_a_step`,
/// `order_of_members_changes_nothing`, `assessment_replays`, and that money scales the exact shares.
///
/// # Errors
/// `total`, with the smallest case and what was wrong.
pub fn check_shared(by: SharedBy, cases: u32) -> Result<(), BrokenLaw> {
    let shuffled = strategies::totals(by).prop_flat_map(|(basis, year)| {
        let members = Just(basis.members.clone()).prop_shuffle();
        (Just(basis), members, Just(year), strategies::factors())
    });
    check_over(cases, "total", shuffled, |(basis, members, year, factor)| {
        let fees = fees(&basis, year)?;
        let tariff = fees.schedule.tariff();
        let (Shape::Total { total: of, .. } | Shape::Percentages { total: of, .. }) = fees.schedule.shape()
        else {
            return Err(TestCaseError::fail("the tariff shares no total"));
        };
        let of_the_year = fees.schedule.of_the_year(of.value);
        let of_the_year = of_the_year.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let sharing: Vec<Assessment> = fees
            .assessments
            .iter()
            .filter(|fee| fee.step(Rule::Class).is_none_or(is_without_class))
            .cloned()
            .collect();
        total::shares_sum_to_the_total(&sharing, of_the_year, tariff.rounding)?;
        total::each_share_is_within_a_step(&sharing, tariff.rounding)?;
        order::order_of_members_changes_nothing(&basis, members, year)?;
        fees.assessments.iter().try_for_each(explanation::assessment_replays)?;
        let is_printed = tariff.index.as_ref().is_some_and(|clause| {
            matches!(clause.target, avgift::EscalationTarget::Parameters { printed: Some(_), .. })
        });
        match scaled::tariff(tariff, factor).filter(|_| !is_printed) {
            Some(scaled) => money_scales(&basis, scaled, year, &fees, factor),
            None => Ok(()),
        }
    })
}

fn is_without_class(step: &avgift::Step) -> bool {
    matches!(&step.operand, avgift::Operand::Class { name: None, .. })
}

fn fees(basis: &Basis, year: FeeYear) -> Result<YearOfFees, TestCaseError> {
    basis.assess_year(year, PopulationMode::Published).map_err(|errors| {
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        TestCaseError::fail(told.join("; "))
    })
}

/// Every exact share times the factor.
fn money_scales(
    basis: &Basis,
    tariff: avgift::Tariff,
    year: FeeYear,
    before: &YearOfFees,
    factor: avgift::Ratio,
) -> Held {
    let tariffs =
        Tariffs::new(vec![tariff]).map_err(|_| TestCaseError::fail("one tariff overlaps nothing"))?;
    let after = fees(&Basis { tariffs, ..basis.clone() }, year)?;
    for (one, other) in before.assessments.iter().zip(&after.assessments) {
        let scaled = exact(one).times(factor).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(exact(other), scaled);
    }
    Ok(())
}

/// The amount before the rounding.
fn exact(fee: &Assessment) -> Exact {
    let before = fee.steps().iter().rev().find_map(|step| match step.value {
        Value::Exact(amount) => Some(amount),
        _ => None,
    });
    before.unwrap_or(Exact::ZERO)
}
