//! Bytes to text: byte order mark, code page, line ends, and the place of every character.
//! Rule:    a byte order mark decides; then the CODEPAGE of a px file; then UTF-8 where it is valid; else Windows-1252.
//! Units:   places are lines and characters from 1, found in a short walk wherever they lie in the file.
//! Errors:  FileMustNotBeEmpty, FileMustNotBeAWorkbook, FileMustNotBeAWebPage, FileMustBeOfAKnownFormat,
//!          CodePageMustBeKnown.

use std::ops::Range;
use std::sync::Arc;

use avgift::Origin;
use encoding_rs::{Encoding, WINDOWS_1252};

use crate::error::Error;

/// A file as text, with the name it goes by.
pub(crate) struct Source {
    pub(crate) file: Arc<str>,
    pub(crate) text: String,
    marks: Vec<Mark>,
}

/// The formats that are told apart by their first characters.
pub(crate) enum Format {
    Px,
    Json,
    Csv,
}

/// A place on the way through the text, from which the next ones are counted.
struct Mark {
    at: usize,
    line: u32,
    column: u32,
}

/// So many bytes lie between two marks: a one-line JSON answer of a megabyte would else be counted anew for each cell.
const MARK_DISTANCE: usize = 512;

/// How far into a file its CODEPAGE is looked for; it is the third statement as a rule.
const CODE_PAGE_WITHIN: usize = 4096;

impl Source {
    /// The text of a file.
    pub(crate) fn decode(file: &str, bytes: &[u8]) -> Result<Source, Error> {
        let origin = || Origin::new(file, 1, 1, 0);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Error::FileMustNotBeEmpty { origin: origin() });
        }
        // A zip archive begins with PK, an older workbook with D0 CF 11 E0.
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Error::FileMustNotBeAWorkbook { origin: origin() });
        }
        let text = match Encoding::for_bom(bytes) {
            Some((encoding, length)) => {
                encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or(&[])).0.into_owned()
            }
            None => match code_page(bytes) {
                Some(name) => decode_as(file, bytes, name)?,
                None => utf_8_or_windows_1252(bytes),
            },
        };
        Ok(Source::new(file.into(), with_line_feeds(text)))
    }

    fn new(file: Arc<str>, text: String) -> Source {
        let mut marks: Vec<Mark> = Vec::with_capacity(text.len() / MARK_DISTANCE + 1);
        let (mut line, mut column) = (1, 1);
        for (at, letter) in text.char_indices() {
            if at >= marks.len() * MARK_DISTANCE {
                marks.push(Mark { at, line, column });
            }
            (line, column) = next_place(line, column, letter);
        }
        Source { file, text, marks }
    }

    /// The format, by the first characters.
    pub(crate) fn format(&self) -> Result<Format, Error> {
        let start = self.text.trim_start();
        let origin = || self.origin(self.text.len() - start.len()..self.text.len());
        if self.text.contains('\0') {
            return Err(Error::FileMustBeOfAKnownFormat { origin: origin() });
        }
        match start.as_bytes().first() {
            Some(b'{' | b'[') => Ok(Format::Json),
            Some(b'<') => Err(Error::FileMustNotBeAWebPage { origin: origin() }),
            _ if begins_with_px_keyword(start) => Ok(Format::Px),
            _ => Ok(Format::Csv),
        }
    }

    /// The place of a span of the text; of a span over several lines, its first line.
    pub(crate) fn origin(&self, span: Range<usize>) -> Origin {
        let start = span.start.min(self.text.len());
        let mark = self.marks.get(start / MARK_DISTANCE).or(self.marks.last());
        let (from, mut line, mut column) = mark.map_or((0, 1, 1), |mark| (mark.at, mark.line, mark.column));
        for letter in self.text.get(from..start).unwrap_or("").chars() {
            (line, column) = next_place(line, column, letter);
        }
        let spanned = self.text.get(start..span.end.max(start)).unwrap_or("");
        let length = spanned.chars().take_while(|letter| !matches!(letter, '\n' | '\r')).count();
        Origin::new(self.file.clone(), line, column, u32::try_from(length).unwrap_or(u32::MAX))
    }

    /// The start of the file, where no place is nearer.
    pub(crate) fn start(&self) -> Origin {
        Origin::new(self.file.clone(), 1, 1, 0)
    }

    /// The span of a part of the text.
    pub(crate) fn span_of(&self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        start..start + part.len()
    }

    /// The place of a part of the text.
    pub(crate) fn place_of(&self, part: &str) -> Origin {
        self.origin(self.span_of(part))
    }
}

fn next_place(line: u32, column: u32, letter: char) -> (u32, u32) {
    if letter == '\n' { (line.saturating_add(1), 1) } else { (line, column.saturating_add(1)) }
}

/// Line ends of an old Macintosh, a lone CR each, become LF: of the same length, so that every place stays.
fn with_line_feeds(text: String) -> String {
    if text.contains('\r') && !text.contains('\n') { text.replace('\r', "\n") } else { text }
}

fn utf_8_or_windows_1252(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
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
        Source::decode("f", bytes).unwrap().text
    }

    #[test]
    fn the_same_text_is_read_from_every_code_page() {
        let text = "STUB=\"län\";\nVALUES(\"län\")=\"Åmål\";";
        assert_eq!(decoded(text.as_bytes()), text);
        assert_eq!(decoded(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), text);
        assert_eq!(decoded(&WINDOWS_1252.encode(text).0), text);
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
        let fault = Source::decode("f.px", b"CHARSET=\"ANSI\";\nCODEPAGE=\"klingon\";\nTITLE=\"l\xe4n\";")
            .err()
            .unwrap();
        assert_eq!(fault.code(), "code-page-must-be-known");
        assert_eq!(fault.refusal().places[0].origin.to_string(), "f.px:2:11");
    }

    /// The places are those of the core, on either side of every mark.
    #[test]
    fn a_place_is_the_same_as_counted_from_the_start() {
        let text: String =
            (0..400).map(|n| if n % 7 == 0 { "å\n".to_owned() } else { format!("ö{n};") }).collect();
        let source = Source::new("f".into(), text.clone());
        for (at, letter) in text.char_indices() {
            let span = at..at + letter.len_utf8();
            let expected = Origin::of_span("f", &text, span.start, span.end);
            let found = source.origin(span);
            assert_eq!((found.line, found.column), (expected.line, expected.column), "{at}");
        }
        assert_eq!(source.origin(text.len()..text.len() + 9).length, 0);
    }

    #[test]
    fn a_lone_carriage_return_ends_a_line() {
        let source = Source::decode("f", b"a;b\rc;d\r").unwrap();
        assert_eq!(source.origin(4..5).to_string(), "f:2:1");
    }
}
