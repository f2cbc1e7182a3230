use kernel::{FileId, OrganizationId, TicketId, Timestamp, UserId};
use platform::{ByteStream, FileFault, FileKey};
use uuid::Uuid;

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub id: FileId,
    pub org: OrganizationId,
    /// As people called it; never part of a path.
    pub name: String,
    /// What its bytes are, whatever was said about them.
    pub media_type: String,
    /// Bytes of the file itself.
    pub size: u64,
    /// Bytes with all renditions: what counts against the allowance.
    pub stored: u64,
    pub sha256: [u8; 32],
    /// Width and height of a picture.
    pub pixels: Option<(u32, u32)>,
    pub has_thumbnail: bool,
    /// The program itself if absent.
    pub uploaded_by: Option<UserId>,
    /// Nothing, until it is attached.
    pub owner: Option<Owner>,
    pub created_at: Timestamp,
    pub attached_at: Option<Timestamp>,
}

/// What a file belongs to. Who sees and deletes the file follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    pub kind: OwnerKind,
    pub id: Uuid,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerKind {
    /// The ticket, or a comment on it: the ticket's own link says which.
    Ticket,
    /// A person's picture.
    Avatar,
    /// An issued document.
    Invoice,
}

/// Content on its way in, and what is said about it.
pub struct Upload {
    pub name: String,
    /// What the sender says it is; nothing is believed of it, but a contradiction is refused.
    pub declared: Option<String>,
    pub content: ByteStream,
}

/// A file whose bytes are in the store and whose row is not yet.
#[derive(Clone, Debug)]
pub struct Prepared(pub(crate) File);

impl Prepared {
    /// The id it will have.
    pub fn id(&self) -> FileId {
        self.0.id
    }
}

/// What of a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rendition {
    /// The file, to be saved.
    Original,
    /// The file, to be looked at; only pictures and PDF are.
    Shown,
    /// A small picture of it.
    Thumbnail,
}

/// A file on its way out.
pub struct Download {
    pub name: String,
    pub media_type: String,
    pub size: u64,
    pub content: ByteStream,
    /// Whether a browser may show it rather than save it.
    pub inline: bool,
    /// How much longer the link lives.
    pub seconds_left: u64,
}

/// How much may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Bytes of one upload.
    pub file: u64,
    /// Bytes of all files of an organization.
    pub organization: u64,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { file: 10 << 20, organization: 5 << 30 }
    }
}

/// How much an organization keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub files: u64,
    pub bytes: u64,
    pub allowed_bytes: u64,
}

/// What a sweep took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Uploads that belonged to nothing for too long.
    pub forsaken: u64,
    /// Bytes in the store to which no row points.
    pub orphans: u64,
    /// Uploads that were cut off.
    pub torn: u64,
}

impl OwnerKind {
    pub const ALL: [Self; 3] = [Self::Ticket, Self::Avatar, Self::Invoice];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Avatar => "avatar",
            Self::Invoice => "invoice",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Owner {
    /// A ticket.
    pub fn ticket(id: TicketId) -> Self {
        Self { kind: OwnerKind::Ticket, id: id.uuid() }
    }

    /// A person, of whom it is the picture.
    pub fn avatar(user: UserId) -> Self {
        Self { kind: OwnerKind::Avatar, id: user.uuid() }
    }
}

impl File {
    /// Whether a browser may show it: nothing else runs in a page of its own.
    pub fn can_be_shown(&self) -> bool {
        self.media_type.starts_with("image/") || self.media_type == "application/pdf"
    }
}

/// Where the bytes of a rendition are. Every key begins with the organization.
pub(crate) fn key(org: OrganizationId, id: FileId, rendition: Rendition) -> Result<FileKey, FileFault> {
    let name = match rendition {
        Rendition::Original | Rendition::Shown => "original",
        Rendition::Thumbnail => "thumbnail",
    };
    FileKey::parse(format!("{org}/{id}/{name}"))
}

/// Whose bytes are under a key; nothing if it is none of ours.
pub(crate) fn of_key(key: &FileKey) -> Option<(OrganizationId, FileId)> {
    let mut segments = key.as_str().split('/');
    let ids = (segments.next()?.parse().ok()?, segments.next()?.parse().ok()?);
    segments.next().map(|_| ids)
}
