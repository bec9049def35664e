//! Error: every way this crate refuses, each named by the rule it guards, and what it tells the user.

use avgift::{NaiveDate, Origin, Refusal, Sek};
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
    #[error("{vouchers} {} for `{host}` lie in the financial year to {year}, and a later year was exported before", plural(*.vouchers, "voucher"))]
    FileShouldBeOfAnOpenYear { host: String, year: NaiveDate, vouchers: usize },
    #[error("the payment `{bank_key}` to `{host}` pays invoices of another host")]
    PaymentShouldBeOfOneHost { bank_key: String, host: String },
    #[error("{}", no_export(.seq))]
    ExportMustBeFound { seq: Option<u64>, known: Vec<u64> },
    #[error("`{file}`, exported on line {seq}, comes out otherwise today")]
    ExportMustBeMadeAgain { file: String, seq: u64, recorded: Seal, then: String, now: String },

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

fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}

avgift::error_codes! {
    InvoiceMustBeFound "invoice-must-be-found"
    NumberMustBeOfOneSeries "number-must-be-of-one-series"
    StoredDocumentMustBeReadable "stored-document-must-be-readable"
    RecordMustAgreeWithDocument "record-must-agree-with-document"
    IssuedFeeMustBeComputedAgain "issued-fee-must-be-computed-again"
    LineMustBeTheFee "line-must-be-the-fee"
    SeriesMustHaveANextNumber "series-must-have-a-next-number"
    CreditMustHaveSomethingLeft "credit-must-have-something-left"
    IssueDateShouldBeToday "issue-date-should-be-today"
    HostMustBeKnown "host-must-be-known"
    BooksMustBeSet "books-must-be-set"
    FinancialYearMustStayAsExported "financial-year-must-stay-as-exported"
    FileShouldBeOfAnOpenYear "file-should-be-of-an-open-year"
    PaymentShouldBeOfOneHost "payment-should-be-of-one-host"
    ExportMustBeFound "export-must-be-found"
    ExportMustBeMadeAgain "export-must-be-made-again"
    ; Invoice Journal Fee
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
    Invoice avgift_invoice::Error
    Journal avgift_journal::Error
    Fee avgift::Error
}

impl Error {
    /// The refusal: code, message, why and how to mend.
    pub fn refusal(&self) -> Refusal {
        let refusal = match self {
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
            Error::Invoice(_) | Error::Journal(_) | Error::Fee(_) => refusal,
        }
    }
}
