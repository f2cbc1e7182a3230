//! Whatever is sent to any operation: never a failure of our own, and always a problem in the one form.

mod bodies;
mod mails;
mod nulls;
mod parameters;

use crate::app::TestApp;
use crate::app::call::{Answer, Call};
use crate::app::people::Persona;
use crate::app::spec::{Spec, codes};

/// Somebody who sends rubbish, and what was wrong with the answers.
struct Vandal<'a> {
    app: &'a TestApp,
    persona: Persona,
    codes: Vec<String>,
    asked: usize,
    wrong: Vec<String>,
}

impl<'a> Vandal<'a> {
    async fn new(app: &'a TestApp) -> Self {
        let persona = app.found("Himal Tea").await;
        Self { app, persona, codes: codes(app), asked: 0, wrong: Vec::new() }
    }

    /// Sends a call as the owner; one of these statuses is expected, any that is no 5xx if there are none.
    async fn send(&mut self, spec: &Spec, what: &str, call: Call, expected: &[u16]) {
        let answer = call.by(&self.persona.token).send(self.app).await;
        self.look(spec, what, &answer, expected).await;
    }

    /// The same with bytes instead of JSON.
    async fn send_bytes(&mut self, spec: &Spec, what: &str, kind: &str, body: Vec<u8>, expected: &[u16]) {
        let call = Call::of(spec).by(&self.persona.token);
        let request = call.bare(self.app).header("content-type", kind).body(body);
        let answer = Answer::of(request).await;
        self.look(spec, what, &answer, expected).await;
    }

    async fn look(&mut self, spec: &Spec, what: &str, answer: &Answer, expected: &[u16]) {
        self.asked += 1;
        let expected = expected.is_empty() || expected.contains(&answer.status);
        let flaw = answer.flaw(&self.codes).or_else(|| {
            let shown: String = answer.text.chars().take(300).collect();
            (!expected).then(|| format!("{} {shown}", answer.status))
        });
        self.wrong.extend(flaw.map(|flaw| format!("{} with {what}: {flaw}", spec.id())));
        if answer.status < 400 && spec.operation.writes() {
            self.persona = self.app.still(&self.persona).await;
        }
    }

    fn judge(self) {
        assert!(self.asked > 0, "nothing was sent");
        assert!(self.wrong.is_empty(), "{} of {}:\n{}", self.wrong.len(), self.asked, self.wrong.join("\n"));
    }
}
