//! The only room that names tables. Functions that look over all organizations say so.

use std::collections::HashSet;

use database::entities::{file, file_usage};
use database::{StoreError, Tx, keyset};
use kernel::{FileId, Keyset, OrganizationId, Page, PageRequest, Timestamp, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{Error, File, Owner, OwnerKind, Usage};

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: FileId,
) -> Result<Option<File>, StoreError> {
    let row = file::Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?;
    row.map(read).transpose()
}

/// What one person uploaded, the newest first: ids grow with time.
pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    uploaded_by: UserId,
    page: &PageRequest,
) -> Result<Page<File>, StoreError> {
    let mut query = file::Entity::find()
        .filter(file::Column::OrganizationId.eq(org.uuid()))
        .filter(file::Column::UploadedBy.eq(uploaded_by.uuid()));
    if let Some(after) = &page.after {
        query = query.filter(file::Column::Id.lt(keyset::value::<Uuid>(after, 0)?));
    }
    let rows = query.order_by_desc(file::Column::Id).limit(page.limit.rows() + 1).all(connection).await?;
    let files: Result<Vec<_>, _> = rows.into_iter().map(read).collect();
    Ok(Page::cut(files?, page.limit, |file| Keyset(vec![file.id.to_string()])))
}

/// Locks files until the commit, in the order of their ids.
pub(crate) async fn lock(tx: &Tx, org: OrganizationId, ids: &[FileId]) -> Result<Vec<File>, StoreError> {
    let rows = file::Entity::find()
        .filter(file::Column::OrganizationId.eq(org.uuid()))
        .filter(file::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .order_by_asc(file::Column::Id)
        .lock(LockType::Update)
        .all(tx.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Some files of an organization, whatever they are.
pub(crate) async fn some(tx: &Tx, org: OrganizationId, limit: u64) -> Result<Vec<File>, StoreError> {
    let query = file::Entity::find().filter(file::Column::OrganizationId.eq(org.uuid()));
    let rows = query.order_by_asc(file::Column::Id).limit(limit).all(tx.connection()).await?;
    rows.into_iter().map(read).collect()
}

/// Files of one kind of owner, of these owners.
pub(crate) async fn of_owners(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    kind: OwnerKind,
    owners: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<File>, StoreError> {
    let query = file::Entity::find()
        .filter(file::Column::OrganizationId.eq(org.uuid()))
        .filter(file::Column::OwnerType.eq(kind.name()))
        .filter(file::Column::OwnerId.is_in(owners));
    query.all(connection).await?.into_iter().map(read).collect()
}

/// Uploads that belong to nothing since before then, over all organizations: the sweep serves all of them.
pub(crate) async fn forsaken(
    connection: &impl ConnectionTrait,
    before: Timestamp,
    limit: u64,
) -> Result<Vec<(OrganizationId, FileId)>, StoreError> {
    let query = file::Entity::find()
        .select_only()
        .columns([file::Column::OrganizationId, file::Column::Id])
        .filter(file::Column::OwnerType.is_null())
        .filter(file::Column::CreatedAt.lt(before))
        .order_by_asc(file::Column::CreatedAt)
        .limit(limit);
    let rows: Vec<(Uuid, Uuid)> = query.into_tuple().all(connection).await?;
    Ok(rows.into_iter().map(|(org, id)| (org.into(), id.into())).collect())
}

/// Those of the ids that have a row, over all organizations; an id belongs to one of them alone.
pub(crate) async fn known(
    connection: &impl ConnectionTrait,
    ids: &[(OrganizationId, FileId)],
) -> Result<HashSet<(OrganizationId, FileId)>, StoreError> {
    let query = file::Entity::find()
        .select_only()
        .columns([file::Column::OrganizationId, file::Column::Id])
        .filter(file::Column::Id.is_in(ids.iter().map(|(_, id)| id.uuid())));
    let rows: Vec<(Uuid, Uuid)> = query.into_tuple().all(connection).await?;
    Ok(rows.into_iter().map(|(org, id)| (org.into(), id.into())).collect())
}

pub(crate) async fn insert(tx: &Tx, new: &File) -> Result<(), StoreError> {
    file::Entity::insert(row(new)).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// Gives files to an owner that belong to nothing and that this person uploaded; says how many that were.
pub(crate) async fn attach(
    tx: &Tx,
    org: OrganizationId,
    uploaded_by: Option<UserId>,
    ids: &[FileId],
    to: Owner,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let update = file::Entity::update_many()
        .col_expr(file::Column::OwnerType, Expr::value(to.kind.name()))
        .col_expr(file::Column::OwnerId, Expr::value(to.id))
        .col_expr(file::Column::AttachedAt, Expr::value(now))
        .filter(file::Column::OrganizationId.eq(org.uuid()))
        .filter(file::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .filter(file::Column::OwnerType.is_null())
        .filter(file::Column::UploadedBy.eq(uploaded_by.map(Uuid::from)));
    Ok(update.exec(tx.connection()).await?.rows_affected)
}

pub(crate) async fn delete(tx: &Tx, org: OrganizationId, ids: &[FileId]) -> Result<(), StoreError> {
    file::Entity::delete_many()
        .filter(file::Column::OrganizationId.eq(org.uuid()))
        .filter(file::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Counts a new file, unless the organization would keep more than it may: one statement, so no two of them agree on
/// the same room.
pub(crate) async fn count(tx: &Tx, org: OrganizationId, bytes: i64, allowed: i64) -> Result<(), Error> {
    let none = file_usage::ActiveModel { organization_id: Set(org.uuid()), files: Set(0), bytes: Set(0) };
    let once = OnConflict::column(file_usage::Column::OrganizationId).do_nothing().to_owned();
    let first = file_usage::Entity::insert(none).on_conflict(once).exec_without_returning(tx.connection());
    first.await.map_err(StoreError::from)?;
    let kept = file_usage::Column::Bytes;
    let update = file_usage::Entity::update_many()
        .col_expr(kept, Expr::col(kept).add(bytes))
        .col_expr(file_usage::Column::Files, Expr::col(file_usage::Column::Files).add(1_i64))
        .filter(file_usage::Column::OrganizationId.eq(org.uuid()))
        .filter(Expr::col(kept).add(bytes).lte(allowed));
    let counted = update.exec(tx.connection()).await.map_err(StoreError::from)?.rows_affected;
    if counted == 1 { Ok(()) } else { Err(Error::StorageFull) }
}

/// Gives back what deleted files took.
pub(crate) async fn uncount(tx: &Tx, org: OrganizationId, files: i64, bytes: i64) -> Result<(), StoreError> {
    file_usage::Entity::update_many()
        .col_expr(file_usage::Column::Bytes, Expr::col(file_usage::Column::Bytes).sub(bytes))
        .col_expr(file_usage::Column::Files, Expr::col(file_usage::Column::Files).sub(files))
        .filter(file_usage::Column::OrganizationId.eq(org.uuid()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

pub(crate) async fn forget_usage(tx: &Tx, org: OrganizationId) -> Result<(), StoreError> {
    file_usage::Entity::delete_by_id(org.uuid()).exec(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn usage(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    allowed_bytes: u64,
) -> Result<Usage, StoreError> {
    let row = file_usage::Entity::find_by_id(org.uuid()).one(connection).await?;
    let none = Usage { allowed_bytes, ..Usage::default() };
    row.map_or(Ok(none), |row| {
        Ok(Usage {
            files: whole("file_usages.files", row.files)?,
            bytes: whole("file_usages.bytes", row.bytes)?,
            ..none
        })
    })
}

fn row(file: &File) -> file::ActiveModel {
    file::ActiveModel {
        organization_id: Set(file.org.uuid()),
        id: Set(file.id.uuid()),
        name: Set(file.name.clone()),
        media_type: Set(file.media_type.clone()),
        size: Set(signed(file.size)),
        stored: Set(signed(file.stored)),
        sha256: Set(file.sha256.to_vec()),
        width: Set(file.pixels.map(|(width, _)| i64::from(width))),
        height: Set(file.pixels.map(|(_, height)| i64::from(height))),
        has_thumbnail: Set(file.has_thumbnail),
        uploaded_by: Set(file.uploaded_by.map(Uuid::from)),
        owner_type: Set(file.owner.map(|owner| owner.kind.name().to_owned())),
        owner_id: Set(file.owner.map(|owner| owner.id)),
        created_at: Set(file.created_at),
        attached_at: Set(file.attached_at),
    }
}

fn read(row: file::Model) -> Result<File, StoreError> {
    let side = |number: i64| u32::try_from(number).map_err(|error| StoreError::corrupt("files.width", error));
    let kind = |name: &str| {
        OwnerKind::named(name).ok_or_else(|| StoreError::corrupt("files.owner_type", name.to_owned()))
    };
    let sha256 = row.sha256.try_into();
    Ok(File {
        id: row.id.into(),
        org: row.organization_id.into(),
        name: row.name,
        media_type: row.media_type,
        size: whole("files.size", row.size)?,
        stored: whole("files.stored", row.stored)?,
        sha256: sha256.map_err(|_| StoreError::corrupt("files.sha256", "not 32 bytes"))?,
        pixels: row
            .width
            .zip(row.height)
            .map(|(w, h)| Ok::<_, StoreError>((side(w)?, side(h)?)))
            .transpose()?,
        has_thumbnail: row.has_thumbnail,
        uploaded_by: row.uploaded_by.map(UserId::from_uuid),
        owner: row
            .owner_type
            .zip(row.owner_id)
            .map(|(name, id)| Ok::<_, StoreError>(Owner { kind: kind(&name)?, id }))
            .transpose()?,
        created_at: row.created_at,
        attached_at: row.attached_at,
    })
}

fn whole(column: &'static str, number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|error| StoreError::corrupt(column, error))
}

/// Sizes are bounded far below the end of the numbers.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
