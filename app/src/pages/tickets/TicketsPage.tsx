import { type QueryClient, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ErrorState } from '@/components/patterns/ErrorState';
import { lanesOf, viewOf } from '@/components/tickets/lanes';
import type { TicketsSearch } from '@/components/tickets/search';
import { TicketsSkeleton } from '@/components/tickets/TicketsSkeleton';
import { TicketsWork } from '@/components/tickets/TicketsWork';
import { useTicketHref } from '@/components/tickets/use-ticket-href';
import { translate, useT } from '@/i18n/i18n';
import { ProblemError } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { ticketBoardOptions } from '@/queries/ticketBoard';
import { ticketListOptions } from '@/queries/tickets';
import { useSession } from '@/stores/session';

/** Begins to fetch what the page will show first. */
export async function fetchAhead(client: QueryClient, search: TicketsSearch): Promise<void> {
  const { organization, user } = useSession.getState();
  // Groups of people are asked for once the people are known.
  if (!organization || !user || search.group === 'assignee') return;
  const { columns } = await client.ensureQueryData(ticketBoardOptions(organization.id));
  const reader = { id: user.id, timeZone: user.timeZone, now: new Date() };
  const { grouping, filter, order } = viewOf(search, reader);
  const people = { all: [], me: user.id, known: false, name: () => '', picture: () => undefined };
  for (const lane of lanesOf(grouping, filter, order, { t: translate, columns, people })) {
    void client.prefetchInfiniteQuery(ticketListOptions(organization.id, lane.search));
  }
  // They leave in this turn; drawing the page would hold them up.
  await new Promise((resolve) => setTimeout(resolve));
}

/** All tickets as a board or a list. What one looks at stands in the address. */
export function TicketsPage() {
  const t = useT();
  const navigate = useNavigate();
  const href = useTicketHref();
  const search = useSearch({ from: '/o/$slug/tickets' });
  const board = useQuery({ ...ticketBoardOptions(useOrgId()), throwOnError: false });
  const change = (next: Partial<TicketsSearch>, replace = true) =>
    void navigate({
      from: '/o/$slug/tickets',
      to: '/o/$slug/tickets',
      search: (before) => ({ ...before, ...next }),
      replace,
    });
  if (board.error && !board.data) {
    return (
      <ErrorState
        level={1}
        description={problemText(t, board.error)}
        requestId={board.error instanceof ProblemError ? board.error.requestId : undefined}
        onRetry={() => void board.refetch()}
        retrying={board.isFetching}
      />
    );
  }
  return (
    <>
      <h1 className="sr-only">{t('nav.tickets')}</h1>
      {board.data ? (
        <TicketsWork
          search={search}
          board={board.data}
          onChange={change}
          onOpen={(ticket) => void navigate({ href: href(ticket.id) })}
        />
      ) : (
        <TicketsSkeleton view={search.view ?? 'board'} />
      )}
    </>
  );
}
