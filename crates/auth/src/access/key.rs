use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, EncodingKey};
use kernel::{Env, Timestamp};
use platform::{KeyError, Keyring};
use uuid::Uuid;

/// Under which purpose the keyring seals them.
const PURPOSE: &str = "signing-key";

/// The key that signs.
#[derive(Clone)]
pub(crate) struct SigningKey {
    pub(crate) id: Uuid,
    pub(crate) encoding: EncodingKey,
}

/// A key that tokens may have been signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyingKey {
    pub id: Uuid,
    /// The public key, 32 bytes.
    pub public: Vec<u8>,
    pub created_at: Timestamp,
    pub retired_at: Option<Timestamp>,
}

impl VerifyingKey {
    /// The member `x` of its JWK (RFC 8037).
    pub fn x(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.public)
    }

    pub(crate) fn decoding(&self) -> DecodingKey {
        DecodingKey::from_ed_der(&self.public)
    }
}

/// A new pair, ready for the store: the private half sealed with the master key, bound to its id.
pub(crate) struct FreshKey {
    pub(crate) id: Uuid,
    pub(crate) public: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
}

impl FreshKey {
    pub(crate) fn generate(env: &Env, keys: &Keyring) -> Self {
        let seed = env.bytes::<32>();
        let pair = pair_of(&seed);
        let id: Uuid = env.id();
        Self {
            id,
            public: pair.public_key().as_ref().to_vec(),
            sealed: keys.seal(PURPOSE, env, &seed, id.as_bytes()),
        }
    }
}

impl SigningKey {
    /// Opens what [`FreshKey`] sealed.
    pub(crate) fn open(keys: &Keyring, id: Uuid, sealed: &[u8]) -> Result<Self, KeyError> {
        let seed = keys.open(PURPOSE, sealed, id.as_bytes())?;
        let seed: [u8; 32] = match seed.try_into() {
            Ok(seed) => seed,
            Err(_) => return Err(KeyError::Unsealable),
        };
        let pkcs8 = pair_of(&seed).to_pkcs8v1().expect("a pair made from a seed has its private half");
        Ok(Self { id, encoding: EncodingKey::from_ed_der(pkcs8.as_ref()) })
    }
}

fn pair_of(seed: &[u8; 32]) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(seed).expect("any 32 bytes are a seed of Ed25519")
}
