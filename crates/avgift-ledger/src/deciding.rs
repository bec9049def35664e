//! Deciding: the payments that wait for a person, what is proposed for each, and what the person decides.
//! Rule:    a payment goes where it is said as a whole: its parts sum to it. A decision takes the place of the one before,
//!          from its day on, and none goes back before that. What it pays of an invoice is what is open at most.
//! Rule:    a payment that the bank took back lowers what the payment it belongs to has paid, part by part, once that is
//!          decided.
//! Errors:  PaymentMustBeFound, PaymentMustBeOne, ProposalMustBeThere, PaymentMustBeAssignedAsAWhole,
//!          PartsMustNotExceedPayment, OverpaymentMustHaveItsPayer, RestMustHaveOnePlace, RoundingMustBeBelowAKrona,
//!          PaymentMustHaveSomethingToPayBack, ReversalMustBeOfAPayment, DecisionMustNotPrecedePayment,
//!          ReversedPaymentMustBeDecided, ReversalMustBeDecidedAsOne, InvoiceMustBeOpen, those of finding an invoice and of the journal.

use avgift::{NaiveDate, Sek};
use avgift_camt::{BankKey, Clue, ForAPerson, Match, Reason, Suggestion, Tolerance, match_payment};
use avgift_journal::{
    Allocation, Batch, Distribution, Folder, Journal, Payment, PaymentReallocated, Rest, RestOf, Seal, State,
};

use crate::error::Error;
use crate::importing::{allocations, payment_id};
use crate::known::{Known, Payable};
use crate::stored::Ledger;

/// A payment that waits for a person.
#[derive(Debug, Clone)]
pub struct Waiting<'a> {
    /// Its short name.
    pub id: String,
    /// Its key.
    pub bank_key: &'a str,
    /// The payment.
    pub payment: &'a Payment,
    /// Why it waits, as it was when it came in.
    pub reason: Option<Reason>,
    /// Which invoices it may be for, by what is open now.
    pub suggestions: Vec<Suggested<'a>>,
    /// What is proposed, by what is open now.
    pub proposal: Option<Distribution>,
}

/// An invoice that a payment may be for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested<'a> {
    /// The invoice.
    pub invoice: &'a Payable,
    /// What speaks for it, the strongest first.
    pub clues: Vec<Clue>,
}

/// The payments that wait for a person, the oldest first.
#[must_use]
pub fn waiting<'a>(state: &'a State, known: &'a Known, tolerance: Tolerance) -> Vec<Waiting<'a>> {
    let items = known.items(state);
    let mut waiting: Vec<Waiting<'a>> = state
        .payments()
        .filter(|(_, payment)| payment.is_for_a_person())
        .map(|(bank_key, payment)| {
            let found = match_payment(&known.remembered(bank_key, payment), &items, tolerance);
            let suggested = |suggestion: &Suggestion| {
                let invoices = known.invoices().iter().filter(|invoice| invoice.number == suggestion.number);
                let clues = suggestion.clues.clone();
                invoices.map(|invoice| Suggested { invoice, clues: clues.clone() }).collect::<Vec<_>>()
            };
            let suggestions = match &found {
                Match::ForAPerson(person) => person.suggestions.iter().flat_map(suggested).collect(),
                _ => Vec::new(),
            };
            let reversed = (payment.amount < Sek::ZERO)
                .then(|| mirrored(state, known, bank_key, payment, None).ok())
                .flatten();
            let proposal = reversed.or_else(|| proposed(state, known, &found));
            let reason = known.reason(bank_key);
            Waiting { id: payment_id(bank_key), bank_key, payment, reason, suggestions, proposal }
        })
        .collect();
    waiting.sort_by_key(|one| (one.payment.booked, one.payment.offset));
    waiting
}

/// What a match comes to as a decision.
fn proposed(state: &State, known: &Known, found: &Match) -> Option<Distribution> {
    let ForAPerson { proposal, suggestions, .. } = match found {
        Match::ForAPerson(person) => &**person,
        Match::Rounded { allocation, difference } => {
            let allocations = allocations(known, &[*allocation])?;
            return Some(Distribution { allocations, rounding: *difference, ..Distribution::default() });
        }
        posted => {
            let allocations = allocations(known, posted.allocations())?;
            return Some(Distribution { allocations, ..Distribution::default() });
        }
    };
    let proposal = proposal.as_ref()?;
    let allocations = allocations(known, &proposal.allocations)?;
    if proposal.rest == Sek::ZERO {
        return Some(Distribution { allocations, ..Distribution::default() });
    }
    // Who pays what a reminder asked for, to the öre, pays the interest and the fee.
    if let [part] = allocations.as_slice()
        && let Some(reminder) = state.reminders(&part.series, part.invoice).last()
        && reminder.interest.plus(reminder.fee) == Ok(proposal.rest)
    {
        let (interest, reminder_fee) = (reminder.interest, reminder.fee);
        return Some(Distribution { allocations, interest, reminder_fee, ..Distribution::default() });
    }
    let named = suggestions.iter().find(|one| one.clues.contains(&Clue::Reference));
    let of_reference = || known.payable(named?.number).map(|payable| payable.payer.clone());
    let payer = payer_of(state, &allocations).or_else(of_reference);
    // What is to be repaid is owed back until somebody says that it was.
    let rest = payer.map(|payer| RestOf { to: Rest::Overpayment, payer: Some(payer), reason: None });
    Some(Distribution {
        allocations,
        unallocated: proposal.rest,
        rest: Some(rest?),
        ..Distribution::default()
    })
}

