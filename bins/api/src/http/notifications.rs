use actix_web::web::{Data, Path};
use kernel::{NotificationId, Scope};
use notifications::{MarkAll, Notifications};
use serde_json::json;

use crate::{Answer, Body, Caller, Endpoint, IfMatch, Module, PageQuery, Query, Reply};

mod wire;

use wire::{
    ChangePreferences, CountsView, DefaultsView, FeedQuery, MarkAllNotifications, MarkOne, MarkedView,
    NotificationView, PreferencesView,
};

pub(crate) fn module() -> Module {
    Module::new("notifications", "What concerns the caller, and how it reaches him")
        .with(list_endpoint())
        .with(counts_endpoint())
        .with(mark_endpoint())
        .with(mark_all_endpoint())
        .with(preferences_endpoint())
        .with(choose_endpoint())
        .with(defaults_endpoint())
        .with(choose_defaults_endpoint())
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("notifications_list", "/notifications", "List one's own notifications")
        .scope(Scope::NotificationsRead)
        .description("What surfaced last comes first. Entries of one `subject` belong together.")
        .query::<FeedQuery>()
        .lists::<NotificationView>()
        .to(list)
}

fn counts_endpoint() -> Endpoint {
    Endpoint::get("notifications_counts_get", "/notifications/counts", "Count what waits in one's own inbox")
        .scope(Scope::NotificationsRead)
        .returns::<CountsView>()
        .to(counts)
}

fn mark_endpoint() -> Endpoint {
    Endpoint::post("notifications_mark", "/notifications/{id}/mark", "Mark one of one's own notifications")
        .scope(Scope::NotificationsRead)
        .body::<MarkOne>(json!({"mark": "read"}))
        .returns::<NotificationView>()
        .keeps_no_answer()
        .to(mark)
}

fn mark_all_endpoint() -> Endpoint {
    Endpoint::post("notifications_mark_all", "/notifications/mark", "Mark all of one's own notifications")
        .scope(Scope::NotificationsRead)
        .description("Marks the inbox; `restored` brings back what was archived or put off.")
        .body::<MarkAllNotifications>(json!({"mark": "archived", "category": "comments"}))
        .returns::<MarkedView>()
        .keeps_no_answer()
        .to(mark_all)
}

fn preferences_endpoint() -> Endpoint {
    Endpoint::get(
        "notification_preferences_get",
        "/notifications/preferences",
        "See what reaches one and how",
    )
    .scope(Scope::NotificationsRead)
    .returns::<PreferencesView>()
    .to(preferences)
}

fn choose_endpoint() -> Endpoint {
    Endpoint::patch(
        "notification_preferences_update",
        "/notifications/preferences",
        "Choose what reaches one and how",
    )
    .scope(Scope::NotificationsRead)
    .body::<ChangePreferences>(example())
    .returns::<PreferencesView>()
    .to(choose)
}

fn defaults_endpoint() -> Endpoint {
    Endpoint::get(
        "notification_defaults_get",
        "/notifications/defaults",
        "See what counts for members who have not chosen",
    )
    .scope(Scope::NotificationsManage)
    .versioned()
    .returns::<DefaultsView>()
    .to(defaults)
}

fn choose_defaults_endpoint() -> Endpoint {
    Endpoint::patch(
        "notification_defaults_update",
        "/notifications/defaults",
        "Choose what counts for members who have not chosen",
    )
    .scope(Scope::NotificationsManage)
    .versioned()
    .body::<ChangePreferences>(example())
    .returns::<DefaultsView>()
    .to(choose_defaults)
}

fn example() -> serde_json::Value {
    json!({"choices": [{"category": "comments", "channel": "email", "enabled": false}]})
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<FeedQuery>,
    page: PageQuery,
    notifications: Data<dyn Notifications>,
) -> Answer {
    let found = notifications.list(&actor, &query.into(), &page.request).await?;
    Ok(Reply::ok(page.answer(found.map(NotificationView::from))))
}

async fn counts(Caller(actor): Caller, notifications: Data<dyn Notifications>) -> Answer {
    Ok(Reply::ok(CountsView::from(notifications.counts(&actor).await?)))
}

async fn mark(
    Caller(actor): Caller,
    id: Path<NotificationId>,
    Body(body): Body<MarkOne>,
    notifications: Data<dyn Notifications>,
) -> Answer {
    let marked = notifications.mark(&actor, id.into_inner(), body.into()).await?;
    Ok(Reply::ok(NotificationView::from(marked)))
}

async fn mark_all(
    Caller(actor): Caller,
    Body(body): Body<MarkAllNotifications>,
    notifications: Data<dyn Notifications>,
) -> Answer {
    let changed = notifications.mark_all(&actor, MarkAll::from(body)).await?;
    Ok(Reply::ok(MarkedView { changed }))
}

async fn preferences(Caller(actor): Caller, notifications: Data<dyn Notifications>) -> Answer {
    Ok(Reply::ok(PreferencesView::from(notifications.preferences(&actor).await?)))
}

async fn choose(
    Caller(actor): Caller,
    Body(body): Body<ChangePreferences>,
    notifications: Data<dyn Notifications>,
) -> Answer {
    Ok(Reply::ok(PreferencesView::from(notifications.choose(&actor, body.into()).await?)))
}

async fn defaults(Caller(actor): Caller, notifications: Data<dyn Notifications>) -> Answer {
    let defaults = notifications.defaults(&actor).await?;
    Ok(Reply::ok(DefaultsView::from(&defaults)).at(defaults.version))
}

async fn choose_defaults(
    Caller(actor): Caller,
    IfMatch(version): IfMatch,
    Body(body): Body<ChangePreferences>,
    notifications: Data<dyn Notifications>,
) -> Answer {
    let defaults = notifications.choose_defaults(&actor, version, body.into()).await?;
    Ok(Reply::ok(DefaultsView::from(&defaults)).at(defaults.version))
}
