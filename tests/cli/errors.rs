//! One folder for each refusal, and no code without: fixtures/errors/<code>/.
//! A folder holds `command`, `input/` (laid over fixtures/errors/base/; a name in `without` is taken away) and the
//! `stderr` it gives. A refusal that no folder of a network can cause holds `embedder` instead: what an embedder did.
//! docs/errors.md is written from them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::embedder;
use crate::world::{Ran, avgift, copy, expect, root, scratch};

fn codes() -> BTreeSet<&'static str> {
    [
        avgift::CODES,
        avgift_scb::CODES,
        avgift_invoice::CODES,
        avgift_peppol::CODES,
        avgift_network::CODES,
        avgift_report::CODES,
        avgift_pdf::CODES,
        avgift_sie::CODES,
        avgift_camt::CODES,
        avgift_journal::CODES,
        avgift_ledger::CODES,
    ]
    .into_iter()
    .flatten()
    .copied()
    .chain([
        "folder-must-be-readable",
        "out-must-be-new",
        "out-must-be-writable",
        "member-must-be-in-the-year",
        "series-must-have-its-agreement",
        "answer-must-be-given",
        "bank-file-must-be-readable",
        "year-must-be-issued",
        "folder-should-lie-on-one-machine",
    ])
    .collect()
}

/// The folder of each refusal, by code.
pub(crate) fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join("fixtures/errors")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir() && !path.ends_with("base"));
    folders.sort();
    folders
}

/// The code that a folder shows.
pub(crate) fn name(folder: &Path) -> &str {
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
    for folder in folders {
        let ways = [folder.join("command").exists(), folder.join("embedder").exists()];
        assert!(ways[0] != ways[1], "{}: either `command` or `embedder`", folder.display());
    }
}

#[test]
fn every_refusal_reads_as_expected() {
    for folder in folders().into_iter().filter(|folder| folder.join("command").exists()) {
        let ran = run(&folder);
        assert!(ran.err.contains(&format!("[{}]", name(&folder))), "{}: {}", folder.display(), ran.err);
        let is_warning = ran.err.contains(&format!("warning[{}]", name(&folder)));
        assert_eq!(ran.code, i32::from(!is_warning), "{}: {}", folder.display(), ran.err);
        expect(&folder.join("stderr"), &ran.err);
    }
}

/// Runs the command of a folder on a copy of its network; what it said is the same on every system.
fn run(folder: &Path) -> Ran {
    let scratch = scratch();
    copy(&root().join("fixtures/errors/base"), scratch.path());
    if folder.join("input").exists() {
        copy(&folder.join("input"), scratch.path());
    }
    for file in fs::read_to_string(folder.join("without")).unwrap_or_default().lines() {
        fs::remove_file(scratch.path().join(file)).unwrap();
    }
    let place = scratch.path().to_str().unwrap();
    let command = fs::read_to_string(folder.join("command")).unwrap();
    let mut args: Vec<String> =
        command.split_whitespace().map(|arg| arg.replace("{folder}", place)).collect();
    if !command.contains("--network") {
        args.extend(["--network".to_owned(), place.to_owned()]);
    }
    let ran = avgift(&args);
    let text = ran.err.replace(place, "{folder}").replace('\\', "/");
    let err = text.lines().map(|line| without_words_of_the_system(line) + "\n").collect();
    Ran { err, ..ran }
}

/// `…: No such file or directory (os error 2)` differs from system to system.
fn without_words_of_the_system(line: &str) -> String {
    match line.split_once(" (os error ").and_then(|(before, _)| before.rsplit_once(": ")) {
        Some((before, _)) => format!("{before}: {{the system's own words}}"),
        None => line.to_owned(),
    }
}

/// What a refusal told, taken from its text.
struct Told {
    code: String,
    is_warning: bool,
    message: String,
    why: String,
    mend: String,
    /// Under which heading it stands: the file that its first place is in.
    heading: &'static str,
}

