use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::KeyError;

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// 32 bytes as base64 of either alphabet, padded or not, or as 64 hexadecimal digits.
pub(crate) fn parse_key(text: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let text = text.trim();
    let decoded = if text.len() == 64 {
        hex::decode(text).ok()
    } else {
        STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
    };
    let bytes = Zeroizing::new(decoded.ok_or(KeyError::Malformed)?);
    match bytes.as_slice().try_into() {
        Ok(key) => Ok(Zeroizing::new(key)),
        Err(_) => Err(KeyError::Malformed),
    }
}

/// The form in which a key is kept in a file: one line that may be copied into a variable.
pub(super) fn write_key(key: &[u8; 32]) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(key) + "\n")
}
