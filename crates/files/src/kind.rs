use image::ImageFormat;

use crate::{Error, name};

/// How much of a file is looked at to tell its kind: the parts of an office document stand within it.
pub(crate) const HEAD: usize = 16 * 1024;

/// What a file is, by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) media_type: &'static str,
    /// Endings that do not contradict; the first one is usual.
    endings: &'static [&'static str],
    /// Other words for the type that senders use.
    also: &'static [&'static str],
    pub(crate) treatment: Treatment,
}

/// What is done with it before it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// Drawn anew, so that nothing but the picture is left.
    Picture(ImageFormat),
    /// Its list of contents is read.
    Archive,
    /// Every byte must be text.
    Text,
    /// Kept as it is.
    Plain,
}

const fn kind(media_type: &'static str, endings: &'static [&'static str], treatment: Treatment) -> Kind {
    Kind { media_type, endings, also: &[], treatment }
}

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const SLIDES: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

/// Everything that is taken. What can run in a browser or on a machine is not among it: HTML, SVG, scripts, programs.
const TAKEN: [Kind; 24] = [
    kind("image/png", &["png"], Treatment::Picture(ImageFormat::Png)),
    Kind {
        also: &["image/jpg", "image/pjpeg"],
        ..kind("image/jpeg", &["jpg", "jpeg", "jfif"], Treatment::Picture(ImageFormat::Jpeg))
    },
    kind("image/gif", &["gif"], Treatment::Picture(ImageFormat::Gif)),
    kind("image/webp", &["webp"], Treatment::Picture(ImageFormat::WebP)),
    Kind { also: &["application/x-pdf"], ..kind("application/pdf", &["pdf"], Treatment::Plain) },
    Kind {
        also: &["application/x-zip-compressed", "application/x-zip"],
        ..kind("application/zip", &["zip"], Treatment::Archive)
    },
    kind(WORD, &["docx"], Treatment::Archive),
    kind(SHEET, &["xlsx"], Treatment::Archive),
    kind(SLIDES, &["pptx"], Treatment::Archive),
    kind("application/vnd.oasis.opendocument.text", &["odt"], Treatment::Archive),
    kind("application/vnd.oasis.opendocument.spreadsheet", &["ods"], Treatment::Archive),
    kind("application/vnd.oasis.opendocument.presentation", &["odp"], Treatment::Archive),
    kind("application/msword", &["doc"], Treatment::Plain),
    kind("application/vnd.ms-excel", &["xls"], Treatment::Plain),
    kind("application/vnd.ms-powerpoint", &["ppt"], Treatment::Plain),
    Kind { also: &["text/rtf"], ..kind("application/rtf", &["rtf"], Treatment::Plain) },
    Kind { also: &["video/x-m4v"], ..kind("video/mp4", &["mp4", "m4v"], Treatment::Plain) },
    kind("video/webm", &["webm"], Treatment::Plain),
    kind("video/quicktime", &["mov", "qt"], Treatment::Plain),
    Kind { also: &["audio/mp3"], ..kind("audio/mpeg", &["mp3"], Treatment::Plain) },
    Kind { also: &["audio/mp4", "audio/x-m4a"], ..kind("audio/m4a", &["m4a"], Treatment::Plain) },
    Kind { also: &["video/ogg", "application/ogg"], ..kind("audio/ogg", &["ogg", "oga"], Treatment::Plain) },
    Kind { also: &["audio/opus"], ..kind("audio/opus", &["opus", "ogg"], Treatment::Plain) },
    Kind { also: &["audio/wav", "audio/wave"], ..kind("audio/x-wav", &["wav"], Treatment::Plain) },
];

/// Texts look alike: the ending says which of them it is. The first one stands for all others.
const TEXTS: [Kind; 3] = [
    Kind {
        also: &["text/markdown", "text/x-log", "text/x-markdown"],
        ..kind("text/plain", &["txt", "log", "md"], Treatment::Text)
    },
    Kind {
        also: &["text/plain", "application/vnd.ms-excel", "application/csv"],
        ..kind("text/csv", &["csv"], Treatment::Text)
    },
    Kind { also: &["text/plain", "text/json"], ..kind("application/json", &["json"], Treatment::Text) },
];

/// Judges the beginning of a file against its name and what its sender says it is.
pub(crate) fn judge(head: &[u8], name: &str, declared: Option<&str>) -> Result<Kind, Error> {
    let ending = name::ending(name);
    let kind = match infer::get(head) {
        Some(found) => TAKEN.into_iter().find(|kind| kind.is_called(found.mime_type())),
        None => text(head, ending.as_deref()),
    };
    let kind = kind.ok_or(Error::TypeRefused)?;
    let declared =
        declared.map(essence).filter(|word| word != "application/octet-stream" && !word.is_empty());
    let fits_name = ending.is_none_or(|ending| kind.endings.contains(&ending.as_str()));
    let fits_word = declared.is_none_or(|word| kind.is_called(&word));
    if fits_name && fits_word { Ok(kind) } else { Err(Error::TypeContradicted { found: kind.media_type }) }
}

impl Kind {
    fn is_called(&self, word: &str) -> bool {
        self.media_type == word || self.also.contains(&word)
    }

    /// The kind of what a picture became.
    pub(crate) fn of_picture(format: ImageFormat) -> Option<(&'static str, &'static str)> {
        let kind = TAKEN.into_iter().find(|kind| kind.treatment == Treatment::Picture(format))?;
        Some((kind.media_type, kind.endings.first()?))
    }
}

/// Text is UTF-8 without control characters, and no markup: what begins with `<` may be a page or a drawing that runs.
fn text(head: &[u8], ending: Option<&str>) -> Option<Kind> {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // A character may be cut in two where the head ends.
        Err(cut) if cut.error_len().is_none() => std::str::from_utf8(head.get(..cut.valid_up_to())?).ok()?,
        Err(_) => return None,
    };
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    if begins.starts_with('<') || begins.starts_with("#!") || !is_text(head) {
        return None;
    }
    let named = TEXTS.into_iter().find(|kind| ending.is_some_and(|ending| kind.endings.contains(&ending)));
    let [any, ..] = TEXTS;
    Some(named.unwrap_or(any))
}

