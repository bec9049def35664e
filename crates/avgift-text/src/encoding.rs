//! Encoding: what bytes are. A byte order mark decides; text that is valid UTF-8 is UTF-8; else it is Windows-1252, in which
//! spreadsheet programs in Sweden write.

use encoding_rs::{Encoding, WINDOWS_1252};

/// The encoding that a byte order mark names, and the bytes after it.
#[must_use]
pub fn marked(bytes: &[u8]) -> Option<(&'static Encoding, &[u8])> {
    let (encoding, length) = Encoding::for_bom(bytes)?;
    Some((encoding, bytes.get(length..).unwrap_or(&[])))
}

/// The text of bytes that nothing says the encoding of. Windows-1252 text with å, ä or ö is never valid UTF-8.
#[must_use]
pub fn utf_8_or_windows_1252(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Whether bytes are a workbook of a spreadsheet program: a zip archive begins with PK, an older one with D0 CF 11 E0.
#[must_use]
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_utf_8_where_they_can_be() {
        assert_eq!(utf_8_or_windows_1252("Åmål".as_bytes()), "Åmål");
        assert_eq!(utf_8_or_windows_1252(b"\xc5m\xe5l"), "Åmål");
        assert_eq!(utf_8_or_windows_1252(b""), "");
    }

    #[test]
    fn a_mark_is_taken_off() {
        assert_eq!(marked("\u{feff}Å".as_bytes()), Some((encoding_rs::UTF_8, "Å".as_bytes())));
        assert_eq!(marked(b"\xff\xfeA\0"), Some((encoding_rs::UTF_16LE, &b"A\0"[..])));
        assert_eq!(marked(b"A"), None);
    }

    #[test]
    fn a_workbook_is_known_by_its_first_bytes() {
        assert!(is_workbook(b"PK\x03\x04") && is_workbook(&[0xD0, 0xCF, 0x11, 0xE0]));
        assert!(!is_workbook(b"PK") && !is_workbook(b"kod;namn"));
    }
}
