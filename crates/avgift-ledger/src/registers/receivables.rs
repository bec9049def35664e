//! Receivables (kundreskontra): what each payer owes, every change of it with the balance after it; and how the sums tie.

use std::collections::BTreeMap;

use avgift::{NaiveDate, Sek};
use serde::Serialize;

use super::{Extent, Movement, movements, named};
use crate::error::Error;
use crate::history::History;

/// What changed what is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MovementKind {
    /// What was owed when the period began.
    Opening,
    /// An invoice.
    Invoice,
    /// A credit note.
    CreditNote,
    /// A payment, or one that the bank took back.
    Payment,
    /// A payment that went elsewhere.
    Moved,
}

impl MovementKind {
    /// Its name for machines, as in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            MovementKind::Opening => "opening",
            MovementKind::Invoice => "invoice",
            MovementKind::CreditNote => "credit-note",
            MovementKind::Payment => "payment",
            MovementKind::Moved => "moved",
        }
    }
}

/// A change of what a payer owes a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivableRow {
    /// The organisation number of the host.
    pub host: String,
    /// The payer's short name.
    pub payer: String,
    /// Its registered name, on its newest document.
    pub name: String,
    /// The day; of the opening balance, the first of the period.
    pub date: NaiveDate,
    /// What it is.
    pub kind: MovementKind,
    /// The document, or how the bank names the payment.
    pub reference: String,
    /// The invoice that it concerns.
    pub invoice: String,
    /// Above nothing where more is owed.
    pub amount: Sek,
    /// What the payer owes the host after it.
    pub balance: Sek,
    /// The line of the journal; none for an opening balance.
    pub line: Option<u64>,
}

/// The changes of a period by host and payer, by date, after what was owed when it began.
///
/// # Errors
/// `AmountMustNotOverflow`.
pub fn receivables(history: &History, extent: &Extent) -> Result<Vec<ReceivableRow>, Error> {
    let mut of_payer: BTreeMap<(String, String), Vec<Movement<'_>>> = BTreeMap::new();
    for moved in movements(history, extent)? {
        let key = (moved.invoice.host().to_string(), moved.invoice.buyer().payer.to_string());
        of_payer.entry(key).or_default().push(moved);
    }
    let mut rows = Vec::new();
    for ((host, payer), mut moves) in of_payer {
        moves.sort_by_key(|moved| (moved.date, moved.line));
        let name = history.name_of(&payer).unwrap_or(&payer).to_owned();
        let row = |date, kind, amount, balance| ReceivableRow {
            host: host.clone(),
            payer: payer.clone(),
            name: name.clone(),
            date,
            kind,
            reference: String::new(),
            invoice: String::new(),
            amount,
            balance,
            line: None,
        };
        let mut balance = Sek::ZERO;
        let from = extent.period.from;
        let before = moves.iter().filter(|moved| from.is_some_and(|from| moved.date < from));
        let opening = Sek::sum(before.map(|moved| moved.amount))?;
        if let (Some(from), true) = (from, opening != Sek::ZERO) {
            balance = opening;
            rows.push(row(from, MovementKind::Opening, opening, balance));
        }
        for moved in moves.into_iter().filter(|moved| from.is_none_or(|from| from <= moved.date)) {
            balance = balance.plus(moved.amount)?;
            rows.push(ReceivableRow {
                reference: moved.reference,
                invoice: named(&(moved.invoice.series.clone(), moved.invoice.number)),
                line: Some(moved.line),
                ..row(moved.date, moved.kind, moved.amount, balance)
            });
        }
    }
    Ok(rows)
}

/// How what was issued, credited and paid comes to what is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// What was open when the period began.
    pub opening: Sek,
    /// Invoices of the period.
    pub issued: Sek,
    /// What credit notes of the period took back.
    pub credited: Sek,
    /// What payments of the period paid, less what the bank took back.
    pub paid: Sek,
    /// What payments that went elsewhere in the period pay now, less what they paid before.
    pub moved: Sek,
    /// What is open at its end: opening + issued − credited − paid − moved.
    pub open: Sek,
}

/// The sums of a period over all payers.
///
/// # Errors
/// `AmountMustNotOverflow`.
pub fn tie(history: &History, extent: &Extent) -> Result<Tie, Error> {
    let mut tie = Tie::default();
    for Movement { date, kind, amount, .. } in movements(history, extent)? {
        tie.open = tie.open.plus(amount)?;
        if extent.period.from.is_some_and(|from| date < from) {
            tie.opening = tie.opening.plus(amount)?;
            continue;
        }
        match kind {
            MovementKind::Invoice | MovementKind::Opening => tie.issued = tie.issued.plus(amount)?,
            MovementKind::CreditNote => tie.credited = tie.credited.minus(amount)?,
            MovementKind::Payment => tie.paid = tie.paid.minus(amount)?,
            MovementKind::Moved => tie.moved = tie.moved.minus(amount)?,
        }
    }
    Ok(tie)
}
