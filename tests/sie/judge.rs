//! Judge: every kind of file in `target/judge/sie/`, for `tools/sie-check`.
//! The test itself needs no Python; it holds that each file is written.

use std::fs;
use std::path::Path;

use crate::made::{all, simple};

#[test]
fn every_kind_of_file_is_written_for_the_judge() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/sie");
    let _ = fs::remove_dir_all(&folder); // It may not be there yet.
    fs::create_dir_all(&folder).unwrap();
    for (name, file) in all() {
        fs::write(folder.join(format!("{name}.SI")), file.write()).unwrap();
        let has_objects =
            file.vouchers().iter().any(|it| it.rows().iter().any(|row| !row.objects.is_empty()));
        if !has_objects {
            fs::write(folder.join(format!("{name}-simple.SI")), simple(&file).write()).unwrap();
        }
    }
}
