import type { Ticket } from '@/api/schema';
import type { TicketsSearch } from '@/components/tickets/search';
import type { TicketSearch } from '@/queries/tickets';
import type { Range } from './range';

/** Tickets on which something is left to do. */
const UNDONE = ['open', 'in_progress', 'waiting'] as const satisfies readonly Ticket['status'][];
const DONE = ['resolved', 'closed'] as const satisfies readonly Ticket['status'][];

/** What a number or a group stands for: to the server, and in the address of the list it leads to. */
export interface Filter {
  query: TicketSearch;
  link: Partial<TicketsSearch>;
}

export const filters = {
  mine: (me: string): Filter => ({
    query: { assigneeId: me, status: [...UNDONE] },
    link: { assignee: 'me', status: [...UNDONE], order: '-priority', view: 'list' },
  }),
  myOverdue: (me: string, now: string): Filter => ({
    query: { assigneeId: me, status: [...UNDONE], dueBefore: now },
    link: { assignee: 'me', due: 'overdue', order: 'dueAt', view: 'list' },
  }),
  undone: (): Filter => ({
    query: { status: [...UNDONE] },
    link: { status: [...UNDONE], view: 'list' },
  }),
  overdue: (now: string): Filter => ({
    query: { status: [...UNDONE], dueBefore: now },
    link: { due: 'overdue', order: 'dueAt', view: 'list' },
  }),
  opened: ({ from, to }: Range): Filter => ({
    query: {},
    link: { created: `${from}..${to}`, order: '-createdAt', view: 'list' },
  }),
  done: (): Filter => ({
    query: { status: [...DONE] },
    link: { status: [...DONE], order: '-updatedAt', view: 'list' },
  }),
};
