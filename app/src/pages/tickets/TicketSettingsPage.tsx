import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/patterns/ErrorState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { ColumnSettings } from '@/components/tickets/ColumnSettings';
import { TransitionSettings } from '@/components/tickets/TransitionSettings';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { ProblemError } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { ticketBoardOptions } from '@/queries/ticketBoard';

/** The columns of the board, and the moves between them. */
export function TicketSettingsPage() {
  const t = useT();
  const board = useQuery({ ...ticketBoardOptions(useOrgId()), throwOnError: false });
  const ids = board.data?.columns.map(({ id }) => id).join();
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-8 p-4 *:max-w-reading sm:p-6">
      <PageHeader title={t('nav.ticketSettings')} description={t('tickets.settingsAbout')} />
      {board.isPending && (
        <Loading>
          <SkeletonRows rows={6} />
        </Loading>
      )}
      {board.error && !board.data && (
        <ErrorState
          description={problemText(t, board.error)}
          requestId={board.error instanceof ProblemError ? board.error.requestId : undefined}
          onRetry={() => void board.refetch()}
        />
      )}
      {board.data && (
        <>
          <ColumnSettings board={board.data} />
          <TransitionSettings key={ids} board={board.data} />
        </>
      )}
    </div>
  );
}
