import { describe, expect, it } from 'vitest';
import type { TicketBoard } from '@/api/schema';
import { blocksOf, spansOf } from '@/components/patterns/markdown-parse';
import { aTicket } from '@/test/factories';
import { mayMove } from './board-rules';
import { positionsAfter } from './column-order';
import { filterOf } from './filter';
import { candidates, mentionAt, toBox, toWire } from './mentions';
import { parseMinutes, writeMinutes } from './minutes';
import { readTicketsSearch, type TicketsSearch } from './search';
import { inverse } from './use-bulk';
import { contested } from './use-ticket-edit';

const ME = '01a205b6-0000-4000-8000-000000000001';
const SITA = '01a205b6-0000-4000-8000-000000000002';
const reader = { id: ME, timeZone: 'Asia/Kathmandu', now: new Date('2026-11-23T10:20:30Z') };

describe('the filters in the address', () => {
  it('come back as they were written', () => {
    const search: TicketsSearch = {
      view: 'list',
      group: 'priority',
      order: '-priority',
      q: 'kettle',
      status: ['open', 'waiting'],
      column: [SITA],
      priority: ['high'],
      type: ['bug'],
      assignee: 'none',
      requester: 'me',
      watcher: SITA,
      tag: 'tea',
      due: 'week',
      peek: ME,
    };
    expect(readTicketsSearch(JSON.parse(JSON.stringify(search)))).toEqual(search);
  });

  it('lose what is none of them, and keep the others', () => {
    const read = readTicketsSearch({
      view: 'wall',
      status: ['open', 'gone'],
      priority: 'high',
      type: 7,
      assignee: 'somebody',
      q: '',
      due: 'week',
    });
    expect(JSON.parse(JSON.stringify(read))).toEqual({ status: ['open'], priority: ['high'], due: 'week' });
  });

  it('become the words of the API', () => {
    expect(filterOf({ assignee: 'me', watcher: SITA, tag: 'tea', q: '12' }, reader)).toEqual({
      assigneeId: ME,
      watcherId: SITA,
      tag: 'tea',
      search: '12',
    });
    expect(filterOf({ assignee: 'none' }, reader)).toEqual({ unassigned: true });
  });

  it('mean days by the clock of the reader, and late only what is not done', () => {
    expect(filterOf({ due: 'today' }, reader)).toEqual({
      dueAfter: '2026-11-22T18:15:00.000Z',
      dueBefore: '2026-11-23T18:15:00.000Z',
    });
    expect(filterOf({ due: 'overdue' }, reader)).toEqual({
      dueBefore: '2026-11-23T10:20:00.000Z',
      status: ['open', 'in_progress', 'waiting'],
    });
    expect(filterOf({ due: 'overdue', status: ['closed'] }, reader).status).toEqual(['closed']);
  });
});

describe('mentions', () => {
  it('are names in the box and ids on the wire', () => {
    const wire = `@[Sita Rai](${SITA}) and @[Sita](${ME}), thanks`;
    const { text, mentioned } = toBox(wire);
    expect(text).toBe('@Sita Rai and @Sita, thanks');
    expect(toWire(text, mentioned)).toBe(wire);
  });

  it('are offered behind an @ that begins a word', () => {
    expect(mentionAt('ask @si', 7)).toEqual({ from: 4, query: 'si' });
    expect(mentionAt('mail@si', 7)).toBeUndefined();
    const people = [{ name: 'Sita Rai', email: 's@x' }];
    expect(candidates(people, 'ra')).toEqual(people);
    expect(candidates(people, 'ta')).toEqual([]);
  });
});

