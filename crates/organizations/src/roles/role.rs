use kernel::{
    Changes, FieldFault, Fields, Rank, RoleId, Scope, ScopeSet, SystemRole, Timestamp, Version, multi_line,
    single_line,
};

use crate::Error;
use crate::standing::Standing;

/// A named set of scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub id: RoleId,
    pub name: String,
    pub description: String,
    pub rank: Rank,
    pub scopes: ScopeSet,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A role of the organization's own making.
#[derive(Clone, Debug, Default)]
pub struct CreateRole {
    pub name: String,
    pub description: Option<String>,
    /// 1 to 99 and below one's own; a Member's 50, or one below one's own, if absent.
    pub rank: Option<i64>,
    pub scopes: Vec<String>,
}

/// A change of such a role; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateRole {
    pub name: Option<String>,
    pub description: Option<String>,
    pub rank: Option<i64>,
    pub scopes: Option<Vec<String>>,
}

/// Either of both, parsed.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    name: Option<String>,
    description: Option<String>,
    rank: Option<Rank>,
    scopes: Option<ScopeSet>,
}

impl CreateRole {
    pub(crate) fn parse(self) -> Result<Draft, Error> {
        let update = UpdateRole {
            name: Some(self.name),
            description: self.description,
            rank: self.rank,
            scopes: Some(self.scopes),
        };
        update.parse()
    }
}

impl UpdateRole {
    pub(crate) fn parse(self) -> Result<Draft, Error> {
        let mut fields = Fields::new();
        let name = self.name.and_then(|text| fields.check(single_line("name", &text, 60)));
        let description =
            self.description.and_then(|text| fields.check(multi_line("description", &text, 500)));
        let rank = self.rank.and_then(|rank| fields.check(parse_rank(rank)));
        let scopes = self.scopes.map(|names| parse_scopes(&mut fields, &names));
        match fields.finish() {
            Ok(()) => Ok(Draft { name, description, rank, scopes }),
            Err(faults) => Err(Error::Invalid(faults)),
        }
    }
}

fn parse_rank(rank: i64) -> Result<Rank, FieldFault> {
    match u8::try_from(rank) {
        Ok(rank @ 1..=99) => Ok(Rank(rank)),
        _ => Err(FieldFault::new("rank", "out_of_range", "must be from 1 to 99")),
    }
}

fn parse_scopes(fields: &mut Fields, names: &[String]) -> ScopeSet {
    let parse = |(place, name): (usize, &String)| match name.parse::<Scope>() {
        Ok(scope) => Ok(scope),
        Err(unknown) => Err(FieldFault::new(format!("scopes/{place}"), "unknown_scope", unknown.to_string())),
    };
    let parsed: Vec<_> = names.iter().enumerate().map(parse).collect();
    parsed.into_iter().filter_map(|scope| fields.check(scope)).collect()
}

impl Role {
    /// One of the four that every organization has.
    pub(crate) fn system(role: SystemRole, now: Timestamp) -> Self {
        let description = match role {
            SystemRole::Owner => "May do everything, and always exists",
            SystemRole::Admin => {
                "May do everything but change the plan, or delete or transfer the organization"
            }
            SystemRole::Member => "Reads and writes in the work apps",
            SystemRole::Guest => "Sees only what he takes part in",
        };
        Self {
            id: role.id(),
            name: role.name().to_owned(),
            description: description.to_owned(),
            rank: role.rank(),
            scopes: role.scopes(),
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
        }
    }

    /// Which of the four it is, if it is one.
    pub fn system_role(&self) -> Option<SystemRole> {
        SystemRole::from_id(self.id)
    }

    /// Whether whoever has it needs a second factor, so that nobody may give it away without a fresh proof.
    pub(crate) fn demands_mfa(&self) -> bool {
        self.rank >= SystemRole::Admin.rank()
    }

    /// Whether two roles would have the same name for a reader.
    pub(crate) fn is_named_like(&self, other: &Self) -> bool {
        self.id != other.id && self.name.to_lowercase() == other.name.to_lowercase()
    }

    /// A new role, made by somebody who may make it.
    pub(crate) fn create(id: RoleId, draft: Draft, by: &Standing, now: Timestamp) -> Result<Self, Error> {
        let rank = draft.rank.unwrap_or_else(|| by.default_rank());
        let role = Self {
            id,
            name: draft.name.unwrap_or_default(),
            description: draft.description.unwrap_or_default(),
            rank,
            scopes: draft.scopes.unwrap_or(ScopeSet::EMPTY),
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
        };
        by.outranks(role.rank)?;
        by.holds(role.scopes)?;
        Ok(role)
    }

