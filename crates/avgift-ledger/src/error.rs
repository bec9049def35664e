//! Error: every way this crate refuses, each named by the rule it guards, and what it tells the user.

use avgift::{FeeYear, Language, NaiveDate, Origin, Refusal, Sek};
use avgift_invoice::InvoiceNumber;
use avgift_journal::Seal;
use thiserror::Error as ThisError;

/// A rule of the ledger that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[allow(
    missing_docs,
    reason = "the name of a variant is its rule, and its message and reason stand beside it"
)]
pub enum Error {
    #[error("the journal has no invoice `{text}`")]
    InvoiceMustBeFound { text: String, near: Vec<String> },
    #[error("`{text}` is the number of several documents")]
    NumberMustBeOfOneSeries { text: String, found: Vec<String> },
    #[error("what the journal stores of {document} cannot be read: {reason}")]
    StoredDocumentMustBeReadable { document: String, reason: String },
    #[error("the journal has {recorded} as {field} of {document}, and on the document it is {found}")]
    RecordMustAgreeWithDocument {
        document: String,
        field: &'static str,
        key: &'static str,
        recorded: String,
        found: String,
    },
    #[error("the fee of {member} on {document} is {recorded}, and computed anew {found}")]
    IssuedFeeMustBeComputedAgain { document: String, member: String, recorded: String, found: String },
    #[error("line {line} of {document} is {net}, and the fee stored with it {fee}")]
    LineMustBeTheFee { document: String, line: usize, net: Sek, fee: Sek },
    #[error("no number comes after {last} in series `{series}`")]
    SeriesMustHaveANextNumber { series: String, last: InvoiceNumber },
    #[error("{year} has no instalment {number}")]
    InstalmentMustBeOfTheYear { number: usize, count: usize, year: FeeYear },
    #[error("nothing is left to credit of {document}")]
    CreditMustHaveSomethingLeft { document: String },
    #[error("the document is dated {date}, {days} days ahead of today")]
    IssueDateShouldBeToday { date: NaiveDate, days: i64 },
    #[error("no host is called `{text}`")]
    HostMustBeKnown { text: String, known: Vec<String> },
    #[error("it is not settled how `{host}` keeps its books")]
    BooksMustBeSet { host: String, origin: Option<Box<Origin>> },
    #[error("a year of `{host}` was exported that ended on {end}, and by the settings {}", ends(.found))]
    FinancialYearMustStayAsExported { host: String, end: NaiveDate, found: Option<NaiveDate> },
    #[error("{} in the financial year to {year} of `{host}`, and a later year was exported before", lie(*.vouchers))]
    FileShouldBeOfAnOpenYear { host: String, year: NaiveDate, vouchers: usize },
    #[error("the payment `{bank_key}` to `{host}` pays invoices of another host")]
    PaymentShouldBeOfOneHost { bank_key: String, host: String },
    #[error("the period from {from} ends on {to}")]
    PeriodMustBeginBeforeItEnds { from: NaiveDate, to: NaiveDate },
    #[error("{}", no_export(.seq))]
    ExportMustBeFound { seq: Option<u64>, known: Vec<u64> },
    #[error("`{file}`, exported on line {seq}, comes out otherwise today")]
    ExportMustBeMadeAgain { file: String, seq: u64, recorded: Seal, then: String, now: String },

    #[error("payment {id} was registered with {}, and is {} here", kronor(*.registered), kronor(*.found))]
    PaymentMustBeAsRegistered {
        id: String,
        key: String,
        registered: Sek,
        found: Sek,
        origin: Option<Box<Origin>>,
    },
    #[error("of `{file}` {to_follow} payments were still to be registered, and {found} are new now")]
    ImportMustGoOnAsItBegan { file: String, to_follow: u32, found: usize },
    #[error("the journal has no payment `{text}`")]
    PaymentMustBeFound { text: String },
    #[error("`{text}` is the beginning of several payments")]
    PaymentMustBeOne { text: String, found: Vec<String> },
    #[error("nothing is proposed for payment {id}")]
    ProposalMustBeThere { id: String },
    #[error("{} of payment {id} go nowhere", kronor(*.left))]
    PaymentMustBeAssignedAsAWhole { id: String, left: Sek },
    #[error("payment {id} is {}, and the parts are {} more", kronor(*.amount), kronor(*.beyond))]
    PartsMustNotExceedPayment { id: String, amount: Sek, beyond: Sek },
    #[error("nothing is open of {document} for this payment")]
    InvoiceMustBeOpen { document: String },
    #[error("{}", match .payer {
        Some(payer) => format!("nobody named `{payer}` was ever invoiced"),
        None => format!("whose the overpayment of {id} is, does not follow from its invoices"),
    })]
    OverpaymentMustHaveItsPayer { id: String, payer: Option<String> },
    #[error("the rest of payment {id} goes to two places")]
    RestMustHaveOnePlace { id: String },
    #[error("{} are no rounding", kronor(*.amount))]
    RoundingMustBeBelowAKrona { amount: Sek },
    #[error("nothing of payment {id} can be paid back")]
    PaymentMustHaveSomethingToPayBack { id: String },
    #[error("{}", match .of {
        Some(of) => format!("{id} does not take back payment {of}"),
        None => format!("which payment {id} takes back is not known"),
    })]
    ReversalMustBeOfAPayment { id: String, of: Option<String>, amount: Sek },
    #[error("payment {of}, which {id} takes back, waits for a decision itself")]
    ReversedPaymentMustBeDecided { id: String, of: String },
    #[error("{id} takes a payment back, and cannot be shared out by itself")]
    ReversalMustBeDecidedAsOne { id: String },
    #[error("payment {id} went where it goes on {since}, after {date}")]
    DecisionMustNotPrecedePayment { id: String, date: NaiveDate, since: NaiveDate },

    #[error(transparent)]
    Bank(Box<avgift_camt::Error>),
    #[error(transparent)]
    Invoice(Box<avgift_invoice::Error>),
    #[error(transparent)]
    Journal(Box<avgift_journal::Error>),
    #[error(transparent)]
    Fee(Box<avgift::Error>),
}

