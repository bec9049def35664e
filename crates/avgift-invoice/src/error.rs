//! Error: every way this crate refuses, each named by the rule it guards, and what it tells the user.

use avgift::{FeeYear, Language, NaiveDate, Origin, PayerId, Refusal, Sek, date_text};
use thiserror::Error as ThisError;

use crate::number::{OrganisationNumber, VatNumber};
use crate::payment::{InvoiceNumber, PaymentTerms};
use crate::vat::VatRate;

/// A rule of the invoice that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[allow(
    missing_docs,
    reason = "the name of a variant is its rule, and its message and reason stand beside it"
)]
pub enum Error {
    #[error("a text is empty")]
    TextMustNotBeEmpty,
    #[error("`{}` holds a character that no invoice can carry: U+{:04X}", shown(text), u32::from(*.character))]
    TextMustBeXmlSafe { text: String, character: char },

    #[error("`{}` is not an organisation number", shown(text))]
    OrganisationNumberMustBeTenDigits { text: String },
    #[error("the check digit of the organisation number `{text}` is wrong")]
    OrganisationNumberMustPassLuhn { text: String, expected: u8 },
    // The number is not repeated: it may be somebody's own.
    #[error("an organisation number has the form of a personal identity number")]
    OrganisationNumberMustNotBePersonal,
    #[error("`{}` is not a Swedish VAT number", shown(text))]
    VatNumberMustBeSwedish { text: String },
    #[error("`{}` is not a GLN", shown(text))]
    GlnMustBeThirteenDigits { text: String },
    #[error("the check digit of the GLN `{text}` is wrong")]
    GlnMustPassItsCheckDigit { text: String, expected: u8 },
    #[error("`{}` is not a bankgiro number", shown(text))]
    BankgiroNumberMustBeSevenOrEightDigits { text: String },
    #[error("the check digit of the bankgiro number `{text}` is wrong")]
    BankgiroNumberMustPassLuhn { text: String, expected: u8 },
    #[error("`{}` is not an IBAN", shown(text))]
    IbanMustHaveItsForm { text: String },
    #[error("the check digits of the IBAN `{text}` are wrong")]
    IbanMustPassItsCheck { text: String },
    #[error("`{}` is not an OCR reference", shown(text))]
    OcrReferenceMustBeTwoToTwentyFiveDigits { text: String },
    #[error("the check digit of the OCR reference `{text}` is wrong")]
    OcrReferenceMustPassLuhn { text: String },
    #[error("`{}` is not an invoice number", shown(text))]
    InvoiceNumberMustBeOneToTwentyDigits { text: String },
    #[error("`{}` is not a Swedish postcode", shown(text))]
    PostcodeMustBeFiveDigits { text: String },
    #[error("an address has {lines} lines")]
    AddressMustHaveAtMostThreeLines { lines: usize },
    #[error("`{}` is not an electronic address of a Swedish organisation", shown(text))]
    ElectronicAddressMustBeSwedish { text: String },
    #[error("`{}` is not a VAT rate in Sweden", shown(text))]
    VatRateMustBeSwedish { text: String },
    #[error("`{}` is not the code of a reason for exemption", shown(text))]
    ExemptionCodeMustBeKnown { text: String },

    #[error("`{}` is not a colour", shown(text))]
    ColourMustBeSixDigits { text: String },
    #[error("`{}` is not a picture that can be printed", shown(file))]
    LogoMustBeAnImage { file: String },

    #[error("the VAT number {vat_number} is not that of {organisation_number}")]
    VatNumberMustBelongToSeller {
        vat_number: VatNumber,
        organisation_number: OrganisationNumber,
        origin: Option<Origin>,
    },
    #[error("a fee with {rate} % VAT, and the seller has no VAT number")]
    StandardRateMustHaveVatNumber { rate: VatRate, origin: Option<Origin> },
    #[error("an exempt fee, and the seller has neither a VAT number nor F-tax")]
    ExemptionMustHaveTaxRegistration { origin: Option<Origin> },
    #[error("`{payer}` has neither a buyer reference nor an order number")]
    BuyerReferenceMustBeGiven { payer: PayerId, origin: Option<Origin> },
    #[error("`{payer}` pays for no member in {year}")]
    PayerMustHaveMembers { payer: PayerId, year: FeeYear, origin: Option<Origin> },
    #[error("an invoice of {} would be due before it is issued", date_text(*.issue_date, Language::English))]
    DueDateMustNotPrecedeIssueDate { terms: PaymentTerms, issue_date: NaiveDate, origin: Option<Origin> },

