use chrono::TimeDelta;
use kernel::{Limit, PageRequest};
use __things__::{Create__Thing__, __Thing__Filter};

use crate::support::{World, run};

#[tokio::test]
async fn a_list_comes_in_pages_the_newest_first() {
    run(async |world: World| {
        for number in 1..=5 {
            world.make(&format!("Name {number}")).await;
            world.database.env().advance(TimeDelta::seconds(1));
        }
        let mut page = PageRequest { limit: Limit::parse(2).expect("in range"), ..PageRequest::default() };
        let mut pages = Vec::new();
        loop {
            let found = world.__things__.list(&world.writer(), &__Thing__Filter::default(), &page).await;
            let found = found.expect("listed");
            pages.push(found.rows.into_iter().map(|row| row.name).collect::<Vec<_>>());
            page.after = found.next;
            if page.after.is_none() {
                break;
            }
        }
        assert_eq!(pages, [vec!["Name 5", "Name 4"], vec!["Name 3", "Name 2"], vec!["Name 1"]]);
    })
    .await;
}

#[tokio::test]
async fn a_list_can_be_of_one_owner() {
    run(async |world: World| {
        world.make("Nobody's").await;
        let owner = Some(world.himal.1);
        let own = Create__Thing__ { name: "His".to_owned(), owner, ..Create__Thing__::default() };
        let own = world.__things__.create(&world.writer(), own).await.expect("made");
        let filter = __Thing__Filter { owner };
        let found = world.__things__.list(&world.writer(), &filter, &PageRequest::default()).await;
        assert_eq!(found.expect("listed").rows, [own]);
    })
    .await;
}
