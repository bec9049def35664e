//! VAT: what invoices of a period charged less what its credit notes took back, by host, category and rate.

use std::collections::BTreeMap;

use avgift::Sek;
use avgift_invoice::VatCategory;
use serde::Serialize;

use super::Extent;
use crate::error::Error;
use crate::history::{History, Whole};

/// A category and rate of a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VatRow {
    /// The organisation number of the host.
    pub host: String,
    /// `S` with VAT, `E` exempt, `O` outside the scope.
    pub category: VatCategory,
    /// The rate in percent; none where there is no VAT.
    pub percent: Option<u8>,
    /// How many invoices.
    pub invoices: usize,
    /// What their VAT is reckoned on.
    pub invoiced_base: Sek,
    /// Their VAT.
    pub invoiced_vat: Sek,
    /// How many credit notes.
    pub credit_notes: usize,
    /// What their VAT is reckoned on.
    pub credited_base: Sek,
    /// Their VAT.
    pub credited_vat: Sek,
    /// Invoiced less credited.
    pub base: Sek,
    /// VAT, invoiced less credited.
    pub vat: Sek,
}

/// The VAT of a period.
///
/// # Errors
/// `AmountMustNotOverflow`.
pub fn vat(history: &History, extent: &Extent) -> Result<Vec<VatRow>, Error> {
    let mut rows: BTreeMap<(String, &'static str, Option<u8>), VatRow> = BTreeMap::new();
    for document in &history.documents {
        if !(extent.holds(document.host()) && extent.period.contains(document.date())) {
            continue;
        }
        let breakdown = &document.content().vat_breakdown;
        let (base, vat) = (breakdown.taxable_amount, breakdown.tax_amount);
        let (host, category, percent) = (document.host().to_string(), breakdown.category, breakdown.percent);
        let row = rows.entry((host.clone(), category.code(), percent)).or_insert(VatRow {
            host,
            category,
            percent,
            invoices: 0,
            invoiced_base: Sek::ZERO,
            invoiced_vat: Sek::ZERO,
            credit_notes: 0,
            credited_base: Sek::ZERO,
            credited_vat: Sek::ZERO,
            base: Sek::ZERO,
            vat: Sek::ZERO,
        });
        match document.whole {
            Whole::Invoice(_) => {
                row.invoices += 1;
                row.invoiced_base = row.invoiced_base.plus(base)?;
                row.invoiced_vat = row.invoiced_vat.plus(vat)?;
            }
            Whole::Credit(..) => {
                row.credit_notes += 1;
                row.credited_base = row.credited_base.plus(base)?;
                row.credited_vat = row.credited_vat.plus(vat)?;
            }
        }
        row.base = row.invoiced_base.minus(row.credited_base)?;
        row.vat = row.invoiced_vat.minus(row.credited_vat)?;
    }
    Ok(rows.into_values().collect())
}