const HEADINGS: [&str; 7] = [
    "The folder, the year and the command line",
    "Settings: network.toml",
    "Members: members.csv",
    "Payers: payers.csv",
    "Figures: statistics/",
    "The journal: journal.jsonl",
    "Only through the libraries",
];

fn told(code: &str, text: &str, is_embedder: bool) -> Told {
    let head = text.lines().position(|line| line.contains(&format!("[{code}]: "))).unwrap();
    let lines: Vec<&str> = text.lines().skip(head).collect();
    let after = |mark: &str| {
        let found = lines.iter().find_map(|line| Some(line.split_once(mark)?.1));
        found.unwrap_or_else(|| panic!("{code} has no `{mark}`: {text}")).to_owned()
    };
    // The place belongs to this refusal where it stands before its reason.
    let reason = lines.iter().position(|line| line.contains("why: ")).unwrap();
    let place = lines[..reason].iter().find_map(|line| Some(line.split_once("--> ")?.1)).unwrap_or_default();
    let heading = match place.split(['/', ':']).next() {
        _ if is_embedder => HEADINGS[6],
        Some("network.toml") => HEADINGS[1],
        Some("members.csv") => HEADINGS[2],
        Some("payers.csv") => HEADINGS[3],
        Some(template) if template.ends_with(".typ") => HEADINGS[1],
        Some("statistics") => HEADINGS[4],
        Some("journal.jsonl") => HEADINGS[5],
        _ => HEADINGS[0],
    };
    Told {
        code: code.to_owned(),
        is_warning: lines[0].starts_with("warning"),
        message: after(&format!("[{code}]: ")),
        why: after("why: "),
        mend: after("mend: "),
        heading,
    }
}

fn all_told() -> Vec<Told> {
    let causes = embedder::causes();
    let one = |folder: &PathBuf| match causes.get(name(folder)) {
        Some(refusal) => told(name(folder), &refusal.to_string(), true),
        None => told(name(folder), &run(folder).err, false),
    };
    folders().iter().map(one).collect()
}

/// docs/errors.md: what each refusal says in its example, why, and how to mend it.
#[test]
fn every_code_stands_in_the_documentation() {
    let all = all_told();
    let mut page = String::from(INTRODUCTION);
    for heading in HEADINGS {
        write!(page, "\n## {heading}\n").unwrap();
        for told in all.iter().filter(|told| told.heading == heading) {
            let severity = if told.is_warning { "warning" } else { "error" };
            let Told { code, message, why, mend, .. } = told;
            write!(page, "\n### {code}\n\n").unwrap();
            write!(page, "{severity}: **{message}** ([example](../fixtures/errors/{code}/))\n\n").unwrap();
            write!(page, "- *why:* {why}\n- *mend:* {mend}\n").unwrap();
        }
    }
    expect(&root().join("docs/errors.md"), &page);
    for code in codes() {
        assert!(page.contains(&format!("\n### {code}\n")), "{code} is not in docs/errors.md");
    }
}

const INTRODUCTION: &str = "\
# Every refusal

avgift computes nothing and writes nothing before every fault it can find is told. Each refusal has a code that stays the
same, the place of the fault, why it is one, and how to mend it:

    error[floor-must-not-exceed-ceiling]: the floor is higher than the ceiling
      --> network.toml:9:10
       |
     9 | floor = \"150 000 kr\"
       |          ^^^^^^^^^^ 30 000 kr above it
    10 | ceiling = \"120 000 kr\"
       |            ---------- the ceiling
       |
       = why: a fee is raised to the floor, then lowered to the ceiling; both hold only if the floor is not the higher
       = mend: swap the two values, or set them as in the decision

An error stops the run with exit code 1, and nothing is changed. A warning is told, and the run goes on. `avgift check`
tells all that is wrong with a folder at once; with `--json` the refusals come as JSON, for scripts.

Below stands every code, under the file that its example points at. The message, the reason and the mend are those of the
example; names and numbers are the example's own, and `{folder}` is where its folder lies. This page
is written by `AVGIFT_BLESS=1 cargo test -p avgift-cli --test cli`.
";
