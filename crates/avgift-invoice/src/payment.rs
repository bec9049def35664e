//! Payment: bankgiro number, invoice number, OCR reference, terms.
//! Rule:    a bankgiro number has seven or eight digits and passes Luhn. An OCR reference is the invoice number, the
//!          length digit (the length of the whole, modulo ten) and the check digit (Luhn over all before it).
//! Example: invoice 20270001 has the reference 2027000104.
//! Errors:  BankgiroNumberMustBeSevenOrEightDigits, BankgiroNumberMustPassLuhn, OcrReferenceMustBeTwoToTwentyFiveDigits,
//!          OcrReferenceMustPassLuhn, InvoiceNumberMustBeOneToTwentyDigits, DueDateMustNotPrecedeIssueDate.

use std::fmt;
use std::str::FromStr;

use avgift::{NaiveDate, present};
use chrono::Days;
use serde::{Deserialize, Serialize, Serializer};

use crate::error::Error;
use crate::luhn;
use crate::reading::{self, Code};

/// A bankgiro number (bankgironummer): seven or eight digits, written `991-2346` or `5050-1055`.
///
/// ```
/// use avgift_invoice::BankgiroNumber;
/// let number: BankgiroNumber = "9912346".parse()?;
/// assert_eq!(number.to_string(), "991-2346");
/// assert_eq!(number.digits(), "9912346");
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BankgiroNumber {
    number: u32,
    length: u8,
}

impl BankgiroNumber {
    /// The digits without the hyphen, as UBL wants them.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{:0length$}", self.number, length = self.length.into())
    }
}

impl FromStr for BankgiroNumber {
    type Err = Error;

    /// Reads `991-2346` and `9912346`.
    fn from_str(text: &str) -> Result<BankgiroNumber, Error> {
        let refused = || Error::BankgiroNumberMustBeSevenOrEightDigits { text: text.to_owned() };
        let digits: String = match text.split_once('-') {
            Some((first, last)) if last.len() == 4 => [first, last].concat(),
            _ => text.to_owned(),
        };
        let (number, length) = luhn::read_digits(&digits, 7, 8).ok_or_else(refused)?;
        if !luhn::passes(number) {
            let expected = luhn::check_digit(number / 10);
            return Err(Error::BankgiroNumberMustPassLuhn { text: text.to_owned(), expected });
        }
        u32::try_from(number).map(|number| BankgiroNumber { number, length }).map_err(|_| refused())
    }
}

impl fmt::Display for BankgiroNumber {
    /// With the hyphen: `991-2346`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = usize::from(self.length) - 4; // Seven or eight digits, checked where it is made.
        f.pad(&format!("{:0before$}-{:04}", self.number / 10_000, self.number % 10_000))
    }
}

impl Serialize for BankgiroNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The running number of an invoice or a credit note (löpnummer, BT-1): 1 to 20 digits, zeros in front kept.
///
/// ```
/// use avgift_invoice::InvoiceNumber;
/// let number: InvoiceNumber = "20270001".parse()?;
/// assert_eq!(number.next()?.to_string(), "20270002");
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InvoiceNumber {
    number: u128,
    length: u8,
}

impl InvoiceNumber {
    /// The number after this one in the series.
    ///
    /// # Errors
    /// `InvoiceNumberMustBeOneToTwentyDigits` after the last number of twenty digits.
    pub fn next(self) -> Result<InvoiceNumber, Error> {
        format!("{:0length$}", self.number + 1, length = self.length.into()).parse()
    }
}

impl FromStr for InvoiceNumber {
    type Err = Error;

    fn from_str(text: &str) -> Result<InvoiceNumber, Error> {
        luhn::read_digits(text, 1, 20)
            .map(|(number, length)| InvoiceNumber { number, length })
            .ok_or_else(|| Error::InvoiceNumberMustBeOneToTwentyDigits { text: text.to_owned() })
    }
}

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:0length$}", self.number, length = self.length.into()))
    }
}

impl Serialize for InvoiceNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What an OCR reference carries after the invoice number, as agreed with the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum OcrMode {
    /// The check digit alone.
    #[serde(rename = "check")]
    Check,
    /// Length digit and check digit: the default, since it also passes where only the check digit is read.
    #[default]
    #[serde(rename = "check+length")]
    CheckAndLength,
}

