//! Package: files that are handed over together, with a list of their SHA-256 that any system can check.
//! Rule:    the same files give the same bytes: in the order of their names, without the time of day. The list is what
//!          `sha256sum -c manifest.sha256` reads, with `/` between folders.
//! Example: ba7816bf…15ad, two spaces, `notes/abc.txt`.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write as _};

use avgift_journal::Seal;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The name of the list.
pub const MANIFEST: &str = "manifest.sha256";

/// Files that are handed over together, by their names.
///
/// ```
/// use avgift_ledger::Package;
/// let mut package = Package::default();
/// package.add("notes/abc.txt", *b"abc");
/// assert!(package.manifest().ends_with("15ad  notes/abc.txt\n"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Package(BTreeMap<String, Vec<u8>>);

impl Package {
    /// Adds a file; one of the same name is replaced. Names have `/` between folders and no line ends.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(name.into(), bytes.into());
    }

    /// How many files there are, the list apart.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The list: the SHA-256 of each file and its name.
    #[must_use]
    pub fn manifest(&self) -> String {
        self.0.iter().map(|(name, bytes)| format!("{}  {name}\n", Seal::of(bytes))).collect()
    }

    /// The files in the order of their names, and the list last.
    #[must_use]
    pub fn files(self) -> Vec<(String, Vec<u8>)> {
        let manifest = self.manifest();
        let mut files: Vec<(String, Vec<u8>)> = self.0.into_iter().collect();
        files.push((MANIFEST.to_owned(), manifest.into_bytes()));
        files
    }

    /// The files and the list as a ZIP file; all are of 1 January 1980, the first day that the format knows.
    ///
    /// # Errors
    /// Where a name is longer than the format takes, or the files together are.
    pub fn zip(self) -> io::Result<Vec<u8>> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in self.files() {
            writer.start_file(name, options)?;
            writer.write_all(&bytes)?;
        }
        Ok(writer.finish()?.into_inner())
    }
}
