//! The journal: what a network issued, credited, sent and was paid, append only, one sealed line each.
//!
//! - [`Journal::open`] takes the lock, reads and checks all of `journal.jsonl`, finishes an interrupted run; then
//!   [`Journal::commit`] records a [`Batch`] of [`Event`]s and puts its documents in their places.
//! - [`Reading::of`] reads without a lock and changes nothing; [`verify`] checks all that can be checked without the fee.
//! - [`State`] is what the events come to: numbers, charges, open amounts, payments, exports.
//! - [`Folder`] is the file layer: [`Disk`], or a simulated one that loses what was not synced (feature `simulation`).
//!
//! A person without this program checks a link so, here that line 7 is the one that line 8 sealed:
//!
//! ```sh
//! sed -n 7p journal.jsonl | tr -d '\n' | sha256sum
//! sed -n 8p journal.jsonl | cut -d '"' -f 6
//! ```
//!
//! Not here: the fee, the making of documents, the matching of payments. The clock and the user's name are arguments.

#![forbid(unsafe_code)]

mod chain;
mod disk;
mod error;
mod event;
mod folder;
mod guard;
mod line;
mod pack;
mod reading;
mod recovery;
mod seal;
#[cfg(any(test, feature = "simulation"))]
mod simulated;
mod state;
mod store;
mod verify;

pub use chain::Head;
pub use disk::Disk;
pub use error::{CODES, Error};
pub use event::{
    Allocation, BankSays, BatchAborted, BatchCommitted, CreditIssued, Distribution, Divided, DocumentSeal,
    DocumentSent, Event, ExportSie, InvoiceIssued, JournalCreated, KINDS, Note, PaymentReallocated,
    PaymentRegistered, Raw, Recovered, ReminderSent, Rest, RestOf, SourceFile, Stamp,
};
pub use folder::{Folder, Locked};
pub use line::{JOURNAL, Line};
pub use pack::Document;
pub use reading::{Reading, line_at, read_each};
pub use recovery::Recovery;
pub use seal::{ChargeKey, NotASeal, Seal};
#[cfg(any(test, feature = "simulation"))]
pub use simulated::{Death, Power, Simulated, SimulatedLock};
pub use state::{Import, Issued, Kind, OpenItem, Payment, Reminder, State};
pub use store::{BATCH_MAX, Batch, DOCUMENTS, Journal, LOCK, Opening, document_name};
pub use verify::{Verified, verify};
