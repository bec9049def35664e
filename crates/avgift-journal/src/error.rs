//! Error: every way this crate refuses, each named by the rule it guards, and what it tells the user.

use avgift::{Language, NaiveDate, Origin, Refusal, Sek};
use avgift_invoice::InvoiceNumber;
use chrono::{DateTime, FixedOffset};
use thiserror::Error as ThisError;

use crate::seal::{ChargeKey, Seal};

/// A rule of the journal that was not kept. What stands in the journal has its origin; what was about to be written has
/// none.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[allow(
    missing_docs,
    reason = "the name of a variant is its rule, and its message and reason stand beside it"
)]
pub enum Error {
    #[error("line {} of the journal ends in CR LF", .origin.line)]
    LineMustEndInLineFeed { origin: Origin },
    #[error("line {} of the journal is not UTF-8", .origin.line)]
    LineMustBeUtf8 { origin: Origin },
    #[error("line {} of the journal is not as avgift writes it: {found}", .origin.line)]
    LineMustBeWellFormed { origin: Origin, found: String },
    #[error("line {} of the journal says it is number {found}", .origin.line)]
    LineMustBeInSequence { origin: Origin, found: u64 },
    #[error("line {} of the journal is not the line that was sealed", .origin.line)]
    LineMustBeAsSealed { origin: Box<Origin>, sealed: Seal, found: Seal },
    #[error("the journal is of format {format}")]
    FormatMustBeKnown { origin: Option<Box<Origin>>, format: u32 },
    #[error("the end of batch `{batch}` says {said}, and its lines say {found}")]
    BatchMustSumUp { origin: Option<Box<Origin>>, batch: String, said: String, found: String },
    #[error("number {number} is not the next of series `{series}`")]
    NumberMustBeNext {
        origin: Option<Box<Origin>>,
        series: String,
        number: InvoiceNumber,
        next: InvoiceNumber,
    },
    #[error("the charge {key} stands on invoice {number} already")]
    ChargeMustNotBeIssuedTwice { origin: Option<Box<Origin>>, key: ChargeKey, number: InvoiceNumber },
    #[error("{date} is earlier than {newest}, the newest date of series `{series}`")]
    DateMustNotPrecedeSeries {
        origin: Option<Box<Origin>>,
        series: String,
        date: NaiveDate,
        newest: NaiveDate,
    },
    #[error("it is {}, and the newest line of the journal was written at {}", .at.to_rfc3339(), .newest.to_rfc3339())]
    ClockMustNotRunBackwards { at: DateTime<FixedOffset>, newest: DateTime<FixedOffset> },
    #[error("the journal has no invoice {number} in series `{series}`")]
    InvoiceMustBeInJournal { origin: Option<Box<Origin>>, series: String, number: InvoiceNumber },
    #[error("{} is more than what is left of invoice {number}", kronor(*.credit))]
    CreditMustNotExceedInvoice { origin: Option<Box<Origin>>, number: InvoiceNumber, credit: Sek, left: Sek },
    #[error("the journal has no payment `{bank_key}`")]
    PaymentMustBeInJournal { origin: Option<Box<Origin>>, bank_key: String },
    #[error("the payment `{bank_key}` stands in the journal already")]
    PaymentMustBeRegisteredOnce { origin: Option<Box<Origin>>, bank_key: String },
    #[error("the parts of payment `{bank_key}` are {}, and the payment is {}", kronor(*.sum), kronor(*.amount))]
    AllocationsMustSumToPayment { origin: Option<Box<Origin>>, bank_key: String, amount: Sek, sum: Sek },
    #[error("{} does not fit invoice {number}", kronor(*.allocated))]
    AllocationMustNotExceedOpen {
        origin: Option<Box<Origin>>,
        number: InvoiceNumber,
        allocated: Sek,
        open: Sek,
    },
    #[error("somebody else is writing to this journal: {}", .holder.as_deref().unwrap_or("the lock file does not say who"))]
    JournalMustBeFree { holder: Option<String> },
    #[error("beside the journal lies `{copy}`, which is another one")]
    JournalMustHaveNoConflictCopy { copy: String, parts_at: Option<u64> },
    #[error("`{document}` was issued, and the journal does not know it")]
    JournalMustKnowItsDocuments { document: String, newest: Option<InvoiceNumber> },
    #[error("`{document}` {}", if *.is_missing { "is missing" } else { "is not the document that was issued" })]
    DocumentMustBeAsIssued { document: String, is_missing: bool, sha256: Seal },
    #[error("`{document}` is there already")]
    DocumentMustNotBeReplaced { document: String },
    #[error("no line of the journal has the seal `{head}`")]
    HeadMustBeInJournal { head: String, newest: Seal },
    #[error("the journal has grown from {planned:.16} to {found:.16} since this was planned")]
    HeadMustNotHaveMoved { planned: Seal, found: Seal },
    #[error("`{file}` cannot be read: {reason}")]
    JournalMustBeReadable { file: String, reason: String },
    #[error("`{file}` cannot be written: {reason}")]
    JournalMustBeWritable { file: String, reason: String },
    #[error("the disk is full: `{file}` could not be written, and nothing was issued")]
    DiskMustHaveRoom { file: String },
    #[error("`{file}` could not be written: {reason}; the run is decided and not finished")]
    RunMustBeFinished { file: String, reason: String },
    #[error(transparent)]
    Fee(Box<avgift::Error>),
}

