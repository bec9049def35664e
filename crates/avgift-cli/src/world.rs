//! World: the clock and the disk, asked for here alone.

mod place;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use avgift::{NaiveDate, Refusal};
use avgift_journal::{Disk, JOURNAL};
use avgift_network::{Folder, named_files};
use chrono::{DateTime, FixedOffset, Timelike as _};
use tempfile::TempDir;

pub(crate) use place::Place;

use crate::error::{Error, Wanted};

/// Today's date where the user sits.
pub(crate) fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

/// How many characters of a line are shown after a place in it.
const AFTER_THE_PLACE: u32 = 40;

/// The files of a folder as text, to show excerpts from; decoded when first asked for.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    whole: BTreeMap<String, String>,
    /// Single lines of files that are too long to be held: the journal's.
    lines: BTreeMap<(String, u32), String>,
}

impl Texts {
    /// The texts of the files that refusals point at.
    pub(crate) fn of(folder: &Folder, refusals: &[Refusal]) -> Texts {
        let files =
            refusals.iter().flat_map(|refusal| &refusal.places).map(|place| place.origin.file.as_ref());
        let text = |file: &str| Some((file.to_owned(), avgift_scb::decode(folder.file(file)?)));
        Texts { whole: files.filter_map(text).collect(), lines: BTreeMap::new() }
    }

    /// Takes up the lines of the journal that refusals point at, each no further than shortly after the place.
    pub(crate) fn add_journal(&mut self, dir: &Path, refusals: &[Refusal]) {
        let places = refusals.iter().flat_map(|refusal| &refusal.places);
        let mut wanted: BTreeMap<u32, u32> = BTreeMap::new();
        for place in places.filter(|place| &*place.origin.file == JOURNAL) {
            let end = wanted.entry(place.origin.line).or_default();
            *end = (*end).max(place.origin.column.saturating_add(place.origin.length));
        }
        if wanted.is_empty() {
            return;
        }
        let Ok(file) = fs::File::open(dir.join(JOURNAL)) else { return };
        let mut lines = io::BufReader::new(file).split(b'\n');
        let mut before = 0;
        for (line, end) in wanted {
            let skipped = line.saturating_sub(before + 1) as usize;
            let Some(Ok(bytes)) = lines.nth(skipped) else { return };
            before = line;
            let letters = (end + AFTER_THE_PLACE) as usize;
            let text = String::from_utf8_lossy(&bytes);
            let cut = text.char_indices().nth(letters).map(|(at, _)| format!("{}…", &text[..at]));
            let text = cut.unwrap_or_else(|| text.into_owned()).replace(avgift::steers, "\u{fffd}");
            self.lines.insert((JOURNAL.to_owned(), line), text);
        }
    }

    /// Both.
    pub(crate) fn join(&mut self, more: Texts) {
        self.whole.extend(more.whole);
        self.lines.extend(more.lines);
    }

    /// These and the text of one more file, whatever its code page.
    pub(crate) fn with(mut self, file: &str, bytes: &[u8]) -> Texts {
        self.whole.insert(file.to_owned(), avgift_scb::decode(bytes));
        self
    }

    /// The text of a file.
    pub(crate) fn get(&self, file: &str) -> Option<&str> {
        self.whole.get(file).map(String::as_str)
    }

    /// A line of a file of which no more is held.
    pub(crate) fn line(&self, file: &str, line: u32) -> Option<&str> {
        self.lines.get(&(file.to_owned(), line)).map(String::as_str)
    }
}

/// The journal of a folder, which must be there; an empty one where nothing was issued.
pub(crate) fn journal_of(dir: &Path) -> Result<Disk, Refusal> {
    fs::read_dir(dir).map_err(|error| unreadable(dir, &error))?;
    Ok(Disk::new(dir))
}

/// A warning where a folder that is recorded in lies where two machines may write at once.
pub(crate) fn place_warning(dir: &Path) -> Option<Refusal> {
    let whole = fs::canonicalize(dir).ok()?;
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let place = place::place_of(&whole.to_string_lossy(), &mounts)?;
    Some(Error::FolderShouldLieOnOneMachine { path: crate::shown(dir), place }.refusal())
}

/// Reads a network's folder: its settings and the files they name, members, payers and statistics, and nothing else that
/// lies there.
pub(crate) fn read_folder(dir: &Path) -> Result<Folder, Refusal> {
    let mut folder = Folder::new();
    fs::read_dir(dir).map_err(|error| unreadable(dir, &error))?;
    read_named(dir, &["network.toml", "members.csv", "payers.csv", "figures.csv"], &mut folder)?;
    read_named(dir, &folder.file("network.toml").map(named_files).unwrap_or_default(), &mut folder)?;
    match fs::symlink_metadata(dir.join("statistics")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        _ => read_below(&dir.join("statistics"), "statistics", &mut folder)?,
    }
    Ok(folder)
}

