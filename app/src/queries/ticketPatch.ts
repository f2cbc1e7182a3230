import type { QueryClient } from '@tanstack/react-query';
import type { FullTicket, Ticket, TicketBoard } from '@/api/schema';
import type { Body } from '@/api/types';
import { keys } from './keys';
import { type Overlay, overlay, type Pending } from './overlay';
import { mapRows, type Pages, rows } from './pages';

/** Where a ticket stands in its column: beside these. */
export interface Place {
  beforeId?: string | undefined;
  afterId?: string | undefined;
}

/** A ticket's fields, and its place among its neighbours, which is no field of the wire. */
type Fields = FullTicket & { place: Place };

const overlays = new WeakMap<QueryClient, Map<string, Overlay<Fields>>>();

export function ticketOverlay(client: QueryClient, org: string): Overlay<Fields> {
  const perOrg = overlays.get(client) ?? new Map<string, Overlay<Fields>>();
  overlays.set(client, perOrg);
  const layers =
    perOrg.get(org) ??
    overlay<Fields>(
      (id) => read(client, org, id),
      (id, fields) => write(client, org, id, fields),
    );
  perOrg.set(org, layers);
  return layers;
}

/** The version that the cache last heard of; what `If-Match` names when a write's turn comes. */
export function knownTicket(client: QueryClient, org: string, id: string): Ticket | undefined {
  const detail = client.getQueryData<FullTicket>(keys.tickets.detail(org, id));
  const listed = lists(client, org).flatMap(([, pages]) => rows(pages).filter((row) => row.id === id));
  return [...(detail ? [detail] : []), ...listed].sort((a, b) => b.version - a.version)[0];
}

/** The fields of an update that a ticket shows. Added and removed tags become the whole set. */
export function shownChange(change: Body<'tickets_update'>, now: Ticket | undefined, board?: TicketBoard) {
  const { addTags, removeTags, description, ...fields } = change;
  const tags = fields.tags ?? now?.tags ?? [];
  const changesTags = addTags !== undefined || removeTags !== undefined || fields.tags !== undefined;
  const status = board?.columns.find((column) => column.id === fields.columnId)?.category;
  return {
    ...fields,
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(changesTags && {
      tags: [...new Set([...tags, ...(addTags ?? [])])].filter((tag) => !removeTags?.includes(tag)),
    }),
    ...(status && { status }),
  };
}

export function patchTicket(
  client: QueryClient,
  org: string,
  id: string,
  change: Body<'tickets_update'>,
): Pending<Fields> {
  const board = client.getQueryData<TicketBoard>(keys.ticketBoard(org));
  return ticketOverlay(client, org).begin(id, shownChange(change, knownTicket(client, org, id), board));
}

export function moveTicket(
  client: QueryClient,
  org: string,
  id: string,
  { columnId, beforeId, afterId }: Body<'tickets_move'>,
): Pending<Fields> {
  const board = client.getQueryData<TicketBoard>(keys.ticketBoard(org));
  const status = board?.columns.find((column) => column.id === columnId)?.category;
  const place = { beforeId, afterId };
  return ticketOverlay(client, org).begin(id, { columnId, place, ...(status && { status }) });
}

type ListKey = readonly [string, string, string, string, { columnId?: string[] | undefined } | undefined];

function lists(client: QueryClient, org: string) {
  const queryKey = keys.tickets.lists(org);
  const found = client.getQueriesData<Pages<Ticket>>({ queryKey });
  // Every key below this prefix is made by `keys.tickets.list`.
  return found.map(([key, pages]) => [key as unknown as ListKey, pages] as const);
}

function read(client: QueryClient, org: string, id: string): Partial<Fields> {
  const ticket = knownTicket(client, org, id);
  const column = lists(client, org).find(
    ([key, pages]) => isColumn(key) && rows(pages).some((row) => row.id === id),
  );
  const neighbours = rows(column?.[1]);
  const index = neighbours.findIndex((row) => row.id === id);
  const place = { beforeId: neighbours[index + 1]?.id, afterId: neighbours[index - 1]?.id };
  return { ...ticket, place: index < 0 ? {} : place };
}

function write(client: QueryClient, org: string, id: string, fields: Partial<Fields>): void {
  const { place, description, ...shared } = fields;
  const ticket = knownTicket(client, org, id);
  const next = ticket && ({ ...ticket, ...shared } as Ticket);
  client.setQueryData<FullTicket>(
    keys.tickets.detail(org, id),
    (detail) => detail && { ...detail, ...shared, ...(description === undefined ? {} : { description }) },
  );
  if (!next) return;
  for (const [key, pages] of lists(client, org)) {
    if (!pages) continue;
    const changed = isColumn(key) ? inColumn(pages, key, next, place) : inList(pages, next);
    if (changed !== pages) client.setQueryData(key, changed);
  }
}

/** A list of one column, as boards have them: what leaves the column leaves the list. */
function isColumn(key: ListKey): boolean {
  return key[4]?.columnId?.length === 1;
}

function inList(pages: Pages<Ticket>, ticket: Ticket): Pages<Ticket> {
  return mapRows(pages, (page) =>
    page.some((row) => row.id === ticket.id)
      ? page.map((row) => (row.id === ticket.id ? ticket : row))
      : page,
  );
}

function inColumn(
  pages: Pages<Ticket>,
  key: ListKey,
  ticket: Ticket,
  place: Place | undefined,
): Pages<Ticket> {
  const isHere = rows(pages).some((row) => row.id === ticket.id);
  const belongsHere = key[4]?.columnId?.[0] === ticket.columnId;
  if (isHere && belongsHere && !place) return inList(pages, ticket);
  const without = isHere ? counted(take(pages, ticket.id), -1) : pages;
  return belongsHere ? counted(put(without, ticket, place ?? {}), 1) : without;
}

/** The total that the server told moves along with what is shown, until it tells the next. */
function counted(pages: Pages<Ticket>, by: number): Pages<Ticket> {
  const first = pages.pages[0];
  if (first?.totalCount === undefined) return pages;
  const head = { ...first, totalCount: first.totalCount + by };
  return { ...pages, pages: [head, ...pages.pages.slice(1)] };
}

export function take(pages: Pages<Ticket>, id: string): Pages<Ticket> {
  return mapRows(pages, (page) =>
    page.some((row) => row.id === id) ? page.filter((row) => row.id !== id) : page,
  );
}

/** Beside its neighbour; without one at the top of the column. */
export function put(pages: Pages<Ticket>, ticket: Ticket, { beforeId, afterId }: Place): Pages<Ticket> {
  let placed = false;
  const beside = mapRows(pages, (page) => {
    const before = page.findIndex((row) => row.id === beforeId);
    const after = page.findIndex((row) => row.id === afterId);
    if (placed || (before < 0 && after < 0)) return page;
    placed = true;
    return page.toSpliced(before >= 0 ? before : after + 1, 0, ticket);
  });
  if (placed) return beside;
  const [first, ...rest] = pages.pages;
  if (!first) return pages;
  return { ...pages, pages: [{ ...first, data: [ticket, ...first.data] }, ...rest] };
}
