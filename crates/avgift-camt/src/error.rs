//! Error: every way a bank file is refused, each named by the rule it guards, and what it tells the user.

use avgift::{Language, Origin, Refusal, Sek};
use thiserror::Error as ThisError;

/// A text as it stands in the file, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A rule of bank files that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[allow(
    missing_docs,
    reason = "the name of a variant is its rule, and its message and reason stand beside it"
)]
pub enum Error {
    #[error("the file has {bytes} bytes")]
    BankFileMustNotBeTooLarge { bytes: usize, origin: Origin },
    #[error("the file is empty")]
    FileMustNotBeEmpty { origin: Origin },
    #[error("the file is a workbook")]
    FileMustNotBeAWorkbook { origin: Origin },
    #[error("the code page `{name}` is not known")]
    CodePageMustBeKnown { name: String, origin: Origin },
    #[error("the file is not text in {encoding}")]
    BankTextMustBeOfItsEncoding { encoding: String, origin: Origin },
    #[error("the file is {found}, and neither camt.053, camt.054 nor a CSV of payments")]
    BankMessageMustBeRead { found: String, origin: Origin },
    #[error("the XML cannot be read: {fault}")]
    BankXmlMustBeReadable { fault: String, origin: Origin },
    #[error("the XML has a document type")]
    BankXmlMustNotHaveADocumentType { origin: Origin },
    #[error("`{within}` has no `{field}`")]
    BankFieldMustBeThere { field: &'static str, within: String, origin: Origin },
    #[error("`{}` in `{field}` is none of {}", .value.text, listed(.known))]
    BankCodeMustBeKnown { value: Written, field: &'static str, known: &'static [&'static str] },

    #[error("`{}` is not an account of the network", .account.text)]
    BankAccountMustBeOurs { account: Written, ours: Vec<String> },
    #[error("the amount is in `{}`", .currency.text)]
    BankCurrencyMustBeSek { currency: Written },
    #[error("`{}` is not an amount in kronor", .value.text)]
    AmountMustBeInKronor { value: Written },
    #[error("{} in an entry of {} sum to {}", payments_text(*.payments), kronor(*.entry), kronor_of(*.sum))]
    BankPaymentsMustSumToTheirEntry { entry: Sek, sum: i128, payments: usize, origin: Origin },
    #[error("{} where the bank counts `{}`", payments_text(*.found), .counted.text)]
    BankPaymentsMustBeCounted { found: usize, counted: Written },
    #[error("a sum of {} has no payments beneath it", kronor(*.amount))]
    LumpSumShouldHaveItsPayments { amount: Sek, origin: Origin },

    #[error("`{}` is not a column of this file", .name.text)]
    ColumnMustBeKnown { name: Written },
    #[error("the column `{name}` is not there")]
    ColumnMustBeGiven { name: &'static str, origin: Origin },
    #[error("the column `{}` stands twice", .name.text)]
    ColumnMustStandOnce { name: Written, first: Origin },
    #[error("{found} fields where the header has {expected}")]
    RowMustHaveItsColumns { found: usize, expected: usize, origin: Origin },
    #[error("a line of this file is longer than 20 000 characters")]
    LineMustBeOfAReasonableLength { origin: Origin },
    #[error("a quoted field does not end on its line")]
    FieldMustEndOnItsLine { origin: Origin },
    #[error("`{column}` is empty")]
    FieldMustBeGiven { column: &'static str, origin: Origin },
    #[error("`{}` is not a date", .value.text)]
    DateMustBeADate { value: Written },

    #[error("a tolerance of {} is not within 0 to 99 öre", kronor(*.tolerance))]
    ToleranceMustBeBelowAKrona { tolerance: Sek },
}

avgift::error_codes! {
    BankFileMustNotBeTooLarge "bank-file-must-not-be-too-large"
    FileMustNotBeEmpty "file-must-not-be-empty"
    FileMustNotBeAWorkbook "file-must-not-be-a-workbook"
    CodePageMustBeKnown "code-page-must-be-known"
    BankTextMustBeOfItsEncoding "bank-text-must-be-of-its-encoding"
    BankMessageMustBeRead "bank-message-must-be-read"
    BankXmlMustBeReadable "bank-xml-must-be-readable"
    BankXmlMustNotHaveADocumentType "bank-xml-must-not-have-a-document-type"
    BankFieldMustBeThere "bank-field-must-be-there"
    BankCodeMustBeKnown "bank-code-must-be-known"
    BankAccountMustBeOurs "bank-account-must-be-ours"
    BankCurrencyMustBeSek "bank-currency-must-be-sek"
    AmountMustBeInKronor "amount-must-be-in-kronor"
    BankPaymentsMustSumToTheirEntry "bank-payments-must-sum-to-their-entry"
    BankPaymentsMustBeCounted "bank-payments-must-be-counted"
    LumpSumShouldHaveItsPayments "lump-sum-should-have-its-payments"
    ColumnMustBeKnown "column-must-be-known"
    ColumnMustBeGiven "column-must-be-given"
    ColumnMustStandOnce "column-must-stand-once"
    RowMustHaveItsColumns "row-must-have-its-columns"
    LineMustBeOfAReasonableLength "line-must-be-of-a-reasonable-length"
    FieldMustEndOnItsLine "field-must-end-on-its-line"
    FieldMustBeGiven "field-must-be-given"
    DateMustBeADate "date-must-be-a-date"
    ToleranceMustBeBelowAKrona "tolerance-must-be-below-a-krona"
}

const DOWNLOAD: &str = "fetch the file from the bank anew, and leave it as it comes";
const COLUMNS: &str = "write `datum;belopp;ocr;betalare;text`, or `date;amount;reference;payer;text`; \
                       `konto` (`account`) and `bankreferens` (`bank_reference`) may follow";

impl Error {
    /// The refusal: code, message, places, why and how to mend.
    pub fn refusal(&self) -> Refusal {
        let refusal = match self {
            Error::LumpSumShouldHaveItsPayments { .. } => Refusal::warning(self.code(), self.to_string()),
            _ => Refusal::error(self.code(), self.to_string()),
        };
        let refusal = refusal.why(self.why()).mend(self.mend());
        self.places().into_iter().fold(refusal, |refusal, (origin, label)| refusal.at(origin, label))
    }

    /// Where it stands, where that is known.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.places().first().map(|(origin, _)| *origin)
    }

    fn places(&self) -> Vec<(&Origin, &'static str)> {
        match self {
            Error::FileMustNotBeEmpty { origin } => vec![(origin, "nothing here")],
            Error::BankFileMustNotBeTooLarge { origin, .. }
            | Error::FileMustNotBeAWorkbook { origin }
            | Error::BankMessageMustBeRead { origin, .. } => vec![(origin, "begins here")],
            Error::CodePageMustBeKnown { origin, .. } => vec![(origin, "the code page")],
            Error::BankTextMustBeOfItsEncoding { origin, .. } => {
                vec![(origin, "the first letter that is not")]
            }
            Error::BankXmlMustBeReadable { origin, .. } => vec![(origin, "read as far as here")],
            Error::BankXmlMustNotHaveADocumentType { origin } => vec![(origin, "here")],
            Error::BankFieldMustBeThere { origin, .. } => vec![(origin, "belongs in here")],
            Error::BankCodeMustBeKnown { value, .. } => vec![(&value.origin, "not known")],
            Error::BankAccountMustBeOurs { account, .. } => vec![(&account.origin, "not ours")],
            Error::BankCurrencyMustBeSek { currency } => vec![(&currency.origin, "not kronor")],
            Error::AmountMustBeInKronor { value } => vec![(&value.origin, "not an amount")],
            Error::BankPaymentsMustSumToTheirEntry { origin, .. } => vec![(origin, "the entry's amount")],
            Error::BankPaymentsMustBeCounted { counted, .. } => vec![(&counted.origin, "the bank's count")],
            Error::LumpSumShouldHaveItsPayments { origin, .. } => vec![(origin, "this entry")],
            Error::ColumnMustBeKnown { name } => vec![(&name.origin, "not known")],
            Error::ColumnMustBeGiven { origin, .. } => vec![(origin, "the header")],
            Error::ColumnMustStandOnce { name, first } => vec![(&name.origin, "again"), (first, "first")],
            Error::RowMustHaveItsColumns { origin, .. } => vec![(origin, "this row")],
            Error::LineMustBeOfAReasonableLength { origin } => vec![(origin, "begins here")],
            Error::FieldMustEndOnItsLine { origin } => vec![(origin, "no closing quote")],
            Error::FieldMustBeGiven { origin, .. } => vec![(origin, "belongs here")],
            Error::DateMustBeADate { value } => vec![(&value.origin, "not a date")],
            Error::ToleranceMustBeBelowAKrona { .. } => Vec::new(),
        }
    }

    fn why(&self) -> &'static str {
        match self {
            Error::BankFileMustNotBeTooLarge { .. } => {
                "a file of payments is far below 16 megabytes; a larger one is something else"
            }
            Error::FileMustNotBeEmpty { .. } => "a download that was broken off leaves an empty file",
            Error::FileMustNotBeAWorkbook { .. } => {
                "a workbook is laid out for people; payments are read from what the bank wrote"
            }
            Error::CodePageMustBeKnown { .. } | Error::BankTextMustBeOfItsEncoding { .. } => {
                "the code page says which characters å, ä and ö are, and they are never guessed"
            }
            Error::BankMessageMustBeRead { .. } => {
                "the kind of a file is told by its content; BgMax is no longer sent, and camt.052 may still change"
            }
            Error::BankXmlMustBeReadable { .. } => "a file that was broken off or changed may lack payments",
            Error::BankXmlMustNotHaveADocumentType { .. } => {
                "no bank sends one; it can make a small file endless, or fetch another"
            }
            Error::BankFieldMustBeThere { .. } => {
                "a payment without it cannot be booked, and nothing is filled in"
            }
            Error::BankCodeMustBeKnown { .. } => {
                "a code that is not understood may turn a payment into its opposite"
            }
            Error::BankAccountMustBeOurs { .. } => {
                "the payments of somebody else's account are not payments to the network"
            }
            Error::BankCurrencyMustBeSek { .. } => {
                "an invoice is in kronor, and nothing here knows a rate of exchange"
            }
            Error::AmountMustBeInKronor { .. } => "an amount is kronor with at most two decimals",
            Error::BankPaymentsMustSumToTheirEntry { .. } => {
                "the entry is what came onto the account; if its payments sum to something else, one is missing or wrong"
            }
            Error::BankPaymentsMustBeCounted { .. } => {
                "where the count differs, a payment is missing or stands twice"
            }
            Error::LumpSumShouldHaveItsPayments { .. } => {
                "the bank tells the sum alone, so that no payment in it can find its invoice"
            }
            Error::ColumnMustBeKnown { .. } => "a misspelt column would otherwise be passed over in silence",
            Error::ColumnMustBeGiven { .. } => "every row needs it",
            Error::ColumnMustStandOnce { .. } => "nobody can know which of the two is meant",
            Error::RowMustHaveItsColumns { .. } => {
                "a row with too few or too many fields has shifted somewhere"
            }
            Error::LineMustBeOfAReasonableLength { .. } => {
                "a row of payments is short; this file has lost its line ends, or is of another kind"
            }
            Error::FieldMustEndOnItsLine { .. } => {
                "a quote that is not closed would swallow the rows below it"
            }
            Error::FieldMustBeGiven { .. } => "the row means nothing without it",
            Error::DateMustBeADate { .. } => {
                "a date is year, month and day, so that nobody mixes day and month up"
            }
            Error::ToleranceMustBeBelowAKrona { .. } => {
                "a krona or more is a part of the fee, and never written off as rounding"
            }
        }
    }

    fn mend(&self) -> String {
        match self {
            Error::BankFileMustNotBeTooLarge { .. } => "order the file for a shorter time, a day or a week".into(),
            Error::FileMustNotBeEmpty { .. }
            | Error::BankTextMustBeOfItsEncoding { .. }
            | Error::CodePageMustBeKnown { .. }
            | Error::BankXmlMustBeReadable { .. }
            | Error::BankXmlMustNotHaveADocumentType { .. }
            | Error::BankFieldMustBeThere { .. }
            | Error::BankCodeMustBeKnown { .. }
            | Error::BankPaymentsMustSumToTheirEntry { .. }
            | Error::BankPaymentsMustBeCounted { .. } => {
                format!("{DOWNLOAD}; if it comes the same again, ask the bank")
            }
            Error::FileMustNotBeAWorkbook { .. } => {
                "save the sheet as CSV with the header `datum;belopp;ocr;betalare;text`, or fetch the bank's camt file".into()
            }
            Error::BankMessageMustBeRead { .. } => {
                "ask the bank for camt.054 with the single payments, or write a CSV with the header `datum;belopp;ocr;betalare;text`".into()
            }
            Error::BankAccountMustBeOurs { ours, .. } if ours.is_empty() => {
                "write the network's bankgiro number and IBAN in network.toml".into()
            }
            Error::BankAccountMustBeOurs { ours, .. } => {
                format!("fetch the file of {}; if this account is the network's too, add it in network.toml", listed(ours))
            }
            Error::BankCurrencyMustBeSek { .. } => {
                "fetch a file of the account in kronor alone, and book this payment by hand".into()
            }
            Error::AmountMustBeInKronor { .. } => "write it as `12345,50`, or as `12345.50`".into(),
            Error::LumpSumShouldHaveItsPayments { .. } => {
                "ask the bank for camt.054 with the single payments; until then a person settles the sum".into()
            }
            Error::ColumnMustBeKnown { .. } => COLUMNS.into(),
            Error::ColumnMustBeGiven { name, .. } => format!("add the column `{name}`"),
            Error::ColumnMustStandOnce { .. } => "take one of the two away".into(),
            Error::RowMustHaveItsColumns { .. } => {
                "put a field that holds a separator in quotes, as an amount with a comma between commas".into()
            }
            Error::LineMustBeOfAReasonableLength { .. } => {
                "save the table as CSV anew, with a row on each line".into()
            }
            Error::FieldMustEndOnItsLine { .. } => "close the quote, or double it where it belongs to the text".into(),
            Error::FieldMustBeGiven { column, .. } => format!("fill in `{column}`"),
            Error::DateMustBeADate { .. } => "write `2027-02-14`".into(),
            Error::ToleranceMustBeBelowAKrona { .. } => "set it between 0 and 99 öre".into(),
        }
    }
}

fn kronor(amount: Sek) -> String {
    amount.text_with_ore(Language::English)
}

/// `1 payment`, `2 payments`.
fn payments_text(payments: usize) -> String {
    if payments == 1 { "1 payment".to_owned() } else { format!("{payments} payments") }
}

/// A sum that may be larger than any amount.
fn kronor_of(ore: i128) -> String {
    i64::try_from(ore).map_or_else(|_| format!("{ore} öre"), |ore| kronor(Sek::from_ore(ore)))
}

/// The first texts in backticks.
fn listed<T: AsRef<str>>(texts: &[T]) -> String {
    let shown: Vec<String> = texts.iter().take(12).map(|text| format!("`{}`", text.as_ref())).collect();
    shown.join(", ")
}
