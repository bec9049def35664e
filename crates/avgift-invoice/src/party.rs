//! Parties: the seller and the buyer, as they stand on an invoice.
//! Rule:    an electronic address is stored for each party and never derived: one municipality may have several. In
//!          Sweden it is the organisation number (scheme 0007) or a GLN (scheme 0088), nothing else.
//! Errors:  PostcodeMustBeFiveDigits, AddressMustHaveAtMostThreeLines, ElectronicAddressMustBeSwedish.

use std::fmt;
use std::str::FromStr;

use avgift::{Language, Origin, PayerId, present};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Error;
use crate::luhn;
use crate::number::{Gln, OrganisationNumber, VatNumber};
use crate::payment::BankgiroNumber;
use crate::reading::{self, Code};
use crate::text::Text;

/// A Swedish postcode (postnummer): five digits, written `100 01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode(u32);

impl FromStr for Postcode {
    type Err = Error;

    /// Reads `100 01` and `10001`.
    fn from_str(text: &str) -> Result<Postcode, Error> {
        let digits: String = match text.split_once(' ') {
            Some((first, last)) if first.len() == 3 => [first, last].concat(),
            _ => text.to_owned(),
        };
        luhn::read_digits(&digits, 5, 5)
            .and_then(|(number, _)| u32::try_from(number).ok())
            .filter(|number| *number >= 10_000) // Swedish postcodes begin at 100 00.
            .map(Postcode)
            .ok_or_else(|| Error::PostcodeMustBeFiveDigits { text: text.to_owned() })
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:03} {:02}", self.0 / 100, self.0 % 100))
    }
}

impl Serialize for Postcode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A postal address in Sweden (BG-5, BG-8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PostalAddress {
    /// Up to three lines, street or box first (BT-35, BT-36, BT-162; BT-50, BT-51, BT-163).
    pub lines: Vec<Text>,
    /// The postcode (BT-38, BT-53).
    pub postcode: Postcode,
    /// The city (BT-37, BT-52).
    pub city: Text,
    /// The country (BT-40, BT-55): always SE.
    pub country_code: Code,
}

impl PostalAddress {
    /// An address in Sweden.
    ///
    /// # Errors
    /// `AddressMustHaveAtMostThreeLines`.
    pub fn new(lines: Vec<Text>, postcode: Postcode, city: Text) -> Result<PostalAddress, Error> {
        if lines.len() > 3 {
            return Err(Error::AddressMustHaveAtMostThreeLines { lines: lines.len() });
        }
        Ok(PostalAddress { lines, postcode, city, country_code: "SE" })
    }
}

impl<'de> Deserialize<'de> for PostalAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PostalAddress, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Stored {
            lines: Vec<Text>,
            postcode: Postcode,
            city: Text,
            #[serde(deserialize_with = "reading::country")]
            country_code: Code,
        }
        let Stored { lines, postcode, city, country_code } = Stored::deserialize(deserializer)?;
        let address = PostalAddress::new(lines, postcode, city).map_err(D::Error::custom)?;
        Ok(PostalAddress { country_code, ..address })
    }
}

/// An electronic address in Peppol: `0007:8024000013` or `0088:6291041500213`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElectronicAddress {
    /// Scheme 0007, the organisation number.
    OrganisationNumber(OrganisationNumber),
    /// Scheme 0088, a GLN.
    Gln(Gln),
}

impl ElectronicAddress {
    /// The scheme: `0007` or `0088`.
    #[must_use]
    pub const fn scheme(self) -> &'static str {
        match self {
            ElectronicAddress::OrganisationNumber(_) => "0007",
            ElectronicAddress::Gln(_) => "0088",
        }
    }

    /// The number within the scheme, in digits.
    #[must_use]
    pub fn digits(self) -> String {
        match self {
            ElectronicAddress::OrganisationNumber(number) => number.digits(),
            ElectronicAddress::Gln(number) => number.to_string(),
        }
    }
}

impl FromStr for ElectronicAddress {
    type Err = Error;

    fn from_str(text: &str) -> Result<ElectronicAddress, Error> {
        match text.split_once(':') {
            Some(("0007", number)) => number.parse().map(ElectronicAddress::OrganisationNumber),
            Some(("0088", number)) => number.parse().map(ElectronicAddress::Gln),
            _ => Err(Error::ElectronicAddressMustBeSwedish { text: text.to_owned() }),
        }
    }
}