describe('Markdown', () => {
  it('reads blocks, lists within lists, and code as it is', () => {
    expect(blocksOf('# Hi\n\n- a\n  - b\n- c\n\n```\n<b>*x*</b>\n```')).toEqual([
      { kind: 'heading', level: 1, text: 'Hi' },
      {
        kind: 'list',
        ordered: false,
        start: 1,
        items: [
          {
            text: 'a',
            blocks: [{ kind: 'list', ordered: false, start: 1, items: [{ text: 'b', blocks: [] }] }],
          },
          { text: 'c', blocks: [] },
        ],
      },
      { kind: 'code', text: '<b>*x*</b>' },
    ]);
  });

  it('makes no link of an address that could run something', () => {
    for (const text of ['[x](javascript:alert(1))', '[x](data:text/html,1)', '<a href="https:">']) {
      expect(spansOf(text).some(({ kind }) => kind === 'link')).toBe(false);
    }
    expect(spansOf('[x](https://a.example)')).toEqual([
      { kind: 'link', href: 'https://a.example', spans: [{ kind: 'text', text: 'x' }] },
    ]);
  });

  it('knows who is mentioned, and reads any hostile text in no time', () => {
    expect(spansOf(`hi @[Sita Rai](${SITA})`)).toContainEqual({
      kind: 'mention',
      name: 'Sita Rai',
      id: SITA,
    });
    const start = performance.now();
    for (const piece of ['**a', '_a ', '[', '> ', '- ', '`', '@['])
      blocksOf(piece.repeat(6000)).map((block) =>
        block.kind === 'paragraph' ? block.lines.map((line) => spansOf(line)) : block,
      );
    expect(performance.now() - start).toBeLessThan(4000);
  });
});

describe('times', () => {
  it.each([
    ['1h 30m', 90],
    ['1:30', 90],
    ['1.5h', 90],
    ['90', 90],
    ['२ घ', 120],
    ['soon', undefined],
    ['', undefined],
  ])('reads %s', (typed, minutes) => expect(parseMinutes(typed)).toBe(minutes));

  it('writes what it reads', () => {
    for (const minutes of [0, 5, 60, 95]) expect(parseMinutes(writeMinutes(minutes))).toBe(minutes);
  });
});

const columns: TicketBoard['columns'] = [
  { id: 'a', name: 'A', category: 'open', position: 10, version: 1 },
  { id: 'b', name: 'B', category: 'open', position: 11, version: 1 },
  { id: 'c', name: 'C', category: 'closed', position: 3000, version: 1 },
];

describe('the rules of the board', () => {
  it('lets what is closed only be opened again, unless other moves were chosen', () => {
    const usual: TicketBoard = { columns, transitions: null, version: 1 };
    expect([mayMove(usual, 'c', 'a'), mayMove(usual, 'c', 'b'), mayMove(usual, 'a', 'c')]).toEqual([
      true,
      false,
      true,
    ]);
    const only = { ...usual, transitions: [{ fromColumnId: 'c', toColumnId: 'b' }] };
    expect([mayMove(only, 'c', 'a'), mayMove(only, 'c', 'b'), mayMove(only, 'a', 'a')]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('writes one position where there is room, and all where there is none', () => {
    expect(positionsAfter(columns, 'a', 1).map(({ column, position }) => [column.id, position])).toEqual([
      ['a', 1505],
    ]);
    expect(positionsAfter(columns, 'c', -1).map(({ column, position }) => [column.id, position])).toEqual([
      ['a', 1000],
      ['c', 2000],
      ['b', 3000],
    ]);
    expect(positionsAfter(columns, 'a', -1)).toEqual([]);
  });
});

describe('the way back', () => {
  const ticket = aTicket('t', { priority: 'low', tags: ['tea'], assigneeId: null });

  it('restores fields, and only those tags that were really put on or taken off', () => {
    expect(inverse(ticket, { priority: 'high', assigneeId: ME })).toEqual({
      priority: 'low',
      assigneeId: null,
    });
    expect(inverse(ticket, { addTags: ['tea', 'milk'], removeTags: ['sugar'] })).toEqual({
      removeTags: ['milk'],
    });
  });

  it('calls contested only what both changed to different values', () => {
    const theirs = { ...ticket, description: '', priority: 'high' as const, title: 'Other' };
    expect(contested(ticket, theirs, { priority: 'urgent' })).toEqual(['priority']);
    expect(contested(ticket, theirs, { priority: 'high' })).toEqual([]);
    expect(contested(ticket, theirs, { dueAt: null, addTags: ['x'] })).toEqual([]);
  });
});
