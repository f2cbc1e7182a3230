//! Files: uploaded, opened by signed links, deleted.

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{
    self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::web::{Data, Path};
use files::{Download, Error, Files};
use kernel::{FileId, Scope};
use serde_json::json;

mod wire;

pub(crate) use wire::{FileView, LinkView};
use wire::{LinkQuery, UsageView};

use crate::upload::{FileForm, too_large};
use crate::{Answer, Caller, Endpoint, Module, PageQuery, Problem, Query, Reply};

/// Bytes of one file.
pub(crate) const FILE_LIMIT: usize = 10 << 20;

/// What a page that a file is shown as may do: nothing.
const SANDBOX: &str =
    "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

pub(crate) fn module() -> Module {
    Module::new("files", "Files that people upload")
        .codes(&[
            ("file_too_large", "The file is too large"),
            ("file_type_refused", "Files of this kind are not taken"),
            ("file_type_contradicted", "The file is not what its name or its type says"),
            ("image_unreadable", "The image cannot be read"),
            ("image_too_large", "The image has too many pixels"),
            ("archive_refused", "The archive is not taken"),
            ("storage_full", "The organization keeps as much as it may"),
            ("file_in_use", "The file is in use"),
            ("link_expired", "The link is over"),
            ("upload_broken_off", "The upload broke off"),
        ])
        .with(upload_endpoint())
        .with(list_endpoint())
        .with(usage_endpoint())
        .with(get_endpoint())
        .with(delete_endpoint())
        .with(link_endpoint())
        .with(download_endpoint())
}

fn upload_endpoint() -> Endpoint {
    Endpoint::post("files_upload", "/files", "Upload a file")
        .scope(Scope::FilesWrite)
        .description(
            "A form with one part `file`. The content is judged by its bytes; images are drawn anew. It belongs to \
             nothing until it is attached (`ticket_attachments_create`), and is deleted after a day if it is not.",
        )
        .takes_file(FILE_LIMIT)
        .creates::<FileView>()
        .costs(5)
        .to(upload)
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("files_list", "/files", "List the files that one uploaded oneself")
        .scope(Scope::FilesRead)
        .lists::<FileView>()
        .to(list)
}

fn usage_endpoint() -> Endpoint {
    Endpoint::get("files_usage_get", "/files/usage", "Show how much the organization keeps")
        .scope(Scope::FilesRead)
        .returns::<UsageView>()
        .to(usage)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("files_get", "/files/{id}", "Show what is known of a file")
        .scope(Scope::FilesRead)
        .returns::<FileView>()
        .to(get)
}

fn delete_endpoint() -> Endpoint {
    Endpoint::delete("files_delete", "/files/{id}", "Delete a file")
        .scope(Scope::FilesWrite)
        .description("One's own; what is attached also by whoever manages what it is attached to.")
        .returns_nothing()
        .to(delete)
}

fn link_endpoint() -> Endpoint {
    Endpoint::get("files_link", "/files/{id}/link", "Make a link that opens a file")
        .scope(Scope::FilesRead)
        .description(
            "For five minutes at most, for whoever has it. Only images and PDF are shown; all else is saved.",
        )
        .query::<LinkQuery>()
        .returns::<LinkView>()
        .to(link)
}

fn download_endpoint() -> Endpoint {
    let token = json!({
        "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9_-]+$", "example": "AQ",
    });
    Endpoint::get("files_download", "/files/content/{token}", "Open a link to a file")
        .public()
        .path_parameter("token", token)
        .streams("application/octet-stream")
        .fails_with(403)
        .to(download)
}

async fn upload(Caller(actor): Caller, form: FileForm, files: Data<dyn Files>) -> Answer {
    let file = form.send(|upload| async { files.upload(&actor, upload).await.map_err(problem) }).await?;
    Ok(Reply::created(format!("/files/{}", file.id), FileView::from(file)))
}

async fn list(Caller(actor): Caller, page: PageQuery, files: Data<dyn Files>) -> Answer {
    let found = files.list(&actor, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(FileView::from))))
}

async fn usage(Caller(actor): Caller, files: Data<dyn Files>) -> Answer {
    Ok(Reply::ok(UsageView::from(files.usage(&actor).await?)))
}

async fn get(Caller(actor): Caller, id: Path<FileId>, files: Data<dyn Files>) -> Answer {
    Ok(Reply::ok(FileView::from(files.get(&actor, *id).await?)))
}

async fn delete(Caller(actor): Caller, id: Path<FileId>, files: Data<dyn Files>) -> Answer {
    files.delete(&actor, *id).await?;
    Ok(Reply::no_content())
}

async fn link(
    Caller(actor): Caller,
    id: Path<FileId>,
    Query(query): Query<LinkQuery>,
    files: Data<dyn Files>,
) -> Answer {
    Ok(Reply::ok(LinkView::from(files.link(&actor, *id, query.rendition()).await?)))
}

async fn download(token: Path<String>, files: Data<dyn Files>) -> Result<HttpResponse, Problem> {
    Ok(shown(files.download(&token).await?))
}

/// The bytes of a file, which no browser runs: neither another type is guessed, nor has it a page of its own.
pub(crate) fn shown(file: Download) -> HttpResponse {
    let disposition = if file.inline { DispositionType::Inline } else { DispositionType::Attachment };
    let value = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: file.name.into_bytes(),
    };
    let parameters = vec![DispositionParam::FilenameExt(value)];
    HttpResponse::Ok()
        .content_type(file.media_type)
        .insert_header(ContentDisposition { disposition, parameters })
        .insert_header((header::CONTENT_SECURITY_POLICY, SANDBOX))
        .insert_header((header::CACHE_CONTROL, format!("private, max-age={}", file.seconds_left)))
        // Most files are compressed as they are, and what streams keeps its length.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(SizedStream::new(file.size, file.content))
}

/// A file that is too large is a body that is.
pub(crate) fn problem(error: Error) -> Problem {
    match error {
        Error::TooLarge { limit } => too_large(usize::try_from(limit).unwrap_or(usize::MAX)),
        other => other.into(),
    }
}
