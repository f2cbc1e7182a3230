use std::time::{Duration, Instant};

use crate::Outcome;

const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// Looks again and again until there is something to see; after `limit` that is a failure which names `what`.
pub async fn until<T, F>(limit: Duration, what: &str, mut look: impl FnMut() -> F) -> Outcome<T>
where
    F: Future<Output = Outcome<Option<T>>>,
{
    let started = Instant::now();
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        if started.elapsed() > limit {
            return Err(format!("waited {} s in vain for {what}", limit.as_secs_f64()).into());
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}
