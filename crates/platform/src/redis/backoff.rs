use std::time::Duration;

use kernel::Env;

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(2);

/// Pauses between attempts to connect: each twice as long as the one before, up to a cap, and jittered so
/// that many processes do not come back in step.
pub(crate) struct Backoff {
    env: Env,
    next: Duration,
}

impl Backoff {
    pub(crate) fn new(env: Env) -> Self {
        Self { env, next: FIRST }
    }

    pub(crate) fn reset(&mut self) {
        self.next = FIRST;
    }

    pub(crate) async fn pause(&mut self) {
        tokio::time::sleep(self.step()).await;
    }

    fn step(&mut self) -> Duration {
        let pause = self.next.mul_f64(0.5 + self.env.fraction() / 2.0);
        self.next = (self.next * 2).min(LONGEST);
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_cap_and_begin_again_after_a_success() {
        let mut backoff = Backoff::new(Env::system());
        for expected in [50, 100, 200, 400, 800, 1600, 2000, 2000] {
            let expected = Duration::from_millis(expected);
            let pause = backoff.step();
            assert!(pause >= expected / 2 && pause <= expected, "{pause:?} of {expected:?}");
        }
        backoff.reset();
        assert!(backoff.step() <= FIRST);
    }
}
