use kernel::{Audience, Event, FileId, Scope, Subject, UserId};
use serde_json::{Value, json};

use crate::File;

/// What happened to a file.
#[derive(Clone, Debug)]
pub enum FileEvent {
    Uploaded {
        file: Box<File>,
    },
    Deleted {
        file: Box<File>,
    },
    /// A person shows himself with another picture, or with none.
    AvatarChanged {
        user: UserId,
    },
}

impl FileEvent {
    /// The file whose bytes are to be removed.
    pub fn deleted(&self) -> Option<FileId> {
        match self {
            Self::Deleted { file } => Some(file.id),
            Self::Uploaded { .. } | Self::AvatarChanged { .. } => None,
        }
    }
}

impl Event for FileEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Uploaded { .. } => "files.file_uploaded",
            Self::Deleted { .. } => "files.file_deleted",
            Self::AvatarChanged { .. } => "files.avatar_changed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Uploaded { file } | Self::Deleted { file } => Subject::new("file", file.id),
            Self::AvatarChanged { user } => Subject::new("user", *user),
        }
    }

    /// What a file belongs to tells its own events; of the file itself only its uploader hears.
    fn audience(&self) -> Audience {
        match self {
            Self::Uploaded { file } | Self::Deleted { file } => match file.uploaded_by {
                Some(user) => Audience::Users(vec![user]),
                None => Audience::Scope { scope: Scope::FilesWrite, guests: Vec::new() },
            },
            Self::AvatarChanged { user } => Audience::Users(vec![*user]),
        }
    }

    fn data(&self) -> Value {
        match self {
            Self::Uploaded { file } | Self::Deleted { file } => json!({
                "fileId": file.id, "size": file.size, "mediaType": file.media_type,
                "ownerType": file.owner.map(|owner| owner.kind.name()), "ownerId": file.owner.map(|owner| owner.id),
            }),
            Self::AvatarChanged { user } => json!({ "userId": user }),
        }
    }

    fn private(&self) -> Value {
        match self {
            Self::Uploaded { file } => json!({ "after": { "name": file.name } }),
            Self::Deleted { file } => json!({ "before": { "name": file.name } }),
            Self::AvatarChanged { .. } => Value::Null,
        }
    }
}
