//! Bytes to text: byte order mark, and the encoding that XML declares.
//! Rule:    a byte order mark decides; then the declared encoding; XML without either is UTF-8; a CSV that is not UTF-8 is
//!          Windows-1252. Text that is valid UTF-8 is UTF-8 whatever is declared: an editor that saved it anew left the name.
//! Range:   at most 16 MiB, some sixteen thousand payments.
//! Errors:  BankFileMustNotBeTooLarge, FileMustNotBeEmpty, FileMustNotBeAWorkbook, CodePageMustBeKnown,
//!          BankTextMustBeOfItsEncoding, BankMessageMustBeRead.

use std::ops::Range;

use avgift::{NaiveDate, Origin};
use avgift_text::{Source, is_workbook, marked, utf_8_or_windows_1252};
use encoding_rs::{Encoding, UTF_8};

use crate::error::Error;

/// A file of payments of a year is a hundredth of it; what is larger is something else.
pub(crate) const LARGEST_FILE: usize = 16 << 20;

/// How far into a file its XML declaration is looked for.
const DECLARATION_WITHIN: usize = 200;

/// The text of a file.
pub(crate) fn decode(file: &str, bytes: &[u8]) -> Result<Source, Error> {
    let origin = || Origin::new(file, 1, 1, 0);
    if bytes.len() > LARGEST_FILE {
        return Err(Error::BankFileMustNotBeTooLarge { bytes: bytes.len(), origin: origin() });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::FileMustNotBeEmpty { origin: origin() });
    }
    if is_workbook(bytes) {
        return Err(Error::FileMustNotBeAWorkbook { origin: origin() });
    }
    let text = match marked(bytes) {
        Some((encoding, bytes)) => whole(file, encoding, bytes)?,
        None => match declared(bytes) {
            Some(name) => decode_as(file, bytes, name)?,
            None if bytes.trim_ascii_start().starts_with(b"<") => whole(file, UTF_8, bytes)?,
            None => utf_8_or_windows_1252(bytes),
        },
    };
    if text.contains('\0') {
        return Err(Error::BankMessageMustBeRead { found: "no text".to_owned(), origin: origin() });
    }
    Ok(Source::new(file, text))
}

/// Whether the text is XML, by its first character; else it is CSV.
pub(crate) fn is_xml(source: &Source) -> bool {
    source.text().trim_start().starts_with('<')
}

/// The day that `2027-02-14` writes; shorter forms are none.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|_| text.len() == 10 && text.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// The span of the name in the `encoding` of an XML declaration.
fn declared(bytes: &[u8]) -> Option<Range<usize>> {
    let head = bytes.get(..DECLARATION_WITHIN).unwrap_or(bytes);
    let ascii: String =
        head.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect();
    let declaration = ascii.get(..ascii.find("?>")?).filter(|text| text.starts_with("<?xml"))?;
    let after = declaration.find("encoding")? + "encoding".len();
    let value = declaration.get(after..)?;
    let open = value.find(['"', '\''])?;
    let quote = value.get(open..)?.chars().next()?;
    let start = after + open + 1;
    Some(start..start + declaration.get(start..)?.find(quote)?)
}

fn decode_as(file: &str, bytes: &[u8], name: Range<usize>) -> Result<String, Error> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let label = bytes.get(name.clone()).unwrap_or(&[]);
    match Encoding::for_label(label) {
        Some(encoding) if encoding.is_ascii_compatible() => whole(file, encoding, bytes),
        _ => {
            // The declaration is ASCII, so its bytes are its characters.
            let text = utf_8_or_windows_1252(bytes);
            let origin = Origin::of_span(file, &text, name.start, name.end);
            Err(Error::CodePageMustBeKnown { name: String::from_utf8_lossy(label).into_owned(), origin })
        }
    }
}

/// The text in an encoding, or the place of the first byte that is none of its characters.
fn whole(file: &str, encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Error> {
    let (text, had_faults) = encoding.decode_without_bom_handling(bytes);
    if !had_faults {
        return Ok(text.into_owned());
    }
    let at = text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
    let origin = Origin::of_span(file, &text, at, at + char::REPLACEMENT_CHARACTER.len_utf8());
    Err(Error::BankTextMustBeOfItsEncoding { encoding: encoding.name().to_owned(), origin })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<?xml version='1.0' encoding='ISO-8859-1'?>\n<Nm>Håbo kommun</Nm>";

    fn decoded(bytes: &[u8]) -> String {
        decode("f", bytes).unwrap().into_text()
    }

    fn code(bytes: &[u8]) -> (&'static str, String) {
        let fault = decode("f.xml", bytes).err().unwrap();
        (fault.code(), fault.refusal().places[0].origin.to_string())
    }

    #[test]
    fn the_same_text_is_read_from_every_encoding() {
        assert_eq!(decoded(TEXT.as_bytes()), TEXT);
        assert_eq!(decoded(&[b"\xef\xbb\xbf", TEXT.as_bytes()].concat()), TEXT);
        assert_eq!(decoded(&encoding_rs::WINDOWS_1252.encode(TEXT).0), TEXT);
        let utf_16: Vec<u8> =
            std::iter::once(0xfeff).chain(TEXT.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&utf_16), TEXT);
        assert_eq!(
            decoded(b"datum;belopp;betalare\n2027-02-14;1;H\xe5bo"),
            "datum;belopp;betalare\n2027-02-14;1;Håbo"
        );
    }

    #[test]
    fn a_letter_that_is_not_of_the_encoding_is_refused_where_it_stands() {
        assert_eq!(
            code(b"<Nm>\nH\xe5bo</Nm>"),
            ("bank-text-must-be-of-its-encoding", "f.xml:2:2".to_owned())
        );
        let declared = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Nm>H\xe5bo</Nm>";
        assert_eq!(code(declared), ("bank-text-must-be-of-its-encoding", "f.xml:1:44".to_owned()));
        let unknown = b"<?xml version=\"1.0\" encoding=\"klingon\"?><Nm>H\xe5bo</Nm>";
        assert_eq!(code(unknown), ("code-page-must-be-known", "f.xml:1:31".to_owned()));
    }

    #[test]
    fn a_file_that_is_no_text_is_refused() {
        assert_eq!(code(b" \n").0, "file-must-not-be-empty");
        assert_eq!(code(b"PK\x03\x04").0, "file-must-not-be-a-workbook");
        assert_eq!(code(b"<\0a>").0, "bank-message-must-be-read");
        assert_eq!(code(&vec![b'a'; LARGEST_FILE + 1]).0, "bank-file-must-not-be-too-large");
    }
}
