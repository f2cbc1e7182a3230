import { addDays, startOfDay, today } from '@/lib/time';
import type { TicketSearch } from '@/queries/tickets';
import type { DueRange, TicketsSearch } from './search';

/** The part that says which tickets, not how they are shown. */
export const filterFields = [
  'status',
  'column',
  'priority',
  'type',
  'assignee',
  'requester',
  'watcher',
  'tag',
  'due',
  'created',
] as const;
export type FilterField = (typeof filterFields)[number];

export function isFiltered(search: TicketsSearch): boolean {
  return search.q !== undefined || filterFields.some((field) => search[field] !== undefined);
}

export interface Reader {
  id: string;
  timeZone: string;
  now: Date;
}

export const NOT_DONE = ['open', 'in_progress', 'waiting'] as const;

function due(range: DueRange, { timeZone, now }: Reader): Pick<TicketSearch, 'dueAfter' | 'dueBefore'> {
  const day = today(timeZone, now);
  const begin = (days: number) => startOfDay(addDays(day, days), timeZone).toISOString();
  if (range === 'overdue') {
    // To the minute: a request per second would never find its answer in the cache.
    return { dueBefore: new Date(Math.floor(now.getTime() / 60_000) * 60_000).toISOString() };
  }
  const days = { today: 1, week: 7, month: 30 }[range];
  return { dueAfter: begin(0), dueBefore: begin(days) };
}

function created(days: string, timeZone: string): Pick<TicketSearch, 'createdAfter' | 'createdBefore'> {
  const [from = '', to = ''] = days.split('..');
  return {
    createdAfter: startOfDay(from, timeZone).toISOString(),
    createdBefore: startOfDay(addDays(to, 1), timeZone).toISOString(),
  };
}

/** What the address asks for, in the words of the API. */
export function filterOf(search: TicketsSearch, reader: Reader): TicketSearch {
  const who = (id: string) => (id === 'me' ? reader.id : id);
  const late = search.due === 'overdue' && search.status === undefined;
  return {
    ...(search.q !== undefined && { search: search.q }),
    ...(search.status && { status: search.status }),
    // What is done is no longer late.
    ...(late && { status: [...NOT_DONE] }),
    ...(search.column && search.column.length > 0 && { columnId: search.column }),
    ...(search.priority && { priority: search.priority }),
    ...(search.type && { type: search.type }),
    ...(search.assignee === 'none' && { unassigned: true }),
    ...(search.assignee && search.assignee !== 'none' && { assigneeId: who(search.assignee) }),
    ...(search.requester && { requesterId: who(search.requester) }),
    ...(search.watcher && { watcherId: who(search.watcher) }),
    ...(search.tag !== undefined && { tag: search.tag }),
    ...(search.due && due(search.due, reader)),
    ...(search.created && created(search.created, reader.timeZone)),
  };
}
