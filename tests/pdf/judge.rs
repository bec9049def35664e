//! Judge: one of every kind of document in `target/judge/pdf/`, with the XML that is inside and what its QR code says, for
//! `tools/check-pdf`; tests/pdf/golden/ holds the text that is read aloud of each.
//! The test itself needs no PDF reader; it holds that each document is written.

use std::fs;
use std::path::Path;

use crate::made::all;

#[test]
fn one_of_every_kind_is_written_for_the_judge() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/pdf");
    let _ = fs::remove_dir_all(&folder); // It may not be there yet.
    fs::create_dir_all(&folder).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pdf/golden");
    for made in all() {
        let name = made.name;
        let pdf = made.pdf().unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
        assert!(pdf.starts_with(b"%PDF-1.7"), "{name}");
        fs::write(folder.join(format!("{name}.pdf")), pdf).unwrap();
        fs::write(folder.join(format!("{name}.xml")), made.xml()).unwrap();
        if let Some(code) = made.code() {
            fs::write(folder.join(format!("{name}.qr.json")), code).unwrap();
        }
        assert!(golden.join(format!("{name}.txt")).exists(), "{name} has the text that is read of it");
    }
}
