use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::thread;

use super::*;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn keyring() -> Keyring {
    Keyring::from_secret(KEY).expect("a valid key")
}

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let name = Env::system().id::<uuid::Uuid>();
        Self(std::env::temp_dir().join(format!("mero-keys-{name}")))
    }

    fn key(&self) -> PathBuf {
        self.0.join("data/secret.key")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the test made this folder");
    }
}

#[test]
fn a_key_may_be_written_in_four_ways() {
    let hexadecimal = "000102030405060708090A0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    let same = keyring().derive("x");
    for text in [hexadecimal, KEY, KEY.trim_end_matches('='), &format!(" {KEY}\n")] {
        assert_eq!(Keyring::from_secret(text).expect(text).derive("x"), same);
    }
    let standard = Keyring::from_secret("//////////////////////////////////////////8=").expect("valid");
    let url_safe = Keyring::from_secret("__________________________________________8").expect("valid");
    assert_eq!(standard.derive("x"), url_safe.derive("x"));
    for text in ["", "AAAA", &KEY[1..], &hexadecimal[2..], &"zz".repeat(32)] {
        assert!(matches!(Keyring::from_secret(text), Err(KeyError::Malformed)), "{text}");
    }
}

#[test]
fn every_purpose_has_a_key_of_its_own() {
    let keys = keyring();
    assert_ne!(keys.derive("mail"), keys.derive("cursor"));
    assert_eq!(keys.derive("mail"), keys.derive("mail"));
    assert_ne!(keys.derive("mail"), keys.expand("mac", "mail"));
    let other = Keyring::from_secret(&"11".repeat(32)).expect("valid");
    assert_ne!(keys.derive("mail"), other.derive("mail"));
    assert_ne!(keys.fingerprint(), other.fingerprint());
}

#[test]
fn derivation_is_the_published_hkdf_and_never_changes() {
    // Worked out with an independent implementation of RFC 5869; another value would orphan every database.
    assert_eq!(
        hex::encode(keyring().derive("mail")),
        "93a1ad630c1a7a25d14703927bd3c07d50a93b747de5e2b57754c403159f8fba"
    );
    assert_eq!(
        hex::encode(keyring().mac("mail", &[b"reset", b"42"])),
        "4a884ac1a63a680c4f2d65aa4b331d532680f5e076d720b6db6f08600272279d"
    );
}

#[test]
fn a_keyed_hash_covers_purpose_parts_and_their_borders() {
    let keys = keyring();
    let tag = keys.mac("mail", &[b"reset", b"42"]);
    assert!(keys.verify_mac("mail", &[b"reset", b"42"], &tag));
    assert!(!keys.verify_mac("cursor", &[b"reset", b"42"], &tag));
    assert!(!keys.verify_mac("mail", &[b"reset4", b"2"], &tag));
    assert!(!keys.verify_mac("mail", &[b"reset42"], &tag));
    assert!(!keys.verify_mac("mail", &[b"reset", b"42"], &tag[..31]));
    assert!(!keys.verify_mac("mail", &[b"reset", b"42"], &[]));
}

#[test]
fn what_is_sealed_opens_only_with_its_purpose_and_place() {
    let (keys, env) = (keyring(), Env::system());
    let sealed = keys.seal("totp", &env, b"seed", b"user 1");
    assert_eq!(keys.open("totp", &sealed, b"user 1").expect("opens"), b"seed");
    assert_ne!(sealed, keys.seal("totp", &env, b"seed", b"user 1"), "each time another nonce");
    let other = Keyring::from_secret(&"11".repeat(32)).expect("valid");
    for opened in [
        keys.open("signing", &sealed, b"user 1"),
        keys.open("totp", &sealed, b"user 2"),
        other.open("totp", &sealed, b"user 1"),
        keys.open("totp", &sealed[..12], b"user 1"),
        keys.open("totp", b"", b"user 1"),
    ] {
        assert!(matches!(opened, Err(KeyError::Unsealable)));
    }
}

#[test]
fn a_changed_byte_anywhere_is_noticed() {
    let keys = keyring();
    let sealed = keys.seal("totp", &Env::system(), b"seed", b"");
    for index in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[index] ^= 1;
        assert!(keys.open("totp", &changed, b"").is_err(), "byte {index}");
    }
}

#[test]
fn the_key_file_is_made_once_and_for_its_owner_alone() {
    let (folder, env) = (Folder::new(), Env::system());
    let first = Keyring::load_or_create(&folder.key(), &env).expect("made");
    let second = Keyring::load_or_create(&folder.key(), &env).expect("read");
    assert_eq!(first.fingerprint(), second.fingerprint());
    let mode = |path: &Path| fs::metadata(path).expect("exists").permissions().mode() & 0o777;
    assert_eq!(mode(&folder.key()), 0o600);
    assert_eq!(mode(&folder.0.join("data")), 0o700);
    let text = fs::read_to_string(folder.key()).expect("text");
    assert_eq!(Keyring::from_secret(&text).expect("a variable").fingerprint(), first.fingerprint());
    assert_eq!(fs::read_dir(folder.0.join("data")).expect("a folder").count(), 1, "no draft stays behind");
}

#[test]
fn sixteen_first_starts_at_once_agree_on_one_key() {
    let (folder, env) = (Folder::new(), Env::system());
    let starts: Vec<_> = (0..16)
        .map(|_| {
            let (path, env) = (folder.key(), env.clone());
            thread::spawn(move || Keyring::load_or_create(&path, &env).map(|keys| keys.fingerprint()))
        })
        .collect();
    let mut keys: Vec<_> =
        starts.into_iter().map(|start| start.join().expect("no panic").expect("a key")).collect();
    keys.dedup();
    assert_eq!(keys.len(), 1);
}

#[test]
fn a_key_file_that_others_may_read_is_refused() {
    let (folder, env) = (Folder::new(), Env::system());
    Keyring::load_or_create(&folder.key(), &env).expect("made");
    for mode in [0o640, 0o604] {
        fs::set_permissions(folder.key(), Permissions::from_mode(mode)).expect("ours");
        let refused = Keyring::load_or_create(&folder.key(), &env).expect_err("exposed");
        assert!(matches!(refused, KeyError::Exposed { .. }), "{refused}");
        assert!(refused.to_string().contains("chmod 600"));
    }
}

#[test]
fn a_broken_key_file_is_refused_and_kept() {
    let (folder, env) = (Folder::new(), Env::system());
    Keyring::load_or_create(&folder.key(), &env).expect("made");
    fs::write(folder.key(), "half a key").expect("ours");
    assert!(matches!(Keyring::load_or_create(&folder.key(), &env), Err(KeyError::Malformed)));
    assert_eq!(fs::read_to_string(folder.key()).expect("still there"), "half a key");
}

#[test]
fn a_keyring_does_not_show_itself() {
    assert_eq!(format!("{:?}", keyring()), "Keyring(***)");
}
