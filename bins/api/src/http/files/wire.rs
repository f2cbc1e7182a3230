use files::{File, Link, OwnerKind, Rendition, Usage};
use kernel::{FileId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{BASE, Instant};

/// What of a file is opened.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FileRendition)]
enum RenditionWord {
    /// To be saved.
    Original,
    /// To be looked at.
    Shown,
    /// A small picture.
    Thumbnail,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LinkQuery {
    /// `original` unless told.
    rendition: Option<RenditionWord>,
}

impl LinkQuery {
    pub(super) fn rendition(&self) -> Rendition {
        match self.rendition {
            None | Some(RenditionWord::Original) => Rendition::Original,
            Some(RenditionWord::Shown) => Rendition::Shown,
            Some(RenditionWord::Thumbnail) => Rendition::Thumbnail,
        }
    }
}

/// What a file belongs to.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FileOwnerType)]
enum OwnerWord {
    Ticket,
    Avatar,
    Invoice,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = File)]
pub(crate) struct FileView {
    #[schema(value_type = Uuid)]
    id: FileId,
    name: String,
    /// What its bytes are.
    media_type: String,
    size: u64,
    /// Hexadecimal.
    sha256: String,
    /// Of an image.
    width: Option<u32>,
    height: Option<u32>,
    has_thumbnail: bool,
    /// The platform itself if null.
    #[schema(value_type = Option<Uuid>)]
    uploaded_by_id: Option<UserId>,
    /// Null until it is attached.
    owner_type: Option<OwnerWord>,
    owner_id: Option<Uuid>,
    created_at: Instant,
    attached_at: Option<Instant>,
}

impl From<File> for FileView {
    fn from(file: File) -> Self {
        Self {
            id: file.id,
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            sha256: hex::encode(file.sha256),
            width: file.pixels.map(|(width, _)| width),
            height: file.pixels.map(|(_, height)| height),
            has_thumbnail: file.has_thumbnail,
            uploaded_by_id: file.uploaded_by,
            owner_type: file.owner.map(|owner| match owner.kind {
                OwnerKind::Ticket => OwnerWord::Ticket,
                OwnerKind::Avatar => OwnerWord::Avatar,
                OwnerKind::Invoice => OwnerWord::Invoice,
            }),
            owner_id: file.owner.map(|owner| owner.id),
            created_at: file.created_at.into(),
            attached_at: file.attached_at.map(Instant::from),
        }
    }
}

/// A link, relative to where the API is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FileLink)]
pub(crate) struct LinkView {
    url: String,
    expires_at: Instant,
}

impl From<Link> for LinkView {
    fn from(link: Link) -> Self {
        Self { url: format!("{BASE}/files/content/{}", link.token), expires_at: link.expires_at.into() }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FileUsage)]
pub(super) struct UsageView {
    files: u64,
    bytes: u64,
    allowed_bytes: u64,
}

impl From<Usage> for UsageView {
    fn from(usage: Usage) -> Self {
        Self { files: usage.files, bytes: usage.bytes, allowed_bytes: usage.allowed_bytes }
    }
}
