//! Bytes that a reader has to bear: arbitrary ones, and a good file with a few places changed.

use proptest::prelude::*;

/// A change of a file: at a place, so many bytes go and these come.
type Change = (prop::sample::Index, usize, Vec<u8>);

/// A few changes; what comes is of the bytes that tell the reader something.
pub(crate) fn changes(telling: &[u8]) -> impl Strategy<Value = Vec<Change>> + use<> {
    let telling = prop::sample::select(telling.to_vec());
    let change = (any::<prop::sample::Index>(), 0..20_usize, prop::collection::vec(telling, 0..4));
    prop::collection::vec(change, 1..4)
}

/// The file with the changes.
pub(crate) fn changed(mut bytes: Vec<u8>, changes: Vec<Change>) -> Vec<u8> {
    for (place, removed, added) in changes {
        let at = place.index(bytes.len() + 1);
        let end = (at + removed).min(bytes.len());
        bytes.splice(at..end, added);
    }
    bytes
}
