//! Counting tests from what the test runners print.

use std::fmt;
use std::ops::AddAssign;

/// How many tests ended how.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) ignored: u64,
}

impl Tally {
    pub(crate) const ONE_PASSED: Self = Self { passed: 1, failed: 0, ignored: 0 };
    pub(crate) const ONE_FAILED: Self = Self { passed: 0, failed: 1, ignored: 0 };

    /// What one line of output adds; `None` unless it closes a test binary.
    ///
    /// The line reads `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; ..`, maybe with
    /// colours around `ok`.
    pub(crate) fn of_line(line: &str) -> Option<Self> {
        let (_, counts) = line.trim_start().strip_prefix("test result: ")?.split_once(". ")?;
        let mut tally = Self::default();
        for count in counts.split(';') {
            let Some((number, word)) = count.trim().split_once(' ') else {
                continue;
            };
            let Ok(number) = number.parse() else { continue };
            match word {
                "passed" => tally.passed = number,
                "failed" => tally.failed = number,
                "ignored" => tally.ignored = number,
                _ => {}
            }
        }
        Some(tally)
    }

    pub(crate) fn is_success(self) -> bool {
        self.failed == 0 && self.passed > 0
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

/// The closing line that people and machines look for.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "\
running 3 tests
test a ... ok
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s

   Doc-tests kernel
test result: FAILED. 5 passed; 4 failed; 0 ignored; 0 measured; 7 filtered out; finished in 0.01s
";

    fn sum(output: &str) -> Tally {
        let mut sum = Tally::default();
        output.lines().filter_map(Tally::of_line).for_each(|tally| sum += tally);
        sum
    }

    #[test]
    fn results_of_several_binaries_are_summed() {
        assert_eq!(sum(OUTPUT), Tally { passed: 7, failed: 4, ignored: 1 });
        assert_eq!(sum(OUTPUT).to_string(), "7 passed, 4 failed");
    }

    #[test]
    fn colours_do_not_hide_a_result() {
        let line = "test result: \u{1b}[32mok\u{1b}(B\u{1b}[m. 12 passed; 0 failed; 0 ignored; 0 measured";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 12, failed: 0, ignored: 0 }));
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(Tally::of_line("3 passed; 1 failed"), None);
        assert_eq!(Tally::of_line("the test result: ok. 3 passed; 0 failed"), None);
    }

    #[test]
    fn only_passing_tests_are_a_success() {
        assert!(Tally::ONE_PASSED.is_success());
        assert!(!Tally::default().is_success(), "no test ran");
        let mut mixed = Tally::ONE_PASSED;
        mixed += Tally::ONE_FAILED;
        assert!(!mixed.is_success());
    }
}
