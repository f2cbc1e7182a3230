use database::Tx;
use kernel::{Env, Eviction, OrganizationId, Stream, SystemRole, UserId};

use super::organization::{Organization, OrganizationName};
use super::slug::Slug;
use super::{CreateOrganization, OrganizationEvent};
use crate::members::{Membership, tell_member};
use crate::roles::Role;
use crate::{Error, MemberAct, OrganizationSettings, store};

/// Founds an organization in a commit of any domain: profile, settings, the four system roles, the apps every
/// organization starts with, and its first owner, whose own stream must be open.
pub async fn found(env: &Env, tx: &Tx, owner: UserId, name: &str) -> Result<OrganizationId, Error> {
    let create = CreateOrganization { name: name.to_owned(), slug: None };
    Ok(create_in(env, tx, owner, create).await?.id)
}

/// The same, with a slug of the founder's choice.
pub(super) async fn create_in(
    env: &Env,
    tx: &Tx,
    owner: UserId,
    create: CreateOrganization,
) -> Result<Organization, Error> {
    let name = OrganizationName::parse("name", &create.name)?;
    let slug = create.slug.map(|slug| Slug::parse("slug", &slug)).transpose()?;
    let candidates = match slug {
        Some(slug) => vec![slug],
        None => Slug::candidates(env, name.as_str()),
    };
    let (org, now) = (env.id::<OrganizationId>(), env.now());
    let organization = insert(tx, org, name, candidates, env).await?;
    store::settings::insert(tx, org, &OrganizationSettings::initial(now)).await?;
    let roles = SystemRole::ALL.map(|role| Role::system(role, now));
    store::roles::insert(tx, org, &roles).await?;
    store::organizations::install_first_apps(tx, org, now).await?;
    let membership = Membership::join(owner, SystemRole::Owner.id(), now);
    store::members::insert(tx, org, &membership).await?;
    tx.open_stream(Stream::Organization(org)).await?;
    tx.tell(Stream::Organization(org), OrganizationEvent::Created { org, owner });
    let role = membership.role;
    tell_member(tx, org, &membership, MemberAct::Joined { role });
    tx.evict(Eviction::User(owner));
    Ok(organization)
}

/// The first slug that is free. It is free if the unique index lets it in, and if afterwards nobody is seen to
/// have retired it: whoever gives a slug up holds the index entry until his commit, so this look comes after his.
async fn insert(
    tx: &Tx,
    org: OrganizationId,
    name: OrganizationName,
    candidates: Vec<Slug>,
    env: &Env,
) -> Result<Organization, Error> {
    for slug in candidates {
        let organization = Organization::found(org, name.clone(), slug, env.now());
        if !store::organizations::insert(tx, &organization).await? {
            continue;
        }
        if !store::organizations::slug_is_anothers(tx, org, &organization.slug).await? {
            return Ok(organization);
        }
        store::organizations::delete(tx, org).await?;
    }
    Err(Error::SlugTaken)
}
