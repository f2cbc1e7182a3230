use std::io;
use std::path::PathBuf;

use bytes::Bytes;
use chrono::TimeDelta;
use futures_util::stream::{self, StreamExt};
use kernel::{Env, Secret};
use platform::{ByteStream, FileFault, FileKey, FileStore, LocalFiles, S3Files, S3Place};
use url::Url;
use uuid::Uuid;

const MIB: usize = 1 << 20;
const PLENTY: u64 = 64 << 20;

/// Every kind of store that can be tested here, each empty.
fn stores() -> Vec<Box<dyn FileStore>> {
    let mut stores: Vec<Box<dyn FileStore>> = vec![Box::new(LocalFiles::open(folder()).expect("a folder"))];
    stores.extend(
        bucket().map(|place| -> Box<dyn FileStore> { Box::new(S3Files::new(&place).expect("a place")) }),
    );
    stores
}

fn folder() -> PathBuf {
    std::env::temp_dir().join("mero-tests").join(format!("files-{}", Env::system().id::<Uuid>()))
}

#[expect(clippy::disallowed_methods, reason = "the test's own setting, not the program's configuration")]
fn bucket() -> Option<S3Place> {
    let url =
        Url::parse(&std::env::var("TEST_S3_URL").ok()?).expect("TEST_S3_URL is http://HOST:PORT/BUCKET");
    Some(S3Place {
        bucket: url.path().trim_matches('/').to_owned(),
        prefix: format!("test/{}", Env::system().id::<Uuid>()),
        region: "us-east-1".to_owned(),
        endpoint: Some(url.origin().ascii_serialization()),
        credentials: Some(("test".to_owned(), Secret::new("test"))),
    })
}

fn key(text: &str) -> FileKey {
    FileKey::parse(text).expect("a key")
}

fn content(pieces: &[&[u8]]) -> ByteStream {
    let pieces: Vec<_> = pieces.iter().map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    stream::iter(pieces).boxed()
}

async fn read(store: &dyn FileStore, at: &str) -> Vec<u8> {
    let (size, mut pieces) = store.get(&key(at)).await.expect("there");
    let mut read = Vec::new();
    while let Some(piece) = pieces.next().await {
        read.extend_from_slice(&piece.expect("a piece"));
    }
    assert_eq!(size, read.len() as u64);
    read
}

async fn keys(store: &dyn FileStore, prefix: &str) -> Vec<String> {
    let mut found: Vec<_> =
        store.list(prefix).map(|file| file.expect("listed").key.to_string()).collect().await;
    found.sort();
    found
}

#[tokio::test]
async fn what_was_put_is_got_until_it_is_replaced_or_deleted() {
    for store in stores() {
        let at = key("org/one/original");
        assert_eq!(store.put(&at, content(&[b"Namaste, ", b"", b"duniya"]), PLENTY).await.expect("put"), 15);
        assert_eq!(read(&*store, "org/one/original").await, b"Namaste, duniya");
        assert_eq!(store.head(&at).await.expect("asked"), Some(15));
        store.put(&at, content(&[b"new"]), PLENTY).await.expect("replaced");
        assert_eq!(read(&*store, "org/one/original").await, b"new");
        store.delete(&at).await.expect("deleted");
        store.delete(&at).await.expect("nothing to delete is no fault");
        assert_eq!(store.head(&at).await.expect("asked"), None);
        assert!(matches!(store.get(&at).await, Err(FileFault::Missing)));
    }
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    for store in stores() {
        assert_eq!(store.put(&key("empty"), content(&[]), 0).await.expect("put"), 0);
        assert_eq!(read(&*store, "empty").await, b"");
    }
}

#[tokio::test]
async fn a_large_file_goes_in_pieces_and_comes_back_whole() {
    for store in stores() {
        let piece: Vec<u8> = (0..MIB).map(|place| u8::try_from(place % 251).expect("small")).collect();
        let pieces = vec![piece.as_slice(); 12];
        let size = store.put(&key("large"), content(&pieces), PLENTY).await.expect("put");
        assert_eq!(size, 12 * MIB as u64);
        assert!(read(&*store, "large").await == pieces.concat(), "byte for byte");
    }
}

