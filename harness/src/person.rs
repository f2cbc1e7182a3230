//! People as the system knows them: by a mailbox, a password and a telephone that shows codes.

mod codes;

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::place::short;
use crate::{Answer, Call, Client, Dice, Doing, Outcome, Sink};
use codes::Codes;

/// How long a mail may take, and an api process that is being restarted.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Person {
    pub email: String,
    pub password: String,
    pub user: Uuid,
    /// The one the access token is for.
    pub organization: Uuid,
    pub access: String,
    pub refresh: String,
    codes: Option<Codes>,
}

impl Person {
    /// Signs up with a new organization and follows the link in the mail. The processes are used in turn.
    pub async fn sign_up(client: &Client, sink: &Sink, dice: &mut Dice) -> Outcome<Self> {
        let tag = short(dice.id());
        let email = format!("asha.{tag}@example.com");
        let password = format!("a long way to {tag}");
        let form = json!({
            "email": email, "password": password, "fullName": "Asha Rai", "organizationName": format!("Org {tag}"),
        });
        let register = Call::post("/auth/register", form);
        client.insist(&register, PATIENCE).await?.with(202)?;
        let token = sink.token(&email, "verify-email", PATIENCE).await?;
        let verify = Call::post("/auth/verify-email", json!({"token": token})).tokens_in_body().first_at(1);
        let session = client.insist(&verify, PATIENCE).await?.with(200)?;
        Self::from_session(&email, &password, &session, "")
    }

    /// Signs up and sets up codes, so that every door is open.
    pub async fn owner(client: &Client, sink: &Sink, dice: &mut Dice) -> Outcome<Self> {
        let mut person = Self::sign_up(client, sink, dice).await?;
        person.enrol(client).await?;
        Ok(person)
    }

    fn from_session(email: &str, password: &str, answer: &Answer, at: &str) -> Outcome<Self> {
        Ok(Self {
            email: email.to_owned(),
            password: password.to_owned(),
            user: answer.id(&format!("{at}/user/id"))?,
            organization: answer.id(&format!("{at}/organization/id"))?,
            access: answer.text(&format!("{at}/accessToken"))?,
            refresh: answer.text(&format!("{at}/refreshToken")).unwrap_or_default(),
            codes: None,
        })
    }

    /// An answer without a refresh token leaves the one there is in force.
    fn adopt(&mut self, answer: &Answer, at: &str) -> Outcome {
        let new = Self::from_session(&self.email, &self.password, answer, at)?;
        let refresh = if new.refresh.is_empty() { std::mem::take(&mut self.refresh) } else { new.refresh };
        *self = Self { codes: self.codes.take(), refresh, ..new };
        Ok(())
    }

    /// Sets up codes. The code of the step before is used, so that the present one is left for a login.
    pub async fn enrol(&mut self, client: &Client) -> Outcome {
        let begun = client.send(&Call::act("/auth/mfa/totp").token(&self.access)).await?.with(200)?;
        let mut codes = Codes::of(&begun.text("/secret")?)?;
        let mut answer = self.confirm(client, &codes.late()?).await?;
        if answer.status == 422 {
            // The step ended on the way.
            answer = self.confirm(client, &codes.fresh().await?).await?;
        }
        let answer = answer.with(200)?;
        self.codes = Some(codes);
        self.adopt(&answer, "/session")
    }

    async fn confirm(&self, client: &Client, code: &str) -> Outcome<Answer> {
        let confirm = Call::post("/auth/mfa/totp/confirm", json!({"code": code}));
        client.send(&confirm.token(&self.access).tokens_in_body()).await
    }

    /// Signs in anew: password, then a code if there is one.
    pub async fn login(&mut self, client: &Client) -> Outcome {
        let form = json!({"email": self.email, "password": self.password});
        let login = Call::post("/auth/login", form).tokens_in_body();
        let mut answer = client.insist(&login, PATIENCE).await?.with(200)?;
        if answer.body.pointer("/mfaRequired") == Some(&Value::Bool(true)) {
            let code = self.codes.as_mut().doing("codes of this person")?.fresh().await?;
            let form = json!({"challengeToken": answer.text("/challengeToken")?, "code": code});
            answer =
                client.send(&Call::post("/auth/mfa/challenge", form).tokens_in_body()).await?.with(200)?;
        }
        self.adopt(&answer, "")
    }

    /// Trades the refresh token. The attempt has a name, so that it may be repeated after a lost answer.
    pub async fn refresh(&mut self, client: &Client, attempt: Uuid) -> Outcome {
        let answer = client.insist(&self.refreshing(attempt), PATIENCE).await?.with(200)?;
        self.adopt(&answer, "")
    }

    /// The request that trades the refresh token.
    pub fn refreshing(&self, attempt: Uuid) -> Call {
        let call = Call::post("/auth/refresh", json!({"refreshToken": self.refresh})).tokens_in_body();
        call.header("x-refresh-attempt", attempt.to_string())
    }

    /// Takes over what a refresh answered.
    pub fn refreshed(&mut self, answer: &Answer) -> Outcome {
        self.adopt(answer, "")
    }

    /// Ends the session.
    pub async fn logout(&self, client: &Client) -> Outcome {
        let logout = Call::act("/auth/logout").token(&self.access);
        client.insist(&logout, PATIENCE).await?.with(204).map(drop)
    }

    /// Invites somebody as a plain member; he gets a mail.
    pub async fn invite(&self, client: &Client, email: &str) -> Outcome {
        let roles = client.insist(&Call::get("/roles").token(&self.access), PATIENCE).await?.with(200)?;
        let is_member = |role: &&Value| role.pointer("/name").and_then(Value::as_str) == Some("Member");
        let role = roles.items()?.iter().find(is_member).doing(format!("a role Member in {roles}"))?;
        let rows = json!({"invitations": [{"email": email, "roleId": role["id"]}]});
        let invite = Call::post("/invitations", rows).token(&self.access);
        let answer = client.send(&invite).await?;
        if matches!(answer.status, 200 | 201) { Ok(()) } else { answer.with(201).map(drop) }
    }

    /// A new account by following the link in the mail of an invitation.
    pub async fn accept(client: &Client, sink: &Sink, email: &str) -> Outcome<Self> {
        let token = sink.token(email, "accept-invitation", PATIENCE).await?;
        let password = "a colleague's long password";
        let form = json!({"token": token, "fullName": "Bina Gurung", "password": password});
        let accept = Call::post("/invitations/accept", form).tokens_in_body();
        let answer = client.send(&accept).await?;
        let answer = if answer.status == 201 { answer } else { answer.with(200)? };
        Self::from_session(email, password, &answer, "")
    }

    /// A colleague in the organization, with an account and codes of his own.
    pub async fn colleague(&self, client: &Client, sink: &Sink, dice: &mut Dice) -> Outcome<Self> {
        let email = format!("bina.{}@example.com", short(dice.id()));
        self.invite(client, &email).await?;
        Self::accept(client, sink, &email).await
    }
}
