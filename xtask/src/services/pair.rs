//! Both servers together, and the file that remembers them.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::account::Account;
use super::launch::Lifetime;
use super::programs::Programs;
use super::server::{Server, Service};
use super::{Durability, Place, home};
use crate::failure::{Explain, Failure, Outcome};

const FILE: &str = "state.json";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) postgres: Server,
    pub(crate) redis: Server,
    pub(crate) durability: Durability,
    /// Their data; removed when they stop.
    home: PathBuf,
}

impl Pair {
    /// Starts both; when the second does not start, the first is stopped again.
    pub(crate) fn start(
        base: &Path,
        name: &str,
        lifetime: Lifetime,
        durability: Durability,
    ) -> Outcome<Self> {
        let programs = Programs::get(base)?;
        let account = Account::for_servers()?;
        let logs = base.join(name);
        home::make_folder(&logs)?;
        let place = Place { home: home::make(base, name, account.as_ref())?, logs, account, durability };
        let postgres = programs.start_postgres(&place, lifetime)?;
        match programs.start_redis(&place, lifetime) {
            Ok(redis) => Ok(Self { postgres, redis, durability, home: place.home }),
            Err(fault) => {
                postgres.stop()?;
                Err(fault)
            }
        }
    }

    pub(crate) fn answers(&self) -> bool {
        self.postgres.answers() && self.redis.answers()
    }

    /// A durable pair will do where a scratch one is wanted.
    pub(crate) fn will_do(&self, wanted: Durability) -> bool {
        self.durability == wanted || self.durability == Durability::Durable
    }

    pub(crate) fn stop(&self) -> Outcome {
        self.postgres.stop()?;
        self.redis.stop()?;
        home::remove(&self.home)
    }

    pub(crate) fn print(&self) {
        let (postgres, redis) = (&self.postgres, &self.redis);
        let urls = format!("TEST_DATABASE_URL={}\nTEST_REDIS_URL={}", postgres.url(), redis.url());
        println!("{postgres}\n{redis}\n{urls}");
    }

    pub(crate) fn recorded(base: &Path) -> Outcome<Option<Self>> {
        let file = base.join(FILE);
        let text = match std::fs::read_to_string(&file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            read => read.explain(|| format!("cannot read {}", file.display()))?,
        };
        let state = serde_json::from_str(&text).explain(|| format!("{} is not JSON", file.display()))?;
        let pair = Self::from_json(&state);
        pair.map(Some).ok_or_else(|| Failure::new(format!("{} is not ours; remove it", file.display())))
    }

    pub(crate) fn record(&self, base: &Path) -> Outcome {
        let file = base.join(FILE);
        let text = format!("{:#}\n", self.to_json());
        std::fs::write(&file, text).explain(|| format!("cannot write {}", file.display()))
    }

    pub(crate) fn forget(base: &Path) -> Outcome {
        std::fs::remove_file(base.join(FILE)).explain(|| format!("cannot remove {FILE}"))
    }

    fn to_json(&self) -> Value {
        json!({
            "database_url": self.postgres.url(),
            "redis_url": self.redis.url(),
            "durable": self.durability == Durability::Durable,
            "home": self.home,
            "postgres": self.postgres.to_json(),
            "redis": self.redis.to_json(),
        })
    }

    fn from_json(state: &Value) -> Option<Self> {
        let durable = state.get("durable")?.as_bool()?;
        Some(Self {
            postgres: Server::from_json(Service::Postgres, state.get("postgres")?)?,
            redis: Server::from_json(Service::Redis, state.get("redis")?)?,
            durability: if durable { Durability::Durable } else { Durability::Scratch },
            home: PathBuf::from(state.get("home")?.as_str()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::server::Keeper;
    use super::*;

    #[test]
    fn a_recorded_pair_is_found_again_until_forgotten() {
        let base = std::env::temp_dir().join(format!("mero-pair-{}", std::process::id()));
        home::make_folder(&base).unwrap();
        assert_eq!(Pair::recorded(&base).unwrap(), None);
        let server = |service, port| Server { service, port, keeper: Keeper::Process(1) };
        let pair = Pair {
            postgres: server(Service::Postgres, 5500),
            redis: server(Service::Redis, 6400),
            durability: Durability::Durable,
            home: base.join("up/data"),
        };
        assert!(pair.will_do(Durability::Scratch) && pair.will_do(Durability::Durable));
        pair.record(&base).unwrap();
        assert_eq!(Pair::recorded(&base).unwrap(), Some(pair));
        Pair::forget(&base).unwrap();
        assert_eq!(Pair::recorded(&base).unwrap(), None);
        home::remove(&base).unwrap();
    }
}
