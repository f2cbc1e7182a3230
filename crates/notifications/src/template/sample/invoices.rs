use serde_json::{Value, json};

use super::Template;

/// What the samples say of invoices in a language.
pub(super) struct Words {
    organization: &'static str,
    customer: &'static str,
    total: &'static str,
    subject: &'static str,
    message: &'static str,
}

pub(super) const IN_ENGLISH: Words = Words {
    organization: "Himal Traders",
    customer: "Sagarmatha Stores",
    total: "NPR\u{a0}1,23,456.00",
    subject: "Your order of Sunday",
    message: "Thank you for your order.\nThe goods left today.",
};

pub(super) const IN_NEPALI: Words = Words {
    organization: "हिमाल ट्रेडर्स",
    customer: "सगरमाथा स्टोर्स",
    total: "रु.\u{a0}१,२३,४५६.००",
    subject: "आइतबारको अर्डर",
    message: "अर्डरका लागि धन्यवाद।\nसामान आजै पठाइयो।",
};

impl Template {
    pub(super) fn of_invoices(self, words: &Words) -> Value {
        let Words { organization, customer, total, subject, message } = words;
        let (number, due_on) = ("INV-2083/84-000123", "2026-08-15T00:00:00Z");
        match self {
            Self::InvoiceSent => json!({
                "organization": organization, "number": number, "total": total, "due_on": due_on,
                "own_subject": subject, "message": message,
            }),
            Self::CreditNoteSent => json!({
                "organization": organization, "number": "CN-2083/84-000007", "invoice": number, "total": total,
                "own_subject": subject, "message": message,
            }),
            Self::InvoiceReminder => json!({
                "organization": organization, "number": number, "due": total, "due_on": due_on,
                "is_overdue": true, "own_subject": subject, "message": message,
            }),
            Self::InvoiceScheduleStopped => json!({
                "organization": organization, "customer": customer, "reason": "customer_archived",
            }),
            Self::InvoiceSendingFailed | Self::InvoicePaymentClaimed => json!({
                "organization": organization, "number": number, "customer": customer,
            }),
            _ => self.in_any_language(),
        }
    }
}
