//! Folder: the files of a network as bytes, by their path inside the folder. Whoever reads the disk makes one.

use std::collections::BTreeMap;

/// The files of a network's folder, by path with `/` between folders: `statistics/BE0101N1.csv`.
#[derive(Debug, Clone, Default)]
pub struct Folder(BTreeMap<String, Vec<u8>>);

impl Folder {
    /// An empty folder.
    #[must_use]
    pub fn new() -> Folder {
        Folder::default()
    }

    /// The folder with a file added.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Folder {
        self.add(path, bytes);
        self
    }

    /// Adds a file.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), bytes.into());
    }

    /// The bytes of a file.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// Every file, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The files below a folder that a person put there: not hidden, no locks of an open office program, no notes.
    pub fn files_below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        let data_file = |name: &str| {
            let is_note = name.ends_with(".md") || name.ends_with(".txt");
            let is_hidden = name.starts_with('.') || name.starts_with("~$");
            let is_of_the_desktop = ["Thumbs.db", "desktop.ini"].contains(&name);
            !(is_note || is_hidden || is_of_the_desktop)
        };
        self.0
            .iter()
            .filter(move |(path, _)| {
                let below = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
                below.is_some_and(|name| data_file(name.rsplit('/').next().unwrap_or(name)))
            })
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}
