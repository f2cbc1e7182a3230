use std::time::Duration;

use harness::{Call, Dice, Embedded, Person, Signal};
use serde_json::json;

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn one_process_with_a_database_of_its_own_is_a_whole_installation() {
    let mut embedded = Embedded::start("embedded").await.expect("the program starts");
    let (client, mut dice) = (embedded.client.clone(), Dice::unforeseen());
    let mut asha = Person::owner(&client, &embedded.sink, &mut dice).await.expect("signed up");
    let bina = asha.colleague(&client, &embedded.sink, &mut dice).await.expect("joined");
    let form = json!({"title": "The printer is on fire", "assigneeId": bina.user});
    let call = Call::post("/tickets", form).token(&asha.access).key(dice.id());
    let opened = client.send(&call).await.and_then(|answer| answer.with(201)).expect("a ticket");
    let speaks_of_it =
        |mail: &harness::Mail| mail.header("Subject").is_ok_and(|subject| subject.contains("printer"));
    embedded
        .sink
        .mail(&bina.email, "a mail", PATIENCE, speaks_of_it)
        .await
        .expect("the assignee hears of it");

    // It ends when it is told to and goes on where it was.
    embedded.api.signal(Signal::Terminate).await.expect("told");
    assert!(embedded.api.ended(Duration::from_secs(25)).await.expect("ended").success());
    embedded.restart().await.expect("started again");
    asha.login(&client).await.expect("signed in with a code");
    let again = client.send(&call.clone().token(&asha.access)).await.expect("an answer");
    let path = format!("/tickets/{}", opened.id("/id").expect("its id"));
    let seen = client.send(&Call::get(&path).token(&asha.access)).await.and_then(|answer| answer.with(200));
    seen.expect("the ticket is kept");
    assert_eq!(again.id("/id").expect("an id"), opened.id("/id").expect("its id"), "{again}");
}

#[tokio::test]
async fn what_a_killed_process_had_promised_is_kept() {
    let mut embedded = Embedded::start("embedded-killed").await.expect("the program starts");
    let (client, mut dice) = (embedded.client.clone(), Dice::unforeseen());
    let asha = Person::owner(&client, &embedded.sink, &mut dice).await.expect("signed up");
    let mut promised = Vec::new();
    for number in 0..20 {
        let form = json!({"title": format!("Promise {number}")});
        let call = Call::post("/tickets", form).token(&asha.access).key(dice.id());
        let answer = client.send(&call).await.and_then(|answer| answer.with(201)).expect("a ticket");
        promised.push((answer.id("/id").expect("its id"), call));
    }
    embedded.api.kill().await.expect("killed");
    embedded.restart().await.expect("started again");
    for (id, call) in promised {
        let again = client.send(&call).await.and_then(|answer| answer.with(201)).expect("a replay");
        assert_eq!(again.id("/id").expect("an id"), id, "the same ticket, not another");
    }
    let page = client.send(&Call::get("/tickets").token(&asha.access)).await.expect("an answer");
    assert_eq!(page.items().expect("a page").len(), 20);
}
