//! Disk: the folder of a network on a disk, by the standard library alone.
//! The lock is the system's own (`File::try_lock`): it goes with the process that holds it, killed or not. Windows lets nobody
//! read a file that another has locked, so who holds it stands there in a file beside it.
//! A folder is synced where the system has such a call, which Windows has not: NTFS keeps its names in a journal of its own.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::folder::{Folder, Locked};

/// A folder on a disk.
#[derive(Debug, Clone)]
pub struct Disk(PathBuf);

impl Disk {
    /// The folder of a network.
    #[must_use]
    pub fn new(folder: impl AsRef<Path>) -> Disk {
        Disk(folder.as_ref().to_owned())
    }

    fn path(&self, name: &str) -> PathBuf {
        name.split('/').filter(|part| !part.is_empty()).fold(self.0.clone(), |path, part| path.join(part))
    }

    /// Where the holder of a lock is named.
    fn holder(&self, name: &str) -> PathBuf {
        self.path(&if cfg!(windows) { format!("{name}.txt") } else { name.to_owned() })
    }
}

/// What is missing is nothing, not an error.
fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        result => result.map(Some),
    }
}

impl Folder for Disk {
    type Lock = File;

    fn lock(&self, name: &str, holder: &str) -> io::Result<Locked<File>> {
        let file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(self.path(name))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let text = fs::read_to_string(self.holder(name)).unwrap_or_default();
                let text = text.lines().next().unwrap_or_default().trim();
                return Ok(Locked::Theirs((!text.is_empty()).then(|| text.to_owned())));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if cfg!(windows) {
            fs::write(self.holder(name), format!("{holder}\n"))?;
        } else {
            file.set_len(0)?;
            (&file).write_all(format!("{holder}\n").as_bytes())?;
        }
        Ok(Locked::Ours(file))
    }

    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        found(fs::metadata(self.path(name))).map(|metadata| metadata.map(|metadata| metadata.len()))
    }

    fn read_at(&self, name: &str, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = File::open(self.path(name))?;
        file.seek(SeekFrom::Start(at))?;
        let mut read = 0;
        while read < buffer.len() {
            match file.read(&mut buffer[read..]) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(read)
    }

    fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let Some(entries) = found(fs::read_dir(self.path(folder)))? else { return Ok(Vec::new()) };
        // A name that is no text is none of ours.
        let names = entries.map(|entry| entry.map(|entry| entry.file_name().into_string().ok()));
        let mut names: Vec<String> = names.filter_map(Result::transpose).collect::<io::Result<_>>()?;
        names.sort();
        Ok(names)
    }

    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().append(true).create(true).open(self.path(name))?.write_all(bytes)
    }

    fn sync(&self, name: &str) -> io::Result<()> {
        // Windows syncs only what is open for writing.
        OpenOptions::new().append(true).open(self.path(name))?.sync_all()
    }

    fn truncate(&self, name: &str, length: u64) -> io::Result<()> {
        OpenOptions::new().write(true).open(self.path(name))?.set_len(length)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::write(self.path(name), bytes)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path(from), self.path(to))
    }

    fn make_folder(&self, folder: &str) -> io::Result<()> {
        match fs::create_dir(self.path(folder)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            result => result,
        }
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        if cfg!(unix) { File::open(self.path(folder))?.sync_all() } else { Ok(()) }
    }
}
