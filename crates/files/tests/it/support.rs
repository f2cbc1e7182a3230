use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use database::entities::organization;
use database::{Database, StoreError, Tx, log, testing};
use files::{Allowance, Error, File, Files, Owner, OwnerKind, Owners, Upload};
use futures_util::stream::{self, StreamExt};
use kernel::{
    Actor, Denied, FileId, OrganizationId, PortFault, Request, Rights, Scope, Stream, SystemRole, UserId,
};
use platform::{FileStore, Keyring, LocalFiles};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) files: Arc<dyn Files>,
    pub(crate) store: Arc<dyn FileStore>,
    pub(crate) folder: PathBuf,
    /// Who sees what is attached.
    pub(crate) owners: Arc<Seeing>,
    pub(crate) acme: OrganizationId,
    pub(crate) other: OrganizationId,
}

/// Owners that show themselves to these people, and let go for them.
#[derive(Default)]
pub(crate) struct Seeing(pub(crate) Mutex<Vec<UserId>>);

impl Seeing {
    fn shows(&self, actor: &Actor) -> bool {
        let seeing = self.0.lock().expect("not poisoned");
        actor.user_id().is_some_and(|user| seeing.contains(&user))
    }
}

#[async_trait]
impl Owners for Seeing {
    async fn shows(&self, actor: &Actor, _: FileId, _: Owner) -> Result<bool, PortFault> {
        Ok(self.shows(actor))
    }

    async fn let_go(&self, _: &Tx, actor: &Actor, _: FileId, _: Owner) -> Result<(), PortFault> {
        if self.shows(actor) {
            Ok(())
        } else {
            Err(PortFault::new(Denied::ScopeMissing(Scope::TicketsManage)))
        }
    }
}

/// Runs a test where an organization may keep 4,000 bytes, and a file have 1,000.
pub(crate) async fn run(test: impl AsyncFnOnce(Arc<World>)) {
    run_with(Allowance { file: 1_000, organization: 4_000 }, test).await;
}

pub(crate) async fn run_with(allowance: Allowance, test: impl AsyncFnOnce(Arc<World>)) {
    testing::run(async |database: Database| {
        let folder =
            std::env::temp_dir().join("mero-tests").join(kernel::Env::system().id::<Uuid>().to_string());
        let store: Arc<dyn FileStore> = Arc::new(LocalFiles::open(folder.clone()).expect("a folder"));
        let keyring = Keyring::from_secret(&"7".repeat(64)).expect("a key");
        let owners = Arc::new(Seeing::default());
        let files = files::service(database.clone(), store.clone(), keyring, owners.clone(), allowance);
        let (acme, other) = (found(&database, "acme").await, found(&database, "other").await);
        test(Arc::new(World { database, files, store, folder: folder.clone(), owners, acme, other })).await;
        std::fs::remove_dir_all(folder).expect("the folder is ours");
    })
    .await;
}

async fn found(database: &Database, name: &'static str) -> OrganizationId {
    let (org, now) = (database.env().id::<OrganizationId>(), database.env().now());
    let row = organization::ActiveModel {
        id: Set(org.uuid()),
        name: Set(name.to_owned()),
        slug: Set(name.to_owned()),
        require_mfa: Set(false),
        mfa_grace_days: Set(0),
        allowed_domains: Set(String::new()),
        session_max_days: Set(30),
        epoch: Set(1),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let system = Actor::system(org);
    let founding = database.commit(&system, move |tx: &Tx| {
        Box::pin(async move {
            organization::Entity::insert(row).exec_without_returning(tx.connection()).await?;
            tx.open_stream(Stream::Organization(org)).await
        })
    });
    founding.await.map_err(|error: StoreError| error).expect("founded");
    org
}

impl World {
    /// A member of acme, the same for the same number.
    pub(crate) fn member(&self, number: u128) -> Actor {
        member(self.acme, number, &[Scope::FilesRead, Scope::FilesWrite])
    }

    pub(crate) async fn upload(&self, actor: &Actor, name: &str, bytes: &[u8]) -> Result<File, Error> {
        self.files.upload(actor, upload(name, bytes)).await
    }

    pub(crate) async fn kept(&self) -> Vec<String> {
        let found = self.store.list("").map(|file| file.expect("listed").key.to_string());
        found.collect().await
    }

    pub(crate) async fn attach(&self, actor: &Actor, ids: Vec<FileId>) -> Result<(), Error> {
        let (files, by) = (self.files.clone(), actor.clone());
        let owner = Owner { kind: OwnerKind::Ticket, id: Uuid::from_u128(77) };
        let attaching = self
            .database
            .commit(actor, move |tx: &Tx| Box::pin(async move { files.attach(tx, &by, &ids, owner).await }));
        attaching.await
    }

    pub(crate) async fn told(&self) -> Vec<String> {
        let events = log::since(&self.database, self.acme.uuid(), 0, 1_000).await.expect("read");
        events.into_iter().map(|event| event.kind).collect()
    }
}

pub(crate) fn member(org: OrganizationId, number: u128, scopes: &[Scope]) -> Actor {
    let rights = Rights {
        role: Some(SystemRole::Member.id()),
        rank: Some(SystemRole::Member.rank()),
        scopes: scopes.iter().copied().collect(),
        ..Rights::default()
    };
    let id = Uuid::from_u128(number);
    Actor::user(id.into(), id.into(), Request::default()).with_rights(org, rights)
}

pub(crate) fn upload(name: &str, bytes: &[u8]) -> Upload {
    let pieces: Vec<_> = bytes.chunks(300).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    Upload { name: name.to_owned(), declared: None, content: stream::iter(pieces).boxed() }
}

/// A text of so many bytes.
pub(crate) fn text(bytes: usize) -> Vec<u8> {
    b"namaste\n".iter().copied().cycle().take(bytes).collect()
}
