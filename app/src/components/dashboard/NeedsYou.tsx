import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bell, CircleCheckBig } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Notification, Ticket } from '@/api/schema';
import { LoadFailed } from '@/components/account/AccountPage';
import { useNames } from '@/components/inbox/InboxList';
import { factOf, noticeText, pathOf } from '@/components/inbox/notice';
import { EmptyState } from '@/components/patterns/EmptyState';
import { Avatar } from '@/components/ui/avatar';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { linkLook } from '@/components/ui/link';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { daysFromToday } from '@/lib/format';
import { dayIn } from '@/lib/time';
import { notificationListOptions } from '@/queries/notifications';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { ticketListOptions } from '@/queries/tickets';
import { usePictures } from '@/queries/users';
import { useSession } from '@/stores/session';
import { DashboardSection } from './DashboardSection';
import { TicketLink, TicketsLink } from './TicketsLink';
import { type Filter, filters } from './tickets-link';

const SHOWN = 5;

/** What waits for me, by its reason; the most pressing first. */
export function NeedsYou({ now }: { now: string }) {
  const t = useT();
  const org = useOrgId();
  const me = useSession((session) => session.user?.id ?? '');
  const slug = useSession((session) => session.organization?.slug ?? '');
  const late = filters.myOverdue(me, now);
  const overdue = useInfiniteQuery(
    ticketListOptions(org, { ...late.query, sort: 'dueAt', limit: SHOWN, count: true }),
  );
  // As many more as the late ones could take away.
  const assigned = useInfiniteQuery(
    ticketListOptions(org, { ...filters.mine(me).query, sort: '-priority', limit: 2 * SHOWN, count: true }),
  );
  const unread = useInfiniteQuery(
    notificationListOptions(org, { view: 'inbox', unread: true, limit: SHOWN }),
  );
  const failed = [overdue, assigned, unread].find(({ error }) => error);
  const lateRows = rows(overdue.data);
  const lateIds = new Set(lateRows.map(({ id }) => id));
  const otherRows = rows(assigned.data).filter(({ id }) => !lateIds.has(id));
  const news = rows(unread.data);
  const lateCount = overdue.data?.pages[0]?.totalCount;
  const mineCount = assigned.data?.pages[0]?.totalCount;
  const nothing = lateRows.length + otherRows.length + news.length === 0;
  const pending = overdue.isPending || assigned.isPending || unread.isPending;
  return (
    <DashboardSection title={t('dashboard.needsYou')}>
      {failed?.error && <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />}
      {pending && !failed && (
        <Loading>
          <SkeletonRows rows={7} />
        </Loading>
      )}
      {!pending && !failed && nothing && <Nothing />}
      {(!pending || failed) && (
        <div className="flex flex-col gap-5">
          <TicketGroup
            title={t('dashboard.yourOverdue')}
            count={lateCount}
            tickets={lateRows}
            filter={late}
          />
          <NewsGroup news={news} slug={slug} more={unread.hasNextPage} />
          <TicketGroup
            title={t('dashboard.assigned')}
            count={mineCount}
            tickets={otherRows.slice(0, SHOWN)}
            filter={filters.mine(me)}
          />
        </div>
      )}
    </DashboardSection>
  );
}

function Nothing() {
  const t = useT();
  return (
    <EmptyState
      level={3}
      icon={<CircleCheckBig />}
      title={t('dashboard.nothing')}
      description={t('dashboard.nothingText')}
      action={
        <Button asChild>
          <TicketsLink>{t('dashboard.seeTickets')}</TicketsLink>
        </Button>
      }
    />
  );
}

function Group(props: { title: string; count?: number | undefined; all: ReactNode; children: ReactNode }) {
  const format = useFormat();
  return (
    <div>
      <div className="flex items-center gap-2 border-line border-b pb-1.5">
        <h3 className="font-medium text-dense">{props.title}</h3>
        {props.count !== undefined && (
          <span className="num text-meta text-muted">{format.number(props.count)}</span>
        )}
        <span className="ml-auto text-meta">{props.all}</span>
      </div>
      <ul className="divide-y divide-line">{props.children}</ul>
    </div>
  );
}

interface TicketGroupProps {
  title: string;
  count: number | undefined;
  tickets: readonly Ticket[];
  filter: Filter;
}

