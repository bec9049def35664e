//! The year of a network on its journal: what is to be issued, credited, paid, exported and proved.
//!
//! - [`Plan::of`] holds drafts against what was issued: new, unchanged, changed, no longer charged; [`issue`] numbers and
//!   records what is new.
//! - [`Ledger`] finds a number and reads back the whole document behind it; [`Ledger::plan_credit`] takes it back, in full
//!   or in part.
//! - [`History::of`] reads documents and payments; [`plan_export`] makes vouchers of them for the ledger of a host, and
//!   [`export`] records the files that are handed over.
//! - [`registers`] has the rows of invoices, receivables, payments and VAT, and how their sums tie.
//! - [`ImportPlan::of`] holds the payments of bank files against what is open and what was registered before; [`register`]
//!   records what is new. [`waiting`] lists what a person has to decide, with a proposal, and [`plan_decision`] takes it.
//! - [`Receivables::of`] is what was open at the end of a day, by age, what waits, what is owed back, and how it ties.
//! - [`ReminderPlan::of`] finds what is overdue and what each letter asks for, interest by [`late_interest`]; [`remind`]
//!   records the letters.
//! - [`Reconciliation::of`] holds preliminary fees to the final ones: what is a supplement, what is credited; [`reconcile`] records it.
//! - [`recompute`] computes every amount that was issued anew from what was stored with it; [`prove`] does that and all
//!   that the journal proves of itself; [`IssuedFees`] holds what was issued to what the folder gives today.
//! - [`YearOfRecords`] is what the journal has of a fee year, [`Package`] files that are handed over with a list of their seals.
//! - [`parted`] tells what two journals of one folder have after they part.
//! - [`entries`] tells each line in words, [`Dossier`] all that is recorded of one document.
//!
//! The journal says what holds (`avgift-journal`), the documents what stands on them (`avgift-invoice`); here one is made
//! of the other. The disk is the journal's [`avgift_journal::Folder`], and the day and the name of the user are arguments.

#![forbid(unsafe_code)]

mod against;
mod archive;
mod books;
mod charges;
mod conflict;
mod credit;
mod deciding;
mod dossier;
mod entry;
mod error;
mod exporting;
mod history;
mod importing;
mod interest;
mod issuing;
mod known;
mod package;
mod placing;
mod plan;
mod proof;
mod receivables;
mod recompute;
mod reconciling;
pub mod registers;
mod reminding;
mod stored;

pub use against::{Differing, IssuedFees};
pub use archive::{RecordedFee, YearOfRecords};
pub use books::{Books, BooksVersion, Hosts};
pub use conflict::{Branch, Given, Parted, parted};
pub use credit::{CreditExtent, CreditOrder, PlannedCredit, issue_credit};
pub use deciding::{
    Decision, PlannedDecision, RestTo, Suggested, ToInvoice, Waiting, find_payment, plan_decision,
    record_decision, waiting,
};
pub use dossier::{Dossier, Paid};
pub use entry::{Entry, Selection, entries};
pub use error::{CODES, Error};
pub use exporting::{BooksFile, ExportPlan, Unposted, export, export_again, find_exports, plan_export};
pub use history::{Exported, History, Received, Recorded, Stage, Whole};
pub use importing::{
    BankInput, FilePlan, ImportPlan, NewPayment, Standing, our_accounts, payment_id, register, tolerance,
};
pub use interest::{Debt, late_interest};
pub use issuing::{Rendered, Sheet, Stopped, issue};
pub use known::{Known, Payable};
pub use package::{MANIFEST, Package};
pub use plan::{Changed, Fresh, Gone, Later, Numbering, Plan, Unchanged, charge_key, supplement_key};
pub use proof::{Proof, placed, prove, seal_must_agree, verify_placed};
pub use receivables::{Age, Incoming, OwedBack, Receivables, TieOut, Unpaid};
pub use recompute::{Recomputed, recompute};
pub use reconciling::{LeadsTo, Reconciled, Reconciliation, WhyAPerson, reconcile};
pub use reminding::{Held, HeldBack, Letter, ReminderPlan, remind};
pub use stored::{Ledger, StoredCredit, StoredInvoice};

use avgift::Refusal;

/// The refusals of an error of the journal.
fn refused(error: impl Into<Error>) -> Vec<Refusal> {
    vec![error.into().refusal()]
}
