//! Registers: the journal as a finance officer reads it: invoices, receivables, payments, VAT, and how they tie.
//! Rule:    rows are made of the journal alone, by date within a period; what is paid and open is as it was at the end of it.
//!          A credit note stands with its amounts below nothing, so that a column sums.
//! Rule:    what was issued, less credited and paid, is what is open, to the öre, and so is the account of receivables in the
//!          files for the ledger: one room (`placing`) dates and places payments for both.
//! Errors:  PeriodMustBeginBeforeItEnds, AmountMustNotOverflow.

mod invoices;
mod payments;
mod receivables;
mod vat;

pub use invoices::{InvoiceRow, invoices};
pub use payments::{PartOf, PaymentRow, payments};
pub use receivables::{MovementKind, ReceivableRow, Tie, receivables, tie};
pub use vat::{VatRow, vat};

use avgift::{NaiveDate, Period, Sek};
use avgift_invoice::OrganisationNumber;

use crate::error::Error;
use crate::history::{History, Numbered, Recorded, Whole};
use crate::placing::Placing;

/// What a register is of.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// The days, both ends belonging to it.
    pub period: Period,
    /// The host, where one alone is asked for.
    pub host: Option<OrganisationNumber>,
}

impl Default for Extent {
    /// All of the journal.
    fn default() -> Extent {
        Extent { period: Period { from: None, to: None }, host: None }
    }
}

impl Extent {
    /// The days from one to another, and a host or all.
    ///
    /// # Errors
    /// `PeriodMustBeginBeforeItEnds`.
    pub fn new(
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        host: Option<OrganisationNumber>,
    ) -> Result<Extent, Error> {
        match (from, to) {
            (Some(from), Some(to)) if from > to => Err(Error::PeriodMustBeginBeforeItEnds { from, to }),
            _ => Ok(Extent { period: Period { from, to }, host }),
        }
    }

    fn holds(&self, host: OrganisationNumber) -> bool {
        self.host.is_none_or(|only| only == host)
    }

    /// Whether a day lies no later than its end.
    fn reaches(&self, day: NaiveDate) -> bool {
        Period { from: None, to: self.period.to }.contains(day)
    }
}

/// `GR-20240001`.
fn named((series, number): &Numbered) -> String {
    format!("{series}-{number}")
}

/// Something that raised or lowered what is owed.
struct Movement<'a> {
    line: u64,
    date: NaiveDate,
    kind: MovementKind,
    /// The invoice that it is of.
    invoice: &'a Recorded,
    /// The document, or how the bank names the payment.
    reference: String,
    /// Above nothing where more is owed.
    amount: Sek,
}

/// Everything that raised or lowered what is owed to the hosts of an extent, up to its end, in the order of the journal.
fn movements<'a>(history: &'a History, extent: &Extent) -> Result<Vec<Movement<'a>>, Error> {
    let mut movements = Vec::new();
    for document in &history.documents {
        let (series, number) = document.invoice();
        let Some(invoice) = history.invoice(&series, number) else { continue };
        let kind = match document.whole {
            Whole::Invoice(_) => MovementKind::Invoice,
            Whole::Credit(..) => MovementKind::CreditNote,
        };
        let reference = named(&(document.series.clone(), document.number));
        let (line, date, amount) = (document.seq, document.date(), document.claim()?);
        movements.push(Movement { line, date, kind, invoice, reference, amount });
    }
    for received in &history.payments {
        let placing = Placing { history, received };
        for paid in placing.paid()? {
            let Some(invoice) = history.invoice(&paid.invoice.0, paid.invoice.1) else { continue };
            let kind = if paid.is_moved { MovementKind::Moved } else { MovementKind::Payment };
            let amount = Sek::ZERO.minus(paid.amount)?;
            let reference = placing.reference();
            movements.push(Movement { line: paid.seq, date: paid.date, kind, invoice, reference, amount });
        }
    }
    movements.retain(|moved| extent.holds(moved.invoice.host()) && extent.reaches(moved.date));
    movements.sort_by_key(|moved| moved.line);
    Ok(movements)
}
