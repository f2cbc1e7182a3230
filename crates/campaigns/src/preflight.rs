use crate::words::words;

/// What is in the way of sending, all of it at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preflight {
    /// Who would get it now.
    pub recipients: u64,
    /// Who would not, of the audience.
    pub suppressed: u64,
    pub faults: Vec<PreflightFault>,
}

/// One thing that is wrong, or may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreflightFault {
    /// A stable `snake_case` word for programs.
    pub code: &'static str,
    pub severity: Severity,
    pub detail: String,
}

words! {
    /// How bad it is.
    Severity {
        /// It is not sent so.
        Error = "error",
        /// It may be meant so.
        Warning = "warning",
    }
}

impl PreflightFault {
    pub(crate) fn new(code: &'static str, severity: Severity, detail: impl Into<String>) -> Self {
        Self { code, severity, detail: detail.into() }
    }

    pub(crate) fn error(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, detail)
    }
}

impl Preflight {
    /// Whether nothing is in the way.
    pub fn is_ready(&self) -> bool {
        self.faults.iter().all(|fault| fault.severity != Severity::Error)
    }

    /// All that is, in one line.
    pub(crate) fn in_the_way(&self) -> String {
        let errors = self.faults.iter().filter(|fault| fault.severity == Severity::Error);
        errors.map(|fault| fault.detail.as_str()).collect::<Vec<_>>().join("; ")
    }
}
