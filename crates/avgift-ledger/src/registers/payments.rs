//! Payments: what came in and was taken back, a row for each place that a part of it stands on at the end of the period.

use avgift::{NaiveDate, Sek};
use avgift_journal::{Distribution, Rest};
use serde::Serialize;

use super::{Extent, named};
use crate::books::Hosts;
use crate::error::Error;
use crate::history::{History, Received, Stage};
use crate::placing::Placing;

/// Where a part of a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartOf {
    /// It pays an invoice.
    Invoice,
    /// The öre that the payment is off.
    Rounding,
    /// Interest on late payment.
    Interest,
    /// The fee for a reminder.
    ReminderFee,
    /// It waits for a person.
    ForAPerson,
    /// It is owed back.
    Overpayment,
    /// It belongs to no invoice that is known.
    Unmatched,
    /// It has nothing to do with the fees.
    NotOurs,
    /// It was paid back.
    Refunded,
}

impl PartOf {
    /// Its name for machines, as in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            PartOf::Invoice => "invoice",
            PartOf::Rounding => "rounding",
            PartOf::Interest => "interest",
            PartOf::ReminderFee => "reminder-fee",
            PartOf::ForAPerson => "for-a-person",
            PartOf::Overpayment => "overpayment",
            PartOf::Unmatched => "unmatched",
            PartOf::NotOurs => "not-ours",
            PartOf::Refunded => "refunded",
        }
    }
}

/// A part of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentRow {
    /// The organisation number of the host in whose books it is, where that is known.
    pub host: Option<String>,
    /// The day that the bank booked it.
    pub booked: NaiveDate,
    /// The day that it counts from.
    pub value_date: NaiveDate,
    /// Who paid, as the bank says.
    pub payer: String,
    /// How the bank names it.
    pub reference: String,
    /// The whole payment, on its first row; below nothing where the bank took one back.
    pub amount: Option<Sek>,
    /// What the part is.
    pub part_of: PartOf,
    /// The invoice, or the payer whose it is.
    pub of: String,
    /// How much.
    pub part: Sek,
    /// The day of the newest decision on the payment; where there was none, the bank's.
    pub decided: NaiveDate,
    /// Why it went elsewhere, or why it waits.
    pub reason: Option<String>,
    /// The file of the bank.
    pub file: String,
    /// The line of the journal that registered it.
    pub line: u64,
}

/// The payments that the bank booked in a period, by the order of the journal; where each part stood at its end.
///
/// # Errors
/// `AmountMustNotOverflow`.
pub fn payments(history: &History, hosts: &Hosts<'_>, extent: &Extent) -> Result<Vec<PaymentRow>, Error> {
    let mut rows = Vec::new();
    for received in &history.payments {
        let placing = Placing { history, received };
        let owner = placing.owner(hosts);
        let is_of_it = extent.host.is_none() || owner == extent.host;
        // The first stage is of the bank's day, so a payment of the period has one.
        let stage = received.stages.iter().rev().find(|stage| extent.reaches(stage.date));
        let (true, Some(stage)) = (is_of_it && extent.period.contains(received.event.booked()), stage) else {
            continue;
        };
        let host = owner.map(|owner| owner.to_string());
        let (payer, reference) = (placing.payer(), placing.reference());
        for (place, (part_of, of, part)) in parts(&stage.to).into_iter().enumerate() {
            rows.push(PaymentRow {
                host: host.clone(),
                booked: received.event.booked(),
                value_date: received.event.value_date,
                payer: payer.clone(),
                reference: reference.clone(),
                amount: (place == 0).then_some(received.event.amount),
                part_of,
                of,
                part,
                decided: stage.date,
                reason: why(stage),
                file: received.event.source.file.clone(),
                line: line(received),
            });
        }
    }
    Ok(rows)
}

fn line(received: &Received) -> u64 {
    received.stages.first().map_or(0, |stage| stage.seq)
}

fn why(stage: &Stage) -> Option<String> {
    stage.reason.clone().or_else(|| stage.to.rest.as_ref()?.reason.clone())
}

/// Where the parts stand; one row of nothing where a payment has no part.
fn parts(to: &Distribution) -> Vec<(PartOf, String, Sek)> {
    let mut parts: Vec<(PartOf, String, Sek)> = to
        .allocations
        .iter()
        .map(|part| (PartOf::Invoice, named(&(part.series.clone(), part.invoice)), part.amount))
        .collect();
    let rest = match to.rest.as_ref().map(|rest| rest.to) {
        None | Some(Rest::Unmatched) => PartOf::Unmatched,
        Some(Rest::ForAPerson) => PartOf::ForAPerson,
        Some(Rest::Overpayment) => PartOf::Overpayment,
        Some(Rest::NotOurs) => PartOf::NotOurs,
        Some(Rest::Refunded) => PartOf::Refunded,
    };
    let payer = to.rest.as_ref().and_then(|rest| rest.payer.clone()).unwrap_or_default();
    let more = [
        (PartOf::Rounding, String::new(), to.rounding),
        (PartOf::Interest, String::new(), to.interest),
        (PartOf::ReminderFee, String::new(), to.reminder_fee),
        (rest, payer, to.unallocated),
    ];
    parts.extend(more.into_iter().filter(|(_, _, amount)| *amount != Sek::ZERO));
    parts
}
