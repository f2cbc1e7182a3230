//! How often somebody may try: counted in the database, so that no restart and no wiped cache forgets it.

use std::time::Duration;

use chrono::TimeDelta;
use kernel::Timestamp;

/// What a kind of try is held to. A try is counted before it is judged, so parallel ones cannot slip through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    /// What is counted; part of the key.
    pub(crate) purpose: &'static str,
    pub(crate) window: TimeDelta,
    /// Tries in a window.
    pub(crate) most: i64,
    /// From this many tries on each next one has to wait, twice as long each time, beginning with a second.
    pub(crate) slow_after: i64,
    /// How many times over the pause doubles for windows of one day that were used up. None where a stranger could
    /// use it to shut somebody out.
    pub(crate) doublings: i64,
    /// Tries in a day, then nothing until somebody unlocks it.
    pub(crate) most_in_a_day: Option<i64>,
}

/// Wrong passwords from one address of the network against one mail address.
pub(crate) const PASSWORD: Rule = Rule {
    purpose: "password",
    window: TimeDelta::minutes(15),
    most: 10,
    slow_after: 5,
    doublings: 0,
    most_in_a_day: None,
};

/// Wrong passwords against one mail address from anywhere: high enough that a stranger does not lock it by hand.
pub(crate) const PASSWORD_ANYWHERE: Rule = Rule {
    purpose: "password-anywhere",
    window: TimeDelta::minutes(15),
    most: 100,
    slow_after: 100,
    doublings: 0,
    most_in_a_day: None,
};

/// Wrong passwords of somebody who is signed in.
pub(crate) const PASSWORD_AGAIN: Rule = Rule { purpose: "password-again", ..PASSWORD };

/// Wrong one-time codes of a person, of whatever kind and wherever asked for.
pub(crate) const CODE: Rule = Rule {
    purpose: "code",
    window: TimeDelta::minutes(5),
    most: 5,
    slow_after: 5,
    doublings: 3,
    most_in_a_day: Some(50),
};

/// Mails that anybody may cause to be sent to an address; what is more is silently left out.
pub(crate) const MAIL: Rule = Rule {
    purpose: "mail",
    window: TimeDelta::minutes(15),
    most: 5,
    slow_after: 5,
    doublings: 0,
    most_in_a_day: None,
};

/// Where a count stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) tries: i64,
    pub(crate) window_started_at: Timestamp,
    pub(crate) blocked_until: Option<Timestamp>,
    /// How many windows of this day were used up.
    pub(crate) strikes: i64,
    pub(crate) day_tries: i64,
    pub(crate) day_started_at: Timestamp,
    pub(crate) locked_at: Option<Timestamp>,
}

/// No further try now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wait(pub(crate) Duration);

impl Tally {
    /// Nothing tried yet.
    pub(crate) const fn new(now: Timestamp) -> Self {
        Self {
            tries: 0,
            window_started_at: now,
            blocked_until: None,
            strikes: 0,
            day_tries: 0,
            day_started_at: now,
            locked_at: None,
        }
    }

    /// Counts a try, or says how long to wait.
    pub(crate) fn admit(mut self, rule: &Rule, now: Timestamp) -> Result<Self, Wait> {
        if self.locked_at.is_some() {
            return Err(Wait(Duration::from_hours(24)));
        }
        if let Some(until) = self.blocked_until.filter(|until| *until > now) {
            return Err(Wait((until - now).to_std().unwrap_or_default()));
        }
        self.begin_anew(rule, now);
        self.tries += 1;
        self.day_tries += 1;
        self.blocked_until = self.next_try_not_before(rule, now);
        if rule.most_in_a_day.is_some_and(|most| self.day_tries >= most) {
            self.locked_at = Some(now);
        }
        Ok(self)
    }

    fn begin_anew(&mut self, rule: &Rule, now: Timestamp) {
        if now >= self.day_started_at + TimeDelta::days(1) {
            (self.day_tries, self.strikes, self.day_started_at) = (0, 0, now);
        }
        if now >= self.window_started_at + rule.window {
            (self.tries, self.window_started_at) = (0, now);
        }
    }

    fn next_try_not_before(&mut self, rule: &Rule, now: Timestamp) -> Option<Timestamp> {
        if self.tries >= rule.most {
            // Each window used up in vain makes the next pause twice as long, up to a day.
            let pause = rule.window * doubled(self.strikes, rule.doublings);
            self.strikes += 1;
            return Some(now + pause.min(TimeDelta::days(1)));
        }
        let slow = self.tries - rule.slow_after;
        (slow >= 0).then(|| now + TimeDelta::seconds(1) * doubled(slow, 8))
    }
}

fn doubled(times: i64, most: i64) -> i32 {
    1 << times.clamp(0, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp_millis(1_768_467_600_000).expect("valid") + TimeDelta::seconds(seconds)
    }

    #[test]
    fn five_wrong_codes_close_the_window_and_each_further_window_costs_twice_the_pause() {
        let mut tally = Tally::new(at(0));
        for second in 0..5 {
            tally = tally.admit(&CODE, at(second)).expect("within the five");
        }
        assert_eq!(tally.admit(&CODE, at(5)), Err(Wait(Duration::from_secs(299))));
        let mut now = 304;
        for _ in 0..5 {
            tally = tally.admit(&CODE, at(now)).expect("a new window");
        }
        assert_eq!(tally.admit(&CODE, at(now)), Err(Wait(Duration::from_secs(600))));
        now += 600;
        assert!(tally.admit(&CODE, at(now)).is_ok());
    }

    #[test]
    fn fifty_wrong_codes_in_a_day_lock_until_somebody_unlocks() {
        let mut tally = Tally { day_tries: 49, ..Tally::new(at(0)) };
        tally = tally.admit(&CODE, at(1)).expect("the fiftieth");
        assert!(tally.locked_at.is_some());
        assert!(tally.admit(&CODE, at(100_000)).is_err(), "no day frees it");
    }

    #[test]
    fn passwords_slow_down_after_five_and_stop_after_ten() {
        let (mut tally, mut now) = (Tally::new(at(0)), 0);
        for _ in 0..5 {
            tally = tally.admit(&PASSWORD, at(now)).expect("free");
        }
        for delay in [1, 2, 4, 8, 16] {
            assert_eq!(tally.admit(&PASSWORD, at(now)), Err(Wait(Duration::from_secs(delay))));
            now += i64::try_from(delay).expect("small");
            tally = tally.admit(&PASSWORD, at(now)).expect("after the delay");
        }
        assert_eq!(tally.admit(&PASSWORD, at(now)), Err(Wait(Duration::from_mins(15))));
    }

    #[test]
    fn a_day_of_rest_forgets_the_strikes() {
        let tired = Tally { strikes: 6, day_tries: 30, ..Tally::new(at(0)) };
        let rested = tired.admit(&CODE, at(86_400)).expect("a new day");
        assert_eq!((rested.strikes, rested.day_tries, rested.tries), (0, 1, 1));
    }
}
