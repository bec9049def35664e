//! Invoices and credit notes as PDF: for people, for the archive and for screen readers, with the e-invoice inside.
//!
//! - [`Typesetter::new`] takes the letterhead of a host: logo, colour, words, or a template of its own.
//! - [`Typesetter::typeset`] makes the PDF of one document; [`Typesetter::typeset_all`] of many, on all cores.
//! - [`UsingQr`] is what the QR code of an invoice says to the app of a bank.
//!
//! Every file is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1): tagged, in the reader's language, with all fonts in it;
//! the file that a machine reads is attached as an alternative. The same document gives the same bytes: there is no
//! clock in here, and no font of the machine is looked at.
//!
//! Not here: amounts and words of the fee (see `avgift`), the e-invoice (see `avgift-peppol`), the disk.

#![forbid(unsafe_code)]

mod desk;
mod error;
mod fit;
mod page;
mod qr;
mod typesetter;

pub use error::{CODES, Error};
pub use page::{Adjustment, Appendix, Fact, Labels, Page, PageLine, Payment};
pub use qr::UsingQr;
pub use typesetter::{Attachment, Job, Typesetter};
