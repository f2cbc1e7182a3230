import { infiniteQueryOptions } from '@tanstack/react-query';
import type { TicketComment } from '@/api/schema';
import type { Body } from '@/api/types';
import { ticketComments } from '@/services/ticketComments';
import { keys } from './keys';
import { byCursor } from './pages';
import { useWrite, type WriteDefinition } from './write';

export const ticketCommentsOptions = (org: string, ticket: string) =>
  infiniteQueryOptions({
    queryKey: keys.tickets.comments(org, ticket),
    queryFn: ({ pageParam, signal }) =>
      ticketComments.list(ticket, { cursor: pageParam, sort: '-createdAt' }, signal),
    ...byCursor,
  });

/** What a comment said before it was edited. */
export const commentRevisionsOptions = (org: string, ticket: string, comment: string) =>
  infiniteQueryOptions({
    queryKey: keys.tickets.revisions(org, ticket, comment),
    queryFn: ({ pageParam, signal }) =>
      ticketComments.revisions(ticket, comment, { cursor: pageParam }, signal),
    ...byCursor,
  });

const stale = (org: string, { ticket }: { ticket: string }) => [
  keys.tickets.comments(org, ticket),
  keys.tickets.activities(org, ticket),
  keys.tickets.watchers(org, ticket),
];

type Write = { ticket: string } & Body<'ticket_comments_create'>;

const write: WriteDefinition<Write, TicketComment> = {
  family: 'comments',
  run: ({ ticket, ...body }, { key }) => ticketComments.create(ticket, body, { key }),
  stale,
  replayable: true,
};
export const useWriteComment = () => useWrite(write);

type Edit = { ticket: string; id: string; version: number } & Body<'ticket_comments_update'>;

const edit: WriteDefinition<Edit, TicketComment> = {
  family: 'comments',
  run: ({ ticket, id, version, ...body }) => ticketComments.update(ticket, id, body, { version }),
  stale,
};
export const useEditComment = () => useWrite(edit);

const remove: WriteDefinition<{ ticket: string; id: string; version: number }, void> = {
  family: 'comments',
  run: ({ ticket, id, version }) => ticketComments.remove(ticket, id, { version }),
  stale,
};
export const useDeleteComment = () => useWrite(remove);