#[tokio::test]
async fn more_than_the_limit_is_refused_and_nothing_of_it_is_kept() {
    for store in stores() {
        store.put(&key("kept"), content(&[b"before"]), PLENTY).await.expect("put");
        let megabyte = vec![0; MIB];
        for (pieces, limit) in [(vec![b"1234".as_slice()], 3), (vec![megabyte.as_slice(); 7], 6 * MIB as u64)]
        {
            let refused = store.put(&key("kept"), content(&pieces), limit).await;
            assert!(
                matches!(refused, Err(FileFault::TooLarge { limit: told }) if told == limit),
                "{refused:?}"
            );
        }
        assert_eq!(store.put(&key("just"), content(&[b"123"]), 3).await.expect("just as much"), 3);
        assert_eq!(read(&*store, "kept").await, b"before");
    }
}

#[tokio::test]
async fn of_an_upload_that_breaks_off_nothing_is_kept() {
    for store in stores() {
        for megabytes in [0, 7] {
            let whole = vec![7; MIB];
            let end = stream::iter([Err(io::Error::other("the line went dead"))]);
            let broken = content(&vec![whole.as_slice(); megabytes]).chain(end);
            let refused = store.put(&key("torn"), broken.boxed(), PLENTY).await;
            assert!(matches!(refused, Err(FileFault::BrokenOff(_))), "{refused:?}");
        }
        assert_eq!(store.head(&key("torn")).await.expect("asked"), None);
        assert_eq!(keys(&*store, "").await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_list_knows_everything_below_whole_segments() {
    for store in stores() {
        for at in ["acme/1/original", "acme/1/thumbnail", "acme/2/original", "acme-2/1/original"] {
            store.put(&key(at), content(&[b"x"]), PLENTY).await.expect("put");
        }
        assert_eq!(keys(&*store, "acme").await, ["acme/1/original", "acme/1/thumbnail", "acme/2/original"]);
        assert_eq!(keys(&*store, "acme/1").await.len(), 2);
        assert_eq!(keys(&*store, "").await.len(), 4);
        assert_eq!(keys(&*store, "nobody").await, Vec::<String>::new());
        let found: Vec<_> = store.list("acme/2").collect().await;
        let [Ok(file)] = found.as_slice() else { panic!("{found:?}") };
        let age = Env::system().now() - file.changed_at;
        assert!(file.size == 1 && age < TimeDelta::minutes(5) && age > TimeDelta::minutes(-5), "{file:?}");
    }
}

#[tokio::test]
async fn a_store_that_works_says_so() {
    for store in stores() {
        store.check().await.expect("works");
        assert_eq!(keys(&*store, "").await, Vec::<String>::new(), "and leaves nothing behind");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_passing_fault() {
    let place = S3Place {
        bucket: "mero".to_owned(),
        prefix: String::new(),
        region: "us-east-1".to_owned(),
        endpoint: Some("http://127.0.0.1:9".to_owned()),
        credentials: Some(("test".to_owned(), Secret::new("test"))),
    };
    let store = S3Files::new(&place).expect("a place");
    assert!(matches!(store.head(&key("a")).await, Err(FileFault::Unavailable(_))));
}

#[tokio::test]
async fn what_a_killed_process_left_half_written_is_swept_by_its_age() {
    let folder = folder();
    let store = LocalFiles::open(folder.clone()).expect("a folder");
    store.put(&key("acme/1/original"), content(&[b"whole"]), PLENTY).await.expect("put");
    std::fs::write(folder.join("acme/1/original#1"), b"half").expect("written");
    let now = Env::system().now();
    assert_eq!(store.forget_torn(now - TimeDelta::hours(1)).await.expect("swept"), 0, "it may be on its way");
    assert_eq!(store.forget_torn(now + TimeDelta::hours(1)).await.expect("swept"), 1);
    assert!(!folder.join("acme/1/original#1").exists());
    assert_eq!(read(&store, "acme/1/original").await, b"whole");
}

#[tokio::test]
async fn others_on_the_machine_do_not_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    LocalFiles::open(folder.clone()).expect("a folder");
    let mode = std::fs::metadata(&folder).expect("made").permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}
