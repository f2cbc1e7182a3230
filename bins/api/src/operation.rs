use actix_web::http::Method;
use kernel::{Actor, Denied, Scope};

/// Where every operation hangs.
pub const BASE: &str = "/api/v1";

/// Bytes a body may have unless the operation says otherwise.
pub const BODY_LIMIT: usize = 64 * 1024;

/// The facts of one operation, declared once; router, checks, document and outside tests all read these.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `<module>_<verb>`.
    pub id: &'static str,
    pub tag: &'static str,
    pub method: Method,
    /// Below [`BASE`], as in `/tickets/{id}`.
    pub path: &'static str,
    pub summary: &'static str,
    pub access: Access,
    /// What it needs besides where it names another person than the caller.
    pub for_others: Option<Scope>,
    /// Whether it reads or changes one version of a shared record: a read answers with an `ETag`, a write needs
    /// `If-Match`.
    pub versioned: bool,
    pub idempotency: Idempotency,
    pub takes: Takes,
    /// Bytes its body may have.
    pub body_limit: usize,
    /// How many units of the rate limits one call takes.
    pub cost: u32,
    /// Whether the answer is a stream without end in sight; then the request deadline does not bind it.
    pub streams: bool,
}

/// Who may call an operation. The domain's service decides; this is what the document says and a test proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a token.
    Public,
    /// A signed-in person for his own account; no API key.
    Person,
    /// Any active member of the organization.
    Member,
    /// Whoever holds all of these.
    Scopes(Vec<Scope>),
}

/// What the body of an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// JSON, read and judged as a whole; or nothing.
    Json,
    /// A form with a file, which streams to the handler outside of the request deadline.
    File,
}

/// What an `Idempotency-Key` means for an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// Not a POST: the header means nothing.
    None,
    /// The header is accepted and nothing is kept: sign-in, public operations, answers that show a secret.
    Ignored,
    /// The answer is kept and replayed.
    Stored,
    /// The same, and without the header the operation is refused.
    Required,
}

impl Operation {
    /// The whole path pattern.
    pub fn pattern(&self) -> String {
        format!("{BASE}{}", self.path)
    }

    /// The names of the path's parameters, in order.
    pub fn path_parameters(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }

    /// Whether it may change something.
    pub fn writes(&self) -> bool {
        !matches!(self.method, Method::GET | Method::HEAD)
    }

    /// Whether it needs `If-Match`.
    pub fn needs_version(&self) -> bool {
        self.versioned && self.writes()
    }

    /// Whether answers are kept under the client's key.
    pub(crate) fn keeps_answers(&self) -> bool {
        matches!(self.idempotency, Idempotency::Stored | Idempotency::Required)
    }
}

impl Access {
    /// The scopes the document shows.
    pub fn scopes(&self) -> &[Scope] {
        match self {
            Self::Scopes(scopes) => scopes,
            Self::Public | Self::Person | Self::Member => &[],
        }
    }

    /// Permits a replay, which the service does not see. Never used in place of the service's own judgement.
    pub(crate) fn permits(&self, actor: &Actor) -> Result<(), Denied> {
        match self {
            Self::Public => Ok(()),
            Self::Person => actor.require_person().map(|_| ()),
            Self::Member => actor.require_member(),
            Self::Scopes(scopes) => scopes.iter().try_for_each(|scope| actor.require(*scope)),
        }
    }
}
