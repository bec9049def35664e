//! Invoices and credit notes to UBL 2.1, as Peppol BIS Billing 3.0 asks.
//!
//! - [`to_ubl`] writes one document. It is checked first: what comes out has kept every rule of [`rules`].
//! - [`envelope`] puts it into the envelope (SBDH) that some ways into Peppol require.
//!
//! The same document gives the same bytes, always: there is no clock and no random number in here.

#![forbid(unsafe_code)]

mod check;
mod error;
mod sbdh;
mod ubl;
mod xml;

use avgift_invoice::Document;

pub use check::{ProfileRule, check, rules};
pub use error::{CODES, Error};

/// The document as UBL 2.1: UTF-8, two spaces of indent, LF at the line ends.
///
/// A draft is written too, so that it can be looked at; it has no number and no OCR reference.
///
/// # Errors
/// Every rule that the document breaks: `BuyerMustHaveElectronicAddress`, `SellerMustHaveElectronicAddress`,
/// `ProfileRuleMustHold`.
pub fn to_ubl<'a>(document: impl Into<Document<'a>>) -> Result<String, Vec<Error>> {
    let document = document.into();
    check(document)?;
    Ok(ubl::write(document))
}

/// The document in its envelope (SBDH), which names sender and receiver and the kind of document.
///
/// The identifier of the envelope is made of the document's own bytes, and its time is the day of issue: sent again,
/// it is the same envelope.
///
/// # Errors
/// As [`to_ubl`].
pub fn envelope<'a>(document: impl Into<Document<'a>>) -> Result<String, Vec<Error>> {
    let document = document.into();
    let ubl = to_ubl(document)?;
    sbdh::envelope(document, &ubl).map_err(|error| vec![error])
}
