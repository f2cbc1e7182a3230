import { expect, it } from 'vitest';
import { filterOf } from '@/components/tickets/filter';
import { readTicketsSearch } from '@/components/tickets/search';
import { filters } from './tickets-link';

const reader = { id: 'u1', timeZone: 'Asia/Kathmandu', now: new Date('2026-11-23T06:00:30Z') };
const now = '2026-11-23T06:00:00.000Z';
const me = '01a205b6-132f-7858-8206-cd5106b2497e';

it.each([
  ['my open tickets', filters.mine(me)],
  ['my late tickets', filters.myOverdue(me, now)],
  ['all open tickets', filters.undone()],
  ['all late tickets', filters.overdue(now)],
  ['what is done', filters.done()],
])('leads to the list of %s, the same that was counted', (_, { link, query }) => {
  const search = readTicketsSearch(link);
  expect(search).toMatchObject(link);
  expect(filterOf(search, { ...reader, id: me })).toEqual(query);
});

it('leads to what was opened on these days of Kathmandu', () => {
  const { link } = filters.opened({ from: '2026-11-01', to: '2026-11-23' });
  expect(filterOf(readTicketsSearch(link), reader)).toEqual({
    createdAfter: '2026-10-31T18:15:00.000Z',
    createdBefore: '2026-11-23T18:15:00.000Z',
  });
  expect(readTicketsSearch({ created: '2026-11-23..2026-11-01' }).created).toBeUndefined();
});
