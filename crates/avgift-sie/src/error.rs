//! Error: every way this crate refuses, each named by the rule it guards, and what it tells the user.
//! `TextShouldFitCodePage437` alone is a warning: the file is written.

use avgift::{NaiveDate, Refusal, Sek};
use avgift_invoice::OrganisationNumber;
use thiserror::Error as ThisError;

use crate::accounts::{AccountNumber, Role};
use crate::year::FinancialYear;

/// A rule of bookkeeping or of the file that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[allow(
    missing_docs,
    reason = "the name of a variant is its rule, and its message and reason stand beside it"
)]
pub enum Error {
    #[error("the voucher `{text}` of {date} is {off} kr off")]
    VoucherMustBalance { date: NaiveDate, text: String, off: Sek },
    #[error("the voucher `{text}` of {date} has no rows")]
    VoucherMustHaveRows { date: NaiveDate, text: String },
    #[error("`{id}` is a draft and cannot be posted")]
    DraftMustNotBePosted { id: String },
    #[error("`{id}` is to be posted twice")]
    DocumentMustBePostedOnce { id: String },
    #[error("`{id}` is of {seller}, and the books are those of {company}")]
    DocumentMustBelongToCompany { id: String, seller: OrganisationNumber, company: OrganisationNumber },

    #[error("`{text}` is not the number of an account")]
    AccountMustBeDigits { text: String },
    #[error("`{role}` and `{other}` have the same account, {account}")]
    RoleMustHaveItsOwnAccount { role: Role, other: Role, account: AccountNumber },
    #[error("no account is set for {}", listed(.roles))]
    RolesMustHaveAccounts { roles: Vec<Role> },
    #[error("`{text}` cannot be the series of a voucher")]
    SeriesMustBeLettersOrDigits { text: String },
    #[error("dimension {number} is not free to use")]
    DimensionMustBeFree { number: u16 },
    #[error("a row of revenue would have two objects of dimension {number}")]
    DimensionMustStandOnce { number: u16 },
    #[error("`{number}` cannot be the number of an object of dimension {dimension}")]
    ObjectMustHaveNumber { dimension: u16, number: String },

    #[error("the financial year from {start} to {end} is no year")]
    FinancialYearMustBeAtMostEighteenMonths { start: NaiveDate, end: NaiveDate },
    #[error("{day} would lie in a financial year from {year}, which overlaps that from {listed}")]
    FinancialYearMustBeListed { day: NaiveDate, year: FinancialYear, listed: FinancialYear },
    #[error("the voucher `{text}` of {date} lies outside the financial year from {year}")]
    VoucherMustLieInFinancialYear { date: NaiveDate, text: String, year: FinancialYear },
    #[error("the vouchers have objects, and the file is to be simple")]
    SimpleFileMustHaveNoObjects,
    #[error("`{name}` would stand as `{written}` in the file")]
    CompanyNameMustFitCodePage437 { name: String, written: String },
    #[error("`{text}` is written `{written}`")]
    TextShouldFitCodePage437 { text: String, written: String },

    #[error(transparent)]
    Fee(#[from] avgift::Error),
}

avgift::error_codes! {
    VoucherMustBalance "voucher-must-balance"
    VoucherMustHaveRows "voucher-must-have-rows"
    DraftMustNotBePosted "draft-must-not-be-posted"
    DocumentMustBePostedOnce "document-must-be-posted-once"
    DocumentMustBelongToCompany "document-must-belong-to-company"
    AccountMustBeDigits "account-must-be-digits"
    RoleMustHaveItsOwnAccount "role-must-have-its-own-account"
    RolesMustHaveAccounts "roles-must-have-accounts"
    SeriesMustBeLettersOrDigits "series-must-be-letters-or-digits"
    DimensionMustBeFree "dimension-must-be-free"
    DimensionMustStandOnce "dimension-must-stand-once"
    ObjectMustHaveNumber "object-must-have-number"
    FinancialYearMustBeAtMostEighteenMonths "financial-year-must-be-at-most-eighteen-months"
    FinancialYearMustBeListed "financial-year-must-be-listed"
    VoucherMustLieInFinancialYear "voucher-must-lie-in-financial-year"
    SimpleFileMustHaveNoObjects "simple-file-must-have-no-objects"
    CompanyNameMustFitCodePage437 "company-name-must-fit-code-page-437"
    TextShouldFitCodePage437 "text-should-fit-code-page-437"
    ; Fee
}

/// The roles for people: `a`, `b` and `c`.
fn listed(roles: &[Role]) -> String {
    let named: Vec<String> = roles.iter().map(|role| format!("`{role}`")).collect();
    match named.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => named.concat(),
    }
}

impl Error {
    /// The refusal: code, message, why and how to mend. Who read a setting adds the place where it stands.
    pub fn refusal(&self) -> Refusal {
        let told = match self {
            Error::Fee(error) => return error.refusal(),
            Error::TextShouldFitCodePage437 { .. } => Refusal::warning(self.code(), self.to_string()),
            _ => Refusal::error(self.code(), self.to_string()),
        };
        told.why(self.why()).mend(self.mend())
    }

