use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use kernel::{Env, Secret};
use platform::{
    Bell, Bus, Cache, Limiter, LocalBell, LocalBus, LocalCache, LocalLimiter, RedisBell, RedisBus,
    RedisCache, RedisLimiter, RedisPool,
};
use url::Url;
use uuid::Uuid;

use crate::proxy::Proxy;

/// Long enough for a slow machine; nothing waits this long unless it fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The adapters of one kind, as one process or as two see them.
pub(crate) struct World {
    env: Env,
    shared: Option<Shared>,
}

/// A Redis behind a line that can be cut.
pub(crate) struct Shared {
    proxy: Proxy,
    /// Behind the line.
    server: Url,
    /// The line.
    url: Secret,
    prefix: String,
}

/// Every kind of adapter that can be tested here.
pub(crate) async fn worlds() -> Vec<World> {
    let mut worlds = vec![World { env: Env::system(), shared: None }];
    if let Some(url) = redis_url() {
        worlds.push(World { env: Env::system(), shared: Some(Shared::start(url).await) });
    }
    worlds
}

#[expect(clippy::disallowed_methods, reason = "the test's own setting, not the program's configuration")]
fn redis_url() -> Option<Url> {
    let text = std::env::var("TEST_REDIS_URL").ok()?;
    Some(Url::parse(&text).expect("TEST_REDIS_URL is redis://HOST:PORT"))
}

impl Shared {
    async fn start(server: Url) -> Self {
        let host = server.host_str().expect("TEST_REDIS_URL names a host");
        let proxy = Proxy::start(format!("{host}:{}", server.port().unwrap_or(6379))).await;
        let mut url = server.clone();
        url.set_ip_host(proxy.address.ip()).expect("an address is a host");
        url.set_port(Some(proxy.address.port())).expect("a host has a port");
        let prefix = format!("test:{}:", Env::system().id::<Uuid>());
        Self { proxy, server, url: Secret::new(url.as_str()), prefix }
    }

    /// A name as it stands in Redis.
    pub(crate) fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// A connection of the test's own, past the line.
    pub(crate) async fn connect(&self) -> redis::aio::MultiplexedConnection {
        let client = redis::Client::open(self.server.as_str()).expect("a valid address");
        client.get_multiplexed_async_connection().await.expect("Redis is up")
    }

    async fn wipe(&self) {
        let mut connection = self.connect().await;
        let keys: Vec<String> = redis::cmd("KEYS")
            .arg(format!("{}*", self.prefix))
            .query_async(&mut connection)
            .await
            .expect("keys");
        if !keys.is_empty() {
            redis::cmd("DEL").arg(keys).exec_async(&mut connection).await.expect("deleted");
        }
    }
}

impl World {
    /// The server between the processes, if there is one.
    pub(crate) fn shared(&self) -> Option<&Shared> {
        self.shared.as_ref()
    }

    fn pool(&self, shared: &Shared) -> RedisPool {
        RedisPool::open(&shared.url, &shared.prefix, &self.env).expect("a valid address")
    }

    /// The bells of two processes, or one process's twice.
    pub(crate) fn bells(&self) -> (Arc<dyn Bell>, Arc<dyn Bell>) {
        if let Some(shared) = &self.shared {
            let bell = || Arc::new(RedisBell::new(self.pool(shared)));
            return (bell(), bell());
        }
        let bell = Arc::new(LocalBell::new());
        (Arc::clone(&bell) as Arc<dyn Bell>, bell)
    }

    /// The buses of two processes, or one process's twice.
    pub(crate) async fn buses(&self) -> (Arc<dyn Bus>, Arc<dyn Bus>) {
        if let Some(shared) = &self.shared {
            let bus = async || Arc::new(RedisBus::start(self.pool(shared)).await);
            return (bus().await, bus().await);
        }
        let bus = Arc::new(LocalBus::new());
        (Arc::clone(&bus) as Arc<dyn Bus>, bus)
    }

    pub(crate) fn cache(&self) -> Arc<dyn Cache> {
        match &self.shared {
            Some(shared) => Arc::new(RedisCache::new(self.pool(shared))),
            None => Arc::new(LocalCache::new(self.env.clone())),
        }
    }

    pub(crate) fn limiter(&self) -> Arc<dyn Limiter> {
        match &self.shared {
            Some(shared) => Arc::new(RedisLimiter::new(self.pool(shared), self.env.clone())),
            None => Arc::new(LocalLimiter::new(self.env.clone())),
        }
    }

    /// Breaks every connection once. Without a server there is none to break.
    pub(crate) fn sever(&self) {
        if let Some(shared) = &self.shared {
            shared.proxy.sever();
        }
    }

    /// Takes the server away.
    pub(crate) fn cut(&self) {
        if let Some(shared) = &self.shared {
            shared.proxy.cut();
        }
    }

    /// Gives the server back.
    pub(crate) fn mend(&self) {
        if let Some(shared) = &self.shared {
            shared.proxy.mend();
        }
    }

    /// How many connections the adapters made so far.
    pub(crate) fn connections(&self) -> usize {
        self.shared.as_ref().map_or(0, |shared| shared.proxy.accepted())
    }

    /// How many connections the adapters have now.
    pub(crate) fn open_connections(&self) -> usize {
        self.shared.as_ref().map_or(0, |shared| shared.proxy.carried())
    }

    /// Empties the server.
    pub(crate) async fn wipe(&self) {
        if let Some(shared) = &self.shared {
            shared.wipe().await;
        }
    }
}

/// Asks again and again until it is so.
pub(crate) async fn eventually<F: Future<Output = bool>>(what: &str, mut is_so: impl FnMut() -> F) {
    let asking = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, asking).await.unwrap_or_else(|_| panic!("it never came true that {what}"));
}
