import type { ReactNode } from 'react';

export interface DataColumn<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** A grid track: `120px`, `minmax(160px, 1fr)`. */
  width?: string;
  align?: 'start' | 'end';
  /** The field the server sorts by. */
  sortKey?: string;
  /** On a phone: the first line of the card, a line under it, or not at all. */
  card?: 'title' | 'line' | 'hidden';
  /** There is nothing to say: a card leaves the line away. */
  isEmpty?: (row: T) => boolean;
}

/** The next order after a click on a header: ascending, descending, none. */
export function nextSort(sort: string | null, key: string): string | null {
  if (sort === key) return `-${key}`;
  return sort === `-${key}` ? null : key;
}

export function ariaSort(sort: string | null, key: string | undefined): 'ascending' | 'descending' | 'none' {
  if (key && sort === key) return 'ascending';
  return key && sort === `-${key}` ? 'descending' : 'none';
}

/** The selection after a click, with Shift from the row clicked before. */
export function toggleRange(
  ids: readonly string[],
  selected: ReadonlySet<string>,
  id: string,
  anchor: string | null,
): Set<string> {
  const next = new Set(selected);
  const on = !selected.has(id);
  const [from, to] = [ids.indexOf(anchor ?? id), ids.indexOf(id)].sort((a, b) => a - b);
  const range = from === undefined || from < 0 || to === undefined ? [id] : ids.slice(from, to + 1);
  for (const member of range) {
    if (on) next.add(member);
    else next.delete(member);
  }
  return next;
}
