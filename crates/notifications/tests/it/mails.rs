use std::sync::Arc;

use database::entities::{event, job};
use database::{StoreError, testing};
use kernel::{Actor, Cause, Lease, Locale, OrganizationId, Secret};
use notifications::{Dispatch, Error, Letter, Template};
use platform::LocalMailer;
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use crate::post_office::{Mood, PostOffice, TOKEN, ledger, letter, mails};
use crate::support::{World, person};

#[tokio::test]
async fn a_letter_is_in_the_ledger_before_it_leaves_and_the_job_ends_with_it() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let (office, worker) = (PostOffice::open(&world), world.job(world.org).await);
        let sent = mails(&world, office.clone()).send_mail(&worker, letter("k")).await.expect("sent");
        assert_eq!(*office.states.lock().expect("not poisoned"), ["sending"]);
        let row = ledger(&world.database).await.remove(0);
        assert!(matches!(sent, Dispatch::Sent(id) if id.uuid() == row.id));
        assert_eq!((row.state.as_str(), row.attempts, row.sent_at), ("sent", 1, Some(row.created_at)));
        assert_eq!((row.template.as_str(), row.recipient.as_str()), ("verify_email", "asha@example.com"));
        assert_eq!(world.job_state(&worker).await, "done");
        let mail = office.taken().remove(0);
        assert_eq!(mail.message_id, format!("{}@jugx.example.com", row.id));
        assert_eq!(
            (mail.to.as_str(), mail.subject.as_str()),
            ("asha@example.com", "Confirm your email address")
        );
        assert!(mail.text.contains(TOKEN) && mail.html.contains(TOKEN));
        assert_eq!(world.events(world.org, "notifications.mail_sent").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_was_sent_is_not_sent_again() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        let mails = mails(&world, office.clone());
        mails.send_mail(&world.job(world.org).await, letter("k")).await.expect("sent");
        let again = world.job(world.org).await;
        assert_eq!(mails.send_mail(&again, letter("k")).await.expect("known"), Dispatch::SentBefore);
        assert_eq!(world.job_state(&again).await, "done");
        assert_eq!(office.taken().len(), 1);
        mails.send_mail(&world.job(world.org).await, letter("other")).await.expect("sent");
        mails
            .send_mail(&world.job(world.other).await, letter("k"))
            .await
            .expect("another organization's key");
        assert_eq!(office.taken().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_letter_whose_worker_died_while_sending_goes_out_again_under_the_same_message_id() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        let mails = mails(&world, office.clone());
        office.feel(Mood::TakesAndHangs);
        let (dying, first) = (mails.clone(), world.job(world.org).await);
        let worker = tokio::spawn(async move { dying.send_mail(&first, letter("k")).await });
        office.arrived.notified().await;
        worker.abort();
        assert!(worker.await.expect_err("it died").is_cancelled());
        assert_eq!(ledger(&world.database).await[0].state, "sending");

        office.feel(Mood::Takes);
        world.database.env().advance(chrono::TimeDelta::minutes(1));
        let second = world.job(world.org).await;
        assert!(matches!(mails.send_mail(&second, letter("k")).await, Ok(Dispatch::Sent(_))));
        let (taken, rows) = (office.taken(), ledger(&world.database).await);
        assert_eq!((taken.len(), &taken[0].message_id), (2, &taken[1].message_id));
        assert_eq!((rows.len(), rows[0].state.as_str(), rows[0].attempts), (1, "sent", 2));
    })
    .await;
}

#[tokio::test]
async fn sixteen_workers_with_one_letter_share_its_message_id() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        let mails = mails(&world, office.clone());
        let mut workers = Vec::new();
        for _ in 0..16 {
            workers.push(world.job(world.org).await);
        }
        let runs = workers.into_iter().map(|worker| {
            let mails = mails.clone();
            tokio::spawn(async move { mails.send_mail(&worker, letter("k")).await })
        });
        for run in runs.collect::<Vec<_>>() {
            run.await.expect("no panic").expect("sent");
        }
        let rows = ledger(&world.database).await;
        assert_eq!((rows.len(), rows[0].state.as_str()), (1, "sent"));
        assert!(office.taken().iter().all(|mail| mail.message_id == rows[0].message_id));
    })
    .await;
}

