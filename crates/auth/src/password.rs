//! What a password must be, and how it is kept.

mod hasher;

use kernel::{EmailAddress, FieldFault, Secret};
use zxcvbn::matching::Match;
use zxcvbn::matching::patterns::MatchPattern;

pub use hasher::PasswordCost;
pub(crate) use hasher::{Hasher, Verdict};

/// Code points a password needs; NIST SP 800-63B-4 would have 15 where no second factor follows.
const SHORTEST: usize = 12;
/// The same for an account with a second factor.
const SHORTEST_WITH_TOTP: usize = 8;
/// Bytes, so that nobody makes us hash megabytes.
pub(crate) const LONGEST: usize = 256;
/// Beyond this many code points nothing is in a list of common passwords.
const LONGEST_LISTED: usize = 64;

/// What a password is judged against.
#[derive(Clone, Debug)]
pub(crate) struct Circumstances<'a> {
    pub(crate) email: &'a EmailAddress,
    /// Names of his organizations, which anybody would try first.
    pub(crate) organizations: &'a [String],
    pub(crate) second_factor: SecondFactorState,
}

/// Whether a second factor stands behind the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SecondFactorState {
    Absent,
    Enrolled,
}

/// A password that passed every rule.
#[derive(Clone, Debug)]
pub(crate) struct NewPassword {
    pub(crate) text: Secret,
    /// Long enough only because of the second factor.
    pub(crate) short: bool,
}

impl NewPassword {
    /// Judges a password: length, common lists, and what everybody knows of the person. No rule on its composition;
    /// every byte counts as typed.
    pub(crate) fn parse(
        field: &str,
        text: &Secret,
        circumstances: &Circumstances<'_>,
    ) -> Result<Self, FieldFault> {
        let password = text.expose();
        let shortest = match circumstances.second_factor {
            SecondFactorState::Absent => SHORTEST,
            SecondFactorState::Enrolled => SHORTEST_WITH_TOTP,
        };
        let length = password.chars().count();
        if length < shortest {
            let detail = format!("must have at least {shortest} characters");
            return Err(FieldFault::new(field, "too_short", detail));
        }
        if password.len() > LONGEST {
            let detail = format!("must have at most {LONGEST} bytes");
            return Err(FieldFault::new(field, "too_long", detail));
        }
        if is_personal(password, circumstances) {
            let detail = "must be more than the e-mail address or the name of the organization";
            return Err(FieldFault::new(field, "too_personal", detail));
        }
        if length <= LONGEST_LISTED && is_common(password) {
            return Err(FieldFault::new(field, "too_common", "must not be in a list of common passwords"));
        }
        Ok(Self { text: text.clone(), short: length < SHORTEST })
    }
}

/// Whether nothing but digits and signs is left once the words everybody knows are taken out.
fn is_personal(password: &str, circumstances: &Circumstances<'_>) -> bool {
    let mut rest = password.to_lowercase();
    let before = rest.len();
    for word in known_words(circumstances) {
        rest = rest.replace(&word, " ");
    }
    rest.len() != before && !rest.chars().any(char::is_alphabetic)
}

/// The longest first, so that a part does not spoil the whole.
fn known_words(circumstances: &Circumstances<'_>) -> Vec<String> {
    let mut texts = vec![circumstances.email.as_str().to_owned()];
    texts.extend(circumstances.organizations.iter().map(|name| name.to_lowercase()));
    let mut words: Vec<String> =
        texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).map(str::to_owned).collect();
    words.extend(texts);
    words.retain(|word| word.chars().count() >= 3);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// Whether a cracker would find it in his list: one word of a dictionary (reversed, in capitals or with digits for
/// letters too), the same word or letter again and again, a run of neighbouring keys, or a listed word with a run behind it.
fn is_common(password: &str) -> bool {
    let estimate = zxcvbn::zxcvbn(password, &[]);
    match estimate.sequence() {
        [only] => is_listed(only),
        [word, run] => is_word(word) && is_run(run) || is_run(word) && is_run(run),
        _ => false,
    }
}

fn is_listed(found: &Match) -> bool {
    match &found.pattern {
        MatchPattern::Repeat(repeat) => match repeat.base_matches.as_slice() {
            [base] => is_word(base) || is_run(base) || repeat.base_token.len() == 1,
            _ => false,
        },
        _ => is_word(found) || is_run(found),
    }
}

fn is_word(found: &Match) -> bool {
    matches!(found.pattern, MatchPattern::Dictionary(_))
}

fn is_run(found: &Match) -> bool {
    matches!(found.pattern, MatchPattern::Sequence(_) | MatchPattern::Spatial(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(password: &str, second_factor: SecondFactorState) -> Result<bool, &'static str> {
        let email = EmailAddress::parse("email", "asha.rai@himal-tea.example").expect("valid");
        let organizations = ["Himal Tea House".to_owned()];
        let circumstances = Circumstances { email: &email, organizations: &organizations, second_factor };
        NewPassword::parse("password", &Secret::new(password), &circumstances)
            .map(|password| password.short)
            .map_err(|fault| fault.code)
    }

    #[test]
    fn length_is_counted_in_code_points_and_bounded_in_bytes() {
        let absent = SecondFactorState::Absent;
        assert_eq!(judge("hk7#qLz9vTx", absent), Err("too_short"));
        assert_eq!(judge("hk7#qLz9vTxw", absent), Ok(false));
        assert_eq!(judge("नमस्तेनेपाल", absent), Err("too_short"));
        assert_eq!(judge(&"é".repeat(64), absent), Ok(false));
        assert_eq!(judge(&"é".repeat(128), absent), Ok(false));
        assert_eq!(judge(&"é".repeat(129), absent), Err("too_long"));
    }

    #[test]
    fn a_second_factor_allows_a_shorter_one_and_it_is_remembered() {
        let enrolled = SecondFactorState::Enrolled;
        assert_eq!(judge("hk7#qLz", enrolled), Err("too_short"));
        assert_eq!(judge("hk7#qLz9", enrolled), Ok(true));
        assert_eq!(judge("hk7#qLz9vTxw", enrolled), Ok(false));
    }

    #[test]
    fn listed_passwords_are_refused_however_they_are_dressed_up() {
        for listed in [
            "sonyericsson",
            "SonyEricsson",
            "nosscireynos",
            "qwertyuiop[]",
            "1qaz2wsx3edc",
            "unbelievable",
            "passwordpassword",
            "password1234",
            "abcdefghijkl",
            "123456789012",
            "aaaaaaaaaaaa",
        ] {
            assert_eq!(judge(listed, SecondFactorState::Absent), Err("too_common"), "{listed}");
        }
        for fine in ["correct horse battery", "Sup3r-Secret-Pass", "monsoon rain tonight", "kukur-biralo-42"]
        {
            assert_eq!(judge(fine, SecondFactorState::Absent), Ok(false), "{fine}");
        }
    }

    #[test]
    fn what_everybody_knows_of_a_person_is_no_password() {
        for known in ["asha.rai@himal-tea.example", "HimalTeaHouse2026", "himal tea house!", "asharai-himal1"]
        {
            assert_eq!(judge(known, SecondFactorState::Absent), Err("too_personal"), "{known}");
        }
        assert_eq!(judge("himal kukur biralo", SecondFactorState::Absent), Ok(false));
    }
}
