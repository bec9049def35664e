//! Bank files to payments, and payments to invoices.
//! Read:    camt.053 and camt.054 of ISO 20022 (versions .02 and .08, others where their fields are there); a plain CSV, whose
//!          columns stand at [`read`]; and what a person enters, [`ManualEntry`].
//! Rule:    a file is read as a whole or refused as a whole: a payment of somebody else's account, in another currency or
//!          missing from its sum is found before anything is posted. All faults are told at once, each with its place.
//! Rule:    a payment posts itself where an OCR reference says all; everything else is for a person ([`match_payment`]).
//! Errors:  each a [`avgift::Refusal`]. No input makes the crate panic. Nothing here opens a file or knows a clock.
//!
//! ```
//! use avgift_camt::{Given, OurAccounts};
//! let file = "datum;belopp;ocr;betalare\n2027-02-14;19 938,00;100263;Håbo kommun\n";
//! let read = avgift_camt::read("bank/februari.csv", file.as_bytes(), &OurAccounts::new()).map_err(|faults| faults[0].clone())?;
//! let payment = &read.payments[0];
//! assert_eq!(payment.amount, "19 938 kr".parse()?);
//! assert_eq!(payment.references[0].given, Given::Ocr("100263".parse()?));
//! assert_eq!(payment.origin.as_ref().map(ToString::to_string).as_deref(), Some("bank/februari.csv:2:1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod account;
mod camt;
mod clue;
mod csv;
mod error;
mod key;
mod matching;
mod outcome;
mod payment;
mod text;

use sha2::{Digest, Sha256};

pub use account::{Account, OurAccounts, Scheme};
pub use avgift_invoice::Iban;
pub use clue::{Clue, Suggestion};
pub use error::{CODES, Error, Written};
pub use key::BankKey;
pub use matching::{match_all, match_payment};
pub use outcome::{Allocation, ForAPerson, Match, OpenItem, Proposal, Reason, Rest, Tolerance};
pub use payment::{
    BankFile, BankFormat, BankPayment, CreditTaken, Detail, Given, ManualEntry, PassedOver, PaymentKind,
    Reference, Remembered,
};

/// So many faults of one file are told; a file with more is of another kind than was thought.
const MOST_FAULTS: usize = 100;

/// Reads a bank file, whatever its format, told by its content and never by its name.
///
/// `file` is the name that places carry; nothing is opened. A CSV has a header with these columns, in any order and in
/// either language, set apart by semicolons, tabs or commas; only day and amount must be there:
///
/// | column | holds |
/// |---|---|
/// | `date`, `datum` | the day it was booked, `2027-02-14` |
/// | `amount`, `belopp` | kronor, `19 938,00` or `19938.00`; a negative one is a payment of ours |
/// | `reference`, `referens`, `ocr` | what the payer gave |
/// | `payer`, `betalare` | the payer's name |
/// | `text`, `meddelande` | what the payer wrote |
/// | `account`, `konto` | the account of ours |
/// | `bank_reference`, `bankreferens` | the bank's own id of the payment |
///
/// # Errors
/// All faults of the file in the order of their places, the first hundred of them.
pub fn read(file: &str, bytes: &[u8], ours: &OurAccounts) -> Result<BankFile, Vec<Error>> {
    let source = text::decode(file, bytes).map_err(|fault| vec![fault])?;
    let read = if text::is_xml(&source) { camt::read(&source, ours) } else { csv::read(&source, ours) };
    let message = read.map_err(|mut faults| {
        faults.sort_by_key(|fault| fault.origin().map(|origin| (origin.line, origin.column)));
        faults.truncate(MOST_FAULTS);
        faults
    })?;
    Ok(BankFile {
        file: source.file().clone(),
        sha256: sha256(bytes),
        format: message.format,
        message_id: message.id,
        created: message.created,
        is_copy: message.is_copy,
        payments: key::assign(message.payments, ours),
        passed_over: message.passed_over,
        warnings: message.warnings,
    })
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
