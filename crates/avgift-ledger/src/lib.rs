//! The year of a network on its journal: what is to be issued, credited, paid, exported and proved.
//!
//! - [`Plan::of`] holds drafts against what was issued: new, unchanged, changed, no longer charged; [`issue`] numbers and
//!   records what is new.
//! - [`Ledger`] finds a number and reads back the whole document behind it; [`Ledger::plan_credit`] takes it back, in full
//!   or in part.
//! - [`ImportPlan::of`] holds the payments of bank files against what is open and what was registered before; [`register`]
//!   records what is new. [`waiting`] lists what a person has to decide, with a proposal, and [`plan_decision`] takes it.
//! - [`Receivables::of`] is what was open at the end of a day, by age, what waits, what is owed back, and how it ties.
//! - [`ReminderPlan::of`] finds what is overdue and what each letter asks for, interest by [`late_interest`]; [`remind`]
//!   records the letters.
//! - [`recompute`] computes every amount that was issued anew from what was stored with it.
//!
//! The journal says what holds (`avgift-journal`), the documents what stands on them (`avgift-invoice`); here one is made
//! of the other. The disk is the journal's [`avgift_journal::Folder`], and the day and the name of the user are arguments.

#![forbid(unsafe_code)]

mod credit;
mod deciding;
mod error;
mod importing;
mod interest;
mod issuing;
mod known;
mod plan;
mod receivables;
mod recompute;
mod reminding;
mod stored;

pub use credit::{CreditExtent, CreditOrder, PlannedCredit, issue_credit};
pub use deciding::{
    Decision, PlannedDecision, RestTo, Suggested, ToInvoice, Waiting, find_payment, plan_decision,
    record_decision, waiting,
};
pub use error::{CODES, Error};
pub use importing::{
    BankInput, FilePlan, ImportPlan, NewPayment, Standing, our_accounts, payment_id, register, tolerance,
};
pub use interest::{Debt, late_interest};
pub use issuing::{Rendered, Sheet, Stopped, issue};
pub use known::{Known, Payable};
pub use plan::{Changed, Fresh, Gone, Numbering, Plan, Unchanged, charge_key};
pub use receivables::{Age, OwedBack, Receivables, Received, TieOut, Unpaid};
pub use recompute::{Recomputed, recompute};
pub use reminding::{Held, HeldBack, Letter, ReminderPlan, remind};
pub use stored::{Ledger, StoredCredit, StoredInvoice};

use avgift::Refusal;

/// The refusals of an error of the journal.
fn refused(error: impl Into<Error>) -> Vec<Refusal> {
    vec![error.into().refusal()]
}
