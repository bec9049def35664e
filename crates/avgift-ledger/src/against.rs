//! Against: what was issued held to what the present folder gives. A difference is no fault: a figure was revised, a member
//! left, a tariff was changed since. It is what would be credited or charged anew.
//! Rule:    of each fee counts what credit notes have left of its line; one that was credited in full was never charged.
//! Errors:  StoredDocumentMustBeReadable, and those of the credit notes and of reading the journal.

use std::collections::BTreeMap;

use avgift::{FeeYear, MunicipalityCode, Sek, YearOfFees};
use avgift_invoice::{CreditNote, left_of};
use avgift_journal::{Folder, Kind};
use serde::Serialize;

use crate::error::Error;
use crate::stored::{Ledger, StoredInvoice};

/// A fee as it was issued, less what was credited.
#[derive(Debug, Clone, PartialEq, Eq)]
struct IssuedFee {
    name: String,
    document: String,
    left: Sek,
}

/// A fee that comes to something else today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differing {
    /// The fee year.
    pub year: FeeYear,
    /// The member.
    pub code: MunicipalityCode,
    /// Its name.
    pub name: String,
    /// The invoice that it stands on; none where it was never issued.
    pub document: Option<String>,
    /// What was issued, less what was credited.
    pub issued: Option<Sek>,
    /// What the folder gives today; none where it charges nothing.
    pub now: Option<Sek>,
}

/// The fees that were issued, by fee year and member.
#[derive(Debug, Clone, Default)]
pub struct IssuedFees(BTreeMap<FeeYear, BTreeMap<MunicipalityCode, IssuedFee>>);

impl IssuedFees {
    /// Reads every invoice of a journal, and the credit notes over it.
    ///
    /// # Errors
    /// Those named at the top of this file.
    pub fn of<F: Folder>(ledger: &Ledger<'_, F>) -> Result<IssuedFees, Error> {
        let mut fees = IssuedFees::default();
        for series in ledger.state().series() {
            for issued in ledger.state().issued(series).iter().filter(|issued| issued.kind == Kind::Invoice) {
                let StoredInvoice { invoice, assessments, .. } = ledger.invoice(series, issued)?;
                let credits = match issued.credited {
                    Sek::ZERO => Vec::new(),
                    _ => ledger.credits(series, issued.number)?,
                };
                let credits: Vec<&CreditNote> = credits.iter().map(|credit| &credit.credit_note).collect();
                for (left, assessment) in left_of(&invoice, &credits)?.iter().zip(&assessments) {
                    if left.amount == Sek::ZERO && !credits.is_empty() {
                        continue;
                    }
                    let document = format!("{series}-{}", issued.number);
                    let of_year = fees.0.entry(assessment.year()).or_default();
                    let name = assessment.name().to_owned();
                    match of_year.get_mut(&assessment.code()) {
                        // A preliminary invoice and its supplement are one fee.
                        Some(fee) if invoice.supplements.is_some() => {
                            fee.left = fee.left.plus(left.amount)?;
                            fee.document = format!("{}, {document}", fee.document);
                        }
                        _ => {
                            let fee = IssuedFee { name, document, left: left.amount };
                            of_year.insert(assessment.code(), fee);
                        }
                    }
                }
            }
        }
        Ok(fees)
    }

    /// The fee years that something was issued for.
    pub fn years(&self) -> impl Iterator<Item = FeeYear> {
        self.0.keys().copied()
    }

    /// How many fees were issued for a year.
    #[must_use]
    pub fn count(&self, year: FeeYear) -> usize {
        self.0.get(&year).map_or(0, BTreeMap::len)
    }

    /// Where the fees of today differ, by municipality code.
    #[must_use]
    pub fn differing(&self, fees: &YearOfFees) -> Vec<Differing> {
        let year = fees.schedule.year();
        let none = BTreeMap::new();
        let issued = self.0.get(&year).unwrap_or(&none);
        let now: BTreeMap<MunicipalityCode, _> =
            fees.assessments.iter().map(|fee| (fee.code(), (fee.name(), fee.fee()))).collect();
        let mut codes: Vec<MunicipalityCode> = issued.keys().chain(now.keys()).copied().collect();
        codes.sort_unstable();
        codes.dedup();
        let differing = |code: MunicipalityCode| {
            let (was, is) = (issued.get(&code), now.get(&code));
            let (left, fee) = (was.map(|was| was.left), is.map(|(_, fee)| *fee));
            // Who owes nothing for the year is sent no invoice.
            if left.unwrap_or_default() == fee.unwrap_or_default() {
                return None;
            }
            let name = was.map(|was| was.name.as_str()).or(is.map(|(name, _)| *name)).unwrap_or_default();
            Some(Differing {
                year,
                code,
                name: name.to_owned(),
                document: was.map(|was| was.document.clone()),
                issued: left,
                now: fee,
            })
        };
        codes.into_iter().filter_map(differing).collect()
    }
}
