//! Reminding: which invoices are overdue, what each reminder asks for, and the letters as they are recorded.
//! Rule:    an invoice is reminded of once it is more days overdue than the network says, and again once so many days have
//!          gone since the last letter; never twice on a day. One for which a payment may wait is held back: a person
//!          decides on the payment first.
//! Rule:    interest by the table of reference rates and the fee only where the network charges them; the fee once an
//!          invoice. What was paid of either is not asked for again. Neither is a claim in the books until it is paid.
//! Errors:  ReferenceRateMustBeKnown of the network, those of reading what is stored and of the journal.
//! Not here: what the letter looks like (see `avgift-pdf`).

use std::collections::BTreeMap;

use avgift::{NaiveDate, Refusal, Sek};
use avgift_camt::Tolerance;
use avgift_invoice::{InvoiceNumber, LateCharges, Reminder};
use avgift_journal::{
    BATCH_MAX, Batch, Document, Folder, Issued, Journal, Kind, ReminderSent, Seal, State, document_name,
};
use avgift_network::{Late, Network};
use chrono::Datelike as _;

use crate::deciding::waiting;
use crate::error::Error;
use crate::interest::{Debt, late_interest};
use crate::issuing::{Rendered, Stopped, sealed};
use crate::known::Known;
use crate::refused;
use crate::stored::Ledger;

/// A reminder that is to be sent.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The series of the invoice.
    pub series: String,
    /// The fee year, whose folder the letter goes to.
    pub year: u16,
    /// The reminder.
    pub reminder: Reminder,
}

impl Letter {
    /// Its file name without an ending: `GR-20240001-reminder-1`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}-{}-reminder-{}", self.series, self.reminder.invoice, self.reminder.ordinal)
    }
}

/// An overdue invoice that nobody is reminded of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The series of the invoice.
    pub series: String,
    /// Its number.
    pub number: InvoiceNumber,
    /// Why.
    pub why: HeldBack,
}

/// Why nobody is reminded of an overdue invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldBack {
    /// A payment that waits for a person may be for it: its id.
    PaymentWaits(String),
    /// The last reminder is of that day.
    RemindedOn(NaiveDate),
}

/// What reminding comes to on a day.
#[derive(Debug, Clone)]
pub struct ReminderPlan {
    /// The day of the letters.
    pub date: NaiveDate,
    /// The letters, by payer.
    pub letters: Vec<Letter>,
    /// The overdue invoices that are held back.
    pub held: Vec<Held>,
    /// The last seal of the journal that it was made on.
    pub head: Seal,
}

