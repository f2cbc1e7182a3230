use std::fmt;

use kernel::{Env, FieldFault};

/// The short name in an organization's address, unique over the installation: 3 to 48 lowercase letters, digits and
/// inner hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(String);

const LONGEST: usize = 48;

/// Left for our own pages.
const RESERVED: [&str; 12] =
    ["admin", "api", "app", "auth", "docs", "help", "login", "new", "settings", "signup", "static", "www"];

impl Slug {
    /// Judges a slug that somebody chose.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        let text = text.trim();
        let shaped = (3..=LONGEST).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        if !shaped {
            return Err(FieldFault::new(
                field,
                "invalid_slug",
                "must have 3 to 48 lowercase letters, digits and hyphens, and neither begin nor end with a hyphen",
            ));
        }
        if RESERVED.contains(&text) {
            return Err(FieldFault::new(field, "reserved", "is reserved; choose another one"));
        }
        Ok(Self(text.to_owned()))
    }

    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What to try for an organization of this name, best first; the last ones are random, so one of them is free.
    pub(crate) fn candidates(env: &Env, name: &str) -> Vec<Self> {
        let stem = stem(name);
        let plain = Some(stem.clone()).filter(|stem| !RESERVED.contains(&stem.as_str()));
        let numbered = (2..=5).map(|n| format!("{stem}-{n}"));
        let random = (0..4).map(|_| format!("{stem}-{:08x}", u32::from_be_bytes(env.bytes())));
        plain.into_iter().chain(numbered).chain(random).map(Self).collect()
    }
}

/// The letters and digits of a name that fit a slug; `organization` if none do.
fn stem(name: &str) -> String {
    let mut words = Vec::new();
    for word in name.to_lowercase().split(|c: char| !c.is_ascii_alphanumeric()) {
        if !word.is_empty() {
            words.push(word.to_owned());
        }
    }
    let mut stem = words.join("-");
    stem.truncate(LONGEST - 10);
    let stem = stem.trim_end_matches('-');
    match stem.len() {
        0 => "organization".to_owned(),
        1 | 2 => format!("{stem}-organization"),
        _ => stem.to_owned(),
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_what_remains_of_a_name() {
        for (name, expected) in [
            ("Himal Traders Pvt. Ltd.", "himal-traders-pvt-ltd"),
            ("हिमाल ट्रेडर्स", "organization"),
            ("X", "x-organization"),
            ("Émile & Söhne", "mile-s-hne"),
            (&"long ".repeat(30), "long-long-long-long-long-long-long-lon"),
        ] {
            assert_eq!(stem(name), expected);
        }
    }

    #[test]
    fn every_candidate_is_a_slug_and_none_is_reserved() {
        let env = Env::system();
        for name in ["Admin", "A", "हिमाल", &"w".repeat(200), "Acme"] {
            for slug in Slug::candidates(&env, name) {
                assert!(Slug::parse("slug", slug.as_str()).is_ok(), "{slug}");
            }
        }
    }

    #[test]
    fn a_slug_cannot_be_mistaken_for_anything_else() {
        for bad in ["", "ab", "-abc", "abc-", "Abc", "a c", "a/c", "abcé", "api", &"a".repeat(49)] {
            assert!(Slug::parse("slug", bad).is_err(), "{bad}");
        }
        assert_eq!(Slug::parse("slug", " a-1 ").expect("fine").as_str(), "a-1");
    }
}