/// An OCR reference (BT-83): 2 to 25 digits that pass Luhn.
///
/// ```
/// use avgift_invoice::{OcrMode, OcrReference};
/// let reference = OcrReference::of("20270001".parse()?, OcrMode::CheckAndLength);
/// assert_eq!(reference.to_string(), "2027000104");
/// assert!("2027000105".parse::<OcrReference>().is_err());
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OcrReference {
    number: u128,
    length: u8,
}

impl OcrReference {
    /// The reference of an invoice number.
    #[must_use]
    pub const fn of(number: InvoiceNumber, mode: OcrMode) -> OcrReference {
        // At most 22 digits: far within 25, and within the 38 of the integer.
        let (stem, length) = match mode {
            OcrMode::Check => (number.number, number.length + 1),
            OcrMode::CheckAndLength => {
                let length = number.length + 2;
                (number.number * 10 + (length % 10) as u128, length)
            }
        };
        OcrReference { number: stem * 10 + luhn::check_digit(stem) as u128, length }
    }

    /// The invoice number that the reference was made of, or nothing where it was not made in this mode.
    #[must_use]
    pub fn invoice_number(self, mode: OcrMode) -> Option<InvoiceNumber> {
        let (number, more) = match mode {
            OcrMode::Check => (self.number / 10, 1),
            OcrMode::CheckAndLength => (self.number / 100, 2),
        };
        let length = self.length.checked_sub(more).filter(|length| (1..=20).contains(length))?;
        let number = InvoiceNumber { number, length };
        (OcrReference::of(number, mode) == self).then_some(number)
    }
}

impl FromStr for OcrReference {
    type Err = Error;

    fn from_str(text: &str) -> Result<OcrReference, Error> {
        let (number, length) = luhn::read_digits(text, 2, 25)
            .ok_or_else(|| Error::OcrReferenceMustBeTwoToTwentyFiveDigits { text: text.to_owned() })?;
        if luhn::passes(number) {
            Ok(OcrReference { number, length })
        } else {
            Err(Error::OcrReferenceMustPassLuhn { text: text.to_owned() })
        }
    }
}

impl fmt::Display for OcrReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:0length$}", self.number, length = self.length.into()))
    }
}

impl Serialize for OcrReference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

avgift::read_as_written!(BankgiroNumber, InvoiceNumber, OcrReference);

/// When an invoice is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentTerms {
    /// So many days after the day of issue.
    DaysNet(u16),
    /// On a day.
    On(NaiveDate),
}

impl PaymentTerms {
    /// The due date (förfallodag, BT-9) of an invoice issued on a day; nothing where it would precede the issue.
    #[must_use]
    pub fn due_date(self, issue_date: NaiveDate) -> Option<NaiveDate> {
        match self {
            PaymentTerms::DaysNet(days) => {
                issue_date.checked_add_days(Days::new(days.into())) // None only at the end of the calendar.
            }
            PaymentTerms::On(day) => Some(day).filter(|day| issue_date <= *day),
        }
    }
}

/// How to pay (BG-16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PaymentInstructions {
    /// Credit transfer, as Sweden wants it for a bankgiro number (BT-81): always 30 (SE-R-011, SE-R-012).
    #[serde(deserialize_with = "reading::means")]
    pub means_code: Code,
    /// The means in words (BT-82).
    #[serde(deserialize_with = "reading::means_text")]
    pub means_text: Code,
    /// The OCR reference; a draft has none (BT-83).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub ocr_reference: Option<OcrReference>,
    /// The bankgiro number (BT-84).
    pub bankgiro: BankgiroNumber,
    /// The system that the number belongs to (BT-86).
    #[serde(deserialize_with = "reading::provider")]
    pub provider: Code,
}