    #[error("`{id}` is a draft and cannot be credited")]
    CreditedInvoiceMustBeIssued { id: String },
    #[error("the number {number} is taken, by the invoice or by an earlier credit note")]
    CreditNoteMustHaveItsOwnNumber { number: InvoiceNumber },
    #[error("the credit note of {} precedes its invoice of {}", date_text(*.issue_date, Language::English),
        date_text(*.invoiced, Language::English))]
    CreditNoteMustNotPrecedeInvoice { issue_date: NaiveDate, invoiced: NaiveDate },

    #[error("invoice {invoice} has no line {line}")]
    CreditedLineMustBeOfTheInvoice { invoice: InvoiceNumber, line: usize, lines: usize },
    #[error("line {line} is credited twice in one credit note")]
    CreditedLineMustStandOnce { line: usize },
    #[error("{}", .line.map_or("nothing is taken back".to_owned(), |line| format!("nothing is taken back of line {line}")))]
    CreditMustTakeSomethingBack { line: Option<usize> },
    #[error("{} is taken back of line {line}, and {} is left of it", .amount.text(Language::Swedish), .left.text(Language::Swedish))]
    CreditMustNotExceedWhatIsLeft { line: usize, left: Sek, amount: Sek },
    #[error("credit note {number} is over another invoice than {invoice}")]
    EarlierCreditMustBeOfTheInvoice { number: InvoiceNumber, invoice: String },
    #[error("credit note {number} found {} left of the invoice, and the others leave {}", .stated.text(Language::Swedish),
        .left.text(Language::Swedish))]
    EarlierCreditsMustBeComplete { number: InvoiceNumber, stated: Sek, left: Sek },

    #[error("document {id}: {place} is {stored}, and {reckoned} is reckoned")]
    DocumentMustAddUp { id: String, place: String, stored: String, reckoned: String },

    #[error(transparent)]
    Fee(#[from] avgift::Error),
}

avgift::error_codes! {
    TextMustNotBeEmpty "text-must-not-be-empty"
    TextMustBeXmlSafe "text-must-be-xml-safe"
    OrganisationNumberMustBeTenDigits "organisation-number-must-be-ten-digits"
    OrganisationNumberMustPassLuhn "organisation-number-must-pass-luhn"
    OrganisationNumberMustNotBePersonal "organisation-number-must-not-be-personal"
    VatNumberMustBeSwedish "vat-number-must-be-swedish"
    GlnMustBeThirteenDigits "gln-must-be-thirteen-digits"
    GlnMustPassItsCheckDigit "gln-must-pass-its-check-digit"
    BankgiroNumberMustBeSevenOrEightDigits "bankgiro-number-must-be-seven-or-eight-digits"
    BankgiroNumberMustPassLuhn "bankgiro-number-must-pass-luhn"
    IbanMustHaveItsForm "iban-must-have-its-form"
    IbanMustPassItsCheck "iban-must-pass-its-check"
    OcrReferenceMustBeTwoToTwentyFiveDigits "ocr-reference-must-be-two-to-twenty-five-digits"
    OcrReferenceMustPassLuhn "ocr-reference-must-pass-luhn"
    InvoiceNumberMustBeOneToTwentyDigits "invoice-number-must-be-one-to-twenty-digits"
    PostcodeMustBeFiveDigits "postcode-must-be-five-digits"
    AddressMustHaveAtMostThreeLines "address-must-have-at-most-three-lines"
    ElectronicAddressMustBeSwedish "electronic-address-must-be-swedish"
    VatRateMustBeSwedish "vat-rate-must-be-swedish"
    ExemptionCodeMustBeKnown "exemption-code-must-be-known"
    ColourMustBeSixDigits "colour-must-be-six-digits"
    LogoMustBeAnImage "logo-must-be-an-image"
    VatNumberMustBelongToSeller "vat-number-must-belong-to-seller"
    StandardRateMustHaveVatNumber "standard-rate-must-have-vat-number"
    ExemptionMustHaveTaxRegistration "exemption-must-have-tax-registration"
    BuyerReferenceMustBeGiven "buyer-reference-must-be-given"
    PayerMustHaveMembers "payer-must-have-members"
    DueDateMustNotPrecedeIssueDate "due-date-must-not-precede-issue-date"
    CreditedInvoiceMustBeIssued "credited-invoice-must-be-issued"
    CreditNoteMustHaveItsOwnNumber "credit-note-must-have-its-own-number"
    CreditNoteMustNotPrecedeInvoice "credit-note-must-not-precede-invoice"
    CreditedLineMustBeOfTheInvoice "credited-line-must-be-of-the-invoice"
    CreditedLineMustStandOnce "credited-line-must-stand-once"
    CreditMustTakeSomethingBack "credit-must-take-something-back"
    CreditMustNotExceedWhatIsLeft "credit-must-not-exceed-what-is-left"
    EarlierCreditMustBeOfTheInvoice "earlier-credit-must-be-of-the-invoice"
    EarlierCreditsMustBeComplete "earlier-credits-must-be-complete"
    DocumentMustAddUp "document-must-add-up"
    ; Fee
}

