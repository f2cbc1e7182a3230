//! A private bucket: a server that speaks the language of S3 and keeps everything in memory, from Python's packages.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::home;
use super::launch::{self, Lifetime};
use super::server::{Keeper, Server, Service};
use crate::failure::{Explain, Failure, Outcome};
use crate::port;
use crate::python::Wanted;

/// The server and all that it needs.
pub(crate) const MOTO: Wanted = Wanted {
    name: "bucket",
    pins: include_str!("../../requirements/bucket.txt"),
    // The server's own script does not tell its version, which is how a program shows that it runs.
    program: |environment| Some(environment.join("bin/python")),
};

const FILE: &str = "bucket.json";
const PATIENCE: Duration = Duration::from_secs(5);

/// A server with one bucket in it.
#[derive(Debug)]
pub(crate) struct Bucket {
    server: Server,
    /// Whether it ends with this value.
    is_ours: bool,
}

impl Bucket {
    /// The one that `services up` started, or one of our own for the length of a run.
    pub(crate) fn ready(base: &Path, target: &Path) -> Outcome<Self> {
        match recorded(base)?.filter(Server::answers) {
            Some(server) => Ok(Self { server, is_ours: false }),
            None => Ok(Self { server: start(base, target, Lifetime::WithUs)?, is_ours: true }),
        }
    }

    /// `http://HOST:PORT/BUCKET`.
    pub(crate) fn url(&self) -> String {
        self.server.url()
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        if self.is_ours
            && let Err(fault) = self.server.stop()
        {
            crate::failure::print(&fault);
        }
    }
}

/// Starts one that stays, unless it is there.
pub(crate) fn up(base: &Path, target: &Path) -> Outcome<String> {
    if let Some(server) = recorded(base)?.filter(Server::answers) {
        return Ok(server.url());
    }
    let server = start(base, target, Lifetime::OnItsOwn)?;
    let file = base.join(FILE);
    let text = format!("{:#}\n", server.to_json());
    std::fs::write(&file, text).explain(|| format!("cannot write {}", file.display()))?;
    Ok(server.url())
}

/// Stops the one that stayed.
pub(crate) fn down(base: &Path) -> Outcome {
    let Some(server) = recorded(base)? else { return Ok(()) };
    server.stop()?;
    std::fs::remove_file(base.join(FILE)).explain(|| format!("cannot remove {FILE}"))
}

fn recorded(base: &Path) -> Outcome<Option<Server>> {
    let file = base.join(FILE);
    let text = match std::fs::read_to_string(&file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        read => read.explain(|| format!("cannot read {}", file.display()))?,
    };
    let state = serde_json::from_str(&text).explain(|| format!("{} is not JSON", file.display()))?;
    let server = Server::from_json(Service::Bucket, &state);
    server.map(Some).ok_or_else(|| Failure::new(format!("{} is not ours; remove it", file.display())))
}

fn start(base: &Path, target: &Path, lifetime: Lifetime) -> Outcome<Server> {
    let program = MOTO.program(target).map_err(|fault| Failure::new(format!("no bucket: {fault}")))?;
    home::make_folder(base)?;
    let port = port::any_free()?;
    let mut words = launch::leash(lifetime).into_iter().map(str::to_owned).collect::<Vec<_>>();
    words.push(program.to_string_lossy().into_owned());
    let mut words = words.into_iter();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).args(["-m", Service::Bucket.program(), "-H", "127.0.0.1", "-p", &port.to_string()]);
    let log = base.join(format!("bucket-{port}.log"));
    let child = launch::start(&mut command, &log, || Service::Bucket.answers(port))?;
    let server = Server { service: Service::Bucket, port, keeper: Keeper::Process(child.id()) };
    make_bucket(port).map(|()| server)
}

/// The server lets in everybody, so the request needs no signature.
fn make_bucket(port: u16) -> Outcome {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let asking = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let request = format!(
            "PUT /{} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            super::server::BUCKET
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    let answer = asking().explain(|| "the bucket cannot be made".into())?;
    if answer.split(' ').nth(1) == Some("200") {
        return Ok(());
    }
    let first = answer.lines().next().unwrap_or_default();
    Err(Failure::new(format!("the bucket cannot be made: {first}")))
}
