//! Backups of an embedded installation: one file with the database and the secret key.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use database::backup::{self, Unpacked};
use kernel::Secret;
use platform::{Config, DatabaseChoice, Keyring};

use super::Failure;

/// `api backup FILE`.
pub(crate) async fn write(config: Config, file: PathBuf) -> Result<(), Failure> {
    let database = embedded(&config)?;
    backup::write(database, &file, &secret(&config)?).await?;
    println!(
        "{} holds the database and the secret key. Whoever reads it can read everything.",
        file.display()
    );
    Ok(())
}

/// `api restore FILE`.
pub(crate) async fn restore(config: Config, file: PathBuf, force: bool) -> Result<(), Failure> {
    let database = embedded(&config)?;
    if database.try_exists()? && !force {
        return Err(format!("there is a database at {}; --force replaces it", database.display()).into());
    }
    let unpacked = backup::unpack(&file, database).await?;
    place_key(&config, &unpacked, force)?;
    unpacked.put_in_place()?;
    println!("Restored {}. Start the server again.", database.display());
    Ok(())
}

fn embedded(config: &Config) -> Result<&Path, Failure> {
    match &config.database {
        DatabaseChoice::Sqlite { path } => Ok(path),
        DatabaseChoice::Postgres { .. } => {
            Err("DATABASE_URL names PostgreSQL: use pg_dump and pg_restore, see docs/operations.md".into())
        }
    }
}

fn key_file(config: &Config) -> PathBuf {
    config.data_dir.join("secret.key")
}

fn secret(config: &Config) -> Result<Secret, Failure> {
    if let Some(secret) = &config.secret_key {
        return Ok(secret.clone());
    }
    let path = key_file(config);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Secret::new(text.trim()))
}

/// The key has to be the one that the restored database was used with.
fn place_key(config: &Config, unpacked: &Unpacked, force: bool) -> Result<(), Failure> {
    let kept = Keyring::from_secret(unpacked.secret().expose())?.fingerprint();
    if let Some(own) = &config.secret_key {
        if Keyring::from_secret(own.expose())?.fingerprint() == kept {
            return Ok(());
        }
        return Err(
            "MERO_SECRET_KEY is not the key of this backup; unset it, and the key comes with it".into()
        );
    }
    let path = key_file(config);
    if path.try_exists()? {
        let present = Keyring::from_secret(&fs::read_to_string(&path)?)?.fingerprint();
        if present == kept {
            return Ok(());
        }
        if !force {
            return Err(format!("{} is another key; --force replaces it", path.display()).into());
        }
    }
    let draft = path.with_extension("key.part");
    if draft.try_exists()? {
        fs::remove_file(&draft)?;
    }
    let mut file = File::options().write(true).create_new(true).mode(0o600).open(&draft)?;
    writeln!(file, "{}", unpacked.secret().expose())?;
    file.sync_all()?;
    Ok(fs::rename(draft, path)?)
}