    /// The role after a change by somebody who may make it, and what that changed. Scopes that the role had
    /// before may stay, even if he does not hold them.
    pub(crate) fn updated(
        &self,
        draft: Draft,
        by: &Standing,
        now: Timestamp,
    ) -> Result<(Self, Changes), Error> {
        self.may_change(by)?;
        let after = Self {
            name: draft.name.unwrap_or_else(|| self.name.clone()),
            description: draft.description.unwrap_or_else(|| self.description.clone()),
            rank: draft.rank.unwrap_or(self.rank),
            scopes: draft.scopes.unwrap_or(self.scopes),
            version: self.version.next(),
            updated_at: now,
            ..self.clone()
        };
        by.outranks(after.rank)?;
        by.holds(after.scopes.iter().filter(|scope| !self.scopes.contains(*scope)).collect())?;
        let changes = self.changes_to(&after);
        Ok((after, changes))
    }

    /// Permits a change of the role as it is.
    pub(crate) fn may_change(&self, by: &Standing) -> Result<(), Error> {
        if self.system_role().is_some() {
            return Err(Error::SystemRole);
        }
        by.outranks(self.rank)
    }

    fn changes_to(&self, after: &Self) -> Changes {
        let mut changes = Changes::new();
        changes.note("name", &self.name, &after.name);
        changes.note("description", &self.description, &after.description);
        changes.note("rank", self.rank, after.rank);
        changes.note("scopes", names(self.scopes), names(after.scopes));
        changes
    }
}

pub(crate) fn names(scopes: ScopeSet) -> Vec<&'static str> {
    scopes.iter().map(Scope::name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn draft(rank: i64, scopes: &[&str]) -> Draft {
        let create = CreateRole {
            name: "Helper".to_owned(),
            rank: Some(rank),
            scopes: scopes.iter().map(|&name| name.to_owned()).collect(),
            ..CreateRole::default()
        };
        create.parse().expect("valid")
    }

    fn role(rank: i64, scopes: &[&str], by: SystemRole) -> Result<Role, Error> {
        let id = uuid::Uuid::from_u128(7).into();
        Role::create(id, draft(rank, scopes), &Standing::of(by), NOW)
    }

    #[test]
    fn nobody_makes_a_role_of_his_own_rank_or_with_scopes_he_lacks() {
        assert!(role(79, &["members:manage"], SystemRole::Admin).is_ok());
        assert!(matches!(role(80, &[], SystemRole::Admin), Err(Error::RankTooLow)));
        assert!(matches!(
            role(10, &["billing:manage"], SystemRole::Admin),
            Err(Error::ScopeNotHeld(Scope::BillingManage))
        ));
        assert!(role(99, &["billing:manage"], SystemRole::Owner).is_ok());
    }

    #[test]
    fn a_change_may_keep_a_scope_one_lacks_but_not_add_one() {
        let given = role(40, &["billing:manage", "crm:read"], SystemRole::Owner).expect("made");
        let admin = Standing::of(SystemRole::Admin);
        let (after, changes) =
            given.updated(draft(40, &["billing:manage", "tickets:read"]), &admin, NOW).expect("kept");
        assert_eq!(names(after.scopes), ["billing:manage", "tickets:read"]);
        assert_eq!(changes.fields(), ["scopes"]);
        assert!(matches!(
            given.updated(draft(40, &["organization:delete"]), &admin, NOW),
            Err(Error::ScopeNotHeld(_))
        ));
        assert!(matches!(given.updated(draft(80, &[]), &admin, NOW), Err(Error::RankTooLow)));
    }

    #[test]
    fn system_roles_do_not_change_even_for_owners() {
        let guest = Role::system(SystemRole::Guest, NOW);
        assert!(matches!(guest.may_change(&Standing::of(SystemRole::Owner)), Err(Error::SystemRole)));
    }

    #[test]
    fn unknown_scopes_are_told_by_their_place() {
        let create = CreateRole {
            name: "x\ny".to_owned(),
            rank: Some(100),
            scopes: vec!["crm:read".to_owned(), "*".to_owned()],
            ..CreateRole::default()
        };
        let Err(Error::Invalid(faults)) = create.parse() else {
            panic!("refused");
        };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["name", "rank", "scopes/1"]);
    }
}
