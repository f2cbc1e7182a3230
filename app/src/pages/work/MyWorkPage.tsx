import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { CircleCheckBig } from 'lucide-react';
import type { TicketBoard } from '@/api/schema';
import { LoadFailed } from '@/components/account/AccountPage';
import { EmptyState } from '@/components/patterns/EmptyState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { NOT_DONE } from '@/components/tickets/filter';
import { lanesOf } from '@/components/tickets/lanes';
import { type Concern, concerns } from '@/components/tickets/my-work';
import { TicketList } from '@/components/tickets/TicketList';
import { TicketsSkeleton } from '@/components/tickets/TicketsSkeleton';
import { usePeople } from '@/components/tickets/use-people';
import { useTicketHref } from '@/components/tickets/use-ticket-href';
import { tabListLook, tabLook } from '@/components/ui/tabs';
import { useT } from '@/i18n/i18n';
import { useOrgId } from '@/queries/org';
import { ticketBoardOptions } from '@/queries/ticketBoard';
import { useTicketLanes } from '@/queries/ticketLanes';
import type { TicketSearch } from '@/queries/tickets';
import { useSession } from '@/stores/session';

const route = getRouteApi('/o/$slug/my-work');
const nobodyChosen: ReadonlySet<string> = new Set();

const words: Record<Concern, { tab: string; empty: string }> = {
  assigned: { tab: 'tickets.assignedToMe', empty: 'tickets.noneAssignedText' },
  requested: { tab: 'tickets.requestedByMe', empty: 'tickets.noneRequestedText' },
  watching: { tab: 'tickets.watchedByMe', empty: 'tickets.noneWatchedText' },
};

const mine: Record<Concern, (me: string) => TicketSearch> = {
  assigned: (me) => ({ assigneeId: me }),
  requested: (me) => ({ requesterId: me }),
  watching: (me) => ({ watcherId: me }),
};

/** What is not done yet and mine to do, to wait for, or to follow. */
export function MyWorkPage() {
  const t = useT();
  const { of: concern = 'assigned' } = route.useSearch();
  const slug = useSession((session) => session.organization?.slug ?? '');
  const board = useQuery({ ...ticketBoardOptions(useOrgId()), throwOnError: false });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="px-4 pt-4">
        <PageHeader
          title={t('tickets.myWork')}
          tabs={
            <nav aria-label={t('tickets.myWork')} className={clsx(tabListLook, '-mx-4 px-2')}>
              {concerns.map((each) => (
                <Link
                  key={each}
                  to="/o/$slug/my-work"
                  params={{ slug }}
                  search={each === 'assigned' ? {} : { of: each }}
                  activeOptions={{ exact: true }}
                  data-state={each === concern ? 'active' : undefined}
                  aria-current={each === concern ? 'page' : undefined}
                  className={tabLook}
                >
                  {t(words[each].tab)}
                </Link>
              ))}
            </nav>
          }
        />
      </div>
      <div className="min-h-0 flex-1">
        {board.error && !board.data && (
          <div className="p-4 sm:p-6">
            <LoadFailed error={board.error} onRetry={() => void board.refetch()} />
          </div>
        )}
        {board.isPending && <TicketsSkeleton view="list" />}
        {board.data && <Mine key={concern} concern={concern} board={board.data} />}
      </div>
    </div>
  );
}

function Mine({ concern, board }: { concern: Concern; board: TicketBoard }) {
  const t = useT();
  const people = usePeople();
  const navigate = useNavigate();
  const href = useTicketHref();
  const filter = { ...mine[concern](people.me), status: [...NOT_DONE] };
  const views = lanesOf('column', filter, '-priority', { t, columns: board.columns, people }).map((view) => ({
    ...view,
    // Made here, a ticket stands here.
    begin: { ...view.begin, ...(concern === 'assigned' && { assigneeId: people.me }) },
  }));
  const lanes = useTicketLanes(views.map(({ id, search }) => ({ id, search })));
  const failed = lanes.find(({ error }) => error);
  if (failed?.error) {
    return (
      <div className="p-4 sm:p-6">
        <LoadFailed error={failed.error} onRetry={failed.retry} />
      </div>
    );
  }
  if (lanes.some(({ isPending }) => isPending)) return <TicketsSkeleton view="list" />;
  if (lanes.every(({ total }) => total === 0)) {
    return (
      <EmptyState
        icon={<CircleCheckBig />}
        title={t('tickets.noneMine')}
        description={t(words[concern].empty)}
      />
    );
  }
  const open = ({ id }: { id: string }) => void navigate({ href: href(id) });
  return (
    <TicketList
      views={views}
      lanes={lanes}
      board={board}
      people={people}
      selected={nobodyChosen}
      onOpen={open}
      onPeek={open}
      onToggle={open}
    />
  );
}
