//! Texts that let somebody in: random ones of which we keep a hash, and mailed ones that can be written again.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{EmailAddress, Env, Locale, Secret, TokenId};
use platform::Keyring;
use sha2::{Digest, Sha256};

/// 256 random bits; the text is handed out once, the hash is kept.
#[derive(Clone)]
pub(crate) struct Opaque([u8; 32]);

impl Opaque {
    /// A new one.
    pub(crate) fn random(env: &Env) -> Self {
        Self(env.bytes())
    }

    /// One that was derived.
    pub(crate) const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads what a client sent; anything else than 32 bytes in base64url is none of ours.
    pub(crate) fn parse(text: &Secret) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.expose()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// The text to hand out.
    pub(crate) fn text(&self) -> Secret {
        Secret::new(URL_SAFE_NO_PAD.encode(self.0))
    }

    /// What is kept. 256 random bits need no slow hash.
    pub(crate) fn hash(&self) -> Vec<u8> {
        sha256(&self.0)
    }

    /// The bytes, for derivation.
    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// What a mailed link is for; a token of one purpose is none of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    VerifyEmail,
    ResetPassword,
    ChangeEmail,
}

impl Purpose {
    /// The stored name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
            Self::ChangeEmail => "change_email",
        }
    }
}

/// `<id>.<keyed hash>`: whoever has the row and the key can write it again, so no ledger holds it in plain.
pub(crate) struct Mailed {
    pub(crate) id: TokenId,
    tag: [u8; 32],
}

impl Mailed {
    /// Writes the token of a row.
    pub(crate) fn of(keys: &Keyring, purpose: Purpose, id: TokenId, nonce: &[u8]) -> Self {
        let tag = keys.mac("mail", &[purpose.name().as_bytes(), id.uuid().as_bytes(), nonce]);
        Self { id, tag }
    }

    /// Reads what came back from a mailbox.
    pub(crate) fn parse(text: &Secret) -> Option<Self> {
        let (id, tag) = text.expose().split_once('.')?;
        let tag = URL_SAFE_NO_PAD.decode(tag).ok()?.try_into().ok()?;
        Some(Self { id: id.parse().ok()?, tag })
    }

    /// The text for the link.
    pub(crate) fn text(&self) -> Secret {
        Secret::new(format!("{}.{}", self.id, URL_SAFE_NO_PAD.encode(self.tag)))
    }

    /// What is kept.
    pub(crate) fn hash(&self) -> Vec<u8> {
        sha256(&self.tag)
    }

    /// Whether it is the one that was kept.
    pub(crate) fn matches(&self, kept: &[u8]) -> bool {
        verify_slices_are_equal(&self.hash(), kept).is_ok()
    }
}

/// What a mail with a link has to say; the link itself is put together by whoever writes the mail.
#[derive(Clone, Debug)]
pub struct Letter {
    pub to: EmailAddress,
    pub name: String,
    pub locale: Locale,
    pub token: Secret,
}

/// Which mailed token a letter carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailedToken {
    SignUp(TokenId),
    PasswordReset(TokenId),
    EmailChange(TokenId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailed_token_can_be_written_again_and_belongs_to_its_purpose_and_row() {
        let keys = Keyring::from_secret(&"11".repeat(32)).expect("valid");
        let id = TokenId::from_uuid(uuid::Uuid::from_u128(7));
        let token = Mailed::of(&keys, Purpose::VerifyEmail, id, b"nonce");
        let read = Mailed::parse(&token.text()).expect("ours");
        assert_eq!(read.id, id);
        assert!(read.matches(&token.hash()));
        assert!(Mailed::of(&keys, Purpose::VerifyEmail, id, b"nonce").matches(&token.hash()));
        assert!(!Mailed::of(&keys, Purpose::ResetPassword, id, b"nonce").matches(&token.hash()));
        assert!(!Mailed::of(&keys, Purpose::VerifyEmail, id, b"other").matches(&token.hash()));
    }

    #[test]
    fn texts_that_are_no_tokens_are_not_read() {
        for text in ["", ".", "x.y", "00000000-0000-0000-0000-000000000007", "a.b.c", "\u{0}"] {
            assert!(Mailed::parse(&Secret::new(text)).is_none(), "{text}");
            assert!(Opaque::parse(&Secret::new(text)).is_none(), "{text}");
        }
        let opaque = Opaque::random(&Env::system());
        assert_eq!(Opaque::parse(&opaque.text()).expect("ours").hash(), opaque.hash());
    }
}
