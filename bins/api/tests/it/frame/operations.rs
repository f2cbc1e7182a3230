//! Operations as a domain would declare them, over a map in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use api::{Answer, Body, Caller, Endpoint, IfMatch, Instant, Module, PageQuery, Problem, Query, Reply};
use kernel::{Actor, Fault, FaultKind, Keyset, Page, Scope, TicketId, Version};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ports::Memory;

#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error("the thing does not exist")]
    NotFound,
    #[error("somebody else changed the thing")]
    Stale(Version),
    #[error("this idempotency key has been used")]
    KeyTaken,
    #[error("the disk is full")]
    Broken(#[source] std::io::Error),
}

impl Fault for Error {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Stale(current) => FaultKind::Stale { current: *current },
            Self::KeyTaken => FaultKind::Conflict,
            Self::Broken(_) => FaultKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Stale(_) => "version_stale",
            Self::KeyTaken => "idempotency_key_in_use",
            Self::Broken(_) => "internal",
        }
    }
}

#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Size {
    Small,
    VeryLarge,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only the shape matters here")]
struct OpenThing {
    /// What it is called.
    #[schema(min_length = 1, max_length = 20)]
    title: String,
    size: Option<Size>,
    #[schema(max_items = 3)]
    tags: Option<Vec<String>>,
    #[schema(minimum = 1, maximum = 10)]
    parts: Option<i32>,
    any_number: Option<i64>,
    #[schema(format = "email")]
    owner_email: Option<String>,
    related_id: Option<Uuid>,
    due_at: Option<Instant>,
    #[schema(pattern = "^(a+)+$")]
    letters: Option<String>,
    lines: Option<Vec<Line>>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only the shape matters here")]
struct Line {
    #[schema(minimum = 1)]
    quantity: i32,
}

#[derive(Deserialize, ToSchema)]
struct Rename {
    #[schema(min_length = 1, max_length = 20)]
    title: String,
}

#[derive(Deserialize, ToSchema)]
struct Greet {
    name: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only the shape matters here")]
struct ThingsQuery {
    /// Only things of these sizes.
    size: Option<Vec<Size>>,
    due_before: Option<Instant>,
    owner_id: Option<Uuid>,
    archived: Option<bool>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ThingView {
    id: Uuid,
    title: String,
    version: i64,
}

#[derive(Serialize, ToSchema)]
struct Greeting {
    text: String,
}

#[derive(Clone)]
struct Thing {
    title: String,
    version: Version,
}

/// The things of everybody, and how often something was made.
#[derive(Default)]
pub(super) struct Things {
    rows: Mutex<HashMap<Uuid, Thing>>,
}

impl Things {
    pub(super) fn count(&self) -> usize {
        self.rows.lock().expect("not poisoned").len()
    }