impl fmt::Display for ElectronicAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}:{}", self.scheme(), self.digits()))
    }
}

impl Serialize for ElectronicAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

avgift::read_as_written!(Postcode, ElectronicAddress);

/// Whom to ask (BG-6).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// A person, or better a function: `Ekonomi` (BT-41).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub name: Option<Text>,
    /// The telephone number (BT-42).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub telephone: Option<Text>,
    /// The e-mail address (BT-43).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub email: Option<Text>,
}

/// Who invoices: the host of the network (BG-4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seller {
    /// The registered name (BT-27).
    pub name: Text,
    /// The name it goes by, where that is another (BT-28).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub trading_name: Option<Text>,
    /// The organisation number (BT-30).
    pub organisation_number: OrganisationNumber,
    /// The VAT number, where it is registered (BT-31). An invoice outside the scope of VAT leaves it out.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub vat_number: Option<VatNumber>,
    /// Whether it is approved for F-tax (godkänd för F-skatt, BT-32).
    pub approved_for_f_tax: bool,
    /// Legal form and seat: `Säte: Norrköpinge` (BT-33).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub legal_information: Option<Text>,
    /// Where Peppol finds it (BT-34).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub electronic_address: Option<ElectronicAddress>,
    /// Its address (BG-5).
    pub address: PostalAddress,
    /// Whom to ask (BG-6).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub contact: Option<Contact>,
    /// Where it is paid; an invoice has it under the payment instructions too (BT-84).
    pub bankgiro: BankgiroNumber,
    /// Where it was read.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

/// Who pays: a municipality or a federation for several (BG-7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buyer {
    /// Its short name within the network.
    pub payer: PayerId,
    /// The registered name (BT-44).
    pub name: Text,
    /// The name it goes by, where that is another (BT-45).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub trading_name: Option<Text>,
    /// The organisation number (BT-47).
    pub organisation_number: OrganisationNumber,
    /// Where Peppol finds it; none for who takes no e-invoices (BT-49).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub electronic_address: Option<ElectronicAddress>,
    /// Its address (BG-8).
    pub address: PostalAddress,
    /// Beställarreferens, the code that most municipalities ask for (BT-10).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub buyer_reference: Option<Text>,
    /// The number of its order, where there is one (BT-13).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub order_reference: Option<Text>,
    /// The language of what it receives.
    pub language: Language,
    /// Where it was read.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_postcode_is_five_digits() {
        assert_eq!("10001".parse::<Postcode>().unwrap().to_string(), "100 01");
        assert_eq!("100 01".parse::<Postcode>(), "10001".parse());
        for text in ["", "1000", "1 0001", "SE-10001", "100  01", "00100", "1000 1"] {
            let refused = Error::PostcodeMustBeFiveDigits { text: text.to_owned() };
            assert_eq!(text.parse::<Postcode>(), Err(refused));
        }
    }

    #[test]
    fn an_address_has_at_most_three_lines() {
        let line = || Text::new("c/o").unwrap();
        let address = |count| {
            PostalAddress::new(
                vec![line(); count],
                "100 01".parse().unwrap(),
                Text::new("Exempelby").unwrap(),
            )
        };
        assert!(address(3).is_ok());
        assert_eq!(address(4), Err(Error::AddressMustHaveAtMostThreeLines { lines: 4 }));
    }

    #[test]
    fn an_electronic_address_has_one_of_two_schemes() {
        for text in ["0007:8024000013", "0088:6291041500213"] {
            assert_eq!(text.parse::<ElectronicAddress>().unwrap().to_string(), text);
        }
        for text in ["9955:SE802400001301", "8024000013", "0007 8024000013"] {
            let refused = Error::ElectronicAddressMustBeSwedish { text: text.to_owned() };
            assert_eq!(text.parse::<ElectronicAddress>(), Err(refused));
        }
        let wrong = "0007:8024000014".parse::<ElectronicAddress>().unwrap_err();
        assert_eq!(wrong.code(), "organisation-number-must-pass-luhn");
    }

    proptest! {
        #[test]
        fn a_postcode_reads_what_it_writes(number in 10_000_u32..100_000) {
            let postcode: Postcode = number.to_string().parse().unwrap();
            prop_assert_eq!(postcode.to_string().parse::<Postcode>().unwrap(), postcode);
        }
    }
}
