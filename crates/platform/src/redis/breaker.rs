use std::time::{Duration, Instant};

const FAILURES: u32 = 5;
const REST: Duration = Duration::from_secs(1);

/// Stops asking after five failures in a row; from then on one caller a second tries.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: u32,
    next_try: Option<Instant>,
}

impl Breaker {
    pub(super) fn admits(&mut self, now: Instant) -> bool {
        match self.next_try {
            None => true,
            Some(next) if now < next => false,
            Some(_) => {
                self.next_try = Some(now + REST);
                true
            }
        }
    }

    pub(super) fn succeeded(&mut self) {
        *self = Self::default();
    }

    pub(super) fn failed(&mut self, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES {
            self.next_try = Some(now + REST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_in_a_row_and_not_four_stop_the_asking() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        for _ in 0..4 {
            breaker.failed(now);
        }
        assert!(breaker.admits(now));
        breaker.succeeded();
        for _ in 0..4 {
            breaker.failed(now);
        }
        assert!(breaker.admits(now), "a success in between starts the count anew");
        breaker.failed(now);
        assert!(!breaker.admits(now));
    }

    #[test]
    fn after_a_rest_one_caller_tries_and_its_success_opens_the_way() {
        let (mut breaker, start) = (Breaker::default(), Instant::now());
        for _ in 0..5 {
            breaker.failed(start);
        }
        let later = start + REST;
        assert!(breaker.admits(later));
        assert!(!breaker.admits(later), "the others wait for the first one's luck");
        breaker.failed(later);
        assert!(!breaker.admits(later));
        assert!(breaker.admits(later + REST));
        breaker.succeeded();
        assert!(breaker.admits(later + REST));
    }
}
