mod mention;

use kernel::{CommentId, FieldFault, Fields, TicketId, Timestamp, UserId, Version};

pub(crate) use mention::mentions;

use crate::{Error, Markdown};

/// Something said about a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub id: CommentId,
    pub ticket: TicketId,
    /// The platform itself if absent.
    pub author: Option<UserId>,
    pub visibility: Visibility,
    /// Gone once it was deleted.
    pub body: Option<Markdown>,
    pub version: Version,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
}

/// Who reads a comment, or a line of the history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Everybody who sees the ticket.
    #[default]
    Public,
    /// Everybody but guests.
    Internal,
}

/// What a comment said before it was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentRevision {
    /// The version that said it.
    pub version: Version,
    pub body: Markdown,
    pub replaced_by: Option<UserId>,
    pub replaced_at: Timestamp,
}

/// Says something. A mention is written `@[name](user id)`, as the editor writes it.
#[derive(Clone, Debug, Default)]
pub struct WriteComment {
    pub body: String,
    pub visibility: Visibility,
}

impl Visibility {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Public, Self::Internal];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|visibility| visibility.name() == name)
    }
}

impl Comment {
    /// A new one.
    pub(crate) fn write(
        id: CommentId,
        ticket: TicketId,
        author: Option<UserId>,
        said: Said,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            ticket,
            author,
            visibility: said.visibility,
            body: Some(said.body),
            version: Version::FIRST,
            created_at: now,
            edited_at: None,
            deleted_at: None,
        }
    }

    /// Whom it speaks to.
    pub fn mentions(&self) -> Vec<UserId> {
        self.body.as_ref().map(mentions).unwrap_or_default()
    }

    /// Whom it did not speak to before.
    pub(crate) fn newly_mentioned_since(&self, before: &Self) -> Vec<UserId> {
        let known = before.mentions();
        self.mentions().into_iter().filter(|user| !known.contains(user)).collect()
    }

    /// What it says; nothing once it was deleted.
    pub(crate) fn text(&self) -> String {
        self.body.as_ref().map(|body| body.as_str().to_owned()).unwrap_or_default()
    }

    /// Refuses a caller who has seen another version.
    pub(crate) fn must_be_at(&self, expected: Version) -> Result<(), Error> {
        if self.version == expected { Ok(()) } else { Err(Error::Stale { current: self.version }) }
    }

    /// The comment with another body; nothing if it says the same. What was deleted stays silent.
    pub(crate) fn edited(&self, body: Markdown, now: Timestamp) -> Result<Option<Self>, Error> {
        let before = self.body.as_ref().ok_or(Error::CommentDeleted)?;
        let after = Self {
            version: self.version.next(),
            edited_at: Some(now),
            body: (*before != body).then_some(body),
            ..*self
        };
        Ok(Some(after).filter(|after| after.body.is_some()))
    }

    /// The comment without its body: its place in the conversation stays.
    pub(crate) fn deleted(&self, now: Timestamp) -> Result<Self, Error> {
        if self.deleted_at.is_some() {
            return Err(Error::CommentDeleted);
        }
        Ok(Self { version: self.version.next(), body: None, deleted_at: Some(now), ..*self })
    }
}

/// What [`WriteComment`] says, judged.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) body: Markdown,
    pub(crate) visibility: Visibility,
}

impl WriteComment {
    /// Judges everything at once; a guest speaks in public.
    pub(crate) fn parse(self, author_is_guest: bool) -> Result<Said, Error> {
        let mut fields = Fields::new();
        let body = fields.check(Markdown::parse_said("body", &self.body));
        if author_is_guest && self.visibility == Visibility::Internal {
            fields.push(FieldFault::new("visibility", "not_allowed", "must be `public` for guests"));
        }
        match body {
            Some(body) if fields.is_empty() => Ok(Said { body, visibility: self.visibility }),
            _ => Err(fields.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_timestamp(second, 0).expect("valid")
    }

    fn a_comment() -> Comment {
        let said = WriteComment { body: "On it".to_owned(), visibility: Visibility::Internal };
        let (id, ticket) = (uuid::Uuid::from_u128(1).into(), uuid::Uuid::from_u128(2).into());
        Comment::write(id, ticket, None, said.parse(false).expect("valid"), at(1))
    }

    fn body(text: &str) -> Markdown {
        Markdown::parse_said("body", text).expect("valid")
    }

    #[test]
    fn the_same_words_are_no_edit() {
        let comment = a_comment();
        assert_eq!(comment.edited(body("On it"), at(2)).expect("allowed"), None);
        let edited = comment.edited(body("Done"), at(2)).expect("allowed").expect("changed");
        assert_eq!((edited.version, edited.edited_at), (Version(2), Some(at(2))));
        assert_eq!(edited.body, Some(body("Done")));
    }

    #[test]
    fn what_was_deleted_stays_silent() {
        let gone = a_comment().deleted(at(2)).expect("deleted");
        assert_eq!((gone.body.as_ref(), gone.version), (None, Version(2)));
        assert!(matches!(gone.deleted(at(3)), Err(Error::CommentDeleted)));
        assert!(matches!(gone.edited(body("Hello?"), at(3)), Err(Error::CommentDeleted)));
    }

    #[test]
    fn guests_speak_in_public_and_everybody_says_something() {
        let internal = WriteComment { body: " \n".to_owned(), visibility: Visibility::Internal };
        let Err(Error::Invalid(faults)) = internal.parse(true) else { panic!("refused") };
        let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        assert_eq!(found, [("body", "required"), ("visibility", "not_allowed")]);
    }
}
