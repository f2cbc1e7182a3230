use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

/// Chance that repeats itself: whatever it decides follows from the seed of the run.
#[derive(Debug)]
pub struct Dice {
    seed: u64,
    random: StdRng,
}

impl Dice {
    /// Dice of a run.
    pub fn new(seed: u64) -> Self {
        Self { seed, random: StdRng::seed_from_u64(seed) }
    }

    /// Dice that nobody foresees: for names, and for the seed of a run that was given none.
    pub fn unforeseen() -> Self {
        Self::new(rand::rng().next_u64())
    }

    /// What everything follows from.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// Dice of one of many tasks, which do not disturb each other's luck.
    pub fn of(&self, lane: u64) -> Self {
        Self::new(self.seed ^ (lane + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.random.next_u64() % (end.max(1) as u64)) as usize
    }

    /// Whether something of this probability, in percent, happens.
    pub fn percent(&mut self, probability: usize) -> bool {
        self.below(100) < probability
    }

    /// A time between the two.
    pub fn time(&mut self, least: Duration, most: Duration) -> Duration {
        let span = most.saturating_sub(least).as_millis() as usize;
        least + Duration::from_millis(self.below(span + 1) as u64)
    }

    /// An identifier.
    pub fn id(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.random.fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same() {
        let throws = |mut dice: Dice| (dice.below(1_000), dice.id(), dice.percent(50));
        assert_eq!(throws(Dice::new(7)), throws(Dice::new(7)));
        assert_eq!(throws(Dice::new(7).of(3)), throws(Dice::new(7).of(3)));
        assert_ne!(throws(Dice::new(7).of(3)), throws(Dice::new(7).of(4)));
    }

    #[test]
    fn times_stay_between_their_ends() {
        let mut dice = Dice::new(1);
        let (least, most) = (Duration::from_millis(500), Duration::from_millis(2_000));
        assert!((0..1_000).all(|_| (least..=most).contains(&dice.time(least, most))));
    }
}
