//! What the rules found.

/// Faults fail the run; warnings are counted.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    faults: Vec<String>,
    warnings: Vec<String>,
}

impl Findings {
    pub(crate) fn fault(&mut self, path: &str, line: usize, message: &str) {
        self.faults.push(format!("{path}:{line}: {message}"));
    }

    pub(crate) fn warning(&mut self, path: &str, line: usize, message: &str) {
        self.warnings.push(format!("{path}:{line}: {message}"));
    }

    pub(crate) fn has_faults(&self) -> bool {
        !self.faults.is_empty()
    }

    pub(crate) fn print(&self, warnings_too: bool) {
        if warnings_too {
            self.warnings.iter().for_each(|warning| println!("{warning} (warning)"));
        }
        self.faults.iter().for_each(|fault| println!("{fault}"));
        let hint = if warnings_too || self.warnings.is_empty() { "" } else { " (shown by --warnings)" };
        println!("tidy: {} faults, {} warnings{hint}", self.faults.len(), self.warnings.len());
    }
}

#[cfg(test)]
impl Findings {
    pub(crate) fn faults(&self) -> &[String] {
        &self.faults
    }

    pub(crate) fn warnings(&self) -> &[String] {
        &self.warnings
    }
}
