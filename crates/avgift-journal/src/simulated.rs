//! Simulated: a folder in memory, for tests, that keeps apart what was written and what was synced.
//! A process can die at any call that changes a file, before it, in the middle of it or after it; then power may be lost, and
//! what was not synced is lost, torn, kept, or there as a name with zeros for content. The disk can be full at any byte, the
//! folder read-only, the lock another's. Names are durable once their folder was synced: stricter than most disks.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::folder::{Folder, Locked};

/// How a process dies at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// Before anything of the call was done.
    Before,
    /// After so many bytes of a write; another call is not done.
    After(usize),
    /// When the call was done, before it came back.
    Done,
}

/// What a loss of power leaves of what was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// Stays on: a process died and no more.
    On,
    /// Only what was synced.
    Lost,
    /// Names and lengths were written, and the bytes were not: zeros.
    Zeros,
    /// So many bytes of what was added to each file.
    Torn(usize),
    /// The end of what was added to each file, and zeros for so many bytes before it.
    Hole(usize),
    /// Names are lost, and the content of files whose names are durable is kept.
    NamesLost,
    /// As `Lost`, but for the file that comes so far on in the order of names: it is kept.
    Kept(usize),
    /// All is kept, but the file that comes so far on in the order of names has only what was synced.
    LostAlone(usize),
}

/// A file: what programs read, and what is on the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Content {
    written: Vec<u8>,
    synced: Vec<u8>,
}

#[derive(Debug, Default)]
struct Inner {
    /// Every file that ever was, by its number.
    contents: Vec<Content>,
    /// Which file a name means now; none for a folder.
    names: BTreeMap<String, Option<usize>>,
    /// Which it means on the disk.
    durable: BTreeMap<String, Option<usize>>,
    changes: usize,
    syncs: usize,
    death: Option<(usize, Death)>,
    dead: bool,
    room: Option<usize>,
    read_only: bool,
    locked_by: Option<String>,
}

/// A folder in memory. A clone is the same folder, seen by another process.
#[derive(Debug, Clone, Default)]
pub struct Simulated(Arc<Mutex<Inner>>);

/// The lock of a simulated folder.
#[derive(Debug)]
pub struct SimulatedLock(Arc<Mutex<Inner>>);

impl Drop for SimulatedLock {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).locked_by = None;
    }
}

impl Simulated {
    /// An empty folder.
    #[must_use]
    pub fn new() -> Simulated {
        Simulated::default()
    }

    /// A folder with these files, all durable.
    #[must_use]
    pub fn of(files: &BTreeMap<String, Vec<u8>>) -> Simulated {
        let folder = Simulated::new();
        for (name, bytes) in files {
            folder.put(name, bytes);
        }
        folder
    }

