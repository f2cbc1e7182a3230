//! How a handler file declares its operations: one expression each, from which the frame derives the rest.

mod wire;

use std::future::Future;
use std::sync::Arc;

use actix_web::http::Method;
use actix_web::{FromRequest, Handler, HttpRequest, Responder, Route, web};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use kernel::{Actor, Scope};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::operation::{Access, BODY_LIMIT, Idempotency, Operation, Takes};
use crate::reply::Answer;

pub(crate) use wire::{AnswerWire, BodyWire, Content, HeaderWire, Named, Paging, Presence, Wire};

/// The operations of one module: one tag of the document, one file under `http/`.
pub struct Module {
    pub(crate) tag: &'static str,
    pub(crate) description: &'static str,
    pub(crate) codes: &'static [(&'static str, &'static str)],
    pub(crate) endpoints: Vec<Endpoint>,
}

impl Module {
    /// A module without operations yet.
    pub fn new(tag: &'static str, description: &'static str) -> Self {
        Self { tag, description, codes: &[], endpoints: Vec::new() }
    }

    /// The problem codes of its own, each with a title for people.
    #[must_use]
    pub fn codes(self, codes: &'static [(&'static str, &'static str)]) -> Self {
        Self { codes, ..self }
    }

    /// Adds an operation.
    #[must_use]
    pub fn with(mut self, mut endpoint: Endpoint) -> Self {
        endpoint.operation.tag = self.tag;
        self.endpoints.push(endpoint);
        self
    }
}

/// An operation with everything that serves and describes it.
pub struct Endpoint {
    pub(crate) operation: Operation,
    pub(crate) wire: Wire,
    /// Renders what an earlier request made, where its answer was not kept.
    pub(crate) again: Option<Again>,
    pub(crate) handle: Arc<dyn Fn() -> Route + Send + Sync>,
}

pub(crate) type Again =
    Arc<dyn Fn(HttpRequest, Actor, Uuid) -> LocalBoxFuture<'static, Answer> + Send + Sync>;

/// An operation of which is not yet said who may call it; nothing else can be said before.
pub struct Unguarded(Operation);

/// An operation being declared.
pub struct Draft {
    operation: Operation,
    wire: Wire,
    again: Option<Again>,
}

impl Endpoint {
    /// Begins a `GET`.
    pub fn get(id: &'static str, path: &'static str, summary: &'static str) -> Unguarded {
        Unguarded::new(Method::GET, id, path, summary)
    }

    /// Begins a `POST`.
    pub fn post(id: &'static str, path: &'static str, summary: &'static str) -> Unguarded {
        Unguarded::new(Method::POST, id, path, summary)
    }

    /// Begins a `PUT`.
    pub fn put(id: &'static str, path: &'static str, summary: &'static str) -> Unguarded {
        Unguarded::new(Method::PUT, id, path, summary)
    }

    /// Begins a `PATCH`.
    pub fn patch(id: &'static str, path: &'static str, summary: &'static str) -> Unguarded {
        Unguarded::new(Method::PATCH, id, path, summary)
    }

    /// Begins a `DELETE`.
    pub fn delete(id: &'static str, path: &'static str, summary: &'static str) -> Unguarded {
        Unguarded::new(Method::DELETE, id, path, summary)
    }
}

impl Unguarded {
    fn new(method: Method, id: &'static str, path: &'static str, summary: &'static str) -> Self {
        let idempotency = if method == Method::POST { Idempotency::Stored } else { Idempotency::None };
        Self(Operation {
            id,
            tag: "",
            method,
            path,
            summary,
            access: Access::Member,
            for_others: None,
            versioned: false,
            idempotency,
            takes: Takes::Json,
            body_limit: BODY_LIMIT,
            cost: 1,
            streams: false,
        })
    }

    /// Anybody may call it.
    pub fn public(self) -> Draft {
        self.guarded(Access::Public)
    }

    /// A signed-in person may, for his own account.
    pub fn for_persons(self) -> Draft {
        self.guarded(Access::Person)
    }

    /// Any active member may.
    pub fn for_members(self) -> Draft {
        self.guarded(Access::Member)
    }

    /// Whoever holds the scope may.
    pub fn scope(self, scope: Scope) -> Draft {
        self.guarded(Access::Scopes(vec![scope]))
    }

    /// Whoever holds all of the scopes may.
    pub fn scopes(self, scopes: &[Scope]) -> Draft {
        self.guarded(Access::Scopes(scopes.to_vec()))
    }

    /// Sign-in and public operations keep no answers: they carry secrets, or belong to nobody.
    fn guarded(self, access: Access) -> Draft {
        let keeps_none = access == Access::Public || self.0.path.starts_with("/auth/");
        let draft = Draft { operation: Operation { access, ..self.0 }, wire: Wire::default(), again: None };
        if keeps_none { draft.keeps_no_answer() } else { draft }
    }
}

impl Draft {
    /// What the summary leaves open.
    #[must_use]
    pub fn description(mut self, text: &'static str) -> Self {
        self.wire.description = text;
        self
    }

    /// Whoever names another person than himself needs this scope too.
    #[must_use]
    pub fn for_others(mut self, scope: Scope) -> Self {
        self.operation.for_others = Some(scope);
        self
    }

    /// Query parameters: the members of `T`, extracted by [`crate::Query`].
    #[must_use]
    pub fn query<T: ToSchema>(mut self) -> Self {
        self.wire.query = Some(Named::of::<T>());
        self
    }