    fn find(&self, id: Uuid) -> Result<ThingView, Error> {
        let rows = self.rows.lock().expect("not poisoned");
        let thing = rows.get(&id).ok_or(Error::NotFound)?;
        Ok(ThingView { id, title: thing.title.clone(), version: thing.version.0 })
    }
}

pub(super) fn module() -> Module {
    Module::new("things", "Things that exist only in tests")
        .with(list_endpoint())
        .with(create_endpoint())
        .with(get_endpoint())
        .with(update_endpoint())
        .with(count_endpoint())
        .with(pay_endpoint())
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("things_list", "/things", "List things")
        .scope(Scope::TicketsRead)
        .query::<ThingsQuery>()
        .lists_counted::<ThingView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("things_create", "/things", "Make a thing")
        .scope(Scope::TicketsWrite)
        .body::<OpenThing>(json!({"title": "A thing", "size": "small", "lines": [{"quantity": 2}]}))
        .creates::<ThingView>()
        .renders(again)
        .to(create)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("things_get", "/things/{id}", "See a thing")
        .scope(Scope::TicketsRead)
        .versioned()
        .returns::<ThingView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch("things_update", "/things/{id}", "Rename a thing")
        .scope(Scope::TicketsWrite)
        .versioned()
        .body::<Rename>(json!({"title": "Another"}))
        .returns::<ThingView>()
        .to(update)
}

fn count_endpoint() -> Endpoint {
    Endpoint::post("things_count", "/things/count", "Count things")
        .for_members()
        .keeps_no_answer()
        .returns_nothing()
        .to(count)
}

fn pay_endpoint() -> Endpoint {
    Endpoint::post("things_pay", "/things/{id}/pay", "Pay for a thing")
        .scope(Scope::TicketsWrite)
        .requires_idempotency_key()
        .returns_nothing()
        .to(pay)
}

pub(super) fn odd() -> Module {
    Module::new("odd", "Operations that misbehave")
        .with(greet_endpoint())
        .with(Endpoint::get("odd_break", "/odd/break", "Fail").public().returns_nothing().to(break_down))
        .with(Endpoint::get("odd_panic", "/odd/panic", "Fall over").public().returns_nothing().to(panic))
        .with(Endpoint::get("odd_sleep", "/odd/sleep", "Take long").public().returns_nothing().to(sleep))
        .with(
            Endpoint::get("odd_export", "/odd/export", "Stream").for_members().streams("text/csv").to(export),
        )
}

fn greet_endpoint() -> Endpoint {
    Endpoint::post("odd_greet", "/greetings", "Say hello to anybody")
        .public()
        .header("X-Tone", "How to say it.", json!({"type": "string", "enum": ["warm", "cool"]}))
        .optional_body::<Greet>(json!({"name": "Asha"}))
        .returns::<Greeting>()
        .to(greet)
}

async fn list(_: Caller, Query(_): Query<ThingsQuery>, page: PageQuery, things: Data<Things>) -> Answer {
    let mut rows: Vec<_> = things.rows.lock().expect("not poisoned").clone().into_iter().collect();
    rows.sort_by_key(|(id, _)| *id);
    let total = rows.len() as u64;
    let after = page.request.after.as_ref().and_then(|keyset| keyset.0.first()).cloned();
    rows.retain(|(id, _)| after.as_ref().is_none_or(|after| id.to_string() > *after));
    let mut found = Page::cut(rows, page.request.limit, |(id, _)| Keyset(vec![id.to_string()]));
    found.total = page.request.count.then_some(total);
    let view = |(id, thing): (Uuid, Thing)| ThingView { id, title: thing.title, version: thing.version.0 };
    Ok(Reply::ok(page.answer(found.map(view))))
}

async fn create(
    Caller(actor): Caller,
    Body(body): Body<OpenThing>,
    things: Data<Things>,
    memory: Data<Memory>,
) -> Answer {
    let id = Uuid::from_u128(things.count() as u128 + 1);
    memory.commit(&actor, id).await?;
    let thing = Thing { title: body.title, version: Version::FIRST };
    things.rows.lock().expect("not poisoned").insert(id, thing);
    Ok(Reply::created(format!("/things/{id}"), things.find(id)?).at(Version::FIRST))
}

async fn again(request: HttpRequest, _: Actor, id: Uuid) -> Answer {
    let things = request.app_data::<Data<Things>>().expect("wired");
    Ok(Reply::ok(things.find(id)?))
}

async fn get(_: Caller, id: Path<TicketId>, things: Data<Things>) -> Answer {
    let thing = things.find(id.uuid())?;
    let version = Version(thing.version);
    Ok(Reply::ok(thing).at(version))
}

async fn update(
    _: Caller,
    id: Path<TicketId>,
    IfMatch(version): IfMatch,
    Body(body): Body<Rename>,
    things: Data<Things>,
) -> Answer {
    let mut rows = things.rows.lock().expect("not poisoned");
    let thing = rows.get_mut(&id.uuid()).ok_or(Error::NotFound)?;
    if thing.version != version {
        return Err(Error::Stale(thing.version).into());
    }
    *thing = Thing { title: body.title, version: version.next() };
    drop(rows);
    Ok(Reply::ok(things.find(id.uuid())?).at(version.next()))
}

async fn count(_: Caller) -> Answer {
    Ok(Reply::no_content())
}

async fn pay(Caller(actor): Caller, id: Path<TicketId>, memory: Data<Memory>) -> Answer {
    memory.commit(&actor, id.uuid()).await?;
    Ok(Reply::no_content())
}

async fn greet(Caller(actor): Caller, Body(body): Body<Greet>) -> Answer {
    let known = if actor.user_id().is_some() { "member" } else { "stranger" };
    Ok(Reply::ok(Greeting { text: format!("hello {} {known}", body.name.unwrap_or_default()) }))
}

async fn break_down() -> Answer {
    Err(Error::Broken(std::io::Error::other("canary-of-the-cause")).into())
}

async fn panic() -> Answer {
    panic!("canary-of-the-panic")
}

async fn sleep() -> Answer {
    tokio::time::sleep(Duration::from_secs(60)).await;
    Ok(Reply::no_content())
}

/// Longer than the request deadline.
async fn export(_: Caller) -> Result<HttpResponse, Problem> {
    tokio::time::sleep(super::rig::REQUEST_DEADLINE * 2).await;
    Ok(HttpResponse::Ok().content_type("text/csv").body("id,title\r\n"))
}

pub(super) fn things() -> Arc<Things> {
    Arc::default()
}
