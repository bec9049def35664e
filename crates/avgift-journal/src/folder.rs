//! Folder: the file layer under the journal, as little of it as the protocol needs.
//! Names are paths from the network's folder, with `/` between. Nothing is durable until it is synced, a name not until its
//! folder is. Nothing here decides anything: order and recovery are the protocol's (see `store`).

use std::fmt::Debug;
use std::io;

use crate::error::Error;

/// What became of asking for the lock.
#[derive(Debug)]
pub enum Locked<L> {
    /// Ours, until it is dropped.
    Ours(L),
    /// Another's, and who that is, where the lock file tells.
    Theirs(Option<String>),
}

/// A folder of files: the disk's, or one in memory that forgets what was not synced.
pub trait Folder: Debug {
    /// What holds the lock until it is dropped.
    type Lock;

    /// Takes the lock of the file `name`, and writes there who has it. The file stays.
    ///
    /// # Errors
    /// Where the system does not let us.
    fn lock(&self, name: &str, holder: &str) -> io::Result<Locked<Self::Lock>>;

    /// The length of a file; nothing where there is none.
    ///
    /// # Errors
    /// Where the system does not let us.
    fn length(&self, name: &str) -> io::Result<Option<u64>>;

    /// Reads from a place on, as much as there is and has room; less than there is room for only at the end.
    ///
    /// # Errors
    /// Where the system does not let us.
    fn read_at(&self, name: &str, at: u64, buffer: &mut [u8]) -> io::Result<usize>;

    /// The names of the files and folders in a folder, in order; none where there is no such folder.
    ///
    /// # Errors
    /// Where the system does not let us.
    fn names(&self, folder: &str) -> io::Result<Vec<String>>;

    /// Writes at the end of a file, which is made where there is none.
    ///
    /// # Errors
    /// Where the system does not let us; part may then have been written.
    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Makes what was written to a file durable.
    ///
    /// # Errors
    /// Where the system does not let us; what is durable is then unknown.
    fn sync(&self, name: &str) -> io::Result<()>;

    /// Cuts a file to a length.
    ///
    /// # Errors
    /// Where the system does not let us.
    fn truncate(&self, name: &str, length: u64) -> io::Result<()>;

    /// Writes a whole file, in place of an older one of that name. Only for what is staged.
    ///
    /// # Errors
    /// Where the system does not let us; part may then have been written.
    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file another name, in place of an older file of that name.
    ///
    /// # Errors
    /// Where the system does not let us.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Makes a folder in one that is there; well if it is there already.
    ///
    /// # Errors
    /// Where the system does not let us.
    fn make_folder(&self, folder: &str) -> io::Result<()>;

    /// Makes the names in a folder durable; `""` is the network's folder. Does nothing where the system has no such call.
    ///
    /// # Errors
    /// Where the system does not let us.
    fn sync_folder(&self, folder: &str) -> io::Result<()>;
}

/// The whole of a file; nothing where there is none.
pub(crate) fn read_whole(folder: &impl Folder, name: &str) -> io::Result<Option<Vec<u8>>> {
    let Some(length) = folder.length(name)? else { return Ok(None) };
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    let read = folder.read_at(name, 0, &mut bytes)?;
    bytes.truncate(read);
    Ok(Some(bytes))
}

/// Why the system would not, in words that do not differ from one system to the next where it has such.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(_) => error.kind().to_string(),
        None => error.to_string(),
    }
}

pub(crate) fn unreadable(file: &str, error: &io::Error) -> Error {
    // The network's own folder.
    let file = if file.is_empty() { "." } else { file }.to_owned();
    Error::JournalMustBeReadable { file, reason: reason(error) }
}

pub(crate) fn unwritable(file: &str, error: &io::Error) -> Error {
    let file = file.to_owned();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskMustHaveRoom { file },
        _ => Error::JournalMustBeWritable { file, reason: reason(error) },
    }
}

pub(crate) fn unfinished(file: &str, error: &io::Error) -> Error {
    Error::RunMustBeFinished { file: file.to_owned(), reason: reason(error) }
}
