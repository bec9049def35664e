//! The workbook as a file: `fees --format xlsx`, `export xlsx`; written as a whole or not at all, over nobody's file.
//! What stands in it is for tests/workbook and the judge, for whom one is left in target/judge/xlsx/.

use std::fs;
use std::path::Path;

use crate::world::{Ran, fixture, on, scratch};

fn export(command: &str, out: &Path) -> Ran {
    on(&fixture(), &format!("{command} --out {}", out.display()))
}

#[test]
fn a_workbook_is_a_file_and_nothing_is_printed() {
    let scratch = scratch();
    let (fees, exported) = (scratch.path().join("avgifter.xlsx"), scratch.path().join("ny/export.xlsx"));
    for (command, out) in [("fees --year 2024 --format xlsx", &fees), ("export xlsx --year 2024", &exported)]
    {
        let ran = export(command, out);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        assert!(ran.err.contains(&format!("written to {}", out.display())), "{}", ran.err);
    }
    let bytes = fs::read(&fees).unwrap();
    assert!(bytes.starts_with(b"PK"));
    assert!(bytes == fs::read(&exported).unwrap(), "one builder, the same bytes");
}

/// The fixture's four fee years in both languages, left for the judge.
#[test]
fn several_years_are_one_workbook() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/xlsx/fixture");
    for lang in ["sv", "en"] {
        let command = format!("export xlsx --years 2023..2026 --lang {lang} --replace");
        let ran = export(&command, &out.join(format!("{lang}.xlsx")));
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
}

#[test]
fn a_workbook_is_never_printed() {
    let scratch = scratch();
    for command in ["fees --year 2024 --format xlsx", "export xlsx --year 2024", "export xlsx", "export"] {
        assert_eq!(on(&fixture(), command).code, 2, "{command}");
    }
    assert_eq!(export("export xlsx", &scratch.path().join("x.xlsx")).code, 2);
    assert_eq!(on(&fixture(), "fees --year 2024 --replace").code, 2);
}

/// A shell may spoil what it redirects, so every form can be written to a file: the bytes that would be printed.
#[test]
fn every_form_of_the_fees_can_be_a_file() {
    let scratch = scratch();
    for form in ["table", "csv", "json"] {
        let command = format!("fees --year 2024 --format {form}");
        let out = scratch.path().join(form);
        assert_eq!(export(&command, &out).out, "");
        assert_eq!(fs::read_to_string(out).unwrap(), on(&fixture(), &command).out);
    }
}

#[test]
fn what_is_there_is_replaced_only_when_asked_for() {
    let scratch = scratch();
    let out = scratch.path().join("avgifter.xlsx");
    fs::write(&out, "somebody's own").unwrap();
    let refused = export("export xlsx --year 2024", &out);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("error[out-must-be-new]"), "{}", refused.err);
    assert_eq!(fs::read_to_string(&out).unwrap(), "somebody's own");
    assert_eq!(export("export xlsx --year 2024 --replace", &out).code, 0);
    assert!(fs::read(&out).unwrap().starts_with(b"PK"));
    let folder = export("export xlsx --year 2024 --replace", scratch.path());
    assert!(folder.err.contains("error[out-must-be-new]"), "{}", folder.err);
    // Nothing of the staging is left.
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 1);
}

/// What is wrong with the folder leaves no file behind, and an older one as it was.
#[test]
fn nothing_is_written_where_something_is_refused() {
    let scratch = scratch();
    let out = scratch.path().join("avgifter.xlsx");
    assert_eq!(export("export xlsx --years 2026..2028", &out).code, 1);
    assert!(!out.exists());
}

#[cfg(unix)]
#[test]
fn a_link_is_left_alone_and_a_new_file_is_no_secret() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let scratch = scratch();
    let (target, link) = (scratch.path().join("other"), scratch.path().join("avgifter.xlsx"));
    fs::write(&target, "somebody's own").unwrap();
    symlink(&target, &link).unwrap();
    let refused = export("export xlsx --year 2024 --replace", &link);
    assert!(refused.err.contains("and is no file"), "{}", refused.err);
    assert_eq!(fs::read_to_string(&target).unwrap(), "somebody's own");

    let out = scratch.path().join("new.xlsx");
    assert_eq!(export("export xlsx --year 2024", &out).code, 0);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&out), mode(&target), "the permissions of any new file");
}
