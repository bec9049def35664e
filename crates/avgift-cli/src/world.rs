//! World: the clock and the disk, asked for here alone.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use avgift::{NaiveDate, Refusal};
use avgift_network::Folder;

use crate::error::Error;

/// Today's date where the user sits.
pub(crate) fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

/// The files of a folder as text, to show excerpts from; decoded when first asked for.
#[derive(Debug, Default)]
pub(crate) struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The texts of the files that refusals point at.
    pub(crate) fn of(folder: &Folder, refusals: &[Refusal]) -> Texts {
        let files =
            refusals.iter().flat_map(|refusal| &refusal.places).map(|place| place.origin.file.as_ref());
        let text = |file: &str| Some((file.to_owned(), avgift_scb::decode(folder.file(file)?)));
        Texts(files.filter_map(text).collect())
    }

    /// Both.
    pub(crate) fn join(&mut self, more: Texts) {
        self.0.extend(more.0);
    }

    /// The text of a file.
    pub(crate) fn get(&self, file: &str) -> Option<&str> {
        self.0.get(file).map(String::as_str)
    }
}

/// Reads a network's folder: its settings, members, payers and statistics, and nothing else that lies there.
pub(crate) fn read_folder(dir: &Path) -> Result<Folder, Refusal> {
    let unreadable = |path: &Path, error: &io::Error| {
        Error::FolderMustBeReadable { folder: path.display().to_string(), reason: error.to_string() }
            .refusal()
    };
    let mut folder = Folder::new();
    if let Err(error) = fs::read_dir(dir) {
        return Err(unreadable(dir, &error));
    }
    for name in ["network.toml", "members.csv", "payers.csv"] {
        let path = dir.join(name);
        match fs::read(&path) {
            Ok(bytes) => folder.add(name, bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(&path, &error)),
        }
    }
    let statistics = dir.join("statistics");
    if statistics.is_dir() {
        read_below(&statistics, "statistics", &mut folder)
            .map_err(|error| unreadable(&statistics, &error))?;
    }
    Ok(folder)
}

fn read_below(dir: &Path, name: &str, folder: &mut Folder) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_below(&entry.path(), &path, folder)?;
        } else {
            folder.add(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// The name of the file that marks a folder as one of drafts: only such a folder is ever replaced.
pub(crate) const DRAFTS_MARK: &str = "drafts.csv";

/// Writes a folder as a whole or not at all: staged beside it, then renamed.
pub(crate) fn write_folder(out: &Path, files: &[(String, Vec<u8>)], replace: bool) -> Result<(), Refusal> {
    let unwritable = |error: io::Error| {
        Error::OutMustBeWritable { out: out.display().to_string(), reason: error.to_string() }.refusal()
    };
    let holds_something = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some());
    let may_replace = replace && out.join(DRAFTS_MARK).is_file();
    if out.is_file() || (holds_something && !may_replace) {
        return Err(Error::OutMustBeNew { out: out.display().to_string() }.refusal());
    }
    stage_and_rename(out, files).map_err(unwritable)
}

fn stage_and_rename(out: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let staging = tempfile::Builder::new().prefix(".avgift-").tempdir_in(parent)?;
    // A folder of its own inside the staging one, which only its owner may enter.
    let staged = staging.path().join("new");
    fs::create_dir(&staged)?;
    for (name, bytes) in files {
        let path = staged.join(name);
        path.parent().map(fs::create_dir_all).transpose()?;
        let mut file = fs::File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    // An older folder is moved into the staging one, which is deleted as a whole once the new one is in place.
    let older = staging.path().join("old");
    let moved = out.exists();
    if moved {
        fs::rename(out, &older)?;
    }
    match fs::rename(&staged, out) {
        Err(error) if moved && fs::rename(&older, out).is_err() => {
            // What was there could not be brought back: the staging folder, which holds it, must then stay.
            let kept = staging.keep();
            Err(io::Error::new(
                error.kind(),
                format!("{error}; what was there is now in {}", kept.join("old").display()),
            ))
        }
        result => result,
    }
}
