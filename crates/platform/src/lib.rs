#![doc = include_str!("../README.md")]

mod bell;
mod bus;
mod cache;
mod config;
mod files;
mod keys;
mod limiter;
mod mail;
mod private_file;
mod redis;

pub use bell::{Bell, LocalBell, RedisBell};
pub use bus::{Bus, BusMessage, LocalBus, RedisBus};
pub use cache::{Cache, LocalCache, NearCache, RedisCache};
pub use config::{Config, ConfigFault, ConfigFaults, DatabaseChoice, FilesChoice, Limits, LogFormat, Signup};
pub use files::{ByteStream, FileFault, FileKey, FileStore, LocalFiles, S3Files, S3Place, StoredFile};
pub use keys::{KeyError, Keyring};
pub use limiter::{Decision, Limiter, LocalLimiter, NoLimits, Rate, RedisLimiter};
pub use mail::{Attachment, Extra, LocalMailer, MOST_ATTACHED, MailError, Mailer, OutgoingMail, SmtpMailer};
pub use redis::{RedisFault, RedisPool};
