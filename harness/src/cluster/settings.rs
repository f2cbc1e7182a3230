use std::path::Path;

use super::ours;
use crate::{Outcome, Process};

/// The same in all processes of a cluster, and no secret: a cluster lives for a test.
const SECRET_KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// What the processes of one cluster are told.
pub(super) struct Settings<'a> {
    pub(super) folder: &'a Path,
    /// People's browsers reach the first api process.
    pub(super) first_port: u16,
    pub(super) smtp: String,
    pub(super) database: Option<String>,
    pub(super) redis: Option<String>,
    pub(super) more: &'a [(&'static str, String)],
}

impl Settings<'_> {
    /// An api process on a port.
    pub(super) fn api(&self, number: usize, port: u16) -> Outcome<Process> {
        let mut process = ours("api", &format!("api-{number}"), &["serve"], self)?;
        process.set("MERO_BIND", format!("127.0.0.1:{port}"));
        self.apply(&mut process);
        Ok(process)
    }

    /// A worker process.
    pub(super) fn worker(&self, number: usize) -> Outcome<Process> {
        let mut process = ours("worker", &format!("worker-{number}"), &[], self)?;
        self.apply(&mut process);
        Ok(process)
    }

    fn apply(&self, process: &mut Process) {
        process.set("MERO_PUBLIC_URL", format!("http://localhost:{}", self.first_port));
        process.set("MERO_DATA_DIR", self.folder.join("data").to_string_lossy());
        process.set("MERO_SECRET_KEY", SECRET_KEY);
        process.set("SMTP_URL", self.smtp.as_str());
        process.set("MERO_LEASE_SECONDS", "2");
        process.set("MERO_LIMITS", "off");
        process.set("MERO_LOG", "warn");
        if let Some(url) = &self.database {
            process.set("DATABASE_URL", url);
        }
        if let Some(url) = &self.redis {
            process.set("REDIS_URL", url);
        }
        for (name, value) in self.more {
            process.set(name, value);
        }
    }
}
