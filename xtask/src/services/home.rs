//! Where the servers keep their data: under `target/services`, unless their account cannot go there.

use std::fs::{DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::account::Account;
use crate::failure::{Explain, Outcome};

const OPEN: u32 = 0o755;

/// Makes an empty folder for one run of the servers.
pub(crate) fn make(base: &Path, name: &str, account: Option<&Account>) -> Outcome<PathBuf> {
    let home = match account {
        Some(account) if !can_enter(base, account) => {
            std::env::temp_dir().join(format!("mero-services-{}-{name}", std::process::id()))
        }
        _ => base.join(name).join("data"),
    };
    remove(&home)?;
    make_folder(&home)?;
    if let Some(account) = account {
        account.own(&home)?;
    }
    Ok(home)
}

/// Makes a folder that everybody may enter, whatever the umask says.
pub(crate) fn make_folder(folder: &Path) -> Outcome {
    let made = DirBuilder::new().recursive(true).mode(OPEN).create(folder);
    made.explain(|| format!("cannot make {}", folder.display()))?;
    let opened = std::fs::set_permissions(folder, Permissions::from_mode(OPEN));
    opened.explain(|| format!("cannot open {}", folder.display()))
}

pub(crate) fn remove(folder: &Path) -> Outcome {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).explain(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn can_enter(folder: &Path, account: &Account) -> bool {
    let Ok(folder) = folder.canonicalize() else {
        return false;
    };
    folder.ancestors().all(|parent| {
        parent.metadata().is_ok_and(|meta| lets_in(meta.mode(), meta.uid(), meta.gid(), account))
    })
}

/// The kernel's rule: the first of owner, group and others that fits decides.
fn lets_in(mode: u32, owner: u32, group: u32, account: &Account) -> bool {
    let bit = match (owner == account.uid, group == account.gid) {
        (true, _) => 0o100,
        (false, true) => 0o010,
        (false, false) => 0o001,
    };
    mode & bit != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn postgres() -> Account {
        Account { name: "postgres".into(), uid: 101, gid: 104 }
    }

    #[test]
    fn a_private_folder_of_root_keeps_the_server_out() {
        assert!(lets_in(0o755, 0, 0, &postgres()));
        assert!(!lets_in(0o700, 0, 0, &postgres()));
        assert!(lets_in(0o700, 101, 0, &postgres()));
        assert!(lets_in(0o750, 0, 104, &postgres()));
        assert!(!lets_in(0o705, 0, 104, &postgres()), "the group decides before the others");
    }

    #[test]
    fn removing_what_is_not_there_is_no_fault() {
        remove(Path::new("/nowhere/at/all")).unwrap();
    }
}
