use std::str::FromStr;

mod sample;

/// A mail that the product writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Template {
    VerifyEmail,
    Welcome,
    /// Somebody signed up with an address that has an account.
    KnownAddress,
    PasswordReset,
    /// A new password was chosen with the link of the former.
    PasswordResetDone,
    PasswordChanged,
    /// To the new address.
    EmailChange,
    /// To the old address.
    EmailChanged,
    Invitation,
    NewDevice,
    MfaChanged,
    /// Too many wrong codes in a day.
    SecondFactorLocked,
    /// A refresh token came twice.
    SessionTheft,
    TicketAssigned,
    TicketMentioned,
    TicketCommented,
    /// The account will be erased on a day.
    AccountDeletion,
    /// To the old and to the new owner.
    OwnershipTransferred,
    MemberRoleChanged,
    /// To a customer, with the paper.
    InvoiceSent,
    CreditNoteSent,
    /// To a customer: something is due.
    InvoiceReminder,
    /// To whoever sent it.
    InvoiceSendingFailed,
    /// Whoever has the link to an invoice says that he paid.
    InvoicePaymentClaimed,
    /// A schedule of invoices stopped by itself.
    InvoiceScheduleStopped,
}

/// What a template speaks of. `at` is a time (RFC 3339), `time_zone` an IANA name, `expires_in` minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub required: &'static [&'static str],
    /// May be absent or null.
    pub optional: &'static [&'static str],
}

const fn facts(required: &'static [&'static str], optional: &'static [&'static str]) -> Facts {
    Facts { required, optional }
}

impl Template {
    /// In the order in which a person meets them.
    pub const ALL: [Self; 25] = [
        Self::VerifyEmail,
        Self::Welcome,
        Self::KnownAddress,
        Self::PasswordReset,
        Self::PasswordResetDone,
        Self::PasswordChanged,
        Self::EmailChange,
        Self::EmailChanged,
        Self::Invitation,
        Self::NewDevice,
        Self::MfaChanged,
        Self::SecondFactorLocked,
        Self::SessionTheft,
        Self::TicketAssigned,
        Self::TicketMentioned,
        Self::TicketCommented,
        Self::AccountDeletion,
        Self::OwnershipTransferred,
        Self::MemberRoleChanged,
        Self::InvoiceSent,
        Self::CreditNoteSent,
        Self::InvoiceReminder,
        Self::InvoiceSendingFailed,
        Self::InvoicePaymentClaimed,
        Self::InvoiceScheduleStopped,
    ];

    /// The name of its files and in the ledger.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::Welcome => "welcome",
            Self::KnownAddress => "known_address",
            Self::PasswordReset => "password_reset",
            Self::PasswordResetDone => "password_reset_done",
            Self::PasswordChanged => "password_changed",
            Self::EmailChange => "email_change",
            Self::EmailChanged => "email_changed",
            Self::Invitation => "invitation",
            Self::NewDevice => "new_device",
            Self::MfaChanged => "mfa_changed",
            Self::SecondFactorLocked => "second_factor_locked",
            Self::SessionTheft => "session_theft",
            Self::TicketAssigned => "ticket_assigned",
            Self::TicketMentioned => "ticket_mentioned",
            Self::TicketCommented => "ticket_commented",
            Self::AccountDeletion => "account_deletion",
            Self::OwnershipTransferred => "ownership_transferred",
            Self::MemberRoleChanged => "member_role_changed",
            Self::InvoiceSent => "invoice_sent",
            Self::CreditNoteSent => "credit_note_sent",
            Self::InvoiceReminder => "invoice_reminder",
            Self::InvoiceSendingFailed => "invoice_sending_failed",
            Self::InvoicePaymentClaimed => "invoice_payment_claimed",
            Self::InvoiceScheduleStopped => "invoice_schedule_stopped",
        }
    }

    /// What a letter's context must and may tell.
    pub const fn facts(self) -> Facts {
        match self {
            Self::Welcome | Self::KnownAddress => facts(&[], &[]),
            Self::VerifyEmail | Self::PasswordReset => facts(&["expires_in"], &[]),
            Self::EmailChange => facts(&["email", "expires_in"], &[]),
            Self::Invitation => facts(&["organization", "role", "expires_in"], &["inviter"]),
            Self::NewDevice
            | Self::PasswordChanged
            | Self::PasswordResetDone
            | Self::EmailChanged
            | Self::SecondFactorLocked => facts(&["device", "at", "time_zone"], &["ip"]),
            // `change`: enabled, disabled, recovery_codes_regenerated, recovery_code_used.
            Self::MfaChanged => facts(&["change", "at", "time_zone"], &[]),
            Self::SessionTheft => facts(&["at", "time_zone"], &["device"]),
            Self::TicketAssigned => facts(&["organization", "number", "title"], &["actor"]),
            Self::TicketMentioned | Self::TicketCommented => {
                facts(&["organization", "number", "title"], &["actor", "excerpt"])
            }
            Self::AccountDeletion => facts(&["at", "time_zone"], &[]),
            Self::OwnershipTransferred => facts(&["organization", "previous_owner", "new_owner"], &[]),
            Self::MemberRoleChanged => facts(&["organization", "role"], &["previous_role", "actor"]),
            // Amounts are written out; `due_on` is the midnight in UTC of a day.
            Self::InvoiceSent => {
                facts(&["organization", "number", "total"], &["due_on", "own_subject", "message"])
            }
            Self::CreditNoteSent => {
                facts(&["organization", "number", "invoice", "total"], &["own_subject", "message"])
            }
            Self::InvoiceReminder => {
                facts(&["organization", "number", "due", "due_on", "is_overdue"], &["own_subject", "message"])
            }
            // `reason`: customer_archived, tax_rate_archived, outside_calendar, invalid.
            Self::InvoiceScheduleStopped => facts(&["organization", "customer", "reason"], &[]),
            Self::InvoiceSendingFailed | Self::InvoicePaymentClaimed => {
                facts(&["organization", "number", "customer"], &[])
            }
        }
    }

    /// Whether people choose if it reaches them; the rest is about their account and always does.
    pub const fn can_be_muted(self) -> bool {
        matches!(
            self,
            Self::TicketAssigned
                | Self::TicketMentioned
                | Self::TicketCommented
                | Self::MemberRoleChanged
                | Self::InvoiceSendingFailed
                | Self::InvoicePaymentClaimed
                | Self::InvoiceScheduleStopped
        )
    }
}

/// A text that names no template.
#[derive(Debug, thiserror::Error)]
#[error("unknown template `{0}`")]
pub struct UnknownTemplate(String);

impl FromStr for Template {
    type Err = UnknownTemplate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|template| template.name() == text);
        found.ok_or_else(|| UnknownTemplate(text.to_owned()))
    }
}
