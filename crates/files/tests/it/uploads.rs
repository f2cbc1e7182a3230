use std::io;

use files::{Allowance, Error, Upload};
use futures_util::stream::{self, StreamExt};
use kernel::{Fault, Limit, PageRequest, Scope};

use crate::support::{member, run, run_with, text, upload};

/// The smallest PNG: one pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0xda, 0x63, 0x64, 0x60,
    0xf8, 0x5f, 0x0f, 0, 2, 0x87, 1, 0x80, 0xeb, 0x47, 0xba, 0x92, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae,
    0x42, 0x60, 0x82,
];

#[tokio::test]
async fn a_file_is_kept_as_it_was_sent() {
    run(async |world| {
        let asha = world.member(1);
        let file = world.upload(&asha, "notes.txt", &text(900)).await.expect("kept");
        assert_eq!(
            (file.name.as_str(), file.media_type.as_str(), file.size),
            ("notes.txt", "text/plain", 900)
        );
        assert_eq!(world.files.get(&asha, file.id).await.expect("seen"), file);
        let link = world.files.link(&asha, file.id, files::Rendition::Original).await.expect("a link");
        let mut opened = world.files.download(&link.token).await.expect("opens");
        let mut read = Vec::new();
        while let Some(piece) = opened.content.next().await {
            read.extend_from_slice(&piece.expect("read"));
        }
        assert!(read == text(900) && !opened.inline);
        assert_eq!(world.told().await, ["files.file_uploaded"]);
        let usage = world.files.usage(&asha).await.expect("seen");
        assert_eq!((usage.files, usage.bytes, usage.allowed_bytes), (1, 900, 4_000));
    })
    .await;
}

