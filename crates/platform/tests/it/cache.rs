use std::time::{Duration, Instant};

use crate::world::{eventually, worlds};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn what_was_put_is_got_until_it_is_replaced_or_forgotten() {
    for world in worlds().await {
        let cache = world.cache();
        assert_eq!(cache.get("a").await, None);
        cache.put("a", &[0, 159, 255], MINUTE).await;
        cache.put("b", b"", MINUTE).await;
        assert_eq!(cache.get("a").await, Some(vec![0, 159, 255]));
        assert_eq!(cache.get("b").await, Some(Vec::new()));
        cache.put("a", b"new", MINUTE).await;
        assert_eq!(cache.get("a").await, Some(b"new".to_vec()));
        cache.forget("a").await;
        cache.forget("never there").await;
        assert_eq!(cache.get("a").await, None);
        assert_eq!(cache.get("b").await, Some(Vec::new()));
    }
}

#[tokio::test]
async fn an_entry_ends_with_its_time() {
    for world in worlds().await {
        let cache = world.cache();
        cache.put("a", b"1", Duration::from_millis(200)).await;
        assert_eq!(cache.get("a").await, Some(b"1".to_vec()));
        eventually("the entry is over", async || cache.get("a").await.is_none()).await;
    }
}

#[tokio::test]
async fn no_time_at_all_replaces_a_value_by_nothing() {
    for world in worlds().await {
        let cache = world.cache();
        cache.put("a", b"1", MINUTE).await;
        cache.put("a", b"2", Duration::ZERO).await;
        assert_eq!(cache.get("a").await, None);
    }
}

#[tokio::test]
async fn an_endless_time_is_a_time() {
    for world in worlds().await {
        let cache = world.cache();
        cache.put("a", b"1", Duration::MAX).await;
        assert_eq!(cache.get("a").await, Some(b"1".to_vec()));
    }
}

#[tokio::test]
async fn while_the_server_is_away_nothing_is_known_and_nobody_waits_for_it() {
    for world in worlds().await {
        let cache = world.cache();
        cache.put("a", b"1", MINUTE).await;
        world.cut();
        let begin = Instant::now();
        for _ in 0..1_000 {
            assert_eq!(cache.get("a").await.is_none(), world.shared().is_some());
        }
        assert!(begin.elapsed() < Duration::from_secs(10), "the breaker answers for the server");
        world.mend();
        eventually("the value is known again", async || cache.get("a").await.is_some()).await;
    }
}
