mod schedule;

use kernel::{
    Audience, CatalogueItemId, Changes, CustomerId, Event, InvoiceId, InvoiceLinkId, InvoiceSendingId,
    OrganizationId, Scope, Subject, TaxRateId, UserId, Version,
};
use serde_json::{Map, Value, json};

pub use schedule::{ScheduleEvent, ScheduleHappening};

use crate::{
    Amount, CreditNote, DocumentNumber, Invoice, PaperOf, Payment, PaymentClaim, PaymentKind, Sending,
};

/// Something happened to an invoice.
#[derive(Clone, Debug)]
pub struct InvoiceEvent {
    pub invoice: InvoiceId,
    /// Absent of drafts.
    pub number: Option<DocumentNumber>,
    pub version: Version,
    pub what: InvoiceHappening,
}

/// What happened to it.
#[derive(Clone, Debug)]
pub enum InvoiceHappening {
    Drafted {
        customer: CustomerId,
    },
    /// A draft; what its lines are is read at their source.
    Updated {
        changes: Changes,
    },
    /// A draft.
    Deleted,
    Issued {
        invoice: Invoice,
    },
    Moved {
        payment: Payment,
        status: &'static str,
    },
    Credited {
        note: CreditNote,
        status: &'static str,
    },
    Voided {
        reason: String,
    },
    LinkCreated {
        link: InvoiceLinkId,
    },
    LinkRevoked {
        link: InvoiceLinkId,
    },
    /// Its papers, or those of one of its credit notes, are there.
    Printed {
        of: PaperOf,
    },
    /// Somebody got the original.
    OriginalTaken {
        of: PaperOf,
    },
    /// A document is to be mailed.
    SendingRequested {
        sending: Box<Sending>,
    },
    Sent {
        sending: Box<Sending>,
    },
    /// It will not arrive.
    SendingFailed {
        sending: Box<Sending>,
        error: String,
        /// Who has to know.
        readers: Vec<UserId>,
    },
    /// What it was about was over before it left.
    SendingCancelled {
        sending: Box<Sending>,
    },
    /// Somebody who has a link says that he paid.
    PaymentClaimed {
        claim: Box<PaymentClaim>,
        /// Who has to know.
        readers: Vec<UserId>,
    },
}

impl InvoiceEvent {
    pub(crate) fn of(invoice: &Invoice, what: InvoiceHappening) -> Self {
        let number = invoice.issue.as_ref().map(|issue| issue.number.clone());
        Self { invoice: invoice.id, number, version: invoice.version, what }
    }
}

impl InvoiceEvent {
    /// The document that is to be mailed now.
    pub fn to_send(&self) -> Option<InvoiceSendingId> {
        match &self.what {
            InvoiceHappening::SendingRequested { sending } => Some(sending.id),
            _ => None,
        }
    }

    /// The document whose paper is to be printed now: one was issued, or became void.
    pub fn to_print(&self) -> Option<PaperOf> {
        match &self.what {
            InvoiceHappening::Issued { .. } | InvoiceHappening::Voided { .. } => {
                Some(PaperOf::Invoice(self.invoice))
            }
            InvoiceHappening::Credited { note, .. } => Some(PaperOf::CreditNote(note.id)),
            _ => None,
        }
    }
}

impl Event for InvoiceEvent {
    fn kind(&self) -> &'static str {
        use InvoiceHappening as What;
        match &self.what {
            What::Drafted { .. } => "invoices.invoice_drafted",
            What::Updated { .. } => "invoices.invoice_updated",
            What::Deleted => "invoices.invoice_deleted",
            What::Issued { .. } => "invoices.invoice_issued",
            What::Moved { payment, .. } => match payment.kind {
                PaymentKind::Payment => "invoices.payment_recorded",
                PaymentKind::Refund => "invoices.refund_recorded",
            },
            What::Credited { .. } => "invoices.credit_note_issued",
            What::Voided { .. } => "invoices.invoice_voided",
            What::LinkCreated { .. } => "invoices.link_created",
            What::LinkRevoked { .. } => "invoices.link_revoked",
            What::Printed { .. } => "invoices.pdf_ready",
            What::OriginalTaken { .. } => "invoices.original_taken",
            What::SendingRequested { .. } => "invoices.sending_requested",
            What::Sent { .. } => "invoices.document_sent",
            What::SendingFailed { .. } => "invoices.sending_failed",
            What::SendingCancelled { .. } => "invoices.sending_cancelled",
            What::PaymentClaimed { .. } => "invoices.payment_claimed",
        }
    }

    /// A payment, a credit note or a link is a subject of its own.
    fn subject(&self) -> Subject {
        use InvoiceHappening as What;
        match &self.what {
            What::Moved { payment, .. } => Subject::new("payment", payment.id),
            What::Credited { note, .. } => Subject::new("credit_note", note.id),
            What::LinkCreated { link } | What::LinkRevoked { link } => Subject::new("invoice_link", *link),
            What::Printed { of } | What::OriginalTaken { of } => Subject::new(of.kind(), of.id()),
            What::PaymentClaimed { claim, .. } => Subject::new("payment_claim", claim.id),
            What::SendingRequested { sending }
            | What::Sent { sending }
            | What::SendingCancelled { sending }
            | What::SendingFailed { sending, .. } => Subject::new("invoice_sending", sending.id),
            _ => Subject::new("invoice", self.invoice).at(self.version),
        }
    }

    fn audience(&self) -> Audience {
        Audience::Scope { scope: Scope::InvoicesRead, guests: Vec::new() }
    }

    fn data(&self) -> Value {
        let mut data = Map::from_iter([
            ("invoiceId".to_owned(), json!(self.invoice)),
            ("number".to_owned(), json!(self.number.as_ref().map(ToString::to_string))),
            ("version".to_owned(), json!(self.version)),
        ]);
        if let Value::Object(own) = self.what.data() {
            data.extend(own);
        }
        Value::Object(data)
    }

    fn private(&self) -> Value {
        match &self.what {
            InvoiceHappening::Updated { changes } => changes.before_and_after(),
            InvoiceHappening::Voided { reason } => json!({ "after": { "reason": reason } }),
            InvoiceHappening::SendingRequested { sending } => {
                json!({ "after": { "to": sending.to, "cc": sending.cc } })
            }
            InvoiceHappening::PaymentClaimed { claim, .. } => {
                json!({ "after": { "reference": claim.reference, "note": claim.note } })
            }
            InvoiceHappening::SendingFailed { error, .. } => json!({ "after": { "error": error } }),
            _ => Value::Null,
        }
    }
}

