//! PC8: text as a SIE file can carry it, code page 437 without what would break a field.
//! Rule:    what the code page lacks is folded and the fold is told: `Žižkov` becomes `Zizkov`. A control character cannot be
//!          written (paragraph 5.7), nor can `"` and `\`, which readers unescape in different ways, nor `{` and `}`, which
//!          some count.
//! Range:   the text of a voucher and of a row is cut after 50 characters, for Fortnox takes no more. Nothing marks the
//!          cut, and spaces before it are taken away; whoever words such a text puts numbers first and names last.
//! Not here: whether a fold is allowed (see `file`, where the name of the company may not be folded).

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The upper half of code page 437, 0x80 to 0xFE; 0xFF is the no-break space, and we write a space instead.
const UPPER_HALF: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
                          └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■";

/// How many characters the text of a voucher or a row may have.
pub(crate) const LONGEST_TEXT: usize = 50;

/// A text that a SIE file can carry.
///
/// ```
/// use avgift_sie::Pc8Text;
/// let name = Pc8Text::new("Žižkov – ”Åre”");
/// assert_eq!(name.as_str(), "Zizkov - 'Åre'");
/// assert_eq!(name.folded_from(), Some("Žižkov – ”Åre”"));
/// assert_eq!(Pc8Text::new("Åre kommun").folded_from(), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pc8Text {
    written: String,
    folded_from: Option<String>,
}

impl Pc8Text {
    /// The text, with what the code page lacks folded and the spaces around it taken away.
    #[must_use]
    pub fn new(text: impl AsRef<str>) -> Pc8Text {
        let text = text.as_ref();
        // A letter and its ring, as some file systems write å, are one letter: that is no fold.
        let composed: String = text.nfc().collect();
        let mut written = String::with_capacity(composed.len());
        for letter in composed.chars() {
            fold(letter, &mut written);
        }
        let written = written.trim().to_owned();
        let folded_from = (written != composed.trim()).then(|| text.to_owned());
        Pc8Text { written, folded_from }
    }

    /// The text of a voucher or a row: cut after 50 characters.
    #[must_use]
    pub fn cut(text: impl AsRef<str>) -> Pc8Text {
        let whole = Pc8Text::new(text);
        let kept: String = whole.written.chars().take(LONGEST_TEXT).collect();
        Pc8Text { written: kept.trim_end().to_owned(), ..whole }
    }

    /// The text as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The text as it was given, where writing it changed it.
    #[must_use]
    pub fn folded_from(&self) -> Option<&str> {
        self.folded_from.as_deref()
    }

    /// The text in code page 437.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.written.chars().filter_map(byte).collect()
    }
}

impl fmt::Display for Pc8Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.written)
    }
}

/// The byte of a character that we write.
fn byte(letter: char) -> Option<u8> {
    match letter {
        '"' | '\\' | '{' | '}' => None,
        ' '..='~' => u8::try_from(letter).ok(),
        _ => UPPER_HALF
            .chars()
            .position(|known| known == letter)
            .and_then(|place| u8::try_from(0x80 + place).ok()),
    }
}

/// What is written for a character: itself, what is nearest to it, or `?`.
fn fold(letter: char, written: &mut String) {
    if byte(letter).is_some() {
        written.push(letter);
    } else if let Some(nearest) = nearest(letter) {
        written.push_str(nearest);
    } else if letter.is_control() || letter.is_whitespace() {
        written.push(' ');
    } else if !is_unseen(letter) {
        let before = written.len();
        for part in [letter].into_iter().nfkd() {
            match nearest(part) {
                _ if byte(part).is_some() => written.push(part),
                Some(nearest) => written.push_str(nearest),
                None => {}
            }
        }
        if written.len() == before {
            written.push('?');
        }
    }
}

