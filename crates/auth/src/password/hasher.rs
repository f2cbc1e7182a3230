use std::sync::Arc;
use std::thread;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Env, Secret};
use tokio::sync::{Semaphore, TryAcquireError};
use tokio::task::spawn_blocking;

use super::LONGEST;
use crate::Error;

/// How many wait for a free core before the next is sent away.
const QUEUE: usize = 32;

/// How dear one guess is (Argon2id).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// In KiB.
    pub memory: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl Default for PasswordCost {
    /// 19 MiB, two passes: about 31 ms of a core.
    fn default() -> Self {
        Self { memory: 19 * 1024, passes: 2, lanes: 1 }
    }
}

impl PasswordCost {
    /// Next to nothing, for tests and demonstrations.
    pub const TINY: Self = Self { memory: 8, passes: 1, lanes: 1 };
}

/// Hashes and compares passwords, as many at once as there are cores, away from the threads that serve requests.
#[derive(Clone)]
pub(crate) struct Hasher {
    params: Params,
    env: Env,
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
    /// What the password of somebody unknown is compared with, so that he is not told apart by the time it takes.
    nobody: Arc<str>,
}

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Wrong,
    Right,
    /// Right, and kept at a cost that is no longer ours: here is the new hash.
    RightAndOutdated(String),
}

impl Verdict {
    pub(crate) fn is_right(&self) -> bool {
        *self != Self::Wrong
    }
}

impl Hasher {
    /// Takes the time of one hash.
    pub(crate) fn new(cost: PasswordCost, env: Env) -> Result<Self, password_hash::Error> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let params = Params::new(cost.memory, cost.passes, cost.lanes, None)?;
        let nobody = hash(&params, &env.bytes::<16>(), &env.bytes::<16>())?;
        Ok(Self {
            params,
            env,
            running: Arc::new(Semaphore::new(cores)),
            admitted: Arc::new(Semaphore::new(cores + QUEUE)),
            nobody: nobody.into(),
        })
    }

    /// The text to keep.
    pub(crate) async fn hash(&self, password: &Secret) -> Result<String, Error> {
        let (params, salt, password) = (self.params.clone(), self.env.bytes::<16>(), password.clone());
        let hashed = self.in_turn(move || hash(&params, password.expose().as_bytes(), &salt)).await?;
        Ok(hashed?)
    }

    /// Compares with what is kept. `None` takes the same time and is wrong.
    pub(crate) async fn verify(&self, password: &Secret, kept: Option<&str>) -> Result<Verdict, Error> {
        if password.expose().len() > LONGEST {
            return Ok(Verdict::Wrong);
        }
        let known = kept.is_some();
        let kept = kept.unwrap_or(&self.nobody).to_owned();
        let (params, salt, password) = (self.params.clone(), self.env.bytes::<16>(), password.clone());
        let verdict = self.in_turn(move || compare(&params, &password, &kept, &salt)).await??;
        Ok(if known { verdict } else { Verdict::Wrong })
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let admitted = match self.admitted.clone().try_acquire_owned() {
            Ok(permit) => permit,
            Err(TryAcquireError::NoPermits | TryAcquireError::Closed) => return Err(Error::Busy),
        };
        let Ok(turn) = self.running.clone().acquire_owned().await else {
            return Err(Error::Busy);
        };
        metrics::counter!("password_hashes_total").increment(1);
        // Both permits live until the work is done, even if nobody waits for it any longer.
        let work = move || {
            let result = work();
            drop((admitted, turn));
            result
        };
        Ok(spawn_blocking(work).await?)
    }
}

fn hash(params: &Params, password: &[u8], salt: &[u8]) -> Result<String, password_hash::Error> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    Ok(argon2.hash_password_with_salt(password, salt)?.to_string())
}

fn compare(
    params: &Params,
    password: &Secret,
    kept: &str,
    salt: &[u8],
) -> Result<Verdict, password_hash::Error> {
    let parsed = PasswordHash::new(kept)?;
    match Argon2::default().verify_password(password.expose().as_bytes(), &parsed) {
        Ok(()) => {}
        Err(password_hash::Error::PasswordInvalid) => return Ok(Verdict::Wrong),
        Err(error) => return Err(error),
    }
    let same = Params::try_from(&parsed).is_ok_and(|kept| {
        (kept.m_cost(), kept.t_cost(), kept.p_cost()) == (params.m_cost(), params.t_cost(), params.p_cost())
    });
    if same {
        return Ok(Verdict::Right);
    }
    Ok(Verdict::RightAndOutdated(hash(params, password.expose().as_bytes(), salt)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hasher(cost: PasswordCost) -> Hasher {
        Hasher::new(cost, Env::system()).expect("valid costs")
    }

    #[tokio::test]
    async fn a_password_counts_byte_by_byte() {
        let hasher = hasher(PasswordCost::TINY);
        let kept = hasher.hash(&Secret::new("Kukur-biralo-42")).await.expect("hashed");
        let verdict =
            async |text: &str| hasher.verify(&Secret::new(text), Some(&kept)).await.expect("compared");
        assert_eq!(verdict("Kukur-biralo-42").await, Verdict::Right);
        for other in ["kukur-biralo-42", "Kukur-biralo-4", "Kukur-biralo-42 ", ""] {
            assert_eq!(verdict(other).await, Verdict::Wrong, "{other}");
        }
    }

    #[tokio::test]
    async fn two_hashes_of_one_password_differ() {
        let hasher = hasher(PasswordCost::TINY);
        let one = hasher.hash(&Secret::new("Kukur-biralo-42")).await.expect("hashed");
        let two = hasher.hash(&Secret::new("Kukur-biralo-42")).await.expect("hashed");
        assert_ne!(one, two);
    }

    #[tokio::test]
    async fn nobodys_password_is_never_right_and_an_endless_one_is_not_hashed() {
        let hasher = hasher(PasswordCost::TINY);
        assert_eq!(hasher.verify(&Secret::new("x"), None).await.expect("compared"), Verdict::Wrong);
        let endless = Secret::new("x".repeat(LONGEST + 1));
        let kept = hasher.hash(&endless).await.expect("hashed");
        assert_eq!(hasher.verify(&endless, Some(&kept)).await.expect("compared"), Verdict::Wrong);
    }

    #[tokio::test]
    async fn another_cost_asks_for_a_new_hash() {
        let (cheap, dearer) =
            (hasher(PasswordCost::TINY), hasher(PasswordCost { passes: 2, ..PasswordCost::TINY }));
        let kept = cheap.hash(&Secret::new("x")).await.expect("hashed");
        let Verdict::RightAndOutdated(new) = dearer.verify(&Secret::new("x"), Some(&kept)).await.expect("ok")
        else {
            panic!("the cost differs")
        };
        assert_eq!(dearer.verify(&Secret::new("x"), Some(&new)).await.expect("ok"), Verdict::Right);
        assert_eq!(
            cheap.verify(&Secret::new("y"), Some(&new)).await.expect("ok"),
            Verdict::Wrong,
            "a wrong one asks for nothing"
        );
    }

    #[tokio::test]
    async fn more_than_the_queue_are_sent_away() {
        let hasher = hasher(PasswordCost::TINY);
        let all = hasher.admitted.available_permits();
        let held =
            hasher.admitted.clone().try_acquire_many_owned(u32::try_from(all).expect("few")).expect("free");
        assert!(matches!(hasher.hash(&Secret::new("x")).await, Err(Error::Busy)));
        drop(held);
        hasher.hash(&Secret::new("x")).await.expect("free again");
        assert_eq!(hasher.admitted.available_permits(), all);
    }
}
