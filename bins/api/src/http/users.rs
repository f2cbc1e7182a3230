use actix_web::web::Data;
use files::Files;
use kernel::Scope;
use serde_json::json;
use users::Users;

mod avatar;
mod wire;

use wire::{DirectoryQuery, PersonView, UpdateUser, UserView};

use crate::{Answer, Body, Caller, Endpoint, IfMatch, Module, PageQuery, Query, Reply};

pub(crate) fn module() -> Module {
    let module = Module::new("users", "One's own profile, and the people of the organization")
        .codes(&[
            ("deletion_requested", "Its deletion was asked for before"),
            ("deletion_not_requested", "Its deletion was not asked for"),
            ("sole_owner", "An organization would lose its only owner"),
        ])
        .with(me_endpoint())
        .with(update_endpoint())
        .with(directory_endpoint())
        .with(request_deletion_endpoint())
        .with(cancel_deletion_endpoint());
    avatar::endpoints().into_iter().fold(module, Module::with)
}

fn me_endpoint() -> Endpoint {
    Endpoint::get("users_me_get", "/users/me", "Show one's own profile")
        .for_persons()
        .versioned()
        .returns::<UserView>()
        .to(me)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch("users_me_update", "/users/me", "Change one's own profile")
        .for_persons()
        .description(
            "The e-mail address is changed by `auth_change_email`, because the new one must be proven.",
        )
        .versioned()
        .body::<UpdateUser>(json!({"displayName": "Asha", "theme": "dark"}))
        .returns::<UserView>()
        .to(update)
}

fn directory_endpoint() -> Endpoint {
    Endpoint::get("users_list", "/users", "List the organization's people by name")
        .scope(Scope::MembersRead)
        .description("Active members only; for managing memberships see `members_list`.")
        .query::<DirectoryQuery>()
        .lists_counted::<PersonView>()
        .to(directory)
}

fn request_deletion_endpoint() -> Endpoint {
    Endpoint::post("users_me_deletion_request", "/users/me/deletion", "Ask for one's account to be erased")
        .for_persons()
        .description(
            "It happens after 30 days, until then it can be taken back. Needs a fresh proof (`auth_step_up`). \
             Refused while an organization would lose its only owner.",
        )
        .returns::<UserView>()
        .fails_with(409)
        .to(request_deletion)
}

fn cancel_deletion_endpoint() -> Endpoint {
    Endpoint::delete("users_me_deletion_cancel", "/users/me/deletion", "Keep one's account after all")
        .for_persons()
        .returns_nothing()
        .fails_with(409)
        .to(cancel_deletion)
}

async fn me(Caller(actor): Caller, users: Data<dyn Users>) -> Answer {
    let user = users.me(&actor).await?;
    Ok(Reply::ok(UserView::from(&user)).at(user.version))
}

async fn update(
    Caller(actor): Caller,
    IfMatch(version): IfMatch,
    Body(body): Body<UpdateUser>,
    users: Data<dyn Users>,
) -> Answer {
    let user = users.update_me(&actor, body.into(), version).await?;
    Ok(Reply::ok(UserView::from(&user)).at(user.version))
}

async fn directory(
    Caller(actor): Caller,
    Query(query): Query<DirectoryQuery>,
    page: PageQuery,
    users: Data<dyn Users>,
    files: Data<dyn Files>,
) -> Answer {
    let found = users.directory(&actor, query.into(), &page.request).await?;
    let people: Vec<_> = found.rows.iter().map(|person| person.id).collect();
    let mut pictures = files.avatars(&actor, &people).await?;
    let shown = found.map(|person| {
        let picture = pictures.remove(&person.id);
        PersonView::from(person).with(picture)
    });
    Ok(Reply::ok(page.answer(shown)))
}

async fn request_deletion(Caller(actor): Caller, users: Data<dyn Users>) -> Answer {
    let user = users.request_deletion(&actor).await?;
    Ok(Reply::ok(UserView::from(&user)))
}

async fn cancel_deletion(Caller(actor): Caller, users: Data<dyn Users>) -> Answer {
    users.cancel_deletion(&actor).await?;
    Ok(Reply::no_content())
}