/// The nearest that the code page has, where taking a letter apart does not find it.
fn nearest(letter: char) -> Option<&'static str> {
    Some(match letter {
        '"' | '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '′' | '″' | '´' => "'",
        '\\' => "/",
        '{' => "(",
        '}' => ")",
        '‐'..='―' | '−' => "-",
        '€' => "EUR",
        '§' => "par.",
        '©' => "(C)",
        '®' => "(R)",
        '×' => "x",
        '•' => "·",
        'ø' => "ö",
        'Ø' => "Ö",
        'œ' => "oe",
        'Œ' => "OE",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'þ' => "th",
        'Þ' => "Th",
        'ŋ' => "n",
        'Ŋ' => "N",
        'ħ' => "h",
        'Ħ' => "H",
        'ŧ' => "t",
        'Ŧ' => "T",
        'ı' => "i",
        _ => return None,
    })
}

/// Marks that stand on another letter, that join, or that turn the direction of writing: nothing is written for them.
fn is_unseen(letter: char) -> bool {
    is_combining_mark(letter)
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(letter, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        Pc8Text::new(text).as_str().to_owned()
    }

    /// The letters of Swedish at the places that the code page gives them.
    #[test]
    fn swedish_letters_have_their_bytes() {
        assert_eq!(Pc8Text::new("åäöÅÄÖéü").bytes(), [0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99, 0x82, 0x81]);
        assert_eq!(UPPER_HALF.chars().count(), 127);
        assert_eq!(Pc8Text::new("■").bytes(), [0xfe]);
    }

    #[test]
    fn what_the_code_page_lacks_is_folded_and_told() {
        for (text, expected) in [
            ("2024–2025", "2024-2025"),
            ("”Nätet” och 'det'", "'Nätet' och 'det'"),
            ("100 €", "100 EUR"),
            ("årsmötet § 7", "årsmötet par. 7"),
            ("Žižkov", "Zizkov"),
            ("Ærø", "Æro\u{308}"),
            ("ﬁn™ …", "finTM ..."),
            ("a\\b {c} \"d\"", "a/b (c) 'd'"),
            ("日本 \u{1f600}", "?? ?"),
            ("한", "?"),
            ("a\u{200d}b\u{202e}c\u{fe0f}", "abc"),
            ("a\u{a0}b\tc\nd\0e\u{7f}", "a b c d e"),
        ] {
            let expected: String = expected.nfc().collect();
            assert_eq!(written(text), expected);
            assert_eq!(Pc8Text::new(text).folded_from(), Some(text));
        }
    }

    #[test]
    fn what_the_code_page_has_is_no_fold() {
        for text in ["Åre kommun", "A\u{30a}re kommun", " Åre kommun ", "ñ £ ½ «x» ≈ Ω α", ""] {
            assert_eq!(Pc8Text::new(text).folded_from(), None, "{text}");
        }
        assert_eq!(written("A\u{30a}re"), "Åre");
    }

    /// 49, 50 and 51 characters; a space that would stand last is taken away.
    #[test]
    fn a_text_is_cut_after_fifty_characters() {
        for (length, kept) in [(49, 49), (50, 50), (51, 50), (200, 50)] {
            assert_eq!(Pc8Text::cut("å".repeat(length)).bytes().len(), kept);
        }
        assert_eq!(Pc8Text::cut(format!("{} x", "å".repeat(49))).as_str(), "å".repeat(49));
        assert_eq!(Pc8Text::cut("€".repeat(17)).as_str(), format!("{}EU", "EUR".repeat(16)));
        assert_eq!(Pc8Text::cut("å".repeat(51)).folded_from(), None);
    }

    proptest! {
        /// Whatever comes in, each character of what goes out is one byte, and none of them ends or breaks a field.
        #[test]
        fn every_text_can_be_written(text in any::<String>()) {
            let folded = Pc8Text::new(&text);
            let bytes = folded.bytes();
            prop_assert_eq!(bytes.len(), folded.as_str().chars().count());
            let is_safe = |byte: &u8| *byte >= 32 && !b"\"\\{}\x7f".contains(byte);
            prop_assert!(bytes.iter().all(is_safe));
            prop_assert_eq!(Pc8Text::new(folded.as_str()), Pc8Text { folded_from: None, ..folded.clone() });
        }
    }
}
