//! The README shows what the binary prints: every `$ avgift …` of its console blocks is run and compared.

use std::fs;

use crate::world::{fixture, on, root};

/// Whether `found` is `shown`, where a line `…` stands for any lines, and `…` at the end of a line for any end.
pub(crate) fn is_shown(shown: &str, found: &str) -> bool {
    let shown: Vec<&str> = shown.trim_end().lines().collect();
    let found: Vec<&str> = found.trim_end().lines().collect();
    are_shown(&shown, &found)
}

fn are_shown(shown: &[&str], found: &[&str]) -> bool {
    match shown.split_first() {
        None => found.is_empty(),
        Some((&"…", rest)) => (0..=found.len()).any(|skipped| are_shown(rest, &found[skipped..])),
        Some((line, rest)) => {
            let is_line = |found: &&str| {
                found == line || line.strip_suffix('…').is_some_and(|start| found.starts_with(start))
            };
            found.first().is_some_and(is_line) && are_shown(rest, &found[1..])
        }
    }
}

#[test]
fn the_readme_shows_what_the_binary_prints() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap().replace("\r\n", "\n");
    let mut commands = 0;
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for run in block.split("$ avgift ").skip(1) {
            let (command, shown) = run.split_once('\n').unwrap();
            let (command, network) = match command.split_once(" --network ") {
                Some((command, network)) => (command, root().join(network)),
                None => (command, fixture()),
            };
            let ran = on(&network, command);
            let found = format!("{}{}", ran.out, ran.err);
            assert!(is_shown(shown, &found), "{command}\n{found}");
            commands += 1;
        }
    }
    assert!(commands >= 4, "the README shows the thing working");
}

/// The lines that check the chain, as the README and the documentation for auditors have them, on a journal that was just
/// written: they print its head, and name the line that somebody changed.
#[cfg(unix)]
#[test]
fn the_lines_that_check_the_chain_are_run() {
    let recorded = crate::recorded::Recorded::credited();
    let run = |file: &str| {
        let text = fs::read_to_string(root().join(file)).unwrap();
        let mut blocks = text.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
        let script = blocks.find(|block| block.contains("journal.jsonl")).unwrap();
        let mut sh = std::process::Command::new("sh");
        let output = sh.args(["-c", script]).current_dir(recorded.path()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    for (file, line, not) in [("README.md", "line", "not"), ("docs/systemdokumentation.md", "rad", "inte")] {
        assert_eq!(run(file), (Some(0), recorded.head() + "\n"), "{file}");
        let whole = recorded.journal();
        recorded.write_journal(&whole.replacen("\"total_ore\":1858200", "\"total_ore\":1858201", 1));
        let (code, told) = run(file);
        // Line 4 was changed; line 5 names what it was.
        let is_told = told.starts_with(&format!("{line} 5: ")) && told.contains(&format!(", {not} "));
        assert!(code == Some(1) && is_told, "{file}: {told}");
        recorded.write_journal(&whole);
    }
}
