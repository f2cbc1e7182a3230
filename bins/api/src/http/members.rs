use actix_web::web::{Data, Path};
use kernel::{RoleId, Scope, UserId, Version};
use organizations::{Member, MemberFilter, MemberStatus, Members, Presence, UpdateMember};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{Answer, Body, Caller, Endpoint, IfMatch, Instant, Module, PageQuery, Query, Reply};

pub(crate) fn module() -> Module {
    Module::new("members", "Who works in the organization, and as what")
        .codes(&[
            ("last_owner", "An organization always has an active owner"),
            ("rank_too_low", "This is for somebody of a higher rank"),
        ])
        .with(list_endpoint())
        .with(get_endpoint())
        .with(update_endpoint())
        .with(remove_endpoint())
        .with(leave_endpoint())
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("members_list", "/members", "List members by name")
        .scope(Scope::MembersRead)
        .description("Active and suspended ones, unless `status` says otherwise.")
        .query::<MembersQuery>()
        .lists_counted::<MemberView>()
        .to(list)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("members_get", "/members/{userId}", "Show a member")
        .scope(Scope::MembersRead)
        .versioned()
        .returns::<MemberView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch(
        "members_update",
        "/members/{userId}",
        "Give a member another role, suspend him, or let him back",
    )
    .scope(Scope::MembersManage)
    .description(
        "Only below one's own rank; to make somebody Admin or Owner needs a fresh proof (`auth_step_up`).",
    )
    .versioned()
    .body::<MemberPatch>(json!({"status": "suspended"}))
    .returns::<MemberView>()
    .fails_with(409)
    .to(update)
}

fn remove_endpoint() -> Endpoint {
    Endpoint::delete("members_remove", "/members/{userId}", "End a membership")
        .scope(Scope::MembersManage)
        .versioned()
        .returns_nothing()
        .fails_with(409)
        .to(remove)
}

fn leave_endpoint() -> Endpoint {
    Endpoint::post("members_leave", "/members/leave", "Leave the organization")
        .for_members()
        .returns_nothing()
        .fails_with(409)
        .to(leave)
}

/// How a membership stands.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MemberStatus)]
enum MemberStatusWord {
    Active,
    Suspended,
    Left,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MemberPresence {
    Active,
    Suspended,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MembersQuery {
    status: Option<MemberStatusWord>,
    #[schema(value_type = Option<Uuid>)]
    role_id: Option<RoleId>,
    /// The beginning of a word of the name, or of the address.
    #[schema(max_length = 100)]
    search: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Member)]
struct MemberView {
    #[schema(value_type = Uuid)]
    user_id: UserId,
    email: String,
    full_name: String,
    display_name: Option<String>,
    #[schema(value_type = Uuid)]
    role_id: RoleId,
    /// The name of the role.
    role: String,
    /// 1 to 100; nobody touches a member of his own rank or above.
    rank: u8,
    status: MemberStatusWord,
    joined_at: Instant,
    #[schema(value_type = i64)]
    version: Version,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateMember)]
struct MemberPatch {
    #[schema(value_type = Option<Uuid>)]
    role_id: Option<RoleId>,
    status: Option<MemberPresence>,
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<MembersQuery>,
    page: PageQuery,
    members: Data<dyn Members>,
) -> Answer {
    let found = members.list(&actor, query.into(), &page.request).await?;
    Ok(Reply::ok(page.answer(found.map(MemberView::from))))
}

async fn get(Caller(actor): Caller, user: Path<UserId>, members: Data<dyn Members>) -> Answer {
    let member = members.get(&actor, *user).await?;
    let version = member.version;
    Ok(Reply::ok(MemberView::from(member)).at(version))
}

async fn update(
    Caller(actor): Caller,
    user: Path<UserId>,
    IfMatch(version): IfMatch,
    Body(body): Body<MemberPatch>,
    members: Data<dyn Members>,
) -> Answer {
    let member = members.update(&actor, *user, body.into(), version).await?;
    let version = member.version;
    Ok(Reply::ok(MemberView::from(member)).at(version))
}

async fn remove(
    Caller(actor): Caller,
    user: Path<UserId>,
    IfMatch(version): IfMatch,
    members: Data<dyn Members>,
) -> Answer {
    members.remove(&actor, *user, version).await?;
    Ok(Reply::no_content())
}

async fn leave(Caller(actor): Caller, members: Data<dyn Members>) -> Answer {
    members.leave(&actor).await?;
    Ok(Reply::no_content())
}

impl From<MembersQuery> for MemberFilter {
    fn from(query: MembersQuery) -> Self {
        let status = query.status.map(|status| match status {
            MemberStatusWord::Active => MemberStatus::Active,
            MemberStatusWord::Suspended => MemberStatus::Suspended,
            MemberStatusWord::Left => MemberStatus::Left,
        });
        Self { status, role: query.role_id, search: query.search }
    }
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        Self {
            user_id: member.user,
            email: member.email.to_string(),
            full_name: member.full_name,
            display_name: member.display_name,
            role_id: member.role,
            role: member.role_name,
            rank: member.rank.0,
            status: match member.status {
                MemberStatus::Active => MemberStatusWord::Active,
                MemberStatus::Suspended => MemberStatusWord::Suspended,
                MemberStatus::Left => MemberStatusWord::Left,
            },
            joined_at: member.joined_at.into(),
            version: member.version,
        }
    }
}

impl From<MemberPatch> for UpdateMember {
    fn from(body: MemberPatch) -> Self {
        let status = body.status.map(|status| match status {
            MemberPresence::Active => Presence::Active,
            MemberPresence::Suspended => Presence::Suspended,
        });
        Self { role: body.role_id, status }
    }
}