/// Whose invoices these are, where all are one payer's.
fn payer_of(state: &State, allocations: &[Allocation]) -> Option<String> {
    let mut payers = allocations.iter().filter_map(|part| state.find(&part.series, part.invoice));
    let first = payers.next()?.payer.to_string();
    payers.all(|issued| *issued.payer == *first).then_some(first)
}

/// The payment that a user names: its id, the beginning of it, or its whole key.
///
/// # Errors
/// `PaymentMustBeFound`, `PaymentMustBeOne`.
pub fn find_payment<'a>(state: &'a State, text: &str) -> Result<(&'a str, &'a Payment), Error> {
    const SHORTEST: usize = 4;
    let text = text.trim();
    if let Some((key, payment)) = state.payments().find(|(key, _)| *key == text) {
        return Ok((key, payment));
    }
    let begins = |key: &str| {
        text.len() >= SHORTEST && Seal::of(key.as_bytes()).to_string().starts_with(&text.to_lowercase())
    };
    let found: Vec<(&str, &Payment)> = state.payments().filter(|(key, _)| begins(key)).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(Error::PaymentMustBeFound { text: text.to_owned() }),
        several => Err(Error::PaymentMustBeOne {
            text: text.to_owned(),
            found: several.iter().map(|(key, _)| format!("{:.12}", Seal::of(key.as_bytes()))).collect(),
        }),
    }
}

/// Where what is left of a payment goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestTo {
    /// It is owed back to the payer, or meets the next invoice.
    Overpayment,
    /// It belongs to no invoice that is known.
    Unmatched,
    /// It has nothing to do with the fees.
    NotOurs,
    /// It is interest on late payment.
    Interest,
    /// It is the fee of a reminder.
    ReminderFee,
    /// It is the öre that the payment is off.
    Rounding,
}

/// A part of a payment that goes to an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToInvoice {
    /// The number as the user wrote it.
    pub number: String,
    /// How much; without it, what is open, as far as the payment reaches.
    pub amount: Option<Sek>,
}

/// What a person decides about a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// What is proposed.
    AsProposed,
    /// Parts to invoices, and the rest elsewhere; of the rest, one without an amount takes what is left.
    To {
        /// The parts.
        invoices: Vec<ToInvoice>,
        /// The rest.
        rest: Vec<(RestTo, Option<Sek>)>,
        /// Whose an overpayment is, where the invoices do not tell.
        payer: Option<String>,
    },
    /// It has nothing to do with the fees.
    NotOurs,
    /// What is left of it was paid back.
    Refund,
    /// It takes back another payment: the one of the same bank reference, or the one named.
    Reverse {
        /// The other, as the user names it.
        of: Option<String>,
    },
}

/// A decision that is to be recorded.
#[derive(Debug, Clone)]
pub struct PlannedDecision {
    /// Which payment.
    pub bank_key: String,
    /// How much it was.
    pub amount: Sek,
    /// Where it went before.
    pub before: Distribution,
    /// Where it goes from now on.
    pub to: Distribution,
    /// From which day.
    pub date: NaiveDate,
    /// The last seal of the journal that it was planned on.
    pub head: Seal,
}

impl PlannedDecision {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_as_before(&self) -> bool {
        self.before == self.to
    }
}

