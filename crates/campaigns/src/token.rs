//! What the links in mails hold: whom they speak of, and the proof that we wrote them.

use kernel::{RecipientId, Secret};
use platform::Keyring;
use uuid::Uuid;

const PURPOSE: &str = "campaign-unsubscribe";

pub(crate) fn of(keyring: &Keyring, recipient: RecipientId) -> Secret {
    let id = recipient.uuid();
    let proof = keyring.mac(PURPOSE, &[id.as_bytes()]);
    Secret::new(format!("{}{}", id.simple(), hex::encode(proof)))
}

pub(crate) fn read(keyring: &Keyring, token: &Secret) -> Option<RecipientId> {
    let (id, proof) = token.expose().split_at_checked(32)?;
    let (id, proof) = (Uuid::try_parse(id).ok()?, hex::decode(proof).ok()?);
    keyring.verify_mac(PURPOSE, &[id.as_bytes()], &proof).then(|| id.into())
}
