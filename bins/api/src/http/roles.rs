use actix_web::web::{Data, Path};
use kernel::{RoleId, Scope, SystemRole, Version};
use organizations::{CreateRole, RoleInUse, Roles, ScopeEntry, UpdateRole};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{Answer, Body, Caller, Endpoint, IfMatch, Instant, Module, PageQuery, Reply, ScopeName};

pub(crate) fn module() -> Module {
    Module::new("roles", "Named sets of scopes")
        .codes(&[
            ("rank_too_low", "This is for somebody of a higher rank"),
            ("role_in_use", "Members or open invitations have this role"),
            ("role_name_taken", "Another role has this name"),
            ("scope_not_held", "Nobody grants what he does not hold"),
            ("system_role", "The four system roles cannot be changed"),
            ("too_many_roles", "The organization has as many roles as it can have"),
        ])
        .with(list_endpoint())
        .with(get_endpoint())
        .with(create_endpoint())
        .with(update_endpoint())
        .with(delete_endpoint())
        .with(scopes_endpoint())
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("roles_list", "/roles", "List roles, highest first")
        .scope(Scope::RolesRead)
        .lists::<RoleView>()
        .to(list)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("roles_get", "/roles/{id}", "Show a role")
        .scope(Scope::RolesRead)
        .versioned()
        .returns::<RoleView>()
        .to(get)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("roles_create", "/roles", "Make a role")
        .scope(Scope::RolesManage)
        .description("Of scopes one holds, below one's own rank.")
        .body::<NewRole>(json!({"name": "Support", "rank": 40, "scopes": ["tickets:read", "tickets:write"]}))
        .creates::<RoleView>()
        .fails_with(409)
        .to(create)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch("roles_update", "/roles/{id}", "Change a role")
        .scope(Scope::RolesManage)
        .description("The four system roles cannot be changed.")
        .versioned()
        .body::<RolePatch>(json!({"scopes": ["tickets:read"]}))
        .returns::<RoleView>()
        .fails_with(409)
        .to(update)
}

fn delete_endpoint() -> Endpoint {
    Endpoint::delete("roles_delete", "/roles/{id}", "Delete a role that nobody has")
        .scope(Scope::RolesManage)
        .versioned()
        .returns_nothing()
        .fails_with(409)
        .to(delete)
}

fn scopes_endpoint() -> Endpoint {
    Endpoint::get("scopes_list", "/scopes", "List every scope with what it allows")
        .scope(Scope::RolesRead)
        .lists::<ScopeView>()
        .to(scopes)
}

#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SystemRole)]
enum SystemRoleWord {
    Owner,
    Admin,
    Member,
    Guest,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Role)]
struct RoleView {
    #[schema(value_type = Uuid)]
    id: RoleId,
    name: String,
    description: String,
    /// 1 to 100.
    rank: u8,
    #[schema(value_type = Vec<ScopeName>)]
    scopes: Vec<Scope>,
    /// One of the four that every organization has and nobody can change.
    is_system: bool,
    /// How many people have it, active and suspended.
    member_count: u64,
    #[schema(value_type = i64)]
    version: Version,
    created_at: Instant,
    updated_at: Instant,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CreateRole)]
struct NewRole {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    #[schema(max_length = 500)]
    description: Option<String>,
    /// Below one's own; 50, or one below one's own, if absent.
    #[schema(minimum = 1, maximum = 99)]
    rank: Option<i64>,
    #[schema(value_type = Vec<ScopeName>, max_items = 64)]
    scopes: Vec<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateRole)]
struct RolePatch {
    #[schema(min_length = 1, max_length = 60)]
    name: Option<String>,
    #[schema(max_length = 500)]
    description: Option<String>,
    #[schema(minimum = 1, maximum = 99)]
    rank: Option<i64>,
    #[schema(value_type = Option<Vec<ScopeName>>, max_items = 64)]
    scopes: Option<Vec<String>>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScopeEntry)]
struct ScopeView {
    #[schema(value_type = ScopeName)]
    scope: Scope,
    /// The part before the colon.
    module: &'static str,
    /// What it allows.
    description: &'static str,
    /// The app without which it means nothing.
    app: Option<&'static str>,
    /// Which of the four system roles hold it.
    system_roles: Vec<SystemRoleWord>,
}

async fn list(Caller(actor): Caller, page: PageQuery, roles: Data<dyn Roles>) -> Answer {
    let found = roles.list(&actor, &page.request).await?;
    Ok(Reply::ok(page.answer(found.map(RoleView::from))))
}

async fn get(Caller(actor): Caller, id: Path<RoleId>, roles: Data<dyn Roles>) -> Answer {
    let found = roles.get(&actor, *id).await?;
    let version = found.role.version;
    Ok(Reply::ok(RoleView::from(found)).at(version))
}

async fn create(Caller(actor): Caller, Body(body): Body<NewRole>, roles: Data<dyn Roles>) -> Answer {
    let created = roles.create(&actor, body.into()).await?;
    let path = format!("/roles/{}", created.role.id);
    let version = created.role.version;
    Ok(Reply::created(path, RoleView::from(created)).at(version))
}

async fn update(
    Caller(actor): Caller,
    id: Path<RoleId>,
    IfMatch(version): IfMatch,
    Body(body): Body<RolePatch>,
    roles: Data<dyn Roles>,
) -> Answer {
    let after = roles.update(&actor, *id, body.into(), version).await?;
    let version = after.role.version;
    Ok(Reply::ok(RoleView::from(after)).at(version))
}

async fn delete(
    Caller(actor): Caller,
    id: Path<RoleId>,
    IfMatch(version): IfMatch,
    roles: Data<dyn Roles>,
) -> Answer {
    roles.delete(&actor, *id, version).await?;
    Ok(Reply::no_content())
}

async fn scopes(Caller(actor): Caller, page: PageQuery, roles: Data<dyn Roles>) -> Answer {
    let found = roles.scopes(&actor, &page.request).await?;
    Ok(Reply::ok(page.answer(found.map(ScopeView::from))))
}

impl From<RoleInUse> for RoleView {
    fn from(RoleInUse { role, members }: RoleInUse) -> Self {
        Self {
            id: role.id,
            is_system: role.system_role().is_some(),
            name: role.name,
            description: role.description,
            rank: role.rank.0,
            scopes: role.scopes.iter().collect(),
            member_count: members,
            version: role.version,
            created_at: role.created_at.into(),
            updated_at: role.updated_at.into(),
        }
    }
}

impl From<NewRole> for CreateRole {
    fn from(body: NewRole) -> Self {
        Self { name: body.name, description: body.description, rank: body.rank, scopes: body.scopes }
    }
}

impl From<RolePatch> for UpdateRole {
    fn from(body: RolePatch) -> Self {
        Self { name: body.name, description: body.description, rank: body.rank, scopes: body.scopes }
    }
}

impl From<ScopeEntry> for ScopeView {
    fn from(entry: ScopeEntry) -> Self {
        let word = |role| match role {
            SystemRole::Owner => SystemRoleWord::Owner,
            SystemRole::Admin => SystemRoleWord::Admin,
            SystemRole::Member => SystemRoleWord::Member,
            SystemRole::Guest => SystemRoleWord::Guest,
        };
        Self {
            scope: entry.scope,
            module: entry.scope.module(),
            description: entry.scope.description(),
            app: entry.scope.app().map(kernel::App::key),
            system_roles: entry.system_roles.into_iter().map(word).collect(),
        }
    }
}
