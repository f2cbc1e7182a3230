import { queryOptions } from '@tanstack/react-query';
import type { TicketBoard, TicketColumn } from '@/api/schema';
import type { Body } from '@/api/types';
import { ticketBoard } from '@/services/ticketBoard';
import { keys } from './keys';
import { useWrite, type WriteDefinition } from './write';

export const ticketBoardOptions = (org: string) =>
  queryOptions({
    queryKey: keys.ticketBoard(org),
    queryFn: ({ signal }) => ticketBoard.get(signal),
    staleTime: 60_000,
  });

const stale = (org: string) => [keys.ticketBoard(org), keys.tickets.all(org)];

const addColumn: WriteDefinition<Body<'ticket_columns_create'>, TicketColumn> = {
  family: 'ticketBoard',
  run: (body, { key }) => ticketBoard.addColumn(body, { key }),
  stale,
  replayable: true,
};
export const useAddColumn = () => useWrite(addColumn);

type UpdateColumn = { id: string; change: Body<'ticket_columns_update'>; version: number };

const updateColumn: WriteDefinition<UpdateColumn, TicketColumn> = {
  family: 'ticketBoard',
  run: ({ id, change, version }) => ticketBoard.updateColumn(id, change, { version }),
  stale,
};
export const useUpdateColumn = () => useWrite(updateColumn);

const removeColumn: WriteDefinition<{ id: string; version: number }, void> = {
  family: 'ticketBoard',
  run: ({ id, version }) => ticketBoard.removeColumn(id, { version }),
  stale,
};
export const useDeleteColumn = () => useWrite(removeColumn);

type Transitions = { body: Body<'ticket_transitions_set'>; version: number };

const setTransitions: WriteDefinition<Transitions, TicketBoard> = {
  family: 'ticketBoard',
  run: ({ body, version }) => ticketBoard.setTransitions(body, { version }),
  learn: (board, _, { client, org }) => client.setQueryData(ticketBoardOptions(org).queryKey, board),
  stale,
};
export const useSetTransitions = () => useWrite(setTransitions);
