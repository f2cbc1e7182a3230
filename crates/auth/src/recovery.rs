use kernel::{Env, Secret, UserId};
use platform::Keyring;

/// How many somebody gets.
const SET: usize = 10;
/// Characters between two dashes.
const GROUP: usize = 4;

/// A code for the day the authenticator is lost: 120 bits, used once.
pub(crate) struct RecoveryCode(String);

impl RecoveryCode {
    /// A new set; it takes the place of the old one.
    pub(crate) fn set(env: &Env) -> Vec<Self> {
        (0..SET).map(|_| Self(totp_rs::Secret::from(env.bytes::<15>()).to_base32())).collect()
    }

    /// Reads what somebody typed off a sheet: case, blanks and dashes do not matter, nor letters that look like
    /// digits.
    pub(crate) fn parse(text: &Secret) -> Self {
        let typed = text.expose().chars().filter(char::is_ascii_alphanumeric);
        let letter = |c: char| match c.to_ascii_uppercase() {
            '0' => 'O',
            '1' => 'I',
            '8' => 'B',
            other => other,
        };
        Self(typed.map(letter).collect())
    }

    /// How it is shown.
    pub(crate) fn text(&self) -> Secret {
        let letters: Vec<char> = self.0.chars().collect();
        let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
        Secret::new(groups.join("-"))
    }

    /// What is kept: worthless without the master key.
    pub(crate) fn hash(&self, keys: &Keyring, user: UserId) -> Vec<u8> {
        keys.mac("recovery-code", &[user.uuid().as_bytes(), self.0.as_bytes()]).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use uuid::Uuid;

    use super::*;

    #[test]
    fn ten_codes_that_differ_and_read_back_however_they_are_typed() {
        let keys = Keyring::from_secret(&"11".repeat(32)).expect("valid");
        let (asha, bina) = (UserId::from_uuid(Uuid::from_u128(1)), UserId::from_uuid(Uuid::from_u128(2)));
        let codes = RecoveryCode::set(&Env::system());
        let texts: HashSet<_> = codes.iter().map(|code| code.text().expose().to_owned()).collect();
        assert_eq!(texts.len(), 10);
        for code in &codes {
            let text = code.text().expose().to_owned();
            assert_eq!(text.len(), 29, "{text}");
            let sloppy = text.to_lowercase().replace('-', " ").replace('o', "0").replace('i', "1");
            let read = RecoveryCode::parse(&Secret::new(sloppy));
            assert_eq!(read.hash(&keys, asha), code.hash(&keys, asha));
            assert_ne!(read.hash(&keys, asha), code.hash(&keys, bina), "a code is one person's");
        }
    }
}
