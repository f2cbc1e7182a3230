use std::error::Error;
use std::fmt::Display;

/// Why a run could not go on, or what it found.
pub type Failure = Box<dyn Error + Send + Sync>;

/// What every step of a run returns.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Says what was being done when something failed.
pub trait Doing<T> {
    /// The failure, after what was being done.
    fn doing(self, what: impl Display) -> Outcome<T>;
}

impl<T, E: Into<Failure>> Doing<T> for Result<T, E> {
    fn doing(self, what: impl Display) -> Outcome<T> {
        self.map_err(|error| {
            let error: Failure = error.into();
            let mut text = format!("{what}: {error}");
            let mut cause = error.source();
            while let Some(inner) = cause {
                text.push_str(&format!(": {inner}"));
                cause = inner.source();
            }
            text.into()
        })
    }
}

impl<T> Doing<T> for Option<T> {
    fn doing(self, what: impl Display) -> Outcome<T> {
        self.ok_or_else(|| format!("{what}: there is none").into())
    }
}