impl Error {
    /// The refusal: code, message, places, why and how to mend. Who read a text adds the place where it stands.
    pub fn refusal(&self) -> Refusal {
        if let Error::Fee(error) = self {
            return error.refusal();
        }
        let refusal = Refusal::error(self.code(), self.to_string()).why(self.why()).mend(self.mend());
        let (origin, label) = self.place();
        refusal.at(origin, label)
    }

    fn place(&self) -> (Option<&Origin>, &'static str) {
        match self {
            Error::VatNumberMustBelongToSeller { origin, .. }
            | Error::StandardRateMustHaveVatNumber { origin, .. }
            | Error::ExemptionMustHaveTaxRegistration { origin } => (origin.as_ref(), "the seller"),
            Error::BuyerReferenceMustBeGiven { origin, .. } | Error::PayerMustHaveMembers { origin, .. } => {
                (origin.as_ref(), "this payer")
            }
            Error::DueDateMustNotPrecedeIssueDate { origin, .. } => (origin.as_ref(), "the terms"),
            _ => (None, ""),
        }
    }

    fn why(&self) -> &'static str {
        match self {
            Error::TextMustNotBeEmpty => "an invoice holds no empty element (PEPPOL-EN16931-R008)",
            Error::TextMustBeXmlSafe { .. } => {
                "XML bars control characters, and a name on an invoice is one line of text"
            }
            Error::OrganisationNumberMustBeTenDigits { .. } => {
                "an organisation number is ten digits (SE-R-004)"
            }
            Error::OrganisationNumberMustPassLuhn { .. } => {
                "the last digit of an organisation number is a check digit (SE-R-013, PEPPOL-COMMON-R049)"
            }
            Error::OrganisationNumberMustNotBePersonal => {
                "the third digit of an organisation number is 2 or more; below that the number is a person's, and no \
                 person pays a membership fee of municipalities"
            }
            Error::VatNumberMustBeSwedish { .. } => {
                "a Swedish VAT number is SE, the ten digits of the organisation number, and 01 (SE-R-001, SE-R-002)"
            }
            Error::GlnMustBeThirteenDigits { .. } => "a GLN is 13 digits",
            Error::GlnMustPassItsCheckDigit { .. } => {
                "the last digit of a GLN is a check digit (PEPPOL-COMMON-R040)"
            }
            Error::BankgiroNumberMustBeSevenOrEightDigits { .. } => {
                "a bankgiro number is seven or eight digits (SE-R-008, SE-R-009)"
            }
            Error::BankgiroNumberMustPassLuhn { .. } => {
                "the last digit of a bankgiro number is a check digit; a wrong one pays somebody else, or nobody"
            }
            Error::IbanMustHaveItsForm { .. } => {
                "an IBAN is two letters of the country, two check digits and the account; a Swedish one has 24 characters"
            }
            Error::IbanMustPassItsCheck { .. } => {
                "with a wrong digit every file of the right account would be refused"
            }
            Error::OcrReferenceMustBeTwoToTwentyFiveDigits { .. } => "an OCR reference is 2 to 25 digits",
            Error::OcrReferenceMustPassLuhn { .. } => {
                "the last digit of an OCR reference is a check digit; with a wrong one the payment does not find its invoice"
            }
            Error::InvoiceNumberMustBeOneToTwentyDigits { .. } => {
                "the OCR reference is made of the invoice number, and holds digits alone"
            }
            Error::PostcodeMustBeFiveDigits { .. } => "a Swedish postcode is five digits, from 100 00 on",
            Error::AddressMustHaveAtMostThreeLines { .. } => "EN 16931 has three lines for an address",
            Error::ElectronicAddressMustBeSwedish { .. } => {
                "Swedish organisations are found in Peppol by organisation number (0007) or GLN (0088); 9955 was \
                 withdrawn"
            }
            Error::VatRateMustBeSwedish { .. } => "Sweden has the rates 25, 12 and 6 % (SE-R-006)",
            Error::ExemptionCodeMustBeKnown { .. } => {
                "an exemption within Sweden rests on article 132 of the VAT directive, and its code says on which point"
            }
            Error::ColourMustBeSixDigits { .. } => {
                "a colour is its red, green and blue, two hexadecimal digits each"
            }
            Error::LogoMustBeAnImage { .. } => "a logo is a file of vectors (SVG) or of pixels (PNG, JPEG)",
            Error::VatNumberMustBelongToSeller { .. } => {
                "a Swedish VAT number is made of the holder's own organisation number"
            }
            Error::StandardRateMustHaveVatNumber { .. } => {
                "who charges VAT states the VAT number on the invoice (ML 17 kap. 24 §, BR-S-02)"
            }
            Error::ExemptionMustHaveTaxRegistration { .. } => {
                "an invoice with an exempt fee names the seller's VAT number or its approval for F-tax (BR-E-02)"
            }
            Error::BuyerReferenceMustBeGiven { .. } => {
                "without one of them the buyer cannot tell who is to approve the invoice (PEPPOL-EN16931-R003)"
            }
            Error::PayerMustHaveMembers { .. } => {
                "an invoice has a line for each member that the payer pays for"
            }
            Error::DueDateMustNotPrecedeIssueDate { .. } => "nobody can pay before there is an invoice",
            Error::CreditedInvoiceMustBeIssued { .. } => {
                "a draft claims nothing, so there is nothing to take back"
            }
            Error::CreditNoteMustHaveItsOwnNumber { .. } => {
                "a number names one document, once (ML 17 kap. 24 §)"
            }
            Error::CreditNoteMustNotPrecedeInvoice { .. } => "what is not yet invoiced cannot be taken back",
            Error::CreditedLineMustBeOfTheInvoice { .. } => {
                "a part of an invoice is taken back line by line, and each line stands for one member's fee"
            }
            Error::CreditedLineMustStandOnce { .. } => {
                "a line of a credit note says once what it takes back and what remains charged"
            }
            Error::CreditMustTakeSomethingBack { .. } => "a credit note over nothing changes no claim",
            Error::CreditMustNotExceedWhatIsLeft { .. } => {
                "all credit notes together take back what the invoice charged and no more, line by line"
            }
            Error::EarlierCreditMustBeOfTheInvoice { .. } => {
                "what is left of an invoice hangs on the credit notes over it and on no others"
            }
            Error::EarlierCreditsMustBeComplete { .. } => {
                "each credit note says what was left before it; one that is missing or given twice breaks the row, and too \
                 much or too little would be taken back"
            }
            Error::DocumentMustAddUp { .. } => {
                "every amount of a document follows from its lines; one that does not was changed after it was issued"
            }
            Error::Fee(_) => "",
        }
    }

    fn mend(&self) -> String {
        let check_digit = |expected: &u8| {
            format!("look the number up again; if the other digits are right, the last one is {expected}")
        };
        match self {
            Error::TextMustNotBeEmpty => "write the text, or leave the whole entry out".into(),
            Error::TextMustBeXmlSafe { .. } => {
                "write the text anew on one line; such characters come along when text is copied".into()
            }
            Error::OrganisationNumberMustBeTenDigits { .. } => "write it as `802400-0013`".into(),
            Error::OrganisationNumberMustPassLuhn { expected, .. }
            | Error::GlnMustPassItsCheckDigit { expected, .. }
            | Error::BankgiroNumberMustPassLuhn { expected, .. } => check_digit(expected),
            Error::OrganisationNumberMustNotBePersonal => {
                "write the organisation number of the municipality or federation".into()
            }
            Error::VatNumberMustBeSwedish { .. } => "write it as `SE802400001301`".into(),
            Error::IbanMustHaveItsForm { .. } => "write it as `SE45 5000 0000 0583 9825 7466`".into(),
            Error::IbanMustPassItsCheck { .. } => "compare it with the bank's own statement, digit by digit".into(),
            Error::GlnMustBeThirteenDigits { .. } => "write the 13 digits without spaces".into(),
            Error::BankgiroNumberMustBeSevenOrEightDigits { .. } => {
                "write it as `991-2346` or `5050-1055`".into()
            }
            Error::OcrReferenceMustBeTwoToTwentyFiveDigits { .. } => "write the digits without spaces".into(),
            Error::OcrReferenceMustPassLuhn { .. } => "compare it with the invoice, digit by digit".into(),
            Error::InvoiceNumberMustBeOneToTwentyDigits { .. } => {
                "begin the series with a number of digits alone, `20270001`".into()
            }
            Error::PostcodeMustBeFiveDigits { .. } => "write it as `100 01`".into(),
            Error::AddressMustHaveAtMostThreeLines { .. } => "join lines with a comma".into(),
            Error::ElectronicAddressMustBeSwedish { .. } => {
                "write it with its scheme, `0007:8024000013` or `0088:6291041500213`, as the buyer gave it".into()
            }
            Error::VatRateMustBeSwedish { .. } => "write `25`, `12` or `6`".into(),
            Error::ExemptionCodeMustBeKnown { .. } => {
                "write a code like `VATEX-EU-132-1L`, or leave it out and write the reason in words".into()
            }
            Error::ColourMustBeSixDigits { .. } => "write it as `#00567a`".into(),
            Error::LogoMustBeAnImage { .. } => {
                "name a file that ends in `.svg`, `.png` or `.jpg`; SVG is the sharpest on paper".into()
            }
            Error::VatNumberMustBelongToSeller { organisation_number, .. } => {
                format!("write `{}`, or correct the organisation number", VatNumber::of(*organisation_number))
            }
            Error::StandardRateMustHaveVatNumber { .. } => {
                "give the seller's VAT number, or state why the fee carries no VAT".into()
            }
            Error::ExemptionMustHaveTaxRegistration { .. } => {
                "give the seller's VAT number or state its F-tax; without either the fee can only be outside the scope \
                 of VAT"
                    .into()
            }
            Error::BuyerReferenceMustBeGiven { .. } => {
                "ask the buyer for its reference code (beställarreferens), or for an order number".into()
            }
            Error::PayerMustHaveMembers { year, .. } => {
                format!("look at the members of {year}: whose payer is it to be?")
            }
            Error::DueDateMustNotPrecedeIssueDate { .. } => {
                "choose a later due date, or days after the day of issue".into()
            }
            Error::CreditedInvoiceMustBeIssued { .. } => "throw the draft away and make another".into(),
            Error::CreditNoteMustHaveItsOwnNumber { .. } => "take the next number of the series".into(),
            Error::CreditNoteMustNotPrecedeInvoice { invoiced, .. } => {
                format!("date it {} or later", date_text(*invoiced, Language::English))
            }
            Error::CreditedLineMustBeOfTheInvoice { lines, .. } => {
                format!("choose among its lines, 1 to {lines}, by their place on the invoice")
            }
            Error::CreditedLineMustStandOnce { .. } => {
                "name the line once, with the whole amount that it is to give back".into()
            }
            Error::CreditMustTakeSomethingBack { .. } => {
                "choose a line and an amount above zero; write the amount without a minus".into()
            }
            Error::CreditMustNotExceedWhatIsLeft { left, .. } if *left == Sek::ZERO => {
                "leave the line out: all of it is taken back already".into()
            }
            Error::CreditMustNotExceedWhatIsLeft { left, .. } => {
                format!("take back {} at most, or the rest of the line", left.text(Language::Swedish))
            }
            Error::EarlierCreditMustBeOfTheInvoice { .. } => {
                "give the credit notes that name this invoice, all of them".into()
            }
            Error::EarlierCreditsMustBeComplete { .. } => {
                "give every credit note over the invoice, each once".into()
            }
            Error::DocumentMustAddUp { .. } => {
                "hold it against its backup and against what the buyer received; correct by a credit note, never by hand".into()
            }
            Error::Fee(_) => String::new(),
        }
    }
}

