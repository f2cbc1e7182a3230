use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::{constant_time, hkdf, hmac};
use kernel::Env;
use zeroize::Zeroizing;

mod file;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use text::parse_key;

/// The first byte of everything sealed: AES-256-GCM under a key derived from the master key.
const SEAL_VERSION: u8 = 1;

/// The master key of an installation, from which every other key is derived by its purpose.
///
/// Whoever has it can read TOTP seeds and signing keys in the database and can forge mailed links.
#[derive(Clone)]
pub struct Keyring {
    master: Arc<Zeroizing<[u8; 32]>>,
}

/// Why there is no key, or why it does not open something.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the secret key must be 32 bytes as base64 or as 64 hexadecimal digits")]
    Malformed,
    #[error("others may read the key file {path}; run `chmod 600` on it, and replace the key if they did")]
    Exposed { path: PathBuf },
    #[error("cannot use the key file {path}")]
    File { path: PathBuf, source: io::Error },
    #[error("this was not sealed with this key for this purpose, or was changed since")]
    Unsealable,
}

impl Keyring {
    /// From text: 32 bytes as base64 or as 64 hexadecimal digits.
    pub fn from_secret(text: &str) -> Result<Self, KeyError> {
        parse_key(text).map(Self::from_master)
    }

    /// From the key file; made with a fresh key if it is absent. Of several processes that start at once
    /// one makes it and all use it.
    pub fn load_or_create(path: &Path, env: &Env) -> Result<Self, KeyError> {
        file::load_or_create(path, env).map(Self::from_master)
    }

    fn from_master(master: Zeroizing<[u8; 32]>) -> Self {
        Self { master: Arc::new(master) }
    }

    /// A key for one purpose (HKDF-SHA256, RFC 5869). Two purposes never share a key.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        self.expand("derive", purpose)
    }

    /// Tells this key from another one without telling the key: safe to store and to show.
    pub fn fingerprint(&self) -> String {
        let [a, b, c, d, ..] = self.expand("fingerprint", "");
        hex::encode([a, b, c, d])
    }

    /// A keyed hash (HMAC-SHA256) over parts. Each part carries its length, so that moving bytes from one
    /// part to the next changes the hash.
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.expand("mac", purpose));
        let mut context = hmac::Context::with_key(&key);
        for part in parts {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        context.sign().as_ref().try_into().expect("SHA-256 makes 32 bytes")
    }

    /// Whether `tag` is the keyed hash of the parts, in time that does not depend on where they differ.
    pub fn verify_mac(&self, purpose: &str, parts: &[&[u8]], tag: &[u8]) -> bool {
        constant_time::verify_slices_are_equal(&self.mac(purpose, parts), tag).is_ok()
    }

    /// Encrypts (AES-256-GCM, random nonce). `aad` names the place it is for: the row's id, so that a
    /// sealed value moved to another row does not open.
    pub fn seal(&self, purpose: &str, env: &Env, plaintext: &[u8], aad: &[u8]) -> Vec<u8> {
        let nonce = env.bytes::<NONCE_LEN>();
        let mut sealed = plaintext.to_vec();
        self.sealing_key(purpose)
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), &mut sealed)
            .expect("a value in memory is shorter than the cipher's limit of 64 GiB");
        [&[SEAL_VERSION], nonce.as_slice(), &sealed].concat()
    }

    /// Decrypts what [`Keyring::seal`] made for the same purpose and place.
    pub fn open(&self, purpose: &str, sealed: &[u8], aad: &[u8]) -> Result<Vec<u8>, KeyError> {
        let (nonce, ciphertext) = split(sealed).ok_or(KeyError::Unsealable)?;
        let mut buffer = Zeroizing::new(ciphertext.to_vec());
        match self.sealing_key(purpose).open_in_place(nonce, Aad::from(aad), &mut buffer) {
            Ok(plaintext) => Ok(plaintext.to_vec()),
            Err(_) => Err(KeyError::Unsealable),
        }
    }

    fn sealing_key(&self, purpose: &str) -> LessSafeKey {
        let key = Zeroizing::new(self.expand("seal", purpose));
        LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_slice()).expect("AES-256 keys have 32 bytes"))
    }

    /// `usage` parts the keys of different algorithms that serve one purpose.
    fn expand(&self, usage: &str, purpose: &str) -> [u8; 32] {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"mero-jugx/1");
        let mut key = [0; 32];
        salt.extract(self.master.as_slice())
            .expand(&[usage.as_bytes(), b"/", purpose.as_bytes()], hkdf::HKDF_SHA256)
            .and_then(|output| output.fill(&mut key))
            .expect("one block of HKDF output is always to be had");
        key
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring(***)")
    }
}

fn split(sealed: &[u8]) -> Option<(Nonce, &[u8])> {
    let (&version, rest) = sealed.split_first()?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_LEN>()?;
    (version == SEAL_VERSION).then(|| (Nonce::assume_unique_for_key(*nonce), ciphertext))
}
