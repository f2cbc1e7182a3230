import type { TicketBoard } from '@/api/schema';

/** Where new tickets stand, and those that are opened again. */
export function firstOpen(board: TicketBoard) {
  return board.columns.find(({ category }) => category === 'open');
}

/** May a ticket go from one column to another? The server judges; the board does not offer what it would refuse. */
export function mayMove(board: TicketBoard, from: string, to: string): boolean {
  if (from === to) return true;
  if (board.transitions) {
    return board.transitions.some(
      ({ fromColumnId, toColumnId }) => fromColumnId === from && toColumnId === to,
    );
  }
  const isClosed = board.columns.find(({ id }) => id === from)?.category === 'closed';
  return !isClosed || firstOpen(board)?.id === to;
}
