//! Money that moved for an invoice.

use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use invoices::{Invoices, Payment, RecordPayment};
use kernel::{InvoiceId, PaymentId, Scope, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::words::{MethodWord, PaymentKindWord};
use crate::http::money::MoneyWord;
use crate::{Answer, Body, Caller, Endpoint, Instant, PageQuery, Problem, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![list_endpoint(), pay_endpoint(), refund_endpoint(), get_endpoint()]
}

fn list_endpoint() -> Endpoint {
    let path = "/invoices/{id}/payments";
    Endpoint::get("invoice_payments_list", path, "List payments and refunds of an invoice")
        .scope(Scope::InvoicesRead)
        .description("The oldest first.")
        .lists::<PaymentView>()
        .to(list)
}

fn pay_endpoint() -> Endpoint {
    Endpoint::post("invoice_payments_create", "/invoices/{id}/payments", "Record a payment")
        .scope(Scope::InvoicesWrite)
        .description("At most what is due.")
        .requires_idempotency_key()
        .body::<PaymentBody>(example())
        .creates::<PaymentView>()
        .renders(again)
        .to(pay)
}

fn refund_endpoint() -> Endpoint {
    Endpoint::post("invoice_refunds_create", "/invoices/{id}/refunds", "Record that money was paid back")
        .scope(Scope::InvoicesWrite)
        .description("At most what credit notes left over of what was paid.")
        .requires_idempotency_key()
        .body::<PaymentBody>(example())
        .creates::<PaymentView>()
        .renders(again)
        .to(refund)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("invoice_payments_get", "/payments/{id}", "Show a payment or a refund")
        .scope(Scope::InvoicesRead)
        .returns::<PaymentView>()
        .to(get)
}

fn example() -> Value {
    json!({"amount": {"amount": 50_000, "currency": "NPR"}, "method": "bank_transfer", "reference": "NIC-4711"})
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RecordPayment)]
struct PaymentBody {
    amount: MoneyWord,
    /// `other` unless told.
    method: Option<MethodWord>,
    /// The day it moved; today unless told.
    paid_on: Option<NaiveDate>,
    /// As the bank or the gateway calls it.
    #[schema(max_length = 100)]
    reference: Option<String>,
    #[schema(max_length = 500)]
    note: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Payment)]
struct PaymentView {
    #[schema(value_type = Uuid)]
    id: PaymentId,
    #[schema(value_type = Uuid)]
    invoice_id: InvoiceId,
    kind: PaymentKindWord,
    amount: MoneyWord,
    method: MethodWord,
    paid_on: NaiveDate,
    reference: String,
    note: String,
    #[schema(value_type = Option<Uuid>)]
    recorded_by: Option<UserId>,
    recorded_at: Instant,
}

impl From<&Payment> for PaymentView {
    fn from(payment: &Payment) -> Self {
        Self {
            id: payment.id,
            invoice_id: payment.invoice,
            kind: payment.kind.into(),
            amount: MoneyWord::of(payment.amount.minor(), payment.currency),
            method: payment.method.into(),
            paid_on: payment.paid_on,
            reference: payment.reference.clone(),
            note: payment.note.clone(),
            recorded_by: payment.recorded_by,
            recorded_at: payment.recorded_at.into(),
        }
    }
}

impl From<PaymentBody> for RecordPayment {
    fn from(body: PaymentBody) -> Self {
        let PaymentBody { amount, method, paid_on, reference, note } = body;
        let method = method.unwrap_or(MethodWord::Other).into();
        Self { amount: amount.into(), method, paid_on, reference, note }
    }
}

async fn again(
    request: actix_web::HttpRequest,
    actor: kernel::Actor,
    id: uuid::Uuid,
) -> Result<Reply, Problem> {
    let invoices = request.app_data::<Data<dyn Invoices>>().ok_or_else(Problem::not_found)?;
    Ok(created(&invoices.payment(&actor, PaymentId::from_uuid(id)).await?))
}

fn created(payment: &Payment) -> Reply {
    Reply::created(format!("/payments/{}", payment.id), PaymentView::from(payment))
}

async fn list(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    page: PageQuery,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let found = invoices.payments(&actor, *id, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(|payment| PaymentView::from(&payment)))))
}

async fn pay(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    Body(body): Body<PaymentBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    Ok(created(&invoices.pay(&actor, *id, body.into()).await?))
}

async fn refund(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    Body(body): Body<PaymentBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    Ok(created(&invoices.refund(&actor, *id, body.into()).await?))
}

async fn get(Caller(actor): Caller, id: Path<PaymentId>, invoices: Data<dyn Invoices>) -> Answer {
    Ok(Reply::ok(PaymentView::from(&invoices.payment(&actor, *id).await?)))
}
