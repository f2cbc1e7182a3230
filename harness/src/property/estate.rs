use serde_json::{Value, json};

use crate::checker::NewJob;
use crate::{Answer, Call, Cluster, Dice, Doing, Outcome, Person};

/// Fills an organization with a row of every kind, so that what the tool finds in lists leads somewhere.
pub(super) async fn fill(cluster: &Cluster, dice: &mut Dice, owner: &Person, colleague: &Person) -> Outcome {
    let desk = Desk { cluster, owner };
    let column = json!({"name": "Waiting for customs", "category": "waiting"});
    desk.make("/ticket-columns", column).await?;
    let assigned = json!({"title": "The card reader prints nothing", "assigneeId": colleague.user});
    let first = desk.make("/tickets", assigned).await?.id("/id")?;
    let second = desk.make("/tickets", json!({"title": "Order paper"})).await?.id("/id")?;
    let ticket = format!("/tickets/{first}");
    let link = json!({"relation": "relates", "ticketId": second});
    desk.make(&format!("{ticket}/links"), link).await?;
    let comment = format!("{ticket}/comments");
    let written = desk.make(&comment, json!({"body": "The supplier will call back."})).await?;
    let edit = Call::patch(&format!("{comment}/{}", written.id("/id")?), json!({"body": "He called."}));
    let edit = edit.header("if-match", etag(&written)?).token(&owner.access);
    cluster.client.send(&edit).await?.with(200)?;
    desk.make("/roles", json!({"name": "Support", "scopes": ["tickets:read"]})).await?;
    desk.make("/api-keys", json!({"name": "Nightly export", "scopes": ["tickets:read"]})).await?;
    owner.invite(&cluster.client, &format!("chandra.{}@example.com", dice.id().simple())).await?;
    dead_job(cluster, dice, owner).await
}

/// A job of a kind that no worker knows: something to look at, requeue and discard.
async fn dead_job(cluster: &Cluster, dice: &mut Dice, owner: &Person) -> Outcome {
    let job = NewJob {
        organization: owner.organization,
        kind: "property.unknown",
        payload: "{}".to_owned(),
        max_attempts: 1,
    };
    cluster.checker.insert_jobs(&job, 2, dice).await.map(drop)
}

fn etag(answer: &Answer) -> Outcome<String> {
    let etag = answer.headers.get("etag").doing(format!("an ETag of {answer}"))?;
    Ok(etag.to_str()?.to_owned())
}

struct Desk<'a> {
    cluster: &'a Cluster,
    owner: &'a Person,
}

impl Desk<'_> {
    async fn make(&self, path: &str, body: Value) -> Outcome<Answer> {
        let call = Call::post(path, body).token(&self.owner.access);
        self.cluster.client.send(&call).await?.with(201).doing(format!("making {path}"))
    }
}