impl From<avgift::Error> for Error {
    fn from(error: avgift::Error) -> Error {
        Error::Fee(Box::new(error))
    }
}

avgift::error_codes! {
    LineMustEndInLineFeed "line-must-end-in-line-feed"
    LineMustBeUtf8 "line-must-be-utf8"
    LineMustBeWellFormed "line-must-be-well-formed"
    LineMustBeInSequence "line-must-be-in-sequence"
    LineMustBeAsSealed "line-must-be-as-sealed"
    FormatMustBeKnown "format-must-be-known"
    BatchMustSumUp "batch-must-sum-up"
    NumberMustBeNext "number-must-be-next"
    ChargeMustNotBeIssuedTwice "charge-must-not-be-issued-twice"
    DateMustNotPrecedeSeries "date-must-not-precede-series"
    ClockMustNotRunBackwards "clock-must-not-run-backwards"
    InvoiceMustBeInJournal "invoice-must-be-in-journal"
    CreditMustNotExceedInvoice "credit-must-not-exceed-invoice"
    PaymentMustBeInJournal "payment-must-be-in-journal"
    PaymentMustBeRegisteredOnce "payment-must-be-registered-once"
    AllocationsMustSumToPayment "allocations-must-sum-to-payment"
    AllocationMustNotExceedOpen "allocation-must-not-exceed-open"
    JournalMustBeFree "journal-must-be-free"
    JournalMustHaveNoConflictCopy "journal-must-have-no-conflict-copy"
    JournalMustKnowItsDocuments "journal-must-know-its-documents"
    DocumentMustBeAsIssued "document-must-be-as-issued"
    DocumentMustNotBeReplaced "document-must-not-be-replaced"
    HeadMustBeInJournal "head-must-be-in-journal"
    HeadMustNotHaveMoved "head-must-not-have-moved"
    JournalMustBeReadable "journal-must-be-readable"
    JournalMustBeWritable "journal-must-be-writable"
    DiskMustHaveRoom "disk-must-have-room"
    RunMustBeFinished "run-must-be-finished"
    ; Fee
}

fn kronor(amount: Sek) -> String {
    amount.text(Language::English)
}

/// What helps against a line that was changed: nothing but the file as it was.
const BRING_BACK: &str = "bring back the journal as it was, from git or a copy; never mend a line by hand: the seals after it would break";

