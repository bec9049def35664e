//! Letterhead (brevhuvud): how the documents of a host look to people: its logo, its colour, its own words and contact
//! lines; or a template of its own in place of ours.
//! Rule:    nothing here changes an amount or a term; an electronic invoice holds none of it.
//! Errors:  ColourMustBeSixDigits, LogoMustBeAnImage.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use avgift::{Language, Origin};

use crate::error::Error;
use crate::text::Text;

/// How the documents of a host look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letterhead {
    /// The logo, beside the name.
    pub logo: Option<Logo>,
    /// The colour of headings and rules; where it is too light to be read, headings are black.
    pub colour: Option<Colour>,
    /// What stands above the lines, in each language.
    pub opening: Words,
    /// What stands below the terms, in each language.
    pub closing: Words,
    /// Lines of contact in place of those of the seller.
    pub contact_lines: Vec<Text>,
    /// A template in place of ours.
    pub template: Option<Template>,
}

/// The host's own words, Swedish and English; a reader of a language without words sees none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// In Swedish.
    pub swedish: Option<Text>,
    /// In English.
    pub english: Option<Text>,
}

impl Words {
    /// The words in a language.
    #[must_use]
    pub const fn in_language(&self, language: Language) -> Option<&Text> {
        match language {
            Language::Swedish => self.swedish.as_ref(),
            Language::English => self.english.as_ref(),
        }
    }
}

/// A picture, with what it says for who cannot see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// The file.
    pub bytes: Arc<[u8]>,
    /// What kind of file it is.
    pub format: LogoFormat,
    /// What the picture says, read aloud in place of it.
    pub alternative: Text,
    /// Where the network named it.
    pub origin: Option<Origin>,
}

/// The kinds of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoFormat {
    /// Scalable Vector Graphics, the sharpest.
    Svg,
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

impl LogoFormat {
    /// The ending of its files.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            LogoFormat::Svg => "svg",
            LogoFormat::Png => "png",
            LogoFormat::Jpeg => "jpg",
        }
    }
}

impl FromStr for LogoFormat {
    type Err = Error;

    /// Reads the ending of a file's name, in capitals or not.
    fn from_str(file: &str) -> Result<LogoFormat, Error> {
        let extension = file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        match extension.as_deref() {
            Some("svg") => Ok(LogoFormat::Svg),
            Some("png") => Ok(LogoFormat::Png),
            Some("jpg" | "jpeg") => Ok(LogoFormat::Jpeg),
            _ => Err(Error::LogoMustBeAnImage { file: file.to_owned() }),
        }
    }
}

/// A colour, `#00567a`.
///
/// ```
/// use avgift_invoice::Colour;
/// assert_eq!("#00567A".parse::<Colour>()?.to_string(), "#00567a");
/// assert!("blue".parse::<Colour>().is_err());
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(u32);

impl FromStr for Colour {
    type Err = Error;

    fn from_str(text: &str) -> Result<Colour, Error> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        digits
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .map(Colour)
            .ok_or_else(|| Error::ColourMustBeSixDigits { text: text.to_owned() })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("#{:06x}", self.0))
    }
}

/// A template of the network's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its file in the network's folder.
    pub file: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_a_sharp_and_six_digits() {
        assert_eq!("#00567a".parse::<Colour>().unwrap().to_string(), "#00567a");
        for text in ["", "00567a", "#00567", "#00567aa", "#gggggg", "#+0567a", "blå"] {
            let refused = Error::ColourMustBeSixDigits { text: text.to_owned() };
            assert_eq!(text.parse::<Colour>(), Err(refused));
        }
    }

    #[test]
    fn a_logo_is_told_by_its_ending() {
        assert_eq!("bilder/Logga.SVG".parse(), Ok(LogoFormat::Svg));
        assert_eq!("logga.jpeg".parse(), Ok(LogoFormat::Jpeg));
        for file in ["logga", "logga.gif", "svg", ""] {
            assert_eq!(file.parse::<LogoFormat>(), Err(Error::LogoMustBeAnImage { file: file.to_owned() }));
        }
    }
}
