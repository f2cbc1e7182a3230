use actix_web::web::{Data, Path};
use kernel::{Scope, TicketId, UserId};
use serde_json::json;
use tickets::Tickets;

use crate::{Answer, Body, Caller, Endpoint, IfMatch, Module, PageQuery, Query, Reply};

mod attachments;
mod board;
mod comments;
mod links;
mod reports;
mod views;
mod wire;
mod words;

use views::{ActivityView, BulkAnswerView, FullTicketView, TicketView, WatcherView};
use wire::{BulkUpdateBody, MoveBody, OpenBody, OrderQuery, TicketsQuery, UpdateBody, WatchBody};

/// Codes of the rules of tickets and their board.
const CODES: &[(&str, &str)] = &[
    ("transition_not_allowed", "The ticket may not go from its column to that one"),
    ("board_not_ready", "The organization has no ticket board"),
    ("column_name_taken", "Another column has this name"),
    ("column_not_empty", "Tickets stand in the column"),
    ("last_open_column", "A board keeps at least one open column"),
    ("board_full", "The board has as many columns as it may have"),
    ("comment_deleted", "The comment was deleted"),
    ("already_linked", "The tickets are linked already"),
    ("link_cycle", "The links would go round in a circle"),
];

pub(crate) fn module() -> Module {
    let module = Module::new("tickets", "Tickets, their board, comments and links").codes(CODES);
    let own = [list_endpoint(), create_endpoint(), get_endpoint(), update_endpoint(), delete_endpoint()];
    let acts = [move_endpoint(), bulk_endpoint(), history_endpoint()];
    let watching = [watchers_endpoint(), watch_endpoint(), unwatch_endpoint()];
    let parts = [
        comments::endpoints(),
        attachments::endpoints(),
        links::endpoints(),
        board::endpoints(),
        reports::endpoints(),
    ];
    let all = own.into_iter().chain(acts).chain(watching).chain(parts.into_iter().flatten());
    all.fold(module, Module::with)
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("tickets_list", "/tickets", "List tickets")
        .scope(Scope::TicketsRead)
        .description("Without their descriptions. The newest first unless `sort` says otherwise.")
        .query::<TicketsQuery>()
        .lists_counted::<TicketView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("tickets_create", "/tickets", "Open a ticket")
        .scope(Scope::TicketsWrite)
        .for_others(Scope::TicketsAssign)
        .description("To ask for somebody else, or to give it to him, also needs `tickets:assign`.")
        .body::<OpenBody>(json!({"title": "The card reader in Thamel prints nothing", "priority": "high"}))
        .creates::<FullTicketView>()
        .renders(|request, actor, id| async move {
            let tickets = request.app_data::<Data<dyn Tickets>>().ok_or_else(crate::Problem::not_found)?;
            let ticket = tickets.get(&actor, TicketId::from_uuid(id)).await?;
            Ok(created(&ticket))
        })
        .to(create)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("tickets_get", "/tickets/{id}", "Show a ticket")
        .scope(Scope::TicketsRead)
        .versioned()
        .returns::<FullTicketView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch("tickets_update", "/tickets/{id}", "Change fields of a ticket")
        .scope(Scope::TicketsWrite)
        .for_others(Scope::TicketsAssign)
        .description("To give it to somebody else than oneself also needs `tickets:assign`.")
        .versioned()
        .body::<UpdateBody>(json!({"priority": "urgent", "dueAt": null}))
        .returns::<FullTicketView>()
        .to(update)
}

fn delete_endpoint() -> Endpoint {
    Endpoint::delete("tickets_delete", "/tickets/{id}", "Delete a ticket with all that hangs on it")
        .scope(Scope::TicketsDelete)
        .versioned()
        .returns_nothing()
        .to(delete)
}

fn move_endpoint() -> Endpoint {
    Endpoint::post("tickets_move", "/tickets/{id}/move", "Put a ticket somewhere else on the board")
        .scope(Scope::TicketsWrite)
        .description("Without neighbours it goes to the end of the column.")
        .versioned()
        .body::<MoveBody>(json!({"columnId": "01890a5d-ac96-774b-bcce-b302099a8057"}))
        .returns::<FullTicketView>()
        .to(move_to)
}

fn bulk_endpoint() -> Endpoint {
    let example = json!({
        "tickets": [{"id": "01890a5d-ac96-774b-bcce-b302099a8057", "version": 3}],
        "change": {"priority": "low"},
    });
    Endpoint::post("tickets_bulk", "/tickets/bulk", "Change many tickets at once")
        .scope(Scope::TicketsWrite)
        .description(
            "One commit; a ticket that cannot be changed is left out and its row says why. To give tickets to \
             somebody else than oneself also needs `tickets:assign`.",
        )
        .body::<BulkUpdateBody>(example)
        .returns::<BulkAnswerView>()
        .costs(10)
        .to(bulk)
}

