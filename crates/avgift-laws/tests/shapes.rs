//! What the claims do not try: what is stored of any shape reads back, a lint over the largest populations, totals of many members.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

use std::cell::Cell;

use avgift::{FederationMode, PopulationMode, Shape};
use avgift_laws::laws::{explanation, federation, order, total};
use avgift_laws::proptest::prelude::{Just, Strategy};
use avgift_laws::proptest::test_runner::TestCaseError;
use avgift_laws::strategies::{federated_networks, inhabitants, shaped, sharing_networks};
use avgift_laws::{BrokenLaw, FeeRule, cases, check, check_over};

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

/// The parts of a federation sum to its one fee, each within a step; of networks of whom nothing else is asked, so that many are tried.
#[test]
fn parts_of_a_federation_sum_to_its_fee() -> Result<(), BrokenLaw> {
    check_over(cases(), "federation", federated_networks(4), |(basis, year)| {
        let fees = basis.assess_year(year, PopulationMode::Published).unwrap();
        federation::parts_sum_to_the_fee(&fees.assessments)?;
        federation::each_part_is_within_a_step(&fees.assessments, fees.schedule.tariff().rounding)
    })
}

/// The parts of a federation sum to its one fee, each within a step, in any order of the members; pooled it pays what its
/// inhabitants pay by the rule, with a discount what each member pays, less that; and each fee replays and reads back.
#[test]
fn a_federation_is_charged_as_it_was_decided() {
    let shuffled = federated_networks(8).prop_flat_map(|(basis, year)| {
        let members = Just(basis.members.clone()).prop_shuffle();
        (Just(basis), members, Just(year))
    });
    let (pooled, of_one, flat, discounted) = (Cell::new(0), Cell::new(0), Cell::new(0), Cell::new(0));
    check("federation", shuffled, |(basis, members, year)| {
        let fees = basis.assess_year(year, PopulationMode::Published).unwrap();
        let tariff = fees.schedule.tariff();
        federation::parts_sum_to_the_fee(&fees.assessments)?;
        federation::each_part_is_within_a_step(&fees.assessments, tariff.rounding)?;
        let count = match &tariff.federations[0].mode {
            FederationMode::Pooled { .. } => {
                federation::pooled_fee_is_that_of_the_sum(&fees.assessments, &basis, year)?;
                let members = fees.assessments.iter().filter(|fee| fee.pool().is_some()).count();
                if members == 1 { &of_one } else { &pooled }
            }
            FederationMode::Flat { .. } => &flat,
            FederationMode::Discounted { .. } => {
                federation::discount_is_taken_off_the_rule(&fees.assessments, &basis, year)?;
                &discounted
            }
        };
        count.set(count.get() + 1);
        order::order_of_members_changes_nothing(&basis, members, year)?;
        fees.assessments.iter().try_for_each(|fee| {
            let json = serde_json::to_string(fee).unwrap();
            if serde_json::from_str::<avgift::Assessment>(&json).unwrap() != *fee {
                return Err(TestCaseError::fail("another assessment was read back"));
            }
            explanation::assessment_replays(fee)
        })
    })
    .unwrap();
    let counts = [&pooled, &of_one, &flat, &discounted].map(Cell::get);
    assert!(counts.iter().all(|count| *count > 20), "too few of a mode: {counts:?}");
}
