//! Matching: which open invoices a payment pays, where it says so itself; else what a person should look at, and why.
//! Rule:    a payment posts itself only where every reference is the OCR reference of one invoice of ours, and the amount is
//!          all of what is open, a part of it that leaves a krona or more, or cleanly split over several invoices.
//! Rule:    text, names, accounts and amounts suggest and never post. A difference below one krona is for a person, unless
//!          the tolerance covers it.
//! Units:   öre. Allocations and rest sum to the amount, and no invoice gets more than is open on it.
//! Example: 10 000,00 kr with the reference of an invoice of 12 345,00 kr is a part; 2 345,00 kr stay open.
//! Not here: whether the payment was seen before (its key), and the journal.

use std::collections::BTreeMap;

use avgift::Sek;
use avgift_invoice::InvoiceNumber;

use crate::clue::{Suggestion, suggestions};
use crate::outcome::{Allocation, ForAPerson, KRONA, Match, OpenItem, Proposal, Reason, Rest, Tolerance};
use crate::payment::{BankPayment, Detail, Given, PaymentKind};

/// So many invoices are suggested at most.
const MOST_SUGGESTIONS: usize = 5;

/// Matches the payments of a file one after the other: what one pays is no longer open to the next.
#[must_use]
pub fn match_all(payments: &[BankPayment], items: &[OpenItem], tolerance: Tolerance) -> Vec<Match> {
    let mut items = items.to_vec();
    let mut one = |payment: &BankPayment| {
        let found = match_payment(payment, &items, tolerance);
        for allocation in found.allocations() {
            for item in items.iter_mut().filter(|item| item.number == allocation.number) {
                item.open = Sek::from_ore(item.open.ore().saturating_sub(allocation.amount.ore()));
            }
        }
        found
    };
    payments.iter().map(&mut one).collect()
}

/// Matches one payment to the open invoices. Their order changes nothing.
///
/// Invoices that are paid or credited belong in the list too, so that a second payment is told as one.
///
/// ```
/// use avgift_camt::{Allocation, BankPayment, ManualEntry, Match, OpenItem, Tolerance, match_payment};
/// let item = OpenItem {
///     number: "1001".parse()?,
///     ocr: "100164".parse()?,
///     payer_name: "Åre kommun".to_owned(),
///     payer_accounts: Vec::new(),
///     amount: "12 345 kr".parse()?,
///     open: "12 345 kr".parse()?,
///     credited: false,
/// };
/// let entry = ManualEntry::new("2027-02-14".parse()?, "10 000 kr".parse()?).reference("100164");
/// let found = match_payment(&BankPayment::from(entry), &[item], Tolerance::default());
/// assert_eq!(found, Match::Partial(Allocation { number: "1001".parse()?, amount: "10 000 kr".parse()? }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn match_payment(payment: &BankPayment, items: &[OpenItem], tolerance: Tolerance) -> Match {
    judge(payment, items, tolerance).unwrap_or_else(|(reason, proposal)| {
        let suggestions = suggestions(payment, items);
        let proposal = proposal.or_else(|| likeliest(payment, reason, &suggestions, items));
        let suggestions = suggestions.into_iter().take(MOST_SUGGESTIONS).collect();
        Match::ForAPerson(Box::new(ForAPerson { reason, suggestions, proposal }))
    })
}

type Refused = (Reason, Option<Proposal>);

/// What a payment says for itself, in the order in which a reason goes before another.
fn judge(payment: &BankPayment, items: &[OpenItem], tolerance: Tolerance) -> Result<Match, Refused> {
    match payment.kind {
        PaymentKind::Credit => {}
        PaymentKind::Reversal => return Err((Reason::Reversal, None)),
        PaymentKind::Debit => return Err((Reason::OwnPayment, None)),
        PaymentKind::DebitReversal => return Err((Reason::OwnPaymentReturned, None)),
    }
    if payment.detail == Detail::LumpSum {
        return Err((Reason::LumpSum, None));
    }
    if payment.amount <= Sek::ZERO {
        return Err((Reason::NothingPaid, None));
    }
    let shares = shares(payment, items);
    if !payment.credits_taken.is_empty() {
        let named = shares.ok().and_then(|shares| match shares.as_slice() {
            [share] if is_open(share.item) => Some(up_to_open(payment.amount, share.item)),
            _ => None,
        });
        return Err((Reason::CreditNoteTaken, named));
    }
    let shares = shares?;
    match shares.as_slice() {
        [] => Err((Reason::TextOnly, None)),
        [share] if share.stated.is_some_and(|stated| stated != i128::from(payment.amount.ore())) => {
            Err((Reason::AmountsDisagree, None))
        }
        [share] if share.is_unstated_in_part => Err((Reason::AmountsDisagree, None)),
        [share] => one_invoice(payment.amount, share.item, tolerance),
        shares => several_invoices(payment.amount, shares),
    }
}

/// An invoice that a payment names, and how much the payment says is for it.
struct Share<'a> {
    item: &'a OpenItem,
    /// In öre, summed over all references to this invoice that state an amount.
    stated: Option<i128>,
    /// Some reference to it states an amount and another does not.
    is_unstated_in_part: bool,
}

