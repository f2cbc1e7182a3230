use std::sync::Arc;

use files::Error;
use futures_util::future::join_all;
use kernel::FileId;

use crate::support::{World, run, text};

const CALLERS: u128 = 16;

async fn at_once<T, F>(world: &Arc<World>, work: impl Fn(Arc<World>, u128) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let tasks = (0..CALLERS).map(|caller| tokio::spawn(work(world.clone(), caller)));
    join_all(tasks).await.into_iter().map(|done| done.expect("no panic")).collect()
}

#[tokio::test]
async fn sixteen_uploads_at_once_never_exceed_what_may_be_kept() {
    run(async |world| {
        let results = at_once(&world, |world, caller| async move {
            world.upload(&world.member(caller + 1), "a.txt", &text(900)).await
        });
        let (kept, refused): (Vec<_>, Vec<_>) = results.await.into_iter().partition(Result::is_ok);
        assert_eq!(kept.len(), 4, "4 x 900 bytes of 4,000");
        assert!(refused.iter().all(|result| matches!(result, Err(Error::StorageFull))), "{refused:?}");
        assert_eq!(world.kept().await.len(), 4, "what was refused is gone");
        let usage = world.files.usage(&world.member(1)).await.expect("seen");
        assert_eq!((usage.files, usage.bytes), (4, 3_600));
        let freed = kept.into_iter().next().expect("one").expect("kept");
        let by = world.member(freed.uploaded_by.expect("a person").uuid().as_u128());
        world.files.delete(&by, freed.id).await.expect("deleted");
        world.upload(&by, "b.txt", &text(1_000)).await.expect("there is room again");
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_who_delete_or_attach_one_file_one_wins() {
    run(async |world| {
        let asha = world.member(1);
        let id: FileId = world.upload(&asha, "a.txt", &text(900)).await.expect("kept").id;
        let results = at_once(&world, move |world, caller| async move {
            let asha = world.member(1);
            match caller % 2 {
                0 => world.attach(&asha, vec![id]).await,
                _ => world.files.delete(&asha, id).await,
            }
        });
        let won = results.await.into_iter().filter(Result::is_ok).count();
        assert_eq!(won, 1);
        let usage = world.files.usage(&asha).await.expect("seen");
        assert!([(0, 0), (1, 900)].contains(&(usage.files, usage.bytes)), "{usage:?}");
    })
    .await;
}
