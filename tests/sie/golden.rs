//! Golden files: what is written, byte for byte, in code page 437.
//! `AVGIFT_BLESS=1 cargo test -p avgift-sie` writes them anew; their difference is then reviewed
//! (`iconv -f cp437` makes it readable).

use std::fs;
use std::path::Path;

use crate::made::all;
use crate::reader::read;

#[test]
fn every_kind_of_file_is_written_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/sie/golden");
    for (name, file) in all() {
        let (path, written) = (folder.join(format!("{name}.SI")), file.write());
        if std::env::var_os("AVGIFT_BLESS").is_some() {
            fs::write(&path, &written).unwrap();
        }
        let golden = fs::read(&path).unwrap_or_default();
        assert!(golden == written, "{name} differs from what is written now:\n{}", shown(&written));
    }
}

/// The checksum is a record that the reader of the tests does not know.
#[test]
fn every_kind_of_file_reads_back() {
    for (name, file) in all().into_iter().filter(|(name, _)| *name != "checksum") {
        let read = read(&file.write());
        assert_eq!(read.vouchers.len(), file.vouchers().len(), "{name}");
        for (read, written) in read.vouchers.iter().zip(file.vouchers()) {
            assert_eq!(read.text, written.text().as_str(), "{name}");
            let amounts = |row: &avgift_sie::Row| (row.account.number.as_str().to_owned(), row.amount);
            let found = read.rows.iter().map(|row| (row.account.clone(), row.amount));
            assert!(found.eq(written.rows().iter().map(amounts)), "{name}");
        }
    }
}

fn shown(bytes: &[u8]) -> String {
    use codepage_437::{CP437_CONTROL, FromCp437};
    String::from_cp437(bytes.to_vec(), &CP437_CONTROL)
}