impl InvoiceHappening {
    fn data(&self) -> Value {
        match self {
            Self::Drafted { customer } => json!({ "customerId": customer }),
            Self::Updated { changes } => json!({ "changed": changes.fields() }),
            Self::Deleted | Self::Voided { .. } => json!({}),
            Self::Issued { invoice } => json!({
                "customerId": invoice.customer,
                "issuedOn": invoice.issue.as_ref().map(|issue| issue.on),
                "dueOn": invoice.due_on,
                "total": invoice.sums.total.minor(),
                "currency": invoice.currency.code(),
            }),
            Self::Moved { payment, status } => json!({
                "paymentId": payment.id, "amount": payment.amount.minor(),
                "currency": payment.currency.code(), "status": status,
            }),
            Self::Credited { note, status } => json!({
                "creditNoteId": note.id, "creditNoteNumber": note.issue.number.to_string(),
                "total": note.sums.total.minor(), "currency": note.currency.code(), "status": status,
            }),
            Self::LinkCreated { link } | Self::LinkRevoked { link } => json!({ "linkId": link }),
            Self::Printed { of } | Self::OriginalTaken { of } => {
                json!({ "documentType": of.kind(), "documentId": of.id() })
            }
            Self::SendingRequested { sending }
            | Self::Sent { sending }
            | Self::SendingCancelled { sending } => told(sending, None),
            Self::PaymentClaimed { claim, readers } => json!({
                "claimId": claim.id, "linkId": claim.link, "amount": claim.amount.map(Amount::minor),
                "currency": claim.currency.code(), "readerIds": readers,
            }),
            Self::SendingFailed { sending, readers, .. } => told(sending, Some(readers)),
        }
    }
}

/// What is told of a document on its way.
fn told(sending: &Sending, readers: Option<&Vec<UserId>>) -> Value {
    json!({
        "sendingId": sending.id,
        "purpose": sending.purpose.name(),
        "documentType": sending.of.kind(),
        "documentId": sending.of.id(),
        "linkId": sending.link.as_ref().map(|link| link.id),
        "readerIds": readers,
    })
}

/// Something happened to what invoices are made of.
#[derive(Clone, Debug)]
pub struct RecordEvent {
    pub record: Record,
    pub version: Version,
    /// Nothing of what is new.
    pub changes: Option<Changes>,
}

/// What it happened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    Customer(CustomerId),
    Item(CatalogueItemId),
    TaxRate(TaxRateId),
    /// How the organization writes invoices; there from the start.
    Settings(OrganizationId),
}

impl Event for RecordEvent {
    fn kind(&self) -> &'static str {
        match (self.record, &self.changes) {
            (Record::Customer(_), None) => "invoices.customer_created",
            (Record::Customer(_), Some(_)) => "invoices.customer_updated",
            (Record::Item(_), None) => "invoices.item_created",
            (Record::Item(_), Some(_)) => "invoices.item_updated",
            (Record::TaxRate(_), None) => "invoices.tax_rate_created",
            (Record::TaxRate(_), Some(_)) => "invoices.tax_rate_updated",
            (Record::Settings(_), None) => "invoices.settings_prepared",
            (Record::Settings(_), Some(_)) => "invoices.settings_updated",
        }
    }

    fn subject(&self) -> Subject {
        let subject = match self.record {
            Record::Customer(id) => Subject::new("customer", id),
            Record::Item(id) => Subject::new("catalogue_item", id),
            Record::TaxRate(id) => Subject::new("tax_rate", id),
            Record::Settings(org) => Subject::new("invoice_settings", org),
        };
        subject.at(self.version)
    }

    fn audience(&self) -> Audience {
        Audience::Scope { scope: Scope::InvoicesRead, guests: Vec::new() }
    }

    fn data(&self) -> Value {
        let changed = self.changes.as_ref().map(Changes::fields);
        let (name, id) = match self.record {
            Record::Customer(id) => ("customerId", id.uuid()),
            Record::Item(id) => ("itemId", id.uuid()),
            Record::TaxRate(id) => ("taxRateId", id.uuid()),
            Record::Settings(org) => ("organizationId", org.uuid()),
        };
        json!({ name: id, "version": self.version, "changed": changed })
    }

    fn private(&self) -> Value {
        self.changes.as_ref().map_or(Value::Null, Changes::before_and_after)
    }
}