/// Lays a scenario over a folder; it is called what the user calls it.
pub(crate) fn lay_over(folder: &mut Folder, scenario: &Path) -> Result<(), Refusal> {
    let bytes = bytes_of(scenario).map_err(|error| {
        Error::ScenarioMustBeReadable { path: crate::shown(scenario), reason: reason(&error) }.refusal()
    })?;
    folder.lay_over(scenario.display().to_string().replace('\\', "/"), bytes);
    Ok(())
}

/// The files of these names that are there.
fn read_named<S: AsRef<str>>(dir: &Path, names: &[S], folder: &mut Folder) -> Result<(), Refusal> {
    for name in names.iter().map(AsRef::as_ref) {
        let path = dir.join(name);
        match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            _ => folder.add(name, read_file(&path)?),
        }
    }
    Ok(())
}

/// Every file below a folder. A link to a folder is not followed: it could lead round in a circle.
fn read_below(dir: &Path, name: &str, folder: &mut Folder) -> Result<(), Refusal> {
    let entries = fs::read_dir(dir).map_err(|error| unreadable(dir, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(dir, &error))?;
        let path = entry.path();
        let file_name = entry.file_name();
        let Some(file_name) = file_name.to_str() else {
            return Err(unreadable(&path, &io::Error::other("its name is not text")));
        };
        let inner = format!("{name}/{file_name}");
        let kind = entry.file_type().map_err(|error| unreadable(&path, &error))?;
        if kind.is_dir() {
            read_below(&path, &inner, folder)?;
        } else {
            folder.add(inner, read_file(&path)?);
        }
    }
    Ok(())
}

/// The bytes of a file that the journal names, by its path from the network's folder with `/` between.
pub(crate) fn read_recorded(dir: &Path, name: &str) -> Result<Vec<u8>, Refusal> {
    read_file(&name.split('/').fold(dir.to_owned(), |path, part| path.join(part)))
}

/// The bytes of a file that the bank sent.
pub(crate) fn read_bank_file(path: &Path) -> Result<Vec<u8>, Refusal> {
    let read = || {
        if fs::metadata(path)?.is_file() { fs::read(path) } else { Err(io::Error::other("it is not a file")) }
    };
    let refused = |error: &io::Error| {
        Error::BankFileMustBeReadable { path: crate::shown(path), reason: reason(error) }.refusal()
    };
    read().map_err(|error| refused(&error))
}

/// The bytes of a file of the folder.
fn read_file(path: &Path) -> Result<Vec<u8>, Refusal> {
    bytes_of(path).map_err(|error| unreadable(path, &error))
}

/// The bytes of a file. What is neither a file nor a link to one is refused: a pipe would be waited for.
fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    fs::read(path)
}

fn unreadable(path: &Path, error: &io::Error) -> Refusal {
    Error::FolderMustBeReadable { path: crate::shown(path), reason: reason(error) }.refusal()
}

/// Why the system would not, in words that do not differ from one system to the next where it has such.
fn reason(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(_) => error.kind().to_string(),
        None => error.to_string(),
    }
}

/// The name of the file that marks a folder as one of drafts: only such a folder is ever replaced.
pub(crate) const DRAFTS_MARK: &str = "drafts.csv";

/// Writes a folder of a few files as a whole or not at all.
pub(crate) fn write_folder(out: &Path, files: &[(String, Vec<u8>)], replace: bool) -> Result<(), Refusal> {
    let staging = Staging::new(out, replace.then_some(DRAFTS_MARK), Wanted::Folder)?;
    files.iter().try_for_each(|(name, bytes)| staging.write(name, bytes))?;
    staging.finish()
}

/// A folder that is written as a whole or not at all: staged beside its place, then renamed. Only what is not there, an
/// empty folder, or a folder of drafts that may be replaced, is written to; a link, a device or a pipe is left alone.
pub(crate) struct Staging {
    out: PathBuf,
    folder: TempDir,
}

impl Staging {
    /// A stage beside a place that is free to be written to; a folder that holds the file `replace` may be replaced.
    pub(crate) fn new(out: &Path, replace: Option<&str>, wanted: Wanted) -> Result<Staging, Refusal> {
        let is_free = match fs::symlink_metadata(out) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(unwritable(out, &error)),
            Ok(found) if !found.is_dir() => false,
            Ok(_) => {
                let mut entries = fs::read_dir(out).map_err(|error| unwritable(out, &error))?;
                entries.next().is_none() || replace.is_some_and(|mark| out.join(mark).is_file())
            }
        };
        if !is_free {
            return Err(Error::OutMustBeNew { out: crate::shown(out), wanted }.refusal());
        }
        let folder = stage_beside(out).map_err(|error| unwritable(out, &error))?;
        Ok(Staging { out: out.to_owned(), folder })
    }

    /// Stages a file.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let write = || {
            let path = self.staged().join(name);
            path.parent().map(fs::create_dir_all).transpose()?;
            let mut file = fs::File::create_new(path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|error| unwritable(&self.out, &error))
    }

    /// A folder of its own inside the staging one, which only its owner may enter.
    fn staged(&self) -> PathBuf {
        self.folder.path().join("new")
    }

    /// Puts the folder in its place.
    pub(crate) fn finish(self) -> Result<(), Refusal> {
        let (out, staged) = (self.out.clone(), self.staged());
        put_in_place(&out, &staged, self.folder).map_err(|error| unwritable(&out, &error))
    }
}

