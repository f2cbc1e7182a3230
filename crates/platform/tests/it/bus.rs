use kernel::{Env, Eviction, OrganizationId, SessionId, UserId};
use platform::{Bus, BusMessage};
use tokio::sync::broadcast::Receiver;
use uuid::Uuid;

use crate::world::{PATIENCE, eventually, worlds};

fn a_hint(seq: i64) -> BusMessage {
    BusMessage::Hint { stream: Uuid::from_u128(1), seq }
}

const ALL: BusMessage = BusMessage::Evict(Eviction::All);

async fn next(receiver: &mut Receiver<BusMessage>) -> BusMessage {
    tokio::time::timeout(PATIENCE, receiver.recv()).await.expect("a message in time").expect("no lag")
}

#[tokio::test]
async fn every_subscriber_of_every_process_hears_every_message_once_and_in_order() {
    let env = Env::system();
    let messages = [
        a_hint(1),
        BusMessage::Evict(Eviction::User(env.id::<UserId>())),
        BusMessage::Evict(Eviction::Session(env.id::<SessionId>())),
        BusMessage::Evict(Eviction::Organization(env.id::<OrganizationId>())),
        BusMessage::Evict(Eviction::Key("settings:7".to_owned())),
        ALL,
        a_hint(i64::MAX),
    ];
    for world in worlds().await {
        let (here, there) = world.buses().await;
        let mut receivers = [here.subscribe(), there.subscribe(), there.subscribe()];
        for message in &messages {
            here.publish(message).await;
        }
        for receiver in &mut receivers {
            for message in &messages {
                assert_eq!(next(receiver).await, *message);
            }
        }
    }
}

#[tokio::test]
async fn a_subscriber_hears_nothing_from_before_its_time() {
    for world in worlds().await {
        let (bus, _) = world.buses().await;
        let mut early = bus.subscribe();
        bus.publish(&a_hint(1)).await;
        let mut late = bus.subscribe();
        bus.publish(&a_hint(2)).await;
        assert_eq!(next(&mut early).await, a_hint(1));
        assert_eq!(next(&mut late).await, a_hint(2));
    }
}

#[tokio::test]
async fn after_an_interruption_everything_is_evicted_before_anything_else_is_heard() {
    for world in worlds().await {
        let (here, there) = world.buses().await;
        let mut receiver = there.subscribe();
        here.publish(&a_hint(1)).await;
        assert_eq!(next(&mut receiver).await, a_hint(1));
        world.sever();
        let heard = tell_until_heard(here.as_ref(), &mut receiver).await;
        assert_eq!(heard == ALL, world.shared().is_some(), "{heard:?}");
    }
}

/// Publishes until something arrives, as pub/sub forgets whoever is away.
async fn tell_until_heard(bus: &dyn Bus, receiver: &mut Receiver<BusMessage>) -> BusMessage {
    eventually("a message arrives", async || {
        bus.publish(&a_hint(2)).await;
        !receiver.is_empty()
    })
    .await;
    next(receiver).await
}

#[tokio::test]
async fn while_the_server_is_away_a_process_hears_itself_and_knows_that_it_is_alone() {
    for world in worlds().await {
        let (bus, _) = world.buses().await;
        assert!(bus.is_healthy());
        let mut receiver = bus.subscribe();
        world.cut();
        if world.shared().is_some() {
            eventually("the bus is alone", async || !bus.is_healthy()).await;
        }
        bus.publish(&a_hint(1)).await;
        assert_eq!(next(&mut receiver).await, a_hint(1));
        world.mend();
        eventually("the bus is back", async || bus.is_healthy()).await;
    }
}

#[tokio::test]
async fn a_bus_that_starts_without_its_server_finds_the_others_later() {
    for world in worlds().await {
        world.cut();
        let (here, there) = world.buses().await;
        assert_eq!(here.is_healthy(), world.shared().is_none());
        let mut receiver = there.subscribe();
        world.mend();
        eventually("both are back", async || here.is_healthy() && there.is_healthy()).await;
        let heard = tell_until_heard(here.as_ref(), &mut receiver).await;
        assert_eq!(heard == ALL, world.shared().is_some(), "{heard:?}");
    }
}

#[tokio::test]
async fn a_bus_that_is_gone_keeps_no_connection() {
    for world in worlds().await {
        let buses = world.buses().await;
        assert_eq!(world.open_connections(), if world.shared().is_some() { 2 } else { 0 });
        drop(buses);
        eventually("no connection is left", async || world.open_connections() == 0).await;
    }
}

#[tokio::test]
async fn a_message_of_an_unknown_version_evicts_everything() {
    for world in worlds().await {
        let (bus, _) = world.buses().await;
        let mut receiver = bus.subscribe();
        if let Some(shared) = world.shared() {
            let text = r#"{"from":"00000000-0000-0000-0000-000000000007","message":{"kind":"typing"}}"#;
            let mut connection = shared.connect().await;
            let mut publish = redis::cmd("PUBLISH");
            publish.arg(shared.key("bus")).arg(text);
            publish.exec_async(&mut connection).await.expect("published");
            assert_eq!(next(&mut receiver).await, ALL);
        }
        bus.publish(&a_hint(1)).await;
        assert_eq!(next(&mut receiver).await, a_hint(1));
    }
}

#[tokio::test]
async fn a_receiver_that_fell_behind_is_told_so() {
    for world in worlds().await {
        let (bus, _) = world.buses().await;
        let mut receiver = bus.subscribe();
        for seq in 0..1025 {
            bus.publish(&a_hint(seq)).await;
        }
        assert!(receiver.recv().await.is_err());
    }
}