const rowLook = 'focus-inset flex min-h-row items-center gap-3 px-1 py-1 text-dense hover:bg-hover';

function TicketGroup({ title, count, tickets, filter }: TicketGroupProps) {
  const t = useT();
  const format = useFormat();
  if (tickets.length === 0) return null;
  const all = (
    <TicketsLink link={filter.link} className={linkLook}>
      {t('dashboard.showAll')}
    </TicketsLink>
  );
  return (
    <Group title={title} count={count} all={all}>
      {tickets.map(({ id, number, title: name, dueAt, priority }) => (
        <li key={id}>
          <TicketLink id={id} className={rowLook}>
            <span className="num w-10 shrink-0 text-meta text-muted">#{format.number(number)}</span>
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <PriorityBadge priority={priority} />
            {dueAt && <Due dueAt={dueAt} />}
          </TicketLink>
        </li>
      ))}
    </Group>
  );
}

const priorityTones: Partial<Record<Ticket['priority'], Tone>> = { urgent: 'danger', high: 'warning' };

/** Only what stands out. */
function PriorityBadge({ priority }: { priority: Ticket['priority'] }) {
  const t = useT();
  const tone = priorityTones[priority];
  if (!tone) return null;
  return (
    <Badge tone={tone} className="max-sm:hidden">
      {priority === 'urgent' ? t('dashboard.urgent') : t('dashboard.high')}
    </Badge>
  );
}

/** How late or how soon, in words; far away the date. */
function Due({ dueAt }: { dueAt: string }) {
  const t = useT();
  const format = useFormat();
  const prefs = usePreferences();
  const days = daysFromToday(dayIn(dueAt, prefs.timeZone), prefs);
  const late = new Date(dueAt) < new Date();
  const text = late
    ? days < 0
      ? t('dashboard.late', { count: -days, shown: format.number(-days) })
      : t('dashboard.lateToday')
    : days === 0
      ? t('dashboard.dueToday')
      : days === 1
        ? t('dashboard.dueTomorrow')
        : format.date(dueAt, 'short');
  return (
    <time
      dateTime={dueAt}
      title={format.dateTime(dueAt)}
      className={`num shrink-0 text-meta ${late ? 'text-danger' : 'text-muted'}`}
    >
      {text}
    </time>
  );
}

function NewsGroup({ news, slug, more }: { news: readonly Notification[]; slug: string; more: boolean }) {
  const t = useT();
  const format = useFormat();
  const nameOf = useNames();
  const pictures = usePictures();
  if (news.length === 0) return null;
  const all = (
    <Link to="/o/$slug/inbox" params={{ slug }} search={{ view: 'unread' }} className={linkLook}>
      {t('dashboard.openInbox')}
    </Link>
  );
  // Who was named waits to be answered: mentions before the rest.
  const sorted = news.toSorted(
    (a, b) => Number(b.category === 'mentions') - Number(a.category === 'mentions'),
  );
  return (
    <Group title={t('dashboard.unread')} count={more ? undefined : news.length} all={all}>
      {sorted.map((notification) => {
        const actor = nameOf(notification.actorId);
        const href: string = `/o/${slug}${pathOf(notification) ?? '/inbox'}`;
        return (
          <li key={notification.id}>
            <Link to={href} className={rowLook}>
              <span className="flex w-10 shrink-0">
                {actor ? (
                  <Avatar name={actor} src={pictures.get(notification.actorId ?? '')} decorative />
                ) : (
                  <Bell aria-hidden="true" className="m-1 size-4 text-muted" />
                )}
              </span>
              <span className="flex min-w-0 flex-1 gap-2 max-sm:flex-col max-sm:gap-0">
                <span className="sm:shrink-0">
                  {noticeText(t, notification, actor ?? t('inbox.somebody'))}
                </span>
                <span className="min-w-0 truncate text-muted">{factOf(notification, 'title')}</span>
              </span>
              <time
                dateTime={notification.createdAt}
                title={format.dateTime(notification.createdAt)}
                className="num shrink-0 text-meta text-muted"
              >
                {format.relative(notification.createdAt)}
              </time>
            </Link>
          </li>
        );
      })}
    </Group>
  );
}
