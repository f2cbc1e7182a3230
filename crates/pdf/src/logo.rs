use crate::Error;

/// An image of the seller's: PNG, JPEG or WebP, judged by its bytes.
///
/// No SVG: that is a program of its own, with files and fonts of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    bytes: Vec<u8>,
    format: &'static str,
}

impl Logo {
    const MOST_BYTES: usize = 2 * 1024 * 1024;
    const MOST_PIXELS: usize = 4_096;

    /// Judges an image by its head; what is broken behind it shows when it is printed.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, Error> {
        let refused = Error::NoLogo { most_bytes: Self::MOST_BYTES, most_pixels: Self::MOST_PIXELS };
        let format = format(&bytes).filter(|_| bytes.len() <= Self::MOST_BYTES);
        let size = imagesize::blob_size(&bytes).ok();
        let size = size.filter(|size| (1..=Self::MOST_PIXELS).contains(&size.width));
        let size = size.filter(|size| (1..=Self::MOST_PIXELS).contains(&size.height));
        match (format, size) {
            (Some(format), Some(_)) => Ok(Self { bytes, format }),
            _ => Err(refused),
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// As Typst calls it.
    pub(crate) const fn format(&self) -> &'static str {
        self.format
    }
}

fn format(bytes: &[u8]) -> Option<&'static str> {
    match imagesize::image_type(bytes).ok()? {
        imagesize::ImageType::Png => Some("png"),
        imagesize::ImageType::Jpeg => Some("jpg"),
        imagesize::ImageType::Webp => Some("webp"),
        _ => None,
    }
}

/// Its length, not its bytes.
impl std::fmt::Debug for Logo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Logo({}, {} bytes)", self.format, self.bytes.len())
    }
}
