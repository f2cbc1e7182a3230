//! Time-based one-time codes (RFC 6238): six digits, thirty seconds, SHA-1, as every authenticator knows them.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use kernel::{EmailAddress, Env, Secret, Timestamp, UserId};
use platform::Keyring;
use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::{Builder, Totp};

use crate::Error;
use crate::answer::Enrolment;

/// Under which purpose the keyring seals seeds.
const PURPOSE: &str = "totp";
const ISSUER: &str = "Mero Jugx";
/// Seconds a code stands.
const STEP: u64 = 30;
/// Pixels of the picture.
const PICTURE: u32 = 220;

/// The secret that an authenticator shares with us.
pub(crate) struct Seed(totp_rs::Secret);

impl Seed {
    /// 160 bits, as RFC 4226 advises.
    pub(crate) fn random(env: &Env) -> Self {
        Self(env.bytes::<20>().into())
    }

    /// What is kept; it opens for this person alone.
    pub(crate) fn seal(&self, keys: &Keyring, env: &Env, user: UserId) -> Vec<u8> {
        keys.seal(PURPOSE, env, self.0.as_ref(), user.uuid().as_bytes())
    }

    /// Opens what is kept.
    pub(crate) fn open(keys: &Keyring, user: UserId, sealed: &[u8]) -> Result<Self, Error> {
        Ok(Self(keys.open(PURPOSE, sealed, user.uuid().as_bytes())?.into()))
    }

    /// What an authenticator is fed with.
    pub(crate) fn enrolment(&self, email: &EmailAddress) -> Result<Enrolment, Error> {
        let uri = self.totp(email.as_str())?.to_url()?;
        let picture = QrCode::new(&uri)?.render::<svg::Color<'_>>().min_dimensions(PICTURE, PICTURE).build();
        Ok(Enrolment {
            secret: Secret::new(self.0.to_base32()),
            otpauth_uri: Secret::new(uri),
            qr_svg: Secret::new(picture),
        })
    }

    /// The code of a moment.
    pub(crate) fn code(&self, now: Timestamp) -> Result<Secret, Error> {
        Ok(Secret::new(self.totp("")?.generate(seconds(now)).to_string()))
    }

    /// Which step a code belongs to: the running one or the one before, because a code may be on its way when the
    /// step ends (RFC 6238 section 5.2). Later ones are refused.
    pub(crate) fn matching_step(&self, code: &Secret, now: Timestamp) -> Result<Option<i64>, Error> {
        let (totp, running) = (self.totp("")?, seconds(now) / STEP);
        let typed: String = code.expose().chars().filter(|c| !c.is_whitespace()).collect();
        let matches = |step: &u64| {
            let right = totp.generate(step * STEP).to_string();
            verify_slices_are_equal(right.as_bytes(), typed.as_bytes()).is_ok()
        };
        let found = [running, running.saturating_sub(1)].into_iter().find(matches);
        Ok(found.and_then(|step| i64::try_from(step).ok()))
    }

    fn totp(&self, account: &str) -> Result<Totp, Error> {
        let builder = Builder::new().with_secret(self.0.clone()).with_step_duration(STEP);
        Ok(builder.with_account_name(account).with_issuer(Some(ISSUER)).build()?)
    }
}

fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.timestamp()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp_millis(0).expect("valid") + TimeDelta::seconds(seconds)
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238 appendix B, the last six digits of the SHA-1 rows.
        let seed = Seed(b"12345678901234567890".to_vec().into());
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(seed.code(at(seconds)).expect("a code").expose(), code);
        }
    }

    #[test]
    fn the_running_step_and_the_one_before_count_and_no_other() {
        let seed = Seed(b"12345678901234567890".to_vec().into());
        let step = |seconds| {
            let code = seed.code(at(seconds)).expect("a code");
            seed.matching_step(&code, at(1_000_000_000)).expect("judged")
        };
        let running = 1_000_000_000 / 30;
        assert_eq!(step(1_000_000_000), Some(running));
        assert_eq!(step(1_000_000_000 - 30), Some(running - 1));
        assert_eq!(step(1_000_000_000 - 60), None);
        assert_eq!(step(1_000_000_000 + 30), None);
    }

    #[test]
    fn what_is_typed_may_have_blanks_and_nothing_else() {
        let seed = Seed(b"12345678901234567890".to_vec().into());
        let judge = |text: &str| seed.matching_step(&Secret::new(text), at(59)).expect("judged");
        assert_eq!(judge("287 082"), Some(1));
        for wrong in ["", "28708", "2870820", "+28708", "28708२"] {
            assert_eq!(judge(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_enrolment_names_issuer_and_account() {
        let email = EmailAddress::parse("email", "asha@example.com").expect("valid");
        let enrolment = Seed::random(&Env::system()).enrolment(&email).expect("made");
        let uri = enrolment.otpauth_uri.expose();
        assert!(uri.starts_with("otpauth://totp/Mero%20Jugx:asha%40example.com?"), "{uri}");
        assert!(uri.contains(enrolment.secret.expose()));
        assert!(enrolment.qr_svg.expose().contains("<svg"));
        assert_eq!(enrolment.secret.expose().len(), 32);
    }
}
