import * as z from 'zod/mini';
import { ticketPriorityValues, ticketSortValues, ticketStatusValues, ticketTypeValues } from '@/api/schema';
import { addDays, isIsoDate, startOfDay, today } from '@/lib/time';
import type { TicketSearch } from '@/queries/tickets';

export const groupings = ['column', 'priority', 'type', 'assignee', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export const dueRanges = ['overdue', 'today', 'week', 'month'] as const;
export type DueRange = (typeof dueRanges)[number];

/** The orders that the display menu offers. `rank` is the order of the board, made by hand. */
export const orders = ['rank', '-createdAt', '-updatedAt', 'dueAt', '-priority'] as const;

/** Of several values those that exist; an address with a typo in one of them keeps the others. */
function many<const V extends string>(values: readonly V[]) {
  const known = (text: string): V[] => values.filter((value) => value === text);
  const list = z.pipe(
    z.union([z.array(z.string()), z.string()]),
    z.transform((given): V[] | undefined => {
      const kept = [given].flat().flatMap(known);
      return kept.length > 0 ? [...new Set(kept)] : undefined;
    }),
  );
  return z.catch(z.optional(list), undefined);
}

const one = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.catch(z.optional(z.enum(values)), undefined);

const text = (max: number) =>
  z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(max))), undefined);

/** A person, or whoever looks: a shared link to `me` shows everybody his own. */
const person = z.catch(z.optional(z.union([z.literal('me'), z.uuid()])), undefined);

/** The first and the last day, `2026-07-17..2026-11-23`. */
const days = z.catch(
  z.optional(
    z.string().check(
      z.refine((given) => {
        const [from = '', to = '', ...more] = given.split('..');
        return more.length === 0 && isIsoDate(from) && isIsoDate(to) && from <= to;
      }),
    ),
  ),
  undefined,
);

/** What one looks at, in the address. No fault in it keeps the page from opening. */
export const ticketsSearch = z.object({
  view: one(['board', 'list']),
  group: one(groupings),
  order: z.catch(z.optional(z.enum(ticketSortValues)), undefined),
  q: text(100),
  status: many(ticketStatusValues),
  column: z.catch(z.optional(z.array(z.uuid())), undefined),
  priority: many(ticketPriorityValues),
  type: many(ticketTypeValues),
  assignee: z.catch(z.optional(z.union([z.literal('me'), z.literal('none'), z.uuid()])), undefined),
  requester: person,
  watcher: person,
  tag: text(40),
  due: one(dueRanges),
  created: days,
  peek: z.catch(z.optional(z.uuid()), undefined),
});

export type TicketsSearch = z.infer<typeof ticketsSearch>;

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

const NOT_DONE = ['open', 'in_progress', 'waiting'] as const;

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