#[tokio::test]
async fn a_refused_letter_has_failed_until_somebody_lets_it_run_again() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        let mails = mails(&world, office.clone());
        office.feel(Mood::RefusesForGood);
        let worker = world.job(world.org).await;
        let refused = mails.send_mail(&worker, letter("k")).await.expect_err("refused");
        assert!(matches!(refused, Error::Refused(_)) && refused.is_permanent(), "{refused:?}");
        assert_eq!(world.job_state(&worker).await, "running", "its verdict is the runner's");
        let row = ledger(&world.database).await.remove(0);
        assert_eq!((row.state.as_str(), row.sent_at), ("failed", None));
        assert!(row.error.expect("a reason").contains("550 no such mailbox"));
        assert_eq!(world.events(world.org, "notifications.mail_failed").await.len(), 1);

        office.feel(Mood::Takes);
        mails.send_mail(&world.job(world.org).await, letter("k")).await.expect("sent");
        let row = ledger(&world.database).await.remove(0);
        assert_eq!((row.state.as_str(), row.error, row.attempts), ("sent", None, 2));
    })
    .await;
}

#[tokio::test]
async fn a_post_office_that_is_away_is_asked_again() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        office.feel(Mood::IsAway);
        let worker = world.job(world.org).await;
        let unsent = mails(&world, office).send_mail(&worker, letter("k")).await.expect_err("away");
        assert!(matches!(unsent, Error::Unsent(_)) && !unsent.is_permanent(), "{unsent:?}");
        let row = ledger(&world.database).await.remove(0);
        assert_eq!(row.state, "queued");
        assert_eq!(row.error.as_deref(), Some("the mail could not be sent now: 421 busy"));
        assert_eq!(world.job_state(&worker).await, "running");
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_does_not_write_sent() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        office.feel(Mood::OutlastsTheLease);
        let worker = world.job(world.org).await;
        let late = mails(&world, office).send_mail(&worker, letter("k")).await.expect_err("too late");
        assert!(matches!(late, Error::Store(StoreError::LeaseLost)), "{late:?}");
        assert_eq!(ledger(&world.database).await[0].state, "sending");
        assert_eq!(world.job_state(&worker).await, "ready");
    })
    .await;
}

#[tokio::test]
async fn neither_body_nor_token_is_kept() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        let mails = mails(&world, office.clone());
        for mood in [Mood::Takes, Mood::RefusesForGood, Mood::IsAway] {
            office.feel(mood);
            let key = format!("{mood:?}");
            let outcome = mails.send_mail(&world.job(world.org).await, letter(&key)).await;
            assert!(!format!("{outcome:?}").contains(TOKEN));
        }
        let reader = world.database.reader();
        let kept = format!(
            "{:?}{:?}{:?}",
            ledger(&world.database).await,
            event::Entity::find().all(reader).await.expect("read"),
            job::Entity::find().all(reader).await.expect("read"),
        );
        assert!(kept.contains("asha@example.com") && !kept.contains(TOKEN) && !kept.contains("Thank you"));
        assert!(!format!("{:?}", letter("k")).contains(TOKEN));
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_cannot_be_right_leaves_no_trace() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        let mails = mails(&world, office.clone());
        let link = |link: &str| Letter { link: Some(Secret::new(link)), ..letter("k") };
        for foreign in [
            "https://evil.example/verify-email",
            "http://jugx.example.com/",
            "https://jugx.example.com.evil.example/",
            "javascript:alert(1)",
            "verify-email",
        ] {
            let refused = mails.send_mail(&world.job(world.org).await, link(foreign)).await;
            assert!(matches!(refused, Err(Error::ForeignLink)), "{foreign}: {refused:?}");
        }
        let elsewhere = Some("https://evil.example/preferences".to_owned());
        let muted = Letter { preferences_link: elsewhere, ..letter("k") };
        let refused = mails.send_mail(&world.job(world.org).await, muted).await;
        assert!(matches!(refused, Err(Error::ForeignLink)));
        for context in [json!({}), json!(null), json!({ "expires_in": "soon" })] {
            let letter = Letter { context, ..letter("k") };
            let refused = mails.send_mail(&world.job(world.org).await, letter).await.expect_err("no facts");
            assert!(matches!(refused, Error::Render(_)) && refused.is_permanent(), "{refused:?}");
        }
        assert!(ledger(&world.database).await.is_empty() && office.taken().is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_the_platform_itself_sends_mails() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        let person = person(world.org, world.asha);
        let refused = mails(&world, office.clone()).send_mail(&person, letter("k")).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
        assert!(office.taken().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_mail_carries_its_trace_and_the_way_to_fewer_mails() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        let worker = traced(world.job(world.org).await);
        let preferences = "https://jugx.example.com/settings/notifications".to_owned();
        let letter = Letter { preferences_link: Some(preferences.clone()), ..letter("k") };
        mails(&world, office.clone()).send_mail(&worker, letter).await.expect("sent");
        let mail = office.taken().remove(0);
        let trace = "0af7651916cd43dd8448eb211c80319c".to_owned();
        assert_eq!(mail.headers, [("List-Unsubscribe", format!("<{preferences}>")), ("X-Trace-Id", trace)]);
        assert!(mail.text.contains(&preferences));
    })
    .await;
}

