use std::time::{Duration, SystemTime};

use chrono::TimeDelta;
use files::{Error, Owner, OwnerKind, Swept};
use futures_util::stream::{self, StreamExt};
use kernel::{Actor, OrganizationId};
use platform::FileKey;
use uuid::Uuid;

use crate::support::{run, text, upload};

fn system() -> Actor {
    Actor::system(OrganizationId::PLATFORM)
}

#[tokio::test]
async fn what_belongs_to_nothing_for_a_day_is_swept_away() {
    run(async |world| {
        let asha = world.member(1);
        let forsaken = world.upload(&asha, "a.txt", &text(10)).await.expect("kept");
        let attached = world.upload(&asha, "b.txt", &text(20)).await.expect("kept");
        world.attach(&asha, vec![attached.id]).await.expect("attached");
        world.database.env().advance(TimeDelta::hours(23));
        assert_eq!(world.files.sweep(&system()).await.expect("swept").forsaken, 0);
        world.database.env().advance(TimeDelta::hours(2));
        assert_eq!(world.files.sweep(&system()).await.expect("swept").forsaken, 1);
        assert!(matches!(world.files.get(&asha, forsaken.id).await, Err(Error::NotFound)));
        assert_eq!(world.files.usage(&asha).await.expect("seen").bytes, 20);
        let told = world.told().await;
        assert_eq!(
            told.last().map(String::as_str),
            Some("files.file_deleted"),
            "whose job removes the bytes"
        );
    })
    .await;
}

#[tokio::test]
async fn bytes_without_a_row_are_swept_once_they_are_old() {
    run(async |world| {
        let asha = world.member(1);
        let file = world.upload(&asha, "a.txt", &text(10)).await.expect("kept");
        world.attach(&asha, vec![file.id]).await.expect("attached");
        let strange = FileKey::parse("somebody-elses").expect("a key");
        let one = || stream::iter([Ok(text(5).into())]).boxed();
        world.store.put(&strange, one(), 10).await.expect("put");
        world.files.prepare(world.acme, upload("lost.txt", &text(10))).await.expect("prepared");
        age(&world.folder, world.database.env().now() - TimeDelta::minutes(30));
        assert_eq!(
            world.files.sweep(&system()).await.expect("swept"),
            Swept::default(),
            "its row may be to come"
        );
        age(&world.folder, world.database.env().now() - TimeDelta::minutes(90));
        assert_eq!(world.files.sweep(&system()).await.expect("swept").orphans, 1);
        let mut kept = world.kept().await;
        kept.sort();
        assert_eq!(kept, [format!("{}/{}/original", world.acme, file.id), "somebody-elses".to_owned()]);
    })
    .await;
}

#[tokio::test]
async fn the_bytes_of_a_deleted_file_are_removed_and_no_others() {
    run(async |world| {
        let asha = world.member(1);
        let (one, two) =
            (world.upload(&asha, "a.txt", &text(10)).await, world.upload(&asha, "b.txt", &text(10)).await);
        let (one, two) = (one.expect("kept").id, two.expect("kept").id);
        world.files.delete(&asha, one).await.expect("deleted");
        let job = Actor::system(world.acme);
        for id in [one, one, two] {
            world.files.remove_bytes(&job, id).await.expect("removed, or still in use");
        }
        assert_eq!(world.kept().await, [format!("{}/{two}/original", world.acme)]);
        assert!(world.files.remove_bytes(&asha, two).await.is_err(), "that is for jobs");
    })
    .await;
}

#[tokio::test]
async fn what_the_program_made_is_kept_with_its_owner_or_not_at_all() {
    run(async |world| {
        let prepared =
            world.files.prepare(world.acme, upload("a.pdf", b"%PDF-1.7 words")).await.expect("prepared");
        let (files, owner) =
            (world.files.clone(), Owner { kind: OwnerKind::Invoice, id: Uuid::from_u128(5) });
        let id = prepared.id();
        let system = Actor::system(world.acme);
        let keeping = world.database.commit(&system, move |tx: &database::Tx| {
            Box::pin(async move { files.keep(tx, prepared, owner).await })
        });
        assert_eq!(keeping.await.expect("kept").owner, Some(owner));
        assert_eq!(world.files.get(&system, id).await.expect("seen").media_type, "application/pdf");
    })
    .await;
}

#[tokio::test]
async fn an_organization_is_erased_by_and_by() {
    run(async |world| {
        for name in ["a.txt", "b.txt", "c.txt"] {
            world.upload(&world.member(1), name, &text(10)).await.expect("kept");
        }
        let mut rounds = Vec::new();
        for _ in 0..2 {
            let (files, org) = (world.files.clone(), world.acme);
            let system = system();
            let erasing = world.database.commit(&system, move |tx: &database::Tx| {
                Box::pin(async move { files.erase(tx, org, 2).await })
            });
            rounds.push(erasing.await.expect("erased"));
        }
        assert_eq!(rounds, [false, true]);
        assert_eq!(world.files.usage(&world.member(1)).await.expect("seen").files, 0);
    })
    .await;
}

/// Makes every file in a folder as old as that.
fn age(folder: &std::path::Path, at: kernel::Timestamp) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            age(&entry.path(), at);
            continue;
        }
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(at.timestamp_millis().unsigned_abs());
        let file = std::fs::File::options().write(true).open(entry.path()).expect("opened");
        file.set_modified(at).expect("aged");
    }
}
