//! words: what becomes of a payment, and why it waits, in the words of the wording files.

use avgift::Language;
use avgift_camt::{Clue, Match, Reason};
use avgift_journal::{Distribution, Rest};
use avgift_ledger::{Known, NewPayment};

/// A text of the bank for people: what would steer a terminal is made visible.
pub(in crate::command) fn shown(text: &str) -> String {
    text.replace(avgift::steers, "\u{fffd}")
}

/// What becomes of a payment that is new.
pub(super) fn outcome(new: &NewPayment, known: &Known, language: Language) -> String {
    let invoice = |part: &avgift_camt::Allocation| match known.payable(part.number) {
        Some(payable) => format!("{}-{}", payable.series, part.number),
        None => part.number.to_string(),
    };
    match &new.found {
        Match::Exact(part) => language.tell("outcome-exact", &[("invoice", &invoice(part))]),
        Match::Partial(part) => language.tell("outcome-partial", &[("invoice", &invoice(part))]),
        Match::Split(_) => language.tell("outcome-exact", &[("invoice", &places(&new.to, language))]),
        Match::Rounded { allocation, difference } => {
            let (invoice, amount) = (invoice(allocation), difference.text(language));
            language.tell("outcome-rounded", &[("invoice", &invoice), ("amount", &amount)])
        }
        Match::ForAPerson(person) => {
            language.tell("outcome-waits", &[("reason", &reason(person.reason, language))])
        }
    }
}

/// Where a payment goes, part by part.
pub(super) fn places(to: &Distribution, language: Language) -> String {
    let mut parts: Vec<String> = to
        .allocations
        .iter()
        .map(|part| {
            let (invoice, amount) = (format!("{}-{}", part.series, part.invoice), part.amount.text(language));
            language.tell("place-invoice", &[("invoice", &invoice), ("amount", &amount)])
        })
        .collect();
    let of = |amount: avgift::Sek| amount.text(language);
    if to.interest != avgift::Sek::ZERO {
        parts.push(language.tell("place-interest", &[("amount", &of(to.interest))]));
    }
    if to.reminder_fee != avgift::Sek::ZERO {
        parts.push(language.tell("place-reminder-fee", &[("amount", &of(to.reminder_fee))]));
    }
    if to.rounding != avgift::Sek::ZERO {
        parts.push(language.tell("place-rounding", &[("amount", &of(to.rounding))]));
    }
    let rest = to.rest.as_ref().map(|rest| rest.to);
    if to.unallocated != avgift::Sek::ZERO || (parts.is_empty() && rest.is_some()) {
        let amount = of(to.unallocated);
        parts.push(match rest {
            Some(Rest::ForAPerson) => language.tell("place-waits", &[("amount", &amount)]),
            Some(Rest::Overpayment) => language.tell("place-overpayment", &[("amount", &amount)]),
            Some(Rest::NotOurs) => language.tell("place-not-ours", &[("amount", &amount)]),
            Some(Rest::Refunded) => language.tell("place-refunded", &[("amount", &amount)]),
            Some(Rest::Unmatched) | None => language.tell("place-unmatched", &[("amount", &amount)]),
        });
    }
    parts.join(", ")
}

/// Why a payment waits.
pub(super) fn reason(reason: Reason, language: Language) -> String {
    match reason {
        Reason::Overpaid => language.say("reason-overpaid"),
        Reason::AlreadyPaid => language.say("reason-already-paid"),
        Reason::Credited => language.say("reason-credited"),
        Reason::CreditNoteTaken => language.say("reason-credit-note-taken"),
        Reason::UnclearSplit => language.say("reason-unclear-split"),
        Reason::AmountsDisagree => language.say("reason-amounts-disagree"),
        Reason::BadCheckDigit => language.say("reason-bad-check-digit"),
        Reason::UnknownReference => language.say("reason-unknown-reference"),
        Reason::AmbiguousReference => language.say("reason-ambiguous-reference"),
        Reason::TextOnly => language.say("reason-text-only"),
        Reason::NearlyPaid => language.say("reason-nearly-paid"),
        Reason::Reversal => language.say("reason-reversal"),
        Reason::OwnPayment => language.say("reason-own-payment"),
        Reason::OwnPaymentReturned => language.say("reason-own-payment-returned"),
        Reason::LumpSum => language.say("reason-lump-sum"),
        Reason::NothingPaid => language.say("reason-nothing-paid"),
    }
}

/// What speaks for an invoice.
pub(super) fn clue(clue: Clue, language: Language) -> String {
    match clue {
        Clue::Reference => language.say("clue-reference"),
        Clue::InText => language.say("clue-in-text"),
        Clue::NearReference => language.say("clue-near-reference"),
        Clue::PayerAccount => language.say("clue-payer-account"),
        Clue::OnlyAmount => language.say("clue-only-amount"),
        Clue::PayerName => language.say("clue-payer-name"),
    }
}
