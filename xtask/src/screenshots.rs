//! Pictures of every page of the web app, with the demo data.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::app::App;
use crate::failure::{Explain, Failure, Outcome};
use crate::workspace::Workspace;
use crate::{browser, dev, port, process};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Where the pictures go
    #[arg(long, default_value = "target/screenshots")]
    output: PathBuf,
}

/// How long the demo data may take.
const PATIENCE: Duration = Duration::from_secs(120);
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Builds api and app, serves them with fresh demo data, and takes the pictures.
pub(crate) fn command(options: &Options) -> Outcome {
    let workspace = Workspace::load()?;
    let app = App::prepare(&workspace)?;
    app.build()?;
    process::run(process::cargo().args(["build", "--package", "api"]).current_dir(&workspace.root))?;
    let (chromium, port) = (browser::find()?, port::next_free(8080)?);
    let data = workspace.target.join(format!("app/demo-{}", std::process::id()));
    let mut server = dev::server(&workspace, port, port);
    let _demo = Demo::start(server.env("MERO_DATA_DIR", &data), port, data.clone())?;
    let output = std::path::absolute(&options.output).explain(|| "no folder for the pictures".into())?;
    let mut script = app.script("screenshots", &[]);
    script.env("MERO_BASE_URL", format!("http://localhost:{port}")).env("MERO_CHROMIUM", chromium);
    process::run(script.env("MERO_SCREENSHOTS", &output))?;
    println!("The pictures are in {}", output.display());
    Ok(())
}

/// An api with demo data of its own. Both end with their owner.
struct Demo {
    api: Child,
    data: PathBuf,
}

impl Demo {
    fn start(server: &mut Command, port: u16, data: PathBuf) -> Outcome<Self> {
        let api = server.spawn().explain(|| "cannot start the api".into())?;
        let demo = Self { api, data };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if started.elapsed() > PATIENCE {
                return Err(Failure::new("the api does not answer"));
            }
            std::thread::sleep(BETWEEN_LOOKS);
        }
        Ok(demo)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // What cannot be removed stays below the build's folder.
        drop(self.api.kill());
        drop(self.api.wait());
        drop(std::fs::remove_dir_all(&self.data));
    }
}
