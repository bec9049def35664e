//! Whole folders: settings and files as people write them, and as nobody should.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops, in its helpers as in itself")]

mod divided;
mod folders;
mod hostile;
mod index_clause;
mod numbers;
mod office;
mod page;
mod terms;
mod workbooks;

use std::fs;
use std::path::Path;

use avgift_network::{Folder, Network};

/// The folder of the fixture network.
fn fixture() -> Folder {
    network_of_fixtures("hallbar-utveckling")
}

/// The folder of one of the networks of the fixtures.
fn network_of_fixtures(name: &str) -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/networks").join(name);
    let mut folder = Folder::new();
    for name in ["network.toml", "members.csv", "payers.csv", "figures.csv"] {
        if root.join(name).exists() {
            folder.add(name, fs::read(root.join(name)).unwrap());
        }
    }
    for entry in fs::read_dir(root.join("statistics")).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("statistics/{}", path.file_name().unwrap().to_str().unwrap());
        folder.add(name, fs::read(path).unwrap());
    }
    folder
}

/// The fixture's file as text.
fn text(folder: &Folder, file: &str) -> String {
    String::from_utf8(folder.file(file).unwrap().to_vec()).unwrap()
}

/// The codes of all that is wrong with a folder, in the order that they are told in.
fn codes(folder: &Folder) -> Vec<&'static str> {
    Network::read(folder).err().unwrap_or_default().iter().map(|refusal| refusal.code).collect()
}