/// A user's text with what a terminal must not be sent made visible.
fn shown(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_tells_what_where_why_and_how_to_mend() {
        let origin = Some(Origin::new("payers.csv", 3, 1, 4));
        let error = Error::BuyerReferenceMustBeGiven { payer: PayerId::new("ale"), origin };
        assert_eq!(
            error.refusal().to_string(),
            "error[buyer-reference-must-be-given]: `ale` has neither a buyer reference nor an order number\n  \
             --> payers.csv:3:1: this payer\n  \
             why: without one of them the buyer cannot tell who is to approve the invoice (PEPPOL-EN16931-R003)\n \
             mend: ask the buyer for its reference code (beställarreferens), or for an order number"
        );
    }

    #[test]
    fn a_message_sends_no_control_character_to_the_terminal() {
        let error = Error::TextMustBeXmlSafe { text: "a\u{1b}[2J".into(), character: '\u{1b}' };
        assert_eq!(error.to_string(), "`a\u{fffd}[2J` holds a character that no invoice can carry: U+001B");
    }

    #[test]
    fn a_fault_of_the_fee_stays_the_cores() {
        let error = Error::from(avgift::Error::AmountMustNotOverflow);
        assert_eq!(error.refusal(), avgift::Error::AmountMustNotOverflow.refusal());
    }
}
