//! Tickets and the board they stand on.

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, ForeignKeyCreateStatement,
    SchemaManager, Table,
};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{
    composite_key, flag, index, number, number_null, reference, text, time, time_null, unique, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        boards(manager).await?;
        columns(manager).await?;
        tickets(manager).await?;
        indexes(manager).await?;
        followers(manager).await?;
        comments(manager).await?;
        activities(manager).await?;
        links(manager).await
    }
}

async fn boards(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut boards = Table::create();
    boards
        .table("ticket_boards")
        .col(uuid("organization_id").primary_key().take())
        .col(flag("custom_transitions"))
        .col(number("version"))
        .col(time("updated_at"))
        .foreign_key(&mut of_organization("fk_ticket_boards_organization", "ticket_boards"));
    manager.create_table(boards).await?;

    // A table of its own, because it is locked late in a transaction and the board early.
    let mut counters = Table::create();
    counters
        .table("ticket_counters")
        .col(uuid("organization_id").primary_key().take())
        .col(number("last_number"))
        .foreign_key(&mut of_organization("fk_ticket_counters_organization", "ticket_counters"));
    manager.create_table(counters).await
}

async fn columns(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut columns = Table::create();
    columns
        .table("ticket_columns")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("name"))
        .col(text("category"))
        .col(number("position"))
        .col(number("tail"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .primary_key(&mut composite_key("uq_ticket_columns_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut of_organization("fk_ticket_columns_organization", "ticket_columns"));
    manager.create_table(columns).await?;
    let name =
        unique("ticket_columns", "uq_ticket_columns_organization_id_name", &["organization_id", "name"]);
    manager.create_index(name).await?;
    // What a ticket refers to: its column together with the column's category, which is the ticket's status.
    let category = unique(
        "ticket_columns",
        "uq_ticket_columns_organization_id_id_category",
        &["organization_id", "id", "category"],
    );
    manager.create_index(category).await?;

    let mut transitions = Table::create();
    transitions
        .table("ticket_transitions")
        .col(uuid("organization_id"))
        .col(uuid("from_id"))
        .col(uuid("to_id"))
        .primary_key(&mut composite_key(
            "uq_ticket_transitions_organization_id_from_id_to_id",
            &["organization_id", "from_id", "to_id"],
        ))
        .foreign_key(&mut of_column("fk_ticket_transitions_from", "from_id"))
        .foreign_key(&mut of_column("fk_ticket_transitions_to", "to_id"));
    manager.create_table(transitions).await
}

async fn tickets(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut tickets = Table::create();
    tickets
        .table("tickets")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(number("number"))
        .col(text("title"))
        .col(text("title_folded"))
        .col(text("description"))
        .col(text("kind"))
        .col(number("priority"))
        .col(uuid("column_id"))
        .col(text("status"))
        .col(crate::column::bytes("rank"))
        .col(uuid("requester_id"))
        .col(uuid_null("assignee_id"))
        .col(text("tags"))
        .col(time_null("due_at"))
        .col(time("due_order"))
        .col(number_null("estimate_minutes"))
        .col(number("spent_minutes"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .col(time_null("resolved_at"))
        .col(time_null("closed_at"))
        .primary_key(&mut composite_key("uq_tickets_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut reference(
            "fk_tickets_column",
            ("tickets", &["organization_id", "column_id", "status"]),
            ("ticket_columns", &["organization_id", "id", "category"]),
        ))
        .foreign_key(&mut of_member("fk_tickets_requester", "tickets", "requester_id"))
        .foreign_key(&mut of_member("fk_tickets_assignee", "tickets", "assignee_id"));
    manager.create_table(tickets).await
}

/// One index per sort of the list, ending in what makes it unique, and one per person that a list is asked for.
async fn indexes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let uniques: [(&'static str, &[&'static str]); 2] = [
        ("uq_tickets_organization_id_number", &["organization_id", "number"]),
        ("uq_tickets_organization_id_column_id_rank", &["organization_id", "column_id", "rank"]),
    ];
    for (name, columns) in uniques {
        manager.create_index(unique("tickets", name, columns)).await?;
    }
    let plain: [(&'static str, &[&'static str]); 5] = [
        ("ix_tickets_created_at", &["organization_id", "created_at", "id"]),
        ("ix_tickets_updated_at", &["organization_id", "updated_at", "id"]),
        ("ix_tickets_due_order", &["organization_id", "due_order", "id"]),
        ("ix_tickets_priority", &["organization_id", "priority", "id"]),
        ("ix_tickets_requester_id", &["organization_id", "requester_id", "created_at", "id"]),
    ];
    for (name, columns) in plain {
        manager.create_index(index("tickets", name, columns)).await?;
    }
    let sparse: [(&'static str, &'static str, &[&'static str]); 3] = [
        ("ix_tickets_assignee_id", "assignee_id", &["organization_id", "assignee_id", "created_at", "id"]),
        ("ix_tickets_resolved_at", "resolved_at", &["organization_id", "resolved_at"]),
        ("ix_tickets_closed_at", "closed_at", &["organization_id", "closed_at"]),
    ];
    for (name, present, columns) in sparse {
        let mut index = index("tickets", name, columns);
        manager.create_index(index.and_where(Expr::col(present).is_not_null()).take()).await?;
    }
    Ok(())
}

async fn followers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut tags = Table::create();
    tags.table("ticket_tags")
        .col(uuid("organization_id"))
        .col(uuid("ticket_id"))
        .col(text("tag"))
        .primary_key(&mut composite_key(
            "uq_ticket_tags_organization_id_ticket_id_tag",
            &["organization_id", "ticket_id", "tag"],
        ))
        .foreign_key(&mut of_ticket("fk_ticket_tags_ticket", "ticket_tags", "ticket_id"));
    manager.create_table(tags).await?;
    let by_tag = index("ticket_tags", "ix_ticket_tags_tag", &["organization_id", "tag", "ticket_id"]);
    manager.create_index(by_tag).await?;

    let mut watchers = Table::create();
    watchers
        .table("ticket_watchers")
        .col(uuid("organization_id"))
        .col(uuid("ticket_id"))
        .col(uuid("user_id"))
        .col(time("created_at"))
        .primary_key(&mut composite_key(
            "uq_ticket_watchers_organization_id_ticket_id_user_id",
            &["organization_id", "ticket_id", "user_id"],
        ))
        .foreign_key(&mut of_ticket("fk_ticket_watchers_ticket", "ticket_watchers", "ticket_id"))
        .foreign_key(&mut of_member("fk_ticket_watchers_user", "ticket_watchers", "user_id"));
    manager.create_table(watchers).await?;
    let by_user =
        index("ticket_watchers", "ix_ticket_watchers_user_id", &["organization_id", "user_id", "ticket_id"]);
    manager.create_index(by_user).await
}

async fn comments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut comments = Table::create();
    comments
        .table("ticket_comments")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("ticket_id"))
        .col(uuid_null("author_id"))
        .col(text("visibility"))
        .col(text("body"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time_null("edited_at"))
        .col(time_null("deleted_at"))
        .primary_key(&mut composite_key("uq_ticket_comments_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut of_ticket("fk_ticket_comments_ticket", "ticket_comments", "ticket_id"))
        .foreign_key(&mut of_member("fk_ticket_comments_author", "ticket_comments", "author_id"));
    manager.create_table(comments).await?;
    let of_ticket = ["organization_id", "ticket_id", "created_at", "id"];
    manager.create_index(index("ticket_comments", "ix_ticket_comments_ticket_id", &of_ticket)).await?;

    let mut revisions = Table::create();
    revisions
        .table("ticket_comment_revisions")
        .col(uuid("organization_id"))
        .col(uuid("comment_id"))
        .col(number("version"))
        .col(text("body"))
        .col(uuid_null("replaced_by"))
        .col(time("replaced_at"))
        .primary_key(&mut composite_key(
            "uq_ticket_comment_revisions_organization_id_comment_id_version",
            &["organization_id", "comment_id", "version"],
        ))
        .foreign_key(&mut reference(
            "fk_ticket_comment_revisions_comment",
            ("ticket_comment_revisions", &["organization_id", "comment_id"]),
            ("ticket_comments", &["organization_id", "id"]),
        ))
        .foreign_key(&mut of_member(
            "fk_ticket_comment_revisions_replaced_by",
            "ticket_comment_revisions",
            "replaced_by",
        ));
    manager.create_table(revisions).await
}

async fn activities(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut activities = Table::create();
    activities
        .table("ticket_activities")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("ticket_id"))
        .col(uuid_null("actor_id"))
        .col(text("kind"))
        .col(text("visibility"))
        .col(text("changes"))
        .col(time("created_at"))
        .primary_key(&mut composite_key(
            "uq_ticket_activities_organization_id_id",
            &["organization_id", "id"],
        ))
        .foreign_key(&mut of_ticket("fk_ticket_activities_ticket", "ticket_activities", "ticket_id"))
        .foreign_key(&mut of_member("fk_ticket_activities_actor", "ticket_activities", "actor_id"));
    manager.create_table(activities).await?;
    let of_ticket = ["organization_id", "ticket_id", "created_at", "id"];
    manager.create_index(index("ticket_activities", "ix_ticket_activities_ticket_id", &of_ticket)).await
}

async fn links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut links = Table::create();
    links
        .table("ticket_links")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("source_id"))
        .col(uuid("target_id"))
        .col(text("kind"))
        .col(time("created_at"))
        .primary_key(&mut composite_key("uq_ticket_links_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut of_ticket("fk_ticket_links_source", "ticket_links", "source_id"))
        .foreign_key(&mut of_ticket("fk_ticket_links_target", "ticket_links", "target_id"));
    manager.create_table(links).await?;
    let once = unique(
        "ticket_links",
        "uq_ticket_links_organization_id_source_id_target_id_kind",
        &["organization_id", "source_id", "target_id", "kind"],
    );
    manager.create_index(once).await?;
    let by_target = index("ticket_links", "ix_ticket_links_target_id", &["organization_id", "target_id"]);
    manager.create_index(by_target).await
}

fn of_organization(name: &'static str, table: &'static str) -> ForeignKeyCreateStatement {
    reference(name, (table, &["organization_id"]), ("organizations", &["id"]))
}

fn of_column(name: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    within("ticket_transitions", name, column, ("ticket_columns", "id"))
}

fn of_ticket(name: &'static str, table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    within(table, name, column, ("tickets", "id"))
}

fn of_member(name: &'static str, table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    within(table, name, column, ("memberships", "user_id"))
}

/// A key that holds the organization of both rows together.
fn within(
    table: &'static str,
    name: &'static str,
    column: &'static str,
    to: (&'static str, &'static str),
) -> ForeignKeyCreateStatement {
    reference(name, (table, &["organization_id", column]), (to.0, &["organization_id", to.1]))
}
