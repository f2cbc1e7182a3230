use std::time::{Duration, Instant};

use harness::{Call, Dice, Person, until};

use crate::stage::Stage;

/// The promise is a second; the rest is for a busy machine.
const BITES: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_logout_at_one_process_is_heard_by_the_other() {
    let stage = Stage::open("revoked").await;
    let (client, mut dice) = (&stage.cluster.client, Dice::unforeseen());
    let person = Person::sign_up(client, &stage.cluster.sink, &mut dice).await.expect("signed up");
    let (one, two) = (client.only(0), client.only(1));
    let door = Call::get("/auth/sessions").token(&person.access);
    // Both processes know the session now, and would go on believing what they know.
    for process in [&one, &two] {
        process.send(&door).await.and_then(|answer| answer.with(200)).expect("the session is live");
    }

    person.logout(&one).await.expect("signed out");
    let since = Instant::now();
    let is_shut = || async { Ok((two.send(&door).await?.status == 401).then_some(())) };
    until(BITES, "the other process to shut the door", is_shut).await.expect("revoked everywhere");
    println!("shut {} ms after the logout", since.elapsed().as_millis());
    let refresh = two.send(&person.refreshing(dice.id())).await.expect("an answer");
    assert_eq!(refresh.status, 401, "nor is there a way back");
}
