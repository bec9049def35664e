//! The invoice as a document, in the words of EN 16931: what the fees of a payer become.
//!
//! - [`Invoice::draft`] makes the invoice of one payer from the fees of a year: a line a member, each line the proof
//!   of its amount; [`Invoice::drafts`] makes several where the fee is charged in parts or instalments.
//!   [`Invoice::numbered`] issues it, [`CreditNote::of`] takes it back in full, [`CreditNote::of_part`] in part.
//! - [`OrganisationNumber`], [`VatNumber`], [`Gln`], [`BankgiroNumber`], [`OcrReference`] and [`InvoiceNumber`] hold
//!   their check digits: a value that exists is a right one.
//! - An issued [`Invoice`] and a [`CreditNote`] read back from the JSON they wrote; [`Document::check_sums`] holds every
//!   amount to the lines.
//! - Every field names its business term (BT) or group (BG) of the standard; JSON carries amounts as text.
//!
//! ```
//! use avgift::{Basis, FeeYear, Indices, Member, PayerId, PopulationFigure, PopulationMode, Populations, Tariff, Tariffs};
//! use avgift_invoice::{Agreement, Buyer, Invoice, OcrMode, PayableRounding, PaymentTerms, PostalAddress, Seller, Text};
//! use avgift_invoice::VatTreatment;
//!
//! // The fee of one member: 32 446 inhabitants × 1,50 kr.
//! let year = FeeYear::new(2024)?;
//! let member = Member::new("0102".parse()?, "Exempelkommun").paid_by(PayerId::new("exempel"));
//! let mut populations = Populations::new();
//! populations.add(PopulationFigure::of_year_end(member.code, 2023, 32_446)?)?;
//! let tariffs = Tariffs::new(vec![Tariff::per_inhabitant("Exempeltaxa", year, "1,50 kr".parse()?)]).map_err(first)?;
//! let basis = Basis { members: vec![member], tariffs, populations, indices: Indices::new() };
//! let fees = basis.assess_year(year, PopulationMode::Published).map_err(first)?;
//!
//! // Who invoices, who pays, and on what terms.
//! let address = PostalAddress::new(vec![Text::new("Torget 1")?], "100 01".parse()?, Text::new("Exempelstad")?)?;
//! let seller = Seller {
//!     name: Text::new("Exempelnätet")?,
//!     trading_name: None,
//!     organisation_number: "802400-0013".parse()?,
//!     vat_number: None,
//!     approved_for_f_tax: false,
//!     legal_information: None,
//!     electronic_address: Some("0007:8024000013".parse()?),
//!     address: address.clone(),
//!     contact: None,
//!     bankgiro: "991-2346".parse()?,
//!     origin: None,
//! };
//! let buyer = Buyer {
//!     payer: PayerId::new("exempel"),
//!     name: Text::new("Exempelkommun")?,
//!     trading_name: None,
//!     organisation_number: "212000-9903".parse()?,
//!     electronic_address: Some("0007:2120009903".parse()?),
//!     address,
//!     buyer_reference: Some(Text::new("EXB4711")?),
//!     order_reference: None,
//!     language: Default::default(),
//!     origin: None,
//! };
//! let agreement = Agreement {
//!     network: Text::new("Exempelnätverket")?,
//!     seller,
//!     vat: VatTreatment::OutsideScope { reason: Text::new("Medlemsavgift, ej momspliktig")? },
//!     terms: PaymentTerms::DaysNet(30),
//!     late_interest: None,
//!     ocr_mode: OcrMode::CheckAndLength,
//!     payable_rounding: PayableRounding::Krona,
//!     origin: None,
//! };
//!
//! let issue_date = avgift::NaiveDate::from_ymd_opt(2024, 1, 15).expect("a date");
//! let draft = Invoice::draft(&fees, &buyer, &agreement, issue_date).map_err(first)?.expect("it owes something");
//! assert_eq!(draft.id.to_string(), "UTKAST-2024-exempel");
//! let invoice = draft.numbered("20240001".parse()?);
//! assert_eq!(invoice.payment_terms.as_str(), "30 dagar netto. Ange OCR 2024000107.");
//! assert_eq!(invoice.claim(), "48 669 kr".parse()?);
//! # fn first<E>(mut errors: Vec<E>) -> E { errors.remove(0) }
//! # Ok::<(), avgift_invoice::Error>(())
//! ```
//!
//! Not here: UBL and Peppol's own rules (see `avgift-peppol`), files, the clock, the numbers that are already taken.

#![forbid(unsafe_code)]

mod credit_note;
mod document;
mod error;
mod federation;
#[cfg(test)]
mod fixture;
mod iban;
mod instalment;
mod invoice;
mod letter;
mod letterhead;
mod line;
mod luhn;
mod number;
mod part;
mod party;
mod payment;
mod price;
mod reading;
mod reminder;
mod sums;
mod supplement;
mod text;
mod totals;
mod vat;
mod wording;

pub use credit_note::{CreditNote, CreditedPart, LineLeft, PrecedingInvoice, Taken, left_of};
pub use document::{Content, Document, DocumentId, InvoicePeriod};
pub use error::{CODES, Error};
pub use iban::Iban;
pub use instalment::{InstalmentOf, InstalmentRow};
pub use invoice::{Agreement, Invoice};
pub use letter::{InterestWords, LetterWords, Told};
pub use letterhead::{Colour, Letterhead, Logo, LogoFormat, Template, Words};
pub use line::{Adjustment, AdjustmentKind, Line, UNIT_ONE, UNIT_PERSON};
pub use number::{Gln, OrganisationNumber, VatNumber};
pub use part::{Cut, Division, VatPart};
pub use party::{Buyer, Contact, ElectronicAddress, PostalAddress, Postcode, Seller};
pub use payment::{BankgiroNumber, InvoiceNumber, OcrMode, OcrReference, PaymentInstructions, PaymentTerms};
pub use price::{Price, Quantity};
pub use reminder::{InterestSpan, LateCharges, LateInterest, Reminder};
pub use text::Text;
pub use totals::{PayableRounding, Totals, VatBreakdown};
pub use vat::{ExemptionCode, VatCategory, VatRate, VatTreatment};
