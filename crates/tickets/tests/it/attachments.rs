use async_trait::async_trait;
use database::entities::file;
use database::{StoreError, Tx};
use kernel::{
    Actor, Fault, FieldFault, FileId, Limit, OrganizationId, PageRequest, PortFault, Scope, TicketId, Version,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use tickets::{AttachFiles, Attachments, Error, Visibility, WriteComment};

use crate::support::{World, me, run, with_scopes};

/// A drawer of files: what is taken out of it is gone.
pub(crate) struct Drawer;

#[async_trait]
impl Attachments for Drawer {
    async fn claim(&self, tx: &Tx, actor: &Actor, files: &[FileId], to: TicketId) -> Result<(), PortFault> {
        let update = file::Entity::update_many()
            .col_expr(file::Column::OwnerId, to.uuid().into())
            .filter(file::Column::OrganizationId.eq(actor.org.uuid()))
            .filter(file::Column::Id.is_in(files.iter().map(|id| id.uuid())))
            .filter(file::Column::OwnerId.is_null());
        let given = update.exec(tx.connection()).await.map_err(StoreError::from).map_err(PortFault::new)?;
        if given.rows_affected == files.len() as u64 {
            return Ok(());
        }
        let fault = FieldFault::new("fileIds", "unknown_file", "must be files of your own");
        Err(PortFault::new(tickets::Error::Invalid(vec![fault])))
    }

    async fn release(&self, tx: &Tx, org: OrganizationId, files: &[FileId]) -> Result<(), PortFault> {
        let delete = file::Entity::delete_many()
            .filter(file::Column::OrganizationId.eq(org.uuid()))
            .filter(file::Column::Id.is_in(files.iter().map(|id| id.uuid())));
        delete.exec(tx.connection()).await.map_err(StoreError::from).map_err(PortFault::new)?;
        Ok(())
    }
}

impl World {
    /// A file that somebody uploaded to an organization.
    async fn file(&self, actor: &Actor, name: &str) -> FileId {
        let (id, now) = (self.database.env().id::<FileId>(), self.database.env().now());
        let row = file::ActiveModel {
            organization_id: Set(actor.org.uuid()),
            id: Set(id.uuid()),
            name: Set(name.to_owned()),
            media_type: Set("text/plain".to_owned()),
            size: Set(5),
            stored: Set(5),
            sha256: Set(vec![0; 32]),
            width: Set(None),
            height: Set(None),
            has_thumbnail: Set(false),
            uploaded_by: Set(Some(me(actor).uuid())),
            owner_type: Set(None),
            owner_id: Set(None),
            created_at: Set(now),
            attached_at: Set(None),
        };
        let writing = self.database.commit(actor, move |tx: &Tx| {
            Box::pin(async move {
                file::Entity::insert(row).exec_without_returning(tx.connection()).await?;
                Ok::<_, StoreError>(())
            })
        });
        writing.await.expect("written");
        id
    }

    async fn attached(&self, actor: &Actor, ticket: TicketId) -> Vec<FileId> {
        let page = PageRequest { limit: Limit::parse(50).expect("in range"), after: None, count: false };
        let found = self.tickets.attachments(actor, ticket, &page).await.expect("seen");
        found.rows.into_iter().map(|attachment| attachment.file).collect()
    }

    async fn is_kept(&self, id: FileId) -> bool {
        let query = file::Entity::find().filter(file::Column::Id.eq(id.uuid()));
        query.one(self.database.reader()).await.expect("read").is_some()
    }

    async fn take(&self, actor: &Actor, file: FileId) -> Result<(), Error> {
        let (tickets, by) = (self.tickets.clone(), actor.clone());
        let taking = self
            .database
            .commit(actor, move |tx: &Tx| Box::pin(async move { tickets.let_go(tx, &by, file).await }));
        taking.await
    }
}

fn on_ticket(file: FileId) -> AttachFiles {
    AttachFiles { files: vec![file, file], comment: None }
}

#[tokio::test]
async fn whoever_sees_the_ticket_sees_its_files() {
    run(async |world| {
        let (asha, guest) = (&world.acme.asha, &world.acme.guest);
        let ticket = world.open(asha, "Printer").await.ticket.id;
        let file = world.file(asha, "log.txt").await;
        world.tickets.attach(asha, ticket, on_ticket(file)).await.expect("attached");
        assert_eq!(world.attached(&world.acme.bina, ticket).await, [file]);
        let shows = async |actor: &Actor| world.tickets.shows_attachment(actor, file).await.expect("asked");
        assert!(shows(&world.acme.bina).await);
        assert!(
            !shows(guest).await && !shows(&world.other.asha).await && !shows(&with_scopes(asha, &[])).await
        );
        world.tickets.watch(&world.acme.owner, ticket, me(guest)).await.expect("watched");
        assert!(shows(guest).await);
        assert_eq!(world.attached(guest, ticket).await, [file]);
        let told = world.told(world.acme.id).await;
        assert!(told.iter().any(|event| event.r#type == "tickets.files_attached"));
    })
    .await;
}

#[tokio::test]
async fn files_of_an_internal_comment_stay_internal() {
    run(async |world| {
        let (asha, guest) = (&world.acme.asha, &world.acme.guest);
        let ticket = world.open(asha, "Printer").await.ticket.id;
        world.tickets.watch(&world.acme.owner, ticket, me(guest)).await.expect("watched");
        let said = WriteComment { body: "Between us".to_owned(), visibility: Visibility::Internal };
        let comment = world.tickets.write_comment(asha, ticket, said).await.expect("said");
        let file = world.file(asha, "secret.txt").await;
        let hang = AttachFiles { files: vec![file], comment: Some(comment.id) };
        world.tickets.attach(asha, ticket, hang).await.expect("attached");
        assert_eq!(
            (world.attached(asha, ticket).await, world.attached(guest, ticket).await),
            (vec![file], vec![])
        );
        assert!(!world.tickets.shows_attachment(guest, file).await.expect("asked"));
        let told = world.told(world.acme.id).await;
        let event = told.iter().find(|event| event.r#type == "tickets.files_attached").expect("told");
        assert!(!event.audience.contains(&me(guest).to_string()), "{}", event.audience);
        world.tickets.delete_comment(asha, ticket, comment.id, Version::FIRST).await.expect("taken back");
        assert!(!world.is_kept(file).await, "it goes with what it hung on");
    })
    .await;
}

#[tokio::test]
async fn only_ones_own_unattached_files_are_attached_to_ones_own_words() {
    run(async |world| {
        let (asha, bina) = (&world.acme.asha, &world.acme.bina);
        let ticket = world.open(asha, "Printer").await.ticket.id;
        let foreign = world.file(&world.other.asha, "theirs.txt").await;
        let refused = world.tickets.attach(asha, ticket, on_ticket(foreign)).await.expect_err("foreign");
        assert_eq!((refused.code(), refused.fields()[0].field.as_str()), ("invalid_input", "fileIds"));
        let file = world.file(asha, "mine.txt").await;
        let said = WriteComment { body: "Mine".to_owned(), visibility: Visibility::Public };
        let comment = world.tickets.write_comment(bina, ticket, said).await.expect("said").id;
        let hang = AttachFiles { files: vec![file], comment: Some(comment) };
        let refused = world.tickets.attach(asha, ticket, hang).await.expect_err("another's comment");
        assert_eq!(refused.fields()[0].field, "commentId");
        let none = AttachFiles { files: Vec::new(), comment: None };
        assert!(matches!(world.tickets.attach(asha, ticket, none).await, Err(Error::Invalid(_))));
        world.tickets.attach(asha, ticket, on_ticket(file)).await.expect("attached");
        assert!(world.tickets.attach(asha, ticket, on_ticket(file)).await.is_err(), "it hangs somewhere");
    })
    .await;
}

#[tokio::test]
async fn a_file_is_taken_away_by_who_attached_it_or_manages_tickets() {
    run(async |world| {
        let (asha, bina) = (&world.acme.asha, &world.acme.bina);
        let ticket = world.open(asha, "Printer").await.ticket.id;
        for (taker, is_allowed) in [(bina, false), (asha, true), (&world.acme.owner, true)] {
            let file = world.file(asha, "log.txt").await;
            world.tickets.attach(asha, ticket, on_ticket(file)).await.expect("attached");
            let reader = with_scopes(taker, &[Scope::TicketsRead]);
            assert!(world.take(&reader, file).await.is_err());
            assert_eq!(world.take(taker, file).await.is_ok(), is_allowed);
        }
        assert_eq!(world.attached(asha, ticket).await.len(), 1, "the one that was not taken");
    })
    .await;
}

#[tokio::test]
async fn files_go_with_their_ticket() {
    run(async |world| {
        let asha = &world.acme.asha;
        let full = world.open(asha, "Printer").await.ticket;
        let file = world.file(asha, "log.txt").await;
        world.tickets.attach(asha, full.id, on_ticket(file)).await.expect("attached");
        world.tickets.delete(&world.acme.owner, full.id, full.version).await.expect("deleted");
        assert!(!world.is_kept(file).await);
    })
    .await;
}
