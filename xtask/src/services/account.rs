//! The account the servers run as: PostgreSQL refuses to run as root, and Redis has no need to.

use std::path::Path;
use std::process::Command;

use crate::failure::{Explain, Failure, Outcome};
use crate::process;

/// An ordinary account of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

impl Account {
    /// `postgres` or `nobody` when we are root, else `None`: we ourselves.
    pub(crate) fn for_servers() -> Outcome<Option<Self>> {
        if !is_root()? {
            return Ok(None);
        }
        let passwd = std::fs::read_to_string("/etc/passwd").explain(|| "cannot read /etc/passwd".into())?;
        let account = ["postgres", "nobody"].iter().find_map(|name| Self::named(name, &passwd));
        account.map(Some).ok_or_else(|| {
            Failure::new("PostgreSQL must not run as root, and there is no account `postgres` or `nobody`")
        })
    }

    fn named(name: &str, passwd: &str) -> Option<Self> {
        passwd.lines().find_map(|line| {
            let mut fields = line.split(':');
            let found = fields.next()? == name;
            let (uid, gid) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
            found.then(|| Self { name: name.to_owned(), uid, gid })
        })
    }

    pub(crate) fn own(&self, path: &Path) -> Outcome {
        std::os::unix::fs::chown(path, Some(self.uid), Some(self.gid))
            .explain(|| format!("cannot give {} to {}", path.display(), self.name))
    }

    /// The words before a command line that make it run as this account, in the same process.
    pub(crate) fn prefix(&self) -> Outcome<Vec<String>> {
        if process::on_path("setpriv").is_some() {
            let (uid, gid) = (format!("--reuid={}", self.uid), format!("--regid={}", self.gid));
            return Ok(vec!["setpriv".into(), uid, gid, "--clear-groups".into()]);
        }
        if process::on_path("runuser").is_some() {
            return Ok(["runuser", "-u", &self.name, "--"].map(str::to_owned).into());
        }
        Err(Failure::new("neither setpriv nor runuser is here to leave root with; install util-linux"))
    }
}

pub(crate) fn is_root() -> Outcome<bool> {
    Ok(process::quiet(Command::new("id").arg("-u"))?.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533:nobody:/:/usr/sbin/nologin\n";

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let nobody = Account { name: "nobody".into(), uid: 65534, gid: 65533 };
        assert_eq!(Account::named("nobody", PASSWD), Some(nobody));
        assert_eq!(Account::named("no", PASSWD), None);
        assert_eq!(Account::named("postgres", PASSWD), None);
    }
}
