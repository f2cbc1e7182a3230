use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use kernel::Env;
use zeroize::Zeroizing;

use super::KeyError;
use super::text::{parse_key, write_key};
use crate::private_file;

pub(super) fn load_or_create(path: &Path, env: &Env) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let failed = |source| KeyError::File { path: path.to_owned(), source };
    if !path.try_exists().map_err(failed)? {
        create(path, env).map_err(failed)?;
    }
    let mode = fs::metadata(path).map_err(failed)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(KeyError::Exposed { path: path.to_owned() });
    }
    parse_key(&Zeroizing::new(fs::read_to_string(path).map_err(failed)?))
}

/// Writes the whole file under another name and links it into place: nobody ever reads half a key, and
/// whoever comes second keeps what the first one made.
fn create(path: &Path, env: &Env) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        private_file::create_folder(folder)?;
    }
    let draft = path.with_extension(hex::encode(env.bytes::<8>()));
    private_file::create_file(&draft, write_key(&env.bytes()).as_bytes())?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(fault) if fault.kind() != ErrorKind::AlreadyExists => Err(fault),
        _ => Ok(()),
    }
}
