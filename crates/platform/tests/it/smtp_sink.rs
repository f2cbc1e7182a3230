use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};

/// A mail server (RFC 5321) that keeps what it is given.
pub(crate) struct SmtpSink {
    pub(crate) address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    connections: Arc<AtomicUsize>,
}

/// A mail as it came over the wire.
#[derive(Clone, Debug, Default)]
pub(crate) struct Received {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) content: Vec<u8>,
}

/// What the server says where it has a choice.
#[derive(Clone, Copy)]
pub(crate) struct Manners {
    pub(crate) auth: &'static str,
    pub(crate) mail: &'static str,
    pub(crate) rcpt: &'static str,
    pub(crate) data: &'static str,
    /// To `MAIL`, once a connection has seen a mail.
    pub(crate) second_mail: &'static str,
    /// It hangs up in place of the answer to this; `CONTENT` is a whole mail, and `AFTER` after the answer to that.
    pub(crate) gone_at: Option<&'static str>,
}

impl Manners {
    pub(crate) const KIND: Self = Self {
        auth: "235 welcome",
        mail: "250 go on",
        rcpt: "250 known",
        data: "250 taken",
        second_mail: "250 go on",
        gone_at: None,
    };

    fn is_gone(self, at: &str) -> bool {
        self.gone_at == Some(at)
    }
}

impl SmtpSink {
    pub(crate) async fn start(manners: Manners) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let received = Arc::new(Mutex::default());
        let connections = Arc::new(AtomicUsize::new(0));
        let (mails, count) = (Arc::clone(&received), Arc::clone(&connections));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(converse(client, manners, Arc::clone(&mails)));
            }
        });
        Self { address, received, connections }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().expect("unpoisoned").clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

async fn converse(client: TcpStream, mut manners: Manners, mails: Arc<Mutex<Vec<Received>>>) {
    let (input, mut output) = client.into_split();
    let mut input = BufReader::new(input);
    let mut mail = Received::default();
    if manners.is_gone("CONNECT") {
        return;
    }
    say(&mut output, "220 sink").await;
    while let Some(line) = read_line(&mut input).await {
        let line = String::from_utf8(line).expect("commands are ASCII");
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        if manners.is_gone(&verb) {
            return;
        }
        if verb == "DATA" {
            say(&mut output, "354 go on").await;
            mail.content = read_content(&mut input).await;
            mails.lock().expect("unpoisoned").push(std::mem::take(&mut mail));
            if manners.is_gone("CONTENT") {
                return;
            }
        }
        say(&mut output, answer(&verb, &line, manners, &mut mail)).await;
        if verb == "QUIT" || verb == "DATA" && manners.is_gone("AFTER") {
            return;
        }
        if verb == "DATA" {
            manners.mail = manners.second_mail;
        }
    }
}

fn answer(verb: &str, line: &str, manners: Manners, mail: &mut Received) -> &'static str {
    match verb {
        "EHLO" => "250-sink\r\n250-8BITMIME\r\n250 AUTH PLAIN",
        "HELO" | "NOOP" => "250 yes",
        "AUTH" => manners.auth,
        "MAIL" => {
            mail.from = path(line);
            manners.mail
        }
        "RCPT" => {
            mail.to.push(path(line));
            manners.rcpt
        }
        "DATA" => manners.data,
        "RSET" => {
            *mail = Received::default();
            "250 forgotten"
        }
        "QUIT" => "221 bye",
        _ => "502 unknown",
    }
}

async fn say(output: &mut OwnedWriteHalf, line: &str) {
    // The client may have gone; then the next read ends the conversation.
    let _ = output.write_all(format!("{line}\r\n").as_bytes()).await;
}

/// A line without its end; `None` when the client has gone.
async fn read_line(input: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    input.read_until(b'\n', &mut line).await.ok()?;
    let line = line.strip_suffix(b"\r\n")?;
    Some(line.to_vec())
}

/// Everything up to a line with a single dot; a doubled dot at the start of a line is one.
async fn read_content(input: &mut (impl AsyncBufReadExt + Unpin)) -> Vec<u8> {
    let mut content = Vec::new();
    loop {
        let line = read_line(input).await.expect("the mail is whole");
        if line == b"." {
            return content;
        }
        content.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        content.extend_from_slice(b"\r\n");
    }
}

/// The address in `FROM:<address> ...`.
fn path(text: &str) -> String {
    let (_, rest) = text.split_once('<').expect("a path in angle brackets");
    rest.split_once('>').expect("a path in angle brackets").0.to_owned()
}
