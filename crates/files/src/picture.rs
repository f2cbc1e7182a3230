//! Pictures, drawn anew: what is hidden in a file beside its pixels is gone afterwards, where it was taken included.

use std::io::Cursor;

use image::codecs::gif::{GifDecoder, GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{
    AnimationDecoder, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, Rgba, RgbaImage,
};

use crate::Error;

/// Pixels of a picture, of all its frames together.
const MOST_PIXELS: u64 = 25_000_000;

const LONGEST_SIDE: u32 = 20_000;

/// The box that a thumbnail fits into.
const THUMBNAIL: u32 = 320;

/// The side of the square that shows a person.
const AVATAR: u32 = 256;

const QUALITY: u8 = 85;

/// A picture as it is kept.
#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) bytes: Vec<u8>,
    pub(crate) format: ImageFormat,
    pub(crate) pixels: (u32, u32),
    pub(crate) thumbnail: Option<Vec<u8>>,
}

/// Draws a picture anew, and a small one of it. Takes as much time as the pixels need: call it where that may block.
pub(crate) fn redraw(bytes: &[u8], format: ImageFormat) -> Result<Picture, Error> {
    if format == ImageFormat::Gif {
        return redraw_frames(bytes);
    }
    let image = read(bytes, format)?;
    let thumbnail = Some(thumbnail(&image)?);
    let (bytes, format) = encode(&image, format)?;
    Ok(Picture { bytes, format, pixels: (image.width(), image.height()), thumbnail })
}

/// The middle of a picture as a small square.
pub(crate) fn avatar(bytes: &[u8], format: ImageFormat) -> Result<Picture, Error> {
    let square = read(bytes, format)?.resize_to_fill(AVATAR, AVATAR, FilterType::Triangle);
    let (bytes, format) = encode(&square, format)?;
    Ok(Picture { bytes, format, pixels: (AVATAR, AVATAR), thumbnail: None })
}

/// The pixels, the right way up. The size is judged by the header, before anything is made of it.
fn read(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Error> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(judged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Error::ImageTooLarge);
    }
    let orientation = decoder.orientation().map_err(judged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(judged)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// In the format it came in; what came as WebP becomes PNG where it can be seen through, else JPEG.
fn encode(image: &DynamicImage, came: ImageFormat) -> Result<(Vec<u8>, ImageFormat), Error> {
    let is_clear = image.color().has_alpha();
    if came == ImageFormat::Jpeg || (came == ImageFormat::WebP && !is_clear) {
        return Ok((jpeg(&image.to_rgb8())?, ImageFormat::Jpeg));
    }
    let eight_bit = match is_clear {
        true => DynamicImage::ImageRgba8(image.to_rgba8()),
        false => DynamicImage::ImageRgb8(image.to_rgb8()),
    };
    let mut bytes = Cursor::new(Vec::new());
    eight_bit.write_to(&mut bytes, ImageFormat::Png).map_err(judged)?;
    Ok((bytes.into_inner(), ImageFormat::Png))
}

/// A small picture, on white where the large one can be seen through.
fn thumbnail(image: &DynamicImage) -> Result<Vec<u8>, Error> {
    let small = image.thumbnail(THUMBNAIL.min(image.width()), THUMBNAIL.min(image.height())).to_rgba8();
    let mut paper = RgbaImage::from_pixel(small.width(), small.height(), Rgba([u8::MAX; 4]));
    image::imageops::overlay(&mut paper, &small, 0, 0);
    jpeg(&DynamicImage::ImageRgba8(paper).to_rgb8())
}

fn jpeg(image: &RgbImage) -> Result<Vec<u8>, Error> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)).map_err(judged)?;
    Ok(bytes.into_inner())
}

