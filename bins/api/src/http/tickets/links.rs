//! Links between tickets.

use actix_web::web::{Data, Path};
use kernel::{LinkId, Scope, TicketId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tickets::{Link, LinkTicket, Tickets};
use utoipa::ToSchema;

use super::words::{RelationWord, StatusWord};
use crate::{Answer, Body, Caller, Endpoint, Instant, PageQuery, Reply};

const PATH: &str = "/tickets/{id}/links";
const ONE: &str = "/tickets/{id}/links/{linkId}";

pub(super) fn endpoints() -> Vec<Endpoint> {
    let example = json!({"relation": "blocks", "ticketId": "01890a5d-ac96-774b-bcce-b302099a8057"});
    vec![
        Endpoint::get("ticket_links_list", PATH, "List the links of a ticket")
            .scope(Scope::TicketsRead)
            .description("Whichever end of a link it is. Guests see those to tickets they see.")
            .lists::<LinkView>()
            .to(list),
        Endpoint::post("ticket_links_create", PATH, "Link a ticket to another")
            .scope(Scope::TicketsWrite)
            .body::<LinkBody>(example)
            .creates::<LinkView>()
            .to(create),
        Endpoint::get("ticket_links_get", ONE, "Show a link as seen from a ticket")
            .scope(Scope::TicketsRead)
            .returns::<LinkView>()
            .to(get),
        Endpoint::delete("ticket_links_delete", ONE, "Undo a link")
            .scope(Scope::TicketsWrite)
            .returns_nothing()
            .to(delete),
    ]
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LinkTicket)]
struct LinkBody {
    /// As seen from the ticket in the path.
    relation: RelationWord,
    /// The ticket at the other end.
    #[schema(value_type = Uuid)]
    ticket_id: TicketId,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TicketLink)]
struct LinkView {
    #[schema(value_type = Uuid)]
    id: LinkId,
    relation: RelationWord,
    /// The ticket at the other end.
    #[schema(value_type = Uuid)]
    ticket_id: TicketId,
    ticket_number: i64,
    ticket_title: String,
    ticket_status: StatusWord,
    created_at: Instant,
}

impl From<Link> for LinkView {
    fn from(link: Link) -> Self {
        Self {
            id: link.id,
            relation: link.relation.into(),
            ticket_id: link.other,
            ticket_number: link.other_number.0,
            ticket_title: link.other_title.as_str().to_owned(),
            ticket_status: link.other_status.into(),
            created_at: link.created_at.into(),
        }
    }
}

async fn list(
    Caller(actor): Caller,
    id: Path<TicketId>,
    page: PageQuery,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let found = tickets.links(&actor, *id, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(LinkView::from))))
}

async fn create(
    Caller(actor): Caller,
    id: Path<TicketId>,
    Body(body): Body<LinkBody>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let command = LinkTicket { relation: body.relation.into(), other: body.ticket_id };
    let link = tickets.link(&actor, *id, command).await?;
    Ok(Reply::created(format!("/tickets/{id}/links/{}", link.id), LinkView::from(link)))
}

async fn get(Caller(actor): Caller, path: Path<(TicketId, LinkId)>, tickets: Data<dyn Tickets>) -> Answer {
    let (ticket, id) = *path;
    Ok(Reply::ok(LinkView::from(tickets.one_link(&actor, ticket, id).await?)))
}

async fn delete(Caller(actor): Caller, path: Path<(TicketId, LinkId)>, tickets: Data<dyn Tickets>) -> Answer {
    let (ticket, id) = *path;
    tickets.unlink(&actor, ticket, id).await?;
    Ok(Reply::no_content())
}
