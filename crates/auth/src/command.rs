//! What callers ask for, as they said it.

use kernel::{OrganizationId, Secret, Timestamp};

/// Asks for an account and an organization.
#[derive(Clone, Debug)]
pub struct Register {
    pub email: String,
    pub password: Secret,
    pub full_name: String,
    pub organization_name: String,
    /// BCP 47 tag; English if absent.
    pub locale: Option<String>,
}

/// Signs in.
#[derive(Clone, Debug)]
pub struct SignInWithPassword {
    pub email: String,
    pub password: Secret,
    pub organization: Option<OrganizationId>,
}

/// Proves a second factor, once a challenge asked for it.
#[derive(Clone, Debug)]
pub struct AnswerChallenge {
    pub challenge: Secret,
    pub proof: SecondFactorProof,
}

/// What a second factor is proven with.
#[derive(Clone, Debug)]
pub enum SecondFactorProof {
    Code(Secret),
    RecoveryCode(Secret),
}

/// What somebody signed in proves himself with again.
#[derive(Clone, Debug)]
pub enum StepUpProof {
    Code(Secret),
    Password(Secret),
}

/// Trades a refresh token for the next one.
#[derive(Clone, Debug)]
pub struct Refresh {
    pub token: Secret,
    /// Made up by the client and repeated when it asks again after a lost answer. Without it nothing is given twice.
    pub attempt: Option<String>,
    pub organization: OrganizationChoice,
}

/// Which organization a session works in from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OrganizationChoice {
    #[default]
    LastUsed,
    Id(OrganizationId),
    Slug(String),
}

impl OrganizationChoice {
    /// The organization asked for by its id.
    pub(crate) fn id(&self) -> Option<OrganizationId> {
        match self {
            Self::Id(org) => Some(*org),
            Self::LastUsed | Self::Slug(_) => None,
        }
    }
}

/// Asks for an API key.
#[derive(Clone, Debug)]
pub struct CreateApiKey {
    pub name: String,
    pub scopes: Vec<String>,
    pub expires_at: Option<Timestamp>,
}
