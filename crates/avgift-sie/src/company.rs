//! Company: whose books the vouchers are for, by the name that its ledger knows.
//! Rule:    another name is another company, so a name that code page 437 would change is refused and never folded.
//! Errors:  CompanyNameMustFitCodePage437.

use avgift_invoice::OrganisationNumber;

use crate::error::Error;
use crate::pc8::Pc8Text;

/// Whose books the vouchers are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    name: Pc8Text,
    organisation_number: OrganisationNumber,
    number: Option<Pc8Text>,
}

impl Company {
    /// A company by the name that its ledger knows.
    ///
    /// # Errors
    /// `CompanyNameMustFitCodePage437`.
    pub fn new(name: &str, organisation_number: OrganisationNumber) -> Result<Company, Error> {
        let written = Pc8Text::new(name);
        if written.folded_from().is_some() || written.as_str().is_empty() {
            return Err(Error::CompanyNameMustFitCodePage437 {
                name: name.to_owned(),
                written: written.to_string(),
            });
        }
        Ok(Company { name: written, organisation_number, number: None })
    }

    /// With the number that the ledger knows the company by (#FNR), where it asks for one.
    #[must_use]
    pub fn numbered(self, number: &str) -> Company {
        Company { number: Some(Pc8Text::new(number)), ..self }
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &Pc8Text {
        &self.name
    }

    /// The organisation number.
    #[must_use]
    pub const fn organisation_number(&self) -> OrganisationNumber {
        self.organisation_number
    }

    /// The number that the ledger knows it by, where it asks for one.
    #[must_use]
    pub const fn number(&self) -> Option<&Pc8Text> {
        self.number.as_ref()
    }
}
