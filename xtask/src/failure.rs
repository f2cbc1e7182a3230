//! What goes wrong, as a sentence for the person at the keyboard.

use std::error::Error;
use std::fmt;

/// The result of everything that can fail here.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Why a command ends with a failing exit.
#[derive(Debug)]
pub(crate) enum Failure {
    /// To be printed by `main`, with its cause.
    Said { message: String, source: Option<Box<dyn Error + Send + Sync>> },
    /// Already on the screen; `main` adds nothing, so that a closing line stays the last one.
    Told,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Said { message: message.into(), source: None }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Said { message, .. } => f.write_str(message),
            Self::Told => f.write_str("failed, as told above"),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Said { source: Some(source), .. } => Some(source.as_ref()),
            Self::Said { source: None, .. } | Self::Told => None,
        }
    }
}

/// Says what was being done when a lower error came.
pub(crate) trait Explain<T> {
    fn explain(self, message: impl FnOnce() -> String) -> Outcome<T>;
}

impl<T, E: Error + Send + Sync + 'static> Explain<T> for Result<T, E> {
    fn explain(self, message: impl FnOnce() -> String) -> Outcome<T> {
        self.map_err(|error| Failure::Said { message: message(), source: Some(Box::new(error)) })
    }
}

/// Prints a failure and its causes on stderr.
pub(crate) fn print(failure: &Failure) {
    if matches!(failure, Failure::Told) {
        return;
    }
    eprintln!("error: {failure}");
    let mut cause = failure.source();
    while let Some(error) = cause {
        eprintln!("  caused by: {error}");
        cause = error.source();
    }
}
