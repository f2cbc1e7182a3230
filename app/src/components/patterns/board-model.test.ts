import { describe, expect, it } from 'vitest';
import { moveDropped, moveStep, moveTo, neighbour } from './board-model';

const columns = [
  { id: 'open', name: 'Open', items: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] },
  { id: 'empty', name: 'Empty', items: [] },
  { id: 'done', name: 'Done', items: [{ id: 'd' }] },
];

describe('moving a card', () => {
  it('names both neighbours of the new place', () => {
    expect(moveTo(columns, 'a', 'open', 1)).toMatchObject({ afterId: 'b', beforeId: 'c' });
    expect(moveTo(columns, 'a', 'done', 0)).toMatchObject({
      fromColumnId: 'open',
      columnId: 'done',
      afterId: null,
      beforeId: 'd',
    });
    expect(moveTo(columns, 'a', 'done', 99)).toMatchObject({ afterId: 'd', beforeId: null });
  });

  it('is nothing when the card stands there already', () => {
    expect(moveTo(columns, 'b', 'open', 1)).toBeNull();
    expect(moveStep(columns, 'a', 'up')).toBeNull();
    expect(moveStep(columns, 'c', 'down')).toBeNull();
    expect(moveStep(columns, 'a', 'left')).toBeNull();
  });

  it('goes by one step in each direction', () => {
    expect(moveStep(columns, 'b', 'up')).toMatchObject({ columnId: 'open', afterId: null, beforeId: 'a' });
    expect(moveStep(columns, 'b', 'down')).toMatchObject({ columnId: 'open', afterId: 'c', beforeId: null });
    expect(moveStep(columns, 'b', 'right')).toMatchObject({
      columnId: 'empty',
      afterId: null,
      beforeId: null,
    });
  });

  it('lands on the half of the card it was dropped on', () => {
    const on = (overId: string, edge: 'top' | 'bottom') => ({ columnId: 'open', overId, edge });
    expect(moveDropped(columns, 'd', on('b', 'top'))).toMatchObject({ afterId: 'a', beforeId: 'b' });
    expect(moveDropped(columns, 'd', on('b', 'bottom'))).toMatchObject({ afterId: 'b', beforeId: 'c' });
    expect(moveDropped(columns, 'a', on('b', 'top'))).toBeNull();
    expect(moveDropped(columns, 'a', on('a', 'top'))).toBeNull();
    expect(moveDropped(columns, 'd', { columnId: 'open' })).toMatchObject({ afterId: 'c', beforeId: null });
  });
});

it('moves the focus over empty columns', () => {
  expect(neighbour(columns, 'c', 'right')).toBe('d');
  expect(neighbour(columns, 'a', 'down')).toBe('b');
  expect(neighbour(columns, 'a', 'up')).toBeNull();
});
