//! Clue: what speaks for an invoice where a payment does not name it; it suggests and never posts.
//! Rule:    a clue counts more than any two of a weaker kind; what is settled is suggested only where it was named.

use avgift_invoice::InvoiceNumber;
use serde::Serialize;

use crate::matching::is_open;
use crate::outcome::OpenItem;
use crate::payment::{BankPayment, Given};

/// An invoice that a payment may be for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The invoice.
    pub number: InvoiceNumber,
    /// What speaks for it, the strongest first.
    pub clues: Vec<Clue>,
}

/// What speaks for an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clue {
    /// Its OCR reference was given.
    Reference,
    /// Its number or reference stands in the text, as a whole group of digits.
    InText,
    /// A reference that is one slip from its own: a digit wrong, lacking or too many, or two swapped.
    NearReference,
    /// The payer has paid from this account before.
    PayerAccount,
    /// What is open on it is the amount, and on no other.
    OnlyAmount,
    /// The payer's name is that of its payer.
    PayerName,
}

impl Clue {
    /// How much it counts: of those above, any one counts more than any two of those below.
    const fn weight(self) -> u32 {
        match self {
            Clue::Reference => 32,
            Clue::InText | Clue::NearReference => 8,
            Clue::PayerAccount | Clue::OnlyAmount => 3,
            Clue::PayerName => 2,
        }
    }
}

impl Suggestion {
    pub(crate) fn weight(&self) -> u32 {
        self.clues.iter().map(|clue| clue.weight()).sum()
    }
}

/// The invoices for which something speaks, the likeliest first.
pub(crate) fn suggestions(payment: &BankPayment, items: &[OpenItem]) -> Vec<Suggestion> {
    let of_amount = items.iter().filter(|item| is_open(item) && item.open == payment.amount).count();
    let words = digit_groups(payment);
    let mut suggestions: Vec<Suggestion> = items
        .iter()
        .map(|item| Suggestion { number: item.number, clues: clues(payment, item, &words, of_amount == 1) })
        .filter(|suggestion| !suggestion.clues.is_empty())
        .collect();
    suggestions.sort_by(|one, other| {
        (other.weight(), one.number, &one.clues).cmp(&(one.weight(), other.number, &other.clues))
    });
    suggestions.dedup();
    suggestions
}

fn clues(payment: &BankPayment, item: &OpenItem, words: &[String], is_only_amount: bool) -> Vec<Clue> {
    let given = || payment.references.iter().map(|reference| &reference.given);
    let (number, ocr) = (item.number.to_string(), item.ocr.to_string());
    let is_referenced = given().any(|given| *given == Given::Ocr(item.ocr));
    let mut clues = Vec::new();
    if is_referenced {
        clues.push(Clue::Reference);
    }
    if !is_open(item) {
        return clues; // What is settled is suggested only where it was named.
    }
    if words.iter().any(|word| *word == number || *word == ocr) {
        clues.push(Clue::InText);
    }
    let digits = |given: &Given| given.written().trim_start_matches('0').to_owned();
    if !is_referenced
        && given().any(|given| is_one_slip(digits(given).as_bytes(), ocr.trim_start_matches('0').as_bytes()))
    {
        clues.push(Clue::NearReference);
    }
    if payment
        .payer_account
        .as_ref()
        .is_some_and(|account| item.payer_accounts.iter().any(|known| known.may_be(account)))
    {
        clues.push(Clue::PayerAccount);
    }
    if is_only_amount && item.open == payment.amount {
        clues.push(Clue::OnlyAmount);
    }
    let name = payment.payer_name.as_deref().map(str::to_lowercase);
    if name.is_some_and(|name| name == item.payer_name.to_lowercase()) {
        clues.push(Clue::PayerName);
    }
    clues
}

/// The whole groups of digits in what the payer wrote, but for right OCR references, which speak for themselves.
fn digit_groups(payment: &BankPayment) -> Vec<String> {
    let references = payment.references.iter().filter_map(|reference| match &reference.given {
        Given::Ocr(_) => None,
        Given::Other(text) | Given::InvoiceNumber(text) => Some(text),
    });
    let texts = references.chain(&payment.text);
    texts
        .flat_map(|text| text.split(|letter: char| !letter.is_ascii_digit()))
        .filter(|group| !group.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether two numbers are the same but for one slip of the hand, or for zeros in front.
fn is_one_slip(mut one: &[u8], mut other: &[u8]) -> bool {
    while let ([first, one_rest @ ..], [second, other_rest @ ..]) = (one, other)
        && first == second
    {
        (one, other) = (one_rest, other_rest);
    }
    while let ([one_rest @ .., first], [other_rest @ .., second]) = (one, other)
        && first == second
    {
        (one, other) = (one_rest, other_rest);
    }
    match (one, other) {
        ([], []) | ([_], [_] | []) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_one_digit() {
        for (one, other) in
            [("123", "123"), ("123", "124"), ("123", "132"), ("123", "1123"), ("", "1"), ("1223", "123")]
        {
            assert!(is_one_slip(one.as_bytes(), other.as_bytes()), "{one} {other}");
        }
        for (one, other) in [("123", "321"), ("123", "1"), ("123", "145"), ("", "12")] {
            assert!(!is_one_slip(one.as_bytes(), other.as_bytes()), "{one} {other}");
        }
    }
}
