use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// What of an operation only the document and the checks of its shape need.
#[derive(Default)]
pub(crate) struct Wire {
    pub(crate) description: &'static str,
    pub(crate) query: Option<Named>,
    pub(crate) paging: Paging,
    pub(crate) body: Option<BodyWire>,
    pub(crate) path_parameters: Vec<(&'static str, Value)>,
    pub(crate) headers: Vec<HeaderWire>,
    pub(crate) answers: Vec<AnswerWire>,
    pub(crate) problems: Vec<u16>,
}

pub(crate) struct BodyWire {
    pub(crate) schema: Named,
    pub(crate) example: Value,
    pub(crate) presence: Presence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    /// Nothing counts as `{}`.
    Optional,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Paging {
    #[default]
    None,
    Plain,
    Counted,
}

pub(crate) struct HeaderWire {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) schema: Value,
}

pub(crate) struct AnswerWire {
    pub(crate) status: u16,
    pub(crate) content: Content,
}

pub(crate) enum Content {
    Empty,
    Json(Named),
    List(Named),
    Stream(&'static str),
}

/// A schema by its name, with every other one it mentions.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) schemas: Vec<(String, Value)>,
}

impl Named {
    pub(crate) fn of<T: ToSchema>() -> Self {
        let mut mentioned = Vec::new();
        T::schemas(&mut mentioned);
        let name = T::name().into_owned();
        mentioned.push((name.clone(), <T as PartialSchema>::schema()));
        Self { name, schemas: mentioned.into_iter().map(|(name, schema)| (name, plain(&schema))).collect() }
    }
}

fn plain(schema: &RefOr<Schema>) -> Value {
    serde_json::to_value(schema).expect("a schema has text keys only")
}
