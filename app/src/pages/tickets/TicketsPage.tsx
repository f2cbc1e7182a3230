import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ErrorState } from '@/components/patterns/ErrorState';
import type { TicketsSearch } from '@/components/tickets/search';
import { TicketsSkeleton } from '@/components/tickets/TicketsSkeleton';
import { TicketsWork } from '@/components/tickets/TicketsWork';
import { useTicketHref } from '@/components/tickets/use-ticket-href';
import { useT } from '@/i18n/i18n';
import { ProblemError } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { ticketBoardOptions } from '@/queries/ticketBoard';

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
