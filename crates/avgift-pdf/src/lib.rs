//! Invoices and credit notes as PDF: for people, for the archive and for screen readers, with the e-invoice inside.
//!
//! - [`Typesetter::new`] takes the letterhead of a host: logo, colour, words, or a template of its own.
//! - [`Typesetter::typeset`] makes the PDF of one document; [`Typesetter::typeset_all`] of many, on all cores.
//! - [`Typesetter::typeset_letters`] makes reminders, under the same letterhead.
//! - [`UsingQr`] is what the QR code of an invoice says to the app of a bank.
//!
//! Every file is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1): tagged, in the reader's language, with all fonts in it;
//! the file that a machine reads is attached as an alternative. The same document gives the same bytes: there is no
//! clock in here, and no font of the machine is looked at.
//!
//! ```
//! use avgift_invoice::Letterhead;
//! use avgift_pdf::{Attachment, Job, Typesetter};
//!
//! # fn invoice() -> avgift_invoice::Invoice {
//! #     use avgift::{Basis, FeeYear, Indices, Member, PayerId, PopulationFigure, PopulationMode, Populations, Tariff, Tariffs};
//! #     use avgift_invoice::*;
//! #     let year = FeeYear::new(2024).unwrap();
//! #     let member = Member::new("0102".parse().unwrap(), "Exempelkommun").paid_by(PayerId::new("exempel"));
//! #     let mut populations = Populations::new();
//! #     populations.add(PopulationFigure::of_year_end(member.code, 2023, 32_446).unwrap()).unwrap();
//! #     let tariff = Tariff::per_inhabitant("T", year, "1,50 kr".parse().unwrap());
//! #     let tariffs = Tariffs::new(vec![tariff]).unwrap();
//! #     let basis = Basis { members: vec![member], tariffs, populations, indices: Indices::new() };
//! #     let fees = basis.assess_year(year, PopulationMode::Published).unwrap();
//! #     let text = |text: &str| Text::new(text).unwrap();
//! #     let address = PostalAddress::new(vec![text("Torget 1")], "100 01".parse().unwrap(), text("Exempelstad")).unwrap();
//! #     let seller = Seller {
//! #         name: text("Exempelnätet"), trading_name: None, organisation_number: "802400-0013".parse().unwrap(),
//! #         vat_number: None, approved_for_f_tax: false, legal_information: None,
//! #         electronic_address: Some("0007:8024000013".parse().unwrap()), address: address.clone(), contact: None,
//! #         bankgiro: "991-2346".parse().unwrap(), origin: None,
//! #     };
//! #     let buyer = Buyer {
//! #         payer: PayerId::new("exempel"), name: text("Exempelkommun"), trading_name: None,
//! #         organisation_number: "212000-9903".parse().unwrap(),
//! #         electronic_address: Some("0007:2120009903".parse().unwrap()), address,
//! #         buyer_reference: Some(text("EXB4711")), order_reference: None, language: Default::default(), origin: None,
//! #     };
//! #     let agreement = Agreement {
//! #         network: text("Exempelnätverket"), seller,
//! #         vat: VatTreatment::OutsideScope { reason: text("Medlemsavgift, ej momspliktig") },
//! #         terms: PaymentTerms::DaysNet(30), late_interest: None, ocr_mode: OcrMode::CheckAndLength,
//! #         payable_rounding: PayableRounding::Krona, origin: None,
//! #     };
//! #     let date = avgift::NaiveDate::from_ymd_opt(2024, 1, 15).unwrap();
//! #     Invoice::draft(&fees, &buyer, &agreement, date).unwrap().unwrap()
//! # }
//! let invoice = invoice().numbered("20240001".parse()?);
//! let xml = "<Invoice/>"; // Of avgift-peppol.
//! let attachment = Attachment { name: "20240001.xml", mime_type: "application/xml", bytes: xml.as_bytes() };
//! let typesetter = Typesetter::new(&Letterhead::default()).map_err(|errors| errors[0].to_string())?;
//! let pdf = typesetter.typeset(&Job { document: (&invoice).into(), explanations: &[], attachment });
//! assert!(pdf.map_err(|errors| errors[0].to_string())?.starts_with(b"%PDF-1.7"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Not here: amounts and words of the fee (see `avgift`), the e-invoice (see `avgift-peppol`), the disk.

#![forbid(unsafe_code)]

mod desk;
mod error;
mod fit;
mod letter;
mod page;
mod qr;
mod sheet;
mod typesetter;

pub use error::{CODES, Error};
pub use letter::{InterestTable, LetterPage};
pub use page::{Adjustment, Appendix, Page, PageLine};
pub use qr::UsingQr;
pub use sheet::{Attached, Fact, Labels, Payment, Sheet};
pub use typesetter::{Attachment, Job, LetterJob, Typesetter};
