use invoices::{Error, Refusal};
use kernel::Secret;

use crate::support::{all_pages, line, run};

#[tokio::test]
async fn whoever_has_a_link_sees_the_invoice_until_it_is_revoked() {
    run(async |world| {
        let (owner, full) = (&world.acme.owner, world.issued_over(100).await);
        let id = full.invoice.id;
        let new = world.invoices.create_link(owner, id).await.expect("made");
        assert_eq!(world.invoices.open_link(&new.token).await.expect("seen").invoice, full);
        let other = world.invoices.create_link(owner, id).await.expect("made");
        assert_ne!(new.token.expose(), other.token.expose());
        let list =
            all_pages(1, async |page| world.invoices.links(owner, id, &page).await.expect("seen")).await;
        assert_eq!(list.len(), 2);
        world.invoices.revoke_link(owner, id, new.link.id).await.expect("revoked");
        let refused = world.invoices.open_link(&new.token).await.expect_err("revoked");
        assert!(matches!(refused, Error::LinkRevoked), "{refused:?}");
        assert!(world.invoices.open_link(&other.token).await.is_ok(), "the other one still works");
        let twice = world.invoices.revoke_link(owner, id, new.link.id).await.expect_err("gone");
        assert!(matches!(twice, Error::NotFound), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_guesses_a_link_and_the_database_does_not_hold_it() {
    run(async |world| {
        use sea_orm::EntityTrait;
        let full = world.issued_over(100).await;
        let new = world.invoices.create_link(&world.acme.owner, full.invoice.id).await.expect("made");
        let rows = database::entities::invoice_link::Entity::find()
            .all(world.database.reader())
            .await
            .expect("read");
        assert_ne!(hex::encode(&rows[0].token_hash), new.token.expose());
        for wrong in ["", "0", &new.token.expose()[1..], &hex::encode(&rows[0].token_hash)] {
            let refused = world.invoices.open_link(&Secret::new(wrong)).await.expect_err("refused");
            assert!(matches!(refused, Error::NotFound), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_issued_invoices_of_ones_own_have_links() {
    run(async |world| {
        let draft = world.draft(vec![line("1", 100, None)]).await.invoice.id;
        let refused =
            world.invoices.create_link(&world.acme.owner, draft).await.map(drop).expect_err("refused");
        assert!(matches!(refused, Error::Refused(Refusal::NotIssued)), "{refused:?}");
        let issued = world.issued_over(100).await.invoice.id;
        let link = world.invoices.create_link(&world.acme.owner, issued).await.expect("made").link;
        let them = &world.other.owner;
        assert!(matches!(world.invoices.create_link(them, issued).await.map(drop), Err(Error::NotFound)));
        assert!(matches!(world.invoices.revoke_link(them, issued, link.id).await, Err(Error::NotFound)));
        assert!(matches!(
            world.invoices.create_link(&world.acme.asha, issued).await.map(drop),
            Err(Error::Denied(_))
        ));
    })
    .await;
}
