use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{InvitationId, Secret};
use platform::Keyring;
use sha2::{Digest, Sha256};

/// What the link in the mail carries: `<id>.<base64url(HMAC-SHA256(K_mail, "invitation" || id || nonce))>`. The row
/// holds the nonce and a hash, so the mail's job can work it out again, and a copy of the database alone cannot.
pub(crate) struct InvitationToken {
    pub(crate) id: InvitationId,
    mac: [u8; 32],
}

impl InvitationToken {
    pub(crate) fn mint(keyring: &Keyring, id: InvitationId, nonce: &[u8]) -> Self {
        let mac = keyring.mac("mail", &[b"invitation", id.uuid().as_bytes(), nonce]);
        Self { id, mac }
    }

    /// Reads a token; `None` if it is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (id, mac) = text.trim().split_once('.')?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        Some(Self { id: id.parse().ok()?, mac: mac.try_into().ok()? })
    }

    pub(crate) fn text(&self) -> Secret {
        Secret::new(format!("{}.{}", self.id, URL_SAFE_NO_PAD.encode(self.mac)))
    }

    /// What the row keeps. The keyed hash has 256 bits, so a plain hash of it tells nothing.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.mac).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(nonce: u8) -> InvitationToken {
        let keyring = Keyring::from_secret(&"11".repeat(32)).expect("a key");
        InvitationToken::mint(&keyring, uuid::Uuid::from_u128(7).into(), &[nonce; 32])
    }

    #[test]
    fn a_token_reads_back_and_follows_from_its_nonce() {
        let read = InvitationToken::parse(token(1).text().expose()).expect("a token");
        assert_eq!((read.id, read.hash()), (token(1).id, token(1).hash()));
        assert_ne!(token(1).hash(), token(2).hash());
    }

    #[test]
    fn what_is_no_token_is_not_read() {
        let whole = token(1).text().expose().to_owned();
        for text in ["", ".", "x.y", whole.split_once('.').expect("two parts").0, &whole[..whole.len() - 2]] {
            assert!(InvitationToken::parse(text).is_none(), "{text}");
        }
        assert!(InvitationToken::parse(&format!("{whole}{}", "A".repeat(100_000))).is_none());
    }
}
