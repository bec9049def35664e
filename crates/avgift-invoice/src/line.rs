//! Line: one member's fee, and the proof of it.
//! Rule:    inhabitants × rate of the year, or one fee where the tariff has no rate for each inhabitant; then what each rule
//!          of the fee added (a charge) or took away (an allowance), to the net amount, which is the fee. Every amount is the difference of two amounts of the assessment, both
//!          rounded to the öre, so the sum comes out without a remainder.
//! Units:   whole öre; the price in kronor per inhabitant, with the fewest decimals, two at least, that come within
//!          0,001 kr of the exact amount and give its öre (PEPPOL-EN16931-R120 then holds to the öre).
//! Example: 32 446 × 1,50 kr × 142,6 / 138,2 is 50 218,5195…; the price 1,5477569 kr times 32 446 is 50 218,5203….
//! Errors:  AmountMustNotOverflow, TextMustBeXmlSafe.

use avgift::{
    Assessment, Counting, Exact, Language, Leaving, MunicipalityCode, NaiveDate, Operand, Ratio, Reckoning,
    Rounding, Rule, Sek, Tariff, Tier, present,
};
use serde::{Deserialize, Serialize};

use crate::document::InvoicePeriod;
use crate::error::Error;
use crate::price::{Price, Quantity};
use crate::reading::{self, Code};
use crate::text::Text;
use crate::vat::{VatCategory, VatTreatment};
use crate::wording;

/// The unit of the quantity: `IE`, person, in UN/ECE Recommendation 20.
///
/// `C62`, one, is the unit that most invoices carry, but here the quantity counts people and says so.
pub const UNIT_PERSON: &str = "IE";

/// The unit of the quantity where the fee is no price per inhabitant: `C62`, one. The quantity is then 1, and the price
/// the amount of the tariff.
pub const UNIT_ONE: &str = "C62";

/// Whether an adjustment adds or takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AdjustmentKind {
    /// An allowance takes away (BG-27).
    Allowance,
    /// A charge adds (BG-28).
    Charge,
}

/// What one rule of the fee added to a line or took from it (BG-27, BG-28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Adjustment {
    /// Whether it adds or takes away.
    pub kind: AdjustmentKind,
    /// The rule of the fee that did it; none where a part of the fee is left to other documents or stays charged.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub rule: Option<Rule>,
    /// How much, above zero (BT-136, BT-141).
    pub amount: Sek,
    /// Why, with the figures (BT-139, BT-144).
    pub reason: Text,
    /// The code of why (BT-140): 95, discount, for an allowance; no code of UNCL 7161 says what a charge here is.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "reading::allowance")]
    pub reason_code: Option<Code>,
}

impl Adjustment {
    /// What a credit note, a part or an instalment leaves out of a line; nothing where there is nothing to leave out.
    pub(crate) fn left_out(amount: Sek, reason: String) -> Option<Adjustment> {
        let reason = Text::composed(reason);
        // No code of UNCL 5189 says that something is charged elsewhere; the reason does (BR-42 asks for either).
        let kind = AdjustmentKind::Allowance;
        (amount > Sek::ZERO).then_some(Adjustment { kind, rule: None, amount, reason, reason_code: None })
    }
}

/// The fee of one member (BG-25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Line {
    /// The place of the line, from 1 (BT-126).
    pub id: usize,
    /// The member; of several, the first by code.
    pub municipality: MunicipalityCode,
    /// The part of the fee; none where it is charged in one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub part: Option<Text>,
    /// The other members that the line is for, by code: where a federation has one fee, and one line for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "reading::some")]
    pub others: Vec<MunicipalityCode>,
    /// `Medlemsavgift 2024, Ale kommun` (BT-153).
    pub name: Text,
    /// The figures that the price was made of (BT-154).
    pub description: Text,
    /// The inhabitants that are counted, or one fee (BT-129).
    pub quantity: Quantity,
    /// The unit of the quantity (BT-130): [`UNIT_PERSON`] or [`UNIT_ONE`].
    #[serde(deserialize_with = "reading::unit")]
    pub unit: Code,
    /// Kronor per inhabitant in the fee year, or of the one fee (BT-146).
    pub price: Price,
    /// What the other rules added or took away, in their order.
    pub adjustments: Vec<Adjustment>,
    /// The fee, or what this document charges of it (BT-131).
    pub net_amount: Sek,
    /// The part of the year that is owed (BG-26). None where nothing is, or where the part does not tell which it is.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub period: Option<InvoicePeriod>,
    /// The VAT category (BT-151).
    pub vat_category: VatCategory,
    /// The VAT rate in percent (BT-152).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub vat_percent: Option<u8>,
}

