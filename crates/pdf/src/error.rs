use kernel::Currency;

/// Why a document cannot be printed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("all sums must be in {expected}, the currency of the total, but one is in {found}")]
    MixedCurrencies { expected: Currency, found: Currency },
    #[error("must be a colour such as `#0f766e`")]
    NoColour,
    #[error(
        "must be a PNG, JPEG or WebP image of at most {most_bytes} bytes and {most_pixels} pixels a side"
    )]
    NoLogo { most_bytes: usize, most_pixels: usize },
    /// The templates are at fault, or an image is broken inside; what Typst says.
    #[error("the document cannot be set: {0}")]
    Typesetting(String),
}
