use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{
    Actor, ApiKeyId, Denied, Env, FieldFault, Fields, OrganizationId, Scope, ScopeSet, Secret, Timestamp,
    UserId, single_line,
};

use crate::Error;
use crate::command::CreateApiKey;
use crate::token::sha256;

/// What every key begins with, so that a leaked one is recognized.
const MARK: &str = "mjx_";

/// A key with which a program acts for its maker, with at most his rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub organization: OrganizationId,
    /// Who made it and whose rights bound it.
    pub user: UserId,
    pub name: String,
    /// The beginning of its text, to tell keys apart.
    pub prefix: String,
    pub scopes: ScopeSet,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    /// To the minute.
    pub last_used_at: Option<Timestamp>,
}

/// A key just made; its text is shown once and never again.
#[derive(Clone, Debug)]
pub struct NewApiKey {
    pub key: ApiKey,
    pub secret: Secret,
}

impl NewApiKey {
    /// Judges what is asked for. Nobody gives a key more than he has.
    pub(crate) fn make(
        command: &CreateApiKey,
        actor: &Actor,
        user: UserId,
        env: &Env,
    ) -> Result<Self, Error> {
        let (mut fields, now) = (Fields::new(), env.now());
        let name = fields.check(single_line("name", &command.name, 80));
        let scopes = parse_scopes(&mut fields, &command.scopes);
        if command.expires_at.is_some_and(|at| at <= now) {
            fields.push(FieldFault::new("expiresAt", "out_of_range", "must lie in the future"));
        }
        let Some(name) = name.filter(|_| fields.is_empty()) else {
            return Err(Error::from(fields));
        };
        if let Some(missing) = scopes.iter().find(|scope| !actor.rights.scopes.contains(*scope)) {
            return Err(Denied::ScopeMissing(missing).into());
        }
        let prefix = totp_rs::Secret::from(env.bytes::<5>()).to_base32().to_lowercase();
        let secret = Secret::new(format!("{MARK}{prefix}_{}", URL_SAFE_NO_PAD.encode(env.bytes::<32>())));
        let key = ApiKey {
            id: env.id(),
            organization: actor.org,
            user,
            name,
            prefix: format!("{MARK}{prefix}"),
            scopes,
            created_at: now,
            expires_at: command.expires_at,
            last_used_at: None,
        };
        Ok(Self { key, secret })
    }
}

fn parse_scopes(fields: &mut Fields, names: &[String]) -> ScopeSet {
    if names.is_empty() {
        fields.push(FieldFault::new("scopes", "required", "must name at least one scope"));
    }
    let mut scopes = Vec::new();
    for (place, name) in names.iter().enumerate() {
        match name.parse::<Scope>() {
            Ok(scope) => scopes.push(scope),
            Err(error) => {
                fields.push(FieldFault::new(format!("scopes/{place}"), "unknown_value", error.to_string()));
            }
        }
    }
    scopes.into_iter().collect()
}

/// What is kept of a key's text, if the text can be one at all. 256 random bits need no slow hash.
pub(crate) fn hash(text: &str) -> Option<[u8; 32]> {
    if !text.starts_with(MARK) {
        return None;
    }
    sha256(text.as_bytes()).try_into().ok()
}
