mod invoices;

use kernel::Locale;
use serde_json::{Value, json};

use super::Template;

impl Template {
    /// Whom the samples greet.
    pub(crate) const fn sample_name(self, locale: Locale) -> &'static str {
        match locale {
            Locale::En => "Asha Rai",
            Locale::Ne => "आशा राई",
        }
    }

    /// Made-up facts, to look at a mail while developing.
    pub(crate) fn sample(self, locale: Locale) -> Value {
        match locale {
            Locale::En => self.in_english(),
            Locale::Ne => self.in_nepali(),
        }
    }

    fn in_english(self) -> Value {
        match self {
            Self::Invitation => json!({
                "organization": "Himal Traders", "inviter": "Bikash Thapa", "role": "Member",
                "expires_in": 10_080,
            }),
            Self::TicketAssigned => json!({
                "organization": "Himal Traders", "actor": "Bikash Thapa", "number": 128,
                "title": "The printer in the warehouse prints blank pages",
            }),
            Self::TicketMentioned | Self::TicketCommented => json!({
                "organization": "Himal Traders", "actor": "Bikash Thapa", "number": 128,
                "title": "The printer in the warehouse prints blank pages",
                "excerpt": "The new toner arrives on Sunday.\nCan you be there to try it?",
            }),
            Self::OwnershipTransferred => json!({
                "organization": "Himal Traders", "previous_owner": "Bikash Thapa", "new_owner": "Asha Rai",
            }),
            Self::MemberRoleChanged => json!({
                "organization": "Himal Traders", "actor": "Bikash Thapa", "role": "Admin",
                "previous_role": "Member",
            }),
            _ => self.of_invoices(&invoices::IN_ENGLISH),
        }
    }

    fn in_nepali(self) -> Value {
        match self {
            Self::Invitation => json!({
                "organization": "हिमाल ट्रेडर्स", "inviter": "विकास थापा", "role": "Member",
                "expires_in": 10_080,
            }),
            Self::TicketAssigned => json!({
                "organization": "हिमाल ट्रेडर्स", "actor": "विकास थापा", "number": 128,
                "title": "गोदामको प्रिन्टरबाट खाली पाना निस्कन्छ",
            }),
            Self::TicketMentioned | Self::TicketCommented => json!({
                "organization": "हिमाल ट्रेडर्स", "actor": "विकास थापा", "number": 128,
                "title": "गोदामको प्रिन्टरबाट खाली पाना निस्कन्छ",
                "excerpt": "नयाँ टोनर आइतबार आउँछ।\nजाँच्न आउन सक्नुहुन्छ?",
            }),
            Self::OwnershipTransferred => json!({
                "organization": "हिमाल ट्रेडर्स", "previous_owner": "विकास थापा", "new_owner": "आशा राई",
            }),
            Self::MemberRoleChanged => json!({
                "organization": "हिमाल ट्रेडर्स", "actor": "विकास थापा", "role": "Admin",
                "previous_role": "Member",
            }),
            _ => self.of_invoices(&invoices::IN_NEPALI),
        }
    }

    fn in_any_language(self) -> Value {
        let (at, zone) = ("2026-01-15T09:00:00Z", "Asia/Kathmandu");
        match self {
            Self::VerifyEmail => json!({ "expires_in": 1_440 }),
            Self::PasswordReset => json!({ "expires_in": 30 }),
            Self::EmailChange => json!({ "email": "asha.rai@example.com", "expires_in": 60 }),
            Self::NewDevice
            | Self::PasswordChanged
            | Self::PasswordResetDone
            | Self::EmailChanged
            | Self::SecondFactorLocked => json!({
                "device": "Firefox, Linux", "ip": "203.0.113.7", "at": at, "time_zone": zone,
            }),
            Self::MfaChanged => json!({ "change": "enabled", "at": at, "time_zone": zone }),
            Self::SessionTheft => json!({ "device": "Firefox, Linux", "at": at, "time_zone": zone }),
            Self::AccountDeletion => json!({ "at": "2026-02-14T09:00:00Z", "time_zone": zone }),
            _ => json!({}),
        }
    }
}
