//! Records: a label and its fields, a line each, in code page 437, and the checksum over them.
//! Rule:    fields are set apart by a space; a text stands in quotation marks and holds none (paragraph 5.7). The checksum is
//!          CRC-32 over the bytes of labels and fields, without spaces, quotation marks, braces and line ends.
//! Example: `#KONTO 1915 "Kassa"` puts `#KONTO1915Kassa` to the checksum.

use avgift::NaiveDate;

use crate::object::Object;
use crate::pc8::Pc8Text;

/// What is written so far.
#[derive(Default)]
pub(crate) struct Records {
    bytes: Vec<u8>,
    /// The label and fields of the record that is open: a line end closes it.
    is_open: bool,
    checksum: Option<crc32fast::Hasher>,
}

impl Records {
    /// Begins a record.
    pub(crate) fn record(&mut self, label: &str) -> &mut Records {
        self.end_line();
        self.is_open = true;
        self.put(label.as_bytes());
        self
    }

    /// A field that is a code or a figure, without quotation marks.
    pub(crate) fn code(&mut self, code: &str) -> &mut Records {
        self.bytes.push(b' ');
        self.put(code.as_bytes());
        self
    }

    /// A field that is a day.
    pub(crate) fn date(&mut self, day: NaiveDate) -> &mut Records {
        self.code(&day.format("%Y%m%d").to_string())
    }

    /// A field that is a text.
    pub(crate) fn text(&mut self, text: &Pc8Text) -> &mut Records {
        self.bytes.push(b' ');
        self.quoted(text)
    }

    /// The list of objects: dimension and number of each.
    pub(crate) fn objects(&mut self, objects: &[Object]) -> &mut Records {
        self.bytes.extend(b" {");
        for (place, object) in objects.iter().enumerate() {
            if place > 0 {
                self.bytes.push(b' ');
            }
            self.quoted(&Pc8Text::new(object.dimension().number().to_string()));
            self.text(object.number());
        }
        self.bytes.push(b'}');
        self
    }

    /// A brace alone on its line.
    pub(crate) fn line(&mut self, brace: &str) {
        self.end_line();
        self.bytes.extend(brace.as_bytes());
        self.is_open = true;
    }

    /// From the next record on, what is written is put to the checksum.
    pub(crate) fn start_checksum(&mut self) {
        self.record("#KSUMMA");
        self.checksum = Some(crc32fast::Hasher::new());
    }

    /// The file; the checksum, where there is one, is its last record.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        if let Some(checksum) = self.checksum.take() {
            self.record("#KSUMMA").code(&checksum.finalize().to_string());
        }
        self.end_line();
        self.bytes
    }

    fn quoted(&mut self, text: &Pc8Text) -> &mut Records {
        self.bytes.push(b'"');
        self.put(&text.bytes());
        self.bytes.push(b'"');
        self
    }

    fn put(&mut self, field: &[u8]) {
        self.bytes.extend(field);
        if let Some(checksum) = &mut self.checksum {
            checksum.update(field);
        }
    }

    fn end_line(&mut self) {
        if self.is_open {
            self.bytes.extend(b"\r\n");
            self.is_open = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard's own example of a field with quotation marks, which we never write, and ours without.
    #[test]
    fn the_checksum_is_over_labels_and_fields_alone() {
        let mut records = Records::default();
        records.record("#FLAGGA").code("0");
        records.start_checksum();
        records.record("#KONTO").code("1915").text(&Pc8Text::new("Kassa"));
        let expected = "#FLAGGA 0\r\n#KSUMMA\r\n#KONTO 1915 \"Kassa\"\r\n#KSUMMA 2572269844\r\n";
        assert_eq!(String::from_utf8(records.into_bytes()).unwrap(), expected);
        assert_eq!(crc32fast::hash(b"#KONTO1915Kassa \"special\""), 1_921_122_205);
    }
}
