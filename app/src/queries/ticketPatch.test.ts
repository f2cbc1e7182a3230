import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Ticket } from '@/api/schema';
import { aTicket, ORG, pagesOf } from '@/test/factories';
import { keys } from './keys';
import { type Pages, rows } from './pages';
import { knownTicket, moveTicket, patchTicket } from './ticketPatch';

const column = (id: string) => keys.tickets.list(ORG, { columnId: [id], sort: 'rank' });
const all = keys.tickets.list(ORG, {});

describe('moving and changing tickets', () => {
  let client: QueryClient;
  const ids = (key: readonly unknown[]) => rows(client.getQueryData<Pages<Ticket>>(key)).map(({ id }) => id);
  beforeEach(() => {
    client = new QueryClient();
    const [a, b, c] = [aTicket('a'), aTicket('b'), aTicket('c')];
    client.setQueryData(column('open'), pagesOf(a, b, c));
    client.setQueryData(column('done'), pagesOf(aTicket('z', { columnId: 'done' })));
    client.setQueryData(all, pagesOf(a, b, c));
  });

  it('shows a move at once, and takes back only its own', () => {
    const first = moveTicket(client, ORG, 'a', { columnId: 'done', beforeId: 'z' });
    const second = moveTicket(client, ORG, 'b', { columnId: 'done', afterId: 'z' });
    expect(ids(column('open'))).toEqual(['c']);
    expect(ids(column('done'))).toEqual(['a', 'z', 'b']);
    first.undo();
    expect(ids(column('open'))).toEqual(['a', 'c']);
    expect(ids(column('done'))).toEqual(['z', 'b']);
    second.undo();
    expect(ids(column('open'))).toEqual(['a', 'b', 'c']);
    expect(ids(column('done'))).toEqual(['z']);
  });

  it('keeps a later change of the same ticket when an earlier one fails', () => {
    const first = patchTicket(client, ORG, 'a', { priority: 'high' });
    const second = patchTicket(client, ORG, 'a', { priority: 'urgent', title: 'New' });
    first.undo();
    expect(knownTicket(client, ORG, 'a')).toMatchObject({ priority: 'urgent', title: 'New' });
    second.undo();
    expect(knownTicket(client, ORG, 'a')).toMatchObject({ priority: 'medium', title: 'Ticket a' });
  });

  it('puts the server’s word below what still waits, and knows its version for the next write', () => {
    const first = patchTicket(client, ORG, 'a', { priority: 'high' });
    const second = patchTicket(client, ORG, 'a', { title: 'New' });
    first.confirm(aTicket('a', { priority: 'high', version: 2 }));
    expect(knownTicket(client, ORG, 'a')).toMatchObject({ priority: 'high', title: 'New', version: 2 });
    second.undo();
    expect(knownTicket(client, ORG, 'a')).toMatchObject({ title: 'Ticket a', version: 2 });
  });

  it('adds and removes tags without knowing the others', () => {
    client.setQueryData(all, pagesOf(aTicket('a', { tags: ['tea', 'milk'], version: 3 })));
    patchTicket(client, ORG, 'a', { addTags: ['sugar'], removeTags: ['milk'] });
    expect(knownTicket(client, ORG, 'a')?.tags).toEqual(['tea', 'sugar']);
  });

  it('leaves rows that it does not touch the same objects', () => {
    const before = rows(client.getQueryData<Pages<Ticket>>(all))[1];
    patchTicket(client, ORG, 'a', { priority: 'high' });
    expect(rows(client.getQueryData<Pages<Ticket>>(all))[1]).toBe(before);
  });
});
