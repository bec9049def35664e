//! Fit: texts made fit for paper: a number does not break across lines.

/// The text with no-break spaces within numbers, before `kr` and `%`, and around `/`.
pub(crate) fn fit(text: &str) -> String {
    let mut fitted = String::with_capacity(text.len());
    let mut before = None;
    for word in text.split(' ') {
        if let Some(before) = before {
            fitted.push(if belongs_together(before, word) { '\u{a0}' } else { ' ' });
        }
        fitted.push_str(word);
        before = Some(word);
    }
    fitted
}

/// `32` and `446`, `446` and `kr`, `25` and `%`, `137,9` and `/` and `133,5`.
fn belongs_together(before: &str, word: &str) -> bool {
    if before == "/" || word == "/" {
        return true;
    }
    let ends_in_digit = before.ends_with(|last: char| last.is_ascii_digit() || last == '…');
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let is_group = digits == 3 && !word[3..].starts_with(|next: char| next.is_alphanumeric());
    let is_unit = ["kr", "%"].iter().any(|unit| {
        word.strip_prefix(unit).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
    });
    ends_in_digit && (is_group || is_unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_on_its_line() {
        assert_eq!(fit("32 446 invånare"), "32\u{a0}446 invånare");
        assert_eq!(fit("1 234 567,50 kr."), "1\u{a0}234\u{a0}567,50\u{a0}kr.");
        assert_eq!(fit("50 218,519… kr"), "50\u{a0}218,519…\u{a0}kr");
        assert_eq!(fit("× 137,9 / 133,5"), "× 137,9\u{a0}/\u{a0}133,5");
        assert_eq!(fit("Moms 25 % på 48 669,00"), "Moms 25\u{a0}% på 48\u{a0}669,00");
    }

    #[test]
    fn what_is_no_number_may_break() {
        for text in ["31 december 2023", "2023 2024", "30 dagar netto.", "5 500kr", " a  b ", "", "7 krona"] {
            assert_eq!(fit(text), text);
        }
    }
}
