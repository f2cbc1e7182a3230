use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use kernel::Env;

use super::letter::Letterhead;
use super::{MailError, Mailer, OutgoingMail};
use crate::private_file;

/// Puts mails into a folder as `.eml` files, oldest name first, instead of sending them.
pub struct LocalMailer {
    folder: PathBuf,
    letterhead: Letterhead,
}

impl LocalMailer {
    /// The folder is made with the first mail.
    pub fn new(folder: PathBuf, from: &str, env: Env) -> Result<Self, MailError> {
        Ok(Self { folder, letterhead: Letterhead::new(from, env)? })
    }

    /// Where the mails are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

#[async_trait]
impl Mailer for LocalMailer {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let letter = self.letterhead.write(mail)?.formatted();
        let env = self.letterhead.env();
        let name = format!("{}-{}.eml", env.now().timestamp_millis(), file_name(&mail.message_id));
        let draft = format!(".{name}.{}", hex::encode(env.bytes::<4>()));
        let (folder, draft, path) = (self.folder.clone(), self.folder.join(draft), self.folder.join(name));
        on_disk(move || {
            private_file::create_folder(&folder)?;
            private_file::create_file(&draft, &letter)?;
            fs::rename(&draft, &path)
        })
        .await
    }

    async fn check(&self) -> Result<(), MailError> {
        let folder = self.folder.clone();
        let probe = folder.join(format!(".check.{}", hex::encode(self.letterhead.env().bytes::<4>())));
        on_disk(move || {
            private_file::create_folder(&folder)?;
            private_file::create_file(&probe, b"")?;
            fs::remove_file(&probe)
        })
        .await
    }
}

/// A message id holds no character that a file name may not hold; the `@` is left out.
fn file_name(message_id: &str) -> String {
    message_id.split('@').next().unwrap_or_default().to_owned()
}

async fn on_disk(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> Result<(), MailError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(fault)) => Err(MailError::Unavailable(fault.into())),
        Err(fault) => Err(MailError::Unavailable(fault.into())),
    }
}
