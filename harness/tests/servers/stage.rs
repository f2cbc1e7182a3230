use std::sync::atomic::{AtomicU8, Ordering};

use harness::{Cluster, Plan};
use tokio::sync::{Mutex, MutexGuard};

/// Three processes at a time are enough for a small machine.
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

/// Redis keeps this many key spaces apart.
static NEXT_SPACE: AtomicU8 = AtomicU8::new(1);

/// Two api processes and a worker, alone on the machine as far as these tests go.
pub(crate) struct Stage {
    pub(crate) cluster: Cluster,
    _turn: MutexGuard<'static, ()>,
}

impl Stage {
    pub(crate) async fn open(name: &'static str) -> Self {
        let turn = ONE_AT_A_TIME.lock().await;
        let space = NEXT_SPACE.fetch_add(1, Ordering::Relaxed);
        let plan = Plan {
            name,
            apis: 2,
            workers: 1,
            database: variable("TEST_DATABASE_URL"),
            redis: Some(format!("{}/{space}", variable("TEST_REDIS_URL").trim_end_matches('/'))),
            settings: vec![("MERO_LOG", "info,composition=debug".to_owned())],
        };
        let cluster = Cluster::start(&plan).await.expect("the programs start");
        Self { cluster, _turn: turn }
    }
}

fn variable(name: &str) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "where the servers of the tests are is no setting of the product"
    )]
    let value = std::env::var(name);
    value.unwrap_or_else(|_| panic!("{name} names no server; `cargo xtask test` starts one"))
}
