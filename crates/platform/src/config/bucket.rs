//! Where files go: a folder, or a bucket and what it takes to reach it.

use std::path::{Path, PathBuf};

use kernel::Secret;
use url::Url;

use super::FilesChoice;
use super::variables::Variables;
use crate::S3Place;

/// Amazon's first region, which other servers take for theirs.
const REGION: &str = "us-east-1";

/// Reads all variables about files, whichever of them count.
pub(super) fn files(vars: &mut Variables<'_>, data_dir: &Path) -> FilesChoice {
    let folder = FilesChoice::Folder { path: data_dir.join("files") };
    let choice = vars.parse_or("MERO_FILES_URL", folder, |text| place(text, data_dir));
    let region = vars.text_or("AWS_REGION", REGION);
    let endpoint = vars.parse("AWS_ENDPOINT_URL", server);
    let id = vars.parse("AWS_ACCESS_KEY_ID", |text| Ok(text.to_owned()));
    let secret = vars.parse("AWS_SECRET_ACCESS_KEY", |text| Ok(Secret::new(text)));
    match choice {
        FilesChoice::Bucket(place) => {
            FilesChoice::Bucket(S3Place { region, endpoint, credentials: id.zip(secret), ..place })
        }
        folder @ FilesChoice::Folder { .. } => folder,
    }
}

fn place(text: &str, data_dir: &Path) -> Result<FilesChoice, String> {
    let expected = || format!("`s3://BUCKET/PREFIX` or `file://{}/files`", data_dir.display());
    let url = Url::parse(text).map_err(|_| expected())?;
    let has_more = !url.username().is_empty() || url.password().is_some() || url.query().is_some();
    match (url.scheme(), url.host_str()) {
        ("s3", Some(bucket)) if !has_more => Ok(FilesChoice::Bucket(S3Place {
            bucket: bucket.to_owned(),
            prefix: url.path().trim_matches('/').to_owned(),
            region: REGION.to_owned(),
            endpoint: None,
            credentials: None,
        })),
        ("file", None | Some("")) if !has_more => Ok(FilesChoice::Folder { path: PathBuf::from(url.path()) }),
        _ => Err(expected()),
    }
}

fn server(text: &str) -> Result<String, String> {
    let expected = "an http or https URL without a password, such as `https://storage.example.com`";
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let url =
        url.filter(|url| url.username().is_empty() && url.password().is_none() && url.query().is_none());
    url.map(|_| text.trim_end_matches('/').to_owned()).ok_or_else(|| expected.to_owned())
}