fn history_endpoint() -> Endpoint {
    Endpoint::get("ticket_activities_list", "/tickets/{id}/activities", "List the history of a ticket")
        .scope(Scope::TicketsRead)
        .query::<OrderQuery>()
        .lists::<ActivityView>()
        .to(history)
}

fn watchers_endpoint() -> Endpoint {
    Endpoint::get("ticket_watchers_list", "/tickets/{id}/watchers", "List who watches a ticket")
        .scope(Scope::TicketsRead)
        .lists::<WatcherView>()
        .to(watchers)
}

fn watch_endpoint() -> Endpoint {
    Endpoint::put("ticket_watchers_add", "/tickets/{id}/watchers", "Let somebody watch a ticket")
        .scope(Scope::TicketsRead)
        .for_others(Scope::TicketsAssign)
        .description("Oneself, or with `tickets:assign` another member.")
        .body::<WatchBody>(json!({"userId": "01890a5d-ac96-774b-bcce-b302099a8057"}))
        .returns_nothing()
        .to(watch)
}

fn unwatch_endpoint() -> Endpoint {
    Endpoint::delete(
        "ticket_watchers_remove",
        "/tickets/{id}/watchers/{userId}",
        "Let somebody watch a ticket no longer",
    )
    .scope(Scope::TicketsRead)
    .for_others(Scope::TicketsAssign)
    .description("Oneself, or with `tickets:assign` another member.")
    .returns_nothing()
    .to(unwatch)
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<TicketsQuery>,
    page: PageQuery,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let (filter, sort) = query.parts();
    let found = tickets.list(&actor, &filter, sort, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(|ticket| TicketView::from(&ticket)))))
}

async fn create(Caller(actor): Caller, Body(body): Body<OpenBody>, tickets: Data<dyn Tickets>) -> Answer {
    Ok(created(&tickets.open(&actor, body.into()).await?))
}

fn created(full: &tickets::FullTicket) -> Reply {
    let ticket = &full.ticket;
    Reply::created(format!("/tickets/{}", ticket.id), FullTicketView::from(full)).at(ticket.version)
}

async fn get(Caller(actor): Caller, id: Path<TicketId>, tickets: Data<dyn Tickets>) -> Answer {
    Ok(shown(&tickets.get(&actor, *id).await?))
}

fn shown(full: &tickets::FullTicket) -> Reply {
    Reply::ok(FullTicketView::from(full)).at(full.ticket.version)
}

async fn update(
    Caller(actor): Caller,
    id: Path<TicketId>,
    IfMatch(version): IfMatch,
    Body(body): Body<UpdateBody>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    Ok(shown(&tickets.update(&actor, *id, version, body.into()).await?))
}

async fn delete(
    Caller(actor): Caller,
    id: Path<TicketId>,
    IfMatch(version): IfMatch,
    tickets: Data<dyn Tickets>,
) -> Answer {
    tickets.delete(&actor, *id, version).await?;
    Ok(Reply::no_content())
}

async fn move_to(
    Caller(actor): Caller,
    id: Path<TicketId>,
    IfMatch(version): IfMatch,
    Body(body): Body<MoveBody>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    Ok(shown(&tickets.move_to(&actor, *id, version, body.into()).await?))
}

async fn bulk(Caller(actor): Caller, Body(body): Body<BulkUpdateBody>, tickets: Data<dyn Tickets>) -> Answer {
    let rows = tickets.update_many(&actor, body.into()).await?;
    Ok(Reply::ok(BulkAnswerView::from(rows)))
}

async fn history(
    Caller(actor): Caller,
    id: Path<TicketId>,
    Query(query): Query<OrderQuery>,
    page: PageQuery,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let found = tickets.history(&actor, *id, query.direction(), &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(ActivityView::from))))
}

async fn watchers(
    Caller(actor): Caller,
    id: Path<TicketId>,
    page: PageQuery,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let found = tickets.watchers(&actor, *id, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(WatcherView::from))))
}

async fn watch(
    Caller(actor): Caller,
    id: Path<TicketId>,
    Body(body): Body<WatchBody>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    tickets.watch(&actor, *id, body.user_id).await?;
    Ok(Reply::no_content())
}

async fn unwatch(
    Caller(actor): Caller,
    path: Path<(TicketId, UserId)>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let (ticket, user) = *path;
    tickets.unwatch(&actor, ticket, user).await?;
    Ok(Reply::no_content())
}
