use kernel::{
    ApiKeyId, Audience, EmailAddress, Event, OrganizationId, Scope, ScopeSet, SessionId, Subject, TokenId,
    UserId,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// What happened to accounts, sessions and keys. Only ids: mails are written from the rows they name.
#[derive(Clone, Debug, PartialEq)]
pub enum AuthEvent {
    /// Somebody without an account wants one. Told on the platform's stream.
    SignUpRequested {
        sign_up: TokenId,
    },
    /// Somebody asked for a mail to an address that nothing is known of. Told on the platform's stream, without it.
    UnknownAddressAsked,
    /// Somebody tried to sign up with an address that has an account.
    KnownAddressRegistered {
        user: UserId,
    },
    SignedIn {
        user: UserId,
        session: SessionId,
        new_device: bool,
    },
    /// One session ended: by its holder, or from another one.
    SessionRevoked {
        user: UserId,
        session: SessionId,
    },
    /// Several sessions ended at once.
    SessionsRevoked {
        user: UserId,
        sessions: Vec<SessionId>,
    },
    /// A refresh token came back that had been used: it, or its successor, is in wrong hands.
    RefreshTokenReused {
        user: UserId,
        session: SessionId,
    },
    PasswordResetRequested {
        user: UserId,
        token: TokenId,
    },
    PasswordReset {
        user: UserId,
    },
    PasswordChanged {
        user: UserId,
    },
    EmailChangeRequested {
        user: UserId,
        token: TokenId,
    },
    EmailChanged {
        user: UserId,
        before: EmailAddress,
        after: EmailAddress,
    },
    MfaEnrolmentStarted {
        user: UserId,
    },
    MfaChanged {
        user: UserId,
        change: MfaChange,
    },
    /// Too many wrong codes in a day; an operator unlocks.
    SecondFactorLocked {
        user: UserId,
    },
    SteppedUp {
        user: UserId,
        session: SessionId,
    },
    AccountDisabled {
        user: UserId,
    },
    AccountEnabled {
        user: UserId,
    },
    ApiKeyCreated {
        org: OrganizationId,
        key: ApiKeyId,
        user: UserId,
        name: String,
        scopes: ScopeSet,
    },
    ApiKeyRevoked {
        org: OrganizationId,
        key: ApiKeyId,
        user: UserId,
        name: String,
    },
    /// The key that signs access tokens is another one. Told on the platform's stream.
    SigningKeyRotated {
        key: Uuid,
    },
}

/// What changed about a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MfaChange {
    Enabled,
    Replaced,
    Disabled,
    RecoveryCodesReplaced,
    RecoveryCodeUsed,
    /// Taken away by an operator.
    Reset,
}

impl MfaChange {
    /// The word in the event.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Replaced => "replaced",
            Self::Disabled => "disabled",
            Self::RecoveryCodesReplaced => "recovery_codes_replaced",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::Reset => "reset",
        }
    }
}

impl AuthEvent {
    /// The person it is about, if it is one that exists.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::SignUpRequested { .. } | Self::UnknownAddressAsked | Self::SigningKeyRotated { .. } => None,
            Self::KnownAddressRegistered { user }
            | Self::SignedIn { user, .. }
            | Self::SessionRevoked { user, .. }
            | Self::SessionsRevoked { user, .. }
            | Self::RefreshTokenReused { user, .. }
            | Self::PasswordResetRequested { user, .. }
            | Self::PasswordReset { user }
            | Self::PasswordChanged { user }
            | Self::EmailChangeRequested { user, .. }
            | Self::EmailChanged { user, .. }
            | Self::MfaEnrolmentStarted { user }
            | Self::MfaChanged { user, .. }
            | Self::SecondFactorLocked { user }
            | Self::SteppedUp { user, .. }
            | Self::AccountDisabled { user }
            | Self::AccountEnabled { user }
            | Self::ApiKeyCreated { user, .. }
            | Self::ApiKeyRevoked { user, .. } => Some(*user),
        }
    }

    fn concerns_keys(&self) -> bool {
        matches!(self, Self::ApiKeyCreated { .. } | Self::ApiKeyRevoked { .. })
    }
}

