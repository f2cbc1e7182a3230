use actix_web::web::Data;
use kernel::Scope;
use organizations::{Members, Organizations};
use serde_json::json;

mod wire;

use wire::{
    DeleteOrganization, FoundOrganization, LockoutView, MyOrganizationView, OrganizationPatch,
    OrganizationView, OrganizationsQuery, PolicyPatch, PolicyView, TransferOwnership,
};

use crate::{Answer, Body, Caller, Endpoint, IfMatch, Module, PageQuery, Query, Reply};

pub(crate) fn module() -> Module {
    Module::new("organizations", "One's own organizations, and the current one")
        .codes(&[
            ("already_owner", "He owns the organization already"),
            ("deletion_requested", "Its deletion was asked for before"),
            ("deletion_not_requested", "Its deletion was not asked for"),
            ("slug_taken", "Another organization has, or had, this short name"),
        ])
        .with(list_endpoint())
        .with(create_endpoint())
        .with(get_endpoint())
        .with(update_endpoint())
        .with(policy_endpoint())
        .with(update_policy_endpoint())
        .with(preview_policy_endpoint())
        .with(transfer_endpoint())
        .with(request_deletion_endpoint())
        .with(cancel_deletion_endpoint())
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("organizations_list", "/organizations", "List one's own organizations by name")
        .for_persons()
        .description("Open also to those who must set up a second factor first.")
        .query::<OrganizationsQuery>()
        .lists::<MyOrganizationView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("organizations_create", "/organizations", "Found an organization")
        .for_persons()
        .description("The caller is its owner. `auth_refresh` with its id gives an access token for it.")
        .body::<FoundOrganization>(json!({"name": "Himal Traders"}))
        .creates::<OrganizationView>()
        .fails_with(409)
        .to(create)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("organization_get", "/organization", "Show the current organization")
        .scope(Scope::OrganizationRead)
        .versioned()
        .returns::<OrganizationView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch("organization_update", "/organization", "Change the profile of the organization")
        .scope(Scope::OrganizationManage)
        .description("A `slug` that is given up still leads to this organization and is free for no other.")
        .versioned()
        .body::<OrganizationPatch>(json!({"legalName": "Himal Traders Pvt. Ltd.", "taxId": "301234567"}))
        .returns::<OrganizationView>()
        .fails_with(409)
        .to(update)
}

fn policy_endpoint() -> Endpoint {
    Endpoint::get(
        "organization_policy_get",
        "/organization/security-policy",
        "Show what the organization demands of its members' sign-in",
    )
    .scope(Scope::OrganizationManage)
    .versioned()
    .returns::<PolicyView>()
    .to(policy)
}

fn update_policy_endpoint() -> Endpoint {
    Endpoint::patch(
        "organization_policy_update",
        "/organization/security-policy",
        "Change what the organization demands of its members' sign-in",
    )
    .scope(Scope::OrganizationManage)
    .description("It has the version of the organization.")
    .versioned()
    .body::<PolicyPatch>(policy_example())
    .returns::<PolicyView>()
    .to(update_policy)
}

fn preview_policy_endpoint() -> Endpoint {
    Endpoint::post(
        "organization_policy_preview",
        "/organization/security-policy/preview",
        "Show whom a policy would lock out",
    )
    .scope(Scope::OrganizationManage)
    .body::<PolicyPatch>(policy_example())
    .returns::<LockoutView>()
    .keeps_no_answer()
    .to(preview_policy)
}

fn policy_example() -> serde_json::Value {
    json!({"requireMfa": true, "graceDays": 7})
}

fn transfer_endpoint() -> Endpoint {
    Endpoint::post("organization_transfer", "/organization/transfer", "Give the ownership to another member")
        .scope(Scope::OrganizationTransfer)
        .description("He becomes Owner, the caller Admin. Needs a fresh proof (`auth_step_up`).")
        .body::<TransferOwnership>(json!({"userId": "01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e11"}))
        .returns_nothing()
        .fails_with(404)
        .fails_with(409)
        .to(transfer)
}