/// The invoices that the references name, by number; or why they do not name invoices alone.
fn shares<'a>(payment: &BankPayment, items: &'a [OpenItem]) -> Result<Vec<Share<'a>>, Refused> {
    let given = || payment.references.iter().map(|reference| &reference.given);
    if given().any(|given| matches!(given, Given::Other(text) if is_digits(text))) {
        return Err((Reason::BadCheckDigit, None));
    }
    if given().any(|given| !matches!(given, Given::Ocr(_))) {
        let has_ocr = given().any(|given| matches!(given, Given::Ocr(_)));
        return Err((if has_ocr { Reason::UnclearSplit } else { Reason::TextOnly }, None));
    }
    let mut shares: BTreeMap<InvoiceNumber, Share<'a>> = BTreeMap::new();
    for reference in &payment.references {
        let mut found = items.iter().filter(|item| reference.given == Given::Ocr(item.ocr));
        let item = found.next().ok_or((Reason::UnknownReference, None))?;
        if found.next().is_some() {
            return Err((Reason::AmbiguousReference, None));
        }
        let stated = reference.amount.map(|amount| i128::from(amount.ore()));
        let share = shares.entry(item.number);
        share
            .and_modify(|share| {
                share.is_unstated_in_part |= share.stated.is_some() != stated.is_some();
                share.stated = share.stated.zip(stated).map(|(one, other)| one + other);
            })
            .or_insert(Share { item, stated, is_unstated_in_part: false });
    }
    Ok(shares.into_values().collect())
}

fn one_invoice(amount: Sek, item: &OpenItem, tolerance: Tolerance) -> Result<Match, Refused> {
    if item.credited {
        return Err((Reason::Credited, Some(all_as(amount, Rest::Refund))));
    }
    if item.open <= Sek::ZERO {
        return Err((Reason::AlreadyPaid, Some(all_as(amount, Rest::Overpayment))));
    }
    let number = item.number;
    let difference = Sek::from_ore(amount.ore() - item.open.ore()); // Both are above nothing.
    let is_near = difference.ore().abs() < KRONA.ore();
    if difference == Sek::ZERO {
        Ok(Match::Exact(Allocation { number, amount }))
    } else if is_near && difference.ore().abs() <= tolerance.sek().ore() {
        Ok(Match::Rounded { allocation: Allocation { number, amount: item.open }, difference })
    } else if is_near {
        Err((Reason::NearlyPaid, Some(up_to_open(amount, item))))
    } else if difference < Sek::ZERO {
        Ok(Match::Partial(Allocation { number, amount }))
    } else {
        Err((Reason::Overpaid, Some(up_to_open(amount, item))))
    }
}

fn several_invoices(amount: Sek, shares: &[Share<'_>]) -> Result<Match, Refused> {
    let ore = |amount: Sek| i128::from(amount.ore());
    let stated: Option<Vec<i128>> = shares.iter().map(|share| share.stated).collect();
    let is_settled = |share: &Share<'_>| share.item.credited || share.item.open <= Sek::ZERO;
    let wanted = match stated {
        Some(stated) if stated.iter().sum::<i128>() != ore(amount) => {
            return Err((Reason::AmountsDisagree, None));
        }
        Some(stated) => stated,
        // Nothing is stated: all of what is open must be meant.
        None if shares.iter().all(|share| share.stated.is_none() && !share.is_unstated_in_part) => {
            let open: Vec<i128> = shares.iter().map(|share| ore(share.item.open)).collect();
            if open.iter().sum::<i128>() != ore(amount) {
                return Err((Reason::UnclearSplit, None));
            }
            open
        }
        None => return Err((Reason::UnclearSplit, None)),
    };
    let is_clean = shares.iter().zip(&wanted).all(|(share, wanted)| {
        let left = ore(share.item.open) - wanted;
        !is_settled(share) && *wanted > 0 && (left == 0 || left >= ore(KRONA))
    });
    let allocation = |(share, wanted): (&Share<'_>, &i128)| {
        let most = if is_settled(share) { 0 } else { ore(share.item.open) };
        let amount = i64::try_from((*wanted).clamp(0, most)).unwrap_or(0); // At most what is open.
        Allocation { number: share.item.number, amount: Sek::from_ore(amount) }
    };
    let mut allocations: Vec<Allocation> = shares.iter().zip(&wanted).map(allocation).collect();
    if is_clean {
        return Ok(Match::Split(allocations));
    }
    allocations.retain(|allocation| allocation.amount > Sek::ZERO);
    let allocated: i64 = allocations.iter().map(|allocation| allocation.amount.ore()).sum();
    let rest = Sek::from_ore(amount.ore() - allocated);
    Err((Reason::UnclearSplit, Some(Proposal { allocations, rest, rest_to: Rest::Overpayment })))
}

fn all_as(amount: Sek, rest_to: Rest) -> Proposal {
    Proposal { allocations: Vec::new(), rest: amount, rest_to }
}

/// What is open goes to the invoice, the rest is overpaid.
fn up_to_open(amount: Sek, item: &OpenItem) -> Proposal {
    let paid = amount.min(item.open);
    Proposal {
        allocations: vec![Allocation { number: item.number, amount: paid }],
        rest: Sek::from_ore(amount.ore() - paid.ore()),
        rest_to: Rest::Overpayment,
    }
}

/// What to propose where the references tell nothing: the first suggestion, if two clues speak for it and less for any other.
fn likeliest(
    payment: &BankPayment,
    reason: Reason,
    suggestions: &[Suggestion],
    items: &[OpenItem],
) -> Option<Proposal> {
    let is_open_question =
        matches!(reason, Reason::TextOnly | Reason::BadCheckDigit | Reason::UnknownReference);
    let first = suggestions.first().filter(|first| is_open_question && first.clues.len() >= 2)?;
    if suggestions.get(1).is_some_and(|second| second.weight() >= first.weight()) {
        return None;
    }
    let mut found = items.iter().filter(|item| item.number == first.number);
    let item = found.next().filter(|item| item.open > Sek::ZERO && !item.credited)?;
    found.next().is_none().then(|| up_to_open(payment.amount, item))
}

pub(crate) fn is_open(item: &OpenItem) -> bool {
    item.open > Sek::ZERO && !item.credited
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
