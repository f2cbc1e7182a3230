use std::time::Duration;

use platform::{Limiter, NoLimits, Rate};
use tokio::task::JoinSet;

use crate::world::{eventually, worlds};

/// One unit in three minutes, so that none comes back while a test runs.
const FIVE: Rate = Rate::new("test", 5, Duration::from_secs(900));
const INTERVAL: Duration = Duration::from_secs(180);

#[tokio::test]
async fn the_burst_is_allowed_and_then_one_unit_per_interval() {
    for world in worlds().await {
        let limiter = world.limiter();
        for used in 1..=5 {
            let decision = limiter.check("a", FIVE, 1).await;
            assert!(decision.allowed);
            assert_eq!((decision.remaining, decision.retry_after), (5 - used, None));
            assert_about(decision.reset, INTERVAL * used);
        }
        let refused = limiter.check("a", FIVE, 1).await;
        assert!(!refused.allowed);
        assert_eq!(refused.remaining, 0);
        assert_about(refused.retry_after.expect("when to ask again"), INTERVAL);
        assert_about(refused.reset, INTERVAL * 5);
    }
}

/// `time`, less what has passed since.
fn assert_about(actual: Duration, time: Duration) {
    assert!(actual <= time && actual > time - Duration::from_secs(60), "{actual:?} is not about {time:?}");
}

#[tokio::test]
async fn keys_and_rates_do_not_share_what_is_left() {
    for world in worlds().await {
        let limiter = world.limiter();
        limiter.check("a", FIVE, 5).await;
        assert!(!limiter.check("a", FIVE, 1).await.allowed);
        assert_eq!(limiter.check("b", FIVE, 1).await.remaining, 4);
        let other = Rate { name: "other", ..FIVE };
        assert_eq!(limiter.check("a", other, 1).await.remaining, 4);
    }
}

#[tokio::test]
async fn a_refused_cost_takes_nothing_and_none_is_beyond_the_burst() {
    for world in worlds().await {
        let limiter = world.limiter();
        assert_eq!(limiter.check("a", FIVE, 3).await.remaining, 2);
        let refused = limiter.check("a", FIVE, 3).await;
        assert!(!refused.allowed);
        assert_about(refused.retry_after.expect("when to ask again"), INTERVAL);
        assert_eq!(limiter.check("a", FIVE, 2).await.remaining, 0);
        assert!(limiter.check("b", FIVE, 500).await.allowed);
        assert!(!limiter.check("b", FIVE, 1).await.allowed);
    }
}

#[tokio::test]
async fn asking_for_nothing_tells_what_is_left() {
    for world in worlds().await {
        let limiter = world.limiter();
        limiter.check("a", FIVE, 2).await;
        assert_eq!(limiter.check("a", FIVE, 0).await.remaining, 3);
        assert_eq!(limiter.check("a", FIVE, 0).await.remaining, 3);
        assert_eq!(limiter.check("new", FIVE, 0).await.remaining, 5);
    }
}

#[tokio::test]
async fn sixty_four_callers_at_once_get_the_burst_and_no_more() {
    for world in worlds().await {
        let limiter = world.limiter();
        let mut callers = JoinSet::new();
        for _ in 0..64 {
            let limiter = limiter.clone();
            callers.spawn(async move { limiter.check("a", FIVE, 1).await.allowed });
        }
        let allowed = callers.join_all().await.into_iter().filter(|allowed| *allowed).count();
        assert_eq!(allowed, 5);
    }
}

#[tokio::test]
async fn units_come_back_with_time_and_then_nothing_is_kept() {
    let rate = Rate::new("quick", 2, Duration::from_millis(400));
    for world in worlds().await {
        let limiter = world.limiter();
        limiter.check("a", rate, 2).await;
        eventually("a unit is back", async || limiter.check("a", rate, 1).await.allowed).await;
        if let Some(shared) = world.shared() {
            let mut connection = shared.connect().await;
            let mut exists = redis::cmd("EXISTS");
            exists.arg(shared.key("limit:quick:a"));
            while exists.query_async(&mut connection).await.expect("a truth value") {
                tokio::task::yield_now().await;
            }
        }
    }
}

#[tokio::test]
async fn while_the_server_is_away_each_process_counts_for_itself() {
    for world in worlds().await {
        let limiter = world.limiter();
        world.cut();
        for _ in 0..5 {
            assert!(limiter.check("a", FIVE, 1).await.allowed);
        }
        assert!(!limiter.check("a", FIVE, 1).await.allowed);
    }
}

#[tokio::test]
async fn no_limits_allow_everything() {
    for _ in 0..100 {
        let decision = NoLimits.check("a", FIVE, 5).await;
        assert!(decision.allowed);
        assert_eq!(decision.remaining, 5);
    }
}