fn request_deletion_endpoint() -> Endpoint {
    Endpoint::post(
        "organization_deletion_request",
        "/organization/deletion",
        "Ask for the organization to be erased",
    )
    .scope(Scope::OrganizationDelete)
    .description(
        "It happens after 14 days, until then it can be taken back. `name` is the name of the organization, typed \
         by hand. Needs a fresh proof (`auth_step_up`).",
    )
    .body::<DeleteOrganization>(json!({"name": "Himal Traders"}))
    .returns::<OrganizationView>()
    .fails_with(409)
    .to(request_deletion)
}

fn cancel_deletion_endpoint() -> Endpoint {
    Endpoint::delete(
        "organization_deletion_cancel",
        "/organization/deletion",
        "Keep the organization after all",
    )
    .scope(Scope::OrganizationDelete)
    .returns_nothing()
    .fails_with(409)
    .to(cancel_deletion)
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<OrganizationsQuery>,
    page: PageQuery,
    organizations: Data<dyn Organizations>,
) -> Answer {
    let found = organizations.list_mine(&actor, query.into(), &page.request).await?;
    Ok(Reply::ok(page.answer(found.map(MyOrganizationView::from))))
}

async fn create(
    Caller(actor): Caller,
    Body(body): Body<FoundOrganization>,
    organizations: Data<dyn Organizations>,
) -> Answer {
    let created = organizations.create(&actor, body.into()).await?;
    Ok(Reply::created("/organization", OrganizationView::from(&created)))
}

async fn get(Caller(actor): Caller, organizations: Data<dyn Organizations>) -> Answer {
    let found = organizations.current(&actor).await?;
    Ok(Reply::ok(OrganizationView::from(&found)).at(found.version))
}

async fn update(
    Caller(actor): Caller,
    IfMatch(version): IfMatch,
    Body(body): Body<OrganizationPatch>,
    organizations: Data<dyn Organizations>,
) -> Answer {
    let after = organizations.update(&actor, body.into(), version).await?;
    Ok(Reply::ok(OrganizationView::from(&after)).at(after.version))
}

async fn policy(Caller(actor): Caller, organizations: Data<dyn Organizations>) -> Answer {
    let found = organizations.policy(&actor).await?;
    Ok(Reply::ok(PolicyView::from(&found)).at(found.version))
}

async fn update_policy(
    Caller(actor): Caller,
    IfMatch(version): IfMatch,
    Body(body): Body<PolicyPatch>,
    organizations: Data<dyn Organizations>,
) -> Answer {
    let after = organizations.update_policy(&actor, body.into(), version).await?;
    Ok(Reply::ok(PolicyView::from(&after)).at(after.version))
}

async fn preview_policy(
    Caller(actor): Caller,
    Body(body): Body<PolicyPatch>,
    organizations: Data<dyn Organizations>,
) -> Answer {
    let lockout = organizations.preview_policy(&actor, body.into()).await?;
    Ok(Reply::ok(LockoutView::from(lockout)))
}

async fn transfer(
    Caller(actor): Caller,
    Body(body): Body<TransferOwnership>,
    members: Data<dyn Members>,
) -> Answer {
    members.transfer_ownership(&actor, body.user_id).await?;
    Ok(Reply::no_content())
}

async fn request_deletion(
    Caller(actor): Caller,
    Body(body): Body<DeleteOrganization>,
    organizations: Data<dyn Organizations>,
) -> Answer {
    let closing = organizations.request_deletion(&actor, &body.name).await?;
    Ok(Reply::ok(OrganizationView::from(&closing)))
}

async fn cancel_deletion(Caller(actor): Caller, organizations: Data<dyn Organizations>) -> Answer {
    organizations.cancel_deletion(&actor).await?;
    Ok(Reply::no_content())
}