/// Whether no byte is one that no text has.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    !bytes.iter().any(|byte| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31 | 127))
}

fn essence(declared: &str) -> String {
    declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    fn found(head: &[u8], name: &str, declared: Option<&str>) -> Result<&'static str, &'static str> {
        judge(head, name, declared).map(|kind| kind.media_type).map_err(|error| kernel::Fault::code(&error))
    }

    #[test]
    fn the_bytes_say_what_it_is() {
        assert_eq!(found(PNG, "a.png", Some("image/png")), Ok("image/png"));
        assert_eq!(found(PNG, "no ending", None), Ok("image/png"));
        assert_eq!(found(b"%PDF-1.7", "a.PDF", Some("application/octet-stream")), Ok("application/pdf"));
        assert_eq!(found(b"id,title\r\n", "a.csv", Some("application/vnd.ms-excel")), Ok("text/csv"));
        assert_eq!(found("नमस्ते".as_bytes(), "a.txt", Some("text/plain; charset=utf-8")), Ok("text/plain"));
        assert_eq!(found("a".repeat(9).as_bytes(), "a.md", Some("text/markdown")), Ok("text/plain"));
        assert_eq!(found(&"न".as_bytes()[..2], "a.txt", None), Ok("text/plain"), "cut in the middle");
    }

    #[test]
    fn a_contradiction_is_refused() {
        assert_eq!(found(PNG, "a.pdf", None), Err("file_type_contradicted"));
        assert_eq!(found(PNG, "a.png", Some("application/pdf")), Err("file_type_contradicted"));
        assert_eq!(found(b"just words", "a.png", Some("image/png")), Err("file_type_contradicted"));
        assert_eq!(found(b"just words", "a.exe", None), Err("file_type_contradicted"));
    }

    #[test]
    fn what_can_run_is_refused_whatever_it_is_called() {
        let evil: [&[u8]; 9] = [
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<?xml version=\"1.0\"?><svg/>",
            b"MZ\x90\0\x03\0\0\0",
            b"\x7fELF\x02\x01\x01\0",
            b"#!/bin/sh\nrm -rf /",
            b"\xca\xfe\xba\xbe\0\0\0\x34",
            b"\0\x01\x02\x03",
            b"\xff\xfe<\0s\0v\0g\0",
        ];
        for head in evil {
            for name in ["a.png", "a.txt", "a"] {
                assert_eq!(found(head, name, None), Err("file_type_refused"), "{head:?} as {name}");
            }
        }
    }
}
