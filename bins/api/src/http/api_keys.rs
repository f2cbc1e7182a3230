use actix_web::web::{Data, Path};
use auth::{ApiKey, ApiKeys, CreateApiKey};
use kernel::{ApiKeyId, Scope, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::wire::ScopeName;
use crate::{Answer, Body, Caller, Endpoint, Instant, Module, PageQuery, Reply};

pub(crate) fn module() -> Module {
    Module::new("api_keys", "Keys with which programs act")
        .with(
            Endpoint::get("api_keys_list", "/api-keys", "List the organization's keys, newest first")
                .scope(Scope::ApiKeysRead)
                .lists::<ApiKeyView>()
                .to(list),
        )
        .with(
            Endpoint::post("api_keys_create", "/api-keys", "Make a key with at most one's own scopes")
                .scope(Scope::ApiKeysManage)
                .description("Only somebody with a second factor makes keys. The key is shown once.")
                .keeps_no_answer()
                .body::<CreateApiKeyBody>(json!({ "name": "Nightly export", "scopes": ["tickets:read"] }))
                .creates::<NewApiKeyView>()
                .to(create),
        )
        .with(
            Endpoint::get("api_keys_get", "/api-keys/{id}", "Show a key without its secret")
                .scope(Scope::ApiKeysRead)
                .returns::<ApiKeyView>()
                .to(get),
        )
        .with(
            Endpoint::delete("api_keys_revoke", "/api-keys/{id}", "Make a key void, at once")
                .scope(Scope::ApiKeysManage)
                .returns_nothing()
                .to(revoke),
        )
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CreateApiKey)]
struct CreateApiKeyBody {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    #[schema(value_type = Vec<ScopeName>, min_items = 1, max_items = 100)]
    scopes: Vec<Scope>,
    /// Never, if absent.
    expires_at: Option<Instant>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApiKey)]
struct ApiKeyView {
    #[schema(value_type = Uuid)]
    id: ApiKeyId,
    name: String,
    /// The beginning of the key, to tell keys apart.
    prefix: String,
    #[schema(value_type = Vec<ScopeName>)]
    scopes: Vec<Scope>,
    /// Who made it; his present rights bound it.
    #[schema(value_type = Uuid)]
    user_id: UserId,
    created_at: Instant,
    expires_at: Option<Instant>,
    /// To the minute.
    last_used_at: Option<Instant>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewApiKey)]
struct NewApiKeyView {
    /// For the `Authorization` header; shown this once.
    key: String,
    #[serde(flatten)]
    api_key: ApiKeyView,
}

async fn list(Caller(actor): Caller, page: PageQuery, keys: Data<dyn ApiKeys>) -> Answer {
    let found = keys.list(&actor, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(ApiKeyView::from))))
}

async fn create(
    Caller(actor): Caller,
    Body(body): Body<CreateApiKeyBody>,
    keys: Data<dyn ApiKeys>,
) -> Answer {
    let command = CreateApiKey {
        name: body.name,
        scopes: body.scopes.into_iter().map(|scope| scope.name().to_owned()).collect(),
        expires_at: body.expires_at.map(Timestamp::from),
    };
    let new = keys.create(&actor, command).await?;
    let (path, key) = (format!("/api-keys/{}", new.key.id), new.secret.expose().to_owned());
    Ok(Reply::created(path, NewApiKeyView { key, api_key: new.key.into() }))
}

async fn get(Caller(actor): Caller, id: Path<ApiKeyId>, keys: Data<dyn ApiKeys>) -> Answer {
    Ok(Reply::ok(ApiKeyView::from(keys.find(&actor, *id).await?)))
}

async fn revoke(Caller(actor): Caller, id: Path<ApiKeyId>, keys: Data<dyn ApiKeys>) -> Answer {
    keys.revoke(&actor, *id).await?;
    Ok(Reply::no_content())
}

impl From<ApiKey> for ApiKeyView {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.id,
            name: key.name,
            prefix: key.prefix,
            scopes: key.scopes.iter().collect(),
            user_id: key.user,
            created_at: key.created_at.into(),
            expires_at: key.expires_at.map(Instant::from),
            last_used_at: key.last_used_at.map(Instant::from),
        }
    }
}
