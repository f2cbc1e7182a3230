import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query';
import type { BulkAnswer, FullTicket } from '@/api/schema';
import type { Body, Query } from '@/api/types';
import { tickets } from '@/services/tickets';
import { keys } from './keys';
import { byCursor } from './pages';
import { knownTicket, moveTicket, patchTicket } from './ticketPatch';
import { useCommand, useWrite, type WriteDefinition } from './write';

/** The filters and the order of a list. A board has one list per column: `columnId: [id]`, `sort: 'rank'`. */
export type TicketSearch = Omit<Query<'tickets_list'>, 'cursor'>;

export const ticketListOptions = (org: string, search: TicketSearch = {}) =>
  infiniteQueryOptions({
    queryKey: keys.tickets.list(org, search),
    queryFn: ({ pageParam, signal }) => tickets.list({ ...search, cursor: pageParam }, signal),
    ...byCursor,
  });

export const ticketOptions = (org: string, id: string) =>
  queryOptions({ queryKey: keys.tickets.detail(org, id), queryFn: ({ signal }) => tickets.get(id, signal) });

export const ticketActivityOptions = (org: string, id: string) =>
  infiniteQueryOptions({
    queryKey: keys.tickets.activities(org, id),
    queryFn: ({ pageParam, signal }) =>
      tickets.activities(id, { cursor: pageParam, sort: '-createdAt' }, signal),
    ...byCursor,
  });

export const ticketAnalyticsOptions = (org: string, range: Query<'analytics_tickets'>) =>
  queryOptions({
    queryKey: keys.tickets.analytics(org, range),
    queryFn: ({ signal }) => tickets.analytics(range, signal),
    staleTime: 5 * 60_000,
  });

const entity = ({ id }: { id: string }) => `ticket:${id}`;
const lists = (org: string) => [keys.tickets.lists(org)];
const touched = (org: string, { id }: { id: string }) => [
  keys.tickets.lists(org),
  keys.tickets.detail(org, id),
  keys.tickets.activities(org, id),
];

const create: WriteDefinition<Body<'tickets_create'>, FullTicket> = {
  family: 'tickets',
  run: (body, { key }) => tickets.create(body, { key }),
  learn: (ticket, _, { client, org }) => client.setQueryData(ticketOptions(org, ticket.id).queryKey, ticket),
  stale: lists,
  replayable: true,
};
export const useCreateTicket = () => useWrite(create);

/**
 * A change of fields, shown at once. The version is the one on the screen when the change was made
 * (`version_stale` = somebody else was quicker), or the newest known one if none is given.
 */
type Update = { id: string; change: Body<'tickets_update'>; version?: number };

const update: WriteDefinition<Update, FullTicket> = {
  family: 'tickets',
  entity,
  run: ({ id, change, version }, { client, org }) =>
    tickets.update(id, change, { version: version ?? knownTicket(client, org, id)?.version }),
  optimistic: ({ id, change }, { client, org }) => patchTicket(client, org, id, change),
  stale: touched,
};
export const useUpdateTicket = () => useCommand(update);

type Move = { id: string } & Body<'tickets_move'>;

/** Into a column, between two neighbours. The server alone computes the rank. */
const move: WriteDefinition<Move, FullTicket> = {
  family: 'tickets',
  entity,
  run: ({ id, ...body }, { client, org, key }) =>
    tickets.move(id, body, { key, version: knownTicket(client, org, id)?.version }),
  optimistic: ({ id, ...body }, { client, org }) => moveTicket(client, org, id, body),
  stale: touched,
  // The version of a second try is the same as the first one's only while nothing else moved the ticket.
  replayable: false,
};
export const useMoveTicket = () => useCommand(move);

const remove: WriteDefinition<{ id: string; version: number }, void> = {
  family: 'tickets',
  entity,
  run: ({ id, version }) => tickets.remove(id, { version }),
  stale: lists,
};
export const useDeleteTicket = () => useWrite(remove);

/** Many at once; the answer tells about each. */
const bulk: WriteDefinition<Body<'tickets_bulk'>, BulkAnswer> = {
  family: 'tickets',
  run: (body, { key }) => tickets.bulk(body, { key }),
  stale: (org) => [keys.tickets.all(org)],
  replayable: true,
};
export const useBulkTickets = () => useWrite(bulk);

/** The CSV of a filter; `saveFile` of lib/download puts it on the disk. */
export const useExportTickets = () =>
  useMutation({ mutationFn: (query: Query<'tickets_export'>) => tickets.export(query) });
