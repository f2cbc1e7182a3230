use std::time::{Duration, Instant};

/// Never more, however quick the jobs are.
const MOST: usize = 2_048;
/// About how long jobs taken ahead may wait for a free handler.
const WAIT: Duration = Duration::from_millis(250);

/// How many jobs a worker takes ahead: many of quick ones, so that a claim is worth its while; few of slow ones, which
/// others could have in hand meanwhile.
#[derive(Debug)]
pub(super) struct Pace {
    least: usize,
    ahead: usize,
    /// When there last was as much to take as was asked for.
    filled: Option<Instant>,
}

impl Pace {
    /// Begins with the least.
    pub(super) const fn new(least: usize) -> Self {
        Self { least, ahead: least, filled: None }
    }

    /// How many to take with so many in hand. None before half of them are done: small claims cost as much as large.
    pub(super) const fn room(&self, held: usize) -> usize {
        if held > self.ahead / 2 { 0 } else { self.ahead - held }
    }

    /// How many one organization may have in hand.
    pub(super) const fn ahead(&self) -> usize {
        self.ahead
    }

    /// There was as much to take as was asked for, at this moment.
    pub(super) fn filled(&mut self, now: Instant) {
        let took = self.filled.replace(now).map(|before| now - before);
        match took {
            Some(took) if took < WAIT / 2 => self.ahead = MOST.min(self.ahead * 2),
            Some(took) if took > WAIT => self.ahead = self.least.max(self.ahead / 2),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_jobs_are_taken_further_ahead_and_slow_ones_not() {
        let (mut pace, mut now) = (Pace::new(32), Instant::now());
        for _ in 0..20 {
            now += Duration::from_millis(10);
            pace.filled(now);
        }
        assert_eq!(pace.ahead(), MOST);
        for _ in 0..20 {
            now += Duration::from_secs(1);
            pace.filled(now);
        }
        assert_eq!(pace.ahead(), 32);
    }

    #[test]
    fn nothing_is_taken_before_half_is_done() {
        let pace = Pace::new(32);
        assert_eq!([0, 16, 17, 32, 99].map(|held| pace.room(held)), [32, 16, 0, 0, 0]);
    }
}
