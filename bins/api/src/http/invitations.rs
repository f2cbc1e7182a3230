use actix_web::web::{Data, Path};
use auth::Enrolments;
use kernel::{InvitationId, Scope, Secret};
use organizations::{Account, Invitations};
use serde_json::json;

mod wire;

use wire::{
    AcceptBody, InvitationRowsView, InvitationView, InvitationsQuery, InvitePeople, PreviewBody, PreviewView,
};

use super::auth::{SessionView, Transport};
use crate::{Answer, Body, Caller, Endpoint, Module, PageQuery, Query, Reply};

/// Bytes a body of the public operations may have.
const BODY: usize = 4 * 1024;

pub(crate) fn module() -> Module {
    Module::new("invitations", "Offers to join the organization")
        .codes(&[
            ("already_member", "This person is a member already"),
            ("domain_not_allowed", "The organization admits no addresses of this domain"),
            ("invitation_for_other_email", "This invitation is for another e-mail address"),
            ("invitation_over", "This invitation was used, withdrawn or has expired"),
            ("invited_twice", "This address stands in the list twice"),
            ("inviter_lost_right", "Whoever sent this invitation may not invite any more"),
            ("rank_too_low", "This is for somebody of a higher rank"),
            ("sign_in_to_accept", "Sign in and open the invitation again"),
        ])
        .with(create_endpoint())
        .with(list_endpoint())
        .with(resend_endpoint())
        .with(revoke_endpoint())
        .with(preview_endpoint())
        .with(accept_endpoint())
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("invitations_create", "/invitations", "Invite people")
        .scope(Scope::MembersInvite)
        .description(
            "Each row has its own outcome; an open invitation to the same address is sent again. Only to roles up \
             to one's own rank; to invite an Admin or Owner needs a fresh proof (`auth_step_up`).",
        )
        .body::<InvitePeople>(json!({"invitations": [
            {"email": "asha@example.com", "roleId": kernel::SystemRole::Member.id()},
        ]}))
        .creates::<InvitationRowsView>()
        .to(create)
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("invitations_list", "/invitations", "List invitations, newest first")
        .scope(Scope::MembersInvite)
        .description("Open and expired ones, unless `status` says otherwise.")
        .query::<InvitationsQuery>()
        .lists_counted::<InvitationView>()
        .to(list)
}

fn resend_endpoint() -> Endpoint {
    Endpoint::post("invitations_resend", "/invitations/{id}/resend", "Send an invitation again")
        .scope(Scope::MembersInvite)
        .description("With another link, good for seven days; the earlier link ends.")
        .returns::<InvitationView>()
        .fails_with(409)
        .fails_with(410)
        .to(resend)
}

fn revoke_endpoint() -> Endpoint {
    Endpoint::delete("invitations_revoke", "/invitations/{id}", "Withdraw an invitation")
        .scope(Scope::MembersInvite)
        .returns_nothing()
        .fails_with(410)
        .to(revoke)
}

fn preview_endpoint() -> Endpoint {
    Endpoint::post("invitations_preview", "/invitations/preview", "See who invites to what")
        .public()
        .body_limit(BODY)
        .body::<PreviewBody>(json!({"token": example_token()}))
        .returns::<PreviewView>()
        .fails_with(404)
        .fails_with(410)
        .to(preview)
}

fn accept_endpoint() -> Endpoint {
    let draft = Endpoint::post("invitations_accept", "/invitations/accept", "Join by an invitation");
    Transport::declared(draft.public())
        .description(
            "Somebody signed in with the invited address sends the token alone. Somebody without an account sends \
             his name and a password too, and thereby gets one. The answer is a session in the organization.",
        )
        .body_limit(BODY)
        .body::<AcceptBody>(json!({
            "token": example_token(),
            "fullName": "Asha Rai",
            "password": "a long enough password",
        }))
        .returns::<SessionView>()
        .fails_with(401)
        .fails_with(403)
        .fails_with(404)
        .fails_with(409)
        .fails_with(410)
        .to(accept)
}

fn example_token() -> &'static str {
    "01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e11.Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbiE"
}

async fn create(
    Caller(actor): Caller,
    Body(body): Body<InvitePeople>,
    invitations: Data<dyn Invitations>,
) -> Answer {
    let rows = invitations.create(&actor, body.into()).await?;
    Ok(Reply::created("/invitations", InvitationRowsView::from(rows)))
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<InvitationsQuery>,
    page: PageQuery,
    invitations: Data<dyn Invitations>,
) -> Answer {
    let found = invitations.list(&actor, query.into(), &page.request).await?;
    Ok(Reply::ok(page.answer(found.map(InvitationView::from))))
}

async fn resend(Caller(actor): Caller, id: Path<InvitationId>, invitations: Data<dyn Invitations>) -> Answer {
    Ok(Reply::ok(InvitationView::from(invitations.resend(&actor, *id).await?)))
}

async fn revoke(Caller(actor): Caller, id: Path<InvitationId>, invitations: Data<dyn Invitations>) -> Answer {
    invitations.revoke(&actor, *id).await?;
    Ok(Reply::no_content())
}

async fn preview(Body(body): Body<PreviewBody>, invitations: Data<dyn Invitations>) -> Answer {
    let preview = invitations.preview(&Secret::new(body.token)).await?;
    Ok(Reply::ok(PreviewView::from(preview)))
}

async fn accept(
    Caller(actor): Caller,
    Body(body): Body<AcceptBody>,
    transport: Transport,
    invitations: Data<dyn Invitations>,
    enrolments: Data<dyn Enrolments>,
) -> Answer {
    transport.permit()?;
    let accepted = invitations.accept(&actor, body.into()).await?;
    let session = match accepted.account {
        Account::New => enrolments.begin_session(&actor, accepted.user, accepted.organization).await?,
        Account::Existing => enrolments.continue_session(&actor, accepted.organization).await?,
    };
    transport.give(session)
}
