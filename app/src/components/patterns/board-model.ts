export interface BoardItem {
  id: string;
}

export interface BoardColumnData<T extends BoardItem> {
  id: string;
  name: string;
  items: readonly T[];
}

/** Where a card goes: directly before one card and directly after another, either may be missing at an end. */
export interface BoardMove {
  itemId: string;
  fromColumnId: string;
  columnId: string;
  /** The card that will stand below. */
  beforeId: string | null;
  /** The card that will stand above. */
  afterId: string | null;
}

export type Direction = 'up' | 'down' | 'left' | 'right';

interface Place<T extends BoardItem> {
  column: BoardColumnData<T>;
  columnIndex: number;
  index: number;
}

export function findItem<T extends BoardItem>(
  columns: readonly BoardColumnData<T>[],
  itemId: string,
): Place<T> | null {
  for (const [columnIndex, column] of columns.entries()) {
    const index = column.items.findIndex((item) => item.id === itemId);
    if (index >= 0) return { column, columnIndex, index };
  }
  return null;
}

/** The move that puts a card at a position among the other cards of a column; `null` when it stands there already. */
export function moveTo<T extends BoardItem>(
  columns: readonly BoardColumnData<T>[],
  itemId: string,
  columnId: string,
  position: number,
): BoardMove | null {
  const from = findItem(columns, itemId);
  const target = columns.find((column) => column.id === columnId);
  if (!from || !target) return null;
  const others = target.items.filter((item) => item.id !== itemId);
  const place = Math.max(0, Math.min(position, others.length));
  if (from.column.id === columnId && from.index === place) return null;
  return {
    itemId,
    fromColumnId: from.column.id,
    columnId,
    beforeId: others[place]?.id ?? null,
    afterId: others[place - 1]?.id ?? null,
  };
}

/** One step by key: within the column, or to the same height of the next one. */
export function moveStep<T extends BoardItem>(
  columns: readonly BoardColumnData<T>[],
  itemId: string,
  direction: Direction,
): BoardMove | null {
  const from = findItem(columns, itemId);
  if (!from) return null;
  if (direction === 'up')
    return from.index === 0 ? null : moveTo(columns, itemId, from.column.id, from.index - 1);
  if (direction === 'down') return moveTo(columns, itemId, from.column.id, from.index + 1);
  const next = columns[from.columnIndex + (direction === 'left' ? -1 : 1)];
  return next ? moveTo(columns, itemId, next.id, from.index) : null;
}

/** Dropped over another card, on its upper or lower half, or on the free part of a column. */
export function moveDropped<T extends BoardItem>(
  columns: readonly BoardColumnData<T>[],
  itemId: string,
  target: { columnId: string; overId?: string; edge?: 'top' | 'bottom' },
): BoardMove | null {
  const column = columns.find((candidate) => candidate.id === target.columnId);
  if (!column || target.overId === itemId) return null;
  const others = column.items.filter((item) => item.id !== itemId);
  const over = others.findIndex((item) => item.id === target.overId);
  if (over < 0) return moveTo(columns, itemId, column.id, others.length);
  return moveTo(columns, itemId, column.id, target.edge === 'bottom' ? over + 1 : over);
}

/** The card the focus goes to from another one. */
export function neighbour<T extends BoardItem>(
  columns: readonly BoardColumnData<T>[],
  itemId: string,
  direction: Direction,
): string | null {
  const from = findItem(columns, itemId);
  if (!from) return null;
  if (direction === 'up') return from.column.items[from.index - 1]?.id ?? null;
  if (direction === 'down') return from.column.items[from.index + 1]?.id ?? null;
  const step = direction === 'left' ? -1 : 1;
  for (let index = from.columnIndex + step; columns[index]; index += step) {
    const items = columns[index]?.items ?? [];
    const item = items[Math.min(from.index, items.length - 1)];
    if (item) return item.id;
  }
  return null;
}
