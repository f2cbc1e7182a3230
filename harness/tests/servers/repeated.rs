use std::collections::BTreeSet;
use std::time::Duration;

use harness::{Dice, Manners, Moment, Person, Verdict, until};

use crate::stage::Stage;

const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_mail_whose_worker_was_killed_is_sent_again_under_the_same_name() {
    let mut stage = Stage::open("repeated").await;
    let mut dice = Dice::unforeseen();
    let cluster = &mut stage.cluster;
    let person = Person::sign_up(&cluster.client, &cluster.sink, &mut dice).await.expect("signed up");
    cluster.checker.quiet(PATIENCE).await.expect("no job is left");
    let before = cluster.sink.mails_to(&person.email).len();

    // The server has taken the mail and says so; the worker dies before it can write that down.
    cluster.sink.behave(Manners { delay: Duration::from_millis(300), verdict: Verdict::Take });
    let mut moments = cluster.sink.moments();
    let forgot = harness::Call::post("/auth/forgot-password", serde_json::json!({"email": person.email}));
    cluster.client.send(&forgot).await.and_then(|answer| answer.with(202)).expect("a mail is on its way");
    assert_eq!(moments.recv().await, Ok(Moment::Received));
    cluster.workers[0].kill().await.expect("killed");
    assert_eq!(moments.recv().await, Ok(Moment::Taken));
    cluster.sink.behave(Manners::default());
    cluster.workers[0].start().expect("started again");

    let sink = &cluster.sink;
    let came_again = || async { Ok((sink.mails_to(&person.email).len() >= before + 2).then_some(())) };
    until(PATIENCE, "the same mail", came_again).await.expect("its lease ran out");
    cluster.checker.quiet(PATIENCE).await.expect("no job is left");
    let mails = sink.mails_to(&person.email).split_off(before);
    let names: BTreeSet<_> = mails.iter().map(|mail| mail.message_id().expect("a name")).collect();
    let links: BTreeSet<_> = mails.iter().map(|mail| mail.token("reset-password").expect("a link")).collect();
    assert_eq!((mails.len(), names.len(), links.len()), (2, 1, 1), "one mail, sent twice");
}
