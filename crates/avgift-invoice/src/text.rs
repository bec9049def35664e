//! Text: what a document carries for people, fit for XML where it is made, so that no writer has to refuse it.
//! Rule:    not empty (PEPPOL-EN16931-R008), no control characters (line breaks among them), no noncharacters. Everything
//!          else is a matter of escaping, `& < > " '` among it.
//! Errors:  TextMustNotBeEmpty, TextMustBeXmlSafe.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::error::Error;

/// A text of at least one character, without control characters; spaces around it are taken away.
///
/// ```
/// use avgift_invoice::Text;
/// assert_eq!(Text::new(" Älv & Kust <AB> ")?.as_str(), "Älv & Kust <AB>");
/// assert!(Text::new("bell\u{7}").is_err());
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

impl Text {
    /// A text.
    ///
    /// # Errors
    /// `TextMustNotBeEmpty`, `TextMustBeXmlSafe`.
    pub fn new(text: impl AsRef<str>) -> Result<Text, Error> {
        // A character that XML cannot carry is refused even at the ends, where trimming would hide it.
        let text = text.as_ref().trim_matches(' ');
        if text.chars().all(char::is_whitespace) {
            return Err(Error::TextMustNotBeEmpty);
        }
        match text.chars().find(|character| !is_xml_safe(*character)) {
            Some(character) => Err(Error::TextMustBeXmlSafe { text: text.to_owned(), character }),
            None => Ok(Text(text.to_owned())),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A text that the program made of texts and figures.
    pub(crate) fn composed(text: String) -> Text {
        assert!(Text::new(&text).is_ok(), "what is made of texts and figures is a text");
        Text(text)
    }
}

/// XML 1.0 bars most control characters and two noncharacters; nobody needs the others in a name, nor marks that turn
/// the direction of writing.
fn is_xml_safe(character: char) -> bool {
    let code = u32::from(character);
    let is_noncharacter = (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE;
    !avgift::steers(character) && !is_noncharacter
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Text {
    type Err = Error;

    fn from_str(text: &str) -> Result<Text, Error> {
        Text::new(text)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

avgift::read_as_written!(Text);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_can_escape_is_a_text() {
        for text in ["& < > \" ' ]]>", "Ö", "\u{10348}", "a\u{a0}b", "\u{fffd}"] {
            assert_eq!(Text::new(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn what_xml_cannot_carry_is_refused() {
        for character in ['\0', '\u{7}', '\n', '\t', '\u{7f}', '\u{85}', '\u{fffe}', '\u{fdd0}', '\u{1ffff}']
        {
            let refused = Text::new(format!("a{character}"));
            assert!(matches!(refused, Err(Error::TextMustBeXmlSafe { .. })), "{character:?}");
        }
        for text in ["", "  ", "\u{a0}", "\n"] {
            assert_eq!(Text::new(text), Err(Error::TextMustNotBeEmpty), "{text:?}");
        }
    }
}
