//! Seal: the SHA-256 of the bytes of a line or of a document, as 64 hexadecimal digits.
//! Rule:    what is hashed is the stored bytes, so nothing needs a canonical form.
//! Example: `sed -n 7p journal.jsonl | tr -d '\n' | sha256sum` is what stands in `prev` of line 8.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes.
///
/// ```
/// use avgift_journal::Seal;
/// assert!(Seal::of(b"abc").to_string().starts_with("ba7816bf8f01cfea"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Seal([u8; 32]);

impl Seal {
    /// What stands in `prev` of the first line: 64 zeros.
    pub const NONE: Seal = Seal([0; 32]);

    /// The seal of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Seal {
        Seal(Sha256::digest(bytes).into())
    }

    /// The first 16 digits: what is printed on reports, so that a journal can be held to them.
    #[must_use]
    pub fn short(self) -> String {
        format!("{self:.16}")
    }
}

/// A seal in the making, for bytes that come in pieces.
#[derive(Clone, Default)]
pub(crate) struct Sealing(Sha256);

impl Sealing {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(crate) fn seal(self) -> Seal {
        Seal(self.0.finalize().into())
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(std::str::from_utf8(&hex(&self.0)).unwrap_or_default())
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seal({self})")
    }
}

fn hex(bytes: &[u8; 32]) -> [u8; 64] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    text
}

/// The value of a lower-case hexadecimal digit.
fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

impl FromStr for Seal {
    type Err = NotASeal;

    /// 64 hexadecimal digits, lower case: one text a seal.
    fn from_str(text: &str) -> Result<Seal, NotASeal> {
        let mut seal = [0; 32];
        if text.len() != 64 {
            return Err(NotASeal);
        }
        for (byte, pair) in seal.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = digit(pair[0]).ok_or(NotASeal)? << 4 | digit(pair[1]).ok_or(NotASeal)?;
        }
        Ok(Seal(seal))
    }
}

/// What is no seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a seal has 64 hexadecimal digits in lower case")]
pub struct NotASeal;

impl Serialize for Seal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Seal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Seal, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// What was charged, whoever pays it and whatever number it got: the first 32 digits of the SHA-256 of the words that name
/// the charge, so that a second run finds it charged already.
///
/// ```
/// use avgift_journal::ChargeKey;
/// let fee = ChargeKey::of(&["membership-fee", "2027", "0102", "1"]);
/// assert_eq!(fee, ChargeKey::of(&["membership-fee", "2027", "0102", "1"]));
/// assert_ne!(fee, ChargeKey::of(&["membership-fee", "2027", "010", "21"]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChargeKey([u8; 16]);

impl ChargeKey {
    /// The key of a charge: its type, the year, the municipality code, the occasion. A line break parts the words.
    #[must_use]
    pub fn of(words: &[&str]) -> ChargeKey {
        let Seal(bytes) = Seal::of(words.join("\n").as_bytes());
        let mut key = [0; 16];
        key.copy_from_slice(&bytes[..16]);
        ChargeKey(key)
    }
}

impl fmt::Display for ChargeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut whole = [0; 32];
        whole[..16].copy_from_slice(&self.0);
        write!(f, "{:.32}", Seal(whole))
    }
}

impl Serialize for ChargeKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ChargeKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ChargeKey, D::Error> {
        let text = String::deserialize(deserializer)?;
        let Seal(whole) = format!("{text:0<64}")
            .parse()
            .ok()
            .filter(|_| text.len() == 32)
            .ok_or_else(|| de::Error::custom("a key has 32 hexadecimal digits in lower case"))?;
        let mut key = [0; 16];
        key.copy_from_slice(&whole[..16]);
        Ok(ChargeKey(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-4, the one block message "abc".
    #[test]
    fn a_seal_reads_back() {
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Seal::of(b"abc").to_string(), text);
        assert_eq!(text.parse(), Ok(Seal::of(b"abc")));
        assert_eq!(text.to_uppercase().parse::<Seal>(), Err(NotASeal));
        assert_eq!(text[1..].parse::<Seal>(), Err(NotASeal));
        assert_eq!(Seal::of(b"abc").short(), "ba7816bf8f01cfea");
    }

    #[test]
    fn a_key_reads_back() {
        let key = ChargeKey::of(&["fee", "2027"]);
        let text = serde_json::to_string(&key).unwrap();
        assert_eq!(text.len(), 34);
        assert_eq!(serde_json::from_str::<ChargeKey>(&text).unwrap(), key);
        assert!(serde_json::from_str::<ChargeKey>("\"12\"").is_err());
    }
}
