import {
  type TicketPriority,
  type TicketSort,
  type TicketStatus,
  type TicketType,
  ticketPriorityValues,
  ticketSortValues,
  ticketStatusValues,
  ticketTypeValues,
} from '@/api/schema';
import { isIsoDate } from '@/lib/time';

export const groupings = ['column', 'priority', 'type', 'assignee', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export const dueRanges = ['overdue', 'today', 'week', 'month'] as const;
export type DueRange = (typeof dueRanges)[number];

/** The orders that the display menu offers. `rank` is the order of the board, made by hand. */
export const orders = ['rank', '-createdAt', '-updatedAt', 'dueAt', '-priority'] as const;

/** One of the values, or nothing. */
function one<const V extends string>(values: readonly V[], given: unknown): V | undefined {
  return values.find((value) => value === given);
}

/** Of several values those that exist; an address with a typo in one of them keeps the others. */
function many<const V extends string>(values: readonly V[], given: unknown): V[] | undefined {
  const all = [given].flat();
  if (!all.every((value) => typeof value === 'string')) return undefined;
  const kept = all.flatMap((text) => values.filter((value) => value === text));
  return kept.length > 0 ? [...new Set(kept)] : undefined;
}

function text(max: number, given: unknown): string | undefined {
  return typeof given === 'string' && given.length > 0 && given.length <= max ? given : undefined;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const isId = (given: unknown): given is string => typeof given === 'string' && UUID.test(given);

/** A record, or one of the words that stand for some. */
function idOr(words: readonly string[], given: unknown): string | undefined {
  return isId(given) ? given : one(words, given);
}

function ids(given: unknown): string[] | undefined {
  return Array.isArray(given) && given.every(isId) ? given : undefined;
}

/** The first and the last day, `2026-07-17..2026-11-23`. */
function days(given: unknown): string | undefined {
  if (typeof given !== 'string') return undefined;
  const [from = '', to = '', ...more] = given.split('..');
  return more.length === 0 && isIsoDate(from) && isIsoDate(to) && from <= to ? given : undefined;
}

/** What one looks at, as it stands in the address. */
export interface TicketsSearch {
  view?: 'board' | 'list' | undefined;
  group?: Grouping | undefined;
  order?: TicketSort | undefined;
  q?: string | undefined;
  status?: TicketStatus[] | undefined;
  column?: string[] | undefined;
  priority?: TicketPriority[] | undefined;
  type?: TicketType[] | undefined;
  /** `me` is whoever looks: a shared link shows everybody his own. */
  assignee?: string | undefined;
  requester?: string | undefined;
  watcher?: string | undefined;
  tag?: string | undefined;
  due?: DueRange | undefined;
  created?: string | undefined;
  peek?: string | undefined;
}

/** Reads an address. No fault in it keeps the page from opening. */
export function readTicketsSearch(raw: Partial<Record<keyof TicketsSearch, unknown>>): TicketsSearch {
  return {
    view: one(['board', 'list'], raw.view),
    group: one(groupings, raw.group),
    order: one(ticketSortValues, raw.order),
    q: text(100, raw.q),
    status: many(ticketStatusValues, raw.status),
    column: ids(raw.column),
    priority: many(ticketPriorityValues, raw.priority),
    type: many(ticketTypeValues, raw.type),
    assignee: idOr(['me', 'none'], raw.assignee),
    requester: idOr(['me'], raw.requester),
    watcher: idOr(['me'], raw.watcher),
    tag: text(40, raw.tag),
    due: one(dueRanges, raw.due),
    created: days(raw.created),
    peek: isId(raw.peek) ? raw.peek : undefined,
  };
}
