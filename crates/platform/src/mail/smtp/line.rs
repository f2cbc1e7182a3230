//! Conversations with the server, step by step: what a mail's fate is depends on how far they came.

use std::error::Error as StdError;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use super::MailError;
use super::server::Server;
use crate::mail::letter::refused;

/// The time limit of each step of a conversation.
const STEP: Duration = Duration::from_secs(10);

/// The time limit of the last step, in which the server reads the mail and judges it.
const CONTENT: Duration = Duration::from_secs(30);

/// Servers hang up on whoever says nothing for long.
const IDLE: Duration = Duration::from_secs(60);

/// Conversations at a time; many servers take no more from one client.
const AT_ONCE: usize = 20;

/// The server does not know or trust *us* (RFC 4954): every mail would be refused until the operator mends
/// the credentials, so none of them is to blame.
const OUR_CREDENTIALS: [u16; 4] = [530, 534, 535, 538];

/// The server hangs up (RFC 5321).
const HANGS_UP: u16 = 421;

/// The connections to the server.
pub(super) struct Line {
    server: Server,
    idle: Mutex<Vec<Idle>>,
    room: Semaphore,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// How far a conversation came.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nobody was named to whom a mail goes.
    Ours,
    /// The receivers were named.
    Receivers,
    /// The mail itself was on its way.
    Content,
}

/// Why a conversation went no further.
struct Stop {
    stage: Stage,
    /// What the server said; none if it said nothing.
    code: Option<u16>,
    cause: Box<dyn StdError + Send + Sync>,
}

impl Line {
    pub(super) fn new(server: Server) -> Self {
        Self { server, idle: Mutex::default(), room: Semaphore::new(AT_ONCE) }
    }

    /// Takes one mail to the server.
    pub(super) async fn take(&self, envelope: &Envelope, mail: &[u8]) -> Result<(), MailError> {
        let _room = self.room.acquire().await.expect("nobody closes it");
        if let Some(connection) = self.kept() {
            match self.converse(connection, envelope, mail).await {
                // The server hung up on us while nobody spoke, or soon after: of this mail it took nothing.
                Err(stop) if stop.is_hung_up() => {}
                ended => return ended.map_err(Stop::judge),
            }
        }
        let connection = self.connect().await.map_err(Stop::judge)?;
        self.converse(connection, envelope, mail).await.map_err(Stop::judge)
    }

    /// Whether the server could take a mail now.
    pub(super) async fn check(&self) -> Result<(), MailError> {
        let mut connection = self.connect().await.map_err(Stop::judge)?;
        let answers = timeout(STEP, connection.test_connected()).await.unwrap_or(false);
        if answers {
            self.keep(connection);
            return Ok(());
        }
        Err(MailError::Unavailable("the mail server does not answer NOOP".into()))
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Stop> {
        // Greeting and sign-in are several steps.
        Box::pin(step(Stage::Ours, STEP * 3, self.server.connect(STEP))).await
    }

    async fn converse(
        &self,
        mut connection: AsyncSmtpConnection,
        envelope: &Envelope,
        mail: &[u8],
    ) -> Result<(), Stop> {
        let said = say(&mut connection, envelope, mail).await;
        match &said {
            Ok(()) => self.keep(connection),
            // One who refuses a mail takes the next, once he has forgotten this one.
            Err(stop) if stop.code.is_some_and(|code| code != HANGS_UP) => {
                if matches!(timeout(STEP, connection.command(Rset)).await, Ok(Ok(_))) {
                    self.keep(connection);
                }
            }
            // What was left in its middle would garble the next mail.
            Err(_) => drop(connection),
        }
        said
    }

    /// The connection that was used last.
    fn kept(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|idle| idle.since.elapsed() < IDLE);
        idle.pop().map(|idle| idle.connection)
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|idle| idle.since.elapsed() < IDLE);
        idle.push(Idle { connection, since: Instant::now() });
    }
}

/// Says all that there is to say of one mail.
async fn say(connection: &mut AsyncSmtpConnection, envelope: &Envelope, mail: &[u8]) -> Result<(), Stop> {
    let from = Mail::new(envelope.from().cloned(), Vec::new());
    step(Stage::Ours, STEP, connection.command(from)).await?;
    for to in envelope.to() {
        step(Stage::Receivers, STEP, connection.command(Rcpt::new(to.clone(), Vec::new()))).await?;
    }
    step(Stage::Receivers, STEP, connection.command(Data)).await?;
    step(Stage::Content, CONTENT, connection.message(mail)).await.map(drop)
}

async fn step<T>(
    stage: Stage,
    patience: Duration,
    what: impl Future<Output = Result<T, Error>>,
) -> Result<T, Stop> {
    match timeout(patience, what).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(fault)) => Err(Stop { stage, code: fault.status().map(u16::from), cause: Box::new(fault) }),
        Err(late) => Err(Stop { stage, code: None, cause: Box::new(late) }),
    }
}

impl Stop {
    fn is_hung_up(&self) -> bool {
        self.stage != Stage::Content && self.code.is_none_or(|code| code == HANGS_UP)
    }

    /// Whose fault it is: that of the server or of us, of this one mail, or nobody can tell.
    fn judge(self) -> MailError {
        let is_ours = self.code.is_some_and(|code| OUR_CREDENTIALS.contains(&code));
        match (self.stage, self.code) {
            (Stage::Ours, _) => MailError::Unavailable(self.cause),
            _ if is_ours => MailError::Unavailable(self.cause),
            (_, Some(500..)) => refused(self.cause.to_string()),
            (Stage::Receivers, _) | (_, Some(_)) => MailError::Temporary(self.cause),
            (Stage::Content, None) => MailError::Uncertain(self.cause),
        }
    }
}
