//! Rights, each in one query over indexes. Roles, organizations and memberships belong to other domains; they are read
//! here, never written.

use chrono::TimeDelta;
use database::StoreError;
use kernel::{App, AppSet, OrganizationId, Rank, RoleId, ScopeSet, SessionId, SystemRole, Timestamp, UserId};
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, Statement};
use uuid::Uuid;

use crate::rights::{Credential, Policy, Snapshot, Standing};
use crate::session::Amr;
use crate::store::people::role_name;

/// One row per installed app.
const STANDING: &str = "c.epoch AS user_epoch, c.disabled_at, t.confirmed_at, m.organization_id, m.role_id, \
     m.joined_at, m.epoch AS membership_epoch, r.name AS role_name, r.rank, r.scopes AS role_scopes, o.require_mfa, \
     o.mfa_grace_days, o.mfa_required_since, o.session_max_days, o.epoch AS organization_epoch, a.app";

const JOINS: &str = "LEFT JOIN totp_credentials t ON t.user_id = c.user_id \
     LEFT JOIN memberships m ON m.user_id = c.user_id AND m.status = 'active' AND m.organization_id = ";

const ROLES: &str = "LEFT JOIN roles r ON r.organization_id = m.organization_id AND r.id = m.role_id \
     LEFT JOIN organizations o ON o.id = m.organization_id \
     LEFT JOIN app_installations a ON a.organization_id = m.organization_id";

/// The rights of a session in an organization.
pub(crate) async fn of_session(
    on: &impl ConnectionTrait,
    session: SessionId,
    org: Option<OrganizationId>,
) -> Result<Option<Snapshot>, StoreError> {
    let sql = format!(
        "SELECT s.user_id, s.amr, s.auth_time, s.created_at, s.expires_at, s.revoked_at, {STANDING} \
           FROM sessions s JOIN credentials c ON c.user_id = s.user_id {JOINS} $2 {ROLES} WHERE s.id = $1"
    );
    let org = org.map_or(Uuid::nil(), OrganizationId::uuid);
    let values = [session.uuid().into(), org.into()];
    let rows =
        on.query_all_raw(Statement::from_sql_and_values(on.get_database_backend(), sql, values)).await?;
    snapshot(&rows, session_of)
}

/// The rights of an API key, by the hash of its text.
pub(crate) async fn of_api_key(
    on: &impl ConnectionTrait,
    hash: &[u8],
) -> Result<Option<Snapshot>, StoreError> {
    let sql = format!(
        "SELECT k.user_id, k.id AS key_id, k.scopes, k.expires_at, k.last_used_at, k.revoked_at, {STANDING} \
           FROM api_keys k JOIN credentials c ON c.user_id = k.user_id {JOINS} k.organization_id {ROLES} \
          WHERE k.token_hash = $1"
    );
    let values = [hash.to_vec().into()];
    let rows =
        on.query_all_raw(Statement::from_sql_and_values(on.get_database_backend(), sql, values)).await?;
    snapshot(&rows, api_key_of)
}

#[derive(FromQueryResult)]
struct Row {
    user_id: Uuid,
    user_epoch: i64,
    disabled_at: Option<Timestamp>,
    confirmed_at: Option<Timestamp>,
    organization_id: Option<Uuid>,
    role_id: Option<Uuid>,
    joined_at: Option<Timestamp>,
    membership_epoch: Option<i64>,
    role_name: Option<String>,
    rank: Option<i64>,
    role_scopes: Option<String>,
    require_mfa: Option<bool>,
    mfa_grace_days: Option<i64>,
    mfa_required_since: Option<Timestamp>,
    session_max_days: Option<i64>,
    organization_epoch: Option<i64>,
    app: Option<String>,
}

fn snapshot(
    rows: &[QueryResult],
    credential: fn(&QueryResult) -> Result<Credential, StoreError>,
) -> Result<Option<Snapshot>, StoreError> {
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let mut apps = Vec::new();
    for row in rows {
        // An app this version does not know opens nothing.
        apps.extend(Row::from_query_result(row, "")?.app.and_then(|app| app.parse::<App>().ok()));
    }
    let row = Row::from_query_result(first, "")?;
    Ok(Some(Snapshot {
        user: UserId::from_uuid(row.user_id),
        user_epoch: row.user_epoch,
        disabled: row.disabled_at.is_some(),
        second_factor: row.confirmed_at.is_some(),
        credential: credential(first)?,
        standing: standing(row, apps.into_iter().collect())?,
    }))
}

fn session_of(row: &QueryResult) -> Result<Credential, StoreError> {
    let amr: String = row.try_get("", "amr")?;
    let revoked_at: Option<Timestamp> = row.try_get("", "revoked_at")?;
    Ok(Credential::Session {
        amr: Amr::parse_stored(&amr),
        auth_time: row.try_get("", "auth_time")?,
        created_at: row.try_get("", "created_at")?,
        expires_at: row.try_get("", "expires_at")?,
        revoked: revoked_at.is_some(),
    })
}

fn api_key_of(row: &QueryResult) -> Result<Credential, StoreError> {
    let (key, scopes): (Uuid, String) = (row.try_get("", "key_id")?, row.try_get("", "scopes")?);
    let revoked_at: Option<Timestamp> = row.try_get("", "revoked_at")?;
    Ok(Credential::ApiKey {
        key: key.into(),
        scopes: ScopeSet::parse_stored(&scopes),
        expires_at: row.try_get("", "expires_at")?,
        last_used_at: row.try_get("", "last_used_at")?,
        revoked: revoked_at.is_some(),
    })
}

/// All or nothing: the foreign keys see to it that a membership has its role and its organization.
fn standing(row: Row, apps: AppSet) -> Result<Option<Standing>, StoreError> {
    let Some(org) = row.organization_id else {
        return Ok(None);
    };
    let whole = || {
        let role = RoleId::from_uuid(row.role_id?);
        let system = SystemRole::from_id(role);
        let stored = row.role_scopes?;
        Some(Standing {
            org: OrganizationId::from_uuid(org),
            role,
            role_name: role_name(role, row.role_name?),
            rank: Rank(u8::try_from(row.rank?).ok()?),
            // System roles grant what this version of the program says, not what an older one wrote down.
            scopes: system.map_or_else(|| ScopeSet::parse_stored(&stored), SystemRole::scopes),
            apps,
            joined_at: row.joined_at?,
            membership_epoch: row.membership_epoch?,
            organization_epoch: row.organization_epoch?,
            policy: Policy {
                require_mfa: row.require_mfa?,
                grace: TimeDelta::try_days(row.mfa_grace_days?)?,
                required_since: row.mfa_required_since,
                session_max: TimeDelta::try_days(row.session_max_days?)?,
            },
        })
    };
    match whole() {
        Some(standing) => Ok(Some(standing)),
        None => Err(StoreError::corrupt("memberships.role_id", format!("no whole role in {org}"))),
    }
}
