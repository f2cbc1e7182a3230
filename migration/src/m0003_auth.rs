//! Sign-ups, credentials, sessions, second factors, API keys, and the keys that sign access tokens.

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, ForeignKeyCreateStatement,
    SchemaManager, Table,
};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{
    bytes, bytes_null, flag, index, key, number, reference, text, text_null, time, time_null, unique, uuid,
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
        credentials(manager).await?;
        second_factors(manager).await?;
        sessions(manager).await?;
        signing(manager).await?;
        api_keys(manager).await
    }
}

async fn credentials(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut sign_ups = Table::create();
    sign_ups
        .table("sign_ups")
        .col(key("id"))
        .col(text("email"))
        .col(text("full_name"))
        .col(text("organization_name"))
        .col(text("locale"))
        .col(text("password_hash"))
        .col(bytes("nonce"))
        .col(bytes("token_hash"))
        .col(time("created_at"))
        .col(time("expires_at"));
    manager.create_table(sign_ups).await?;
    manager.create_index(index("sign_ups", "ix_sign_ups_email_id", &["email", "id"])).await?;

    let mut credentials = Table::create();
    credentials
        .table("credentials")
        .col(key("user_id"))
        .col(text("password_hash"))
        .col(flag("short_password"))
        .col(number("epoch"))
        .col(time("password_changed_at"))
        .col(time_null("disabled_at"))
        .foreign_key(&mut of_user("fk_credentials_user", "credentials"));
    manager.create_table(credentials).await?;

    let mut tokens = Table::create();
    tokens
        .table("mail_tokens")
        .col(key("id"))
        .col(uuid("user_id"))
        .col(text("kind"))
        .col(text_null("email"))
        .col(bytes("nonce"))
        .col(bytes("token_hash"))
        .col(time("created_at"))
        .col(time("expires_at"))
        .foreign_key(&mut of_user("fk_mail_tokens_user", "mail_tokens"));
    manager.create_table(tokens).await?;
    // The newest link of a kind is the only one that counts.
    manager.create_index(unique("mail_tokens", "uq_mail_tokens_user_id_kind", &["user_id", "kind"])).await?;

    let mut throttles = Table::create();
    throttles
        .table("login_throttles")
        .col(bytes("key").primary_key().take())
        .col(number("tries"))
        .col(time("window_started_at"))
        .col(time_null("blocked_until"))
        .col(number("strikes"))
        .col(number("day_tries"))
        .col(time("day_started_at"))
        .col(time_null("locked_at"))
        .col(time("updated_at"));
    manager.create_table(throttles).await?;
    manager.create_index(index("login_throttles", "ix_login_throttles_updated_at", &["updated_at"])).await
}

async fn second_factors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut totp = Table::create();
    totp.table("totp_credentials")
        .col(key("user_id"))
        .col(bytes_null("secret"))
        .col(bytes_null("pending_secret"))
        .col(number("last_step"))
        .col(time_null("confirmed_at"))
        .col(time("created_at"))
        .foreign_key(&mut of_user("fk_totp_credentials_user", "totp_credentials"));
    manager.create_table(totp).await?;

    let mut codes = Table::create();
    codes
        .table("recovery_codes")
        .col(key("id"))
        .col(uuid("user_id"))
        .col(bytes("code_hash"))
        .col(time("created_at"))
        .foreign_key(&mut of_user("fk_recovery_codes_user", "recovery_codes"));
    manager.create_table(codes).await?;
    manager
        .create_index(unique(
            "recovery_codes",
            "uq_recovery_codes_user_id_code_hash",
            &["user_id", "code_hash"],
        ))
        .await?;

    let mut challenges = Table::create();
    challenges
        .table("mfa_challenges")
        .col(key("id"))
        .col(uuid("user_id"))
        .col(bytes("token_hash"))
        .col(uuid_null("organization_id"))
        .col(number("attempts"))
        .col(time("created_at"))
        .col(time("expires_at"))
        .foreign_key(&mut of_user("fk_mfa_challenges_user", "mfa_challenges"));
    manager.create_table(challenges).await?;
    manager.create_index(unique("mfa_challenges", "uq_mfa_challenges_token_hash", &["token_hash"])).await?;
    manager.create_index(index("mfa_challenges", "ix_mfa_challenges_user_id", &["user_id"])).await
}

