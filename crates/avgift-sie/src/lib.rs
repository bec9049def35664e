//! Invoices, credit notes and payments to vouchers, and vouchers to a SIE 4I file that a ledger imports.
//!
//! - [`Posting::vouchers`] makes vouchers of events: a document that was issued, a payment that came in or was taken back,
//!   an overpayment that moved on. A [`Voucher`] balances or does not exist.
//! - [`Accounts`] says which account plays which role: BAS has defaults, Kommun-Bas has every account set by its owner.
//! - [`files`] makes a [`SieFile`] a financial year; [`SieFile::write`] gives its bytes, [`SieFile::warnings`] what code
//!   page 437 changed of the names.
//!
//! ```
//! use avgift_sie::{Accounts, Company, Customer, Event, FinancialYears, Head, Payment, Posting, Profile, Target, files};
//!
//! // Ale paid 60 836 kr for one invoice and 100 kr too much.
//! let customer = Customer { id: avgift::PayerId::new("ale"), name: "Ale kommun".into() };
//! let invoice = Target::Invoice { number: "20240001".parse()?, customer: customer.clone() };
//! let payment = Payment {
//!     date: "2024-02-14".parse()?,
//!     amount: "60 936 kr".parse()?,
//!     payer: "ALE KOMMUN".into(),
//!     reference: "BG240214P1".into(),
//!     parts: vec![(invoice, "60 836 kr".parse()?), (Target::Overpayment(customer), "100 kr".parse()?)],
//! };
//! let company = Company::new("Exempelnätet", "802400-0013".parse()?)?;
//! let posting = Posting::new(company, Accounts::new(Profile::Bas, []).map_err(first)?);
//! let vouchers = posting.vouchers([Event::Paid(&payment)]).map_err(first)?;
//!
//! let head = Head { version: "1.0.0".into(), ..posting.head("2024-02-15".parse()?) };
//! let files = files(&head, &FinancialYears::default(), vouchers).map_err(first)?;
//! let bytes = files[0].write();
//! let text = String::from_utf8_lossy(&bytes);
//! let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("#TRANS")).collect();
//! assert_eq!(rows[0], r#"#TRANS 1930 {} 60936.00 20240214 "BG240214P1""#);
//! assert_eq!(rows[1], r#"#TRANS 1510 {} -60836.00 20240214 "Faktura 20240001""#);
//! assert!(rows[2].starts_with("#TRANS 2420 {} -100.00 20240214"));
//! # fn first<E>(mut errors: Vec<E>) -> E { errors.remove(0) }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Pure: no file, no clock; the day and the version that stand in a file are given, so the same values give the same bytes.
//!
//! Not here: which payment belongs to which invoice; the journal; how much interest is; balances.

#![forbid(unsafe_code)]

mod accounts;
mod company;
mod error;
mod event;
mod file;
mod object;
mod pc8;
mod posting;
mod record;
mod voucher;
mod year;

pub use accounts::{Account, AccountNumber, Accounts, Profile, Role};
pub use company::Company;
pub use error::{CODES, Error};
pub use event::{Customer, Event, Payment, Target, Transfer};
pub use file::{Anchor, Head, Reader, SieFile, files};
pub use object::{Dimension, Object, Objects};
pub use pc8::Pc8Text;
pub use posting::{Posting, VoucherPer};
pub use voucher::{Row, Series, Voucher};
pub use year::{FinancialYear, FinancialYears};
