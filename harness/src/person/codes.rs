use std::time::{Duration, SystemTime, UNIX_EPOCH};

use totp_rs::{Builder, Secret};

use crate::{Doing, Outcome};

/// Seconds that a code lives.
const STEP: u64 = 30;

/// A telephone that shows codes (RFC 6238). It never shows one twice, because no code is accepted twice.
#[derive(Clone, Debug)]
pub(super) struct Codes {
    secret: String,
    last_step: u64,
}

impl Codes {
    /// Of the secret that enrolment showed.
    pub(super) fn of(secret: &str) -> Outcome<Self> {
        Secret::try_from_base32(secret).map_err(|error| format!("the secret of codes: {error:?}"))?;
        Ok(Self { secret: secret.to_owned(), last_step: 0 })
    }

    /// The code of the step that ended just now, which is still accepted.
    pub(super) fn late(&mut self) -> Outcome<String> {
        self.show(now()? / STEP - 1)
    }

    /// A code that was not shown before; waits for the next step if need be.
    pub(super) async fn fresh(&mut self) -> Outcome<String> {
        while now()? / STEP <= self.last_step {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        self.show(now()? / STEP)
    }

    fn show(&mut self, step: u64) -> Outcome<String> {
        let secret = Secret::try_from_base32(&self.secret);
        let secret = secret.map_err(|error| format!("the secret of codes: {error:?}"))?;
        self.last_step = step;
        Ok(Builder::new().with_secret(secret).build_noncompliant().generate(step * STEP).to_string())
    }
}

fn now() -> Outcome<u64> {
    #[expect(clippy::disallowed_methods, reason = "a telephone has a clock of its own")]
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Ok(since.doing("the clock of this machine")?.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let mut codes = Codes::of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").expect("a secret");
        assert_eq!(codes.show(59 / STEP).expect("a code"), "287082");
        assert_eq!(codes.show(1_111_111_109 / STEP).expect("a code"), "081804");
    }

    #[tokio::test]
    async fn no_code_is_shown_twice() {
        let mut codes = Codes::of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").expect("a secret");
        let late = codes.late().expect("a code");
        assert_ne!(late, codes.fresh().await.expect("a code"));
    }
}