    /// Puts a durable file there, as somebody else would.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        let mut inner = self.inner();
        let content = Content { written: bytes.to_vec(), synced: bytes.to_vec() };
        inner.contents.push(content);
        let file = Some(inner.contents.len() - 1);
        for (at, _) in name.match_indices('/') {
            inner.names.insert(name[..at].to_owned(), None);
            inner.durable.insert(name[..at].to_owned(), None);
        }
        inner.names.insert(name.to_owned(), file);
        inner.durable.insert(name.to_owned(), file);
    }

    /// Takes a file away, as somebody else would.
    pub fn take(&self, name: &str) {
        let mut inner = self.inner();
        inner.names.remove(name);
        inner.durable.remove(name);
    }

    /// Every file with its bytes.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let inner = self.inner();
        let files = inner.names.iter().filter_map(|(name, file)| Some((name, &inner.contents[(*file)?])));
        files.map(|(name, content)| (name.clone(), content.written.clone())).collect()
    }

    /// How many calls changed a file or a name so far.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.inner().changes
    }

    /// How many syncs were asked for so far, of files and of folders.
    #[must_use]
    pub fn syncs(&self) -> usize {
        self.inner().syncs
    }

    /// The process is to die at the change of this number, counted from 0 since the folder was made.
    pub fn die_at(&self, change: usize, death: Death) {
        self.inner().death = Some((change, death));
    }

    /// Whether the process has died.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.inner().dead
    }

    /// So many bytes are free from now on; a write that needs more writes as many and fails.
    pub fn room(&self, bytes: Option<usize>) {
        self.inner().room = bytes;
    }

    /// Nothing can be changed from now on.
    pub fn read_only(&self, read_only: bool) {
        self.inner().read_only = read_only;
    }

    /// Another process holds the lock.
    pub fn lock_by(&self, holder: Option<&str>) {
        self.inner().locked_by = holder.map(str::to_owned);
    }

    /// How many files hold something, or have a name, that is not synced.
    #[must_use]
    pub fn unsynced(&self) -> usize {
        let inner = self.inner();
        let unsynced = |(name, file): (&String, &Option<usize>)| {
            let content = file.map(|file| &inner.contents[file]);
            inner.durable.get(name) != Some(file)
                || content.is_some_and(|content| content.written != content.synced)
        };
        inner.names.iter().filter(|entry| unsynced(*entry)).count()
    }

    /// The folder as the next process finds it.
    #[must_use]
    pub fn after(&self, power: Power) -> Simulated {
        let inner = self.inner();
        let mut files = BTreeMap::new();
        let mut folders = Vec::new();
        let unsynced: Vec<&String> = inner
            .names
            .iter()
            .filter(|(name, file)| {
                inner.durable.get(*name) != Some(file)
                    || file.is_some_and(|file| inner.contents[file].written != inner.contents[file].synced)
            })
            .map(|(name, _)| name)
            .collect();
        let kept = |name: &String| match power {
            Power::Kept(place) => unsynced.get(place) == Some(&name),
            Power::LostAlone(place) => unsynced.get(place) != Some(&name),
            _ => false,
        };
        let names = match power {
            Power::Lost | Power::NamesLost => inner.durable.clone(),
            Power::On | Power::Zeros | Power::Torn(_) | Power::Hole(_) => inner.names.clone(),
            Power::Kept(_) | Power::LostAlone(_) => {
                // A folder is there where anything in it is.
                let mut names = inner.durable.clone();
                names.extend(
                    inner
                        .names
                        .iter()
                        .filter(|(name, file)| file.is_some() && kept(name))
                        .map(|(name, file)| (name.clone(), *file)),
                );
                if matches!(power, Power::LostAlone(_)) {
                    names.retain(|name, _| inner.names.contains_key(name) || !kept(name));
                    names.extend(
                        inner
                            .names
                            .iter()
                            .filter(|(_, file)| file.is_none())
                            .map(|(name, _)| (name.clone(), None)),
                    );
                }
                names
            }
        };
        for (name, file) in names {
            let Some(file) = file else {
                folders.push(name);
                continue;
            };
            let Content { written, synced } = &inner.contents[file];
            let bytes = match power {
                Power::On => written.clone(),
                Power::Lost => synced.clone(),
                Power::NamesLost => written.clone(),
                Power::Kept(_) | Power::LostAlone(_) if kept(&name) => written.clone(),
                Power::Kept(_) | Power::LostAlone(_) => synced.clone(),
                Power::Zeros | Power::Torn(_) | Power::Hole(_) if !written.starts_with(synced) => {
                    written.clone()
                }
                Power::Zeros => {
                    let mut bytes = synced.clone();
                    bytes.resize(written.len(), 0);
                    bytes
                }
                Power::Hole(bytes) => {
                    let mut hole = written.clone();
                    let end = hole.len().min(synced.len() + bytes);
                    hole[synced.len()..end].fill(0);
                    hole
                }
                Power::Torn(bytes) => written[..written.len().min(synced.len() + bytes)].to_vec(),
            };
            files.insert(name, bytes);
        }
        drop(inner);
        let folder = Simulated::of(&files);
        let mut fresh = folder.inner();
        for name in folders {
            fresh.names.insert(name.clone(), None);
            fresh.durable.insert(name, None);
        }
        drop(fresh);
        folder
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A call that changes something: `write` is given how many bytes it may write, of how many it wants to.
    fn change(
        &self,
        wanted: usize,
        write: impl FnOnce(&mut Inner, usize) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut inner = self.inner();
        alive(&inner)?;
        if inner.read_only {
            return Err(ErrorKind::ReadOnlyFilesystem.into());
        }
        let now = inner.changes;
        inner.changes += 1;
        let death = inner.death.filter(|(change, _)| *change == now).map(|(_, death)| death);
        if death.is_some() {
            inner.dead = true;
        }
        match death {
            Some(Death::Before) => return Err(died()),
            Some(Death::After(bytes)) if wanted > 0 => {
                write(&mut inner, bytes.min(wanted))?;
                return Err(died());
            }
            Some(Death::After(_)) => return Err(died()),
            Some(Death::Done) | None => {}
        }
        let room = inner.room.unwrap_or(wanted);
        write(&mut inner, wanted.min(room))?;
        inner.room = inner.room.map(|room| room.saturating_sub(wanted));
        if death.is_some() {
            return Err(died());
        }
        if wanted > room { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

fn alive(inner: &Inner) -> io::Result<()> {
    if inner.dead { Err(died()) } else { Ok(()) }
}

fn died() -> io::Error {
    io::Error::other("the process was killed")
}

fn parent(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(parent, _)| parent)
}

impl Inner {
    fn file(&self, name: &str) -> io::Result<usize> {
        self.names.get(name).copied().flatten().ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn file_or_new(&mut self, name: &str) -> io::Result<usize> {
        if let Ok(file) = self.file(name) {
            return Ok(file);
        }
        if !parent(name).is_empty() && self.names.get(parent(name)) != Some(&None) {
            return Err(ErrorKind::NotFound.into());
        }
        self.contents.push(Content::default());
        let file = self.contents.len() - 1;
        self.names.insert(name.to_owned(), Some(file));
        Ok(file)
    }
}

impl Folder for Simulated {
    type Lock = SimulatedLock;

    fn lock(&self, name: &str, holder: &str) -> io::Result<Locked<SimulatedLock>> {
        let locked_by = self.inner().locked_by.clone();
        if let Some(holder) = locked_by {
            return Ok(Locked::Theirs(Some(holder)));
        }
        let text = format!("{holder}\n");
        self.write(name, text.as_bytes())?;
        self.inner().locked_by = Some(holder.to_owned());
        Ok(Locked::Ours(SimulatedLock(Arc::clone(&self.0))))
    }

    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        let inner = self.inner();
        alive(&inner)?;
        Ok(inner.file(name).ok().map(|file| inner.contents[file].written.len() as u64))
    }

    fn read_at(&self, name: &str, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let inner = self.inner();
        alive(&inner)?;
        let written = &inner.contents[inner.file(name)?].written;
        let from = usize::try_from(at).unwrap_or(usize::MAX).min(written.len());
        let length = buffer.len().min(written.len() - from);
        buffer[..length].copy_from_slice(&written[from..from + length]);
        Ok(length)
    }

    fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let inner = self.inner();
        alive(&inner)?;
        let inside = inner.names.keys().filter(|name| parent(name) == folder);
        Ok(inside.map(|name| name.rsplit('/').next().unwrap_or(name).to_owned()).collect())
    }

    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.change(bytes.len(), |inner, length| {
            let file = inner.file_or_new(name)?;
            inner.contents[file].written.extend_from_slice(&bytes[..length]);
            Ok(())
        })
    }

    fn sync(&self, name: &str) -> io::Result<()> {
        self.change(0, |inner, _| {
            inner.syncs += 1;
            let file = inner.file(name)?;
            inner.contents[file].synced = inner.contents[file].written.clone();
            Ok(())
        })
    }

    fn truncate(&self, name: &str, length: u64) -> io::Result<()> {
        self.change(0, |inner, _| {
            let file = inner.file(name)?;
            let length = usize::try_from(length).map_err(io::Error::other)?;
            inner.contents[file].written.resize(length, 0);
            Ok(())
        })
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.change(bytes.len(), |inner, length| {
            let file = inner.file_or_new(name)?;
            inner.contents[file].written = bytes[..length].to_vec();
            Ok(())
        })
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.change(0, |inner, _| {
            let file = inner.file(from)?;
            inner.names.remove(from);
            inner.names.insert(to.to_owned(), Some(file));
            Ok(())
        })
    }

    fn make_folder(&self, folder: &str) -> io::Result<()> {
        self.change(0, |inner, _| {
            if !parent(folder).is_empty() && inner.names.get(parent(folder)) != Some(&None) {
                return Err(ErrorKind::NotFound.into());
            }
            inner.names.insert(folder.to_owned(), None);
            Ok(())
        })
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        self.change(0, |inner, _| {
            inner.syncs += 1;
            inner.durable.retain(|name, _| parent(name) != folder);
            let inside = inner.names.iter().filter(|(name, _)| parent(name) == folder);
            let inside: Vec<_> = inside.map(|(name, file)| (name.clone(), *file)).collect();
            inner.durable.extend(inside);
            Ok(())
        })
    }
}
