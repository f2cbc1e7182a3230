//! The newcomer's first command: the whole system in one process, with demo data.

use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::app::App;
use crate::failure::{self, Explain, Outcome};
use crate::workspace::Workspace;
use crate::{port, process};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Port to serve on; without it the first free one from 8080
    #[arg(long)]
    port: Option<u16>,
    /// Serve the web app by Vite, on port 5173: what is changed shows at once
    #[arg(long)]
    watch: bool,
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
    if options.watch {
        return watch(&workspace, port);
    }
    if let Err(fault) = App::prepare(&workspace).and_then(|app| app.build()) {
        failure::print(&fault);
        eprintln!("The api is served without the web app.");
    }
    let error = server(&workspace, port, port).exec();
    Err(error).explain(|| "cannot start the api".into())
}

/// Where Vite serves.
const VITE: u16 = 5173;

/// Both servers until one of them ends, which ends the other.
fn watch(workspace: &Workspace, port: u16) -> Outcome {
    let app = App::prepare(workspace)?;
    let api = server(workspace, port, VITE).spawn();
    let mut api = api.explain(|| "cannot start the api".into())?;
    let mut vite = app.script("dev", &[]);
    let served = process::run(vite.env("MERO_API", format!("http://localhost:{port}")));
    // It may have ended already: Ctrl-C reaches both.
    drop(api.kill());
    drop(api.wait());
    served
}

/// The api on a port, for browsers that come to another.
pub(crate) fn server(workspace: &Workspace, port: u16, public: u16) -> Command {
    let mut server = Command::new(workspace.target.join("debug/api"));
    server
        .args(["serve", "--dev"])
        .current_dir(&workspace.root)
        .env("MERO_BIND", format!("127.0.0.1:{port}"))
        .env("MERO_PUBLIC_URL", format!("http://localhost:{public}"));
    if std::env::var_os("MERO_DATA_DIR").is_none() {
        server.env("MERO_DATA_DIR", "./data/dev");
    }
    server
}
