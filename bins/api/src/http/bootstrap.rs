use actix_web::web::Data;
use composition::Services;
use database::log;
use kernel::{Actor, App, Calendar, Fault, Locale, OrganizationId, Scope, UserId};
use notifications::Counts;
use organizations::Organization;
use serde::Serialize;
use users::User;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::ScopeName;
use crate::{Answer, Caller, Endpoint, Module, Problem, Reply};

pub(crate) fn module() -> Module {
    Module::new("bootstrap", "All that a client needs at its start").with(
        Endpoint::get("bootstrap_get", "/bootstrap", "Who I am, where, and what I may do")
            .for_members()
            .returns::<BootstrapView>()
            .to(get),
    )
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Bootstrap)]
struct BootstrapView {
    user: BootstrapUser,
    organization: BootstrapOrganization,
    role: BootstrapRole,
    /// What the caller may do here and now.
    #[schema(value_type = Vec<ScopeName>)]
    scopes: Vec<Scope>,
    /// The keys of the apps that are installed.
    apps: Vec<String>,
    unread: BootstrapUnread,
    /// The number of the organization's last event: `events_list` goes on from here.
    cursor: i64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BootstrapUser {
    #[schema(value_type = Uuid)]
    id: UserId,
    email: String,
    full_name: String,
    display_name: Option<String>,
    /// `en` or `ne`.
    #[schema(value_type = String)]
    locale: Locale,
    /// IANA name.
    time_zone: String,
    /// `ad` or `bs`.
    #[schema(value_type = String)]
    calendar: Calendar,
    /// `system`, `light` or `dark`.
    theme: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BootstrapOrganization {
    #[schema(value_type = Uuid)]
    id: OrganizationId,
    name: String,
    slug: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BootstrapRole {
    id: Option<Uuid>,
    name: Option<String>,
    /// 1 to 100.
    rank: Option<u8>,
}

#[derive(Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BootstrapUnread {
    /// Notifications never shown.
    unseen: u64,
    /// Notifications not opened.
    unread: u64,
}

async fn get(Caller(actor): Caller, services: Data<Services>) -> Answer {
    actor.require_member()?;
    // Any member may know the name of where he is, whatever his role holds.
    let here = Actor::system(actor.org);
    let organization = services.organizations.organizations.current(&here).await?;
    let me = actor.user_id().ok_or_else(|| Problem::from(kernel::Denied::Unauthenticated))?;
    let user =
        services.users.find(me).await?.ok_or_else(|| Problem::from(kernel::Denied::Unauthenticated))?;
    let view = BootstrapView {
        role: role(&actor, &services).await?,
        unread: unread(&actor, &services).await?,
        cursor: log::head(&services.database, actor.org.uuid()).await?,
        scopes: actor.rights.scopes.iter().filter(|scope| actor.has(*scope)).collect(),
        apps: actor.rights.apps.iter().map(App::key).map(str::to_owned).collect(),
        user: user.into(),
        organization: organization.into(),
    };
    Ok(Reply::ok(view))
}

async fn role(actor: &Actor, services: &Services) -> Result<BootstrapRole, Problem> {
    let name = match actor.rights.role {
        Some(role) => services.organizations.roles.name(actor.org, role).await?,
        None => None,
    };
    let id = actor.rights.role.map(kernel::RoleId::uuid);
    Ok(BootstrapRole { id, name, rank: actor.rights.rank.map(|rank| rank.0) })
}

/// Whoever may not receive notifications has none waiting.
async fn unread(actor: &Actor, services: &Services) -> Result<BootstrapUnread, Problem> {
    match services.notifications.counts(actor).await {
        Ok(Counts { unseen, unread }) => Ok(BootstrapUnread { unseen, unread }),
        Err(error) if error.code() == "scope_missing" => Ok(BootstrapUnread::default()),
        Err(error) => Err(error.into()),
    }
}

impl From<User> for BootstrapUser {
    fn from(user: User) -> Self {
        Self {
            id: user.id,
            email: user.email.to_string(),
            full_name: user.full_name.to_string(),
            display_name: user.display_name.map(|name| name.to_string()),
            locale: user.locale,
            time_zone: user.time_zone.name().to_owned(),
            calendar: user.calendar,
            theme: user.theme.name().to_owned(),
        }
    }
}

impl From<Organization> for BootstrapOrganization {
    fn from(organization: Organization) -> Self {
        Self { id: organization.id, name: organization.name.to_string(), slug: organization.slug.to_string() }
    }
}
