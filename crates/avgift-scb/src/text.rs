//! Bytes to text: byte order mark, code page, and which format it is.
//! Rule:    a byte order mark decides; then the CODEPAGE of a px file; then UTF-8 where it is valid; else Windows-1252.
//! Errors:  FileMustNotBeEmpty, FileMustNotBeAWorkbook, FileMustNotBeAWebPage, FileMustBeOfAKnownFormat,
//!          CodePageMustBeKnown.

use std::ops::Range;

use avgift::Origin;
use avgift_text::{Source, is_workbook, marked, utf_8_or_windows_1252};
use encoding_rs::Encoding;

use crate::error::Error;

/// The formats that are told apart by their first characters.
pub(crate) enum Format {
    Px,
    Json,
    Csv,
}

/// How far into a file its CODEPAGE is looked for; it is the third statement as a rule.
const CODE_PAGE_WITHIN: usize = 4096;

/// The text of a file.
pub(crate) fn decode(file: &str, bytes: &[u8]) -> Result<Source, Error> {
    let origin = || Origin::new(file, 1, 1, 0);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::FileMustNotBeEmpty { origin: origin() });
    }
    if is_workbook(bytes) {
        return Err(Error::FileMustNotBeAWorkbook { origin: origin() });
    }
    let text = match marked(bytes) {
        Some((encoding, bytes)) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        None => match code_page(bytes) {
            Some(name) => decode_as(file, bytes, name)?,
            None => utf_8_or_windows_1252(bytes),
        },
    };
    Ok(Source::new(file, text))
}

/// The format, by the first characters.
pub(crate) fn format(source: &Source) -> Result<Format, Error> {
    let text = source.text();
    let start = text.trim_start();
    let origin = || source.origin(text.len() - start.len()..text.len());
    if text.contains('\0') {
        return Err(Error::FileMustBeOfAKnownFormat { origin: origin() });
    }
    match start.as_bytes().first() {
        Some(b'{' | b'[') => Ok(Format::Json),
        Some(b'<') => Err(Error::FileMustNotBeAWebPage { origin: origin() }),
        _ if begins_with_px_keyword(start) => Ok(Format::Px),
        _ => Ok(Format::Csv),
    }
}

/// Whether a text begins as a px file does: a keyword in capitals, then `=`, `(` or `[`.
fn begins_with_px_keyword(text: &str) -> bool {
    let keyword = text.bytes().take_while(|byte| is_keyword_byte(*byte)).count();
    keyword >= 2 && matches!(text[keyword..].trim_start().as_bytes().first(), Some(b'=' | b'(' | b'['))
}

pub(crate) fn is_keyword_byte(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-'
}

/// The span of the name in `CODEPAGE="…"` near the head of a px file.
fn code_page(bytes: &[u8]) -> Option<Range<usize>> {
    let head = bytes.get(..CODE_PAGE_WITHIN).unwrap_or(bytes);
    let ascii: String =
        head.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect();
    if !begins_with_px_keyword(ascii.trim_start()) {
        return None;
    }
    let keyword = "CODEPAGE=\"";
    let start = ascii.find(keyword)? + keyword.len();
    Some(start..start + ascii.get(start..)?.find('"')?)
}

fn decode_as(file: &str, bytes: &[u8], span: Range<usize>) -> Result<String, Error> {
    // Windows-1252 text with å, ä or ö is never valid UTF-8: what is valid was saved anew by an editor that left the name.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let name = String::from_utf8_lossy(bytes.get(span.clone()).unwrap_or(&[]));
    match name.trim().to_lowercase().as_str() {
        "850" | "cp850" | "ibm850" | "cp-850" => {
            return Ok(bytes.iter().map(|byte| code_page_850(*byte)).collect());
        }
        // It says UTF-8 and is not.
        "utf-8" | "utf8" => return Ok(utf_8_or_windows_1252(bytes)),
        _ => {}
    }
    match Encoding::for_label(name.trim().as_bytes()) {
        Some(encoding) if encoding.is_ascii_compatible() => {
            Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
        }
        _ => {
            let text = utf_8_or_windows_1252(bytes);
            let before = utf_8_or_windows_1252(bytes.get(..span.start).unwrap_or(&[])).len();
            let origin = Origin::of_span(file, &text, before, before + span.len());
            Err(Error::CodePageMustBeKnown { name: name.trim().to_owned(), origin })
        }
    }
}

/// A character of code page 850, in which DOS wrote Swedish. encoding_rs has only the code pages of the web.
fn code_page_850(byte: u8) -> char {
    const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
                         ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(upper) => UPPER.chars().nth(usize::from(upper)).unwrap_or('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        decode("f", bytes).unwrap().into_text()
    }

    #[test]
    fn the_same_text_is_read_from_every_code_page() {
        let text = "STUB=\"län\";\nVALUES(\"län\")=\"Åmål\";";
        assert_eq!(decoded(text.as_bytes()), text);
        assert_eq!(decoded(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), text);
        assert_eq!(decoded(&encoding_rs::WINDOWS_1252.encode(text).0), text);
        let utf_16: Vec<u8> =
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&utf_16), text);
        let dos = b"CODEPAGE=\"850\";STUB=\"l\x84n\";VALUES=\"\x8fm\x86l\";";
        assert_eq!(decoded(dos), "CODEPAGE=\"850\";STUB=\"län\";VALUES=\"Åmål\";");
        assert_eq!(code_page_850(0xff), '\u{a0}');
        assert_eq!(code_page_850(0x99), 'Ö');
    }

    /// An editor that saves as UTF-8 leaves the CODEPAGE as it was.
    #[test]
    fn valid_utf_8_is_utf_8_whatever_the_code_page_says() {
        let text = "CODEPAGE=\"iso-8859-1\";STUB=\"län\";";
        assert_eq!(decoded(text.as_bytes()), text);
        assert_eq!(decoded(b"CODEPAGE=\"utf-8\";STUB=\"l\xe4n\";"), "CODEPAGE=\"utf-8\";STUB=\"län\";");
    }

    #[test]
    fn an_unknown_code_page_is_refused_where_it_stands() {
        let fault =
            decode("f.px", b"CHARSET=\"ANSI\";\nCODEPAGE=\"klingon\";\nTITLE=\"l\xe4n\";").err().unwrap();
        assert_eq!(fault.code(), "code-page-must-be-known");
        assert_eq!(fault.refusal().places[0].origin.to_string(), "f.px:2:11");
    }
}