    /// A JSON body, extracted by [`crate::Body`]; `example` is shown and must itself be valid.
    #[must_use]
    pub fn body<T: ToSchema>(mut self, example: Value) -> Self {
        self.wire.body = Some(BodyWire { schema: Named::of::<T>(), example, presence: Presence::Required });
        self
    }

    /// A JSON body that may be left out; then it counts as `{}`.
    #[must_use]
    pub fn optional_body<T: ToSchema>(mut self, example: Value) -> Self {
        self.wire.body = Some(BodyWire { schema: Named::of::<T>(), example, presence: Presence::Optional });
        self
    }

    /// Takes a body of up to so many bytes.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.operation.body_limit = bytes;
        self
    }

    /// Takes a form with one file of up to so many bytes, extracted by [`crate::FileForm`]. A file sent twice is two
    /// files, so nothing is kept under an idempotency key.
    #[must_use]
    pub fn takes_file(mut self, bytes: usize) -> Self {
        self.operation.takes = Takes::File;
        self.operation.body_limit = bytes + crate::upload::MARGIN;
        self.keeps_no_answer()
    }

    /// A path parameter that is no UUID; `schema` says what it is.
    #[must_use]
    pub fn path_parameter(mut self, name: &'static str, schema: Value) -> Self {
        self.wire.path_parameters.push((name, schema));
        self
    }

    /// A request header of its own; the handler reads it from the request.
    #[must_use]
    pub fn header(mut self, name: &'static str, description: &'static str, schema: Value) -> Self {
        self.wire.headers.push(HeaderWire { name, description, schema });
        self
    }

    /// 200 with a `T`.
    #[must_use]
    pub fn returns<T: ToSchema>(self) -> Self {
        self.answers(200, Content::Json(Named::of::<T>()))
    }

    /// 200 with any of several shapes, or another status beside the first.
    #[must_use]
    pub fn also_returns<T: ToSchema>(self, status: u16) -> Self {
        self.answers(status, Content::Json(Named::of::<T>()))
    }

    /// 201 with a `T` and its `Location`.
    #[must_use]
    pub fn creates<T: ToSchema>(self) -> Self {
        self.answers(201, Content::Json(Named::of::<T>()))
    }

    /// 200 with a page of `T`; takes `limit` and `cursor` by [`crate::PageQuery`].
    #[must_use]
    pub fn lists<T: ToSchema>(mut self) -> Self {
        self.wire.paging = Paging::Plain;
        self.answers(200, Content::List(Named::of::<T>()))
    }

    /// The same, and `count=true` tells how many there are in all.
    #[must_use]
    pub fn lists_counted<T: ToSchema>(mut self) -> Self {
        self.wire.paging = Paging::Counted;
        self.answers(200, Content::List(Named::of::<T>()))
    }

    /// 202 without a body: it will be done.
    #[must_use]
    pub fn accepts(self) -> Self {
        self.answers(202, Content::Empty)
    }

    /// 204.
    #[must_use]
    pub fn returns_nothing(self) -> Self {
        self.answers(204, Content::Empty)
    }

    /// 200 with a stream of this media type, outside of the request deadline.
    #[must_use]
    pub fn streams(mut self, media_type: &'static str) -> Self {
        self.operation.streams = true;
        self.answers(200, Content::Stream(media_type))
    }

    /// A status of failure beside those that follow from the other facts.
    #[must_use]
    pub fn fails_with(mut self, status: u16) -> Self {
        self.wire.problems.push(status);
        self
    }

    /// It reads (`ETag`, `If-None-Match`) or changes (`If-Match`, [`crate::IfMatch`]) a version.
    #[must_use]
    pub fn versioned(mut self) -> Self {
        self.operation.versioned = true;
        self
    }

    /// The answer shows a secret or the act is harmless to repeat: an idempotency key keeps nothing.
    #[must_use]
    pub fn keeps_no_answer(mut self) -> Self {
        if self.operation.idempotency != Idempotency::None {
            self.operation.idempotency = Idempotency::Ignored;
        }
        self
    }

    /// Money or mail leaves the house: without an idempotency key it is refused.
    #[must_use]
    pub fn requires_idempotency_key(mut self) -> Self {
        self.operation.idempotency = Idempotency::Required;
        self
    }

    /// Takes more than one unit of the rate limits.
    #[must_use]
    pub fn costs(mut self, units: u32) -> Self {
        self.operation.cost = units;
        self
    }

    /// How a replay shows what the first request made (the id of its subject), where the answer itself was lost.
    #[must_use]
    pub fn renders<F, Fut>(mut self, again: F) -> Self
    where
        F: Fn(HttpRequest, Actor, Uuid) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Answer> + 'static,
    {
        self.again = Some(Arc::new(move |request, actor, id| again(request, actor, id).boxed_local()));
        self
    }

    /// The function that serves it.
    pub fn to<F, Args>(self, handler: F) -> Endpoint
    where
        F: Handler<Args> + Send + Sync,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let method = self.operation.method.clone();
        let handle = Arc::new(move || web::method(method.clone()).to(handler.clone()));
        Endpoint { operation: self.operation, wire: self.wire, again: self.again, handle }
    }

    fn answers(mut self, status: u16, content: Content) -> Self {
        self.wire.answers.push(AnswerWire { status, content });
        self
    }
}
