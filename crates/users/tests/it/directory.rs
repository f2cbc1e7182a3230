use kernel::{Denied, Limit, OrganizationId, PageRequest, Scope, UserId};
use users::{DirectoryFilter, Error};

use crate::support::{World, run};

const READ: &[Scope] = &[Scope::MembersRead];

async fn names(world: &World, me: UserId, org: OrganizationId, search: &str) -> Vec<String> {
    let filter = DirectoryFilter { search: Some(search.to_owned()) };
    let actor = world.in_org(me, org, READ);
    let page = world.users.directory(&actor, filter, &PageRequest::default()).await.expect("read");
    page.rows.iter().map(|person| person.full_name.to_string()).collect()
}

#[tokio::test]
async fn the_directory_shows_active_members_of_ones_own_organization_alone() {
    run(async |world| {
        let (himal, terai) = (world.organization().await, world.organization().await);
        let asha = world.person("asha@example.com", "Asha").await.id;
        for (email, org, status) in [
            ("bina@example.com", himal, "active"),
            ("gone@example.com", himal, "left"),
            ("out@example.com", himal, "suspended"),
            ("foreign@example.com", terai, "active"),
        ] {
            let person = world.person(email, email).await;
            world.join(org, person.id, status).await;
        }
        world.join(himal, asha, "active").await;
        assert_eq!(names(&world, asha, himal, "").await, ["Asha", "bina@example.com"]);
    })
    .await;
}

#[tokio::test]
async fn people_are_found_by_the_beginning_of_a_word_or_of_the_address() {
    run(async |world| {
        let org = world.organization().await;
        let asha = world.person("asha.rai@example.com", "Asha Rai").await.id;
        world.join(org, asha, "active").await;
        for (email, name) in [("b@example.com", "Bina 100% Sure"), ("c@example.com", "Chandra_K")] {
            let person = world.person(email, name).await;
            world.join(org, person.id, "active").await;
        }
        for (search, expected) in [
            ("RAI", vec!["Asha Rai"]),
            ("asha.r", vec!["Asha Rai"]),
            ("ai", vec![]),
            ("100%", vec!["Bina 100% Sure"]),
            ("%", vec![]),
            ("chandra_", vec!["Chandra_K"]),
            ("b_na", vec![]),
            ("\\", vec![]),
            ("'; DROP TABLE users; --", vec![]),
        ] {
            assert_eq!(names(&world, asha, org, search).await, expected, "{search}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition_even_among_namesakes() {
    run(async |world| {
        let org = world.organization().await;
        let mut me = None;
        for n in 0..7 {
            let name = if n < 4 { "Hari" } else { "Gita" };
            let person = world.person(&format!("p{n}@example.com"), name).await;
            world.join(org, person.id, "active").await;
            me = Some(person.id);
        }
        let actor = world.in_org(me.expect("seven people"), org, READ);
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = PageRequest { limit: Limit::parse(2).expect("in range"), after, count: true };
            let page = world.users.directory(&actor, DirectoryFilter::default(), &page).await.expect("read");
            assert_eq!(page.total, Some(7));
            seen.extend(page.rows.into_iter().map(|person| (person.full_name.to_string(), person.id)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((seen.len(), &seen), (7, &sorted));
    })
    .await;
}

#[tokio::test]
async fn guests_see_nobody() {
    run(async |world| {
        let org = world.organization().await;
        let asha = world.person("asha@example.com", "Asha").await.id;
        let guest = world.in_org(asha, org, &[Scope::TicketsRead]);
        let refused =
            world.users.directory(&guest, DirectoryFilter::default(), &PageRequest::default()).await;
        let missing = Denied::ScopeMissing(Scope::MembersRead);
        assert!(matches!(refused, Err(Error::Denied(denied)) if denied == missing));
    })
    .await;
}