fn ends(found: &Option<NaiveDate>) -> String {
    found.map_or_else(|| "it lies in no year".to_owned(), |end| format!("it ends on {end}"))
}

fn no_export(seq: &Option<u64>) -> String {
    match seq {
        Some(seq) => format!("line {seq} of the journal is no export"),
        None => "nothing was exported yet".to_owned(),
    }
}

fn lie(vouchers: usize) -> String {
    if vouchers == 1 { "1 voucher lies".to_owned() } else { format!("{vouchers} vouchers lie") }
}

avgift::error_codes! {
    InvoiceMustBeFound "invoice-must-be-found"
    NumberMustBeOfOneSeries "number-must-be-of-one-series"
    StoredDocumentMustBeReadable "stored-document-must-be-readable"
    RecordMustAgreeWithDocument "record-must-agree-with-document"
    IssuedFeeMustBeComputedAgain "issued-fee-must-be-computed-again"
    LineMustBeTheFee "line-must-be-the-fee"
    SeriesMustHaveANextNumber "series-must-have-a-next-number"
    InstalmentMustBeOfTheYear "instalment-must-be-of-the-year"
    CreditMustHaveSomethingLeft "credit-must-have-something-left"
    IssueDateShouldBeToday "issue-date-should-be-today"
    HostMustBeKnown "host-must-be-known"
    BooksMustBeSet "books-must-be-set"
    FinancialYearMustStayAsExported "financial-year-must-stay-as-exported"
    FileShouldBeOfAnOpenYear "file-should-be-of-an-open-year"
    PaymentShouldBeOfOneHost "payment-should-be-of-one-host"
    PeriodMustBeginBeforeItEnds "period-must-begin-before-it-ends"
    ExportMustBeFound "export-must-be-found"
    ExportMustBeMadeAgain "export-must-be-made-again"
    PaymentMustBeAsRegistered "payment-must-be-as-registered"
    ImportMustGoOnAsItBegan "import-must-go-on-as-it-began"
    PaymentMustBeFound "payment-must-be-found"
    PaymentMustBeOne "payment-must-be-one"
    ProposalMustBeThere "proposal-must-be-there"
    PaymentMustBeAssignedAsAWhole "payment-must-be-assigned-as-a-whole"
    PartsMustNotExceedPayment "parts-must-not-exceed-payment"
    InvoiceMustBeOpen "invoice-must-be-open"
    OverpaymentMustHaveItsPayer "overpayment-must-have-its-payer"
    RestMustHaveOnePlace "rest-must-have-one-place"
    RoundingMustBeBelowAKrona "rounding-must-be-below-a-krona"
    PaymentMustHaveSomethingToPayBack "payment-must-have-something-to-pay-back"
    ReversalMustBeOfAPayment "reversal-must-be-of-a-payment"
    ReversedPaymentMustBeDecided "reversed-payment-must-be-decided"
    ReversalMustBeDecidedAsOne "reversal-must-be-decided-as-one"
    DecisionMustNotPrecedePayment "decision-must-not-precede-payment"
    ; Bank Invoice Journal Fee
}

/// The errors of the crates below, each in a box of its own: they are large, and seldom.
macro_rules! boxed {
    ($($variant:ident $error:ty)*) => {
        $(impl From<$error> for Error {
            fn from(error: $error) -> Error {
                Error::$variant(Box::new(error))
            }
        })*
    };
}

