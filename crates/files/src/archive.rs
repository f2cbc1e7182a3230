//! What an archive holds, by its own list: it is never unpacked here, but whoever opens it should not be buried.

use std::io::Cursor;

use zip::ZipArchive;

use crate::Error;

const MOST_ENTRIES: usize = 10_000;

/// Unpacked bytes for each packed one.
const MOST_RATIO: u64 = 100;

/// Endings of archives, in which bombs hide from whoever looks at the outermost one only.
const NESTED: [&str; 10] = ["zip", "7z", "rar", "gz", "tgz", "bz2", "xz", "zst", "tar", "jar"];

/// Judges the list of contents. Documents of an office hold others of their kind; plain archives do not.
pub(crate) fn judge(bytes: &[u8], is_document: bool) -> Result<(), Error> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Error::ArchiveRefused)?;
    if archive.len() > MOST_ENTRIES {
        return Err(Error::ArchiveRefused);
    }
    let mut unpacked = 0_u64;
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).map_err(|_| Error::ArchiveRefused)?;
        unpacked = unpacked.saturating_add(entry.size());
        let ending = crate::name::ending(entry.name()).unwrap_or_default();
        if !is_document && NESTED.contains(&ending.as_str()) {
            return Err(Error::ArchiveRefused);
        }
    }
    let packed = (bytes.len() as u64).max(1);
    if unpacked / packed > MOST_RATIO { Err(Error::ArchiveRefused) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            writer.start_file(*name, stored).expect("begun");
            writer.write_all(content).expect("written");
        }
        writer.finish().expect("ended").into_inner()
    }

    #[test]
    fn an_archive_in_an_archive_is_for_documents_alone() {
        let nested = archive(&[("inner.zip", b"PK"), ("a.txt", b"a")]);
        assert!(matches!(judge(&nested, false), Err(Error::ArchiveRefused)));
        judge(&nested, true).expect("a document");
        judge(&archive(&[("a.txt", b"a"), ("b/c.csv", b"1,2")]), false).expect("plain");
    }

    #[test]
    fn one_that_says_it_unpacks_to_far_more_is_refused() {
        let mut bomb = archive(&[("zeros", b"0")]);
        // The size in the list of contents, which stands 24 bytes into its entry.
        let list = bomb.windows(4).rposition(|four| four == b"PK\x01\x02").expect("a list");
        bomb[list + 24..list + 28].copy_from_slice(&u32::to_le_bytes(4_000_000_000));
        assert!(matches!(judge(&bomb, false), Err(Error::ArchiveRefused)));
        assert!(matches!(judge(b"PK\x03\x04 not at all", false), Err(Error::ArchiveRefused)));
    }
}