impl ReminderPlan {
    /// The plan of a day.
    ///
    /// # Errors
    /// All that is wrong, an invoice each: those named at the top of this file.
    pub fn of<F: Folder>(
        ledger: &Ledger<'_, F>,
        known: &Known,
        network: &Network,
        tolerance: Tolerance,
        head: Seal,
        date: NaiveDate,
    ) -> Result<ReminderPlan, Vec<Refusal>> {
        let state = ledger.state();
        let suggested = suggested(state, known, tolerance);
        let nothing = Late::default();
        let (mut letters, mut held, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for series in state.series() {
            let late = network.agreement_of(series).map_or(&nothing, |agreement| agreement.late());
            let days = i64::from(late.reminder_days.value);
            let is_overdue = |issued: &&Issued| {
                issued.kind == Kind::Invoice
                    && issued.open() > Sek::ZERO
                    && (date - issued.due).num_days() > days
            };
            for issued in state.issued(series).iter().filter(is_overdue) {
                let reminders = state.reminders(series, issued.number);
                let last = reminders.last().map(|last| last.date);
                let why = match (last, suggested.get(&(series.to_owned(), issued.number))) {
                    (Some(last), _) if (date - last).num_days() <= days => Some(HeldBack::RemindedOn(last)),
                    (_, Some(id)) => Some(HeldBack::PaymentWaits(id.clone())),
                    _ => None,
                };
                if let Some(why) = why {
                    held.push(Held { series: series.to_owned(), number: issued.number, why });
                    continue;
                }
                match letter(ledger, network, late, series, issued, date) {
                    Ok(letter) => letters.push(letter),
                    Err(refusal) => avgift_network::note_each_once(&mut faults, [refusal]),
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        letters.sort_by_key(|letter| {
            let Reminder { buyer, invoice, .. } = &letter.reminder;
            (avgift_network::names::sort_key(buyer.name.as_str()), *invoice)
        });
        Ok(ReminderPlan { date, letters, held, head })
    }
}

/// The invoices that a payment which waits may be for, each with the payment's id.
fn suggested(
    state: &State,
    known: &Known,
    tolerance: Tolerance,
) -> BTreeMap<(String, InvoiceNumber), String> {
    let mut suggested = BTreeMap::new();
    for one in waiting(state, known, tolerance).iter().filter(|one| one.payment.amount > Sek::ZERO) {
        let proposed = one.proposal.iter().flat_map(|to| &to.allocations);
        let proposed = proposed.map(|part| (part.series.clone(), part.invoice));
        let named = one.suggestions.iter().map(|one| (one.invoice.series.clone(), one.invoice.number));
        for invoice in proposed.chain(named) {
            suggested.entry(invoice).or_insert_with(|| one.id.clone());
        }
    }
    suggested
}

fn letter<F: Folder>(
    ledger: &Ledger<'_, F>,
    network: &Network,
    late: &Late,
    series: &str,
    issued: &Issued,
    date: NaiveDate,
) -> Result<Letter, Refusal> {
    let refusal = |error: Error| error.refusal();
    let invoice = ledger.invoice(series, issued).map_err(refusal)?.invoice;
    let charges = charges(ledger.state(), network, late, series, issued, date)?;
    let open = issued.open();
    let amount_due =
        Sek::sum([open, charges.interest_due(), charges.fee]).map_err(|error| error.refusal())?;
    let before = ledger.state().reminders(series, issued.number).len();
    let reminder = Reminder {
        ordinal: u32::try_from(before + 1).unwrap_or(u32::MAX),
        date,
        invoice: issued.number,
        invoice_date: invoice.issue_date,
        due_date: invoice.due_date,
        fee_year: invoice.content.fee_year,
        ocr_reference: invoice.payment.ocr_reference,
        bankgiro: invoice.payment.bankgiro,
        seller: invoice.content.seller,
        buyer: invoice.content.buyer,
        invoiced: issued.total,
        credited: issued.credited,
        paid: issued.paid,
        open,
        charges,
        amount_due,
    };
    Ok(Letter { series: series.to_owned(), year: issued.year, reminder })
}

/// What lateness costs, and what of it was paid already, with the first invoice of a payment that it was paid with.
fn charges(
    state: &State,
    network: &Network,
    late: &Late,
    series: &str,
    issued: &Issued,
    date: NaiveDate,
) -> Result<LateCharges, Refusal> {
    let (mut paid, mut interest_paid, mut fee_paid) = (Vec::new(), Sek::ZERO, Sek::ZERO);
    for (_, payment) in state.payments() {
        let of_invoice =
            |part: &&avgift_journal::Allocation| part.series == series && part.invoice == issued.number;
        let parts = &payment.to.allocations;
        paid.extend(parts.iter().filter(of_invoice).map(|part| (payment.value_date, part.amount)));
        if parts.first().as_ref().is_some_and(of_invoice) {
            interest_paid = interest_paid.plus(payment.to.interest).map_err(|error| error.refusal())?;
            fee_paid = fee_paid.plus(payment.to.reminder_fee).map_err(|error| error.refusal())?;
        }
    }
    let owed = issued.total.minus(issued.credited).map_err(|error| error.refusal())?;
    let debt = Debt { owed, due: issued.due, paid };
    let interest = match &late.interest {
        Some(terms) => Some(late_interest(&debt, date, terms.margin.value, network.reference_rates())?),
        None => None,
    };
    let fee = late.reminder_fee.as_ref();
    let left = |fee: Sek| fee.minus(fee_paid).map(|left| left.max(Sek::ZERO));
    Ok(LateCharges {
        interest,
        interest_paid,
        margin: late.interest.as_ref().map(|terms| terms.margin.value),
        fee: fee.map_or(Ok(Sek::ZERO), |fee| left(fee.amount.value)).map_err(|error| error.refusal())?,
        fee_agreed: fee.map(|fee| fee.agreed.value.clone()),
    })
}

/// Renders and records the letters of a plan. `render` gives the files of each, in their order.
///
/// # Errors
/// `HeadMustNotHaveMoved`, what `render` refuses, and those of the journal. What earlier batches recorded stays.
pub fn remind<F: Folder>(
    mut journal: Journal<F>,
    plan: &ReminderPlan,
    mut render: impl FnMut(&[Letter]) -> Result<Vec<Rendered>, Vec<Refusal>>,
) -> Result<Journal<F>, Stopped> {
    let mut issued = 0;
    let all = || {
        journal.expect_head(plan.head).map_err(refused)?;
        for letters in plan.letters.chunks(BATCH_MAX) {
            let rendered = render(letters)?;
            let name = journal.state().next_batch(plan.date.year());
            let mut batch = Batch::default();
            for (letter, files) in letters.iter().zip(rendered) {
                let documents = documents(letter, files);
                batch.events.push(event(letter, &name, &documents).into());
                batch.documents.extend(documents);
            }
            journal = journal.commit(batch).map_err(refused)?;
            issued += letters.len();
        }
        Ok(journal)
    };
    all().map_err(|refusals| Stopped { issued, refusals })
}

fn documents(letter: &Letter, files: Rendered) -> Vec<Document> {
    let named = |(ending, bytes): (&str, Vec<u8>)| {
        let end = format!("-reminder-{}{ending}", letter.reminder.ordinal);
        let name = document_name(i32::from(letter.year), &letter.series, letter.reminder.invoice, &end);
        Document { name, bytes }
    };
    files.into_iter().map(named).collect()
}

fn event(letter: &Letter, batch: &str, documents: &[Document]) -> ReminderSent {
    let Reminder { date, invoice, open, charges, .. } = &letter.reminder;
    ReminderSent {
        batch: Some(batch.to_owned()),
        series: letter.series.clone(),
        invoice: *invoice,
        date: *date,
        open: *open,
        fee: charges.fee,
        interest: charges.interest_due(),
        documents: sealed(documents),
    }
}
