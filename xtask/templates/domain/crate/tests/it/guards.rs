use kernel::{Denied, Patch, Scope, UserId, Version};
use __things__::{Create__Thing__, Error, __Thing__Filter, Update__Thing__};

use crate::support::{World, run};

fn named(name: &str) -> Create__Thing__ {
    Create__Thing__ { name: name.to_owned(), ..Create__Thing__::default() }
}

#[tokio::test]
async fn each_act_needs_its_scope() {
    run(async |world: World| {
        let made = world.make("First").await;
        let reader = world.actor(world.himal, &[Scope::__Things__Read]);
        let (write, read) =
            (Denied::ScopeMissing(Scope::__Things__Write), Denied::ScopeMissing(Scope::__Things__Read));
        let denied = |error: Error, why: Denied| assert!(matches!(error, Error::Denied(denied) if denied == why));
        let __things__ = &world.__things__;
        denied(__things__.create(&reader, named("Second")).await.expect_err("refused"), write);
        let update = __things__.update(&reader, made.id, Version(1), Update__Thing__::default()).await;
        denied(update.expect_err("refused"), write);
        denied(__things__.delete(&reader, made.id, Version(1)).await.expect_err("refused"), write);
        __things__.get(&reader, made.id).await.expect("may be read");

        let nobody = world.actor(world.himal, &[]);
        denied(__things__.get(&nobody, made.id).await.expect_err("refused"), read);
        let list = __things__.list(&nobody, &__Thing__Filter::default(), &kernel::PageRequest::default()).await;
        denied(list.expect_err("refused"), read);
    })
    .await;
}

#[tokio::test]
async fn another_organization_finds_nothing() {
    run(async |world: World| {
        let made = world.make("First").await;
        let (stranger, __things__) = (world.stranger(), &world.__things__);
        let absent = |error: Error| assert!(matches!(error, Error::NotFound), "{error:?}");
        absent(__things__.get(&stranger, made.id).await.expect_err("not his"));
        let update = __things__.update(&stranger, made.id, Version(1), Update__Thing__::default()).await;
        absent(update.expect_err("not his"));
        absent(__things__.delete(&stranger, made.id, Version(1)).await.expect_err("not his"));
        let list = __things__.list(&stranger, &__Thing__Filter::default(), &kernel::PageRequest::default()).await;
        assert!(list.expect("an empty list").rows.is_empty());
        __things__.create(&stranger, named("First")).await.expect("names are free elsewhere");
        assert_eq!(__things__.get(&world.writer(), made.id).await.expect("untouched"), made);
    })
    .await;
}

#[tokio::test]
async fn only_a_member_of_the_organization_can_own_one() {
    run(async |world: World| {
        let made = world.make("First").await;
        for somebody in [world.terai.1, UserId::from_uuid(uuid::Uuid::nil())] {
            let create = Create__Thing__ { owner: Some(somebody), ..named("Second") };
            let update = Update__Thing__ { owner: Patch::Set(somebody), ..Update__Thing__::default() };
            let refused = [
                world.__things__.create(&world.writer(), create).await,
                world.__things__.update(&world.writer(), made.id, Version(1), update).await,
            ];
            for refused in refused {
                let Err(Error::Invalid(faults)) = refused else { panic!("{refused:?}") };
                let codes: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
                assert_eq!(codes, [("ownerId", "not_a_member")]);
            }
        }
    })
    .await;
}
