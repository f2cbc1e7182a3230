import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Ticket, TicketBoard } from '@/api/schema';
import type { BoardMove } from '@/components/patterns/board-model';
import { dismissToast, toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { ticketOptions, useMoveTicket } from '@/queries/tickets';
import { mayMove } from './board-rules';
import { columnName } from './words';

export interface Moved {
  ticket: Ticket;
  move: BoardMove;
  /** Where it stood before, for the way back. */
  from: Pick<BoardMove, 'beforeId' | 'afterId'>;
}

/** Between its new neighbours; those at an end of the column are not named. */
const body = ({ columnId, beforeId, afterId }: Pick<BoardMove, 'columnId' | 'beforeId' | 'afterId'>) => ({
  columnId,
  ...(beforeId && { beforeId }),
  ...(afterId && { afterId }),
});

/** Moves a card, at once on the screen. Tells what went wrong, and offers the way back to another column. */
export function useMove(board: TicketBoard | undefined): (moved: Moved) => Promise<void> {
  const t = useT();
  const client = useQueryClient();
  const org = useOrgId();
  const send = useMoveTicket();
  return useCallback(
    async ({ ticket, move, from }: Moved) => {
      const name = (id: string) => {
        const column = board?.columns.find((candidate) => candidate.id === id);
        return column ? columnName(t, column) : '';
      };
      const failed = (error: unknown) =>
        toast({
          title: t('tickets.notMoved', { number: ticket.number }),
          description: problemText(t, error),
          tone: 'danger',
        });
      const attempt = async (retry: boolean): Promise<boolean> => {
        try {
          await send({ id: ticket.id, ...body(move) });
          return true;
        } catch (error) {
          if (!isCode(error, 'version_stale') || !retry) {
            failed(error);
            return false;
          }
          const theirs = await client.fetchQuery({ ...ticketOptions(org, ticket.id), staleTime: 0 });
          // Only another field of it changed: the place is still ours to choose.
          if (theirs.columnId === ticket.columnId) return await attempt(false);
          toast({
            title: t('tickets.movedMeanwhile', { number: ticket.number, column: name(theirs.columnId) }),
            tone: 'danger',
            action: { label: t('tickets.moveAnyway'), onAct: () => void attempt(false) },
          });
          return false;
        }
      };
      const crossed = move.columnId !== move.fromColumnId;
      const isReversible = board !== undefined && mayMove(board, move.columnId, move.fromColumnId);
      const undo = () =>
        void send({ id: ticket.id, ...body({ columnId: move.fromColumnId, ...from }) }).catch(failed);
      // At once, as the move is shown at once: writes to one ticket wait for each other, the way back too.
      const told =
        crossed &&
        toast({
          title: t('tickets.moved', { number: ticket.number, column: name(move.columnId) }),
          ...(isReversible && { onUndo: undo }),
        });
      if (!(await attempt(true)) && told !== false) dismissToast(told);
    },
    [board, client, org, send, t],
  );
}
