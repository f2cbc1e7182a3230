use database::Database;
use kernel::{Actor, Denied, Eviction, OrganizationId, Stream, Who};

use super::OrganizationEvent;
use crate::{Erased, Error, Ports, store};

/// How many rows of a kind one commit deletes: far below what a statement's time limit allows.
const BATCH: u64 = 1_000;

/// Closes the organization to everybody, lets the other domains forget it, then the log, then ourselves: each
/// points to the next. Every step may be repeated.
pub(super) async fn erase(
    database: &Database,
    ports: &Ports,
    actor: &Actor,
    org: OrganizationId,
) -> Result<bool, Error> {
    if actor.who != Who::System || org == OrganizationId::PLATFORM {
        return Err(Denied::Unauthenticated.into());
    }
    if !close(database, actor, org).await? {
        return Ok(false);
    }
    while erase_elsewhere(database, ports, actor, org).await? == Erased::Some {}
    while !erase_log(database, actor, org).await? {}
    erase_here(database, actor, org).await?;
    Ok(true)
}

/// From here on nobody can take the deletion back; false if somebody did before.
async fn close(database: &Database, actor: &Actor, org: OrganizationId) -> Result<bool, Error> {
    let now = database.env().now();
    let closing = database.commit(actor, move |tx| {
        Box::pin(async move {
            if !store::organizations::lock(tx, org).await?.is_due(now) {
                return Ok(false);
            }
            store::members::end_all(tx, org).await?;
            store::organizations::bump_epoch(tx, org).await?;
            tx.evict(Eviction::Organization(org));
            Ok(true)
        })
    });
    closing.await
}

async fn erase_elsewhere(
    database: &Database,
    ports: &Ports,
    actor: &Actor,
    org: OrganizationId,
) -> Result<Erased, Error> {
    let erasers = ports.erasers.clone();
    let erasing =
        database.commit(actor, move |tx| Box::pin(async move { Ok(erasers.erase(tx, org, BATCH).await?) }));
    erasing.await
}

async fn erase_log(database: &Database, actor: &Actor, org: OrganizationId) -> Result<bool, Error> {
    let erasing = database.commit(actor, move |tx| {
        Box::pin(async move { Ok(database::erase::organization(tx, org, BATCH).await?) })
    });
    erasing.await
}

async fn erase_here(database: &Database, actor: &Actor, org: OrganizationId) -> Result<(), Error> {
    let erasing = database.commit(actor, move |tx| {
        Box::pin(async move {
            store::invitations::delete_all(tx, org).await?;
            store::members::delete_all(tx, org).await?;
            store::roles::delete_all(tx, org).await?;
            store::settings::delete(tx, org).await?;
            store::organizations::delete_belongings(tx, org).await?;
            store::organizations::delete(tx, org).await?;
            tx.evict(Eviction::Key(crate::settings::key(org)));
            tx.tell(Stream::Organization(OrganizationId::PLATFORM), OrganizationEvent::Erased { org });
            tx.finish_job();
            Ok(())
        })
    });
    erasing.await
}
