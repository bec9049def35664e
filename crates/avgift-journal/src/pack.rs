//! Pack: the file in which a batch is made durable before it is decided: its lines and all its documents, in one piece.
//! Rule:    a record is a line of JSON (what it holds), the lines, the documents, and the SHA-256 of all that. A record that
//!          is whole is decided and will be finished, whatever happens; one that is not was never begun.
//! Why:     256 invoices have 512 documents and more. Synced one by one they would take a minute on a slow disk; in one
//!          piece they take one sync. The pack stays until the system has written the documents by itself.

use std::io;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::chain::Head;
use crate::folder::Folder;
use crate::seal::{Seal, Sealing};

/// The folder of what is staged.
pub(crate) const STAGING: &str = ".staging";
/// The pack.
pub(crate) const PACK: &str = ".staging/pack";

/// A document: its path from the network's folder, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The path, as [`document_name`](crate::document_name) makes it.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What a record holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    /// Where the journal ended when it was written.
    base: u64,
    seq: u64,
    prev: Seal,
    #[serde(with = "chrono_text")]
    pub(crate) at: DateTime<FixedOffset>,
    /// The length and the seal of the lines.
    pub(crate) lines: u64,
    pub(crate) sha256: Seal,
    pub(crate) documents: Vec<Packed>,
}

impl Header {
    /// The head that the lines follow.
    pub(crate) const fn head(&self) -> Head {
        Head { seq: self.seq, seal: self.prev, length: self.base }
    }
}

/// A document in a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Packed {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: Seal,
}

/// A whole record of the pack.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) header: Header,
    lines_at: u64,
    end: u64,
}

impl Record {
    /// The lines, each with its LF.
    pub(crate) fn lines(&self, folder: &impl Folder) -> io::Result<Vec<u8>> {
        read_exactly(folder, self.lines_at, self.header.lines)
    }

    /// The documents, each with where it stands.
    pub(crate) fn documents(&self) -> impl Iterator<Item = (&Packed, u64)> {
        let mut at = self.lines_at + self.header.lines;
        self.header.documents.iter().map(move |packed| {
            let place = at;
            at += packed.bytes;
            (packed, place)
        })
    }
}

pub(crate) fn read_exactly(folder: &impl Folder, at: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    match folder.read_at(PACK, at, &mut bytes)? {
        read if read == bytes.len() => Ok(bytes),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// A record of these lines and documents, to follow a head.
pub(crate) fn record(
    head: Head,
    at: DateTime<FixedOffset>,
    lines: &[u8],
    documents: &[Document],
) -> serde_json::Result<Vec<u8>> {
    let packed = documents.iter().map(|document| Packed {
        name: document.name.clone(),
        bytes: document.bytes.len() as u64,
        sha256: Seal::of(&document.bytes),
    });
    let header = Header {
        base: head.length,
        seq: head.seq,
        prev: head.seal,
        at,
        lines: lines.len() as u64,
        sha256: Seal::of(lines),
        documents: packed.collect(),
    };
    let mut record = serde_json::to_vec(&header)?;
    record.push(b'\n');
    record.extend_from_slice(lines);
    for document in documents {
        record.extend_from_slice(&document.bytes);
    }
    let seal = Seal::of(&record);
    record.extend_from_slice(format!("{seal}\n").as_bytes());
    Ok(record)
}

/// Where the whole records of the pack end.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct PackEnd {
    pub(crate) whole: u64,
    pub(crate) length: u64,
}

/// The records of the pack, one after the other; the first that is not whole ends them.
pub(crate) struct Records<'a, F> {
    folder: &'a F,
    at: u64,
    length: u64,
}

impl<'a, F: Folder> Records<'a, F> {
    pub(crate) fn of(folder: &'a F) -> io::Result<Records<'a, F>> {
        Ok(Records { folder, at: 0, length: folder.length(PACK)?.unwrap_or(0) })
    }

    /// Goes on from the end of a record.
    pub(crate) fn skip_to(&mut self, end: u64) {
        self.at = end.min(self.length);
    }

    pub(crate) const fn end(&self) -> PackEnd {
        PackEnd { whole: self.at, length: self.length }
    }

    /// The next record.
    pub(crate) fn next(&mut self) -> io::Result<Option<Record>> {
        let record = self.read()?;
        if let Some(record) = &record {
            self.at = record.end;
        }
        Ok(record)
    }

    fn read(&self) -> io::Result<Option<Record>> {
        const BLOCK: u64 = 1 << 18;
        let mut head: Vec<u8> = Vec::new();
        let end = loop {
            let from = self.at + head.len() as u64;
            let more = (self.length - from).min(BLOCK);
            if more == 0 {
                return Ok(None);
            }
            let searched = head.len();
            head.extend(read_exactly(self.folder, from, more)?);
            if let Some(at) = head[searched..].iter().position(|byte| *byte == b'\n') {
                break searched + at;
            }
        };
        let Ok(header) = serde_json::from_slice::<Header>(&head[..end]) else { return Ok(None) };
        let lines_at = self.at + end as u64 + 1;
        let bytes =
            header.documents.iter().try_fold(header.lines, |sum, packed| sum.checked_add(packed.bytes));
        let sealed = bytes.and_then(|bytes| lines_at.checked_add(bytes)).filter(|end| *end < self.length);
        let Some(sealed) = sealed else { return Ok(None) };
        let mut sealing = Sealing::default();
        let mut at = self.at;
        while at < sealed {
            let block = read_exactly(self.folder, at, (sealed - at).min(BLOCK))?;
            sealing.add(&block);
            at += block.len() as u64;
        }
        let seal = format!("{}\n", sealing.seal());
        if self.length - sealed < seal.len() as u64
            || read_exactly(self.folder, sealed, seal.len() as u64)? != seal.as_bytes()
        {
            return Ok(None);
        }
        Ok(Some(Record { header, lines_at, end: sealed + seal.len() as u64 }))
    }
}

/// A time as RFC 3339.
mod chrono_text {
    use super::{DateTime, Deserialize, FixedOffset};
    use serde::{Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(at: &DateTime<FixedOffset>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&at.to_rfc3339())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<FixedOffset>, D::Error> {
        DateTime::parse_from_rfc3339(&String::deserialize(from)?).map_err(de::Error::custom)
    }
}
