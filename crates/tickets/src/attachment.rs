use kernel::{CommentId, FieldFault, FileId, TicketId, Timestamp, UserId};

use crate::{Error, Visibility};

/// Files that are attached at a time.
const MOST: usize = 20;

/// A file that hangs on a ticket, or on a comment about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub file: FileId,
    pub comment: Option<CommentId>,
    pub name: String,
    pub media_type: String,
    pub size: u64,
    pub has_thumbnail: bool,
    pub attached_by: Option<UserId>,
    pub attached_at: Timestamp,
}

/// Hangs uploaded files on a ticket, or on a comment of one's own.
#[derive(Clone, Debug, Default)]
pub struct AttachFiles {
    pub files: Vec<FileId>,
    pub comment: Option<CommentId>,
}

/// Where a file hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hook {
    pub(crate) ticket: TicketId,
    pub(crate) comment: Option<CommentId>,
    pub(crate) visibility: Visibility,
    pub(crate) attached_by: Option<UserId>,
}

impl AttachFiles {
    /// Each file once, and not too many.
    pub(crate) fn parse(mut self) -> Result<Self, Error> {
        self.files.sort();
        self.files.dedup();
        if self.files.is_empty() || self.files.len() > MOST {
            let detail = format!("must name 1 to {MOST} files");
            return Err(FieldFault::new("fileIds", "out_of_range", detail).into());
        }
        Ok(self)
    }
}
