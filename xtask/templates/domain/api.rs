use actix_web::web::{Data, Path};
use kernel::{Patch, Scope, __Thing__Id, UserId, Version};
use serde::{Deserialize, Serialize};
use serde_json::json;
use __things__::{Create__Thing__, __Thing__, __Thing__Filter, __Things__, Update__Thing__};
use utoipa::ToSchema;

use crate::{
    Answer, Body, Caller, Endpoint, IfMatch, Instant, Module, PageQuery, Query, Reply, patch,
};

const ONE: &str = "/__path__/{id}";

pub(crate) fn module() -> Module {
    Module::new("__things__", "__Things_in_words__")
        .codes(&[("__thing___name_taken", "Another __thing_in_words__ has this name")])
        .with(
            Endpoint::get("__things___list", "/__path__", "List __things_in_words__, newest first")
                .scope(Scope::__Things__Read)
                .query::<__Things__Query>()
                .lists::<__Thing__View>()
                .to(list),
        )
        .with(
            Endpoint::post("__things___create", "/__path__", "Make a new __thing_in_words__")
                .scope(Scope::__Things__Write)
                .body::<Create__Thing__Body>(json!({ "name": "The first one" }))
                .creates::<__Thing__View>()
                .to(create),
        )
        .with(
            Endpoint::get("__things___get", ONE, "Show one")
                .scope(Scope::__Things__Read)
                .versioned()
                .returns::<__Thing__View>()
                .to(get),
        )
        .with(
            Endpoint::patch("__things___update", ONE, "Change one")
                .scope(Scope::__Things__Write)
                .versioned()
                .body::<Update__Thing__Body>(json!({ "name": "The best one" }))
                .returns::<__Thing__View>()
                .to(update),
        )
        .with(
            Endpoint::delete("__things___delete", ONE, "Delete one")
                .scope(Scope::__Things__Write)
                .versioned()
                .returns_nothing()
                .to(delete),
        )
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct __Things__Query {
    /// Only those that he cares for.
    #[schema(value_type = Option<Uuid>)]
    owner_id: Option<UserId>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Create__Thing__)]
struct Create__Thing__Body {
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(max_length = 10_000)]
    description: Option<String>,
    /// Who cares for it.
    #[schema(value_type = Option<Uuid>)]
    owner_id: Option<UserId>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Update__Thing__)]
struct Update__Thing__Body {
    #[schema(min_length = 1, max_length = 120)]
    name: Option<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 10_000, extensions(("x-clearable" = json!(true))))]
    description: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<Uuid>, extensions(("x-clearable" = json!(true))))]
    owner_id: Patch<UserId>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = __Thing__)]
struct __Thing__View {
    #[schema(value_type = Uuid)]
    id: __Thing__Id,
    name: String,
    description: Option<String>,
    /// Who cares for it.
    #[schema(value_type = Option<Uuid>)]
    owner_id: Option<UserId>,
    #[schema(value_type = i64)]
    version: Version,
    created_at: Instant,
    updated_at: Instant,
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<__Things__Query>,
    page: PageQuery,
    __things__: Data<dyn __Things__>,
) -> Answer {
    let filter = __Thing__Filter { owner: query.owner_id };
    let found = __things__.list(&actor, &filter, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(__Thing__View::from))))
}

async fn create(
    Caller(actor): Caller,
    Body(body): Body<Create__Thing__Body>,
    __things__: Data<dyn __Things__>,
) -> Answer {
    let Create__Thing__Body { name, description, owner_id: owner } = body;
    let made = __things__.create(&actor, Create__Thing__ { name, description, owner }).await?;
    let (path, version) = (format!("/__path__/{}", made.id), made.version);
    Ok(Reply::created(path, __Thing__View::from(made)).at(version))
}

async fn get(Caller(actor): Caller, id: Path<__Thing__Id>, __things__: Data<dyn __Things__>) -> Answer {
    let found = __things__.get(&actor, *id).await?;
    let version = found.version;
    Ok(Reply::ok(__Thing__View::from(found)).at(version))
}

async fn update(
    Caller(actor): Caller,
    id: Path<__Thing__Id>,
    IfMatch(expected): IfMatch,
    Body(body): Body<Update__Thing__Body>,
    __things__: Data<dyn __Things__>,
) -> Answer {
    let Update__Thing__Body { name, description, owner_id: owner } = body;
    let command = Update__Thing__ { name, description, owner };
    let changed = __things__.update(&actor, *id, expected, command).await?;
    let version = changed.version;
    Ok(Reply::ok(__Thing__View::from(changed)).at(version))
}

async fn delete(
    Caller(actor): Caller,
    id: Path<__Thing__Id>,
    IfMatch(expected): IfMatch,
    __things__: Data<dyn __Things__>,
) -> Answer {
    __things__.delete(&actor, *id, expected).await?;
    Ok(Reply::no_content())
}

impl From<__Thing__> for __Thing__View {
    fn from(__thing__: __Thing__) -> Self {
        Self {
            id: __thing__.id,
            name: __thing__.name,
            description: __thing__.description,
            owner_id: __thing__.owner,
            version: __thing__.version,
            created_at: __thing__.created_at.into(),
            updated_at: __thing__.updated_at.into(),
        }
    }
}