#[tokio::test]
async fn a_picture_comes_with_a_small_one() {
    run(async |world| {
        let asha = world.member(1);
        let file = world.upload(&asha, "pixel.png", PNG).await.expect("kept");
        assert_eq!((file.pixels, file.has_thumbnail), (Some((1, 1)), true));
        assert!(file.stored > file.size, "the small one counts");
        assert_eq!(world.kept().await.len(), 2);
        let link = world.files.link(&asha, file.id, files::Rendition::Thumbnail).await.expect("a link");
        let opened = world.files.download(&link.token).await.expect("opens");
        assert_eq!((opened.media_type.as_str(), opened.inline), ("image/jpeg", true));
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    run(async |world| {
        let asha = world.member(1);
        let html = b"<html><script>alert(1)</script>";
        let late = [text(700), vec![0; 10]].concat();
        let cases: [(&str, &[u8], &str); 8] = [
            ("a.png", html, "file_type_refused"),
            ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_type_refused"),
            ("a.exe", b"MZ\x90\0", "file_type_refused"),
            ("a.pdf", PNG, "file_type_contradicted"),
            ("../../x", b"words", "invalid_input"),
            ("x.php.txt", b"words", "invalid_input"),
            ("empty.txt", b"", "invalid_input"),
            ("late.txt", &late, "file_type_refused"),
        ];
        for (name, bytes, code) in cases {
            let refused = world.upload(&asha, name, bytes).await.expect_err(name);
            assert_eq!(refused.code(), code, "{name}");
        }
        assert!(matches!(
            world.upload(&asha, "a.txt", &text(1_001)).await,
            Err(Error::TooLarge { limit: 1_000 })
        ));
        let mut padded = PNG.to_vec();
        padded.resize(1_001, 0);
        assert!(matches!(world.upload(&asha, "a.png", &padded).await, Err(Error::TooLarge { .. })));
        assert_eq!((world.kept().await, world.told().await), (Vec::<String>::new(), Vec::<String>::new()));
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_breaks_off_is_none() {
    run(async |world| {
        let broken = stream::iter([Ok(text(500).into()), Err(io::Error::other("gone"))]).boxed();
        let upload = Upload { name: "a.txt".to_owned(), declared: None, content: broken };
        assert!(matches!(world.files.upload(&world.member(1), upload).await, Err(Error::BrokenOff(_))));
        assert_eq!(world.kept().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn an_upload_belongs_to_its_uploader_until_it_is_attached() {
    run(async |world| {
        let (asha, bina) = (world.member(1), world.member(2));
        let stranger = member(world.other, 1, &[Scope::FilesRead, Scope::FilesWrite]);
        let file = world.upload(&asha, "a.txt", &text(10)).await.expect("kept");
        for other in [&bina, &stranger] {
            assert!(matches!(world.files.get(other, file.id).await, Err(Error::NotFound)));
            assert!(matches!(world.files.delete(other, file.id).await, Err(Error::NotFound)));
            assert!(world.attach(other, vec![file.id]).await.is_err());
        }
        world.attach(&asha, vec![file.id, file.id]).await.expect("attached");
        assert!(matches!(world.files.get(&asha, file.id).await, Err(Error::NotFound)), "its owner decides");
        world.owners.0.lock().expect("not poisoned").push(bina.user_id().expect("a person"));
        assert!(world.files.get(&bina, file.id).await.is_ok());
        assert!(world.attach(&asha, vec![file.id]).await.is_err(), "it belongs to something");
        world.files.delete(&bina, file.id).await.expect("let go");
        assert_eq!(world.files.usage(&asha).await.expect("seen").bytes, 0);
    })
    .await;
}

#[tokio::test]
async fn scopes_are_needed() {
    run(async |world| {
        let file = world.upload(&world.member(1), "a.txt", &text(10)).await.expect("kept");
        let reader = member(world.acme, 1, &[Scope::FilesRead]);
        let writer = member(world.acme, 1, &[Scope::FilesWrite]);
        for refused in [
            world.upload(&reader, "a.txt", &text(10)).await.map(drop),
            world.files.delete(&reader, file.id).await,
            world.files.get(&writer, file.id).await.map(drop),
            world.files.link(&writer, file.id, files::Rendition::Original).await.map(drop),
        ] {
            assert_eq!(refused.expect_err("refused").code(), "scope_missing");
        }
    })
    .await;
}

#[tokio::test]
async fn ones_own_files_are_listed_page_by_page() {
    run(async |world| {
        let asha = world.member(1);
        for name in ["a.txt", "b.txt", "c.txt"] {
            world.database.env().advance(chrono::TimeDelta::milliseconds(1));
            world.upload(&asha, name, &text(10)).await.expect("kept");
        }
        world.upload(&world.member(2), "other.txt", &text(10)).await.expect("kept");
        let limit = Limit::parse(2).expect("in range");
        let first =
            world.files.list(&asha, &PageRequest { limit, after: None, count: false }).await.expect("seen");
        let after = first.next.clone();
        let rest = world.files.list(&asha, &PageRequest { limit, after, count: false }).await.expect("seen");
        let names: Vec<_> = first.rows.iter().chain(&rest.rows).map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["c.txt", "b.txt", "a.txt"]);
    })
    .await;
}

#[tokio::test]
async fn a_person_shows_himself_with_one_picture() {
    run_with(Allowance::default(), async |world| {
        let asha = world.member(1);
        let id = asha.user_id().expect("a person");
        let opening = world.database.commit(&asha, move |tx: &database::Tx| {
            Box::pin(async move { tx.open_stream(kernel::Stream::User(id)).await })
        });
        opening.await.map_err(|error: database::StoreError| error).expect("a stream");
        for _ in 0..2 {
            world.files.set_avatar(&asha, upload("me.png", PNG)).await.expect("shown");
        }
        let refused = world.files.set_avatar(&asha, upload("me.txt", b"words")).await;
        assert!(matches!(refused, Err(Error::TypeRefused)));
        let links = world.files.avatars(&asha, &[id]).await.expect("seen");
        let opened = world.files.download(&links[&id].token).await.expect("opens");
        assert_eq!((opened.media_type.as_str(), opened.inline), ("image/png", true));
        world.files.clear_avatar(&asha).await.expect("taken away");
        assert!(world.files.avatars(&asha, &[id]).await.expect("seen").is_empty());
    })
    .await;
}