impl Error {
    /// Whether to try again later helps, since somebody else holds the journal: exit code 75.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        matches!(self, Error::JournalMustBeFree { .. })
    }

    /// The refusal: code, message, places, why and how to mend.
    #[allow(clippy::too_many_lines, reason = "one arm a rule, as in every crate")]
    pub fn refusal(&self) -> Refusal {
        let refusal = Refusal::error(self.code(), self.to_string());
        match self {
            Error::LineMustEndInLineFeed { origin } => refusal
                .at(origin, "this line")
                .why("every line is sealed as avgift stored it, with LF alone at its end; git's `autocrlf` or an editor changed that")
                .mend("write `journal.jsonl -text` in .gitattributes, and bring back the journal from git or a copy"),
            Error::LineMustBeUtf8 { origin } => {
                refusal.at(origin, "this byte").why("a journal is UTF-8 and nothing else").mend(BRING_BACK)
            }
            Error::LineMustBeWellFormed { origin, .. } => refusal
                .at(origin, "from here")
                .why("a journal is written by avgift alone, in one way only: keys in their order, no spaces, each key once")
                .mend(BRING_BACK),
            Error::LineMustBeInSequence { origin, .. } => refusal
                .at(origin, "this number")
                .why("lines count 1, 2, 3 …: here one was taken away, put in or moved")
                .mend(BRING_BACK),
            Error::LineMustBeAsSealed { origin, sealed, found } => refusal
                .at(&**origin, format!("its SHA-256 is {found:.16}…"))
                .why(format!("line {} seals it as {sealed:.16}…, so one of the two was changed", origin.line + 1))
                .mend(BRING_BACK),
            Error::FormatMustBeKnown { origin, .. } => refusal
                .at(origin.as_deref(), "the format")
                .why("this avgift writes and reads format 1")
                .mend("use the avgift that wrote this journal, or a newer one"),
            Error::BatchMustSumUp { origin, .. } => refusal
                .at(origin.as_deref(), "the end of the batch")
                .why("a batch counts from its last line on, and that line counts and sums the others")
                .mend(BRING_BACK),
            Error::NumberMustBeNext { origin, series, next, .. } => refusal
                .at(origin.as_deref(), "this number")
                .why("a series has no gap and no number twice: one more each time (ML 17 kap. 24 §)")
                .mend(format!("series `{series}` goes on with {next}; plan again from the journal as it is now")),
            Error::ChargeMustNotBeIssuedTwice { origin, number, .. } => refusal
                .at(origin.as_deref(), "charged again")
                .why("nobody is charged twice for the same thing")
                .mend(format!("leave it out; if invoice {number} is wrong, credit it first")),
            Error::DateMustNotPrecedeSeries { origin, newest, .. } => refusal
                .at(origin.as_deref(), "this date")
                .why("numbers and dates of a series rise together; nothing is dated back")
                .mend(format!("date it {newest} or later")),
            Error::ClockMustNotRunBackwards { .. } => refusal
                .why("lines stand in the order of time; the clock was set back, or another machine's runs fast")
                .mend("set the clock right, or wait until it has passed the newest line"),
            Error::InvoiceMustBeInJournal { origin, .. } => refusal
                .at(origin.as_deref(), "this invoice")
                .why("only what was issued can be credited, paid, sent or reminded of")
                .mend("look the number up in the journal"),
            Error::CreditMustNotExceedInvoice { origin, left, .. } => refusal
                .at(origin.as_deref(), "this amount")
                .why("an invoice is credited in full at most")
                .mend(format!("credit at most {}", kronor(*left))),
            Error::PaymentMustBeInJournal { origin, .. } => refusal
                .at(origin.as_deref(), "this payment")
                .why("only a payment that was posted can go elsewhere")
                .mend("register the payment first"),
            Error::PaymentMustBeRegisteredOnce { origin, .. } => refusal
                .at(origin.as_deref(), "posted again")
                .why("the bank gives each payment one reference; a file that is read twice must not pay twice")
                .mend("leave it out; if the bank really paid twice, it has two references"),
            Error::AllocationsMustSumToPayment { origin, .. } => refusal
                .at(origin.as_deref(), "these parts")
                .why("all of a payment goes somewhere, or is left as unallocated")
                .mend("give the rest as `unallocated_ore`"),
            Error::AllocationMustNotExceedOpen { origin, open, .. } => refusal
                .at(origin.as_deref(), "this amount")
                .why("an invoice is paid with what is open of it at most, and no more is taken back than was paid")
                .mend(format!("open is {}; leave the rest unallocated", kronor(*open))),
            Error::JournalMustBeFree { .. } => refusal
                .why("numbers are given by one run at a time")
                .mend("wait until it is done and try again; the lock goes with the program, so there is no file to delete"),
            Error::JournalMustHaveNoConflictCopy { parts_at, .. } => refusal
                .why(match parts_at {
                    Some(line) => format!("two machines wrote at once, and the two journals part at line {line}: both may have given out the same numbers"),
                    None => "two machines wrote at once; here one journal holds all of the other".to_owned(),
                })
                .mend("see with `avgift repair` what each has; keep the one whose documents were sent as `journal.jsonl`, and move the other out of the folder"),
            Error::JournalMustKnowItsDocuments { newest, .. } => refusal
                .why(match newest {
                    Some(number) => format!("the newest number here is {number}: the journal is an older copy, or its end was lost"),
                    None => "the journal is gone or empty: numbers would be given out twice".to_owned(),
                })
                .mend("bring back the newest journal, from git, the copy or the machine where this was issued"),
            Error::DocumentMustBeAsIssued { sha256, .. } => refusal
                .why(format!("the journal seals it as {sha256:.16}…"))
                .mend("`avgift repair` makes it again from the journal; move a changed one away first, and keep it: somebody may ask"),
            Error::DocumentMustNotBeReplaced { .. } => refusal
                .why("what was issued is never overwritten, and nothing else belongs in its place")
                .mend("move the file out of the folder `documents`"),
            Error::HeadMustBeInJournal { newest, .. } => refusal
                .why(format!("a printed seal proves what the journal was; this one ends in {newest:.16}, so it is an older copy or was written anew"))
                .mend("compare the digits with the report; bring back the journal that has them"),
            Error::HeadMustNotHaveMoved { .. } => refusal
                .why("what was shown and agreed to was planned on the older journal")
                .mend("look at the plan again and repeat the command"),
            Error::JournalMustBeReadable { .. } => refusal
                .why("nothing is issued, paid or reported without the journal")
                .mend("close programs that hold the file, and see that you may read it"),
            Error::JournalMustBeWritable { .. } => refusal
                .why("what is issued is recorded first; nothing was issued")
                .mend("see that you may write to the folder, and that the disk is not mounted for reading alone"),
            Error::DiskMustHaveRoom { .. } => refusal
                .why("a batch is written as a whole or not at all; what had been written was taken away again")
                .mend("make room on the disk and repeat the command"),
            Error::RunMustBeFinished { .. } => refusal
                .why("the batch is kept whole in `.staging`, so nothing is lost and nothing is issued twice")
                .mend("make room on the disk and see that you may write; the next command finishes the run before anything else"),
            Error::Fee(error) => error.refusal(),
        }
    }
}
