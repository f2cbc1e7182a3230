//! A client that lives with servers which die: it repeats what it does not know the end of.

mod answer;
mod call;

use std::time::{Duration, Instant};

pub use answer::Answer;
pub use call::Call;

use crate::{Doing, Outcome};

/// How long one try may take: a frozen server looks like a slow one.
const TRY: Duration = Duration::from_secs(10);
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// Speaks with one or several api processes.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    bases: Vec<String>,
}

impl Client {
    /// A client of the processes at these addresses, as in `http://127.0.0.1:8080`.
    pub fn new(bases: Vec<String>) -> Outcome<Self> {
        let http = reqwest::Client::builder().timeout(TRY).connect_timeout(Duration::from_secs(2));
        Ok(Self { http: http.build().doing("making an HTTP client")?, bases })
    }

    /// The same client, speaking with one process alone, counted from 0.
    pub fn only(&self, api: usize) -> Self {
        Self { http: self.http.clone(), bases: self.bases.get(api).cloned().into_iter().collect() }
    }

    /// The address of the first process.
    pub fn base(&self) -> Outcome<&str> {
        self.bases.first().map(String::as_str).doing("an api process")
    }

    /// How many processes it knows.
    pub fn processes(&self) -> usize {
        self.bases.len()
    }

    /// Sends a request once. No answer is a failure; any status is an answer.
    pub async fn send(&self, call: &Call) -> Outcome<Answer> {
        self.send_to(0, call).await
    }

    /// Sends a request until it is answered by a process that is well, going from one to the next. That is safe
    /// for whatever may be done twice: reads, and writes with an idempotency key.
    pub async fn insist(&self, call: &Call, limit: Duration) -> Outcome<Answer> {
        let started = Instant::now();
        let mut tries = 0;
        loop {
            let result = self.send_to(tries + call.lane, call).await;
            tries += 1;
            let failure = match result {
                Ok(answer) if !answer.asks_to_repeat() => return Ok(Answer { tries, ..answer }),
                Ok(answer) => format!("the last answer was {answer}").into(),
                Err(failure) => failure,
            };
            if started.elapsed() > limit {
                return Err(failure).doing(format!("{call}: no answer within {limit:?}, {tries} tries"));
            }
            tokio::time::sleep(BETWEEN_TRIES).await;
        }
    }

    async fn send_to(&self, process: usize, call: &Call) -> Outcome<Answer> {
        let base = self.bases.get(process % self.bases.len().max(1)).doing("an api process")?;
        let request = call.request(&self.http, base);
        Answer::read(request.send().await.doing(call)?).await.doing(call)
    }
}
