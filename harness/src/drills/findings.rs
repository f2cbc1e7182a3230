use super::{Drill, Report};

/// What did not hold, collected while looking.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<String>);

impl Findings {
    /// One thing that is wrong.
    pub(super) fn add(&mut self, finding: impl Into<String>) {
        self.0.push(finding.into());
    }

    /// Things that must not be; some of them are shown. Returns their number for the line of figures.
    pub(super) fn none<T: std::fmt::Display>(&mut self, what: &str, found: &[T]) -> usize {
        if !found.is_empty() {
            let some: Vec<_> = found.iter().take(3).map(ToString::to_string).collect();
            self.add(format!("{} {what}, among them {}", found.len(), some.join(" | ")));
        }
        found.len()
    }

    /// A number that must be another.
    pub(super) fn equal(&mut self, what: &str, found: i64, expected: i64) {
        if found != expected {
            self.add(format!("{what}: {found} and not {expected}"));
        }
    }

    pub(super) fn report(self, drill: Drill, figures: String) -> Report {
        Report { drill, figures, broken: self.0 }
    }
}

/// The value that 99 of 100 do not exceed.
pub(super) fn p99(times: &mut [std::time::Duration]) -> std::time::Duration {
    times.sort_unstable();
    let at = (times.len() * 99).div_ceil(100).saturating_sub(1);
    times.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_must_not_be_is_counted_and_shown() {
        let mut findings = Findings::default();
        assert_eq!(findings.none::<String>("lost", &[]), 0);
        assert_eq!(findings.none("lost", &[1, 2, 3, 4]), 4);
        findings.equal("events", 3, 3);
        findings.equal("events", 2, 3);
        let report = findings.report(Drill::Poison, String::new());
        assert_eq!(report.broken, ["4 lost, among them 1 | 2 | 3", "events: 2 and not 3"]);
    }

    #[test]
    fn the_p99_is_the_slowest_but_one_percent() {
        let mut times: Vec<_> = (1..=200).rev().map(Duration::from_millis).collect();
        assert_eq!(p99(&mut times), Duration::from_millis(198));
        assert_eq!(p99(&mut [Duration::from_millis(7)]), Duration::from_millis(7));
        assert_eq!(p99(&mut []), Duration::ZERO);
    }
}
