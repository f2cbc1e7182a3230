//! The newcomer's first command: the whole system in one process, with demo data.

use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::failure::{Explain, Outcome};
use crate::workspace::Workspace;
use crate::{port, process};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Port to serve on; without it the first free one from 8080
    #[arg(long)]
    port: Option<u16>,
}

/// Builds the api and becomes it, so that Ctrl-C and `kill` reach the server itself. It says by itself where
/// everything is.
pub(crate) fn command(options: &Options) -> Outcome {
    let workspace = Workspace::load()?;
    process::run(process::cargo().args(["build", "--package", "api"]).current_dir(&workspace.root))?;
    let port = match options.port {
        Some(port) => port,
        None => port::next_free(8080)?,
    };
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