/// What a decision about a payment comes to.
///
/// # Errors
/// Those named at the top of this file.
pub fn plan_decision<F: Folder>(
    ledger: &Ledger<'_, F>,
    known: &Known,
    head: Seal,
    tolerance: Tolerance,
    named: &str,
    decision: &Decision,
    date: NaiveDate,
) -> Result<PlannedDecision, Error> {
    let state = ledger.state();
    let (bank_key, payment) = find_payment(state, named)?;
    let id = payment_id(bank_key);
    if date < payment.since {
        return Err(Error::DecisionMustNotPrecedePayment { id, date, since: payment.since });
    }
    let is_reversal = payment.amount < Sek::ZERO;
    let to = match decision {
        Decision::Reverse { of } => mirrored(state, known, bank_key, payment, of.as_deref())?,
        Decision::AsProposed => {
            let of_list = waiting(state, known, tolerance).into_iter().find(|one| one.bank_key == bank_key);
            let proposal = of_list.and_then(|one| one.proposal);
            proposal.ok_or(Error::ProposalMustBeThere { id })?
        }
        Decision::NotOurs => Distribution {
            unallocated: payment.amount,
            rest: Some(rest(Rest::NotOurs, None)),
            ..Distribution::default()
        },
        Decision::To { .. } | Decision::Refund if is_reversal => {
            return Err(Error::ReversalMustBeDecidedAsOne { id });
        }
        Decision::Refund => refunded(&id, payment)?,
        Decision::To { invoices, rest, payer } => {
            let parts = to_invoices(ledger, &id, payment, invoices)?;
            with_rest(state, &id, payment, parts, rest, payer.as_deref())?
        }
    };
    let (before, bank_key) = (payment.to.clone(), bank_key.to_owned());
    Ok(PlannedDecision { bank_key, amount: payment.amount, before, to, date, head })
}

const fn rest(to: Rest, payer: Option<String>) -> RestOf {
    RestOf { to, payer, reason: None }
}

fn refunded(id: &str, payment: &Payment) -> Result<Distribution, Error> {
    let before = &payment.to;
    let is_owed = before.rest.as_ref().is_none_or(|rest| rest.to != Rest::Refunded);
    if before.unallocated <= Sek::ZERO || !is_owed {
        return Err(Error::PaymentMustHaveSomethingToPayBack { id: id.to_owned() });
    }
    let payer = before.rest.as_ref().and_then(|rest| rest.payer.clone());
    Ok(Distribution { rest: Some(rest(Rest::Refunded, payer)), ..before.clone() })
}

/// The parts that go to invoices. What the payment pays of an invoice already is open to it again.
fn to_invoices<F: Folder>(
    ledger: &Ledger<'_, F>,
    id: &str,
    payment: &Payment,
    invoices: &[ToInvoice],
) -> Result<Vec<Allocation>, Error> {
    let mut left = payment.amount;
    let mut parts: Vec<Allocation> = Vec::with_capacity(invoices.len());
    for ToInvoice { number, amount } in invoices {
        let (series, issued) = ledger.find(number)?;
        let same = |part: &&Allocation| part.series == series && part.invoice == issued.number;
        let own = Sek::sum(payment.to.allocations.iter().filter(same).map(|part| part.amount))?;
        let taken = Sek::sum(parts.iter().filter(same).map(|part| part.amount))?;
        let open = issued.open().plus(own)?.minus(taken)?;
        let amount = amount.unwrap_or(open.min(left)).max(Sek::ZERO);
        if open <= Sek::ZERO {
            return Err(Error::InvoiceMustBeOpen { document: format!("{series}-{}", issued.number) });
        }
        if amount > open || amount == Sek::ZERO {
            let error = avgift_journal::Error::AllocationMustNotExceedOpen {
                origin: None,
                number: issued.number,
                allocated: amount,
                open,
            };
            return Err(error.into());
        }
        left = left.minus(amount)?;
        parts.push(Allocation { series: series.to_owned(), invoice: issued.number, amount });
    }
    // Too little may be paid by some öre, which the rest then says.
    if left <= KRONA_OWED {
        let (id, amount) = (id.to_owned(), payment.amount);
        return Err(Error::PartsMustNotExceedPayment { id, amount, beyond: Sek::ZERO.minus(left)? });
    }
    Ok(parts)
}

/// A krona too little is no rounding.
const KRONA_OWED: Sek = Sek::from_ore(-100);

