//! Desk: what the typesetter has before it: one template, what templates have in common, the fonts that are shipped, and the files of one document.
//! Nothing else can be reached: no disk, no network, no package, no clock, no font of the machine.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World};

/// The fonts that every page is set in; their licences stand beside them.
const FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/IBMPlexSans-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSans-SemiBold.ttf"),
    include_bytes!("../fonts/IBMPlexSansHebrew-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSansArabic-Regular.ttf"),
];

/// What the templates of invoice and letter have in common, to be imported by them.
const PARTS: &str = include_str!("../template/parts.typ");

/// What all documents have in common.
#[derive(Debug)]
pub(crate) struct Shelf {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    parts: Source,
}

impl Shelf {
    pub(crate) fn new() -> Shelf {
        let fonts: Vec<Font> = FONTS.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
        // The header cells of rows, which a screen reader tells with each figure, are still an extra of the library.
        let library = Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build();
        Shelf {
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            parts: Source::new(file_id("/parts.typ"), PARTS.to_owned()),
        }
    }

    /// Whether a character can be printed; what takes no room needs no glyph.
    pub(crate) fn can_print(&self, character: char) -> bool {
        let takes_no_room = matches!(u32::from(character), 0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfe00..=0xfe0f | 0xfeff);
        let mut fonts = self.fonts.iter();
        takes_no_room || fonts.any(|font| font.info().coverage.contains(character.into()))
    }
}

/// What one document is made from.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    shelf: &'a Shelf,
    template: &'a Source,
    files: BTreeMap<&'static str, Bytes>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(shelf: &'a Shelf, template: &'a Source) -> Desk<'a> {
        Desk { shelf, template, files: BTreeMap::new() }
    }

    /// The desk with a file on it, by the path that the template reads it at.
    pub(crate) fn with(mut self, path: &'static str, bytes: Bytes) -> Desk<'a> {
        self.files.insert(path, bytes);
        self
    }
}

/// The identifier of a path, `/data.json`.
pub(crate) fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("a path from the root, without `..`");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shelf.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shelf.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let sources = [self.template, &self.shelf.parts];
        sources.into_iter().find(|source| source.id() == id).cloned().ok_or_else(|| not_there(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = match id.get().root() {
            VirtualRoot::Project => self.files.get(id.get().vpath().get_with_slash()),
            VirtualRoot::Package(_) => None,
        };
        found.cloned().ok_or_else(|| not_there(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_there(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
