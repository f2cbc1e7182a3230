use chrono::TimeDelta;
use kernel::{Changes, EmailAddress, FieldFault, Fields, Rank, SystemRole, Timestamp};

use crate::Error;

/// What an organization demands of whoever comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityPolicy {
    /// Everybody needs a second factor, not only Owner and Admin.
    pub require_mfa: bool,
    /// Since when that is demanded.
    pub mfa_required_since: Option<Timestamp>,
    /// How many days after that a member may still work without. Never applies to Owner and Admin.
    pub grace_days: i64,
    /// Only addresses of these domains may join; any if empty.
    pub allowed_domains: Vec<String>,
    /// After how many days a session must sign in again.
    pub session_max_days: i64,
}

impl Default for SecurityPolicy {
    fn default() -> Self {
        Self {
            require_mfa: false,
            mfa_required_since: None,
            grace_days: 7,
            allowed_domains: Vec::new(),
            session_max_days: 30,
        }
    }
}

/// A change of the policy; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdatePolicy {
    pub require_mfa: Option<bool>,
    /// 0 to 90.
    pub grace_days: Option<i64>,
    /// At most 50.
    pub allowed_domains: Option<Vec<String>>,
    /// 1 to 30.
    pub session_max_days: Option<i64>,
}

impl SecurityPolicy {
    /// The policy after a change.
    pub(crate) fn updated(&self, update: UpdatePolicy, now: Timestamp) -> Result<Self, Error> {
        let mut fields = Fields::new();
        let mut number = |field, value: Option<i64>, range: std::ops::RangeInclusive<i64>, current| {
            value.map_or(Some(current), |value| fields.check(within(field, value, range)))
        };
        let grace_days = number("graceDays", update.grace_days, 0..=90, self.grace_days);
        let session_max_days =
            number("sessionMaxDays", update.session_max_days, 1..=30, self.session_max_days);
        let allowed_domains = match update.allowed_domains {
            Some(domains) => parse_domains(&mut fields, &domains),
            None => self.allowed_domains.clone(),
        };
        let require_mfa = update.require_mfa.unwrap_or(self.require_mfa);
        let (Some(grace_days), Some(session_max_days), true) =
            (grace_days, session_max_days, fields.is_empty())
        else {
            return Err(Error::from(fields));
        };
        Ok(Self {
            require_mfa,
            mfa_required_since: require_mfa.then(|| self.mfa_required_since.unwrap_or(now)),
            grace_days,
            allowed_domains,
            session_max_days,
        })
    }

    /// From when on a member of this rank cannot work without a second factor; `None`: never. The days of grace
    /// count from the demand, or from his joining if that came later.
    pub(crate) fn locked_out_from(
        &self,
        rank: Rank,
        joined_at: Timestamp,
        now: Timestamp,
    ) -> Option<Timestamp> {
        if rank >= SystemRole::Admin.rank() {
            return Some(now);
        }
        if !self.require_mfa {
            return None;
        }
        let since = self.mfa_required_since.unwrap_or(now).max(joined_at);
        Some((since + TimeDelta::days(self.grace_days)).max(now))
    }

    /// Whether an address may join.
    pub fn admits(&self, email: &EmailAddress) -> bool {
        self.allowed_domains.is_empty() || self.allowed_domains.iter().any(|domain| domain == email.domain())
    }

    pub(crate) fn changes_to(&self, after: &Self) -> Changes {
        let mut changes = Changes::new();
        changes.note("requireMfa", self.require_mfa, after.require_mfa);
        changes.note("graceDays", self.grace_days, after.grace_days);
        changes.note("allowedDomains", &self.allowed_domains, &after.allowed_domains);
        changes.note("sessionMaxDays", self.session_max_days, after.session_max_days);
        changes
    }
}

fn within(field: &str, value: i64, range: std::ops::RangeInclusive<i64>) -> Result<i64, FieldFault> {
    if range.contains(&value) {
        return Ok(value);
    }
    let detail = format!("must be from {} to {}", range.start(), range.end());
    Err(FieldFault::new(field, "out_of_range", detail))
}

fn parse_domains(fields: &mut Fields, domains: &[String]) -> Vec<String> {
    if domains.len() > 50 {
        fields.push(FieldFault::new("allowedDomains", "too_many", "must be at most 50"));
        return Vec::new();
    }
    let mut parsed = Vec::with_capacity(domains.len());
    for (place, domain) in domains.iter().enumerate() {
        let field = format!("allowedDomains/{place}");
        let address = format!("somebody@{}", domain.trim().trim_start_matches('@'));
        match EmailAddress::parse(&field, &address) {
            Ok(address) => parsed.push(address.domain().to_owned()),
            Err(_) => fields.push(FieldFault::new(
                field,
                "invalid_domain",
                "must be a domain such as `example.com`",
            )),
        }
    }
    parsed.sort();
    parsed.dedup();
    parsed
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn demanding() -> SecurityPolicy {
        let update = UpdatePolicy {
            require_mfa: Some(true),
            grace_days: Some(3),
            allowed_domains: Some(vec![" Example.com".to_owned(), "@example.com".to_owned()]),
            ..UpdatePolicy::default()
        };
        SecurityPolicy::default().updated(update, NOW).expect("valid")
    }

    #[test]
    fn days_of_grace_count_from_the_first_demand_and_not_for_owner_and_admin() {
        let (policy, later) = (demanding(), NOW + TimeDelta::days(2));
        let (member, admin) = (SystemRole::Member.rank(), SystemRole::Admin.rank());
        let after = |days| Some(NOW + TimeDelta::days(days));
        assert_eq!(policy.locked_out_from(member, NOW, NOW), after(3));
        assert_eq!(policy.locked_out_from(member, later, later), after(5));
        assert_eq!(policy.locked_out_from(admin, NOW, later), after(2));
        let again = policy.updated(UpdatePolicy::default(), later).expect("valid");
        assert_eq!(again.mfa_required_since, Some(NOW));
        assert_eq!(SecurityPolicy::default().locked_out_from(member, NOW, NOW), None);
        assert_eq!(SecurityPolicy::default().locked_out_from(admin, NOW, NOW), after(0));
    }

    #[test]
    fn only_allowed_domains_are_admitted_and_a_subdomain_is_another_one() {
        let policy = demanding();
        assert_eq!(policy.allowed_domains, ["example.com"]);
        let email = |text: &str| EmailAddress::parse("email", text).expect("valid");
        assert!(policy.admits(&email("asha@EXAMPLE.com")));
        assert!(!policy.admits(&email("asha@evil.example.com")));
        assert!(SecurityPolicy::default().admits(&email("asha@anywhere.np")));
    }

    #[test]
    fn all_faults_of_a_policy_are_told_at_once() {
        let update = UpdatePolicy {
            grace_days: Some(91),
            session_max_days: Some(0),
            allowed_domains: Some(vec!["ok.np".to_owned(), "not a domain".to_owned()]),
            require_mfa: None,
        };
        let Err(Error::Invalid(faults)) = SecurityPolicy::default().updated(update, NOW) else {
            panic!("refused");
        };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["graceDays", "sessionMaxDays", "allowedDomains/1"]);
    }
}