impl Line {
    /// The line of an assessment; of one that is charged as one with others, that of their whole fee.
    pub(crate) fn of(
        id: usize,
        assessment: &Assessment,
        tariff: &Tariff,
        vat: &VatTreatment,
        language: Language,
    ) -> Result<Line, Error> {
        let priced = Priced::of(assessment)?;
        Ok(Line {
            id,
            municipality: assessment.code(),
            part: None,
            others: Vec::new(),
            name: Text::new(wording::line_name(assessment, language))?,
            description: Text::new(wording::line_description(assessment, language))?,
            quantity: priced.quantity,
            unit: priced.unit,
            price: Price::of(priced.amount, priced.quantity)?,
            adjustments: adjustments(assessment, &priced, language)?,
            net_amount: assessment.split().map_or(assessment.fee(), |split| split.whole),
            period: period(assessment, tariff),
            vat_category: vat.category(),
            vat_percent: vat.percent(),
        })
    }

    /// The members that it is for, by code: one, but for the one line of a federation.
    pub fn members(&self) -> impl Iterator<Item = MunicipalityCode> {
        [self.municipality].into_iter().chain(self.others.iter().copied())
    }

    /// Price × quantity, to the öre, plus the charges, less the allowances: what the net amount has to be (R120).
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn proof(&self) -> Result<Sek, avgift::Error> {
        let gross = Rounding::Ore.round(self.price.times(self.quantity)?)?;
        self.adjustments.iter().try_fold(gross, |sum, adjustment| match adjustment.kind {
            AdjustmentKind::Charge => sum.plus(adjustment.amount),
            AdjustmentKind::Allowance => sum.minus(adjustment.amount),
        })
    }
}

/// What price times quantity comes to, before any rule adds or takes away.
struct Priced {
    quantity: Quantity,
    unit: Code,
    amount: Exact,
}

impl Priced {
    /// By inhabitants where the tariff has a rate for each of them, apart from a base; else one fee.
    fn of(assessment: &Assessment) -> Result<Priced, Error> {
        let people = assessment.pool().map_or(assessment.inhabitants(), avgift::Pool::inhabitants);
        let operand = assessment
            .steps()
            .iter()
            .map(|step| &step.operand)
            .find(|operand| matches!(operand, Operand::Rate(_) | Operand::Reckoning(_)));
        let by_rate = match operand {
            Some(Operand::Rate(rate)) => Some((rate, people)),
            Some(Operand::Reckoning(reckoning)) => match reckoning.as_ref() {
                Reckoning::Linear { rate, per: Counting::EACH, .. } => {
                    Some((rate, reckoning.counted(people)))
                }
                Reckoning::Tier(Tier { rate: Some(rate), .. }) => Some((rate, people)),
                _ => None,
            },
            _ => None,
        };
        Ok(match by_rate {
            Some((rate, counted)) => {
                let amount = rate.value.times(Ratio::whole(counted.get().into()))?;
                let amount = assessment.at_the_level_of_the_year(amount)?;
                Priced { quantity: Quantity::of(counted), unit: UNIT_PERSON, amount }
            }
            None => {
                let amount = assessment.of_the_year(Rule::ByTariff)?;
                Priced { quantity: Quantity::ONE, unit: UNIT_ONE, amount }
            }
        })
    }
}

/// The differences between the amounts of consecutive rules, in the order of the assessment.
fn adjustments(
    assessment: &Assessment,
    priced: &Priced,
    language: Language,
) -> Result<Vec<Adjustment>, Error> {
    let mut before = Rounding::Ore.round(priced.amount)?;
    let mut adjustments = Vec::new();
    for (place, step) in assessment.steps().iter().enumerate() {
        // Of a component, the line shows what it comes to: its last step adds it.
        let is_within = step.component.is_some() && step.rule != Rule::Component;
        // The parts of a federation's fee are told by its lines.
        if matches!(step.rule, Rule::Population | Rule::Pooled | Rule::Split) || is_within {
            continue;
        }
        let after = Rounding::Ore.round(assessment.of_the_year_at(place)?)?;
        let difference = after.minus(before)?;
        let (kind, amount) = match difference < Sek::ZERO {
            true => (AdjustmentKind::Allowance, before.minus(after)?),
            false => (AdjustmentKind::Charge, difference),
        };
        if amount != Sek::ZERO {
            adjustments.push(Adjustment {
                kind,
                rule: Some(step.rule),
                amount,
                reason: Text::composed(wording::adjustment(step, after, amount, language)),
                reason_code: (kind == AdjustmentKind::Allowance).then_some("95"),
            });
        }
        before = after;
    }
    Ok(adjustments)
}

/// The part of the year that is owed. An assessment knows how much of the year, not which part; where leaving costs
/// the full year, a part can only be the last one.
fn period(assessment: &Assessment, tariff: &Tariff) -> Option<InvoicePeriod> {
    let (year, share) = (assessment.year(), assessment.share());
    if share.is_whole() {
        return Some(InvoicePeriod::of_year(year));
    }
    if share.part() == 0 || tariff.proration.leaving != Leaving::FullYear {
        return None;
    }
    let free = share.whole() - share.part();
    let start = match 12 % share.whole() {
        0 => NaiveDate::from_ymd_opt(year.get(), free * (12 / share.whole()) + 1, 1),
        _ => NaiveDate::from_yo_opt(year.get(), free + 1), // Days.
    };
    start.map(|start| InvoicePeriod { start, end: year.last_day() })
}

#[cfg(test)]
mod tests;
