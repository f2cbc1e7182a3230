use std::time::Duration;

use harness::{Call, Client, Dice, Mail, Person, Process, Sink, until};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::stage::Stage;

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_newcomers_story_is_told_by_three_processes() {
    let stage = Stage::open("story").await;
    let (client, sink) = (&stage.cluster.client, &stage.cluster.sink);
    let (one, two) = (client.only(0), client.only(1));
    let mut dice = Dice::unforeseen();

    // Asha signs up at the first process, and follows the link of the mail to the second.
    let mut asha = Person::sign_up(client, sink, &mut dice).await.expect("signed up");
    mail(sink, &asha.email, "Welcome").await;
    let locked = two.send(&Call::get("/tickets").token(&asha.access)).await.expect("an answer");
    assert_eq!(
        (locked.status, locked.code()),
        (403, "mfa_setup_required"),
        "owners prove a second factor first"
    );
    asha.enrol(&two).await.expect("codes are set up");
    asha.login(&one).await.expect("signed in with a code");

    // Her colleague comes by invitation, with an account of his own.
    let bina = asha.colleague(client, sink, &mut dice).await.expect("joined");
    assert_eq!(bina.organization, asha.organization);
    assert_ne!(bina.user, asha.user);

    // A ticket made at the first process is there at the second, and the assignee hears of it.
    let trace = Uuid::from_u128(0x5eed_0000_0000_0000_0000_0000_0000_0001 + u128::from(std::process::id()));
    let ticket = open_ticket(&one, &asha, bina.user, trace).await;
    let path = format!("/tickets/{ticket}");
    let seen = two.send(&Call::get(&path).token(&bina.access)).await.and_then(|answer| answer.with(200));
    assert_eq!(
        seen.expect("the colleague sees it").text("/title").expect("a title"),
        "The printer is on fire"
    );
    let assigned = mail(sink, &bina.email, "printer").await;
    assert_eq!(assigned.header("X-Trace-Id").expect("a trace"), trace.simple().to_string());

    // One trace leads from the request to the mail, through the logs of both programs.
    let processes = [&stage.cluster.apis[0], &stage.cluster.workers[0]];
    for process in processes {
        until(PATIENCE, "a line with the trace", || async { Ok(mentions(process, trace).then_some(())) })
            .await
            .unwrap_or_else(|failure| panic!("{}: {failure}", process.name));
    }
    stage.cluster.checker.quiet(PATIENCE).await.expect("no job is left");
    assert_eq!(stage.cluster.checker.chain(asha.organization).await.expect("a log"), None);
}

async fn mail(sink: &Sink, address: &str, word: &str) -> Mail {
    let speaks_of_it = |mail: &Mail| mail.header("Subject").is_ok_and(|subject| subject.contains(word));
    sink.mail(address, &format!("a mail about `{word}`"), PATIENCE, speaks_of_it).await.expect("a mail comes")
}

async fn open_ticket(client: &Client, by: &Person, assignee: Uuid, trace: Uuid) -> Uuid {
    let form = json!({"title": "The printer is on fire", "assigneeId": assignee});
    let call = Call::post("/tickets", form).token(&by.access);
    let parent = format!("00-{}-00f067aa0ba902b7-01", trace.simple());
    let answer = client.send(&call.header("traceparent", parent)).await.expect("an answer");
    answer.with(201).expect("a ticket").id("/id").expect("its id")
}

/// Whether a line of the process's log, each of them JSON, carries the trace.
fn mentions(process: &Process, trace: Uuid) -> bool {
    let log = std::fs::read_to_string(process.log()).expect("a log");
    let trace = trace.simple().to_string();
    let of_trace = log.lines().filter(|line| line.contains(&trace));
    of_trace.map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON")).next().is_some()
}
