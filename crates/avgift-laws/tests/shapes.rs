//! What the claims do not try: what is stored of any shape reads back, a lint over the largest populations, totals of many members.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

use avgift::{PopulationMode, Shape};
use avgift_laws::laws::{explanation, order, total};
use avgift_laws::proptest::prelude::{Just, Strategy};
use avgift_laws::proptest::test_runner::TestCaseError;
use avgift_laws::strategies::{inhabitants, shaped, sharing_networks};
use avgift_laws::{BrokenLaw, FeeRule, check};

/// Where no fall is told there is none: the rounded fee of a whole year never falls, whatever two populations are compared.
#[test]
fn what_tells_no_fall_has_none() -> Result<(), BrokenLaw> {
    check("falls", (shaped(), inhabitants()), |((rule, a, _), b)| {
        let is_of_a_figure = matches!(rule.schedule().shape(), Shape::OfFigure(_));
        if is_of_a_figure || !rule.schedule().falls().unwrap().is_empty() {
            return Ok(());
        }
        let fee =
            |n| rule.fee(n, avgift::Share::WHOLE).map_err(|error| TestCaseError::fail(error.to_string()));
        match fee(a.min(b))? <= fee(a.max(b))? {
            true => Ok(()),
            false => Err(TestCaseError::fail("a fall that is not told")),
        }
    })
}

#[test]
fn every_explanation_replays_and_reads_back() -> Result<(), BrokenLaw> {
    check("explanation", shaped(), |(rule, n, share)| {
        let assessment = rule.assessment(n, share).unwrap();
        let json = serde_json::to_string(&assessment).unwrap();
        if serde_json::from_str::<avgift::Assessment>(&json).unwrap() != assessment {
            return Err(TestCaseError::fail("another assessment was read back"));
        }
        explanation::assessment_replays(&assessment)
    })
}

/// Shares sum to the total, each within a step of exact, in any order of the members; and each replays.
#[test]
fn a_total_is_shared_to_the_step() -> Result<(), BrokenLaw> {
    let shuffled = sharing_networks(12).prop_flat_map(|(basis, year)| {
        let members = Just(basis.members.clone()).prop_shuffle();
        (Just(basis), members, Just(year))
    });
    check("total", shuffled, |(basis, members, year)| {
        let fees = basis.assess_year(year, PopulationMode::Published).unwrap();
        let tariff = fees.schedule.tariff();
        let Shape::Total { total, .. } = &tariff.shape else {
            return Err(TestCaseError::fail("the tariff shares no total"));
        };
        total::shares_sum_to_the_total(&fees.assessments, total.value.into(), tariff.rounding)?;
        total::each_share_is_within_a_step(&fees.assessments, tariff.rounding)?;
        order::order_of_members_changes_nothing(&basis, members, year)?;
        fees.assessments.iter().try_for_each(explanation::assessment_replays)
    })
}