async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut sessions = Table::create();
    sessions
        .table("sessions")
        .col(key("id"))
        .col(uuid("user_id"))
        // The one last worked in; no foreign key, because an organization may be erased before the session ends.
        .col(uuid_null("organization_id"))
        .col(text("amr"))
        .col(time("auth_time"))
        .col(time("created_at"))
        .col(time("expires_at"))
        .col(time("last_seen_at"))
        .col(text_null("ip"))
        .col(text_null("user_agent"))
        .col(text("device"))
        .col(time_null("revoked_at"))
        .col(text_null("revoke_reason"))
        .foreign_key(&mut of_user("fk_sessions_user", "sessions"));
    manager.create_table(sessions).await?;
    manager.create_index(index("sessions", "ix_sessions_user_id_id", &["user_id", "id"])).await?;

    let mut tokens = Table::create();
    tokens
        .table("refresh_tokens")
        .col(key("id"))
        .col(uuid("session_id"))
        .col(number("seq"))
        .col(bytes("token_hash"))
        .col(bytes_null("attempt_hash"))
        .col(time("issued_at"))
        .col(time("expires_at"))
        .col(time_null("consumed_at"))
        .foreign_key(&mut reference(
            "fk_refresh_tokens_session",
            ("refresh_tokens", &["session_id"]),
            ("sessions", &["id"]),
        ));
    manager.create_table(tokens).await?;
    manager.create_index(unique("refresh_tokens", "uq_refresh_tokens_token_hash", &["token_hash"])).await?;
    manager
        .create_index(unique("refresh_tokens", "uq_refresh_tokens_session_id_seq", &["session_id", "seq"]))
        .await?;
    // At most one live token per family, whatever runs at once.
    let mut live = unique("refresh_tokens", "uq_refresh_tokens_session_id", &["session_id"]);
    manager.create_index(live.and_where(Expr::col("consumed_at").is_null()).take()).await
}

async fn signing(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut keys = Table::create();
    keys.table("signing_keys")
        .col(key("id"))
        .col(text("state"))
        .col(bytes("public_key"))
        .col(bytes("sealed_key"))
        .col(time("created_at"))
        .col(time_null("retired_at"));
    manager.create_table(keys).await?;
    // Of several processes that start at once, one makes the key.
    let mut active = unique("signing_keys", "uq_signing_keys_state", &["state"]);
    manager.create_index(active.and_where(Expr::col("state").eq("active")).take()).await
}

async fn api_keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut keys = Table::create();
    keys.table("api_keys")
        .col(key("id"))
        .col(uuid("organization_id"))
        .col(uuid("user_id"))
        .col(text("name"))
        .col(text("prefix"))
        .col(bytes("token_hash"))
        .col(text("scopes"))
        .col(time("created_at"))
        .col(time_null("expires_at"))
        .col(time_null("last_used_at"))
        .col(time_null("revoked_at"))
        .foreign_key(&mut reference(
            "fk_api_keys_organization",
            ("api_keys", &["organization_id"]),
            ("organizations", &["id"]),
        ))
        .foreign_key(&mut of_user("fk_api_keys_user", "api_keys"));
    manager.create_table(keys).await?;
    manager.create_index(unique("api_keys", "uq_api_keys_token_hash", &["token_hash"])).await?;
    manager
        .create_index(index("api_keys", "ix_api_keys_organization_id_id", &["organization_id", "id"]))
        .await
}

fn of_user(name: &'static str, table: &'static str) -> ForeignKeyCreateStatement {
    reference(name, (table, &["user_id"]), ("users", &["id"]))
}