fn with_rest(
    state: &State,
    id: &str,
    payment: &Payment,
    allocations: Vec<Allocation>,
    rests: &[(RestTo, Option<Sek>)],
    payer: Option<&str>,
) -> Result<Distribution, Error> {
    let stated = Sek::sum(rests.iter().filter_map(|(_, amount)| *amount))?;
    let given = Sek::sum(allocations.iter().map(|part| part.amount))?.plus(stated)?;
    let left = payment.amount.minus(given)?;
    let mut to = Distribution { allocations, ..Distribution::default() };
    let mut open = Some(left).filter(|left| *left != Sek::ZERO);
    for (rest_to, amount) in rests {
        let amount = amount.or_else(|| open.take()).unwrap_or(Sek::ZERO);
        let is_rounding = *rest_to == RestTo::Rounding;
        if is_rounding && amount.ore().abs() >= 100 {
            return Err(Error::RoundingMustBeBelowAKrona { amount });
        }
        if amount < Sek::ZERO && !is_rounding {
            let (id, amount) = (id.to_owned(), payment.amount);
            return Err(Error::PartsMustNotExceedPayment { id, amount, beyond: Sek::ZERO.minus(left)? });
        }
        let place = match rest_to {
            RestTo::Interest => &mut to.interest,
            RestTo::ReminderFee => &mut to.reminder_fee,
            RestTo::Rounding => &mut to.rounding,
            RestTo::Overpayment | RestTo::Unmatched | RestTo::NotOurs => {
                if to.rest.is_some() {
                    return Err(Error::RestMustHaveOnePlace { id: id.to_owned() });
                }
                to.rest = Some(match rest_to {
                    RestTo::Overpayment => {
                        rest(Rest::Overpayment, Some(owner(state, id, &to.allocations, payer)?))
                    }
                    RestTo::NotOurs => rest(Rest::NotOurs, None),
                    _ => rest(Rest::Unmatched, payer.map(str::to_owned)),
                });
                &mut to.unallocated
            }
        };
        *place = place.plus(amount)?;
    }
    match open {
        None => Ok(to),
        Some(left) if left < Sek::ZERO => {
            let (id, amount) = (id.to_owned(), payment.amount);
            Err(Error::PartsMustNotExceedPayment { id, amount, beyond: Sek::ZERO.minus(left)? })
        }
        Some(left) => Err(Error::PaymentMustBeAssignedAsAWhole { id: id.to_owned(), left }),
    }
}

/// Whose an overpayment is.
fn owner(state: &State, id: &str, allocations: &[Allocation], payer: Option<&str>) -> Result<String, Error> {
    match payer {
        None => payer_of(state, allocations)
            .ok_or_else(|| Error::OverpaymentMustHaveItsPayer { id: id.to_owned(), payer: None }),
        Some(payer) if state.payers().any(|known| known == payer) => Ok(payer.to_owned()),
        Some(payer) => {
            Err(Error::OverpaymentMustHaveItsPayer { id: id.to_owned(), payer: Some(payer.to_owned()) })
        }
    }
}

/// A reversal's parts: those of the payment that it takes back, with the other sign.
fn mirrored(
    state: &State,
    known: &Known,
    bank_key: &str,
    reversal: &Payment,
    of: Option<&str>,
) -> Result<Distribution, Error> {
    let id = payment_id(bank_key);
    let amount = reversal.amount;
    let is_of = |payment: &Payment| {
        amount < Sek::ZERO && payment.amount > Sek::ZERO && payment.amount.plus(amount) == Ok(Sek::ZERO)
    };
    let (taken_back, payment) = match of {
        Some(named) => find_payment(state, named)?,
        None => {
            let by_key =
                BankKey::reversed_by(bank_key).and_then(|key| state.payment(key).map(|one| (key, one)));
            let reference = known.bank_says(bank_key).and_then(|bank| bank.bank_reference.as_deref());
            let same = |(key, payment): &(&str, &Payment)| {
                let bank = known.bank_says(key).and_then(|bank| bank.bank_reference.as_deref());
                is_of(payment) && bank.is_some() && bank == reference
            };
            let mut found = state.payments().filter(same);
            let by_reference = found.next().filter(|_| found.next().is_none());
            by_key.or(by_reference).ok_or_else(|| Error::ReversalMustBeOfAPayment {
                id: id.clone(),
                of: None,
                amount,
            })?
        }
    };
    if !is_of(payment) {
        return Err(Error::ReversalMustBeOfAPayment { id, of: Some(payment_id(taken_back)), amount });
    }
    if payment.is_for_a_person() {
        return Err(Error::ReversedPaymentMustBeDecided { id, of: payment_id(taken_back) });
    }
    let back = |amount: Sek| Sek::ZERO.minus(amount);
    let to = &payment.to;
    let parts: Result<Vec<Allocation>, avgift::Error> = to
        .allocations
        .iter()
        .map(|part| Ok(Allocation { amount: back(part.amount)?, ..part.clone() }))
        .collect();
    Ok(Distribution {
        allocations: parts?,
        rounding: back(to.rounding)?,
        interest: back(to.interest)?,
        reminder_fee: back(to.reminder_fee)?,
        unallocated: back(to.unallocated)?,
        rest: to.rest.clone(),
    })
}

/// Records a decision.
///
/// # Errors
/// `HeadMustNotHaveMoved`, and those of the journal: nothing was changed then.
pub fn record_decision<F: Folder>(
    journal: Journal<F>,
    planned: &PlannedDecision,
    reason: &str,
) -> Result<Journal<F>, Error> {
    journal.expect_head(planned.head)?;
    let PlannedDecision { bank_key, to, date, .. } = planned;
    let event = PaymentReallocated {
        bank_key: bank_key.clone(),
        date: *date,
        to: to.clone(),
        reason: reason.to_owned(),
    };
    Ok(journal.commit(Batch { events: vec![event.into()], documents: Vec::new() })?)
}
