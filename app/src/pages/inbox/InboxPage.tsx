import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { CheckCheck, Settings2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Notification } from '@/api/schema';
import { LoadFailed } from '@/components/account/AccountPage';
import { InboxEmpty } from '@/components/inbox/InboxEmpty';
import { InboxList } from '@/components/inbox/InboxList';
import { useReadAll } from '@/components/inbox/use-marks';
import { type InboxView, inboxViews, searchOf } from '@/components/inbox/view';
import { PageHeader } from '@/components/patterns/PageHeader';
import { Button } from '@/components/ui/button';
import { LoadMore } from '@/components/ui/load-more';
import { useFormat } from '@/components/ui/preferences';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { tabListLook, tabLook } from '@/components/ui/tabs';
import { useT } from '@/i18n/i18n';
import {
  notificationCountsOptions,
  notificationListOptions,
  useMarkAllNotifications,
} from '@/queries/notifications';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { useSession } from '@/stores/session';

const route = getRouteApi('/o/$slug/inbox');

export function InboxPage() {
  const { view = 'inbox' } = route.useSearch();
  const list = useInfiniteQuery(notificationListOptions(useOrgId(), searchOf[view]));
  const all = rows(list.data);
  const slug = useSession((session) => session.organization?.slug ?? '');
  useSeen(view === 'inbox' ? all : []);
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 *:max-w-200 sm:p-6">
      <InboxHeader view={view} slug={slug} loaded={all} />
      {list.error && <LoadFailed error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <InboxSkeleton />}
      {list.data && all.length === 0 && <InboxEmpty view={view} slug={slug} />}
      {/* Another view begins at its top, without an active row. */}
      {all.length > 0 && <InboxList key={view} notifications={all} view={view} />}
      <LoadMore
        auto
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
      />
    </div>
  );
}

/** What was on the screen counts as seen. Told once per newest entry. */
function useSeen(all: readonly Notification[]): void {
  const { mutate } = useMarkAllNotifications();
  const told = useRef<string>(undefined);
  const newest = all.find(({ seenAt }) => !seenAt)?.id;
  useEffect(() => {
    if (newest === undefined || told.current === newest) return;
    told.current = newest;
    mutate({ mark: 'seen', upTo: newest });
  }, [newest, mutate]);
}

function InboxHeader(props: { view: InboxView; slug: string; loaded: readonly Notification[] }) {
  const t = useT();
  const format = useFormat();
  const { view, slug, loaded } = props;
  const counts = useQuery(notificationCountsOptions(useOrgId())).data;
  const { readAll, busy, any } = useReadAll(loaded, view === 'mentions' ? 'mentions' : undefined);
  const away = view === 'snoozed' || view === 'archived';
  const names: Record<InboxView, string> = {
    inbox: t('inbox.all'),
    unread: t('inbox.unread'),
    mentions: t('inbox.mentions'),
    snoozed: t('inbox.snoozed'),
    archived: t('inbox.archived'),
  };
  return (
    <PageHeader
      title={t('inbox.title')}
      actions={
        <>
          {!away && (
            <Button icon={<CheckCheck />} disabled={!any} busy={busy} onClick={readAll}>
              {t('inbox.readAll')}
            </Button>
          )}
          <Button asChild variant="ghost">
            <Link to="/o/$slug/settings/notifications" params={{ slug }}>
              <Settings2 aria-hidden="true" />
              {t('inbox.preferences')}
            </Link>
          </Button>
        </>
      }
      tabs={
        <nav aria-label={t('inbox.views')} className={tabListLook}>
          {inboxViews.map((name) => (
            <Link
              key={name}
              to="/o/$slug/inbox"
              params={{ slug }}
              search={name === 'inbox' ? {} : { view: name }}
              activeOptions={{ exact: true, includeSearch: true }}
              className={tabLook}
            >
              {names[name]}
              {name === 'unread' && counts && counts.unread > 0 && (
                <span className="num font-normal text-meta text-muted">{format.number(counts.unread)}</span>
              )}
            </Link>
          ))}
        </nav>
      }
    />
  );
}

function InboxSkeleton() {
  return (
    <Loading>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div key={key} className="flex items-start gap-3 py-2.5 pl-7">
          <Skeleton className="size-6 rounded-full" />
          <span className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3 w-1/2" />
            <Skeleton className="h-3 w-1/3" />
          </span>
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </Loading>
  );
}
