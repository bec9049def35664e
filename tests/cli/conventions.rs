//! Conventions: exit codes, where things are printed, the start of a new folder, every file in tests/ declared.

use std::fs;

use crate::world::{avgift, fixture, on, root, scratch};

#[test]
fn a_command_line_that_is_not_understood_is_2() {
    for args in [
        &["fees"][..],
        &["fees", "--year", "24"],
        &["frame"],
        &["nonsense"],
        &["frame", "--years", "2026..2023"],
    ] {
        let ran = avgift(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let ran = on(&root().join("nowhere"), "check");
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("error[folder-must-be-readable]"), "{}", ran.err);
}

#[test]
fn messages_in_a_pipe_have_no_colour() {
    let ran = on(&root().join("nowhere"), "check");
    assert!(!ran.err.contains('\u{1b}'));
}

#[test]
fn an_unknown_member_is_suggested() {
    let ran = on(&fixture(), "explain Möndal --year 2024");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("did you mean Mölndal (1481)?"), "{}", ran.err);
}

#[test]
fn a_new_folder_tells_what_is_still_to_be_decided() {
    let scratch = scratch();
    let dir = scratch.path().join("nätverk");
    assert_eq!(avgift([std::ffi::OsStr::new("init"), dir.as_os_str()]).code, 0);
    let ran = on(&dir, "check");
    assert_eq!(ran.code, 1);
    for missing in ["`from`", "`rate`", "statistics/ holds no population figures"] {
        assert!(ran.err.contains(missing), "{missing}: {}", ran.err);
    }
    let again = avgift([std::ffi::OsStr::new("init"), dir.as_os_str()]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("out-must-be-new"));
}

/// What is sealed by its bytes is left alone by git, and two branches of the journal are never joined.
#[test]
fn a_new_folder_tells_git_what_to_leave_alone() {
    let scratch = scratch();
    let dir = scratch.path().join("ny");
    avgift([std::ffi::OsStr::new("init"), dir.as_os_str()]);
    let attributes = fs::read_to_string(dir.join(".gitattributes")).unwrap();
    let rules: Vec<&str> =
        attributes.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert_eq!(
        rules,
        ["documents/** -text", "*.pdf binary", "journal.jsonl -text -merge", "statistics/** -text"]
    );
}

/// The comments of a new folder name settings that are really read: with every comment taken away, none is unknown.
#[test]
fn every_setting_that_a_new_folder_names_is_known() {
    let scratch = scratch();
    let dir = scratch.path().join("ny");
    avgift([std::ffi::OsStr::new("init"), dir.as_os_str()]);
    let settings = fs::read_to_string(dir.join("network.toml")).unwrap();
    let is_of_key = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_setting = |line: &str| {
        let key = line.split(" = ").next().unwrap_or_default();
        line.starts_with('[') || (line.contains(" = ") && key.bytes().all(is_of_key))
    };
    let mut seen_vat = false;
    let uncommented: String = settings
        .lines()
        .map(|line| match line.strip_prefix("# ").filter(|rest| is_setting(rest)) {
            Some(rest) if rest.starts_with("vat = ") && std::mem::replace(&mut seen_vat, true) => {
                String::new()
            }
            Some(rest) => format!("{rest}\n"),
            None => format!("{line}\n"),
        })
        .collect();
    let tables = ["[tariff.index]", "[agreement.seller]", "[agreement.numbers]", "[agreement.late]"];
    let lists =
        ["[[agreement.bookkeeping.objects]]", "[[agreement.bookkeeping.years]]", "[[reference_rate]]"];
    let roles = avgift_network::ROLES.map(|role| format!("{role} = "));
    for named in tables.into_iter().chain(lists).chain(roles.iter().map(String::as_str)) {
        assert!(uncommented.contains(&format!("\n{named}")), "{named}: {uncommented}");
    }
    fs::write(dir.join("network.toml"), uncommented).unwrap();
    let told = on(&dir, "check").err;
    for code in ["setting-must-be-known", "settings-must-be-toml", "setting-must-be-of-its-kind"] {
        assert!(!told.contains(code), "{told}");
    }
}

#[test]
fn completions_and_the_manual_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(avgift(["completions", shell]).out.contains("invoice"), "{shell}");
    }
    assert!(avgift(["man"]).out.contains(".TH avgift"));
}

#[test]
fn a_fee_that_rests_on_an_older_population_is_marked_everywhere() {
    let refused = on(&fixture(), "fees --year 2027");
    assert_eq!(refused.code, 1);
    let scratch = scratch();
    crate::world::copy(&fixture(), scratch.path());
    // Fee year 2026 without the figures of 2025: those of 2024 stand in when asked for.
    fs::remove_file(scratch.path().join("statistics/TAB5557_2025.json")).unwrap();
    let refused = on(scratch.path(), "fees --year 2026");
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("it is published on 24 February 2026"), "{}", refused.err);
    let fees = on(scratch.path(), "fees --year 2026 --preliminary");
    assert_eq!(fees.code, 0, "{}", fees.err);
    assert!(fees.out.contains("PRELIMINÄR") && fees.out.contains("preliminär"), "{}", fees.out);
    let explained = on(scratch.path(), "explain Ale --year 2026 --preliminary").out;
    assert!(explained.contains("SCB, 31 december 2024"), "{explained}");
    assert!(explained.contains("\n   i stället för 31 december 2025\n"), "{explained}");
    let out = scratch.path().join("ut");
    on(scratch.path(), &format!("invoice --year 2026 --preliminary --out {}", out.display()));
    assert!(fs::read_to_string(out.join("ale.xml")).unwrap().contains("PRELIMINÄR"));
}

/// A folder in tests/ that no crate declares would never run.
#[test]
fn every_folder_of_tests_is_declared_by_a_crate() {
    let manifests: String = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|crate_dir| fs::read_to_string(crate_dir.unwrap().path().join("Cargo.toml")).unwrap())
        .collect();
    let folders = || fs::read_dir(root().join("tests")).unwrap().map(|entry| entry.unwrap().path());
    let mains: String =
        folders().filter_map(|folder| fs::read_to_string(folder.join("main.rs")).ok()).collect();
    for path in folders() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            assert!(manifests.contains(&format!("path = \"../../tests/{name}/main.rs\"")), "{name}");
        } else {
            // What several of them share.
            assert!(mains.contains(&format!("#[path = \"../{name}\"]")), "{name}");
        }
    }
}
