//! Against: what was issued held to what the present folder gives. A difference is no fault: a figure was revised, a member
//! left, a tariff was changed since. It is what would be credited or charged anew.
//! Rule:    of each fee counts what credit notes have left of its line; of a line for several members, told by their fees, the
//!          largest remainders up, ties by code; one that was credited in full was never charged.
//! Errors:  StoredDocumentMustBeReadable, and those of the credit notes and of reading the journal.

use std::collections::BTreeMap;

use avgift::{Assessment, Exact, FeeYear, MunicipalityCode, Ratio, Rounding, Sek, YearOfFees, apportion};
use avgift_invoice::{Content, CreditNote, Cut, left_of};
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
    /// What of the fee was issued, a part or an instalment each; empty for the whole.
    cuts: Vec<(Cut, Option<String>)>,
}

impl IssuedFee {
    /// What of the fee that the folder gives today stands on documents: all of it, unless it was cut. A fee that can no longer
    /// be cut so, since its component is gone, is held against it as a whole.
    fn of_today(&self, fee: &Assessment) -> Sek {
        let amounts = self.cuts.iter().map(|(cut, part)| cut.amount(part.as_deref(), fee));
        let of_cuts = amounts.collect::<Result<Vec<_>, _>>().and_then(Sek::sum);
        of_cuts.ok().filter(|_| !self.cuts.is_empty()).unwrap_or(fee.fee())
    }
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
                let Content { cut, lines, .. } = &invoice.content;
                let mut rest = assessments.as_slice();
                for (line, left) in lines.iter().zip(left_of(&invoice, &credits)?) {
                    let own = match cut {
                        None => {
                            let own;
                            (own, rest) = rest.split_at(line.members().count().min(rest.len()));
                            own
                        }
                        // What is cut has lines of one member each, several of the same.
                        Some(_) => {
                            let mut fees = assessments.iter();
                            let fee = fees.find(|fee| fee.code() == line.municipality);
                            fee.map_or(&[][..], std::slice::from_ref)
                        }
                    };
                    if left.amount == Sek::ZERO && !credits.is_empty() {
                        continue;
                    }
                    let part = line.part.as_ref().map(ToString::to_string);
                    let cut = cut.clone().map(|cut| (cut, part));
                    let adds = invoice.supplements.is_some();
                    for (fee, left) in own.iter().zip(of_each(left.amount, own)?) {
                        fees.add(fee, format!("{series}-{}", issued.number), left, cut.clone(), adds)?;
                    }
                }
            }
        }
        Ok(fees)
    }

    /// Notes a line of an invoice; one over a part or an instalment, or a supplement, is added to those of the same fee.
    fn add(
        &mut self,
        fee: &Assessment,
        document: String,
        left: Sek,
        cut: Option<(Cut, Option<String>)>,
        adds: bool,
    ) -> Result<(), Error> {
        let of_year = self.0.entry(fee.year()).or_default();
        let is_cut = |noted: &&IssuedFee| adds || cut.is_some() && !noted.cuts.is_empty();
        let noted = match of_year.get(&fee.code()).filter(is_cut).cloned() {
            None => {
                IssuedFee { name: fee.name().to_owned(), document, left, cuts: cut.into_iter().collect() }
            }
            Some(noted) => IssuedFee {
                document: match noted.document.split(", ").any(|one| one == document) {
                    true => noted.document,
                    false => format!("{}, {document}", noted.document),
                },
                left: noted.left.plus(left)?,
                cuts: noted.cuts.into_iter().chain(cut).collect(),
                ..noted
            },
        };
        of_year.insert(fee.code(), noted);
        Ok(())
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

    /// Where the fees of today differ, by municipality code. Of a fee that was issued in parts or instalments, what is held
    /// against it is as much of today's.
    #[must_use]
    pub fn differing(&self, fees: &YearOfFees) -> Vec<Differing> {
        let year = fees.schedule.year();
        let none = BTreeMap::new();
        let issued = self.0.get(&year).unwrap_or(&none);
        let now: BTreeMap<MunicipalityCode, _> =
            fees.assessments.iter().map(|fee| (fee.code(), (fee.name(), fee))).collect();
        let mut codes: Vec<MunicipalityCode> = issued.keys().chain(now.keys()).copied().collect();
        codes.sort_unstable();
        codes.dedup();
        let differing = |code: MunicipalityCode| {
            let (was, is) = (issued.get(&code), now.get(&code));
            let left = was.map(|was| was.left);
            let fee = is.map(|(_, fee)| was.map_or(fee.fee(), |was| was.of_today(fee)));
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

/// What is left of a line, fee by fee.
pub(crate) fn of_each(left: Sek, fees: &[Assessment]) -> Result<Vec<Sek>, avgift::Error> {
    let all = Sek::sum(fees.iter().map(Assessment::fee))?;
    if left == all || all == Sek::ZERO {
        return Ok(fees.iter().map(Assessment::fee).collect());
    }
    let part = |fee: &Assessment| {
        let part = Ratio::new(fee.fee().ore().into(), all.ore().into())?;
        Ok((fee.code(), Exact::from(left).times(part)?))
    };
    let parts = fees.iter().map(part).collect::<Result<Vec<_>, avgift::Error>>()?;
    let places = apportion(&parts, Rounding::Ore)?;
    parts.iter().map(|(code, part)| places[code].round(*part)).collect()
}
