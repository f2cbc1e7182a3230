//! The bench: programs in release, yardsticks, servers that write through; then the harness measures.

use std::process::Command;

use crate::failure::Outcome;
use crate::node::Node;
use crate::process;
use crate::services::{Durability, Services};
use crate::workspace::Workspace;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Print the table and leave docs/benchmarks.md as it is
    #[arg(long)]
    dry: bool,
    /// Handed to the bench as they are: `-- --only jobs`, `-- --help`
    #[arg(last = true, value_name = "BENCH ARGUMENTS")]
    arguments: Vec<String>,
}

/// Builds and installs what is needed, and measures.
pub(crate) fn command(options: &Options) -> Outcome {
    let workspace = Workspace::load()?;
    let node = Node::find(&workspace.target)?;
    let peers = workspace.root.join("benchmarks/peers");
    let nest = peers.join("peer-nest");
    node.install(&peers)?;
    node.install(&nest)?;
    node.run(&nest, "typescript/bin/tsc", &["-p", "."])?;
    let programs = ["-p", "api", "-p", "worker", "-p", "harness"];
    process::run(process::cargo().args(["build", "--release", "--bins"]).args(programs))?;
    let services = Services::start(Durability::Durable)?;
    let mut bench = Command::new(workspace.target.join("release/bench"));
    bench.arg("--peers").arg(&peers).arg("--node").arg(&node.program);
    bench.arg("--scripts").arg(workspace.root.join("benchmarks/pgbench"));
    if !options.dry {
        bench.arg("--write").arg(workspace.root.join("docs/benchmarks.md"));
    }
    services.tell(bench.args(&options.arguments))?;
    process::run(&mut bench)
}
