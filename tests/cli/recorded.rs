//! A network that has issued, and hands that change what it recorded.

use std::fs;
use std::path::{Path, PathBuf};

use avgift_journal::Seal;
use tempfile::TempDir;

use crate::world::{Ran, copy, expect, fixture, on, root, scratch};

/// A copy of the fixture network.
pub(crate) struct Recorded(TempDir);

/// Who and when, so that each run gives the same bytes.
pub(crate) const AT: &str = "--by ekonomi --at 2024-02-01T09:00:00+01:00";

impl Recorded {
    /// The network before anything was issued.
    pub(crate) fn new() -> Recorded {
        let scratch = scratch();
        copy(&fixture().join("statistics"), &scratch.path().join("statistics"));
        for file in ["network.toml", "members.csv", "payers.csv"] {
            fs::copy(fixture().join(file), scratch.path().join(file)).unwrap();
        }
        Recorded(scratch)
    }

    /// The network after the invoices of 2024 were issued, without PDF.
    pub(crate) fn issued() -> Recorded {
        let recorded = Recorded::new();
        let ran = recorded.run(&format!("issue --year 2024 --no-pdf --yes {AT}"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        recorded
    }

    /// As [`Recorded::issued`], and one invoice credited in part.
    pub(crate) fn credited() -> Recorded {
        let recorded = Recorded::issued();
        let ran = recorded.run(
            "credit GR-20240001 --part 1=1000 --reason Rabatt --no-pdf --yes --by ekonomi --at 2024-02-05T10:00:00+01:00",
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        recorded
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs `avgift` on it.
    pub(crate) fn run(&self, command: &str) -> Ran {
        on(self.path(), command)
    }

    pub(crate) fn journal(&self) -> String {
        fs::read_to_string(self.file("journal.jsonl")).unwrap()
    }

    /// The head as a run printed it.
    pub(crate) fn head(&self) -> String {
        Seal::of(self.journal().lines().last().unwrap().as_bytes()).short()
    }

    pub(crate) fn write_journal(&self, text: &str) {
        fs::write(self.file("journal.jsonl"), text).unwrap();
    }

    /// Replaces a text of one line, counted from 1, and seals every line after it anew, as somebody would who knows how.
    pub(crate) fn forge(&self, line: usize, from: &str, to: &str) {
        let text = self.journal();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        assert!(lines[line - 1].contains(from), "{from}");
        lines[line - 1] = lines[line - 1].replacen(from, to, 1);
        for next in line..lines.len() {
            let seal = Seal::of(lines[next - 1].as_bytes()).to_string();
            let start = lines[next].find("\"prev\":\"").unwrap() + 8;
            lines[next].replace_range(start..start + 64, &seal);
        }
        self.write_journal(&(lines.join("\n") + "\n"));
        // What was staged would tell, until it is let go of.
        let _ = fs::remove_dir_all(self.file(".staging"));
    }

    /// Holds what a command says on stderr to its file.
    pub(crate) fn says(&self, code: i32, command: &str, file: &str) {
        let ran = self.run(command);
        assert_eq!(ran.code, code, "{command}: {}", ran.err);
        let text = ran.err.replace(self.path().to_str().unwrap(), "{folder}").replace('\\', "/");
        expect(&root().join("fixtures/cases/proof").join(file), &text);
    }

    /// Holds what a command prints to its file.
    pub(crate) fn prints(&self, command: &str, file: &str) {
        let ran = self.run(command);
        assert_eq!(ran.code, 0, "{command}: {}", ran.err);
        expect(&root().join("fixtures/cases/proof").join(file), &ran.out);
    }
}