    fn why(&self) -> &'static str {
        match self {
            Error::VoucherMustBalance { .. } => {
                "debit and credit of a voucher are equal, to the öre (SIE 4, #TRANS)"
            }
            Error::VoucherMustHaveRows { .. } => {
                "a voucher says which accounts an event changed (SIE 4, #VER)"
            }
            Error::DraftMustNotBePosted { .. } => {
                "a draft claims nothing: only what has a number from the series is posted"
            }
            Error::DocumentMustBePostedOnce { .. } => "a second voucher of one document doubles what is owed",
            Error::DocumentMustBelongToCompany { .. } => {
                "who issued a document has the claim: after a change of host the old one keeps its own"
            }
            Error::AccountMustBeDigits { .. } => "SIE knows accounts by one number of digits alone (#KONTO)",
            Error::RoleMustHaveItsOwnAccount { .. } => {
                "on one account the two would cancel out, and nobody could see either"
            }
            Error::RolesMustHaveAccounts { .. } => {
                "the numbers of Kommun-Bas differ from one organisation to the next, so none is guessed"
            }
            Error::SeriesMustBeLettersOrDigits { .. } => {
                "a series is one to ten of the letters A to Z and the digits, which every ledger takes"
            }
            Error::DimensionMustBeFree { .. } => {
                "SIE gives 1, 2 and 6 to 10 their meaning and keeps the rest up to 19 for later; own dimensions begin at 20 \
                 and have a name (paragraph 8.17)"
            }
            Error::DimensionMustStandOnce { .. } => {
                "a row has one object of a dimension: one customer, one project"
            }
            Error::ObjectMustHaveNumber { .. } => {
                "an object is known by its number, and one that the code page changes could be another's"
            }
            Error::FinancialYearMustBeAtMostEighteenMonths { .. } => {
                "a financial year is twelve months, and the longest that a first or changed year may be is 18 (BFL 3 kap. 3 §)"
            }
            Error::FinancialYearMustBeListed { .. } => "a day lies in one financial year",
            Error::VoucherMustLieInFinancialYear { .. } => {
                "a file holds the vouchers of one financial year, and an importer files them under it (#RAR)"
            }
            Error::SimpleFileMustHaveNoObjects => {
                "a reader of simple files stops at the records of dimensions"
            }
            Error::CompanyNameMustFitCodePage437 { .. } => {
                "SIE is written in code page 437 and without quotation marks, backslashes and braces; a company is not \
                 renamed by its own file"
            }
            Error::TextShouldFitCodePage437 { .. } => {
                "SIE is written in code page 437, without quotation marks, backslashes and braces; what it lacks is replaced \
                 by what is nearest"
            }
            Error::Fee(_) => "",
        }
    }

    fn mend(&self) -> String {
        match self {
            Error::VoucherMustBalance { .. } => {
                "let the parts of a payment sum to its amount; for a document it is a fault of the program: report it".into()
            }
            Error::VoucherMustHaveRows { .. } => "leave the voucher out, or give its rows".into(),
            Error::DraftMustNotBePosted { .. } => "issue the invoice first".into(),
            Error::DocumentMustBePostedOnce { .. } => "post each document once".into(),
            Error::DocumentMustBelongToCompany { .. } => "make a file for each of the two, from its own documents".into(),
            Error::AccountMustBeDigits { .. } => "write one to nine digits, as `1510`".into(),
            Error::RoleMustHaveItsOwnAccount { role, other, .. } => {
                format!("give `{role}` or `{other}` another account of the chart")
            }
            Error::RolesMustHaveAccounts { .. } => {
                "set each to an account of the organisation's own chart, by number and name; the finance officer has it"
                    .into()
            }
            Error::SeriesMustBeLettersOrDigits { .. } => {
                "write `F`, or another series that the ledger does not use for its own vouchers".into()
            }
            Error::DimensionMustBeFree { .. } => {
                "take 8 for customers, 6 for projects, 1 for cost centres, or a number from 20 on with its name".into()
            }
            Error::DimensionMustStandOnce { .. } => {
                "leave one of the two out, or give it a dimension of its own, from 20 on".into()
            }
            Error::ObjectMustHaveNumber { .. } => "write the number with letters and digits that the ledger has".into(),
            Error::FinancialYearMustBeAtMostEighteenMonths { .. } => {
                "look the two days up in the articles or the last annual report".into()
            }
            Error::FinancialYearMustBeListed { day, .. } => {
                format!("list the financial year that {day} lies in, by its first and last day, and let no two overlap")
            }
            Error::VoucherMustLieInFinancialYear { .. } => "make a file for each financial year".into(),
            Error::SimpleFileMustHaveNoObjects => "leave the objects out, or write the file for a ledger".into(),
            Error::CompanyNameMustFitCodePage437 { written, .. } => {
                format!("give the name that the ledger knows the company by, perhaps `{written}`")
            }
            Error::TextShouldFitCodePage437 { .. } => {
                "nothing needs to be done; where it matters, correct the text in the ledger".into()
            }
            Error::Fee(_) => String::new(),
        }
    }
}
