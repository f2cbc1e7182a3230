//! One running server: where it listens, what keeps it running, whether it answers.

use std::fmt;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::launch;
use crate::failure::Outcome;
use crate::process;

const PATIENCE: Duration = Duration::from_secs(2);

/// Superuser of the private PostgreSQL; it lets in everybody who reaches its loopback port.
pub(crate) const USER: &str = "mero";

/// The bucket of the server that speaks the language of S3.
pub(crate) const BUCKET: &str = "mero";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    Postgres,
    Redis,
    Bucket,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Server {
    pub(crate) service: Service,
    pub(crate) port: u16,
    pub(crate) keeper: Keeper,
}

/// What has to end for the server to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Keeper {
    Process(u32),
    Container(String),
}

impl Service {
    /// As the process list shows it.
    pub(crate) const fn program(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Redis => "redis-server",
            Self::Bucket => "moto.server",
        }
    }

    pub(crate) fn url(self, port: u16) -> String {
        match self {
            Self::Postgres => format!("postgres://{USER}:{USER}@127.0.0.1:{port}/postgres"),
            Self::Redis => format!("redis://127.0.0.1:{port}"),
            Self::Bucket => format!("http://127.0.0.1:{port}/{BUCKET}"),
        }
    }

    /// Whether a server of this kind serves requests there: more than an open port, which PostgreSQL has
    /// before it is ready.
    pub(crate) fn answers(self, port: u16) -> bool {
        let (question, good) = match self {
            Self::Postgres => (postgres_hello(), b'R'),
            Self::Redis => (b"PING\r\n".to_vec(), b'+'),
            Self::Bucket => (b"GET /moto-api/ HTTP/1.0\r\n\r\n".to_vec(), b'H'),
        };
        first_byte(port, &question).is_ok_and(|answer| answer == good)
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Postgres => "PostgreSQL",
            Self::Redis => "Redis",
            Self::Bucket => "the bucket",
        })
    }
}

impl Server {
    pub(crate) fn url(&self) -> String {
        self.service.url(self.port)
    }

    pub(crate) fn answers(&self) -> bool {
        self.service.answers(self.port)
    }

    pub(crate) fn stop(&self) -> Outcome {
        match &self.keeper {
            Keeper::Process(pid) => launch::end(*pid, self.service.program()),
            Keeper::Container(name) => {
                process::quiet(Command::new("docker").args(["rm", "--force", "--volumes", name])).map(drop)
            }
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        match &self.keeper {
            Keeper::Process(pid) => json!({"url": self.url(), "port": self.port, "pid": pid}),
            Keeper::Container(name) => json!({"url": self.url(), "port": self.port, "container": name}),
        }
    }

    pub(crate) fn from_json(service: Service, value: &Value) -> Option<Self> {
        let pid = value.get("pid").and_then(Value::as_u64).and_then(|pid| u32::try_from(pid).ok());
        let container = value.get("container").and_then(Value::as_str);
        let keeper =
            pid.map(Keeper::Process).or_else(|| container.map(|name| Keeper::Container(name.to_owned())))?;
        Some(Self { service, port: u16::try_from(value.get("port")?.as_u64()?).ok()?, keeper })
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.answers() { "answers" } else { "does not answer" };
        write!(f, "{} {state} on 127.0.0.1:{}", self.service, self.port)?;
        match &self.keeper {
            Keeper::Process(pid) => write!(f, " (process {pid})"),
            Keeper::Container(name) => write!(f, " (container {name})"),
        }
    }
}

/// The start-up message of PostgreSQL's protocol 3.0; a ready server answers `R`, a starting one `E`.
fn postgres_hello() -> Vec<u8> {
    let mut body = 196_608_u32.to_be_bytes().to_vec();
    for word in ["user", USER, "database", "postgres", ""] {
        body.extend_from_slice(word.as_bytes());
        body.push(0);
    }
    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX);
    [length.to_be_bytes().to_vec(), body].concat()
}

fn first_byte(port: u16, question: &[u8]) -> std::io::Result<u8> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(question)?;
    let mut answer = [0];
    stream.read_exact(&mut answer)?;
    let [first] = answer;
    Ok(first)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    fn server_that_says(answer: &'static [u8]) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut question = [0; 256];
            assert!(stream.read(&mut question).unwrap() > 0);
            stream.write_all(answer).unwrap();
        });
        port
    }

    #[test]
    fn a_starting_postgres_does_not_answer_yet() {
        assert!(Service::Postgres.answers(server_that_says(b"R\0\0\0")));
        assert!(!Service::Postgres.answers(server_that_says(b"E\0\0\0")));
    }

    #[test]
    fn a_loading_redis_does_not_answer_yet() {
        assert!(Service::Redis.answers(server_that_says(b"+PONG\r\n")));
        assert!(!Service::Redis.answers(server_that_says(b"-LOADING\r\n")));
    }

    #[test]
    fn the_hello_counts_its_own_length() {
        let hello = postgres_hello();
        assert_eq!(hello.first_chunk::<4>(), Some(&u32::try_from(hello.len()).unwrap().to_be_bytes()));
        assert!(hello.ends_with(b"user\0mero\0database\0postgres\0\0"));
    }

    #[test]
    fn a_server_survives_its_json() {
        let process = Server { service: Service::Redis, port: 6400, keeper: Keeper::Process(17) };
        assert_eq!(Server::from_json(Service::Redis, &process.to_json()), Some(process));
        let container =
            Server { service: Service::Postgres, port: 5500, keeper: Keeper::Container("mero-5500".into()) };
        assert_eq!(Server::from_json(Service::Postgres, &container.to_json()), Some(container));
        assert_eq!(Server::from_json(Service::Redis, &json!({"port": 1})), None);
    }
}
