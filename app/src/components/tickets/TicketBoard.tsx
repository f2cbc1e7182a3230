import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { TicketBoard as BoardFacts, Ticket } from '@/api/schema';
import { Board } from '@/components/patterns/Board';
import { type BoardMove, findItem } from '@/components/patterns/board-model';
import { IconButton } from '@/components/ui/icon-button';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import type { Lane } from '@/queries/ticketLanes';
import { mayMove } from './board-rules';
import type { LaneView } from './lanes';
import { QuickCreate } from './QuickCreate';
import { TicketCard } from './TicketCard';
import { useMove } from './use-move';
import type { People } from './use-people';

export interface TicketsViewProps {
  views: readonly LaneView[];
  lanes: readonly Lane[];
  board: BoardFacts;
  people: People;
  selected: ReadonlySet<string>;
  onOpen: (ticket: Ticket) => void;
  onPeek: (ticket: Ticket) => void;
  onToggle: (ticket: Ticket, range: boolean) => void;
}

/** The tickets as cards in their columns. Only in the order made by hand can they be sorted by hand. */
export function TicketBoard(props: TicketsViewProps & { byHand: boolean }) {
  const t = useT();
  const format = useFormat();
  const { views, lanes, board, people, byHand } = props;
  const move = useMove(board);
  const canMove = useCan('tickets_move');
  const canCreate = useCan('tickets_create');
  const [creating, setCreating] = useState<string | null>(null);
  const columns = views.map((view) => {
    const lane = lanes.find(({ id }) => id === view.id);
    const close = () => setCreating(null);
    return {
      id: view.id,
      name: view.name,
      icon: view.icon,
      items: lane?.tickets ?? [],
      count: lane?.total ?? 0,
      hasMore: lane?.hasMore ?? false,
      loadingMore: lane?.loadingMore ?? false,
      ...(lane && { onLoadMore: lane.loadMore }),
      ...(canCreate && {
        action: (
          <IconButton
            size="sm"
            label={t('tickets.newIn', { name: view.name })}
            icon={<Plus />}
            onClick={() => setCreating(view.id)}
          />
        ),
      }),
      ...(creating === view.id && {
        footer: <QuickCreate name={view.name} begin={view.begin} onClose={close} />,
      }),
    };
  });

  const onMove = (step: BoardMove) => {
    const from = findItem(columns, step.itemId);
    const ticket = from?.column.items[from.index];
    if (!from || !ticket) return;
    const stays = step.columnId === step.fromColumnId;
    if (!byHand && stays) {
      toast({ title: t('tickets.sortedOtherwise'), description: t('tickets.sortedOtherwiseHint') });
      return;
    }
    const place = {
      beforeId: from.column.items[from.index + 1]?.id,
      afterId: from.column.items[from.index - 1]?.id,
    };
    void move({
      ticket,
      move: byHand ? step : { ...step, beforeId: null, afterId: null },
      from: byHand
        ? { beforeId: place.beforeId ?? null, afterId: place.afterId ?? null }
        : { beforeId: null, afterId: null },
    });
  };
  return (
    <Board
      label={t('tickets.board')}
      columns={columns}
      renderCard={(ticket) => <TicketCard ticket={ticket} people={people} />}
      cardLabel={(ticket) => `#${format.number(ticket.number)} ${ticket.title}`}
      onMove={onMove}
      onOpen={props.onOpen}
      onPeek={props.onPeek}
      onToggleSelect={props.onToggle}
      selected={props.selected}
      canMove={() => canMove}
      canMoveTo={(ticket, columnId) => mayMove(board, ticket.columnId, columnId)}
      onRefused={() => toast({ title: t('problem.transition_not_allowed'), tone: 'danger' })}
    />
  );
}
