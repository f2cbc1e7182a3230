use std::sync::Arc;
use std::time::Duration;

use kernel::Queue;

use crate::world::{PATIENCE, eventually, worlds};

const SHORT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn a_ring_wakes_a_waiter_of_another_process_with_its_class() {
    for world in worlds().await {
        let (ringer, worker) = world.bells();
        for queue in Queue::ALL {
            let waiting = Arc::clone(&worker);
            let woken = tokio::spawn(async move { waiting.wait(PATIENCE).await });
            ringer.ring(queue).await;
            assert_eq!(woken.await.expect("no panic"), Some(queue));
        }
    }
}

#[tokio::test]
async fn a_wait_that_nobody_rings_ends() {
    for world in worlds().await {
        let (_, worker) = world.bells();
        assert_eq!(worker.wait(SHORT).await, None);
        assert_eq!(worker.wait(Duration::ZERO).await, None);
    }
}

#[tokio::test]
async fn rings_that_came_too_early_are_heard_once_and_the_most_urgent_first() {
    for world in worlds().await {
        let (ringer, worker) = world.bells();
        for queue in [Queue::Bulk, Queue::Default, Queue::Bulk, Queue::High, Queue::High] {
            ringer.ring(queue).await;
        }
        for queue in Queue::ALL {
            assert_eq!(worker.wait(PATIENCE).await, Some(queue));
        }
        assert_eq!(worker.wait(SHORT).await, None);
    }
}

#[tokio::test]
async fn one_ring_wakes_one_of_many_waiters() {
    for world in worlds().await {
        let (one, two) = world.bells();
        let ringer = Arc::clone(&one);
        let waits = tokio::spawn(async move { tokio::join!(one.wait(SHORT * 3), two.wait(SHORT * 3)) });
        ringer.ring(Queue::Default).await;
        let (one, two) = waits.await.expect("no panic");
        assert_eq!([one, two].into_iter().flatten().count(), 1);
    }
}

#[tokio::test]
async fn a_process_that_stopped_waiting_leaves_rings_to_the_others() {
    for world in worlds().await {
        let (ringer, worker) = world.bells();
        let (busy, _) = world.bells();
        busy.wait(SHORT).await;
        // The read that the wait began may still be open and take this one.
        ringer.ring(Queue::Default).await;
        for _ in 0..10 {
            ringer.ring(Queue::Default).await;
            assert_eq!(worker.wait(PATIENCE).await, Some(Queue::Default));
        }
    }
}

#[tokio::test]
async fn a_wiped_server_costs_neither_a_later_ring_nor_a_connection() {
    for world in worlds().await {
        let (ringer, worker) = world.bells();
        ringer.ring(Queue::High).await;
        assert_eq!(worker.wait(PATIENCE).await, Some(Queue::High));
        let connections = world.connections();
        for round in 0..20 {
            let waiting = Arc::clone(&worker);
            let woken = tokio::spawn(async move { waiting.wait(PATIENCE).await });
            if round % 2 == 0 {
                // Half of the time the reader is well inside its blocking read.
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            world.wipe().await;
            ringer.ring(Queue::High).await;
            assert_eq!(woken.await.expect("no panic"), Some(Queue::High), "round {round}");
        }
        assert_eq!(world.connections(), connections);
    }
}

#[tokio::test]
async fn broken_connections_are_made_anew() {
    for world in worlds().await {
        let (ringer, worker) = world.bells();
        ringer.ring(Queue::Bulk).await;
        assert_eq!(worker.wait(PATIENCE).await, Some(Queue::Bulk));
        for _ in 0..3 {
            world.sever();
            ringer.ring(Queue::Bulk).await;
            assert_eq!(worker.wait(PATIENCE).await, Some(Queue::Bulk));
        }
    }
}

#[tokio::test]
async fn while_the_server_is_away_a_process_still_hears_itself() {
    for world in worlds().await {
        let (bell, _) = world.bells();
        world.cut();
        bell.ring(Queue::High).await;
        assert_eq!(bell.wait(PATIENCE).await, Some(Queue::High));
    }
}

#[tokio::test]
async fn a_bell_that_is_gone_keeps_no_connection() {
    for world in worlds().await {
        let (bell, _) = world.bells();
        bell.ring(Queue::High).await;
        assert_eq!(bell.wait(PATIENCE).await, Some(Queue::High));
        assert_eq!(world.open_connections() > 0, world.shared().is_some());
        drop(bell);
        eventually("no connection is left", async || world.open_connections() == 0).await;
    }
}
