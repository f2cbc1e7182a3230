use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

#[cfg(debug_assertions)]
mod sabotage;

#[cfg(debug_assertions)]
pub use sabotage::is_sabotaged;

/// Whether this mechanism is broken on purpose; never in a build for production.
#[cfg(not(debug_assertions))]
pub const fn is_sabotaged(_: &str) -> bool {
    false
}

/// An instant in UTC, whole milliseconds.
pub type Timestamp = DateTime<Utc>;

/// Where time, ids and randomness come from; the only ambient state of the program.
#[derive(Clone)]
pub struct Env {
    clock: Clock,
    random: Arc<Mutex<StdRng>>,
}

#[derive(Clone)]
enum Clock {
    /// The local clock plus the measured offset to the database, in milliseconds.
    System { offset: Arc<AtomicI64> },
    /// Stands still until it is advanced; milliseconds since 1970.
    Frozen { at: Arc<AtomicI64> },
}

impl Env {
    /// The real world.
    pub fn system() -> Self {
        Self {
            clock: Clock::System { offset: Arc::new(AtomicI64::new(0)) },
            random: Arc::new(Mutex::new(StdRng::from_rng(&mut rand::rng()))),
        }
    }

    /// A world for tests: the clock stands at `at`, ids and tokens follow from `seed`.
    pub fn frozen(at: Timestamp, seed: u64) -> Self {
        Self {
            clock: Clock::Frozen { at: Arc::new(AtomicI64::new(at.timestamp_millis())) },
            random: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))),
        }
    }

    /// Now, in whole milliseconds.
    pub fn now(&self) -> Timestamp {
        let millis = match &self.clock {
            #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the local clock")]
            Clock::System { offset } => Utc::now().timestamp_millis() + offset.load(Ordering::Relaxed),
            Clock::Frozen { at } => at.load(Ordering::SeqCst),
        };
        DateTime::from_timestamp_millis(millis).expect("a clock between the years -262143 and 262142")
    }

    /// Sets by how much the database's clock is ahead of the local one. Without effect on a frozen clock.
    pub fn set_offset(&self, ahead: TimeDelta) {
        if let Clock::System { offset } = &self.clock {
            offset.store(ahead.num_milliseconds(), Ordering::Relaxed);
        }
    }

    /// The offset now in force.
    pub fn offset(&self) -> TimeDelta {
        match &self.clock {
            Clock::System { offset } => TimeDelta::milliseconds(offset.load(Ordering::Relaxed)),
            Clock::Frozen { .. } => TimeDelta::zero(),
        }
    }

    /// Moves a frozen clock forward. Without effect on the real one.
    pub fn advance(&self, by: TimeDelta) {
        if let Clock::Frozen { at } = &self.clock {
            at.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }

    /// A new UUIDv7 of whatever id type is asked for.
    pub fn id<T: From<Uuid>>(&self) -> T {
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or_default();
        T::from(uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes::<10>()).into_uuid())
    }

    /// Fresh random bytes, good enough for keys and tokens.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A random fraction in `0.0..1.0`, for jitter.
    pub fn fraction(&self) -> f64 {
        f64::from(u32::from_le_bytes(self.bytes())) / (f64::from(u32::MAX) + 1.0)
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Env").field("now", &self.now()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_world_repeats_itself_and_moves_only_when_told() {
        let at = DateTime::from_timestamp_millis(1_700_000_000_000).expect("valid");
        let (one, two) = (Env::frozen(at, 7), Env::frozen(at, 7));
        assert_eq!(one.id::<Uuid>(), two.id::<Uuid>());
        assert_eq!(one.now(), at);
        one.advance(TimeDelta::seconds(5));
        assert_eq!(one.now(), at + TimeDelta::seconds(5));
        assert_eq!(two.now(), at);
    }

    #[test]
    fn ids_sort_by_time() {
        let env = Env::frozen(DateTime::from_timestamp_millis(1_700_000_000_000).expect("valid"), 1);
        let earlier = env.id::<Uuid>();
        env.advance(TimeDelta::milliseconds(1));
        assert!(earlier < env.id::<Uuid>());
        assert_eq!(earlier.get_version_num(), 7);
    }
}
