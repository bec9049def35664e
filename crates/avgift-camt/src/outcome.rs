//! Outcome: what becomes of a payment, and what a person is told who has to decide.
//! Units:   öre. Allocations and rest sum to the amount.
//! Errors:  ToleranceMustBeBelowAKrona. Not here: which outcome a payment has (see `matching`), what speaks for an invoice
//!          (see `clue`).

use avgift::Sek;
use avgift_invoice::{InvoiceNumber, OcrReference};
use serde::Serialize;

use crate::account::Account;
use crate::clue::Suggestion;
use crate::error::Error;

/// An invoice as the journal knows it on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    /// Its number.
    pub number: InvoiceNumber,
    /// Its OCR reference.
    pub ocr: OcrReference,
    /// Who pays it.
    pub payer_name: String,
    /// The accounts that its payer has paid from before.
    pub payer_accounts: Vec<Account>,
    /// The amount due when it was issued.
    pub amount: Sek,
    /// What is still open; nothing where it is paid or credited.
    pub open: Sek,
    /// Whether it was credited in full.
    pub credited: bool,
}

/// How many öre too little or too much count as rounding: 0, unless the network says otherwise, to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Tolerance(Sek);

/// From here on a difference is a part of the fee.
pub(crate) const KRONA: Sek = Sek::from_ore(100);

impl Tolerance {
    /// A tolerance.
    ///
    /// # Errors
    /// `ToleranceMustBeBelowAKrona`.
    pub fn new(tolerance: Sek) -> Result<Tolerance, Error> {
        if (Sek::ZERO..KRONA).contains(&tolerance) {
            Ok(Tolerance(tolerance))
        } else {
            Err(Error::ToleranceMustBeBelowAKrona { tolerance })
        }
    }

    /// So much.
    pub(crate) const fn sek(self) -> Sek {
        self.0
    }
}

/// So much of a payment goes to an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Allocation {
    /// The invoice.
    pub number: InvoiceNumber,
    /// How much of what is open on it.
    pub amount: Sek,
}

/// What becomes of a payment. Every variant but the last posts itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Match {
    /// It pays all that is open on an invoice.
    Exact(Allocation),
    /// It pays a part, and the invoice stays open.
    Partial(Allocation),
    /// It pays several invoices, each in full or in part.
    Split(Vec<Allocation>),
    /// It pays all that is open but for a difference within the tolerance, which goes to rounding (3740).
    Rounded {
        /// All that is open.
        allocation: Allocation,
        /// What was paid too much; negative where too little.
        difference: Sek,
    },
    /// A person decides.
    ForAPerson(Box<ForAPerson>),
}

impl Match {
    /// What posts itself.
    #[must_use]
    pub fn allocations(&self) -> &[Allocation] {
        match self {
            Match::Exact(allocation) | Match::Partial(allocation) | Match::Rounded { allocation, .. } => {
                std::slice::from_ref(allocation)
            }
            Match::Split(allocations) => allocations,
            Match::ForAPerson(_) => &[],
        }
    }
}

/// What a person should know to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForAPerson {
    /// Why it does not post itself.
    pub reason: Reason,
    /// Which invoices it may be for, the likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// What to do, where one thing is much the likeliest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
}

/// Why a payment does not post itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// More than is open.
    Overpaid,
    /// Nothing is open any more: probably paid twice.
    AlreadyPaid,
    /// The invoice was credited in full.
    Credited,
    /// The payer took a credit note off.
    CreditNoteTaken,
    /// Several references, without an amount each and not the sum of what is open; or more on one than is open.
    UnclearSplit,
    /// The amounts beside the references are not those of the payment.
    AmountsDisagree,
    /// Digits that fail their check digit.
    BadCheckDigit,
    /// A right OCR reference of no invoice of ours.
    UnknownReference,
    /// Two invoices have the same reference.
    AmbiguousReference,
    /// No OCR reference: text, or a number of another kind.
    TextOnly,
    /// A difference below one krona, and above the tolerance.
    NearlyPaid,
    /// The bank takes a payment back: reverse the one with the same bank reference.
    Reversal,
    /// A payment of ours.
    OwnPayment,
    /// A payment of ours that came back.
    OwnPaymentReturned,
    /// A sum that may hold several payments.
    LumpSum,
    /// Of nothing.
    NothingPaid,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 16] = [
        Reason::Overpaid,
        Reason::AlreadyPaid,
        Reason::Credited,
        Reason::CreditNoteTaken,
        Reason::UnclearSplit,
        Reason::AmountsDisagree,
        Reason::BadCheckDigit,
        Reason::UnknownReference,
        Reason::AmbiguousReference,
        Reason::TextOnly,
        Reason::NearlyPaid,
        Reason::Reversal,
        Reason::OwnPayment,
        Reason::OwnPaymentReturned,
        Reason::LumpSum,
        Reason::NothingPaid,
    ];

    /// Its word, as a journal keeps it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Reason::Overpaid => "overpaid",
            Reason::AlreadyPaid => "already-paid",
            Reason::Credited => "credited",
            Reason::CreditNoteTaken => "credit-note-taken",
            Reason::UnclearSplit => "unclear-split",
            Reason::AmountsDisagree => "amounts-disagree",
            Reason::BadCheckDigit => "bad-check-digit",
            Reason::UnknownReference => "unknown-reference",
            Reason::AmbiguousReference => "ambiguous-reference",
            Reason::TextOnly => "text-only",
            Reason::NearlyPaid => "nearly-paid",
            Reason::Reversal => "reversal",
            Reason::OwnPayment => "own-payment",
            Reason::OwnPaymentReturned => "own-payment-returned",
            Reason::LumpSum => "lump-sum",
            Reason::NothingPaid => "nothing-paid",
        }
    }

    /// The reason of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// What to do with a payment, for a person to agree to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// What goes to invoices.
    pub allocations: Vec<Allocation>,
    /// What is left.
    pub rest: Sek,
    /// Where the rest goes.
    pub rest_to: Rest,
}

/// Where the rest of a payment goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rest {
    /// It stands as overpayment (2420) until it is repaid or meets next year's fee.
    Overpayment,
    /// It is repaid.
    Refund,
}
