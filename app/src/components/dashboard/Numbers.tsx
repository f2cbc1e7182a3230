import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { type TicketSearch, ticketAnalyticsOptions, ticketListOptions } from '@/queries/tickets';
import { useSession } from '@/stores/session';
import { type Counted, perBucket, sum } from './flow';
import { before, bucketsOf, daysOf, type Range } from './range';
import { TicketsLink } from './TicketsLink';
import { type Filter, filters } from './tickets-link';

const Sparkline = lazy(() => import('@/components/patterns/Chart').then((m) => ({ default: m.Sparkline })));

/** How many tickets a filter finds. The list itself is not fetched. */
export function useTicketCount(search: TicketSearch): number | undefined {
  const options = ticketListOptions(useOrgId(), { ...search, limit: 1, count: true });
  const { data } = useInfiniteQuery({ ...options, throwOnError: false });
  return data?.pages[0]?.totalCount;
}

export interface NumbersProps {
  range: Range;
  /** One instant for all numbers of the page. */
  now: string;
}

/** Four numbers; each leads to the tickets it counts. */
export function Numbers({ range, now }: NumbersProps) {
  const t = useT();
  const counts = useCan('analytics_tickets');
  const open = useTicketCount(filters.undone().query);
  const overdue = useTicketCount(filters.overdue(now).query);
  const me = useSession((session) => session.user?.id ?? '');
  const mine = useTicketCount(filters.myOverdue(me, now).query);
  return (
    <div className="grid grid-cols-2 gap-px overflow-hidden rounded-control border border-line bg-line lg:grid-cols-4">
      <Tile label={t('dashboard.openNow')} value={open} filter={filters.undone()}>
        {counts && <NetChange range={range} />}
      </Tile>
      <Tile label={t('dashboard.overdue')} value={overdue} filter={filters.overdue(now)}>
        <YoursOf count={mine} of={overdue} />
      </Tile>
      {counts && (
        <>
          <Flow what="opened" label={t('dashboard.opened')} range={range} filter={filters.opened(range)} />
          <Flow what="resolved" label={t('dashboard.resolved')} range={range} filter={filters.done()} />
        </>
      )}
    </div>
  );
}

interface TileProps {
  label: string;
  value: number | undefined;
  filter: Filter;
  aside?: ReactNode;
  children?: ReactNode;
}

function Tile({ label, value, filter, aside, children }: TileProps) {
  const format = useFormat();
  return (
    <TicketsLink
      link={filter.link}
      className="focus-inset flex min-w-0 flex-col gap-1 bg-surface p-4 transition-colors duration-120 hover:bg-hover"
    >
      <span className="truncate text-dense text-muted">{label}</span>
      <span className="flex items-end justify-between gap-2">
        {value === undefined ? (
          <Skeleton className="my-1 h-7 w-12" />
        ) : (
          <span className="num font-semibold text-hero">{format.number(value)}</span>
        )}
        {aside}
      </span>
      <span className="num min-h-4 text-meta text-muted">{children}</span>
    </TicketsLink>
  );
}

function YoursOf({ count, of }: { count: number | undefined; of: number | undefined }) {
  const t = useT();
  const format = useFormat();
  if (count === undefined || of === undefined) return null;
  return count > 0 ? (
    <span className="text-danger">{t('dashboard.yours', { count, shown: format.number(count) })}</span>
  ) : (
    t('dashboard.noneYours', { count: of })
  );
}

const useDays = (range: Range) => {
  const options = ticketAnalyticsOptions(useOrgId(), range);
  return useQuery({ ...options, throwOnError: false }).data?.days;
};

/** A number with its sign. */
function useSigned() {
  const format = useFormat();
  return (value: number) => (value > 0 ? `+${format.number(value)}` : format.number(value));
}

/** What came in less what was done: so much the heap has grown since. */
function NetChange({ range }: { range: Range }) {
  const t = useT();
  const signed = useSigned();
  const days = useDays(range);
  if (!days) return null;
  return <>{t('dashboard.net', { delta: signed(sum(days, 'opened') - sum(days, 'resolved')) })}</>;
}

interface FlowProps {
  what: Counted;
  label: string;
  range: Range;
  filter: Filter;
}

function Flow({ what, label, range, filter }: FlowProps) {
  const t = useT();
  const format = useFormat();
  const signed = useSigned();
  const { calendar } = usePreferences();
  const days = useDays(range);
  const earlier = useDays(before(range));
  const total = days && sum(days, what);
  const spark = days && perBucket(days, bucketsOf(range, calendar), what);
  const shown = { days: format.number(daysOf(range)) };
  return (
    <Tile
      label={label}
      value={total}
      filter={filter}
      aside={
        spark &&
        spark.length > 1 && (
          <span aria-hidden="true" className="hidden pb-1 sm:block">
            <Suspense>
              <Sparkline values={spark} summary="" tone={what === 'opened' ? 'accent' : 'success'} />
            </Suspense>
          </span>
        )
      }
    >
      {total !== undefined &&
        earlier &&
        t('dashboard.versus', { delta: signed(total - sum(earlier, what)), ...shown })}
    </Tile>
  );
}
