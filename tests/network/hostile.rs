//! Whatever bytes lie in a folder, it is read or refused; nothing panics.

use avgift_network::{Folder, Network};
use proptest::prelude::*;

use crate::{fixture, text};

const FILES: [&str; 5] = [
    "network.toml",
    "members.csv",
    "payers.csv",
    "statistics/BE0101N1_2022-2024.csv",
    "statistics/loi-arbetare-c.csv",
];

/// Reads a folder and asks everything of it; only that it comes back counts.
fn ask(folder: &Folder) {
    match Network::read(folder) {
        Ok(network) => drop(network.check(None, |_, _| Vec::new())),
        Err(refusals) => {
            assert!(refusals.iter().all(|refusal| !refusal.why.is_empty() && !refusal.mend.is_empty()))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_in_any_file_are_read_or_refused(file in 0..FILES.len(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        ask(&fixture().with(FILES[file], bytes));
    }

    #[test]
    fn a_sound_file_with_a_piece_replaced_is_read_or_refused(
        file in 0..FILES.len(), at in any::<prop::sample::Index>(), length in 0..40_usize, piece in "\\PC{0,12}|[\\x00-\\x1f\"';=\\[\\]\\n-]{0,6}",
    ) {
        let folder = fixture();
        let mut bytes = folder.file(FILES[file]).unwrap().to_vec();
        let start = at.index(bytes.len());
        let end = (start + length).min(bytes.len());
        bytes.splice(start..end, piece.into_bytes());
        ask(&folder.with(FILES[file], bytes));
    }

    #[test]
    fn a_setting_with_another_value_is_read_or_refused(line in any::<prop::sample::Index>(), value in "[0-9\"'{}\\[\\],.=a-zå kr-]{0,16}") {
        let settings = text(&fixture(), "network.toml");
        let mut lines: Vec<String> = settings.lines().map(str::to_owned).collect();
        let line = line.index(lines.len());
        if let Some((key, _)) = lines[line].split_once('=') {
            lines[line] = format!("{key}= {value}");
        }
        ask(&fixture().with("network.toml", lines.join("\n")));
    }
}
