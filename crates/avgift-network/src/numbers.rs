//! Numbers: `[agreement.numbers]` of network.toml: in which series a host numbers what it issues, and from which number on.
//! Rule:    a series is of one host, has one first number, and no number that another series begins with: a number alone
//!          names a document, since an OCR reference carries nothing else. Several agreements of one host may go on with
//!          one series. Its label is capitals and digits, for it stands in the names of files, and Windows and Mac take
//!          `gr` and `GR` for one.
//! Source:  mervärdesskattelagen (2023:200) 17 kap.: a running number, of one or several series, that alone identifies the
//!          invoice.
//! Errors:  SeriesMustBelongToOneHost, SeriesMustHaveOneFirstNumber, SeriesMustBeginWithTheirOwnNumbers, NumbersMustBeSet.
//! Not here: which number comes next, which the journal knows.

use avgift::{Origin, Sourced};
use avgift_invoice::{InvoiceNumber, OrganisationNumber};

use crate::error::{Error, Written};
use crate::settings::Section;

/// A series of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its label, `GR`: one to ten capitals A to Z or digits.
    pub label: Sourced<String>,
    /// The number that it begins with.
    pub first: Sourced<InvoiceNumber>,
}

/// In which series the documents of an agreement are numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// The series of invoices.
    pub invoices: Series,
    /// The series of credit notes: that of the invoices where no other is set.
    pub credit_notes: Series,
}

impl Numbers {
    /// The series with a label, where it is one of these.
    #[must_use]
    pub fn series(&self, label: &str) -> Option<&Series> {
        [&self.invoices, &self.credit_notes].into_iter().find(|series| series.label.value == label)
    }
}

pub(crate) fn read(section: Section<'_, '_>) -> Option<Numbers> {
    for (key, hint) in [("series", "\"F\""), ("first", "\"20270001\"")] {
        if !section.has(key) {
            section.missing(key, hint);
        }
    }
    let invoices = series(&section, "series", "first");
    let has = |key| section.has(key);
    match (has("credit_series"), has("credit_first")) {
        (true, false) => section.needs("credit_series", "credit_first = \"…\""),
        (false, true) => section.needs("credit_first", "credit_series = \"…\""),
        _ => {}
    }
    let asked_for = has("credit_series");
    let credit_notes = series(&section, "credit_series", "credit_first");
    let is_same =
        |series: &Series| invoices.as_ref().is_some_and(|own| own.label.value == series.label.value);
    let credit_notes = match credit_notes {
        Some(series) if is_same(&series) => {
            section.without_effect("credit_series", "where it is `series`");
            invoices.clone()
        }
        None if !asked_for => invoices.clone(),
        credit_notes => credit_notes,
    };
    section.finish();
    Some(Numbers { invoices: invoices?, credit_notes: credit_notes? })
}

fn series(section: &Section<'_, '_>, label: &'static str, first: &'static str) -> Option<Series> {
    let label = section.read(label, "one to ten capitals A to Z or digits", series_label);
    let first = section.parsed(first);
    Some(Series { label: label?, first: first? })
}

/// The label of a series of documents.
fn series_label(text: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    ((1..=10).contains(&text.len()) && text.bytes().all(is_plain)).then(|| text.to_owned())
}

/// Holds the series of all agreements against each other; each with the organisation number of its host.
pub(crate) fn check(numbered: &[(OrganisationNumber, &Numbers)]) -> Vec<Error> {
    let of_agreement = |(host, numbers): &(OrganisationNumber, &Numbers)| {
        let own = (*host, numbers.invoices.clone());
        let credit = (*host, numbers.credit_notes.clone());
        if numbers.invoices == numbers.credit_notes { vec![own] } else { vec![own, credit] }
    };
    let series: Vec<(OrganisationNumber, Series)> = numbered.iter().flat_map(of_agreement).collect();
    let mut errors = Vec::new();
    for (place, (host, later)) in series.iter().enumerate() {
        // The first that is at odds is enough to mend.
        let at_odds =
            series[..place].iter().find_map(|(other, earlier)| at_odds((*host, later), (*other, earlier)));
        errors.extend(at_odds);
    }
    errors
}

fn at_odds(later: (OrganisationNumber, &Series), earlier: (OrganisationNumber, &Series)) -> Option<Error> {
    let ((host, later), (other, earlier)) = (later, earlier);
    let is_same = later.label.value == earlier.label.value;
    let label = Written { text: later.label.value.clone(), origin: later.label.origin.clone()? };
    let first = Written { text: later.first.value.to_string(), origin: later.first.origin.clone()? };
    let before = |value: &Option<Origin>| value.clone();
    if is_same && host != other {
        Some(Error::SeriesMustBelongToOneHost { series: label, earlier: before(&earlier.label.origin)? })
    } else if is_same && later.first.value != earlier.first.value {
        let earlier_number = earlier.first.value;
        let earlier = before(&earlier.first.origin)?;
        Some(Error::SeriesMustHaveOneFirstNumber { series: label.text, first, earlier_number, earlier })
    } else if !is_same && later.first.value == earlier.first.value {
        let earlier = before(&earlier.first.origin)?;
        Some(Error::SeriesMustBeginWithTheirOwnNumbers { first, earlier })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One character, ten, eleven; and what a file's name cannot tell apart.
    #[test]
    fn a_label_is_one_to_ten_capitals_or_digits() {
        for text in ["F", "2027", "ABCDEFGHI0"] {
            assert_eq!(series_label(text).as_deref(), Some(text));
        }
        for text in ["", "ABCDEFGHI01", "gr", "Å", "F-1", "F 1", "Ｆ"] {
            assert_eq!(series_label(text), None, "{text}");
        }
    }
}
