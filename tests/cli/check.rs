//! check: ten different faults are ten refusals, each with its place and its mend; nothing is changed.

use crate::world::{expect, files, fixture, on, root};

#[test]
fn a_folder_without_faults_passes() {
    let ran = on(&fixture(), "check");
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert_eq!(ran.err, "no errors; fee years computed and invoices drafted: 2023, 2024, 2025, 2026\n");
}

#[test]
fn ten_faults_are_told_at_once_and_nothing_is_changed() {
    let case = root().join("fixtures/cases/ten-faults");
    let before = files(&case);
    let ran = on(&case.join("input"), "check");
    assert_eq!(ran.code, 1);
    assert_eq!(ran.err.matches("error[").count(), 10, "{}", ran.err);
    assert_eq!(ran.err.matches("= why:").count(), 10);
    assert_eq!(ran.err.matches("= mend:").count(), 10);
    assert_eq!(ran.err.matches("--> ").count(), 10);
    assert!(ran.err.ends_with("10 errors; nothing was changed\n"));
    expect(&case.join("expected/stderr"), &ran.err);
    let codes: std::collections::BTreeSet<&str> =
        ran.err.split("error[").skip(1).filter_map(|rest| rest.split(']').next()).collect();
    assert_eq!(codes.len(), 10, "ten different faults");
    if std::env::var_os("AVGIFT_BLESS").is_none() {
        assert_eq!(files(&case), before);
    }
}

#[test]
fn faults_come_as_json_for_scripts() {
    let ran = on(&root().join("fixtures/cases/ten-faults/input"), "check --json");
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out.matches("\"code\": ").count(), 10);
    assert!(ran.out.contains("\"line\": "));
}

/// Once, check passed a folder whose invoices were refused.
#[test]
fn what_the_invoice_refuses_check_refuses_too() {
    let scratch = crate::world::scratch();
    crate::world::copy(&fixture(), scratch.path());
    let settings = std::fs::read_to_string(scratch.path().join("network.toml")).unwrap();
    let silent = settings.replace("endpoint = \"0007:9920002004\"\n", "");
    std::fs::write(scratch.path().join("network.toml"), silent).unwrap();
    let ran = on(scratch.path(), "check");
    assert_eq!(ran.code, 1);
    assert_eq!(ran.err.matches("error[seller-must-have-electronic-address]").count(), 1, "{}", ran.err);
}

/// Control characters of a file never reach the terminal.
#[test]
fn a_name_cannot_steer_the_terminal() {
    let scratch = crate::world::scratch();
    crate::world::copy(&fixture(), scratch.path());
    let settings = std::fs::read_to_string(scratch.path().join("network.toml")).unwrap();
    let hostile = settings
        .replace("name = \"T\"", "name = \"\\u001b[31mT\"")
        .replace("LÖI arbetare C\"", "L\\u001b[8m\"");
    std::fs::write(scratch.path().join("network.toml"), hostile).unwrap();
    for command in ["check", "fees --year 2024"] {
        let ran = on(scratch.path(), command);
        assert_eq!(ran.code, 1);
        assert!(!ran.err.contains('\u{1b}') && !ran.out.contains('\u{1b}'), "{}", ran.err);
    }
}
