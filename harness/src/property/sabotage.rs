//! A document that lies in a few places: a run that does not notice looks at nothing.

use serde_json::{Value, json};

use super::document::Document;
use crate::{Doing, Outcome};

/// The operations that the lies are about.
const TOUCHED: [&str; 2] = ["tickets_get", "tickets_list"];

/// Takes an answer away from one operation and gives another one a member of the wrong type. Returns the document,
/// and the operations that it lies about.
pub(super) fn falsified(mut served: Value) -> Outcome<(Value, Document)> {
    let answers = served.pointer_mut("/paths/~1api~1v1~1tickets~1{id}/get/responses");
    let answers = answers.and_then(Value::as_object_mut).doing("the answers of tickets_get")?;
    answers.remove("404").doing("a 404 to keep silent about")?;
    let list = served.pointer_mut("/components/schemas/TicketList/properties/nextCursor");
    *list.doing("the cursor of tickets_list")? = json!({"type": "integer"});
    let mut document = Document::of(&served)?;
    document.operations.retain(|operation| TOUCHED.contains(&operation.id.as_str()));
    Ok((served, document))
}
