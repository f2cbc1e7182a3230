use std::collections::{BTreeMap, BTreeSet};

use database::{Database, StoreError, Tx};
use kernel::{Actor, Env, EventId, NotificationId, OrganizationId, Stream, UserId};

use crate::preference::{Choices, wants};
use crate::store::{NewNotification, Receiver};
use crate::{Channel, Error, Notice, NotificationEvent, store};

/// What decides whether and how a notice reaches somebody.
struct Wishes {
    receivers: BTreeMap<UserId, Receiver>,
    own: BTreeMap<UserId, Choices>,
    organization: Choices,
}

/// An entry with the one fact about it that only its event tells.
struct Draft {
    entry: NewNotification,
    by_mail: bool,
}

pub(super) async fn notify(
    database: &Database,
    actor: &Actor,
    notices: Vec<Notice>,
) -> Result<Vec<NotificationId>, Error> {
    let causers = causers(database, actor.org, &notices).await?;
    let (org, env) = (actor.org, database.env().clone());
    database
        .commit(actor, move |tx: &Tx| {
            Box::pin(async move {
                let wishes = wishes(tx, org, &notices).await?;
                let drafts = drafts(&env, &notices, &causers, &wishes);
                let made = write(tx, org, drafts, env.now()).await?;
                tx.finish_job();
                Ok(made)
            })
        })
        .await
}

/// Who caused each event. An event of another organization, or of none, is refused.
async fn causers(
    database: &Database,
    org: OrganizationId,
    notices: &[Notice],
) -> Result<BTreeMap<EventId, Option<UserId>>, Error> {
    let mut causers = BTreeMap::new();
    for notice in notices {
        let causer = store::causer(database, org, notice.event).await?.ok_or(Error::UnknownEvent)?;
        causers.insert(notice.event, causer);
    }
    Ok(causers)
}

async fn wishes(tx: &Tx, org: OrganizationId, notices: &[Notice]) -> Result<Wishes, StoreError> {
    let named: BTreeSet<UserId> =
        notices.iter().flat_map(|notice| notice.recipients.iter().copied()).collect();
    let named: Vec<UserId> = named.into_iter().collect();
    let receivers = store::receivers(tx, org, &named).await?;
    Ok(Wishes {
        receivers: receivers.into_iter().map(|receiver| (receiver.user, receiver)).collect(),
        own: store::choices_of(tx.connection(), org, &named).await?,
        organization: store::defaults(tx.connection(), org).await?.0,
    })
}

/// Pure: who gets what. One event makes one entry per person, of the first notice that names him.
fn drafts(
    env: &Env,
    notices: &[Notice],
    causers: &BTreeMap<EventId, Option<UserId>>,
    wishes: &Wishes,
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut named = BTreeSet::new();
    for notice in notices {
        let caused_by = causers.get(&notice.event).copied().flatten();
        for user in notice.recipients.iter().copied() {
            if !named.insert((notice.event, user)) || !concerns(notice, user, caused_by, wishes) {
                continue;
            }
            let wanted = |channel| notice.is_critical() || wishes.want(user, notice, channel);
            let (in_app, by_mail) = (wanted(Channel::InApp), wanted(Channel::Email));
            if in_app || by_mail {
                let entry = entry(env, notice, user, caused_by, in_app);
                drafts.push(Draft { entry, by_mail });
            }
        }
    }
    drafts
}

/// Members alone; nobody is told what he did himself, unless it may not have been he.
fn concerns(notice: &Notice, user: UserId, caused_by: Option<UserId>, wishes: &Wishes) -> bool {
    let Some(receiver) = wishes.receivers.get(&user) else {
        return false;
    };
    notice.is_critical() || (receiver.may_receive && caused_by != Some(user))
}

impl Wishes {
    fn want(&self, user: UserId, notice: &Notice, channel: Channel) -> bool {
        let nothing = Choices::default();
        let own = self.own.get(&user).unwrap_or(&nothing);
        wants(own, &self.organization, notice.category, channel)
    }
}

fn entry(
    env: &Env,
    notice: &Notice,
    user: UserId,
    caused_by: Option<UserId>,
    in_app: bool,
) -> NewNotification {
    NewNotification {
        id: env.id(),
        user,
        event: notice.event,
        category: notice.category,
        kind: notice.kind,
        subject: notice.subject.clone(),
        caused_by,
        data: notice.data.to_string(),
        critical: notice.is_critical(),
        in_app,
    }
}

/// Writes what is new and tells of it.
async fn write(
    tx: &Tx,
    org: OrganizationId,
    drafts: Vec<Draft>,
    now: kernel::Timestamp,
) -> Result<Vec<NotificationId>, StoreError> {
    let tellings: Vec<_> = drafts
        .iter()
        .map(|draft| NotificationEvent::NotificationCreated {
            notification: draft.entry.id,
            user: draft.entry.user,
            category: draft.entry.category,
            by_mail: draft.by_mail,
        })
        .collect();
    let made = store::insert(tx, org, drafts.into_iter().map(|draft| draft.entry).collect(), now).await?;
    let is_new = |telling: &NotificationEvent| match telling {
        NotificationEvent::NotificationCreated { notification, .. } => made.contains(notification),
        _ => false,
    };
    for telling in tellings.into_iter().filter(is_new) {
        tx.tell(Stream::Organization(org), telling);
    }
    Ok(made)
}
