//! Line: one event, sealed to the line before it.
//! Rule:    `{"seq":…,"prev":…,"type":…` then the event's data, then `"by":…,"at":…,"tool":…}` and LF. `prev` is the
//!          SHA-256 of the bytes of the line before, without its LF; 64 zeros before the first.
//! Errors:  LineMustEndInLineFeed, LineMustBeUtf8, LineMustBeWellFormed, FormatMustBeKnown.
//! Trap:    what reads as the same JSON may be other bytes (`\u00e5` and `å`): a line is read only if we would have
//!          written the same bytes. Not here: whether lines follow each other (see `chain`).

use std::collections::BTreeSet;
use std::fmt;

use avgift::Origin;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::error::Error;
use crate::event::{Event, Stamp};
use crate::seal::Seal;

/// The file of the journal.
pub const JOURNAL: &str = "journal.jsonl";

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub seq: u64,
    /// The seal of the line before.
    pub prev: Seal,
    /// What it says.
    pub event: Event,
    /// Who, when and with what.
    pub stamp: Stamp,
}

impl Line {
    /// The bytes of the line, without LF.
    ///
    /// # Panics
    /// Never for an event that was made here: all its parts have a form in JSON.
    #[must_use]
    pub fn text(&self) -> String {
        let form = "strings, integers and JSON that was checked before";
        let data = self.event.to_json().expect(form);
        let stamp = serde_json::to_string(&self.stamp).expect(form);
        let (data, stamp) = (&data[1..data.len() - 1], &stamp[1..]);
        let mut text = String::with_capacity(data.len() + stamp.len() + 128);
        text += &format!(r#"{{"seq":{},"prev":"{}","type":"{}","#, self.seq, self.prev, self.event.kind());
        text += data;
        text.push(',');
        text += stamp;
        assert!(!text.contains(['\n', '\r']), "JSON that is given to the journal stands on one line");
        text
    }

    /// Reads the bytes of line `number`, without LF.
    ///
    /// # Errors
    /// `LineMustEndInLineFeed`, `LineMustBeUtf8`, `LineMustBeWellFormed`, `FormatMustBeKnown`.
    pub fn read(bytes: &[u8], number: u64) -> Result<Line, Error> {
        if bytes.ends_with(b"\r") {
            return Err(Error::LineMustEndInLineFeed { origin: place(bytes, number, bytes.len() - 1) });
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|error| Error::LineMustBeUtf8 { origin: place(bytes, number, error.valid_up_to()) })?;
        let line = parse(text).map_err(|Fault(at, found)| Error::LineMustBeWellFormed {
            origin: place(bytes, number, at),
            found,
        })?;
        if let Event::JournalCreated(created) = &line.event
            && created.format != 1
        {
            let at = text.find("\"format\"").unwrap_or(0);
            let origin = Some(Box::new(place(bytes, number, at)));
            return Err(Error::FormatMustBeKnown { origin, format: created.format });
        }
        Ok(line)
    }
}

/// The place of a byte of a line.
pub(crate) fn place(bytes: &[u8], number: u64, at: usize) -> Origin {
    let before = String::from_utf8_lossy(&bytes[..at.min(bytes.len())]).chars().count();
    let column = u32::try_from(before + 1).unwrap_or(u32::MAX);
    Origin::new(JOURNAL, u32::try_from(number).unwrap_or(u32::MAX), column, 1)
}

/// At which byte, and what is there.
struct Fault(usize, String);

fn parse(text: &str) -> Result<Line, Fault> {
    let mut rest = text;
    let mut expect = |start: &str, end: &str| -> Result<&str, Fault> {
        let at = text.len() - rest.len();
        let inner =
            rest.strip_prefix(start).ok_or_else(|| Fault(at, format!("`{start}` must stand here")))?;
        let length = inner.find(end).ok_or_else(|| Fault(at, format!("`{end}` must follow")))?;
        rest = &inner[length..];
        Ok(&inner[..length])
    };
    let seq = expect(r#"{"seq":"#, ",")?;
    let seq = seq.parse().map_err(|_| Fault(7, format!("`{seq}` is not a line number")))?;
    let prev = expect(r#","prev":""#, "\"")?;
    let prev = prev.parse().map_err(|fault| Fault(7, format!("`{prev}` is not a seal: {fault}")))?;
    let kind = expect(r#"","type":""#, "\"")?;
    let at = text.len() - rest.len();
    // A quote within a string is escaped, so the last of these keys is the line's own.
    let end = rest.rfind(r#","by":""#).ok_or_else(|| Fault(at, "`\"by\"` is missing".to_owned()))?;
    let data = rest[..end].strip_prefix("\",").ok_or_else(|| Fault(at, "the data is missing".to_owned()))?;
    let start = text.len() - rest.len() + 2;
    let event = Event::from_json(kind, &format!("{{{data}}}"))
        .ok_or_else(|| Fault(at - kind.len(), format!("`{kind}` is no kind of event")))?
        .map_err(|error| told(&error, start))?;
    let stamp = serde_json::from_str(&format!("{{{}", &rest[end + 1..]))
        .map_err(|error| told(&error, text.len() - rest.len() + end + 1))?;
    for raw in event.raws() {
        check_inner(raw.text()).map_err(|(near, found)| Fault(text.rfind(&near).unwrap_or(start), found))?;
    }
    let line = Line { seq, prev, event, stamp };
    let ours = line.text();
    if ours == text {
        return Ok(line);
    }
    let differs = ours.bytes().zip(text.bytes()).position(|(ours, theirs)| ours != theirs);
    let at = differs.unwrap_or(ours.len().min(text.len()));
    let ours: String = String::from_utf8_lossy(&ours.as_bytes()[at..]).chars().take(20).collect();
    Err(Fault(at, format!("`{ours}` must stand here")))
}

/// What the parser of JSON says, at its place in the line; it was given an object whose first byte we put there.
fn told(error: &serde_json::Error, start: usize) -> Fault {
    let words = error.to_string();
    let words = words.rsplit_once(" at line ").map_or(&*words, |(words, _)| words);
    Fault((start + error.column()).saturating_sub(2), words.to_owned())
}

/// JSON that was given: no key twice in an object, at any depth, and no number with decimals, which most readers would take
/// for a binary float. What is wrong, and a text near which it stands.
fn check_inner(json: &str) -> Result<(), (String, String)> {
    let mut twice = None;
    let mut deserializer = serde_json::Deserializer::from_str(json);
    match (Keys(&mut twice).visit(&mut deserializer), twice) {
        (_, Some(key)) => Err((format!("\"{key}\""), format!("`{key}` stands twice"))),
        (Err(error), None) => {
            let rest = json.get(error.column().saturating_sub(1)..).unwrap_or("");
            Err((rest.to_owned(), "a number with decimals stands inside".to_owned()))
        }
        (Ok(()), None) => Ok(()),
    }
}

struct Keys<'a>(&'a mut Option<String>);

impl Keys<'_> {
    fn visit<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> serde::de::DeserializeSeed<'de> for Keys<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.visit(deserializer)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut keys = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            map.next_value_seed(Keys(self.0))?;
            if keys.contains(&key) && self.0.is_none() {
                *self.0 = Some(key);
            } else {
                keys.insert(key);
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(Keys(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
