use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::stream::BoxStream;
use kernel::{Secret, Timestamp};
use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, RetryConfig};

use super::store::Objects;
use super::{ByteStream, FileFault, FileKey, FileStore, StoredFile};

/// The time limit of one request; retries included it is still less than a step's.
const REQUEST: Duration = Duration::from_secs(8);

const CONNECT: Duration = Duration::from_secs(3);

/// Where a bucket is and who may use it.
#[derive(Clone, Debug)]
pub struct S3Place {
    pub bucket: String,
    /// What every key begins with; may be empty.
    pub prefix: String,
    pub region: String,
    /// Another server than Amazon's.
    pub endpoint: Option<String>,
    /// Key id and secret; without them the machine's own role.
    pub credentials: Option<(String, Secret)>,
}

/// Keeps files in a bucket of S3, or of a server that speaks its language. Uploads in several pieces that were cut off
/// are forgotten by a lifecycle rule of the bucket (`AbortIncompleteMultipartUpload`), which its owner sets.
pub struct S3Files {
    objects: Objects,
}

impl S3Files {
    /// Connects with the first question.
    pub fn new(place: &S3Place) -> Result<Self, FileFault> {
        let misplaced = |error: &dyn std::fmt::Display| FileFault::Misplaced(format!("the bucket: {error}"));
        let client = ClientOptions::new().with_timeout(REQUEST).with_connect_timeout(CONNECT);
        let retry = RetryConfig { backoff: BackoffConfig::default(), max_retries: 2, retry_timeout: REQUEST };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&place.bucket)
            .with_region(&place.region)
            .with_client_options(client)
            .with_retry(retry);
        if let Some(endpoint) = &place.endpoint {
            builder = builder.with_allow_http(endpoint.starts_with("http://")).with_endpoint(endpoint);
        }
        if let Some((id, secret)) = &place.credentials {
            builder = builder.with_access_key_id(id).with_secret_access_key(secret.expose());
        }
        let store = builder.build().map_err(|error| misplaced(&error))?;
        let prefix = Path::parse(&place.prefix).map_err(|error| misplaced(&error))?;
        Ok(Self { objects: Objects::new(Arc::new(store), prefix) })
    }
}

#[async_trait]
impl FileStore for S3Files {
    async fn put(&self, key: &FileKey, content: ByteStream, limit: u64) -> Result<u64, FileFault> {
        self.objects.put(key, content, limit).await
    }

    async fn get(&self, key: &FileKey) -> Result<(u64, ByteStream), FileFault> {
        self.objects.get(key).await
    }

    async fn head(&self, key: &FileKey) -> Result<Option<u64>, FileFault> {
        self.objects.head(key).await
    }

    async fn delete(&self, key: &FileKey) -> Result<(), FileFault> {
        self.objects.delete(key).await
    }

    fn list(&self, prefix: &str) -> BoxStream<'static, Result<StoredFile, FileFault>> {
        self.objects.list(prefix)
    }

    /// The bucket's own rule does that.
    async fn forget_torn(&self, _: Timestamp) -> Result<u64, FileFault> {
        Ok(0)
    }

    async fn check(&self) -> Result<(), FileFault> {
        let probe = FileKey::parse(format!("check-{}", std::process::id()))?;
        self.objects.put(&probe, Box::pin(futures_util::stream::empty()), 0).await?;
        self.objects.delete(&probe).await
    }
}
