//! People, organizations, and who is what in which.

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, SchemaManager, Table,
};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{
    composite_key, flag, index, key, number, reference, text, text_null, time, time_null, unique, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        users(manager).await?;
        organizations(manager).await?;
        roles(manager).await?;
        members(manager).await
    }
}

async fn users(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut users = Table::create();
    users
        .table("users")
        .col(key("id"))
        .col(text("email"))
        .col(text("full_name"))
        .col(text_null("display_name"))
        .col(text("locale"))
        .col(text("time_zone"))
        .col(text("calendar"))
        .col(text("theme"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .col(time_null("delete_after"));
    manager.create_table(users).await?;
    manager.create_index(unique("users", "uq_users_email", &["email"])).await
}

async fn organizations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut organizations = Table::create();
    organizations
        .table("organizations")
        .col(key("id"))
        .col(text("name"))
        .col(text("slug"))
        .col(text_null("legal_name"))
        .col(text_null("tax_id"))
        .col(text_null("address"))
        .col(text_null("phone"))
        .col(text_null("email"))
        .col(flag("require_mfa"))
        .col(number("mfa_grace_days"))
        .col(time_null("mfa_required_since"))
        .col(text("allowed_domains"))
        .col(number("session_max_days"))
        .col(number("epoch"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .col(time_null("delete_after"));
    manager.create_table(organizations).await?;
    manager.create_index(unique("organizations", "uq_organizations_slug", &["slug"])).await?;

    let mut slugs = Table::create();
    slugs
        .table("organization_slugs")
        .col(text("slug").primary_key().take())
        .col(uuid("organization_id"))
        .col(time("retired_at"))
        .foreign_key(&mut belongs("fk_organization_slugs_organization", "organization_slugs"));
    manager.create_table(slugs).await?;

    let mut settings = Table::create();
    settings
        .table("organization_settings")
        .col(uuid("organization_id").primary_key().take())
        .col(text("currency"))
        .col(text("time_zone"))
        .col(number("fiscal_year_start_month"))
        .col(text("calendar"))
        .col(text("locale"))
        .col(text("accent_color"))
        .col(number("version"))
        .col(time("updated_at"))
        .foreign_key(&mut belongs("fk_organization_settings_organization", "organization_settings"));
    manager.create_table(settings).await?;

    let mut apps = Table::create();
    apps.table("app_installations")
        .col(uuid("organization_id"))
        .col(text("app"))
        .col(time("installed_at"))
        .primary_key(&mut composite_key(
            "uq_app_installations_organization_id_app",
            &["organization_id", "app"],
        ))
        .foreign_key(&mut belongs("fk_app_installations_organization", "app_installations"));
    manager.create_table(apps).await
}

async fn roles(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut roles = Table::create();
    roles
        .table("roles")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("name"))
        .col(text("description"))
        .col(number("rank"))
        .col(text("scopes"))
        .col(flag("is_system"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .primary_key(&mut composite_key("uq_roles_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut belongs("fk_roles_organization", "roles"));
    manager.create_table(roles).await?;
    manager.create_index(unique("roles", "uq_roles_organization_id_name", &["organization_id", "name"])).await
}

async fn members(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut members = Table::create();
    members
        .table("memberships")
        .col(uuid("organization_id"))
        .col(uuid("user_id"))
        .col(uuid("role_id"))
        .col(text("status"))
        .col(number("epoch"))
        .col(number("version"))
        .col(time("joined_at"))
        .col(time("updated_at"))
        .primary_key(&mut composite_key(
            "uq_memberships_organization_id_user_id",
            &["organization_id", "user_id"],
        ))
        .foreign_key(&mut belongs("fk_memberships_organization", "memberships"))
        .foreign_key(&mut reference("fk_memberships_user", ("memberships", &["user_id"]), ("users", &["id"])))
        .foreign_key(&mut reference(
            "fk_memberships_role",
            ("memberships", &["organization_id", "role_id"]),
            ("roles", &["organization_id", "id"]),
        ));
    manager.create_table(members).await?;
    manager.create_index(index("memberships", "ix_memberships_user_id", &["user_id"])).await?;
    let mut active = index("memberships", "ix_memberships_role", &["organization_id", "role_id"]);
    manager.create_index(active.and_where(Expr::col("status").eq("active")).take()).await
}

fn belongs(name: &'static str, table: &'static str) -> sea_orm_migration::prelude::ForeignKeyCreateStatement {
    reference(name, (table, &["organization_id"]), ("organizations", &["id"]))
}
