//! Files on tickets and comments.

use actix_web::web::{Data, Path};
use kernel::{CommentId, FileId, Scope, TicketId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tickets::{AttachFiles, Attachment, Tickets};
use utoipa::ToSchema;

use crate::{Answer, Body, Caller, Endpoint, Instant, PageQuery, Reply};

const PATH: &str = "/tickets/{id}/attachments";

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("ticket_attachments_list", PATH, "List the files of a ticket and its comments")
            .scope(Scope::TicketsRead)
            .description("Those of internal comments are not shown to guests. `files_link` opens one.")
            .lists::<AttachmentView>()
            .to(list),
        Endpoint::post("ticket_attachments_create", PATH, "Attach uploaded files to a ticket or a comment")
            .scopes(&[Scope::TicketsWrite, Scope::FilesWrite])
            .description("Files that one uploaded oneself. `files_delete` takes one away.")
            .body::<AttachBody>(json!({"fileIds": ["01890a5d-ac96-774b-bcce-b302099a8057"]}))
            .returns_nothing()
            .to(attach),
    ]
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AttachFiles)]
struct AttachBody {
    #[schema(value_type = Vec<Uuid>, min_items = 1, max_items = 20)]
    file_ids: Vec<FileId>,
    /// A comment of one's own; the ticket itself if absent.
    #[schema(value_type = Option<Uuid>)]
    comment_id: Option<CommentId>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TicketAttachment)]
struct AttachmentView {
    #[schema(value_type = Uuid)]
    file_id: FileId,
    /// The ticket itself if null.
    #[schema(value_type = Option<Uuid>)]
    comment_id: Option<CommentId>,
    name: String,
    media_type: String,
    size: u64,
    has_thumbnail: bool,
    #[schema(value_type = Option<Uuid>)]
    attached_by_id: Option<UserId>,
    attached_at: Instant,
}

impl From<Attachment> for AttachmentView {
    fn from(attachment: Attachment) -> Self {
        Self {
            file_id: attachment.file,
            comment_id: attachment.comment,
            name: attachment.name,
            media_type: attachment.media_type,
            size: attachment.size,
            has_thumbnail: attachment.has_thumbnail,
            attached_by_id: attachment.attached_by,
            attached_at: attachment.attached_at.into(),
        }
    }
}

async fn list(
    Caller(actor): Caller,
    id: Path<TicketId>,
    page: PageQuery,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let found = tickets.attachments(&actor, *id, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(AttachmentView::from))))
}

async fn attach(
    Caller(actor): Caller,
    id: Path<TicketId>,
    Body(body): Body<AttachBody>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let command = AttachFiles { files: body.file_ids, comment: body.comment_id };
    tickets.attach(&actor, *id, command).await?;
    Ok(Reply::no_content())
}
