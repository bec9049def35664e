//! Frame (budgetram): what the fees of a fee year raise in all.
//! Rule:    the number of members and the size of the fee set the economic frame; it is the sum of the rounded fees.
//! Units:   whole öre; means are exact ratios of kronor.
//! Errors:  AmountMustNotOverflow.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::Error;
use crate::explanation::{Assessment, Standing};
use crate::membership::PayerId;
use crate::money::{Exact, Sek};
use crate::ratio::Ratio;

/// What one payer owes in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PayerTotal {
    /// Who pays.
    pub payer: PayerId,
    /// For how many members.
    pub members: usize,
    /// How much.
    pub sum: Sek,
}

/// The totals of a fee year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BudgetFrame {
    /// How many members there are.
    pub members: usize,
    /// How many pay: fewer, where a federation pays for several.
    pub payers: usize,
    /// How many members are raised to the floor.
    pub at_floor: usize,
    /// How many stand between the bounds.
    pub within: usize,
    /// How many are lowered to the ceiling.
    pub at_ceiling: usize,
    /// How many owe a part of the year only.
    pub prorated: usize,
    /// The inhabitants of all members; the sum of what is billed, not Statistics Sweden's own total.
    pub inhabitants: u64,
    /// The sum of the fees.
    pub sum: Sek,
    /// The sum over the inhabitants; none without members.
    pub mean_per_inhabitant: Option<Exact>,
    /// The sum over the payers; none without members.
    pub mean_per_payer: Option<Exact>,
    /// What each payer owes, by payer.
    pub by_payer: Vec<PayerTotal>,
}

impl BudgetFrame {
    /// The totals over assessments; their order changes nothing.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn of(assessments: &[Assessment]) -> Result<BudgetFrame, Error> {
        let standing = |standing| assessments.iter().filter(|fee| fee.standing() == standing).count();
        let mut payers: BTreeMap<&PayerId, PayerTotal> = BTreeMap::new();
        for assessment in assessments {
            let total = payers.entry(assessment.payer()).or_insert_with(|| PayerTotal {
                payer: assessment.payer().clone(),
                members: 0,
                sum: Sek::ZERO,
            });
            total.members += 1;
            total.sum = total.sum.plus(assessment.fee())?;
        }
        let sum = Sek::sum(assessments.iter().map(Assessment::fee))?;
        let inhabitants: u64 = assessments.iter().map(|fee| u64::from(fee.inhabitants().get())).sum();
        let mean = |count: u64| -> Result<Option<Exact>, Error> {
            let share = Ratio::new(1, i128::from(count));
            share.ok().map(|share| Exact::from(sum).times(share)).transpose()
        };
        Ok(BudgetFrame {
            members: assessments.len(),
            payers: payers.len(),
            at_floor: standing(Standing::AtFloor),
            within: standing(Standing::Within),
            at_ceiling: standing(Standing::AtCeiling),
            prorated: assessments.iter().filter(|fee| !fee.share().is_whole()).count(),
            inhabitants,
            sum,
            mean_per_inhabitant: mean(inhabitants)?,
            mean_per_payer: mean(payers.len() as u64)?,
            by_payer: payers.into_values().collect(),
        })
    }
}
