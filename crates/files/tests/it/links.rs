use chrono::TimeDelta;
use files::{Error, Rendition};

use crate::support::{run, text};

#[tokio::test]
async fn a_link_is_over_after_five_minutes_and_with_its_file() {
    run(async |world| {
        let asha = world.member(1);
        let file = world.upload(&asha, "a.txt", &text(10)).await.expect("kept");
        let link = world.files.link(&asha, file.id, Rendition::Original).await.expect("a link");
        assert!(link.expires_at - world.database.env().now() <= TimeDelta::minutes(5));
        world.files.download(&link.token).await.map(drop).expect("opens");
        let fresh = {
            world.database.env().advance(TimeDelta::minutes(5));
            assert!(matches!(world.files.download(&link.token).await.map(drop), Err(Error::LinkExpired)));
            world.files.link(&asha, file.id, Rendition::Original).await.expect("a link")
        };
        world.files.delete(&asha, file.id).await.expect("deleted");
        assert!(matches!(world.files.download(&fresh.token).await.map(drop), Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_file_without_a_small_picture_has_no_link_to_one() {
    run(async |world| {
        let asha = world.member(1);
        let file = world.upload(&asha, "a.txt", &text(10)).await.expect("kept");
        let link = world.files.link(&asha, file.id, Rendition::Thumbnail).await;
        assert!(matches!(link, Err(Error::NotFound)));
        let shown = world.files.link(&asha, file.id, Rendition::Shown).await.expect("a link");
        assert!(!world.files.download(&shown.token).await.expect("opens").inline, "a text is never shown");
    })
    .await;
}
