//! Lists of people to write to.

use actix_web::web::{Data, Path};
use campaigns::{Campaigns, Contact, ContactList, ImportRow, Imported, OptIn, Taken, import_rows};
use kernel::{ContactId, ContactListId, FieldFault, Scope};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{Answer, Body, Caller, Endpoint, IfMatch, Instant, Module, PageQuery, Problem, Reply};

/// Bytes that an import may have.
const IMPORT: usize = 1 << 20;

pub(crate) fn module() -> Module {
    let module = Module::new("contact_lists", "People to write to")
        .codes(&[("list_name_taken", "Another list has this name")]);
    [list_endpoint(), create_endpoint(), get_endpoint(), update_endpoint()]
        .into_iter()
        .chain([contacts_endpoint(), import_endpoint(), remove_endpoint()])
        .fold(module, Module::with)
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("contact_lists_list", "/contact-lists", "List the lists by name")
        .scope(Scope::CampaignsRead)
        .lists::<ListView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("contact_lists_create", "/contact-lists", "Make a list")
        .scope(Scope::CampaignsWrite)
        .body::<NameBody>(json!({"name": "Tea friends"}))
        .creates::<ListView>()
        .fails_with(409)
        .renders(|request, actor, id| async move {
            let campaigns = request.app_data::<Data<dyn Campaigns>>().ok_or_else(Problem::not_found)?;
            Ok(created(&campaigns.contact_list(&actor, ContactListId::from_uuid(id)).await?))
        })
        .to(create)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("contact_lists_get", "/contact-lists/{id}", "Show a list")
        .scope(Scope::CampaignsRead)
        .versioned()
        .returns::<ListView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch("contact_lists_update", "/contact-lists/{id}", "Give a list another name")
        .scope(Scope::CampaignsWrite)
        .versioned()
        .body::<NameBody>(json!({"name": "Old friends"}))
        .returns::<ListView>()
        .fails_with(409)
        .to(update)
}

fn contacts_endpoint() -> Endpoint {
    Endpoint::get("contacts_list", "/contact-lists/{id}/contacts", "List who is on a list")
        .scope(Scope::CampaignsRead)
        .lists::<ContactView>()
        .to(contacts)
}

fn import_endpoint() -> Endpoint {
    Endpoint::post("contacts_import", "/contact-lists/{id}/import", "Put people on a list")
        .scope(Scope::CampaignsWrite)
        .description(
            "Up to 1,000 rows, or CSV whose first line names `email` and maybe `first_name` and `last_name`. Each row \
             has a result of its own. Whoever is on the list already stays as he is.",
        )
        .body_limit(IMPORT)
        .body::<ImportBody>(json!({"rows": [{"email": "asha@example.com", "firstName": "Asha"}]}))
        .returns::<ImportView>()
        .to(import)
}

fn remove_endpoint() -> Endpoint {
    Endpoint::delete(
        "contacts_remove",
        "/contact-lists/{id}/contacts/{contactId}",
        "Take somebody off a list",
    )
    .scope(Scope::CampaignsWrite)
    .returns_nothing()
    .to(remove)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WriteContactList)]
struct NameBody {
    #[schema(min_length = 1, max_length = 120)]
    name: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ImportContacts)]
struct ImportBody {
    #[schema(min_items = 1, max_items = 1_000)]
    rows: Option<Vec<RowBody>>,
    /// Instead of rows.
    #[schema(min_length = 1, max_length = 1_000_000)]
    csv: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ImportContact)]
struct RowBody {
    /// What is no address has a result that says so.
    #[schema(max_length = 320, pattern = "^[^\\u0000-\\u001f]*$")]
    email: String,
    #[schema(max_length = 120, pattern = "^[^\\u0000-\\u001f]*$")]
    first_name: Option<String>,
    #[schema(max_length = 120, pattern = "^[^\\u0000-\\u001f]*$")]
    last_name: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ContactList)]
struct ListView {
    #[schema(value_type = Uuid)]
    id: ContactListId,
    name: String,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ListedContact)]
struct ContactView {
    #[schema(value_type = Uuid)]
    id: ContactId,
    email: String,
    first_name: Option<String>,
    last_name: Option<String>,
    created_at: Instant,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ImportedContacts)]
