use campaigns::{Error, ImportRow, OptIn, Taken, import_rows};
use kernel::PageRequest;

use crate::support::{row, run};

#[tokio::test]
async fn each_row_of_an_import_stands_for_itself() {
    run(async |world| {
        let list =
            world.campaigns.create_list(&world.asha, "Friends", OptIn::Single).await.expect("a list").id;
        let rows = vec![row("a@example.com"), row("nonsense"), row(" A@Example.com "), row("b@example.com")];
        let found = world.campaigns.import(&world.asha, list, rows).await.expect("imported");
        assert!(matches!(found[0].outcome, Ok(Taken::Added(_))));
        assert_eq!(found[1].outcome.as_ref().expect_err("no address").code, "invalid_email");
        assert_eq!(found[2].outcome, Ok(Taken::Known), "twice in one import");
        let again =
            world.campaigns.import(&world.asha, list, vec![row("b@example.com")]).await.expect("imported");
        assert_eq!(again[0].outcome, Ok(Taken::Known), "on the list already");
        let contacts =
            world.campaigns.contacts(&world.asha, list, &PageRequest::default()).await.expect("listed");
        assert_eq!(contacts.rows.len(), 2);
        assert_eq!(world.told("campaigns.contacts_imported").await.len(), 2, "one event an import");
    })
    .await;
}

#[test]
fn csv_names_its_columns_in_any_order_and_spelling() {
    let rows = import_rows(
        "\u{feff}Last Name,E-mail,first_name\nRai,asha@example.com,\"Asha, the first\"\n,b@example.com\n",
    );
    let rows: Vec<ImportRow> = rows.expect("read");
    assert_eq!(rows[0].email, "asha@example.com");
    assert_eq!(rows[0].first_name.as_deref(), Some("Asha, the first"));
    assert_eq!(rows[1].email, "b@example.com");
    assert!(matches!(import_rows("name\nx\n"), Err(Error::Invalid(_))), "no address in it");
    let many = format!("email\n{}", "a@example.com\n".repeat(1_001));
    assert!(matches!(import_rows(&many), Err(Error::Invalid(_))), "too many rows");
}

#[tokio::test]
async fn a_list_has_a_name_of_its_own_and_belongs_to_one_organization() {
    run(async |world| {
        let list = world.campaigns.create_list(&world.asha, "Friends", OptIn::Single).await.expect("a list");
        let again = world.campaigns.create_list(&world.asha, "FRIENDS", OptIn::Single).await;
        assert!(matches!(again, Err(Error::ListNameTaken)));
        world
            .campaigns
            .create_list(&world.other, "Friends", OptIn::Single)
            .await
            .expect("another organization's");
        let seen = world.campaigns.contact_list(&world.other, list.id).await;
        assert!(matches!(seen, Err(Error::NotFound)));
        let import = world.campaigns.import(&world.other, list.id, vec![row("a@example.com")]).await;
        assert!(matches!(import, Err(Error::NotFound)));
        let stale = world.campaigns.rename_list(&world.asha, list.id, list.version.next(), "Others").await;
        assert!(matches!(stale, Err(Error::Stale { .. })));
        let renamed =
            world.campaigns.rename_list(&world.asha, list.id, list.version, "Others").await.expect("renamed");
        assert_eq!(renamed.version, list.version.next());
    })
    .await;
}