impl Event for AuthEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::SignUpRequested { .. } => "auth.sign_up_requested",
            Self::UnknownAddressAsked => "auth.unknown_address_asked",
            Self::KnownAddressRegistered { .. } => "auth.known_address_registered",
            Self::SignedIn { .. } => "auth.signed_in",
            Self::SessionRevoked { .. } => "auth.session_revoked",
            Self::SessionsRevoked { .. } => "auth.sessions_revoked",
            Self::RefreshTokenReused { .. } => "auth.refresh_token_reused",
            Self::PasswordResetRequested { .. } => "auth.password_reset_requested",
            Self::PasswordReset { .. } => "auth.password_reset",
            Self::PasswordChanged { .. } => "auth.password_changed",
            Self::EmailChangeRequested { .. } => "auth.email_change_requested",
            Self::EmailChanged { .. } => "auth.email_changed",
            Self::MfaEnrolmentStarted { .. } => "auth.mfa_enrolment_started",
            Self::MfaChanged { .. } => "auth.mfa_changed",
            Self::SecondFactorLocked { .. } => "auth.second_factor_locked",
            Self::SteppedUp { .. } => "auth.stepped_up",
            Self::AccountDisabled { .. } => "auth.account_disabled",
            Self::AccountEnabled { .. } => "auth.account_enabled",
            Self::ApiKeyCreated { .. } => "auth.api_key_created",
            Self::ApiKeyRevoked { .. } => "auth.api_key_revoked",
            Self::SigningKeyRotated { .. } => "auth.signing_key_rotated",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::SignUpRequested { sign_up } => Subject::new("sign_up", *sign_up),
            Self::SignedIn { session, .. }
            | Self::SessionRevoked { session, .. }
            | Self::RefreshTokenReused { session, .. }
            | Self::SteppedUp { session, .. } => Subject::new("session", *session),
            Self::ApiKeyCreated { key, .. } | Self::ApiKeyRevoked { key, .. } => {
                Subject::new("api_key", *key)
            }
            Self::SigningKeyRotated { key } => Subject::new("signing_key", *key),
            Self::UnknownAddressAsked => Subject::new("address", Uuid::nil()),
            other => Subject::new("user", other.user().map_or(Uuid::nil(), UserId::uuid)),
        }
    }

    fn audience(&self) -> Audience {
        if self.concerns_keys() {
            return Audience::Scope { scope: Scope::ApiKeysRead, guests: Vec::new() };
        }
        Audience::Users(self.user().into_iter().collect())
    }

    fn data(&self) -> Value {
        match self {
            Self::SignUpRequested { sign_up } => json!({ "signUpId": sign_up }),
            Self::SignedIn { user, session, new_device } => {
                json!({ "userId": user, "sessionId": session, "newDevice": new_device })
            }
            Self::SessionRevoked { user, session }
            | Self::RefreshTokenReused { user, session }
            | Self::SteppedUp { user, session } => json!({ "userId": user, "sessionId": session }),
            Self::SessionsRevoked { user, sessions } => json!({ "userId": user, "sessionIds": sessions }),
            Self::PasswordResetRequested { user, token } | Self::EmailChangeRequested { user, token } => {
                json!({ "userId": user, "tokenId": token })
            }
            Self::MfaChanged { user, change } => json!({ "userId": user, "change": change.name() }),
            Self::ApiKeyCreated { key, user, name, scopes, .. } => {
                json!({ "apiKeyId": key, "userId": user, "name": name, "scopes": scopes.iter().collect::<Vec<_>>() })
            }
            Self::ApiKeyRevoked { key, user, name, .. } => {
                json!({ "apiKeyId": key, "userId": user, "name": name })
            }
            Self::SigningKeyRotated { key } => json!({ "keyId": key }),
            Self::UnknownAddressAsked => json!({}),
            other => json!({ "userId": other.user() }),
        }
    }

    fn private(&self) -> Value {
        match self {
            Self::EmailChanged { before, after, .. } => {
                json!({ "before": { "email": before }, "after": { "email": after } })
            }
            _ => Value::Null,
        }
    }

    fn topic(&self) -> String {
        if self.concerns_keys() { "organization".to_owned() } else { "me".to_owned() }
    }
}

/// The same, as an organization of the person may know it: for its audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityChanged {
    pub user: UserId,
    /// The kind of the event on the person's own stream.
    pub change: &'static str,
}

impl Event for SecurityChanged {
    fn kind(&self) -> &'static str {
        "members.security_changed"
    }

    fn subject(&self) -> Subject {
        Subject::new("user", self.user)
    }

    fn audience(&self) -> Audience {
        Audience::Scope { scope: Scope::AuditRead, guests: Vec::new() }
    }

    fn data(&self) -> Value {
        json!({ "userId": self.user, "change": self.change })
    }

    fn topic(&self) -> String {
        "organization".to_owned()
    }
}
