use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use composition::{Adapters, Services, Worker};
use database::Choice;
use database::testing::Place;
use kernel::Env;
use platform::Config;
use tokio_util::sync::CancellationToken;

/// A whole installation with a database of its own, mails in a folder, and jobs running inside.
pub(crate) struct Installation {
    pub(crate) services: Services,
    place: Place,
    folder: PathBuf,
    stop: CancellationToken,
    working: tokio::task::JoinHandle<()>,
}

impl Installation {
    pub(crate) async fn start() -> Self {
        Self::start_in(Env::system()).await
    }

    pub(crate) async fn start_in(env: Env) -> Self {
        let place = Place::new().await;
        let folder = std::env::temp_dir().join("mero-tests").join(env.id::<uuid::Uuid>().to_string());
        let database = match place.choice() {
            Choice::Sqlite { path } => format!("sqlite:{}", path.display()),
            Choice::Postgres { url } => url.expose().to_owned(),
        };
        let settings: HashMap<&str, String> =
            [("DATABASE_URL", database), ("MERO_DATA_DIR", folder.display().to_string())].into();
        let config = Config::from_env(|name| settings.get(name).cloned()).expect("a right configuration");
        let adapters = Adapters::open(&config, env).await.expect("everything is there");
        let services = Services::build(&config, adapters).await.expect("wired");
        let stop = CancellationToken::new();
        let working = tokio::spawn(Worker::new(&config, &services).run(stop.clone()));
        Self { services, place, folder, stop, working }
    }

    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.working.await.expect("the worker stops");
        self.services.close().await;
        self.place.remove().await;
        std::fs::remove_dir_all(&self.folder).expect("the folder is ours");
    }

    /// The next mail to somebody whose text has these words in it.
    pub(crate) async fn mail(&self, to: &str, words: &str) -> String {
        let folder = self.folder.join("mail");
        let waiting = async {
            loop {
                if let Some(mail) = find(&folder, to, words) {
                    return mail;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let found = tokio::time::timeout(Duration::from_secs(20), waiting).await;
        found.unwrap_or_else(|_| panic!("no mail to {to} with `{words}`"))
    }
}

fn find(folder: &Path, to: &str, words: &str) -> Option<String> {
    let files = std::fs::read_dir(folder).ok()?;
    files.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "eml")).find_map(|file| {
        let raw = std::fs::read(file.path()).ok()?;
        let mail = mailparse::parse_mail(&raw).ok()?;
        let text = mail.subparts.first().map_or_else(|| mail.get_body(), |part| part.get_body()).ok()?;
        let to_him =
            mail.headers.iter().any(|header| header.get_key() == "To" && header.get_value().contains(to));
        (to_him && text.contains(words)).then_some(text)
    })
}

/// The token behind the `#` of the link in a mail.
pub(crate) fn token(mail: &str) -> kernel::Secret {
    let (_, rest) = mail.split_once("#token=").expect("a link with a token");
    kernel::Secret::new(rest.split_whitespace().next().expect("a token"))
}
