//! init: a commented folder to start from. Its amounts are empty, so that nobody takes an example for a decision.

use std::path::Path;

use crate::world;
use crate::{Done, Refused};

/// The files of a new folder.
const FILES: [(&str, &str); 5] = [
    ("network.toml", include_str!("../../start/network.toml")),
    ("members.csv", include_str!("../../start/members.csv")),
    ("payers.csv", include_str!("../../start/payers.csv")),
    (".gitattributes", include_str!("../../start/gitattributes")),
    ("statistics/README.md", include_str!("../../start/statistics.md")),
];

pub(super) fn run(dir: &Path) -> Result<Done, Refused> {
    let files: Vec<(String, Vec<u8>)> =
        FILES.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    world::write_folder(dir, &files, false)?;
    let said = format!(
        "{} is made: fill in network.toml, members.csv and payers.csv, put Statistics Sweden's files into statistics/, \
         and run `avgift check --network {}`\n",
        crate::shown(dir),
        crate::shown(dir)
    );
    Ok(Done { said, ..Done::with(String::new()) })
}