struct ImportView {
    added: usize,
    results: Vec<ResultView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ImportedContact)]
struct ResultView {
    email: String,
    outcome: OutcomeWord,
    #[schema(value_type = Option<Uuid>)]
    contact_id: Option<ContactId>,
    /// What is wrong with the row.
    detail: Option<String>,
}

/// What became of a row.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportOutcome)]
enum OutcomeWord {
    Added,
    /// On the list already, or twice in the import.
    Known,
    Refused,
}

impl From<&ContactList> for ListView {
    fn from(list: &ContactList) -> Self {
        Self {
            id: list.id,
            name: list.name.clone(),
            version: list.version.0,
            created_at: list.created_at.into(),
            updated_at: list.updated_at.into(),
        }
    }
}

impl From<Contact> for ContactView {
    fn from(contact: Contact) -> Self {
        let Contact { id, email, first_name, last_name, created_at, .. } = contact;
        Self { id, email: email.as_str().to_owned(), first_name, last_name, created_at: created_at.into() }
    }
}

impl From<Imported> for ResultView {
    fn from(Imported { email, outcome }: Imported) -> Self {
        let (outcome, contact_id, detail) = match outcome {
            Ok(Taken::Added(id)) => (OutcomeWord::Added, Some(id), None),
            Ok(Taken::Known) => (OutcomeWord::Known, None, None),
            Err(fault) => (OutcomeWord::Refused, None, Some(format!("{} {}", fault.field, fault.detail))),
        };
        Self { email, outcome, contact_id, detail }
    }
}

impl ImportBody {
    fn rows(self) -> Result<Vec<ImportRow>, campaigns::Error> {
        match (self.rows, self.csv) {
            (Some(rows), None) => {
                let row =
                    |RowBody { email, first_name, last_name }| ImportRow { email, first_name, last_name };
                Ok(rows.into_iter().map(row).collect())
            }
            (None, Some(csv)) => import_rows(&csv),
            _ => Err(FieldFault::new("rows", "required", "must be there, or `csv` in its place").into()),
        }
    }
}

async fn list(Caller(actor): Caller, page: PageQuery, campaigns: Data<dyn Campaigns>) -> Answer {
    let found = campaigns.contact_lists(&actor, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(|list| ListView::from(&list)))))
}

async fn create(Caller(actor): Caller, Body(body): Body<NameBody>, campaigns: Data<dyn Campaigns>) -> Answer {
    Ok(created(&campaigns.create_list(&actor, &body.name, OptIn::Single).await?))
}

fn created(list: &ContactList) -> Reply {
    Reply::created(format!("/contact-lists/{}", list.id), ListView::from(list)).at(list.version)
}

async fn get(Caller(actor): Caller, id: Path<ContactListId>, campaigns: Data<dyn Campaigns>) -> Answer {
    let list = campaigns.contact_list(&actor, *id).await?;
    Ok(Reply::ok(ListView::from(&list)).at(list.version))
}

async fn update(
    Caller(actor): Caller,
    id: Path<ContactListId>,
    IfMatch(version): IfMatch,
    Body(body): Body<NameBody>,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    let list = campaigns.rename_list(&actor, *id, version, &body.name).await?;
    Ok(Reply::ok(ListView::from(&list)).at(list.version))
}

async fn contacts(
    Caller(actor): Caller,
    id: Path<ContactListId>,
    page: PageQuery,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    let found = campaigns.contacts(&actor, *id, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(ContactView::from))))
}

async fn import(
    Caller(actor): Caller,
    id: Path<ContactListId>,
    Body(body): Body<ImportBody>,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    let found = campaigns.import(&actor, *id, body.rows()?).await?;
    let added = found.iter().filter(|row| matches!(row.outcome, Ok(Taken::Added(_)))).count();
    Ok(Reply::ok(ImportView { added, results: found.into_iter().map(ResultView::from).collect() }))
}

async fn remove(
    Caller(actor): Caller,
    path: Path<(ContactListId, ContactId)>,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    let (list, contact) = *path;
    campaigns.remove_contact(&actor, list, contact).await?;
    Ok(Reply::no_content())
}
