//! One folder for each refusal, and no code without: fixtures/errors/<code>/.
//! A folder holds `command`, `input/` (laid over fixtures/errors/base/; a name in `without` is taken away) and the
//! `stderr` it gives. A refusal that no folder of a network can cause holds `embedder` instead: what an embedder did.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::world::{copy, expect, on, root, scratch};

fn codes() -> BTreeSet<&'static str> {
    [avgift::CODES, avgift_scb::CODES, avgift_invoice::CODES, avgift_peppol::CODES, avgift_network::CODES]
        .into_iter()
        .flatten()
        .copied()
        .chain([
            "folder-must-be-readable",
            "out-must-be-new",
            "out-must-be-writable",
            "member-must-be-in-the-year",
        ])
        .collect()
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join("fixtures/errors")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir() && !path.ends_with("base"));
    folders.sort();
    folders
}

fn name(folder: &Path) -> &str {
    folder.file_name().unwrap().to_str().unwrap()
}

#[test]
fn no_code_is_without_its_folder_and_no_folder_without_its_code() {
    let folders = folders();
    let named: BTreeSet<&str> = folders.iter().map(|folder| name(folder)).collect();
    let codes = codes();
    let without: Vec<_> = codes.difference(&named).collect();
    let unknown: Vec<_> = named.difference(&codes).collect();
    assert!(without.is_empty() && unknown.is_empty(), "without a folder: {without:?}\nunknown: {unknown:?}");
}

#[test]
fn every_refusal_reads_as_expected() {
    for folder in folders().into_iter().filter(|folder| folder.join("command").exists()) {
        let scratch = scratch();
        copy(&root().join("fixtures/errors/base"), scratch.path());
        if folder.join("input").exists() {
            copy(&folder.join("input"), scratch.path());
        }
        for file in fs::read_to_string(folder.join("without")).unwrap_or_default().lines() {
            fs::remove_file(scratch.path().join(file)).unwrap();
        }
        let command = fs::read_to_string(folder.join("command")).unwrap();
        let place = scratch.path().to_str().unwrap().to_owned();
        let ran = on(scratch.path(), command.trim().replace("{folder}", &place).as_str());
        let text = ran.err.replace(&place, "{folder}").replace('\\', "/");
        assert!(text.contains(&format!("[{}]", name(&folder))), "{}: {text}", folder.display());
        let is_warning = text.contains(&format!("warning[{}]", name(&folder)));
        assert_eq!(ran.code, i32::from(!is_warning), "{}: {text}", folder.display());
        expect(&folder.join("stderr"), &text);
    }
}

/// docs/errors.md has one line a code: the message, why, and how to mend, as the folder's expected output has them.
#[test]
fn every_code_stands_in_the_documentation() {
    let text = fs::read_to_string(root().join("docs/errors.md")).unwrap_or_default();
    for code in codes() {
        assert!(text.contains(&format!("\n### {code}\n")), "{code} is not in docs/errors.md");
    }
}
