use std::sync::OnceLock;

static CHOSEN: OnceLock<Option<String>> = OnceLock::new();

/// Whether this mechanism is broken on purpose (`MERO_SABOTAGE`), so that a fault drill can show that it looks.
/// Builds for production know nothing of it.
pub fn is_sabotaged(mechanism: &str) -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "no setting of the product: only builds for development read it"
    )]
    let chosen = CHOSEN.get_or_init(|| std::env::var("MERO_SABOTAGE").ok());
    chosen.as_deref() == Some(mechanism)
}
