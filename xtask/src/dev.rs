//! The newcomer's first command: the whole system in one process, with demo data.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::process::{CommandExt, parent_id};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::failure::{Explain, Failure, Outcome};
use crate::workspace::Workspace;
use crate::{port, process};

const PATIENCE: Duration = Duration::from_secs(120);
const BETWEEN_LOOKS: Duration = Duration::from_millis(150);

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Port to serve on; without it the first free one from 8080
    #[arg(long)]
    port: Option<u16>,
}

/// What greets, in a process of its own; see [`command`].
#[derive(Debug, clap::Args)]
pub(crate) struct Welcome {
    #[arg(long)]
    port: u16,
}

/// Builds the api and becomes it, so that Ctrl-C and `kill` reach the server itself. The greeting is
/// left to a child that waits until the server is ready.
pub(crate) fn command(options: &Options) -> Outcome {
    let workspace = Workspace::load()?;
    process::run(process::cargo().args(["build", "--package", "api"]).current_dir(&workspace.root))?;
    let port = match options.port {
        Some(port) => port,
        None => port::next_free(8080)?,
    };
    greet_later(port)?;
    let error = server(&workspace, port).exec();
    Err(error).explain(|| "cannot start the api".into())
}

fn server(workspace: &Workspace, port: u16) -> Command {
    let mut server = Command::new(workspace.target.join("debug/api"));
    server
        .args(["serve", "--dev"])
        .current_dir(&workspace.root)
        .env("MERO_BIND", format!("127.0.0.1:{port}"))
        .env("MERO_PUBLIC_URL", format!("http://localhost:{port}"));
    if std::env::var_os("MERO_DATA_DIR").is_none() {
        server.env("MERO_DATA_DIR", "./data/dev");
    }
    server
}

fn greet_later(port: u16) -> Outcome {
    let ourselves = std::env::current_exe().explain(|| "this program does not know its own path".into())?;
    let mut greeter = Command::new(ourselves);
    greeter.args(["welcome", "--port", &port.to_string()]).stdin(Stdio::null());
    greeter.spawn().explain(|| "cannot start what greets".into())?;
    Ok(())
}

/// Prints where everything is once the server, our parent process, answers.
pub(crate) fn welcome(options: &Welcome) -> Outcome {
    let server = parent_id();
    let started = Instant::now();
    while !is_ready(options.port) {
        if parent_id() != server {
            return Err(Failure::Told);
        }
        if started.elapsed() > PATIENCE {
            let seconds = PATIENCE.as_secs();
            return Err(Failure::new(format!("the api did not get ready in {seconds} s; see its log above")));
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
    print!("{}", greeting(options.port));
    Ok(())
}

fn greeting(port: u16) -> String {
    let url = format!("http://localhost:{port}");
    format!(
        "
  Mero Jugx is ready.

    API             {url}
    API documents   {url}/api/docs
    Mailbox         {url}/dev/mail
    Demo accounts   {url}/dev/accounts   (with their current TOTP codes)

  Ctrl-C stops it.

"
    )
}

fn is_ready(port: u16) -> bool {
    status_line(port).is_ok_and(|line| line.starts_with("HTTP/1.1 200"))
}

fn status_line(port: u16) -> std::io::Result<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(stream, "GET /readyz HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")?;
    let mut start = [0; 12];
    stream.read_exact(&mut start)?;
    Ok(String::from_utf8_lossy(&start).into_owned())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    fn answering(answer: &'static str) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            assert!(stream.read(&mut request).unwrap() > 0);
            stream.write_all(answer.as_bytes()).unwrap();
        });
        port
    }

    #[test]
    fn only_a_200_is_ready() {
        assert!(is_ready(answering("HTTP/1.1 200 OK\r\n\r\n")));
        assert!(!is_ready(answering("HTTP/1.1 503 Service Unavailable\r\n\r\n")));
    }

    #[test]
    fn the_greeting_names_the_chosen_port() {
        let greeting = greeting(8083);
        assert!(greeting.contains("http://localhost:8083/api/docs"));
        assert!(greeting.contains("http://localhost:8083/dev/accounts"));
    }
}
