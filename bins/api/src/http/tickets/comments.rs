//! What is said about a ticket.

use actix_web::web::{Data, Path};
use kernel::{CommentId, Scope, TicketId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tickets::{Comment, CommentRevision, Tickets, WriteComment};
use utoipa::ToSchema;

use super::wire::OrderQuery;
use super::words::VisibilityWord;
use crate::{Answer, Body, Caller, Endpoint, IfMatch, Instant, PageQuery, Query, Reply};

const PATH: &str = "/tickets/{id}/comments";
const ONE: &str = "/tickets/{id}/comments/{commentId}";

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        list_endpoint(),
        create_endpoint(),
        get_endpoint(),
        update_endpoint(),
        delete_endpoint(),
        revisions_endpoint(),
    ]
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("ticket_comments_list", PATH, "List the conversation about a ticket")
        .scope(Scope::TicketsRead)
        .description("A deleted comment keeps its place. Guests see public comments only.")
        .query::<OrderQuery>()
        .lists::<CommentView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("ticket_comments_create", PATH, "Comment on a ticket")
        .scope(Scope::TicketsWrite)
        .description("A mention is written `@[name](userId)`.")
        .body::<WriteBody>(json!({"body": "The supplier will call back.", "visibility": "internal"}))
        .creates::<CommentView>()
        .to(create)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("ticket_comments_get", ONE, "Show a comment")
        .scope(Scope::TicketsRead)
        .versioned()
        .returns::<CommentView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch("ticket_comments_update", ONE, "Say it in other words")
        .scope(Scope::TicketsWrite)
        .description("The author, or whoever holds `tickets:manage`. What it said before is kept.")
        .versioned()
        .body::<EditBody>(json!({"body": "The supplier called back."}))
        .returns::<CommentView>()
        .to(update)
}

fn delete_endpoint() -> Endpoint {
    Endpoint::delete("ticket_comments_delete", ONE, "Take a comment back")
        .scope(Scope::TicketsWrite)
        .versioned()
        .returns_nothing()
        .to(delete)
}

fn revisions_endpoint() -> Endpoint {
    Endpoint::get(
        "ticket_comment_revisions_list",
        "/tickets/{id}/comments/{commentId}/revisions",
        "List what a comment said before",
    )
    .scope(Scope::TicketsRead)
    .lists::<RevisionView>()
    .to(revisions)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WriteComment)]
struct WriteBody {
    /// Markdown.
    #[schema(min_length = 1, max_length = 20_000)]
    body: String,
    /// `public` unless told.
    visibility: Option<VisibilityWord>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EditComment)]
struct EditBody {
    /// Markdown.
    #[schema(min_length = 1, max_length = 20_000)]
    body: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TicketComment)]
struct CommentView {
    #[schema(value_type = Uuid)]
    id: CommentId,
    /// The platform itself if null.
    #[schema(value_type = Option<Uuid>)]
    author_id: Option<UserId>,
    visibility: VisibilityWord,
    /// Markdown; null once it was deleted.
    body: Option<String>,
    version: i64,
    created_at: Instant,
    edited_at: Option<Instant>,
    deleted_at: Option<Instant>,
}

impl From<Comment> for CommentView {
    fn from(comment: Comment) -> Self {
        Self {
            id: comment.id,
            author_id: comment.author,
            visibility: comment.visibility.into(),
            body: comment.body.map(|body| body.as_str().to_owned()),
            version: comment.version.0,
            created_at: comment.created_at.into(),
            edited_at: comment.edited_at.map(Instant::from),
            deleted_at: comment.deleted_at.map(Instant::from),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CommentRevision)]
struct RevisionView {
    /// The version that said it.
    version: i64,
    body: String,
    #[schema(value_type = Option<Uuid>)]
    replaced_by_id: Option<UserId>,
    replaced_at: Instant,
}

impl From<CommentRevision> for RevisionView {
    fn from(revision: CommentRevision) -> Self {
        Self {
            version: revision.version.0,
            body: revision.body.as_str().to_owned(),
            replaced_by_id: revision.replaced_by,
            replaced_at: revision.replaced_at.into(),
        }
    }
}

async fn list(
    Caller(actor): Caller,
    id: Path<TicketId>,
    Query(query): Query<OrderQuery>,
    page: PageQuery,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let found = tickets.comments(&actor, *id, query.direction(), &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(CommentView::from))))
}

async fn create(
    Caller(actor): Caller,
    id: Path<TicketId>,
    Body(body): Body<WriteBody>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let visibility = body.visibility.map(Into::into).unwrap_or_default();
    let comment = tickets.write_comment(&actor, *id, WriteComment { body: body.body, visibility }).await?;
    let (path, version) = (format!("/tickets/{id}/comments/{}", comment.id), comment.version);
    Ok(Reply::created(path, CommentView::from(comment)).at(version))
}

async fn get(Caller(actor): Caller, path: Path<(TicketId, CommentId)>, tickets: Data<dyn Tickets>) -> Answer {
    let (ticket, id) = *path;
    Ok(shown(tickets.comment(&actor, ticket, id).await?))
}

fn shown(comment: Comment) -> Reply {
    let version = comment.version;
    Reply::ok(CommentView::from(comment)).at(version)
}

async fn update(
    Caller(actor): Caller,
    path: Path<(TicketId, CommentId)>,
    IfMatch(version): IfMatch,
    Body(body): Body<EditBody>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let (ticket, id) = *path;
    Ok(shown(tickets.edit_comment(&actor, ticket, id, version, body.body).await?))
}

async fn delete(
    Caller(actor): Caller,
    path: Path<(TicketId, CommentId)>,
    IfMatch(version): IfMatch,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let (ticket, id) = *path;
    tickets.delete_comment(&actor, ticket, id, version).await?;
    Ok(Reply::no_content())
}

async fn revisions(
    Caller(actor): Caller,
    path: Path<(TicketId, CommentId)>,
    page: PageQuery,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let (ticket, id) = *path;
    let found = tickets.comment_revisions(&actor, ticket, id, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(RevisionView::from))))
}
