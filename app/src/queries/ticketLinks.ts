import { queryOptions } from '@tanstack/react-query';
import type { TicketLink } from '@/api/schema';
import type { Body } from '@/api/types';
import { ticketLinks, ticketWatchers } from '@/services/ticketLinks';
import { keys } from './keys';
import { everyRow } from './pages';
import { useWrite, type WriteDefinition } from './write';

export const ticketLinksOptions = (org: string, ticket: string) =>
  queryOptions({
    queryKey: keys.tickets.links(org, ticket),
    queryFn: ({ signal }) => everyRow((cursor) => ticketLinks.list(ticket, { cursor, limit: 100 }, signal)),
  });

const links = (org: string, { ticket }: { ticket: string }) => [
  keys.tickets.links(org, ticket),
  keys.tickets.activities(org, ticket),
];

type Link = { ticket: string } & Body<'ticket_links_create'>;

const link: WriteDefinition<Link, TicketLink> = {
  family: 'links',
  run: ({ ticket, ...body }, { key }) => ticketLinks.create(ticket, body, { key }),
  stale: links,
  replayable: true,
};
export const useLinkTicket = () => useWrite(link);

const unlink: WriteDefinition<{ ticket: string; id: string }, void> = {
  family: 'links',
  run: ({ ticket, id }) => ticketLinks.remove(ticket, id),
  stale: links,
};
export const useUnlinkTicket = () => useWrite(unlink);

export const ticketWatchersOptions = (org: string, ticket: string) =>
  queryOptions({
    queryKey: keys.tickets.watchers(org, ticket),
    queryFn: ({ signal }) =>
      everyRow((cursor) => ticketWatchers.list(ticket, { cursor, limit: 100 }, signal)),
  });

type Watch = { ticket: string; userId: string; watch: boolean };

const watch: WriteDefinition<Watch, void> = {
  family: 'watchers',
  run: ({ ticket, userId, watch }) =>
    watch ? ticketWatchers.add(ticket, { userId }) : ticketWatchers.remove(ticket, userId),
  stale: (org, { ticket }) => [keys.tickets.watchers(org, ticket)],
};
export const useWatchTicket = () => useWrite(watch);