impl PaymentInstructions {
    /// Payment to a bankgiro number.
    #[must_use]
    pub fn to_bankgiro(bankgiro: BankgiroNumber, ocr_reference: Option<OcrReference>) -> PaymentInstructions {
        PaymentInstructions {
            means_code: "30",
            means_text: "Bankgiro",
            ocr_reference,
            bankgiro,
            provider: "SE:BANKGIRO",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ocr(number: &str, mode: OcrMode) -> String {
        OcrReference::of(number.parse().unwrap(), mode).to_string()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// 123 with a length digit is five digits long: 1235, and Luhn over 1235 gives 1. Without: 123 and 0.
    #[test]
    fn an_ocr_reference_ends_in_length_and_check_digit() {
        assert_eq!(ocr("123", OcrMode::CheckAndLength), "12351");
        assert_eq!(ocr("123", OcrMode::Check), "1230");
        assert_eq!(ocr("20270001", OcrMode::CheckAndLength), "2027000104");
        assert_eq!(ocr("20260001", OcrMode::CheckAndLength), "2026000105");
        assert_eq!(ocr("0001", OcrMode::CheckAndLength), "000166"); // Six digits long; 2×6 is 12, 1 + 2, and 1 more: 4, so 6.
    }

    #[test]
    fn an_ocr_reference_is_read_with_its_check_digit() {
        for text in ["1", "", "12345678901234567890123456", "12 351", "1235a"] {
            let refused = Error::OcrReferenceMustBeTwoToTwentyFiveDigits { text: text.to_owned() };
            assert_eq!(text.parse::<OcrReference>(), Err(refused));
        }
        let wrong = Error::OcrReferenceMustPassLuhn { text: "12350".to_owned() };
        assert_eq!("12350".parse::<OcrReference>(), Err(wrong));
    }

    #[test]
    fn a_bankgiro_number_has_seven_or_eight_digits() {
        assert_eq!("5050-1055".parse::<BankgiroNumber>().unwrap().to_string(), "5050-1055");
        for text in ["", "991234", "99-12346", "991 2346", "991234600", "9912-346"] {
            let refused = Error::BankgiroNumberMustBeSevenOrEightDigits { text: text.to_owned() };
            assert_eq!(text.parse::<BankgiroNumber>(), Err(refused));
        }
        let wrong = Error::BankgiroNumberMustPassLuhn { text: "991-2345".to_owned(), expected: 6 };
        assert_eq!("991-2345".parse::<BankgiroNumber>(), Err(wrong));
    }

    #[test]
    fn numbers_follow_one_another() {
        let number = |text: &str| text.parse::<InvoiceNumber>().unwrap();
        assert_eq!(number("0099").next().unwrap(), number("0100"));
        assert_eq!(number("9").next().unwrap(), number("10"));
        assert!(number("99999999999999999999").next().is_err());
        assert!("".parse::<InvoiceNumber>().is_err());
        assert!("2027-1".parse::<InvoiceNumber>().is_err());
    }

    #[test]
    fn an_invoice_is_due_on_the_day_of_its_issue_at_the_earliest() {
        let issued = day("2024-01-15");
        assert_eq!(PaymentTerms::DaysNet(30).due_date(issued), Some(day("2024-02-14")));
        assert_eq!(PaymentTerms::On(issued).due_date(issued), Some(issued));
        assert_eq!(PaymentTerms::On(day("2024-01-14")).due_date(issued), None);
    }

    proptest! {
        #[test]
        fn an_ocr_reference_leads_back_to_its_invoice(digits in "[0-9]{1,20}") {
            let number: InvoiceNumber = digits.parse().unwrap();
            prop_assert_eq!(number.to_string(), digits);
            for mode in [OcrMode::Check, OcrMode::CheckAndLength] {
                let reference = OcrReference::of(number, mode);
                let read: OcrReference = reference.to_string().parse().unwrap();
                prop_assert_eq!(read, reference);
                prop_assert_eq!(read.invoice_number(mode), Some(number));
            }
        }

        #[test]
        fn a_bankgiro_number_reads_what_it_writes(stem in 100_000_u32..10_000_000) {
            let number: BankgiroNumber = format!("{stem}{}", luhn::check_digit(stem.into())).parse().unwrap();
            prop_assert_eq!(number.to_string().parse::<BankgiroNumber>().unwrap(), number);
            prop_assert_eq!(number.digits().parse::<BankgiroNumber>().unwrap(), number);
        }
    }
}
