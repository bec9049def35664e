//! Error: every way this crate refuses, each named by the rule it guards, and what it tells the user.

use avgift::{Origin, Refusal};
use thiserror::Error as ThisError;

/// A rule of the printed document that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[allow(
    missing_docs,
    reason = "the name of a variant is its rule, and its message and reason stand beside it"
)]
pub enum Error {
    #[error("the template cannot be set: {message}")]
    TemplateMustCompile { message: String, hint: Option<String>, origin: Option<Origin> },
    #[error("the logo cannot be printed: {message}")]
    LogoMustBePrintable { message: String, origin: Option<Origin> },
    #[error("no font of the document has the character `{character}` (U+{:04X}) of `{text}`", u32::from(*.character))]
    CharacterMustBePrintable { character: char, text: String, origin: Option<Origin> },
    #[error("`{id}` cannot be made into a PDF: {message}")]
    DocumentMustBeTypeset { id: String, message: String },
}

avgift::error_codes! {
    TemplateMustCompile "template-must-compile"
    LogoMustBePrintable "logo-must-be-printable"
    CharacterMustBePrintable "character-must-be-printable"
    DocumentMustBeTypeset "document-must-be-typeset"
}

impl Error {
    /// The refusal: code, message, places, why and how to mend.
    pub fn refusal(&self) -> Refusal {
        let refusal = Refusal::error(self.code(), self.to_string());
        match self {
            Error::TemplateMustCompile { hint, origin, .. } => refusal
                .at(origin.as_ref(), "here")
                .why("a document is made from the template as it stands, or not at all; what is only a warning elsewhere \
                      would be a fault on paper")
                .mend(hint.clone().unwrap_or_else(|| {
                    "mend the template, or leave `template` out and the program's own is used".to_owned()
                })),
            Error::LogoMustBePrintable { origin, .. } => refusal
                .at(origin.as_ref(), "this logo")
                .why("an archive document (PDF/A) holds only pictures that every reader can show")
                .mend("save the logo anew as a plain SVG, its texts made into outlines, or as PNG"),
            Error::CharacterMustBePrintable { origin, .. } => refusal
                .at(origin.as_ref(), "the text stands here")
                .why("an archive document (PDF/A) brings its own fonts, and they have letters of the Latin, Greek, \
                      Cyrillic, Hebrew and Arabic scripts")
                .mend("write the text without the character, or leave the PDF out with `--no-pdf`"),
            Error::DocumentMustBeTypeset { .. } => refusal
                .why("every fault of a folder has a refusal of its own, so this is a fault of the program")
                .mend("report it with the document; `--no-pdf` writes everything else"),
        }
    }
}
