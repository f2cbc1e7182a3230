use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// What all papers share: templates, fonts, Typst's own words. Read once per process.
pub(crate) struct Shelf {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: HashMap<FileId, Source>,
    main: FileId,
    data: FileId,
    logo: FileId,
}

/// The world of one paper: the shelf, its data and its logo. There is nothing else in it: no file, no network, no
/// clock.
pub(crate) struct PaperWorld<'a> {
    shelf: &'a Shelf,
    data: Bytes,
    logo: Option<Bytes>,
}

const MAIN: &str = "document.typ";

const TEMPLATES: [(&str, &str); 7] = [
    (MAIN, include_str!("../templates/document.typ")),
    ("words.typ", include_str!("../templates/words.typ")),
    ("parts.typ", include_str!("../templates/parts.typ")),
    ("sums.typ", include_str!("../templates/sums.typ")),
    ("classic.typ", include_str!("../templates/classic.typ")),
    ("modern.typ", include_str!("../templates/modern.typ")),
    ("compact.typ", include_str!("../templates/compact.typ")),
];

const FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../fonts/NotoSansDevanagari-SemiBold.ttf"),
];

impl Shelf {
    pub(crate) fn open() -> Self {
        let fonts: Vec<_> = FONTS.into_iter().flat_map(|font| Font::iter(Bytes::new(font))).collect();
        let template = |(name, text): (&str, &str)| {
            let id = id(name);
            (id, Source::new(id, text.to_owned()))
        };
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            templates: TEMPLATES.into_iter().map(template).collect(),
            main: id(MAIN),
            data: id("data.json"),
            logo: id("logo"),
        }
    }

    /// Whether one of the fonts has the character.
    pub(crate) fn has_glyph(&self, character: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(character)))
    }

    pub(crate) fn world(&self, data: Vec<u8>, logo: Option<&[u8]>) -> PaperWorld<'_> {
        let logo = logo.map(|bytes| Bytes::new(bytes.to_vec()));
        PaperWorld { shelf: self, data: Bytes::new(data), logo }
    }
}

impl World for PaperWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shelf.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shelf.book
    }

    fn main(&self) -> FileId {
        self.shelf.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.shelf.templates.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shelf.data {
            return Ok(self.data.clone());
        }
        let logo = self.logo.as_ref().filter(|_| id == self.shelf.logo);
        logo.cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain name");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}
