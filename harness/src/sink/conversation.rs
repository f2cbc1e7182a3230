//! One connection of a sender, from its greeting to its end.

use std::sync::Arc;
use std::time::Instant;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;

use super::{Mail, Moment, State, Verdict, lock};

/// What a sender has said of a mail so far.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

/// Speaks with a sender until one of both has enough. A sender that vanishes ends it.
pub(super) async fn hold(client: TcpStream, state: Arc<State>) {
    let (input, mut output) = client.into_split();
    let mut input = BufReader::new(input);
    let mut envelope = Envelope::default();
    let mut goes_on = say(&mut output, "220 sink ESMTP").await;
    while goes_on {
        let Some(line) = read_line(&mut input).await else { return };
        let line = String::from_utf8_lossy(&line).into_owned();
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        goes_on = match verb.as_str() {
            "DATA" if envelope.to.is_empty() => say(&mut output, "503 to whom").await,
            "DATA" => {
                let begun = say(&mut output, "354 end with a dot").await;
                let content = if begun { read_content(&mut input).await } else { None };
                let Some(content) = content else { return };
                judge(&mut output, &state, std::mem::take(&mut envelope), content).await
            }
            "QUIT" => {
                say(&mut output, "221 bye").await;
                return;
            }
            _ => say(&mut output, answer(&verb, &line, &mut envelope)).await,
        };
    }
}

fn answer(verb: &str, line: &str, envelope: &mut Envelope) -> &'static str {
    match verb {
        "EHLO" => "250-sink\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES",
        "HELO" => "250 sink",
        "NOOP" => "250 2.0.0 yes",
        "MAIL" => match path(line) {
            Some(from) => {
                *envelope = Envelope { from: Some(from), to: Vec::new() };
                "250 2.1.0 go on"
            }
            None => "501 5.5.4 from whom",
        },
        "RCPT" if envelope.from.is_none() => "503 5.5.1 from whom",
        "RCPT" => match path(line) {
            Some(to) => {
                envelope.to.push(to);
                "250 2.1.5 known"
            }
            None => "501 5.5.4 to whom",
        },
        "RSET" => {
            *envelope = Envelope::default();
            "250 2.0.0 forgotten"
        }
        _ => "502 5.5.1 unknown",
    }
}

/// Decides over a whole mail. False when the conversation is over.
async fn judge(output: &mut OwnedWriteHalf, state: &State, envelope: Envelope, raw: Vec<u8>) -> bool {
    let manners = *lock(&state.manners);
    // Nobody may be listening.
    drop(state.moments.send(Moment::Received));
    tokio::time::sleep(manners.delay).await;
    match manners.verdict {
        Verdict::Refuse(line) => say(output, line).await,
        Verdict::Drop => false,
        Verdict::Take => {
            let from = envelope.from.unwrap_or_default();
            lock(&state.mails).push(Mail { at: Instant::now(), from, to: envelope.to, raw });
            let said = say(output, "250 2.0.0 taken").await;
            drop(state.moments.send(Moment::Taken));
            said
        }
    }
}

/// False when the sender has gone.
async fn say(output: &mut OwnedWriteHalf, line: &str) -> bool {
    output.write_all(format!("{line}\r\n").as_bytes()).await.is_ok()
}

/// A line without its end; `None` when the sender has gone.
async fn read_line(input: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    input.read_until(b'\n', &mut line).await.ok()?;
    line.strip_suffix(b"\r\n").map(<[u8]>::to_vec)
}

/// Everything up to a line with a single dot; a doubled dot at the start of a line is one.
async fn read_content(input: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let line = read_line(input).await?;
        if line == b"." {
            return Some(content);
        }
        content.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        content.extend_from_slice(b"\r\n");
    }
}

/// The address in `FROM:<address> ..`; empty in that of a bounce.
fn path(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('<')?;
    Some(rest.split_once('>')?.0.to_owned())
}
