//! Offers to join an organization.

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, SchemaManager, Table,
};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{bytes, composite_key, index, reference, text, time, time_null, unique, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut invitations = Table::create();
        invitations
            .table("invitations")
            .col(uuid("organization_id"))
            .col(uuid("id"))
            .col(text("email"))
            .col(uuid("role_id"))
            .col(uuid("inviter_id"))
            .col(text("status"))
            .col(bytes("nonce"))
            .col(bytes("token_hash"))
            .col(time("sent_at"))
            .col(time("expires_at"))
            .col(uuid_null("accepted_by"))
            .col(time_null("closed_at"))
            .col(time("created_at"))
            .primary_key(&mut composite_key("uq_invitations_organization_id_id", &["organization_id", "id"]))
            .foreign_key(&mut reference(
                "fk_invitations_role",
                ("invitations", &["organization_id", "role_id"]),
                ("roles", &["organization_id", "id"]),
            ))
            .foreign_key(&mut reference(
                "fk_invitations_inviter",
                ("invitations", &["organization_id", "inviter_id"]),
                ("memberships", &["organization_id", "user_id"]),
            ))
            .foreign_key(&mut reference(
                "fk_invitations_member",
                ("invitations", &["organization_id", "accepted_by"]),
                ("memberships", &["organization_id", "user_id"]),
            ));
        manager.create_table(invitations).await?;
        // Whoever accepts shows the id alone: his token does not name the organization.
        manager.create_index(unique("invitations", "uq_invitations_id", &["id"])).await?;
        let mut open =
            unique("invitations", "uq_invitations_organization_id_email", &["organization_id", "email"]);
        manager.create_index(open.and_where(Expr::col("status").eq("open")).take()).await?;
        let role = ["organization_id", "role_id"];
        manager.create_index(index("invitations", "ix_invitations_role", &role)).await
    }
}
