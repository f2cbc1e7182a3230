use std::fmt;

use serde::{Deserialize, Serialize};

use crate::FieldFault;

/// An e-mail address, lowercase: two spellings that differ in case are one person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Accepts what mail servers of today accept: dot-atom local part, host name with a dot or `localhost`,
    /// at most 254 octets (RFC 5321), ASCII only.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        let text = text.trim().to_lowercase();
        let valid = text.len() <= 254
            && text.split_once('@').is_some_and(|(local, host)| is_local_part(local) && is_host(host));
        if valid {
            return Ok(Self(text));
        }
        Err(FieldFault::new(field, "invalid_email", "must be an e-mail address such as `name@example.com`"))
    }

    /// Wraps an address that was parsed when it was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, host)| host)
    }
}

fn is_local_part(local: &str) -> bool {
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
    (1..=64).contains(&local.len()) && local.split('.').all(|part| !part.is_empty() && part.chars().all(atom))
}

fn is_host(host: &str) -> bool {
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    (host.contains('.') || host == "localhost") && host.split('.').all(label)
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_judged() {
        for good in ["a@b.co", " Asha.Rai+x@Example.COM ", "o'neil@localhost"] {
            assert!(EmailAddress::parse("email", good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "a b@c.de",
            "a@-b.de",
            ".a@b.de",
            "a@b..de",
            "x\r\nBcc: v@evil.np",
            "a@b.de,c@d.ef",
        ] {
            assert!(EmailAddress::parse("email", bad).is_err(), "{bad}");
        }
    }
}
