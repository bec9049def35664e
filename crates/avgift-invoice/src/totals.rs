//! Totals: the VAT breakdown and the sums of a document, exact to the öre.
//! Rule:    BR-CO-10 sum of the lines; BR-CO-17 VAT on the category's sum, never line by line; BR-CO-15 with VAT;
//!          BR-CO-16 amount due = with VAT + rounding. The rounding to whole kronor (öresavrundning, lag 1970:1029)
//!          touches the amount due alone.
//! Units:   whole öre. Errors: AmountMustNotOverflow.

use avgift::{Exact, Rounding, Sek, present};
use serde::{Deserialize, Serialize};

use crate::reading::{self, Code};
use crate::text::Text;
use crate::vat::{VatCategory, VatRate, VatTreatment};

/// Whether the amount due is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PayableRounding {
    /// To whole kronor, 50 öre and more up: lag (1970:1029) 2 §.
    #[default]
    Krona,
    /// Not at all.
    None,
}

/// The VAT of a document's one category (BG-23).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct VatBreakdown {
    /// What the VAT is reckoned on (BT-116).
    pub taxable_amount: Sek,
    /// The VAT (BT-117).
    pub tax_amount: Sek,
    /// The category (BT-118).
    pub category: VatCategory,
    /// The rate in percent (BT-119).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub percent: Option<u8>,
    /// Why there is no VAT (BT-120).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub exemption_reason: Option<Text>,
    /// The code of why (BT-121).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "reading::exemption")]
    pub exemption_code: Option<Code>,
}

impl VatBreakdown {
    /// The VAT on the sum of a category.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn of(vat: &VatTreatment, taxable_amount: Sek) -> Result<VatBreakdown, avgift::Error> {
        Ok(VatBreakdown {
            taxable_amount,
            tax_amount: vat.on(taxable_amount)?,
            category: vat.category(),
            percent: vat.percent(),
            exemption_reason: vat.reason().cloned(),
            exemption_code: vat.reason_code(),
        })
    }
}

impl VatBreakdown {
    /// How the fee stands to VAT, read from category, rate and reason; nothing where they do not belong together.
    pub(crate) fn treatment(&self) -> Option<VatTreatment> {
        let (reason, code) = (self.exemption_reason.clone(), self.exemption_code);
        let treatment = match self.category {
            VatCategory::S => VatTreatment::Standard(self.percent?.to_string().parse::<VatRate>().ok()?),
            VatCategory::E => {
                VatTreatment::Exempt { reason: reason?, code: code.map(str::parse).transpose().ok()? }
            }
            VatCategory::O => VatTreatment::OutsideScope { reason: reason? },
        };
        let same = treatment.percent() == self.percent
            && treatment.reason() == self.exemption_reason.as_ref()
            && treatment.reason_code() == code;
        same.then_some(treatment)
    }
}

/// The totals of a document (BG-22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Totals {
    /// The sum of the lines (BT-106).
    pub sum_of_lines: Sek,
    /// Without VAT (BT-109).
    pub without_vat: Sek,
    /// The VAT (BT-110).
    pub vat: Sek,
    /// With VAT (BT-112).
    pub with_vat: Sek,
    /// What the rounding to whole kronor adds or takes away; left out where it is nothing (BT-114).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub rounding: Option<Sek>,
    /// Att betala, the amount due (BT-115).
    pub amount_due: Sek,
}

impl Totals {
    /// The totals over the net amounts of the lines.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn of(sum_of_lines: Sek, vat: Sek, rounding: PayableRounding) -> Result<Totals, avgift::Error> {
        let with_vat = sum_of_lines.plus(vat)?;
        let amount_due = match rounding {
            PayableRounding::Krona => Rounding::Krona.round(Exact::from(with_vat))?,
            PayableRounding::None => with_vat,
        };
        Totals::due(sum_of_lines, vat, amount_due)
    }

    /// What the totals are less after a part was taken back.
    pub(crate) fn between(before: Totals, after: Totals) -> Result<Totals, avgift::Error> {
        Totals::due(
            before.sum_of_lines.minus(after.sum_of_lines)?,
            before.vat.minus(after.vat)?,
            before.amount_due.minus(after.amount_due)?,
        )
    }

    fn due(sum_of_lines: Sek, vat: Sek, amount_due: Sek) -> Result<Totals, avgift::Error> {
        let with_vat = sum_of_lines.plus(vat)?;
        let rounding = amount_due.minus(with_vat)?;
        Ok(Totals {
            sum_of_lines,
            without_vat: sum_of_lines,
            vat,
            with_vat,
            rounding: Some(rounding).filter(|rounding| *rounding != Sek::ZERO),
            amount_due,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vat::VatRate;

    fn totals(net: &str, rounding: PayableRounding) -> [String; 4] {
        let vat =
            VatBreakdown::of(&VatTreatment::Standard(VatRate::TwentyFive), net.parse().unwrap()).unwrap();
        let totals = Totals::of(vat.taxable_amount, vat.tax_amount, rounding).unwrap();
        let rounding = totals.rounding.map_or("none".to_owned(), |rounding| rounding.to_string());
        [totals.vat.to_string(), totals.with_vat.to_string(), rounding, totals.amount_due.to_string()]
    }

    /// Lag (1970:1029) 2 §: 49 öre are dropped, 50 become a krona. 25 % of 0,40 kr is 0,10: 0,50 in all.
    #[test]
    fn the_amount_due_is_rounded_and_the_vat_is_not() {
        assert_eq!(totals("77480.25", PayableRounding::Krona), ["19370.06", "96850.31", "-0.31", "96850.00"]);
        assert_eq!(totals("77480.25", PayableRounding::None), ["19370.06", "96850.31", "none", "96850.31"]);
        assert_eq!(totals("0.39", PayableRounding::Krona), ["0.10", "0.49", "-0.49", "0.00"]);
        assert_eq!(totals("0.40", PayableRounding::Krona), ["0.10", "0.50", "0.50", "1.00"]);
        assert_eq!(totals("48669", PayableRounding::Krona), ["12167.25", "60836.25", "-0.25", "60836.00"]);
        assert_eq!(totals("48668", PayableRounding::Krona), ["12167.00", "60835.00", "none", "60835.00"]);
    }
}
