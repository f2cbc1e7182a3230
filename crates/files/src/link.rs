use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{FileId, OrganizationId, Timestamp};
use platform::Keyring;
use uuid::Uuid;

use crate::{Error, Rendition};

/// How long a link lives at most, in seconds.
const LIFE: i64 = 300;

/// Links end at whole minutes, so that those made in the same minute are the same and a browser keeps what they open.
const STEP: i64 = 60;

const PURPOSE: &str = "files.link";

const VERSION: u8 = 1;

/// Opens a file without any other proof, for a while. It is a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    pub token: String,
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// What a link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) org: OrganizationId,
    pub(crate) file: FileId,
    pub(crate) rendition: Rendition,
    pub(crate) seconds_left: u64,
}

/// Makes a link: version, organization, file, rendition, end; behind them their keyed hash.
pub(crate) fn make(
    keyring: &Keyring,
    org: OrganizationId,
    file: FileId,
    rendition: Rendition,
    now: Timestamp,
) -> Link {
    let end = (now.timestamp() + LIFE) / STEP * STEP;
    let mut bytes = vec![VERSION];
    bytes.extend_from_slice(org.uuid().as_bytes());
    bytes.extend_from_slice(file.uuid().as_bytes());
    bytes.push(code(rendition));
    bytes.extend_from_slice(&end.to_be_bytes());
    let tag = keyring.mac(PURPOSE, &[&bytes]);
    bytes.extend_from_slice(&tag);
    let expires_at = Timestamp::from_timestamp(end, 0).unwrap_or(now);
    Link { token: URL_SAFE_NO_PAD.encode(bytes), expires_at }
}

/// Reads a link. One that was not made here is none.
pub(crate) fn open(keyring: &Keyring, token: &str, now: Timestamp) -> Result<Opened, Error> {
    let (opened, end) = read(keyring, token).ok_or(Error::NotFound)?;
    match u64::try_from(end - now.timestamp()) {
        Ok(seconds_left) if seconds_left > 0 => Ok(Opened { seconds_left, ..opened }),
        _ => Err(Error::LinkExpired),
    }
}

fn read(keyring: &Keyring, token: &str) -> Option<(Opened, i64)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (said, tag) = bytes.split_last_chunk::<32>()?;
    if !keyring.verify_mac(PURPOSE, &[said], tag) {
        return None;
    }
    let (version, rest) = said.split_first()?;
    let (org, rest) = rest.split_first_chunk::<16>()?;
    let (file, rest) = rest.split_first_chunk::<16>()?;
    let (rendition, rest) = rest.split_first()?;
    let end = i64::from_be_bytes(rest.try_into().ok()?);
    let rendition = ALL.into_iter().find(|one| code(*one) == *rendition)?;
    let (org, file) = (Uuid::from_bytes(*org).into(), Uuid::from_bytes(*file).into());
    (*version == VERSION).then_some((Opened { org, file, rendition, seconds_left: 0 }, end))
}

const ALL: [Rendition; 3] = [Rendition::Original, Rendition::Shown, Rendition::Thumbnail];

const fn code(rendition: Rendition) -> u8 {
    match rendition {
        Rendition::Original => 0,
        Rendition::Shown => 1,
        Rendition::Thumbnail => 2,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn keyring(digit: &str) -> Keyring {
        Keyring::from_secret(&digit.repeat(64)).expect("a key")
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_timestamp(1_768_467_600 + second, 0).expect("valid")
    }

    fn ids() -> (OrganizationId, FileId) {
        (Uuid::from_u128(7).into(), Uuid::from_u128(8).into())
    }

    #[test]
    fn a_link_opens_what_it_was_made_for_and_nothing_after_five_minutes() {
        let (org, file) = ids();
        for rendition in ALL {
            for second in [0, 1, 59] {
                let link = make(&keyring("a"), org, file, rendition, at(second));
                let opened = open(&keyring("a"), &link.token, at(second)).expect("opens");
                assert_eq!((opened.org, opened.file, opened.rendition), (org, file, rendition));
                assert!((240..=300).contains(&opened.seconds_left), "{}", opened.seconds_left);
                let late = open(&keyring("a"), &link.token, at(second) + TimeDelta::seconds(301));
                assert!(matches!(late, Err(Error::LinkExpired)));
            }
        }
    }

    #[test]
    fn a_link_with_any_other_byte_is_none() {
        let (org, file) = ids();
        let token = make(&keyring("a"), org, file, Rendition::Original, at(0)).token;
        let bytes = URL_SAFE_NO_PAD.decode(&token).expect("ours");
        for place in 0..bytes.len() {
            let mut other = bytes.clone();
            other[place] ^= 1;
            let opened = open(&keyring("a"), &URL_SAFE_NO_PAD.encode(other), at(0));
            assert!(matches!(opened, Err(Error::NotFound)), "byte {place}");
        }
        assert!(matches!(open(&keyring("b"), &token, at(0)), Err(Error::NotFound)), "another installation");
        for text in ["", "x", "....", &token[1..]] {
            assert!(matches!(open(&keyring("a"), text, at(0)), Err(Error::NotFound)), "{text}");
        }
    }
}