boxed! {
    Bank avgift_camt::Error
    Invoice avgift_invoice::Error
    Journal avgift_journal::Error
    Fee avgift::Error
}

impl Error {
    /// The refusal: code, message, why and how to mend.
    pub fn refusal(&self) -> Refusal {
        let refusal = match self {
            Error::Bank(error) => return error.refusal(),
            Error::Invoice(error) => return error.refusal(),
            Error::Journal(error) => return error.refusal(),
            Error::Fee(error) => return error.refusal(),
            Error::IssueDateShouldBeToday { .. }
            | Error::FileShouldBeOfAnOpenYear { .. }
            | Error::PaymentShouldBeOfOneHost { .. } => Refusal::warning(self.code(), self.to_string()),
            _ => Refusal::error(self.code(), self.to_string()),
        };
        match self {
            Error::InvoiceMustBeFound { near, .. } => refusal
                .why("only an invoice that was issued can be credited, shown or paid")
                .mend(match near.is_empty() {
                    true => "look it up with `avgift journal list`".to_owned(),
                    false => format!("did you mean {}?", near.join(" or ")),
                }),
            Error::NumberMustBeOfOneSeries { found, .. } => refusal
                .why("each series counts for itself, so a number alone may name several documents")
                .mend(format!("write one of {}", found.join(", "))),
            Error::StoredDocumentMustBeReadable { .. } => refusal
                .why("an issued document stands whole in the journal, and adds up; this one does not")
                .mend("bring back the journal from git or a copy, or use the avgift that wrote it"),
            Error::RecordMustAgreeWithDocument { .. } => refusal
                .why("the journal counts with what it recorded, and the payer was sent the document: both are one")
                .mend("bring back the journal from git or a copy"),
            Error::IssuedFeeMustBeComputedAgain { .. } => refusal
                .why("each fee is stored with what it was computed from, so the same sum must come out")
                .mend("bring back the journal from git or a copy; if the rule itself was mended, credit the invoice and issue anew"),
            Error::LineMustBeTheFee { .. } => refusal
                .why("an invoice charges the fees that were computed, and nothing else")
                .mend("bring back the journal from git or a copy"),
            Error::SeriesMustHaveANextNumber { .. } => refusal
                .why("a running number has twenty digits at most")
                .mend("begin a new series in `[agreement.numbers]`"),
            Error::InstalmentMustBeOfTheYear { count, .. } => refusal
                .why("instalments are those of the agreement that the fee year belongs to")
                .mend(match count {
                    1 => "leave `--instalment` out: the fees of the year are paid at once".to_owned(),
                    _ => format!("write a number from 1 to {count}, or leave `--instalment` out"),
                }),
            Error::CreditMustHaveSomethingLeft { .. } => refusal
                .why("credit notes together take back the whole invoice and no more")
                .mend("see what was credited with `avgift journal show`; a fee that was credited in full is issued anew by `avgift issue`"),
            Error::IssueDateShouldBeToday { .. } => refusal
                .why("an invoice is dated the day it is issued; a later date shuts out every earlier one of its series")
                .mend("leave out `--date`, or issue on that day"),
            Error::HostMustBeKnown { known, .. } => refusal
                .why("each host has books of its own, and is named as in its agreement or by its organisation number")
                .mend(format!("write one of {}", known.join(", "))),
            Error::BooksMustBeSet { origin, .. } => refusal
                .at(origin.as_deref(), "this agreement")
                .why("accounts, series and financial year are the host's own, and none of them is guessed")
                .mend("write `[agreement.bookkeeping]` with `profile = \"bas\"` or `\"kommun-bas\"`; for another host alone, give `--host`"),
            Error::FinancialYearMustStayAsExported { .. } => refusal
                .why("what was handed to the ledger in one year would be handed over again in another")
                .mend("bring `financial_year` and `[[agreement.bookkeeping.years]]` back to what they were for years that were exported"),
            Error::FileShouldBeOfAnOpenYear { .. } => refusal
                .why("each voucher bears the day of what happened; once the year is closed the ledger takes no more of it")
                .mend("import the file before the year is closed; if it is closed, the finance officer books these by hand"),
            Error::PaymentShouldBeOfOneHost { .. } => refusal
                .why("what pays another host's invoice is owed to that host: it stands as `unmatched` in the books of both")
                .mend("let the two hosts settle it, and book the settlement against `unmatched` in both ledgers"),
            Error::PeriodMustBeginBeforeItEnds { .. } => refusal
                .why("a register without days would be empty, and read as if nothing had happened")
                .mend("give the earlier day as `--from` and the later as `--to`; both belong to the period"),
            Error::ExportMustBeFound { known, .. } => refusal
                .why("only an export that was recorded can be made again")
                .mend(match known.as_slice() {
                    [] => "export first, without `--again`".to_owned(),
                    known => {
                        let lines: Vec<String> = known.iter().map(u64::to_string).collect();
                        format!("the newest exports are on line {}", lines.join(", "))
                    }
                }),
            Error::ExportMustBeMadeAgain { recorded, then, now, .. } => refusal
                .why(if then == now {
                    format!("it was sealed as {recorded:.16}…; the program is the same, {now}, so the settings of bookkeeping or of accounts in network.toml changed")
                } else {
                    format!("it was sealed as {recorded:.16}… by {then}, and this is {now}; the program changed, and perhaps the settings too")
                })
                .mend("the file as it was handed over lies where its name says; to make it anew, bring back network.toml as it was that day"),
            Error::PaymentMustBeAsRegistered { key, origin, .. } => refusal
                .at(origin.as_deref(), "another amount than before")
                .why("the bank's id of a payment never stands for two: one of the two amounts is wrong, or the id was used again")
                .mend(format!("ask the bank about its reference, the last part of `{key}`; until then, nothing of this file is registered")),
            Error::ImportMustGoOnAsItBegan { .. } => refusal
                .why("the file is the same, so more payments are new only where the accounts in network.toml changed since: registered now, some would stand there twice")
                .mend("put the accounts of `[agreement.payment]` back as they were, import the file, and then change them"),
            Error::PaymentMustBeFound { .. } => refusal
                .why("a payment is named by its id, or by the first four digits of it or more")
                .mend("see what waits with `avgift pay list`, and what is owed back with `avgift open`"),
            Error::PaymentMustBeOne { found, .. } => refusal
                .why("a decision is about one payment")
                .mend(format!("write one of {}", found.join(", "))),
            Error::ProposalMustBeThere { .. } => refusal
                .why("something is proposed only where much speaks for one thing, and never for a payment that was decided")
                .mend("say where it goes with `--to`, `--rest` or `--not-ours`"),
            Error::PaymentMustBeAssignedAsAWhole { .. } => refusal
                .why("every öre that came in goes somewhere")
                .mend("say where the rest goes: `--rest overpayment`, `--rest unmatched`, or one of the others of `avgift pay assign --help`"),
            Error::PartsMustNotExceedPayment { .. } => refusal
                .why("a payment pays what came in and no more")
                .mend("give smaller amounts; öre that lack go to `--rest rounding`"),
            Error::InvoiceMustBeOpen { .. } => refusal
                .why("an invoice that is paid, or credited, takes no more money")
                .mend("see what is open with `avgift open`; an overpayment is `--rest overpayment`"),
            Error::OverpaymentMustHaveItsPayer { .. } => refusal
                .why("what is owed back is owed to somebody")
                .mend("give `--payer` with the name in payers.csv"),
            Error::RestMustHaveOnePlace { .. } => refusal
                .why("of what pays no invoice, interest, fee and rounding are told apart; what is left lies in one place")
                .mend("choose one of overpayment, unmatched and not-ours"),
            Error::RoundingMustBeBelowAKrona { .. } => refusal
                .why("a krona or more is a part of the fee, and somebody owes it")
                .mend("leave it open on the invoice, or owe it back: `--rest overpayment`"),
            Error::PaymentMustHaveSomethingToPayBack { .. } => refusal
                .why("only what pays no invoice and was not paid back before is owed to who paid")
                .mend("move it off its invoice first, with `--to` and `--rest overpayment`; see what is owed back with `avgift open`"),
            Error::ReversalMustBeOfAPayment { amount, .. } => refusal
                .why("the bank takes back one payment, of the same amount and mostly with the same reference")
                .mend(format!("name the payment of {} with `--of`, or say `--not-ours`", kronor(Sek::from_ore(amount.ore().saturating_neg())))),
            Error::ReversedPaymentMustBeDecided { of, .. } => refusal
                .why("a reversal takes back what the payment paid, and nobody has said what that is")
                .mend(format!("decide on {of} first; where the money never was for a fee, both are `--not-ours`")),
            Error::ReversalMustBeDecidedAsOne { .. } => refusal
                .why("what the bank took back lowers what the payment has paid, part by part")
                .mend("use `--reverse`, with `--of` where the payment is not found by itself, or `--not-ours`"),
            Error::DecisionMustNotPrecedePayment { since, .. } => refusal
                .why("a decision holds from its day on, and does not change what was reported before")
                .mend(format!("leave out `--date`, or give {since} or a later day")),
            Error::Bank(_) | Error::Invoice(_) | Error::Journal(_) | Error::Fee(_) => refusal,
        }
    }
}

/// An amount as a message tells it.
fn kronor(amount: Sek) -> String {
    amount.text(Language::English)
}