/// Every frame of a moving picture, as long as all of them together are not too many pixels.
fn redraw_frames(bytes: &[u8]) -> Result<Picture, Error> {
    let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(judged)?;
    decoder.set_limits(limits()).map_err(judged)?;
    let (width, height) = decoder.dimensions();
    let each = u64::from(width) * u64::from(height);
    let (mut drawn, mut first, mut total) = (Vec::new(), None, 0);
    let mut encoder = GifEncoder::new_with_speed(&mut drawn, 30);
    encoder.set_repeat(Repeat::Infinite).map_err(judged)?;
    if each > MOST_PIXELS {
        return Err(Error::ImageTooLarge);
    }
    for frame in decoder.into_frames() {
        total += each;
        if total > MOST_PIXELS {
            return Err(Error::ImageTooLarge);
        }
        let frame = frame.map_err(judged)?;
        if first.is_none() {
            let still = DynamicImage::ImageRgba8(frame.buffer().clone());
            first = Some(thumbnail(&still)?);
        }
        encoder.encode_frame(frame).map_err(judged)?;
    }
    drop(encoder);
    Ok(Picture { bytes: drawn, format: ImageFormat::Gif, pixels: (width, height), thumbnail: first })
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(256 << 20);
    limits
}

fn judged(error: image::ImageError) -> Error {
    match error {
        image::ImageError::Limits(_) => Error::ImageTooLarge,
        other => Error::ImageUnreadable(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, image::Rgb([200, 30, 60])));
        image.write_to(&mut bytes, ImageFormat::Png).expect("drawn");
        bytes.into_inner()
    }

    #[test]
    fn what_hides_behind_a_picture_is_gone_afterwards() {
        let mut polyglot = png(40, 20);
        polyglot.extend_from_slice(b"<script>alert(1)</script>");
        let picture = redraw(&polyglot, ImageFormat::Png).expect("a picture");
        assert_eq!((picture.format, picture.pixels), (ImageFormat::Png, (40, 20)));
        assert!(!picture.bytes.windows(6).any(|six| six == b"script"));
        let small = image::load_from_memory(&picture.thumbnail.expect("a thumbnail")).expect("read");
        assert_eq!((small.width(), small.height()), (40, 20), "never larger than the picture");
    }

    #[test]
    fn a_thumbnail_fits_its_box_and_an_avatar_is_square() {
        let picture = redraw(&png(800, 200), ImageFormat::Png).expect("a picture");
        let small = image::load_from_memory(&picture.thumbnail.expect("a thumbnail")).expect("read");
        assert_eq!((small.width(), small.height()), (320, 80));
        assert_eq!(avatar(&png(800, 200), ImageFormat::Png).expect("an avatar").pixels, (256, 256));
    }

    #[test]
    fn a_picture_that_only_claims_to_be_huge_is_refused_by_its_header() {
        let mut bomb = png(1, 1);
        // Width and height of the header, and its checksum.
        bomb[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
        let sum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&sum.to_be_bytes());
        assert!(matches!(redraw(&bomb, ImageFormat::Png), Err(Error::ImageTooLarge)));
        let wide = png(10_000, 2_501);
        assert!(matches!(redraw(&wide, ImageFormat::Png), Err(Error::ImageTooLarge)));
    }

    #[test]
    fn html_that_is_called_a_picture_cannot_be_read() {
        let html = b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script>";
        assert!(matches!(redraw(html, ImageFormat::Png), Err(Error::ImageUnreadable(_))));
    }

    #[test]
    fn a_moving_picture_still_moves() {
        let mut bytes = Vec::new();
        {
            let mut encoder = GifEncoder::new(&mut bytes);
            for shade in [0, 255] {
                let still = RgbaImage::from_pixel(8, 8, Rgba([shade, 0, 0, 255]));
                encoder.encode_frame(image::Frame::new(still)).expect("a frame");
            }
        }
        let picture = redraw(&bytes, ImageFormat::Gif).expect("a picture");
        let frames = GifDecoder::new(Cursor::new(picture.bytes)).expect("read").into_frames().count();
        assert_eq!((frames, picture.pixels), (2, (8, 8)));
    }

    /// The checksum of PNG (CRC-32).
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 }
            })
        })
    }
}
