use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether something works, logged when that changes and only then.
#[derive(Debug)]
pub(crate) struct Health {
    what: &'static str,
    is_up: AtomicBool,
}

impl Health {
    pub(crate) fn new(what: &'static str) -> Self {
        Self { what, is_up: AtomicBool::new(true) }
    }

    pub(crate) fn is_up(&self) -> bool {
        self.is_up.load(Ordering::Relaxed)
    }

    pub(crate) fn up(&self) {
        if !self.is_up.swap(true, Ordering::Relaxed) {
            tracing::info!(dependency.name = self.what, "works again");
        }
    }

    pub(crate) fn down(&self, fault: &(dyn Error + 'static)) {
        if self.is_up.swap(false, Ordering::Relaxed) {
            tracing::warn!(dependency.name = self.what, error = fault, "does not work; trying on");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_up_until_it_is_down() {
        let health = Health::new("a test");
        assert!(health.is_up());
        health.down(&std::fmt::Error);
        assert!(!health.is_up());
        health.up();
        assert!(health.is_up());
    }
}