fn traced(worker: Actor) -> Actor {
    let Cause::Job(lease) = worker.cause else {
        panic!("no worker");
    };
    let trace = Some("0af7651916cd43dd8448eb211c80319c".to_owned());
    Actor { cause: Cause::Job(Lease { trace, ..lease }), ..worker }
}

#[tokio::test]
async fn names_with_line_breaks_add_no_header() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let env = world.database.env().clone();
        let folder = std::env::temp_dir().join(format!("mero-mails-{}", env.id::<Uuid>()));
        let mailer = LocalMailer::new(folder.clone(), "Mero Jugx <no-reply@jugx.example.com>", env);
        let mails = mails(&world, Arc::new(mailer.expect("a sender")));
        let evil = "Asha\r\nBcc: v@evil.example\r\n\r\n<p>{{7*7}}";
        let letter = Letter {
            template: Template::Invitation,
            to_name: Some(evil.to_owned()),
            context: json!({ "organization": evil, "inviter": evil, "role": evil, "expires_in": 60 }),
            ..letter("k")
        };
        mails.send_mail(&world.job(world.org).await, letter).await.expect("sent");
        let file = std::fs::read_dir(&folder).expect("a folder").next().expect("a mail").expect("readable");
        let mail = std::fs::read_to_string(file.path()).expect("ASCII");
        std::fs::remove_dir_all(&folder).expect("removed");
        let (headers, _) = mail.split_once("\r\n\r\n").expect("headers and bodies");
        let names: Vec<&str> = headers
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .filter_map(|line| line.split_once(':').map(|(name, _)| name))
            .collect();
        assert!(
            names.contains(&"Subject") && !names.iter().any(|name| name.eq_ignore_ascii_case("bcc")),
            "{headers}"
        );
    })
    .await;
}

#[tokio::test]
async fn every_template_can_be_looked_at() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let mails = mails(&world, PostOffice::open(&world));
        for template in Template::ALL {
            for locale in Locale::ALL {
                let mail = mails.preview(template, locale).expect("rendered");
                assert!(mail.text.contains("https://jugx.example.com/"), "{}", template.name());
                assert_eq!(template.name().parse::<Template>().expect("known"), template);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn mails_without_an_organization_belong_to_the_platform() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        let worker = world.job(OrganizationId::PLATFORM).await;
        mails(&world, office).send_mail(&worker, letter("k")).await.expect("sent");
        assert_eq!(ledger(&world.database).await[0].organization_id, OrganizationId::PLATFORM.uuid());
    })
    .await;
}
