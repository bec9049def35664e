//! Charges: what an invoice charges, by the keys that no fee is charged twice under.
//! Rule:    a charge is a host, a member, a fee year and a kind; of a fee that is cut, a part and an instalment besides; what a final fee is more is a kind of its own. An
//!          invoice over a cut names the whole charge too, and in which way it was cut, so that neither the whole nor another
//!          cut of it is issued while one stands.

use avgift::MunicipalityCode;
use avgift_invoice::{Invoice, Line, Text};
use avgift_journal::{ChargeKey, Divided};

use crate::plan::{charge_key, cut_key, supplement_key};

/// What an invoice charges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Charges {
    /// A key for each member of each line.
    pub(crate) keys: Vec<ChargeKey>,
    /// What they were cut from.
    pub(crate) divided: Option<Divided>,
}

impl Charges {
    /// What stands on an invoice.
    pub(crate) fn of(invoice: &Invoice) -> Charges {
        let content = &invoice.content;
        let (host, year) = (content.seller.organisation_number, content.fee_year);
        let members = content.lines.iter().flat_map(Line::members);
        let whole = |member: MunicipalityCode| match invoice.supplements {
            Some(_) => supplement_key(host, year, &member.to_string()),
            None => charge_key(host, year, &member.to_string()),
        };
        let of: Vec<ChargeKey> = members.map(whole).collect();
        let Some(cut) = &content.cut else { return Charges { keys: of, divided: None } };
        let key = |line: &Line| {
            let words = cut.words(line.part.as_ref().map(Text::as_str));
            cut_key(host, year, &line.municipality.to_string(), &words)
        };
        let keys = content.lines.iter().map(key).collect();
        let words = cut.division_words();
        let division = ChargeKey::of(&words.iter().map(String::as_str).collect::<Vec<_>>());
        Charges { keys, divided: Some(Divided { division, of }) }
    }

    /// The whole charges.
    pub(crate) fn wholes(&self) -> &[ChargeKey] {
        self.divided.as_ref().map_or(&self.keys, |divided| &divided.of)
    }
}
