//! Error: every way this crate refuses, each named by the rule it guards, and what it tells the user.

use avgift::{Origin, PayerId, Refusal};
use thiserror::Error as ThisError;

use crate::check::ProfileRule;

/// A rule of the electronic invoice that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[allow(
    missing_docs,
    reason = "the name of a variant is its rule, and its message and reason stand beside it"
)]
pub enum Error {
    #[error("`{payer}` has no electronic address")]
    BuyerMustHaveElectronicAddress { payer: PayerId, origin: Option<Origin> },
    #[error("the seller has no electronic address")]
    SellerMustHaveElectronicAddress { origin: Option<Origin> },
    #[error("`{id}` breaks {}: {found}", .rule.number)]
    ProfileRuleMustHold { id: String, rule: ProfileRule, found: String },
    #[error(transparent)]
    Fee(#[from] avgift::Error),
}

avgift::error_codes! {
    BuyerMustHaveElectronicAddress "buyer-must-have-electronic-address"
    SellerMustHaveElectronicAddress "seller-must-have-electronic-address"
    ProfileRuleMustHold "profile-rule-must-hold"
    ; Fee
}

impl Error {
    /// The refusal: code, message, places, why and how to mend.
    pub fn refusal(&self) -> Refusal {
        let refusal = Refusal::error(self.code(), self.to_string());
        match self {
            Error::BuyerMustHaveElectronicAddress { origin, .. } => refusal
                .at(origin.as_ref(), "this payer")
                .why("Peppol finds the receiver by its electronic address (PEPPOL-EN16931-R010)")
                .mend("ask the buyer for its Peppol id, `0007:…` or `0088:…`, or send it the PDF"),
            Error::SellerMustHaveElectronicAddress { origin } => refusal
                .at(origin.as_ref(), "the seller")
                .why("an electronic invoice names its sender's electronic address (PEPPOL-EN16931-R020)")
                .mend("write the seller's own, as a rule `0007:` and the ten digits of its organisation number"),
            Error::ProfileRuleMustHold { rule, .. } => refusal.why(rule.says).mend(
                "this is a fault of the program, unless the document was changed after it was made: report it with the document",
            ),
            Error::Fee(error) => error.refusal(),
        }
    }

    /// The number of the profile's rule that was broken, where it is one of those.
    #[must_use]
    pub fn rule(&self) -> Option<&'static str> {
        match self {
            Error::BuyerMustHaveElectronicAddress { .. } => Some("PEPPOL-EN16931-R010"),
            Error::SellerMustHaveElectronicAddress { .. } => Some("PEPPOL-EN16931-R020"),
            Error::ProfileRuleMustHold { rule, .. } => Some(rule.number),
            Error::Fee(_) => None,
        }
    }
}
