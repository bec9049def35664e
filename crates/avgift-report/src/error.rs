//! Error: every way this crate refuses, each named by the rule it guards, and what it tells the user.

use avgift::{FeeYear, Refusal};
use thiserror::Error as ThisError;

/// A rule of the workbook that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[allow(
    missing_docs,
    reason = "the name of a variant is its rule, and its message and reason stand beside it"
)]
pub enum Error {
    #[error("a workbook of no fee year was asked for")]
    WorkbookMustHaveAYear,
    #[error("{year} stands twice among the fee years of a workbook")]
    FeeYearMustStandOnce { year: FeeYear },
    #[error("an amount comes to {amount}")]
    AmountMustFitASpreadsheet { amount: String },
    #[error("`{start}…` has {length} characters")]
    TextMustFitACell { start: String, length: usize },
    #[error("the sheet `{sheet}` has {rows} rows")]
    RowsMustFitASheet { sheet: String, rows: usize },
    #[error(transparent)]
    Fee(#[from] avgift::Error),
}

avgift::error_codes! {
    WorkbookMustHaveAYear "workbook-must-have-a-year"
    FeeYearMustStandOnce "fee-year-must-stand-once"
    AmountMustFitASpreadsheet "amount-must-fit-a-spreadsheet"
    TextMustFitACell "text-must-fit-a-cell"
    RowsMustFitASheet "rows-must-fit-a-sheet"
    ; Fee
}

impl Error {
    /// The refusal: code, message, why and how to mend.
    pub fn refusal(&self) -> Refusal {
        let refusal = Refusal::error(self.code(), self.to_string());
        match self {
            Error::WorkbookMustHaveAYear => {
                refusal.why("a workbook without sheets is none").mend("ask for one fee year or several")
            }
            Error::FeeYearMustStandOnce { .. } => refusal
                .why("the sheets of a fee year bear its number, and a frame must not count it twice")
                .mend("give each fee year once"),
            Error::AmountMustFitASpreadsheet { .. } => refusal
                .why("a spreadsheet holds fifteen digits: öre of more than 9 999 999 999 999 kr are not exact in it")
                .mend("look for a misplaced decimal mark among the figures, or write CSV or JSON"),
            Error::TextMustFitACell { .. } => refusal
                .why("a cell of a spreadsheet holds 32 767 characters, and a text that is cut is another text")
                .mend("write it shorter"),
            Error::RowsMustFitASheet { .. } => refusal
                .why("a sheet of a spreadsheet has 1 048 576 rows, and one that is cut is another register")
                .mend("ask for a shorter period, or write CSV or JSON"),
            Error::Fee(error) => error.refusal(),
        }
    }
}