pub(crate) fn unwritable(out: &Path, error: &io::Error) -> Refusal {
    Error::OutMustBeWritable { out: crate::shown(out), reason: reason(error) }.refusal()
}

/// Writes a file as a whole or not at all: staged beside it, then renamed. Only what is not there, or a file that may be
/// replaced, is written to; a folder, a link, a device or a pipe is left alone.
pub(crate) fn write_file(out: &Path, bytes: &[u8], replace: bool) -> Result<(), Refusal> {
    let taken = |wanted| Error::OutMustBeNew { out: crate::shown(out), wanted }.refusal();
    let is_there = match fs::symlink_metadata(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(unwritable(out, &error)),
        Ok(found) if !found.is_file() => return Err(taken(Wanted::FileOverOther)),
        Ok(_) if !replace => return Err(taken(Wanted::File)),
        Ok(_) => true,
    };
    let staged = stage(out, bytes).map_err(|error| unwritable(out, &error))?;
    // What is put there meanwhile is no more overwritten than what was there before; a rename never follows a link.
    let placed = if is_there { staged.persist(out) } else { staged.persist_noclobber(out) };
    match placed {
        Ok(_) => Ok(()),
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Err(taken(Wanted::File)),
        Err(failed) => Err(unwritable(out, &failed.error)),
    }
}

/// Whether a file could be written that must be new, or is there already with these very bytes.
pub(crate) fn check_new_file(out: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    match fs::symlink_metadata(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(unwritable(out, &error)),
        Ok(found) if found.is_file() && fs::read(out).is_ok_and(|there| there == bytes) => Ok(()),
        Ok(found) => {
            let wanted = if found.is_file() { Wanted::File } else { Wanted::FileOverOther };
            Err(Error::OutMustBeNew { out: crate::shown(out), wanted }.refusal())
        }
    }
}

/// Writes a file that must be new; one that is there already with these very bytes stays.
pub(crate) fn write_new_file(out: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    check_new_file(out, bytes)?;
    if out.exists() { Ok(()) } else { write_file(out, bytes, false) }
}

/// The bytes in a file beside the one that is asked for, on the disk and with the permissions of any new file.
fn stage(out: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let parent = parent_of(out);
    fs::create_dir_all(parent)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".avgift-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // A staged file is its owner's alone unless told otherwise; the system takes away what the user's mask forbids.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    // The error of the library names a file that nobody asked for; its kind says enough.
    let mut staged = builder.tempfile_in(parent).map_err(|error| io::Error::from(error.kind()))?;
    staged.write_all(bytes)?;
    staged.as_file().sync_all()?;
    Ok(staged)
}

/// The folder that a file or folder stands in.
fn parent_of(out: &Path) -> &Path {
    out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn stage_beside(out: &Path) -> io::Result<TempDir> {
    let parent = parent_of(out);
    fs::create_dir_all(parent)?;
    // The error of the library names a folder that nobody asked for; its kind says enough.
    let staging = tempfile::Builder::new().prefix(".avgift-").tempdir_in(parent);
    let staging = staging.map_err(|error| io::Error::from(error.kind()))?;
    fs::create_dir(staging.path().join("new"))?;
    Ok(staging)
}

fn put_in_place(out: &Path, staged: &Path, staging: TempDir) -> io::Result<()> {
    // An older folder is moved into the staging one, which is deleted as a whole once the new one is in place.
    let older = staging.path().join("old");
    let moved = out.exists();
    if moved {
        fs::rename(out, &older)?;
    }
    match fs::rename(staged, out) {
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

/// The time where the user sits, to the second.
pub(crate) fn now() -> DateTime<FixedOffset> {
    let now = chrono::Local::now().fixed_offset();
    now.with_nanosecond(0).unwrap_or(now)
}

/// The name of the user who is logged in.
pub(crate) fn user() -> String {
    let name = whoami::username().map(|name| name.trim().to_owned()).unwrap_or_default();
    if name.is_empty() { "?".to_owned() } else { name }
}

/// The name of the machine.
pub(crate) fn machine() -> String {
    whoami::hostname().unwrap_or_else(|_| "?".to_owned())
}

/// Whether stdout is read by a person.
pub(crate) fn prints_to_a_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Shows what is to be done and asks; nothing where nobody sits at a terminal. Only `j`, `ja`, `y` or `yes` agrees.
pub(crate) fn ask(shown: &str, question: &str) -> Option<bool> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return None;
    }
    let mut stderr = anstream::stderr();
    write!(stderr, "{shown}\n{question} [j/N] ").and_then(|()| stderr.flush()).ok()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).ok()?;
    Some(matches!(answer.trim().to_lowercase().as_str(), "j" | "ja" | "y" | "yes"))
}
